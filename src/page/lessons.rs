//! The page's calls about lessons: those that the reader writes, opens and closes.

use wasm_bindgen::prelude::wasm_bindgen;

use super::lab::{Page, outcome};
use crate::labs::lesson::{Shelf, write};
use crate::labs::model::json;

/// The built-in lessons and those of these files that can be read, each under its key.
pub(super) fn shelf(keys: &[String], texts: &[String]) -> Shelf {
    let mut shelf = Shelf::default();
    for (key, text) in keys.iter().zip(texts) {
        // The page puts each again that is left out, and says why it cannot be read.
        let _ = shelf.put(key, text);
    }
    shelf
}

#[wasm_bindgen(js_class = Lab)]
impl Page {
    /// The lessons that there are.
    #[wasm_bindgen(unchecked_return_type = "Json<Lesson[]>")]
    pub fn lessons(&self) -> String {
        json(&self.app.lessons().collect::<Vec<_>>())
    }

    /// Puts the lesson of a file under a key, in place of the one that was there; the experiment
    /// stays. Returns a sentence for each fault; where there is one nothing has changed.
    #[wasm_bindgen(unchecked_return_type = "Json<string[]>")]
    pub fn put_lesson(&mut self, key: &str, text: &str) -> String {
        json(&self.app.put_lesson(key, text).err().unwrap_or_default())
    }

    /// Takes one of the reader's lessons away; the experiment stays.
    pub fn close_lesson(&mut self, key: &str) {
        self.app.close_lesson(key);
    }

    /// The lesson under a key as the text of a file; nothing where there is none.
    pub fn lesson_text(&self, key: &str) -> String {
        self.app.lessons().find(|lesson| lesson.key == key).map(write).unwrap_or_default()
    }

    /// Takes what is shown for a scene of a lesson, counted from 0.
    #[wasm_bindgen(unchecked_return_type = "Outcome")]
    pub fn stand_at(&mut self, key: &str, scene: u32) -> String {
        outcome(self.app.stand_at(key, scene as usize))
    }

    /// What is shown as the link of a scene: without the reader's own settings.
    pub fn scene_link(&self) -> String {
        self.app.scene_link()
    }
}
