//! How runs are told apart: by colour, and as well by dash and marker.

use crate::view::pen::{Color, Drawn, Ink, Pen};
use crate::view::theme::Theme;
use plotters_backend::DrawingBackend;
use serde::Serialize;
use ts_rs::TS;

/// What a run is drawn with.
#[derive(Debug, PartialEq)]
pub struct Look {
    /// The colour on light paper and on dark.
    pub colors: [Color; 2],
    /// Lengths in px of strokes and gaps in turn; empty is a solid line.
    pub dash: &'static [f64],
    /// The sign at its steps.
    pub marker: Marker,
}

/// The shape of a run's marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum Marker {
    /// A disc.
    Dot,
    /// A square on its side.
    Square,
    /// A triangle, its tip up.
    Triangle,
    /// A square on its corner.
    Diamond,
    /// A triangle, its tip down.
    Nabla,
    /// An upright cross with thick arms.
    Plus,
    /// A five-pointed star.
    Star,
    /// A hexagon.
    Hexagon,
}

/// The looks of eight runs: GD black and momentum red, then the colours that Okabe and Ito (2008)
/// chose for all kinds of colour vision, without their yellow, which paper swallows; on dark
/// ground each somewhat lighter.
pub static LOOKS: [Look; 8] = [
    look(0x1b1b1a, 0xecebe5, &[], Marker::Dot),
    look(0xc8102e, 0xff5b6b, &[], Marker::Square),
    look(0x0072b2, 0x4aa8e0, &[10.0, 4.0], Marker::Triangle),
    look(0xd98200, 0xf0a830, &[3.0, 4.0], Marker::Diamond),
    look(0x009e73, 0x2fc79a, &[10.0, 4.0, 2.5, 4.0], Marker::Nabla),
    look(0xb3578c, 0xe08fbd, &[18.0, 5.0], Marker::Plus),
    look(0x3f9fd6, 0x8fd0f5, &[6.0, 3.5, 2.5, 3.5, 2.5, 3.5], Marker::Star),
    look(0xb84a00, 0xff8a4a, &[5.0, 3.0], Marker::Hexagon),
];

pub(super) const fn look(light: u32, dark: u32, dash: &'static [f64], marker: Marker) -> Look {
    Look { colors: [Color::hex(light), Color::hex(dark)], dash, marker }
}

impl Look {
    /// Its colour in this theme.
    pub fn color(&self, theme: &Theme) -> Color {
        self.colors[usize::from(theme.dark)]
    }
}

impl Marker {
    /// Its corners about the origin for radius 1, y down; a dot has none. Areas are about equal,
    /// so that no run looks heavier than another.
    pub fn corners(self) -> &'static [[f64; 2]] {
        match self {
            Marker::Dot => &[],
            Marker::Square => &[[-0.9, -0.9], [0.9, -0.9], [0.9, 0.9], [-0.9, 0.9]],
            Marker::Triangle => &[[0.0, -1.35], [1.2, 0.8], [-1.2, 0.8]],
            Marker::Diamond => &[[0.0, -1.3], [1.3, 0.0], [0.0, 1.3], [-1.3, 0.0]],
            Marker::Nabla => &[[0.0, 1.35], [-1.2, -0.8], [1.2, -0.8]],
            Marker::Plus => &[
                [-0.45, -1.3],
                [0.45, -1.3],
                [0.45, -0.45],
                [1.3, -0.45],
                [1.3, 0.45],
                [0.45, 0.45],
                [0.45, 1.3],
                [-0.45, 1.3],
                [-0.45, 0.45],
                [-1.3, 0.45],
                [-1.3, -0.45],
                [-0.45, -0.45],
            ],
            Marker::Star => &[
                [0.0, -1.5],
                [0.44, -0.61],
                [1.43, -0.46],
                [0.71, 0.23],
                [0.88, 1.21],
                [0.0, 0.75],
                [-0.88, 1.21],
                [-0.71, 0.23],
                [-1.43, -0.46],
                [-0.44, -0.61],
            ],
            Marker::Hexagon => &[
                [1.1, 0.0],
                [0.55, 0.95],
                [-0.55, 0.95],
                [-1.1, 0.0],
                [-0.55, -0.95],
                [0.55, -0.95],
            ],
        }
    }

    /// Draws it about a pixel, filled with a colour, or with an ink's colour and opacity.
    ///
    /// # Errors
    /// The backend's.
    pub fn draw<DB: DrawingBackend>(
        self,
        pen: &mut Pen<'_, DB>,
        [px, py]: [f64; 2],
        radius: f64,
        fill: impl Into<Ink>,
    ) -> Drawn<DB> {
        match self.corners() {
            [] => pen.disc([px, py], radius, fill),
            corners => {
                let placed: Vec<_> =
                    corners.iter().map(|[x, y]| [px + radius * x, py + radius * y]).collect();
                pen.polygon(&placed, fill)
            }
        }
    }

    /// Draws it about a pixel as an outline: a rim of one colour, another inside.
    ///
    /// # Errors
    /// The backend's.
    pub fn draw_hollow<DB: DrawingBackend>(
        self,
        pen: &mut Pen<'_, DB>,
        pixel: [f64; 2],
        radius: f64,
        rim: Color,
        inside: Color,
    ) -> Drawn<DB> {
        self.draw(pen, pixel, radius, rim)?;
        self.draw(pen, pixel, 0.52 * radius, inside)
    }
}
