//! From which loss to which the chart reaches.
//!
//! It is made from the runs that stay sane; what single batches lose swings about these.

use super::{Curve, Kind};
use libm::{ceil, floor, log10};

// A run is sane that never gains more than this factor on its start.
const SANE_LOG: f64 = 1e3;
const SANE_LINEAR: f64 = 4.0;
// A logarithmic axis ends so many decades below its top, and so many below what the slowest run
// reaches: beyond, f64 ends, and the slow would be pressed against the ceiling by the fast.
const DECADES: f64 = 16.0;
const BELOW_SLOWEST: f64 = 4.0;

/// From the start's loss up to the largest of the sane runs, whole decades, as powers of ten.
pub(super) fn log_range(curves: &[Curve<'_>], floor_value: f64) -> [f64; 2] {
    let sane = Sane::of(curves, floor_value, SANE_LOG);
    let highest = sane.highest.unwrap_or(sane.start * 1e2);
    if !(highest > 0.0 && highest.is_finite()) {
        return [-4.0, 1.0];
    }
    let high = ceil(log10(highest) - 1e-9);
    // Where all diverge, the start is what there is to see of them.
    let lowest = sane.lowest.unwrap_or(sane.start);
    let lowest = if lowest > 0.0 { floor(log10(lowest) + 1e-9) } else { high - 2.0 };
    let slowest = sane.slowest.map_or(high, |slowest| floor(log10(slowest)));
    let low = lowest.max(high - DECADES).max(slowest - BELOW_SLOWEST);
    [low.min(high - 1.0), high]
}

/// From 0 to a little above the largest of the sane runs.
pub(super) fn linear_range(curves: &[Curve<'_>], floor_value: f64) -> [f64; 2] {
    let sane = Sane::of(curves, floor_value, SANE_LINEAR);
    let highest = sane.highest.unwrap_or(sane.start * 2.0);
    let top = 1.05 * highest;
    if top > 0.0 && top.is_finite() { [0.0, top] } else { [0.0, 1.0] }
}

/// What the range is made from: losses above the floor.
struct Sane {
    start: f64,
    highest: Option<f64>,
    /// The lowest above 0.
    lowest: Option<f64>,
    /// The lowest above 0 of the run that has the highest one.
    slowest: Option<f64>,
}

impl Sane {
    fn of(curves: &[Curve<'_>], floor_value: f64, factor: f64) -> Self {
        let curves = || curves.iter().filter(|curve| curve.kind != Kind::Batch);
        let above = |curve: &Curve<'_>| {
            curve.loss.iter().map(move |loss| loss - floor_value).collect::<Vec<_>>()
        };
        let starts = curves().filter_map(|curve| curve.loss.first());
        let starts = starts.map(|loss| loss - floor_value).filter(|start| start.is_finite());
        let start = starts.fold(0.0, f64::max);
        let mut sane = Self { start, highest: None, lowest: None, slowest: None };
        for losses in curves().map(above) {
            let Some(highest) = losses.iter().copied().reduce(f64::max) else { continue };
            if !losses.iter().all(|loss| loss.is_finite()) || highest > factor * start {
                continue;
            }
            sane.highest = Some(sane.highest.map_or(highest, |other| other.max(highest)));
            let Some(lowest) = losses.into_iter().filter(|&loss| loss > 0.0).reduce(f64::min)
            else {
                continue;
            };
            sane.lowest = Some(sane.lowest.map_or(lowest, |other| other.min(lowest)));
            sane.slowest = Some(sane.slowest.map_or(lowest, |other| other.max(lowest)));
        }
        sane
    }
}
