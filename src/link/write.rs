//! Writing a link.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use super::{HIDDEN, LOOK};
use crate::data::DATA;
use crate::experiment::data::write_examples;
use crate::experiment::{EXTRAS, Experiment, Ground, LabKind, NOISE, SETTINGS, Setup, batch_of};
use crate::optimizers::Rule;
use crate::param::{Param, write_number};
use crate::surfaces;
use crate::window::Window;

/// What separates the parts of a link, and what a fragment of an address cannot hold.
const ESCAPED: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'`').add(b'%').add(b'&').add(b'#');

/// A link as it grows.
#[derive(Default)]
pub(crate) struct Parts(Vec<String>);

impl Parts {
    /// A further `key=text`.
    pub fn put(&mut self, key: &str, text: &str) {
        let text = utf8_percent_encode(text, ESCAPED);
        self.0.push(format!("{}={text}", utf8_percent_encode(key, ESCAPED)));
    }

    /// Those of these values that are not the default, each with its declaration; what stands
    /// before the key goes before each.
    pub fn put_changed<'a>(
        &mut self,
        before: &str,
        params: impl Iterator<Item = (&'a Param, (f64, f64))>,
    ) {
        for (param, (value, default)) in params {
            if value != default {
                self.put(&format!("{before}{}", param.key), &param.write(value));
            }
        }
    }

    /// The link.
    pub fn link(&self) -> String {
        self.0.join("&")
    }
}

/// Writes what differs from the default. Reading it gives the same experiment, bit for bit.
pub fn write(experiment: &Experiment) -> String {
    let mut parts = Parts::default();
    let mut put = |key: &str, text: &str| parts.put(key, text);
    let formula = experiment.formula();
    let fresh = match experiment.ground {
        Ground::Typed => Experiment::on_formula(formula.clone()),
        Ground::Data { problem, typed: true } => Experiment::on_loss(problem, formula.clone()),
        ground => Experiment::on_ground(ground),
    };
    match experiment.ground {
        Ground::Gallery(surface) if std::ptr::eq(surface, &surfaces::GALLERY[0]) => {}
        Ground::Gallery(surface) => put("surface", surface.key),
        Ground::Typed => put("f", formula.text()),
        Ground::Data { problem, typed } => {
            put("problem", problem.key);
            if typed {
                put("loss", formula.text());
            }
        }
    }
    for (param, value) in experiment.surface_parameters().iter().zip(experiment.surface_values()) {
        if *value != param.default {
            put(&format!("f.{}", param.key), &param.write(*value));
        }
    }
    if experiment.lab() == LabKind::Minibatches {
        if let Some(own) = experiment.data.own() {
            put("data", &write_examples(own));
        }
        let values = experiment.data.values().iter().zip(fresh.data.values());
        for (param, (value, default)) in DATA.iter().zip(values) {
            if value != default {
                put(&format!("data.{}", param.key), &param.write(*value));
            }
        }
    }
    if experiment.start != fresh.start {
        put("start", &list(&experiment.start));
    }
    if experiment.window != fresh.window {
        let Window { x, y } = experiment.window;
        put("window", &list(&[x[0], x[1], y[0], y[1]]));
    }

    let rules: Vec<&'static Rule> = experiment.runs.iter().map(|run| run.rule).collect();
    let keys: Vec<&str> = rules.iter().map(|rule| rule.key).collect();
    let mut untouched = fresh.clone();
    if !fresh.runs.iter().map(|run| run.rule.key).eq(keys.iter().copied()) {
        put("runs", &keys.join(","));
        untouched.set_rules(&rules);
    }
    let names = experiment.names();
    for ((name, run), default) in names.iter().zip(&experiment.runs).zip(&untouched.runs) {
        let values = values_of(experiment, run).into_iter().zip(values_of(experiment, default));
        for ((param, value), (_, default)) in values {
            if value != default {
                put(&format!("{name}.{}", param.key), &param.write(value));
            }
        }
    }
    if let Some(index) = experiment.runs.iter().position(|run| run.followed) {
        put("follow", &names[index]);
    }

    for (index, param) in SETTINGS.iter().enumerate() {
        let (value, default) = (experiment.settings()[index], fresh.settings()[index]);
        if value != default {
            put(&param.key, &param.write(value));
        }
    }
    if let Some(step) = experiment.stopped_at {
        put("step", &step.to_string());
        if let Some(line) = experiment.line {
            put("line", &line.to_string());
        }
    }
    parts.link()
}

/// Everything that can be set in a run, as it is in this one.
fn values_of(experiment: &Experiment, run: &Setup) -> Vec<(Param, f64)> {
    let rule = run.rule.parameters.iter().cloned().zip(run.values.iter().copied());
    let mut all: Vec<(Param, f64)> = rule.collect();
    if experiment.lab() == LabKind::Minibatches {
        let n = experiment.data.len();
        all.push((batch_of(n), run.batch_size(n) as f64));
        all.extend(EXTRAS.iter().cloned().zip(run.extras));
    }
    all.push((NOISE, run.noise));
    all.push((HIDDEN, f64::from(u8::from(run.hidden))));
    all.push((LOOK, (run.look + 1) as f64));
    all
}

fn list(numbers: &[f64]) -> String {
    numbers.iter().map(|number| write_number(*number)).collect::<Vec<_>>().join(",")
}
