//! Where losses lie along an axis of a chart that is about other runs than those on the plot.

use libm::{exp10, log10};

/// Losses above a floor, or the logarithms of these.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LossScale {
    /// 0 where no minimum is known.
    floor: f64,
    log: bool,
}

impl LossScale {
    /// `floor` is the lowest minimum; where none is known, the losses themselves are on a linear axis.
    pub fn new(floor: Option<f64>, log: bool) -> Self {
        Self { floor: floor.unwrap_or(0.0), log: log && floor.is_some() }
    }

    /// Whether it is logarithmic.
    pub fn is_log(&self) -> bool {
        self.log
    }

    /// The place of a loss on an axis with these ends, at most as far beyond them as they are apart: what
    /// diverges is beyond the higher one, what is not above the floor of a logarithmic axis below.
    pub fn place(&self, loss: f64, [low, high]: [f64; 2]) -> f64 {
        let beyond = high - low;
        let above = loss - self.floor;
        let place = match self.log {
            _ if loss.is_nan() => f64::INFINITY,
            true if above > 0.0 => log10(above),
            true => f64::NEG_INFINITY,
            false => above,
        };
        place.clamp(low - beyond, high + beyond)
    }

    /// The loss at a place.
    pub fn loss(&self, place: f64) -> f64 {
        self.floor + if self.log { exp10(place) } else { place }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_loss_is_found_again_at_its_place() {
        for scale in [LossScale::new(Some(-2.0), true), LossScale::new(None, true)] {
            assert_eq!(scale.is_log(), scale.loss(0.0) != 0.0);
            for loss in [0.5, 3.0, 40.0] {
                let place = scale.place(loss, [-3.0, 50.0]);
                assert!((scale.loss(place) / loss - 1.0).abs() < 1e-12);
            }
            for (loss, place) in [(f64::NAN, 3.0), (f64::INFINITY, 3.0), (-2e9, -3.0)] {
                assert_eq!(scale.place(loss, [-1.0, 1.0]), place);
            }
        }
    }
}
