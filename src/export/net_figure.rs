//! Nets as files: decision regions with their data, the loss chart, the loss surface; as
//! [`crate::export::figure`] does for the other labs.

use plotters_backend::DrawingBackend;

use crate::export::figure::{CHART_MARGIN, Document, GAP, add_heading, pixels_of};
use crate::labs::model::net::title;
use crate::labs::network::scene::{self, Regions, chart, land, trials};
use crate::labs::network::{By, NetExperiment, NetLab, Setting};
use crate::labs::{Hand as _, Lab as _, Picture};
use crate::view::hill::{Hill, Paint, Raster, lines};
use crate::view::{Drawn, Palette, Pen, Style, paint};

/// What is drawn of nets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// What each run that is shown says of the plane, each a panel with its title.
    Regions,
    /// The loss chart, as the link shows it.
    Loss,
    /// The loss chart over what many trainings lead to.
    Trials(By),
    /// The loss surface of the followed run on the plane that the link asks for.
    Surface,
    /// The same as a hill.
    Hill,
}

/// A part of an experiment with nets as a picture, at any tick.
pub struct Figure {
    pub(super) lab: NetLab,
    part: Part,
}

impl Figure {
    /// At the tick at which the experiment's clock stands, or else at the horizon.
    pub fn new(experiment: &NetExperiment, part: Part) -> Self {
        let mut experiment = experiment.clone();
        let mut set = |setting: Setting, value| experiment.set_setting(setting as usize, value);
        match part {
            Part::Regions | Part::Loss => {}
            Part::Trials(by) => {
                set(Setting::By, by as usize as f64);
                set(Setting::Future, 1.0);
            }
            Part::Surface => set(Setting::Deck, 2.0),
            Part::Hill => {
                set(Setting::Deck, 2.0);
                set(Setting::View, 1.0);
            }
        }
        let step = experiment.timeline.stands_at().unwrap_or(experiment.steps());
        let mut figure = Self { lab: NetLab::of(experiment), part };
        figure.lab.timeline_mut().seek(step);
        figure
    }

    /// The text of a file with the picture.
    pub fn draw<D: Document>(&mut self, mut document: D) -> String {
        let style = scene::style(&self.lab, false);
        self.lab.settle();
        let (drawn, title) = match self.part {
            Part::Regions => (self.draw_regions(&mut document, &style), "Nets"),
            Part::Loss | Part::Trials(_) => {
                (self.draw_chart(&mut document, &style), "Loss of nets")
            }
            Part::Surface | Part::Hill => {
                (self.draw_surface(&mut document, &style), "Loss surface of nets")
            }
        };
        // The backends cannot fail.
        let Ok(()) = drawn else { unreachable!() };
        document.finish(style.theme.paper, title)
    }

    fn draw_regions<D: Document>(&mut self, document: &mut D, style: &Style) -> Drawn<D::Sheet> {
        let [width, height] = document.size();
        let lab = &mut self.lab;
        let shown = lab.shown();
        let count = shown.len().max(1) as f64;
        let top = 2.0 * style.type_size;
        let each = ((width - GAP * (count - 1.0)) / count).max(1.0);
        let size = [each, (height - top).max(1.0)];
        lab.set_size(Picture::Panel, size);
        for (at, index) in shown.into_iter().enumerate() {
            let left = at as f64 * (each + GAP);
            let mut regions = Regions::of(lab, index);
            let pixels = pixels_of(size, document.density());
            let mut rgba = Vec::new();
            let mut sheet = document.sheet(size);
            if regions.paint(lab, index, style, pixels, document.density() as f64, &mut rgba) {
                document.image(&mut sheet, size, &rgba, pixels);
            }
            scene::draw_marks(&mut Pen::new(&mut sheet), lab, &mut regions, style, index)?;
            document.add([left, top], sheet);
            let title = title(lab.experiment(), index);
            add_heading(document, &title, [left, 0.0], [each, top], style)?;
        }
        Ok(())
    }

    fn draw_chart<D: Document>(&mut self, document: &mut D, style: &Style) -> Drawn<D::Sheet> {
        let size = document.size().map(|px| (px - 2.0 * CHART_MARGIN).max(1.0));
        let lab = &mut self.lab;
        lab.set_size(Picture::Chart, size);
        lab.settle_trials();
        let pixels = pixels_of(size, document.density());
        let mut rgba = Vec::new();
        let mut sheet = document.sheet(size);
        if trials::paint(lab, size, style, pixels, document.density() as f64, &mut rgba) {
            let size = pixels.map(|side| side as f64 / document.density() as f64);
            document.image(&mut sheet, size, &rgba, pixels);
        }
        draw_loss(&mut sheet, lab, size, style)?;
        document.add([CHART_MARGIN; 2], sheet);
        Ok(())
    }

    fn draw_surface<D: Document>(&mut self, document: &mut D, style: &Style) -> Drawn<D::Sheet> {
        let size = document.size();
        let lab = &mut self.lab;
        lab.set_size(Picture::Land, size);
        lab.settle_surface();
        if lab.shows_hill() && add_hill(document, lab, style)? {
            return Ok(());
        }
        let mut sheet = document.sheet(size);
        if let Some(relief) = land::relief(lab) {
            let pixels = pixels_of(size, document.density());
            let mut rgba = Vec::new();
            let scale = document.density() as f64;
            paint::paint(&relief, Palette::Quiet, style.theme, pixels, scale, &mut rgba);
            document.image(&mut sheet, size, &rgba, pixels);
            let pen = &mut Pen::new(&mut sheet);
            land::draw_backdrop(pen, lab, &relief, style)?;
            land::draw_paths(pen, lab, style)?;
        }
        document.add([0.0; 2], sheet);
        Ok(())
    }
}

/// Adds the loss surface as a hill: the box, the surface as an embedded picture, and the paths on it. Tells
/// whether there is one.
fn add_hill<D: Document>(
    document: &mut D,
    lab: &NetLab,
    style: &Style,
) -> Result<bool, plotters_backend::DrawingErrorKind<std::convert::Infallible>> {
    let (Some(terrain), Some(frame)) = (land::terrain(lab), land::frame(lab)) else {
        return Ok(false);
    };
    let size = lab.surface().size();
    let projection = lab.projection(&terrain);
    let hill = Hill { terrain: &terrain, projection: &projection, window: frame.window };
    let mut behind = document.sheet(size);
    land::draw_cage(&mut Pen::new(&mut behind), lab, &hill, style, &terrain.isolines())?;
    document.add([0.0; 2], behind);

    let mut before = document.sheet(size);
    let pixels = pixels_of(size, document.density());
    let paint = Paint {
        palette: Palette::Quiet,
        cells: None,
        style: *style,
        pixels,
        samples: 2,
        draft: false,
    };
    let mut raster = Raster::default();
    document.image(&mut before, size, raster.paint(&terrain, &projection, &paint), pixels);
    let pen = &mut Pen::new(&mut before);
    lines::draw_edge(pen, &hill, style)?;
    land::draw_paths_on_hill(pen, lab, &hill, style)?;
    document.add([0.0; 2], before);
    Ok(true)
}

fn draw_loss<DB: DrawingBackend>(
    sheet: &mut DB,
    lab: &NetLab,
    size: [f64; 2],
    style: &Style,
) -> Drawn<DB> {
    let pen = &mut Pen::new(sheet);
    if lab.shows_trials() {
        return trials::draw(pen, lab, size, style);
    }
    let chart = chart::chart(lab, size, style);
    chart::draw(pen, lab, &chart, style)?;
    chart::draw_cursor(pen, lab, &chart, style)
}
