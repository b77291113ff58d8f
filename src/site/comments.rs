//! Scripts and style sheets without their comments: whoever reads these has the sources, and a quarter
//! of what a visitor loads would be nothing else.

/// The text of a script or a style sheet without the comments that have lines of their own. These
/// lines stay, empty, so that what a browser says of a line is true of the source.
///
/// What is within a template of a script is none of its comments, however it looks.
pub fn without_comments(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let (mut is_comment, mut is_template) = (false, false);
    for line in text.split_inclusive('\n') {
        let begins = line.trim_start();
        if is_comment || !is_template && begins.starts_with("/*") {
            // A comment that ends within its line has its last sign there.
            let Some((_, behind)) = line.split_once("*/") else {
                is_comment = true;
                kept.push('\n');
                continue;
            };
            is_comment = false;
            kept.push_str(if behind.trim().is_empty() { "\n" } else { behind });
        } else if !is_template && begins.starts_with("//") {
            kept.push('\n');
        } else {
            // One that is escaped, or a string of its own, begins and ends nothing.
            let ticks = line.replace("\\`", "").replace("'`'", "").matches('`').count();
            is_template ^= ticks % 2 == 1;
            kept.push_str(line);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_empty_lines_and_all_else_stays() {
        for (text, without) in [
            ("a; // why\n  // what\nb;\n", "a; // why\n\nb;\n"),
            ("/** @type {A} */\nlet a;\n/*\n * two\n */\nb;\n", "\nlet a;\n\n\n\nb;\n"),
            ("/* one */ .a { color: red; }\n", " .a { color: red; }\n"),
            ("/*\n*/ c;\n", "\n c;\n"),
            (
                "d = `\n// no comment\n/* nor here */\n`;\n// one\n",
                "d = `\n// no comment\n/* nor here */\n`;\n\n",
            ),
            ("e = `\\``;\n// one\n", "e = `\\``;\n\n"),
            ("g.split('`');\n// one\n", "g.split('`');\n\n"),
            ("f = 'http://g' + `//h`;\n", "f = 'http://g' + `//h`;\n"),
        ] {
            assert_eq!(without_comments(text), without);
        }
    }
}
