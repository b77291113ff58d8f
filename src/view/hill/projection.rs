//! Where on the screen a place of the box is: plotters' [`Cartesian3d`].
//!
//! Its axes are x to the right, y up and z toward the viewer; so the plane's y, which goes away from
//! the viewer, is a z the other way round. It turns by `yaw` about the vertical and then by `pitch`
//! about the screen's horizontal, counts in the pen's units, 1/[`FINE`] px, and has no perspective.

use plotters::coord::CoordTranslate as _;
use plotters::coord::cartesian::Cartesian3d;

use super::Camera;
use crate::view::chart::Axis;
use crate::view::pen::{FINE, px, units};
use crate::view::theme::Style;

/// The usual height of the box, as a part of the plot's mean side.
const HEIGHT: f64 = 0.45;

/// The box as it is seen on a picture. Depths are px away from the viewer.
#[derive(Clone)]
pub struct Projection {
    size: [f64; 2],
    camera: Camera,
    coord: Cartesian3d<Axis, Axis, Axis>,
    /// Rows: px to the right, px down, px away; columns: of u, v and w, and where the origin is.
    matrix: [[f64; 4]; 3],
    toward: [f64; 3],
}

impl std::fmt::Debug for Projection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { size, camera, matrix, .. } = self;
        f.debug_struct("Projection")
            .field("size", size)
            .field("camera", camera)
            .field("matrix", matrix)
            .finish_non_exhaustive()
    }
}

impl Projection {
    /// The box in a picture of this size in px; where it does not stand as the plot does, it leaves
    /// room around it for labels of this style.
    pub fn new(size: [f64; 2], camera: &Camera, style: &Style) -> Self {
        let [width, height] = size.map(|side| side.max(1.0));
        let (yaw, pitch) = (camera.turn.to_radians(), camera.tilt.to_radians());
        let [sin_yaw, cos_yaw] = [libm::sin(yaw).abs(), libm::cos(yaw).abs()];
        let [sin_pitch, cos_pitch] = [libm::sin(pitch), libm::cos(pitch).max(0.0)];
        let tall = camera.stretch * HEIGHT * (width * height).sqrt();
        // What the box takes on the screen at full size.
        let across = cos_yaw * width + sin_yaw * height;
        let down = cos_pitch * tall + sin_pitch * (sin_yaw * width + cos_yaw * height);
        // From straight above, labels stand within, as those of the plot do.
        let tilted = (4.0 * cos_pitch).max(4.0 * sin_yaw).min(1.0);
        // A small picture has no room for labels: then they are left out.
        let margin = |sizes: f64, most: f64| tilted * (sizes * style.type_size).min(most);
        let [side, above, below] =
            [margin(4.2, 0.16 * width), margin(1.6, 0.1 * height), margin(2.8, 0.16 * height)];
        let room = |length: f64, margin: f64| (length - margin).max(0.25 * length);
        let fitting = (room(width, 2.0 * side) / across).min(room(height, above + below) / down);
        let scale = fitting * camera.zoom;
        let sides = [width, tall, height].map(|side| units(scale * side).max(1));
        let middle = [0.5 * width, 0.5 * (height + above - below)];

        let axis = |ends| Axis { ends, ticks: vec![] };
        let axes = [axis([0.0, 1.0]), axis([0.0, 1.0]), axis([1.0, 0.0])];
        let mut projection = Self {
            size: [width, height],
            camera: *camera,
            coord: cartesian(axes, sides, middle, [yaw, pitch]),
            matrix: [[0.0; 4]; 3],
            toward: [0.0; 3],
        };
        projection.measure(sides);
        if let Some(focus) = camera.focus {
            let [px, py] = projection.pixel(focus);
            let moved = [middle[0] + 0.5 * width - px, middle[1] + 0.5 * height - py];
            let axes = [axis([0.0, 1.0]), axis([0.0, 1.0]), axis([1.0, 0.0])];
            projection.coord = cartesian(axes, sides, moved, [yaw, pitch]);
            projection.measure(sides);
        }
        projection
    }

    /// Takes plotters' matrix, from its units and axes to px and shares.
    fn measure(&mut self, sides: [i32; 3]) {
        let [across, up, toward] = sides.map(f64::from);
        let of = self.coord.projection().as_ref();
        self.matrix = std::array::from_fn(|row| {
            let [x, y, z, origin] = of[row].map(|part| part / FINE);
            [x * across, -z * toward, y * up, origin + z * toward]
        });
        // The box is turned, and not sheared: the inverse of a turn is its transpose.
        let ([_, _, away], sides) = (self.matrix, self.sides());
        self.toward = std::array::from_fn(|axis| -away[axis] / (sides[axis] * sides[axis]));
    }

    /// Width and height of the picture in px.
    pub fn size(&self) -> [f64; 2] {
        self.size
    }

    /// The sides of the box along u, v and w, in px.
    pub fn sides(&self) -> [f64; 3] {
        [0, 1, 2]
            .map(|axis| self.matrix.iter().map(|row| row[axis] * row[axis]).sum::<f64>().sqrt())
    }

    /// From where it is seen.
    pub fn camera(&self) -> &Camera {
        &self.camera
    }

    /// Px to the right, down and away from the viewer, for each of u, v, w and 1.
    pub fn matrix(&self) -> &[[f64; 4]; 3] {
        &self.matrix
    }

    /// Px to the right, down, and away from the viewer.
    pub fn place(&self, [u, v, w]: [f64; 3]) -> [f64; 3] {
        self.matrix.map(|[of_u, of_v, of_w, origin]| of_u * u + of_v * v + of_w * w + origin)
    }

    /// The pixel of a place.
    pub fn pixel(&self, shares: [f64; 3]) -> [f64; 2] {
        let [right, down, _] = self.place(shares);
        [right, down]
    }

    /// The pixel of a place as plotters finds it, to a unit of the pen.
    pub fn tick(&self, [u, v, w]: [f64; 3]) -> [f64; 2] {
        px(self.coord.translate(&(u, w, v)))
    }

    /// The direction toward the viewer, in shares to a px.
    pub fn toward(&self) -> [f64; 3] {
        self.toward
    }

    /// The line of places that are seen at a pixel: one of them, nearer than the box, and the
    /// direction toward the viewer, in shares to a px.
    pub fn ray(&self, pixel: [f64; 2]) -> ([f64; 3], [f64; 3]) {
        let nearest = (0..8)
            .map(|corner| self.place([corner & 1, corner >> 1 & 1, corner >> 2].map(f64::from))[2])
            .fold(f64::INFINITY, f64::min);
        let (place, sides) = ([pixel[0], pixel[1], nearest - 1.0], self.sides());
        let origin = std::array::from_fn(|axis| {
            let along = |row: usize| self.matrix[row][axis] * (place[row] - self.matrix[row][3]);
            (0..3).map(along).sum::<f64>() / (sides[axis] * sides[axis])
        });
        (origin, self.toward())
    }
}

/// plotters' coordinates for a box with sides x, y (up) and z in units, its middle at a pixel.
fn cartesian(
    [x, up, z]: [Axis; 3],
    [across, tall, deep]: [i32; 3],
    middle: [f64; 2],
    [yaw, pitch]: [f64; 2],
) -> Cartesian3d<Axis, Axis, Axis> {
    // The middle of a range that is empty is where it is.
    let [right, down] = middle.map(units).map(|at| at..at);
    let mut coord = Cartesian3d::new(x, up, z, (right.clone(), down.clone()));
    coord.set_coord_pixel_range(right.clone(), down.clone(), (across, tall, deep));
    coord.set_projection(right, down, |mut builder| {
        (builder.yaw, builder.pitch) = (yaw, pitch);
        builder.into_matrix()
    });
    coord
}
