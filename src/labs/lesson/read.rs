//! A lesson as a file: JSON (RFC 8259), written by the page or by hand.

use serde_json::{Map, Value};

use super::{LESSON_KEY, Lesson, Scene, Section};
use crate::labs::{OpenLab, link};
use crate::math::number::count;
use crate::math::param::quoted;

/// The longest file that is read, in bytes.
pub const LONGEST: usize = 2_000_000;

/// The most scenes.
const MOST_SCENES: usize = 200;
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
];

/// The lesson that the text of a file describes, under a key.
///
/// # Errors
/// A sentence for each fault, ten at most, that names scene and field.
pub fn read(key: &str, text: &str) -> Result<Lesson, Vec<String>> {
    read_with(key, text, Links::Unknown)
}

/// How far the links of a file are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Links {
    /// Each is opened, and written as the page writes it.
    Unknown,
    /// They are of one of our own files, and a test has seen that each is written so: a page that
    /// starts does not open twenty experiments.
    Tested,
}

/// The same, for links that are known or not.
pub(super) fn read_with(key: &str, text: &str, links: Links) -> Result<Lesson, Vec<String>> {
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
fn scene(place: usize, value: Value, links: Links, faults: &mut Vec<String>) -> Scene {
    let of = format!("Scene {place}");
    let fields = match value {
        Value::Object(fields) => fields,
        other => {
            faults.push(format!("{of} must be an object, and is {}.", kind(&other)));
            return Scene::default();
        }
    };
    let mut fields = Fields::new(&of, fields, faults);
    let scene = Scene {
        title: fields.text("title", LONGEST_TITLE, Needed::Yes),
        link: fields.link(links),
        text: fields.text("text", LONGEST_TEXT, Needed::Yes),
        tries: fields.texts("try", MOST_TRIES),
        notes: fields.text("notes", LONGEST_TEXT, Needed::No),
        shows: fields.panels(),
    };
    fields.end();
    scene
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Needed {
    Yes,
    No,
}

/// The fields of an object that have not been read yet, and the faults of those that were.
struct Fields<'a> {
    /// What a sentence calls the object.
    of: String,
    left: Map<String, Value>,
    faults: &'a mut Vec<String>,
}

impl<'a> Fields<'a> {
    fn new(of: &str, left: Map<String, Value>, faults: &'a mut Vec<String>) -> Self {
        Self { of: of.to_owned(), left, faults }
    }

    fn fault(&mut self, field: &str, words: &str) {
        self.faults.push(format!("{}: {field} {words}.", self.of));
    }

    /// A field, or nothing and a fault where one is needed.
    fn take(&mut self, field: &str, needed: Needed) -> Option<Value> {
        let value = self.left.remove(field);
        if value.is_none() && needed == Needed::Yes {
            self.fault(field, "is missing");
        }
        value
    }

    fn text(&mut self, field: &str, longest: usize, needed: Needed) -> String {
        match self.take(field, needed) {
            Some(Value::String(text)) => self.fitting(field, text, longest, needed),
            Some(other) => {
                self.fault(field, &format!("must be a text, and is {}", kind(&other)));
                String::new()
            }
            None => String::new(),
        }
    }

    fn fitting(&mut self, field: &str, text: String, longest: usize, needed: Needed) -> String {
        let length = text.chars().count();
        if length > longest {
            let [length, longest] = [length, longest].map(count);
            self.fault(field, &format!("has {length} characters, and the longest has {longest}"));
        } else if needed == Needed::Yes && text.trim().is_empty() {
            self.fault(field, "is empty");
        }
        text
    }

    fn list(&mut self, field: &str, most: usize, needed: Needed) -> Vec<Value> {
        match self.take(field, needed) {
            Some(Value::Array(list)) => {
                if list.len() > most {
                    let [length, most] = [list.len(), most].map(count);
                    self.fault(field, &format!("has {length} entries, and the longest has {most}"));
                } else if list.is_empty() && needed == Needed::Yes {
                    self.fault(field, "is empty");
                }
                list
            }
            Some(other) => {
                self.fault(field, &format!("must be a list, and is {}", kind(&other)));
                Vec::new()
            }
            None => Vec::new(),
        }
    }

    fn texts(&mut self, field: &str, most: usize) -> Vec<String> {
        let mut texts = Vec::new();
        for (place, value) in (1..).zip(self.list(field, most, Needed::No)) {
            let name = format!("{field}, entry {place},");
            match value {
                Value::String(text) => {
                    texts.push(self.fitting(&name, text, LONGEST_TEXT, Needed::Yes));
                }
                other => self.fault(&name, &format!("must be a text, and is {}", kind(&other))),
            }
        }
        texts
    }

    /// The link as the page writes it, without the address that may stand before it. That of the
    /// default experiment is empty.
    fn link(&mut self, links: Links) -> String {
        let text = match self.take("link", Needed::Yes) {
            Some(Value::String(text)) => link::of_address(&text).to_owned(),
            Some(other) => {
                self.fault("link", &format!("must be a text, and is {}", kind(&other)));
                return String::new();
            }
            None => return String::new(),
        };
        if links == Links::Tested {
            return text;
        }
        let has = |key: &str| text.split('&').any(|part| part.split('=').next() == Some(key));
        if has(LESSON_KEY) {
            self.fault("link", "is a place in a lesson; it must be an experiment");
        } else if text.len() > link::LONGEST {
            let longest = count(link::LONGEST);
            self.fault("link", &format!("is too long: the longest has {longest} bytes"));
        } else {
            let lab = OpenLab::new(&text);
            if let Some(first) = lab.faults().iter().find(|fault| !fault.is_harmless) {
                self.fault(
                    "link",
                    &format!("has a fault: {}", first.to_string().trim_end_matches('.')),
                );
            }
            return lab.link();
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

    /// What has not been read is unknown.
    fn end(mut self) {
        let left: Vec<String> = self.left.keys().cloned().collect();
        for field in left {
            self.fault(&quoted(&field), "is unknown");
        }
    }
}

/// What a value is, in words.
fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}
