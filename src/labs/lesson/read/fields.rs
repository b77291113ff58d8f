//! The fields of an object in a lesson's file, and a sentence for each that cannot be taken.

use serde_json::{Map, Value};

use super::LONGEST_TEXT;
use crate::math::number::count;
use crate::math::param::quoted;

/// Whether a field may be left out.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Needed {
    /// It may not.
    Yes,
    /// It may.
    No,
}

/// The fields of an object that have not been read yet, and the faults of those that were.
pub(super) struct Fields<'a> {
    /// What a sentence calls the object.
    of: String,
    left: Map<String, Value>,
    faults: &'a mut Vec<String>,
}

impl<'a> Fields<'a> {
    pub(super) fn new(of: &str, left: Map<String, Value>, faults: &'a mut Vec<String>) -> Self {
        Self { of: of.to_owned(), left, faults }
    }

    pub(super) fn fault(&mut self, field: &str, words: &str) {
        self.faults.push(format!("{}: {field} {words}.", self.of));
    }

    /// A field, or nothing and a fault where one is needed.
    pub(super) fn take(&mut self, field: &str, needed: Needed) -> Option<Value> {
        let value = self.left.remove(field);
        if value.is_none() && needed == Needed::Yes {
            self.fault(field, "is missing");
        }
        value
    }

    pub(super) fn text(&mut self, field: &str, longest: usize, needed: Needed) -> String {
        match self.take(field, needed) {
            Some(Value::String(text)) => self.fitting(field, text, longest, needed),
            Some(other) => {
                self.fault(field, &format!("must be a text, and is {}", kind(&other)));
                String::new()
            }
            None => String::new(),
        }
    }

    pub(super) fn fitting(
        &mut self,
        field: &str,
        text: String,
        longest: usize,
        needed: Needed,
    ) -> String {
        let length = text.chars().count();
        if length > longest {
            let [length, longest] = [length, longest].map(count);
            self.fault(field, &format!("has {length} characters, and the longest has {longest}"));
        } else if needed == Needed::Yes && text.trim().is_empty() {
            self.fault(field, "is empty");
        }
        text
    }

    pub(super) fn list(&mut self, field: &str, most: usize, needed: Needed) -> Vec<Value> {
        match self.take(field, needed) {
            Some(Value::Array(list)) => {
                if list.len() > most {
                    let [length, most] = [list.len(), most].map(count);
                    self.fault(field, &format!("has {length} entries, and the longest has {most}"));
                } else if list.is_empty() && needed == Needed::Yes {
                    self.fault(field, "is empty");
                }
                list
            }
            Some(other) => {
                self.fault(field, &format!("must be a list, and is {}", kind(&other)));
                Vec::new()
            }
            None => Vec::new(),
        }
    }

    pub(super) fn texts(&mut self, field: &str, most: usize) -> Vec<String> {
        let mut texts = Vec::new();
        for (place, value) in (1..).zip(self.list(field, most, Needed::No)) {
            let name = format!("{field}, entry {place},");
            match value {
                Value::String(text) => {
                    texts.push(self.fitting(&name, text, LONGEST_TEXT, Needed::Yes));
                }
                other => self.fault(&name, &format!("must be a text, and is {}", kind(&other))),
            }
        }
        texts
    }

    /// A number of a range.
    pub(super) fn number(&mut self, field: &str, [low, high]: [f64; 2]) -> f64 {
        let value = self.take(field, Needed::Yes);
        let number = value.as_ref().and_then(Value::as_f64);
        if let Some(number) = number.filter(|number| (low..=high).contains(number)) {
            return number;
        }
        if let Some(value) = value {
            self.fault(
                field,
                &format!("must be a number from {low} to {high}, and is {}", told(&value)),
            );
        }
        low
    }

    /// A whole number that may be left out.
    pub(super) fn whole(&mut self, field: &str, [low, high]: [u64; 2]) -> Option<usize> {
        let value = self.take(field, Needed::No)?;
        let number = value.as_u64().filter(|number| (low..=high).contains(number));
        if number.is_none() {
            let [low, high] = [low, high].map(|end| count(end as usize));
            self.fault(
                field,
                &format!("must be a whole number from {low} to {high}, and is {}", told(&value)),
            );
        }
        number.map(|number| number as usize)
    }

    /// What has not been read is unknown.
    pub(super) fn end(mut self) {
        let left: Vec<String> = self.left.keys().cloned().collect();
        for field in left {
            self.fault(&quoted(&field), "is unknown");
        }
    }
}

/// What a value is, in words.
pub(super) fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

/// A value as a sentence tells it: a number by itself, all else by what it is.
fn told(value: &Value) -> String {
    if value.is_number() { value.to_string() } else { kind(value).to_owned() }
}
