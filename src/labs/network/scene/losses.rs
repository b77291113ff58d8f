//! The loss functions of the nets that are shown, and where the example at hand is on them.

use plotters_backend::DrawingBackend;

use crate::labs::network::{NetLab, Setting};
use crate::network::{LossCurve, Over};
use crate::view::loss_functions::{self, Chart, Curve, Point};
use crate::view::pen::Color;
use crate::view::{Drawn, LOOKS, Look, Pen, Style};

/// A net's curve, and where the example is on it.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// The loss of the example.
    pub curve: LossCurve,
    /// What the net says of it.
    pub x: f64,
    /// The run, by its index.
    pub run: usize,
}

/// Where the example at hand is, for each net that is shown.
pub fn places(lab: &NetLab) -> Vec<Place> {
    let train = &lab.sets().train;
    let Some(last) = train.len().checked_sub(1) else { return Vec::new() };
    let asked = lab.experiment().setting(Setting::Example) as usize;
    let example = asked.saturating_sub(1).min(last) as u32;
    let place = |run: usize| {
        let mut trainer = lab.training_runs()[run].trainer().clone();
        let (theta, workspace) = trainer.workspace();
        let numbers = workspace.numbers(theta, train, example);
        let (curve, x) = LossCurve::of(lab.experiment().output_of(run), &numbers);
        Place { curve, x, run }
    };
    lab.shown().into_iter().map(place).collect()
}

/// The axes for these places in a chart of this size.
fn chart(places: &[Place], size: [f64; 2], style: &Style) -> Chart {
    let ends = |at: [f64; 2], values: &mut dyn Iterator<Item = f64>| {
        values
            .filter(|value| value.is_finite())
            .fold(at, |[low, high], value| [low.min(value), high.max(value)])
    };
    let is_value = places.iter().any(|place| place.curve.over == Over::Value);
    let own = if is_value { places[0].curve.target } else { 0.0 };
    let least = if is_value { [own - 2.5, own + 2.5] } else { [-6.0, 6.0] };
    // The example is in sight, and a little more.
    let x = ends(least, &mut places.iter().flat_map(|place| [place.x - 1.0, place.x + 1.0]));
    let losses = &mut places.iter().map(|place| 1.25 * place.curve.value(place.x));
    let is_entropy = places.iter().any(|place| place.curve.is_entropy);
    let [_, highest] = ends(
        [
            0.0,
            if is_entropy {
                4.0
            } else if is_value {
                3.0
            } else {
                0.6
            },
        ],
        losses,
    );
    Chart::fit(size, style, x, highest)
}

/// The curve of each loss that is in use, for each target, and the example on them.
///
/// # Errors
/// The backend's.
pub fn draw<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    lab: &NetLab,
    size: [f64; 2],
    style: &Style,
) -> Drawn<DB> {
    let places = places(lab);
    let Some(first) = places.first() else { return Ok(()) };
    let chart = chart(&places, size, style);
    let name = match first.curve.over {
        Over::Value => "over f",
        Over::Logit => "over the logit z, f = σ(z)",
        Over::Margin => "over the lead of the right logit",
    };
    loss_functions::draw_axes(pen, &chart, style, name)?;
    let look = |place: &Place| -> &'static Look { &LOOKS[lab.experiment().runs[place.run].look] };
    let mut drawn: Vec<(LossCurve, Color, bool)> = Vec::new();
    for place in &places {
        let other = LossCurve { target: 1.0 - place.curve.target, ..place.curve };
        let has_other = place.curve.over == Over::Logit;
        for (curve, is_own) in [(other, false), (place.curve, true)] {
            if drawn.iter().any(|(other, _, _)| *other == curve) || !(is_own || has_other) {
                continue;
            }
            let color = if is_own { look(place).color(style.theme) } else { style.theme.muted };
            drawn.push((curve, color, is_own));
        }
    }
    let values: Vec<_> = drawn.iter().map(|(curve, _, _)| |x: f64| curve.value(x)).collect();
    let curves = drawn.iter().zip(&values).map(|(&(curve, color, is_own), value)| Curve {
        value,
        name: name_of(curve),
        color,
        is_own,
    });
    let points: Vec<Point<'_>> = places
        .iter()
        .map(|place| Point {
            x: place.x,
            loss: place.curve.value(place.x),
            slope: place.curve.slope(place.x),
            look: look(place),
        })
        .collect();
    loss_functions::draw(pen, &chart, style, &curves.collect::<Vec<_>>(), &points)
}

fn name_of(curve: LossCurve) -> String {
    let loss = if curve.is_entropy { "cross-entropy" } else { "L2" };
    match curve.over {
        Over::Margin => loss.to_owned(),
        _ => format!("{loss}, y = {}", crate::math::number::digits(curve.target, 3)),
    }
}
