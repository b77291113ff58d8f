//! What a site has for those who are without network: the service worker with its list of all files
//! (`www/offline/worker.js`), what makes it installable, and the page as one file.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use base64::prelude::{BASE64_STANDARD, Engine};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::Failure;
use super::pack::{Files, text};
use super::single;
use crate::export::figure;

/// The service worker, in the sources and at the site's root, as browsers let it answer only for what is
/// below it.
const WORKER: [&str; 2] = ["www/offline/worker.js", "worker.js"];
const MANIFEST: [&str; 2] = ["www/offline/manifest.json", "manifest.webmanifest"];
/// What starts a single file, and is no part of a site itself.
const STARTER: &str = "www/offline/starter.js";
/// The picture of the page, which the icons are made of, and its width and height.
const MARK: (&str, [f64; 2]) = ("www/mark.svg", [28.0, 24.0]);
/// The icons: the name and the side of each in px, and how much of the side the mark takes. A maskable
/// one is cut by the system, to a circle of 80 % of the side at the least.
const ICONS: [(&str, u32, f64); 3] =
    [("icons/192.png", 192, 0.8), ("icons/512.png", 512, 0.8), ("icons/maskable.png", 512, 0.55)];
/// The paper of `www/style/base.css`.
const PAPER: &str = "#fbfaf6";

/// Adds to a packed site what it has for those who are without network.
///
/// # Errors
/// When a source is missing, or has no place for what the build puts there.
pub(super) fn equip(mut files: Files) -> Result<Files, Failure> {
    for [source, place] in [WORKER, MANIFEST] {
        let bytes = files.remove(Path::new(source)).ok_or_else(|| missing(source))?;
        files.insert(PathBuf::from(place), bytes);
    }
    let mark = text(&files, MARK.0)?.to_owned();
    for (name, side, share) in ICONS {
        files.insert(PathBuf::from(name), icon(&mark, side, share)?);
    }
    let starter = text(&files, STARTER)?.to_owned();
    files.remove(Path::new(STARTER));
    let template = single::template(&files, &starter)?;

    let worker = files.remove(Path::new(WORKER[1])).unwrap_or_default();
    let worker = String::from_utf8(worker).map_err(|_| missing(WORKER[0]))?;
    let version = version(&files, &worker);
    let index = text(&files, "index.html")?;
    let stamped = index.replacen("<html ", &format!("<html data-version=\"{version}\" "), 1);
    files.insert(PathBuf::from("index.html"), stamped.into_bytes());
    let list: Vec<_> = (files.iter())
        .map(|(name, bytes)| {
            let name = name.to_string_lossy().replace('\\', "/");
            json!([name, BASE64_STANDARD.encode(Sha256::digest(bytes))])
        })
        .collect();
    let worker = filled(&worker, "{{version}}", &version)?;
    let worker = filled(&worker, "{{files}}", &json!(list).to_string())?;
    files.insert(PathBuf::from(WORKER[1]), worker.into_bytes());
    // It is fetched when it is asked for, and kept by nobody.
    files.insert(PathBuf::from(single::TEMPLATE), template);
    Ok(files)
}

/// A digest of all files and their names.
fn version(files: &Files, worker: &str) -> String {
    let mut all = Sha256::new();
    for (name, bytes) in files {
        all.update(name.to_string_lossy().replace('\\', "/"));
        all.update([0]);
        all.update(Sha256::digest(bytes));
    }
    all.update(worker);
    all.finalize().iter().take(8).fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

fn filled(text: &str, mark: &str, value: &str) -> Result<String, Failure> {
    let (before, behind) = (text.split_once(mark))
        .ok_or_else(|| Failure(format!("{} has no {mark} in it.", WORKER[0])))?;
    Ok([before, value, behind].concat())
}

/// The mark in the middle of a square of paper, as PNG.
fn icon(mark: &str, side: u32, share: f64) -> Result<Vec<u8>, Failure> {
    let (_, [width, height]) = MARK;
    let scale = f64::from(side) * share / width;
    let [x, y] = [width, height].map(|length| (f64::from(side) - length * scale) / 2.0);
    let [width, height] = [width, height].map(|length| length * scale);
    let place = format!("<svg x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"");
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{side}\" height=\"{side}\">\
         <rect width=\"{side}\" height=\"{side}\" fill=\"{PAPER}\"/>{}</svg>",
        mark.replacen("<svg", &place, 1)
    );
    figure::png(&svg, 1.0).map_err(Failure)
}

fn missing(name: &str) -> Failure {
    Failure(format!("{name} is missing, or is no text."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_of_all_names_and_all_bytes() {
        let files = |name: &str, text: &str| Files::from([(PathBuf::from(name), text.into())]);
        let one = version(&files("a", "b"), "");
        assert_eq!(one, version(&files("a", "b"), ""));
        assert_eq!(one.len(), 16);
        for other in [(files("b", "b"), ""), (files("a", "c"), ""), (files("a", "b"), "w")] {
            assert_ne!(one, version(&other.0, other.1));
        }
    }

    #[test]
    fn an_icon_is_a_square_of_paper_with_the_mark_in_its_middle() {
        let mark = include_str!("../../www/mark.svg");
        let png = icon(mark, 192, 0.8).unwrap();
        let mut reader = png::Decoder::new(std::io::Cursor::new(png)).read_info().unwrap();
        assert_eq!((reader.info().width, reader.info().height), (192, 192));
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut pixels).unwrap();
        let at = |x: usize, y: usize| &pixels[(y * 192 + x) * 4..][..4];
        assert_eq!(at(0, 0), [0xfb, 0xfa, 0xf6, 0xff]);
        // The red way through the ravine ends high up on its left.
        let reds = pixels.chunks(4).filter(|pixel| pixel[0] > 150 && pixel[1] < 60).count();
        let blacks = pixels.chunks(4).filter(|pixel| pixel[0] < 60).count();
        assert!(reds > 500 && blacks > 500, "{reds} red, {blacks} black");
    }
}
