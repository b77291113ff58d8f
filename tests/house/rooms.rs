//! The map of the house holds: a room imports from the rooms before it only, and nothing but the
//! last rooms names the browser or the machine. The folders of the page's modules likewise.

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

/// All files below a folder whose names end so, with their texts.
fn sources(folder: &Path, ending: &str) -> Vec<(PathBuf, String)> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all.extend(sources(&path, ending));
        } else if path.extension().is_some_and(|of| of.to_str() == Some(ending)) {
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
    for (path, text) in sources(&src, "rs") {
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
    for (path, text) in sources(&src, "rs") {
        let is_page = room_of(&path, &src) == Some(10);
        let code: String =
            text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        for name in ["web_sys::", "js_sys::", "plotters_canvas::"] {
            assert!(is_page || !code.contains(name), "{}: {name}", path.display());
        }
    }
}

/// The folders of `www/`, each importing from those before it; `www/main.js` has their map.
const FOLDERS: [&str; 17] = [
    "dom",
    "opening",
    "offline",
    "core",
    "controls",
    "address",
    "deck",
    "plot",
    "runs",
    "data",
    "net",
    "question",
    "lesson",
    "share",
    "projector",
    "embed",
    "shell",
];

#[test]
fn a_folder_of_the_page_imports_from_the_folders_before_it_only() {
    let www = Path::new(env!("CARGO_MANIFEST_DIR")).join("www");
    let (mut imports, mut wrong) = (0, Vec::new());
    for (path, text) in sources(&www, "js") {
        let name = path.strip_prefix(&www).unwrap().to_str().unwrap().replace('\\', "/");
        let Some((folder, _)) = name.split_once('/') else {
            assert_eq!(name, "main.js", "all but it are in a folder");
            continue;
        };
        let here = FOLDERS.iter().position(|one| *one == folder);
        let here = here.unwrap_or_else(|| panic!("{name} is in a folder that is not known"));
        for there in text.split(" from '../").skip(1).filter_map(|rest| rest.split('/').next()) {
            let Some(there) = FOLDERS.iter().position(|one| *one == there) else { continue };
            imports += 1;
            if there >= here {
                wrong.push(format!("{name}: {}", FOLDERS[there]));
            }
        }
        // State has one way to the parts.
        assert!(!text.contains("lab.model()") || name == "core/loop.js", "{name}");
    }
    assert!(imports > 50, "only {imports} imports were found");
    assert!(wrong.is_empty(), "{wrong:#?}");
    let map = fs::read_to_string(www.join("main.js")).unwrap();
    let told: Vec<&str> = (map.lines().filter_map(|line| line.strip_prefix("//   ")))
        .filter_map(|line| line.split('/').next())
        .collect();
    assert_eq!(told, FOLDERS);
}
