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
        // Debian starts the headless shell by a script: a driver ends that, and not the browser.
        let _ = session.cdp().send_raw("Browser.close", json!({})).await;
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

#[cfg(target_os = "linux")]
#[test]
fn a_browser_that_is_ended_leaves_no_process() {
    /// The processes that this one has begun, and those that they have.
    fn begun_by(process: u32) -> Vec<u32> {
        let all = std::fs::read_dir("/proc").unwrap().flatten();
        let all = all.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
        let children = all.filter(|&child: &u32| {
            // Behind the name, which may hold anything, are its state and who began it.
            let told = std::fs::read_to_string(format!("/proc/{child}/stat")).unwrap_or_default();
            let parent = told.rsplit(')').next().and_then(|rest| rest.split_whitespace().nth(1));
            parent.is_some_and(|parent| parent == process.to_string())
        });
        children.flat_map(|child| [vec![child], begun_by(child)].concat()).collect()
    }
    let lives = |process: &u32| {
        std::fs::read_to_string(format!("/proc/{process}/status"))
            .is_ok_and(|told| !told.contains("(zombie)"))
    };
    RUNTIME.block_on(async {
        let (driver, session) = chromium::start().await;
        let all = begun_by(driver.id());
        assert!(all.len() > 2 && all.iter().all(lives), "{all:?}");
        Browser { session, driver }.quit().await;
        for _ in 0..100 {
            if !all.iter().any(lives) {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
        let left: Vec<_> = all.into_iter().filter(lives).collect();
        panic!("{left:?} are still there");
    });
}
