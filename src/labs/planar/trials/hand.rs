//! The hand on the charts of other dials: it holds the mark of a run, or takes a run to where it clicks.

use crate::analysis::alpha_beta::beta_of;
use crate::labs::hand::{Grip, marked, nearest};
use crate::labs::planar::PlanarLab;
use crate::labs::planar::experiment::By;
use crate::labs::planar::scene::trials;

impl PlanarLab {
    /// The run whose mark is under a pixel of the chart, while it shows trials.
    pub(in crate::labs::planar) fn trial_at(&self, at: [f64; 2]) -> Option<usize> {
        nearest(&self.trial_marks(), at).map(|(index, _)| index)
    }

    /// The runs with a mark on the chart, while it shows trials, and where these are in px.
    fn trial_marks(&self) -> Vec<(usize, [f64; 2])> {
        let is_there = match self.experiment.by() {
            By::Alpha => self.sees_ahead(),
            By::AlphaBeta => self.alpha_beta().is_some(),
            By::Updates | By::Evaluations | By::Epochs | By::Starts => false,
        };
        if is_there { trials::marks(self) } else { Vec::new() }
    }

    /// The run that the chart is about: the one that is mapped, or the followed one.
    fn tried(&self) -> Option<usize> {
        let mapped = self.mapped_momentum().filter(|_| self.experiment.by() == By::AlphaBeta);
        mapped.or(self.experiment.followed())
    }

    /// Takes hold of the mark under a pixel, where there is one.
    pub(in crate::labs::planar) fn take_trial(&mut self, at: [f64; 2]) {
        self.trials.grip = Grip::on(&self.trial_marks(), at);
    }

    /// Sets the dials of the run whose mark is held, or else of the one that the chart is about, to those
    /// under a pixel of it.
    pub(in crate::labs::planar) fn put_trial(&mut self, at: [f64; 2]) {
        let (marks, runs) = (self.trial_marks(), self.experiment.runs.len());
        let carried = self.trials.grip.carry(&marks, runs, self.tried(), at);
        let Some((index, at)) = carried else { return };
        let name = self.experiment.runs.names().swap_remove(index);
        let (alpha, beta) = trials::dials_at(self, at);
        let rule = self.experiment.runs[index].rule;
        let beta = beta_of(rule).zip(beta);
        for (dial, value) in [(0, alpha)].into_iter().chain(beta) {
            let param = &rule.parameters[dial];
            let [low, high] = param.range;
            let text = param.write(in_digits(value).clamp(low, high));
            // A value of the range is taken.
            let _ = self.experiment.set(&format!("{name}.{}", param.key), &text);
        }
        self.refresh();
    }

    /// Moves the dials of the run that the chart is about by pixels of it, right and down.
    pub(in crate::labs::planar) fn nudge_trial(&mut self, [dx, dy]: [f64; 2]) {
        self.trials.grip = Grip::default();
        let mark = marked(&self.trial_marks(), self.tried());
        let Some((_, [x, y])) = mark else { return };
        self.put_trial([x + dx, y + dy]);
    }
}

/// A number with three digits.
fn in_digits(value: f64) -> f64 {
    format!("{value:.2e}").parse().unwrap_or(value)
}
