//! The site that the tests open.

use std::path::Path;
use std::sync::LazyLock;
use std::thread;

use axum::http::HeaderValue;
use axum::http::header::CACHE_CONTROL;
use ravine::cli;
use ravine::site::{self, Core};
use tower_http::set_header::SetResponseHeaderLayer;

static ORIGIN: LazyLock<String> = LazyLock::new(|| {
    let core = if cfg!(test) { Core::Tested } else { Core::Measured };
    let site = site::build(Some(folder()), core, &cli::reference())
        .unwrap_or_else(|failure| panic!("{failure}"));
    let listener = site::bind(0).unwrap();
    let origin = format!("http://{}/", listener.local_addr().unwrap());
    // As most web hosts have it: the hundreds of loads of a test run, and what the browser compiles
    // for them, would otherwise be most of its work.
    let kept = HeaderValue::from_static("max-age=3600");
    let app = site::app(&site.folder, None)
        .layer(SetResponseHeaderLayer::overriding(CACHE_CONTROL, kept));
    thread::spawn(move || site::serve(listener, app).unwrap());
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
