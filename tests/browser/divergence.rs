//! A run that diverges is shown diverging: nothing is drawn that its path does not have.

use std::collections::HashSet;

use ravine::labs::Lab as _;
use ravine::labs::planar::PlanarLab;
use ravine::training::run::Status;
use serde_json::json;

use crate::harness::{PIXELS_OF, Page, browse};

/// How far from a segment its ink may lie, in px: half of the stroke or of a mark, the paper
/// around it, and the pixel's own size.
const REACH: f64 = 9.0;

/// The pixels with ink on a canvas of paths, [x, y] in CSS pixels.
async fn inked(page: &Page, canvas: &str) -> Vec<[f64; 2]> {
    page.call(
        &format!(
            "{PIXELS_OF}
             const {{ data, width, height }} = pixelsOf(arguments[0]);
             const inked = [];
             for (let at = 0; at < width * height; at += 1) {{
                 if (data[4 * at + 3] > 8) {{
                     inked.push([(at % width + 0.5) / devicePixelRatio,
                         (Math.floor(at / width) + 0.5) / devicePixelRatio]);
                 }}
             }}
             return inked;"
        ),
        json!([canvas]),
    )
    .await
}

/// The distance of a point from a segment.
fn distance([px, py]: [f64; 2], [[ax, ay], [bx, by]]: [[f64; 2]; 2]) -> f64 {
    let [dx, dy] = [bx - ax, by - ay];
    let length = dx * dx + dy * dy;
    let along = if length > 0.0 { ((px - ax) * dx + (py - ay) * dy) / length } else { 0.0 };
    let along = along.clamp(0.0, 1.0);
    (px - ax - along * dx).hypot(py - ay - along * dy)
}

/// Where a segment runs through the plot, for the test's own list of where ink may be; its ends
/// are brought near first, so that f64 resolves the distance.
fn in_reach([a, b]: [[f64; 2]; 2], width: f64, height: f64) -> Option<[[f64; 2]; 2]> {
    // Between points this far away f64 cannot tell where a segment passes: none is drawn.
    let nearest = [a, b].map(|[x, y]| x.abs().max(y.abs()));
    if nearest[0].min(nearest[1]) > 1e15 {
        return None;
    }
    let (mut from, mut to) = (0.0_f64, 1.0_f64);
    for axis in [0, 1] {
        let (low, high) = (-200.0, [width, height][axis] + 200.0);
        let delta = b[axis] - a[axis];
        if delta == 0.0 {
            if !(low..=high).contains(&a[axis]) {
                return None;
            }
            continue;
        }
        let (one, two) = ((low - a[axis]) / delta, (high - a[axis]) / delta);
        from = from.max(one.min(two));
        to = to.min(one.max(two));
    }
    let at = |part: f64| [a[0] + part * (b[0] - a[0]), a[1] + part * (b[1] - a[1])];
    (from <= to).then(|| [at(from), at(to)])
}

async fn assert_truthful(page: &Page, link: &str) {
    page.turn_to(link).await;
    let lab = PlanarLab::new(link);
    assert!(lab.faults().is_empty(), "{:?}", lab.faults());
    for (plot, runs) in lab.plots().into_iter().enumerate() {
        assert_plot_truthful(page, &lab, ["plot-paths", "plot2-paths"][plot], &runs).await;
    }
}

/// What a plot shows of these runs is theirs.
async fn assert_plot_truthful(page: &Page, lab: &PlanarLab, canvas: &str, runs: &[usize]) {
    let link = format!("{} on {canvas}", lab.link());
    let frame = page.frame().await;
    let shown = lab.step();
    let mut segments = Vec::new();
    for path in runs.iter().map(|&run| &lab.paths()[run]) {
        let pixels: Vec<[f64; 2]> =
            path.theta.iter().take(shown + 1).map(|point| frame.to_pixel(*point)).collect();
        let of_path = pixels
            .windows(2)
            .filter_map(|pair| in_reach([pair[0], pair[1]], frame.width, frame.height));
        segments.extend(of_path);
    }
    let ink = inked(page, canvas).await;
    let stray: Vec<_> = (ink.iter())
        .filter(|pixel| segments.iter().all(|segment| distance(**pixel, *segment) > REACH))
        .collect();
    assert!(stray.is_empty(), "{link}: {} stray pixels, such as {:?}", stray.len(), stray[0]);

    // And what the data has is there: each visible segment has ink at its middle.
    let visible = |[x, y]: &[f64; 2]| frame.holds([*x, *y], -REACH);
    let bare = (segments.iter())
        .map(|[a, b]| [(a[0] + b[0]) / 2.0, (a[1] + b[1]) / 2.0])
        .filter(visible)
        .filter(|[x, y]| !ink.iter().any(|[px, py]| (px - x).hypot(py - y) < 10.0))
        .count();
    assert_eq!(bare, 0, "{link}: segments without ink");
}

#[test]
fn a_diverging_path_has_no_segment_that_its_data_does_not_have() {
    browse("", async |page| {
        for link in [
            // Zig-zags that grow out of the window.
            "gd.alpha=0.105&momentum.alpha=0.16&steps=300&step=300",
            // Overflows: the last finite points lie 10¹⁵⁰ away, and there is no next one.
            "surface=rosenbrock&gd.alpha=0.01&momentum.alpha=0.01&steps=60&step=60",
            "surface=himmelblau&gd.alpha=0.2&momentum.alpha=0.1&steps=60&step=60",
            // Leaves the half plane where the formula is a number.
            "f=ln(x)%2By^2&start=3,2&gd.alpha=0.9&momentum.alpha=0.5&steps=40&step=40",
            "f=sqrt(x)-1/y&start=1,1&gd.alpha=0.7&steps=40&step=40",
            // Passes through a window that holds none of its points.
            "surface=booth&gd.alpha=0.115&steps=80&step=80&window=-1,0.5,0.5,1.5",
            // Stays: nothing but its own ink.
            "step=50",
            // Both plots; GD's last points lie 10⁴⁸ away on either side of the minimum.
            "problem=linear&gd.alpha=1.5&gd2.alpha=1.5&step=100",
            "problem=sine&gd.alpha=5&gd2.alpha=5&gd2.batch=4&steps=200&step=200",
            "problem=mean&runs=gd,gd,momentum&gd2.batch=10&momentum.batch=3&gd.alpha=0.81\
             &gd2.alpha=0.9&momentum.alpha=0.9&layout=overlay&step=100",
        ] {
            assert_truthful(page, link).await;
        }
    });
}

#[test]
fn paths_that_are_played_are_the_paths_that_are_sought() {
    let link = "gd.alpha=0.105&momentum.alpha=0.16&steps=40&speed=200";
    browse(link, async |page| {
        page.wait_for("!ravine.lab.playing()").await;
        page.painted().await;
        let played = inked(page, "plot-paths").await;
        page.turn_to(&format!("{link}&step=40")).await;
        page.painted().await;
        let sought = inked(page, "plot-paths").await;
        // To the pixel beside it: two strokes that meet are not one stroke.
        let strangers = |one: &[[f64; 2]], other: &[[f64; 2]]| {
            let whole = |[x, y]: &[f64; 2]| [x.floor() as i32, y.floor() as i32];
            let other: HashSet<[i32; 2]> = other.iter().map(whole).collect();
            let near = |[x, y]: [i32; 2]| {
                (-1..=1).any(|dx| (-1..=1).any(|dy| other.contains(&[x + dx, y + dy])))
            };
            one.iter().map(whole).filter(|pixel| !near(*pixel)).count()
        };
        assert_eq!(strangers(&played, &sought), 0);
        assert_eq!(strangers(&sought, &played), 0);
    });
}

#[test]
fn the_tests_own_links_do_diverge() {
    let overflows = PlanarLab::new("surface=himmelblau&gd.alpha=0.2&steps=60");
    assert!(matches!(overflows.paths()[0].status, Status::Diverged { .. }));
    let leaves = PlanarLab::new("f=ln(x)%2By^2&start=3,2&gd.alpha=0.9&steps=40");
    assert!(matches!(leaves.paths()[0].status, Status::Stopped { .. }));
}
