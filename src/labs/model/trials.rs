//! What is told of runs with other values of their dials.

use super::hover::Hover;
use super::title;
use crate::analysis::alpha_beta::beta_of;
use crate::analysis::alpha_sweep::{SEEDS, Sweep};
use crate::analysis::stability::{Damping, Mode};
use crate::labs::planar::PlanarLab;
use crate::labs::planar::experiment::{By, SETTINGS, Setting};
use crate::math::number::{beside, count, digits, three};
use crate::math::param::Scale;
use crate::training::setup::Setup;
use crate::training::start_losses::StartLosses;
use crate::training::starts::Starts;
use crate::view::alpha_beta_chart::updates_a_digit;

/// What stands over the chart; `None` where it is about something else.
pub(super) fn chart_title(lab: &PlanarLab) -> Option<String> {
    let experiment = lab.experiment();
    match experiment.by() {
        By::Alpha => {
            let Scale::Choice(choices) = SETTINGS[Setting::Chart as usize].scale else {
                return None;
            };
            let scale = choices[experiment.setting(Setting::Chart) as usize].label;
            Some(match lab.objective().lowest() {
                None if lab.objective().is_complete() => "Loss at the end".to_owned(),
                _ => format!("Loss at the end, {scale}"),
            })
        }
        By::AlphaBeta => Some("Updates for each digit".to_owned()),
        By::Starts => Some("Loss at the end, from all starts".to_owned()),
        By::Updates | By::Evaluations | By::Epochs => None,
    }
}

/// What stands below it; `None` where it is about something else.
pub(super) fn chart_note(lab: &PlanarLab) -> Option<String> {
    if !lab.shows_trials() {
        return None;
    }
    if !lab.sees_ahead() {
        return Some("It lies ahead of the clock, which is not shown.".to_owned());
    }
    Some(match lab.experiment().by() {
        By::AlphaBeta => of_momentum(lab),
        By::Starts => of_starts(lab),
        _ => of_alpha(lab),
    })
}

fn of_alpha(lab: &PlanarLab) -> String {
    let experiment = lab.experiment();
    let setup = |index| Setup::of(&experiment.run_spec(index));
    let shown = || (0..experiment.runs.len()).filter(|index| !experiment.runs[*index].hidden);
    if shown().next().is_none() {
        return "No run is shown.".to_owned();
    }
    let updates = super::of_many((experiment.steps(), "update"));
    let mut note = match lab.objective().lowest() {
        None if lab.objective().is_complete() => {
            format!("f itself, after {updates}: no minimum is known.")
        }
        _ => format!("Above the minimum, after {updates}."),
    };
    if shown().any(|index| setup(index).is_random()) {
        note +=
            &format!(" The line is the middle of {SEEDS} seeds; {} end in the band.", SEEDS - 2);
    }
    note + " Drag a run to its α."
}

fn of_starts(lab: &PlanarLab) -> String {
    let experiment = lab.experiment();
    if experiment.runs.iter().all(|run| run.hidden) {
        return "No run is shown.".to_owned();
    }
    let above = match lab.objective().lowest() {
        None if lab.objective().is_complete() => "f itself",
        _ => "Above the minimum",
    };
    let of = format!("{above}, after {}", super::of_many((experiment.steps(), "update")));
    let from = match lab.starts() {
        Starts::Grid(_) => "on a grid",
        Starts::Window(_) => "all over the window",
        Starts::Disc { .. } => "in the disc about the start",
    };
    let known = lab.start_losses();
    let Some((_, first)) = known.first() else {
        // As long as what comes in its place, so that nothing moves then.
        return format!("{of}, from very many starts {from}: the first thousand are on their way.");
    };
    if known.iter().all(|(_, losses)| losses.ended == losses.starts) {
        let runs = match known {
            [(only, _)] => title(experiment, *only),
            _ => "each run".to_owned(),
        };
        let so_far = if lab.start_losses_are_whole() { "From" } else { "So far from" };
        return format!(
            "{so_far} all {} starts {from} {runs} diverges, or leaves the domain of f, within {}.",
            count(first.starts),
            super::of_many((experiment.steps(), "update"))
        );
    }
    let ended = |(index, losses): &(usize, StartLosses)| {
        let share = 100.0 * losses.ended as f64 / losses.starts as f64;
        let told = format!("{} {} %", title(experiment, *index), beside(share, 100.0));
        (losses.ended > 0).then_some(told)
    };
    let ended: Vec<String> = known.iter().filter_map(ended).collect();
    let mut told = match lab.start_losses_are_whole() {
        true => format!("{of}, from {} starts {from}.", count(first.starts)),
        false => format!("{of}, so far from {} starts {from}.", count(first.starts)),
    };
    // The largest square may have a few less.
    let is_less = (first.starts as f64) < 0.9 * experiment.setting(Setting::Walkers);
    if is_less && lab.start_losses_are_whole() {
        told += " Fewer than asked for: these runs take long.";
    }
    if !ended.is_empty() {
        told += &format!(" Not finite at the end: {}.", ended.join(", "));
    }
    if experiment.setting(Setting::Chart) != 0.0 || above == "f itself" {
        told += " The axis ends where 98 % of each run are.";
    }
    told
}

fn of_momentum(lab: &PlanarLab) -> String {
    let Some(index) = lab.mapped_momentum() else {
        return "No run that is shown has a β: add Momentum or Nesterov.".to_owned();
    };
    let name = title(lab.experiment(), index);
    if lab.exact_spectrum().is_none() && lab.objective().is_complete() {
        let Some(lowest) = lab.objective().lowest() else {
            return "No minimum is known, from which its distance could be told.".to_owned();
        };
        let updates = super::of_many((lab.experiment().steps(), "update"));
        let run = &lab.experiment().run_spec(index);
        let seed = if Setup::of(run).is_random() { " and with this seed" } else { "" };
        let measured = format!(
            "{name}, measured: the mean over {updates} from the start{seed}, above f = {}.",
            three(lowest)
        );
        let coarse = if lab.maps_coarsely() { " Coarse: these runs are long." } else { "" };
        return measured + &fastest(lab) + coarse;
    }
    format!("{name}, exact.{}", fastest(lab))
}

fn fastest(lab: &PlanarLab) -> String {
    let told =
        |[alpha, beta]: [f64; 2]| format!(" Fastest at α = {}, β = {}.", three(alpha), three(beta));
    lab.fastest_momentum().map(told).unwrap_or_default()
}

/// What there is to read at the dials under the pointer.
pub fn hover(lab: &PlanarLab) -> Option<Hover> {
    let [alpha, beta] = lab.marked_trial()?;
    let text = match lab.experiment().by() {
        By::Starts => of_shares(lab, alpha)?,
        By::AlphaBeta => {
            let told = told_of(lab, [alpha, beta], lab.factor_at([alpha, beta])?);
            format!("α = {}, β = {}: {told}", three(alpha), three(beta))
        }
        _ => of_ends(lab, alpha)?,
    };
    Some(Hover::new(text, []))
}

/// With what the runs end at the learning rate that is known and nearest to one, as the axis has it:
/// above the lowest minimum, where one is known.
fn of_ends(lab: &PlanarLab, alpha: f64) -> Option<String> {
    let sweeps = lab.present_sweeps();
    let (alpha, _) = sweeps.first()?.1.nearest(alpha)?;
    let floor = lab.objective().lowest().unwrap_or(0.0);
    let end = |&(index, sweep): &(usize, &Sweep)| {
        let (_, outcome) = sweep.nearest(alpha)?;
        let loss = outcome.middle - floor;
        let told = if loss.is_finite() { digits(loss, 3) } else { "diverges".to_owned() };
        Some(format!("{}: {told}", title(lab.experiment(), index)))
    };
    let ends: Vec<String> = sweeps.iter().filter_map(end).collect();
    Some(format!("α = {}; {}", three(alpha), ends.join(", ")))
}

/// From which share of all starts each run ends at a loss or below; above the lowest minimum, where one is
/// known.
fn of_shares(lab: &PlanarLab, loss: f64) -> Option<String> {
    let known = lab.start_losses();
    if known.is_empty() || !lab.start_losses_are_present() {
        return None;
    }
    let share = |(index, losses): &(usize, StartLosses)| {
        let percent = 100.0 * losses.share_below(loss);
        format!("{}: {percent:.1} %", title(lab.experiment(), *index))
    };
    let shares: Vec<String> = known.iter().map(share).collect();
    let above = loss - lab.objective().lowest().unwrap_or(0.0);
    Some(format!("loss {} or less; {}", digits(above, 2), shares.join(", ")))
}

/// How fast momentum comes down at an α and a β, and how.
fn told_of(lab: &PlanarLab, [alpha, beta]: [f64; 2], factor: f64) -> String {
    let exact = lab.exact_spectrum();
    if factor.is_nan() {
        return "no telling".to_owned();
    }
    if factor >= 1.0 {
        return match exact {
            Some(_) if factor > 1.0 => "diverges",
            Some(_) => "stays as far",
            None if factor.is_finite() => "ends no lower than it starts",
            None => "diverges, or leaves the domain of f",
        }
        .to_owned();
    }
    let pace = format!("{} updates a digit", three(updates_a_digit(factor)));
    match exact.and_then(|spectrum| way(lab, [alpha, beta], spectrum)) {
        Some(way) => format!("{pace}; {way}"),
        None => pace,
    }
}

/// How the slowest direction comes down.
fn way(lab: &PlanarLab, [alpha, beta]: [f64; 2], spectrum: [f64; 2]) -> Option<&'static str> {
    let run = &lab.experiment().runs[lab.mapped_momentum()?];
    let mut values = run.values.clone();
    (values[0], values[beta_of(run.rule)?]) = (alpha, beta);
    let mode = |lambda| Mode::new(run.rule, &values, lambda);
    let modes = spectrum.into_iter().filter(|lambda| *lambda > 0.0).filter_map(mode);
    let slowest = modes.max_by(|a, b| a.radius().total_cmp(&b.radius()))?;
    Some(match slowest.damping() {
        Damping::Under => "swings: complex roots",
        _ if slowest.alternates() => "changes sides at each update",
        _ => "creeps, without swinging",
    })
}
