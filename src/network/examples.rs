//! Examples as a net takes them in: one column an input, one column a number of the target.

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
        Self::new(features.columns(&points.x), &points.y, points.classes, output)
    }

    /// Examples from the columns of their inputs, all of one length, and their targets y: values
    /// where `classes` is 0, otherwise classes counted from 0.
    ///
    /// # Errors
    /// A sentence, where the output does not suit the data.
    pub fn new(
        columns: Vec<Vec<f64>>,
        y: &[f64],
        classes: usize,
        output: Output,
    ) -> Result<Self, String> {
        if columns.is_empty() || y.is_empty() || columns.iter().any(|c| c.len() != y.len()) {
            return Err("A net needs examples, and every one of them all its inputs.".to_owned());
        }
        if classes == 0 {
            if output != Output::Linear(1) {
                return Err("These examples have values and no classes: they need one linear \
                            output."
                    .to_owned());
            }
        } else if classes > output.classes() {
            return Err(format!(
                "The data have {classes} classes, and the output tells {} apart.",
                output.classes()
            ));
        }
        let n = y.len();
        let classes: Vec<usize> =
            if classes == 0 { Vec::new() } else { y.iter().map(|&y| y as usize).collect() };
        let targets = if classes.is_empty() {
            y.to_vec()
        } else {
            let column = |index| classes.iter().map(move |&class| output.target(class, index));
            (0..output.targets()).flat_map(column).collect()
        };
        Ok(Self { inputs: columns.concat(), targets, classes, n })
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

    /// The inputs of an example of an index below n.
    pub fn inputs_of(&self, index: usize) -> Vec<f64> {
        self.inputs.iter().skip(index).step_by(self.n).copied().collect()
    }

    /// The target of an example of an index below n.
    pub fn target_of(&self, index: usize) -> Vec<f64> {
        self.targets.iter().skip(index).step_by(self.n).copied().collect()
    }
}
