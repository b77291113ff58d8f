//! How times are taken, natively and in the browser.

use std::time::Instant;

use serde_json::json;

use crate::harness::Page;

/// How often a workload is measured.
const SAMPLES: usize = 31;
/// Each measurement goes on for so long: a browser's clock ticks in tenths of milliseconds.
const SAMPLE_MS: f64 = 20.0;

/// How long a scene plays while its frames are timed, and how long before that.
const SCENE_MS: f64 = 3000.0;
const WARM_UP_MS: f64 = 500.0;

/// Some work and its median times in milliseconds.
pub struct Work {
    pub name: String,
    pub native: Option<f64>,
    pub wasm: f64,
    pub goal: &'static str,
}

impl Work {
    /// Its line of the table.
    pub fn line(&self) -> String {
        let Self { name, native, wasm, goal } = self;
        let native = native.map_or("–".to_owned(), |native| format!("{native:.2}"));
        format!("{name:<62}{native:>10}{wasm:>10.2}{goal:>10}")
    }
}

/// What a moving scene asks of the browser.
pub struct Scene {
    pub name: String,
    /// The median time of the page's own script in a frame, in milliseconds.
    pub script: f64,
    /// Frames in a second.
    pub frames: f64,
    pub goal: &'static str,
}

impl Scene {
    /// Its line of the table.
    pub fn line(&self) -> String {
        let Self { name, script, frames, goal } = self;
        format!("{name:<62}{script:>10.2}{frames:>10.1}{goal:>10}")
    }
}

/// The median time of `work`, which is given the number of the round, in milliseconds.
pub fn median_ms(mut work: impl FnMut(usize)) -> f64 {
    let mut round = 0;
    let samples = (0..SAMPLES).map(|_| {
        let (start, first) = (Instant::now(), round);
        loop {
            work(round);
            round += 1;
            let passed = start.elapsed().as_secs_f64() * 1e3;
            if passed >= SAMPLE_MS {
                return passed / (round - first) as f64;
            }
        }
    });
    median(samples.collect())
}

/// The median time in milliseconds of JavaScript that has the page's `lab`, at `link`, and the
/// number of the `round`.
pub async fn median_ms_in(page: &Page, link: &str, body: &str) -> f64 {
    page.open(link).await;
    let script = format!(
        "const [samples, sampleMs] = arguments;
         const {{ lab }} = ravine;
         if (lab.faults() !== '[]') throw new Error(lab.faults());
         lab.pause();
         const times = [];
         let round = 0;
         for (let sample = 0; sample < samples; sample++) {{
             const [start, first] = [performance.now(), round];
             let passed = 0;
             while (passed < sampleMs) {{
                 {body}
                 round++;
                 passed = performance.now() - start;
             }}
             times.push(passed / (round - first));
         }}
         return times;"
    );
    median(page.call(&script, json!([SAMPLES, SAMPLE_MS])).await)
}

/// Lets every page that is opened from now on note when its frames begin, and how long the page's
/// own script takes in each.
pub async fn note_frames(page: &Page) {
    let clock = "const request = requestAnimationFrame.bind(window);
        window.frameTimes = [];
        window.requestAnimationFrame = (callback) => request((now) => {
            const start = performance.now();
            callback(now);
            frameTimes.push([now, performance.now() - start]);
        });";
    let parameters = json!({ "source": clock });
    page.devtools("Page.addScriptToEvaluateOnNewDocument", parameters).await;
}

/// Opens a link and times the frames while it plays, with `hand` (JavaScript that has the `lab`,
/// the `page` and the number of the `round`) once before each.
pub async fn scene(page: &Page, name: &str, link: &str, hand: &str, goal: &'static str) -> Scene {
    page.open(link).await;
    let script = format!(
        "const [warmUp, time] = arguments;
         const {{ lab, page }} = ravine;
         if (lab.faults() !== '[]') throw new Error(lab.faults());
         let [round, over] = [0, false];
         requestAnimationFrame(function again() {{
             {hand}
             round++;
             if (!over) requestAnimationFrame(again);
         }});
         await new Promise((done) => setTimeout(done, warmUp));
         frameTimes.length = 0;
         await new Promise((done) => setTimeout(done, time));
         over = true;
         return frameTimes;"
    );
    let noted: Vec<[f64; 2]> = page.call(&script, json!([WARM_UP_MS, SCENE_MS])).await;
    // Several callbacks may belong to one frame.
    let mut frames: Vec<[f64; 2]> = Vec::new();
    for [now, script] in noted {
        match frames.last_mut() {
            Some([before, sum]) if *before == now => *sum += script,
            _ => frames.push([now, script]),
        }
    }
    let span = frames.last().unwrap()[0] - frames[0][0];
    assert!(span > SCENE_MS / 2.0, "{name} moves for {span} ms only");
    Scene {
        name: name.to_owned(),
        script: median(frames.iter().map(|[_, script]| *script).collect()),
        frames: (frames.len() - 1) as f64 * 1e3 / span,
        goal,
    }
}

fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers[numbers.len() / 2]
}
