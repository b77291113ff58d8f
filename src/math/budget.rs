//! How much work one call may do before it answers.
//!
//! Work is counted and not timed, so that a call does the same on every machine: a unit is about
//! one operation of a formula for one example, roughly a nanosecond. Whoever knows the time, such
//! as the page, gives the budget a deadline besides.

/// What a call of a lab that changes something does at most before it answers, in units: some
/// milliseconds.
pub const CALL: u64 = 8_000_000;
/// What a grid of many runs may cost in all, in units, however many calls do it: some ten seconds.
/// Where it would take longer, there are fewer.
pub const GRID: u64 = 10_000_000_000;
/// Work is paused to look at the deadline after so many units.
const LOOK_EVERY: u64 = 100_000;

/// What is left of the work that a call may do.
pub struct Budget<'a> {
    left: u64,
    spent: u64,
    unlooked: u64,
    still: Option<&'a mut dyn FnMut() -> bool>,
}

impl std::fmt::Debug for Budget<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Budget of {} units, {} of them spent", self.left + self.spent, self.spent)
    }
}

impl Budget<'static> {
    /// So many units.
    pub fn units(units: u64) -> Self {
        Self { left: units, spent: 0, unlooked: 0, still: None }
    }

    /// As much as there is to do.
    pub fn unlimited() -> Self {
        Self::units(u64::MAX / 2)
    }
}

impl<'a> Budget<'a> {
    /// So many units, and no more from when `still` says no.
    pub fn until(units: u64, still: &'a mut dyn FnMut() -> bool) -> Self {
        Self { left: units, spent: 0, unlooked: 0, still: Some(still) }
    }

    /// How many pieces of work, of `most` that are alike and cost so many units each, may be done
    /// now; they count as done. The first piece of all is always granted, however large, so that
    /// every call gets on: hence a call spends at most its units, or one piece if that is more.
    pub fn pieces(&mut self, most: usize, cost: u64) -> usize {
        if most == 0 {
            return 0;
        }
        let cost = cost.max(1);
        let at_once = (LOOK_EVERY / cost).max(1).min(most as u64);
        let granted = match (self.left / cost).min(at_once) {
            0 if self.spent == 0 => 1,
            granted => granted,
        };
        let units = granted * cost;
        self.left = self.left.saturating_sub(units);
        self.spent += units;
        self.unlooked += units;
        if self.unlooked >= LOOK_EVERY {
            self.unlooked = 0;
            if self.still.as_mut().is_some_and(|still| !still()) {
                self.left = 0;
            }
        }
        granted as usize
    }

    /// Whether a piece of work of so many units may be done now; then it counts as done.
    pub fn piece(&mut self, cost: u64) -> bool {
        self.pieces(1, cost) == 1
    }

    /// Counts work that has been done and could not be put off.
    pub fn count(&mut self, cost: u64) {
        self.left = self.left.saturating_sub(cost);
        self.spent += cost;
    }

    /// The units that were spent.
    pub fn spent(&self) -> u64 {
        self.spent
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_granted_up_to_the_units_and_the_first_always() {
        let mut budget = Budget::units(100);
        assert_eq!(budget.pieces(3, 30), 3);
        assert_eq!(budget.pieces(3, 30), 0);
        assert!(budget.piece(10) && !budget.piece(1));
        assert_eq!(budget.spent(), 100);
        let mut small = Budget::units(5);
        assert!(small.piece(1000) && !small.piece(1));
        assert_eq!(Budget::units(5).pieces(0, 1), 0);
    }

    #[test]
    fn after_the_deadline_nothing_is_granted() {
        let mut looks = 0;
        let mut still = || {
            looks += 1;
            looks < 3
        };
        let mut budget = Budget::until(u64::MAX / 2, &mut still);
        let mut done = 0;
        while budget.piece(LOOK_EVERY / 2) {
            done += 1;
        }
        assert_eq!(done, 6);
    }
}
