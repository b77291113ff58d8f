//! What only tests and measurements ask for: built with the feature `hooks`, which the published
//! site is not.

mod compiled;
mod measured;

use wasm_bindgen::prelude::wasm_bindgen;

use super::lab::Page;
use crate::view::Field;

#[wasm_bindgen(js_class = Lab)]
impl Page {
    /// A number that two machines agree on if all paths of this lab have the same bits.
    pub fn fingerprint(&self) -> String {
        self.lab().fingerprint()
    }

    /// Samples the surface as a field is sampled, without drawing it, and returns the lowest
    /// value.
    pub fn sample(&self, columns: usize, rows: usize) -> f64 {
        let lowest = self.lab().objective_in_view().and_then(|(objective, window)| {
            Field::sample(window, columns, rows, |xs, ys, out| objective.grid(xs, ys, out)).lowest()
        });
        lowest.unwrap_or(f64::NAN)
    }

    /// Computes everything, and trains until all runs are where the clock stands.
    pub fn settle(&mut self) {
        self.lab_mut().settle();
    }

    /// Fails as a bug would.
    pub fn fail(&self) {
        panic!("The page asked the core to fail.");
    }
}
