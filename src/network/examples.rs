//! Examples as a net takes them in: one column an input, one column a number of the target.

use super::rows::Row;
use super::{Architecture, Features, Output};
use crate::data::classes::Points;

/// Inputs and targets of n examples, column by column.
#[derive(Clone, Debug, PartialEq)]
pub struct Examples {
    /// inputs × n
    pub(super) inputs: Vec<f64>,
    /// targets × n; empty where nothing is known but the inputs.
    pub(super) targets: Vec<f64>,
    /// The class of each example, counted from 0; empty where there are none.
    pub(super) classes: Vec<usize>,
    n: usize,
}

impl Examples {
    /// The points of the plane with these features of theirs, for a net of this output.
    ///
    /// # Errors
    /// A sentence, where the output does not suit the data: it has too few classes, or it tells
    /// classes apart where the data have none.
    pub fn of_points(points: &Points, features: Features, output: Output) -> Result<Self, String> {
        let columns = features.columns(&points.x);
        if points.classes > 0 {
            Self::with_classes(columns, points.y.iter().map(|&y| y as usize).collect(), output)
        } else if output == Output::Linear(1) {
            Self::with_values(columns, vec![points.y.clone()])
        } else {
            Err("The examples have values and no classes: they need one linear output.".to_owned())
        }
    }

    /// Examples with values to be predicted: a column for each input and one for each value.
    ///
    /// # Errors
    /// A sentence, where there are no examples or the columns differ in length.
    pub fn with_values(inputs: Vec<Vec<f64>>, values: Vec<Vec<f64>>) -> Result<Self, String> {
        let n = length_of(inputs.iter().chain(&values))?;
        Ok(Self { inputs: inputs.concat(), targets: values.concat(), classes: Vec::new(), n })
    }

    /// Examples with classes, counted from 0: a column for each input, and for a net of this output.
    ///
    /// # Errors
    /// A sentence, where there are no examples, the columns differ in length, or the output has too
    /// few classes.
    pub fn with_classes(
        inputs: Vec<Vec<f64>>,
        classes: Vec<usize>,
        output: Output,
    ) -> Result<Self, String> {
        let count = classes.iter().max().map_or(0, |most| most + 1);
        if count > output.classes() {
            let most = output.classes();
            return Err(format!(
                "The data have {count} classes, and the output tells {most} apart."
            ));
        }
        let column = |index| classes.iter().map(|&class| output.target(class, index)).collect();
        let targets = (0..output.targets()).map(column).collect();
        Ok(Self { classes, ..Self::with_values(inputs, targets)? })
    }

    /// The same with this target in place of 0, and 1 less it in place of 1: a sigmoid can reach
    /// them.
    pub fn with_low_target(mut self, low: f64) -> Self {
        for target in &mut self.targets {
            *target = if *target == 0.0 { low } else { 1.0 - low };
        }
        self
    }

    /// Points of the plane of which nothing is known but where they lie: those of a picture.
    pub fn unlabelled(points: &[[f64; 2]], features: Features) -> Self {
        Self {
            inputs: features.columns(points).concat(),
            targets: Vec::new(),
            classes: Vec::new(),
            n: points.len(),
        }
    }

    /// The number n of examples.
    pub fn len(&self) -> usize {
        self.n
    }

    /// Whether there is no example.
    pub fn is_empty(&self) -> bool {
        self.n == 0
    }

    /// Whether a net of this shape can take them in and learn from them.
    pub fn fit(&self, architecture: &Architecture) -> bool {
        self.inputs.len() == architecture.inputs() * self.n
            && self.targets.len() == architecture.output().targets() * self.n
    }

    /// Writes the inputs of an example of an index below n to the first places of a row, and its
    /// targets, each in a row of its own, to the first places of these, with 0 in the second.
    pub(super) fn read(&self, index: usize, inputs: &mut Row, targets: &mut [Row]) {
        for (input, column) in inputs.iter_mut().zip(self.inputs.chunks_exact(self.n)) {
            *input = column[index];
        }
        for (row, column) in targets.iter_mut().zip(self.targets.chunks_exact(self.n)) {
            row[..2].copy_from_slice(&[column[index], 0.0]);
        }
    }

    /// The inputs of an example of an index below n.
    pub fn inputs_of(&self, index: usize) -> Vec<f64> {
        self.inputs.iter().skip(index).step_by(self.n).copied().collect()
    }

    /// The target of an example of an index below n.
    pub fn target_of(&self, index: usize) -> Vec<f64> {
        self.targets.iter().skip(index).step_by(self.n).copied().collect()
    }
}

/// How long all columns are.
fn length_of<'a>(mut columns: impl Iterator<Item = &'a Vec<f64>>) -> Result<usize, String> {
    let n = columns.next().map_or(0, Vec::len);
    if n == 0 || columns.any(|column| column.len() != n) {
        return Err("A net needs examples, and every one of them all its numbers.".to_owned());
    }
    Ok(n)
}
