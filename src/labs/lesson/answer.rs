//! The truth that a question asks for, and how far a guess is from it.

use super::question::{About, Guess, LETTERS, Question};
use crate::labs::Lab;
use crate::labs::quiz::{Course, Direction, Whereabouts};
use crate::math::number::{count, digits, point, three};
use crate::math::param::quoted;

/// A guess is close within this share of the truth; a place, of the way that the run has come.
pub const CLOSE: f64 = 0.1;

/// The truth that a question asks for.
#[derive(Clone, Debug, PartialEq)]
pub struct Truth {
    /// What it is.
    pub is: Fact,
    /// The step of the clock at which it is seen.
    pub step: usize,
}

/// What is true.
#[derive(Clone, Debug, PartialEq)]
pub enum Fact {
    /// The run is there; it started from the other point.
    Place {
        /// Where it is.
        at: [f64; 2],
        /// Where it started.
        start: [f64; 2],
    },
    /// The run is nowhere any more: after this step it was not finite.
    Gone(usize),
    /// These runs are the first, by their index: several, where they arrive at once. None, where none
    /// arrives.
    First(Vec<usize>),
    /// The slopes in the four directions, and which of them is the lowest.
    Steepest([Direction; 4], usize),
    /// It takes so many steps; `None` if it is not down at the horizon.
    Steps(Option<usize>),
    /// The largest α that is stable.
    Alpha(f64),
}

/// How a guess compares with the truth.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// It, with the numbers, in a sentence or two.
    pub says: String,
    /// Whether the guess is right, or close; `None` without a guess.
    pub is_close: Option<bool>,
}

/// The truth; `None` where it is still being computed.
///
/// # Errors
/// Why there is none, as a sentence.
pub fn truth(about: &About, lab: &dyn Lab) -> Result<Option<Truth>, String> {
    let horizon = lab.timeline().horizon();
    let run = about.run().map(|name| run_called(lab, name)).transpose()?.unwrap_or(0);
    let truth = |is, step| Some(Truth { is, step });
    Ok(match about {
        About::Where { step, .. } => {
            let (start, _) = lab.plane().ok_or("A net has no place on a plane.")?;
            let step = step.unwrap_or(horizon).min(horizon);
            match lab.whereabouts(run, step) {
                Whereabouts::At(at) => truth(Fact::Place { at, start }, step),
                Whereabouts::Gone(last) => truth(Fact::Gone(last), last),
                Whereabouts::Unknown => None,
            }
        }
        About::First { level } => first(lab, *level, horizon),
        About::Direction => lab.directions()?.and_then(|all| {
            let lowest = (0..all.len()).min_by(|&a, &b| all[a].slope.total_cmp(&all[b].slope))?;
            truth(Fact::Steepest(all, lowest), 0)
        }),
        About::Steps { level, .. } => lab.floor_of_losses().and_then(|floor| {
            let course = lab.course(run);
            match arrival(&course, *level, floor) {
                Some(record) => {
                    let step = record * course.stride;
                    truth(Fact::Steps(Some(step)), step)
                }
                None if course.is_over => truth(Fact::Steps(None), horizon),
                None => None,
            }
        }),
        About::Alpha { .. } => {
            lab.exact_limit_of(run)?.and_then(|limit| truth(Fact::Alpha(limit), 0))
        }
    })
}

/// The run of a name, by its index.
///
/// # Errors
/// That there is none, as a sentence.
pub fn run_called(lab: &dyn Lab, name: &str) -> Result<usize, String> {
    let found = lab.contestants().iter().position(|run| run.name == name);
    found.ok_or_else(|| format!("There is no run {} here.", quoted(name)))
}

/// The first record of a run that is down to a level.
fn arrival(course: &Course<'_>, level: f64, floor: f64) -> Option<usize> {
    let bound = floor + level * (course.loss.first()? - floor);
    course.loss.iter().position(|loss| *loss <= bound)
}

/// Which of the runs that are shown is down first, along the axis of the loss chart. It is known as
/// soon as all others have come as far along the axis, or will come no farther.
fn first(lab: &dyn Lab, level: f64, horizon: usize) -> Option<Truth> {
    let floor = lab.floor_of_losses()?;
    let shown = lab.contestants().into_iter().enumerate().filter(|(_, run)| !run.is_hidden);
    let courses: Vec<_> = shown.map(|(index, _)| (index, lab.course(index))).collect();
    let arrivals = courses.iter().filter_map(|(index, course)| {
        let record = arrival(course, level, floor)?;
        Some((*index, course.pace.at(record), record * course.stride))
    });
    let arrivals: Vec<_> = arrivals.collect();
    let Some(least) = arrivals.iter().map(|(_, along, _)| *along).reduce(f64::min) else {
        let are_over = courses.iter().all(|(_, course)| course.is_over);
        return are_over.then_some(Truth { is: Fact::First(Vec::new()), step: horizon });
    };
    let could_be_first = |(index, course): &(usize, Course<'_>)| {
        let is_there = arrivals.iter().any(|(arrived, _, _)| arrived == index);
        let last = course.loss.len().saturating_sub(1);
        !is_there && !course.is_over && course.pace.at(last) < least
    };
    if courses.iter().any(could_be_first) {
        return None;
    }
    let winners = || arrivals.iter().filter(|(_, along, _)| *along == least);
    let step = winners().map(|(_, _, step)| *step).min()?;
    Some(Truth { is: Fact::First(winners().map(|(index, _, _)| *index).collect()), step })
}

/// What is to be said of a guess beside the truth.
pub fn outcome(
    question: &Question,
    guess: Option<&Guess>,
    truth: &Truth,
    lab: &dyn Lab,
) -> Outcome {
    let runs = lab.contestants();
    let title = |index: usize| runs.get(index).map_or("", |run| &*run.title);
    let of = question.about.run().and_then(|name| run_called(lab, name).ok()).map_or("It", title);
    let (fact, is_close, compared) = match &truth.is {
        Fact::Place { at, start } => {
            let when = match question.about {
                About::Where { step: Some(_), .. } => format!("After {}", steps_of(truth.step)),
                _ => "At the end".to_owned(),
            };
            let fact = format!("{when} {of} is at {}.", point(*at));
            let Some(Guess::Place(guess)) = guess else { return plain(fact) };
            let apart = |a: [f64; 2], b: [f64; 2]| libm::hypot(a[0] - b[0], a[1] - b[1]);
            let [off, way] = [apart(*at, *guess), apart(*at, *start)];
            let compared = match off / way {
                share if share < MANY => format!(
                    "You are {} away, {} of the way from the start.",
                    three(off),
                    percent(share)
                ),
                _ => format!("You are {} away.", three(off)),
            };
            (fact, off <= CLOSE * way, compared)
        }
        Fact::Gone(last) => {
            let fact = format!("{of} is not finite any more after step {}.", count(*last));
            let Some(Guess::Place(_)) = guess else { return plain(fact) };
            (fact, false, "So no place is near.".to_owned())
        }
        Fact::First(winners) => {
            let names: Vec<&str> = winners.iter().map(|&index| title(index)).collect();
            let fact = match names.as_slice() {
                [] => "None of them arrives.".to_owned(),
                [one] => format!("{one} is first."),
                several => format!("{} arrive together.", several.join(" and ")),
            };
            let Some(Guess::Choice(name)) = guess else { return plain(fact) };
            let is_right = winners.iter().any(|&index| runs[index].name == *name);
            let chosen = runs.iter().find(|run| run.name == *name).map_or(&**name, |it| &it.title);
            (fact, is_right, chose(is_right, chosen))
        }
        Fact::Steepest(all, lowest) => {
            let letter = |at: usize| LETTERS[at].to_uppercase();
            let slope = |at: usize| digits(all[at].slope, 3);
            let fact =
                format!("{} falls fastest: its slope is {}.", letter(*lowest), slope(*lowest));
            let Some(Guess::Choice(name)) = guess else { return plain(fact) };
            let at = LETTERS.iter().position(|it| it == name).unwrap_or(*lowest);
            let is_right = at == *lowest;
            let chosen = match is_right {
                true => letter(at),
                false => format!("{}, with a slope of {}", letter(at), slope(at)),
            };
            (fact, is_right, chose(is_right, &chosen))
        }
        Fact::Steps(None) => {
            let horizon = count(lab.timeline().horizon());
            let fact = format!("{of} is not there in {horizon} steps.");
            let Some(Guess::Number(guess)) = guess else { return plain(fact) };
            (fact, false, format!("You said {}.", three(*guess)))
        }
        Fact::Steps(Some(steps)) => {
            let fact = format!("It takes {of} {}.", steps_of(*steps));
            let Some(Guess::Number(guess)) = guess else { return plain(fact) };
            numbers(fact, *guess, *steps as f64, ["too few", "too many"])
        }
        Fact::Alpha(limit) => {
            let fact = format!("The limit is α = {}.", three(*limit));
            let Some(Guess::Number(guess)) = guess else { return plain(fact) };
            numbers(fact, *guess, *limit, ["too low", "too high"])
        }
    };
    Outcome { says: format!("{fact} {compared}"), is_close: Some(is_close) }
}

/// What is said to somebody who did not guess.
fn plain(says: String) -> Outcome {
    Outcome { says, is_close: None }
}

fn chose(is_right: bool, chosen: &str) -> String {
    format!("You chose {chosen}{}", if is_right { ": right." } else { "." })
}

/// A number beside the true one: the fact, whether it is close, and how far it is off.
fn numbers(fact: String, guess: f64, truth: f64, off: [&str; 2]) -> (String, bool, String) {
    let by = (guess - truth).abs();
    let compared = if by == 0.0 {
        "You said just that.".to_owned()
    } else if truth == 0.0 {
        format!("You said {}.", three(guess))
    } else {
        let words = off[usize::from(guess > truth)];
        format!("You said {}: {} {words}.", three(guess), percent(by / truth))
    };
    (fact, by <= CLOSE * truth, compared)
}

/// From so many times on a share is told as that.
const MANY: f64 = 10.0;

/// A share in percent; a large one as so many times.
fn percent(share: f64) -> String {
    match share {
        share if share < 0.01 => "less than 1 %".to_owned(),
        share if share < MANY => format!("{} %", digits(100.0 * share, 2)),
        share => format!("{} times", digits(share, 2)),
    }
}

fn steps_of(steps: usize) -> String {
    format!("{} {}", count(steps), if steps == 1 { "step" } else { "steps" })
}
