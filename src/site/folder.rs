//! The folder that a site is written to. A build touches only what a build made:
//!
//! - it leaves a list of its files there, [`LIST`], each with a digest of what it wrote;
//! - it removes a file only when the list has it and it is still what was written;
//! - it writes over no file that is not on the list;
//! - it follows no link: where one stands in its way, it stops before it has changed anything.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Component, Path, PathBuf};

use super::{Failure, about};

/// The name of the list within the folder.
const LIST: &str = ".ravine-files";

/// Where a file is written before it takes its name, so that it is there whole or not at all.
const PART: &str = ".ravine-part";

const HEAD: &str = "# What `ravine build` wrote here. It removes and replaces no other files.\n";

/// A folder that may hold a site: a new one, an empty one, or one with an earlier site in it.
#[derive(Debug)]
pub(super) struct Folder<'a> {
    root: &'a Path,
    /// What earlier builds wrote, and its digest. Where a build did not end, a name may stand here
    /// twice. None in a site of a version that kept no list: what has a name of the site's is taken
    /// for the site's, and nothing is removed.
    made: Option<Vec<(PathBuf, u64)>>,
}

/// What is found under a name.
enum Found {
    Nothing,
    File(Vec<u8>),
    /// A folder, or a device, or a name below a file.
    Other,
}

impl<'a> Folder<'a> {
    /// The folder, with what its list says.
    ///
    /// # Errors
    /// When it is a link, holds files that are not a site, or its list cannot be read.
    pub fn open(root: &'a Path) -> Result<Self, Failure> {
        let folder = Self { root, made: Some(vec![]) };
        // Without a separator at its end, which would lead through a link.
        let itself: PathBuf = root.components().collect();
        match fs::symlink_metadata(&itself) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(folder),
            Err(error) => return Err(about(root, &error)),
            Ok(found) if found.is_symlink() => return Err(is_link(&itself)),
            Ok(found) if found.is_dir() => {}
            Ok(_) => return Err(Failure(format!("{} is not a folder.", root.display()))),
        }
        if let Found::File(list) = folder.find(Path::new(LIST))? {
            let made = read_list(&list).map_err(|line| {
                Failure(format!(
                    "{}, line {line}: this is no list that a build wrote. Without the list, no \
                     file that is there is removed.",
                    root.join(LIST).display()
                ))
            })?;
            return Ok(Self { made: Some(made), ..folder });
        }
        let mut entries = fs::read_dir(root).map_err(|error| about(root, &error))?;
        if entries.next().is_none() {
            return Ok(folder);
        }
        for name in ["index.html", "core/ravine_bg.wasm"] {
            if !matches!(folder.find(Path::new(name))?, Found::File(_)) {
                return Err(Failure(format!(
                    "{} holds files that are not a site of Ravine's. Name an empty or a new folder.",
                    root.display()
                )));
            }
        }
        Ok(Self { made: None, ..folder })
    }

    /// Writes those files that differ from what is there, and removes those that earlier builds
    /// wrote and this one did not. Tells whether there was anything to do.
    ///
    /// # Errors
    /// Before anything is changed: when a link or somebody's own file is in the way. Later: those
    /// of the system.
    pub fn update(&self, files: &BTreeMap<PathBuf, Vec<u8>>) -> Result<bool, Failure> {
        let made = || self.made.iter().flatten();
        let mut new = vec![];
        for (name, content) in files {
            let is_ours = || made().any(|(made, _)| made == name) || self.made.is_none();
            match self.find(name)? {
                Found::File(present) if present == *content => {}
                Found::File(_) if is_ours() => new.push((name, content)),
                Found::Nothing => new.push((name, content)),
                Found::File(_) | Found::Other => {
                    return Err(Failure(format!(
                        "{} is not a file that a build wrote, and the site has one of that name. \
                         Move it away, or name another folder.",
                        self.root.join(name).display()
                    )));
                }
            }
        }
        let mut stale = vec![];
        for (name, written) in made().filter(|(name, _)| !files.contains_key(name)) {
            if matches!(self.find(name)?, Found::File(present) if digest(&present) == *written) {
                stale.push(name);
            }
        }

        let done = files.iter().map(|(name, content)| (name.as_path(), digest(content)));
        let has_work = !(new.is_empty() && stale.is_empty());
        if has_work {
            // If this build is interrupted, the next one knows what either of them wrote.
            let before = made().map(|(name, written)| (name.as_path(), *written));
            self.write(Path::new(LIST), list_of(before.chain(done.clone())).as_bytes())?;
        }
        for (name, content) in new {
            self.write(name, content)?;
        }
        for name in stale {
            self.remove(name)?;
        }
        let list = list_of(done);
        if !matches!(self.find(Path::new(LIST))?, Found::File(old) if old == list.as_bytes()) {
            self.write(Path::new(LIST), list.as_bytes())?;
        }
        Ok(has_work)
    }

    /// What stands under a name of the folder, reached without following a link.
    fn find(&self, name: &Path) -> Result<Found, Failure> {
        let mut place = self.root.to_path_buf();
        let mut parts = name.components().peekable();
        while let Some(part) = parts.next() {
            place.push(part);
            let found = match fs::symlink_metadata(&place) {
                Ok(found) => found,
                Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Found::Nothing),
                Err(error) => return Err(about(&place, &error)),
            };
            if found.is_symlink() {
                return Err(is_link(&place));
            }
            match parts.peek() {
                Some(_) if found.is_dir() => {}
                None if found.is_file() => {
                    return fs::read(&place)
                        .map(Found::File)
                        .map_err(|error| about(&place, &error));
                }
                _ => return Ok(Found::Other),
            }
        }
        Ok(Found::Other)
    }

    /// Puts a file in its place. What was there is not written into: another name may share it.
    fn write(&self, name: &Path, content: &[u8]) -> Result<(), Failure> {
        let (part, place) = (self.root.join(PART), self.root.join(name));
        let parent = place.parent().unwrap_or(self.root);
        fs::create_dir_all(parent).map_err(|error| about(parent, &error))?;
        // One may be left of a build that was interrupted.
        if matches!(self.find(Path::new(PART))?, Found::File(_)) {
            fs::remove_file(&part).map_err(|error| about(&part, &error))?;
        }
        let written = File::create_new(&part).and_then(|mut file| file.write_all(content));
        written.and_then(|()| fs::rename(&part, &place)).map_err(|error| about(&place, &error))
    }

    /// Removes a file, and the folders that are empty without it.
    fn remove(&self, name: &Path) -> Result<(), Failure> {
        let place = self.root.join(name);
        fs::remove_file(&place).map_err(|error| about(&place, &error))?;
        for parent in name.ancestors().skip(1).filter(|parent| !parent.as_os_str().is_empty()) {
            // One that is not empty stays.
            if fs::remove_dir(self.root.join(parent)).is_err() {
                break;
            }
        }
        Ok(())
    }
}

fn is_link(place: &Path) -> Failure {
    Failure(format!(
        "{} is a link, and the site is not written through links. Name the folder itself, or put a \
         folder or file in the link's place.",
        place.display()
    ))
}

/// The text of a list: a line for each file, its digest before its name.
fn list_of<'a>(files: impl Iterator<Item = (&'a Path, u64)>) -> String {
    let mut list = HEAD.to_owned();
    for (name, digest) in files {
        let parts: Vec<_> = name.iter().map(|part| part.to_string_lossy()).collect();
        let _ = writeln!(list, "{digest:016x}  {}", parts.join("/"));
    }
    list
}

/// The entries of a list, or the number of the first line that is none: a name must lead to a
/// place within the folder.
fn read_list(bytes: &[u8]) -> Result<Vec<(PathBuf, u64)>, usize> {
    let entry = |line: &str| {
        let (digest, name) = line.split_once("  ")?;
        let name = PathBuf::from(name);
        let is_within = name.components().all(|part| matches!(part, Component::Normal(_)));
        let is_named = name.file_name().is_some();
        (is_within && is_named).then_some((name, u64::from_str_radix(digest, 16).ok()?))
    };
    let text = String::from_utf8_lossy(bytes);
    let lines = text.lines().enumerate().filter(|(_, line)| !line.starts_with('#'));
    lines.map(|(at, line)| entry(line).ok_or(at + 1)).collect()
}

/// FNV-1a (Fowler, Noll and Vo): it tells a file that was edited, not one that was forged.
fn digest(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests;
