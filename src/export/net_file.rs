//! A net, its data and its training in a JSON file, so that Ravine's training can be checked
//! against that of any other framework. [`KEYS`] says what stands in such a file.

mod entry;
mod json;
mod keys;
mod read;
mod write;

use std::io::{self, Write};

use crate::export::tables;
use crate::export::trace;
use crate::math::param::write_number;
use crate::network::{Architecture, Diverged, Examples, Regularisation, Risk, Trainer};
use crate::optimizers::Rule;

pub use keys::KEYS;
pub use read::MOST_UPDATES;
pub use write::write;

/// A training as a file describes it.
pub struct Training {
    architecture: Architecture,
    /// θ at the start.
    theta: Vec<f64>,
    rule: &'static Rule,
    /// The values of the rule's dials, in their order.
    dials: Vec<f64>,
    batches: Batches,
    updates: usize,
    regularisation: Regularisation,
    /// Whether training leaves the biases as they are.
    are_biases_frozen: bool,
    train: Examples,
    test: Option<Examples>,
}

/// How the examples of training are dealt out to updates.
#[derive(Debug, PartialEq)]
enum Batches {
    /// Shuffled and dealt out by Ravine.
    Shuffled(crate::data::Batches),
    /// Given, each a list of examples counted from 0; they take turns.
    Given(Vec<Vec<u32>>),
}

impl Batches {
    /// The number of updates in an epoch.
    fn per_epoch(&self) -> usize {
        match self {
            Self::Shuffled(batches) => batches.per_epoch(),
            Self::Given(batches) => batches.len(),
        }
    }

    /// How many examples an update, counted from 0, uses.
    fn size(&self, update: usize) -> usize {
        let turn = update % self.per_epoch();
        match self {
            Self::Shuffled(batches) => batches.part(turn).len(),
            Self::Given(batches) => batches[turn].len(),
        }
    }
}

impl Training {
    /// The training that the text of a file describes.
    ///
    /// # Errors
    /// A sentence that names the place of the first fault: `weights[1] has 5 numbers, and 6 are
    /// needed.`
    pub fn read(text: &str) -> Result<Self, String> {
        read::training(text)
    }

    /// Trains the net and writes a table as CSV with the columns
    /// `run,update,epoch,examples,loss_train,loss_test,accuracy_train,accuracy_test`: one row for
    /// the start and one for each update, f64 in full. `epoch` counts from 1 (0 at the start),
    /// `examples` are those that all updates so far have used, losses are means without the penalty,
    /// and accuracies lie between 0 and 1. A cell is empty where there is no test or where there are
    /// no classes. Returns a line about the end of the run.
    ///
    /// # Errors
    /// Those of the output.
    pub fn write_table(&self, out: &mut impl Write) -> io::Result<String> {
        let head = "run,update,epoch,examples,loss_train,loss_test,accuracy_train,accuracy_test";
        writeln!(out, "{head}")?;
        let mut used = 0;
        let end = self.train(|trainer, update| {
            let (key, mut epoch) = (self.rule.key, 0);
            if let Some(before) = update.checked_sub(1) {
                used += self.batches.size(before);
                epoch = before / self.batches.per_epoch() + 1;
            }
            let risks = [Some(&self.train), self.test.as_ref()]
                .map(|examples| examples.map(|examples| trainer.risk(examples)));
            let cells = [
                risks.map(|risk| risk.map(|Risk { loss, .. }| loss)),
                risks.map(|risk| risk.and_then(|Risk { accuracy, .. }| accuracy)),
            ];
            let cells =
                cells.concat().into_iter().map(|cell| cell.map_or_else(String::new, write_number));
            let cells = cells.collect::<Vec<_>>().join(",");
            writeln!(out, "{key},{update},{epoch},{used},{cells}")
        });
        end.map(|(_, status)| status)
    }

    /// Trains the net and writes its weights and biases as CSV with the columns `name,value`; those
    /// of a run that diverges are the last with which they and the loss were finite. Returns a line
    /// about the end of the run.
    ///
    /// # Errors
    /// Those of the output.
    pub fn write_weights(&self, out: &mut impl Write) -> io::Result<String> {
        let (trainer, status) = self.train(|_, _| Ok(()))?;
        writeln!(out, "name,value")?;
        for (index, value) in trainer.theta().iter().enumerate() {
            let name = self.architecture.name(index).unwrap_or_default();
            writeln!(out, "{name},{}", write_number(*value))?;
        }
        Ok(status)
    }

    /// Writes which examples each update uses as CSV with the columns
    /// `run,update,epoch,batch,example`: a row for each example, in the order in which they are dealt
    /// out. Examples are counted from 0, as in the file; the rest is counted from 1.
    ///
    /// # Errors
    /// Those of the output.
    pub fn write_batches(&self, out: &mut impl Write) -> io::Result<()> {
        let key = self.rule.key;
        writeln!(out, "{}", tables::BATCHES)?;
        match &self.batches {
            Batches::Shuffled(batches) => {
                tables::write_batches(out, key, batches, self.updates, |example| example)
            }
            Batches::Given(batches) => (0..self.updates).try_for_each(|update| {
                let [epoch, batch] = [update / batches.len(), update % batches.len()];
                batches[batch].iter().try_for_each(|example| {
                    let [update, epoch, batch] = [update, epoch, batch].map(|place| place + 1);
                    writeln!(out, "{key},{update},{epoch},{batch},{example}")
                })
            }),
        }
    }

    /// Trains the net, shows it at the start and after each update, and says how it ended.
    fn train(
        &self,
        mut show: impl FnMut(&mut Trainer, usize) -> io::Result<()>,
    ) -> io::Result<(Trainer, String)> {
        let key = self.rule.key;
        let mut trainer = self.trainer();
        show(&mut trainer, 0)?;
        for update in 0..self.updates {
            let done = match &self.batches {
                Batches::Shuffled(_) => trainer.step(&self.train),
                Batches::Given(batches) => {
                    trainer.step_with(&self.train, &batches[update % batches.len()])
                }
            };
            if let Err(Diverged { update: kept }) = done {
                let status = if kept == 0 && !trainer.risk(&self.train).loss.is_finite() {
                    format!("status {key}: the loss is not finite at the start")
                } else {
                    format!("status {key}: diverged, not finite any more after update {}", kept + 1)
                };
                return Ok((trainer, status));
            }
            show(&mut trainer, update + 1)?;
        }
        Ok((trainer, format!("status {key}: finished after {}", trace::updates(self.updates))))
    }

    fn trainer(&self) -> Trainer {
        let all = self.train.len();
        let batches = match self.batches {
            Batches::Shuffled(batches) => batches,
            Batches::Given(_) => crate::data::Batches::new(all, all, 0),
        };
        let Self { architecture, theta, rule, dials, regularisation, .. } = self;
        let trainer =
            Trainer::new(architecture, theta.clone(), (rule, dials), batches, *regularisation)
                .expect("a start of the net's own length");
        if self.are_biases_frozen { trainer.with_frozen_biases() } else { trainer }
    }
}

#[cfg(test)]
mod tests;
