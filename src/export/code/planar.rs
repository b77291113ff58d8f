//! The script of runs in the plane: on a surface, or on the risk over data.

use super::check::check;
use super::formula::{Derivatives, function};
use super::number::{float, list};
use super::random::Chance;
use super::rounding::{Kept, Of, Walk, keep};
use super::run::{Run, comment, remark};
use super::words::Need;
use super::{Dialect, Script};
use crate::labs::link;
use crate::labs::planar::experiment::{Experiment, ObjectiveSource};
use crate::math::random::Random;
use crate::objective::{Epochs, Objective};
use crate::optimizers::average::Average;
use crate::optimizers::schedule::Schedule;
use crate::training::run::{Ending, Path, RunSpec, walk};

/// A run that is shown, and how far it can be compared.
pub(super) struct Shown {
    pub(super) name: String,
    pub(super) index: usize,
    pub(super) path: Path,
    pub(super) kept: Kept,
}

/// The script of an experiment in a dialect; where it has a picture, runs return their paths.
pub fn script(experiment: &Experiment, dialect: Dialect, has_picture: bool) -> Script {
    let objective = experiment.objective();
    let names = experiment.runs.names();
    let shown: Vec<Shown> = (experiment.runs.shown().into_iter())
        .map(|index| {
            let spec = experiment.run_spec(index);
            let path = walk(&objective, &spec);
            let kept = kept(&objective, &spec);
            Shown { name: names[index].clone(), index, path, kept }
        })
        .collect();
    let (walked, nowhere): (Vec<&Shown>, Vec<&Shown>) =
        shown.iter().partition(|run| run.path.ending() != Ending::Nowhere);

    let is_risk = experiment.source.problem().is_some();
    let mut chance = Chance::default();
    let mut derivatives = Derivatives { gradient: false, hessian: false };
    for &&Shown { index, ref kept, .. } in &walked {
        let spec = experiment.run_spec(index);
        if let Some(batches) = spec.batches {
            chance.add_batches(batches, kept.updates);
        }
        if spec.noise > 0.0 {
            chance.noise = Some(spec.seed);
        }
        if dialect == Dialect::NumPy {
            derivatives.gradient = true;
            derivatives.hessian |= spec.rule.direction.is_some();
        }
    }
    let keeps_path = has_picture || shown.iter().any(|run| average_of(experiment, run).is_some());
    let runs: Vec<Run> = (walked.iter())
        .map(|run| as_run(experiment, run, keeps_path, if is_risk { ", xs, ys" } else { "" }))
        .collect();

    let function = function(experiment, dialect, derivatives);
    let mut script = Script::of(&title(experiment), &link::write(experiment), dialect);
    let has_schedule = runs.iter().any(|run| run.schedule != Schedule::Constant);
    let by_math = dialect == Dialect::PyTorch && has_schedule;
    if function.needs.contains(&Need::Math) || chance.needs_math() || by_math {
        script.import_math();
    }
    script.definitions = function.blocks;
    let array = if dialect == Dialect::NumPy { "np.array" } else { "torch.tensor" };
    if is_risk {
        script.definitions.push(data(experiment, array));
    }
    let [x, y] = experiment.start.map(float);
    script.definitions.push(format!("start = {array}([{x}, {y}])"));
    script.definitions.extend(chance.blocks(dialect));
    script.definitions.extend(runs.iter().map(|run| run.function(dialect)));
    script.runs = walk_all(&walked, keeps_path);
    script.picture = picture(experiment, dialect, is_risk);
    script.check = check(experiment, &objective, dialect, &walked, &nowhere);
    script
}

/// What an experiment is, in a heading.
fn title(experiment: &Experiment) -> String {
    let names: Vec<&str> = (experiment.runs.shown().into_iter())
        .map(|index| experiment.runs[index].rule.name)
        .collect();
    let of = match experiment.source {
        ObjectiveSource::Gallery(surface) => format!("on the surface “{}”", surface.name),
        ObjectiveSource::Typed => "on a surface of one's own".to_owned(),
        ObjectiveSource::Data { problem, typed: false } => {
            format!("on the risk of “{}”", problem.name)
        }
        ObjectiveSource::Data { .. } => "on the risk of a loss of one's own".to_owned(),
    };
    match names.as_slice() {
        [] => format!("No run {of}"),
        [one] => format!("{one} {of}"),
        [first @ .., last] => format!("{} and {last} {of}", first.join(", ")),
    }
}

pub(super) fn average_of(experiment: &Experiment, run: &Shown) -> Option<Average> {
    experiment.runs[run.index].average()
}

fn as_run<'a>(
    experiment: &'a Experiment,
    shown: &'a Shown,
    keeps_path: bool,
    data: &'static str,
) -> Run<'a> {
    let spec = experiment.run_spec(shown.index);
    Run {
        name: &shown.name,
        rule: spec.rule,
        values: spec.values,
        schedule: spec.schedule,
        noise: (spec.noise > 0.0).then_some((spec.noise, spec.seed)),
        batch: spec.batches.filter(|batches| !batches.is_full()).map(|batches| batches.m),
        data,
        updates: shown.kept.updates,
        remark: remark(&shown.kept, spec.steps, shown.path.ending()),
        keeps_path,
    }
}

/// How far a run can be compared.
fn kept(objective: &Objective, spec: &RunSpec) -> Kept {
    let partial = spec.batches.filter(|batches| objective.risk().is_some() && !batches.is_full());
    let mut epochs = partial.map(Epochs::new);
    let mut random = Random::new(spec.seed);
    let (mut drawn_for, mut drawn) = (None, [0.0; 2]);
    let walk = Walk {
        rule: spec.rule,
        values: spec.values,
        schedule: spec.schedule,
        steps: spec.steps,
        start: spec.start.to_vec(),
    };
    keep(
        &walk,
        |theta, update, blur| {
            let theta = [theta[0], theta[1]];
            let jet = objective.gradient(theta);
            let mut g = jet.gradient;
            let risk = objective.risk();
            if let Some((risk, epochs)) = risk.zip(epochs.as_mut()) {
                g = epochs.mean_gradient(risk, theta, update).gradient;
            }
            blur.apply(Of::Gradient, &mut g);
            if spec.noise > 0.0 {
                if drawn_for != Some(update) {
                    (drawn_for, drawn) = (Some(update), random.gaussians());
                }
                g = [0, 1].map(|axis| g[axis] + spec.noise * drawn[axis]);
            }
            if let Some(direction) = spec.rule.direction {
                let mut hessian = match risk.zip(epochs.as_mut()) {
                    Some((risk, epochs)) => epochs.mean_hessian(risk, theta, update).hessian,
                    None => objective.hessian(theta).hessian,
                };
                blur.apply(Of::Hessian, &mut hessian);
                let turned = direction(spec.values, hessian, g);
                // Where there is no next step the run ends here; this point itself is good.
                g = if turned.iter().all(|part| part.is_finite()) { turned } else { [0.0; 2] };
            }
            Some((jet.value, g.to_vec()))
        },
        |_, _| (),
    )
}

/// The examples as the runs see them.
fn data(experiment: &Experiment, array: &str) -> String {
    let Some(problem) = experiment.source.problem() else { return String::new() };
    let (examples, [mean, deviation]) = experiment.data.examples(problem);
    let column = |at: usize| {
        let numbers: Vec<f64> = examples.iter().map(|example| example[at]).collect();
        list(&numbers, 0)
    };
    let how = if [mean, deviation] == [0.0, 1.0] {
        String::new()
    } else {
        format!(
            " x is standardised: before, its mean was {} and its standard deviation {}.",
            float(mean),
            float(deviation)
        )
    };
    let about = comment(&format!("The data, {} examples (x, y).{how}", examples.len()), "# ");
    format!("{about}xs = {array}({})\nys = {array}({})", column(0), column(1))
}

fn walk_all(walked: &[&Shown], keeps_path: bool) -> String {
    if walked.is_empty() {
        return String::new();
    }
    let calls: String =
        walked.iter().map(|run| format!("    \"{0}\": {0}(),\n", run.name)).collect();
    if keeps_path {
        let ends = "ends = {name: path[-1] for name, path in paths.items()}";
        format!("# The path of each run, from the start on.\npaths = {{\n{calls}}}\n{ends}")
    } else {
        format!("# Where each run ends.\nends = {{\n{calls}}}")
    }
}

/// The paths over contours of the loss.
fn picture(experiment: &Experiment, dialect: Dialect, is_risk: bool) -> String {
    let window = experiment.window;
    let [[left, right], [low, high]] = [window.x, window.y].map(|side| side.map(float));
    let (array, np) = match dialect {
        Dialect::NumPy => ("np.array", "np"),
        Dialect::PyTorch => ("torch.tensor", "torch"),
    };
    let z = if is_risk {
        format!(
            "z = {array}([[float(risk({array}([p, q]), xs, ys)) for p in across] for q in up])\n"
        )
    } else {
        format!(
            "z = {np}.stack([loss({np}.stack([across, q + 0 * across])) + 0 * across for q in up])\n"
        )
    };
    let names = experiment.theta_names().unwrap_or_else(|| ["x".to_owned(), "y".to_owned()]);
    format!(
        "import matplotlib.pyplot as plt\n\n\
         across, up = {np}.linspace({left}, {right}, 121), {np}.linspace({low}, {high}, 121)\n\
         {z}\
         levels = sorted({{float(level) for level in {np}.quantile(z[{np}.isfinite(z)], {np}.linspace(0, 1, 26))}})\n\
         plt.contour(across, up, z, levels=levels, linewidths=0.7)\n\
         for name, path in paths.items():\n    \
             plt.plot(path[:, 0], path[:, 1], \".-\", label=name)\n\
         plt.xlim({left}, {right})\n\
         plt.ylim({low}, {high})\n\
         plt.xlabel(\"{}\")\n\
         plt.ylabel(\"{}\")\n\
         plt.legend()\n\
         plt.show()",
        names[0], names[1]
    )
}
