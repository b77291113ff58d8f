//! The question of a scene in a lesson's file.

use serde_json::Value;

use super::fields::{Fields, Needed, kind};
use super::{LONGEST_TEXT, LONGEST_TITLE, Links};
use crate::labs::OpenLab;
use crate::labs::lesson::answer::truth;
use crate::labs::lesson::{About, Question, Scene};
use crate::math::number::count;
use crate::math::param::quoted;

/// The most steps that a question may be about: no clock goes farther.
const MOST_STEPS: u64 = 1_000_000;

/// The question of a scene, on the experiment of its link.
pub(super) fn question(
    scene: &str,
    value: Value,
    link: &str,
    links: Links<'_>,
    faults: &mut Vec<String>,
) -> Option<Question> {
    let of = format!("{scene}, question");
    let fields = match value {
        Value::Object(fields) => fields,
        other => {
            faults.push(format!("{of} must be an object, and is {}.", kind(&other)));
            return None;
        }
    };
    let before = faults.len();
    let mut fields = Fields::new(&of, fields, faults);
    let ask = fields.text("ask", LONGEST_TEXT, Needed::Yes);
    let why = fields.text("why", LONGEST_TEXT, Needed::Yes);
    let about = about(&mut fields);
    fields.end();
    let about = about.filter(|_| faults.len() == before)?;
    let is_same = |scene: &Scene| {
        let known = scene.question.as_ref().map(|question| &question.about);
        scene.link == link && known == Some(&about)
    };
    let is_known = match links {
        Links::Tested => true,
        Links::Known(scenes) => scenes.iter().any(is_same),
    };
    if !is_known {
        let lab = OpenLab::new(link);
        if let Err(why) = truth(&about, &*lab) {
            faults.push(format!("{of}: {why}"));
        }
        let horizon = lab.timeline().horizon();
        if let About::Where { step: Some(step), .. } = about
            && step > horizon
        {
            let [step, horizon] = [step, horizon].map(count);
            faults.push(format!(
                "{of}: step is {step}, and the experiment of its link ends after {horizon}."
            ));
        }
    }
    Some(Question { ask, about, why })
}

fn about(fields: &mut Fields<'_>) -> Option<About> {
    const SHARE: [f64; 2] = [0.0, 1.0];
    let kind = fields.text("kind", LONGEST_TITLE, Needed::Yes);
    let run = |fields: &mut Fields<'_>| fields.text("run", LONGEST_TITLE, Needed::Yes);
    Some(match &*kind {
        "where" => About::Where { run: run(fields), step: fields.whole("step", [1, MOST_STEPS]) },
        "first" => About::First { level: fields.number("level", SHARE) },
        "direction" => About::Direction,
        "steps" => About::Steps {
            run: run(fields),
            level: fields.number("level", SHARE),
            most: fields.whole("most", [1, MOST_STEPS]),
        },
        "alpha" => About::Alpha { run: run(fields) },
        // That it is missing, or empty, was told.
        "" => return None,
        other => {
            let known = About::KINDS.join(", ");
            fields.fault("kind", &format!("must be one of {known}, and {} is none", quoted(other)));
            return None;
        }
    })
}
