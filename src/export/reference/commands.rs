//! The tables of the command line and of files.

use clap::{Arg, Command};

use super::document::{
    Block, Limits, Row, Span, Text, code, codes, heading, plain, table as table_of,
};
use crate::export::net_file::KEYS;
use crate::labs::lesson;

/// What `trace` prints: its arguments, the columns, and the rows.
pub const LISTINGS: [[&str; 3]; 11] = [
    [
        "LINK",
        "run,step,x,y,loss,grad_norm",
        "of the Surface lab: every run, hidden ones too, a row for each point",
    ],
    [
        "LINK",
        "run,step,x,y,loss,grad_norm,epoch,batch,x_avg,y_avg",
        "of the Minibatches lab: likewise; the epoch and the batch, both from 1, of the update that \
         led to the point (0 at the start), and the averaged iterate that the run has drawn, or \
         else that of all iterates",
    ],
    [
        "LINK",
        "run,update,epoch,examples,loss_train,loss_test,accuracy_train,accuracy_test",
        "of the Network lab: every run, a row for each tick of the clock",
    ],
    [
        "LINK --weights",
        "run,name,value",
        "of the Network lab: every weight and bias where the clock stands, or at the horizon",
    ],
    [
        "LINK --data",
        "example,x,y",
        "of the Minibatches lab: the examples, counted from 1, generated or one's own; behind them \
         `x_standardised` where the runs see that in place of x, and `class` where labels have \
         names",
    ],
    [
        "LINK --data",
        "example,part,x1,…,y,input1,…",
        "of the Network lab: likewise; `part` is `train` or `test`, y a value or a class counted \
         from 0, the inputs are the features that the net sees, and `class` stands at the end \
         where classes have names",
    ],
    [
        "LINK --batches",
        "run,update,epoch,batch,example",
        "of the Minibatches and the Network lab: which examples each update uses, in the order of \
         the epoch; all but the run counted from 1",
    ],
    [
        "LINK --ball",
        "run,batch_size,alpha,mean_square",
        "of the Minibatches lab, [the noise ball](#definitions): the mean of |θ − θ*|² over the \
         last half of the updates, for the followed run's rule (`run` is empty), and for the runs \
         themselves",
    ],
    [
        "--net FILE",
        "run,update,epoch,examples,loss_train,loss_test,accuracy_train,accuracy_test",
        "of [a file](#net-files): a row for the start and one for each update",
    ],
    ["--net FILE --weights", "name,value", "every weight and bias at the end"],
    [
        "--net FILE --batches",
        "run,update,epoch,batch,example",
        "as of a link, examples counted from 0 as the file counts them",
    ],
];

/// The table of this name, if it is one of these.
pub fn table(name: &str, limits: &Limits) -> Option<Block> {
    Some(match name {
        "listings" => {
            let row = |[arguments, columns, rows]: &[&'static str; 3]| {
                Row::of([code(format!("trace {arguments}")), code(*columns), limits.text(rows)])
            };
            table_of(["command", "columns", "rows"], LISTINGS.iter().map(row))
        }
        "file keys" => {
            let row = |(key, meaning): &(&'static str, &str)| {
                Row::named(format!("file.{key}"), [code(*key), limits.text(meaning)])
            };
            table_of(["key in the file", "what it says"], KEYS.iter().map(row))
        }
        "lesson keys" => {
            let row = |(key, meaning): &(&'static str, &str)| {
                Row::named(format!("lesson.{key}"), [code(*key), limits.text(meaning)])
            };
            table_of(["key in the file", "what it says"], lesson::KEYS.iter().map(row))
        }
        _ => return None,
    })
}

/// Every command: how it is called, what it does, its arguments.
pub fn commands(command: &Command) -> Vec<Block> {
    // Only then each command knows what stands before it.
    let mut command = command.clone();
    command.build();
    let mut blocks = vec![heading(3, "cargo run")];
    blocks.extend(one(&command, "cargo run"));
    for task in command.get_subcommands().filter(|task| task.get_name() != "help") {
        let name = format!("cargo run -- {}", task.get_name());
        blocks.push(heading(3, &name));
        blocks.extend(one(task, &name));
    }
    blocks
}

fn one(command: &Command, name: &str) -> Vec<Block> {
    let words = command.get_long_about().or(command.get_about()).map(ToString::to_string);
    let mut blocks: Vec<Block> = words
        .iter()
        .flat_map(|words| words.split("\n\n"))
        .map(|part| Block::Paragraph(plain(sentence(part.trim()))))
        .collect();
    let arguments: Vec<&Arg> = command
        .get_arguments()
        .filter(|argument| !["help", "version"].contains(&argument.get_id().as_str()))
        .collect();
    if !arguments.is_empty() {
        let anchor = name.replace(' ', "-");
        let rows = arguments.into_iter().map(|argument| row(argument, &anchor));
        blocks.push(table_of(["argument", "meaning", "default"], rows));
    }
    blocks
}

/// An argument, with what it may be where that is one of a few things.
fn row(argument: &Arg, command: &str) -> Row {
    let name = match (argument.get_long(), argument.get_value_names()) {
        (Some(long), Some([value])) if argument.get_action().takes_values() => {
            format!("--{long} {value}")
        }
        (Some(long), _) => format!("--{long}"),
        (None, _) => argument.get_id().as_str().to_uppercase(),
    };
    let help = argument.get_help().map(ToString::to_string).unwrap_or_default();
    // What is no number or name is said at the end of the help.
    let (help, said) = match help.split_once(" [default: ") {
        Some((help, said)) => (help, plain(said.trim_end_matches(']'))),
        None => (help.as_str(), Text::new()),
    };
    let mut meaning = plain(help);
    let values = argument.get_possible_values();
    if argument.get_action().takes_values() {
        for value in &values {
            meaning.push(Span::Plain("; ".to_owned()));
            meaning.push(Span::Code(value.get_name().to_owned()));
            if let Some(help) = value.get_help() {
                meaning.push(Span::Plain(format!(": {help}")));
            }
        }
    }
    let defaults = argument.get_default_values();
    let default: Text = if argument.get_action().takes_values() && !defaults.is_empty() {
        codes(defaults.iter().filter_map(|value| value.to_str()))
    } else {
        said
    };
    Row::named(format!("{command}.{}", argument.get_id()), [code(name), meaning, default])
}

/// With a full stop.
fn sentence(words: &str) -> String {
    if words.ends_with(['.', '!', '?']) { words.to_owned() } else { format!("{words}.") }
}
