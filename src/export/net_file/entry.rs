//! A value of a JSON file with the place where it stands, so that a fault can name it.

use serde_json::Value;

use crate::math::number::count;
use crate::math::param::{Param, short, write_number};

/// A value and its place.
pub(super) struct Entry<'a> {
    /// Such as `train.inputs[3]`; empty for the whole file.
    place: String,
    value: &'a Value,
}

impl<'a> Entry<'a> {
    /// The whole file.
    pub fn file(value: &'a Value) -> Self {
        Self { place: String::new(), value }
    }

    /// A sentence about the place, from what is to be said of it.
    pub fn fault(&self, what: &str) -> String {
        let place = if self.place.is_empty() { "The file" } else { &self.place };
        format!("{place} {what}.")
    }

    /// That it is not what it must be.
    fn no(&self, what: &str) -> String {
        self.fault(&format!("must be {what}, and {} is not", short(&self.value.to_string())))
    }

    fn place_of(&self, key: &str) -> String {
        if self.place.is_empty() { key.to_owned() } else { format!("{}.{key}", self.place) }
    }

    /// That this is an object with none but these keys.
    pub fn only(&self, keys: &[&str]) -> Result<(), String> {
        let object = self.value.as_object().ok_or_else(|| self.no("an object"))?;
        match object.keys().find(|key| !keys.contains(&key.as_str())) {
            None => Ok(()),
            Some(key) => {
                let place = self.place_of(&short(key));
                Err(format!("{place} is not known. The keys here are {}.", keys.join(", ")))
            }
        }
    }

    /// What an object has under this key.
    pub fn get(&self, key: &str) -> Option<Entry<'a>> {
        let value = self.value.get(key)?;
        Some(Entry { place: self.place_of(key), value })
    }

    /// What an object must have under this key.
    pub fn need(&self, key: &str) -> Result<Entry<'a>, String> {
        self.get(key).ok_or_else(|| format!("{} is missing.", self.place_of(key)))
    }

    /// The entries of a list.
    pub fn list(&self) -> Result<Vec<Entry<'a>>, String> {
        let list = self.value.as_array().ok_or_else(|| self.no("a list"))?;
        let entry = |(index, value)| Entry { place: format!("{}[{index}]", self.place), value };
        Ok(list.iter().enumerate().map(entry).collect())
    }

    /// The entries of a list that has at least one.
    pub fn some(&self) -> Result<Vec<Entry<'a>>, String> {
        let list = self.list()?;
        if list.is_empty() {
            Err(self.fault("is empty, and one entry is needed"))
        } else {
            Ok(list)
        }
    }

    /// A list of so many numbers.
    pub fn numbers(&self, count: usize) -> Result<Vec<f64>, String> {
        let list = self.list()?;
        if list.len() != count {
            let found = list.len();
            let (numbers, are) = (
                if found == 1 { "number" } else { "numbers" },
                if count == 1 { "is" } else { "are" },
            );
            return Err(self.fault(&format!("has {found} {numbers}, and {count} {are} needed")));
        }
        list.iter().map(Entry::number).collect()
    }

    /// A number.
    pub fn number(&self) -> Result<f64, String> {
        let finite = self.value.as_f64().filter(|number| number.is_finite());
        finite.ok_or_else(|| self.no("a number"))
    }

    /// A whole number from 0 on. That of 2.0 is 2.
    pub fn whole<T: TryFrom<u64>>(&self) -> Result<T, String> {
        // Beyond 2⁵³ not every whole number is an f64.
        let exact = |number: &f64| number.fract() == 0.0 && (0.0..=2f64.powi(53)).contains(number);
        let as_float = || self.value.as_f64().filter(exact).map(|number| number as u64);
        let whole = self.value.as_u64().or_else(as_float);
        whole.and_then(|n| T::try_from(n).ok()).ok_or_else(|| self.no("a whole number, 0 or more"))
    }

    /// A whole number from 0 to this one.
    pub fn whole_up_to(&self, most: usize) -> Result<usize, String> {
        let number = self.whole().ok().filter(|number| *number <= most);
        number.ok_or_else(|| self.no(&format!("a whole number from 0 to {}", count(most))))
    }

    /// A text.
    pub fn text(&self) -> Result<&'a str, String> {
        self.value.as_str().ok_or_else(|| self.no("text"))
    }

    /// A value of a parameter.
    pub fn of(&self, param: &Param) -> Result<f64, String> {
        let text = match self.value {
            Value::Number(_) => write_number(self.number()?),
            _ => self.text()?.to_owned(),
        };
        param.read(&text).map_err(|what| self.fault(&what))
    }

    /// The value that an object has of a parameter under its key, or else the default.
    pub fn dial(&self, param: &Param) -> Result<f64, String> {
        self.get(&param.key).map_or(Ok(param.default), |entry| entry.of(param))
    }
}
