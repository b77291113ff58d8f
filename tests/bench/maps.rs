//! Maps, each computed whole as a worker does it, against the same runs in JavaScript; and a map that
//! follows a dial.

use serde_json::json;

use crate::harness::Page;
use crate::measure::{Scene, scene};

/// A map: the link, in which `ALPHA` is another number in every round, and the JavaScript of a rival
/// that is given that number and walks the same runs. (It leaves out what the map tells besides: since
/// when a run is near its minimum, and the coarse grids that are seen first.)
struct Contest {
    name: &'static str,
    link: &'static str,
    rival: &'static str,
    goal: f64,
}

/// Himmelblau's function from the middle of each of 512² cells; a plot of 768 × 768 px has so many.
const BASINS: &str = "const ends = new Uint8Array(512 * 512);
    for (let cell = 0; cell < ends.length; cell++) {
        let x = -5 + 10 * (cell % 512 + 0.5) / 512, y = -5 + 10 * (Math.floor(cell / 512) + 0.5) / 512;
        let vx = 0, vy = 0;
        for (let step = 0; step < 200; step++) {
            const u = x * x + y - 11, v = x + y * y - 7;
            vx = BETA * vx + 4 * x * u + 2 * v; vy = BETA * vy + 2 * u + 4 * y * v;
            x -= alpha * vx; y -= alpha * vy;
        }
        ends[cell] = 1 + minima.findIndex(([a, b]) => (x - a) ** 2 + (y - b) ** 2 < 0.25);
    }
    return ends[100];";

const CONTESTS: [Contest; 5] = [
    Contest {
        name: "basins, 512², Himmelblau × 200, GD",
        link: "surface=himmelblau&runs=gd&gd.alpha=ALPHA&steps=200&window=-5,5,-5,5&equal=no&map=basins",
        rival: "const BETA = 0; BASINS",
        goal: 1.0,
    },
    Contest {
        name: "basins, 512², Himmelblau × 200, momentum",
        link: "surface=himmelblau&runs=momentum&momentum.alpha=ALPHA&steps=200&window=-5,5,-5,5\
            &equal=no&map=basins",
        rival: "const BETA = 0.9; BASINS",
        goal: 1.0,
    },
    Contest {
        name: "from all starts, 99,856, Himmelblau × 200, momentum",
        link: "surface=himmelblau&runs=momentum&momentum.alpha=ALPHA&steps=200&by=starts",
        rival: "const ends = new Float64Array(316 * 316);
            for (let cell = 0; cell < ends.length; cell++) {
                let x = -6 + 12 * (cell % 316 + 0.5) / 316, y = -5.5 + 11 * (Math.floor(cell / 316) + 0.5) / 316;
                let vx = 0, vy = 0;
                for (let step = 0; step < 200; step++) {
                    const u = x * x + y - 11, v = x + y * y - 7;
                    vx = 0.9 * vx + 4 * x * u + 2 * v; vy = 0.9 * vy + 2 * u + 4 * y * v;
                    x -= alpha * vx; y -= alpha * vy;
                    if (!Number.isFinite(x + y)) break;
                }
                const u = x * x + y - 11, v = x + y * y - 7;
                ends[cell] = u * u + v * v;
            }
            return ends.sort()[5000];",
        goal: 1.0,
    },
    Contest {
        name: "by α, 257 of 3 runs, Rosenbrock × 1,000, momentum",
        link: "surface=rosenbrock&runs=momentum,momentum,momentum&momentum2.beta=0.5&momentum3.beta=0\
            &start=-1.2,1ALPHA&steps=1000&by=alpha",
        rival: "let end = 0;
            for (const beta of [0.9, 0.5, 0]) for (let k = 0; k < 257; k++) {
                const rate = 10 ** (-5 + 6 * k / 256);
                let x = -1.2, y = 1 + alpha, vx = 0, vy = 0;
                for (let i = 0; i < 1000; i++) {
                    const u = 1 - x, w = y - x * x;
                    const gx = -2 * u - 400 * x * w, gy = 200 * w;
                    vx = beta * vx + gx; vy = beta * vy + gy;
                    x -= rate * vx; y -= rate * vy;
                    if (!Number.isFinite(x + y)) break;
                }
                end += (1 - x) ** 2 + 100 * (y - x * x) ** 2;
            }
            return end;",
        goal: 1.0,
    },
    Contest {
        name: "by α and β, 450 × 75, Himmelblau × 50",
        link: "surface=himmelblau&runs=momentum&start=-1,1ALPHA&steps=50&by=alphabeta",
        rival: "let end = 0;
            for (let cell = 0; cell < 450 * 75; cell++) {
                const rate = 0.05 * (cell % 450 + 0.5) / 450, beta = (Math.floor(cell / 450) + 0.5) / 75;
                let x = -1, y = 1 + alpha, vx = 0, vy = 0;
                for (let i = 0; i < 50; i++) {
                    const u = x * x + y - 11, v = x + y * y - 7;
                    vx = beta * vx + 4 * x * u + 2 * v; vy = beta * vy + 2 * u + 4 * y * v;
                    x -= rate * vx; y -= rate * vy;
                    if (!Number.isFinite(x + y)) break;
                }
                end += x + y;
            }
            return end;",
        goal: 1.0,
    },
];

/// The lines of the table: milliseconds of each, and how many times as fast the map is.
pub async fn lines(page: &Page) -> Vec<String> {
    page.open("step=0").await;
    let mut lines = Vec::new();
    for Contest { name, link, rival, goal } in &CONTESTS {
        let rival = rival.replace("BASINS", BASINS);
        let script = format!(
            "const {{ default: init, MapMaker }} = await import('./tools/ravine.js');
             await init();
             ravine.lab.pause();
             const [link] = arguments;
             const minima = [[3, 2], [-2.805118, 3.131312], [-3.77931, -3.283186], [3.584428, -1.848127]];
             const maker = new MapMaker();
             const works = [(round) => {{
                 const alpha = (link.includes('start') ? '.00' : '0.01') + round;
                 maker.begin(link.replace('ALPHA', alpha), ['plot', 'chart'], Float64Array.of(768, 768, 900, 150), 16);
                 do maker.go_on(); while (!maker.is_done());
             }}, (round) => ((alpha) => {{ {rival} }})(0.01 + round / 1e4)];
             const times = [[], []];
             // Interleaved, so that both meet the same machine.
             for (let round = 10; round < 23; round++) {{
                 works.forEach((work, at) => {{
                     const start = performance.now();
                     work(round);
                     times[at].push(performance.now() - start);
                 }});
                 await new Promise((done) => setTimeout(done));
             }}
             maker.free();
             return times.map((of) => of.sort((a, b) => a - b)[6]);"
        );
        let [map, js]: [f64; 2] = page.call(&script, json!([link])).await;
        lines.push(format!("{name:<54}{map:>9.1}{js:>9.1}{:>8.2}{goal:>6.1}", js / map));
    }
    lines
}

/// Maps on the page that follow what is dragged.
pub async fn scenes(page: &Page) -> Vec<Scene> {
    let drag =
        |key: &str, from: &str| format!("page.set('{key}', '{from}' + String(10 + round % 80));");
    let himmelblau = "surface=himmelblau&runs=momentum&steps=60&step=0";
    let mut scenes = Vec::new();
    for (name, link, hand) in [
        ("α is dragged, with the map of basins", "map=basins", drag("momentum.alpha", "0.0")),
        ("the same, losses by α", "by=alpha", drag("start", "-1,1.")),
        ("the same, by α and β", "by=alphabeta", drag("start", "-1,1.")),
    ] {
        scenes.push(scene(page, name, &format!("{himmelblau}&{link}"), &hand, "≥ 50").await);
    }
    scenes
}
