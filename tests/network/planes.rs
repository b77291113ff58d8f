//! Laws of the planes through a net's weights, and of the surveys of its risk on them.

use proptest::prelude::*;
use ravine::analysis::plane::{Plane, Survey, regularised_risk, window_around};
use ravine::math::random::Random;
use ravine::math::window::Window;
use ravine::network::{Activation, Architecture, Output, Regularisation, Workspace};

use super::laws::steady;
use super::nets::{Net, nets};

const PENALTY: Regularisation = Regularisation { l1: 0.01, l2: 0.1 };

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn at(plane: &Plane, place: [f64; 2]) -> Vec<f64> {
    let mut theta = Vec::new();
    plane.at(place, &mut theta);
    theta
}

/// A random walk with a drift.
fn path(numbers: usize, points: usize, seed: u64) -> Vec<Vec<f64>> {
    let mut random = Random::new(seed);
    let mut vector =
        |size: f64| -> Vec<f64> { (0..numbers).map(|_| size * random.gaussian()).collect() };
    let (drift, mut theta) = (vector(0.2), vector(1.0));
    let mut walk = || {
        let noise = vector(0.2);
        theta.iter_mut().zip(&drift).zip(noise).for_each(|((t, d), n)| *t += d + n);
        theta.clone()
    };
    (0..points).map(|_| walk()).collect()
}

/// Each kind of plane through the weights of a net.
fn planes(net: &Net, seed: u64) -> [Plane; 3] {
    let n = net.theta.len();
    let walk = path(n, 9, seed);
    [
        Plane::of_paths(&[&walk]).unwrap(),
        Plane::random(&net.shape, &net.theta, seed),
        Plane::of_weights(&net.theta, [n - 1, seed as usize % (n - 1)]),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..steady() })]

    #[test]
    fn a_point_of_a_plane_is_projected_onto_itself(
        net in nets(), seed: u64, a in -3.0..3.0_f64, b in -3.0..3.0_f64,
    ) {
        for plane in planes(&net, seed) {
            let [found_a, found_b] = plane.project(&at(&plane, [a, b]));
            prop_assert!((found_a - a).abs() < 1e-6 && (found_b - b).abs() < 1e-6);
        }
    }

    #[test]
    fn what_a_projection_leaves_is_orthogonal_to_the_plane(net in nets(), seed: u64) {
        for plane in planes(&net, seed) {
            let theta = path(net.theta.len(), 1, seed ^ 1).remove(0);
            let nearest = at(&plane, plane.project(&theta));
            let rest: Vec<f64> = theta.iter().zip(&nearest).map(|(t, n)| t - n).collect();
            for axis in &plane.axes {
                let bound = 1e-6 * dot(axis, axis).sqrt().max(1.0);
                prop_assert!(dot(&rest, axis).abs() < bound);
            }
        }
    }

    #[test]
    fn no_plane_holds_more_of_the_paths_than_their_main_one(net in nets(), seed: u64) {
        let walks = [path(net.theta.len(), 12, seed), path(net.theta.len(), 5, seed ^ 2)];
        let paths = walks.each_ref().map(Vec::as_slice);
        let [main, random, weights] = planes(&net, seed);
        let most = Plane::of_paths(&paths).unwrap().share(&paths);
        prop_assert!(most <= 1.0);
        for plane in [main, random, weights] {
            let share = plane.share(&paths);
            prop_assert!((0.0..=most + 1e-9).contains(&share), "{} of {}", share, most);
        }
    }

    #[test]
    fn filters_of_random_directions_are_as_long_as_those_of_the_net(net in nets(), seed: u64) {
        let Plane { origin, axes } = Plane::random(&net.shape, &net.theta, seed);
        prop_assert_eq!(&origin, &net.theta);
        // Rows of one number are ± themselves, and may leave no plane.
        prop_assume!(net.shape.layers().iter().all(|layer| layer.inputs > 1));
        for (axis, layer) in axes.iter().flat_map(|a| net.shape.layers().iter().map(move |l| (a, l))) {
            let rows = axis[layer.weights()].chunks(layer.inputs);
            for (d, row) in rows.zip(net.theta[layer.weights()].chunks(layer.inputs)) {
                let [d, row] = [d, row].map(|row| dot(row, row).sqrt());
                prop_assert!((d - row).abs() <= 1e-12 * row);
            }
            prop_assert!(axis[layer.biases()].iter().all(|&d| d == 0.0));
        }
    }

    #[test]
    fn a_survey_in_parts_is_the_survey_at_once_and_the_risk(net in nets(), seed: u64, points in 1..40_usize) {
        let window = Window::new(-1.0, 1.5, -2.0, 0.5);
        let mut workspace = Workspace::new(&net.shape);
        for plane in planes(&net, seed) {
            let [mut whole, mut parts] =
                [0, 1].map(|_| Survey::new(plane.clone(), window, 6, 5));
            prop_assert!(whole.advance(&mut workspace, &net.examples, PENALTY, 5));
            let mut done = 0;
            while !parts.finished() {
                prop_assert!(parts.values()[done..].iter().all(|value| value.is_nan()));
                parts.advance_points(&mut workspace, &net.examples, PENALTY, points);
                done = (done + points).min(30);
                prop_assert_eq!(parts.progress(), done as f64 / 30.0);
            }
            prop_assert_eq!(whole.values(), parts.values());
            for (index, value) in whole.values().iter().enumerate() {
                let [c, r] = [index % 6, index / 6].map(|i| i as f64);
                let theta = at(&plane, [-1.0 + 2.5 * (c / 5.0), -2.0 + 2.5 * (r / 4.0)]);
                let risk = workspace.risk(&theta, &net.examples).loss;
                prop_assert_eq!(*value, risk + PENALTY.penalty(&net.shape, &theta));
            }
        }
    }

    #[test]
    fn a_window_holds_its_points_with_a_margin_and_can_be_drawn_on(
        points in prop::collection::vec([any::<f64>(), any::<f64>()], 0..6),
        aspect in prop::option::of(0.1..10.0_f64),
    ) {
        let window = window_around(points.iter().copied(), aspect);
        prop_assert!(window.x[0] < window.x[1] && window.y[0] < window.y[1]);
        prop_assert!(window.width().is_finite() && window.height().is_finite());
        let drawn = points.iter().filter(|p| p.iter().all(|x| x.abs() <= 1e150));
        for point in drawn {
            prop_assert!(window.contains(*point), "{:?} {:?}", window, point);
        }
    }

    #[test]
    fn numbers_of_any_size_do_no_harm(
        shape in super::nets::shapes(),
        numbers in prop::collection::vec(prop_oneof![
            any::<f64>(), Just(f64::NAN), Just(f64::INFINITY), Just(1e300), Just(-1e300), Just(0.0), Just(1.0),
        ], 200),
        seed: u64,
    ) {
        let net = Net::random(shape, 3, seed);
        let n = net.theta.len();
        let theta: Vec<f64> = (0..n).map(|i| numbers[i % 200]).collect();
        let moved: Vec<f64> = (0..n).map(|i| numbers[(7 * i + 3) % 200]).collect();
        let walk = [theta.clone(), moved, net.theta.clone()];
        let mut workspace = Workspace::new(&net.shape);
        let all = [
            Plane::of_paths(&[&walk]),
            Some(Plane::random(&net.shape, &theta, seed)),
            Some(Plane::of_weights(&theta, [0, n])),
            Some(Plane::of_weights(&theta, [1, 1])),
        ];
        for plane in all.into_iter().flatten() {
            let share = plane.share(&[&walk]);
            prop_assert!((0.0..=1.0).contains(&share), "{}", share);
            let window = window_around(walk.iter().map(|theta| plane.project(theta)), Some(1.5));
            plane.loss_error(&theta, &mut workspace, &net.examples, PENALTY);
            prop_assert!(plane.axes.iter().flatten().all(|d| d.is_finite()));
            let mut survey = Survey::new(plane, window, 0, 3);
            prop_assert!(survey.advance(&mut workspace, &net.examples, PENALTY, usize::MAX));
        }
    }
}

#[test]
fn a_plane_holds_all_of_paths_that_lie_on_it() {
    let net = Net::random(shape(&[3, 2]), 5, 1);
    for on in planes(&net, 3) {
        let path: Vec<Vec<f64>> =
            (0..20).map(|t| at(&on, [f64::from(t % 5), 0.1 * f64::from(t * t)])).collect();
        let main = Plane::of_paths(&[&path]).unwrap();
        for plane in [on, main] {
            assert!(plane.share(&[&path]) > 1.0 - 1e-12);
            for theta in &path {
                let found = at(&plane, plane.project(theta));
                assert!(found.iter().zip(theta).all(|(a, b)| (a - b).abs() < 1e-9));
                let mut workspace = Workspace::new(&net.shape);
                let error = plane.loss_error(theta, &mut workspace, &net.examples, PENALTY);
                assert!(error.abs() < 1e-7, "{error:e}");
            }
        }
    }
}

#[test]
fn the_loss_error_is_the_risk_that_is_shown_less_the_true_one() {
    let net = Net::random(shape(&[2]), 6, 4);
    let walk = path(net.theta.len(), 8, 5);
    let plane = Plane::of_paths(&[&walk]).unwrap();
    let mut workspace = Workspace::new(&net.shape);
    let error = plane.loss_error(&walk[3], &mut workspace, &net.examples, PENALTY);
    let mut risk = |theta: &[f64]| regularised_risk(&mut workspace, theta, &net.examples, PENALTY);
    assert_eq!(error, risk(&at(&plane, plane.project(&walk[3]))) - risk(&walk[3]));
    assert!(error.abs() > 1e-3);
}

#[test]
fn main_directions_are_orthogonal_unit_vectors_that_point_up() {
    // A line, two equal spreads, more numbers than points, and a spread that is small but for one
    // direction.
    let line: Vec<Vec<f64>> =
        (0..9).map(|t| [1.0, -0.3, 0.7].map(|d| 5.0 + d * f64::from(t)).to_vec()).collect();
    let square: Vec<Vec<f64>> =
        [[1.0, 0.0], [-1.0, 0.0], [0.0, 1.0], [0.0, -1.0]].map(|p| p.to_vec()).to_vec();
    let flat: Vec<Vec<f64>> = (0..9)
        .map(f64::from)
        .map(|t| vec![1e6 * t, (t - 4.0) * (t - 4.0), 1e-3 * t * t * t])
        .collect();
    for points in [line, square, flat, path(40, 3, 1), path(3, 200, 2)] {
        let Plane { origin, axes: [first, second] } = Plane::of_paths(&[&points]).unwrap();
        assert_eq!(origin.len(), points[0].len());
        for axis in [&first, &second] {
            assert!((dot(axis, axis) - 1.0).abs() < 1e-12);
            let largest = axis.iter().copied().reduce(|a, b| if b.abs() > a.abs() { b } else { a });
            assert!(largest > Some(0.0));
        }
        assert!(dot(&first, &second).abs() < 1e-12, "{first:?} {second:?}");
    }
}

#[test]
fn paths_that_do_not_spread_have_no_plane() {
    let still = vec![vec![0.1, 0.2, 0.3]; 7];
    let lost = vec![vec![f64::NAN, 0.0], vec![1.0, 2.0], vec![f64::INFINITY, 1.0]];
    let alone = vec![vec![1.0], vec![2.0]];
    let empty = vec![Vec::new(); 2];
    assert_eq!(Plane::of_paths(&[]), None);
    assert_eq!(Plane::of_paths(&[&still, &still]), None);
    for path in [&still, &lost, &alone, &empty, &Vec::new()] {
        assert_eq!(Plane::of_paths(&[path]), None);
    }
}

#[test]
fn points_that_are_lost_do_not_move_the_plane() {
    let walk = path(6, 12, 1);
    let mut more = walk.clone();
    more.insert(3, vec![f64::NAN; 6]);
    more.push(vec![1e300; 6]);
    more.push(vec![1.0; 5]);
    assert_eq!(Plane::of_paths(&[&more]), Plane::of_paths(&[&walk]));
}

#[test]
fn a_net_of_zeros_has_random_directions_too() {
    let shape = shape(&[3]);
    let zeros = vec![0.0; shape.parameters()];
    let Plane { axes: [first, second], .. } = Plane::random(&shape, &zeros, 1);
    assert!((dot(&first, &first) - 1.0).abs() < 1e-12);
    assert!((dot(&second, &second) - 1.0).abs() < 1e-12);
    assert!(dot(&first, &second).abs() < 1e-12);
}

#[test]
fn the_seed_decides_random_directions() {
    let net = Net::random(shape(&[4]), 1, 1);
    let [one, same, other] = [1, 1, 2].map(|seed| Plane::random(&net.shape, &net.theta, seed));
    assert_eq!(one, same);
    assert_ne!(one, other);
}

#[test]
fn a_and_b_are_the_values_of_the_two_weights() {
    let theta = [0.5, -2.0, 3.0, 1.5];
    let plane = Plane::of_weights(&theta, [2, 0]);
    assert_eq!(plane.project(&theta), [3.0, 0.5]);
    assert_eq!(at(&plane, [7.0, 8.0]), [8.0, -2.0, 7.0, 1.5]);
}

#[test]
fn a_window_keeps_its_margin_and_its_aspect() {
    let points = || [[0.0, 5.0], [10.0, 5.0], [4.0, 7.0], [f64::NAN, 100.0]].into_iter();
    assert_eq!(window_around(points(), None), Window::new(-1.5, 11.5, 4.7, 7.3));
    assert_eq!(window_around(points(), Some(2.0)), Window::new(-1.5, 11.5, 2.75, 9.25));
    let nothing = window_around([].into_iter(), None);
    assert_eq!(nothing, Window::new(-1.0, 1.0, -1.0, 1.0));
}

fn shape(hidden: &[usize]) -> Architecture {
    Architecture::new(2, hidden, Activation::Tanh, Output::Logit).unwrap()
}
