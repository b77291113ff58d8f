//! The text of a link: its parts when it is read, and how it grows when it is written.

use std::borrow::Cow;
use std::collections::HashSet;

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

use super::schema::KEPT;
use super::{Fault, LONGEST};
use crate::math::number::count;
use crate::math::param::Param;

/// So many faults of a link are named; the others are counted.
const MOST_NAMED: usize = 10;

/// A part of a link: a key, and the text behind it.
pub type Part = (String, String);

/// The parts of a link, each key with its text; a key that is there twice counts once.
pub(super) fn parts(link: &str) -> (Vec<Part>, Vec<Fault>) {
    let mut faults = Vec::new();
    let mut parts: Vec<Part> = Vec::new();
    let mut seen = HashSet::new();
    for part in link.split('&').filter(|part| !part.is_empty()) {
        let (key, text) = part.split_once('=').unwrap_or((part, ""));
        let (Some(key), Some(text)) = (decoded(key), decoded(text)) else {
            faults.push(Fault::new(part, "is not readable text (UTF-8)"));
            continue;
        };
        if !seen.insert(key.clone()) {
            faults.push(Fault::new(&key, "is given twice; the first one counts"));
        } else if key == KEPT.key {
            faults.push(Fault::whole(
                "The data of this link are not in it. They are too long for an address, and only \
                 the browser tab in which they were given has kept them: ask for a link made by \
                 “Share”, or for the table itself. What you see are other data"
                    .to_owned(),
            ));
        } else {
            parts.push((key, text));
        }
    }
    (parts, faults)
}

fn decoded(text: &str) -> Option<String> {
    percent_decode_str(text).decode_utf8().ok().map(Cow::into_owned)
}

/// What is wrong with a link that is not looked at, because it is too long.
pub(super) fn too_long(link: &str) -> Fault {
    Fault::whole(format!("The link has {} bytes, and the longest has {LONGEST}", link.len()))
}

/// The first faults of many, and how many more there are.
pub(super) fn few(mut faults: Vec<Fault>) -> Vec<Fault> {
    let more = faults.len().saturating_sub(MOST_NAMED);
    if more > 0 {
        faults.truncate(MOST_NAMED);
        faults.push(Fault::whole(format!("And {} more", count(more))));
    }
    faults
}

/// What separates the parts of a link, and what a fragment of an address cannot hold.
const ESCAPED: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'`').add(b'%').add(b'&').add(b'#');

/// A link as it grows.
#[derive(Default)]
pub struct LinkText(String);

impl LinkText {
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

    /// The link so far.
    pub fn text(&self) -> &str {
        &self.0
    }

    /// The link.
    pub fn link(self) -> String {
        self.0
    }
}
