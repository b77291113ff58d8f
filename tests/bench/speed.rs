//! `cargo bench`: how long the work behind a slider takes, natively and in the browser's wasm.
//! Medians; a goal is for wasm, and nothing fails when one is missed.

#[allow(dead_code, reason = "the tests and the benchmark use different parts of it")]
#[path = "../browser/harness/mod.rs"]
mod harness;

use std::hint::black_box;
use std::time::Instant;

use harness::{Page, browse_alone};
use ravine::lab::Lab;
use ravine::view::Field;
use serde_json::json;

const RUNS: &str = "surface=rosenbrock&runs=gd,momentum,adam&steps=5000";
/// Two starts in turn, so that no path can be kept from the call before.
const STARTS: [&str; 2] = ["-1.2,1", "-1.25,1"];

const TYPED: &str = "f=(x^2+y-11)^2+(x+y^2-7)^2+3sin(2x)*cos(y)";
const COLUMNS: u32 = 400;
const ROWS: u32 = 300;

/// How often a workload is measured, and how often it is done in each measurement: a browser's
/// clock ticks in tenths of milliseconds.
const SAMPLES: usize = 31;
const ROUNDS: usize = 10;

/// How long the opening scene plays while its frames are timed.
const SCENE_MS: f64 = 4000.0;

fn main() {
    let native = [recompute(), sample()];
    browse_alone("", async |page| {
        let wasm = [recompute_in(page).await, sample_in(page).await];
        let frame = scene(page).await;
        println!("\n{:<46}{:>10}{:>10}{:>10}", "", "native", "wasm", "goal");
        let works =
            ["3 runs of 5,000 steps on Rosenbrock, ms", "400 × 300 field of a typed formula, ms"];
        for ((work, native), wasm) in works.iter().zip(native).zip(wasm) {
            println!("{work:<46}{native:>10.2}{wasm:>10.2}{:>10}", "≤ 2");
        }
        let Scene { script, frames } = frame;
        println!(
            "{:<46}{:>10}{script:>10.2}{:>10}",
            "script in a frame of the opening scene, ms", "–", "≤ 4"
        );
        println!(
            "{:<46}{:>10}{frames:>10.1}{:>10}",
            "its frames in a second, at 1440 × 900", "–", "60"
        );
    });
}

fn recompute() -> f64 {
    let mut lab = Lab::new(RUNS);
    let mut starts = STARTS.iter().cycle();
    median_ms(|| {
        lab.set("start", starts.next().unwrap()).unwrap();
        black_box(lab.paths());
    })
}

async fn recompute_in(page: &Page) -> f64 {
    let body = "lab.set('start', starts[round % 2]);";
    median_ms_in(page, RUNS, body).await
}

fn sample() -> f64 {
    let lab = Lab::new(TYPED);
    let window = lab.experiment().window;
    median_ms(|| {
        let grid = |xs: &[f64], ys: &[f64], out: &mut [f64]| lab.objective().grid(xs, ys, out);
        black_box(Field::sample(window, COLUMNS as usize, ROWS as usize, grid).lowest());
    })
}

async fn sample_in(page: &Page) -> f64 {
    let body = format!("lab.sample({COLUMNS}, {ROWS});");
    median_ms_in(page, TYPED, &body).await
}

/// The median time of `work` in milliseconds.
fn median_ms(mut work: impl FnMut()) -> f64 {
    let samples = (0..SAMPLES).map(|_| {
        let start = Instant::now();
        for _ in 0..ROUNDS {
            work();
        }
        start.elapsed().as_secs_f64() * 1e3 / ROUNDS as f64
    });
    median(samples.collect())
}

/// The median time in milliseconds of JavaScript that has a `lab` at `link`, the `starts` and the
/// number of the `round`.
async fn median_ms_in(page: &Page, link: &str, body: &str) -> f64 {
    let script = format!(
        "const [link, starts, samples, rounds] = arguments;
         const {{ Lab }} = await import(new URL('core/ravine.js', document.baseURI));
         const lab = new Lab(link);
         if (lab.faults() !== '[]') throw new Error(lab.faults());
         const times = [];
         for (let sample = 0; sample < samples; sample++) {{
             const start = performance.now();
             for (let round = 0; round < rounds; round++) {{ {body} }}
             times.push((performance.now() - start) / rounds);
         }}
         lab.free();
         return times;"
    );
    median(page.call(&script, json!([link, STARTS, SAMPLES, ROUNDS])).await)
}

/// What the opening scene asks of the browser.
struct Scene {
    /// The median time of the page's own script in a frame, in milliseconds.
    script: f64,
    /// Frames in a second.
    frames: f64,
}

/// Plays the opening scene and times each callback of an animation frame.
async fn scene(page: &Page) -> Scene {
    let clock = "const request = requestAnimationFrame.bind(window);
        window.frameTimes = [];
        window.requestAnimationFrame = (callback) => request((now) => {
            const start = performance.now();
            callback(now);
            frameTimes.push([now, performance.now() - start]);
        });";
    let parameters = json!({ "source": clock });
    page.devtools("Page.addScriptToEvaluateOnNewDocument", parameters).await;
    page.open("").await;
    let wait = "await new Promise((done) => setTimeout(done, arguments[0])); return frameTimes;";
    let frames: Vec<[f64; 2]> = page.call(wait, json!([SCENE_MS])).await;
    let span = frames.last().unwrap()[0] - frames[0][0];
    assert!(span > SCENE_MS / 2.0, "the opening scene plays for {span} ms only");
    Scene {
        script: median(frames.iter().map(|[_, script]| *script).collect()),
        frames: (frames.len() - 1) as f64 * 1e3 / span,
    }
}

fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers[numbers.len() / 2]
}
