//! Text as people write it, in a few marks of Markdown: headings behind `## `, paragraphs between
//! empty lines, points behind `- `, lines of code between lines of three backticks, and `@name` for
//! the table of that name; within them `` `code` ``, `**strong**` and `[words](#where-they-lead)`.

use super::document::{Block, Span, Text};

/// A text of several paragraphs.
pub fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        if let Some(language) = line.strip_prefix("```") {
            let code: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            blocks.push(Block::Code(language.to_owned(), code.join("\n")));
        } else if let Some(name) = line.strip_prefix('@') {
            blocks.push(Block::Include(name.to_owned()));
        } else if let (true, Some((marks, words))) = (line.starts_with('#'), line.split_once(' ')) {
            blocks.push(Block::Heading(marks.len() as u8, words.to_owned()));
        } else if !line.is_empty() {
            let mut part = vec![line];
            while let Some(line) =
                lines.next_if(|line| !line.is_empty() && !line.starts_with("```"))
            {
                part.push(line);
            }
            blocks.push(paragraph(&part));
        }
    }
    blocks
}

/// Lines without an empty one between them: a list, or a paragraph.
fn paragraph(lines: &[&str]) -> Block {
    if !lines[0].starts_with("- ") {
        return Block::Paragraph(text(&lines.join(" ")));
    }
    let mut points: Vec<String> = Vec::new();
    for line in lines {
        match (line.strip_prefix("- "), points.last_mut()) {
            (None, Some(point)) => {
                point.push(' ');
                point.push_str(line.trim_start());
            }
            (words, _) => points.push(words.unwrap_or(line).to_owned()),
        }
    }
    Block::List(points.iter().map(|point| text(point)).collect())
}

/// A text of one paragraph. Marks without an end are words.
pub fn text(words: &str) -> Text {
    let mut text = Text::new();
    let mut plain = String::new();
    let mut rest = words;
    while let Some(c) = rest.chars().next() {
        match span(rest) {
            Some((span, length)) => {
                if !plain.is_empty() {
                    text.push(Span::Plain(std::mem::take(&mut plain)));
                }
                text.push(span);
                rest = &rest[length..];
            }
            None => {
                plain.push(c);
                rest = &rest[c.len_utf8()..];
            }
        }
    }
    if !plain.is_empty() {
        text.push(Span::Plain(plain));
    }
    text
}

/// The marked span that this text begins with, and its length in bytes.
fn span(text: &str) -> Option<(Span, usize)> {
    if let Some(rest) = text.strip_prefix("**") {
        let (words, _) = rest.split_once("**")?;
        return Some((Span::Strong(words.to_owned()), words.len() + 4));
    }
    if let Some(rest) = text.strip_prefix('`') {
        // Code with a backtick in it stands between two of them.
        let (mark, rest) = match rest.strip_prefix('`') {
            Some(rest) => ("``", rest),
            None => ("`", rest),
        };
        let (words, _) = rest.split_once(mark)?;
        let length = words.len() + 2 * mark.len();
        return Some((Span::Code(words.trim().to_owned()), length));
    }
    let (words, rest) = text.strip_prefix('[')?.split_once("](")?;
    let (to, _) = rest.split_once(')')?;
    if words.contains(['[', ']']) {
        return None;
    }
    let length = words.len() + to.len() + 4;
    Some((Span::Link { words: words.to_owned(), to: to.to_owned() }, length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_read_and_what_only_looks_like_one_is_words() {
        let plain = |words: &str| Span::Plain(words.to_owned());
        assert_eq!(
            text("α `x*y` and **two**, see [it](#it)."),
            [
                plain("α "),
                Span::Code("x*y".into()),
                plain(" and "),
                Span::Strong("two".into()),
                plain(", see "),
                Span::Link { words: "it".into(), to: "#it".into() },
                plain("."),
            ]
        );
        for words in ["[[3, 2], [2, 3]]", "a ` b", "2 * 3 ** 4", "[x] (y)"] {
            assert_eq!(text(words), [plain(words)]);
        }
        assert_eq!(text("`` `a` ``"), [Span::Code("`a`".into())]);
    }

    #[test]
    fn paragraphs_lists_and_code_are_told_apart() {
        let found = blocks(
            "## Two\n\nOne\nline.\n\n@rules\n\n- a\n- b\n  c\n\n```json\n{}\n\n[]\n```\nEnd.",
        );
        let plain = |words: &str| text(words);
        assert_eq!(
            found,
            [
                Block::Heading(2, "Two".into()),
                Block::Paragraph(plain("One line.")),
                Block::Include("rules".into()),
                Block::List(vec![plain("a"), plain("b c")]),
                Block::Code("json".into(), "{}\n\n[]".into()),
                Block::Paragraph(plain("End.")),
            ]
        );
    }
}
