//! A real browser for tests: [`browse`] builds and serves the site with the code that `cargo run`
//! builds and serves it with, and opens it in a fresh window of Chromium.
//!
//! ```ignore
//! #[test]
//! fn the_page_says_where_it_is() {
//!     browse("surface=bowl", async |page| {
//!         assert_eq!(page.eval::<String>("location.hash").await, "#surface=bowl");
//!     });
//! }
//! ```

mod chromium;
mod hand;
mod page;
mod pool;
mod server;
mod state;

#[allow(unused_imports, reason = "not every user of this module uses all of it")]
pub use {
    page::{Page, Screen},
    server::{folder, origin},
    state::PIXELS_OF,
};

use pool::RUNTIME;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{PoisonError, RwLock};

/// Tests run side by side; those that measure time wait until they are alone.
static TURN: RwLock<()> = RwLock::new(());

/// Opens the page at a link, ready to be used, for `test`. At its end the page must have asked no
/// other host for anything and have put no error and no warning on the console. When the test
/// fails, its last picture is in `target/tmp/`.
pub fn browse(link: &str, test: impl AsyncFnOnce(&Page)) {
    let _turn = TURN.read().unwrap_or_else(PoisonError::into_inner);
    run(link, test);
}

/// As [`browse`], while no other test uses a browser: for what measures time.
pub fn browse_alone(link: &str, test: impl AsyncFnOnce(&Page)) {
    let _turn = TURN.write().unwrap_or_else(PoisonError::into_inner);
    run(link, test);
}

fn run(link: &str, test: impl AsyncFnOnce(&Page)) {
    let page = RUNTIME.block_on(Page::start());
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        RUNTIME.block_on(async {
            page.open(link).await;
            test(&page).await;
            page.assert_peace().await;
        });
    }));
    let Err(panic) = outcome else { return RUNTIME.block_on(page.put_back()) };
    RUNTIME.block_on(async {
        page.keep_evidence().await;
        page.quit().await;
    });
    resume_unwind(panic);
}
