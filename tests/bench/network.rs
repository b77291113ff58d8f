//! The Network lab: training and evaluating nets, natively and in the browser, and its frames.

use std::hint::black_box;

use ravine::data::Batches;
use ravine::data::classes::{POINT_DATA, PointGenerator};
use ravine::labs::Lab as _;
use ravine::labs::network::NetLab;
use ravine::network::{
    Activation, Architecture, Examples, Features, Grid, Initialization, Output, Regularisation,
    Trainer, Workspace,
};
use ravine::optimizers::gradient_descent;

use crate::harness::Page;
use crate::measure::{Scene, Work, median_ms, median_ms_in, scene};

/// TensorFlow Playground's default net, and one of six layers of eight.
const NETS: [(&str, &[usize]); 2] = [("2-[4, 2]-1", &[4, 2]), ("2-[8 × 6]-1", &[8; 6])];

/// Points in a row of a decision grid, and rows; the same of a unit's heat map.
const GRID: usize = 100;
const HEAT: usize = 24;

/// Lines of a table: what is computed, and how many nanoseconds an example takes.
pub fn lines() -> Vec<String> {
    let mut lines = Vec::new();
    for (name, hidden) in NETS {
        let net = Net::new(hidden);
        for batch in [10, 1] {
            lines.push(line(&format!("{name} tanh: training, batch {batch}"), net.train(batch)));
        }
        let [alone, together] = [1, 10].map(|batch| net.gradient(batch));
        let title = format!("{name} tanh: gradient of ten examples, one by one");
        lines.push(line(&title, alone));
        lines.push(line(&format!("{name} tanh: gradient of ten examples at once"), together));
        let ratio = alone / together;
        lines.push(format!("{:<62}{ratio:>10.1}", format!("{name} tanh: at once is faster by")));
        let title = format!("{name} tanh: a point of a {GRID} × {GRID} decision grid");
        lines.push(line(&title, net.grid()));
        lines.push(line(&format!("{title}, f32"), net.fast_grid()));
        let title = format!("{name} tanh: a point of all units' {HEAT} × {HEAT} heat maps, f32");
        lines.push(line(&title, net.heat_maps()));
    }
    lines
}

fn line(name: &str, nanoseconds: f64) -> String {
    format!("{name:<62}{nanoseconds:>10.1}")
}

/// A net at its start, and Playground's default data: 250 points of a circle.
struct Net {
    shape: Architecture,
    theta: Vec<f64>,
    train: Examples,
}

impl Net {
    fn new(hidden: &[usize]) -> Self {
        let output = Output::Linear(1);
        let shape = Architecture::new(2, hidden, Activation::Tanh, output).unwrap();
        let theta = Initialization::Xavier.theta(&shape, 1);
        let [train, _] =
            PointGenerator::of(POINT_DATA.each_ref().map(|param| param.default)).points();
        let train = Examples::of_points(&train, Features::PLAIN, output).unwrap();
        Self { shape, theta, train }
    }

    /// Nanoseconds of an example in training by plain SGD.
    fn train(&self, batch: usize) -> f64 {
        let batches = Batches::new(self.train.len(), batch, 1);
        let rule = (&gradient_descent::RULE, &[0.03][..]);
        let penalty = Regularisation::default();
        let theta = self.theta.clone();
        let mut trainer = Trainer::new(&self.shape, theta, rule, batches, penalty).unwrap();
        let epoch = median_ms(|_| {
            for _ in 0..batches.per_epoch() {
                trainer.step(&self.train).unwrap();
            }
        });
        1e6 * epoch / self.train.len() as f64
    }

    /// Nanoseconds of an example where a gradient is that of so many of ten examples.
    fn gradient(&self, batch: usize) -> f64 {
        let indices: Vec<u32> = (0..10).collect();
        let mut workspace = Workspace::new(&self.shape);
        let mut grad = vec![0.0; self.theta.len()];
        let ten = median_ms(|_| {
            for batch in indices.chunks(batch) {
                black_box(workspace.gradient(&self.theta, &self.train, batch, &mut grad));
            }
        });
        1e6 * ten / 10.0
    }

    /// Nanoseconds of a point of the grid, in f64.
    fn grid(&self) -> f64 {
        let grid = Examples::unlabelled(&points(GRID), Features::PLAIN);
        let mut workspace = Workspace::new(&self.shape);
        let output = self.shape.layers().len() - 1;
        let all = median_ms(|_| {
            workspace.each_block(&self.theta, &grid, |workspace, _| {
                black_box(workspace.a(output, 0));
            });
        });
        1e6 * all / grid.len() as f64
    }

    /// The same in f32.
    fn fast_grid(&self) -> f64 {
        let mut grid = Grid::new(&self.shape, &Features::PLAIN.columns(&points(GRID)));
        let all = median_ms(|_| {
            black_box(grid.outputs(&self.theta));
        });
        1e6 * all / (GRID * GRID) as f64
    }

    /// The same of a point of the heat maps of all units.
    fn heat_maps(&self) -> f64 {
        let mut grid = Grid::new(&self.shape, &Features::PLAIN.columns(&points(HEAT)));
        let all = median_ms(|_| {
            black_box(grid.units(&self.theta));
        });
        1e6 * all / (HEAT * HEAT) as f64
    }
}

/// The points of a square, so many in a row.
fn points(side: usize) -> Vec<[f64; 2]> {
    let place = |i: usize| 12.0 * i as f64 / side as f64 - 6.0;
    (0..side * side).map(|i| [place(i % side), place(i / side)]).collect()
}

/// So many epochs are trained at once where a browser's clock measures them.
const EPOCHS: usize = 200;

pub async fn works(page: &Page) -> Vec<Work> {
    let mut works = Vec::new();
    for (name, hidden) in [("2-[4, 2]-1", "4,2"), ("2-[8 × 6]-1", "8,8,8,8,8,8")] {
        for batch in [10, 1] {
            works.push(train(page, name, hidden, batch).await);
        }
        works.push(region(page, name, hidden).await);
    }
    works
}

/// [`EPOCHS`] epochs of the lab's own training, from the start each time; losses are recorded once,
/// before.
async fn train(page: &Page, name: &str, hidden: &str, batch: usize) -> Work {
    let link = format!("net={hidden}&runs=gd&gd.batch={batch}&gd.alpha=0.03&step={EPOCHS}");
    let mut lab = NetLab::new(&link);
    assert!(lab.faults().is_empty(), "{:?}", lab.faults());
    lab.settle();
    let examples = lab.sets().train.len();
    let native = median_ms(|_| {
        for step in [0, EPOCHS] {
            lab.timeline_mut().seek(step);
            lab.settle();
        }
        black_box(lab.fingerprint());
    });
    let body = format!("for (const step of [0, {EPOCHS}]) {{ lab.seek(step); lab.settle(); }}");
    let wasm = median_ms_in(page, &link, &body).await;
    let goal = "";
    let name = format!("{name}: {EPOCHS} epochs of {examples} examples, batch {batch}");
    Work { name, native: Some(native), wasm, goal }
}

/// A net's decision region on a panel of 100 × 100 pixels, evaluated and painted, the net and the
/// chart with it. (The update before takes next to nothing.)
async fn region(page: &Page, name: &str, hidden: &str) -> Work {
    let link = format!("net={hidden}&runs=gd&gd.batch=1&clock=updates&step=1");
    let body = "if (round === 0) lab.resize(['panel'], Float64Array.of(100, 100), 1, 16);
                lab.seek(1 + round % 2); lab.settle(); lab.draw();";
    let wasm = median_ms_in(page, &link, body).await;
    Work {
        name: format!("{name}: a region is drawn while the clock stands"),
        native: None,
        wasm,
        goal: "",
    }
}

pub async fn scenes(page: &Page) -> Vec<Scene> {
    let runs = "runs=gd,gd,momentum,adam&gd.batch=250&gd2.batch=10&momentum.batch=10&adam.batch=10";
    let link = format!("net=8,8&data.shape=spiral&{runs}&steps=20000");
    // Notes when the first panel is painted.
    let count = "if (round === 0) {
            window.paintedAt = [];
            const put = CanvasRenderingContext2D.prototype.putImageData;
            CanvasRenderingContext2D.prototype.putImageData = function (...image) {
                if (this.canvas.id === 'net1-field') paintedAt.push(performance.now());
                put.apply(this, image);
            };
        }
        if (!lab.playing()) lab.play();";
    let mut scenes = Vec::new();
    for (name, more) in [
        ("60 epochs a second", "&speed=60"),
        ("as fast as it goes", "&speed=10000"),
        ("with the loss surface", "&speed=60&deck=surface"),
    ] {
        let name = format!("4 runs of 2-8-8-1, {name}");
        let mut scene = scene(page, &name, &format!("{link}{more}"), count, "60").await;
        let often: f64 =
            page.eval("1e3 * (paintedAt.length - 1) / (paintedAt.at(-1) - paintedAt[0])").await;
        scene.name += &format!(", regions at {often:.0} Hz");
        scenes.push(scene);
    }
    scenes
}
