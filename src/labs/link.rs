//! A link is an experiment as text: what follows `#` in the page's address.
//!
//! ```text
//! surface=rosenbrock&f.b=50&runs=gd,momentum,momentum&momentum2.beta=0.9&steps=500
//! problem=linear&data.n=40&runs=gd,gd&gd2.batch=4
//! ```
//!
//! Only what differs from the default is written. Whatever is read becomes a valid experiment,
//! and each key that could not be taken becomes a [`Fault`].

mod schema;
mod text;
mod values;

use std::borrow::Cow;
use std::fmt;

use crate::labs::planar::experiment::{SETTINGS, Setting};
use crate::math::param::quoted;

pub use crate::labs::planar::experiment::link::{read, write};
pub use schema::{About, KEPT, Keys, Linked, Row, Turn};
pub(crate) use schema::{
    plain_keys, read as read_as, recognize_scene, set, split, write as write_as,
};
pub use text::{LinkText, Part};
pub use values::{list, point, window};

/// The longest link that is looked at, in bytes. No experiment has a longer one: 2,000 examples of
/// seven numbers to the last bit and 1,000 weights set by hand fit.
pub const LONGEST: usize = 500_000;

/// The longest link, in bytes, that mail, chats and learning platforms are known to leave whole.
pub const SENDABLE: usize = 8_000;

/// The largest coordinate of a start or a window.
pub const MAX_COORDINATE: f64 = 1e9;

/// The narrowest window, relative to the distance of its edges from 0: f64 resolves it well.
pub const NARROWEST: f64 = 1e-9;

/// A part of a link, or a value from a control, that could not be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The key it was for, such as `gd.alpha`; empty if it is the link as a whole.
    pub key: String,
    /// What is wrong with it, going on from the key: "must lie between 0 and 1, and …".
    pub message: String,
    /// Where in a formula, counted in characters from 1.
    pub column: Option<usize>,
    /// Whether nothing is lost with it: it would have done nothing.
    pub is_harmless: bool,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let Self { key, message, column, .. } = self;
        match column {
            Some(column) => write!(f, "{key}, column {column}: {message}"),
            None if key.is_empty() => write!(f, "{message}."),
            None => write!(f, "{key} {message}."),
        }
    }
}

impl Fault {
    pub(crate) fn new(key: &str, message: impl Into<String>) -> Self {
        let key = quoted_key(key).into_owned();
        Self { key, message: message.into(), column: None, is_harmless: false }
    }

    /// About a key without which everything is as it would be with it.
    pub(crate) fn harmless(key: &str, message: impl Into<String>) -> Self {
        Self { is_harmless: true, ..Self::new(key, message) }
    }

    /// The same of this key, unless it is of one already.
    pub(crate) fn about(self, key: &str) -> Self {
        if self.key.is_empty() { Self { key: quoted_key(key).into_owned(), ..self } } else { self }
    }

    /// What is wrong with the link as a whole.
    pub(crate) fn whole(message: String) -> Self {
        Self { key: String::new(), message, column: None, is_harmless: false }
    }
}

/// What goes on from a key that is yet to be said, see `schema::set`.
impl From<String> for Fault {
    fn from(message: String) -> Self {
        Self::whole(message)
    }
}

impl From<&str> for Fault {
    fn from(message: &str) -> Self {
        Self::whole(message.to_owned())
    }
}

/// A key as it may stand in a message: plain keys bare, anything else in quotes and cut short.
fn quoted_key(key: &str) -> Cow<'_, str> {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '.' || c == '-';
    if !key.is_empty() && key.len() <= 40 && key.chars().all(plain) {
        key.into()
    } else {
        quoted(key).into()
    }
}

/// The part of an address that is the link: what follows the first `#`, or failing that the first
/// `?`, which people write in its place; of what is no address all.
pub fn of_address(address: &str) -> &str {
    if let Some((_, link)) = address.split_once('#') {
        return link;
    }
    if ["http://", "https://", "?"].iter().any(|start| address.starts_with(start)) {
        return address.split_once('?').map_or("", |(_, link)| link);
    }
    address
}

/// The keys of the place of the clock.
pub(crate) const CLOCK_KEYS: [&str; 2] = ["step", "line"];

/// The keys of the reader's own settings (colours, light, size) and of the place of the clock.
pub(crate) fn passing_keys() -> impl Iterator<Item = &'static str> {
    Setting::PREFERENCES.iter().map(|setting| &*SETTINGS[*setting as usize].key).chain(CLOCK_KEYS)
}

/// A link without the [keys](passing_keys) that do not make it another experiment.
pub(crate) fn without_preferences(link: &str) -> String {
    let mut kept = String::new();
    for part in link.split('&') {
        let key = part.split('=').next().unwrap_or_default();
        if passing_keys().any(|passing| passing == key) {
            continue;
        }
        if !kept.is_empty() {
            kept.push('&');
        }
        kept.push_str(part);
    }
    kept
}

/// What is to be said of a key that only other labs have.
pub(crate) fn of_no_use(key: &str, lab: &str) -> Fault {
    Fault::harmless(key, format!("does nothing in the {lab} lab"))
}
