//! A hill on the canvases of a plot: what lies behind the surface, the surface as pixels, and on it the
//! cloud, the paths and the heads.
//!
//! While the camera or the surface moves, the surface is drawn by every second node and with one pixel
//! to a CSS pixel; when it has rested for some frames it is drawn with all of both. While only the clock
//! moves the surface stays, and paths are appended.

use std::sync::Arc;

use super::plot::{Marked, Walked};
use crate::labs::planar::PlanarLab;
use crate::labs::planar::experiment::Setting;
use crate::labs::planar::scene::hill::{self, Traces};
use crate::view::hill::{Camera, Hill, Paint, Projection, Raster, Seen, Terrain, lines};
use crate::view::isolines::Isoline;
use crate::view::sheet::{Sheet, SheetFault, fault};
use crate::view::{Palette, Pen, Style};

/// It rests after so many frames without a change.
const REST: u32 = 8;
/// From so many device pixels to a CSS pixel on, edges are soft enough without more samples.
const DENSE: f64 = 1.5;

/// The canvases of a plot, from the bottom up.
pub struct Sheets<'a, S> {
    /// The box, and shadows on its floor.
    pub behind: &'a mut S,
    /// The surface.
    pub surface: &'a mut S,
    /// The ensemble.
    pub cloud: &'a mut S,
    /// The paths.
    pub paths: &'a mut S,
    /// What lies on them.
    pub heads: &'a mut S,
}

/// Which plot it is, and what it is drawn with.
pub struct Panel {
    /// The colours of the surface.
    pub palette: Palette,
    /// Device pixels to a CSS pixel.
    pub density: f64,
    /// What its paths depend on, besides the step.
    pub walked: Walked,
    /// Its number among the plots of the lab.
    pub index: usize,
}

/// What the surface is drawn from.
#[derive(Clone, PartialEq)]
struct Stand {
    walked: Walked,
    camera: Camera,
    logarithmic: bool,
    basins: Option<u32>,
}

/// What the cloud is drawn from, besides the surface.
#[derive(PartialEq)]
struct Clouded {
    step: usize,
    update: Option<usize>,
    swarm: [usize; 3],
}

/// What a terrain is shown as while it moves.
struct Coarse {
    of: Arc<Terrain>,
    terrain: Arc<Terrain>,
    /// The isolines on the floor, while it moves and when it rests.
    isolines: [Vec<Isoline>; 2],
}

/// The layers of a hill, and what each was drawn from.
#[derive(Default)]
pub struct HillLayers {
    stand: Option<Stand>,
    /// How many frames it has rested.
    rested: u32,
    /// What it stands on now, coarse or fine, and from where it is seen.
    shown: Option<(Arc<Terrain>, Projection)>,
    is_fine: bool,
    coarse: Option<Coarse>,
    traces: Traces,
    raster: Raster,
    /// Which cell of the surface each pixel of the cloud's canvas shows, where a swarm is to lie on it.
    seen: Option<Seen>,
    /// The swarm's pixels, kept for their memory.
    pixels: Vec<u8>,
    clouded: Option<Clouded>,
    /// The step up to which the paths are drawn.
    drawn: Option<usize>,
    marked: Option<Marked>,
}

impl HillLayers {
    /// Brings every layer up to date; tells whether it is to be drawn more finely in a later frame.
    pub fn draw<S: Sheet>(
        &mut self,
        sheets: &mut Sheets<'_, S>,
        lab: &PlanarLab,
        style: &Style,
        Panel { palette, density, walked, index }: Panel,
    ) -> Result<bool, SheetFault> {
        let stand = Stand {
            walked: walked.clone(),
            camera: lab.camera(),
            logarithmic: lab.experiment().setting(Setting::Height) != 0.0,
            basins: lab.basins_version(),
        };
        let is_other = self.stand.as_ref() != Some(&stand);
        self.rested = if is_other { 0 } else { self.rested.saturating_add(1) };
        if is_other || (!self.is_fine && self.rested >= REST) {
            self.is_fine = !is_other;
            self.draw_surface(sheets, lab, style, palette, density)?;
            self.stand = Some(stand);
        }
        let Some((terrain, projection)) = &self.shown else { return Ok(false) };
        let (terrain, projection) = (Arc::clone(terrain), projection.clone());
        let window = lab.frame().window;
        let hill = Hill { terrain: &terrain, projection: &projection, window };
        self.draw_cloud(sheets, lab, &hill, style, index)?;
        self.draw_paths(sheets, lab, &hill, style, index)?;
        let marked = Some(Marked::of(lab, walked));
        if self.marked != marked {
            sheets.heads.clear();
            let label = if index == 0 { lab.start_label() } else { "" };
            let pen = &mut Pen::new(sheets.heads.backend());
            hill::draw_heads(pen, lab, &hill, style, index, label).map_err(fault)?;
            self.marked = marked;
        }
        Ok(!self.is_fine)
    }

    /// Draws the box and the surface anew; then everything else is to be drawn, too.
    fn draw_surface<S: Sheet>(
        &mut self,
        sheets: &mut Sheets<'_, S>,
        lab: &PlanarLab,
        style: &Style,
        palette: Palette,
        density: f64,
    ) -> Result<(), SheetFault> {
        let fine = lab.terrain();
        if self.coarse.as_ref().is_none_or(|coarse| !Arc::ptr_eq(&coarse.of, &fine)) {
            let coarse = fine.coarse();
            let isolines = [coarse.coarse().isolines(), coarse.isolines()];
            let (of, terrain) = (Arc::clone(&fine), Arc::new(coarse));
            self.coarse = Some(Coarse { of, terrain, isolines });
        }
        let Some(Coarse { terrain: coarse, isolines, .. }) = &self.coarse else { return Ok(()) };
        let terrain = if self.is_fine { fine } else { Arc::clone(coarse) };
        let (projection, frame) = (lab.projection(), lab.frame());
        let hill = Hill { terrain: &terrain, projection: &projection, window: frame.window };

        sheets.behind.clear();
        let pen = &mut Pen::new(sheets.behind.backend());
        let isolines = &isolines[usize::from(self.is_fine)];
        hill::draw_cage(pen, lab, &hill, style, isolines).map_err(fault)?;

        let density = if self.is_fine { density } else { density.min(1.0) };
        sheets.surface.resize([frame.width, frame.height], density);
        let samples = if self.is_fine && density < DENSE { 2 } else { 1 };
        let pixels = sheets.surface.device_size();
        let cells = hill::basin_cells(lab, &terrain, style);
        let (cells, draft) = (cells.as_deref(), !self.is_fine);
        let paint = Paint { palette, cells, style: *style, pixels, samples, draft };
        sheets.surface.put_pixels(self.raster.paint(&terrain, &projection, &paint))?;
        let pen = &mut Pen::new(sheets.surface.backend());
        lines::draw_edge(pen, &hill, style).map_err(fault)?;

        self.shown = Some((terrain, projection));
        self.traces = Traces::default();
        self.seen = None;
        (self.clouded, self.drawn, self.marked) = (None, None, None);
        Ok(())
    }

    fn draw_cloud<S: Sheet>(
        &mut self,
        sheets: &mut Sheets<'_, S>,
        lab: &PlanarLab,
        hill: &Hill<'_>,
        style: &Style,
        index: usize,
    ) -> Result<(), SheetFault> {
        // Only isolines show which update is in view.
        let shows_update = lab.experiment().is_on(Setting::Isolines);
        let clouded = Clouded {
            step: lab.ensemble_step(),
            update: lab.update_in_view().filter(|_| shows_update),
            swarm: lab.swarm_version(),
        };
        if self.clouded.as_ref() == Some(&clouded) {
            return Ok(());
        }
        sheets.cloud.clear();
        if let Some(cells) = hill::swarm_cells(lab, index, hill.terrain, style) {
            let size = sheets.cloud.device_size();
            let seen = self.seen.get_or_insert_with(|| {
                self.raster.seen(hill.terrain, hill.projection, size, !self.is_fine)
            });
            seen.lay(&cells, &mut self.pixels);
            sheets.cloud.put_pixels(&self.pixels)?;
        }
        let pen = &mut Pen::new(sheets.cloud.backend());
        hill::draw_cloud(pen, lab, hill, style, index).map_err(fault)?;
        self.clouded = Some(clouded);
        Ok(())
    }

    fn draw_paths<S: Sheet>(
        &mut self,
        sheets: &mut Sheets<'_, S>,
        lab: &PlanarLab,
        hill: &Hill<'_>,
        style: &Style,
        index: usize,
    ) -> Result<(), SheetFault> {
        let step = lab.step();
        let from = match self.drawn {
            Some(drawn) if drawn == step => return Ok(()),
            Some(drawn) if drawn < step => drawn,
            Some(_) => {
                // Shadows lie on the box: that is drawn anew with them.
                let isolines = match &self.coarse {
                    Some(Coarse { isolines, .. }) => &isolines[usize::from(self.is_fine)][..],
                    None => &[],
                };
                sheets.behind.clear();
                let pen = &mut Pen::new(sheets.behind.backend());
                hill::draw_cage(pen, lab, hill, style, isolines).map_err(fault)?;
                sheets.paths.clear();
                0
            }
            None => {
                sheets.paths.clear();
                0
            }
        };
        self.traces.extend(lab, hill, index, step);
        let shadows = &mut Pen::new(sheets.behind.backend());
        self.traces.draw_shadows(shadows, lab, hill, style, [from, step]).map_err(fault)?;
        let pen = &mut Pen::new(sheets.paths.backend());
        self.traces.draw(pen, lab, hill, style, [from, step]).map_err(fault)?;
        self.drawn = Some(step);
        Ok(())
    }
}
