//! From the page's sources to what a browser downloads: one module, one style sheet, no comments.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::Failure;
use super::modules::{Modules, bundled, shortened};

/// The files of a site: the name of each within the site, and what is in it.
pub type Files = BTreeMap<PathBuf, Vec<u8>>;

/// Turns the files of the page and of the core into those of the site:
///
/// - `www/main.js` and the modules that it imports become one, `www/main.js`;
/// - the style sheets that `index.html` links become one, `www/style.css`;
/// - the core's module keeps to itself, and is shortened;
/// - all else stays, but for types (`.d.ts`), which are no part of a site.
///
/// # Errors
/// When a module or a style sheet cannot be read, or is missing.
pub fn packed(mut files: Files) -> Result<Files, Failure> {
    files.retain(|name, _| !name.to_string_lossy().ends_with(".d.ts"));

    let core = Path::new("core/ravine.js");
    let short = shortened("core/ravine.js", text_of(&files, core)?)?;
    files.insert(core.to_path_buf(), short.into_bytes());

    let www = Path::new("www");
    let mut modules = Modules::new();
    for name in names_with(&files, ".js") {
        if let Ok(inside) = name.strip_prefix(www) {
            modules.insert(inside.to_string_lossy().into_owned(), text_of(&files, &name)?.into());
            files.remove(&name);
        }
    }
    let module = shortened("www/main.js", &bundled("main.js", &modules)?)?;
    files.insert(www.join("main.js"), module.into_bytes());

    let index = Path::new("index.html");
    let (html, linked) = with_one_style(text_of(&files, index)?);
    let mut style = String::new();
    for name in linked {
        style.push_str(&shortened_style(text_of(&files, Path::new(&name))?));
    }
    for name in names_with(&files, ".css") {
        files.remove(&name);
    }
    files.insert(PathBuf::from(STYLE), style.into_bytes());
    files.insert(index.to_path_buf(), html.into_bytes());
    Ok(files)
}

/// The one style sheet of a site.
const STYLE: &str = "www/style.css";

fn names_with(files: &Files, ending: &str) -> Vec<PathBuf> {
    files.keys().filter(|name| name.to_string_lossy().ends_with(ending)).cloned().collect()
}

fn text_of<'a>(files: &'a Files, name: &Path) -> Result<&'a str, Failure> {
    (files.get(name).and_then(|bytes| std::str::from_utf8(bytes).ok()))
        .ok_or_else(|| Failure(format!("{} is missing, or is no text.", name.display())))
}

/// The page with one style sheet in the place of the first that it links, and without its lines'
/// indentation; and the names of those that it links, in their order.
fn with_one_style(html: &str) -> (String, Vec<String>) {
    let mut linked = Vec::new();
    let mut page = String::with_capacity(html.len());
    for line in html.lines().map(str::trim_start).filter(|line| !line.is_empty()) {
        let name = line.strip_prefix("<link rel=\"stylesheet\" href=\"");
        if let Some(name) = name.and_then(|rest| rest.strip_suffix("\">")) {
            linked.push(name.to_owned());
            if linked.len() > 1 {
                continue;
            }
            page.push_str(&line.replace(name, STYLE));
        } else {
            page.push_str(line);
        }
        page.push('\n');
    }
    (page, linked)
}

/// A style sheet without comments, and without the spaces and semicolons that say nothing. What
/// is quoted stays.
fn shortened_style(css: &str) -> String {
    let mut short = String::with_capacity(css.len());
    let mut rest = css.trim_start();
    while let Some(first) = rest.chars().next() {
        let length = if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if first.is_whitespace() {
            rest.find(|c: char| !c.is_whitespace()).unwrap_or(rest.len())
        } else if first == '"' || first == '\'' {
            rest[1..].find(first).map_or(rest.len(), |end| end + 2)
        } else {
            first.len_utf8()
        };
        let (piece, after) = rest.split_at(length);
        rest = after;
        if piece.starts_with("/*") {
            continue;
        }
        if first.is_whitespace() {
            // A colon may stand after a space that counts, as in `a :hover`, but not before one.
            let follows = short.ends_with(['{', '}', ';', ',', ':', ' ']) || short.is_empty();
            if !follows && !rest.starts_with(['{', '}', ';', ',']) {
                short.push(' ');
            }
            continue;
        }
        if piece == "}" && short.ends_with(';') {
            short.pop();
        }
        short.push_str(piece);
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_style_says_the_same() {
        let css = "/* The head. */\n.a > b :hover,\n.c {\n  width: calc(1px + 2px);\n  \
                   content: \" /* ; */ \";\n}\n\n@media (width > 3px) and (x) { /* Less. */\n  \
                   d { margin: 0 auto; } }\n";
        let short = ".a > b :hover,.c{width:calc(1px + 2px);content:\" /* ; */ \"}\
                     @media (width > 3px) and (x){d{margin:0 auto}}";
        assert_eq!(shortened_style(css), short);
    }

    #[test]
    fn the_page_links_one_style_where_the_first_was() {
        let link = |name: &str| format!("  <link rel=\"stylesheet\" href=\"{name}\">\n");
        let html = format!("<head>\n{}{}\n  <b>\n", link("www/a.css"), link("www/b.css"));
        let (page, linked) = with_one_style(&html);
        assert_eq!(page, "<head>\n<link rel=\"stylesheet\" href=\"www/style.css\">\n<b>\n");
        assert_eq!(linked, ["www/a.css", "www/b.css"]);
    }
}
