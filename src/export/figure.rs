//! The plot, the hill or the chart of an experiment on a plane as a file.
//!
//! The drawing is the page's own, [`crate::labs::planar::scene`], on a backend that writes the file:
//!
//! | file | what it holds |
//! |---|---|
//! | `document.rs` | what a picture is drawn into, whatever file that becomes |
//! | `svg.rs` | SVG. The field is embedded as a PNG; text names the page's typefaces |
//! | `encoded.rs` | pixels as a PNG |
//! | `png.rs` | an SVG as pixels. Text is set in the embedded typeface, so that a link gives one picture on every machine |
//! | `pgf.rs` | PGF for LaTeX, which sets the text |
//! | `film.rs`, `film/` | a picture that moves: GIF and APNG |
//! | `frames.rs` | what the frames of a film have in common, drawn once |
//! | `quantize.rs` | many colours told by few |
//! | `hill.rs` | the plot in three dimensions |

mod document;
mod encoded;
#[cfg(not(target_arch = "wasm32"))]
pub mod film;
#[cfg(not(target_arch = "wasm32"))]
mod frames;
mod hill;
mod pgf;
#[cfg(not(target_arch = "wasm32"))]
mod png;
mod quantize;
mod svg;

use crate::labs::model;
use crate::labs::planar::PlanarLab;
use crate::labs::planar::experiment::{By, Experiment, ObjectiveSource, Setting};
use crate::labs::planar::scene::{self, chart, trials};
use crate::labs::{Hand as _, Lab as _, Picture};
use crate::view::pen::{Anchor, TextStyle};
use crate::view::{Drawn, Frame, Pen, Relief, Style};
pub use document::Document;
pub use pgf::PgfDocument;
use plotters_backend::DrawingBackend;
#[cfg(not(target_arch = "wasm32"))]
pub use png::{Pixels, Renderer, png};
pub use svg::{Svg, SvgDocument, document};

/// What lies between two panels, in px.
pub(crate) const GAP: f64 = 16.0;
/// What surrounds a chart, in px; a plot goes to the edge.
pub(crate) const CHART_MARGIN: f64 = 12.0;

/// What is drawn of an experiment on a plane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The surface with the paths, as the link shows it: GD beside SGD are two panels, each with its title, and
    /// so are the plot and the hill where the link asks for both.
    Plot,
    /// The same as a hill.
    Hill,
    /// The same as a plot, coloured by where the followed run ends from each start.
    Basins,
    /// The loss chart, as the link shows it.
    Loss,
    /// The loss chart over what many runs lead to.
    Trials(By),
}

/// A part of an experiment on a plane as a picture, at any step.
pub struct Figure {
    pub(super) lab: PlanarLab,
    is_chart: bool,
}

impl Figure {
    /// At the step at which the experiment's clock stands, or else at the horizon.
    pub fn new(experiment: &Experiment, part: Part) -> Self {
        let mut experiment = experiment.clone();
        let mut set = |setting: Setting, value| experiment.set_setting(setting as usize, value);
        match part {
            Part::Plot | Part::Loss => {}
            Part::Hill => set(Setting::View, 1.0),
            Part::Basins => {
                set(Setting::View, 0.0);
                set(Setting::Map, 1.0);
            }
            Part::Trials(by) => {
                set(Setting::By, by as usize as f64);
                set(Setting::Future, 1.0);
            }
        }
        let step = experiment.timeline.stands_at().unwrap_or(experiment.steps());
        let is_chart = matches!(part, Part::Loss | Part::Trials(_));
        let mut figure = Self { lab: PlanarLab::of(experiment), is_chart };
        figure.lab.timeline_mut().seek(step);
        figure
    }

    /// The text of a file with the picture.
    pub fn draw<D: Document>(&mut self, mut document: D) -> String {
        let style = scene::style(&self.lab, false);
        let drawn = match self.is_chart {
            true => self.draw_chart(&mut document, &style),
            false => self.draw_plots(&mut document, &style),
        };
        // The backends cannot fail.
        let Ok(()) = drawn else { unreachable!() };
        document.finish(style.theme.paper, &title(self.lab.experiment()))
    }

    fn draw_plots<D: Document>(&mut self, document: &mut D, style: &Style) -> Drawn<D::Sheet> {
        let [width, height] = document.size();
        let lab = &mut self.lab;
        let titles = model::plot_titles(lab);
        let count = titles.len();
        let top = if count > 1 { 2.0 * style.type_size } else { 0.0 };
        let each = ((width - GAP * (count - 1) as f64) / count as f64).max(1.0);
        lab.set_size(Picture::Plot, [each, height - top]);
        lab.settle();
        let frame = lab.frame();
        let relief = scene::relief(lab, &frame);
        for (panel, heading) in titles.iter().enumerate() {
            let left = panel as f64 * (each + GAP);
            if lab.shows_hill(panel) {
                hill::add(document, lab, style, panel, [left, top])?;
            } else {
                let mut sheet = document.sheet([frame.width, frame.height]);
                draw_fields(document, &mut sheet, lab, &relief, &frame, style, panel);
                draw_plot(&mut sheet, lab, &relief, &frame, style, panel)?;
                document.add([left, top], sheet);
            }
            if count > 1 {
                add_heading(document, heading, [left, 0.0], [each, top], style)?;
            }
        }
        Ok(())
    }

    fn draw_chart<D: Document>(&mut self, document: &mut D, style: &Style) -> Drawn<D::Sheet> {
        let size = document.size().map(|px| (px - 2.0 * CHART_MARGIN).max(1.0));
        let lab = &mut self.lab;
        lab.set_size(Picture::Chart, size);
        lab.settle();
        let mut sheet = document.sheet(size);
        draw_loss(&mut sheet, lab, size, style)?;
        document.add([CHART_MARGIN; 2], sheet);
        Ok(())
    }
}

/// The title of a panel, above it.
pub(crate) fn add_heading<D: Document>(
    document: &mut D,
    heading: &str,
    at: [f64; 2],
    size: [f64; 2],
    style: &Style,
) -> Drawn<D::Sheet> {
    let text_style = TextStyle { color: style.theme.ink, ..style.label(Anchor::Left) };
    let mut sheet = document.sheet(size);
    let place = [0.5 * style.type_size, 0.5 * size[1]];
    Pen::new(&mut sheet).text(heading, place, text_style)?;
    document.add(at, sheet);
    Ok(())
}

fn title(experiment: &Experiment) -> String {
    match experiment.source {
        ObjectiveSource::Gallery(surface) => surface.name.to_owned(),
        ObjectiveSource::Data { problem, typed: false } => problem.name.to_owned(),
        ObjectiveSource::Typed | ObjectiveSource::Data { .. } => experiment.formula().plain(),
    }
}

/// The field, and the swarm of a panel, where it has one.
fn draw_fields<D: Document>(
    document: &mut D,
    sheet: &mut D::Sheet,
    lab: &PlanarLab,
    relief: &Relief,
    frame: &Frame,
    style: &Style,
    panel: usize,
) {
    let size = [frame.width, frame.height];
    let density = document.density();
    let pixels = pixels_of(size, density);
    let (palette, theme, scale) = (scene::palette(lab), style.theme, density as f64);
    let mut rgba = vec![];
    scene::paint_field(lab, relief, palette, theme, pixels, scale, &mut rgba);
    document.image(sheet, size, &rgba, pixels);
    if scene::paint_swarm(lab, panel, style, pixels, scale, &mut rgba) {
        document.image(sheet, size, &rgba, pixels);
    }
}

fn draw_plot<DB: DrawingBackend>(
    sheet: &mut DB,
    lab: &PlanarLab,
    relief: &Relief,
    frame: &Frame,
    style: &Style,
    panel: usize,
) -> Drawn<DB> {
    let pen = &mut Pen::new(sheet);
    scene::draw_backdrop(pen, lab, relief, frame, style)?;
    scene::draw_cloud(pen, lab, frame, style, panel, 0)?;
    scene::draw_paths(pen, lab, frame, style, panel, 0, lab.step())?;
    scene::draw_heads(pen, lab, frame, style, panel, "start")
}

fn draw_loss<DB: DrawingBackend>(
    sheet: &mut DB,
    lab: &PlanarLab,
    size: [f64; 2],
    style: &Style,
) -> Drawn<DB> {
    let pen = &mut Pen::new(sheet);
    if lab.shows_trials() {
        return trials::draw(pen, lab, size, style);
    }
    let chart = chart::chart(lab, size, style);
    chart::draw(pen, lab, &chart, style)?;
    chart::draw_curves(pen, lab, &chart, style, 0, lab.step())?;
    chart::draw_cursor(pen, lab, &chart, style)
}

/// How many columns and rows an embedded picture of this size in CSS pixels has.
pub(crate) fn pixels_of(size: [f64; 2], density: usize) -> [usize; 2] {
    size.map(|px| (px.ceil() as usize).max(1) * density)
}
