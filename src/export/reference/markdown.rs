//! A document as Markdown, for GitHub and for terminals.

use super::document::{Block, Document, Row, Span};
use super::mathml;

/// The whole document, with a list of its chapters.
pub fn markdown(document: &Document) -> String {
    let mut out = format!("# {}\n", document.title);
    let chapters = document.headings().filter(|(level, ..)| *level == 2);
    let mut contents: String =
        chapters.map(|(_, words, slug)| format!("- [{words}](#{slug})\n")).collect();
    for block in &document.blocks {
        if matches!(block, Block::Heading(..)) && !contents.is_empty() {
            out.push('\n');
            out += &std::mem::take(&mut contents);
        }
        out.push('\n');
        write(block, &mut out);
    }
    out
}

fn write(block: &Block, out: &mut String) {
    match block {
        Block::Heading(level, words) => {
            *out += &format!("{} {words}\n", "#".repeat((*level).into()));
        }
        Block::Paragraph(text) => {
            *out += &spans(text);
            out.push('\n');
        }
        Block::List(points) => {
            for point in points {
                *out += &format!("- {}\n", spans(point));
            }
        }
        Block::Code(language, lines) => *out += &format!("```{language}\n{lines}\n```\n"),
        Block::Include(_) => {}
        Block::Table(head, rows) => {
            *out += &format!("| {} |\n|{}\n", head.join(" | "), "---|".repeat(head.len()));
            for Row { cells, .. } in rows {
                // A bar would end the cell, in code as well.
                let cells: Vec<String> =
                    cells.iter().map(|cell| spans(cell).replace('|', "\\|")).collect();
                *out += &format!("| {} |\n", cells.join(" | "));
            }
        }
    }
}

fn spans(text: &[Span]) -> String {
    text.iter().map(span).collect()
}

fn span(span: &Span) -> String {
    match span {
        Span::Plain(words) => escaped(words),
        Span::Strong(words) => format!("**{}**", escaped(words)),
        Span::Code(words)
        | Span::Formula(words)
        | Span::Open { words, .. }
        | Span::Typed { words, .. } => code(words),
        Span::Link { words, to } => format!("[{}]({to})", escaped(words)),
        Span::Math(math) => code(&mathml::text(math)),
    }
}

fn code(words: &str) -> String {
    if words.contains('`') { format!("`` {words} ``") } else { format!("`{words}`") }
}

/// Words in which nothing is a mark.
fn escaped(words: &str) -> String {
    let mut out = String::new();
    for c in words.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '<') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::document::{code, heading, plain, table};
    use super::*;

    #[test]
    fn a_document_becomes_markdown() {
        let rows = [Row::of([code("|u|"), plain("a_b * c")])];
        let blocks = vec![
            Block::Paragraph(plain("Lead.")),
            heading(2, "One"),
            table(["key", "meaning"], rows),
            heading(2, "Two"),
        ];
        let text = markdown(&Document { title: "Title".into(), blocks });
        let wanted = "# Title\n\nLead.\n\n- [One](#one)\n- [Two](#two)\n\n## One\n\n\
                      | key | meaning |\n|---|---|\n| `\\|u\\|` | a\\_b \\* c |\n\n## Two\n";
        assert_eq!(text, wanted);
    }
}
