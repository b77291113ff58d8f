//! Fit, and scales that are equal: what the plot shows of the plane.

use proptest::prelude::*;
use ravine::labs::Action;
use ravine::labs::Lab as _;
use ravine::labs::planar::PlanarLab;
use ravine::labs::planar::experiment::LabKind;
use ravine::labs::planar::presets;
use ravine::labs::{Hand as _, Picture};
use ravine::objective::surfaces::GALLERY;
use ravine::training::run::Status;

use crate::scenes::lab;

/// The line of least squares through points, [w, b], by the normal equations about the mean.
fn least_squares(points: &[[f64; 2]]) -> [f64; 2] {
    let n = points.len() as f64;
    let [x, y] = [0, 1].map(|axis| points.iter().map(|point| point[axis]).sum::<f64>() / n);
    let [mut xx, mut xy] = [0.0; 2];
    for [a, b] in points {
        xx += (a - x) * (a - x);
        xy += (a - x) * (b - y);
    }
    [xy / xx, y - xy / xx * x]
}

/// Points with x made mean 0 and mean square 1.
fn standardised(points: &[[f64; 2]]) -> Vec<[f64; 2]> {
    let n = points.len() as f64;
    let mean = points.iter().map(|point| point[0]).sum::<f64>() / n;
    let unit = (points.iter().map(|point| (point[0] - mean).powi(2)).sum::<f64>() / n).sqrt();
    points.iter().map(|[x, y]| [(x - mean) / unit, *y]).collect()
}

fn as_link(points: &[[f64; 2]]) -> String {
    points.iter().map(|[x, y]| format!("{x},{y}")).collect::<Vec<_>>().join(";")
}

/// A lab after Fit.
fn fitted(link: &str) -> PlanarLab {
    let mut lab = lab(link);
    lab.act(&Action::Fit).unwrap();
    lab.settle();
    assert_eq!(PlanarLab::new(&lab.link()).faults(), [], "{}", lab.link());
    lab
}

#[test]
fn fit_shows_the_minimum_whatever_the_scale_of_the_data() {
    // Prices of houses against their area; the pressure of air, in hPa, against the height, in m.
    let houses =
        [[2600.0, 550e3], [3000.0, 565e3], [3200.0, 610e3], [3600.0, 680e3], [4000.0, 725e3]];
    let air = [[0.0, 1013.0], [500.0, 954.0], [1500.0, 845.0], [3000.0, 701.0], [5500.0, 505.0]];
    let [w, b] = least_squares(&standardised(&houses));
    assert!((w - 65_629.147).abs() < 1e-3 && (b - 626_000.0).abs() < 1e-6, "{w} {b}");
    for points in [&houses[..], &air] {
        for (more, minimum) in [
            ("", least_squares(points)),
            ("&data.standardise=yes", least_squares(&standardised(points))),
        ] {
            let lab = fitted(&format!("problem=linear&data={}{more}", as_link(points)));
            let window = lab.experiment().window;
            assert!(window.contains(minimum), "{minimum:?} is not in {window:?}");
            assert!(window.contains(lab.experiment().start));
            // And no larger than it must be.
            let farthest = minimum[0].abs().max(minimum[1].abs());
            assert!(window.width().max(window.height()) < 30.0 * farthest, "{window:?}");
        }
    }
}

/// The start, the minima, and the points of all runs that came to an end.
fn to_be_seen(lab: &PlanarLab) -> Vec<[f64; 2]> {
    let finished = lab.paths().iter().filter(|path| path.status == Status::Finished);
    let mut points: Vec<[f64; 2]> = finished.flat_map(|path| path.theta.clone()).collect();
    points.extend(lab.objective().minima());
    points.push(lab.experiment().start);
    points
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn fit_shows_the_start_all_paths_and_the_minima(
        surface in 0..GALLERY.len(),
        share in 0.05..0.9f64,
        start in (-8.0..8.0f64, -8.0..8.0f64),
        scale in -4..7i32,
    ) {
        // On a quadratic of any size and place, with every α below its limit: no run leaves.
        let size = 10f64.powi(scale);
        let [x, y] = [start.0, start.1].map(|part| part * size);
        let center = size * 3.0;
        let alpha = (2.0 * share / 5.0).max(1e-6);
        let lab = fitted(&format!(
            "f=(x-{center})^2/2%2B5*(y%2B{center})^2/2&start={x},{y}&gd.alpha={alpha}&momentum.alpha={alpha}"
        ));
        let window = lab.experiment().window;
        for point in to_be_seen(&lab) {
            prop_assert!(window.contains(point), "{:?} is not in {:?}", point, window);
        }
        // On the gallery: the start and the minima at any start, and what stays near.
        let lab = fitted(&format!("surface={}&start={},{}&steps=60", GALLERY[surface].key, start.0, start.1));
        let window = lab.experiment().window;
        prop_assert!(window.contains(lab.experiment().start));
        for minimum in lab.objective().minima() {
            prop_assert!(window.contains(*minimum));
        }
        for [x, y] in to_be_seen(&lab) {
            let far = x.abs().max(y.abs()) > 40.0;
            prop_assert!(far || window.contains([x, y]), "{} {} is not in {:?}", x, y, window);
        }
    }
}

#[test]
fn fit_shows_a_slope_without_end_as_far_as_the_runs_go() {
    let lab = fitted("f=1000x%2B1000y&runs=gd&gd.alpha=0.1");
    let last = *lab.paths()[0].theta.last().unwrap();
    assert!(last[0] < -4000.0 && lab.experiment().window.contains(last));
}

#[test]
fn a_run_that_diverges_does_not_make_everything_else_a_dot() {
    for link in ["gd.alpha=0.3&steps=200&speed=7", "gd.alpha=0.15&steps=5000", "f=-x^2-y^2"] {
        let lab = fitted(link);
        let window = lab.experiment().window;
        assert!(window.contains(lab.experiment().start));
        assert!(window.width().max(window.height()) < 1000.0, "{link}: {window:?}");
    }
}

#[test]
fn fit_leaves_a_scene_as_it_came_alone() {
    for kind in LabKind::ALL {
        for preset in presets::of(kind) {
            let mut lab = lab(preset.link);
            let _ = lab.act(&Action::Fit);
            lab.settle();
            assert_eq!(lab.link(), preset.link, "{}", preset.title);
            // Once it was changed, Fit fits.
            lab.pan([300.0, -200.0]);
            lab.act(&Action::Fit).unwrap();
            lab.settle();
            assert!(lab.experiment().window.contains(lab.experiment().start), "{}", preset.title);
        }
    }
}

#[test]
fn equal_scales_make_a_unit_as_long_on_both_axes() {
    for size in [[900.0, 600.0], [300.0, 800.0], [640.0, 100.0]] {
        for link in ["surface=bowl", "surface=correlated", "equal=yes", "problem=mean&equal=yes"] {
            let mut lab = lab(link);
            lab.set_size(Picture::Plot, size);
            let (frame, window) = (lab.frame(), lab.experiment().window);
            let [across, _] = frame.to_pixels([1.0, 0.0]);
            let [_, up] = frame.to_pixels([0.0, -1.0]);
            assert!((across / up - 1.0).abs() < 1e-12, "{link}: {across} {up}");
            for corner in [[window.x[0], window.y[0]], [window.x[1], window.y[1]]] {
                assert!(frame.holds(frame.to_pixel(corner), 1e-9), "{link}: {corner:?}");
            }
            // The gradient is then at right angles to the isolines: along one, f stays.
            let at = [1.3, -0.7];
            let [gx, gy] = lab.objective().gradient(at).gradient;
            let pixel = frame.to_pixel(at);
            let [px, py] = frame.to_pixels([gx, gy]);
            let unit = 1e-4 / px.hypot(py);
            let beside = frame.to_data([pixel[0] - py * unit, pixel[1] + px * unit]);
            let ahead = frame.to_data([pixel[0] + px * unit, pixel[1] + py * unit]);
            let [beside, ahead] = [beside, ahead]
                .map(|to| (lab.objective().value(to) - lab.objective().value(at)).abs());
            assert!(beside < 1e-3 * ahead, "{link}: {beside} {ahead}");
        }
    }
    assert_eq!(
        lab("surface=bowl&equal=no").frame().window,
        lab("surface=bowl").experiment().window
    );
    assert_eq!(lab("surface=bowl").link(), "surface=bowl");
    assert_eq!(lab("surface=bowl&equal=no").link(), "surface=bowl&equal=no");
}
