//! The lab that is open, how each other one was left, and where one is in a lesson.

mod asking;
mod lessons;

use super::lesson::{self, Answer, GUESS_KEY, Lesson, Opened, Place, Scene, Shelf};
use super::link::Fault;
use super::model::{LessonPlace, Live, Model};
use super::{Action, KINDS, Kind, OpenLab, Sizes};
use crate::math::param::quoted;
use crate::view::Theme;
use asking::Told;

/// The key of the setting that has scenes stand at their start when they are opened.
const PAUSED: &str = "paused";

/// The labs, one of them open.
pub struct App {
    /// The one that is open.
    pub lab: OpenLab,
    /// The lessons that there are.
    shelf: Shelf,
    /// The place in a lesson, if one is open.
    place: Option<Place>,
    /// What the last link said of a lesson that could not be taken.
    faults: Vec<Fault>,
    /// What was answered to questions of scenes that were left, by lesson and scene.
    answers: Vec<(String, usize, Answer)>,
    /// How questions were answered whose truth is known.
    told: Vec<Told>,
    /// Grows when something is to be told of the lesson.
    version: u32,
    /// The link with which each lab was left, to come back to.
    left: Vec<(&'static str, String)>,
    /// The reader's own settings as they were last, by key: not every lab has every one of them.
    preferences: Vec<(String, String)>,
    /// The sizes of the pictures and of labels in Present, once they are known.
    sizes: Option<(Sizes, f64)>,
    /// Whether a worker computes the maps.
    leaves_maps: bool,
}

impl App {
    /// The lab that a link asks for.
    pub fn new(link: &str) -> Self {
        Self::with_lessons(link, Shelf::default())
    }

    /// The same, where the reader has lessons.
    pub fn with_lessons(link: &str, shelf: Shelf) -> Self {
        let Opened { place, link, faults } = lesson::opened(link, shelf.iter());
        let mut app = Self {
            lab: OpenLab::new(&link),
            shelf,
            place,
            faults,
            answers: Vec::new(),
            told: Vec::new(),
            version: 0,
            left: Vec::new(),
            preferences: Vec::new(),
            sizes: None,
            leaves_maps: false,
        };
        app.check_guess();
        app.pose();
        app
    }

    /// The lessons that there are.
    pub fn lessons(&self) -> impl Iterator<Item = &Lesson> + Clone {
        self.shelf.iter()
    }

    /// What the last link held that could not be taken.
    pub fn faults(&self) -> impl Iterator<Item = &Fault> {
        self.faults.iter().chain(self.lab.faults())
    }

    /// What a link holds that could not be taken if it were opened.
    pub fn faults_of(&self, link: &str) -> Vec<Fault> {
        let Opened { link, mut faults, .. } = lesson::opened(link, self.shelf.iter());
        faults.extend_from_slice(OpenLab::new(&link).faults());
        faults
    }

    /// The page as a link; empty if it is the default experiment, in no lesson.
    pub fn link(&self) -> String {
        let link = self.lab.link();
        match self.scene() {
            Some((place, scene)) => place.link(scene, &link),
            None => link,
        }
    }

    /// Everything that stays as it is while the clock runs.
    pub fn model(&self, theme: &Theme) -> Model {
        let lesson = self.scene().map(|(place, scene)| LessonPlace {
            key: place.lesson.clone(),
            scene: place.scene,
            is_changed: !Place::is_as_it_came(scene, &self.lab.link()),
            shows_all: place.shows_all || scene.shows.is_empty(),
        });
        let (question, tally) = (self.model_of_question(), self.tally());
        Model { lesson, question, tally, ..self.lab.model(theme) }
    }

    /// Grows when something has been computed, a while after it was asked for, that the model tells
    /// of.
    pub fn model_version(&self) -> u32 {
        self.lab.model_version().wrapping_add(self.version)
    }

    /// What changes with the clock.
    pub fn live(&mut self) -> Live {
        let live = self.lab.live();
        self.live_of_question(live)
    }

    /// The place in a lesson, and the scene there.
    fn scene(&self) -> Option<(&Place, &Scene)> {
        let place = self.place.as_ref()?;
        let lesson = self.shelf.find(&place.lesson)?;
        Some((place, &lesson.scenes[place.scene]))
    }

    /// How each other lab was left: a line for each, with its key and its link.
    pub fn left(&self) -> String {
        self.left.iter().map(|(tab, link)| format!("{tab} {link}\n")).collect()
    }

    /// Takes over how the labs of another app were left.
    pub fn recall(&mut self, left: &str) {
        let line = |line: &str| {
            let (name, link) = line.split_once(' ')?;
            Some((Kind::called(name)?.key, link.to_owned()))
        };
        self.left = left.lines().filter_map(line).collect();
    }

    /// Puts what a link is about in place of what is there: the experiment, in the lab that it is
    /// for, and the place in a lesson.
    pub fn open(&mut self, link: &str) {
        let Opened { place, link, faults } = lesson::opened(link, self.shelf.iter());
        self.note_answer();
        (self.place, self.faults) = (place, faults);
        self.put(&link);
        self.check_guess();
        self.pose();
    }

    /// Puts the experiment of a link in place of this one, in the lab that it is for.
    fn put(&mut self, link: &str) {
        if self.lab.takes(Kind::of_link(link)) {
            self.lab.open(link);
            return;
        }
        self.note_preferences();
        self.lab = OpenLab::new(link);
        self.lab.leave_maps(self.leaves_maps);
        if let Some((sizes, present_type_size)) = self.sizes {
            self.lab.resize(&sizes, present_type_size);
        }
    }

    /// Sets what a link calls `key`.
    ///
    /// # Errors
    /// What cannot be taken; then nothing has changed.
    pub fn set(&mut self, key: &str, text: &str) -> Result<(), Fault> {
        if key == GUESS_KEY {
            return self.guess(text);
        }
        self.lab.set(key, text)?;
        self.pose();
        Ok(())
    }

    /// Does what a button asks for.
    ///
    /// # Errors
    /// A sentence; then nothing has changed.
    pub fn act(&mut self, action: &Action) -> Result<(), String> {
        self.do_it(action)?;
        self.pose();
        Ok(())
    }

    fn do_it(&mut self, action: &Action) -> Result<(), String> {
        match action {
            Action::Reveal => self.reveal(),
            Action::Fit if self.open_question().is_some() => {
                Err("Where the runs go is seen when the question is answered.".to_owned())
            }
            Action::AskAgain => self.ask_again(),
            Action::Lab { key } => self.turn_to(key),
            Action::Lesson { key, scene } => self.enter(key, *scene),
            Action::LeaveLesson => {
                self.note_answer();
                self.place = None;
                Ok(())
            }
            Action::Panels { all } => {
                let place = self.place.as_mut().ok_or("No lesson is open.")?;
                place.shows_all = *all;
                Ok(())
            }
            Action::Scene { .. } => {
                self.lab.act(action)?;
                self.note_answer();
                self.place = None;
                Ok(())
            }
            _ => self.lab.act(action),
        }
    }

    /// Opens a scene of a lesson, with the reader's own settings.
    fn enter(&mut self, key: &str, scene: usize) -> Result<(), String> {
        let lesson =
            self.shelf.find(key).ok_or_else(|| format!("Unknown lesson {}.", quoted(key)))?;
        let link =
            &lesson.scenes.get(scene).ok_or_else(|| format!("Unknown scene: {scene}."))?.link;
        let link = link.clone();
        self.note_preferences();
        self.note_answer();
        let answer = self.answer_before(key, scene);
        self.place = Some(Place { lesson: key.to_owned(), scene, shows_all: false, answer });
        self.put(&link);
        self.set_preferences();
        if self.lab.preferences().iter().any(|(key, text)| key == PAUSED && text == "yes") {
            self.lab.timeline_mut().pause();
        }
        Ok(())
    }

    /// Takes the sizes of the pictures, and that of labels in Present, in CSS pixels.
    pub fn resize(&mut self, sizes: &Sizes, present_type_size: f64) {
        self.sizes = Some((*sizes, present_type_size));
        self.lab.resize(sizes, present_type_size);
    }

    /// From now on a worker computes the maps, or none does.
    pub fn leave_maps(&mut self, is_left: bool) {
        self.leaves_maps = is_left;
        self.lab.leave_maps(is_left);
    }

    /// Goes to another lab, to where it was left, or else to its first preset; the reader's own
    /// settings stay.
    fn turn_to(&mut self, name: &str) -> Result<(), String> {
        let kind = Kind::called(name).ok_or_else(|| {
            let known = KINDS.map(|kind| kind.key).join(", ");
            format!("Unknown lab {}; expected one of {known}.", quoted(name))
        })?;
        let here = self.lab.kind();
        if kind == here {
            return Ok(());
        }
        self.note_preferences();
        let link = self.lab.link();
        self.left.retain(|(left, _)| *left != here.key);
        self.left.push((here.key, link));
        let left = self.left.iter().find(|(left, _)| *left == kind.key);
        let link = left.map_or_else(|| kind.presets[0].link.to_owned(), |(_, link)| link.clone());
        self.put(&link);
        self.set_preferences();
        Ok(())
    }

    fn set_preferences(&mut self) {
        for (key, text) in &self.preferences {
            // Not every lab has every one of them.
            let _ = self.lab.set(key, text);
        }
    }

    fn note_preferences(&mut self) {
        for (key, text) in self.lab.preferences() {
            self.preferences.retain(|(before, _)| *before != key);
            self.preferences.push((key, text));
        }
    }
}
