//! From the page's sources to the files of the site: as they are, but for what `index.html` says of
//! them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::Failure;

/// The files of a site: the name of each within the site, and what is in it.
pub type Files = BTreeMap<PathBuf, Vec<u8>>;

/// Turns the files of the page and of the core into those of the site. All stay as they are, but
/// that types (`.d.ts`) are no part of a site, and that `index.html` is told two things more:
///
/// - every module of `www/` that it does not name, as one to be loaded at once: a browser would
///   otherwise learn of each only from the one that imports it;
/// - `opening`, the JSON of what stands there before the core has arrived, as `#opening`.
///
/// # Errors
/// When `index.html` is missing, is no text, or has no `</head>` or no `</body>`.
pub fn packed(mut files: Files, opening: &str) -> Result<Files, Failure> {
    files.retain(|name, _| !name.to_string_lossy().ends_with(".d.ts"));
    let index = Path::new("index.html");
    let html = (files.get(index).and_then(|bytes| std::str::from_utf8(bytes).ok()))
        .ok_or_else(|| Failure("index.html is missing, or is no text.".into()))?;
    let mut preloads = String::new();
    for name in files.keys().filter(|name| name.starts_with("www")) {
        let name = name.to_string_lossy().replace('\\', "/");
        if name.ends_with(".js") && !html.contains(&format!("\"{name}\"")) {
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

/// The page with a text before the last place where this tag is.
fn before(html: &str, tag: &str, text: &str) -> Result<String, Failure> {
    let place = html.rfind(tag).ok_or_else(|| Failure(format!("index.html has no {tag}.")))?;
    Ok([&html[..place], text, &html[place..]].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

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
