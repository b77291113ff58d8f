//! The map of the house holds: a room imports from the rooms before it only, and nothing but the
//! last rooms names the browser or the machine.

use std::fs;
use std::path::{Path, PathBuf};

/// The rooms, each importing from those before it.
const ROOMS: [&str; 13] = [
    "math",
    "data",
    "optimizers",
    "network",
    "objective",
    "training",
    "analysis",
    "view",
    "labs",
    "export",
    "page",
    "site",
    "cli",
];

/// All sources below a folder, with their texts.
fn sources(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all.extend(sources(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            all.push((path, text));
        }
    }
    all
}

/// The room that a source belongs to: the folder, or the file of that name.
fn room_of(path: &Path, src: &Path) -> Option<usize> {
    let first = path.strip_prefix(src).unwrap().components().next()?;
    let name = Path::new(first.as_os_str()).file_stem()?.to_str()?;
    ROOMS.iter().position(|room| *room == name)
}

/// The names that follow each `start` in a text, without its comments and its tests.
fn names_after<'a>(text: &'a str, start: &'a str) -> impl Iterator<Item = &'a str> {
    let code = text.split("#[cfg(test)]").next().unwrap_or(text);
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.flat_map(move |line| line.split(start).skip(1)).map(|rest| {
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        &rest[..end]
    })
}

#[test]
fn a_room_imports_from_the_rooms_before_it_only() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut imports = 0;
    let mut wrong = Vec::new();
    for (path, text) in sources(&src) {
        let Some(here) = room_of(&path, &src) else {
            let name = path.strip_prefix(&src).unwrap().to_str().unwrap();
            assert!(["lib.rs", "main.rs"].contains(&name), "{name} is in no room");
            continue;
        };
        for name in names_after(&text, "crate::") {
            let Some(there) = ROOMS.iter().position(|room| *room == name) else { continue };
            imports += 1;
            if there > here {
                wrong.push(format!("{}: {name}", path.display()));
            }
        }
    }
    assert!(imports > 500, "only {imports} imports were found");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_page_alone_names_the_browser() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for (path, text) in sources(&src) {
        let is_page = room_of(&path, &src) == Some(10);
        let code: String =
            text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        for name in ["web_sys::", "js_sys::", "plotters_canvas::"] {
            assert!(is_page || !code.contains(name), "{}: {name}", path.display());
        }
    }
}
