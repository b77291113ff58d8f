//! Text → lines with their numbers: ends of lines, Excel's `sep=` line, what typesets a table, and
//! lists in brackets.

use super::cells::Delimiter;

/// One line of a text, or one row of a list in brackets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// Its number in the text, from 1.
    pub number: usize,
    /// What stands in it, without its end.
    pub text: String,
}

/// The lines of a text from whichever system: `\n`, `\r\n` or `\r` ends a line.
pub(super) fn lines(text: &str) -> Vec<Line> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n");
    let text = text.strip_suffix(['\n', '\r']).unwrap_or(&text);
    let line = |(index, text): (usize, &str)| Line { number: index + 1, text: text.to_owned() };
    text.split(['\n', '\r']).enumerate().map(line).collect()
}

/// Takes the line `sep=;` that Excel writes and reads off the front, and says what it names.
pub(super) fn take_separator(lines: &mut Vec<Line>) -> Option<Delimiter> {
    let first = lines.iter().position(|line| !line.text.trim().is_empty())?;
    let text = lines[first].text.trim_start().trim_matches('"');
    let named = text.get(..4).filter(|key| key.eq_ignore_ascii_case("sep=")).map(|_| &text[4..])?;
    let named = named.chars().next()?;
    let delimiter = Delimiter::ALL.into_iter().find(|one| one.character() == Some(named))?;
    lines.drain(..=first);
    Some(delimiter)
}

/// Takes away what only typesets a table, and says what stands between its cells then: the rules of
/// Markdown and psql (`|---|`, `---+---`) with bars at the edges; LaTeX's `\\` and its commands.
pub(super) fn take_typesetting(lines: &mut Vec<Line>) -> Option<Delimiter> {
    if lines.iter().any(|line| line.text.contains('&') && line.text.contains(r"\\")) {
        *lines = lines.iter().flat_map(tex_rows).collect();
        return Some(Delimiter::Ampersand);
    }
    let has_bar = |line: &Line| line.text.contains('|');
    let is_ruled = lines.iter().any(|line| is_rule(&line.text));
    let written = lines.iter().filter(|line| !is_rule(&line.text) && !line.text.trim().is_empty());
    let (barred, bare): (Vec<_>, Vec<_>) = written.partition(|line| has_bar(line));
    if !is_ruled || barred.len() <= bare.len() {
        return None;
    }
    lines.retain(|line| !is_rule(&line.text));
    for line in lines {
        let text = line.text.trim();
        let text = text.strip_prefix('|').unwrap_or(text);
        line.text = text.strip_suffix('|').unwrap_or(text).to_owned();
    }
    Some(Delimiter::Pipe)
}

/// Whether a line is drawn and not written: three dashes or more, and their crossings.
fn is_rule(text: &str) -> bool {
    (text.contains("---") || text.contains("==="))
        && text.chars().all(|c| matches!(c, '-' | '=' | '|' | '+' | ':' | ' ' | '\t'))
}

/// The rows of LaTeX in a line, without commands but with what is in their braces.
fn tex_rows(line: &Line) -> Vec<Line> {
    let rows = line.text.split(r"\\").filter(|row| row.contains('&'));
    rows.map(|row| Line { number: line.number, text: without_tex(row) }).collect()
}

/// `\textbf{1} & $2$` → `1 & 2`; nothing is left of `\begin{tabular}{cc}` and `\hline`.
fn without_tex(row: &str) -> String {
    let mut text = String::new();
    let mut rest = row;
    while let Some((before, after)) = rest.split_once('\\') {
        text.push_str(before);
        let end = after.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(after.len());
        let (name, mut arguments) = after.split_at(end);
        if matches!(name, "begin" | "end") {
            while let Some((_, behind)) =
                arguments.strip_prefix('{').and_then(|inside| inside.split_once('}'))
            {
                arguments = behind;
            }
        }
        // Of an escape such as \% the character stays; \, is a blank.
        rest = if name.is_empty() {
            arguments.strip_prefix(',').unwrap_or(arguments)
        } else {
            arguments
        };
    }
    text.push_str(rest);
    text.retain(|c| !matches!(c, '{' | '}' | '$'));
    text
}

/// The rows of lists in brackets, as Python, NumPy, JSON and MATLAB write them: `[[1, 2], [2, 4]]`,
/// `(1, 2)` on each line, `[1 2; 3 4]`. `None` where the text is anything else.
pub(super) fn rows_in_brackets(lines: &[Line]) -> Option<Vec<Line>> {
    let mut rows: Vec<Line> = Vec::new();
    // What has been read of the innermost list that is open, and its line.
    let mut open: Option<Line> = None;
    let mut depth = 0_usize;
    for line in lines {
        for c in line.text.chars() {
            match c {
                '[' | '(' => {
                    // A list of lists has nothing before its first one.
                    if open.as_ref().is_some_and(|row| !row.text.trim().is_empty()) {
                        return None;
                    }
                    depth += 1;
                    open = Some(Line { number: line.number, text: String::new() });
                }
                ']' | ')' => {
                    depth = depth.checked_sub(1)?;
                    rows.extend(open.take().filter(|row| !row.text.trim().is_empty()));
                }
                ';' if open.is_some() => {
                    let next = Line { number: line.number, text: String::new() };
                    rows.extend(open.replace(next));
                }
                _ => match &mut open {
                    Some(row) => row.text.push(c),
                    // Between rows stand commas, and words such as array( before them.
                    None if c.is_whitespace() || matches!(c, ',' | ';') => {}
                    None if depth == 0
                        && rows.is_empty()
                        && (c.is_alphanumeric() || "._=".contains(c)) => {}
                    None if depth > 0 && c.is_alphanumeric() => return None,
                    None => return None,
                },
            }
        }
        if let Some(row) = &mut open {
            row.text.push(' ');
        }
    }
    for row in &mut rows {
        row.text = row.text.trim().trim_end_matches(',').to_owned();
    }
    let has_two =
        |row: &Line| row.text.split([',', ' ']).filter(|part| !part.trim().is_empty()).count() >= 2;
    (depth == 0 && open.is_none() && rows.iter().any(has_two)).then_some(rows)
}
