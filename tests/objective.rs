//! Laws that every surface of the gallery and every preset must keep.

use ravine::labs::link;
use ravine::labs::planar::experiment::{Experiment, LabKind};
use ravine::labs::planar::presets;
use ravine::math::formula::Formula;
use ravine::objective::surfaces::{GALLERY, Surface, surface};
use ravine::training::run::{Status, walk};

fn experiment(surface: &'static Surface) -> Experiment {
    Experiment::on_surface(surface)
}

#[test]
fn every_surface_has_a_key_of_its_own() {
    for row in GALLERY {
        assert!(std::ptr::eq(surface(row.key).unwrap(), row), "{}", row.key);
    }
}

#[test]
fn every_letter_of_a_formula_is_declared_and_every_declaration_is_used() {
    for row in GALLERY {
        let experiment = experiment(row);
        let mut letters: Vec<&str> =
            experiment.formula().parameters().iter().map(String::as_str).collect();
        let mut declared: Vec<&str> = row.parameters.iter().map(|param| &*param.key).collect();
        letters.sort_unstable();
        declared.sort_unstable();
        assert_eq!(letters, declared, "{}", row.key);
        for param in row.parameters {
            let [least, most] = param.range;
            assert!(least <= param.default && param.default <= most, "{}.{}", row.key, param.key);
        }
    }
}

/// The ends and the default of every dial, one at a time.
fn sweep(row: &'static Surface) -> Vec<Experiment> {
    let mut all = vec![experiment(row)];
    for (index, param) in row.parameters.iter().enumerate() {
        for value in param.range {
            let mut moved = experiment(row);
            moved.set_surface_value(index, value);
            all.push(moved);
        }
    }
    all
}

#[test]
fn the_minima_are_flat_and_nothing_near_them_is_lower() {
    for row in GALLERY {
        for moved in sweep(row) {
            let objective = moved.objective();
            for &[x, y] in objective.minima() {
                let jet = objective.gradient([x, y]);
                let size = jet.gradient[0].abs().max(jet.gradient[1].abs());
                assert!(size <= 1e-8 * (1.0 + jet.value.abs()), "{} at {x}, {y}: {size}", row.key);
                for direction in 0..16 {
                    let angle = f64::from(direction) * std::f64::consts::TAU / 16.0;
                    for radius in [1e-3, 1e-2] {
                        let near = [x + radius * angle.cos(), y + radius * angle.sin()];
                        let here = objective.value(near);
                        assert!(here >= jet.value, "{} is lower at {near:?}", row.key);
                    }
                }
            }
        }
    }
}

#[test]
fn no_point_of_the_window_is_lower_than_the_lowest_minimum() {
    for row in GALLERY {
        let objective = experiment(row).objective();
        let Some(lowest) = objective.lowest() else { continue };
        for i in 0..=200 {
            for j in 0..=200 {
                let at = [
                    row.window.x[0] + row.window.width() * f64::from(i) / 200.0,
                    row.window.y[0] + row.window.height() * f64::from(j) / 200.0,
                ];
                assert!(
                    objective.value(at) >= lowest - 1e-12 * (1.0 + lowest.abs()),
                    "{} at {at:?}",
                    row.key
                );
            }
        }
    }
}

#[test]
fn every_gradient_is_the_slope_of_its_surface() {
    for row in GALLERY {
        for moved in sweep(row) {
            let objective = moved.objective();
            for [x, y] in [row.start, [0.37, -0.81], [-1.21, 1.93]] {
                let h = 1e-5;
                let slope = [
                    (objective.value([x + h, y]) - objective.value([x - h, y])) / (2.0 * h),
                    (objective.value([x, y + h]) - objective.value([x, y - h])) / (2.0 * h),
                ];
                let jet = objective.gradient([x, y]);
                for (exact, slope) in jet.gradient.iter().zip(slope) {
                    let scale = 1.0 + exact.abs() + jet.value.abs();
                    assert!((exact - slope).abs() <= 1e-6 * scale, "{}: {exact} {slope}", row.key);
                }
            }
        }
    }
}

#[test]
fn start_and_a_minimum_are_in_view() {
    for row in GALLERY {
        assert!(row.window.contains(row.start), "{}", row.key);
        let minima = experiment(row).objective().minima().to_vec();
        assert!(minima.iter().all(|minimum| row.window.contains(*minimum)), "{}", row.key);
    }
}

#[test]
fn gd_goes_down_at_the_learning_rate_that_a_surface_opens_with() {
    for row in GALLERY {
        let experiment = experiment(row);
        let path = walk(&experiment.objective(), &experiment.run_spec(0));
        assert_eq!(path.status, Status::Finished, "{}", row.key);
        assert!(path.loss[path.loss.len() - 1] < path.loss[0], "{}", row.key);
    }
}

#[test]
fn a_quadratic_of_ones_own_knows_its_minimum() {
    let objective = |text: &str| Experiment::on_formula(Formula::parse(text).unwrap()).objective();
    let bowl = objective("3(x - 2)^2 + x*y + (y + 1)^2 + 5");
    let [[x, y]] = bowl.minima() else { panic!("{:?}", bowl.minima()) };
    // By hand: 6(x − 2) + y = 0 and x + 2(y + 1) = 0.
    assert!((x - 26.0 / 11.0).abs() < 1e-14 && (y + 24.0 / 11.0).abs() < 1e-14, "({x}, {y})");
    for without in ["x^2 - y^2", "x^2", "x + y", "x^4 - y^4", "-x^2 - y^2"] {
        assert!(objective(without).minima().is_empty(), "{without}");
    }
}

#[test]
fn exactly_the_quadratics_have_a_constant_hessian() {
    for row in GALLERY {
        let quadratic =
            matches!(row.key, "ravine" | "bowl" | "correlated" | "booth" | "matyas" | "saddle");
        let found = experiment(row).objective().constant_hessian().is_some();
        assert_eq!(found, quadratic, "{}", row.key);
    }
}

#[test]
fn the_ravine_is_the_lectures_picture() {
    let experiment = Experiment::default();
    let objective = experiment.objective();
    let [gd, momentum] = [0, 1].map(|index| walk(&objective, &experiment.run_spec(index)));
    // Closed form: x falls by 1 − α a step, y by 1 − 20α = −0.9.
    for (step, [x, y]) in gd.theta.iter().enumerate() {
        let power = |base: f64| base.powi(step as i32);
        assert!((x - 10.0 * power(0.905)).abs() < 1e-12);
        assert!((y - power(-0.9)).abs() < 1e-12);
    }
    let reached = |path: &ravine::training::run::Path| {
        path.theta.iter().position(|[x, y]| x.hypot(*y) < 0.01 * 101f64.sqrt()).unwrap()
    };
    assert_eq!(reached(&gd), 47);
    assert_eq!(reached(&momentum), 16);
    let tall = gd.theta.iter().filter(|[_, y]| y.abs() > 0.05).count();
    assert!((28..=30).contains(&tall), "{tall}");
    assert!(momentum.theta.iter().all(|[x, _]| *x > -0.1), "no overshoot in x");
}

#[test]
fn every_preset_opens_without_a_fault_and_is_written_as_its_link() {
    for lab in LabKind::ALL {
        for preset in presets::of(lab) {
            let (experiment, faults) = link::read(preset.link);
            assert!(faults.is_empty(), "{}: {faults:?}", preset.title);
            assert_eq!(link::write(&experiment), preset.link, "{}", preset.title);
            assert_eq!(experiment.lab(), lab, "{}", preset.title);
        }
    }
}
