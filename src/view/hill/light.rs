//! Light on the surface: as a map is shaded, from the upper left of whoever looks at it.
//!
//! With the normal n and the direction l toward the light, both of length 1, a place is as bright as
//! 1 + k (n·l − m), m somewhat more than l_z: level ground has nearly its own colour, a slope toward
//! the light is brighter and one away from it darker (Lambert, 1760). k goes to 0 where the viewer
//! stands straight above: then the hill is coloured as the plot is.

use super::{Projection, Terrain};

/// Toward the light: to the right, away from the viewer, up; of length 1.
const LIGHT: [f32; 3] = [-0.48, 0.36, 0.8];
/// k at most.
const CONTRAST: f64 = 0.7;
/// m: nearly all of the surface is darker than the paper that it stands on.
const MEAN: f32 = 0.9;
/// The darkest there is, …
const LEAST: f32 = 0.55;
/// … and the brightest: on dark ground brighter is louder.
pub const MOST: f32 = 1.1;
/// What is seen from below is so much darker.
pub const BELOW: f32 = 0.62;

/// How bright each node of a terrain is, 1 for level ground.
pub fn brightness(terrain: &Terrain, projection: &Projection, out: &mut Vec<f32>) {
    let Terrain { columns, rows, heights, .. } = terrain;
    let camera = projection.camera();
    let contrast = (CONTRAST * libm::sqrt(libm::cos(camera.tilt.to_radians()).max(0.0))) as f32;
    let turn = camera.turn.to_radians();
    // The light goes with the viewer: seen from the box it is turned the other way.
    let [sin, cos] = [libm::sin(turn), libm::cos(turn)].map(|part| part as f32);
    let toward = [cos * LIGHT[0] - sin * LIGHT[1], sin * LIGHT[0] + cos * LIGHT[1], LIGHT[2]];
    let [across, deep, tall] = projection.sides();
    let per_column = (tall / across * (columns - 1) as f64) as f32;
    let per_row = (tall / deep * (rows - 1) as f64) as f32;
    out.clear();
    out.reserve(columns * rows);
    for row in 0..*rows {
        let [below, above] = [row.saturating_sub(1), (row + 1).min(rows - 1)];
        let [lower, here, upper] =
            [below, row, above].map(|row| &heights[row * columns..][..*columns]);
        let rise = per_row / (above - below) as f32;
        for column in 0..*columns {
            let [left, right] = [column.saturating_sub(1), (column + 1).min(columns - 1)];
            let across =
                slope(here[left], here[column], here[right], per_column / (right - left) as f32);
            let up = slope(lower[column], here[column], upper[column], rise);
            let length = (across * across + up * up + 1.0).sqrt();
            let shine = (toward[2] - across * toward[0] - up * toward[1]) / length;
            out.push((1.0 + contrast * (shine - MEAN)).clamp(LEAST, MOST));
        }
    }
}

/// The slope at a node from its neighbours; beside a hole from the one that there is.
fn slope(before: f32, here: f32, after: f32, scale: f32) -> f32 {
    let both = (after - before) * scale;
    if !both.is_nan() {
        return both;
    }
    let one = if before.is_nan() { after - here } else { here - before };
    if one.is_nan() { 0.0 } else { 2.0 * one * scale }
}
