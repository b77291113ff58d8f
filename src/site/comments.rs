//! What a browser does not read is not sent to it: the comments of the page's modules.

/// JavaScript without the comments that have lines of their own. The lines stay, empty, so that a
/// place in the page is a place in the sources.
///
/// A comment is known by how its line begins, so a text over several lines must not have a line
/// that begins as one.
pub fn without_comments(javascript: &str) -> String {
    let mut inside = false;
    let mut code = String::with_capacity(javascript.len());
    for line in javascript.lines() {
        let words = line.trim();
        if !inside && words.starts_with("/*") {
            // What follows a comment on its line is code.
            inside = match words.split_once("*/") {
                None => true,
                Some((_, "")) => false,
                Some(_) => {
                    code.push_str(line);
                    false
                }
            };
        } else if inside {
            inside = !words.ends_with("*/");
        } else if !words.starts_with("//") {
            code.push_str(line);
        }
        code.push('\n');
    }
    code
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_go_and_lines_stay() {
        let javascript = "// The clock.\n\nconst a = 1; // one\n/**\n * Two.\n * @type {number}\n */\n\
                          const b = 'http://x';\n  /** Three. */\n  f(/* it */ b);\n\
                          /** @type {any} */ (a).b();\n";
        let code = "\n\nconst a = 1; // one\n\n\n\n\nconst b = 'http://x';\n\n  f(/* it */ b);\n\
                    /** @type {any} */ (a).b();\n";
        assert_eq!(without_comments(javascript), code);
    }
}
