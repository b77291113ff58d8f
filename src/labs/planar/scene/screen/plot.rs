//! One plot: its five canvases from the bottom up. Seen from above the lowest has the field with isolines
//! and axes, and the next is empty: that is where a hill has its surface.

use super::hill::{HillLayers, Panel, Sheets};
use crate::labs::planar::experiment::Setting;
use crate::labs::planar::scene;
use crate::labs::planar::{PlanarLab, Versions};
use crate::labs::{Lab as _, Pose};
use crate::math::window::Window;
use crate::view::sheet::{Sheet, SheetFault, fault};
use crate::view::{Palette, Pen, Relief, Style};

/// While the clock plays, the newest pieces of the paths are drawn with the heads for so many frames before
/// they are appended to the others: the canvas of the heads is another in every frame, and each one more is
/// copied and blended, which takes longer than to draw on it.
const TAIL: u32 = 8;

/// The layers of a plot, and what each was drawn from.
pub struct Plot<S: Sheet> {
    field: S,
    axes: S,
    cloud: S,
    paths: S,
    heads: S,
    density: f64,
    /// The field's pixels, kept for their memory.
    pixels: Vec<u8>,
    backdrop: Option<(u32, Option<u32>)>,
    clouded: Option<Clouded>,
    walked: Option<(Walked, usize)>,
    /// For how many frames the newest pieces of the paths have been drawn with the heads.
    held: u32,
    /// Besides, the step from which on the heads' canvas has the paths.
    marked: Option<(Marked, usize)>,
    /// The hill, where the plot shows one.
    hill: Option<Box<HillLayers>>,
}

/// What field, isolines and axes depend on.
#[derive(PartialEq)]
pub struct Backdrop {
    objective: u32,
    window: Window,
    size: [f64; 2],
    density: f64,
    palette: Palette,
    style: Style,
}

impl Backdrop {
    /// That of a lab on a plot of this size.
    pub fn of(
        lab: &PlanarLab,
        style: &Style,
        palette: Palette,
        size: [f64; 2],
        density: f64,
    ) -> Self {
        Self {
            objective: lab.versions().objective,
            window: lab.frame().window,
            size,
            density,
            palette,
            style: *style,
        }
    }
}

/// What paths depend on, besides the step.
#[derive(Clone, PartialEq)]
pub struct Walked {
    versions: Versions,
    /// The number of the relief.
    backdrop: u32,
    /// Which runs the plot has.
    runs: Vec<usize>,
}

/// What the ensemble, the swarm and the isolines of the batch depend on.
#[derive(PartialEq)]
struct Clouded {
    walked: Walked,
    step: usize,
    update: Option<usize>,
    swarm: [usize; 3],
}

/// What the heads depend on.
#[derive(PartialEq)]
pub struct Marked {
    walked: Walked,
    steps: [usize; 2],
    update: Option<usize>,
    hover: Option<[f64; 2]>,
    marked_step: Option<usize>,
    pose: Pose,
    start_label: &'static str,
}

impl Marked {
    /// Those of a lab as it is now.
    pub fn of(lab: &PlanarLab, walked: Walked) -> Self {
        Self {
            walked,
            steps: [lab.step(), lab.ensemble_step()],
            update: lab.update_in_view(),
            hover: lab.hovered(),
            marked_step: lab.marked_step(),
            pose: lab.posed().clone(),
            start_label: lab.start_label(),
        }
    }
}

impl<S: Sheet> Plot<S> {
    /// Takes the sheets, whose names begin with the plot's.
    ///
    /// # Errors
    /// That of a sheet which cannot be had.
    pub fn new(
        name: &str,
        take: &mut impl FnMut(&str) -> Result<S, SheetFault>,
    ) -> Result<Self, SheetFault> {
        let mut layer = |layer: &str| take(&format!("{name}-{layer}"));
        Ok(Self {
            field: layer("field")?,
            axes: layer("axes")?,
            cloud: layer("cloud")?.plainly(),
            paths: layer("paths")?,
            heads: layer("heads")?,
            density: 1.0,
            pixels: Vec::new(),
            backdrop: None,
            clouded: None,
            walked: None,
            held: 0,
            marked: None,
            hill: None,
        })
    }

    /// Gives all canvases another size in CSS pixels.
    pub fn resize(&mut self, size: [f64; 2], density: f64) {
        self.density = density;
        let Self { field, axes, cloud, paths, heads, .. } = self;
        for sheet in [field, axes, cloud, paths, heads] {
            sheet.resize(size, density);
        }
        self.backdrop = None;
        self.clouded = None;
        self.walked = None;
        self.marked = None;
        self.hill = None;
    }

    /// Brings every layer of a hill up to date, see [`Plot::draw`]; `backdrop` is a number of what the
    /// surface depends on. Tells whether it is to be drawn more finely in a later frame.
    pub fn draw_hill(
        &mut self,
        lab: &PlanarLab,
        style: &Style,
        palette: Palette,
        backdrop: u32,
        index: usize,
    ) -> Result<bool, SheetFault> {
        let size = [lab.frame().width, lab.frame().height];
        if self.hill.is_none() {
            self.resize(size, self.density);
        }
        let mut layers = self.hill.take().unwrap_or_default();
        let Self { field, axes, cloud, paths, heads, density, .. } = self;
        let mut sheets = Sheets { behind: field, surface: axes, cloud, paths, heads };
        let runs = lab.plots().into_iter().nth(index).unwrap_or_default();
        let walked = Walked { versions: lab.versions(), backdrop, runs };
        let panel = Panel { palette, density: *density, walked, index };
        let more = layers.draw(&mut sheets, lab, style, panel)?;
        self.hill = Some(layers);
        Ok(more)
    }

    /// Brings every layer up to date: the relief with its number, and all that stands on it. The plot is that number `index` of the lab.
    pub fn draw(
        &mut self,
        lab: &PlanarLab,
        style: &Style,
        palette: Palette,
        (backdrop, relief): (u32, &Relief),
        index: usize,
    ) -> Result<(), SheetFault> {
        if self.hill.is_some() {
            self.resize([lab.frame().width, lab.frame().height], self.density);
        }
        let painted = Some((backdrop, lab.basins_version()));
        if self.backdrop != painted {
            self.draw_backdrop(lab, style, palette, relief)?;
            self.backdrop = painted;
        }
        let runs = lab.plots().into_iter().nth(index).unwrap_or_default();
        let walked = Walked { versions: lab.versions(), backdrop, runs };
        self.draw_cloud(lab, style, &walked, index)?;
        let drawn = self.draw_paths(lab, style, &walked, index)?;
        self.draw_heads(lab, style, walked, (index, drawn))
    }

    fn draw_backdrop(
        &mut self,
        lab: &PlanarLab,
        style: &Style,
        palette: Palette,
        relief: &Relief,
    ) -> Result<(), SheetFault> {
        let size = self.field.device_size();
        scene::paint_field(lab, relief, palette, style.theme, size, self.density, &mut self.pixels);
        self.field.put_pixels(&self.pixels)?;
        // On the same canvas: each one more is blended in every frame in which a head moves.
        let mut pen = Pen::new(self.field.backend());
        scene::draw_backdrop(&mut pen, lab, relief, &lab.frame(), style).map_err(fault)
    }

    fn draw_cloud(
        &mut self,
        lab: &PlanarLab,
        style: &Style,
        walked: &Walked,
        index: usize,
    ) -> Result<(), SheetFault> {
        let isolines = lab.experiment().is_on(Setting::Isolines);
        // Only isolines show which update is in view.
        let update = lab.update_in_view().filter(|_| isolines);
        let step = lab.ensemble_step();
        let count = lab.ensemble().len();
        let now = Clouded { walked: walked.clone(), step, update, swarm: lab.swarm_version() };
        let from = match &self.clouded {
            Some(before) if *before == now => return Ok(()),
            // Faint paths add up, so they go on where they ended.
            Some(Clouded { walked: before, step: at, swarm, .. })
                if before == walked
                    && *at < step
                    && *swarm == now.swarm
                    && !isolines
                    && scene::shows_walks(lab) =>
            {
                *at
            }
            None if count == 0 && !isolines && lab.swarm().is_empty() => {
                self.clouded = Some(now);
                return Ok(());
            }
            _ => {
                self.cloud.clear();
                0
            }
        };
        let size = self.cloud.device_size();
        let Self { pixels, density, .. } = self;
        if from == 0 && scene::paint_swarm(lab, index, style, size, *density, pixels) {
            self.cloud.put_pixels(pixels)?;
        }
        let mut pen = Pen::new(self.cloud.backend());
        scene::draw_cloud(&mut pen, lab, &lab.frame(), style, index, from).map_err(fault)?;
        self.clouded = Some(now);
        Ok(())
    }

    /// Tells up to which step they are drawn: what is newer is left to the heads.
    fn draw_paths(
        &mut self,
        lab: &PlanarLab,
        style: &Style,
        walked: &Walked,
        index: usize,
    ) -> Result<usize, SheetFault> {
        let step = lab.step();
        let from = match &self.walked {
            Some((before, drawn)) if before == walked && *drawn == step => return Ok(step),
            Some((before, drawn)) if before == walked && *drawn < step => {
                if lab.timeline().is_playing() && self.held < TAIL {
                    self.held += 1;
                    return Ok(*drawn);
                }
                *drawn
            }
            _ => {
                self.paths.clear();
                0
            }
        };
        let mut pen = Pen::new(self.paths.backend());
        scene::draw_paths(&mut pen, lab, &lab.frame(), style, index, from, step).map_err(fault)?;
        self.walked = Some((walked.clone(), step));
        self.held = 0;
        Ok(step)
    }

    fn draw_heads(
        &mut self,
        lab: &PlanarLab,
        style: &Style,
        walked: Walked,
        (index, drawn): (usize, usize),
    ) -> Result<(), SheetFault> {
        let marked = (Marked::of(lab, walked), drawn);
        if self.marked.as_ref() == Some(&marked) {
            return Ok(());
        }
        self.heads.clear();
        let (frame, step) = (lab.frame(), lab.step());
        let mut pen = Pen::new(self.heads.backend());
        if drawn < step {
            scene::draw_paths(&mut pen, lab, &frame, style, index, drawn, step).map_err(fault)?;
        }
        let label = if index == 0 { lab.start_label() } else { "" };
        scene::draw_heads(&mut pen, lab, &frame, style, index, label).map_err(fault)?;
        self.marked = Some(marked);
        Ok(())
    }
}
