//! What is known at each of many learning rates, and in which order it becomes so.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::math::budget::GRID;

/// Their losses are told from this rank to the same from above, and the one in the middle.
const RANK: usize = 1;
/// How many learning rates there are, evenly on a logarithmic axis.
const RATES: usize = 257;
/// They are walked from every so-manieth on, then those between them.
const STRIDES: [usize; 3] = [16, 4, 1];

/// The loss after the last update; infinite where a number stops being finite before.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// In the middle of those of all seeds.
    pub middle: f64,
    /// The second lowest and the second highest of the seeds; both the middle where there is one seed.
    pub band: [f64; 2],
}

impl Outcome {
    /// Of a single loss.
    pub fn sole(loss: f64) -> Self {
        Self { middle: loss, band: [loss; 2] }
    }

    /// Of the losses of all seeds.
    pub(super) fn of(mut losses: Vec<f64>) -> Self {
        losses.sort_unstable_by(f64::total_cmp);
        let last = losses.len() - 1;
        let rank = RANK.min(last / 2);
        Self { middle: losses[last / 2], band: [losses[rank], losses[last - rank]] }
    }
}

/// What a sweep knows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outcomes {
    /// At each of the learning rates, ascending.
    outcomes: Vec<Option<Outcome>>,
    /// How many are still to come.
    left: usize,
}

/// With what runs end at some learning rates, as soon as that is known.
pub type Find<'a> = dyn FnMut(&[f64]) -> Option<Vec<Outcome>> + 'a;

/// What a run ends with at each learning rate, as far as it is known.
///
/// Two may share it: one begins with those that come last and hands over what it has found, the other does
/// all the rest.
#[derive(Debug)]
pub struct Sweep {
    /// α, ascending, and with what it ends.
    points: Vec<(f64, Option<Outcome>)>,
    /// The places among `points` that are still to come, the next one last.
    left: Vec<usize>,
    /// How many there were at first.
    all: usize,
    /// How many of those that come next are being found.
    in_hand: usize,
}

impl Sweep {
    /// A sweep from 10 to one power to 10 to another one, of which nothing is known yet; an α costs
    /// so many units.
    pub fn new([low, high]: [f64; 2], each: u64) -> Self {
        let share = |place: usize| place as f64 / (RATES - 1) as f64;
        let alpha = |place| libm::exp10(low + (high - low) * share(place));
        let mut order: Vec<usize> = Vec::with_capacity(RATES);
        for stride in STRIDES {
            let places = (0..RATES).step_by(stride);
            if !order.is_empty() && each.saturating_mul(places.len() as u64) > GRID {
                break;
            }
            let is_new = |place: &usize| !order.contains(place);
            let new: Vec<usize> = places.filter(is_new).collect();
            order.extend(new);
        }
        let all = order.len();
        order.reverse();
        let points = (0..RATES).map(|place| (alpha(place), None)).collect();
        Self { points, left: order, all, in_hand: 0 }
    }

    /// At how many learning rates it is to be known.
    pub fn count(&self) -> usize {
        self.all
    }

    /// The learning rates at which it is known, ascending, and what is.
    pub fn points(&self) -> impl Iterator<Item = (f64, Outcome)> {
        self.points.iter().filter_map(|&(alpha, outcome)| Some((alpha, outcome?)))
    }

    /// The learning rate of those that are known which is nearest to one, and what is known there.
    pub fn nearest(&self, alpha: f64) -> Option<(f64, Outcome)> {
        let far = |other: f64| (libm::log(other) - libm::log(alpha)).abs();
        self.points().min_by(|(a, _), (b, _)| far(*a).total_cmp(&far(*b)))
    }

    /// Whether it is known all along, if only roughly.
    pub fn is_rough(&self) -> bool {
        self.rough_left() == 0
    }

    /// How much of it is known, from 0 to 1.
    pub fn progress(&self) -> f64 {
        (self.all - self.left.len()) as f64 / self.all as f64
    }

    /// All of that, for another sweep of the same run.
    pub fn outcomes(&self) -> Outcomes {
        let outcomes = self.points.iter().map(|(_, outcome)| *outcome).collect();
        Outcomes { outcomes, left: self.left.len() }
    }

    /// How many rough ones are to come: they do before all others.
    fn rough_left(&self) -> usize {
        self.left.iter().rev().take_while(|place| *place % STRIDES[0] == 0).count()
    }

    /// Takes what another sweep of the same run knows, if that is more; tells whether it is.
    pub fn take(&mut self, Outcomes { outcomes, left }: Outcomes) -> bool {
        let is_more = left < self.left.len();
        if is_more {
            for (point, outcome) in self.points.iter_mut().zip(outcomes) {
                point.1 = outcome.or(point.1);
            }
            self.left.retain(|&place| self.points[place].1.is_none());
            self.in_hand = 0;
        }
        is_more
    }

    /// Goes on as long as `find` finds with what runs end at the next learning rates, at most so many at
    /// once and first of all the rough ones; tells whether all is known.
    pub fn advance(&mut self, most: usize, find: &mut Find<'_>) -> bool {
        while !self.left.is_empty() {
            let missing = match self.rough_left() {
                0 => self.left.len(),
                rough => rough,
            };
            if self.in_hand == 0 {
                self.in_hand = missing.min(most);
            }
            let from = self.left.len() - self.in_hand;
            let Some(found) = find(&self.alphas(from..self.left.len())) else { return false };
            self.in_hand = 0;
            let places = self.left.split_off(from);
            self.know(places.into_iter().zip(found));
        }
        true
    }

    /// Goes on from the other end while somebody else does what [`Sweep::advance`] does, as long as `find`
    /// finds: places, and what is known there.
    pub fn help(&mut self, most: usize, find: &mut Find<'_>) -> Vec<(usize, Outcome)> {
        let mut help = Vec::new();
        while !self.left.is_empty() {
            let count = most.min(self.left.len());
            let Some(found) = find(&self.alphas(0..count)) else { break };
            help.extend(self.left.drain(..count).zip(found));
        }
        self.know(help.iter().copied());
        help
    }

    /// Takes what somebody who helps has found, but for what is being found here.
    pub fn take_help(&mut self, found: &[(usize, Outcome)]) {
        let (free, _) = self.left.split_at(self.left.len() - self.in_hand);
        let new: Vec<_> = found.iter().copied().filter(|(place, _)| free.contains(place)).collect();
        self.left.retain(|place| new.iter().all(|(known, _)| known != place));
        self.know(new.into_iter());
    }

    fn alphas(&self, left: Range<usize>) -> Vec<f64> {
        self.left[left].iter().map(|&place| self.points[place].0).collect()
    }

    fn know(&mut self, found: impl Iterator<Item = (usize, Outcome)>) {
        for (place, outcome) in found {
            self.points[place].1 = Some(outcome);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(sweep: &mut Sweep) {
        assert!(
            sweep
                .advance(5, &mut |alphas| Some(alphas.iter().map(|&a| Outcome::sole(a)).collect()))
        );
    }

    #[test]
    fn two_find_each_learning_rate_once_wherever_they_meet() {
        let decades = [-4.0, 1.0];
        let mut alone = Sweep::new(decades, 1);
        whole(&mut alone);
        for (mine, others) in [(1, 1), (7, 2), (2, 7), (40, 300), (300, 40)] {
            let (mut first, mut second) = (Sweep::new(decades, 1), Sweep::new(decades, 1));
            // Each finds so many at once, every second time that it is asked.
            let mut asked = [0, 0];
            let mut found = 0;
            let mut find = |who: usize, alphas: &[f64]| {
                asked[who] += 1;
                (asked[who] % 2 == 0).then(|| {
                    found += alphas.len();
                    alphas.iter().map(|&a| Outcome::sole(a)).collect()
                })
            };
            loop {
                let help = second.help(others, &mut |alphas| find(1, alphas));
                first.take_help(&help);
                let known = first.points().count();
                assert_eq!(first.progress(), known as f64 / RATES as f64);
                if first.advance(mine, &mut |alphas| find(0, alphas)) {
                    break;
                }
            }
            assert!(first.points().eq(alone.points()), "{mine} {others}");
            // What both had in hand is found twice.
            assert!(found < RATES + 2 * mine.max(others).min(RATES), "{mine} {others}: {found}");
        }
    }

    #[test]
    fn it_is_rough_once_every_sixteenth_is_known() {
        let mut sweep = Sweep::new([-4.0, 1.0], 1);
        let mut helping = Sweep::new([-4.0, 1.0], 1);
        let help = helping.help(200, &mut {
            let mut first = true;
            move |alphas: &[f64]| {
                std::mem::take(&mut first)
                    .then(|| alphas.iter().map(|&a| Outcome::sole(a)).collect())
            }
        });
        sweep.take_help(&help);
        assert!(help.len() == 200 && !sweep.is_rough());
        let mut first = true;
        sweep.advance(1000, &mut |alphas| {
            std::mem::take(&mut first).then(|| alphas.iter().map(|&a| Outcome::sole(a)).collect())
        });
        assert!(sweep.is_rough() && sweep.points().count() == 217);
        whole(&mut sweep);
        assert_eq!(sweep.points().count(), RATES);
    }
}
