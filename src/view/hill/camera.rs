//! From where the hill is seen.

use crate::math::param::{Param, Scale};

/// From where the hill is seen, and how tall it stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Camera {
    /// By how much the box is turned to the right about its vertical, in degrees: at 0 the viewer
    /// stands before its lower edge, at 90 before its right one.
    pub turn: f64,
    /// How high the viewer stands, in degrees: 0 level with the floor, 90 straight above.
    pub tilt: f64,
    /// How many times as large as would fit.
    pub zoom: f64,
    /// How many times as high as usual, see [`Projection`](super::Projection).
    pub stretch: f64,
    /// The place that stands in the middle of the picture, in shares; `None` for the middle of the
    /// box.
    pub focus: Option<[f64; 3]>,
}

/// Turning of the box, in degrees.
pub const TURN: Param =
    Param::new("turn", "", "turn in degrees", [-180.0, 180.0], Scale::Linear, -35.0)
        .about("by how many degrees the hill is turned about its vertical");

/// Height of the viewer, in degrees.
pub const TILT: Param = Param::new("tilt", "", "tilt in degrees", [0.0, 90.0], Scale::Linear, 42.0)
    .about("from how many degrees above the floor the hill is seen; 90 is straight above");

/// How near the viewer stands.
pub const ZOOM: Param = Param::new("zoom", "", "zoom", [0.5, 8.0], Scale::Log, 1.0)
    .about("how many times as large as would fit the hill is shown");

/// Exaggeration of heights.
pub const STRETCH: Param =
    Param::new("stretch", "", "stretch of heights", [0.1, 4.0], Scale::Log, 1.0)
        .about("how many times as high as usual the hill stands");

/// A hill turns by so many degrees for each px that it is dragged.
const DRAGGED: f64 = 0.4;

/// Turn and tilt after a hill was dragged by so many px, right and down: its near side goes with the
/// hand, and dragged down it is seen from higher up.
pub fn orbited([turn, tilt]: [f64; 2], [right, down]: [f64; 2]) -> [f64; 2] {
    // Tenths of a degree, so that a link stays short.
    let tenth = |angle: f64| libm::round(10.0 * angle) / 10.0;
    if !(right + down).is_finite() {
        return [turn, tilt];
    }
    let dragged = turn - DRAGGED * right;
    let around = tenth(dragged - 360.0 * libm::round(dragged / 360.0));
    [around, tenth((tilt + DRAGGED * down).clamp(0.0, 90.0))]
}

/// How near the viewer stands, having gone so many times as near.
pub fn approached(zoom: f64, factor: f64) -> f64 {
    let [farthest, nearest] = ZOOM.range;
    let near = (zoom * factor).clamp(farthest, nearest);
    if near.is_finite() { libm::round(1000.0 * near) / 1000.0 } else { zoom }
}

impl Camera {
    /// As the page opens it.
    pub fn usual() -> Self {
        let [turn, tilt, zoom, stretch] = [TURN, TILT, ZOOM, STRETCH].map(|param| param.default);
        Self { turn, tilt, zoom, stretch, focus: None }
    }

    /// Whether the viewer stands straight above and sees the box as the plot is: then the hill is
    /// drawn as the plot.
    pub fn is_plan(&self) -> bool {
        self.tilt == 90.0 && self.turn == 0.0 && self.zoom == 1.0 && self.focus.is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turning_goes_round_and_tilting_ends_above_and_level() {
        assert_eq!(orbited([-35.0, 42.0], [10.0, 5.0]), [-39.0, 44.0]);
        assert_eq!(orbited([-170.0, 80.0], [50.0, 100.0]), [170.0, 90.0]);
        assert_eq!(orbited([170.0, 10.0], [-50.0, -100.0]), [-170.0, 0.0]);
        assert_eq!(orbited([1.0, 2.0], [f64::NAN, 0.0]), [1.0, 2.0]);
        assert_eq!(
            [approached(1.0, 1.25), approached(6.0, 9.0), approached(1.0, 0.0)],
            [1.25, 8.0, 0.5]
        );
        assert_eq!(approached(2.0, f64::NAN), 2.0);
    }
}
