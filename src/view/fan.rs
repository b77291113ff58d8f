//! The gradients at a point as a fan of arrows: one for each example, and among them the batch's
//! mean and the mean of all.

use crate::view::legend::Mark;
use crate::view::look::Look;
use crate::view::pen::{Drawn, Ink, Pen};
use crate::view::stroke::distance;
use crate::view::theme::Style;
use crate::view::{Frame, arrows};
use plotters_backend::DrawingBackend;

/// Displacements in the plane from one point, scaled as they shall be seen.
#[derive(Clone, Copy, Debug)]
pub struct Fan<'a> {
    /// θ, from where they go.
    pub at: [f64; 2],
    /// That of each example of the batch.
    pub examples: &'a [[f64; 2]],
    /// That of the batch: ĝ.
    pub batch: [f64; 2],
    /// That of the full risk: ∇R.
    pub risk: [f64; 2],
}

/// Draws the arrows: the examples' thin, the risk's in ink with a paper core, and on top the
/// batch's in the run's colour. What is too short to be an arrow is left out.
///
/// # Errors
/// The backend's.
pub fn draw<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    frame: &Frame,
    style: &Style,
    look: &Look,
    fan: &Fan<'_>,
) -> Drawn<DB> {
    let Fan { at, examples, batch, risk } = *fan;
    let theme = style.theme;
    let thin = Ink { alpha: 0.5, ..style.line(theme.muted, 0.9) };
    for &example in examples {
        arrows::draw(&mut pen.of(Mark::ExamplePull), frame, at, example, thin)?;
    }
    // An outline tells it apart without colour, and leaves room inside for the batch's.
    for ink in [style.line(theme.paper, 7.6), style.line(theme.ink, 5.4)] {
        arrows::draw(&mut pen.of(Mark::RiskPull), frame, at, risk, ink)?;
    }
    // The core ends short of the tip, so that the rim closes round it.
    let length = distance([0.0; 2], frame.to_pixels(risk));
    let inset = 3.6 * style.weight;
    if length > 4.0 * inset {
        let core = risk.map(|part| part * (1.0 - inset / length));
        let pen = &mut pen.of(Mark::RiskPull);
        arrows::draw(pen, frame, at, core, style.line(theme.paper, 2.8))?;
    }
    for ink in [style.line(theme.paper, 3.6), style.line(look.color(theme), 2.2)] {
        arrows::draw(&mut pen.of(Mark::BatchPull), frame, at, batch, ink)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::window::Window;
    use crate::view::recorder::{Form, shapes};
    use crate::view::{LOOKS, Theme};

    const STYLE: Style = Style::page(&Theme::LIGHT);
    const FRAME: Frame =
        Frame { window: Window::new(0.0, 10.0, 0.0, 10.0), width: 200.0, height: 200.0 };

    #[test]
    fn every_example_has_an_arrow_to_its_own_tip() {
        let examples = [[1.0, 0.0], [0.0, 2.0], [-3.0, -1.0]];
        let fan = Fan { at: [5.0, 5.0], examples: &examples, batch: [0.0; 2], risk: [0.0; 2] };
        let drawn = shapes(|pen| draw(pen, &FRAME, &STYLE, &LOOKS[1], &fan));
        let tips: Vec<_> = drawn
            .iter()
            .filter_map(|shape| match &shape.form {
                Form::Polygon(corners) => Some(corners[0]),
                _ => None,
            })
            .collect();
        assert_eq!(tips, [[120.0, 100.0], [100.0, 60.0], [40.0, 120.0]]);
        // The batch and the risk do not move θ, and have no arrow.
        assert!(drawn.iter().all(|shape| shape.color == Theme::LIGHT.muted));
    }

    #[test]
    fn the_batch_lies_on_top_and_the_risk_is_an_outline() {
        let fan = Fan { at: [5.0, 5.0], examples: &[], batch: [2.0, 0.0], risk: [0.0, 2.0] };
        let drawn = shapes(|pen| draw(pen, &FRAME, &STYLE, &LOOKS[1], &fan));
        let line_to = |end: [f64; 2]| {
            let along = move |points: &[[f64; 2]]| {
                points.len() == 2 && (points[1][0] > 100.0) == (end[0] > 100.0)
            };
            drawn.iter().filter(move |shape| along(shape.line())).map(|shape| shape.color)
        };
        let Theme { paper, ink, .. } = Theme::LIGHT;
        assert_eq!(line_to([100.0, 60.0]).collect::<Vec<_>>(), [paper, ink, paper]);
        let run = LOOKS[1].colors[0];
        assert_eq!(line_to([140.0, 100.0]).collect::<Vec<_>>(), [paper, run]);
        assert_eq!(drawn.last().unwrap().color, run);
    }

    #[test]
    fn gradients_that_are_not_finite_have_no_arrow() {
        let wild = [[f64::NAN, 1.0], [f64::INFINITY, 0.0]];
        for risk in wild {
            let fan = Fan { at: [5.0, 5.0], examples: &wild, batch: wild[0], risk };
            assert!(shapes(|pen| draw(pen, &FRAME, &STYLE, &LOOKS[1], &fan)).is_empty());
        }
    }
}
