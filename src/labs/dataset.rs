//! The examples of a lab as the hand and pasted tables change them.

use super::Pixel;
use crate::data::table::{self, Choices, Purpose, Reading, Rows};
use crate::labs::model::Chosen;

/// The examples of a lab. One is known by its index among all; from the first change on they are
/// the reader's own.
pub trait Dataset {
    /// The examples in the picture, each with its index and the pixel at which it lies.
    fn example_pixels(&self) -> Vec<(usize, Pixel)>;

    /// The pixel of an example, whether it is in the picture or not.
    fn pixel_of(&self, index: usize) -> Option<Pixel>;

    /// How near a pixel must come to an example's to mean it, in CSS pixels: the reach of a finger.
    fn reach(&self) -> f64 {
        16.0
    }

    /// Chooses an example for the keyboard, or none; returns what a screen reader says of it and
    /// the pixel where it lies.
    fn choose_example(&mut self, index: Option<usize>) -> Option<Chosen>;

    /// Adds an example at a pixel and chooses it; returns its index where there is room.
    fn add_example(&mut self, at: Pixel) -> Option<usize>;

    /// Moves an example to a pixel.
    fn move_example(&mut self, index: usize, at: Pixel);

    /// Removes an example, but not the last one.
    fn remove_example(&mut self, index: usize);

    /// What a table is read for.
    fn purpose(&self) -> Purpose;

    /// Takes the rows of a table in place of the examples that there are.
    fn take_rows(&mut self, rows: Rows);

    /// The examples as CSV, as they came.
    fn data_text(&self) -> String;

    /// The example that is nearest to a pixel, if one is in reach of a finger.
    fn example_at(&self, [px, py]: Pixel) -> Option<usize> {
        let far = |[x, y]: Pixel| libm::hypot(x - px, y - py);
        let far = self.example_pixels().into_iter().map(|(index, at)| (index, far(at)));
        far.filter(|(_, far)| *far <= self.reach())
            .min_by(|a, b| a.1.total_cmp(&b.1))
            .map(|(at, _)| at)
    }

    /// Moves an example by pixels, right and down.
    fn nudge_example(&mut self, index: usize, [dx, dy]: Pixel) {
        if let Some([x, y]) = self.pixel_of(index) {
            self.move_example(index, [x + dx, y + dy]);
        }
    }

    /// Takes the good rows of a table, read by these choices, as the data.
    ///
    /// # Errors
    /// A sentence; then nothing has changed.
    fn take_table(&mut self, text: &str, choices: &Choices) -> Result<(), String>
    where
        Self: Sized,
    {
        let table = table::read_with(text, choices)?;
        self.take_rows(Reading::of(&table, choices, self.purpose()).taken()?);
        Ok(())
    }
}
