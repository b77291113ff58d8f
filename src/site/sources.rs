//! The files that a site is made of, read.

use std::fs;
use std::path::{Path, PathBuf};

use super::{Failure, about};

/// The files below `folder`: their names below `name`, and where they are. Hidden ones are an
/// editor's or the system's.
pub(super) fn list(folder: &Path, name: &Path) -> Result<Vec<(PathBuf, PathBuf)>, Failure> {
    let mut files = Vec::new();
    let entries = fs::read_dir(folder).map_err(|error| about(folder, &error))?;
    for entry in entries {
        let entry = entry.map_err(|error| about(folder, &error))?;
        let (path, name) = (entry.path(), name.join(entry.file_name()));
        if entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        if path.is_dir() {
            files.extend(list(&path, &name)?);
        } else {
            files.push((name, path));
        }
    }
    Ok(files)
}

pub(super) fn contents(file: &Path) -> Result<Vec<u8>, Failure> {
    fs::read(file).map_err(|error| about(file, &error))
}
