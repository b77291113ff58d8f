//! The reader's own lessons, while one of their scenes may be open.

use super::App;
use crate::labs::lesson::{Place, Scene};
use crate::labs::link::{CLOCK_KEYS, passing_keys};
use crate::labs::presets::SCENE_KEY;
use crate::math::param::quoted;

impl App {
    /// Puts the lesson of a file on the shelf under a key, in place of the one that was there. The
    /// experiment stays; a place in it that is no more is now the last one.
    ///
    /// # Errors
    /// A sentence for each fault; then nothing has changed.
    pub fn put_lesson(&mut self, key: &str, text: &str) -> Result<(), Vec<String>> {
        let before = self.shelf.find(key).map(|lesson| lesson.scenes.clone()).unwrap_or_default();
        self.shelf.put(key, text)?;
        let scenes = self.shelf.find(key).map(|lesson| &*lesson.scenes).unwrap_or_default();
        let asked = |scenes: &[Scene], at: usize| {
            scenes.get(at).map(|scene| (scene.link.clone(), scene.question.clone()))
        };
        let is_other = |at: usize| asked(&before, at) != asked(scenes, at);
        let others: Vec<usize> = (0..before.len()).filter(|at| is_other(*at)).collect();
        let last = scenes.len().saturating_sub(1);
        self.forget_answers(key, |scene| others.contains(&scene));
        if let Some(place) = self.place.as_mut().filter(|place| place.lesson == key) {
            place.scene = place.scene.min(last);
        }
        self.pose();
        Ok(())
    }

    /// Takes one of the reader's lessons away; the experiment stays, outside of it.
    pub fn close_lesson(&mut self, key: &str) {
        self.shelf.remove(key);
        self.forget_answers(key, |_| true);
        if self.scene().is_none() {
            self.place = None;
        }
        self.pose();
    }

    /// Takes what is shown for a scene of a lesson, changed or as it came.
    ///
    /// # Errors
    /// A sentence; then nothing has changed.
    pub fn stand_at(&mut self, key: &str, scene: usize) -> Result<(), String> {
        let lesson = self.shelf.find(key);
        let lesson = lesson.ok_or_else(|| format!("Unknown lesson {}.", quoted(key)))?;
        if scene >= lesson.scenes.len() {
            return Err(format!("Unknown scene: {scene}."));
        }
        let shows_all = self.place.as_ref().is_some_and(|place| place.shows_all);
        self.note_answer();
        let answer = self.answer_before(key, scene);
        self.place = Some(Place { lesson: key.to_owned(), scene, shows_all, answer });
        self.pose();
        Ok(())
    }

    /// What is shown as the link of a scene: without the reader's own settings, and with the place of
    /// the clock only where it was stopped on its way.
    pub fn scene_link(&self) -> String {
        let timeline = self.lab.timeline();
        let is_on_its_way = timeline.stands_at().is_some_and(|step| step < timeline.horizon());
        let is_left_out = |key: &str| {
            let of_clock = CLOCK_KEYS.contains(&key) && is_on_its_way;
            key == SCENE_KEY || (!of_clock && passing_keys().any(|passing| passing == key))
        };
        let link = self.lab.link();
        let parts =
            link.split('&').filter(|part| !is_left_out(part.split('=').next().unwrap_or(part)));
        parts.collect::<Vec<_>>().join("&")
    }
}
