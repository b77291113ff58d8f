//! The colours of a plot, by day and by night, and how large its type is.

use crate::view::pen::{Anchor, Color, Ink, TextStyle};

/// The colours of a plot. The second theme is designed, not the first one inverted.
#[derive(Debug, PartialEq, Eq)]
pub struct Theme {
    /// The ground of page and plot.
    pub paper: Color,
    /// Text and the first run.
    pub ink: Color,
    /// Labels.
    pub muted: Color,
    /// Grid lines and the plot's edge.
    pub rule: Color,
    /// Notes: the present step, the stability limit.
    pub accent: Color,
    /// Isolines, laid over the field by their opacity in percent.
    pub isoline: (Color, u8),
    /// Where the surface has no finite value: ground and strokes.
    pub hatch: [Color; 2],
    /// The quiet palette, from the lowest value to the highest.
    pub quiet: [Color; 8],
    /// Whether runs take their colours for a dark ground.
    pub dark: bool,
}

impl Theme {
    /// Ink on paper.
    pub const LIGHT: Theme = Theme {
        paper: Color::hex(0xfbfaf6),
        ink: Color::hex(0x1b1b1a),
        muted: Color::hex(0x66645f),
        rule: Color::hex(0xdddbd4),
        accent: Color::hex(0xa9760f),
        isoline: (Color::hex(0x4a6076), 26),
        hatch: [Color::hex(0xf1ede4), Color::hex(0xd6cfc0)],
        quiet: [
            Color::hex(0x7d96ae),
            Color::hex(0x8fa5ba),
            Color::hex(0xa0b3c4),
            Color::hex(0xb1c0ce),
            Color::hex(0xc3cfd9),
            Color::hex(0xd4dce2),
            Color::hex(0xe7ebec),
            Color::hex(0xf7f7f4),
        ],
        dark: false,
    };

    /// A lecture hall at night: warm dark paper, the valley lit from below.
    pub const DARK: Theme = Theme {
        paper: Color::hex(0x161718),
        ink: Color::hex(0xecebe5),
        muted: Color::hex(0xa3a29b),
        rule: Color::hex(0x36383a),
        accent: Color::hex(0xdba63f),
        isoline: (Color::hex(0xa9c4de), 20),
        hatch: [Color::hex(0x211f1b), Color::hex(0x3b372f)],
        quiet: [
            Color::hex(0x4a6d8d),
            Color::hex(0x41607c),
            Color::hex(0x38536b),
            Color::hex(0x31475b),
            Color::hex(0x2a3c4b),
            Color::hex(0x24313b),
            Color::hex(0x1e262c),
            Color::hex(0x191b1d),
        ],
        dark: true,
    };
}

/// The size of labels in Present where no screen says otherwise, px.
pub const PRESENT_TYPE_SIZE: f64 = 20.0;

/// A theme, and how large type and marks are: larger when presented to a hall.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Style {
    /// The colours.
    pub theme: &'static Theme,
    /// The size of labels in px.
    pub type_size: f64,
    /// What line widths and marks are multiplied by.
    pub weight: f64,
    /// Whether a hall looks at it: then there are no buttons around what is drawn.
    pub is_presented: bool,
}

impl Style {
    /// As the page shows it.
    pub const fn page(theme: &'static Theme) -> Self {
        Self { theme, type_size: 13.0, weight: 1.0, is_presented: false }
    }

    /// Large type and thick lines, for a projector.
    pub const fn present(theme: &'static Theme) -> Self {
        Self { theme, type_size: PRESENT_TYPE_SIZE, weight: 1.6, is_presented: true }
    }

    /// The same picture with type of another size, in px; lines and marks go with it.
    pub const fn with_type_size(self, type_size: f64) -> Self {
        Self { type_size, weight: self.weight * type_size / self.type_size, ..self }
    }

    /// A label of this style.
    pub fn label(&self, anchor: Anchor) -> TextStyle {
        TextStyle { color: self.theme.muted, size: self.type_size, anchor }
    }

    /// An opaque line `width` px wide on the page, more when presented.
    pub fn line(&self, color: Color, width: f64) -> Ink {
        Ink::new(color, width * self.weight)
    }
}
