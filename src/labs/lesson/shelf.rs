//! The lessons at hand: those that are built in, and those of the reader.

use super::{Lesson, built_in, read};
use crate::math::param::quoted;

/// The key of the first lesson that is written on this page; of a further one it is followed by a
/// number: `own-2`.
pub const OWN: &str = "own";

/// The lessons at hand, each under a key of its own: first those that are built in, then the
/// reader's in the order in which they came.
#[derive(Debug, Default)]
pub struct Shelf(Vec<Lesson>);

impl Shelf {
    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Lesson> + Clone {
        built_in().iter().chain(&self.0)
    }

    /// The lesson under a key.
    pub fn find(&self, key: &str) -> Option<&Lesson> {
        self.iter().find(|lesson| lesson.key == key)
    }

    /// Puts the lesson of a file under a key, in place of the one that was there.
    ///
    /// # Errors
    /// The sentences of [`read`]; then nothing has changed.
    pub fn put(&mut self, key: &str, text: &str) -> Result<(), Vec<String>> {
        if key.is_empty() || built_in().iter().any(|lesson| lesson.key == key) {
            return Err(vec![format!("No lesson can be put under the key {}.", quoted(key))]);
        }
        let at = self.0.iter().position(|lesson| lesson.key == key);
        let known = at.map(|at| &*self.0[at].scenes).unwrap_or_default();
        let lesson = read::read_beside(key, text, known)?;
        match at {
            Some(at) => self.0[at] = lesson,
            None => self.0.push(lesson),
        }
        Ok(())
    }

    /// Takes away the reader's lesson under a key, if there is one.
    pub fn remove(&mut self, key: &str) {
        self.0.retain(|lesson| lesson.key != key);
    }
}

/// Whether a key is that of a lesson that was written on this page: no other browser has it.
pub fn is_own(key: &str) -> bool {
    let number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    match key.strip_prefix(OWN) {
        Some(rest) => rest.is_empty() || rest.strip_prefix('-').is_some_and(number),
        None => false,
    }
}
