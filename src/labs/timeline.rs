//! The timeline that all runs of an experiment share: it plays from step 0 to the horizon and never
//! skips back.

use super::link::LinkText;
use crate::math::param::{Param, Scale};

/// Where an experiment stands in time, in steps of its clock: updates, or epochs of nets.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Timeline {
    /// In steps; the pictures show the whole part.
    position: f64,
    playing: bool,
    /// The last step.
    horizon: usize,
    /// The line of the pseudo code at which it stands, where that is within a step.
    line: Option<u8>,
    /// Another timeline leads it: it does not move by itself.
    led: bool,
    /// It waits for an answer: it does not move at all.
    held: bool,
}

impl Timeline {
    /// It plays from step 0.
    pub fn playing(horizon: usize) -> Self {
        Self { position: 0.0, playing: true, horizon, line: None, led: false, held: false }
    }

    /// The step that is shown.
    pub fn step(&self) -> usize {
        self.position as usize
    }

    /// How far it is on the way to the next step, 0 to 1.
    pub fn fraction(&self) -> f64 {
        self.position - self.position.floor()
    }

    /// Whether it plays.
    pub fn is_playing(&self) -> bool {
        self.playing && !self.held
    }

    /// Holds it at a step at most, whatever the reader asks for; or lets it go on as it did.
    pub fn hold(&mut self, at_most: Option<usize>) {
        self.held = at_most.is_some();
        if let Some(step) = at_most
            && self.position > step as f64
        {
            self.position = step as f64;
            self.line = None;
        }
    }

    /// Whether it is held.
    pub fn is_held(&self) -> bool {
        self.held
    }

    /// The step at which it stands still; `None` while it plays, and while one that would play is
    /// held.
    pub fn stands_at(&self) -> Option<usize> {
        (!self.playing).then(|| self.step())
    }

    /// The line of the pseudo code at which it stands still, where that is not the one that ends
    /// the step.
    pub fn line(&self) -> Option<u8> {
        self.line
    }

    /// The last step.
    pub fn horizon(&self) -> usize {
        self.horizon
    }

    /// Moves the horizon; it does not stand behind that.
    pub fn set_horizon(&mut self, horizon: usize) {
        self.horizon = horizon;
        self.position = self.position.min(horizon as f64);
    }

    /// Lets `milliseconds` pass at `speed` steps a second; it stops at the horizon. One that is led
    /// goes only where it is led to.
    pub fn pass(&mut self, milliseconds: f64, speed: f64) {
        if self.is_playing() && !self.led {
            self.position += milliseconds / 1000.0 * speed;
            if self.position >= self.horizon as f64 {
                self.seek(self.horizon);
            }
        }
    }

    /// Plays on, from the start again if it stands at the horizon.
    pub fn play(&mut self) {
        if self.held {
            return;
        }
        if self.step() >= self.horizon {
            self.position = 0.0;
        }
        self.playing = true;
        self.line = None;
    }

    /// Plays from step 0.
    pub fn restart(&mut self) {
        *self = Self { held: self.held, ..Self::playing(self.horizon) };
    }

    /// Stands still at the step that is shown.
    pub fn pause(&mut self) {
        self.seek(self.step());
    }

    /// Stands still at this step, or at the horizon where that is less.
    pub fn seek(&mut self, step: usize) {
        if self.held {
            return;
        }
        let position = step.min(self.horizon) as f64;
        *self = Self { position, playing: false, line: None, ..*self };
    }

    /// Where it is, in steps and parts of a step.
    pub fn position(&self) -> f64 {
        self.position
    }

    /// Goes to where another timeline is, at the horizon at most, and is led by it from now on, also
    /// while it is held: then the other one is.
    pub fn follow(&mut self, position: f64, playing: bool) {
        let position =
            if position.is_nan() { 0.0 } else { position.clamp(0.0, self.horizon as f64) };
        let playing = if self.held { self.playing } else { playing };
        *self = Self { position, playing, line: None, led: true, ..*self };
    }

    /// Goes to where another timeline was, as [`Timeline::follow`] does, and on by itself from there.
    pub fn go_to(&mut self, position: f64, playing: bool) {
        self.follow(position, playing);
        self.led = false;
    }

    /// Stands still at a line of the step that is shown; `None` for the one that ends it.
    pub fn set_line(&mut self, line: Option<u8>) {
        if self.held {
            return;
        }
        self.line = line;
    }

    /// Goes back to step 0, and plays on if it played.
    pub fn rewind(&mut self) {
        if self.held {
            return;
        }
        self.position = 0.0;
        self.line = None;
    }

    /// Stands still at the step that a link says.
    ///
    /// # Errors
    /// A sentence that starts after the key.
    pub fn read(&mut self, text: &str) -> Result<(), String> {
        let range = [0.0, self.horizon as f64];
        let step = Param::new("step", "", "step", range, Scale::Integer, 0.0);
        self.seek(step.read(text)? as usize);
        Ok(())
    }

    /// Writes the step at which it stands still.
    pub fn write(&self, link: &mut LinkText) {
        if let Some(step) = self.stands_at() {
            link.put("step", &step.to_string());
        }
    }

    /// Goes no farther than `reached`, the step up to which there is something to be shown, and not
    /// back behind where it stood `before` the time that has just passed. One that has to wait
    /// plays on, and is about to make its next step.
    pub fn wait_at(&mut self, reached: usize, before: Self) {
        const ABOUT: f64 = 1e-6;
        if before.playing && self.step() > reached {
            let position = before.position.max((reached + 1) as f64 - ABOUT);
            *self = Self { position, playing: true, ..*self };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_stops_at_the_horizon_and_plays_again_from_the_start() {
        let mut timeline = Timeline::playing(50);
        timeline.pass(1000.0, 6.0);
        assert_eq!((timeline.step(), timeline.is_playing()), (6, true));
        timeline.pass(1e9, 6.0);
        assert_eq!((timeline.step(), timeline.is_playing()), (50, false));
        timeline.play();
        assert_eq!((timeline.step(), timeline.is_playing()), (0, true));
    }

    #[test]
    fn ticks_of_any_length_add_up_to_the_same_step() {
        let mut random = crate::math::random::Random::new(3);
        for speed in [0.5, 6.0, 20.0, 50.0, 100.0, 10_000.0] {
            let horizon = 1_000_000;
            let (mut timeline, mut passed) = (Timeline::playing(horizon), 0.0);
            for _ in 0..2000 {
                let frame = 100.0 * random.uniform();
                let before = timeline;
                timeline.pass(frame, speed);
                timeline.wait_at(horizon, before);
                passed += frame;
                let exact = passed / 1000.0 * speed;
                assert!((timeline.position - exact).abs() < 1e-6 * (1.0 + exact), "{speed}");
            }
        }
    }

    #[test]
    fn one_that_waits_plays_on_with_the_next_tick() {
        let mut timeline = Timeline::playing(5);
        let before = timeline;
        timeline.pass(1000.0, 6.0);
        timeline.wait_at(2, before);
        assert_eq!((timeline.step(), timeline.is_playing()), (2, true));
        timeline.pass(1.0, 6.0);
        assert_eq!(timeline.step(), 3);
    }

    #[test]
    fn one_that_follows_is_where_the_other_is_and_within_its_own_horizon() {
        let mut timeline = Timeline::playing(50);
        timeline.pass(1250.0, 6.0);
        let mut other = Timeline::playing(50);
        other.follow(timeline.position(), timeline.is_playing());
        other.pass(1000.0, 6.0);
        assert_eq!((other.position(), other.is_playing()), (7.5, true));
        for (position, at) in [(1e9, 50.0), (-1.0, 0.0), (f64::NAN, 0.0)] {
            other.follow(position, false);
            assert_eq!((other.position(), other.is_playing()), (at, false));
        }
        // Put there instead, it goes on by itself.
        other.go_to(10.0, true);
        other.pass(1000.0, 6.0);
        assert_eq!((other.position(), other.is_playing()), (16.0, true));
    }

    #[test]
    fn half_a_step_a_second_takes_two_seconds_for_one() {
        let mut timeline = Timeline::playing(50);
        timeline.pass(1990.0, 0.5);
        assert_eq!(timeline.step(), 0);
        timeline.pass(20.0, 0.5);
        assert_eq!(timeline.step(), 1);
    }

    #[test]
    fn a_line_lasts_until_time_moves() {
        let mut timeline = Timeline::playing(50);
        timeline.seek(7);
        timeline.set_line(Some(4));
        let moves: [fn(&mut Timeline); 5] =
            [Timeline::play, Timeline::pause, Timeline::rewind, Timeline::restart, |timeline| {
                timeline.seek(7);
            }];
        for go in moves {
            let mut moved = timeline;
            go(&mut moved);
            assert_eq!(moved.line(), None);
        }
        timeline.set_horizon(3);
        assert_eq!(timeline.stands_at(), Some(3));
    }

    #[test]
    fn one_that_is_held_stays_where_it_is_and_goes_on_as_it_did() {
        for playing in [true, false] {
            let mut timeline = Timeline::playing(50);
            if !playing {
                timeline.seek(7);
            }
            let before = timeline;
            timeline.hold(Some(7));
            timeline.pass(1000.0, 6.0);
            timeline.play();
            timeline.seek(30);
            timeline.rewind();
            timeline.set_line(Some(2));
            assert!(!timeline.is_playing());
            // A link says nothing of the clock that it would not have said.
            assert_eq!(timeline.stands_at(), before.stands_at());
            timeline.hold(None);
            assert_eq!(timeline, before);
            timeline.seek(9);
            timeline.hold(Some(3));
            assert_eq!(timeline.step(), 3, "what comes after it is not seen");
        }
    }
}
