//! Finds a Chromium or Chrome with its driver, installs one where that is simple, and starts it.

use std::env;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::LazyLock;

use serde_json::json;
use thirtyfour::{CapabilitiesHelper, ChromiumLikeCapabilities, DesiredCapabilities, WebDriver};

/// The headless shell first: the same engine with nothing of a browser around it, and a third faster.
const BROWSERS: [&str; 6] = [
    "chromium-headless-shell",
    "chrome-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
];
const DRIVER: &str = "chromedriver";
const DRIVER_PACKAGE: &str = "chromium-driver";

/// A browser and the driver that speaks for it.
struct Tools {
    browser: PathBuf,
    driver: PathBuf,
}

static TOOLS: LazyLock<Result<Tools, String>> = LazyLock::new(|| {
    let missing = || {
        "These tests drive a real browser: install Chromium (or Chrome) and its ChromeDriver, on \
         Debian `apt-get install chromium chromium-driver`, or name them in the variables CHROME \
         and CHROMEDRIVER."
            .to_owned()
    };
    find().or_else(|| install().and_then(|()| find())).ok_or_else(missing)
});

fn find() -> Option<Tools> {
    let named = |variable| env::var_os(variable).map(PathBuf::from);
    let driver = named("CHROMEDRIVER").or_else(|| in_path(DRIVER))?;
    // A driver speaks for browsers of its own version only.
    let version = version(&driver);
    let fitting = || {
        let browsers = || BROWSERS.iter().filter_map(|name| in_path(name));
        browsers().find(|browser| self::version(browser) == version).or_else(|| browsers().next())
    };
    let browser = named("CHROME").or_else(fitting)?;
    Some(Tools { browser, driver })
}

/// The first number of its version: 156 of "Chromium 156.0.8078.108 built on Debian".
fn version(program: &Path) -> Option<u32> {
    let output = Command::new(program).arg("--version").stderr(Stdio::null()).output().ok()?;
    let output = String::from_utf8_lossy(&output.stdout);
    output.split_whitespace().find_map(|word| word.split('.').next()?.parse().ok())
}

fn in_path(name: &str) -> Option<PathBuf> {
    env::split_paths(&env::var_os("PATH")?)
        .map(|folder| folder.join(name))
        .find(|path| path.is_file())
}

/// Through apt, for root on Debian or Ubuntu; nobody else's machine is changed.
fn install() -> Option<()> {
    let is_root = Command::new("id").arg("-u").output().is_ok_and(|id| id.stdout == b"0\n");
    if !is_root || !Path::new("/etc/debian_version").exists() {
        return None;
    }
    eprintln!("Installing chromium and chromium-driver for the tests of the page.");
    let apt = |arguments: &[&str]| {
        let mut apt = Command::new("apt-get");
        apt.args(arguments).env("DEBIAN_FRONTEND", "noninteractive").stdin(Stdio::null());
        apt.status().is_ok_and(|status| status.success())
    };
    apt(&["update", "--quiet=2"]);
    // Ubuntu has no headless shell.
    let browser = ["chromium-headless-shell", "chromium"].into_iter();
    let mut installed =
        browser.map(|browser| apt(&["install", "--yes", "--quiet=2", browser, DRIVER_PACKAGE]));
    installed.any(|done| done).then_some(())
}

/// A running driver. It ends with this value.
pub struct Driver(Child);

impl Driver {
    /// The number of its process.
    #[allow(dead_code, reason = "asked by a test")]
    pub fn id(&self) -> u32 {
        self.0.id()
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Starts a browser with a profile of its own.
pub async fn start() -> (Driver, WebDriver) {
    let Tools { browser, driver } = TOOLS.as_ref().unwrap_or_else(|missing| panic!("{missing}"));
    let (driver, port) = start_driver(driver);
    let mut wishes = DesiredCapabilities::chrome();
    wishes.set_binary(&browser.to_string_lossy()).unwrap();
    for argument in [
        "--headless",
        "--no-sandbox",
        "--disable-dev-shm-usage",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--force-color-profile=srgb",
        "--window-size=1440,900",
    ] {
        wishes.add_arg(argument).unwrap();
    }
    let logs = json!({ "browser": "ALL", "performance": "ALL" });
    wishes.set("goog:loggingPrefs", logs).unwrap();
    let session = WebDriver::new(format!("http://127.0.0.1:{port}"), wishes).await;
    (driver, session.unwrap_or_else(|error| panic!("The browser did not start: {error}")))
}

/// Beside much other work a driver has been seen to end before it named a port: another one is started
/// then, at most so often.
const TRIES: usize = 5;

/// Starts a driver at a port that the system chooses.
fn start_driver(program: &Path) -> (Driver, u16) {
    (0..TRIES)
        .find_map(|_| try_driver(program))
        .unwrap_or_else(|| panic!("{} named no port.", program.display()))
}

fn try_driver(program: &Path) -> Option<(Driver, u16)> {
    let child = Command::new(program)
        .args(["--port=0", "--log-level=SEVERE"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn();
    let mut child = child.unwrap_or_else(|error| panic!("{}: {error}", program.display()));
    let output = BufReader::new(child.stdout.take().unwrap());
    let driver = Driver(child);
    // "ChromeDriver was started successfully on port 41235."
    let port = output.lines().map_while(Result::ok).find_map(|line| {
        line.split_once("successfully on port ")?.1.trim_end_matches('.').parse().ok()
    })?;
    Some((driver, port))
}
