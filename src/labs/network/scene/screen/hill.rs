//! The loss surface in three dimensions on its canvases. As that of the other labs it is drawn in a
//! hurry while it turns, and finely when it has rested.

use crate::labs::network::scene::land;
use crate::labs::network::{NetLab, Setting};
use crate::view::hill::{Camera, Hill, Paint, Projection, Raster, Terrain, lines};
use crate::view::isolines::Isoline;
use crate::view::sheet::{Sheet, SheetFault, fault};
use crate::view::{Palette, Pen, Style};

/// It rests after so many frames without a change.
const REST: u32 = 8;

/// The surface, and what it was drawn from.
#[derive(Default)]
pub struct LandHill {
    /// The change of everything else, the version of the survey, and whether heights are logarithms.
    made_from: Option<(u32, u32, bool)>,
    terrain: Option<(Terrain, Vec<Isoline>)>,
    shown: Option<(Camera, Projection)>,
    rested: u32,
    is_fine: bool,
    /// The version of the weights whose paths are drawn.
    walked: Option<u32>,
    raster: Raster,
}

impl LandHill {
    /// Brings all three canvases up to date; tells whether it is to be drawn more finely in a later
    /// frame.
    pub fn draw<S: Sheet>(
        &mut self,
        [behind, surface, paths]: &mut [S; 3],
        lab: &NetLab,
        style: &Style,
        (shape, density): (u32, f64),
        is_due: bool,
    ) -> Result<bool, SheetFault> {
        let logarithmic = lab.experiment().setting(Setting::Height) != 0.0;
        let made_from = Some((shape, lab.surface().version(), logarithmic));
        if self.made_from != made_from {
            let Some(terrain) = land::terrain(lab) else {
                // Until there is another, the one before is left.
                return Ok(false);
            };
            let isolines = terrain.coarse().isolines();
            *self = Self { raster: std::mem::take(&mut self.raster), ..Self::default() };
            self.made_from = made_from;
            self.terrain = Some((terrain, isolines));
        }
        let (Some((terrain, isolines)), Some(frame)) = (&self.terrain, land::frame(lab)) else {
            return Ok(false);
        };
        let weights = lab.versions().weights;
        let is_walked = self.walked == Some(weights);
        // With the run that it follows the camera goes no oftener than paths are drawn.
        let camera = match &self.shown {
            Some((camera, _)) if !is_due && lab.experiment().is_on(Setting::Chase) => *camera,
            _ => lab.camera(terrain),
        };
        let is_other = self.shown.as_ref().is_none_or(|(before, _)| *before != camera);
        self.rested = if is_other { 0 } else { self.rested.saturating_add(1) };
        let turns = is_other || (!self.is_fine && self.rested >= REST);
        if turns {
            self.is_fine = !is_other;
            let projection = Projection::new(lab.surface().size(), &camera, style);
            let density = if self.is_fine { density } else { density.min(1.0) };
            surface.resize(lab.surface().size(), density);
            let paint = Paint {
                palette: Palette::Quiet,
                cells: None,
                style: *style,
                pixels: surface.device_size(),
                samples: if self.is_fine { 2 } else { 1 },
                draft: !self.is_fine,
            };
            surface.put_pixels(self.raster.paint(terrain, &projection, &paint))?;
            self.shown = Some((camera, projection));
        }
        let Some((_, projection)) = &self.shown else { return Ok(false) };
        let hill = Hill { terrain, projection, window: frame.window };
        if turns {
            let pen = &mut Pen::new(surface.backend());
            lines::draw_edge(pen, &hill, style).map_err(fault)?;
        }
        if turns || (!is_walked && is_due) {
            behind.clear();
            let pen = &mut Pen::new(behind.backend());
            land::draw_cage(pen, lab, &hill, style, isolines).map_err(fault)?;
            paths.clear();
            let pen = &mut Pen::new(paths.backend());
            land::draw_paths_on_hill(pen, lab, &hill, style).map_err(fault)?;
            self.walked = Some(weights);
        }
        Ok(!self.is_fine)
    }
}
