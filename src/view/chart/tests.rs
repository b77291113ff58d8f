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
        layout.plot(pen.of(Mark::Loss), None, |area| layout.on(area)?.draw_series(pieces).map(drop))
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
        let places: Vec<Place> = (0..20).map(|_| (9.0 * any(1.0) - 3.0, any(9.0) - 6.0)).collect();
        shapes(|pen| {
            layout.plot(pen.of(Mark::Axes), None, |area| {
                let chart = layout.on(area)?;
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
            })
        });
    }
}

#[test]
fn a_series_is_cut_at_the_edge_and_broken_where_there_is_no_place() {
    let layout = layout();
    let line = [(0.0, 0.0), (5.0, 0.5), (10.0, f64::NAN), (5.0, -0.5), (15.0, -2.5), (5.0, 0.0)];
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
        layout.plot(pen.of(Mark::Axes), None, |area| layout.draw_mesh(area, &STYLE, labels))
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
