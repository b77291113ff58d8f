//! How each of the data is made, point by point.

use std::f64::consts::PI;

use crate::math::random::Random;

/// How far from the middle the points are.
const RADIUS: f64 = 5.0;
/// Values of points are of this square, ±6.
const SQUARE: f64 = 6.0;

/// Which data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // `Shape::about` says what each is
pub enum Shape {
    Circle,
    Xor,
    Gauss,
    Spiral,
    Moons,
    Blobs(usize),
    Spirals(usize),
    Plane,
    Hills,
    Curve,
}

impl Shape {
    /// All data, in the order of the dial, whose value is an index into this.
    pub const ALL: [Shape; 12] = [
        Self::Circle,
        Self::Xor,
        Self::Gauss,
        Self::Spiral,
        Self::Moons,
        Self::Blobs(3),
        Self::Blobs(5),
        Self::Spirals(3),
        Self::Spirals(5),
        Self::Plane,
        Self::Hills,
        Self::Curve,
    ];

    /// What the points are, in a few words.
    pub fn about(self) -> &'static str {
        match self {
            Self::Circle => "a disc, class 1, and a ring about it",
            Self::Xor => "the four quadrants: class 1 where x₁ x₂ ≥ 0",
            Self::Gauss => "two normal clouds",
            Self::Spiral => "two arms, wound about each other",
            Self::Moons => "two half circles, one in the other",
            Self::Blobs(_) => "a normal cloud for each class, all in a circle",
            Self::Spirals(_) => "an arm for each class",
            Self::Plane => "the value (x₁ + x₂)/10",
            Self::Hills => "the value of three hills and three hollows",
            Self::Curve => "the value of a wave in x₁ alone; x₂ is 0",
        }
    }

    /// How many classes there are; 0 where points have values.
    pub fn classes(self) -> usize {
        match self {
            Self::Circle | Self::Xor | Self::Gauss | Self::Spiral | Self::Moons => 2,
            Self::Blobs(classes) | Self::Spirals(classes) => classes,
            Self::Plane | Self::Hills | Self::Curve => 0,
        }
    }

    /// Point `index` of n with its class, counted from 0, or its value; noise from 0 to 0.5.
    pub(super) fn example(
        self,
        index: usize,
        n: usize,
        noise: f64,
        random: &mut Random,
    ) -> ([f64; 2], f64) {
        let classes = self.classes().max(1);
        // Classes take turns; `along` runs from 0 to 1 within each.
        let class = index % classes;
        let along = (index / classes) as f64 / n.div_ceil(classes) as f64;
        match self {
            Shape::Circle => {
                let [from, to] = if class == 1 { [0.0, 0.5] } else { [0.7, 1.0] };
                let at = polar(RADIUS * between(from, to, random), between(0.0, 2.0 * PI, random));
                let [x1, x2] = moved(at, RADIUS * noise, random);
                (at, f64::from(u8::from(libm::hypot(x1, x2) < 0.5 * RADIUS)))
            }
            Shape::Xor => {
                // A gap of 0.6 along the axes.
                let at = [(); 2].map(|()| {
                    let x = between(-RADIUS, RADIUS, random);
                    x + 0.3_f64.copysign(x)
                });
                let [x1, x2] = moved(at, RADIUS * noise, random);
                (at, f64::from(u8::from(x1 * x2 >= 0.0)))
            }
            Shape::Gauss => {
                let middle = if class == 1 { 2.0 } else { -2.0 };
                (cloud([middle; 2], noise, random), class as f64)
            }
            Shape::Blobs(_) => {
                let middle = polar(4.0, 2.0 * PI * class as f64 / classes as f64);
                (cloud(middle, noise, random), class as f64)
            }
            Shape::Spiral | Shape::Spirals(_) => {
                // With more arms fewer turns, so that arms lie about as far apart.
                let turns = match classes {
                    2 => 1.75,
                    3 => 1.25,
                    _ => 0.75,
                };
                let angle = 2.0 * PI * (turns * along + class as f64 / classes as f64);
                let arm = polar(RADIUS * along, angle);
                // As in Playground the first of two arms is class 1.
                let class = if classes == 2 { 1 - class } else { class };
                (moved(arm, noise, random), class as f64)
            }
            Shape::Moons => {
                let (cos, sin) = (libm::cos(PI * along), libm::sin(PI * along));
                let [x1, x2] = if class == 1 { [1.0 - cos, 0.5 - sin] } else { [cos, sin] };
                let [z1, z2] = random.gaussians();
                let at = [x1 - 0.5 + noise * z1, x2 - 0.25 + noise * z2];
                (at.map(|x| 0.7 * RADIUS * x), class as f64)
            }
            Shape::Plane => valued(noise, random, |[x1, x2]| (x1 + x2) / 10.0),
            Shape::Hills => valued(noise, random, hills),
            Shape::Curve => {
                let x = between(-SQUARE, SQUARE, random);
                ([x, 0.0], wave(x) + noise * random.gaussian())
            }
        }
    }
}

/// A point of the square with the value of a place that noise puts elsewhere.
fn valued(noise: f64, random: &mut Random, f: impl Fn([f64; 2]) -> f64) -> ([f64; 2], f64) {
    let at = [(); 2].map(|()| between(-SQUARE, SQUARE, random));
    (at, f(moved(at, SQUARE * noise, random)))
}

/// Of six bumps of height ±1 that fall to 0 at a distance of 2, the one that is largest here.
fn hills([x1, x2]: [f64; 2]) -> f64 {
    let bump = |index: usize| {
        let [c1, c2] = [[-4.0, 0.0, 4.0][index % 3], [2.5, -2.5][index / 3]];
        let height = 1.0 - 0.5 * libm::hypot(x1 - c1, x2 - c2);
        if index.is_multiple_of(2) { height.max(0.0) } else { -height.max(0.0) }
    };
    (0..6).map(bump).fold(0.0, |most: f64, bump| if bump.abs() > most.abs() { bump } else { most })
}

/// The curve to be fitted: a wave on a slope, within ±1.
fn wave(x: f64) -> f64 {
    0.5 * libm::sin(1.5 * x) + x / 12.0
}

/// A normal point about a middle, of variance 0.5 without noise and of 4 with 50 % of it.
fn cloud([m1, m2]: [f64; 2], noise: f64, random: &mut Random) -> [f64; 2] {
    let deviation = (0.5 + 7.0 * noise).sqrt();
    let [z1, z2] = random.gaussians();
    [m1 + deviation * z1, m2 + deviation * z2]
}

fn between(low: f64, high: f64, random: &mut Random) -> f64 {
    low + (high - low) * random.uniform()
}

/// The point moved by up to ±`reach` in each direction.
fn moved(point: [f64; 2], reach: f64, random: &mut Random) -> [f64; 2] {
    point.map(|x| x + between(-reach, reach, random))
}

/// The point so far from the middle; the angle is taken clockwise from the vertical.
fn polar(radius: f64, angle: f64) -> [f64; 2] {
    [radius * libm::sin(angle), radius * libm::cos(angle)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_those_of_their_surface() {
        let mut random = Random::new(1);
        for index in 0..50 {
            let ([x1, x2], y) = Shape::Plane.example(index, 50, 0.0, &mut random);
            assert_eq!(y, (x1 + x2) / 10.0);
            let ([x1, x2], y) = Shape::Curve.example(index, 50, 0.0, &mut random);
            assert_eq!((x2, y), (0.0, wave(x1)));
        }
        assert_eq!(hills([-4.0, 2.5]), 1.0);
        assert_eq!(hills([0.0, 2.5]), -1.0);
        assert_eq!(hills([0.0, -1.5]), 0.5);
        assert_eq!(hills([2.0, 0.0]), 0.0);
    }
}
