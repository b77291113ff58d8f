//! Text → lines with their numbers: ends of lines, Excel's `sep=` line, and lists in brackets.

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
