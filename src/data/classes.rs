//! Points of the plane with a class or a value: what nets learn.
//!
//! Those that TensorFlow Playground has are made as there: all within ±6, noise in percent. Where
//! they are made of classes, the noise of circle and XOR decides how far off the place is that a
//! point has its class from; spirals and moons scatter themselves.

mod names;
mod shape;

use crate::math::param::{Choice, Param, Scale};
use crate::math::random::Random;

pub use names::{CLASSES_KEY, ClassNames};
pub use shape::Shape;

/// What [`PointGenerator`] can be told. Their declarations are [`POINT_DATA`], in the same order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PointParam {
    /// Which data.
    Shape,
    /// The number n of points.
    N,
    /// The noise, in percent.
    Noise,
    /// How many of a hundred points are for training.
    Train,
    /// Where the random numbers begin.
    Seed,
}

/// The declarations of the dials of these data, in the order of [`PointParam`].
pub static POINT_DATA: [Param; 5] = [
    Param::choice(
        "shape",
        "data",
        &[
            Choice { key: "circle", label: "circle" },
            Choice { key: "xor", label: "XOR" },
            Choice { key: "gauss", label: "Gauss" },
            Choice { key: "spiral", label: "spiral" },
            Choice { key: "moons", label: "moons" },
            Choice { key: "blobs3", label: "three blobs" },
            Choice { key: "blobs5", label: "five blobs" },
            Choice { key: "spirals3", label: "three spirals" },
            Choice { key: "spirals5", label: "five spirals" },
            Choice { key: "plane", label: "plane" },
            Choice { key: "hills", label: "Gauss pair" },
            Choice { key: "curve", label: "curve" },
        ],
    )
    .about("which data"),
    Param::new("n", "n", "points", [4.0, 2000.0], Scale::LogInteger, 500.0)
        .about("how many points there are, those of the test with them"),
    Param::new("noise", "", "noise, %", [0.0, 50.0], Scale::Integer, 0.0),
    Param::new("train", "", "for training, %", [10.0, 100.0], Scale::Integer, 50.0)
        .about("how many of a hundred are for training"),
    Param::new("seed", "", "seed of the data", [0.0, 999_999.0], Scale::Integer, 1.0),
];

/// Points with what is to be learnt of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Points {
    /// [x₁, x₂]
    pub x: Vec<[f64; 2]>,
    /// The value, or the class counted from 0.
    pub y: Vec<f64>,
    /// How many classes there are; 0 where y are values.
    pub classes: usize,
}

/// Everything that decides such data.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PointGenerator {
    /// Which data.
    pub shape: Shape,
    /// The number n of points, those of the test with them.
    pub n: usize,
    /// The noise, from 0 to 0.5.
    pub noise: f64,
    /// Which part of them is for training, from 0 to 1.
    pub train: f64,
    /// Where the random numbers begin.
    pub seed: u64,
}

impl PointGenerator {
    /// What these values of the dials [`POINT_DATA`] say.
    pub fn of([shape, n, noise, train, seed]: [f64; POINT_DATA.len()]) -> Self {
        Self {
            shape: Shape::ALL[shape as usize],
            n: n as usize,
            noise: noise / 100.0,
            train: train / 100.0,
            seed: seed as u64,
        }
    }

    /// The points for training and those for the test, in random order: at least one each where
    /// there are two, unless all are for training.
    pub fn points(&self) -> [Points; 2] {
        let Self { shape, n, noise, train, seed } = *self;
        let mut random = Random::new(seed);
        let mut all: Vec<([f64; 2], f64)> =
            (0..n).map(|index| shape.example(index, n, noise, &mut random)).collect();
        random.shuffle(&mut all);
        let most = if train < 1.0 { n.max(2) - 1 } else { n };
        // In whole percent: 0.58 · 25 is a little less than 14.5 in binary, and would be rounded down.
        let percent = (100.0 * train).round() as usize;
        let part = ((n * percent + 50) / 100).clamp(1, most);
        let (train, test) = all.split_at(part.min(n));
        [train, test].map(|part| {
            let (x, y) = part.iter().copied().unzip();
            Points { x, y, classes: shape.classes() }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn generator(shape: Shape, noise: f64) -> PointGenerator {
        PointGenerator { shape, n: 600, noise, train: 0.5, seed: 3 }
    }

    fn all(generator: PointGenerator) -> Vec<([f64; 2], f64)> {
        generator.points().into_iter().flat_map(|p| p.x.into_iter().zip(p.y)).collect()
    }

    #[test]
    fn every_class_has_its_share_and_every_point_is_in_view() {
        for shape in Shape::ALL {
            let points = all(generator(shape, 0.0));
            assert_eq!(points.len(), 600);
            let inside = points.iter().filter(|(x, _)| x.iter().all(|x| x.abs() <= 6.0)).count();
            assert!(inside >= 595, "{shape:?}: {inside}");
            for class in 0..shape.classes() {
                let of_it = points.iter().filter(|(_, y)| *y == class as f64).count();
                let share = 600 / shape.classes();
                assert!(of_it.abs_diff(share) <= 40, "{shape:?}: {of_it} of class {class}");
            }
            if shape.classes() == 0 {
                assert!(points.iter().all(|(_, y)| y.abs() <= 1.2));
            }
        }
    }

    #[test]
    fn without_noise_classes_follow_their_rule_and_with_it_they_mix() {
        type IsOne = fn([f64; 2]) -> bool;
        let rules: [(Shape, IsOne); 3] = [
            (Shape::Circle, |[x1, x2]| x1 * x1 + x2 * x2 < 9.0),
            (Shape::Xor, |[x1, x2]| x1 * x2 > 0.0),
            (Shape::Gauss, |[x1, x2]| x1 + x2 > 0.0),
        ];
        for (shape, is_one) in rules {
            let wrong = |noise| {
                let points = all(generator(shape, noise));
                points.iter().filter(|(x, y)| is_one(*x) != (*y == 1.0)).count()
            };
            assert!(wrong(0.0) <= 3, "{shape:?}");
            assert!((20..300).contains(&wrong(0.5)), "{shape:?}: {}", wrong(0.5));
        }
    }

    #[test]
    fn training_and_test_part_the_points_as_asked_for_and_the_seed_decides() {
        let [train, test] =
            PointGenerator { train: 0.3, ..generator(Shape::Spirals(3), 0.1) }.points();
        assert_eq!([train.x.len(), test.x.len()], [180, 420]);
        let counts = [0.0, 1.0, 2.0].map(|c| train.y.iter().filter(|y| **y == c).count());
        assert!(counts.iter().all(|count| (40..80).contains(count)), "{counts:?}");
        let again = |seed| PointGenerator { seed, ..generator(Shape::Moons, 0.1) }.points();
        assert_eq!(again(1), again(1));
        assert_ne!(again(1), again(2));
        let [three, one] =
            PointGenerator { n: 4, train: 0.9, ..generator(Shape::Xor, 0.0) }.points();
        assert_eq!([three.x.len(), one.x.len()], [3, 1]);
        let [all, none] = PointGenerator { train: 1.0, ..generator(Shape::Xor, 0.0) }.points();
        assert_eq!([all.x.len(), none.x.len()], [600, 0]);
        let [few, none] =
            PointGenerator { n: 1, train: 0.1, ..generator(Shape::Plane, 0.0) }.points();
        assert_eq!([few.x.len(), none.x.len()], [1, 0]);
    }

    #[test]
    fn every_dial_has_its_place() {
        let generator = PointGenerator::of(POINT_DATA.each_ref().map(|param| param.default));
        let circle =
            PointGenerator { shape: Shape::Circle, n: 500, noise: 0.0, train: 0.5, seed: 1 };
        assert_eq!(generator, circle);
        let Scale::Choice(shapes) = POINT_DATA[PointParam::Shape as usize].scale else {
            panic!("a choice")
        };
        assert_eq!(shapes.len(), Shape::ALL.len());
    }
}
