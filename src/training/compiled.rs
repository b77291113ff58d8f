//! Pieces of a run on a surface by a compiled walk, where there is one: the same points to the last
//! bit as one update after the other.

use super::run::{Path, Walker, is_ordinary, norm};
use crate::math::formula::{Jet, Tape};
use crate::objective::Objective;
use crate::optimizers::compiled::CompiledRule;

/// So few updates are made one by one.
const SHORT: usize = 32;
/// Updates of a piece: what is noted of them stays near.
const PIECE: usize = 512;

impl Walker {
    /// Makes at most so many updates that are not the last, and takes down the points before them;
    /// returns how many points it has come to, which is 0 where nothing is compiled.
    pub(super) fn advance_compiled(
        &mut self,
        objective: &Objective,
        path: &mut Path,
        most: usize,
    ) -> usize {
        let all = most.min(self.steps.saturating_sub(path.theta.len()));
        let is_plain = self.noise == 0.0 && self.epochs.is_none();
        let Some(tape) = objective.surface().filter(|_| is_plain && all >= SHORT) else { return 0 };
        let parts = if self.rule.updates.coast.is_some() { 7 } else { 5 };
        let mut arrays = vec![0.0; parts * all.min(PIECE)];
        let mut done = 0;
        while done < all && !path.is_complete() {
            let n = PIECE.min(all - done);
            let noted = &mut arrays[..parts * n];
            if !self.walk_piece(tape, noted, n) {
                break;
            }
            let points = Points { parts: noted.chunks(n).collect() };
            let finite = points.finite();
            points.take_down(path, finite);
            if finite < n {
                let (theta, jet, coast) = points.at(finite);
                path.record(objective, theta, jet, coast);
            }
            done += n;
        }
        done
    }

    /// Makes n updates, and notes what there was before each; tells whether that is compiled.
    fn walk_piece(&mut self, tape: &Tape, noted: &mut [f64], n: usize) -> bool {
        let Some(walk) = CompiledRule::new(self.rule, &self.values) else { return false };
        let alphas = self.descent.alphas(n);
        let mut numbers = self.descent.theta.to_vec();
        let [own, other, shared] = self.descent.memory();
        // For x and then for y, one number of each kind; then what both share.
        let own_of =
            |axis: usize| [&*own, &*other].into_iter().filter_map(move |all| all.get(axis));
        numbers.extend([0, 1].into_iter().flat_map(own_of).chain(&*shared));
        numbers.extend(&self.values[1..]);
        let mut noted: Vec<&mut [f64]> = noted.chunks_mut(n).collect();
        if !tape.compiled_walk(&walk, &alphas, &mut noted, &mut numbers) {
            return false;
        }
        self.descent.theta.copy_from_slice(&numbers[..2]);
        let mut rest = numbers[2..].iter();
        let [own, other, shared] = self.descent.memory();
        for axis in [0, 1] {
            for all in [&mut *own, &mut *other] {
                if let Some(number) = all.get_mut(axis) {
                    *number = rest.next().copied().unwrap_or(f64::NAN);
                }
            }
        }
        shared.iter_mut().zip(rest).for_each(|(number, &after)| *number = after);
        self.descent.went_on(n);
        true
    }
}

/// What a compiled walk notes of each point: x, y, f, f_x, f_y and, where there is a velocity, what it
/// alone adds to x and to y.
struct Points<'a> {
    parts: Vec<&'a [f64]>,
}

impl Points<'_> {
    fn at(&self, k: usize) -> ([f64; 2], Jet, Option<[f64; 2]>) {
        let part = |of: usize| self.parts[of][k];
        let jet = Jet { value: part(2), gradient: [part(3), part(4)] };
        let coast = (self.parts.len() > 5).then(|| [part(5), part(6)]);
        ([part(0), part(1)], jet, coast)
    }

    /// How many points there are before the first of which a number is not finite.
    fn finite(&self) -> usize {
        let (points, all) = (&self.parts[..5], self.parts[0].len());
        let are_finite = |part: &&[f64]| part.iter().fold(true, |so_far, u| so_far & u.is_finite());
        if points.iter().all(are_finite) {
            return all;
        }
        let is_none = |k: &usize| points.iter().any(|part| !part[*k].is_finite());
        (0..all).find(is_none).unwrap_or(all)
    }

    /// Adds the first so many of them to a path.
    fn take_down(&self, path: &mut Path, count: usize) {
        let pairs = |at: usize| {
            let [x, y] = [at, at + 1].map(|part| &self.parts[part][..count]);
            x.iter().zip(y).map(|(&x, &y)| [x, y])
        };
        path.theta.extend(pairs(0));
        path.loss.extend_from_slice(&self.parts[2][..count]);
        let square = |[x, y]: [f64; 2]| x * x + y * y;
        if pairs(3).fold(true, |so_far, gradient| so_far & is_ordinary(square(gradient))) {
            // As in `norm`, in vector registers.
            path.grad_norm.extend(pairs(3).map(|gradient| square(gradient).sqrt()));
        } else {
            path.grad_norm.extend(pairs(3).map(norm));
        }
        if self.parts.len() > 5 {
            path.coast.extend(pairs(5));
        }
    }
}
