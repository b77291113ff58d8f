//! With which losses the runs end from very many starts: those of the swarm, or where it would start.

use super::PlanarLab;
use super::inputs::run_inputs;
use super::maps::Refined;
use crate::labs::maps::{Help, Helped};
use crate::labs::planar::experiment::{By, Setting};
use crate::math::budget::{Budget, GRID};
use crate::training::setup::Setup;
use crate::training::start_losses::{self, Gathering, StartLosses, Tail};

/// The first round of the losses of all starts has so many starts, and the next ones so many times more.
const FIRST_ROUND: usize = 1_000;
const TIMES: usize = 10;

/// The losses that runs end with from all starts: of each run that is shown, with its place.
pub(super) type FromStarts = Refined<Vec<(usize, StartLosses)>, Gathering>;

impl PlanarLab {
    /// Whether the chart shows with which losses runs end from all starts.
    fn gathers_losses(&self) -> bool {
        self.experiment.by() == By::Starts && self.sees_ahead()
    }

    /// The runs that are shown, and with which losses they end from all starts, as far as that is known;
    /// after a change the former ones, until there are others.
    pub fn start_losses(&self) -> &[(usize, StartLosses)] {
        let known = self.from_starts.on(self.objective_id).filter(|_| self.gathers_losses());
        let known = known.filter(|known| {
            // A run may have gone.
            known.iter().all(|(index, _)| *index < self.experiment.runs.len())
        });
        known.map_or(&[], |known| known)
    }

    /// Whether these are of the present runs.
    pub fn start_losses_are_present(&self) -> bool {
        self.start_losses_inputs().is_some_and(|inputs| self.from_starts.is_of(&inputs))
    }

    /// Whether they are, and from as many starts as there will be.
    pub fn start_losses_are_whole(&self) -> bool {
        self.awaited_start_losses().is_none()
    }

    fn shown_for_losses(&self) -> Vec<usize> {
        let runs = &self.experiment.runs;
        (0..runs.len()).filter(|index| !runs[*index].hidden).collect()
    }

    /// Everything that these losses depend on, as bits; `None` where they are not asked for.
    fn start_losses_inputs(&self) -> Option<Vec<u64>> {
        let runs = self.shown_for_losses();
        if !self.gathers_losses() || runs.is_empty() {
            return None;
        }
        let mut inputs = vec![self.objective_id];
        for index in runs {
            inputs.push(index as u64);
            inputs.extend(run_inputs(&self.experiment, index, self.objective_id));
        }
        inputs.extend(self.starts().bits());
        inputs.push(self.experiment.setting(Setting::Walkers) as u64);
        Some(inputs)
    }

    /// Goes on with them, as far as the budget lets it; tells whether all is known.
    pub(super) fn gather_losses(&mut self, budget: &mut Budget) -> bool {
        let Some(inputs) = self.start_losses_inputs() else {
            self.from_starts = FromStarts::default();
            return true;
        };
        self.from_starts.begin(inputs);
        if self.leaves_maps() {
            self.from_starts.work = None;
            return true;
        }
        while !self.from_starts.is_whole {
            let begun = self.from_starts.work.take();
            let mut work = begun.unwrap_or_else(|| self.begin_gathering());
            let round = work.advance(&self.objective, budget);
            self.from_starts.work = Some(work);
            let Some((losses, is_last)) = round else { return false };
            let known = self.shown_for_losses().into_iter().zip(losses).collect();
            self.from_starts.show(known, is_last);
            self.tell_of_losses();
        }
        self.from_starts.work = None;
        true
    }

    /// The losses that are awaited, on their way.
    fn awaited_gathering(&mut self) -> Option<(Vec<u64>, Gathering)> {
        let inputs = self.awaited_start_losses()?;
        self.from_starts.begin(inputs.clone());
        let begun = self.from_starts.work.take();
        Some((inputs, begun.unwrap_or_else(|| self.begin_gathering())))
    }

    /// Goes on with the losses that somebody else gathers; `None` where there is nothing left of them.
    pub(super) fn help_with_losses(&mut self, budget: &mut Budget) -> Option<Help> {
        let (inputs, mut work) = self.awaited_gathering()?;
        let found = work.help(&self.objective, budget);
        self.from_starts.work = Some(work);
        Some(Help { inputs, found: Helped::Starts(found?) })
    }

    /// Somebody who helps has found some of those with these inputs.
    pub(super) fn take_help_with_losses(&mut self, of: &[u64], found: Tail) {
        let Some((inputs, mut work)) = self.awaited_gathering() else { return };
        if inputs == of {
            work.take(found);
        }
        self.from_starts.work = Some(work);
    }

    fn begin_gathering(&self) -> Gathering {
        let runs = self.shown_for_losses();
        let setup = |&index: &usize| Setup::of(&self.experiment.run_spec(index));
        let setups: Vec<Setup> = runs.iter().map(setup).collect();
        let cost: u64 = setups.iter().map(|setup| start_losses::cost(setup, &self.objective)).sum();
        let most = self.experiment.setting(Setting::Walkers) as usize;
        Gathering::new(setups, self.starts(), &rounds(most, cost))
    }

    /// What an update of a block costs, in units.
    pub(super) fn gathering_piece(&self) -> u64 {
        self.from_starts.work.as_ref().map_or(0, |work| work.piece(&self.objective))
    }

    /// How much of the losses is known, from 0 to 1.
    pub(super) fn gathering_progress(&self) -> f64 {
        self.from_starts.work.as_ref().map_or(1.0, Gathering::progress)
    }

    /// The inputs of the losses that are to be shown, where they are not all known.
    pub(super) fn awaited_start_losses(&self) -> Option<Vec<u64>> {
        self.start_losses_inputs().filter(|inputs| self.from_starts.awaits(inputs))
    }

    /// A worker knows those with these inputs from more starts.
    pub(super) fn take_start_losses(
        &mut self,
        inputs: Vec<u64>,
        known: Vec<(usize, StartLosses)>,
        is_last: bool,
    ) {
        let Some(awaited) = self.awaited_start_losses() else { return };
        let starts = |known: &Vec<(usize, StartLosses)>| {
            known.first().map_or(0, |(_, losses)| losses.starts)
        };
        let is_shown = self.from_starts.take(awaited, (inputs, known, is_last), starts);
        if is_shown {
            self.tell_of_losses();
        }
    }

    /// More is known: it is drawn, and told below the chart.
    fn tell_of_losses(&mut self) {
        self.trials.version += 1;
        self.versions.model += 1;
    }
}

/// From how many starts the losses are gathered, one round after the other, where all runs from one start
/// cost so many units: as far as that is affordable.
fn rounds(most: usize, cost: u64) -> Vec<usize> {
    let counts = std::iter::successors(Some(FIRST_ROUND), |count| count.checked_mul(TIMES));
    let mut rounds: Vec<usize> = counts.take_while(|count| *count < most).collect();
    rounds.push(most);
    let affordable = |count: &usize| (*count as u64).saturating_mul(cost) <= GRID;
    let first = rounds[0].min(((GRID / cost.max(1)) as usize).max(1));
    std::iter::once(first).chain(rounds[1..].iter().copied().take_while(affordable)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounds_grow_as_far_as_they_are_affordable() {
        assert_eq!(rounds(100_000, 1_000), [1_000, 10_000, 100_000]);
        assert_eq!(rounds(20_000, 1_000), [1_000, 10_000, 20_000]);
        assert_eq!(rounds(20_000, 1_000_000), [1_000, 10_000]);
        assert_eq!(rounds(500, 1_000), [500]);
        assert_eq!(rounds(20_000, GRID / 100), [100]);
        assert_eq!(rounds(20_000, u64::MAX), [1]);
    }
}
