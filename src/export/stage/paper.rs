//! A sheet of paper: what is drawn on it can be put into a document.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use super::ink::Ink;
use crate::export::figure::Document;
use crate::view::Drawn;
use crate::view::legend::Maybe;
use crate::view::sheet::{Sheet, SheetFault};

/// What was drawn on each sheet, by its name. A sheet comes here when it is let go.
pub(super) type Pile = Rc<RefCell<BTreeMap<String, Layer>>>;

/// What was drawn on a sheet.
#[derive(Default)]
pub(super) struct Layer {
    size: [f64; 2],
    /// Pixels that cover it, below the ink, with their columns and rows.
    pixels: Option<(Vec<u8>, [usize; 2])>,
    ink: Ink,
}

impl Layer {
    /// Puts it into a document, its upper left corner at a place.
    pub(super) fn put<D: Document>(&self, document: &mut D, at: [f64; 2]) -> Drawn<D::Sheet> {
        let mut sheet = document.sheet(self.size);
        if let Some((rgba, pixels)) = &self.pixels {
            document.image(&mut sheet, self.size, rgba, *pixels);
        }
        self.ink.draw(&mut sheet)?;
        document.add(at, sheet);
        Ok(())
    }
}

/// One sheet.
pub(super) struct Paper {
    name: String,
    pile: Pile,
    size: [f64; 2],
    density: f64,
    ink: Maybe<Ink>,
    pixels: Option<(Vec<u8>, [usize; 2])>,
    is_used: bool,
}

impl Paper {
    /// An empty sheet, and the pile on which it will lie.
    pub(super) fn new(name: &str, pile: Pile) -> Self {
        let size = [1.0; 2];
        let (name, ink) = (name.to_owned(), Maybe(Some(Ink::on(size))));
        Self { name, pile, size, density: 1.0, ink, pixels: None, is_used: false }
    }
}

impl Sheet for Paper {
    type Backend = Ink;

    fn backend(&mut self) -> &mut Maybe<Ink> {
        self.is_used = true;
        &mut self.ink
    }

    fn plainly(self) -> Self {
        self
    }

    fn resize(&mut self, size: [f64; 2], density: f64) {
        (self.size, self.density) = (size, density);
        self.clear();
    }

    fn device_size(&self) -> [usize; 2] {
        self.size.map(|side| (side * self.density).round().max(1.0) as usize)
    }

    fn clear(&mut self) {
        (self.ink, self.pixels) = (Maybe(Some(Ink::on(self.size))), None);
    }

    fn put_pixels(&mut self, rgba: &[u8]) -> Result<(), SheetFault> {
        self.is_used = true;
        // What was drawn before is covered.
        self.clear();
        self.pixels = Some((rgba.to_vec(), self.device_size()));
        Ok(())
    }
}

impl Drop for Paper {
    /// Labs share sheets by their names, and one of those is drawn on.
    fn drop(&mut self) {
        if let (true, Some(ink)) = (self.is_used, self.ink.0.take()) {
            let layer = Layer { size: self.size, pixels: self.pixels.take(), ink };
            self.pile.borrow_mut().insert(std::mem::take(&mut self.name), layer);
        }
    }
}
