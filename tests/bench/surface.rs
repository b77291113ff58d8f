//! The Surface lab.

use std::hint::black_box;

use ravine::labs::Lab as _;
use ravine::labs::planar::PlanarLab;
use ravine::view::Field;

use crate::harness::Page;
use crate::measure::{Scene, Work, median_ms, median_ms_in, scene};

const RUNS: &str = "surface=rosenbrock&runs=gd,momentum,adam&steps=5000";
/// Two starts in turn, so that no path can be kept from the call before.
const STARTS: [&str; 2] = ["-1.2,1", "-1.25,1"];

const TYPED: &str = "f=(x^2+y-11)^2+(x+y^2-7)^2+3sin(2x)*cos(y)";
const COLUMNS: u32 = 400;
const ROWS: u32 = 300;

pub async fn works(page: &Page) -> Vec<Work> {
    vec![recompute(page).await, sample(page).await, turn(page).await]
}

pub async fn scenes(page: &Page) -> Vec<Scene> {
    let turned = "lab.orbit('hill', 2, 0); page.turned(); if (!lab.playing()) lab.play();";
    let hill = "view=hill&surface=camel&runs=gd,momentum,adam&steps=500&speed=60";
    vec![
        scene(page, "the opening scene", "", "", "60").await,
        scene(page, "the opening scene as a hill that is turned", "view=hill", turned, "≤ 6").await,
        scene(page, "a hill with 3 runs that is turned", hill, turned, "≤ 6").await,
    ]
}

async fn recompute(page: &Page) -> Work {
    let mut lab = PlanarLab::new(RUNS);
    let native = median_ms(|round| {
        lab.set("start", STARTS[round % 2]).unwrap();
        lab.settle();
        black_box(lab.paths());
    });
    let [one, other] = STARTS;
    let body = format!("lab.set('start', round % 2 ? '{one}' : '{other}'); lab.settle();");
    Work {
        name: "3 runs of 5,000 steps on Rosenbrock".into(),
        native: Some(native),
        wasm: median_ms_in(page, RUNS, &body).await,
        goal: "≤ 2",
    }
}

async fn sample(page: &Page) -> Work {
    let lab = PlanarLab::new(TYPED);
    let window = lab.experiment().window;
    let native = median_ms(|_| {
        let grid = |xs: &[f64], ys: &[f64], out: &mut [f64]| lab.objective().grid(xs, ys, out);
        black_box(Field::sample(window, COLUMNS as usize, ROWS as usize, grid).lowest());
    });
    let body = format!("lab.sample({COLUMNS}, {ROWS});");
    Work {
        name: format!("{COLUMNS} × {ROWS} field of a typed formula"),
        native: Some(native),
        wasm: median_ms_in(page, TYPED, &body).await,
        goal: "≤ 2",
    }
}

/// What is drawn of a hill at every frame while it turns; nothing like it is drawn natively.
async fn turn(page: &Page) -> Work {
    let body = "lab.orbit('hill', 3, 0); lab.draw();";
    Work {
        name: "the hill of the opening scene, turned and drawn".into(),
        native: None,
        wasm: median_ms_in(page, "view=hill&step=50", body).await,
        goal: "≤ 5",
    }
}
