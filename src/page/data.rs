//! The page's calls about examples: on the data view of the Minibatches lab, on the panels of the
//! Network lab.

use wasm_bindgen::prelude::wasm_bindgen;

use super::{Page, outcome, text_of};
use crate::data::table::{Choices, MOST_SAMPLED_BYTES, SAMPLE_SEED, Sampler};
use crate::labs::Dataset;
use crate::labs::model::{self, json};

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

    /// What a pasted table holds, read by these [`Choices`], see [`model::table`]; nothing in a lab
    /// without data, where the page does not ask.
    #[wasm_bindgen(unchecked_return_type = "Json<Table>")]
    pub fn read_table(&self, text: &str, choices: &str) -> String {
        let choices = Choices::parse(choices);
        text_of(self.dataset().map(|data| model::table(text, &choices, data.purpose())))
    }

    /// Takes the good rows of a table, read by these [`Choices`], as the data.
    #[wasm_bindgen(unchecked_return_type = "Outcome")]
    pub fn take_table(&mut self, text: &str, choices: &str) -> String {
        let none = || Err("This lab has no data.".to_owned());
        let choices = Choices::parse(choices);
        outcome(self.dataset_mut().map_or_else(none, |data| data.take_table(text, &choices)))
    }

    /// The data as CSV.
    pub fn data_text(&self) -> String {
        self.dataset().map(Dataset::data_text).unwrap_or_default()
    }
}

/// Draws a sample of the rows of a long text that comes in pieces.
#[wasm_bindgen]
pub struct TableSampler(Sampler);

#[wasm_bindgen]
impl TableSampler {
    /// A fresh one.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self(Sampler::new(SAMPLE_SEED))
    }

    /// The largest text that it is for, in bytes.
    pub fn most_bytes() -> f64 {
        MOST_SAMPLED_BYTES
    }

    /// Takes in the next piece.
    pub fn push(&mut self, piece: &str) {
        self.0.push(piece);
    }

    /// The sample, see [`model::Sample`].
    #[wasm_bindgen(unchecked_return_type = "Json<Sample>")]
    pub fn finish(self) -> String {
        json(&model::sample(self.0))
    }
}
