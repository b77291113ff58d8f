//! The link is the page: whatever was done, opening the page's link in a fresh core gives the same
//! model, the same numbers and the same link.

pub mod nets;
pub mod plane;

use ravine::labs::Lab as _;
use ravine::labs::model::json;
use ravine::labs::{Action, App, KINDS, OpenLab};
use ravine::math::budget::Budget;
use ravine::view::Theme;

use super::dice::{Dice, cases};

/// So many things are done one after the other.
const ACTIONS: usize = 50;
/// After every so many of them the page and its link are compared: each time is a case.
const EVERY: usize = 5;

/// A page at work, and all that was done with it.
struct Session {
    app: App,
    dice: Dice,
    /// What it began with, and what was done, in words for a reader of a failure.
    said: Vec<String>,
    /// Links that undo may go back to.
    earlier: Vec<String>,
}

impl Session {
    /// A page that is opened at a random link.
    fn new(seed: u64) -> Self {
        let mut dice = Dice::new(seed);
        let link = if dice.one_in(3) { nets::link(&mut dice) } else { plane::link(&mut dice) };
        Self { app: App::new(&link), dice, said: vec![link.clone()], earlier: vec![link] }
    }

    /// Does one thing.
    fn act(&mut self) {
        let Self { app, dice, said, earlier } = self;
        let done = match dice.below(40) {
            // Whole links weigh more than dials: they are done more seldom.
            0 => {
                let tab = dice.of(&KINDS).key;
                app.act(&Action::Lab { key: tab.into() }).unwrap();
                // What a lab opens with is large: the law is the same of what is small.
                for (key, text) in [("data.n", "8"), ("steps", "4"), ("net", "2")] {
                    let _ = app.lab.set(key, text);
                }
                format!("lab {tab}, data.n=8, steps=4, net=2")
            }
            1 => {
                let links = [nets::link, plane::link];
                let link = dice.of(&links)(dice);
                app.open(&link);
                format!("open {link}")
            }
            2 | 3 => {
                let link = earlier[dice.below(earlier.len())].clone();
                undo_to(app, &link);
                format!("undo to {link}")
            }
            _ => match &mut app.lab {
                OpenLab::Network(lab) => nets::act(lab, dice),
                OpenLab::Planar(lab) => plane::act(lab, dice),
            },
        };
        // The page asks before the next frame, when nothing that is sliced has been computed.
        if dice.one_in(8) {
            app.lab.live();
            app.lab.model(&Theme::LIGHT);
        }
        said.push(done);
        earlier.push(app.lab.link());
    }

    /// What differs between the page and a fresh one at its link, if anything does.
    fn difference(&mut self) -> Option<String> {
        let app = &mut self.app;
        let link = app.lab.link();
        let mut fresh = App::new(&link);
        let differ = |what: &str, page: String, fresh: String| {
            (page != fresh).then(|| format!("{what} at {link}:\n  page  {page}\n  fresh {fresh}"))
        };
        // That the clock ends before a weight is set is told, and hinders nothing.
        let lost = fresh.lab.faults().iter().filter(|fault| !fault.is_harmless);
        let faults: Vec<String> = lost.map(ToString::to_string).collect();
        let plays = app.lab.timeline().is_playing();
        // What the model says of numbers that are still computed it says when they are there.
        finish(app);
        finish(&mut fresh);
        differ("faults", String::new(), faults.join(" "))
            .or_else(|| differ("link", link.clone(), fresh.lab.link()))
            .or_else(|| {
                differ("clock", plays.to_string(), fresh.lab.timeline().is_playing().to_string())
            })
            .or_else(|| differ("model", model(app), model_beside(&mut fresh, app)))
            .or_else(|| {
                // A link has no place for a clock that runs.
                if plays {
                    app.lab.timeline_mut().pause();
                }
                let stopped = app.lab.link();
                let mut fresh = App::new(&stopped);
                let found = differ("live", live(app), live(&mut fresh));
                let bits = [&*app, &fresh].map(|app| app.lab.fingerprint());
                let [page, fresh] = bits;
                let found = found.or_else(|| differ("bits", page, fresh));
                if plays {
                    app.lab.timeline_mut().play();
                }
                found
            })
    }
}

/// As the page undoes: the link of before, and the clock as it is now.
fn undo_to(app: &mut App, link: &str) {
    let (step, plays) = (app.lab.timeline().step(), app.lab.timeline().is_playing());
    app.open(link);
    app.lab.timeline_mut().seek(step);
    if plays {
        app.lab.timeline_mut().play();
    }
}

/// Lets a planar lab compute all that there is to compute.
fn finish(app: &mut App) {
    if let OpenLab::Planar(lab) = &mut app.lab {
        lab.settle();
    }
}

fn model(app: &App) -> String {
    json(&app.lab.model(&Theme::LIGHT))
}

/// The model of a fresh page, on which the class that the hand draws is chosen as on the other: it
/// is a tool and no part of the experiment.
fn model_beside(fresh: &mut App, app: &App) -> String {
    if let OpenLab::Network(nets) = &app.lab {
        fresh.lab.act(&Action::Brush { class: nets.brush() }).unwrap();
    }
    model(fresh)
}

/// What changes with the clock, all runs being where it stands.
fn live(app: &mut App) -> String {
    app.lab.settle();
    match &mut app.lab {
        OpenLab::Planar(lab) => while lab.tick(0.0, &mut Budget::unlimited()) {},
        OpenLab::Network(nets) => nets.settle_surface(),
    }
    json(&app.lab.live())
}

/// Goes through so many cases, every second session.
fn hold(turn: u64) {
    let sessions = cases(10_000).div_ceil(ACTIONS / EVERY) as u64;
    for seed in (turn..sessions).step_by(2) {
        let mut session = Session::new(seed);
        for done in 1..=ACTIONS {
            session.act();
            if done % EVERY == 0 && session.difference().is_some() {
                explain(seed);
            }
        }
    }
}

#[test]
fn a_fresh_core_at_the_pages_link_shows_what_the_page_shows() {
    hold(0);
}

#[test]
fn a_fresh_core_shows_it_in_every_other_session_too() {
    hold(1);
}

/// Goes through a session again and tells what was done last before the page and its link differ.
fn explain(seed: u64) -> ! {
    let mut session = Session::new(seed);
    for _ in 0..=ACTIONS {
        if let Some(difference) = session.difference() {
            let said = session.said.join("\n  ");
            panic!("seed {seed}:\n  {said}\n{difference}");
        }
        session.act();
    }
    panic!("seed {seed}: no two runs of it are alike");
}
