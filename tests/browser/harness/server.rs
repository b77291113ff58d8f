//! The site that the tests open.

use std::path::Path;
use std::sync::LazyLock;
use std::thread;

use ravine::cli;
use ravine::site::{self, Core};

static ORIGIN: LazyLock<String> = LazyLock::new(|| {
    // What is measured is the published core with hooks; tests take the one that compiles sooner.
    let is_measured = env!("CARGO_CRATE_NAME") == "speed";
    let core = if is_measured { Core::Measured } else { Core::Tested };
    let site = site::build(Some(folder()), core, &cli::reference())
        .unwrap_or_else(|failure| panic!("{failure}"));
    let listener = site::bind(0).unwrap();
    let origin = format!("http://{}/", listener.local_addr().unwrap());
    thread::spawn(move || site::serve(listener, site::app(&site.folder, None)).unwrap());
    origin
});

/// Where the tests' own site is built.
pub fn folder() -> &'static Path {
    Path::new(concat!(env!("CARGO_TARGET_TMPDIR"), "/site"))
}

/// The address of the page, built and served for all tests of this process.
pub fn origin() -> &'static str {
    &ORIGIN
}
