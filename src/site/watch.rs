//! Builds the site anew whenever one of its sources is saved.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use notify::event::{EventKind, ModifyKind};
use notify::{Event, RecursiveMode, Watcher};
use tokio::sync::watch;

use super::{Core, Failure, Reload, build};
use crate::export::reference::Document;

/// An editor may write a file in several strokes: they are over after this long.
const CALM: Duration = Duration::from_millis(80);

/// Watches the sources from a thread of its own. A build that fails says why on standard error,
/// and the last good site stays. The reference is that of this program: what a new declaration
/// adds to it is there once the program is built anew.
///
/// # Errors
/// When the system cannot watch files.
pub fn watch(root: &Path, reference: Document) -> Result<Reload, Failure> {
    let refused = |error| Failure(format!("The sources cannot be watched: {error}."));
    let (saved, saves) = mpsc::channel();
    let mut watcher = notify::recommended_watcher(move |event| {
        if let Ok(event) = event {
            let _ = saved.send(event);
        }
    })
    .map_err(refused)?;
    // The folder and not its files: editors put a new file in the old one's place.
    watcher.watch(root, RecursiveMode::NonRecursive).map_err(refused)?;
    for folder in ["src", "www"] {
        watcher.watch(&root.join(folder), RecursiveMode::Recursive).map_err(refused)?;
    }
    let (announce, reload) = watch::channel(0);
    let root = root.to_path_buf();
    thread::spawn(move || {
        let _watcher = watcher;
        while wait_for_a_save(&saves, &root) {
            match build(None, Core::Published, &reference) {
                Ok(site) if site.changed => {
                    eprintln!("The page is up to date again.");
                    announce.send_modify(|builds| *builds += 1);
                }
                Ok(_) => {}
                Err(failure) => eprintln!("{failure} The last good page is still served."),
            }
        }
    });
    Ok(reload)
}

/// Waits until a source was saved and the disk has come to rest; false when nobody watches.
fn wait_for_a_save(saves: &Receiver<Event>, root: &Path) -> bool {
    loop {
        let Ok(event) = saves.recv() else { return false };
        if is_save(&event, root) {
            break;
        }
    }
    loop {
        match saves.recv_timeout(CALM) {
            Ok(_) => {}
            Err(RecvTimeoutError::Timeout) => return true,
            Err(RecvTimeoutError::Disconnected) => return false,
        }
    }
}

/// Whether a file that the site is made of was written. Reading one, as the build does, is none,
/// and neither is what happens in `target/`.
fn is_save(event: &Event, root: &Path) -> bool {
    let written = match event.kind {
        EventKind::Create(_) | EventKind::Remove(_) => true,
        EventKind::Modify(kind) => !matches!(kind, ModifyKind::Metadata(_)),
        _ => false,
    };
    let top = ["index.html", "Cargo.toml"].map(|name| root.join(name));
    let of_the_site = |path: &PathBuf| path.parent() != Some(root) || top.contains(path);
    written && event.paths.iter().any(of_the_site)
}
