//! A lesson as a file: JSON (RFC 8259), written by the page or by hand.

mod fields;
mod question;

use serde_json::Value;

use super::{LESSON_KEY, Lesson, Scene, Section};
use crate::labs::{Kind, link};
use crate::math::number::count;
use crate::math::param::quoted;
use fields::{Fields, Needed, kind};

/// The longest file that is read, in bytes.
pub const LONGEST: usize = 2_000_000;

/// The most scenes.
pub const MOST_SCENES: usize = 200;
/// The longest title, and the longest of the other texts, in characters.
const LONGEST_TITLE: usize = 100;
const LONGEST_TEXT: usize = 5_000;
/// The most sentences to try.
const MOST_TRIES: usize = 10;
/// So many faults are told.
const MOST_FAULTS: usize = 10;

/// The keys of a file and of its scenes, each with what it holds: for the reference.
pub const KEYS: &[(&str, &str)] = &[
    ("title", "what the lesson is called"),
    ("scenes", "a list of scenes, in their order; the following keys are of each"),
    ("scenes[].title", "what the scene is called"),
    ("scenes[].link", "the experiment: what follows `#` in the page's address"),
    ("scenes[].text", "what there is to see: two or three sentences"),
    ("scenes[].try", "a list of sentences: what to try (may be left out)"),
    ("scenes[].notes", "what only the lecturer sees (may be left out)"),
    (
        "scenes[].shows",
        "a list of panels that stay: `formula`, `data`, `net`, `detail`, `chart`, `runs`; without it \
         all do",
    ),
    (
        "scenes[].question",
        "what is asked before the scene plays (may be left out); the following keys are of it",
    ),
    ("scenes[].question.ask", "the question, a sentence"),
    (
        "scenes[].question.kind",
        "`where`: at which point `run` is after `step` steps, or at the end; `first`: which run is the \
         first, along the axis of the chart, to be down to `level`; `direction`: which of four \
         directions from the start falls fastest; `steps`: after how many steps `run` is down to \
         `level`; `alpha`: the largest α at which `run` converges, whatever the start",
    ),
    ("scenes[].question.run", "the name of a run, as links have it, such as `momentum2`"),
    ("scenes[].question.step", "for `where`: after how many steps; without it, at the end"),
    (
        "scenes[].question.level",
        "a share, 0 to 1, of the loss at the start, in the labs on a plane of that above the lowest \
         known",
    ),
    ("scenes[].question.most", "for `steps`: the most that can be guessed; without it the horizon"),
    ("scenes[].question.why", "one sentence that says why it is so, once it is seen"),
];

/// The lesson that the text of a file describes, under a key.
///
/// # Errors
/// A sentence for each fault, ten at most, that names scene and field.
pub fn read(key: &str, text: &str) -> Result<Lesson, Vec<String>> {
    read_beside(key, text, &[])
}

/// The same, of a file whose links are mostly those of scenes that were read before.
pub(super) fn read_beside(key: &str, text: &str, known: &[Scene]) -> Result<Lesson, Vec<String>> {
    read_with(key, text, Links::Known(known))
}

/// How far the links of a file are known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Links<'a> {
    /// Each is read, and written as the page writes it, but for those that a scene among these has.
    Known(&'a [Scene]),
    /// They are of one of our own files, and a test has seen that each is written so: a page that
    /// starts does not read twenty experiments.
    Tested,
}

/// The same, for links that are known or not.
pub(super) fn read_with(key: &str, text: &str, links: Links<'_>) -> Result<Lesson, Vec<String>> {
    if text.len() > LONGEST {
        let [length, longest] = [text.len(), LONGEST].map(count);
        return Err(vec![format!("The lesson has {length} bytes, and the longest has {longest}.")]);
    }
    let value: Value = serde_json::from_str(text).map_err(|error| {
        vec![format!("The lesson is not JSON: line {}, column {}.", error.line(), error.column())]
    })?;
    let Value::Object(fields) = value else {
        return Err(vec!["A lesson is an object: {\"title\": …, \"scenes\": […]}.".to_owned()]);
    };
    let mut faults = Vec::new();
    let mut lesson = Fields::new("The lesson", fields, &mut faults);
    let title = lesson.text("title", LONGEST_TITLE, Needed::Yes);
    let scenes = lesson.list("scenes", MOST_SCENES, Needed::Yes);
    lesson.end();
    let scenes =
        (1..).zip(scenes).map(|(place, value)| scene(place, value, links, &mut faults)).collect();
    if faults.is_empty() {
        return Ok(Lesson { key: key.to_owned(), title, scenes });
    }
    let more = faults.len().saturating_sub(MOST_FAULTS);
    faults.truncate(MOST_FAULTS);
    if more > 0 {
        faults.push(format!("And {} more.", count(more)));
    }
    Err(faults)
}

/// A scene, counted from 1.
fn scene(place: usize, value: Value, links: Links<'_>, faults: &mut Vec<String>) -> Scene {
    let of = format!("Scene {place}");
    let fields = match value {
        Value::Object(fields) => fields,
        other => {
            faults.push(format!("{of} must be an object, and is {}.", kind(&other)));
            return Scene::default();
        }
    };
    let mut fields = Fields::new(&of, fields, faults);
    let mut scene = Scene {
        title: fields.text("title", LONGEST_TITLE, Needed::Yes),
        link: fields.link(links),
        text: fields.text("text", LONGEST_TEXT, Needed::Yes),
        tries: fields.texts("try", MOST_TRIES),
        notes: fields.text("notes", LONGEST_TEXT, Needed::No),
        shows: fields.panels(),
        question: None,
    };
    let asked = fields.take("question", Needed::No);
    fields.end();
    scene.question =
        asked.and_then(|value| question::question(&of, value, &scene.link, links, faults));
    scene
}

impl Fields<'_> {
    /// The link as the page writes it, without the address that may stand before it. That of the
    /// default experiment is empty.
    fn link(&mut self, links: Links<'_>) -> String {
        let text = match self.take("link", Needed::Yes) {
            Some(Value::String(text)) => link::of_address(&text).to_owned(),
            Some(other) => {
                self.fault("link", &format!("must be a text, and is {}", kind(&other)));
                return String::new();
            }
            None => return String::new(),
        };
        match links {
            Links::Tested => return text,
            Links::Known(scenes) => {
                if scenes.iter().any(|scene| scene.link == text) {
                    return text;
                }
            }
        }
        let has = |key: &str| text.split('&').any(|part| part.split('=').next() == Some(key));
        if has(LESSON_KEY) {
            self.fault("link", "is a place in a lesson; it must be an experiment");
        } else if text.len() > link::LONGEST {
            let longest = count(link::LONGEST);
            self.fault("link", &format!("is too long: the longest has {longest} bytes"));
        } else {
            let (link, faults) = (Kind::of_link(&text).rewrite)(&text);
            if let Some(first) = faults.iter().find(|fault| !fault.is_harmless) {
                self.fault(
                    "link",
                    &format!("has a fault: {}", first.to_string().trim_end_matches('.')),
                );
            }
            return link;
        }
        String::new()
    }

    fn panels(&mut self) -> Vec<Section> {
        let mut panels = Vec::new();
        for value in self.list("shows", Section::ALL.len(), Needed::No) {
            let known =
                value.as_str().and_then(|key| Section::ALL.into_iter().find(|it| it.key() == key));
            match known {
                Some(panel) => panels.push(panel),
                None => {
                    let given = value.as_str().map_or_else(|| kind(&value).to_owned(), quoted);
                    let known = Section::ALL.map(Section::key).join(", ");
                    self.fault("shows", &format!("must name some of {known}, and {given} is none"));
                }
            }
        }
        panels
    }
}
