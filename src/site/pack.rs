//! From the page's sources to the files of the site: as they are, but for comments, for the style
//! sheets, which are one a page, and for what `index.html` says of the files.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::Failure;
use super::comments::without_comments;

/// The files of a site: the name of each within the site, and what is in it.
pub type Files = BTreeMap<PathBuf, Vec<u8>>;

/// Scripts that no page loads: each is put elsewhere (see [`offline`](super::offline)).
const STANDALONE: [&str; 2] = ["www/offline/starter.js", "www/offline/worker.js"];

/// The pages of the site.
const PAGES: [&str; 3] = ["index.html", "reference.html", "embed.html"];

/// Turns the files of the page and of the core into those of the site. All stay as they are, but
/// that types (`.d.ts`) and comments (see [`without_comments`]) are no part of a site, that the style
/// sheets which a page links are one file (see [`join_styles`]), and that `index.html` is told two
/// things more:
///
/// - every module of `www/` that it does not name, as one to be loaded at once: a browser would
///   otherwise learn of each only from the one that imports it (it names those that come after the
///   first picture);
/// - `opening`, the JSON of what stands there before the core has arrived, as `#opening`.
///
/// # Errors
/// When `index.html` is missing, is no text, or has no `</head>` or no `</body>`; when a page links a
/// style sheet that is missing.
pub fn packed(mut files: Files, opening: &str) -> Result<Files, Failure> {
    files.retain(|name, _| !name.to_string_lossy().ends_with(".d.ts"));
    for (name, bytes) in &mut files {
        let has_comments = name.extension().is_some_and(|of| of == "js" || of == "css");
        if let Some(text) = std::str::from_utf8(bytes).ok().filter(|_| has_comments) {
            *bytes = without_comments(text).into_bytes();
        }
    }
    join_styles(&mut files)?;
    let index = Path::new("index.html");
    let html = text(&files, "index.html")?;
    // What another page loads is that page's.
    let pages = || PAGES.iter().filter_map(|page| text(&files, page).ok());
    let mut preloads = String::new();
    for name in files.keys().filter(|name| name.starts_with("www")) {
        let name = name.to_string_lossy().replace('\\', "/");
        let is_named = || pages().any(|text| text.contains(&format!("\"{name}\"")));
        if name.ends_with(".js") && !STANDALONE.contains(&&*name) && !is_named() {
            preloads.push_str(&format!("  <link rel=\"modulepreload\" href=\"{name}\">\n"));
        }
    }
    // Within a script's element HTML ends the text at `</`.
    let opening = opening.replace('<', "\\u003c");
    let opening = format!("<script type=\"application/json\" id=\"opening\">{opening}</script>\n");
    let page = before(&before(html, "</head>", &preloads)?, "</body>", &opening)?;
    files.insert(index.to_path_buf(), page.into_bytes());
    Ok(files)
}

/// Puts the style sheets that a page links into one, in their order: `www/index.css` for `index.html`.
/// Nothing is seen before the last of them has come, and each would be a request of its own.
fn join_styles(files: &mut Files) -> Result<(), Failure> {
    let mut joined = BTreeSet::new();
    for page in PAGES {
        let Ok(html) = text(files, page) else { continue };
        let one = format!("www/{}", page.replace(".html", ".css"));
        let (mut text, mut style) = (String::new(), Vec::new());
        for line in html.split_inclusive('\n') {
            let sheet = line.trim().strip_prefix("<link rel=\"stylesheet\" href=\"");
            let Some(sheet) = sheet.and_then(|rest| rest.strip_suffix("\">")) else {
                text.push_str(line);
                continue;
            };
            if style.is_empty() {
                text.push_str(&line.replace(sheet, &one));
            }
            let missing = || Failure(format!("{page} links {sheet}, which is missing."));
            style.extend(files.get(Path::new(sheet)).ok_or_else(missing)?);
            joined.insert(PathBuf::from(sheet));
        }
        files.insert(PathBuf::from(page), text.into_bytes());
        if !style.is_empty() {
            files.insert(PathBuf::from(one), style);
        }
    }
    files.retain(|name, _| !joined.contains(name));
    Ok(())
}

/// A file of the site as text.
pub(super) fn text<'a>(files: &'a Files, name: &str) -> Result<&'a str, Failure> {
    (files.get(Path::new(name)).and_then(|bytes| std::str::from_utf8(bytes).ok()))
        .ok_or_else(|| Failure(format!("{name} is missing, or is no text.")))
}

/// The page with a text before the last place where this tag is.
pub(super) fn before(html: &str, tag: &str, text: &str) -> Result<String, Failure> {
    let place = html.rfind(tag).ok_or_else(|| Failure(format!("index.html has no {tag}.")))?;
    Ok([&html[..place], text, &html[place..]].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_style_sheets_of_a_page_are_one_in_their_order() {
        let link = |name: &str| format!("  <link rel=\"stylesheet\" href=\"{name}\">\n");
        let page = |links: String| format!("<head>\n{links}</head>\n<body>\n</body>\n");
        let [a, b, c] = ["www/style/a.css", "www/style/b.css", "www/style/c.css"];
        let mut files =
            Files::from([("index.html", [b, a]), ("reference.html", [b, c])].map(
                |(name, sheets)| (PathBuf::from(name), page(sheets.map(link).concat()).into()),
            ));
        assert!(packed(files.clone(), "{}").unwrap_err().0.contains(b));
        for (name, text) in [(a, "a {}\n"), (b, "b {}\n"), (c, "c {}\n")] {
            files.insert(PathBuf::from(name), text.into());
        }
        let site = packed(files, "{}").unwrap();
        let text = |name: &str| std::str::from_utf8(&site[Path::new(name)]).unwrap();
        assert_eq!(text("www/index.css"), "b {}\na {}\n");
        assert_eq!(text("www/reference.css"), "b {}\nc {}\n");
        assert_eq!(text("reference.html"), page(link("www/reference.css")));
        let head = format!("<head>\n{}</head>", link("www/index.css"));
        assert!(text("index.html").starts_with(&head), "{}", text("index.html"));
        assert_eq!(site.len(), 4);
    }

    #[test]
    fn every_module_is_preloaded_and_types_are_left_out() {
        let core = ["core/ravine.js", "core/ravine.d.ts"];
        let names = ["index.html", core[0], core[1], "www/a.js", "www/b/c.js", "www/b/d.js"];
        let index = "<head>\n  <script src=\"www/b/d.js\"></script>\n</head>\n<body>\n</body>\n";
        let html = |name: &str| if name == "index.html" { index } else { "" };
        let files = names.map(|name| (PathBuf::from(name), html(name).as_bytes().to_vec()));
        let site = packed(files.into(), "[\"</script>\"]").unwrap();
        let page = "<head>\n  <script src=\"www/b/d.js\"></script>\n  \
                    <link rel=\"modulepreload\" href=\"www/a.js\">\n  \
                    <link rel=\"modulepreload\" href=\"www/b/c.js\">\n</head>\n<body>\n\
                    <script type=\"application/json\" id=\"opening\">[\"\\u003c/script>\"]</script>\n\
                    </body>\n";
        assert_eq!(site[Path::new("index.html")], page.as_bytes());
        assert!(!site.contains_key(Path::new("core/ravine.d.ts")));
        assert_eq!(site.len(), 5);
    }
}
