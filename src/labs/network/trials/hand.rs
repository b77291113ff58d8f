//! The hand on the charts of other dials: it holds the mark of a run, or takes a run to where it clicks;
//! and it zooms a map.

use super::super::link::WINDOW_KEY;
use super::super::scene::trials::{self, Dials};
use super::super::{By, NetLab};
use super::{NARROWEST, REACH};
use crate::labs::hand::{Grip, marked, nearest};
use crate::labs::link::recognize_scene;
use crate::labs::network::experiment::WHOLE;
use crate::labs::runs::batch_of;
use crate::math::decimal::rounded_to_digits;
use crate::math::param::rounded;
use crate::math::window::Window;
use crate::network::INITIAL_SCALE;

/// Digits of a dial that is put somewhere on an axis which is a decade long; on shorter ones it has more.
const DIGITS: f64 = 3.0;

/// As many digits as tell the places of an axis apart that is so many decades long.
pub fn digits_of(decades: f64) -> usize {
    (DIGITS + libm::ceil(-libm::log10(decades)).max(0.0)) as usize
}

impl NetLab {
    /// The run whose mark is under a pixel of the chart, while it shows trials.
    pub(in crate::labs::network) fn trial_at(&self, at: [f64; 2]) -> Option<usize> {
        nearest(&self.trial_marks(), at).map(|(index, _)| index)
    }

    /// The runs with a mark on the chart, while it shows trials, and where these are in px.
    fn trial_marks(&self) -> Vec<(usize, [f64; 2])> {
        if self.shows_trials() && self.sees_ahead() { trials::marks(self) } else { Vec::new() }
    }

    /// Takes hold of the mark under a pixel, where there is one.
    pub(in crate::labs::network) fn take_trial(&mut self, at: [f64; 2]) {
        self.trials.grip = Grip::on(&self.trial_marks(), at);
    }

    /// Sets the dials of the run whose mark is held, or else of the one that the chart is about, to those
    /// under a pixel of it. The scale is that of all runs.
    pub(in crate::labs::network) fn put_trial(&mut self, at: [f64; 2]) {
        let (marks, runs) = (self.trial_marks(), self.experiment.runs.len());
        let carried = self.trials.grip.carry(&marks, runs, self.mapped_run(), at);
        let Some((index, at)) = carried else { return };
        let name = self.experiment.runs.names().swap_remove(index);
        let Dials { alpha, other } = trials::dials_at(self, at);
        let window = self.map_window();
        let fine = |value: f64, decades: f64| rounded_to_digits(value, digits_of(decades));
        let alpha = fine(alpha, window.width());
        let param = &self.experiment.runs[index].rule.parameters[0];
        let mut dials = vec![(format!("{name}."), param.clone(), alpha)];
        match self.experiment.by() {
            By::AlphaInit => {
                dials.push((String::new(), INITIAL_SCALE, fine(other, window.height())));
            }
            By::AlphaBatch => {
                let batch = batch_of(self.experiment.data.training());
                dials.push((format!("{name}."), batch, other));
            }
            _ => {}
        }
        for (before, param, value) in dials {
            let [low, high] = param.range;
            let text = param.write(value.clamp(low, high));
            // A value of the range is taken.
            let _ = self.experiment.set(&(before + &*param.key), &text);
        }
        self.refresh();
    }

    /// Moves the dials of the run that the chart is about by pixels of it, right and down.
    pub(in crate::labs::network) fn nudge_trial(&mut self, [dx, dy]: [f64; 2]) {
        self.trials.grip = Grip::default();
        let mark = marked(&self.trial_marks(), self.mapped_run());
        let Some((_, [x, y])) = mark else { return };
        // Batch sizes are rows: a key leads to the next one.
        let dy = match self.experiment.by() {
            By::AlphaBatch if dy != 0.0 => trials::row_height(self).copysign(dy),
            _ => dy,
        };
        self.put_trial([x + dx, y + dy]);
    }

    /// Whether the chart can be zoomed.
    pub fn zooms_chart(&self) -> bool {
        self.experiment.by() == By::AlphaInit && self.sees_ahead()
    }

    /// Whether it is zoomed.
    pub fn is_chart_zoomed(&self) -> bool {
        self.zooms_chart() && self.experiment.window != WHOLE
    }

    /// Shows a part of the map that lies within its reach, if it is not too narrow.
    pub(in crate::labs::network) fn show_window(&mut self, window: Window) {
        let [x, y] =
            [(window.x, REACH.x), (window.y, REACH.y)].map(|([low, high], [least, most])| {
                let span = high - low;
                let low = low.min(most - span).max(least);
                [low, low + span].map(|edge| rounded(edge, span).clamp(least, most))
            });
        let window = Window { x, y };
        if self.zooms_chart() && window.width().min(window.height()) >= NARROWEST {
            self.experiment.window = window;
            recognize_scene(&mut self.experiment);
            self.faults.retain(|fault| fault.key != WINDOW_KEY);
            self.trials.version += 1;
        }
    }
}
