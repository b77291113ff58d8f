//! From the page's sources to the files of the site: as they are, but for what `index.html` says of
//! them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::Failure;

/// The files of a site: the name of each within the site, and what is in it.
pub type Files = BTreeMap<PathBuf, Vec<u8>>;

/// Turns the files of the page and of the core into those of the site. All stay as they are, but
/// that types (`.d.ts`) are no part of a site, and that `index.html` names every module of `www/`
/// as one to be loaded at once: a browser would otherwise learn of each only from the one that
/// imports it.
///
/// # Errors
/// When `index.html` is missing, is no text, or has no `</head>`.
pub fn packed(mut files: Files) -> Result<Files, Failure> {
    files.retain(|name, _| !name.to_string_lossy().ends_with(".d.ts"));
    let index = Path::new("index.html");
    let html = (files.get(index).and_then(|bytes| std::str::from_utf8(bytes).ok()))
        .ok_or_else(|| Failure("index.html is missing, or is no text.".into()))?;
    let (head, rest) =
        html.split_once("</head>").ok_or_else(|| Failure("index.html has no </head>.".into()))?;
    let mut page = head.to_owned();
    for name in files.keys().filter(|name| name.starts_with("www")) {
        if name.extension().is_some_and(|ending| ending == "js") {
            let name = name.to_string_lossy().replace('\\', "/");
            page.push_str(&format!("  <link rel=\"modulepreload\" href=\"{name}\">\n"));
        }
    }
    page.push_str("</head>");
    page.push_str(rest);
    files.insert(index.to_path_buf(), page.into_bytes());
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_module_is_preloaded_and_types_are_left_out() {
        let names = ["index.html", "core/ravine.js", "core/ravine.d.ts", "www/a.js", "www/b/c.js"];
        let html = |name: &str| if name == "index.html" { "<head>\n</head>\n" } else { "" };
        let files = names.map(|name| (PathBuf::from(name), html(name).as_bytes().to_vec()));
        let site = packed(files.into()).unwrap();
        let page = "<head>\n  <link rel=\"modulepreload\" href=\"www/a.js\">\n  \
                    <link rel=\"modulepreload\" href=\"www/b/c.js\">\n</head>\n";
        assert_eq!(site[Path::new("index.html")], page.as_bytes());
        assert!(!site.contains_key(Path::new("core/ravine.d.ts")));
        assert_eq!(site.len(), 4);
    }
}
