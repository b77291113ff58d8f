//! Browsers outlive tests: starting one takes longer than most tests do. Each test gets a window of
//! its own, with no past and nothing stored, in a browser that waits for the next one.

use std::sync::{LazyLock, Mutex, Once, PoisonError};
use std::thread;

use serde_json::json;
use thirtyfour::WebDriver;
use tokio::runtime::{Builder, Runtime};

use super::chromium::{self, Driver};
use super::origin;

/// Where all talk with browsers happens, whichever thread a test is on.
pub static RUNTIME: LazyLock<Runtime> =
    LazyLock::new(|| Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap());

/// A browser with one window.
pub struct Browser {
    // Fields drop in this order: the session ends before its driver does.
    pub session: WebDriver,
    driver: Driver,
}

static IDLE: Mutex<Vec<Browser>> = Mutex::new(Vec::new());

impl Browser {
    /// One that waits, or else a new one.
    pub async fn take() -> Self {
        let idle = IDLE.lock().unwrap_or_else(PoisonError::into_inner).pop();
        if let Some(browser) = idle {
            return browser;
        }
        let (driver, session) = chromium::start().await;
        Self { session, driver }
    }

    /// Gives it a fresh window in place of those that it has, and lets it wait for another test.
    pub async fn put_back(self) {
        let session = &self.session;
        let old = session.windows().await.unwrap();
        let fresh = session.new_tab().await.unwrap();
        for window in old {
            session.switch_to_window(window).await.unwrap();
            session.close_window().await.unwrap();
        }
        session.switch_to_window(fresh).await.unwrap();
        let stored = json!({ "origin": origin(), "storageTypes": "all" });
        session.cdp().send_raw("Storage.clearDataForOrigin", stored).await.unwrap();
        session.cdp().send_raw("Browser.resetPermissions", json!({})).await.unwrap();
        // What the test before left in the logs is not the next one's.
        session.browser_log().await.unwrap();
        session.get_log("performance").await.unwrap();
        static ONCE: Once = Once::new();
        ONCE.call_once(quit_at_exit);
        IDLE.lock().unwrap_or_else(PoisonError::into_inner).push(self);
    }

    /// Ends it.
    pub async fn quit(self) {
        let Self { session, driver } = self;
        let _ = session.quit().await;
        drop(driver);
    }
}

/// The test runner tells nobody when the last test has ended: browsers that wait then are ended by
/// the process's own end.
fn quit_at_exit() {
    unsafe extern "C" {
        fn atexit(function: extern "C" fn()) -> i32;
    }
    extern "C" fn quit_idle() {
        // On another thread: what is local to this one is gone already.
        let quit = thread::spawn(|| {
            let idle = std::mem::take(&mut *IDLE.lock().unwrap_or_else(PoisonError::into_inner));
            RUNTIME.block_on(async {
                for browser in idle {
                    browser.quit().await;
                }
            });
        });
        let _ = quit.join();
    }
    // SAFETY: C's own function (ISO C 7.22.4.2), which takes a function without arguments.
    unsafe { atexit(quit_idle) };
}
