//! One link gives one picture on every machine: what the core walks as WebAssembly in the browser
//! has the bits of what it walks natively, over 5,000 steps.

use ravine::labs::Lab as _;
use ravine::labs::model;
use ravine::labs::network::NetLab;
use ravine::labs::planar::PlanarLab;
use ravine::math::param::{Choice, Param, Scale};
use ravine::objective::problems::PROBLEMS;
use ravine::objective::surfaces::GALLERY;
use ravine::optimizers::{RULES, Rule};
use ravine::training::run::Status;
use serde_json::json;

use crate::harness::browse;

/// The forms of a rule, as a link names them: momentum is three rules, Newton's method is two.
fn forms(rule: &'static Rule) -> Vec<String> {
    let of = |param: &'static Param| match param.scale {
        Scale::Choice(choices) => {
            let form = |choice: &Choice| format!("&{}.{}={}", rule.key, param.key, choice.key);
            choices.iter().map(form).collect()
        }
        _ => Vec::new(),
    };
    let all: Vec<String> = rule.parameters.iter().flat_map(of).collect();
    if all.is_empty() { vec![String::new()] } else { all }
}

/// One run each, so that a link that differs says all.
fn links() -> Vec<String> {
    let mut links = Vec::new();
    for surface in GALLERY {
        let ground = format!("surface={}&steps=5000&step=0", surface.key);
        for rule in RULES {
            let run = format!("{ground}&runs={}", rule.key);
            links.extend(forms(rule).iter().map(|form| format!("{run}{form}")));
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
        "newton&newton.batch=10&newton.indefinite=absolute&newton.damping=0.1&newton.noise=0.1",
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
    let mut labs: Vec<PlanarLab> = links.iter().map(|link| PlanarLab::new(link)).collect();
    for lab in &mut labs {
        lab.timeline_mut().seek(5000);
        lab.settle();
    }
    let whole = |lab: &&PlanarLab| {
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
                     lab.settle();
                     return [lab.fingerprint(), lab.live()];
                 });",
                json!([links]),
            )
            .await;
        let differ: Vec<_> = (links.iter().zip(&labs).zip(&in_page))
            .filter(|((_, lab), wasm)| {
                [lab.fingerprint(), model::json(&model::live(lab))] != **wasm
            })
            .map(|((link, _), _)| link)
            .collect();
        assert!(differ.is_empty(), "{} of {} differ: {differ:#?}", differ.len(), links.len());
    });
}

/// A net each, over 1,000 updates: every activation with every output, and every rule, batches of
/// several sizes, initialisations and penalties by turns.
fn links_of_nets() -> Vec<String> {
    let outputs = [
        "data.shape=circle",
        "data.shape=xor&RUN.loss=l2",
        "data.shape=gauss&output=linear",
        "data.shape=blobs3",
        "data.shape=spirals5&output=linear",
        "data.shape=hills",
        "data.shape=curve",
        "data.shape=moons&output=softmax",
    ];
    let rules = ["gd", "momentum", "adam", "nesterov", "rmsprop", "adagrad"];
    let batches = ["1", "7", "10", "30"];
    let more = [
        "",
        "&RUN.l2=0.01",
        "&init=he&features=x1,x2,x1x1,x2x2,x1x2,sin1,sin2",
        "&RUN.l1=0.003&init=normal",
        "&data.standardise=yes&seed=77",
    ];
    let mut links = Vec::new();
    for (a, activation) in ["tanh", "relu", "leaky", "sigmoid", "elu", "linear"].iter().enumerate()
    {
        for (o, output) in outputs.iter().enumerate() {
            let at = a * outputs.len() + o;
            let (rule, batch) = (rules[at % rules.len()], batches[(at + a) % batches.len()]);
            let hidden = ["4,2", "8", "5,4,3"][at % 3];
            let link = format!(
                "net={hidden}&{output}&data.n=60&activation={activation}&runs={rule}{}&RUN.batch={batch}\
                 &RUN.alpha=0.01&clock=updates&steps=1000&step=1000",
                more[at % more.len()]
            );
            links.push(link.replace("RUN", rule));
        }
    }
    // Data of one's own, a weight set by hand, all that is told.
    let own = "net=6,6&data=1,2,3,0;2,1,0,1;0.5,3,1,2;-1,0.125,7,0;4,4,1e3,1;9,8,7,2&steps=1000";
    links.push(format!("{own}&clock=updates&runs=gd,adam&adam.batch=2&deck=weights&step=1000"));
    let hand = "net=4,2&data.n=60&clock=updates&steps=1000&hand=0,w1.1.1,0.5;500,b2.1,-1,gd2";
    links.push(format!("{hand}&deck=surface&step=1000"));
    links.push(format!("{hand}&at=11&pass=units&step=1000"));
    links
        .push("net=none&data.shape=hills&gd.alpha=9&gd2.alpha=9&clock=updates&step=300".to_owned());
    links
}

#[test]
fn native_and_wasm_train_every_net_bit_for_bit_and_tell_of_it_to_the_letter() {
    let links = links_of_nets();
    let mut labs: Vec<NetLab> = links.iter().map(|link| NetLab::new(link)).collect();
    for (lab, link) in labs.iter_mut().zip(&links) {
        assert!(lab.faults().is_empty(), "{link}: {:?}", lab.faults());
        lab.settle();
    }
    let whole = |lab: &&NetLab| {
        lab.training_runs().iter().all(|training_run| training_run.updates() == 1000)
    };
    let finished = labs.iter().filter(whole).count();
    assert!(finished * 10 > links.len() * 8, "only {finished} of {} go on", links.len());

    browse("net=4,2&step=0", async |page| {
        let in_page: Vec<[String; 2]> = page
            .call(
                "const { lab } = ravine;
                 return arguments[0].map((link) => {
                     lab.open(link);
                     lab.settle();
                     return [lab.fingerprint(), lab.live()];
                 });",
                json!([links]),
            )
            .await;
        let mut differ = Vec::new();
        for ((link, lab), [print, live]) in links.iter().zip(&mut labs).zip(&in_page) {
            if lab.fingerprint() != *print || model::json(&model::net::live(lab)) != *live {
                differ.push(link);
            }
        }
        assert!(differ.is_empty(), "{} of {} differ: {differ:#?}", differ.len(), links.len());
    });
}

#[test]
fn a_fingerprint_tells_paths_apart() {
    let mut seen: Vec<String> =
        links().iter().map(|link| PlanarLab::new(link).fingerprint()).collect();
    let all = seen.len();
    seen.sort();
    seen.dedup();
    // Momentum's forms accumulate and velocity are one path where no rounding tells them apart,
    // and a path that starts by diverging has few bits.
    assert!(seen.len() * 10 > all * 9, "{} of {all} differ", seen.len());
}
