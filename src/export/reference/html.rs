//! A document as HTML: its contents as a list of links, and what it says.

use super::document::{Block, Document, Row, Span, slug};

/// The headings of levels 2 and 3, as a list in a list.
pub fn contents(document: &Document) -> String {
    let mut out = String::from("<ul>\n");
    let mut depth = 2;
    for (level, words, slug) in document.headings().filter(|(level, ..)| *level <= 3) {
        match (depth, level) {
            (2, 3) => out += "<ul>\n",
            (3, 2) => out += "</ul>\n",
            _ => {}
        }
        depth = level;
        out += &format!("<li><a href=\"#{}\">{}</a>\n", escaped(&slug), escaped(words));
    }
    out + if depth == 3 { "</ul>\n</ul>\n" } else { "</ul>\n" }
}

/// Everything below the title.
pub fn body(document: &Document) -> String {
    document.blocks.iter().map(block).collect()
}

fn block(block: &Block) -> String {
    match block {
        Block::Heading(level, words) => {
            let slug = escaped(&slug(words));
            let words = escaped(words);
            format!("<h{level} id=\"{slug}\"><a href=\"#{slug}\">{words}</a></h{level}>\n")
        }
        Block::Paragraph(text) => format!("<p>{}</p>\n", spans(text)),
        Block::List(points) => {
            let points: String =
                points.iter().map(|point| format!("<li>{}</li>\n", spans(point))).collect();
            format!("<ul>\n{points}</ul>\n")
        }
        Block::Code(_, lines) => {
            let line = |line| if is_link(line) { breakable(line) } else { escaped(line) };
            let lines: Vec<String> = lines.lines().map(line).collect();
            format!("<pre><code>{}</code></pre>\n", lines.join("\n"))
        }
        Block::Include(_) => String::new(),
        Block::Table(head, rows) => table(head, rows),
    }
}

/// Roles are said aloud: on a narrow screen cells stand below each other, each with the head of its
/// column before it, and a browser might take the table for none.
fn table(head: &[&str], rows: &[Row]) -> String {
    let columns: String = head
        .iter()
        .map(|words| format!("<th role=\"columnheader\" scope=\"col\">{}</th>", escaped(words)))
        .collect();
    let rows: String = rows.iter().map(|of| row(head, of)).collect();
    let class = if head.len() > 4 { " class=\"wide\"" } else { "" };
    format!(
        "<table role=\"table\"{class}>\n<thead role=\"rowgroup\"><tr role=\"row\">{columns}</tr></thead>\n\
         <tbody role=\"rowgroup\">\n{rows}</tbody>\n</table>\n"
    )
}

fn row(head: &[&str], Row { anchor, cells }: &Row) -> String {
    let id = anchor.as_ref().map_or(String::new(), |name| format!(" id=\"{}\"", escaped(name)));
    let mut out = format!("<tr role=\"row\"{id}>");
    for (index, (head, cell)) in head.iter().zip(cells).enumerate() {
        let leads = cell.iter().any(|span| matches!(span, Span::Link { .. } | Span::Open { .. }));
        out += &match (index, anchor) {
            (0, Some(name)) if !leads => format!(
                "<th role=\"rowheader\" scope=\"row\"><a href=\"#{}\">{}</a></th>",
                escaped(name),
                spans(cell)
            ),
            (0, _) => format!("<th role=\"rowheader\" scope=\"row\">{}</th>", spans(cell)),
            _ if cell.is_empty() => "<td role=\"cell\"></td>".to_owned(),
            _ => {
                format!("<td role=\"cell\" data-head=\"{}\">{}</td>", escaped(head), spans(cell))
            }
        };
    }
    out + "</tr>\n"
}

fn spans(text: &[Span]) -> String {
    text.iter().map(span).collect()
}

fn span(span: &Span) -> String {
    match span {
        Span::Plain(words) => indexed(words),
        Span::Strong(words) => format!("<strong>{}</strong>", escaped(words)),
        Span::Code(words) => format!("<code>{}</code>", breakable(words)),
        Span::Link { words, to } => {
            format!("<a href=\"{}\">{}</a>", escaped(to), escaped(words))
        }
        Span::Open { words, link } => {
            format!("<a href=\"./#{}\"><code>{}</code></a>", escaped(link), escaped(words))
        }
        Span::Formula(formula) => {
            format!("<span class=\"formula\">{}</span>", raised_and_lowered(formula))
        }
        Span::Math(math) => math.clone(),
        Span::Typed { words, math } => {
            format!("<span class=\"typed\">{math} <code>{}</code></span>", escaped(words))
        }
    }
}

/// A formula with its indices below and its powers above the line.
fn raised_and_lowered(formula: &str) -> String {
    let mut out = String::new();
    let mut signs = formula.chars().peekable();
    while let Some(sign) = signs.next() {
        let tag = match sign {
            '_' => "sub",
            '^' => "sup",
            _ => {
                out += &escaped(sign.encode_utf8(&mut [0; 4]));
                continue;
            }
        };
        let part: String = if signs.next_if_eq(&'{').is_some() {
            signs.by_ref().take_while(|sign| *sign != '}').collect()
        } else {
            signs.by_ref().take(1).collect()
        };
        out += &format!("<{tag}>{}</{tag}>", escaped(&part));
    }
    out
}

/// Words in which an index, as in λ_max, stands below the line.
fn indexed(words: &str) -> String {
    let mut parts = words.split('_');
    let mut out = escaped(parts.next().unwrap_or_default());
    for part in parts {
        let end = part.find(|c: char| !c.is_alphanumeric()).unwrap_or(part.len());
        let (index, rest) = part.split_at(end);
        out += &match index {
            "" => format!("_{}", escaped(rest)),
            _ => format!("<sub>{index}</sub>{}", escaped(rest)),
        };
    }
    out
}

/// Whether a line of code is a link.
fn is_link(line: &str) -> bool {
    line.starts_with('#')
}

/// Code in which a long link may be broken between its keys, and a long list between its parts.
fn breakable(words: &str) -> String {
    const LONG: usize = 24;
    let escaped = escaped(words);
    if words.chars().count() <= LONG {
        return escaped;
    }
    escaped.replace("&amp;", "<wbr>&amp;").replace(',', ",<wbr>")
}

/// Words in which nothing is markup.
fn escaped(words: &str) -> String {
    let mut out = String::new();
    for c in words.chars() {
        match c {
            '&' => out += "&amp;",
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '"' => out += "&quot;",
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::document::{code, heading, plain};
    use super::*;

    #[test]
    fn no_text_becomes_markup() {
        let hostile = "<b onload=\"x\">&";
        let document = Document {
            title: String::new(),
            blocks: vec![
                heading(2, hostile),
                Block::Paragraph(plain(hostile)),
                Block::Code(hostile.into(), hostile.into()),
                Block::Table(vec!["key"], vec![Row::named(hostile, [code(hostile)])]),
            ],
        };
        let html = body(&document) + &contents(&document);
        assert!(!html.contains("<b") && !html.contains("onload=\""));
    }

    #[test]
    fn indices_and_powers_leave_the_line() {
        assert_eq!(
            raised_and_lowered("θ̄_{t−1} < γ^{⌊t⌋} x_i²"),
            "θ̄<sub>t−1</sub> &lt; γ<sup>⌊t⌋</sup> x<sub>i</sub>²"
        );
        assert_eq!(indexed("above α·λ_max = 2, a_ < b"), "above α·λ<sub>max</sub> = 2, a_ &lt; b");
    }

    #[test]
    fn contents_are_a_list_in_a_list() {
        let headings = [heading(2, "A"), heading(3, "B"), heading(4, "C"), heading(2, "D")];
        let document = Document { title: String::new(), blocks: headings.into() };
        let lines = contents(&document).replace('\n', "");
        assert_eq!(
            lines,
            "<ul><li><a href=\"#a\">A</a><ul><li><a href=\"#b\">B</a></ul>\
             <li><a href=\"#d\">D</a></ul>"
        );
    }
}
