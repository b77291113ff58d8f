//! An experiment with nets as a link:
//!
//! ```text
//! net=4,2&data.shape=spiral&runs=gd,momentum&gd.batch=10&momentum.beta=0.9
//! ```
//!
//! `net`, the units of each hidden layer, is what makes a link one of this lab; it is always there.
//! Else only what differs from the default is written, as in the other labs.

use super::NetKey;
use super::data::{MOST_CLASSES, STANDARDISE, read_rows, write_rows};
use super::experiment::{Edit, FIRST_PAIR, MOST_NETS, NetExperiment, insert_edit};
use super::presets::PRESETS;
use super::settings::{NET, RUN, SETTINGS_OF_NETS, Setting};
use crate::data::classes::{CLASSES_KEY, ClassNames, PLAN};
use crate::labs::link::{self, Fault, Parts};
use crate::labs::presets;
use crate::math::param::{Param, Scale, position, quoted, read_number, too_many, write_number};
use crate::network::Features;

/// The key that makes a link one of this lab.
pub const NET_KEY: &str = "net";
/// The key of the chosen weight's name.
pub const WEIGHT_KEY: &str = "weight";
/// The key of the names of the two weights that span the plane.
pub const PAIR_KEY: &str = "pair";

/// Whether one's own y are values, though they could be classes.
pub const AS_VALUES: Param = Param::switch("values", "y are values", false)
    .about("whether one's own y are values, though they could be classes");

/// The most weights that are set by hand.
pub const MOST_EDITS: usize = 1000;

/// Whether a link is one of this lab.
pub fn is_of_nets(link: &str) -> bool {
    link.split('&').any(|part| part.split('=').next() == Some(NET_KEY))
}

/// Reads a link. The experiment is valid whatever the text holds; what could not be taken is told,
/// and the default stands in its place.
pub fn read(link: &str) -> (NetExperiment, Vec<Fault>) {
    let mut experiment = NetExperiment::default();
    if let Some(fault) = link::too_long(link) {
        return (experiment, vec![fault]);
    }
    let (parts, mut faults) = link::parts(link);
    // Data before the net that learns them, the net before its weights, runs before their dials.
    let turn = |key: &str| match key {
        "data" | "data.shape" => 0,
        CLASSES_KEY => 1,
        "data.values" | NET_KEY | "features" | "output" | "data.n" | "data.train" => 2,
        "runs" => 3,
        "hand" | PAIR_KEY | WEIGHT_KEY | "step" => 5,
        _ => 4,
    };
    for now in 0..6 {
        for (key, text) in parts.iter().filter(|(key, _)| turn(key) == now) {
            if let Err(fault) = experiment.set(key, text) {
                faults.push(fault);
            }
        }
    }
    experiment.scene =
        experiment.scene.or_else(|| presets::as_it_came(&write(&experiment), PRESETS));
    (experiment, link::few(faults))
}

impl NetExperiment {
    /// Sets what a link calls `key` to what `text` says.
    ///
    /// # Errors
    /// A sentence about what cannot be taken; then nothing has changed.
    pub fn set(&mut self, key: &str, text: &str) -> Result<(), Fault> {
        self.take(key, text).map_err(|message| Fault::new(key, message))
    }

    fn take(&mut self, key: &str, text: &str) -> Result<(), String> {
        let Some(known) = NetKey::called(key) else { return self.take_dial(key, text) };
        match known {
            NetKey::Net => self.set_hidden(read_hidden(text)?)?,
            NetKey::Features if self.data.columns() > 2 => {
                return Err("belongs to data with one or two columns x".into());
            }
            NetKey::Features => self.set_features(Features::read(text)?),
            NetKey::Data => {
                let rows = read_rows(text)?;
                self.reshape(&mut |experiment| experiment.data.set_own(Some(rows.clone())));
            }
            NetKey::Classes if self.data.own().is_none() => {
                return Err("belongs to data of one's own".into());
            }
            NetKey::Classes => {
                let names = ClassNames::read(text, MOST_CLASSES)?;
                self.reshape(&mut |experiment| experiment.data.set_names(names.clone()));
            }
            NetKey::Runs => self.set_rules(&link::rules(text, MOST_NETS)?),
            NetKey::Follow => {
                let index = self.names().iter().position(|name| name == text);
                let none = || format!("must be a run, and there is no {}", quoted(text));
                self.follow(index.ok_or_else(none)?);
            }
            NetKey::Weight => self.weight = self.architecture().named(text).map_err(plain)?,
            NetKey::Pair => {
                let net = self.architecture();
                let named = |name: &str| net.named(name).map_err(plain);
                let (a, b) =
                    text.split_once(',').ok_or("must be two weights with a comma between them")?;
                let [a, b] = [named(a)?, named(b)?];
                if a == b {
                    return Err("must be two different weights".into());
                }
                self.pair = [a, b];
            }
            NetKey::Scene => self.scene = Some(presets::called(text, PRESETS)?),
            NetKey::Hand => self.edits = self.read_edits(text)?,
            NetKey::Step => {
                let steps = self.steps() as f64;
                let step = Param::new("step", "", "step", [0.0, steps], Scale::Integer, 0.0);
                self.stopped_at = Some(step.read(text)? as u32);
            }
        }
        Ok(())
    }

    fn take_dial(&mut self, key: &str, text: &str) -> Result<(), String> {
        if let Some(index) = position(&SETTINGS_OF_NETS, key) {
            self.set_setting(index, SETTINGS_OF_NETS[index].read(text)?);
            return Ok(());
        }
        if let Some(index) = position(&NET, key) {
            self.set_net(index, NET[index].read(text)?);
            return Ok(());
        }
        let (place, name) = key.split_once('.').ok_or("is not a key of a link with a net")?;
        if place == "data" {
            let index = position(&PLAN, name);
            if let Some(index) = index {
                let value = PLAN[index].read(text)?;
                self.reshape(&mut |experiment| experiment.data.set(index, value));
            } else if name == STANDARDISE.key {
                self.data.standardise = STANDARDISE.read(text)? != 0.0;
            } else if name == AS_VALUES.key {
                let on = AS_VALUES.read(text)? != 0.0;
                self.reshape(&mut |experiment| experiment.data.set_as_values(on));
            } else {
                return Err("is not a parameter of data".into());
            }
            return Ok(());
        }
        let n = self.data.training();
        let index = link::run_called(&self.names(), place)?;
        let run = &mut self.runs[index];
        if let Some(at) = position(run.rule.parameters, name) {
            run.values[at] = run.rule.parameters[at].read(text)?;
        } else if let Some(at) = position(&RUN, name) {
            run.of_net[at] = RUN[at].read(text)?;
        } else {
            link::set_of_run(run, name, text, Some(n))?;
        }
        Ok(())
    }

    /// Weights set by hand, `TICK,WEIGHT,VALUE;…`, a run behind it where it is not all runs.
    fn read_edits(&self, text: &str) -> Result<Vec<Edit>, String> {
        let net = self.architecture();
        let names = self.names();
        // No clock goes further.
        let last = SETTINGS_OF_NETS[Setting::Steps as usize].range[1] as usize;
        let edit = |part: &str| {
            let mut words = part.split(',');
            let tick = words.next()?.parse().ok().filter(|tick| *tick <= last)?;
            let index = net.named(words.next()?).ok()?;
            let value = read_number(words.next()?).ok().filter(|x| x.abs() <= link::FARTHEST)?;
            let run = match words.next() {
                Some(run) => Some(names.iter().position(|name| name == run)?),
                None => None,
            };
            words.next().is_none().then_some(Edit { tick, index, value: value + 0.0, run })
        };
        let wrong = |part: &str| {
            format!(
                "must be TICK,WEIGHT,VALUE or TICK,WEIGHT,VALUE,RUN, and {} is not",
                quoted(part)
            )
        };
        let mut edits = Vec::new();
        let count = text.split(';').count();
        if count > MOST_EDITS {
            return Err(too_many("weights", MOST_EDITS, count));
        }
        for part in text.split(';') {
            insert_edit(&mut edits, edit(part).ok_or_else(|| wrong(part))?);
        }
        Ok(edits)
    }
}

/// The units of each hidden layer, `4,2`, or `none`.
fn read_hidden(text: &str) -> Result<Vec<usize>, String> {
    if text.trim() == "none" {
        return Ok(Vec::new());
    }
    let units = |part: &str| part.trim().parse::<usize>().ok();
    let wrong = || {
        format!(
            "must be the units of each hidden layer, such as 4,2, or none, and {} is not",
            quoted(text)
        )
    };
    text.split(',').map(|part| units(part).ok_or_else(wrong)).collect()
}

/// A sentence without its full stop, to go on from a key.
fn plain(sentence: String) -> String {
    format!("cannot be taken: {}", sentence.trim_end_matches('.'))
}

/// The units of each hidden layer, as [`read`] takes them.
pub fn write_hidden(hidden: &[usize]) -> String {
    if hidden.is_empty() {
        return "none".to_owned();
    }
    let mut text = String::new();
    for units in hidden {
        if !text.is_empty() {
            text.push(',');
        }
        text.push_str(&units.to_string());
    }
    text
}

/// Writes a link. Reading it gives the same experiment, bit for bit.
pub fn write(experiment: &NetExperiment) -> String {
    let mut fresh = NetExperiment::default();
    let mut link = Parts::default();
    link.put(NET_KEY, &write_hidden(experiment.hidden()));
    let data = &experiment.data;
    if let Some(own) = data.own() {
        link.put("data", &write_rows(own));
    }
    link.put_changed("data.", &PLAN, &data.values(), &data.defaults());
    let switches = [data.standardise, data.as_values()].map(|on| f64::from(u8::from(on)));
    link.put_changed("data.", &[STANDARDISE, AS_VALUES], &switches, &[0.0; 2]);
    if !data.names().all().is_empty() {
        link.put(CLASSES_KEY, &data.names().write());
    }
    if data.columns() <= 2 && experiment.features() != experiment.default_features() {
        link.put("features", &experiment.features().write());
    }
    link.put_changed("", &NET, experiment.net_values(), fresh.net_values());

    let rules = link::rules_of(&experiment.runs);
    if !link::same_rules(&rules, &fresh.runs) {
        link.put_rules(&rules);
        fresh.set_rules(&rules);
    }
    let names = experiment.names();
    for (index, name) in names.iter().enumerate() {
        let [run, default] = [experiment, &fresh].map(|of| &of.runs[index]);
        let before = [name, "."].concat();
        link.put_run(&before, run, default, Some(data.training()));
        link.put_changed(&before, &RUN, &run.of_net, &default.of_net);
    }
    if let Some(index) = experiment.runs.iter().position(|run| run.followed) {
        link.put("follow", &names[index]);
    }
    let net = experiment.architecture();
    let name = |index: usize| net.name(index).unwrap_or_default();
    if experiment.weight != 0 {
        link.put(WEIGHT_KEY, &name(experiment.weight));
    }
    if experiment.pair != FIRST_PAIR {
        link.put(PAIR_KEY, &experiment.pair.map(name).join(","));
    }
    link.put_changed("", &SETTINGS_OF_NETS, experiment.settings(), fresh.settings());
    let mut edits = String::new();
    for Edit { tick, index, value, run } in &experiment.edits {
        if !edits.is_empty() {
            edits.push(';');
        }
        edits += &format!("{tick},{},{}", name(*index), write_number(*value));
        if let Some(run) = run {
            edits.push(',');
            edits += &names[*run];
        }
    }
    if !edits.is_empty() {
        link.put("hand", &edits);
    }
    if let Some(step) = experiment.stopped_at {
        link.put("step", &step.to_string());
    }
    presets::signed(link, PRESETS, experiment.scene)
}
