//! What is told of nets with other dials.

use super::super::Hover;
use super::{tick, title};
use crate::analysis::net_trial::End;
use crate::labs::model::of_many;
use crate::labs::network::scene::trials::{Dials, dials};
use crate::labs::network::trials::{digits_of, seen, updates_of};
use crate::labs::network::{By, NetLab, SETTINGS_OF_NETS, Setting};
use crate::math::number::{count, digits, three};
use crate::math::param::Scale;

/// What stands over the chart; `None` where it is about the way.
pub(super) fn chart_title(lab: &NetLab) -> Option<String> {
    Some(match lab.experiment().by() {
        By::Alpha => {
            let Scale::Choice(choices) = SETTINGS_OF_NETS[Setting::Chart as usize].scale else {
                return None;
            };
            let scale = choices[lab.experiment().setting(Setting::Chart) as usize].label;
            format!("Loss at the end, {scale}")
        }
        By::AlphaInit | By::AlphaBatch => "Trainability".to_owned(),
        By::Epochs | By::Updates | By::Examples => return None,
    })
}

/// What stands below it; `None` where it is about the way.
pub(super) fn chart_note(lab: &NetLab) -> Option<String> {
    let experiment = lab.experiment();
    if !lab.shows_trials() {
        return None;
    }
    if !lab.sees_ahead() {
        return Some("It lies ahead of the clock, which is not shown.".to_owned());
    }
    let Some(run) = lab.mapped_run() else { return Some("No run is shown.".to_owned()) };
    let time = of_many((experiment.steps(), tick(experiment)));
    let name = title(experiment, run);
    let colours = "Blue: its loss ends below that of the start, the lower the stronger. Orange: above, \
                   the sooner it diverges the stronger.";
    // All about as long, so that nothing moves.
    let grain = match lab.map_is_whole() {
        false => "Coarse: more is coming.",
        true if lab.maps_coarsely() => "Coarse: nets take long.",
        true => "Drag a run to its dials.",
    };
    Some(match experiment.by() {
        By::AlphaInit => {
            format!("Each cell is {name} trained anew for {time}. {colours} {grain}")
        }
        By::AlphaBatch => {
            let seen = count(seen(experiment, run));
            format!("Each cell is {name} trained anew with {seen} examples. {colours} {grain}")
        }
        _ => format!("Training loss after {time}, by α. Drag a run to its α."),
    })
}

/// What there is to read at the dials under the pointer.
pub fn hover(lab: &NetLab) -> Option<Hover> {
    let at = lab.marked_trial()?;
    let text = match lab.experiment().by() {
        By::Alpha => of_ends(lab, dials(lab, at).alpha)?,
        _ => of_cell(lab, at)?,
    };
    Some(Hover::new(text, []))
}

/// With what the runs end at the learning rate that is known and nearest to one.
fn of_ends(lab: &NetLab, alpha: f64) -> Option<String> {
    let sweeps = lab.sweeps();
    let (alpha, _) = sweeps.first()?.1.nearest(alpha)?;
    let mut ends = Vec::new();
    for (index, sweep) in sweeps {
        let loss = sweep.nearest(alpha).map(|(_, outcome)| outcome.middle);
        let told = match loss {
            Some(loss) if loss.is_finite() => digits(loss, 3),
            Some(_) => "diverges".to_owned(),
            None => continue,
        };
        ends.push(format!("{}: {told}", title(lab.experiment(), index)));
    }
    Some(format!("α = {}; {}", three(alpha), ends.join(", ")))
}

/// What becomes of the net of a cell: that in its middle.
fn of_cell(lab: &NetLab, at: [f64; 2]) -> Option<String> {
    let cells = lab.trial_map()?;
    let cell = cells.cell(at)?;
    let end = cells.values.get(cell)?;
    let Dials { alpha, other } = dials(lab, cells.middle(cell));
    let window = lab.map_window();
    let alpha = digits(alpha, digits_of(window.width()));
    let (experiment, run) = (lab.experiment(), lab.mapped_run()?);
    let (dials, time) = match experiment.by() {
        By::AlphaBatch => {
            let updates = updates_of(experiment, run, other as usize);
            (format!("m = {other}"), of_many((updates, "update")))
        }
        _ => {
            let scale = digits(other, digits_of(window.height()));
            (format!("scale {scale}"), of_many((experiment.steps(), tick(experiment))))
        }
    };
    Some(format!("α = {alpha}, {dials}: {}", told_of(end, &time)))
}

fn told_of(end: &End, time: &str) -> String {
    let [start, loss] = [end.start, end.loss].map(three);
    match end.diverged {
        Some(update) => format!("update {} has no finite outcome", count(update)),
        None if end.loss < end.start => format!("loss {loss} after {time}, {start} at the start"),
        None => format!("loss {loss} after {time}, not below the {start} of the start"),
    }
}
