//! The Minibatches lab.

use std::hint::black_box;

use ravine::labs::Lab as _;
use ravine::labs::planar::PlanarLab;
use ravine::labs::planar::scene::relief;
use ravine::labs::{Hand as _, Picture};
use ravine::training::run::Status;

use crate::harness::Page;
use crate::measure::{Scene, Work, median_ms, median_ms_in, scene};

/// Eight runs of several rules and batch sizes, each with its average, by their dials.
const RUNS: &str = "data.n=200&steps=2000&runs=gd,gd,gd,gd,momentum,nesterov,rmsprop,adam\
    &gd2.batch=1&gd3.batch=10&gd4.batch=50&momentum.batch=1&nesterov.batch=10&rmsprop.batch=50\
    &gd.alpha=0.05&gd2.alpha=0.01&gd3.alpha=0.05&gd4.alpha=0.05&momentum.alpha=0.01\
    &nesterov.alpha=0.01&gd.average=all&gd2.average=all&gd3.average=half&gd4.average=half\
    &momentum.average=all&nesterov.average=exponential&rmsprop.average=all&adam.average=all";

/// A change of the key's value to and fro, so that no path can be kept from the call before.
const START: (&str, [&str; 2]) = ("start", ["-1.2,0.5", "-1.3,0.5"]);
const ALPHA: (&str, [&str; 2]) = ("gd3.alpha", ["0.05", "0.06"]);

/// What a plot beside another has of a window of 1440 × 900 pixels, about.
const PLOT: [f64; 2] = [390.0, 480.0];

pub async fn works(page: &Page) -> Vec<Work> {
    let mut works = Vec::new();
    for (title, problem) in [("linear", "linear"), ("logistic", "logistic")] {
        let link = format!("problem={problem}&{RUNS}");
        works.push(
            recompute(page, &format!("{title}: the start of 8 runs moves"), &link, START, "≤ 33")
                .await,
        );
        works.push(
            recompute(page, &format!("{title}: one α of 8 runs moves"), &link, ALPHA, "≤ 16").await,
        );
    }
    for n in [100, 2000] {
        works.push(pan(page, n).await);
    }
    works
}

async fn recompute(
    page: &Page,
    name: &str,
    link: &str,
    (key, [one, other]): (&str, [&str; 2]),
    goal: &'static str,
) -> Work {
    let mut lab = PlanarLab::new(link);
    assert!(lab.faults().is_empty(), "{:?}", lab.faults());
    lab.settle();
    assert!(lab.paths().iter().all(|path| path.status == Status::Finished), "{link}");
    let native = median_ms(|round| {
        lab.set(key, [one, other][round % 2]).unwrap();
        lab.settle();
        black_box(lab.paths());
    });
    let body = format!("lab.set('{key}', round % 2 ? '{one}' : '{other}'); lab.settle();");
    let wasm = median_ms_in(page, link, &body).await;
    Work { name: name.into(), native: Some(native), wasm, goal }
}

/// Natively the field alone, in the browser everything that is drawn again.
async fn pan(page: &Page, n: usize) -> Work {
    let link = format!("problem=logistic&data.n={n}");
    let mut lab = PlanarLab::new(&link);
    lab.set_size(Picture::Plot, PLOT);
    let native = median_ms(|round| {
        lab.pan([if round % 2 == 0 { 3.0 } else { -3.0 }, 1.0]);
        black_box(relief(&lab, &lab.frame()));
    });
    let wasm = median_ms_in(page, &link, "lab.pan(round % 2 ? 3 : -3, 1); lab.draw();").await;
    Work { name: format!("logistic, n = {n}: a pan"), native: Some(native), wasm, goal: "≤ 33" }
}

pub async fn scenes(page: &Page) -> Vec<Scene> {
    let cloud = "problem=mean&ensemble=500&gd2.average=all&steps=500&speed=60";
    let walks = format!("{cloud}&cloud=paths");
    let again = "if (!lab.playing()) lab.play();";
    let drag = "lab.put_handle('plot', 150 + 80 * Math.sin(round / 9), 200); page.edited();";
    let many = |key| format!("problem={key}&data.n=2000&steps=4000&speed=60");
    let mut scenes = Vec::new();
    for (name, link, hand, goal) in [
        ("2,000 points at m = 1, linear", &*many("linear"), "", "60"),
        ("2,000 points at m = 1, logistic", &*many("logistic"), "", "60"),
        ("500 seeds on the mean problem, as points", cloud, "", "≥ 30"),
        ("500 seeds on the mean problem, as paths", &walks, "", "≥ 30"),
        ("dragging the start of 500 seeds, as points", cloud, drag, "≥ 30"),
        ("dragging the start of 500 seeds, as paths", &walks, drag, "≥ 30"),
    ] {
        let hand = format!("{again} {hand}");
        scenes.push(scene(page, name, link, &hand, goal).await);
    }
    scenes.extend(dragging(page).await);
    scenes
}

/// Eight long runs that follow the hand.
pub async fn dragging(page: &Page) -> Vec<Scene> {
    let alpha = "page.set('gd3.alpha', String(0.05 + 0.0001 * (round % 100)));";
    let start = "page.set('start', `-1.2,${(0.5 + 0.001 * (round % 100)).toFixed(3)}`);";
    let mut scenes = Vec::new();
    for (what, problem, hand) in [
        ("the start, linear", "linear", start),
        ("the start, logistic", "logistic", start),
        ("one α, logistic", "logistic", alpha),
    ] {
        let name = format!("8 runs × 2,000 updates, dragging {what}");
        let link = format!("problem={problem}&{RUNS}&speed=60");
        let hand = format!("if (!lab.playing()) lab.play(); {hand}");
        scenes.push(scene(page, &name, &link, &hand, "≥ 30").await);
    }
    scenes
}
