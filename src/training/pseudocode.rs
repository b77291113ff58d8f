//! The pseudo code of minibatch SGD, and where in it a run stands.
//!
//! ```text
//!  1  choose a start θ; t ← 0
//!  2  for epoch = 1, 2, …
//!  3      shuffle the n examples
//!  4      partition them into J_1 … J_K of m each
//!  5      for k = 1 … K
//!  6          take the batch J_k
//!  7          ĝ ← 1/|J_k| Σ_{i ∈ J_k} ∇L(θ; x⁽ⁱ⁾, y⁽ⁱ⁾)
//!  8          θ ← update(θ, ĝ)
//!  9          t ← t + 1
//! 10  return θ
//! ```
//!
//! For a rule of second order line 7 computes H as well, the mean of the examples' Hessians.
//!
//! Source: the lecture; Goodfellow et al. 2016, algorithm 8.1, with the epochs spelled out.

use crate::data::Batches;

/// How many lines there are.
pub const LINES: u8 = 10;

const START: u8 = 1;
const EPOCH: u8 = 2;
const PARTITION: u8 = 4;
const BATCH_LOOP: u8 = 5;
/// The line that takes J_k.
pub const TAKE: u8 = 6;
/// The line that computes ĝ.
pub const ESTIMATE: u8 = 7;
/// The line that moves θ.
pub const UPDATE: u8 = 8;
const COUNT: u8 = 9;
const RETURN: u8 = 10;

/// A place in the program: the line that ran last, with so many updates of θ made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// Updates made: that of line 8 counts from line 8 on.
    pub step: usize,
    /// The line, 1 to 10.
    pub line: u8,
}

/// The program of a run: how its examples are dealt out, and how many updates it makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Program {
    /// n, m and the seed.
    pub batches: Batches,
    /// The updates after which it returns.
    pub steps: usize,
}

impl Program {
    /// Where the program stands when the clock stands at a step: at the end of its loop's body.
    pub fn at(&self, step: usize) -> Position {
        let line = match step {
            0 => START,
            _ if step >= self.steps => RETURN,
            _ => COUNT,
        };
        Position { step, line }
    }

    /// Whether the program ever stands there.
    pub fn is_reachable(&self, Position { step, line }: Position) -> bool {
        let opens_epoch = step.is_multiple_of(self.batches.per_epoch());
        match line {
            START => step == 0,
            EPOCH..=PARTITION => step < self.steps && opens_epoch,
            BATCH_LOOP..=ESTIMATE => step < self.steps,
            UPDATE | COUNT => (1..=self.steps).contains(&step),
            RETURN => step == self.steps,
            _ => false,
        }
    }

    /// The next line that runs; the last one stays.
    pub fn next(&self, Position { step, line }: Position) -> Position {
        let opens_epoch = step.is_multiple_of(self.batches.per_epoch());
        match line {
            COUNT if step >= self.steps => Position { step, line: RETURN },
            COUNT if !opens_epoch => Position { step, line: BATCH_LOOP },
            COUNT => Position { step, line: EPOCH },
            ESTIMATE => Position { step: step + 1, line: UPDATE },
            RETURN.. => Position { step, line: RETURN },
            _ => Position { step, line: line + 1 },
        }
    }

    /// The line that ran before; the first one stays.
    pub fn previous(&self, Position { step, line }: Position) -> Position {
        let opens_epoch = step.is_multiple_of(self.batches.per_epoch());
        let before = if step == 0 { START } else { COUNT };
        match line {
            EPOCH => Position { step, line: before },
            BATCH_LOOP if !opens_epoch => Position { step, line: before },
            UPDATE => Position { step: step.saturating_sub(1), line: ESTIMATE },
            ..=START => Position { step, line: START },
            _ => Position { step, line: line - 1 },
        }
    }

    /// The lines that run from when the clock reaches a step until it reaches the next one.
    pub fn lines_from(&self, step: usize) -> Vec<u8> {
        let mut lines = if step == 0 { vec![START] } else { vec![UPDATE, COUNT] };
        let mut at = Position { step, line: lines[lines.len() - 1] };
        while at.line != ESTIMATE && at.line != RETURN {
            at = self.next(at);
            lines.push(at.line);
        }
        lines
    }

    /// Which update (counted from 0) last set what a line sets, seen from a place: variables keep
    /// their values until their own line runs again. `None` before the first time.
    pub fn update_of(&self, line: u8, Position { step, line: here }: Position) -> Option<usize> {
        let is_ahead = (EPOCH..UPDATE).contains(&here);
        // The epoch's own lines have run for this update if it does not open an epoch.
        let opens_epoch = step.is_multiple_of(self.batches.per_epoch());
        let has_run = is_ahead && (line <= here || (line <= PARTITION && !opens_epoch));
        if has_run { Some(step) } else { step.checked_sub(1) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn program(n: usize, m: usize, steps: usize) -> Program {
        Program { batches: Batches::new(n, m, 1), steps }
    }

    /// The lines from the start to the end.
    fn all(program: Program) -> Vec<Position> {
        let mut at = program.at(0);
        let mut seen = vec![at];
        while at.line != RETURN {
            at = program.next(at);
            seen.push(at);
            assert!(seen.len() < 1000);
        }
        seen
    }

    #[test]
    fn the_lines_run_as_the_program_is_written() {
        let lines: Vec<u8> = all(program(4, 2, 3)).iter().map(|at| at.line).collect();
        let epoch = [2, 3, 4];
        let body = [5, 6, 7, 8, 9];
        let expected = [&[1][..], &epoch, &body, &body, &epoch, &body, &[10]].concat();
        assert_eq!(lines, expected);
    }

    #[test]
    fn going_back_is_going_forth_backwards() {
        for (n, m, steps) in [(4, 2, 5), (5, 2, 7), (3, 3, 4), (7, 1, 9)] {
            let program = program(n, m, steps);
            let there = all(program);
            assert_eq!(there.last(), Some(&program.at(steps)));
            for pair in there.windows(2) {
                assert_eq!(program.previous(pair[1]), pair[0]);
            }
            assert!(there.iter().all(|&at| program.is_reachable(at)));
            assert_eq!(program.previous(there[0]), there[0]);
        }
    }

    #[test]
    fn a_variable_keeps_its_value_until_its_line_runs() {
        let program = program(4, 2, 8);
        let of = |line, step, here| program.update_of(line, Position { step, line: here });
        assert_eq!(of(ESTIMATE, 0, 1), None);
        assert_eq!(of(TAKE, 3, TAKE), Some(3));
        assert_eq!(of(ESTIMATE, 3, TAKE), Some(2));
        assert_eq!(of(ESTIMATE, 4, UPDATE), Some(3));
        assert_eq!(of(3, 2, 2), Some(1), "not shuffled yet");
        assert_eq!(of(3, 3, 5), Some(3), "shuffled an update ago");
    }

    #[test]
    fn between_two_steps_each_line_runs_once() {
        let program = program(4, 2, 4);
        assert_eq!(program.lines_from(0), [1, 2, 3, 4, 5, 6, 7]);
        assert_eq!(program.lines_from(1), [8, 9, 5, 6, 7]);
        assert_eq!(program.lines_from(2), [8, 9, 2, 3, 4, 5, 6, 7]);
        assert_eq!(program.lines_from(4), [8, 9, 10]);
    }
}
