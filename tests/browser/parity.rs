//! One link gives one picture on every machine: what the core walks as WebAssembly in the browser
//! has the bits of what it walks natively, over 5,000 steps.

use ravine::lab::Lab;
use ravine::model;
use ravine::optimizers::RULES;
use ravine::problems::PROBLEMS;
use ravine::run::Status;
use ravine::surfaces::GALLERY;
use serde_json::json;

use crate::harness::browse;

/// Momentum is three rules.
const FORMS: [&str; 3] = ["accumulate", "velocity", "average"];

/// One run each, so that a link that differs says all.
fn links() -> Vec<String> {
    let mut links = Vec::new();
    for surface in GALLERY {
        let ground = format!("surface={}&steps=5000&step=0", surface.key);
        for rule in RULES {
            let run = format!("{ground}&runs={}", rule.key);
            if rule.key == "momentum" {
                links.extend(FORMS.map(|form| format!("{run}&momentum.form={form}")));
            } else {
                links.push(run.clone());
            }
            links.push(format!("{run}&{}.noise=0.3&seed=7", rule.key));
        }
    }
    // Every function that formulas know, where all are finite, and powers that are no integers.
    let functions = "x^2 + y^2 + sin(x)cos(y) + tan(x/9) + asin(x/9) + acos(y/9) + atan(x) \
                     + sinh(x/4) + cosh(y/4) + tanh(x) + exp(-x) + ln(9 + x) + log10(9 + y) \
                     + log2(9 + x) + sqrt(9 + y) + cbrt(9 + x) + sigmoid(y) + softplus(x) \
                     + relu(y) + abs(x) + atan2(y, 9 + x) + (9 + x)^1.3 + 1.1^y + max(x, y) \
                     + huber(y, 1)";
    let functions = functions.replace("  ", "").replace('+', "%2B").replace(' ', "%20");
    links.push(format!("f={functions}&runs=gd&gd.alpha=0.01&steps=5000&step=0"));
    links.extend(links_on_data());
    links
}

/// Every problem with every rule, batches of several sizes, every average and every schedule.
fn links_on_data() -> Vec<String> {
    let runs = [
        "gd",
        "gd&gd.batch=1&gd.average=all",
        "gd&gd.batch=7&gd.average=half&gd.schedule=inverse&gd.tau=50",
        "gd&gd.batch=32&gd.average=exponential&gd.schedule=root&data.outliers=10",
        "momentum&momentum.batch=1&momentum.schedule=step&momentum.tau=900&momentum.gamma=0.3",
        "nesterov&nesterov.batch=13&nesterov.average=all&data.standardise=yes&data.center=2",
        "adagrad&adagrad.batch=59&adagrad.average=half&data.n=60",
        "rmsprop&rmsprop.batch=4&rmsprop.average=exponential&rmsprop.keep=0.99&data.seed=12",
        "adam&adam.batch=10&adam.schedule=cosine&adam.noise=0.3&adam.average=all&seed=7",
    ];
    let mut links = Vec::new();
    for problem in PROBLEMS {
        let on = |run| format!("problem={}&steps=5000&step=0&runs={run}", problem.key);
        links.extend(runs.map(on));
    }
    let own = "loss=log10(1%2B(y-w*x-b)^2)%2Bc*w^2&f.c=0.01&data=1,2;2,2.5;3,7;4,5.5;-1,0.125";
    links.push(format!("{own}&runs=gd&gd.batch=2&gd.average=half&steps=5000&step=0"));
    links
}

#[test]
fn native_and_wasm_walk_every_path_bit_for_bit() {
    let links = links();
    let mut labs: Vec<Lab> = links.iter().map(|link| Lab::new(link)).collect();
    labs.iter_mut().for_each(|lab| lab.seek(5000));
    let whole = |lab: &&Lab| {
        let [path] = lab.paths() else { panic!("{} runs in {}", lab.paths().len(), lab.link()) };
        path.theta.len() == 5001 && path.status == Status::Finished
    };
    for (lab, link) in labs.iter().zip(&links) {
        assert!(lab.faults().is_empty(), "{link}: {:?}", lab.faults());
    }
    let finished = labs.iter().filter(whole).count();
    assert!(finished * 10 > links.len() * 7, "only {finished} of {} walk on", links.len());

    browse("step=0", async |page| {
        // And what is said at the end of them is the same to the letter.
        let in_page: Vec<[String; 2]> = page
            .call(
                "const { lab } = ravine;
                 return arguments[0].map((link) => {
                     lab.open(link);
                     lab.seek(5000);
                     return [lab.fingerprint(), lab.live()];
                 });",
                json!([links]),
            )
            .await;
        let differ: Vec<_> = (links.iter().zip(&labs).zip(&in_page))
            .filter(|((_, lab), wasm)| [lab.fingerprint(), model::live(lab).to_string()] != **wasm)
            .map(|((link, _), _)| link)
            .collect();
        assert!(differ.is_empty(), "{} of {} differ: {differ:#?}", differ.len(), links.len());
    });
}

#[test]
fn a_fingerprint_tells_paths_apart() {
    let mut seen: Vec<String> = links().iter().map(|link| Lab::new(link).fingerprint()).collect();
    let all = seen.len();
    seen.sort();
    seen.dedup();
    // Momentum's forms accumulate and velocity are one path where no rounding tells them apart,
    // and a path that starts by diverging has few bits.
    assert!(seen.len() * 10 > all * 9, "{} of {all} differ", seen.len());
}
