//! A lesson as the text of a file, laid out for a reader: an indented line for each field, and none
//! for what is empty and may be left out.

use serde::Serialize;

use super::{Lesson, Question, Scene, Section};

/// A lesson as [`read`](super::read()) takes it.
#[derive(Serialize)]
struct File<'a> {
    title: &'a str,
    scenes: Vec<FileScene<'a>>,
}

/// A scene of it.
#[derive(Serialize)]
struct FileScene<'a> {
    title: &'a str,
    link: &'a str,
    text: &'a str,
    #[serde(rename = "try", skip_serializing_if = "<[_]>::is_empty")]
    tries: &'a [String],
    #[serde(skip_serializing_if = "str::is_empty")]
    notes: &'a str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    shows: &'a [Section],
    #[serde(skip_serializing_if = "Option::is_none")]
    question: Option<&'a Question>,
}

impl<'a> From<&'a Scene> for FileScene<'a> {
    fn from(scene: &'a Scene) -> Self {
        Self {
            title: &scene.title,
            link: &scene.link,
            text: &scene.text,
            tries: &scene.tries,
            notes: &scene.notes,
            shows: &scene.shows,
            question: scene.question.as_ref(),
        }
    }
}

/// The text of a file from which the same lesson is read, under any key.
///
/// # Panics
/// Never: all that a lesson holds can be written.
pub fn write(lesson: &Lesson) -> String {
    let file =
        File { title: &lesson.title, scenes: lesson.scenes.iter().map(FileScene::from).collect() };
    serde_json::to_string_pretty(&file).expect("texts and lists of texts") + "\n"
}
