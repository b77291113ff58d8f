//! The page as one file: every module, the style, the core, the tools and the reference within, so that it
//! opens by a double click, and asks nobody for anything. `www/offline/starter.js` starts it.
//!
//! Modules import each other by addresses that there are only once the file is open. So they stand in it in
//! the order in which they can be loaded, and what a module imports is named as a part of the file:
//! `'within:www/dom/notes.js'` in place of `'../dom/notes.js'`.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Component, Path};

use base64::prelude::{BASE64_STANDARD, Engine};
use flate2::{Compression, GzBuilder};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::Failure;
use super::pack::{Files, before, text};

/// Its name in the site: a single file with nothing inside yet.
pub(super) const TEMPLATE: &str = "single.html";

/// What says why the page of a site cannot start; a single file starts otherwise.
const START: &str = "www/opening/start.js";
/// The parts that are no modules.
const PARTS: [&str; 3] = ["core/ravine_bg.wasm", "tools/ravine_bg.wasm", "reference.html"];
/// Where a single file says what is inside.
const INSIDE: &str = "<script type=\"application/json\" id=\"within\">";
/// What is read by a browser for a site's page only.
const OF_A_SITE: [&str; 5] = [
    "<link rel=\"modulepreload\"",
    "<link rel=\"preload\"",
    "<link rel=\"manifest\"",
    "<script src=",
    "<script type=\"module\"",
];

/// What a single file opens with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inside {
    /// The experiment; empty: the first scene, or that of the lesson.
    pub link: String,
    /// A lesson, the name of its file, which ends in `.json`, and its text.
    pub lesson: Option<(String, String)>,
}

/// Whether a file is a single file, with something inside or not.
pub fn is_single(bytes: &[u8]) -> bool {
    bytes.windows(INSIDE.len()).any(|window| window == INSIDE.as_bytes())
}

/// The single file with nothing inside, of a packed site and the script that starts it.
///
/// # Errors
/// When a part is missing, or modules import each other in a circle.
pub(super) fn template(files: &Files, starter: &str) -> Result<Vec<u8>, Failure> {
    let index = text(files, "index.html")?;
    let style = text(files, "www/index.css")?;
    let [reference, its_style] = reference(files)?;
    let mark = data(text(files, "www/mark.svg")?);
    let policy = policy(starter, &[style, &its_style]);
    let mut page = String::with_capacity(index.len() + style.len());
    for line in index.split_inclusive('\n') {
        let begins = line.trim_start();
        if OF_A_SITE.iter().any(|start| begins.starts_with(start)) {
            continue;
        }
        match begins {
            _ if begins.starts_with("<meta http-equiv") => page.push_str(&policy),
            _ if begins.starts_with("<link rel=\"icon\"") => page.push_str(&mark),
            _ if begins.starts_with("<link rel=\"stylesheet\"") => {
                let _ = writeln!(page, "<style>{style}</style>");
            }
            // The folder that the file is in.
            _ => page.push_str(&line.replace("href=\"./\"", "href=\"#\"")),
        }
    }
    let mut within = format!("{INSIDE}{}</script>\n", inside(&Inside::default()));
    let modules = serde_json::to_vec(&modules(files)?).unwrap_or_default();
    let mut add = |name: &str, bytes: &[u8]| {
        let _ = writeln!(
            within,
            "<script type=\"text/plain\" id=\"within:{name}\">{}</script>",
            packed(bytes)
        );
    };
    add("modules", &modules);
    for name in PARTS {
        let bytes = files.get(Path::new(name)).ok_or_else(|| missing(name))?;
        add(name, if name == "reference.html" { reference.as_bytes() } else { bytes });
    }
    let _ = writeln!(within, "<script>{starter}</script>");
    Ok(before(&page, "</body>", &within)?.into_bytes())
}

/// A single file with this inside.
///
/// # Errors
/// When the template is none.
pub(super) fn filled(template: &[u8], new: &Inside) -> Result<Vec<u8>, Failure> {
    let text = std::str::from_utf8(template).ok().and_then(|text| {
        let (before, behind) = text.split_once(INSIDE)?;
        let (_, behind) = behind.split_once("</script>")?;
        Some(format!("{before}{INSIDE}{}</script>{behind}", inside(new)))
    });
    text.map(String::into_bytes).ok_or_else(|| missing(TEMPLATE))
}

/// Within a script's element HTML ends the text at `</`.
fn inside(Inside { link, lesson }: &Inside) -> String {
    let lesson = lesson.as_ref().map(|(name, text)| json!({ "name": name, "text": text }));
    json!({ "link": link, "lesson": lesson }).to_string().replace('<', "\\u003c")
}

/// The reference with its style within, and that style. Its links into the labs get their address when it is
/// opened; the one to the first scene is left out.
fn reference(files: &Files) -> Result<[String; 2], Failure> {
    let style = text(files, "www/reference.css")?.to_owned();
    let mut page = String::new();
    for line in text(files, "reference.html")?.split_inclusive('\n') {
        let begins = line.trim_start();
        if begins.starts_with("<link rel=\"stylesheet\"") {
            let _ = writeln!(page, "<style>{style}</style>");
        } else if !begins.starts_with("<link rel=\"icon\"")
            && !begins.starts_with("<meta http-equiv")
        {
            page.push_str(line);
        }
    }
    Ok([page, style])
}

/// What the file may do: run this script, blobs that it makes and the core, and ask nobody for anything.
fn policy(starter: &str, styles: &[&str]) -> String {
    let digest = |text: &&str| {
        format!("'sha256-{}'", BASE64_STANDARD.encode(Sha256::digest(text.as_bytes())))
    };
    let styles: Vec<String> = styles.iter().map(digest).collect();
    let policy = format!(
        "default-src 'none'; script-src {} blob: 'wasm-unsafe-eval'; style-src {}; \
         img-src data: blob:; worker-src blob:; connect-src 'none'; base-uri 'none'; \
         form-action 'none'",
        digest(&starter),
        styles.join(" "),
    );
    format!("  <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n")
}

/// The tab's picture.
fn data(svg: &str) -> String {
    let svg = BASE64_STANDARD.encode(svg);
    format!(
        "  <link rel=\"icon\" href=\"data:image/svg+xml;base64,{svg}\" type=\"image/svg+xml\">\n"
    )
}

fn packed(bytes: &[u8]) -> String {
    let mut gzip = GzBuilder::new().write(Vec::new(), Compression::best());
    // Into memory nothing fails.
    let packed = gzip.write_all(bytes).and_then(|()| gzip.finish());
    BASE64_STANDARD.encode(packed.unwrap_or_default())
}

/// All modules, each behind those that it imports, now or later: their names and texts.
fn modules(files: &Files) -> Result<Vec<(String, String)>, Failure> {
    let mut done = Vec::new();
    for name in files.keys() {
        let name = name.to_string_lossy().replace('\\', "/");
        if name.ends_with(".js") && name != START {
            add_module(&name, files, &mut done, &mut Vec::new())?;
        }
    }
    Ok(done)
}

/// Adds a module behind those that it imports; `open` are those that are being added.
fn add_module(
    name: &str,
    files: &Files,
    done: &mut Vec<(String, String)>,
    open: &mut Vec<String>,
) -> Result<(), Failure> {
    if done.iter().any(|(added, _)| added == name) {
        return Ok(());
    }
    if open.iter().any(|opened| opened == name) {
        let way = open.join(", ");
        return Err(Failure(format!("{name} imports itself, by {way}: no single file has that.")));
    }
    open.push(name.to_owned());
    let (mut rest, mut module) = (text(files, name)?, String::new());
    while let Some((before, path, behind)) = next_import(rest) {
        let other = beside(name, path);
        add_module(&other, files, done, open)?;
        let _ = write!(module, "{before}'within:{other}'");
        rest = behind;
    }
    open.pop();
    done.push((name.to_owned(), module + rest));
    Ok(())
}

/// The text before the next path of a module that is imported, the path, and the text behind it.
fn next_import(text: &str) -> Option<(&str, &str, &str)> {
    let starts = ["from '.", "import '.", "import('."];
    let (at, start) =
        starts.iter().filter_map(|start| Some((text.find(start)?, start.len()))).min()?;
    let quote = at + start - 2;
    let (path, behind) = text[quote + 1..].split_once('\'')?;
    Some((&text[..quote], path, behind))
}

/// The name of what a module calls `path`.
fn beside(name: &str, path: &str) -> String {
    let mut parts: Vec<&str> = name.split('/').collect();
    parts.pop();
    for part in Path::new(path).components() {
        match part {
            Component::ParentDir => drop(parts.pop()),
            Component::Normal(part) => parts.extend(part.to_str()),
            _ => {}
        }
    }
    parts.join("/")
}

fn missing(name: &str) -> Failure {
    Failure(format!("{name} is missing, or is not what it was built as."))
}

#[cfg(test)]
mod tests;
