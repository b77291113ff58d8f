//! What the classes of one's own data are called, as a link writes it: `no,yes`.

use std::sync::Arc;

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

use crate::math::param::{quoted, short};

/// The key in a link.
pub const CLASSES_KEY: &str = "data.classes";

/// What would part names, or be taken for what stands for it.
const ESCAPED: &AsciiSet = &CONTROLS.add(b',').add(b'%');

/// The names of classes, counted from 0; empty where they are called by their numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClassNames(Arc<[String]>);

impl ClassNames {
    /// Takes names; those that are 0, 1, 2, … need not be said.
    pub fn new(names: &[String]) -> Self {
        let is_plain = names.iter().enumerate().all(|(at, name)| *name == at.to_string());
        if is_plain { Self::default() } else { Self(Arc::from(names)) }
    }

    /// Reads names with commas between them, a comma in one being `%2C`.
    ///
    /// # Errors
    /// A sentence that starts after the key.
    pub fn read(text: &str, most: usize) -> Result<Self, String> {
        let mut names: Vec<String> = Vec::new();
        for part in text.split(',') {
            let name = percent_decode_str(part).decode_utf8_lossy();
            let name = name.trim();
            if name.is_empty() || short(name) != name && !name.ends_with('…') {
                return Err(format!(
                    "must be the classes' names with commas between them, and {} is none",
                    quoted(name)
                ));
            }
            if names.iter().any(|known| known == name) {
                return Err(format!(
                    "must be different names, and {} is there twice",
                    quoted(name)
                ));
            }
            names.push(name.to_owned());
        }
        if names.len() > most {
            return Err(format!("can have {most} names, and here are {}", names.len()));
        }
        Ok(Self::new(&names))
    }

    /// Writes names as [`ClassNames::read`] reads them.
    pub fn write(&self) -> String {
        let name = |name: &String| utf8_percent_encode(name, ESCAPED).to_string();
        self.0.iter().map(name).collect::<Vec<_>>().join(",")
    }

    /// The names.
    pub fn all(&self) -> &[String] {
        &self.0
    }

    /// What a class is called: its name, or its number where it has none.
    pub fn of(&self, class: usize) -> String {
        self.0.get(class).cloned().unwrap_or_else(|| class.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_names_are_read_as_they_were_written() {
        for names in [["no", "yes"], ["a,b", "50 %"], ["%2C", "é&="], ["1", "2"], ["−1", "1…"]]
        {
            let names = ClassNames::new(&names.map(str::to_owned));
            assert_eq!(ClassNames::read(&names.write(), 6), Ok(names.clone()), "{names:?}");
        }
        assert_eq!(ClassNames::new(&["0".to_owned(), "1".to_owned()]), ClassNames::default());
        for text in ["", "a,,b", "a,a", "a,b,c", "a\nb,c"] {
            assert!(ClassNames::read(text, 2).is_err(), "{text:?}");
        }
    }
}
