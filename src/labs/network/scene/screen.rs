//! The canvases of the Network lab, each drawn again only when what it shows has changed, and while
//! the clock runs not oftener than the eye needs.

mod hill;

use crate::labs::network::scene::{self, Regions, Tiles, chart, land, losses, trials};
use crate::labs::network::{MOST_NETS, NetLab, NetVersions, Setting};
use crate::labs::screens::Changes;
use crate::labs::{Hand, Picture};
use crate::math::budget::Budget;
use crate::view::sheet::{Sheet, SheetFault, fault};
use crate::view::{Chart, Palette, Pen, Style, paint};
use hill::LandHill;

/// While the clock runs, decision regions and the net are drawn every so many milliseconds …
const QUICK: f64 = 30.0;
/// … and curves every so many.
const SLOW: f64 = 90.0;

/// So many units of a [`Budget`] are spent on regions in a frame, or one panel if that is more: the
/// others are drawn in the next ones.
const REGIONS: u64 = 20_000_000;

/// Sizes in CSS pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Sizes {
    /// A panel's; all have it.
    pub panel: [f64; 2],
    /// The loss chart's.
    pub chart: [f64; 2],
    /// The net's picture's.
    pub picture: [f64; 2],
    /// The loss surface's.
    pub land: [f64; 2],
    /// The loss functions'.
    pub losses: [f64; 2],
    /// Device pixels for each CSS pixel.
    pub density: f64,
}

/// All canvases, and what each was drawn from.
pub struct NetScreen<S: Sheet> {
    panels: Vec<Panel<S>>,
    chart: S,
    cursor: S,
    edges: S,
    land: [S; 3],
    losses: S,
    /// The loss surface in three dimensions, where it is shown so.
    hill: Option<LandHill>,
    sizes: Sizes,
    shape: Changes<Shape>,
    /// The others were drawn at the change of `shape` that they begin with.
    tiles: Option<(u32, Tiles)>,
    tiled: Option<(u32, u32)>,
    edged: Option<(u32, u32, Vec<usize>)>,
    charted: Option<(u32, u32, usize, Chart)>,
    pointed: Option<(usize, Option<usize>)>,
    /// What was drawn of nets with other dials, and the place that the pointer marks among them.
    tried: Option<(u32, u32)>,
    tried_at: Option<Option<[f64; 2]>>,
    surveyed: Option<(u32, u32)>,
    walked: Option<(u32, u32, u32)>,
    lost: Option<(u32, u32, usize)>,
    /// Milliseconds since regions and the net were drawn, and since curves were.
    waited: [f64; 2],
    pixels: Vec<u8>,
}

/// What everything depends on but the weights.
#[derive(Clone, Copy, PartialEq)]
struct Shape {
    data: u32,
    runs: u32,
    sizes: Sizes,
    style: Style,
}

struct Panel<S> {
    field: S,
    marks: S,
    regions: Option<(u32, usize, bool, Regions)>,
    painted: Option<(u32, usize, u32)>,
    marked: Option<(u32, usize, u32)>,
    /// Whether a batch is lit up among the marks, and the example that has a ring.
    lit: (bool, Option<usize>),
}

impl<S: Sheet> NetScreen<S> {
    /// Takes the sheets by their names.
    ///
    /// # Errors
    /// That of a sheet which cannot be had.
    pub fn new(take: &mut impl FnMut(&str) -> Result<S, SheetFault>) -> Result<Self, SheetFault> {
        let mut panels = Vec::new();
        for panel in 1..=MOST_NETS {
            panels.push(Panel {
                field: take(&format!("net{panel}-field"))?,
                marks: take(&format!("net{panel}-marks"))?,
                regions: None,
                painted: None,
                marked: None,
                lit: (false, None),
            });
        }
        Ok(Self {
            panels,
            chart: take("chart-curves")?.plainly(),
            cursor: take("chart-cursor")?,
            edges: take("net-edges")?,
            land: [take("land-field")?, take("land-lines")?, take("land-paths")?],
            losses: take("losses-canvas")?.plainly(),
            hill: None,
            sizes: Sizes::default(),
            shape: Changes::default(),
            tiles: None,
            tiled: None,
            edged: None,
            charted: None,
            pointed: None,
            tried: None,
            tried_at: None,
            surveyed: None,
            walked: None,
            lost: None,
            waited: [f64::MAX; 2],
            pixels: Vec::new(),
        })
    }

    /// Takes new sizes; what is drawn is drawn again.
    pub fn resize(&mut self, sizes: Sizes) {
        if self.sizes == sizes {
            return;
        }
        self.sizes = sizes;
        for panel in &mut self.panels {
            panel.field.resize(sizes.panel, sizes.density);
            panel.marks.resize(sizes.panel, sizes.density);
        }
        self.edges.resize(sizes.picture, sizes.density);
        for sheet in &mut self.land {
            sheet.resize(sizes.land, sizes.density);
        }
        self.losses.resize(sizes.losses, sizes.density);
        self.forget();
    }

    /// Draws everything anew the next time.
    pub fn forget(&mut self) {
        for panel in &mut self.panels {
            (panel.regions, panel.painted, panel.marked) = (None, None, None);
        }
        (self.tiles, self.tiled, self.edged, self.charted) = (None, None, None, None);
        (self.pointed, self.surveyed, self.walked, self.lost) = (None, None, None, None);
        (self.tried, self.tried_at) = (None, None);
        self.hill = None;
        for sheet in [&mut self.chart, &mut self.cursor] {
            sheet.resize(self.sizes.chart, self.sizes.density);
        }
    }

    /// Time has passed.
    pub fn wait(&mut self, milliseconds: f64) {
        self.waited = self.waited.map(|waited| waited + milliseconds);
    }

    /// Brings every canvas up to date; tells whether more is to be drawn in the next frame.
    pub fn draw(&mut self, lab: &mut NetLab, style: &Style) -> Result<bool, SheetFault> {
        let mut budget = Budget::units(REGIONS);
        let mut is_behind = false;
        let NetVersions { data, runs, weights } = lab.versions();
        let shape = self.shape.after(Shape { data, runs, sizes: self.sizes, style: *style });
        let waits = lab.is_moving();
        let [quick, slow] =
            [(0, QUICK), (1, SLOW)].map(|(at, every)| !waits || self.waited[at] >= every);
        for (slot, index) in lab.shown().into_iter().enumerate() {
            is_behind |= self.draw_panel(lab, style, shape, [slot, index], quick, &mut budget)?;
        }
        // What was emptied is not left empty until it is due.
        let quick = quick || self.edged.is_none();
        let slow = slow || self.charted.is_none() && !lab.shows_trials();
        let quick_losses = quick || self.lost.is_none();
        let now = Some((shape, weights, lab.experiment().setting(Setting::Example) as usize));
        if quick_losses && lab.shows_losses() && self.lost != now {
            self.losses.clear();
            let mut pen = Pen::new(self.losses.backend());
            losses::draw(&mut pen, lab, self.sizes.losses, style).map_err(fault)?;
            self.lost = now;
        }
        let now = Some((shape, weights, lab.lit_weights()));
        if quick && self.edged != now {
            self.edges.clear();
            let mut pen = Pen::new(self.edges.backend());
            scene::draw_edges(&mut pen, lab, style).map_err(fault)?;
            self.edged = now;
        }
        if lab.shows_trials() {
            self.draw_trials(lab, style, shape)?;
        } else if slow {
            self.draw_chart(lab, style, shape, weights)?;
        }
        if slow && lab.shows_surface() && !lab.shows_hill() {
            self.draw_land(lab, style, shape, weights)?;
        }
        if lab.shows_surface() && lab.shows_hill() {
            is_behind |= self.draw_hill(lab, style, shape, slow)?;
        }
        if !lab.shows_trials() {
            self.draw_cursor(lab, style)?;
        }
        for (at, is_due) in [quick, slow].into_iter().enumerate() {
            if is_due {
                self.waited[at] = 0.0;
            }
        }
        Ok(is_behind)
    }

    /// Brings a panel up to date, unless the budget has none left for its regions: then it says so.
    fn draw_panel(
        &mut self,
        lab: &NetLab,
        style: &Style,
        shape: u32,
        [slot, index]: [usize; 2],
        is_due: bool,
        budget: &mut Budget,
    ) -> Result<bool, SheetFault> {
        let Self { panels, pixels, sizes, .. } = self;
        let Some(Panel { field, marks, regions, painted, marked, lit }) = panels.get_mut(slot)
        else {
            return Ok(false);
        };
        let weights = lab.versions().weights;
        // While the clock stands, the grid is a finer one.
        let plays = lab.is_moving();
        let same = |&(before, run, played, _): &(u32, usize, bool, Regions)| {
            before == shape && run == index && played == plays
        };
        if !regions.as_ref().is_some_and(same) {
            *regions = Some((shape, index, plays, Regions::of(lab, index)));
            *painted = None;
        }
        let Some((.., regions)) = regions else { return Ok(false) };
        let is_curve = lab.sets().parts.columns == 1;
        let now = Some((shape, index, weights));
        let other = |drawn: &Option<(u32, usize, u32)>| match drawn {
            Some((before, run, at)) => {
                *before != shape || *run != index || (*at != weights && is_due)
            }
            None => true,
        };
        let is_behind = other(painted) && !budget.piece(regions.cost());
        if other(painted) && !is_behind {
            let size = field.device_size();
            if regions.paint(lab, index, style, size, sizes.density, pixels) {
                field.put_pixels(pixels)?;
            } else {
                field.clear();
            }
            *painted = now;
        }
        let lights = (!lab.batch_in_view(index).is_empty(), lab.ringed());
        let moves = is_curve || lights.0;
        let stale = match marked {
            Some((before, run, at)) => {
                let moved = moves && *at != weights && is_due;
                *before != shape || *run != index || moved || *lit != lights
            }
            None => true,
        };
        *lit = lights;
        if stale {
            marks.clear();
            let mut pen = Pen::new(marks.backend());
            scene::draw_marks(&mut pen, lab, regions, style, index).map_err(fault)?;
            *marked = now;
        }
        Ok(is_behind)
    }

    fn draw_chart(
        &mut self,
        lab: &NetLab,
        style: &Style,
        shape: u32,
        weights: u32,
    ) -> Result<(), SheetFault> {
        let step = lab.step();
        (self.tried, self.tried_at) = (None, None);
        let same = |(before, at, then, _): &(u32, u32, usize, Chart)| {
            *before == shape && *at == weights && *then == step
        };
        if self.charted.as_ref().is_some_and(same) {
            return Ok(());
        }
        let chart = chart::chart(lab, self.sizes.chart, style);
        self.chart.clear();
        let mut pen = Pen::new(self.chart.backend());
        chart::draw(&mut pen, lab, &chart, style).map_err(fault)?;
        self.charted = Some((shape, weights, step, chart));
        self.pointed = None;
        Ok(())
    }

    fn draw_trials(&mut self, lab: &NetLab, style: &Style, shape: u32) -> Result<(), SheetFault> {
        let (known, size) = (lab.trials_version(), self.sizes.chart);
        // The losses are drawn anew when they are shown again.
        (self.charted, self.pointed) = (None, None);
        if self.tried != Some((shape, known)) {
            let (pixels, density) = (self.chart.device_size(), self.sizes.density);
            match trials::paint(lab, size, style, pixels, density, &mut self.pixels) {
                true => self.chart.put_pixels(&self.pixels)?,
                false => self.chart.clear(),
            }
            let mut pen = Pen::new(self.chart.backend());
            trials::draw(&mut pen, lab, size, style).map_err(fault)?;
            self.tried = Some((shape, known));
            self.tried_at = None;
        }
        let marked = Some(lab.marked_trial());
        if self.tried_at != marked {
            self.cursor.clear();
            let mut pen = Pen::new(self.cursor.backend());
            trials::draw_pointed(&mut pen, lab, size, style).map_err(fault)?;
            self.tried_at = marked;
        }
        Ok(())
    }

    fn draw_cursor(&mut self, lab: &NetLab, style: &Style) -> Result<(), SheetFault> {
        let now = Some((lab.step(), lab.marked_step()));
        let Some((.., chart)) = self.charted.as_ref().filter(|_| self.pointed != now) else {
            return Ok(());
        };
        self.cursor.clear();
        let mut pen = Pen::new(self.cursor.backend());
        chart::draw_cursor(&mut pen, lab, chart, style).map_err(fault)?;
        self.pointed = now;
        Ok(())
    }

    fn draw_land(
        &mut self,
        lab: &mut NetLab,
        style: &Style,
        shape: u32,
        weights: u32,
    ) -> Result<(), SheetFault> {
        lab.set_size(Picture::Land, self.sizes.land);
        if self.hill.take().is_some() {
            // The hill has left other sizes.
            for sheet in &mut self.land {
                sheet.resize(self.sizes.land, self.sizes.density);
            }
            (self.surveyed, self.walked) = (None, None);
        }
        let version = lab.surface().version();
        let [field, lines, paths] = &mut self.land;
        if lab.surface().survey().is_some() && self.surveyed != Some((shape, version)) {
            if let Some(relief) = land::relief(lab) {
                let size = field.device_size();
                let (palette, density) = (Palette::Quiet, self.sizes.density);
                paint::paint(&relief, palette, style.theme, size, density, &mut self.pixels);
                field.put_pixels(&self.pixels)?;
                lines.clear();
                let mut pen = Pen::new(lines.backend());
                land::draw_backdrop(&mut pen, lab, &relief, style).map_err(fault)?;
            }
            self.surveyed = Some((shape, version));
            self.walked = None;
        }
        if self.walked != Some((shape, weights, version)) {
            paths.clear();
            let mut pen = Pen::new(paths.backend());
            land::draw_paths(&mut pen, lab, style).map_err(fault)?;
            self.walked = Some((shape, weights, version));
        }
        Ok(())
    }

    /// Brings the loss surface in three dimensions up to date: its paths only where that is due.
    /// Tells whether it is to be drawn more finely in a later frame.
    fn draw_hill(
        &mut self,
        lab: &mut NetLab,
        style: &Style,
        shape: u32,
        is_due: bool,
    ) -> Result<bool, SheetFault> {
        lab.set_size(Picture::Land, self.sizes.land);
        let hill = self.hill.get_or_insert_default();
        hill.draw(&mut self.land, lab, style, (shape, self.sizes.density), is_due)
    }

    /// The tiles of the net's picture as RGBA, or nothing where they are as they were.
    pub fn tiles(&mut self, lab: &NetLab, style: &Style) -> Vec<u8> {
        let NetVersions { data, runs, weights } = lab.versions();
        let shape = self.shape.after(Shape { data, runs, sizes: self.sizes, style: *style });
        let mut out = Vec::new();
        // They keep step with the edges.
        let is_due =
            (self.edged.as_ref()).is_some_and(|(before, at, _)| [*before, *at] == [shape, weights]);
        let Some(index) = lab.experiment().followed() else { return out };
        if !is_due || self.tiled == Some((shape, weights)) {
            return out;
        }
        if self.tiles.as_ref().is_none_or(|(before, _)| *before != shape) {
            self.tiles = Some((shape, Tiles::of(lab, index)));
        }
        if let Some((_, tiles)) = &mut self.tiles {
            tiles.paint(lab, index, style, &mut out);
        }
        self.tiled = Some((shape, weights));
        out
    }
}
