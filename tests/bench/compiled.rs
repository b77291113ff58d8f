//! Compiled formulas against JavaScript with the derivatives written out, and against the tape, each
//! in one run.

use serde_json::json;

use crate::harness::Page;

/// Points where f and its gradient are computed, and examples of a sum.
const POINTS: usize = 100_000;
const EXAMPLES: usize = 200;

/// A work for three: what is measured, the goals as ratios to JavaScript and to the tape, and the
/// JavaScript of each. `fast` and `slow` are the formula compiled and as a tape, and `js` what
/// `rival` makes.
struct Contest {
    name: &'static str,
    formula: &'static str,
    loss: &'static str,
    count: usize,
    rival: &'static str,
    compiled: &'static str,
    tape: &'static str,
    javascript: &'static str,
    goals: [f64; 2],
}

/// What most have.
const CONTEST: Contest = Contest {
    name: "",
    formula: "(x^2+y-11)^2+(x+y^2-7)^2",
    loss: "",
    count: POINTS,
    rival: "",
    compiled: "fast.gradients(false)",
    tape: "slow.gradients(true)",
    javascript: "js()",
    goals: [1.5, 20.0],
};

const CONTESTS: [Contest; 10] = [
    Contest {
        name: "values of Himmelblau's function",
        rival: "for (let i = 0; i < n; i++) {
            const x = xs[i], y = ys[i], u = x * x + y - 11, v = x + y * y - 7;
            f[i] = u * u + v * v;
        }",
        compiled: "fast.values()",
        tape: "slow.values()",
        goals: [1.5, 1.0],
        ..CONTEST
    },
    Contest {
        name: "values and gradients of Himmelblau's function",
        rival: "for (let i = 0; i < n; i++) {
            const x = xs[i], y = ys[i], u = x * x + y - 11, v = x + y * y - 7;
            f[i] = u * u + v * v;
            fx[i] = 4 * x * u + 2 * v;
            fy[i] = 2 * u + 4 * y * v;
        }",
        ..CONTEST
    },
    Contest {
        name: "the same with sines",
        formula: "(x^2+y-11)^2+(x+y^2-7)^2+3sin(2x)*cos(y)",
        rival: "for (let i = 0; i < n; i++) {
            const x = xs[i], y = ys[i], u = x * x + y - 11, v = x + y * y - 7;
            const s = Math.sin(2 * x), c = Math.cos(y);
            f[i] = u * u + v * v + 3 * s * c;
            fx[i] = 4 * x * u + 2 * v + 6 * Math.cos(2 * x) * c;
            fy[i] = 2 * u + 4 * y * v - 3 * s * Math.sin(y);
        }",
        goals: [1.5, 5.0],
        ..CONTEST
    },
    Contest {
        name: "values and gradients of Ackley's function",
        formula: "-20exp(-0.2sqrt((x^2+y^2)/2))-exp((cos(2pi x)+cos(2pi y))/2)+e+20",
        rival: "const tau = 2 * Math.PI;
        for (let i = 0; i < n; i++) {
            const x = xs[i], y = ys[i], r = Math.sqrt((x * x + y * y) / 2);
            const p = 20 * Math.exp(-0.2 * r);
            const q = Math.exp((Math.cos(tau * x) + Math.cos(tau * y)) / 2);
            f[i] = -p - q + Math.E + 20;
            fx[i] = 0.1 * p * x / r + Math.PI * q * Math.sin(tau * x);
            fy[i] = 0.1 * p * y / r + Math.PI * q * Math.sin(tau * y);
        }",
        goals: [1.5, 5.0],
        ..CONTEST
    },
    Contest {
        name: "a 400 × 300 field of Himmelblau's function",
        count: 120_000,
        rival: "for (let row = 0, i = 0; row < 300; row++) {
            const y = -3 + 6 * row / 299, yy = y * y;
            for (let column = 0; column < 400; column++, i++) {
                const x = -3 + 6 * column / 399, u = x * x + y - 11, v = x + yy - 7;
                f[i] = u * u + v * v;
            }
        }",
        compiled: "fast.grid(400, 300)",
        tape: "slow.grid(400, 300)",
        goals: [1.5, 1.0],
        ..CONTEST
    },
    Contest {
        name: "3 × 5,000 updates on Rosenbrock's function",
        formula: "(1-x)^2+100(y-x^2)^2",
        count: 5_000,
        rival: "let a = 0, b = 0;
        for (let run = 0; run < 3; run++) {
            let x = -1.2, y = 1, vx = 0, vy = 0;
            const beta = 0.3 * run;
            for (let i = 0; i < n; i++) {
                const u = 1 - x, w = y - x * x;
                xs[i] = x; ys[i] = y;
                f[i] = u * u + 100 * w * w;
                const gx = -2 * u - 400 * x * w, gy = 200 * w;
                fx[i] = Math.sqrt(gx * gx + gy * gy);
                vx = beta * vx + gx; vy = beta * vy + gy;
                x -= 1e-4 * vx; y -= 1e-4 * vy;
            }
        }",
        compiled: "for (let i = 0; i < 3; i++) fast.walk('momentum', 1e-4, 5000, -1.2, 1)",
        tape: "for (let i = 0; i < 3; i++) slow.walk('momentum', 1e-4, 5000, -1.2, 1)",
        goals: [1.0 / 1.2, 1.0],
        ..CONTEST
    },
    Contest {
        name: "Σ and its gradient, 200 examples, linear regression",
        loss: "1/2*(y-w*x-b)^2",
        count: EXAMPLES,
        rival: "let s = 0, sw = 0, sb = 0;
        for (let i = 0; i < n; i++) {
            const r = ys[i] - 0.3 * xs[i] - 0.1;
            s += 0.5 * r * r; sw -= r * xs[i]; sb -= r;
        }
        f[0] = s; fx[0] = sw; fy[0] = sb;",
        compiled: "fast.sum(0.3, 0.1)",
        tape: "slow.sum(0.3, 0.1)",
        goals: [1.5, 1.0],
        ..CONTEST
    },
    Contest {
        name: "the same at 64 points of a path",
        loss: "1/2*(y-w*x-b)^2",
        count: EXAMPLES,
        rival: "for (let at = 0; at < 64; at++) {
            const w = 0.3 + 1e-3 * at;
            let s = 0, sw = 0, sb = 0;
            for (let i = 0; i < n; i++) {
                const r = ys[i] - w * xs[i] - 0.1;
                s += 0.5 * r * r; sw -= r * xs[i]; sb -= r;
            }
            f[at] = s; fx[at] = sw; fy[at] = sb;
        }",
        compiled: "fast.sums(64, 0.1)",
        tape: "slow.sums(64, 0.1)",
        goals: [1.5, 1.0],
        ..CONTEST
    },
    Contest {
        name: "logistic regression, one point",
        loss: "softplus(w*x+b)-y*(w*x+b)",
        count: EXAMPLES,
        rival: "let s = 0, sw = 0, sb = 0;
        for (let i = 0; i < n; i++) {
            const u = 0.3 * xs[i] + 0.1, e = Math.exp(-Math.abs(u));
            s += Math.max(u, 0) + Math.log1p(e) - ys[i] * u;
            const d = (u < 0 ? e : 1) / (1 + e) - ys[i];
            sw += d * xs[i]; sb += d;
        }
        f[0] = s; fx[0] = sw; fy[0] = sb;",
        compiled: "fast.sum(0.3, 0.1)",
        tape: "slow.sum(0.3, 0.1)",
        goals: [1.5, 1.0],
        ..CONTEST
    },
    Contest {
        name: "reading and compiling Himmelblau's function anew",
        rival: "",
        compiled: "if (!fast.compile()) throw new Error('it was refused')",
        tape: "",
        goals: [0.0, 0.0],
        ..CONTEST
    },
];

/// The lines of the table: milliseconds of each, and how many times as fast the compiled one is.
pub async fn lines(page: &Page) -> Vec<String> {
    page.open("step=0").await;
    let mut lines = Vec::new();
    for contest in &CONTESTS {
        let Contest { name, formula, loss, count, rival, compiled, tape, javascript, goals } =
            contest;
        // Interleaved, so that all three meet the same machine.
        let script = format!(
            "const {{ Measured }} = await import('./core/ravine.js');
             ravine.lab.pause();
             const [formula, loss, n] = arguments;
             const [fast, slow] = [true, false].map((compiled) => {{
                 const one = new Measured(formula, n, compiled);
                 if (loss) one.take_loss(loss, compiled);
                 return one;
             }});
             const arrays = [0.37, 0.61].map((step) =>
                 Float64Array.from({{ length: n }}, (_, i) => 4 * ((i * step) % 1 - 0.5)));
             const [f, fx, fy] = [0, 1, 2].map(() => new Float64Array(n));
             const rival = (xs, ys, f, fx, fy, n) => {{ {rival} }};
             const js = () => rival(...arrays, f, fx, fy, n);
             const works = [() => {{ {compiled}; }}, () => {{ {javascript}; }}, () => {{ {tape}; }}];
             // Looking at the clock takes as long as a few hundred additions.
             const atOnce = n < 1000 ? 50 : 1;
             const times = works.map(() => []);
             for (let sample = 0; sample < 31; sample++) {{
                 works.forEach((work, at) => {{
                     const start = performance.now();
                     let [rounds, passed] = [0, 0];
                     while (passed < 10) {{
                         for (let again = 0; again < atOnce; again++) work();
                         rounds += atOnce;
                         passed = performance.now() - start;
                     }}
                     times[at].push(passed / rounds);
                 }});
             }}
             return times.map((of) => of.sort((a, b) => a - b)[15]);"
        );
        let [fast, js, slow]: [f64; 3] = page.call(&script, json!([formula, loss, count])).await;
        let ratios = [js / fast, slow / fast];
        lines.push(format!(
            "{name:<54}{fast:>9.4}{js:>9.4}{slow:>9.4}{:>8.2}{:>6.2}{:>8.2}{:>6.1}",
            ratios[0], goals[0], ratios[1], goals[1]
        ));
    }
    lines
}
