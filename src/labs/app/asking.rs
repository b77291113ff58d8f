//! The question of the scene that is open: what is expected, what is true, and how that was for all
//! scenes of the lesson.

use super::App;
use crate::labs::hand::REACH;
use crate::labs::lesson::answer::{self, Truth};
use crate::labs::lesson::{About, Answer, GUESS_KEY, Guess, LETTERS, Place, Question};
use crate::labs::link::Fault;
use crate::labs::model::{Asked, Hover, Live, Tally, TallyRow};
use crate::labs::{Ghost, Kind, Picture, Pixel, Pose};
use crate::math::param::quoted;

/// The name of what is taken hold of there.
const GHOST: &str = "guess";

/// How a question was answered.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Told {
    lesson: String,
    scene: usize,
    outcome: answer::Outcome,
    /// Whether the clock was there when it was told last.
    is_seen: bool,
}

impl App {
    /// The question of the scene that is open, with its place. A question is about the lab that its
    /// scene is in.
    fn asked(&self) -> Option<(&Question, &Place)> {
        let (place, scene) = self.scene()?;
        let question = scene.question.as_ref()?;
        (Kind::of_link(&scene.link) == self.lab.kind()).then_some((question, place))
    }

    /// The question, as long as its answer is hidden.
    pub(super) fn open_question(&self) -> Option<&Question> {
        self.asked().filter(|(_, place)| !place.answer.is_revealed).map(|(question, _)| question)
    }

    /// The question, while a place of the plane is being guessed.
    fn asks_for_a_place(&self) -> bool {
        self.open_question().is_some_and(|it| matches!(it.about, About::Where { .. }))
    }

    /// Brings the clock and the pictures to what the question asks for.
    pub(super) fn pose(&mut self) {
        let pose = self.asked().map_or_else(Pose::default, |(question, place)| Pose {
            is_veiled: !place.answer.is_revealed,
            asks_for_place: self.asks_for_a_place(),
            ghost: self.ghost(question, &place.answer),
            has_directions: question.about == About::Direction,
            chosen: match &place.answer.guess {
                Some(Guess::Choice(letter)) => LETTERS.iter().position(|it| it == letter),
                _ => None,
            },
        });
        let first = pose.is_veiled.then(|| self.first_step());
        self.lab.timeline_mut().hold(first);
        self.lab.pose(&pose);
    }

    /// Where the clock waits for an answer: where the scene opens, unless that is behind what is asked.
    fn first_step(&self) -> usize {
        let Some((_, scene)) = self.scene() else { return 0 };
        match scene.question.as_ref().map(|question| &question.about) {
            Some(About::Where { step, .. }) => {
                let asked = step.unwrap_or(self.lab.timeline().horizon());
                scene.opens_at().filter(|opens| *opens < asked).unwrap_or(0)
            }
            _ => 0,
        }
    }

    fn ghost(&self, question: &Question, answer: &Answer) -> Option<Ghost> {
        let About::Where { run, step } = &question.about else { return None };
        let Some(Guess::Place(at)) = answer.guess else { return None };
        let run = answer::run_called(&*self.lab, run).ok()?;
        let horizon = self.lab.timeline().horizon();
        Some(Ghost { at, run, step: step.unwrap_or(horizon).min(horizon) })
    }

    /// Takes what is expected, as a link writes it.
    pub(super) fn guess(&mut self, text: &str) -> Result<(), Fault> {
        let none = || Fault::new(GUESS_KEY, "answers no question: none is open");
        let question = self.open_question().ok_or_else(none)?;
        let guess = Guess::read(&question.about, text).and_then(|guess| self.choosable(guess));
        self.put_guess(guess.map_err(|why| Fault::new(GUESS_KEY, why))?);
        Ok(())
    }

    /// A guess, if it is no run that cannot be chosen.
    fn choosable(&self, guess: Guess) -> Result<Guess, String> {
        let is_first = self.asked().is_some_and(|(it, _)| matches!(it.about, About::First { .. }));
        let Guess::Choice(name) = &guess else { return Ok(guess) };
        let runs = self.lab.contestants().into_iter().filter(|run| !run.is_hidden);
        let names: Vec<String> = runs.map(|run| run.name).collect();
        if is_first && !names.contains(name) {
            return Err(format!(
                "must be one of {}, and {} is not",
                names.join(", "),
                quoted(name)
            ));
        }
        Ok(guess)
    }

    /// After a link was opened: a run that is guessed there may be none of this experiment.
    pub(super) fn check_guess(&mut self) {
        let guess = self.place.as_ref().and_then(|place| place.answer.guess.clone());
        let Some(Err(why)) = guess.map(|guess| self.choosable(guess)) else { return };
        self.faults.push(Fault::new(GUESS_KEY, why));
        if let Some(place) = &mut self.place {
            place.answer.guess = None;
        }
    }

    fn put_guess(&mut self, guess: Guess) {
        if let Some(place) = &mut self.place {
            place.answer.guess = Some(guess);
        }
        self.pose();
    }

    /// Lets the truth be seen. The clock plays, but for directions: they are those of the start, where
    /// it stands if the scene does.
    pub(super) fn reveal(&mut self) -> Result<(), String> {
        let question = self.open_question().ok_or("No question is open.")?;
        let plays = question.about != About::Direction;
        if let Some(place) = &mut self.place {
            place.answer.is_revealed = true;
        }
        self.pose();
        if plays {
            self.lab.timeline_mut().play();
        }
        Ok(())
    }

    /// Asks the question of the scene once more, at the step at which the scene opens.
    pub(super) fn ask_again(&mut self) -> Result<(), String> {
        let (_, place) = self.asked().ok_or("This scene asks no question.")?;
        let place = place.clone();
        self.told.retain(|told| (&told.lesson, told.scene) != (&place.lesson, place.scene));
        if let Some(place) = &mut self.place {
            place.answer = Answer::default();
        }
        let first = self.first_step();
        let stands = self.scene().is_some_and(|(_, scene)| scene.opens_at().is_some());
        self.lab.timeline_mut().restart();
        if stands {
            self.lab.timeline_mut().seek(first);
        }
        self.pose();
        Ok(())
    }

    /// Notes how the question of this scene stands, before another place is gone to.
    pub(super) fn note_answer(&mut self) {
        let Some(Place { lesson, scene, answer, .. }) = self.place.clone() else { return };
        self.answers.retain(|(key, at, _)| (key, *at) != (&lesson, scene));
        if answer != Answer::default() {
            self.answers.push((lesson, scene, answer));
        }
    }

    /// What was answered is about these scenes of a lesson no more.
    pub(super) fn forget_answers(&mut self, lesson: &str, is_other: impl Fn(usize) -> bool) {
        let stays = |key: &str, at: usize| key != lesson || !is_other(at);
        self.answers.retain(|(key, at, _)| stays(key, *at));
        self.told.retain(|told| stays(&told.lesson, told.scene));
        if let Some(place) = self.place.as_mut().filter(|place| !stays(&place.lesson, place.scene))
        {
            place.answer = Answer::default();
        }
    }

    /// What was answered to the question of a scene before.
    pub(super) fn answer_before(&self, lesson: &str, scene: usize) -> Answer {
        let found = self.answers.iter().find(|(key, at, _)| (&**key, *at) == (lesson, scene));
        found.map(|(_, _, answer)| answer.clone()).unwrap_or_default()
    }

    /// The truth that the question asks for, as far as it is computed, or why there is none.
    fn truth(&self) -> Option<Result<Truth, String>> {
        let (question, _) = self.asked()?;
        answer::truth(&question.about, &*self.lab).transpose()
    }

    /// What the page is told of the question.
    pub(super) fn model_of_question(&self) -> Option<Asked> {
        let (question, place) = self.asked()?;
        let (_, scene) = self.scene()?;
        let is_as_it_came = Place::is_as_it_came(scene, &self.lab.link());
        Some(Asked::new(question, &place.answer, is_as_it_came, &*self.lab))
    }

    /// What the page is told while the clock runs: nothing that lies ahead while a question is open,
    /// and the outcome once it is to be seen.
    pub(super) fn live_of_question(&mut self, live: Live) -> Live {
        let Some((question, place)) = self.asked() else { return live };
        if !place.answer.is_revealed {
            return Live {
                sentences: live.sentences.into_keys().map(|run| (run, String::new())).collect(),
                limits: Vec::new(),
                ..live
            };
        }
        let (outcome, step) = match self.truth() {
            None => return live,
            Some(Err(why)) => return Live { outcome: why, ..live },
            Some(Ok(truth)) => {
                let guess = place.answer.guess.as_ref();
                (answer::outcome(question, guess, &truth, &*self.lab), truth.step)
            }
        };
        let is_seen = self.lab.timeline().step() >= step;
        let says = if is_seen { outcome.says.clone() } else { String::new() };
        let told = Told { lesson: place.lesson.clone(), scene: place.scene, outcome, is_seen };
        if !self.told.contains(&told) {
            let is_other = |it: &Told| (&it.lesson, it.scene) != (&told.lesson, told.scene);
            self.told.retain(is_other);
            self.told.push(told);
            self.version += 1;
        }
        Live { outcome: says, ..live }
    }

    /// How the questions of the lesson were answered, on its last scene.
    pub(super) fn tally(&self) -> Option<Tally> {
        let place = self.place.as_ref()?;
        let lesson = self.lessons().find(|lesson| lesson.key == place.lesson)?;
        let asks = lesson.scenes.iter().filter(|scene| scene.question.is_some()).count();
        if asks == 0 || place.scene + 1 != lesson.scenes.len() {
            return None;
        }
        let scenes = lesson.scenes.iter().enumerate();
        let told =
            |at: usize| self.told.iter().find(|told| told.lesson == lesson.key && told.scene == at);
        let rows = scenes.filter_map(|(at, scene)| {
            // Of the scene at hand the picture tells it first.
            let Told { outcome, .. } = told(at).filter(|told| told.is_seen || at != place.scene)?;
            let says = outcome.says.clone();
            Some(TallyRow {
                scene: at,
                title: scene.title.clone(),
                says,
                is_close: outcome.is_close,
            })
        });
        Some(Tally::new(asks, rows.collect()))
    }

    /// The name of what a press on this pixel of a picture would take hold of: while a place is being
    /// guessed, the ghost, and never the start.
    pub fn pick(&self, picture: Picture, at: Pixel) -> Option<String> {
        if !self.asks_for_a_place() || !matches!(picture, Picture::Plot | Picture::Hill) {
            return self.lab.pick(picture, at);
        }
        let is_near = |[x, y]: Pixel| libm::hypot(x - at[0], y - at[1]) <= REACH;
        self.ghost_at(picture).is_none_or(is_near).then(|| GHOST.to_owned())
    }

    /// Where the ghost is seen on a picture.
    fn ghost_at(&self, picture: Picture) -> Option<Pixel> {
        let (_, place) = self.asked()?;
        let Some(Guess::Place(at)) = place.answer.guess else { return None };
        self.lab.pixel_of_point(picture, at)
    }

    /// Puts what is in the hand under a pixel of the plot or of the hill: the start of all runs, or,
    /// while a place is being guessed, the ghost.
    pub fn put_handle(&mut self, picture: Picture, at: Pixel) {
        if self.asks_for_a_place() {
            if let Some(point) = self.lab.point_under_pixel(picture, at) {
                self.put_guess(Guess::Place(point));
            }
            return;
        }
        match picture {
            Picture::Hill => self.lab.put_start_on_hill(at),
            _ => self.lab.put_start(at),
        }
        self.pose();
    }

    /// Moves the same by pixels of the plot, right and down. A ghost that is nowhere comes from the
    /// start.
    pub fn nudge_handle(&mut self, by: Pixel) {
        if !self.asks_for_a_place() {
            self.lab.nudge_start(by);
            self.pose();
            return;
        }
        let start = || {
            let (start, _) = self.lab.plane()?;
            self.lab.pixel_of_point(Picture::Plot, start)
        };
        if let Some([x, y]) = self.ghost_at(Picture::Plot).or_else(start) {
            self.put_handle(Picture::Plot, [x + by[0], y + by[1]]);
        }
    }

    /// The pointer is over a pixel of a picture: what there is to read there. While the steepest
    /// direction is asked for, the plot does not tell gradients.
    pub fn hover(&mut self, picture: Picture, slot: usize, at: Pixel) -> Option<Hover> {
        let asks = self.open_question().is_some_and(|it| it.about == About::Direction);
        if asks && matches!(picture, Picture::Plot | Picture::Hill) {
            return None;
        }
        self.lab.hover(picture, slot, at)
    }
}
