//! With which losses runs end from very many starts: how they are distributed, for each of several rules.
//!
//! One start may be lucky for one rule and not for another; of all of them no rule chooses its own.

use std::cmp::Ordering;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::setup::Setup;
use super::starts::Starts;
use super::walkers::Walkers;
use crate::math::budget::Budget;
use crate::objective::Objective;

/// The distribution is known at so many shares of the starts: each thousandth.
const SHARES: usize = 1000;
/// Walkers in a block.
const BLOCK: usize = 256;

/// How the losses of one run at its last update are distributed over all starts.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct StartLosses {
    /// Of how many starts.
    pub starts: usize,
    /// The smallest loss, …, the largest one, equally many starts apart; infinite where the run ends
    /// before its last update, since a number is not finite.
    pub quantiles: Vec<f64>,
    /// From how many starts it ends so.
    pub ended: usize,
}

impl StartLosses {
    fn of(mut losses: Vec<f64>) -> Self {
        losses.sort_unstable_by(f64::total_cmp);
        let last = losses.len().saturating_sub(1);
        let quantile = |part: usize| losses.get(part * last / SHARES).copied();
        Self {
            starts: losses.len(),
            quantiles: (0..=SHARES).filter_map(quantile).collect(),
            ended: losses.iter().filter(|loss| **loss == f64::INFINITY).count(),
        }
    }

    /// Each quantile with the share of the starts that end no higher.
    pub fn points(&self) -> impl Iterator<Item = (f64, f64)> {
        let last = self.quantiles.len().saturating_sub(1).max(1) as f64;
        self.quantiles.iter().enumerate().map(move |(part, loss)| (*loss, part as f64 / last))
    }

    /// The share of the starts that end at a loss or below, to about a thousandth.
    pub fn share_below(&self, loss: f64) -> f64 {
        let below = self.quantiles.partition_point(|quantile| *quantile <= loss);
        let last = self.quantiles.len().saturating_sub(1).max(1) as f64;
        below.saturating_sub(1) as f64 / last
    }
}

/// About what all updates of a run from one start cost, in units of a [`Budget`].
pub fn cost(setup: &Setup, objective: &Objective) -> u64 {
    let one = Walkers::new(&setup.run([0.0; 2]), &[[0.0; 2]], &[setup.seed]);
    (setup.steps as u64 + 1) * one.watched_cost(objective)
}

/// The losses from the last starts of a run, as one who helps has found them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tail {
    /// Its place among the runs.
    run: usize,
    /// The start from which the first of them is, of so many.
    first: usize,
    starts: usize,
    losses: Vec<f64>,
}

impl Tail {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.losses.is_empty()
    }
}

/// The distributions of several runs on their way: of few starts first, then of more.
///
/// Two may share the last round, which is most of the work: one begins with the last starts of the last run
/// and hands over what it has found, the other does all the rest.
#[derive(Debug)]
pub struct Gathering {
    setups: Vec<Setup>,
    starts: Starts,
    /// How many starts there are in the rounds still to come, the next one last.
    rounds: Vec<usize>,
    /// The starts of the round at hand.
    points: Vec<[f64; 2]>,
    known: Vec<StartLosses>,
    /// The losses of the run at hand.
    losses: Vec<f64>,
    /// Those of each run from the last starts of the last round, backwards.
    behind: Vec<Vec<f64>>,
    block: Option<Walkers>,
    done: usize,
    all: usize,
}

impl Gathering {
    /// Of these runs, whatever their start, with so many starts in each round.
    pub fn new(setups: Vec<Setup>, starts: Starts, rounds: &[usize]) -> Self {
        let all = rounds.iter().sum::<usize>() * setups.len();
        let mut rounds: Vec<usize> = rounds.iter().rev().copied().collect();
        let points = starts.points(rounds.pop().unwrap_or(0));
        let (known, losses) = (Vec::new(), Vec::new());
        let behind = vec![Vec::new(); setups.len()];
        Self { setups, starts, rounds, points, known, losses, behind, block: None, done: 0, all }
    }

    /// How much of it is done, from 0 to 1.
    pub fn progress(&self) -> f64 {
        if self.all == 0 { 1.0 } else { (self.done as f64 / self.all as f64).min(1.0) }
    }

    /// What the piece at hand costs at most, in units of a [`Budget`]: an update of a block.
    pub fn piece(&self, objective: &Objective) -> u64 {
        self.block.as_ref().map_or(0, |walkers| walkers.watched_cost(objective))
    }

    /// Goes on as far as the budget lets it. Returns the next round when it is known of all runs, in
    /// their order, and with it whether that was the last.
    pub fn advance(
        &mut self,
        objective: &Objective,
        budget: &mut Budget,
    ) -> Option<(Vec<StartLosses>, bool)> {
        while self.known.len() < self.setups.len() {
            let run = self.known.len();
            loop {
                let first = self.losses.len();
                let end = self.points.len() - self.behind(run);
                if first >= end {
                    break;
                }
                let block = first..end.min(first + BLOCK);
                let found = self.measured(run, block, objective, budget)?;
                self.losses.extend(found);
            }
            if self.rounds.is_empty() {
                self.losses.append(&mut self.behind[run]);
            }
            self.known.push(StartLosses::of(std::mem::take(&mut self.losses)));
        }
        let known = std::mem::take(&mut self.known);
        let next = self.rounds.pop();
        self.points = next.map_or(Vec::new(), |count| self.starts.points(count));
        Some((known, next.is_none()))
    }

    /// Goes on with the last round from behind, as far as the budget lets it, while somebody else does what
    /// [`Gathering::advance`] does; `None` where nothing is left of it.
    pub fn help(&mut self, objective: &Objective, budget: &mut Budget) -> Option<Tail> {
        if let Some(&last) = self.rounds.first() {
            let before = self.all - last * self.setups.len();
            *self = Self::new(std::mem::take(&mut self.setups), self.starts, &[last]);
            (self.done, self.all) = (before, before + self.all);
        }
        let starts = self.points.len();
        let run = (0..self.setups.len()).rev().find(|&run| self.behind[run].len() < starts)?;
        let before = self.behind[run].len();
        while self.behind[run].len() < starts {
            let end = starts - self.behind[run].len();
            let block = end.saturating_sub(BLOCK)..end;
            let Some(found) = self.measured(run, block, objective, budget) else { break };
            self.behind[run].extend(found.into_iter().rev());
        }
        let losses = self.behind[run][before..].iter().rev().copied().collect();
        Some(Tail { run, first: starts - self.behind[run].len(), starts, losses })
    }

    /// Takes what somebody who helps has found. What does not follow on what is known is passed over.
    pub fn take(&mut self, Tail { run, first, starts, losses }: Tail) {
        let is_last = self.rounds.is_empty();
        let last = self.rounds.first().copied().unwrap_or(self.points.len());
        let end = first + losses.len();
        let is_next = |behind: &Vec<f64>| end + behind.len() == starts;
        if starts != last || !self.behind.get(run).is_some_and(is_next) {
            return;
        }
        // The first of them may be known already, or in hand.
        let known = match run.cmp(&self.known.len()) {
            Ordering::Less if is_last => starts,
            Ordering::Equal if is_last => {
                self.losses.len() + self.block.as_ref().map_or(0, Walkers::len)
            }
            _ => 0,
        };
        let new = end.saturating_sub(known.max(first));
        self.done += new;
        self.behind[run].extend(losses.into_iter().rev().take(new));
    }

    /// From how many of the last starts of the round at hand the losses of a run are known.
    fn behind(&self, run: usize) -> usize {
        if self.rounds.is_empty() { self.behind[run].len() } else { 0 }
    }

    /// The losses of a run from some starts, as far as the budget lets it: those of the block in hand, until
    /// they are known.
    fn measured(
        &mut self,
        run: usize,
        block: Range<usize>,
        objective: &Objective,
        budget: &mut Budget,
    ) -> Option<Vec<f64>> {
        let setup = &self.setups[run];
        let mut walkers = self.block.take().unwrap_or_else(|| {
            let seeds = setup.seeds(block.clone());
            Walkers::new(&setup.run([0.0; 2]), &self.points[block], &seeds)
        });
        let cost = walkers.watched_cost(objective);
        loop {
            if !budget.piece(cost) {
                self.block = Some(walkers);
                return None;
            }
            walkers.measure_and_end(objective);
            if walkers.updates() == setup.steps {
                break;
            }
            walkers.step(objective);
        }
        self.done += walkers.len();
        Some(walkers.measured().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::labs::Lab as _;
    use crate::labs::planar::PlanarLab;
    use crate::labs::planar::experiment::Experiment;
    use crate::math::window::Window;
    use crate::training::run::walk;

    const WINDOW: Window = Window::new(-3.0, 3.0, -2.0, 2.5);

    fn gathered(experiment: &Experiment, rounds: &[usize], slice: u64) -> Vec<Vec<StartLosses>> {
        let objective = experiment.objective();
        let runs = 0..experiment.runs.len();
        let setups = runs.map(|run| Setup::of(&experiment.run_spec(run))).collect();
        let mut gathering = Gathering::new(setups, Starts::Window(WINDOW), rounds);
        let mut found = Vec::new();
        loop {
            let mut budget = Budget::units(slice);
            if let Some((known, is_last)) = gathering.advance(&objective, &mut budget) {
                found.push(known);
                if is_last {
                    assert_eq!(gathering.progress(), 1.0);
                    return found;
                }
            }
        }
    }

    #[test]
    fn the_losses_are_those_of_the_runs_themselves() {
        for link in [
            "surface=himmelblau&runs=gd,momentum,adam&momentum.alpha=0.03&steps=40",
            "f=x-ln(x+y)%2By^2&runs=gd,newton&gd.noise=0.5&steps=30",
            "problem=logistic&runs=gd,gd&gd2.batch=5&data.n=20&steps=25",
        ] {
            let lab = PlanarLab::new(link);
            assert_eq!(lab.faults(), [], "{link}");
            let experiment = lab.experiment();
            let objective = experiment.objective();
            let points = Starts::Window(WINDOW).points(700);
            let found = gathered(experiment, &[10, 700], 100_000);
            assert_eq!(found, gathered(experiment, &[10, 700], u64::MAX / 2), "{link}");
            assert_eq!(found[0][0].starts, 10);
            for (run, known) in found[1].iter().enumerate() {
                let spec = experiment.run_spec(run);
                let setup = Setup::of(&spec);
                let ends = points.iter().enumerate().map(|(at, start)| {
                    let setup = setup.with_later_seed(at as u64);
                    let path = walk(&objective, &setup.run(*start));
                    let is_whole = path.theta.len() == setup.steps + 1;
                    path.loss.last().copied().filter(|_| is_whole).unwrap_or(f64::INFINITY)
                });
                let mut losses: Vec<f64> = ends.collect();
                losses.sort_unstable_by(f64::total_cmp);
                let quantiles: Vec<f64> =
                    (0..=1000).map(|part| losses[part * 699 / 1000]).collect();
                assert_eq!(known.quantiles, quantiles, "{link}, run {run}");
                assert_eq!(known.ended, losses.iter().filter(|loss| loss.is_infinite()).count());
            }
        }
    }

    #[test]
    fn shares_count_the_starts_that_end_no_higher() {
        let known =
            StartLosses::of((0..1001).map(f64::from).chain([f64::INFINITY; 1000]).collect());
        assert_eq!((known.starts, known.ended), (2001, 1000));
        for (loss, share) in [(-1.0, 0.0), (0.0, 0.0), (500.0, 0.25), (1e9, 0.5)] {
            assert!((known.share_below(loss) - share).abs() < 0.003, "{loss}");
        }
        assert_eq!(known.share_below(f64::INFINITY), 1.0);
        assert_eq!(StartLosses::default().share_below(1.0), 0.0);
    }

    #[test]
    fn two_gather_what_one_does_wherever_they_meet() {
        let lab = PlanarLab::new("surface=himmelblau&runs=gd,momentum&steps=30");
        let (experiment, objective) = (lab.experiment(), lab.experiment().objective());
        let alone = gathered(experiment, &[10, 1500], u64::MAX / 2);
        let begin = || {
            let setups = (0..2).map(|run| Setup::of(&experiment.run_spec(run))).collect();
            Gathering::new(setups, Starts::Window(WINDOW), &[10, 1500])
        };
        for (mine, others, late) in
            [(40_000, 10_000, 0), (10_000, 40_000, 1), (10_000, u64::MAX / 2, 0), (9_000, 9_000, 3)]
        {
            let (mut first, mut second) = (begin(), begin());
            let mut on_their_way = std::collections::VecDeque::new();
            let (mut found, mut taken) = (Vec::new(), 0);
            while found.len() < 2 {
                on_their_way.extend(second.help(&objective, &mut Budget::units(others)));
                if on_their_way.len() > late {
                    let tail: Tail = on_their_way.pop_front().unwrap();
                    let before = first.done;
                    first.take(tail.clone());
                    taken += first.done - before;
                    // Once more it is no news.
                    let now = first.done;
                    first.take(tail);
                    assert_eq!(first.done, now);
                }
                let round = first.advance(&objective, &mut Budget::units(mine));
                found.extend(round.map(|(known, _)| known));
                assert!(first.progress() <= 1.0);
            }
            assert_eq!((&found, first.progress()), (&alone, 1.0), "{mine} {others} {late}");
            assert!(taken > 100, "{mine} {others} {late}: {taken}");
        }
    }
}
