//! Where the followed run stands in the pseudo code.

use super::PlanarLab;
use crate::labs::planar::experiment::Setting;
use crate::training::pseudocode::{Position, Program, TAKE, UPDATE};

/// A line is lit for at least so many milliseconds while the program plays line by line.
const LEGIBLE_MS: f64 = 90.0;

impl PlanarLab {
    /// The program of the followed run; `None` on a surface and without runs.
    pub fn program(&self) -> Option<Program> {
        self.experiment.program()
    }

    /// Where it stands.
    pub fn position(&self) -> Option<Position> {
        let program = self.program()?;
        let timeline = &self.experiment.timeline;
        let step = timeline.step();
        if let Some(line) = self.experiment.timeline.line() {
            return Some(Position { step, line });
        }
        if timeline.is_playing() && !self.plays_too_fast() {
            let lines = program.lines_from(step);
            let at = (timeline.fraction() * lines.len() as f64) as usize;
            return Some(Position { step, line: lines[at.min(lines.len() - 1)] });
        }
        Some(program.at(step))
    }

    /// Whether the clock runs too fast for single lines to be read.
    pub fn plays_too_fast(&self) -> bool {
        let lines = self.experiment.setting(Setting::Speed) * f64::from(UPDATE);
        self.experiment.timeline.is_playing() && 1000.0 / lines < LEGIBLE_MS
    }

    /// Runs one line, or goes back by one, and stops there.
    pub(super) fn run_line(&mut self, forth: bool) {
        let (Some(program), Some(here)) = (self.program(), self.position()) else { return };
        let there = if forth { program.next(here) } else { program.previous(here) };
        let timeline = &mut self.experiment.timeline;
        timeline.seek(there.step);
        timeline.set_line((there != program.at(there.step)).then_some(there.line));
    }

    /// The update (counted from 0) whose batch is in view: the coming one while its lines run, or
    /// else the one that was made last; before the first, that.
    pub fn update_in_view(&self) -> Option<usize> {
        let update = self.program()?.update_of(TAKE, self.position()?).unwrap_or(0);
        Some(update.min(self.experiment.steps().saturating_sub(1)))
    }

    /// Forgets the line where the program never stands there, and where it stands without saying.
    pub(super) fn keep_line(&mut self) {
        let step = self.step();
        let stands = |line: u8| {
            let here = Position { step, line };
            !self.experiment.timeline.is_playing()
                && self
                    .program()
                    .is_some_and(|program| program.is_reachable(here) && program.at(step) != here)
        };
        let line = self.experiment.timeline.line().filter(|&line| stands(line));
        self.experiment.timeline.set_line(line);
    }
}
