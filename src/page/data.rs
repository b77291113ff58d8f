//! The page's calls about examples: on the data view of the Minibatches lab, on the panels of the
//! Network lab.

use wasm_bindgen::prelude::wasm_bindgen;

use super::lab::{Page, text_of};
use crate::labs::Dataset;

/// An example as JavaScript counts them: −1 where there is none.
fn index_of(example: Option<usize>) -> i32 {
    example.map_or(-1, |index| index as i32)
}

impl Page {
    fn dataset(&self) -> Option<&dyn Dataset> {
        self.lab().dataset()
    }

    fn dataset_mut(&mut self) -> Option<&mut dyn Dataset> {
        self.lab_mut().dataset_mut()
    }
}

#[wasm_bindgen(js_class = Lab)]
impl Page {
    /// The example at a pixel; −1 where none is.
    pub fn data_hit(&self, px: f64, py: f64) -> i32 {
        index_of(self.dataset().and_then(|data| data.example_at([px, py])))
    }

    /// Chooses an example for the keyboard, or with −1 none. Returns what a screen reader says of
    /// it and the pixel where it lies, or nothing.
    #[wasm_bindgen(unchecked_return_type = "Json<Chosen> | ''")]
    pub fn data_choose(&mut self, index: i32) -> String {
        let index = usize::try_from(index).ok();
        text_of(self.dataset_mut().and_then(|data| data.choose_example(index)))
    }

    /// Adds an example at a pixel; returns its index, or −1 where there is no room.
    pub fn data_add(&mut self, px: f64, py: f64) -> i32 {
        index_of(self.dataset_mut().and_then(|data| data.add_example([px, py])))
    }

    /// Moves an example to a pixel.
    pub fn data_move(&mut self, index: u32, px: f64, py: f64) {
        if let Some(data) = self.dataset_mut() {
            data.move_example(index as usize, [px, py]);
        }
    }

    /// Moves an example by pixels, right and down.
    pub fn data_nudge(&mut self, index: u32, dx: f64, dy: f64) {
        if let Some(data) = self.dataset_mut() {
            data.nudge_example(index as usize, [dx, dy]);
        }
    }

    /// Removes an example.
    pub fn data_remove(&mut self, index: u32) {
        if let Some(data) = self.dataset_mut() {
            data.remove_example(index as usize);
        }
    }

    /// What a pasted table is read for, for `read_table` of the tools; nothing in a lab without data, where
    /// the page does not ask.
    pub fn table_purpose(&self) -> Vec<u8> {
        let purpose = self.dataset().map(Dataset::purpose);
        purpose.and_then(|purpose| postcard::to_allocvec(&purpose).ok()).unwrap_or_default()
    }

    /// Takes the rows of a table, which `rows_of_table` of the tools has returned, as the data.
    pub fn take_rows(&mut self, rows: &[u8]) {
        if let (Some(data), Ok(rows)) = (self.dataset_mut(), postcard::from_bytes(rows)) {
            data.take_rows(rows);
        }
    }

    /// The data as CSV.
    pub fn data_text(&self) -> String {
        self.dataset().map(Dataset::data_text).unwrap_or_default()
    }
}
