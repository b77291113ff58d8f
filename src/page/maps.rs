//! The door for maps that a worker computes: what the page asks of its labs.

use wasm_bindgen::prelude::*;

use super::lab::Page;

#[wasm_bindgen(js_class = Lab)]
impl Page {
    /// What maps there are to be computed: a name for them, or nothing. A `MapMaker` computes them.
    pub fn job(&self) -> String {
        self.app.lab.job().map(|job| format!("{job:016x}")).unwrap_or_default()
    }

    /// The experiment that they are of, for `MapMaker::begin`.
    pub fn job_link(&self) -> String {
        self.app.lab.link()
    }

    /// Takes what `MapMaker::go_on` has returned. What cannot be read is passed over.
    pub fn take_maps(&mut self, found: &[u8]) {
        if let Ok(found) = postcard::from_bytes(found) {
            self.app.lab.take(found);
        }
    }
}
