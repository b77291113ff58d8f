//! The canvases, and what stands on each: a layer is drawn again only when what it shows has
//! changed, and paths and curves are appended while only the clock moves.

mod hill;
mod plot;

use crate::labs::planar::scene::{self, chart, data, trials};
use crate::labs::planar::{PlanarLab, Versions};
use crate::labs::screens::Changes;
use crate::math::budget::{Budget, CALL};
use crate::view::sheet::{Sheet, SheetFault, fault};
use crate::view::{Chart, Pen, Relief, Style};
use plot::{Backdrop, Plot};

/// All layers, and what each was drawn from.
pub struct Screen<S: Sheet> {
    plots: [Plot<S>; 2],
    chart: S,
    cursor: S,
    examples: S,
    models: S,
    ball: S,
    sizes: Sizes,
    backdrop: Changes<Backdrop>,
    /// The relief that both plots show, and the change of `backdrop` at which it was made.
    relief: Option<(u32, Relief)>,
    /// Grows with each relief.
    relieved: u32,
    /// A finer one that is on its way.
    sampling: Option<scene::Sampling>,
    drawn: Changes<Drawn>,
    /// The others were drawn at the change of `drawn` that they begin with; curves also at a glance or not.
    curves: Option<((u32, bool), usize, Chart)>,
    pointed: Option<(u32, usize, Option<usize>)>,
    /// Runs with other dials: with the number of what of them is known, and what the pointer marks.
    tried: Option<(u32, u32)>,
    tried_at: Option<(u32, u32, Option<[f64; 2]>)>,
    scattered: Option<Scattered>,
    modelled: Option<(u32, usize, Option<usize>)>,
    measured: Option<u32>,
}

/// Sizes in CSS pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Sizes {
    /// A plot's; both have it.
    pub plot: [f64; 2],
    /// The loss chart's.
    pub chart: [f64; 2],
    /// The data view's.
    pub data: [f64; 2],
    /// The noise ball's.
    pub ball: [f64; 2],
    /// Device pixels for each CSS pixel.
    pub density: f64,
}

/// What everything depends on that is drawn of the runs, besides the step.
#[derive(Clone, Copy, PartialEq)]
struct Drawn {
    versions: Versions,
    sizes: Sizes,
    style: Style,
}

/// What the examples depend on.
#[derive(Clone, Copy, PartialEq)]
struct Scattered {
    examples: u32,
    size: [f64; 2],
    density: f64,
    style: Style,
}

impl<S: Sheet> Screen<S> {
    /// Takes the sheets by their names.
    ///
    /// # Errors
    /// That of a sheet which cannot be had.
    pub fn new(take: &mut impl FnMut(&str) -> Result<S, SheetFault>) -> Result<Self, SheetFault> {
        Ok(Self {
            plots: [Plot::new("plot", take)?, Plot::new("plot2", take)?],
            chart: take("chart-curves")?.plainly(),
            cursor: take("chart-cursor")?,
            examples: take("data-ground")?,
            models: take("data-marks")?,
            ball: take("ball-canvas")?,
            sizes: Sizes::default(),
            backdrop: Changes::default(),
            relief: None,
            relieved: 0,
            sampling: None,
            drawn: Changes::default(),
            curves: None,
            pointed: None,
            tried: None,
            tried_at: None,
            scattered: None,
            modelled: None,
            measured: None,
        })
    }

    /// Takes new sizes; what is drawn is drawn again.
    pub fn resize(&mut self, sizes: Sizes) {
        if self.sizes != sizes {
            self.sizes = sizes;
            self.forget();
        }
    }

    /// Draws everything anew the next time.
    pub fn forget(&mut self) {
        let sizes = self.sizes;
        for plot in &mut self.plots {
            plot.resize(sizes.plot, sizes.density);
        }
        for (sheet, size) in [
            (&mut self.chart, sizes.chart),
            (&mut self.cursor, sizes.chart),
            (&mut self.examples, sizes.data),
            (&mut self.models, sizes.data),
            (&mut self.ball, sizes.ball),
        ] {
            sheet.resize(size, sizes.density);
        }
        self.relief = None;
        self.curves = None;
        self.pointed = None;
        self.tried = None;
        self.tried_at = None;
        self.scattered = None;
        self.modelled = None;
        self.measured = None;
    }

    /// Brings every layer up to date; tells whether more is to be drawn in the next frame.
    pub fn draw(&mut self, lab: &PlanarLab, style: &Style) -> Result<bool, SheetFault> {
        let finer = self.draw_plots(lab, style)?;
        self.draw_panels(lab, style)?;
        Ok(finer || self.sampling.is_some())
    }

    fn draw_panels(&mut self, lab: &PlanarLab, style: &Style) -> Result<(), SheetFault> {
        let now = Drawn { versions: lab.versions(), sizes: self.sizes, style: *style };
        let drawn = self.drawn.after(now);
        if lab.shows_trials() {
            self.draw_trials(lab, style, drawn)?;
        } else {
            self.draw_chart(lab, style, drawn)?;
        }
        if lab.examples().is_empty() {
            return Ok(());
        }
        self.draw_data(lab, style, drawn)?;
        self.draw_ball(lab, style, drawn)
    }

    fn draw_plots(&mut self, lab: &PlanarLab, style: &Style) -> Result<bool, SheetFault> {
        let palette = scene::palette(lab);
        let Sizes { plot: size, density, .. } = self.sizes;
        let backdrop = self.backdrop.after(Backdrop::of(lab, style, palette, size, density));
        let count = lab.plots().len();
        if (0..count).any(|index| !lab.shows_hill(index)) {
            self.refresh_relief(lab, backdrop);
        }
        let mut more = false;
        for (index, plot) in self.plots.iter_mut().enumerate().take(count) {
            if lab.shows_hill(index) {
                more |= plot.draw_hill(lab, style, palette, backdrop, index)?;
            } else if let Some((_, relief)) = &self.relief {
                plot.draw(lab, style, palette, (self.relieved, relief), index)?;
            }
        }
        Ok(more)
    }

    /// The relief for the plots that are seen from above: that of this number of the backdrop.
    fn refresh_relief(&mut self, lab: &PlanarLab, backdrop: u32) {
        let Self { relief, relieved, sampling, .. } = self;
        if relief.as_ref().is_none_or(|(before, _)| *before != backdrop) {
            *relief = Some((backdrop, scene::relief(lab, &lab.frame())));
            *sampling = scene::Sampling::of(lab, &lab.frame());
            *relieved += 1;
        } else if let Some(rows) = sampling
            && let Some(finer) = rows.advance(lab, &mut Budget::units(CALL))
        {
            (*relief, *sampling) = (Some((backdrop, finer)), None);
            *relieved += 1;
        }
    }

    fn draw_chart(&mut self, lab: &PlanarLab, style: &Style, drawn: u32) -> Result<(), SheetFault> {
        let step = lab.step();
        (self.tried, self.tried_at) = (None, None);
        let glanced = (drawn, lab.follows_hand());
        let (from, chart) = match self.curves.take() {
            Some((before, at, chart)) if before == glanced && at <= step => (at, chart),
            _ => {
                let chart = chart::chart(lab, self.sizes.chart, style);
                self.chart.clear();
                let mut pen = Pen::new(self.chart.backend());
                chart::draw(&mut pen, lab, &chart, style).map_err(fault)?;
                (0, chart)
            }
        };
        if from < step {
            let mut pen = Pen::new(self.chart.backend());
            chart::draw_curves(&mut pen, lab, &chart, style, from, step).map_err(fault)?;
        }
        let pointed = Some((drawn, step, lab.marked_step()));
        if self.pointed != pointed {
            self.cursor.clear();
            let mut pen = Pen::new(self.cursor.backend());
            chart::draw_cursor(&mut pen, lab, &chart, style).map_err(fault)?;
            self.pointed = pointed;
        }
        self.curves = Some((glanced, step, chart));
        Ok(())
    }

    fn draw_trials(
        &mut self,
        lab: &PlanarLab,
        style: &Style,
        drawn: u32,
    ) -> Result<(), SheetFault> {
        let (known, size) = (lab.trials_version(), self.sizes.chart);
        // The losses are drawn anew when they are shown again.
        (self.curves, self.pointed) = (None, None);
        if self.tried != Some((drawn, known)) {
            self.chart.clear();
            let mut pen = Pen::new(self.chart.backend());
            trials::draw(&mut pen, lab, size, style).map_err(fault)?;
            self.tried = Some((drawn, known));
        }
        let tried_at = Some((drawn, known, lab.marked_trial()));
        if self.tried_at != tried_at {
            self.cursor.clear();
            let mut pen = Pen::new(self.cursor.backend());
            trials::draw_pointed(&mut pen, lab, size, style).map_err(fault)?;
            self.tried_at = tried_at;
        }
        Ok(())
    }

    fn draw_data(&mut self, lab: &PlanarLab, style: &Style, drawn: u32) -> Result<(), SheetFault> {
        let Sizes { data: size, density, .. } = self.sizes;
        let examples = lab.versions().examples;
        let scattered = Scattered { examples, size, density, style: *style };
        if self.scattered != Some(scattered) {
            self.examples.clear();
            let mut pen = Pen::new(self.examples.backend());
            data::draw_examples(&mut pen, lab, style).map_err(fault)?;
            self.scattered = Some(scattered);
        }
        let modelled = Some((drawn, lab.step(), lab.update_in_view()));
        if self.modelled != modelled {
            self.models.clear();
            let mut pen = Pen::new(self.models.backend());
            data::draw_models(&mut pen, lab, style).map_err(fault)?;
            self.modelled = modelled;
        }
        Ok(())
    }

    fn draw_ball(&mut self, lab: &PlanarLab, style: &Style, drawn: u32) -> Result<(), SheetFault> {
        if !lab.shows_ball() || self.measured == Some(drawn) {
            return Ok(());
        }
        self.ball.clear();
        let mut pen = Pen::new(self.ball.backend());
        data::draw_ball(&mut pen, lab, self.sizes.ball, style).map_err(fault)?;
        self.measured = Some(drawn);
        Ok(())
    }
}
