//! The tables of surfaces, problems, data and scenes.

use super::document::{Block, Limits, Row, Span, Text, code, plain, table as table_of, typed};
use super::keys::{meaning, values};
use super::limits::list;
use crate::data::classes::{POINT_DATA, PointParam, Shape};
use crate::labs::lesson::built_in;
use crate::labs::presets::Preset;
use crate::labs::{KINDS, Kind};
use crate::math::formula::{Formula, read_loss};
use crate::math::param::{Param, Scale, write_number};
use crate::math::window::Window;
use crate::network::FEATURES;
use crate::objective::problems::PROBLEMS;
use crate::objective::surfaces::GALLERY;

/// The table of this name, if it is one of these.
pub fn table(name: &str, _: &Limits) -> Option<Block> {
    Some(match name {
        "surfaces" => surfaces(),
        "problems" => problems(),
        "parameters of the surfaces" => {
            let all = GALLERY.iter().map(|row| ("surface", row.key, row.name, row.parameters));
            parameters(all, "surface")
        }
        "parameters of the problems" => {
            let all = PROBLEMS.iter().map(|row| ("problem", row.key, row.name, row.parameters));
            parameters(all, "problem")
        }
        "data of the problems" => data(),
        "data sets" => data_sets(),
        "inputs" => inputs(),
        "scenes" => scenes(),
        "lessons" => lessons(),
        _ => return None,
    })
}

/// What is typed, as a link that opens Ravine with it.
fn open(words: &str, link: String) -> Text {
    vec![Span::Open { words: words.to_owned(), link }]
}

/// A name, and what there is to say of it.
fn titled(name: &str, words: &str) -> Text {
    vec![Span::Strong(name.to_owned()), Span::Plain(format!(". {words}"))]
}

/// A number with a true minus sign.
fn number(value: f64) -> Text {
    plain(write_number(value).replace('-', "−"))
}

fn window(Window { x, y }: Window) -> Text {
    code(list(&[x[0], x[1], y[0], y[1]]))
}

fn surfaces() -> Block {
    let rows = GALLERY.iter().map(|surface| {
        let formula = Formula::parse(surface.formula).expect("the gallery's formulas parse");
        let key = open(surface.key, format!("surface={}", surface.key));
        let teaches = titled(surface.name, surface.teaches);
        Row::named(
            format!("surface.{}", surface.key),
            [
                key,
                teaches,
                typed(&formula),
                window(surface.window),
                code(list(&surface.start)),
                number(surface.alpha),
                number(surface.steps.into()),
            ],
        )
    });
    table_of(["key", "surface", "formula", "window", "start", "α", "updates"], rows)
}

fn problems() -> Block {
    let rows = PROBLEMS.iter().map(|problem| {
        let loss = read_loss(problem.loss).expect("the gallery's losses parse");
        Row::named(
            format!("problem.{}", problem.key),
            [
                open(problem.key, format!("problem={}", problem.key)),
                titled(problem.name, problem.teaches),
                typed(&loss),
                window(problem.window),
                code(list(&problem.start)),
                number(problem.alpha),
                number(problem.steps.into()),
            ],
        )
    });
    let head = ["key", "problem", "loss of an example", "window", "start", "α", "updates"];
    table_of(head, rows)
}

/// The parameters of the formulas of a gallery.
fn parameters<'a>(
    gallery: impl Iterator<Item = (&'a str, &'a str, &'a str, &'a [Param])>,
    what: &'static str,
) -> Block {
    let rows = gallery.flat_map(|(kind, key, name, parameters)| {
        parameters.iter().map(move |param| {
            Row::named(
                format!("{kind}.{key}.{}", param.key),
                [
                    code(format!("f.{}", param.key)),
                    plain(name),
                    meaning(param),
                    values(param),
                    code(param.write(param.default)),
                ],
            )
        })
    });
    table_of(["key", what, "meaning", "values", "default"], rows)
}

fn data() -> Block {
    let rows = PROBLEMS.iter().map(|problem| {
        // Points of the plane have no feature x.
        let of_feature =
            |value| if problem.model.is_empty() { plain("none") } else { number(value) };
        let y = match (problem.model.is_empty(), problem.labels) {
            (true, _) => "points (x, y) of the plane",
            (_, true) => "labels, 0 or 1",
            (_, false) => "values",
        };
        Row::of([
            code(problem.key),
            plain(y),
            number(problem.n.into()),
            number(problem.noise),
            of_feature(problem.center),
            of_feature(problem.spread),
        ])
    });
    let head = ["problem", "y", "data.n", "data.noise", "data.center", "data.spread"];
    table_of(head, rows)
}

fn data_sets() -> Block {
    let Scale::Choice(choices) = POINT_DATA[PointParam::Shape as usize].scale else {
        unreachable!("the data sets are a choice");
    };
    let rows = choices.iter().zip(Shape::ALL).map(|(choice, shape)| {
        let classes = match shape.classes() {
            0 => "values".to_owned(),
            classes => classes.to_string(),
        };
        Row::named(
            format!("shape.{}", choice.key),
            [
                open(choice.key, format!("net=4,2&data.shape={}", choice.key)),
                plain(choice.label),
                plain(shape.about()),
                plain(classes),
            ],
        )
    });
    table_of(["key", "data", "points", "classes"], rows)
}

fn inputs() -> Block {
    let rows = FEATURES.iter().map(|feature| {
        Row::named(format!("input.{}", feature.key), [code(feature.key), plain(feature.symbol)])
    });
    table_of(["key", "input"], rows)
}

fn lessons() -> Block {
    let rows = built_in().iter().flat_map(|lesson| {
        (1..).zip(&lesson.scenes).map(|(place, scene)| {
            let link = format!("#lesson={}&scene={place}", lesson.key);
            Row::of([code(&*lesson.key), plain(&scene.title), plain(&scene.text), code(link)])
        })
    });
    table_of(["lesson", "scene", "what there is to see", "link"], rows)
}

fn scenes() -> Block {
    let rows = KINDS.iter().flat_map(|kind| kind.presets.iter().map(|preset| scene(preset, kind)));
    table_of(["key", "lab", "scene", "what there is to see", "link"], rows)
}

fn scene(preset: &Preset, kind: &Kind) -> Row {
    Row::named(
        format!("scene.{}.{}", kind.key, preset.key),
        [
            open(preset.key, preset.link.to_owned()),
            plain(kind.name),
            plain(preset.title),
            plain(preset.sentence),
            code(format!("#{}", preset.link)),
        ],
    )
}
