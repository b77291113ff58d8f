//! An experiment with nets as a link:
//!
//! ```text
//! net=4,2&data.shape=spiral&runs=gd,momentum&gd.batch=10&momentum.beta=0.9
//! ```
//!
//! `net`, the units of each hidden layer, is what makes a link one of this lab; it is always there.
//! Else only what differs from the default is written, as in the other labs.

use super::NETWORK;
use super::data::{MOST_CLASSES, STANDARDISE, read_rows, write_rows};
use super::experiment::{Edit, FIRST_PAIR, NetExperiment, insert_edit};
use super::presets::PRESETS;
use super::settings::{NET, RUN, SETTINGS_OF_NETS, Setting};
use super::trials;
use crate::data::classes::{CLASSES_KEY, ClassNames, POINT_DATA};
use crate::labs::Kind;
use crate::labs::link::{self, About, Fault, Keys, LinkText, Linked, Part, Row, Turn};
use crate::labs::presets::{self, Preset, SCENE_KEY};
use crate::labs::runs::read_rules;
use crate::math::param::{Param, position, quoted, read_number, too_many, write_number};
use crate::math::window::Window;
use crate::network::Features;

/// The key that makes a link one of this lab.
pub const NET_KEY: &str = "net";
/// The key of the chosen weight's name.
pub const WEIGHT_KEY: &str = "weight";
/// The key of the names of the two weights that span the plane.
pub const PAIR_KEY: &str = "pair";

/// The key of the part of a map that is in view.
pub const WINDOW_KEY: &str = "window";

/// Whether one's own y are values, though they could be classes.
pub const AS_VALUES: Param = Param::switch("values", "y are values", false)
    .about("whether one's own y are values, though they could be classes");

/// The most weights that are set by hand.
pub const MOST_EDITS: usize = 1000;

/// Whether a link is one of this lab.
pub fn is_of_nets(link: &str) -> bool {
    Kind::of_link(link) == &NETWORK
}

/// Reads a link. The experiment is valid whatever the text holds; what could not be taken is told,
/// and the default stands in its place.
pub fn read(link: &str) -> (NetExperiment, Vec<Fault>) {
    link::read_as(link)
}

/// Writes a link. Reading it gives the same experiment, bit for bit.
pub fn write(experiment: &NetExperiment) -> String {
    link::write_as(experiment)
}

impl Linked for NetExperiment {
    const UNKNOWN_KEY: &'static str = "is not a key of a link with a net";

    fn rows() -> &'static [Row<Self>] {
        &ROWS
    }

    fn begin(_parts: &mut Vec<Part>, _faults: &mut Vec<Fault>) -> Self {
        Self::default()
    }

    fn fresh(&self) -> Self {
        Self::default()
    }

    fn check(&mut self, _parts: &[Part], faults: &mut Vec<Fault>) {
        faults.extend(self.late_edit());
    }

    fn presets(&self) -> &'static [Preset] {
        PRESETS
    }

    fn scene(&self) -> Option<usize> {
        self.scene
    }

    fn set_scene(&mut self, scene: Option<usize>) {
        self.scene = scene;
    }
}

/// The keys, in the order in which a link has them.
static ROWS: [Row<NetExperiment>; 16] = [
    Row::one(
        Turn::Shape,
        About {
            key: NET_KEY,
            meaning: "the units of each hidden layer",
            values: "up to {{layers}} of 1 to {{units}} with commas between them, or `none`",
            default: "always there",
        },
        |nets, _, text| Ok(nets.set_hidden(read_hidden(text)?)?),
        |nets, _, link| link.put(NET_KEY, &write_hidden(nets.hidden())),
    ),
    Row::one(
        Turn::Data,
        About {
            key: "data",
            meaning: "examples of one's own, `x1,x2,y;…`, from one column x to {{columns}}; \
                      y that are all 0 to {{last class}} are classes",
            values: "1 to {{examples}} examples, −{{far}} to {{far}}",
            default: "none",
        },
        |nets, _, text| {
            let rows = read_rows(text)?;
            nets.reshape(&mut |nets| nets.data.set_own(Some(rows.clone())));
            Ok(())
        },
        |nets, _, link| {
            if let Some(own) = nets.data.own() {
                link.put("data", &write_rows(own));
            }
        },
    ),
    Row {
        keys: Keys::In("data"),
        turn: Turn::Dials,
        apart: &[
            ("data.shape", Turn::Data),
            ("data.values", Turn::Shape),
            ("data.n", Turn::Shape),
            ("data.train", Turn::Shape),
        ],
        read: read_data_dial,
        write: |nets, _, link| {
            let data = &nets.data;
            link.put_changed("data.", &POINT_DATA, &data.values(), &data.defaults());
            let switches = [data.standardise, data.as_values()].map(|on| f64::from(u8::from(on)));
            link.put_changed("data.", &[STANDARDISE, AS_VALUES], &switches, &[0.0; 2]);
        },
    },
    Row::one(
        Turn::Classes,
        About {
            key: CLASSES_KEY,
            meaning: "what the classes 0, 1, … of one's own examples are called, `no,yes`",
            values: "up to {{classes}} names with commas between them; a comma or a percent sign \
                     in a name is `%252C` or `%2525`: percent-encoded once as part of the name, \
                     and once as part of the link",
            default: "`0,1,…`",
        },
        |nets, _, text| {
            if nets.data.own().is_none() {
                return Err("belongs to data of one's own".into());
            }
            let names = ClassNames::read(text, MOST_CLASSES)?;
            nets.reshape(&mut |nets| nets.data.set_names(names.clone()));
            Ok(())
        },
        |nets, _, link| {
            if !nets.data.names().all().is_empty() {
                link.put(CLASSES_KEY, &nets.data.names().write());
            }
        },
    ),
    Row::one(
        Turn::Shape,
        About {
            key: "features",
            meaning: "the inputs made of x₁ and x₂",
            values: "some of [the inputs](#inputs-of-a-net)",
            default: "`x1,x2`; `x1` where x has one column",
        },
        |nets, _, text| {
            if nets.data.columns() > 2 {
                return Err("belongs to data with one or two columns x".into());
            }
            nets.set_features(Features::read(text)?);
            Ok(())
        },
        |nets, _, link| {
            if nets.data.columns() <= 2 && nets.features() != nets.default_features() {
                link.put("features", &nets.features().write());
            }
        },
    ),
    Row {
        keys: Keys::Of(&NET),
        turn: Turn::Dials,
        apart: &[("output", Turn::Shape)],
        read: |nets, key, text| {
            let index = position(&NET, key).expect("it is one of them");
            nets.set_net(index, NET[index].read(text)?);
            Ok(())
        },
        write: |nets, fresh, link| {
            link.put_changed("", &NET, nets.net_values(), fresh.net_values());
        },
    },
    Row::one(
        Turn::Runs,
        About {
            key: "runs",
            meaning: "the update rules side by side, with commas between them",
            values: "up to {{nets}} of {{rules of nets}}",
            default: "`gd,gd,momentum`",
        },
        |nets, _, text| {
            nets.set_rules(&read_rules(text, &NETWORK)?);
            Ok(())
        },
        |nets, fresh, link| nets.runs.write_rules(&fresh.runs, link),
    ),
    Row { keys: Keys::OfRuns, turn: Turn::Dials, apart: &[], read: read_run, write: write_runs },
    Row::one(
        Turn::Dials,
        About {
            key: "follow",
            meaning: "the run whose net is shown",
            values: "a run",
            default: "the first that is shown",
        },
        |nets, _, text| Ok(nets.runs.follow_called(text)?),
        |nets, _, link| nets.runs.write_followed(link),
    ),
    Row::one(
        Turn::Last,
        About {
            key: WEIGHT_KEY,
            meaning: "the weight that is chosen, such as `w2.1.3` or `b2.1`: into unit 1 of \
                      layer 2 from unit 3 of the layer below, or that unit's bias",
            values: "a weight of the net",
            default: "`w1.1.1`",
        },
        |nets, _, text| {
            nets.weight = nets.architecture().named(text).map_err(plain)?;
            Ok(())
        },
        |nets, _, link| {
            if nets.weight != 0 {
                link.put(WEIGHT_KEY, &name_of_weight(nets, nets.weight));
            }
        },
    ),
    Row::one(
        Turn::Last,
        About {
            key: PAIR_KEY,
            meaning: "the two weights that span the plane",
            values: "two weights with a comma between them",
            default: "`w1.1.1` and the next",
        },
        |nets, _, text| {
            nets.pair = read_pair(nets, text)?;
            Ok(())
        },
        |nets, _, link| {
            if nets.pair != FIRST_PAIR {
                link.put(PAIR_KEY, &nets.pair.map(|index| name_of_weight(nets, index)).join(","));
            }
        },
    ),
    Row::one(
        Turn::Dials,
        About {
            key: WINDOW_KEY,
            meaning: "the part of the map over α and the initial scale (`by=alphainit`) that is in view: \
                      `left,right,bottom,top`, as powers of ten",
            values: "powers of ten of what α and `init.scale` can be",
            default: "`{{net window}}`",
        },
        |nets, _, text| {
            nets.window = within(link::window(text)?)?;
            Ok(())
        },
        |nets, fresh, link| {
            if nets.window != fresh.window {
                let Window { x, y } = nets.window;
                link.put(WINDOW_KEY, &link::list(&[x[0], x[1], y[0], y[1]]));
            }
        },
    ),
    Row {
        keys: Keys::Of(&SETTINGS_OF_NETS),
        turn: Turn::Dials,
        apart: &[],
        read: |nets, key, text| {
            let index = position(&SETTINGS_OF_NETS, key).expect("it is one of them");
            let value = SETTINGS_OF_NETS[index].read(text)?;
            nets.set_setting(index, value);
            Ok(())
        },
        write: |nets, fresh, link| {
            link.put_changed("", &SETTINGS_OF_NETS, nets.settings(), fresh.settings());
        },
    },
    Row::one(
        Turn::Last,
        About {
            key: "hand",
            meaning: "weights set by hand, `TICK,WEIGHT,VALUE;…`, with `,RUN` behind it where it \
                      is one run alone",
            values: "up to {{edits}}",
            default: "none",
        },
        |nets, _, text| {
            nets.edits = nets.read_edits(text)?;
            Ok(())
        },
        |nets, _, link| {
            if !nets.edits.is_empty() {
                link.put("hand", &nets.write_edits());
            }
        },
    ),
    Row::one(
        Turn::Last,
        About {
            key: "step",
            meaning: "the tick at which the clock stands still",
            values: "0 to `steps`",
            default: "the clock plays from the start",
        },
        |nets, _, text| Ok(nets.timeline.read(text)?),
        |nets, _, link| nets.timeline.write(link),
    ),
    Row::one(
        Turn::Dials,
        About {
            key: SCENE_KEY,
            meaning: "the [scene](#scenes) that it was opened as, where something was changed \
                      since: its caption stays",
            values: "the key of a scene of the lab",
            default: "none",
        },
        |nets, _, text| {
            nets.scene = Some(presets::called(text, PRESETS)?);
            Ok(())
        },
        // Where it is not the scene itself: `link::write` sees to that.
        |_, _, _| {},
    ),
];

fn read_data_dial(nets: &mut NetExperiment, key: &str, text: &str) -> Result<(), Fault> {
    let [_, name] = link::split(key);
    if let Some(index) = position(&POINT_DATA, name) {
        let value = POINT_DATA[index].read(text)?;
        nets.reshape(&mut |nets| nets.data.set(index, value));
    } else if name == STANDARDISE.key {
        nets.data.standardise = STANDARDISE.read(text)? != 0.0;
    } else if name == AS_VALUES.key {
        let on = AS_VALUES.read(text)? != 0.0;
        nets.reshape(&mut |nets| nets.data.set_as_values(on));
    } else {
        return Err("is not a parameter of data".into());
    }
    Ok(())
}

fn read_run(nets: &mut NetExperiment, key: &str, text: &str) -> Result<(), Fault> {
    let [run, name] = link::split(key);
    let n = nets.data.training();
    let index = nets.runs.called(run)?;
    let run = &mut nets.runs[index];
    if let Some(at) = position(run.rule.parameters, name) {
        run.values[at] = run.rule.parameters[at].read(text)?;
    } else if let Some(at) = position(&RUN, name) {
        run.of_net[at] = RUN[at].read(text)?;
    } else {
        run.set(name, text, Some(n))?;
    }
    Ok(())
}

fn write_runs(nets: &NetExperiment, fresh: &NetExperiment, link: &mut LinkText) {
    let mut alike = fresh.clone();
    if nets.runs.rules_differ(&fresh.runs) {
        alike.set_rules(&nets.runs.rules());
    }
    let n = nets.data.training();
    for (index, name) in nets.runs.names().iter().enumerate() {
        let before = format!("{name}.");
        let [run, default] = [nets, &alike].map(|of| &of.runs[index]);
        run.write(&before, default, Some(n), link);
        link.put_changed(&before, &RUN, &run.of_net, &default.of_net);
    }
}

/// A window within what the dials can be, and not so narrow that its places have no numbers of their
/// own.
fn within(window: Window) -> Result<Window, String> {
    let most = trials::REACH;
    let is_within = |[low, high]: [f64; 2], [least, most]: [f64; 2]| least <= low && high <= most;
    let is_wide = window.width().min(window.height()) >= trials::NARROWEST;
    if is_within(window.x, most.x) && is_within(window.y, most.y) && is_wide {
        return Ok(window);
    }
    let [x, y] = [most.x, most.y].map(|ends| link::list(&ends));
    let least = write_number(trials::NARROWEST);
    Err(format!("must lie within {x},{y} and be at least {least} wide and high"))
}

fn name_of_weight(nets: &NetExperiment, index: usize) -> String {
    nets.architecture().name(index).unwrap_or_default()
}

fn read_pair(nets: &NetExperiment, text: &str) -> Result<[usize; 2], String> {
    let net = nets.architecture();
    let named = |name: &str| net.named(name).map_err(plain);
    let (a, b) = text.split_once(',').ok_or("must be two weights with a comma between them")?;
    let [a, b] = [named(a)?, named(b)?];
    if a == b {
        return Err("must be two different weights".into());
    }
    Ok([a, b])
}

impl NetExperiment {
    /// Sets what a link calls `key` to what `text` says.
    ///
    /// # Errors
    /// A sentence about what cannot be taken; then nothing has changed.
    pub fn set(&mut self, key: &str, text: &str) -> Result<(), Fault> {
        link::set(self, key, text)
    }

    /// What is to be said of a weight that is set at a tick that the clock does not come to.
    fn late_edit(&self) -> Option<Fault> {
        let steps = self.steps();
        let edit = self.edits.iter().find(|edit| edit.tick > steps)?;
        let (weight, tick) = (self.architecture().name(edit.index)?, edit.tick);
        let message = format!(
            "sets {weight} at {tick}, and the clock ends at {steps}: until “steps” is {tick} or \
             more it does nothing"
        );
        Some(Fault::harmless("hand", message))
    }

    /// Weights set by hand, `TICK,WEIGHT,VALUE;…`, a run behind it where it is not all runs.
    fn read_edits(&self, text: &str) -> Result<Vec<Edit>, String> {
        let net = self.architecture();
        let names = self.runs.names();
        // No clock goes further.
        let last = SETTINGS_OF_NETS[Setting::Steps as usize].range[1] as usize;
        let edit = |part: &str| {
            let mut words = part.split(',');
            let tick = words.next()?.parse().ok().filter(|tick| *tick <= last)?;
            let index = net.named(words.next()?).ok()?;
            let value =
                read_number(words.next()?).ok().filter(|x| x.abs() <= link::MAX_COORDINATE)?;
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

    fn write_edits(&self) -> String {
        let (net, names) = (self.architecture(), self.runs.names());
        let edit = |Edit { tick, index, value, run }: &Edit| {
            let name = net.name(*index).unwrap_or_default();
            let of_run = run.map_or(String::new(), |run| format!(",{}", names[run]));
            format!("{tick},{name},{}{of_run}", write_number(*value))
        };
        self.edits.iter().map(edit).collect::<Vec<_>>().join(";")
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
