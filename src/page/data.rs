//! The page's calls about examples: on the data view of the Minibatches lab, on the panels of the
//! Network lab.

use wasm_bindgen::prelude::wasm_bindgen;

use super::{Page, outcome, text_of};
use crate::data::table::{Choices, MOST_SAMPLED_BYTES, SAMPLE_SEED, Sampler};
use crate::labs::model::{self, json};

/// An example as JavaScript counts them: −1 where there is none.
fn index_of(example: Option<usize>) -> i32 {
    example.map_or(-1, |index| index as i32)
}

#[wasm_bindgen(js_class = Lab)]
impl Page {
    /// The example at a pixel; −1 where none is.
    pub fn data_hit(&self, px: f64, py: f64) -> i32 {
        index_of(self.lab().example_at([px, py]))
    }

    /// Chooses an example for the keyboard, or with −1 none. Returns what a screen reader says of
    /// it and the pixel where it lies, or nothing.
    #[wasm_bindgen(unchecked_return_type = "Json<Chosen> | ''")]
    pub fn data_choose(&mut self, index: i32) -> String {
        text_of(self.lab_mut().choose_example(usize::try_from(index).ok()))
    }

    /// Adds an example at a pixel; returns its index, or −1 where there is no room.
    pub fn data_add(&mut self, px: f64, py: f64) -> i32 {
        index_of(self.lab_mut().add_example([px, py]))
    }

    /// Moves an example to a pixel.
    pub fn data_move(&mut self, index: u32, px: f64, py: f64) {
        self.lab_mut().move_example(index as usize, [px, py]);
    }

    /// Moves an example by pixels, right and down.
    pub fn data_nudge(&mut self, index: u32, dx: f64, dy: f64) {
        self.lab_mut().nudge_example(index as usize, [dx, dy]);
    }

    /// Removes an example.
    pub fn data_remove(&mut self, index: u32) {
        self.lab_mut().remove_example(index as usize);
    }

    /// What a pasted table holds, read by these [`Choices`], see [`model::table`].
    #[wasm_bindgen(unchecked_return_type = "Json<Table>")]
    pub fn read_table(&self, text: &str, choices: &str) -> String {
        json(&model::table(text, &Choices::parse(choices), self.lab().purpose()))
    }

    /// Takes the good rows of a table, read by these [`Choices`], as the data.
    #[wasm_bindgen(unchecked_return_type = "Outcome")]
    pub fn take_table(&mut self, text: &str, choices: &str) -> String {
        outcome(self.lab_mut().take_table(text, &Choices::parse(choices)))
    }

    /// The data as CSV.
    pub fn data_text(&self) -> String {
        self.lab().data_text()
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
