//! The question of a lesson's scene, as the page is told.

use serde::Serialize;
use ts_rs::TS;

use super::Dial;
use crate::labs::Lab;
use crate::labs::lesson::answer::run_called;
use crate::labs::lesson::{About, Answer, GUESS_KEY, Guess, LETTERS, Question};
use crate::math::decimal::rounded_to_digits;
use crate::math::param::{Param, Scale};

/// The question of the scene that is open.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Asked {
    /// The question.
    pub ask: String,
    /// Whether its answer is hidden.
    pub is_open: bool,
    /// Why it is so, to be said beside the outcome; empty while it is open, and of another experiment
    /// than the scene's.
    pub why: String,
    /// What is expected, as a link writes it behind `guess`; empty as long as nothing is.
    pub guess: String,
    /// What there is to choose from; empty where it is no choice.
    pub choices: Vec<AskedChoice>,
    /// Where a number is guessed, its dial.
    pub dial: Option<Dial>,
    /// Where a point of the plane is guessed, what its two numbers are called.
    pub axes: Option<[String; 2]>,
}

/// Something to choose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct AskedChoice {
    /// As a link writes it.
    pub value: String,
    /// What the page calls it.
    pub title: String,
}

impl Asked {
    /// A question on an experiment, as it has been answered so far.
    pub(in crate::labs) fn new(
        question: &Question,
        answer: &Answer,
        is_as_it_came: bool,
        lab: &dyn Lab,
    ) -> Self {
        let guess = answer.guess.as_ref();
        let number = match guess {
            Some(Guess::Number(number)) => Some(*number),
            _ => None,
        };
        Self {
            ask: question.ask.clone(),
            is_open: !answer.is_revealed,
            why: match answer.is_revealed && is_as_it_came {
                true => question.why.clone(),
                false => String::new(),
            },
            guess: guess.map(Guess::write).unwrap_or_default(),
            choices: choices(&question.about, lab),
            dial: dial(&question.about, number, lab),
            axes: match question.about {
                About::Where { .. } => lab.plane().map(|(_, axes)| axes),
                _ => None,
            },
        }
    }
}

fn choices(about: &About, lab: &dyn Lab) -> Vec<AskedChoice> {
    match about {
        About::First { .. } => (lab.contestants().into_iter())
            .filter(|run| !run.is_hidden)
            .map(|run| AskedChoice { value: run.name, title: run.title })
            .collect(),
        About::Direction => LETTERS
            .map(|letter| AskedChoice { value: letter.to_owned(), title: letter.to_uppercase() })
            .into(),
        _ => Vec::new(),
    }
}

/// The dial of a guess; before there is one it stands in the middle of its slider.
fn dial(about: &About, guess: Option<f64>, lab: &dyn Lab) -> Option<Dial> {
    let dial = |param: &Param, middle: f64| {
        let value = guess.unwrap_or(middle);
        Dial::new(param, GUESS_KEY.to_owned(), value, middle)
    };
    match about {
        About::Steps { most, .. } => {
            let most = most.unwrap_or(lab.timeline().horizon()) as f64;
            let steps = Param::new("guess", "", "steps", [0.0, most], Scale::Integer, 0.0);
            Some(dial(&steps, libm::round(0.5 * most)))
        }
        About::Alpha { run } => {
            let alpha = lab.alpha_of(run_called(lab, run).ok()?);
            let [low, high] = alpha.range;
            let middle = match alpha.scale {
                Scale::Log if low > 0.0 => rounded_to_digits(libm::sqrt(low * high), 2),
                _ => 0.5 * (low + high),
            };
            Some(dial(alpha, middle))
        }
        _ => None,
    }
}

/// How the questions of a lesson were answered.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct Tally {
    /// It in a few words.
    pub title: String,
    /// It in a sentence.
    pub says: String,
    /// The questions that were answered, in the order of their scenes.
    pub rows: Vec<TallyRow>,
}

/// How a question was answered.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TallyRow {
    /// The scene, counted from 0.
    pub scene: usize,
    /// Its title.
    pub title: String,
    /// The guess beside the truth.
    pub says: String,
    /// Whether the guess was right, or close; `null` where there was none.
    pub is_close: Option<bool>,
}

impl Tally {
    /// Of so many questions, these were answered.
    pub(in crate::labs) fn new(asks: usize, rows: Vec<TallyRow>) -> Self {
        let guesses = rows.iter().filter(|row| row.is_close.is_some()).count();
        let close = rows.iter().filter(|row| row.is_close == Some(true)).count();
        let says = match guesses {
            0 => format!("No guess at {asks} questions."),
            _ => format!(
                "{guesses} of {asks} questions were guessed, {close} of them right or within 10 %."
            ),
        };
        let title = match guesses {
            0 => "No guesses".to_owned(),
            _ => format!("Guesses: {close} of {guesses} right"),
        };
        Self { title, says, rows }
    }
}
