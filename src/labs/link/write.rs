//! Writing a link.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use super::{HIDDEN, LOOK};
use crate::data::DATA;
use crate::data::classes::CLASSES_KEY;
use crate::labs::experiment::data::write_examples;
use crate::labs::experiment::{
    EXTRAS, Experiment, Ground, LabKind, NOISE, SETTINGS, Setup, batch_of,
};
use crate::labs::presets;
use crate::math::param::{Param, write_number};
use crate::math::window::Window;
use crate::objective::surfaces;
use crate::optimizers::Rule;

/// What separates the parts of a link, and what a fragment of an address cannot hold.
const ESCAPED: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'`').add(b'%').add(b'&').add(b'#');

/// A link as it grows.
#[derive(Default)]
pub(crate) struct Parts(String);

impl Parts {
    /// A further `key=text`.
    pub fn put(&mut self, key: &str, text: &str) {
        if !self.0.is_empty() {
            self.0.push('&');
        }
        self.escape(key);
        self.0.push('=');
        self.escape(text);
    }

    fn escape(&mut self, text: &str) {
        for piece in utf8_percent_encode(text, ESCAPED) {
            self.0.push_str(piece);
        }
    }

    /// Those of these values that are not the default, each with its declaration; what stands
    /// before the key goes before each.
    pub fn put_changed(
        &mut self,
        before: &str,
        params: &[Param],
        values: &[f64],
        defaults: &[f64],
    ) {
        for (at, param) in params.iter().enumerate() {
            if values[at] != defaults[at] {
                self.put(&[before, &param.key].concat(), &param.write(values[at]));
            }
        }
    }

    /// What sets a run apart from its default; on data with the number n of examples.
    pub fn put_run(&mut self, before: &str, run: &Setup, default: &Setup, n: Option<usize>) {
        self.put_changed(before, run.rule.parameters, &run.values, &default.values);
        if let Some(n) = n {
            let size = |run: &Setup| [run.batch_size(n) as f64];
            self.put_changed(before, &[batch_of(n)], &size(run), &size(default));
            self.put_changed(before, &EXTRAS, &run.extras, &default.extras);
        }
        let others = |run: &Setup| {
            let hidden = f64::from(u8::from(run.hidden));
            [run.noise, hidden, (run.look + 1) as f64]
        };
        self.put_changed(before, &[NOISE, HIDDEN, LOOK], &others(run), &others(default));
    }

    /// The rules of these runs.
    pub fn put_rules(&mut self, rules: &[&'static Rule]) {
        let keys: Vec<&str> = rules.iter().map(|rule| rule.key).collect();
        self.put("runs", &keys.join(","));
    }

    /// The link so far.
    pub fn text(&self) -> &str {
        &self.0
    }

    /// The link.
    pub fn link(self) -> String {
        self.0
    }
}

/// The rules of some runs.
pub(crate) fn rules_of(runs: &[Setup]) -> Vec<&'static Rule> {
    runs.iter().map(|run| run.rule).collect()
}

/// Whether two runs, one for one, have the same rules.
pub(crate) fn same_rules(rules: &[&'static Rule], runs: &[Setup]) -> bool {
    rules.len() == runs.len() && rules.iter().zip(runs).all(|(rule, run)| rule.key == run.rule.key)
}

/// Writes what differs from the default. Reading it gives the same experiment, bit for bit.
pub fn write(experiment: &Experiment) -> String {
    let mut parts = Parts::default();
    let formula = experiment.formula();
    let mut fresh = match experiment.ground {
        Ground::Typed => Experiment::on_formula(formula.clone()),
        Ground::Data { problem, typed: true } => Experiment::on_loss(problem, formula.clone()),
        ground => Experiment::on_ground(ground),
    };
    match experiment.ground {
        Ground::Gallery(surface) if std::ptr::eq(surface, &surfaces::GALLERY[0]) => {}
        Ground::Gallery(surface) => parts.put("surface", surface.key),
        Ground::Typed => parts.put("f", formula.text()),
        Ground::Data { problem, typed } => {
            parts.put("problem", problem.key);
            if typed {
                parts.put("loss", formula.text());
            }
        }
    }
    for (param, value) in experiment.surface_parameters().iter().zip(experiment.surface_values()) {
        parts.put_changed("f.", std::slice::from_ref(param), &[*value], &[param.default]);
    }
    let on_data = experiment.lab() == LabKind::Minibatches;
    if on_data {
        if let Some(own) = experiment.data.own() {
            parts.put("data", &write_examples(own));
        }
        let names = experiment.data.names();
        if !names.all().is_empty() {
            parts.put(CLASSES_KEY, &names.write());
        }
        parts.put_changed("data.", &DATA, experiment.data.values(), fresh.data.values());
    }
    if experiment.start != fresh.start {
        parts.put("start", &list(&experiment.start));
    }
    if experiment.window != fresh.window {
        let Window { x, y } = experiment.window;
        parts.put("window", &list(&[x[0], x[1], y[0], y[1]]));
    }

    let rules = rules_of(&experiment.runs);
    if !same_rules(&rules, &fresh.runs) {
        parts.put_rules(&rules);
        fresh.set_rules(&rules);
    }
    let names = experiment.names();
    let n = on_data.then(|| experiment.data.len());
    for (index, name) in names.iter().enumerate() {
        let [run, default] = [experiment, &fresh].map(|of| &of.runs[index]);
        parts.put_run(&[name, "."].concat(), run, default, n);
    }
    if let Some(index) = experiment.runs.iter().position(|run| run.followed) {
        parts.put("follow", &names[index]);
    }

    parts.put_changed("", &SETTINGS, experiment.settings(), fresh.settings());
    if let Some(step) = experiment.stopped_at {
        parts.put("step", &step.to_string());
        if let Some(line) = experiment.line {
            parts.put("line", &line.to_string());
        }
    }
    presets::signed(parts, presets::of(experiment.lab()), experiment.scene)
}

fn list(numbers: &[f64]) -> String {
    numbers.iter().map(|number| write_number(*number)).collect::<Vec<_>>().join(",")
}
