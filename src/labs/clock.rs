//! The clock that all runs share: it walks from step 0 to the horizon and never skips back.

/// Where the picture stands in time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Clock {
    /// In steps; the picture shows the whole part.
    position: f64,
    playing: bool,
}

impl Clock {
    /// A clock that plays from step 0.
    pub fn playing() -> Self {
        Self { position: 0.0, playing: true }
    }

    /// A clock that stands at `step`.
    pub fn stopped_at(step: u32) -> Self {
        Self { position: f64::from(step), playing: false }
    }

    /// The clock that an experiment is opened with: it stands where that says, or else plays.
    pub fn opened(stopped_at: Option<u32>) -> Self {
        stopped_at.map_or_else(Self::playing, Self::stopped_at)
    }

    /// The step that is shown.
    pub fn step(&self) -> usize {
        self.position as usize
    }

    /// How far it is on the way to the next step, 0 to 1.
    pub fn fraction(&self) -> f64 {
        self.position - self.position.floor()
    }

    /// Whether it runs.
    pub fn is_playing(&self) -> bool {
        self.playing
    }

    /// The step at which it stands still; `None` while it runs.
    pub fn stands_at(&self) -> Option<u32> {
        (!self.playing).then(|| self.step() as u32)
    }

    /// Lets `milliseconds` pass at `speed` steps a second; it stops at `last`.
    /// Returns whether it still runs.
    pub fn pass(&mut self, milliseconds: f64, speed: f64, last: usize) -> bool {
        if self.playing {
            self.position += milliseconds / 1000.0 * speed;
            if self.position >= last as f64 {
                *self = Self { position: last as f64, playing: false };
            }
        }
        self.playing
    }

    /// Plays on, from the start again if it stands at `last`.
    pub fn play(&mut self, last: usize) {
        if self.step() >= last {
            self.position = 0.0;
        }
        self.playing = true;
    }

    /// Stands still at the step that is shown.
    pub fn pause(&mut self) {
        *self = Self { position: self.step() as f64, playing: false };
    }

    /// Goes back to step 0, and plays on if it played.
    pub fn rewind(&mut self) {
        self.position = 0.0;
    }

    /// Goes no farther than `reached`, the step up to which there is something to be shown, and not
    /// back behind where it stood `before` the time that has just passed. A clock that has to wait
    /// runs on, and is about to make its next step.
    pub fn wait_at(&mut self, reached: usize, before: Self) {
        const ABOUT: f64 = 1e-6;
        if before.playing && self.step() > reached {
            let position = before.position.max((reached + 1) as f64 - ABOUT);
            *self = Self { position, playing: true };
        }
    }

    /// Does not stand behind `last`.
    pub fn keep_within(&mut self, last: usize) {
        self.position = self.position.min(last as f64);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_stops_at_the_horizon_and_plays_again_from_the_start() {
        let mut clock = Clock::playing();
        assert!(clock.pass(1000.0, 6.0, 50));
        assert_eq!(clock.step(), 6);
        assert!(!clock.pass(1e9, 6.0, 50));
        assert_eq!((clock.step(), clock.is_playing()), (50, false));
        clock.play(50);
        assert_eq!((clock.step(), clock.is_playing()), (0, true));
    }

    #[test]
    fn ticks_of_any_length_add_up_to_the_same_step() {
        let mut random = crate::math::random::Random::new(3);
        for speed in [0.5, 6.0, 20.0, 50.0, 100.0, 10_000.0] {
            let mut clock = Clock::playing();
            let (mut passed, last) = (0.0, 1_000_000);
            for _ in 0..2000 {
                let frame = 100.0 * random.uniform();
                let before = clock;
                clock.pass(frame, speed, last);
                clock.wait_at(last, before);
                passed += frame;
                let exact = passed / 1000.0 * speed;
                assert!((clock.position - exact).abs() < 1e-6 * (1.0 + exact), "{speed}");
            }
        }
    }

    #[test]
    fn a_clock_that_waits_runs_on_with_the_next_tick() {
        let mut clock = Clock::playing();
        let before = clock;
        clock.pass(1000.0, 6.0, 5);
        clock.wait_at(2, before);
        assert_eq!((clock.step(), clock.is_playing()), (2, true));
        clock.pass(1.0, 6.0, 5);
        assert_eq!(clock.step(), 3);
    }

    #[test]
    fn half_a_step_a_second_takes_two_seconds_for_one() {
        let mut clock = Clock::playing();
        clock.pass(1990.0, 0.5, 50);
        assert_eq!(clock.step(), 0);
        clock.pass(20.0, 0.5, 50);
        assert_eq!(clock.step(), 1);
    }
}
