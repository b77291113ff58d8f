//! What runs learn from, and how noisily, as CSV: the data, the batches, the noise ball. Examples,
//! updates, epochs and batches are counted from 1, as on the page.

use std::io::{self, Write};

use crate::data::classes::ClassNames;
use crate::data::{Batches, DataParam};
use crate::labs::Lab as _;
use crate::labs::network::NetExperiment;
use crate::labs::network::data::columns_of;
use crate::labs::planar::PlanarLab;
use crate::labs::planar::experiment::{Experiment, SETTINGS, Setting};
use crate::math::param::write_number;

/// The data of a risk as `example,x,y`, and behind them `x_standardised` where that is what the
/// runs see of x, and `class` where labels have names. Nothing where there are none: the experiment is on
/// a surface.
///
/// # Errors
/// Those of the output.
pub fn data(experiment: &Experiment, out: &mut impl Write) -> io::Result<()> {
    let Some(problem) = experiment.source.problem() else { return Ok(()) };
    let raw = experiment.data.raw(problem);
    let (seen, scale) = experiment.data.examples(problem);
    let is_standardised =
        experiment.data.value(DataParam::Standardise) != 0.0 && scale != [0.0, 1.0];
    let more = if is_standardised { ",x_standardised" } else { "" };
    let names = experiment.data.names();
    let class = if names.all().is_empty() { "" } else { ",class" };
    writeln!(out, "example,x,y{more}{class}")?;
    for (index, ([x, y], [seen, _])) in raw.into_iter().zip(seen).enumerate() {
        let more = if is_standardised { Some(seen) } else { None };
        write_row(
            out,
            &(index + 1).to_string(),
            [x, y].into_iter().chain(more),
            &class_of(names, y),
        )?;
    }
    Ok(())
}

/// The data of nets as `example,part,x1,…,y,input1,…`: the part is `train` or `test`, y is a value
/// or a class counted from 0, and the inputs are the features that the net sees; `class`
/// stands at the end where classes have names.
///
/// # Errors
/// Those of the output.
pub fn net_data(experiment: &NetExperiment, out: &mut impl Write) -> io::Result<()> {
    let parts = experiment.data.parts();
    let mut rows = Vec::new();
    let mut inputs = 0;
    for (name, part, places) in
        [("train", &parts.train, &parts.train_at), ("test", &parts.test, &parts.test_at)]
    {
        let columns = columns_of(part, parts.columns);
        let seen = parts.inputs(&columns, experiment.features());
        inputs = inputs.max(seen.len());
        for (index, (row, place)) in part.iter().zip(places).enumerate() {
            let mut numbers = row.x.clone();
            numbers.push(row.y);
            numbers.extend(seen.iter().map(|column| column[index]));
            rows.push((place + 1, name, numbers));
        }
    }
    rows.sort_by_key(|(example, ..)| *example);
    let columns = (1..=parts.columns).map(|at| format!(",x{at}"));
    let inputs = (1..=inputs).map(|at| format!(",input{at}"));
    let head: String = columns.chain([",y".to_owned()]).chain(inputs).collect();
    let names = experiment.data.names();
    let class = if names.all().is_empty() { "" } else { ",class" };
    writeln!(out, "example,part{head}{class}")?;
    for (example, part, numbers) in rows {
        let class = class_of(names, numbers[parts.columns]);
        write_row(out, &format!("{example},{part}"), numbers.into_iter(), &class)?;
    }
    Ok(())
}

/// Which examples each update of each run uses, up to the horizon, as
/// `run,update,epoch,batch,example`: a row for each example, in the order of the epoch. Nothing where
/// there are no examples: the experiment is on a surface.
///
/// # Errors
/// Those of the output.
pub fn batches(experiment: &Experiment, out: &mut impl Write) -> io::Result<()> {
    if experiment.source.problem().is_none() {
        return Ok(());
    }
    writeln!(out, "{BATCHES}")?;
    for (index, name) in experiment.runs.names().iter().enumerate() {
        if let Some(batches) = experiment.batches(index) {
            write_batches(out, name, &batches, experiment.steps(), |example| example + 1)?;
        }
    }
    Ok(())
}

/// The same of nets, whose batches are of the examples for training.
///
/// # Errors
/// Those of the output.
pub fn net_batches(experiment: &NetExperiment, out: &mut impl Write) -> io::Result<()> {
    let places = experiment.data.parts().train_at;
    writeln!(out, "{BATCHES}")?;
    for (index, name) in experiment.runs.names().iter().enumerate() {
        let updates = experiment.steps() * experiment.updates_a_tick(index);
        let batches = experiment.batches(index);
        write_batches(out, name, &batches, updates, |example| places[example] + 1)?;
    }
    Ok(())
}

/// The columns of batches.
pub(crate) const BATCHES: &str = "run,update,epoch,batch,example";

/// The rows of a run's batches; `number` is what an example is called by its index.
pub(crate) fn write_batches(
    out: &mut impl Write,
    name: &str,
    batches: &Batches,
    updates: usize,
    number: impl Fn(usize) -> usize,
) -> io::Result<()> {
    let mut order = Vec::new();
    for update in 0..updates {
        let [epoch, batch] = batches.place(update);
        if batch == 0 {
            order = batches.order(epoch);
        }
        for &example in &order[batches.part(batch)] {
            let [update, epoch, batch] = [update, epoch, batch].map(|place| place + 1);
            writeln!(out, "{name},{update},{epoch},{batch},{}", number(example as usize))?;
        }
    }
    Ok(())
}

/// The noise ball as `run,batch_size,alpha,mean_square`: the mean squared distance to the minimiser
/// over the last half of the updates, of the followed run's rule for several batch sizes and
/// learning rates, and behind these, with their names, the runs themselves where they have a place
/// in the chart. A cell is empty where the rule diverges. Returns a line about what there is not.
///
/// # Errors
/// Those of the output.
pub fn ball(experiment: &Experiment, out: &mut impl Write) -> io::Result<Vec<String>> {
    let mut experiment = experiment.clone();
    let deck = SETTINGS[Setting::Deck as usize].read("ball");
    experiment.set_setting(Setting::Deck as usize, deck.expect("a choice of the deck"));
    let mut lab = PlanarLab::of(experiment);
    let horizon = lab.timeline().horizon();
    lab.timeline_mut().seek(horizon);
    lab.settle();
    writeln!(out, "run,batch_size,alpha,mean_square")?;
    for sweep in lab.ball_sweeps() {
        for (alpha, value) in sweep.alphas.iter().zip(&sweep.values) {
            write_row(out, &format!(",{}", sweep.m), [*alpha, *value].into_iter(), "")?;
        }
    }
    let names = lab.experiment().runs.names();
    for (index, numbers) in lab.ball_marks() {
        let m = lab.experiment().batches(index).map_or(0, |batches| batches.m);
        write_row(out, &format!("{},{m}", names[index]), numbers.into_iter(), "")?;
    }
    Ok(match lab.ball_sweeps().is_empty() {
        true => vec!["status ball: no minimum of this risk is known".to_owned()],
        false => vec![],
    })
}

/// A row that begins and ends so; what is not finite is an empty cell.
fn write_row(
    out: &mut impl Write,
    start: &str,
    numbers: impl Iterator<Item = f64>,
    end: &str,
) -> io::Result<()> {
    write!(out, "{start}")?;
    for number in numbers {
        let cell = if number.is_finite() { write_number(number) } else { String::new() };
        write!(out, ",{cell}")?;
    }
    writeln!(out, "{end}")
}

/// The cell with the name of a class, and the comma before it; nothing where classes have none.
fn class_of(names: &ClassNames, class: f64) -> String {
    if names.all().is_empty() {
        return String::new();
    }
    let name = names.of(class as usize);
    if name.contains([',', '"', '\n']) {
        return format!(",\"{}\"", name.replace('"', "\"\""));
    }
    format!(",{name}")
}
