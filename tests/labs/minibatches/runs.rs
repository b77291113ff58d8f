//! The runs: what decides a path, and what does not.

use ravine::data::Batches;
use ravine::labs::Lab as _;
use ravine::objective::problems::PROBLEMS;
use ravine::optimizers::RULES;
use ravine::training::run::{Path, RunSpec, walk};

use ravine::labs::model;
use ravine::labs::planar::PlanarLab;
use ravine::view::Theme;

use super::{experiment, lab};

#[test]
fn a_batch_of_all_is_gradient_descent_bit_for_bit() {
    for problem in PROBLEMS {
        for rule in RULES {
            let link = format!("problem={}&runs={}&steps=60", problem.key, rule.key);
            let experiment = experiment(&link);
            let objective = experiment.objective();
            let spec = experiment.run_spec(0);
            let all = walk(&objective, &spec);
            assert!(spec.batches.is_some_and(|batches| batches.is_full()));
            let whole = walk(&objective, &RunSpec { batches: None, ..spec.clone() });
            assert_eq!(all, whole, "{link}");
            let n = experiment.data.len();
            let one_less = Some(Batches::new(n, n - 1, 1));
            assert_ne!(all.theta, walk(&objective, &RunSpec { batches: one_less, ..spec }).theta);
        }
    }
}

/// Paths of one problem: GD, SGD, GD with noise, SGD with batches and noise.
fn four(seed: u32, more: &str) -> Vec<Path> {
    let link = format!(
        "problem=linear&runs=gd,gd,adam,momentum&gd2.batch=1&adam.noise=0.3&momentum.batch=7\
         &momentum.noise=0.1&seed={seed}{more}"
    );
    lab(&link).paths().to_vec()
}

#[test]
fn paths_follow_the_seed_alone_and_it_moves_only_what_is_random() {
    let first = four(5, "");
    assert_eq!(four(5, ""), first);
    for seed in [0, 4, 6, 999_999] {
        let other = four(seed, "");
        let moved: Vec<bool> = first.iter().zip(&other).map(|(a, b)| a != b).collect();
        assert_eq!(moved, [false, true, true, true], "seed {seed}");
    }
    // Neither the average, nor what is shown, nor which run is followed moves a path.
    let shown = "&gd2.average=half&follow=momentum&ensemble=9&deck=ball&fan=yes&speed=100&step=3";
    assert_eq!(four(5, shown), first);
}

#[test]
fn a_run_is_the_same_whichever_others_stand_beside_it() {
    let alone = lab("problem=tanh&runs=momentum&momentum.batch=4&seed=8").paths()[0].clone();
    let link = "problem=tanh&runs=gd,adam,momentum&gd.batch=2&momentum.batch=4&seed=8";
    assert_eq!(lab(link).paths()[2], alone);
}

#[test]
fn a_longer_run_begins_as_the_shorter() {
    for schedule in ["constant", "inverse", "root", "step"] {
        let link = |steps: u32| {
            format!("problem=sine&gd2.batch=9&gd2.schedule={schedule}&gd2.noise=0.1&steps={steps}")
        };
        let [long, short] = [300, 100].map(|steps| lab(&link(steps)).paths()[1].clone());
        assert_eq!(long.theta[..=100], short.theta, "{schedule}");
        assert_eq!(long.batch_loss[..=100], short.batch_loss, "{schedule}");
    }
}

#[test]
fn the_same_link_has_the_same_fingerprint_and_every_dial_another() {
    let dials = [
        "",
        "&seed=2",
        "&data.seed=2",
        "&data.n=59",
        "&data.noise=0.6",
        "&data.outliers=10",
        "&data.center=0.1",
        "&data.spread=1.4",
        "&data.standardise=yes",
        "&gd.batch=30",
        "&gd2.batch=2",
        "&gd2.alpha=0.11",
        "&gd2.noise=0.1",
        "&gd2.schedule=inverse",
        "&gd2.schedule=inverse&gd2.tau=9",
        "&gd2.schedule=root",
        "&gd2.schedule=step",
        "&gd2.schedule=step&gd2.gamma=0.4",
        "&gd2.schedule=cosine",
        "&gd2.average=all",
        "&gd2.average=half",
        "&gd2.average=exponential",
        "&gd2.average=exponential&gd2.keep=0.8",
        "&start=0,0",
        "&steps=119",
        "&data=1,2;2,3;3,5;4,4",
        "&loss=abs(y - w*x - b)",
        "&loss=c*(y - w*x - b)^2",
        "&loss=c*(y - w*x - b)^2&f.c=2",
    ];
    let mut seen = Vec::new();
    for dial in dials {
        let link = format!("problem=linear{dial}");
        let print = lab(&link).fingerprint();
        assert_eq!(lab(&link).fingerprint(), print, "{link}");
        assert!(!seen.contains(&print), "{link} moves no bit");
        seen.push(print);
    }
}

#[test]
fn one_alpha_for_all_is_set_by_whichever_run_is_dialled() {
    let mut lab = lab("problem=linear&runs=gd,momentum,adam&gd.alpha=0.03&same=yes");
    for (run, alpha) in [("adam", 0.02), ("gd", 0.004), ("momentum", 0.05)] {
        lab.set(&format!("{run}.alpha"), &alpha.to_string()).unwrap();
        let alphas: Vec<f64> = lab.experiment().runs.iter().map(|run| run.values[0]).collect();
        assert_eq!(alphas, [alpha; 3], "{run}");
        assert_eq!(super::lab(&lab.link()).fingerprint(), lab.fingerprint());
    }
    lab.set("momentum.beta", "0.7").unwrap();
    assert_eq!(lab.experiment().runs[2].values[1], 0.9, "only α is shared");
    lab.set("same", "no").unwrap();
    lab.set("gd.alpha", "0.3").unwrap();
    let alphas: Vec<f64> = lab.experiment().runs.iter().map(|run| run.values[0]).collect();
    assert_eq!(alphas, [0.3, 0.05, 0.05]);
}

#[test]
fn the_note_of_the_chart_says_which_runs_diverge() {
    let mut lab = PlanarLab::new("problem=linear&gd.alpha=10&gd2.alpha=0.01&steps=200&step=200");
    lab.settle();
    let note = model::model(&lab, &Theme::LIGHT).chart_note;
    assert!(note.contains("GD diverges") && !note.contains("GD not in"), "{note}");
}

#[test]
fn newtons_method_takes_the_hessian_of_its_batch_and_the_code_says_so() {
    let lab =
        lab("problem=logistic&runs=newton,gd&newton.alpha=0.5&newton.damping=0.5&newton.batch=4\
         &follow=newton&step=3&steps=20");
    let objective = lab.objective();
    let batches = lab.experiment().batches(0).unwrap();
    let path = &lab.paths()[0].theta;
    for update in 0..20 {
        let [x, y] = path[update];
        let batch = objective.risk().unwrap().over(&batches.batch(update)).hessian([x, y]);
        let ([gx, gy], [xx, xy, yy]) = (batch.gradient, batch.hessian);
        let (xx, yy) = (xx + 0.5, yy + 0.5);
        let determinant = xx * yy - xy * xy;
        let next = [
            x - 0.5 * (yy * gx - xy * gy) / determinant,
            y - 0.5 * (xx * gy - xy * gx) / determinant,
        ];
        for axis in [0, 1] {
            assert!((next[axis] - path[update + 1][axis]).abs() < 1e-13, "update {update}");
        }
    }
    let code = model::model(&lab, &Theme::LIGHT).code.unwrap();
    let line = format!("{:?}", code[6]);
    assert!(line.contains("<mi>H</mi>") && line.contains("<msup><mo>∇</mo><mn>2</mn></msup>"));
    let values = model::live(&lab).code.unwrap().values;
    assert!(values[6].starts_with("ĝ = (") && values[6].contains(", H = ("), "{}", values[6]);
}

#[test]
fn newtons_method_has_no_step_over_one_example_of_a_line_without_damping() {
    // Its Hessian is (x, 1)ᵀ(x, 1).
    for link in ["problem=linear&runs=newton&newton.batch=1", "f=(x - y)^2&runs=newton"] {
        let lab = self::lab(link);
        assert_eq!(lab.paths()[0].theta.len(), 1, "{link}");
        let told = &model::live(&lab).sentences["newton"];
        assert!(told.ends_with("and that is singular."), "{link}: {told}");
        let damped = self::lab(&format!("{link}&newton.damping=0.1"));
        assert!(damped.paths()[0].is_complete() && damped.paths()[0].theta.len() > 50, "{link}");
    }
}
