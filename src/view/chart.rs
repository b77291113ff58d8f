//! What the charts have in common: where the axes lie, and how they and what stands between them is
//! drawn by plotters.
//!
//! A chart is drawn in goes: axes, curves that are appended as the clock runs, cursors. Each go asks
//! a [`ChartLayout`] for the same chart of plotters on another layer. The layout is the one mapping
//! from values to pixels: the pointer is read by it as well.

mod axis;
mod series;
#[cfg(test)]
mod tests;

use plotters::chart::{ChartBuilder, ChartContext, LabelAreaPosition};
use plotters::coord::Shift;
use plotters::coord::cartesian::Cartesian2d;
use plotters::coord::ranged1d::{Ranged, ReversibleRanged};
use plotters::drawing::{DrawingArea, DrawingAreaErrorKind};
use plotters::style::{FontFamily, IntoFont, TRANSPARENT, TextStyle};
use plotters_backend::DrawingBackend;
use plotters_backend::text_anchor::{HPos, Pos, VPos};

use crate::math::window::Window;
use crate::view::Frame;
use crate::view::pen::{
    Color, Drawn, FINE, Ink, Pen, PenBackend, Refused, TYPEFACE, plot, px, units,
};
use crate::view::theme::Style;

pub use axis::Axis;
pub use series::Pieces;

/// Something of plotters that is drawn on.
pub type Area<'a> = DrawingArea<PenBackend<'a>, Shift>;

/// A chart of plotters.
pub type Chart<'a> = ChartContext<'a, PenBackend<'a>, Cartesian2d<Axis, Axis>>;

/// What plotters returns.
pub type Plotted<T = ()> = Result<T, DrawingAreaErrorKind<Refused>>;

/// A place of both axes, see [`Axis`].
pub type Place = (f64, f64);

/// Where a chart's plotting area lies, and its axes. Lengths are a backend's units.
#[derive(Clone, Debug, PartialEq)]
pub struct ChartLayout {
    /// The upper left corner of the plotting area.
    origin: [i32; 2],
    /// Its width and height, above 0.
    size: [i32; 2],
    /// What lies right of it and below.
    beyond: [i32; 2],
    /// The horizontal axis.
    pub x: Axis,
    /// The vertical axis, upwards.
    pub y: Axis,
}

/// What lies around a plotting area, in px.
#[derive(Clone, Copy, Debug, Default)]
pub struct Margins {
    /// Left of it, with the labels of the vertical axis.
    pub left: f64,
    /// Above.
    pub top: f64,
    /// To the right.
    pub right: f64,
    /// Below, with the horizontal axis' labels.
    pub bottom: f64,
}

// The middle of the labels below a chart is so far below it, in sizes of their type.
const BELOW: f64 = 1.1;

impl ChartLayout {
    /// A chart of this size in px. Where the margins take all of it, one pixel is left.
    pub fn new(size: [f64; 2], margins: Margins, x: Axis, y: Axis) -> Self {
        let Margins { left, top, right, bottom } = margins;
        let (before, after) = ([left, top], [right, bottom]);
        let area = |axis: usize| units((size[axis] - before[axis] - after[axis]).max(1.0));
        let [origin, beyond] = [before.map(units), after.map(units)];
        Self { origin, size: [area(0), area(1)], beyond, x, y }
    }

    /// The same axes with the plotting area here and so large, and nothing around it.
    pub fn placed(self, origin: [f64; 2], size: [f64; 2]) -> Self {
        Self { origin: origin.map(units), size: size.map(units), beyond: [0; 2], ..self }
    }

    /// The upper left corner of the plotting area in px.
    pub fn origin(&self) -> [f64; 2] {
        self.origin.map(|unit| f64::from(unit) / FINE)
    }

    /// The plotting area: places and px, from its upper left corner.
    pub fn frame(&self) -> Frame {
        let [width, height] = self.size.map(|unit| f64::from(unit) / FINE);
        Frame { window: Window { x: self.x.ends, y: self.y.ends }, width, height }
    }

    /// The pixel of a place, as plotters finds it.
    pub fn pixel(&self, (x, y): Place) -> [f64; 2] {
        let [across, down] = self.ranges();
        px((self.x.map(&x, across), self.y.map(&y, down)))
    }

    /// The place at a pixel.
    pub fn place(&self, [x, y]: [f64; 2]) -> Place {
        let [across, down] = self.ranges();
        let place = |axis: &Axis, at: f64, range| axis.unmap(units(at), range).unwrap_or(f64::NAN);
        (place(&self.x, x, across), place(&self.y, y, down))
    }

    /// From which unit to which the axes lie.
    fn ranges(&self) -> [(i32, i32); 2] {
        let ([left, top], [width, height]) = (self.origin, self.size);
        [(left, left + width), (top + height, top)]
    }

    /// Draws on the whole chart with plotters, with a rim of this colour around text.
    ///
    /// # Errors
    /// The backend's.
    pub fn plot<DB: DrawingBackend>(
        &self,
        pen: Pen<'_, DB>,
        halo: Option<Color>,
        draw: impl FnOnce(&Area<'_>) -> Plotted,
    ) -> Drawn<DB> {
        plot(pen, self.whole(), halo, |backend| draw(&backend.into()))
    }

    /// Draws grid lines and labels, and texts among those below, each with where it stands.
    ///
    /// # Errors
    /// The backend's.
    pub fn draw_axes<DB: DrawingBackend>(
        &self,
        pen: Pen<'_, DB>,
        style: &Style,
        below: &[(&str, f64, HPos)],
    ) -> Drawn<DB> {
        self.plot(pen, None, |area| {
            self.draw_mesh(area, style, Labels::Around)?;
            let write = |&(text, px, side)| self.write_below(area, text, px, side, style);
            below.iter().try_for_each(write)
        })
    }

    /// Draws lines.
    ///
    /// # Errors
    /// The backend's.
    pub fn draw_pieces<DB: DrawingBackend>(&self, pen: Pen<'_, DB>, pieces: Pieces) -> Drawn<DB> {
        if pieces.is_empty() {
            return Ok(());
        }
        self.plot(pen, None, |area| self.on(area)?.draw_series(pieces).map(drop))
    }

    /// Width and height of the whole chart.
    fn whole(&self) -> (u32, u32) {
        // plotters' axes end a pixel before their area does.
        let side = |axis: usize| self.origin[axis] + self.size[axis] + self.beyond[axis] + 1;
        (side(0) as u32, side(1) as u32)
    }

    /// The chart on such an area, for series.
    ///
    /// # Errors
    /// plotters'.
    pub fn on<'a>(&self, area: &Area<'a>) -> Plotted<Chart<'a>> {
        self.build(area, Labels::Around)
    }

    fn build<'a>(&self, area: &Area<'a>, labels: Labels) -> Plotted<Chart<'a>> {
        let ([left, top], [right, bottom]) = (self.origin, self.beyond);
        let mut builder = ChartBuilder::on(area);
        builder.margin_top(top).margin_right(right);
        match labels {
            Labels::Around => builder.y_label_area_size(left).x_label_area_size(bottom),
            // A negative size: over the plotting area.
            Labels::Inside => {
                builder.margin_left(left).margin_bottom(bottom);
                builder.y_label_area_size(-1).x_label_area_size(-1)
            }
        };
        builder.build_cartesian_2d(self.x.clone(), self.y.clone())
    }

    /// Draws grid lines, unless labels lie over the plotting area, and these.
    ///
    /// # Errors
    /// plotters'.
    pub fn draw_mesh(&self, area: &Area<'_>, style: &Style, labels: Labels) -> Plotted {
        // plotters sets labels twice a tick mark away from the axis, and those of a tick mark that
        // points inwards away from the other edge. The marks themselves are not drawn: beside a
        // number they read as one more minus sign.
        let [left, below] = match labels {
            Labels::Around => [0.0, BELOW - 0.5],
            Labels::Inside => [-0.55, -0.45],
        };
        let [left, below] = [left, below].map(|sizes: f64| units(0.5 * sizes * style.type_size));
        let mut chart = self.build(area, labels)?;
        let mut mesh = chart.configure_mesh();
        if labels == Labels::Inside {
            mesh.disable_mesh();
        }
        mesh.bold_line_style(Ink::new(style.theme.rule, style.weight).style())
            .axis_style(TRANSPARENT)
            .label_style(text_style(style, style.theme.muted))
            .set_tick_mark_size(LabelAreaPosition::Left, left.min(-1))
            .set_tick_mark_size(LabelAreaPosition::Bottom, below)
            .draw()
    }

    /// Writes a text among the labels below the plotting area, that starts, ends or has its middle
    /// `px` from the left.
    ///
    /// # Errors
    /// plotters'.
    pub fn write_below(
        &self,
        area: &Area<'_>,
        text: &str,
        px: f64,
        side: HPos,
        style: &Style,
    ) -> Plotted {
        let [_, bottom] = self.pixel((self.x.ends[0], self.y.ends[0]));
        let at = [px, bottom + BELOW * style.type_size].map(units).into();
        let label = text_style(style, style.theme.muted).pos(Pos::new(side, VPos::Center));
        area.draw_text(text, &label, at)
    }
}

/// How labels lie to the plotting area.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Labels {
    /// Left of it, all starting at the left edge, and below it.
    Around,
    /// Inside of it, along its left and its lower edge; there are no grid lines.
    Inside,
}

/// A style of plotters for labels in this colour, that start at their point.
pub fn text_style(style: &Style, color: Color) -> TextStyle<'static> {
    let font = (FontFamily::Name(TYPEFACE), style.type_size * FINE).into_font();
    font.color(&Ink::from(color).style().color).pos(Pos::new(HPos::Left, VPos::Center))
}
