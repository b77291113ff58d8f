//! The chart is drawn on any backend of plotters. Its unit is to be an eighth of a CSS pixel, as a
//! pen wants it.

use super::*;
use crate::view::pen::{Color, FINE, size_in_units};
use crate::view::recorder::{Form, shapes};
use crate::view::{LOOKS, Theme};
use plotters_bitmap::BitMapBackend;
use plotters_svg::SVGBackend;

const STYLE: Style = Style::page(&Theme::LIGHT);
const SIZE: [f64; 2] = [380.0, 190.0];

fn draw<DB: DrawingBackend>(pen: &mut Pen<'_, DB>) -> Drawn<DB> {
    let losses =
        [0.9, 0.5].map(|rate| (0..=50).map(|k| 60.0 * f64::powi(rate, k)).collect::<Vec<_>>());
    let curve = |at: usize| Curve {
        loss: &losses[at],
        pace: Pace::Updates,
        look: &LOOKS[at],
        kind: Kind::Plain,
    };
    let curves = [curve(0), curve(1)];
    let chart = Chart::fit(SIZE, &STYLE, &curves, 0.0, 50, true, "updates");
    draw_base(pen, &chart, &STYLE)?;
    draw_ahead(pen, &chart, &STYLE, &curves, 0)?;
    for curve in &curves {
        draw_curve(pen, &chart, &STYLE, curve, 0, 21)?;
    }
    draw_cursor(pen, &chart, &STYLE, &curves, 21, Some(33))
}

#[test]
fn an_svg_of_plotters_has_the_lines_and_labels_of_the_chart() {
    let mut svg = String::new();
    draw(&mut Pen::new(&mut SVGBackend::with_string(&mut svg, size_in_units(SIZE)))).unwrap();
    let lines = svg
        .split("<polyline")
        .skip(1)
        .filter_map(|line| line.split_once(" points=\"")?.1.split_once('"'));
    let numbers =
        lines.flat_map(|(points, _)| points.split([' ', ','])).filter(|text| !text.is_empty());
    let written: Vec<f64> = numbers.map(|number| number.parse().unwrap()).collect();
    let shapes = shapes(draw);
    let drawn = shapes.iter().flat_map(|shape| shape.line()).flatten();
    assert_eq!(written, drawn.map(|px| px * FINE).collect::<Vec<_>>());
    let mut labels = 0;
    for shape in &shapes {
        if let Form::Text(_, text) = &shape.form {
            assert!(svg.contains(&format!("\n{text}\n")), "{text}");
            labels += 1;
        }
    }
    assert_eq!(svg.matches("<text").count(), labels);
}

#[test]
fn a_bitmap_of_plotters_has_grid_and_curves() {
    let (width, height) = size_in_units(SIZE);
    let mut pixels = vec![255; 3 * (width * height) as usize];
    // Without a typeface it leaves text out.
    draw(&mut Pen::new(&mut BitMapBackend::with_buffer(&mut pixels, (width, height)))).unwrap();
    for color in [Theme::LIGHT.rule, LOOKS[0].colors[0], LOOKS[1].colors[0], Theme::LIGHT.accent] {
        let Color(red, green, blue) = color;
        let count = pixels.chunks(3).filter(|pixel| *pixel == [red, green, blue]).count();
        // Each is more than 100 px long and 1 px wide.
        assert!(count as f64 > 100.0 * FINE * FINE, "{}: {count}", color.css());
    }
}
