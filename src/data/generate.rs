//! Data made up by a generator: the same generator gives the same examples on every machine.

use crate::math::param::{Param, Scale};
use crate::math::random::Random;

/// What a generator can be told. Their declarations are [`DATA`], in the same order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DataParam {
    /// The number n of examples.
    N,
    /// How far they scatter.
    Noise,
    /// How many of a hundred are outliers.
    Outliers,
    /// The mean of x.
    Center,
    /// The standard deviation of x.
    Spread,
    /// Where the random numbers begin.
    Seed,
    /// Whether x is brought to mean 0 and deviation 1.
    Standardise,
    /// How many of the examples the risk is the mean over, from the first on.
    First,
}

/// The declarations of the data's dials, in the order of [`DataParam`]. The defaults of the first,
/// second, fourth and fifth are the problem's.
pub static DATA: [Param; 8] = [
    Param::new("n", "n", "examples", [4.0, super::MOST_EXAMPLES as f64], Scale::LogInteger, 100.0)
        .about("how many examples there are"),
    Param::new("noise", "", "noise", [0.0, 20.0], Scale::Log, 0.5)
        .about("the standard deviation of y, or of points about their mean; of labels, that of the threshold, in deviations of x"),
    Param::new("outliers", "", "outliers, %", [0.0, 50.0], Scale::Integer, 0.0)
        .about("how many of a hundred are outliers"),
    Param::new("center", "", "mean of x", [-1000.0, 1000.0], Scale::Cubic, 0.0),
    Param::new("spread", "", "spread of x", [0.01, 1000.0], Scale::Log, 1.0)
        .about("standard deviation of x"),
    Param::new("seed", "", "seed of the data", [0.0, 999_999.0], Scale::Integer, 1.0),
    Param::switch("standardise", "standardise x", false)
        .about("whether x is brought to mean 0 and deviation 1"),
    Param::new("first", "k", "examples used", [1.0, super::MOST_EXAMPLES as f64], Scale::Integer, super::MOST_EXAMPLES as f64)
        .about("of how many examples, from the first on, the risk is the mean; the others wait"),
];

/// Where generated examples lie, without their noise.
#[derive(Clone, Copy, Debug)]
pub enum Source {
    /// Points of the plane about this one, which is their mean to the last digits; an outlier lies
    /// six deviations off.
    Points([f64; 2]),
    /// Points near a curve y = f(x), x evenly likely; an outlier lies so far below it.
    Curve {
        /// y without noise.
        f: fn(f64) -> f64,
        /// How far an outlier lies off.
        outlier: f64,
    },
    /// Labels y = 0 or 1: the larger x is, the likelier a 1. With noise 0 one x parts the two; an
    /// outlier has the wrong label.
    Labels,
}

/// Everything that decides generated data besides their source.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Generator {
    /// The number of examples.
    pub n: usize,
    /// The standard deviation of the noise on y, or of points about their mean; for labels, that
    /// of the threshold, in deviations of x.
    pub noise: f64,
    /// Outliers in a hundred examples.
    pub outliers: f64,
    /// The mean of x.
    pub center: f64,
    /// The standard deviation of x.
    pub spread: f64,
    /// Where the random numbers begin.
    pub seed: u64,
}

impl Generator {
    /// The examples [x, y].
    pub fn examples(&self, source: Source) -> Vec<[f64; 2]> {
        let Self { n, noise, outliers, center, spread, seed } = *self;
        let mut random = Random::new(seed);
        let outlying = (outliers / 100.0 * n as f64).round() as usize;
        if let Source::Points(mean) = source {
            return points(mean, n, noise, outlying, &mut random);
        }
        (0..n)
            .map(|index| {
                // Of mean 0 and deviation 1, from −√3 to √3.
                let u = 3f64.sqrt() * (2.0 * random.uniform() - 1.0);
                let [z, far] = random.gaussians();
                let x = center + spread * u;
                let is_outlier = index < outlying;
                let y = match source {
                    Source::Curve { f, outlier } => {
                        let off = if is_outlier { outlier * (1.0 + 0.2 * far.abs()) } else { 0.0 };
                        f(x) + noise * z - off
                    }
                    Source::Labels | Source::Points(_) => {
                        let is_one = (u + noise * z > 0.0) != is_outlier;
                        f64::from(u8::from(is_one))
                    }
                };
                [x, y]
            })
            .collect()
    }
}

/// Normal points that are moved so that their mean is the one that is asked for; outliers come on
/// top and move it again.
fn points(
    mean: [f64; 2],
    n: usize,
    noise: f64,
    outlying: usize,
    random: &mut Random,
) -> Vec<[f64; 2]> {
    let mut points: Vec<[f64; 2]> = (0..n).map(|_| random.gaussians().map(|z| noise * z)).collect();
    for axis in 0..2 {
        let [off, _] = super::moments(points.iter().map(|point| point[axis]));
        for point in &mut points {
            point[axis] += mean[axis] - off;
        }
    }
    for point in &mut points[..outlying] {
        *point = [point[0] + 6.0 * noise, point[1] - 6.0 * noise];
    }
    points
}

#[cfg(test)]
mod tests {
    use super::super::moments;
    use super::*;

    const GENERATOR: Generator =
        Generator { n: 100, noise: 4.0, outliers: 0.0, center: 0.0, spread: 1.0, seed: 1 };

    #[test]
    fn points_have_the_mean_that_is_asked_for() {
        for seed in 0..20 {
            let points = Generator { seed, ..GENERATOR }.examples(Source::Points([-6.0, 8.0]));
            let [x, dx] = moments(points.iter().map(|p| p[0]));
            let [y, dy] = moments(points.iter().map(|p| p[1]));
            assert!((x + 6.0).abs() < 1e-13 && (y - 8.0).abs() < 1e-13);
            assert!((dx - 4.0).abs() < 1.2 && (dy - 4.0).abs() < 1.2);
        }
    }

    #[test]
    fn a_curve_is_met_to_within_its_noise() {
        let generator = Generator { n: 2000, noise: 0.5, center: 10.0, spread: 2.0, ..GENERATOR };
        let examples = generator.examples(Source::Curve { f: |x| 3.0 * x, outlier: 50.0 });
        let [mean, deviation] = moments(examples.iter().map(|[x, _]| *x));
        assert!((mean - 10.0).abs() < 0.2 && (deviation - 2.0).abs() < 0.1);
        let [off, noise] = moments(examples.iter().map(|[x, y]| y - 3.0 * x));
        assert!(off.abs() < 0.05 && (noise - 0.5).abs() < 0.03);
    }

    #[test]
    fn outliers_are_as_many_as_asked_for() {
        let generator = Generator { n: 50, noise: 0.1, outliers: 10.0, ..GENERATOR };
        let far = |[x, y]: &&[f64; 2]| (y - x).abs() > 4.0;
        let examples = generator.examples(Source::Curve { f: |x| x, outlier: 5.0 });
        assert_eq!(examples.iter().filter(far).count(), 5);
    }

    #[test]
    fn labels_part_at_one_x_without_noise_and_mix_with_it() {
        let wrong = |noise: f64| {
            let examples = Generator { noise, ..GENERATOR }.examples(Source::Labels);
            assert!(examples.iter().all(|[_, y]| *y == 0.0 || *y == 1.0));
            examples.iter().filter(|[x, y]| (*x > 0.0) != (*y == 1.0)).count()
        };
        assert_eq!(wrong(0.0), 0);
        assert!((5..40).contains(&wrong(0.5)));
    }
}
