//! The labels of the lines, none over another.

use super::{Chart, Series, places};
use crate::view::Frame;
use crate::view::pen::{Anchor, Drawn, Pen};
use crate::view::theme::Style;
use plotters_backend::DrawingBackend;

// Labels are so far apart, at least, in sizes of their type.
const APART: f64 = 1.1;
// A line that ends before this share of the width has its label beside it.
const BESIDE: f64 = 0.7;

/// Writes what each line is: in a column at the right, at the height where the line ends or leaves
/// the chart; beside that place where it is far from there.
///
/// # Errors
/// The backend's.
pub(super) fn draw<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    chart: &Chart,
    style: &Style,
    series: &[Series<'_>],
) -> Drawn<DB> {
    let (size, paper) = (style.type_size, style.theme.paper);
    let Frame { window, width, height } = chart.layout.frame();
    let [left, top] = chart.layout.origin();
    // Clear of the numbers below.
    let bottom = top + (height - 0.4 * size).max(0.0);
    let text_style = style.label(Anchor::Left);
    let mut column: Vec<(f64, &str)> = vec![];
    for series in series {
        let ends = || places(series).into_iter().rev().flatten();
        let end = ends().find(|&place| window.contains(place.into())).or(ends().next());
        let Some([px, py]) = end.map(|place| chart.layout.pixel(place)) else { continue };
        let py = py.clamp(top, bottom);
        if px > left + BESIDE * width {
            let place = column.partition_point(|(other, _)| *other <= py);
            column.insert(place, (py, &series.label));
        } else {
            pen.text_with_halo(&series.label, [px + 0.8 * size, py], text_style, paper)?;
        }
    }
    let mut heights: Vec<f64> = column.iter().map(|(py, _)| *py).collect();
    part(&mut heights, APART * size, bottom);
    for (py, (_, label)) in heights.into_iter().zip(column) {
        pen.text_with_halo(label, [left + width + 0.5 * size, py], text_style, paper)?;
    }
    Ok(())
}

/// Moves ascending heights apart until each is `gap` below the one before: down, and what then
/// lies below `bottom` up again.
fn part(heights: &mut [f64], gap: f64, bottom: f64) {
    let mut least = f64::NEG_INFINITY;
    for height in heights.iter_mut() {
        *height = height.max(least);
        least = *height + gap;
    }
    let mut most = bottom;
    for height in heights.iter_mut().rev() {
        *height = height.min(most);
        most = *height - gap;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heights_that_lie_apart_stay_where_they_are() {
        let mut apart = [10.0, 40.0, 90.0];
        part(&mut apart, 14.0, 100.0);
        assert_eq!(apart, [10.0, 40.0, 90.0]);
        let mut low = [80.0, 95.0, 96.0];
        part(&mut low, 14.0, 100.0);
        assert_eq!(low, [72.0, 86.0, 100.0]);
    }
}
