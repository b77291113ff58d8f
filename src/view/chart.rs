//! What the charts have in common: where the axes lie, and how they and what stands between them is
//! drawn by plotters.
//!
//! A chart is drawn in goes: axes, curves that are appended as the clock runs, cursors. Each go asks
//! a [`ChartLayout`] for the same plotters chart on another layer. plotters moves what lies outside
//! of its plotting area to the edge; so a series of it is [cut and broken](Stroke) first, and comes
//! as [`Pieces`].

mod axis;

use std::convert::Infallible;
use std::iter::{Once, once};

use plotters::chart::{ChartBuilder, ChartContext, LabelAreaPosition};
use plotters::coord::Shift;
use plotters::coord::cartesian::Cartesian2d;
use plotters::coord::ranged1d::{Ranged, ReversibleRanged};
use plotters::drawing::{DrawingArea, DrawingAreaErrorKind};
use plotters::element::{Drawable, PathElement, PointCollection};
use plotters::style::{FontFamily, IntoFont, TRANSPARENT, TextStyle};
use plotters_backend::text_anchor::{HPos, Pos, VPos};
use plotters_backend::{BackendCoord, DrawingBackend, DrawingErrorKind};

use crate::math::window::Window;
use crate::view::Frame;
use crate::view::pen::{Color, Drawn, FINE, Ink, Pen, PenBackend, TYPEFACE, px, units};
use crate::view::stroke::{Lines, Stroke};
use crate::view::theme::Style;

pub use axis::Axis;

/// Something of plotters that is drawn on.
pub type Area<'a, DB> = DrawingArea<PenBackend<'a, DB>, Shift>;

/// A chart of plotters.
pub type Chart<'c, 'a, DB> = ChartContext<'c, PenBackend<'a, DB>, Cartesian2d<Axis, Axis>>;

/// What plotters returns.
pub type Plotted<DB, T = ()> = Result<T, DrawingAreaErrorKind<<DB as DrawingBackend>::ErrorType>>;

/// A place of both axes.
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
    /// Right of the vertical axis' labels, and all of these.
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

    /// The whole chart as something that plotters draws on.
    pub fn area<'a, DB: DrawingBackend>(&self, pen: Pen<'a, DB>) -> Area<'a, DB> {
        self.backend(pen).into()
    }

    /// The same with a rim of this colour around all text.
    pub fn area_with_halo<'a, DB: DrawingBackend>(
        &self,
        pen: Pen<'a, DB>,
        halo: Color,
    ) -> Area<'a, DB> {
        self.backend(pen).with_halo(halo).into()
    }

    fn backend<'a, DB: DrawingBackend>(&self, pen: Pen<'a, DB>) -> PenBackend<'a, DB> {
        // plotters' axes end a pixel before their area does.
        let side = |axis: usize| self.origin[axis] + self.size[axis] + self.beyond[axis] + 1;
        PenBackend::new(pen, (side(0) as u32, side(1) as u32))
    }

    /// The chart on such an area, for series.
    ///
    /// # Errors
    /// plotters'.
    pub fn on<'c, 'a, DB: DrawingBackend>(
        &self,
        area: &Area<'a, DB>,
    ) -> Plotted<DB, Chart<'c, 'a, DB>> {
        self.build(area, Labels::Around)
    }

    fn build<'c, 'a, DB: DrawingBackend>(
        &self,
        area: &Area<'a, DB>,
        labels: Labels,
    ) -> Plotted<DB, Chart<'c, 'a, DB>> {
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
    pub fn draw_mesh<DB: DrawingBackend>(
        &self,
        area: &Area<'_, DB>,
        style: &Style,
        labels: Labels,
    ) -> Plotted<DB> {
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
    pub fn write_below<DB: DrawingBackend>(
        &self,
        area: &Area<'_, DB>,
        text: &str,
        px: f64,
        side: HPos,
        style: &Style,
    ) -> Plotted<DB> {
        let [_, bottom] = self.pixel((self.x.ends[0], self.y.ends[0]));
        let at = [px, bottom + BELOW * style.type_size].map(units).into();
        let label = text_style(style, style.theme.muted).pos(Pos::new(side, VPos::Center));
        area.draw_text(text, &label, at)
    }

    /// A line from place to place for [`ChartContext::draw_series`].
    pub fn series(&self, dash: &[f64], ink: Ink, draw: impl FnOnce(&mut Line<'_>)) -> Pieces {
        let frame = self.frame();
        let mut line = Line {
            stroke: Stroke::within(&frame, dash, ink),
            taken: Taken { frame: &frame, pieces: vec![] },
        };
        draw(&mut line);
        let Line { mut stroke, mut taken } = line;
        let Ok(()) = stroke.lift(&mut taken);
        taken.pieces
    }
}

/// A series of plotters: a line, cut where it leaves the plotting area, dashed by its length.
pub type Pieces = Vec<PathElement<Place>>;

/// A line that is being drawn.
pub struct Line<'a> {
    stroke: Stroke<'a>,
    taken: Taken<'a>,
}

impl Line<'_> {
    /// Goes from one place to another without drawing.
    pub fn pass(&mut self, from: Place, to: Place) {
        self.stroke.pass(from.into(), to.into());
    }

    /// Draws from one place to another, unless one is not finite.
    pub fn draw(&mut self, from: Place, to: Place) {
        let Ok(()) = self.stroke.draw(&mut self.taken, from.into(), to.into());
    }
}

struct Taken<'a> {
    frame: &'a Frame,
    pieces: Pieces,
}

impl Lines for Taken<'_> {
    type Fault = Infallible;

    fn add(&mut self, pixels: &[[f64; 2]], ink: Ink) -> Result<(), Infallible> {
        if pixels.len() > 1 {
            let places: Vec<Place> =
                pixels.iter().map(|&pixel| self.frame.to_data(pixel).into()).collect();
            self.pieces.push(PathElement::new(places, ink.style()));
        }
        Ok(())
    }
}

/// An element of plotters at one place: what a pen draws at its pixel.
pub struct Sign<F> {
    /// Where.
    pub at: Place,
    /// What.
    pub draw: F,
}

impl<'s, F> PointCollection<'s, Place> for &'s Sign<F> {
    type Point = &'s Place;
    type IntoIter = Once<&'s Place>;

    fn point_iter(self) -> Self::IntoIter {
        once(&self.at)
    }
}

impl<'a, DB, F> Drawable<PenBackend<'a, DB>> for Sign<F>
where
    DB: DrawingBackend,
    F: Fn(&mut Pen<'a, DB>, [f64; 2]) -> Drawn<DB>,
{
    fn draw<I: Iterator<Item = BackendCoord>>(
        &self,
        mut at: I,
        backend: &mut PenBackend<'a, DB>,
        _: (u32, u32),
    ) -> Drawn<DB> {
        at.try_for_each(|at| (self.draw)(backend.pen(), px(at)))
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

/// A fault of plotters as one of the backend.
pub fn fault<E: std::error::Error + Send + Sync>(
    error: DrawingAreaErrorKind<E>,
) -> DrawingErrorKind<E> {
    match error {
        DrawingAreaErrorKind::BackendError(error) => error,
        // A layout that cannot be, or a backend that is lent twice: a fault of this program.
        DrawingAreaErrorKind::LayoutError => DrawingErrorKind::FontError("no such layout".into()),
        DrawingAreaErrorKind::SharingError => DrawingErrorKind::FontError("in use".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::random::Random;
    use crate::view::Theme;
    use crate::view::legend::Mark;
    use crate::view::recorder::{Form, Shape, shapes};
    use crate::view::ticks::{Tick, ticks};

    const STYLE: Style = Style::page(&Theme::LIGHT);
    const INK: Ink = Ink::new(Color(0, 0, 0), 2.0);

    fn axis(ends: [f64; 2]) -> Axis {
        Axis { ends, ticks: ticks(ends, 5.0) }
    }

    fn layout() -> ChartLayout {
        let margins = Margins { left: 30.0, top: 10.0, right: 5.0, bottom: 20.0 };
        ChartLayout::new([235.0, 130.0], margins, axis([0.0, 10.0]), axis([-1.0, 1.0]))
    }

    fn drawn(layout: &ChartLayout, pieces: Pieces) -> Vec<Vec<[f64; 2]>> {
        let shapes = shapes(|pen| {
            let area = layout.area(pen.of(Mark::Loss));
            layout.on(&area).unwrap().draw_series(pieces).map(drop).map_err(fault)
        });
        shapes.iter().map(|shape| shape.line().to_vec()).collect()
    }

    #[test]
    fn plotters_finds_a_place_where_the_layout_does() {
        let mut random = Random::new(6);
        for _ in 0..300 {
            let mut any = |most: f64| most * random.uniform();
            let margins =
                Margins { left: any(60.0), top: any(30.0), right: any(60.0), bottom: any(30.0) };
            let size = [any(500.0), any(300.0)];
            let [low, high] = [any(1.0) - 2.0, any(3.0) + 1.0];
            let layout = ChartLayout::new(size, margins, axis([low, high]), axis([-high, low]));
            let places: Vec<Place> =
                (0..20).map(|_| (9.0 * any(1.0) - 3.0, any(9.0) - 6.0)).collect();
            shapes(|pen| {
                let area = layout.area(pen.of(Mark::Axes));
                let chart = layout.on(&area).unwrap();
                for &place in &places {
                    assert_eq!(px(chart.backend_coord(&place)), layout.pixel(place));
                    let [x, y] = layout.frame().to_pixel(place.into());
                    let ([left, top], [px, py]) = (layout.origin(), layout.pixel(place));
                    // Both are rounded to an eighth of a pixel.
                    assert!((left + x - px).abs() < 0.07 && (top + y - py).abs() < 0.07);
                    let found = layout.place([px, py]);
                    let away = layout.frame().to_pixels([found.0 - place.0, found.1 - place.1]);
                    assert!(away.iter().all(|px| px.abs() < 0.07), "{place:?} {found:?}");
                }
                Ok(())
            });
        }
    }

    #[test]
    fn a_series_is_cut_at_the_edge_and_broken_where_there_is_no_place() {
        let layout = layout();
        let line =
            [(0.0, 0.0), (5.0, 0.5), (10.0, f64::NAN), (5.0, -0.5), (15.0, -2.5), (5.0, 0.0)];
        let series = layout.series(&[], INK, |pieces| {
            line.windows(2).for_each(|pair| pieces.draw(pair[0], pair[1]));
        });
        let [left, middle] = [30.0, 130.0];
        let lines = drawn(&layout, series);
        assert_eq!(lines[0], [[left, 60.0], [middle, 35.0]]);
        // Down and out through the lower edge, at a quarter of its way.
        assert_eq!(lines[1], [[middle, 85.0], [180.0, 110.0]]);
        // And in again on another line.
        assert_eq!(lines[2], [[210.0, 110.0], [middle, 60.0]]);
        assert_eq!(lines.len(), 3);
    }

    #[test]
    fn a_line_from_beyond_all_integers_has_its_direction() {
        let layout = layout();
        let series = layout.series(&[], INK, |line| {
            line.draw((0.0, 0.0), (1e300, 2e299));
            line.draw((5.0, -1e308), (5.0, 1e308));
        });
        let lines = drawn(&layout, series);
        // y = x / 5 leaves the top at x = 5.
        assert_eq!(lines, [[[30.0, 60.0], [130.0, 10.0]], [[130.0, 110.0], [130.0, 10.0]]]);
    }

    fn mesh(labels: Labels) -> Vec<Shape> {
        let layout = layout();
        shapes(|pen| {
            let area = layout.area(pen.of(Mark::Axes));
            layout.draw_mesh(&area, &STYLE, labels).map_err(fault)
        })
    }

    fn labels(shapes: &[Shape]) -> Vec<(&str, [f64; 2])> {
        let label = |shape| match shape {
            &Shape { form: Form::Text(at, ref text), .. } => Some((&text[..], at)),
            _ => None,
        };
        shapes.iter().filter_map(label).collect()
    }

    #[test]
    fn every_tick_has_its_line_and_its_label_beside_it() {
        let shapes = mesh(Labels::Around);
        let lines: Vec<_> = shapes.iter().filter(|shape| !shape.line().is_empty()).collect();
        assert!(lines.iter().all(|line| line.color == Theme::LIGHT.rule && line.alpha == 1.0));
        assert_eq!(lines.len(), 3 + 5);
        assert_eq!(lines[0].line(), [[30.0, 110.0], [30.0, 10.0]]);
        let labels = labels(&shapes);
        let written: Vec<_> = labels.iter().map(|(text, _)| *text).collect();
        assert_eq!(written, ["−1.0", "−0.5", "0", "0.5", "1.0", "0", "5", "10"]);
        for (index, &(text, [x, y])) in labels.iter().enumerate() {
            let value: f64 = text.replace('−', "-").parse().unwrap();
            let [px, py] = layout().pixel((value, value));
            let is_beside = if index < 5 { y == py && x < 1.0 } else { x == px && y > 115.0 };
            assert!(is_beside, "{text} at {x} {y}");
        }
    }

    #[test]
    fn labels_inside_have_no_lines_and_lie_along_the_edges() {
        let shapes = mesh(Labels::Inside);
        assert!(shapes.iter().all(|shape| shape.line().is_empty()));
        let ([left, top], frame) = (layout().origin(), layout().frame());
        for (text, [x, y]) in labels(&shapes) {
            let is_inside = frame.holds([x - left, y - top], 0.0);
            assert!(is_inside, "{text} at {x} {y}");
        }
    }

    #[test]
    fn ticks_between_labels_are_none() {
        let axis = Axis { ends: [0.0, 2.0], ticks: vec![Tick { value: 1.0, label: "one".into() }] };
        assert_eq!(axis.key_points(plotters::coord::ranged1d::BoldPoints(0)), [1.0]);
        assert!(axis.key_points(9_usize).is_empty());
    }
}
