//! The page's calls about examples: on the data view of the Minibatches lab, on the panels of the
//! Network lab.

use wasm_bindgen::prelude::wasm_bindgen;

use super::Page;
use crate::data::table::{Choices, MOST_SAMPLED_BYTES, SAMPLE_SEED, Sampler};
use crate::model;
use crate::model::net as net_model;

#[wasm_bindgen(js_class = Lab)]
impl Page {
    /// The example at a pixel; −1 where none is.
    pub fn data_hit(&self, px: f64, py: f64) -> i32 {
        let at = match &self.desk.nets {
            Some(nets) => nets.example_at([px, py]),
            None => self.desk.plane.example_at([px, py]),
        };
        at.map_or(-1, |index| index as i32)
    }

    /// The pointer is over a pixel: what there is to read of the example there, or nothing.
    pub fn data_hover(&self, px: f64, py: f64) -> String {
        let at = [px, py];
        let told = match &self.desk.nets {
            Some(nets) => nets.example_at(at).and_then(|index| net_model::example(nets, index)),
            None => {
                let index = self.desk.plane.example_at(at);
                index.and_then(|index| model::example_hover(&self.desk.plane, index))
            }
        };
        told.map(|hover| hover.to_string()).unwrap_or_default()
    }

    /// The pointer is over a pixel of the panel in place `slot` of the Network lab: what its net
    /// says there, and the example that is there.
    pub fn panel_hover(&self, slot: u32, px: f64, py: f64) -> String {
        let nets = self.desk.nets.as_ref();
        let told = nets.and_then(|nets| net_model::panel_hover(nets, slot as usize, [px, py]));
        told.map(|hover| hover.to_string()).unwrap_or_default()
    }

    /// Chooses an example for the keyboard, or with −1 none. Returns what a screen reader says of
    /// it and the pixel where it lies, or nothing.
    pub fn data_choose(&mut self, index: i32) -> String {
        let index = usize::try_from(index).ok();
        let told = match &mut self.desk.nets {
            Some(nets) => {
                nets.choose(index);
                nets.chosen().and_then(|index| net_model::example(nets, index))
            }
            None => {
                self.desk.plane.choose_example(index);
                let chosen = self.desk.plane.chosen_example();
                chosen.and_then(|index| model::chosen(&self.desk.plane, index))
            }
        };
        told.map(|told| told.to_string()).unwrap_or_default()
    }

    /// Adds an example at a pixel; returns its index, or −1 where there is no room.
    pub fn data_add(&mut self, px: f64, py: f64) -> i32 {
        let added = match &mut self.desk.nets {
            Some(nets) => nets.add_example([px, py]),
            None => self.desk.plane.add_example([px, py]),
        };
        added.map_or(-1, |index| index as i32)
    }

    /// Moves an example to a pixel.
    pub fn data_move(&mut self, index: u32, px: f64, py: f64) {
        match &mut self.desk.nets {
            Some(nets) => nets.move_example(index as usize, [px, py]),
            None => self.desk.plane.move_example(index as usize, [px, py]),
        }
    }

    /// Moves an example by pixels, right and down.
    pub fn data_nudge(&mut self, index: u32, dx: f64, dy: f64) {
        match &mut self.desk.nets {
            Some(nets) => nets.nudge_example(index as usize, [dx, dy]),
            None => self.desk.plane.nudge_example(index as usize, [dx, dy]),
        }
    }

    /// Removes an example.
    pub fn data_remove(&mut self, index: u32) {
        match &mut self.desk.nets {
            Some(nets) => nets.remove_example(index as usize),
            None => self.desk.plane.remove_example(index as usize),
        }
    }

    /// What a pasted table holds, read by these [`Choices`], see [`model::table`].
    pub fn read_table(&self, text: &str, choices: &str) -> String {
        let nets = self.desk.nets.as_ref();
        let purpose = nets.map_or_else(|| self.desk.plane.purpose(), |nets| nets.purpose());
        model::table(text, &Choices::parse(choices), purpose).to_string()
    }

    /// Takes the good rows of a table, read by these [`Choices`], as the data. Returns nothing, or
    /// why not.
    pub fn take_table(&mut self, text: &str, choices: &str) -> String {
        let choices = Choices::parse(choices);
        let taken = match &mut self.desk.nets {
            Some(nets) => nets.take_table(text, &choices),
            None => self.desk.plane.take_table(text, &choices),
        };
        taken.err().unwrap_or_default()
    }

    /// The data as CSV.
    pub fn data_text(&self) -> String {
        let nets = self.desk.nets.as_ref();
        nets.map_or_else(|| self.desk.plane.data_text(), |nets| nets.data_text())
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

    /// `{text, rows, fault}`: the sample, how many rows it was drawn of, or why there is none.
    pub fn finish(self) -> String {
        model::sample(self.0).to_string()
    }
}
