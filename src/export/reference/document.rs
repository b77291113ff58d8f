//! A document: headings, paragraphs, lists, code and tables, in the order in which they are read.

use std::collections::HashMap;

use super::prose;
use crate::math::formula::Formula;

/// A piece of text of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Span {
    /// Words as they are.
    Plain(String),
    /// What is typed or printed.
    Code(String),
    /// Words that stand out.
    Strong(String),
    /// Words that lead to a heading of this document, `#formulas`, or to another site.
    Link {
        /// The words.
        words: String,
        /// Where they lead.
        to: String,
    },
    /// What is typed, which opens Ravine with a link.
    Open {
        /// What is typed.
        words: String,
        /// The link, without its `#`.
        link: String,
    },
    /// A formula on one line, as in [`crate::math::param::Definition`].
    Formula(String),
    /// A formula as MathML, one `<math>` element.
    Math(String),
    /// A formula as it is typed, and as MathML.
    Typed {
        /// What is typed.
        words: String,
        /// One `<math>` element.
        math: String,
    },
}

/// Some spans, one after the other.
pub type Text = Vec<Span>;

/// Words as they are.
pub fn plain(words: impl Into<String>) -> Text {
    vec![Span::Plain(words.into())]
}

/// What is typed or printed.
pub fn code(words: impl Into<String>) -> Text {
    vec![Span::Code(words.into())]
}

/// A formula as it is typed, and shown.
pub fn typed(formula: &Formula) -> Text {
    vec![Span::Typed { words: formula.text().to_owned(), math: formula.mathml() }]
}

/// What is typed, each with a comma behind it.
pub fn codes<'a>(words: impl IntoIterator<Item = &'a str>) -> Text {
    let mut text = Text::new();
    for word in words {
        if !text.is_empty() {
            text.push(Span::Plain(", ".to_owned()));
        }
        text.push(Span::Code(word.to_owned()));
    }
    text
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The name under which it can be linked to, such as `minibatches.data.n`.
    pub anchor: Option<String>,
    /// One text for each column.
    pub cells: Vec<Text>,
}

impl Row {
    /// A row that can be linked to.
    pub fn named(anchor: impl Into<String>, cells: impl Into<Vec<Text>>) -> Self {
        Self { anchor: Some(anchor.into()), cells: cells.into() }
    }

    /// A row without a name.
    pub fn of(cells: impl Into<Vec<Text>>) -> Self {
        Self { anchor: None, cells: cells.into() }
    }
}

/// A part of a document.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A heading of level 2 or below; that of level 1 is the document's title.
    Heading(u8, String),
    /// A paragraph.
    Paragraph(Text),
    /// A list of points.
    List(Vec<Text>),
    /// Lines of code, and the name of their language, if it has one.
    Code(String, String),
    /// The place of a table or of further blocks, by their name.
    Include(String),
    /// A table: the heads of its columns, and its rows.
    Table(Vec<&'static str>, Vec<Row>),
}

/// A heading.
pub fn heading(level: u8, words: &str) -> Block {
    Block::Heading(level, words.to_owned())
}

/// A table.
pub fn table(head: impl Into<Vec<&'static str>>, rows: impl IntoIterator<Item = Row>) -> Block {
    Block::Table(head.into(), rows.into_iter().collect())
}

/// A document with its title.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// The title.
    pub title: String,
    /// What follows it.
    pub blocks: Vec<Block>,
}

impl Document {
    /// The headings: their level, their words, and the name under which each can be linked to.
    pub fn headings(&self) -> impl Iterator<Item = (u8, &str, String)> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Heading(level, words) => Some((*level, words.as_str(), slug(words))),
            _ => None,
        })
    }

    /// The rows of all tables.
    pub fn rows(&self) -> impl Iterator<Item = &Row> {
        self.blocks.iter().flat_map(|block| match block {
            Block::Table(_, rows) => rows.as_slice(),
            _ => &[],
        })
    }

    /// Everything that is said, span by span.
    pub fn spans(&self) -> impl Iterator<Item = &Span> {
        self.blocks.iter().flat_map(|block| match block {
            Block::Heading(..) | Block::Code(..) | Block::Include(_) => vec![],
            Block::Paragraph(text) => text.iter().collect(),
            Block::List(points) => points.iter().flatten().collect(),
            Block::Table(_, rows) => {
                rows.iter().flat_map(|row| row.cells.iter().flatten()).collect()
            }
        })
    }
}

/// The name of a heading in links, as GitHub makes it: `Net files` is `net-files`.
pub fn slug(words: &str) -> String {
    let kept = words.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.flat_map(char::to_lowercase).map(|c| if c == ' ' { '-' } else { c }).collect()
}

/// The limits and lists that declared texts and chapters name as `{{name}}`.
pub struct Limits(HashMap<&'static str, String>);

impl Limits {
    /// Each with its name.
    pub fn new(limits: impl IntoIterator<Item = (&'static str, String)>) -> Self {
        Self(limits.into_iter().collect())
    }

    /// The text with every name filled in.
    ///
    /// # Panics
    /// Where there is no such limit: the texts are Ravine's own.
    pub fn fill(&self, text: &str) -> String {
        let mut filled = String::new();
        let mut rest = text;
        while let Some((before, behind)) = rest.split_once("{{") {
            let (name, behind) = behind.split_once("}}").expect("an end of a name");
            filled += before;
            filled += self.0.get(name).unwrap_or_else(|| panic!("no limit is called {name}"));
            rest = behind;
        }
        filled + rest
    }

    /// A declared text, with its marks and its names.
    pub fn text(&self, text: &str) -> Text {
        prose::text(&self.fill(text))
    }

    /// A chapter's text, with its marks and its names.
    pub fn blocks(&self, text: &str) -> Vec<Block> {
        prose::blocks(&self.fill(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_headings_are_those_of_github() {
        assert_eq!(slug("Net files"), "net-files");
        assert_eq!(slug("α, w and b: what's learnt"), "α-w-and-b-whats-learnt");
    }

    #[test]
    fn limits_are_filled_in() {
        let limits = Limits::new([("runs", "8".to_owned())]);
        assert_eq!(limits.fill("up to {{runs}} of {{runs}}"), "up to 8 of 8");
        assert_eq!(limits.fill("{ none }"), "{ none }");
    }
}
