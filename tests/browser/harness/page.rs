//! The page, as a test sees it.

use std::cell::RefCell;
use std::fs;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use thirtyfour::{WebDriver, WindowHandle};

use super::origin;
use super::pool::Browser;

/// How long a test waits for what must come.
const PATIENCE: Duration = Duration::from_secs(30);

/// An open page. Positions are in CSS pixels from the window's left upper corner.
pub struct Page {
    pub(super) browser: WebDriver,
    owner: Browser,
    console: RefCell<Vec<String>>,
    expected: RefCell<Vec<String>>,
    requests: RefCell<Vec<String>>,
    /// What starts the addresses that a test opens beside the page's own.
    places: RefCell<Vec<String>>,
}

/// What the page is shown on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Screen {
    /// In CSS pixels.
    pub width: u32,
    /// In CSS pixels.
    pub height: u32,
    /// Device pixels for each CSS pixel.
    pub ratio: f64,
    /// Whether it is a phone: touched, with no mouse.
    pub phone: bool,
}

impl Screen {
    /// A laptop.
    pub const DESKTOP: Self = Self { width: 1440, height: 900, ratio: 1.0, phone: false };
    /// A projector in a lecture hall.
    pub const PROJECTOR: Self = Self { width: 1280, height: 720, ratio: 1.0, phone: false };
    /// A phone held upright.
    pub const PHONE: Self = Self { width: 390, height: 844, ratio: 3.0, phone: true };
}

impl Page {
    /// A fresh window, with an empty page.
    pub(super) async fn start() -> Self {
        let address = origin();
        assert!(address.starts_with("http://127.0.0.1:"));
        let owner = Browser::take().await;
        let page = Self {
            browser: owner.session.clone(),
            owner,
            console: RefCell::default(),
            expected: RefCell::default(),
            requests: RefCell::default(),
            places: RefCell::default(),
        };
        // The moment at which the page says that it can be used, in ms from the click on its link.
        let watch = "new MutationObserver((_, observer) => {
            if (document.documentElement.dataset.ready !== 'yes') return;
            observer.disconnect();
            window.readyAt = performance.now();
        }).observe(document, { attributes: true, subtree: true, attributeFilter: ['data-ready'] });";
        page.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": watch })).await;
        // Each test loads the page as for the first time: nothing keeps it for the next.
        let first = format!(
            "if (location.href.startsWith('{address}')) delete Navigator.prototype.serviceWorker;"
        );
        page.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": first })).await;
        page.screen(Screen::DESKTOP).await;
        page
    }

    /// Opens the page of another server or of a file, and waits until it can be used. `place` is what
    /// all starts with that it may ask for; `behind` stands behind that in the address.
    pub async fn open_elsewhere(&self, place: &str, behind: &str) {
        self.places.borrow_mut().push(place.to_owned());
        self.browser.goto("about:blank").await.unwrap();
        self.browser.goto(format!("{place}{behind}")).await.unwrap();
        self.wait_until_ready().await;
    }

    /// Loads the page anew, at a link, and waits until it can be used.
    pub async fn open(&self, link: &str) {
        self.open_at(&if link.is_empty() { String::new() } else { format!("#{link}") }).await;
    }

    /// The same at an address, given by what stands in it behind the folder.
    pub async fn open_at(&self, behind: &str) {
        // From one fragment to another a browser would not load anything.
        self.browser.goto("about:blank").await.unwrap();
        self.browser.goto(format!("{}{behind}", origin())).await.unwrap();
        self.wait_until_ready().await;
    }

    /// Shows the page in a sandboxed frame that has no origin of its own, and goes into it.
    pub async fn frame_without_origin(&self, link: &str) {
        self.frame_of("src", &format!("{}#{link}", origin())).await;
    }

    /// The same of another address (`src`), or of a text (`srcdoc`).
    pub async fn frame_of(&self, kind: &str, what: &str) {
        // The page itself frames nobody.
        self.devtools("Page.setBypassCSP", json!({ "enabled": true })).await;
        self.open("").await;
        self.call::<()>(
            "const frame = document.createElement('iframe');
             frame.setAttribute('sandbox', 'allow-scripts');
             frame.width = 1200;
             frame.height = 800;
             frame[arguments[0]] = arguments[1];
             document.body.append(frame);
             await new Promise((done) => frame.addEventListener('load', done));",
            json!([kind, what]),
        )
        .await;
        self.devtools("Page.setBypassCSP", json!({ "enabled": false })).await;
        self.browser.enter_frame(0).await.unwrap();
    }

    /// Back to the page that has the frame.
    pub async fn leave_frame(&self) {
        self.browser.enter_default_frame().await.unwrap();
    }

    /// Goes to a link within the page that is open, as one who types over the address: several
    /// times faster than [`Page::open`], for tests that are not about loading.
    pub async fn turn_to(&self, link: &str) {
        self.call::<()>(
            "const [link] = arguments;
             if (location.hash.slice(1) !== link) {
                 const arrived = new Promise((done) => addEventListener('popstate', done, { once: true }));
                 location.hash = link;
                 await arrived;
             }",
            json!([link]),
        )
        .await;
        self.painted().await;
    }

    /// The browser's reload button.
    pub async fn reload(&self) {
        self.browser.refresh().await.unwrap();
        self.wait_until_ready().await;
    }

    /// The browser's Back button.
    pub async fn back(&self) {
        self.browser.back().await.unwrap();
    }

    /// The browser's Forward button.
    pub async fn forward(&self) {
        self.browser.forward().await.unwrap();
    }

    /// The windows that there are, this one first.
    pub async fn windows(&self) -> Vec<WindowHandle> {
        let here = self.browser.window().await.ok();
        let mut windows = self.browser.windows().await.unwrap();
        windows.sort_by_key(|window| Some(window) != here.as_ref());
        windows
    }

    /// Goes to another window: all else is asked there from now on.
    pub async fn go_to(&self, window: &WindowHandle) {
        self.browser.switch_to_window(window.clone()).await.unwrap();
    }

    /// Closes this window.
    pub async fn close(&self) {
        self.browser.close_window().await.unwrap();
    }

    /// Waits until the window that is gone to can be used.
    pub async fn wait_until_ready(&self) {
        self.wait_for("document.documentElement.dataset.ready === 'yes'").await;
        // What comes after the first picture is there, too.
        self.wait_for("document.documentElement.dataset.whole === 'yes'").await;
    }

    /// How long the page took until it could be used, from the click on its link.
    pub async fn ready_time(&self) -> Duration {
        Duration::from_secs_f64(self.eval::<f64>("readyAt").await / 1e3)
    }

    /// The value of a JavaScript expression. It may `await`.
    pub async fn eval<T: DeserializeOwned>(&self, expression: &str) -> T {
        self.call(&format!("return ({expression});"), json!([])).await
    }

    /// Runs the body of an async JavaScript function with `arguments`, and returns its result.
    pub async fn call<T: DeserializeOwned>(&self, body: &str, arguments: Value) -> T {
        let Value::Array(arguments) = arguments else { panic!("{arguments} is no array") };
        let script = format!("return (async function () {{ {body} }}).apply(null, arguments);");
        let result = self.browser.execute(script, arguments).await;
        let result = result.unwrap_or_else(|error| panic!("{body}\n{error}"));
        result.convert().unwrap_or_else(|error| panic!("{body}\n{error}"))
    }

    /// Waits until a JavaScript condition holds.
    pub async fn wait_for(&self, condition: &str) {
        let start = Instant::now();
        while !self.eval::<bool>(&format!("Boolean({condition})")).await {
            assert!(start.elapsed() < PATIENCE, "This never came true: {condition}");
            thread::sleep(Duration::from_millis(10));
        }
    }

    /// Waits until the browser has painted twice and no colour is under way to another any more:
    /// what was asked for can be seen.
    pub async fn painted(&self) {
        let frame = "await new Promise((done) => requestAnimationFrame(done));";
        let transitions = "await Promise.allSettled(document.getAnimations()
            .filter((animation) => animation instanceof CSSTransition).map(({ finished }) => finished));";
        self.call::<()>(&format!("{frame} {frame} {transitions}"), json!([])).await;
    }

    /// Waits until the page rests, its clock standing: all that is computed for what it shows, by
    /// itself or by its worker, is there and painted.
    pub async fn rests(&self) {
        self.wait_for("ravine.lab.job() === '' && !ravine.lab.tick(0)").await;
        self.painted().await;
    }

    /// A command of the Chrome DevTools protocol.
    pub async fn devtools(&self, method: &str, parameters: Value) -> Value {
        let answer = self.browser.cdp().send_raw(method, parameters).await;
        answer.unwrap_or_else(|error| panic!("{method}: {error}"))
    }

    /// Shows the page on another screen.
    pub async fn screen(&self, screen: Screen) {
        let Screen { width, height, ratio, phone } = screen;
        let metrics = json!({
            "width": width, "height": height, "deviceScaleFactor": ratio, "mobile": phone,
        });
        self.devtools("Emulation.setDeviceMetricsOverride", metrics).await;
        let touch = json!({ "enabled": phone, "maxTouchPoints": if phone { 5 } else { 1 } });
        self.devtools("Emulation.setTouchEmulationEnabled", touch).await;
    }

    /// What the user asked of the system, by media feature, such as
    /// `[("prefers-color-scheme", "dark"), ("prefers-reduced-motion", "reduce")]`.
    pub async fn prefer(&self, features: &[(&str, &str)]) {
        let features: Vec<Value> =
            features.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect();
        self.devtools("Emulation.setEmulatedMedia", json!({ "features": features })).await;
    }

    /// Slows the processor down to one part in `rate`.
    pub async fn slow_down(&self, rate: f64) {
        self.devtools("Emulation.setCPUThrottlingRate", json!({ "rate": rate })).await;
    }

    /// The middle of the element that a CSS selector finds first, brought into sight.
    pub async fn middle(&self, selector: &str) -> [f64; 2] {
        let [left, top, width, height] = self.rectangle(selector).await;
        [left + width / 2.0, top + height / 2.0]
    }

    /// Left, top, width and height of the element that a CSS selector finds first, brought into
    /// sight.
    pub async fn rectangle(&self, selector: &str) -> [f64; 4] {
        let rectangle: Option<[f64; 4]> = self
            .call(
                "const element = document.querySelector(arguments[0]);
                 if (!element) return null;
                 element.scrollIntoView({ block: 'nearest', behavior: 'instant' });
                 const { left, top, width, height } = element.getBoundingClientRect();
                 return [left, top, width, height];",
                json!([selector]),
            )
            .await;
        rectangle.unwrap_or_else(|| panic!("There is no {selector} on the page."))
    }

    /// The text of the element that a CSS selector finds first.
    pub async fn text(&self, selector: &str) -> String {
        self.call("return document.querySelector(arguments[0]).textContent;", json!([selector]))
            .await
    }

    /// The link in the page's address, without its `#`.
    pub async fn link(&self) -> String {
        self.eval("location.hash.slice(1)").await
    }

    /// The window as a PNG.
    pub async fn screenshot(&self) -> Vec<u8> {
        self.browser.screenshot_as_png().await.unwrap()
    }

    /// Every address that the page asked for since the test began.
    pub async fn requests(&self) -> Vec<String> {
        for entry in self.browser.get_log("performance").await.unwrap() {
            let entry: Value = serde_json::from_str(&entry.message).unwrap();
            if entry["message"]["method"] == "Network.requestWillBeSent" {
                let address = &entry["message"]["params"]["request"]["url"];
                self.requests.borrow_mut().push(address.as_str().unwrap_or_default().to_owned());
            }
        }
        self.requests.borrow().clone()
    }

    /// The errors and warnings on the console so far; what the security policy refused is among
    /// them.
    pub async fn complaints(&self) -> Vec<String> {
        for entry in self.browser.browser_log().await.unwrap() {
            if matches!(entry.level.as_str(), "SEVERE" | "WARNING") {
                self.console.borrow_mut().push(entry.message);
            }
        }
        self.console.borrow().clone()
    }

    /// Says that complaints with these words in them are what the test provokes.
    pub fn expect_complaint(&self, words: &str) {
        self.expected.borrow_mut().push(words.to_owned());
    }

    /// What holds at the end of every test.
    pub(super) async fn assert_peace(&self) {
        let mut complaints = self.complaints().await;
        let is_expected = |complaint: &String| {
            self.expected.borrow().iter().any(|words| complaint.contains(words))
        };
        complaints.retain(|complaint| !is_expected(complaint));
        assert!(complaints.is_empty(), "The console says: {complaints:#?}");
        let mut strangers = self.requests().await;
        let places = self.places.borrow();
        let mut own = ["data:", "blob:", "about:", origin()].to_vec();
        own.extend(places.iter().map(String::as_str));
        let is_own = |address: &String| own.iter().any(|own| address.starts_with(own));
        strangers.retain(|address| !is_own(address));
        assert!(strangers.is_empty(), "The page talks to others: {strangers:#?}");
    }

    /// Leaves a picture of the page and its console to whoever looks into a failure.
    pub(super) async fn keep_evidence(&self) {
        let name = thread::current().name().unwrap_or("page").replace("::", "-");
        let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name).with_extension("png");
        if let Ok(picture) = self.browser.screenshot_as_png().await
            && fs::write(&file, picture).is_ok()
        {
            eprintln!("What the page looked like: {}", file.display());
        }
        if let Ok(log) = self.browser.browser_log().await {
            let log = log.into_iter().map(|entry| entry.message);
            for line in self.console.borrow().iter().cloned().chain(log) {
                eprintln!("Its console: {line}");
            }
        }
    }

    /// Leaves the browser to the next test.
    pub(super) async fn put_back(self) {
        self.owner.put_back().await;
    }

    pub(super) async fn quit(self) {
        self.owner.quit().await;
    }
}
