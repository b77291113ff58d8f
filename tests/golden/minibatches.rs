//! Risks and minibatch runs are PyTorch's to 12 digits.
//!
//! `generate_minibatches.py` is the PyTorch program that made `minibatches.json`.

use std::collections::{BTreeMap, BTreeSet};

use ravine::data::Batches;
use ravine::labs::planar::experiment::Experiment;
use ravine::math::formula::Jet;
use ravine::math::param::Scale;
use ravine::math::window::Window;
use ravine::objective::problems::{PROBLEMS, problem, read_loss};
use ravine::objective::{Objective, Risk};
use ravine::optimizers::schedule::{SCHEDULE, Schedule};
use ravine::optimizers::{Rule, rule};
use ravine::training::run::{RunSpec, walk};
use serde::Deserialize;

use super::{apart, values_of};

#[derive(Deserialize)]
struct Golden {
    /// τ and γ of the schedules.
    tau: f64,
    gamma: f64,
    /// The example that is a batch alone.
    alone: u32,
    /// Which steps of the runs are kept.
    steps: Vec<usize>,
    problems: Vec<GoldenProblem>,
}

#[derive(Deserialize)]
struct GoldenProblem {
    /// Its key.
    problem: String,
    /// The values of the loss's parameters.
    parameters: BTreeMap<String, f64>,
    examples: Vec<[f64; 2]>,
    /// The indices of the examples that each update uses.
    batches: Vec<Vec<u32>>,
    risks: Vec<GoldenRisk>,
    runs: Vec<GoldenRun>,
}

#[derive(Deserialize)]
struct GoldenRisk {
    theta: [f64; 2],
    /// Loss and gradient over all examples.
    all: [f64; 3],
    /// The same over the batches of the first epoch, and over one example.
    batches: Vec<[f64; 3]>,
}

#[derive(Deserialize)]
struct GoldenRun {
    rule: String,
    values: BTreeMap<String, serde_json::Value>,
    schedule: String,
    /// θ after each of the kept steps.
    points: Vec<[f64; 2]>,
}

impl GoldenProblem {
    fn risk(&self) -> Risk {
        let loss = read_loss(problem(&self.problem).unwrap().loss).unwrap();
        let values: Vec<f64> = loss.parameters().iter().map(|key| self.parameters[key]).collect();
        Risk::new(&loss, &values, &self.examples)
    }
}

fn golden() -> Golden {
    serde_json::from_str(include_str!("minibatches.json")).expect("the golden file is whole")
}

/// Whether loss and gradient agree. A saturated neuron's slope, 1 − tanh², has lost digits on both
/// sides: there 15 digits of 1 count.
fn agree(jet: Jet, [value, gx, gy]: [f64; 3]) -> bool {
    let near = apart(jet.gradient, [gx, gy]) * f64::hypot(gx, gy) <= 1e-15;
    (jet.value - value).abs() <= 1e-12 * value && (near || apart(jet.gradient, [gx, gy]) <= 1e-12)
}

#[test]
fn losses_and_gradients_are_pytorchs_to_twelve_digits() {
    let golden = golden();
    for problem in &golden.problems {
        let risk = problem.risk();
        for GoldenRisk { theta, all, batches } in &problem.risks {
            assert!(agree(risk.gradient(*theta), *all), "{} at {theta:?}", problem.problem);
            let alone = vec![golden.alone];
            let indices = problem.batches[..3].iter().chain([&alone]);
            assert_eq!(batches.len(), 4);
            for (indices, expected) in indices.zip(batches) {
                let jet = risk.gradient_over(*theta, indices);
                let name = &problem.problem;
                assert!(agree(jet, *expected), "{name} at {theta:?} over {indices:?}: {jet:?}");
            }
        }
    }
}

/// θ along a run over given batches, the start included.
fn follow(
    risk: &Risk,
    (rule, values): (&Rule, &[f64]),
    schedule: Schedule,
    start: [f64; 2],
    batches: &[Vec<u32>],
) -> Vec<[f64; 2]> {
    let mut optimizer = (rule.make)(values, 2);
    let mut theta = start;
    let mut path = vec![theta];
    for (update, batch) in batches.iter().enumerate() {
        optimizer.set_alpha(values[0] * schedule.factor(update + 1));
        let mut estimate = risk.gradient_over(theta, batch).gradient;
        if let Some(direction) = rule.direction {
            estimate = direction(values, risk.hessian_over(theta, batch).hessian, estimate);
        }
        optimizer.step(&mut theta, &estimate);
        path.push(theta);
    }
    path
}

#[test]
fn every_run_over_minibatches_is_pytorchs_to_twelve_digits() {
    let golden = golden();
    let mut far = Vec::new();
    for problem in &golden.problems {
        let risk = problem.risk();
        for run in &problem.runs {
            let rule = rule(&run.rule).unwrap();
            let choice = SCHEDULE.read(&run.schedule).unwrap();
            let schedule = Schedule::of(choice, golden.tau, golden.gamma, problem.batches.len());
            let values = values_of(rule, &run.values);
            let path = follow(&risk, (rule, &values), schedule, run.points[0], &problem.batches);
            assert_eq!(run.points.len(), golden.steps.len());
            for (&step, &expected) in golden.steps.iter().zip(&run.points) {
                let apart = apart(path[step], expected);
                if apart.is_nan() || apart > 1e-12 {
                    let (name, GoldenRun { rule, schedule, .. }) = (&problem.problem, run);
                    far.push(format!("{name} {rule} {schedule}: {apart:.1e} at step {step}"));
                }
            }
        }
    }
    assert!(far.is_empty(), "{}", far.join("\n"));
}

#[test]
fn a_walk_is_a_run_over_its_own_batches() {
    for golden in golden().problems {
        let row = problem(&golden.problem).unwrap();
        let experiment = Experiment::on_problem(row);
        let batches = Batches::new(golden.examples.len(), 5, 3);
        let objective = Objective::over_data(golden.risk(), &Window::new(-3.0, 3.0, -3.0, 3.0));
        for run in &golden.runs {
            let rule = rule(&run.rule).unwrap();
            let values = values_of(rule, &run.values);
            let schedule = Schedule::of(SCHEDULE.read(&run.schedule).unwrap(), 7.0, 0.6, 60);
            let spec = RunSpec {
                rule,
                values: &values,
                start: run.points[0],
                steps: 60,
                batches: Some(batches),
                schedule,
                ..experiment.run_spec(0)
            };
            let own: Vec<Vec<u32>> = (0..60).map(|update| batches.batch(update)).collect();
            let followed =
                follow(objective.risk().unwrap(), (rule, &values), schedule, spec.start, &own);
            assert_eq!(walk(&objective, &spec).theta, followed, "{} {}", row.key, rule.key);
        }
    }
}

#[test]
fn the_golden_runs_cover_every_problem_and_every_schedule() {
    let golden = golden();
    let keys: Vec<&str> = golden.problems.iter().map(|p| p.problem.as_str()).collect();
    assert_eq!(keys, PROBLEMS.iter().map(|problem| problem.key).collect::<Vec<_>>());
    let Scale::Choice(schedules) = SCHEDULE.scale else { panic!("a choice") };
    for problem in &golden.problems {
        let sizes: BTreeSet<usize> = problem.batches.iter().map(Vec::len).collect();
        assert!(
            sizes.into_iter().eq([2, 5]) && golden.steps.last() == Some(&problem.batches.len())
        );
        for rule in ["gd", "momentum", "adam", "newton"] {
            let walked = problem.runs.iter().filter(|run| run.rule == rule);
            let walked: BTreeSet<&str> = walked.map(|run| run.schedule.as_str()).collect();
            assert_eq!(walked, schedules.iter().map(|choice| choice.key).collect(), "{rule}");
        }
    }
}
