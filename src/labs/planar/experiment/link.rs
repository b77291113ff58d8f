//! An experiment on a plane as a link: the keys of the Surface lab and of the Minibatches lab.

mod source;

use super::data::{check_labels, dial_of, read_examples, write_examples};
use super::{Experiment, LabKind, ObjectiveSource, SETTINGS, Setting};
use crate::data::DATA;
use crate::data::classes::{CLASSES_KEY, ClassNames};
use crate::labs::link::{self, About, Fault, Keys, LinkText, Linked, Part, Row, Turn};
use crate::labs::planar::presets::{ABOUT_ANOTHER, is_about};
use crate::labs::presets::{self, Preset, SCENE_KEY};
use crate::labs::runs::{EXTRAS, NOISE, RunConfig, read_rules};
use crate::math::formula::FormulaError;
use crate::math::param::{Param, Scale, position, quoted};
use crate::math::window::Window;
use crate::objective::{problems, surfaces};
use crate::training::pseudocode::Position;
use source::{of_formula, unknown_problem, unknown_surface};

/// A link with one of these is about data: the key of a problem, and a loss as a formula.
pub(crate) const DATA_KEYS: [&str; 2] = ["problem", "loss"];

/// The keys that the Surface lab does not have.
pub const OF_MINIBATCHES: [&str; 6] =
    [DATA_KEYS[0], DATA_KEYS[1], "data", CLASSES_KEY, "follow", "line"];

/// Reads a link. The experiment is valid whatever the text holds; what could not be taken is told,
/// and the default stands in its place.
pub fn read(link: &str) -> (Experiment, Vec<Fault>) {
    link::read_as(link)
}

/// Writes what differs from the default. Reading it gives the same experiment, bit for bit.
pub fn write(experiment: &Experiment) -> String {
    link::write_as(experiment)
}

impl Experiment {
    /// Sets what a link calls `key` to what `text` says.
    ///
    /// # Errors
    /// A sentence about what cannot be taken; then nothing has changed.
    pub fn set(&mut self, key: &str, text: &str) -> Result<(), Fault> {
        link::set(self, key, text)
    }
}

impl Linked for Experiment {
    const UNKNOWN_KEY: &'static str = "is not a key of a Ravine link";

    fn rows() -> &'static [Row<Self>] {
        &ROWS
    }

    fn begin(parts: &mut Vec<Part>, faults: &mut Vec<Fault>) -> Self {
        source::begin(parts, faults)
    }

    fn fresh(&self) -> Self {
        let formula = self.formula().clone();
        match self.source {
            ObjectiveSource::Typed => Self::on_formula(formula),
            ObjectiveSource::Data { problem, typed: true } => Self::on_loss(problem, formula),
            source => Self::on_source(source),
        }
    }

    fn check(&mut self, parts: &[Part], faults: &mut Vec<Fault>) {
        faults.extend(overruled(self, parts));
        if let Some(scene) = self.scene
            && !is_about(&self.presets()[scene], self)
        {
            self.scene = None;
            faults.push(Fault::new(SCENE_KEY, ABOUT_ANOTHER));
        }
    }

    fn presets(&self) -> &'static [Preset] {
        self.lab().kind().presets
    }

    fn scene(&self) -> Option<usize> {
        self.scene
    }

    fn set_scene(&mut self, scene: Option<usize>) {
        self.scene = scene;
    }
}

/// The keys, in the order in which a link has them.
static ROWS: [Row<Experiment>; 17] = [
    Row::one(
        Turn::Objective,
        About {
            key: "surface",
            meaning: "the surface",
            values: "a key of [the gallery](#surfaces)",
            default: "`ravine`",
        },
        |experiment, _, text| {
            let surface = surfaces::surface(text).ok_or_else(|| unknown_surface(text))?;
            experiment.move_to(ObjectiveSource::Gallery(surface));
            Ok(())
        },
        |experiment, _, link| match experiment.source {
            ObjectiveSource::Gallery(surface) if !std::ptr::eq(surface, &surfaces::GALLERY[0]) => {
                link.put("surface", surface.key);
            }
            _ => {}
        },
    ),
    Row::one(
        Turn::Objective,
        About {
            key: "f",
            meaning: "a [formula](#formulas) of one's own, in place of `surface`",
            values: "up to {{characters}} characters",
            default: "none",
        },
        read_formula,
        |experiment, _, link| {
            if let ObjectiveSource::Typed = experiment.source {
                link.put("f", experiment.formula().text());
            }
        },
    ),
    Row::one(
        Turn::Objective,
        About {
            key: DATA_KEYS[0],
            meaning: "the loss of an example, the data, the window and the start",
            values: "a key of [the problems](#problems)",
            default: "`mean`; beside a `loss` alone, `linear`",
        },
        |experiment, _, text| {
            let problem = problems::problem(text).ok_or_else(|| unknown_problem(text))?;
            if let Some(own) = experiment.data.own().filter(|_| problem.labels) {
                check_labels(own).map_err(|why| Fault::new("data", why))?;
            }
            experiment.move_to(ObjectiveSource::Data { problem, typed: false });
            Ok(())
        },
        |experiment, _, link| {
            if let Some(problem) = experiment.source.problem() {
                link.put(DATA_KEYS[0], problem.key);
            }
        },
    ),
    Row::one(
        Turn::Objective,
        About {
            key: DATA_KEYS[1],
            meaning: "a loss of one's own over the problem's data, in `x`, `y` and θ, which is `w` \
                      and `b`, `theta0` and `theta1` or [the like](#formulas)",
            values: "up to {{characters}} characters",
            default: "the problem's",
        },
        read_formula,
        |experiment, _, link| {
            if let ObjectiveSource::Data { typed: true, .. } = experiment.source {
                link.put(DATA_KEYS[1], experiment.formula().text());
            }
        },
    ),
    Row {
        keys: Keys::In("f"),
        turn: Turn::Dials,
        apart: &[],
        read: |experiment, key, text| {
            let [_, name] = link::split(key);
            let none = || format!("is not a parameter: the formula has no {}", quoted(name));
            let params = experiment.surface_parameters();
            let index = position(params, name).ok_or_else(none)?;
            let value = params[index].read(text)?;
            experiment.set_surface_value(index, value);
            Ok(())
        },
        write: |experiment, _, link| {
            let params = experiment.surface_parameters();
            let defaults: Vec<f64> = params.iter().map(|param| param.default).collect();
            link.put_changed("f.", params, experiment.surface_values(), &defaults);
        },
    },
    Row::one(
        Turn::Data,
        About {
            key: "data",
            meaning: "examples of one's own, in place of generated ones, `x,y;x,y;…`",
            values: "1 to {{examples}} examples, −{{far}} to {{far}}; y is 0 or 1 where the \
                     problem has labels",
            default: "none",
        },
        |experiment, _, text| {
            let on_surface = "belongs to a problem, and this is a surface";
            let problem = experiment.source.problem().ok_or(on_surface)?;
            let labels = problem.labels && !experiment.source.is_typed();
            experiment.data.set_own(Some(read_examples(text, labels)?));
            Ok(())
        },
        |experiment, _, link| {
            if let Some(own) = experiment.data.own().filter(|_| is_on_data(experiment)) {
                link.put("data", &write_examples(own));
            }
        },
    ),
    Row::one(
        Turn::Dials,
        About {
            key: CLASSES_KEY,
            meaning: "what the labels 0 and 1 of one's own examples are called, `no,yes`",
            values: "two names with a comma between them",
            default: "`0,1`",
        },
        |experiment, _, text| {
            let has_labels = experiment.source.problem().is_some_and(|problem| problem.labels);
            if !has_labels || experiment.data.own().is_none() {
                return Err("belongs to labels of one's own data".into());
            }
            experiment.data.set_names(ClassNames::read(text, 2)?);
            Ok(())
        },
        |experiment, _, link| {
            let names = experiment.data.names();
            if is_on_data(experiment) && !names.all().is_empty() {
                link.put(CLASSES_KEY, &names.write());
            }
        },
    ),
    Row {
        keys: Keys::In("data"),
        turn: Turn::Dials,
        apart: &[("data.n", Turn::Data), ("data.first", Turn::Data)],
        read: |experiment, key, text| {
            let Some(problem) = experiment.source.problem() else {
                return read_run(experiment, key, text);
            };
            let [_, name] = link::split(key);
            let index = position(&DATA, name).ok_or("is not a parameter of data")?;
            let value = dial_of(index, problem).read(text)?;
            experiment.data.set(index, value);
            Ok(())
        },
        write: |experiment, fresh, link| {
            if is_on_data(experiment) {
                let [values, defaults] = [experiment, fresh].map(|of| of.data.values());
                link.put_changed("data.", &DATA, values, defaults);
            }
        },
    },
    Row::one(
        Turn::Dials,
        About {
            key: "start",
            meaning: "where all runs start, `x,y`",
            values: "−{{far}} to {{far}}",
            default: "the surface's or the problem's; `{{start}}` for a formula",
        },
        |experiment, _, text| {
            experiment.start = link::point(text)?;
            Ok(())
        },
        |experiment, fresh, link| {
            if experiment.start != fresh.start {
                link.put("start", &link::list(&experiment.start));
            }
        },
    ),
    Row::one(
        Turn::Dials,
        About {
            key: "window",
            meaning: "what the plot shows, `left,right,bottom,top`",
            values: "−{{far}} to {{far}}",
            default: "the surface's or the problem's; `{{window}}` for a formula",
        },
        |experiment, _, text| {
            experiment.window = link::window(text)?;
            Ok(())
        },
        |experiment, fresh, link| {
            if experiment.window != fresh.window {
                let Window { x, y } = experiment.window;
                link.put("window", &link::list(&[x[0], x[1], y[0], y[1]]));
            }
        },
    ),
    Row::one(
        Turn::Runs,
        About {
            key: "runs",
            meaning: "the update rules side by side, with commas between them",
            values: "up to {{runs}} of {{rules}}",
            default: "`gd,momentum`; `gd,gd` in the Minibatches lab",
        },
        |experiment, _, text| {
            experiment.set_rules(&read_rules(text, experiment.lab().kind())?);
            Ok(())
        },
        |experiment, fresh, link| experiment.runs.write_rules(&fresh.runs, link),
    ),
    Row { keys: Keys::OfRuns, turn: Turn::Dials, apart: &[], read: read_run, write: write_runs },
    Row::one(
        Turn::Dials,
        About {
            key: "follow",
            meaning: "the run that the data view and the pseudo code show",
            values: "a run",
            default: "the first that is shown and uses batches",
        },
        |experiment, key, text| {
            if !is_on_data(experiment) {
                return Err(of_no_use(experiment, key));
            }
            Ok(experiment.runs.follow_called(text)?)
        },
        |experiment, _, link| experiment.runs.write_followed(link),
    ),
    Row {
        keys: Keys::Of(&SETTINGS),
        turn: Turn::Dials,
        // One learning rate for all after that of each.
        apart: &[("same", Turn::Last)],
        read: |experiment, key, text| {
            let index = position(&SETTINGS, key).expect("it is one of them");
            if !Setting::belongs(index, experiment.lab()) {
                return Err(of_no_use(experiment, key));
            }
            experiment.set_setting(index, SETTINGS[index].read(text)?);
            Ok(())
        },
        write: |experiment, fresh, link| {
            link.put_changed("", &SETTINGS, experiment.settings(), fresh.settings());
        },
    },
    Row::one(
        Turn::Last,
        About {
            key: "step",
            meaning: "the step at which the clock stands still",
            values: "0 to `steps`",
            default: "the clock plays from the start",
        },
        |experiment, _, text| Ok(experiment.timeline.read(text)?),
        |experiment, _, link| experiment.timeline.write(link),
    ),
    Row::one(
        Turn::Line,
        About {
            key: "line",
            meaning: "the line of the pseudo code at which the clock stands still, beside `step`",
            values: "1 to 10",
            default: "the one that ends the step",
        },
        read_line,
        |experiment, _, link| {
            if let Some(line) = experiment.timeline.line() {
                link.put("line", &line.to_string());
            }
        },
    ),
    Row::one(
        Turn::Dials,
        About {
            key: SCENE_KEY,
            meaning: "the [scene](#scenes) that it was opened as, where something was changed \
                      since: its caption stays",
            values: "the key of a scene of the lab that is about the same surface or problem",
            default: "none",
        },
        |experiment, _, text| {
            let scene = presets::called(text, experiment.presets())?;
            experiment.scene = Some(scene);
            Ok(())
        },
        // Where it is not the scene itself: `link::write` sees to that.
        |_, _, _| {},
    ),
];

/// Whether it is in the Minibatches lab.
fn is_on_data(experiment: &Experiment) -> bool {
    experiment.lab() == LabKind::Minibatches
}

fn of_no_use(experiment: &Experiment, key: &str) -> Fault {
    link::of_no_use(key, experiment.lab().kind().name)
}

fn read_formula(experiment: &mut Experiment, key: &str, text: &str) -> Result<(), Fault> {
    experiment.set_formula(text).map_err(|error: FormulaError| of_formula(key, error))
}

fn read_run(experiment: &mut Experiment, key: &str, text: &str) -> Result<(), Fault> {
    let [run, name] = link::split(key);
    let index = experiment.runs.called(run)?;
    let n = is_on_data(experiment).then(|| experiment.data.len());
    let run = &mut experiment.runs[index];
    if let Some(at) = position(run.rule.parameters, name) {
        let value = run.rule.parameters[at].read(text)?;
        experiment.set_value(index, at, value);
    } else if let (Some(at), Some(_)) = (position(&EXTRAS, name), n) {
        run.extras[at] = EXTRAS[at].read(text)?;
    } else if name == NOISE.key {
        run.noise = NOISE.read(text)?;
    } else {
        run.set(name, text, n)?;
    }
    Ok(())
}

fn write_runs(experiment: &Experiment, fresh: &Experiment, link: &mut LinkText) {
    let mut alike = fresh.clone();
    if experiment.runs.rules_differ(&fresh.runs) {
        alike.set_rules(&experiment.runs.rules());
    }
    let n = is_on_data(experiment).then(|| experiment.data.len());
    for (index, name) in experiment.runs.names().iter().enumerate() {
        let [run, default] = [experiment, &alike].map(|of| &of.runs[index]);
        run.write(&format!("{name}."), default, n, link);
    }
}

/// The line of the pseudo code at which the clock stands: one that runs there. The one that ends
/// the step need not be named.
fn read_line(experiment: &mut Experiment, key: &str, text: &str) -> Result<(), Fault> {
    let lines = Param::new("line", "", "line", [1.0, 10.0], Scale::Integer, 1.0);
    let line = lines.read(text)? as u8;
    let program = experiment.program().ok_or_else(|| of_no_use(experiment, key))?;
    let step = experiment.timeline.stands_at().ok_or_else(|| {
        Fault::harmless(key, "does nothing without a step at which the clock stands still")
    })?;
    let here = Position { step, line };
    if !program.is_reachable(here) {
        let message = format!("cannot be {line}: that line does not run at step {step}");
        return Err(Fault::harmless(key, message));
    }
    experiment.timeline.set_line((program.at(here.step) != here).then_some(line));
    Ok(())
}

/// Learning rates that a link sets, and that one for all runs leaves no room for: the first.
fn overruled(experiment: &Experiment, parts: &[Part]) -> Option<Fault> {
    let names = experiment.runs.names();
    let first = names.first().filter(|_| experiment.is_on(Setting::Same))?;
    let lost = |(run, name): (&RunConfig, &String)| {
        let alpha = &run.rule.parameters[0];
        let key = format!("{name}.{}", alpha.key);
        let (_, text) = parts.iter().find(|(given, _)| *given == key)?;
        (alpha.read(text).ok()? != run.values[0]).then_some(key)
    };
    let key = experiment.runs.iter().zip(&names).skip(1).find_map(lost)?;
    let message = format!("is not taken beside same=yes: all runs have the α of {first}");
    Some(Fault::new(&key, message))
}
