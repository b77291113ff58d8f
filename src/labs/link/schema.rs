//! The table that links are read by, are written by, and are described by in the reference: one row
//! a key, or a family of keys.

use super::text::{LinkText, Part, few, parts, too_long};
use super::{Fault, LONGEST};
use crate::labs::presets::{self, Preset};
use crate::math::param::{HAS_REFERENCE, Param, position};

/// What the reference says of a key: text as in [`crate::export::reference`], where `{{name}}`
/// stands for one of its limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct About {
    /// The key itself.
    pub key: &'static str,
    /// What it sets.
    pub meaning: &'static str,
    /// What may stand behind it.
    pub values: &'static str,
    /// What holds where it is not there.
    pub default: &'static str,
}

impl About {
    const SILENT: Self = Self { key: "", meaning: "", values: "", default: "" };
}

/// The keys of a row.
#[derive(Clone, Copy, Debug)]
pub enum Keys {
    /// One, whose value is a text of its own kind.
    One(About),
    /// Those of these parameters.
    Of(&'static [Param]),
    /// `PLACE.NAME`, for any name.
    In(&'static str),
    /// `RUN.NAME`, for the name of any run: every key with a point that is in no other row.
    OfRuns,
}

/// When a key is read: what bounds, shapes or names others comes before them. A control sets one
/// key at any time; a link's keys are read in this order, whatever their order in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Turn {
    /// What the experiment is about: read by [`Linked::begin`].
    Objective,
    /// The examples, and how many there are.
    Data,
    /// What the examples' classes are called.
    Classes,
    /// What the shape of a net follows from.
    Shape,
    /// Which runs there are.
    Runs,
    /// Dials and settings.
    Dials,
    /// What is within a bound that a setting moves, or overrules dials.
    Last,
    /// A line within a step.
    Line,
}

/// Sets what a key says; the key stands before the text. A sentence that goes on from the key is
/// fault enough: [`set`] puts the key to it.
pub type Read<E> = fn(&mut E, &str, &str) -> Result<(), Fault>;

/// Writes what differs from a fresh experiment, which is the second one.
pub type Write<E> = fn(&E, &E, &mut LinkText);

/// A row of the table of an experiment of kind `E`. A link is written in the order of the rows.
pub struct Row<E: 'static> {
    /// The keys that it is about.
    pub keys: Keys,
    /// When they are read, …
    pub turn: Turn,
    /// … but for these.
    pub apart: &'static [(&'static str, Turn)],
    /// Sets what one of the keys says.
    pub read: Read<E>,
    /// Writes what differs from a fresh experiment, which is given besides.
    pub write: Write<E>,
}

impl<E> Row<E> {
    /// A row about one key.
    pub const fn one(turn: Turn, about: About, read: Read<E>, write: Write<E>) -> Self {
        let about = if HAS_REFERENCE { about } else { About { key: about.key, ..About::SILENT } };
        Self { keys: Keys::One(about), turn, apart: &[], read, write }
    }

    /// Whether a key is one of this row's.
    fn has(&self, key: &str) -> bool {
        match &self.keys {
            Keys::One(about) => about.key == key,
            Keys::Of(params) => position(params, key).is_some(),
            Keys::In(place) => key.split_once('.').is_some_and(|(before, _)| before == *place),
            Keys::OfRuns => key.contains('.'),
        }
    }

    fn turn_of(&self, key: &str) -> Turn {
        let apart = self.apart.iter().find(|(known, _)| *known == key);
        apart.map_or(self.turn, |(_, turn)| *turn)
    }
}

/// An experiment that a link can be read as.
pub trait Linked: Clone + Sized + 'static {
    /// The table of its keys.
    fn rows() -> &'static [Row<Self>];

    /// What is said of a key that no row has: goes on from the key.
    const UNKNOWN_KEY: &'static str;

    /// The experiment that a link is about, all else being fresh: takes the parts that say so.
    fn begin(parts: &mut Vec<Part>, faults: &mut Vec<Fault>) -> Self;

    /// An experiment about the same, all else being fresh.
    fn fresh(&self) -> Self;

    /// Tells what of a link was taken and is then lost.
    fn check(&mut self, _parts: &[Part], _faults: &mut Vec<Fault>) {}

    /// The scenes of its lab.
    fn presets(&self) -> &'static [Preset];

    /// The scene that it was opened as, whatever was changed since.
    fn scene(&self) -> Option<usize>;

    /// Takes it for one that was opened as this scene.
    fn set_scene(&mut self, scene: Option<usize>);
}

/// What stands before the first point of a key of a family, and what behind it.
pub fn split(key: &str) -> [&str; 2] {
    key.split_once('.').map_or([key, ""], |(place, name)| [place, name])
}

/// The keys that have no point in them.
pub fn plain_keys<E: Linked>() -> Vec<&'static str> {
    let of_row = |row: &'static Row<E>| match &row.keys {
        Keys::One(about) => vec![about.key],
        Keys::Of(params) => params.iter().map(|param| &*param.key).collect(),
        Keys::In(_) | Keys::OfRuns => Vec::new(),
    };
    E::rows().iter().flat_map(of_row).filter(|key| !key.contains('.')).collect()
}

/// The row that a key belongs to: the one that names it before one that takes any name.
fn row_of<E: Linked>(key: &str) -> Option<&'static Row<E>> {
    let generality = |row: &&Row<E>| match row.keys {
        Keys::One(_) | Keys::Of(_) => 0,
        Keys::In(_) => 1,
        Keys::OfRuns => 2,
    };
    E::rows().iter().filter(|row| row.has(key)).min_by_key(generality)
}

/// Sets what a link calls `key` to what `text` says: the one door through which links, controls and
/// the command line change an experiment.
///
/// # Errors
/// A sentence about what cannot be taken; then nothing has changed.
pub fn set<E: Linked>(experiment: &mut E, key: &str, text: &str) -> Result<(), Fault> {
    let row = row_of::<E>(key).ok_or_else(|| Fault::new(key, E::UNKNOWN_KEY))?;
    (row.read)(experiment, key, text).map_err(|fault| fault.about(key))
}

/// Reads a link. The experiment is valid whatever the text holds; what could not be taken is
/// told, and the default stands in its place.
pub fn read<E: Linked>(link: &str) -> (E, Vec<Fault>) {
    if link.len() > LONGEST {
        return (E::begin(&mut Vec::new(), &mut Vec::new()), vec![too_long(link)]);
    }
    let (mut parts, mut faults) = parts(link);
    let mut experiment = E::begin(&mut parts, &mut faults);
    let turn = |key: &str| row_of::<E>(key).map_or(Turn::Dials, |row| row.turn_of(key));
    let mut in_turn: Vec<&Part> = parts.iter().collect();
    in_turn.sort_by_cached_key(|(key, _)| turn(key));
    for (key, text) in in_turn {
        if let Err(fault) = set(&mut experiment, key, text) {
            faults.push(fault);
        }
    }
    experiment.check(&parts, &mut faults);
    recognize_scene(&mut experiment);
    (experiment, few(faults))
}

/// What is a scene as it came is that scene, whether a link opens it or changes lead back to it.
pub fn recognize_scene<E: Linked>(experiment: &mut E) {
    if experiment.scene().is_none() {
        let scene = presets::as_it_came(&write(experiment), experiment.presets());
        experiment.set_scene(scene);
    }
}

/// Writes what differs from a fresh experiment. Reading it gives the same experiment, bit for bit.
pub fn write<E: Linked>(experiment: &E) -> String {
    let fresh = experiment.fresh();
    let mut text = LinkText::default();
    for row in E::rows() {
        (row.write)(experiment, &fresh, &mut text);
    }
    presets::signed(text, experiment.presets(), experiment.scene())
}

/// What stands in an address in the place of `data` that are too long for it, see `www/address/kept.js`.
pub const KEPT: About = About {
    key: "data.kept",
    meaning: "stands in the address in place of `data` that are too long for it; the browser tab \
              in which they were given keeps them, and \u{201c}Share\u{201d} gives a link with \
              the data in it",
    values: "written by the page alone",
    default: "none",
};
