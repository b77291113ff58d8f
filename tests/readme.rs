//! The README's tables of link keys say what the code declares.

use ravine::experiment::{NOISE, SETTINGS};
use ravine::link::{HIDDEN, LOOK};
use ravine::optimizers::RULES;
use ravine::param::{Param, Scale, write_number};
use ravine::surfaces::{GALLERY, Surface};

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

fn rows() -> Vec<String> {
    let mut rows = Vec::new();
    for surface in GALLERY {
        let Surface { key, name, window, start, alpha, steps, .. } = surface;
        let list = |numbers: &[f64]| {
            numbers.iter().map(|n| write_number(*n)).collect::<Vec<_>>().join(",")
        };
        let edges = list(&[window.x, window.y].concat());
        rows.push(format!(
            "| `{key}` | {name} | `{edges}` | `{}` | {alpha} | {steps} |",
            list(start)
        ));
        for param in surface.parameters {
            rows.push(format!(
                "| `{}` | `f.{}` | {} | {} |",
                surface.key,
                param.key,
                param.label,
                cells(param)
            ));
        }
    }
    for rule in RULES {
        for param in rule.parameters {
            rows.push(format!(
                "| `{}.{}` | {} | {} |",
                rule.key,
                param.key,
                param.label,
                cells(param)
            ));
        }
    }
    for param in [&NOISE, &HIDDEN] {
        let (key, label) = (&param.key, &param.label);
        rows.push(format!("| `RUN.{key}` | {label} | {} |", cells(param)));
    }
    let [first, last] = LOOK.range;
    rows.push(format!("| `RUN.look` | colour, dash and marker | {first} to {last}, whole |"));
    for param in &SETTINGS {
        rows.push(format!("| `{}` | {} | {} |", param.key, param.label, cells(param)));
    }
    rows
}

#[test]
fn the_readme_names_every_key_with_its_range_and_default() {
    let readme = include_str!("../README.md");
    let missing: Vec<String> = rows().into_iter().filter(|row| !readme.contains(row)).collect();
    assert!(missing.is_empty(), "README.md lacks these rows:\n{}", missing.join("\n"));
}
