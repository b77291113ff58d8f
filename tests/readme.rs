//! What is written by hand or kept beside the code says what the code declares: the README's tables
//! of link keys, and the types that the page's modules are checked against.

use std::path::Path;
use std::{env, fs};

use ravine::data::classes::PLAN;
use ravine::data::{DATA, Datum};
use ravine::export::net_file::KEYS;
use ravine::labs::experiment::{EXTRAS, LabKind, NOISE, SETTINGS, Setting, batch_of};
use ravine::labs::link::{HIDDEN, LOOK};
use ravine::labs::model::typescript;
use ravine::labs::network::data::STANDARDISE;
use ravine::labs::network::link::AS_VALUES;
use ravine::labs::network::{NET, RUN, SETTINGS_OF_NETS};
use ravine::math::formula::Formula;
use ravine::math::param::{Param, Scale, write_number};
use ravine::math::window::Window;
use ravine::network::INITIALIZATION;
use ravine::objective::problems::{PROBLEMS, Problem};
use ravine::objective::surfaces::{GALLERY, Surface};
use ravine::optimizers::average::AVERAGE;
use ravine::optimizers::schedule::SCHEDULE;
use ravine::optimizers::{RULES, rule};

/// What a parameter may be, and what it is when nothing is said, as two cells of a table.
fn cells(param: &Param) -> String {
    let default = format!("`{}`", param.write(param.default));
    match param.scale {
        Scale::Choice(choices) => {
            let keys: Vec<_> = choices.iter().map(|choice| format!("`{}`", choice.key)).collect();
            format!("{} | {default}", keys.join(", "))
        }
        Scale::Switch => format!("`yes`, `no` | {default}"),
        _ => {
            let [least, most] = param.range.map(write_number);
            let whole = matches!(param.scale, Scale::Integer | Scale::LogInteger);
            format!("{least} to {most}{} | {default}", if whole { ", whole" } else { "" })
        }
    }
}

/// Where a plot opens and where runs start, as two cells of a table.
fn place(window: Window, start: [f64; 2]) -> String {
    let list =
        |numbers: &[f64]| numbers.iter().map(|n| write_number(*n)).collect::<Vec<_>>().join(",");
    format!("`{}` | `{}`", list(&[window.x, window.y].concat()), list(&start))
}

/// The parameters of a surface's or a loss's formula.
fn of_formula<'a>(key: &'a str, parameters: &'a [Param]) -> impl Iterator<Item = String> {
    let row = move |param: &Param| {
        format!("| `{key}` | `f.{}` | {} | {} |", param.key, param.label, cells(param))
    };
    parameters.iter().map(row)
}

fn plain(key: &str, param: &Param) -> String {
    format!("| `{key}` | {} | {} |", param.label, cells(param))
}

/// The settings that a predicate on their place takes.
fn settings(taken: impl Fn(usize) -> bool) -> impl Iterator<Item = String> {
    let all = SETTINGS.iter().enumerate();
    all.filter(move |(index, _)| taken(*index)).map(|(_, param)| plain(&param.key, param))
}

/// What stands before the part about the Minibatches lab.
fn of_the_surface_lab() -> Vec<String> {
    let mut rows = Vec::new();
    for surface in GALLERY {
        let Surface { key, name, window, start, alpha, steps, parameters, .. } = surface;
        rows.push(format!("| `{key}` | {name} | {} | {alpha} | {steps} |", place(*window, *start)));
        rows.extend(of_formula(key, parameters));
    }
    for rule in RULES {
        let key = |param: &Param| format!("{}.{}", rule.key, param.key);
        rows.extend(rule.parameters.iter().map(|param| plain(&key(param), param)));
    }
    rows.extend([NOISE, HIDDEN].map(|param| plain(&format!("RUN.{}", param.key), &param)));
    let [first, last] = LOOK.range;
    rows.push(format!("| `RUN.look` | colour, dash and marker | {first} to {last}, whole |"));
    rows.extend(settings(|index| Setting::belongs(index, LabKind::Surface)));
    rows
}

/// What stands in that part.
fn of_the_minibatches_lab() -> Vec<String> {
    let mut rows = Vec::new();
    for problem in PROBLEMS {
        let Problem { key, name, loss, window, start, alpha, steps, parameters, .. } = problem;
        let Problem { n, noise, center, spread, .. } = problem;
        rows.push(format!("| `{key}` | {name} | {} | {alpha} | {steps} |", place(*window, *start)));
        // Points of the plane have no feature x.
        let feature = [center, spread]
            .map(|v| if problem.model.is_empty() { "none".into() } else { write_number(*v) });
        rows.push(format!("| `{key}` | `{loss}` | {n} | {noise} | {} |", feature.join(" | ")));
        rows.extend(of_formula(key, parameters));
    }
    let of_problem = [Datum::N, Datum::Noise, Datum::Center, Datum::Spread].map(|d| d as usize);
    for (index, param) in DATA.iter().enumerate() {
        let row = plain(&format!("data.{}", param.key), param);
        let default = format!("`{}` |", param.write(param.default));
        rows.push(if of_problem.contains(&index) {
            row.replace(&default, "the problem's |")
        } else {
            row
        });
    }
    // Any number but 1 stands for n: the row is about that number.
    let batch = batch_of(987_654);
    rows.push(plain("RUN.batch", &batch).replace("987654", "n"));
    rows.extend(EXTRAS.iter().map(|param| plain(&format!("RUN.{}", param.key), param)));
    rows.extend(settings(|index| !Setting::belongs(index, LabKind::Surface)));
    rows
}

/// What stands in the part about the Network lab.
fn of_the_network_lab() -> Vec<String> {
    let data = PLAN.iter().cloned().chain([STANDARDISE, AS_VALUES]);
    let data = data.map(|param| plain(&format!("data.{}", param.key), &param));
    let run = RUN.iter().map(|param| plain(&format!("RUN.{}", param.key), param));
    let own = NET.iter().chain(&SETTINGS_OF_NETS).map(|param| plain(&param.key, param));
    data.chain(run).chain(own).collect()
}

#[test]
fn the_readme_names_every_key_with_its_range_and_default() {
    let readme = include_str!("../README.md");
    let parts = readme.split_once("\n### The Minibatches lab\n");
    let (before, behind) = parts.expect("a part about the keys of the Minibatches lab");
    let parts = behind.split_once("\n### The Network lab\n");
    let (behind, nets) = parts.expect("a part about the keys of the Network lab");
    for (text, rows) in [
        (before, of_the_surface_lab()),
        (behind, of_the_minibatches_lab()),
        (nets, of_the_network_lab()),
    ] {
        let lines: Vec<&str> = text.lines().collect();
        let is_there = |row: &String| lines.iter().any(|line| line.starts_with(row));
        let missing: Vec<String> = rows.into_iter().filter(|row| !is_there(row)).collect();
        assert!(missing.is_empty(), "README.md lacks these rows:\n{}", missing.join("\n"));
    }
}

#[test]
fn the_readme_names_every_key_of_a_file_with_a_net() {
    let readme = include_str!("../README.md");
    let (_, part) = readme.split_once("\n| key in the file |").expect("a table of the keys");
    let rows = part.lines().skip(2).take_while(|line| line.starts_with('|'));
    let named: Vec<&str> = rows.filter_map(|row| row.split('`').nth(1)).collect();
    assert_eq!(named, KEYS);
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

/// The formulas that stand at the top of a source: what lies between its name and where it is from.
fn definitions(source: &str) -> Vec<String> {
    let (_, block) = source.split_once("//! ```text\n").unwrap();
    let (block, _) = block.split_once("//! ```\n").unwrap();
    let lines = block.lines().map(|line| line.trim_start_matches("//!").trim());
    let columns = lines.map(|line| line.split("  ").map(str::trim).filter(|part| !part.is_empty()));
    columns.map(|mut columns| columns.nth(1).unwrap().to_owned()).collect()
}

#[test]
fn definitions_are_those_of_the_sources_in_the_readme_and_in_help() {
    let [readme, page] = [include_str!("../README.md"), include_str!("../index.html")];
    let (_, help) = page.split_once("id=\"help\"").unwrap();
    let (help, _) = help.split_once("</dialog>").unwrap();
    for (source, count, choices) in [
        (include_str!("../src/optimizers/schedule.rs"), 5, &SCHEDULE),
        (include_str!("../src/optimizers/average.rs"), 3, &AVERAGE),
        (include_str!("../src/network/initialization.rs"), 4, &INITIALIZATION),
        (
            include_str!("../src/optimizers/momentum.rs"),
            3,
            &rule("momentum").unwrap().parameters[2],
        ),
    ] {
        let formulas = definitions(source);
        assert_eq!(formulas.len(), count);
        for formula in formulas {
            // What follows a colon or a comma is a remark, or the value at the start.
            let formula = bare(formula.split([':', ',']).next().unwrap());
            for (name, text) in [("README.md", readme), ("Help", help)] {
                assert!(bare(text).contains(&formula), "{name} does not say {formula}");
            }
        }
        let Scale::Choice(choices) = choices.scale else { panic!("a choice") };
        for key in choices.iter().map(|choice| choice.key).filter(|key| *key != "none") {
            let (_, section) = readme.split_once("### Definitions").unwrap();
            let (section, _) = section.split_once("## Links").unwrap();
            let is_there =
                section.contains(&format!("`{key}`")) || section.contains(&format!("={key}`"));
            assert!(is_there, "{key} is not defined");
        }
    }
    for rule in RULES {
        assert!(readme.contains(&format!("| `{}` | ", rule.key)) || rule.key == "momentum");
    }
}

#[test]
fn a_quotient_beside_a_product_is_read_as_the_readme_says() {
    for (text, meant) in [("1/2x", "(1/2)*x"), ("2x/3y", "((2*x)/3)*y"), ("1/(2x)", "1/(2*x)")] {
        let [text, meant] = [text, meant].map(|text| Formula::parse(text).unwrap().bind(&[]));
        for [x, y] in [[1.5, 0.25], [-3.0, 7.0]] {
            assert_eq!(text.value(x, y), meant.value(x, y));
        }
    }
}

#[test]
fn the_page_reads_what_the_core_tells_as_typescript_declares_it() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("www/model.d.ts");
    let declared = typescript::declarations();
    if env::var_os("RAVINE_WRITE").is_some() {
        fs::write(&file, &declared).unwrap();
    }
    let kept = fs::read_to_string(&file).unwrap_or_default().replace("\r\n", "\n");
    let differs = kept.lines().zip(declared.lines()).find(|(kept, declared)| kept != declared);
    assert!(
        kept == declared,
        "www/model.d.ts is not what the types in src/labs/model make: {differs:?}. Write it anew by \
         RAVINE_WRITE=yes cargo test --test readme typescript",
    );
}
