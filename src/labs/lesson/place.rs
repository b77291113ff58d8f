//! A place in a lesson, as a link writes it.
//!
//! ```text
//! lesson=basic-training&scene=5                        the scene as it came
//! lesson=basic-training&scene=5&present=yes&step=12    the same, presented, at step 12
//! lesson=basic-training&scene=5&gd.alpha=0.02          another experiment, opened from that scene
//! lesson=basic-training&scene=5&guess=0.09&revealed=yes    its question answered
//! lesson=own-2&scene=5&surface=bowl                    a scene of a lesson that no other browser has
//! ```
//!
//! So whatever makes another experiment than the scene's is written in full, and so is every scene of
//! one's own: its link still opens the experiment where the lesson is not, or is another since.

use percent_encoding::percent_decode_str;

use super::{Answer, Guess, Lesson, Scene, is_own};
use crate::labs::link::{Fault, LinkText, passing_keys, without_preferences};
use crate::labs::presets::SCENE_KEY;
use crate::math::number::count;
use crate::math::param::quoted;

/// The key of the lesson.
pub const LESSON_KEY: &str = "lesson";
/// The key that unfolds the panels that the scene does without, and what it says then.
pub const PANELS_KEY: &str = "panels";
const ALL: &str = "all";
/// The key of what is expected, where the scene asks.
pub const GUESS_KEY: &str = "guess";
/// The key that says that the truth may be seen, and what it says then.
pub const REVEALED_KEY: &str = "revealed";
const YES: &str = "yes";
/// What is said of a link into a lesson that another browser has.
const NOT_HERE: &str = "The lesson of this link was written in another browser, or has been closed \
                        here: ask for its file, and open that";
/// The default experiment where it must be told from "the scene's own".
const DEFAULT: [&str; 2] = ["surface", "ravine"];

/// A place in a lesson.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// The lesson's key.
    pub lesson: String,
    /// The scene, counted from 0.
    pub scene: usize,
    /// Whether all panels are there, and not only those that the scene needs.
    pub shows_all: bool,
    /// What was answered to the question of the scene; nothing where it asks none.
    pub answer: Answer,
}

/// What a link says of a lesson, and the link of the experiment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Opened {
    /// The place in a lesson, if the link has one.
    pub place: Option<Place>,
    /// The link of the experiment.
    pub link: String,
    /// What could not be taken.
    pub faults: Vec<Fault>,
}

/// Reads what a link says of one of these lessons.
pub fn opened<'a>(link: &str, lessons: impl Iterator<Item = &'a Lesson> + Clone) -> Opened {
    let Some(key) = value(link, LESSON_KEY) else {
        return Opened { link: link.to_owned(), ..Opened::default() };
    };
    let key = &*percent_decode_str(key).decode_utf8_lossy();
    let rest = without(link, &[LESSON_KEY, SCENE_KEY, PANELS_KEY, GUESS_KEY, REVEALED_KEY]);
    let left_with = |fault| Opened { place: None, link: rest.clone(), faults: vec![fault] };
    let refused = |key, message: String| left_with(Fault::new(key, message));
    let Some(lesson) = lessons.clone().find(|lesson| lesson.key == key) else {
        if is_own(key) {
            return left_with(Fault::whole(NOT_HERE.to_owned()));
        }
        let known: Vec<_> = lessons.map(|lesson| &*lesson.key).collect();
        let known = known.join(", ");
        return refused(LESSON_KEY, format!("must be one of {known}, and {} is not", quoted(key)));
    };
    let most = lesson.scenes.len();
    let scene = value(link, SCENE_KEY).map_or(Some(1), |text| text.parse().ok());
    // A lesson that is being written may be shorter since: undo leads to its last scene then.
    let scene = scene.map(|scene: usize| if is_own(key) { scene.min(most) } else { scene });
    let Some(scene) = scene.filter(|scene| (1..=most).contains(scene)) else {
        let given = quoted(value(link, SCENE_KEY).unwrap_or_default());
        return refused(
            SCENE_KEY,
            format!(
                "must be a whole number from 1 to {} in this lesson, and {given} is not",
                count(most)
            ),
        );
    };
    let shows_all = value(link, PANELS_KEY) == Some(ALL);
    let scene_of = &lesson.scenes[scene - 1];
    let (answer, faults) = answered(scene_of, link);
    let place = Place { lesson: key.to_owned(), scene: scene - 1, shows_all, answer };
    Opened { link: on(scene_of, &rest), place: Some(place), faults }
}

/// What a link answers to the question of a scene.
fn answered(scene: &Scene, link: &str) -> (Answer, Vec<Fault>) {
    let (guess, is_revealed) = (value(link, GUESS_KEY), value(link, REVEALED_KEY) == Some(YES));
    let Some(question) = &scene.question else {
        let told = [(GUESS_KEY, guess.is_some()), (REVEALED_KEY, is_revealed)];
        let told = told.into_iter().filter(|(_, is_there)| *is_there);
        let fault = |(key, _)| Fault::harmless(key, "does nothing: this scene asks no question");
        return (Answer::default(), told.map(fault).collect());
    };
    let read = |text| Guess::read(&question.about, &percent_decode_str(text).decode_utf8_lossy());
    match guess.map(read).transpose() {
        Ok(guess) => (Answer { guess, is_revealed }, Vec::new()),
        Err(why) => (Answer { guess: None, is_revealed }, vec![Fault::new(GUESS_KEY, why)]),
    }
}

impl Place {
    /// The link of an experiment that was opened here.
    pub fn link(&self, scene: &Scene, experiment: &str) -> String {
        let experiment = without(experiment, &[SCENE_KEY]);
        let mut link = LinkText::default();
        link.put(LESSON_KEY, &self.lesson);
        link.put(SCENE_KEY, &(self.scene + 1).to_string());
        if self.shows_all {
            link.put(PANELS_KEY, ALL);
        }
        if let Some(guess) = &self.answer.guess {
            link.put(GUESS_KEY, &guess.write());
        }
        if self.answer.is_revealed {
            link.put(REVEALED_KEY, YES);
        }
        let passing = only_passing(&experiment, &scene.link);
        let rest = if !is_own(&self.lesson) && are_same(&on(scene, &passing), &experiment) {
            passing
        } else if without_preferences(&experiment).is_empty() {
            let mut full = LinkText::default();
            full.put(DEFAULT[0], DEFAULT[1]);
            joined(&full.link(), &experiment)
        } else {
            experiment
        };
        joined(&link.link(), &rest)
    }

    /// Whether an experiment is the scene's, whatever the reader's own settings and the clock.
    pub fn is_as_it_came(scene: &Scene, experiment: &str) -> bool {
        let experiment = without(experiment, &[SCENE_KEY]);
        are_same(&without_preferences(&scene.link), &without_preferences(&experiment))
    }
}

/// The experiment of a scene with what a link says besides: its own settings, unless the link is
/// another experiment.
fn on(scene: &Scene, rest: &str) -> String {
    if !without_preferences(rest).is_empty() {
        return rest.to_owned();
    }
    let given: Vec<&str> = parts(rest).map(key_of).collect();
    joined(&without(&scene.link, &given), rest)
}

/// What of a link are the reader's own settings and the place of the clock, but for those of a scene.
fn only_passing(link: &str, scene: &str) -> String {
    let passing: Vec<_> = passing_keys().collect();
    let is_own =
        |part: &&str| passing.contains(&key_of(part)) && !parts(scene).any(|it| it == *part);
    parts(link).filter(is_own).collect::<Vec<_>>().join("&")
}

fn without(link: &str, keys: &[&str]) -> String {
    kept(link, |key| !keys.contains(&key))
}

fn kept(link: &str, keeps: impl Fn(&str) -> bool) -> String {
    parts(link).filter(|part| keeps(key_of(part))).collect::<Vec<_>>().join("&")
}

fn parts(link: &str) -> impl Iterator<Item = &str> {
    link.split('&').filter(|part| !part.is_empty())
}

fn key_of(part: &str) -> &str {
    part.split('=').next().unwrap_or_default()
}

fn value<'a>(link: &'a str, key: &str) -> Option<&'a str> {
    parts(link).find_map(|part| part.strip_prefix(key)?.strip_prefix('='))
}

fn joined(one: &str, other: &str) -> String {
    [one, other].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("&")
}

/// Whether two links have the same parts, in any order.
fn are_same(one: &str, other: &str) -> bool {
    let sorted = |link: &str| {
        let mut all: Vec<String> = parts(link).map(str::to_owned).collect();
        all.sort_unstable();
        all
    };
    sorted(one) == sorted(other)
}
