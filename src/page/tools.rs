//! The door of the tools, a core that is loaded when it is asked for: it computes maps and reads tables,
//! which the page's own does not.

use wasm_bindgen::prelude::*;

use super::named_sizes;
use crate::data::table::{
    self, Choices, MOST_SAMPLED_BYTES, Purpose, Reading, SAMPLE_SEED, Sampler,
};
use crate::labs::App;
use crate::labs::model::{self, json};
use crate::math::budget::Budget;

/// A worker looks for newer jobs after so many milliseconds.
const SLICE: f64 = 6.0;

/// Labs that compute maps and nothing else.
#[wasm_bindgen]
#[derive(Default)]
pub struct MapMaker {
    app: Option<App>,
    /// Whether nothing was told yet of the maps at hand.
    is_fresh: bool,
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
        (self.is_fresh, self.is_done) = (true, false);
        app.resize(&named_sizes(&pictures, sizes), present_type_size);
    }

    /// Goes on for some milliseconds; what has become known, for [`Page::take_maps`].
    pub fn go_on(&mut self) -> Vec<u8> {
        let Some(app) = &mut self.app else { return Vec::new() };
        let end = js_sys::Date::now() + SLICE;
        let mut still = || js_sys::Date::now() < end;
        let mut found = app.lab.map(&mut Budget::until(u64::MAX / 2, &mut still));
        if std::mem::take(&mut self.is_fresh) {
            // Whoever asks may have lost what was told of it before.
            found.parts = app.lab.known_maps();
        }
        self.is_done = found.is_done;
        postcard::to_allocvec(&found).unwrap_or_default()
    }

    /// Goes on for some milliseconds with what another `MapMaker` has begun, too; what has been found,
    /// for its `take_help`. Empty where that is nothing.
    pub fn help(&mut self) -> Vec<u8> {
        let Some(app) = &mut self.app else { return Vec::new() };
        let end = js_sys::Date::now() + SLICE;
        let mut still = || js_sys::Date::now() < end;
        let (help, is_done) = app.lab.help(&mut Budget::until(u64::MAX / 2, &mut still));
        self.is_done = is_done;
        let help = help.filter(|help| !help.is_empty());
        help.and_then(|help| postcard::to_allocvec(&help).ok()).unwrap_or_default()
    }

    /// Takes what another's `help` has returned. What cannot be read is passed over.
    pub fn take_help(&mut self, found: &[u8]) {
        if let (Some(app), Ok(help)) = (&mut self.app, postcard::from_bytes(found)) {
            app.lab.take_help(help);
        }
    }

    /// Whether all that there is to be mapped is known, or there is nothing left to help with.
    pub fn is_done(&self) -> bool {
        self.is_done
    }
}

/// What a pasted table holds, read by these [`Choices`] for a purpose, which `Lab.table_purpose` tells: see
/// [`model::table`].
#[wasm_bindgen(unchecked_return_type = "Json<Table>")]
pub fn read_table(text: &str, choices: &str, purpose: &[u8]) -> String {
    let purpose: Option<Purpose> = postcard::from_bytes(purpose).ok();
    let table = purpose.map(|purpose| model::table(text, &Choices::parse(choices), purpose));
    table.as_ref().map(json).unwrap_or_default()
}

/// Its good rows, for `Lab.take_rows`.
///
/// # Errors
/// Why they cannot be taken, as a sentence.
#[wasm_bindgen]
pub fn rows_of_table(text: &str, choices: &str, purpose: &[u8]) -> Result<Vec<u8>, String> {
    let unknown = || "This lab has no data.".to_owned();
    let purpose = postcard::from_bytes(purpose).map_err(|_| unknown())?;
    let choices = Choices::parse(choices);
    let rows = Reading::of(&table::read_with(text, &choices)?, &choices, purpose).taken()?;
    Ok(postcard::to_allocvec(&rows).unwrap_or_default())
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
