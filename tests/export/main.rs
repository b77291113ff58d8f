//! The reference tells of everything that is declared, once, and what it says of links and commands
//! is so.

mod code;
mod film;
mod pgf;
mod stage;

use std::collections::{BTreeMap, BTreeSet};

use clap::ArgAction;
use ravine::cli;
use ravine::data::DATA;
use ravine::data::classes::POINT_DATA;
use ravine::export::net_file::KEYS;
use ravine::export::reference::document::{Block, Row, Span};
use ravine::export::reference::{Document, body, contents, markdown};
use ravine::labs::App;
use ravine::labs::lesson::{self, Shelf};
use ravine::labs::link::{self, KEPT, Keys, Linked};
use ravine::labs::network::data::STANDARDISE;
use ravine::labs::network::link::AS_VALUES;
use ravine::labs::network::{self, NET, NetExperiment, PRESETS, RUN, SETTINGS_OF_NETS};
use ravine::labs::planar::experiment::link::OF_MINIBATCHES;
use ravine::labs::planar::experiment::{Experiment, LabKind, SETTINGS, Setting};
use ravine::labs::planar::presets;
use ravine::labs::runs::{EXTRAS, HIDDEN, LOOK, NOISE};
use ravine::math::formula::{CONSTANTS, FUNCTIONS, Formula, foreign_names};
use ravine::math::param::{Definition, Param, Scale};
use ravine::network::{
    ACTIVATION, FEATURES, INITIALIZATION, INITIALIZATION_DEFINITIONS, OUTPUT_DEFINITIONS,
};
use ravine::objective::problems::PROBLEMS;
use ravine::objective::surfaces::GALLERY;
use ravine::optimizers::average::{self, AVERAGE};
use ravine::optimizers::schedule::{self, SCHEDULE};
use ravine::optimizers::{RULES, rule};

fn rows(document: &Document) -> BTreeMap<&str, &Row> {
    let mut rows = BTreeMap::new();
    for row in document.rows() {
        if let Some(anchor) = &row.anchor {
            assert!(rows.insert(anchor.as_str(), row).is_none(), "{anchor} is there twice");
        }
    }
    rows
}

/// The words of a row, without what marks them.
fn words(row: &Row) -> String {
    let span = |span: &Span| match span {
        Span::Plain(words) | Span::Code(words) | Span::Strong(words) | Span::Formula(words) => {
            words.clone()
        }
        Span::Link { words, .. } | Span::Open { words, .. } | Span::Typed { words, .. } => {
            words.clone()
        }
        Span::Math(math) => math.clone(),
    };
    row.cells.iter().map(|cell| cell.iter().map(span).collect::<String>() + " | ").collect()
}

fn choices(param: &Param) -> Vec<&'static str> {
    let Scale::Choice(choices) = param.scale else { panic!("{} is no choice", param.key) };
    choices.iter().map(|choice| choice.key).collect()
}

/// Every parameter, under what its key begins with in a link and with the lab that its row is of.
fn parameters() -> Vec<(String, &'static Param)> {
    let of = |before: &'static str, params: &'static [Param]| {
        params.iter().map(move |param| (format!("{before}{}", param.key), param))
    };
    let settings = SETTINGS.iter().enumerate().map(|(at, param)| {
        let lab = match Setting::belongs(at, LabKind::Surface) {
            true => "link",
            false => "minibatches",
        };
        (format!("{lab}.{}", param.key), param)
    });
    let dials = RULES.into_iter().flat_map(|rule| {
        rule.parameters.iter().map(|param| (format!("link.{}.{}", rule.key, param.key), param))
    });
    let surfaces = GALLERY.iter().flat_map(|row| {
        row.parameters.iter().map(|param| (format!("surface.{}.{}", row.key, param.key), param))
    });
    let problems = PROBLEMS.iter().flat_map(|row| {
        row.parameters.iter().map(|param| (format!("problem.{}.{}", row.key, param.key), param))
    });
    static OF_RUNS: [Param; 3] = [NOISE, HIDDEN, LOOK];
    static OF_RUNS_OF_NETS: [Param; 2] = [HIDDEN, LOOK];
    static OF_OWN_DATA: [Param; 2] = [STANDARDISE, AS_VALUES];
    (settings.chain(dials).chain(surfaces).chain(problems))
        .chain(of("link.RUN.", &OF_RUNS))
        .chain(of("minibatches.data.", &DATA))
        .chain(of("minibatches.RUN.", &EXTRAS))
        .chain(of("network.", &SETTINGS_OF_NETS))
        .chain(of("network.", &NET))
        .chain(of("network.data.", &POINT_DATA))
        .chain(of("network.data.", &OF_OWN_DATA))
        .chain(of("network.RUN.", &RUN))
        .chain(of("network.RUN.", &OF_RUNS_OF_NETS))
        .collect()
}

#[test]
fn every_parameter_is_there_once_with_its_values_and_its_default() {
    let document = cli::reference();
    let rows = rows(&document);
    for (anchor, param) in parameters() {
        let row = rows.get(anchor.as_str()).unwrap_or_else(|| panic!("{anchor} is not there"));
        let said = words(row);
        let ends = param.range.map(|end| ravine::math::param::write_number(end).replace('-', "−"));
        match param.scale {
            Scale::Choice(_) => {
                for key in choices(param) {
                    assert!(said.contains(key), "{anchor}, {key}: {said}");
                }
            }
            Scale::Switch => assert!(said.contains(" | yes, no | "), "{anchor}: {said}"),
            _ => assert!(said.contains(&format!("| {} to {}", ends[0], ends[1])), "{said}"),
        }
        let default = format!("| {} | ", param.write(param.default));
        let is_elsewhere = said.ends_with("| the problem's | ") || said.ends_with("and order | ");
        assert!(said.ends_with(&default) || is_elsewhere, "{anchor}: {said}");
    }
}

/// The keys of links whose value is a text of its own kind.
fn single_keys<E: Linked>() -> Vec<&'static str> {
    let one = |row: &'static link::Row<E>| match row.keys {
        Keys::One(about) => Some(about.key),
        _ => None,
    };
    E::rows().iter().filter_map(one).collect()
}

/// What is declared and is no parameter: the names of its rows.
fn others() -> Vec<String> {
    let of_data = |key: &str| OF_MINIBATCHES.contains(&key);
    let keys = single_keys::<Experiment>().into_iter().map(|key| match of_data(key) {
        true => format!("minibatches.{key}"),
        false => format!("link.{key}"),
    });
    let net_keys = single_keys::<NetExperiment>().into_iter().map(|key| format!("network.{key}"));
    let labs = ["surface", "minibatches", "network"];
    let scenes = LabKind::ALL.map(presets::of).into_iter().chain([PRESETS]).zip(labs);
    let scenes =
        scenes.flat_map(|(all, lab)| all.iter().map(move |row| format!("scene.{lab}.{}", row.key)));
    let command = cli::command();
    let arguments = |of: &clap::Command, name: &str| -> Vec<String> {
        of.get_arguments().map(|argument| format!("{name}.{}", argument.get_id())).collect()
    };
    let of_commands: Vec<String> = command
        .get_subcommands()
        .flat_map(|task| arguments(task, &format!("cargo-run----{}", task.get_name())))
        .collect();
    (keys.into_iter().chain(net_keys).chain(scenes))
        .chain(["minibatches", "network"].map(|lab| format!("{lab}.{}", KEPT.key)))
        .chain(["link", "minibatches"].map(|lab| format!("{lab}.f.NAME")))
        .chain(["minibatches", "network"].map(|lab| format!("{lab}.RUN.batch")))
        .chain(RULES.map(|rule| format!("rule.{}", rule.key)))
        .chain(GALLERY.iter().map(|row| format!("surface.{}", row.key)))
        .chain(PROBLEMS.iter().map(|row| format!("problem.{}", row.key)))
        .chain(choices(&POINT_DATA[0]).into_iter().map(|key| format!("shape.{key}")))
        .chain(FEATURES.map(|feature| format!("input.{}", feature.key)))
        .chain(FUNCTIONS.map(|(name, _)| format!("function.{name}")))
        .chain(foreign_names().map(|(name, _)| format!("spelling.{name}")))
        .chain(CONSTANTS.map(|(name, ..)| format!("constant.{name}")))
        .chain(choices(&SCHEDULE).into_iter().map(|key| format!("schedule.{key}")))
        .chain(choices(&AVERAGE).into_iter().skip(1).map(|key| format!("average.{key}")))
        .chain(choices(&ACTIVATION).into_iter().map(|key| format!("activation.{key}")))
        .chain(choices(&INITIALIZATION).into_iter().map(|key| format!("init.{key}")))
        .chain(OUTPUT_DEFINITIONS.map(|(key, _)| format!("output.{key}")))
        .chain(KEYS.map(|(key, _)| format!("file.{key}")))
        .chain(arguments(&command, "cargo-run"))
        .chain(of_commands)
        .collect()
}

#[test]
fn everything_else_that_is_declared_is_there_once() {
    let document = cli::reference();
    let rows = rows(&document);
    let missing: Vec<String> =
        others().into_iter().filter(|anchor| !rows.contains_key(anchor.as_str())).collect();
    assert!(missing.is_empty(), "the reference lacks {missing:#?}");
    let headings: Vec<&str> = document.headings().map(|(_, words, _)| words).collect();
    for task in cli::command().get_subcommands() {
        let name = format!("cargo run -- {}", task.get_name());
        assert_eq!(headings.iter().filter(|words| **words == name).count(), 1, "{name}");
    }
}

/// The rows in which a key of a link may be explained.
fn names_of(link: &str, key: &str) -> Vec<String> {
    let lab = match network::link::is_of_nets(link) {
        true => "network",
        false => "minibatches",
    };
    let general = match key.split_once('.') {
        Some(("f", _)) => "f.NAME".to_owned(),
        Some((run, dial)) if run != "data" => {
            let key = run.trim_end_matches(|c: char| c.is_ascii_digit());
            let is_dial = rule(key).is_some_and(|rule| rule.index(dial).is_some());
            if is_dial { format!("{key}.{dial}") } else { format!("RUN.{dial}") }
        }
        _ => key.to_owned(),
    };
    let names = [key, &general];
    [lab, "link"].iter().flat_map(|lab| names.map(|name| format!("{lab}.{name}"))).collect()
}

#[test]
fn every_key_of_every_link_that_was_ever_kept_is_explained() {
    let document = cli::reference();
    let rows = rows(&document);
    let corpus = include_str!("../labs/corpus/links.tsv");
    let links = corpus.lines().filter(|line| !line.starts_with("# "));
    let mut explained = BTreeSet::new();
    for link in links.filter_map(|line| line.split('\t').nth(1)) {
        for key in link.split('&').filter_map(|part| Some(part.split_once('=')?.0)) {
            let names = names_of(link, key);
            let name = names.iter().find(|name| rows.contains_key(name.as_str()));
            explained.insert(name.unwrap_or_else(|| panic!("{key} of {link}")).clone());
        }
    }
    assert!(explained.len() > 80, "{}", explained.len());
}

/// What a link is not taken for, where the example of a lesson lies beside the page.
fn faults(link: &str) -> Vec<String> {
    let mut shelf = Shelf::default();
    shelf.put("lessons/week3.json", &example_of_a_lesson(&cli::reference())).unwrap();
    App::with_lessons(link, shelf).faults().map(ToString::to_string).collect()
}

#[test]
fn the_links_and_the_commands_that_it_shows_are_taken() {
    let document = cli::reference();
    let mut count = 0;
    for span in document.spans() {
        if let Span::Open { link, .. } = span {
            assert_eq!(faults(link), [""; 0], "{link}");
            count += 1;
        }
    }
    assert!(count >= 50, "{count}");
    let code = document.blocks.iter().filter_map(|block| match block {
        Block::Code(_, lines) => Some(lines),
        _ => None,
    });
    let mut shown = [0; 2];
    for line in code.flat_map(|lines| lines.lines()) {
        if let Some(link) = line.strip_prefix('#') {
            assert_eq!(faults(link), [""; 0], "{link}");
            shown[0] += 1;
        } else if let Some(command) = line.strip_prefix("cargo run -- ") {
            let words = command.split(' ').map(|word| word.trim_matches('\''));
            cli::command().try_get_matches_from(["ravine"].into_iter().chain(words)).unwrap();
            shown[1] += 1;
        }
    }
    assert!(shown[0] >= 5 && shown[1] >= 7, "{shown:?}");
}

/// The file of a lesson that it shows.
fn example_of_a_lesson(document: &Document) -> String {
    let is_lesson =
        |block: &&Block| matches!(block, Block::Code(_, lines) if lines.contains("\"scenes\""));
    let Some(Block::Code(_, text)) = document.blocks.iter().find(is_lesson) else {
        panic!("it shows no lesson")
    };
    text.clone()
}

#[test]
fn its_example_of_a_lesson_is_read() {
    let text = example_of_a_lesson(&cli::reference());
    assert_eq!(lesson::read("mine", &text).unwrap().scenes.len(), 2);
}

#[test]
fn every_link_within_it_leads_somewhere() {
    let document = cli::reference();
    let headings: Vec<String> = document.headings().map(|(.., slug)| slug).collect();
    let rows = rows(&document);
    let names: BTreeSet<&str> =
        headings.iter().map(String::as_str).chain(rows.keys().copied()).collect();
    assert_eq!(names.len(), headings.len() + rows.len(), "a name is there twice");
    for span in document.spans() {
        if let Span::Link { words, to } = span {
            let leads = match to.strip_prefix('#') {
                Some(name) => headings.iter().any(|heading| heading == name),
                None => to.starts_with("https://"),
            };
            assert!(leads, "{words} leads to {to}");
        }
    }
    let html = contents(&document) + &body(&document);
    let parts = |mark: &str| -> Vec<String> {
        html.split(mark).skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
    };
    let ids = parts(" id=\"");
    for name in parts("href=\"#") {
        assert!(ids.contains(&name), "{name} is nowhere");
    }
}

#[test]
fn it_is_whole_as_markdown() {
    let document = cli::reference();
    let text = markdown(&document);
    assert!(!text.contains("{{") && !text.contains("\n@"));
    let mut columns = 0;
    for line in text.lines().map(|line| line.replace("\\|", "/")) {
        let bars = line.matches('|').count();
        if !line.starts_with("| ") {
            columns = if line.starts_with("|-") { columns } else { 0 };
        } else if columns == 0 {
            columns = bars;
        } else {
            assert_eq!(bars, columns, "{line}");
        }
    }
    let listed = text.lines().filter(|line| line.starts_with("- [")).count();
    assert_eq!(listed, document.headings().filter(|(level, ..)| *level == 2).count());
}

#[test]
fn arguments_that_are_switches_have_no_default() {
    let document = cli::reference();
    let rows = rows(&document);
    for task in cli::command().get_subcommands() {
        for argument in task.get_arguments() {
            let row =
                rows[format!("cargo-run----{}.{}", task.get_name(), argument.get_id()).as_str()];
            let is_switch = matches!(argument.get_action(), ArgAction::SetTrue);
            assert!(!is_switch || row.cells[2].is_empty(), "{}", argument.get_id());
        }
    }
}

/// What is said in a text, whatever marks say how: no tags, no spaces, no signs of an index.
fn bare(text: &str) -> String {
    let mut bare = String::new();
    let mut in_tag = false;
    for c in text.chars() {
        match c {
            '<' => in_tag = true,
            '>' => in_tag = false,
            _ if in_tag || c.is_whitespace() || "_{}^".contains(c) => {}
            _ => bare.push(c),
        }
    }
    bare
}

#[test]
fn help_defines_the_choices_as_they_are_declared() {
    let page = include_str!("../../index.html");
    let (_, help) = page.split_once("id=\"help\"").unwrap();
    let (help, _) = help.split_once("</dialog>").unwrap();
    let help = bare(help);
    let declared = |definitions: &[Definition]| {
        definitions.iter().map(|definition| definition.formula).collect::<Vec<_>>()
    };
    let of_choices = [
        declared(&schedule::DEFINITIONS),
        declared(&average::DEFINITIONS),
        declared(&INITIALIZATION_DEFINITIONS),
    ];
    let Scale::Choice(forms) = rule("momentum").unwrap().parameters[2].scale else {
        panic!("the forms of momentum")
    };
    let forms = forms.iter().filter_map(|form| Some(form.label.split_once(": ")?.1));
    for formula in of_choices.concat().into_iter().chain(forms) {
        assert!(help.contains(&bare(formula)), "Help does not say {formula}");
    }
}

#[test]
fn a_quotient_beside_a_product_is_read_as_the_reference_says() {
    for (text, meant) in [("1/2x", "(1/2)*x"), ("2x/3y", "((2*x)/3)*y"), ("1/(2x)", "1/(2*x)")] {
        assert!(include_str!("../../src/export/reference/text/formulas.md").contains(text));
        let [text, meant] = [text, meant].map(|text| Formula::parse(text).unwrap().bind(&[]));
        for [x, y] in [[1.5, 0.25], [-3.0, 7.0]] {
            assert_eq!(text.value(x, y), meant.value(x, y));
        }
    }
}
