//! Training a net against a graph of objects in JavaScript, which is how TensorFlow Playground's
//! `nn.ts` trains: units and connections are objects, a derivative is added up in each of them, and
//! the weights follow after each batch.

use serde_json::json;

use crate::harness::Page;

/// A net by its hidden layers, as a link writes them, with a batch size, and how many times as fast
/// as the JavaScript its training is to be.
const CONTESTS: [(&str, &str, usize, f64); 4] = [
    ("2-[4, 2]-1", "4,2", 10, 6.0),
    ("2-[4, 2]-1", "4,2", 1, 6.0),
    ("2-[8 × 6]-1", "8,8,8,8,8,8", 10, 6.0),
    ("2-[8 × 6]-1", "8,8,8,8,8,8", 1, 6.0),
];

/// Epochs of a round.
const EPOCHS: usize = 40;

/// `trainer(layers, alpha)` makes a net of tanh and one linear output, and returns what trains it for
/// an epoch of examples [x₁, x₂, y] in batches.
const RIVAL: &str = "
    const tanh = { value: (z) => Math.tanh(z), slope: (z) => { const a = Math.tanh(z); return 1 - a * a; } };
    const linear = { value: (z) => z, slope: () => 1 };
    class Unit {
        constructor(phi) {
            Object.assign(this, { phi, bias: 0.1, into: [], out: [], z: 0, a: 0, byA: 0, byZ: 0, sum: 0, count: 0 });
        }
        fire() {
            this.z = this.bias;
            for (let j = 0; j < this.into.length; j++) this.z += this.into[j].weight * this.into[j].from.a;
            this.a = this.phi.value(this.z);
        }
    }
    class Connection {
        constructor(from, to) {
            Object.assign(this, { from, to, weight: Math.random() - 0.5, byWeight: 0, sum: 0, count: 0, penalty: null });
            from.out.push(this);
            to.into.push(this);
        }
    }
    function trainer(sizes, alpha) {
        const layers = sizes.map((size, l) => Array.from({ length: size }, () =>
            new Unit(l + 1 < sizes.length ? tanh : linear)));
        for (let l = 1; l < layers.length; l++) {
            for (const to of layers[l]) for (const from of layers[l - 1]) new Connection(from, to);
        }
        const output = layers[layers.length - 1][0];
        const forward = (inputs) => {
            for (let i = 0; i < inputs.length; i++) layers[0][i].a = inputs[i];
            for (let l = 1; l < layers.length; l++) {
                for (let i = 0; i < layers[l].length; i++) layers[l][i].fire();
            }
        };
        const backward = (target) => {
            output.byA = output.a - target;
            for (let l = layers.length - 1; l >= 1; l--) {
                const layer = layers[l];
                for (let i = 0; i < layer.length; i++) {
                    const unit = layer[i];
                    unit.byZ = unit.byA * unit.phi.slope(unit.z);
                    unit.sum += unit.byZ;
                    unit.count++;
                }
                for (let i = 0; i < layer.length; i++) {
                    const unit = layer[i];
                    for (let j = 0; j < unit.into.length; j++) {
                        const one = unit.into[j];
                        one.byWeight = unit.byZ * one.from.a;
                        one.sum += one.byWeight;
                        one.count++;
                    }
                }
                if (l === 1) continue;
                const below = layers[l - 1];
                for (let i = 0; i < below.length; i++) {
                    const unit = below[i];
                    unit.byA = 0;
                    for (let j = 0; j < unit.out.length; j++) unit.byA += unit.out[j].weight * unit.out[j].to.byZ;
                }
            }
        };
        const update = () => {
            for (let l = 1; l < layers.length; l++) {
                for (let i = 0; i < layers[l].length; i++) {
                    const unit = layers[l][i];
                    if (unit.count > 0) {
                        unit.bias -= alpha * unit.sum / unit.count;
                        unit.sum = unit.count = 0;
                    }
                    for (let j = 0; j < unit.into.length; j++) {
                        const one = unit.into[j];
                        const penalty = one.penalty ? one.penalty(one.weight) : 0;
                        if (one.count > 0) {
                            one.weight -= alpha / one.count * (one.sum + penalty);
                            one.sum = one.count = 0;
                        }
                    }
                }
            }
        };
        return (examples, batch) => examples.forEach(([x1, x2, y], i) => {
            forward([x1, x2]);
            backward(y);
            if ((i + 1) % batch === 0) update();
        });
    }";

/// The lines of the table: nanoseconds an example takes here and there, and how many times as fast
/// the core is.
pub async fn lines(page: &Page) -> Vec<String> {
    let mut lines = Vec::new();
    for (name, hidden, batch, goal) in CONTESTS {
        page.open(&format!("net={hidden}&runs=gd&gd.batch={batch}&gd.alpha=0.03&step={EPOCHS}"))
            .await;
        let script = format!(
            "const [hidden, batch, epochs] = arguments;
             const {{ lab }} = ravine;
             lab.pause();
             {RIVAL}
             // Two classes, one about the other.
             const n = 250;
             const examples = Array.from({{ length: n }}, (_, i) => {{
                 const r = i % 2 ? 1.5 * Math.random() : 3.5 + 1.5 * Math.random();
                 const turn = 2 * Math.PI * Math.random();
                 return [r * Math.cos(turn), r * Math.sin(turn), i % 2 ? 1 : -1];
             }});
             const train = trainer([2, ...hidden.split(',').map(Number), 1], 0.03);
             const works = [
                 () => {{ for (const step of [0, epochs]) {{ lab.seek(step); lab.settle(); }} }},
                 () => {{ for (let epoch = 0; epoch < epochs; epoch++) train(examples, batch); }},
             ];
             const times = [[], []];
             // Interleaved, so that both meet the same machine.
             for (let round = 0; round < 41; round++) {{
                 works.forEach((work, at) => {{
                     const start = performance.now();
                     work();
                     times[at].push(1e6 * (performance.now() - start) / (epochs * n));
                 }});
             }}
             return times.map((of) => of.sort((a, b) => a - b)[20]);"
        );
        let [core, js]: [f64; 2] = page.call(&script, json!([hidden, batch, EPOCHS])).await;
        let name = format!("{name}: training, batch {batch}");
        lines.push(format!("{name:<54}{core:>9.0}{js:>9.0}{:>8.2}{goal:>6.1}", js / core));
    }
    lines
}
