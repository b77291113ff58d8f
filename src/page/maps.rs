//! The door for maps that a worker computes: what the page asks of its labs, and the labs of the worker.

use wasm_bindgen::prelude::*;

use super::{Page, named_sizes};
use crate::labs::App;
use crate::math::budget::Budget;

/// A worker looks for newer jobs after so many milliseconds.
const SLICE: f64 = 6.0;

#[wasm_bindgen(js_class = Lab)]
impl Page {
    /// What maps there are to be computed: a name for them, or nothing.
    pub fn job(&self) -> String {
        self.app.lab.job().map(|job| format!("{job:016x}")).unwrap_or_default()
    }

    /// The experiment that they are of, for [`MapMaker::begin`].
    pub fn job_link(&self) -> String {
        self.app.lab.link()
    }

    /// From now on a worker computes the maps, or none does.
    pub fn leave_maps(&mut self, is_left: bool) {
        self.app.leave_maps(is_left);
    }

    /// Takes what [`MapMaker::go_on`] has returned. What cannot be read is passed over.
    pub fn take_maps(&mut self, found: &[u8]) {
        if let Ok(found) = postcard::from_bytes(found) {
            self.app.lab.take(found);
        }
    }
}

/// The labs in a worker: they compute maps and nothing else.
#[wasm_bindgen]
#[derive(Default)]
pub struct MapMaker {
    app: Option<App>,
    is_done: bool,
}

#[wasm_bindgen]
impl MapMaker {
    /// A worker that has nothing to do.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        super::linker::install();
        Self::default()
    }

    /// Begins with the maps of an experiment, and gives up what is under way. The sizes are those of
    /// [`Page::resize`].
    pub fn begin(
        &mut self,
        link: &str,
        pictures: Vec<String>,
        sizes: &[f64],
        present_type_size: f64,
    ) {
        let app = match &mut self.app {
            Some(app) => {
                // Maps ask for no paths.
                app.lab.set_limit(1);
                app.open(link);
                app
            }
            none => none.insert(App::new(link)),
        };
        self.is_done = false;
        app.resize(&named_sizes(&pictures, sizes), present_type_size);
    }

    /// Goes on for some milliseconds; what has become known, for [`Page::take_maps`].
    pub fn go_on(&mut self) -> Vec<u8> {
        let Some(app) = &mut self.app else { return Vec::new() };
        let end = js_sys::Date::now() + SLICE;
        let mut still = || js_sys::Date::now() < end;
        let found = app.lab.map(&mut Budget::until(u64::MAX / 2, &mut still));
        self.is_done = found.is_done;
        postcard::to_allocvec(&found).unwrap_or_default()
    }

    /// Whether all that there is to be mapped is known.
    pub fn is_done(&self) -> bool {
        self.is_done
    }
}
