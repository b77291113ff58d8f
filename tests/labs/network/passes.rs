//! Forward and backward by the numbers are what training computes.

use ravine::labs::Hand as _;
use ravine::labs::Lab as _;
use ravine::labs::model;
use ravine::labs::network::{NetLab, Passes, Stage};
use ravine::network::{Activation, Workspace};
use ravine::view::Theme;

use crate::network::at;

/// Every output and loss, every activation, batches, penalties.
const LINKS: [&str; 8] = [
    "net=4,3&data.n=40&runs=gd&gd.batch=7",
    "net=3,2&data.n=40&data.shape=blobs3&runs=momentum&momentum.batch=1&activation=relu",
    "net=3&data.n=40&data.shape=spirals5&output=linear&runs=adam&activation=elu",
    "net=4&data.n=40&data.shape=plane&runs=nesterov&activation=leaky&nesterov.l2=0.01&nesterov.alpha=0.01",
    "net=2,2&data.n=40&data.shape=curve&runs=rmsprop&activation=sigmoid&rmsprop.batch=9",
    "net=none&data.n=40&data.shape=moons&runs=gd&gd.loss=l2&gd.l1=0.01&gd.batch=3",
    "net=3&data.n=40&output=softmax&runs=adagrad&adagrad.batch=4&activation=linear&features=x1,x2,x1x2,sin1",
    "net=3,2&data.n=40&data.shape=blobs3&output=sigmoids&target.low=0.1&frozen=biases&runs=adam&adam.batch=5",
];

fn passes(lab: &mut NetLab) -> Passes {
    lab.passes().expect("there is a run")
}

#[test]
fn the_numbers_are_those_of_a_workspace_and_of_the_formulas() {
    for link in LINKS {
        let mut lab = at(link, 3);
        for example in [1, 5, 17] {
            lab.set("example", &example.to_string()).unwrap();
            let Passes { example: place, numbers, theta, net, .. } = passes(&mut lab);
            assert_eq!(place, example - 1);
            let train = &lab.sets().train;
            let own = Workspace::new(&net).numbers(&theta, train, place as u32);
            assert_eq!(numbers, own, "{link}");
            assert_eq!(theta, lab.training_runs()[0].trainer().theta(), "{link}");
            // z = W a + b and a = φ(z), layer after layer.
            let mut below = train.inputs_of(place);
            assert_eq!(numbers.inputs, below);
            for (at, (layer, of)) in net.layers().iter().zip(&numbers.layers).enumerate() {
                for unit in 0..layer.units {
                    let w = &theta[layer.weights()][unit * layer.inputs..][..layer.inputs];
                    let b = theta[layer.biases()][unit];
                    let z: f64 = w.iter().zip(&below).map(|(w, a)| w * a).sum::<f64>() + b;
                    assert!((z - of.z[unit]).abs() <= 1e-12 * (1.0 + z.abs()), "{link}: z");
                    if at + 1 < net.layers().len() {
                        let a = net.activation().value(of.z[unit]);
                        assert!((a - of.a[unit]).abs() < 1e-12, "{link}: a");
                        if net.activation() == Activation::Linear {
                            assert_eq!(of.a[unit], of.z[unit]);
                        }
                    }
                }
                below = of.a.clone();
            }
        }
    }
}

#[test]
fn the_gradient_is_the_slope_of_the_loss() {
    for link in LINKS {
        let mut lab = at(link, 2);
        lab.set("example", "11").unwrap();
        let Passes { example, numbers, theta, net, .. } = passes(&mut lab);
        let train = lab.sets().train.clone();
        let mut workspace = Workspace::new(&net);
        let mut loss = |theta: &[f64]| workspace.numbers(theta, &train, example as u32).loss;
        for index in 0..theta.len() {
            const H: f64 = 1e-6;
            let mut moved = theta.clone();
            moved[index] = theta[index] + H;
            let above = loss(&moved);
            moved[index] = theta[index] - H;
            let slope = (above - loss(&moved)) / (2.0 * H);
            let own = numbers.gradient[index];
            assert!((slope - own).abs() < 1e-6 * (1.0 + own.abs()), "{link}: {slope} and {own}");
        }
    }
}

#[test]
fn the_mean_over_the_batch_and_the_new_weight_are_those_of_the_next_update() {
    for link in LINKS {
        // Updates one by one, also over the end of an epoch.
        for update in [0, 1, 5, 13] {
            let link = format!("{link}&clock=updates&steps=50");
            let mut lab = at(&link, update);
            let net = lab.experiment().architecture();
            for weight in 0..net.parameters() {
                lab.set("weight", &net.name(weight).unwrap()).unwrap();
                let told = lab.weight_update(None, usize::MAX).unwrap();
                let before = lab.training_runs()[0].trainer().theta()[weight];
                let next = at(&link, update + 1);
                let trainer = next.training_runs()[0].trainer();
                assert_eq!(told.before, before, "{link}");
                assert_eq!(told.grad, trainer.grad()[weight], "{link}");
                assert_eq!(told.after, Some(trainer.theta()[weight]), "{link}");
                assert_eq!(told.parts.len(), told.size);
                let is_bias = net.place(weight).unwrap().input.is_none();
                assert_eq!(told.is_frozen, is_bias && link.contains("frozen=biases"), "{link}");
                if told.is_frozen {
                    assert_eq!((told.grad, told.after), (0.0, Some(before)), "{link}");
                    continue;
                }
                // The mean of the members' slopes, and the penalty's.
                let mean = told.parts.iter().map(|(_, part)| part).sum::<f64>() / told.size as f64;
                let regularisation = lab.experiment().regularisation(0);
                let mut penalty = vec![0.0; net.parameters()];
                let theta = lab.training_runs()[0].trainer().theta();
                regularisation.add_gradient(&net, theta, &mut penalty);
                let off = (mean + penalty[weight] - told.grad).abs();
                assert!(off < 1e-12 * (1.0 + told.grad.abs()), "{link}: {off:e}");
            }
        }
    }
}

#[test]
fn an_update_by_one_example_alone_has_its_gradient_and_changes_no_training() {
    for link in LINKS {
        let mut lab = at(link, 4);
        lab.set("example", "3").unwrap();
        let print = lab.fingerprint();
        let Passes { example, numbers, .. } = passes(&mut lab);
        let weight = lab.experiment().weight;
        let told = lab.weight_update(Some(example), 1).unwrap();
        assert_eq!(told.parts, [(example, numbers.gradient[weight])], "{link}");
        assert_eq!(told.size, 1);
        assert_eq!(lab.fingerprint(), print);
        let again = at(link, 9);
        lab.timeline_mut().seek(9);
        lab.settle();
        assert_eq!(lab.fingerprint(), again.fingerprint());
    }
}

#[test]
fn the_stages_go_forwards_and_backwards_and_stop_at_both_ends() {
    let mut lab = at("net=3,2&data.n=40&runs=gd", 1);
    let layers = [
        Stage::Forward(0, None),
        Stage::Forward(1, None),
        Stage::Forward(2, None),
        Stage::Loss,
        Stage::Delta(2, None),
        Stage::Gradient(2, None),
        Stage::Delta(1, None),
        Stage::Gradient(1, None),
        Stage::Delta(0, None),
        Stage::Gradient(0, None),
        Stage::Update,
        Stage::Batch,
        Stage::Chain,
    ];
    assert_eq!(passes(&mut lab).stages, layers);
    lab.turn(-1);
    assert_eq!(passes(&mut lab).at, 0);
    for at in 1..20 {
        lab.turn(1);
        assert_eq!(passes(&mut lab).at, at.min(12));
    }
    lab.turn(-3);
    assert_eq!(passes(&mut lab).at, 9);
    lab.turn(i32::MIN);
    assert_eq!(passes(&mut lab).at, 0);
    lab.turn(i32::MAX);
    assert_eq!(passes(&mut lab).at, 12);
    // Unit by unit, and the place survives a net with fewer of them.
    lab.set("pass", "units").unwrap();
    let stages = passes(&mut lab).stages;
    assert_eq!(stages.len(), 6 + 1 + 2 * 6 + 3);
    assert_eq!(stages[..2], [Stage::Forward(0, Some(0)), Stage::Forward(0, Some(1))]);
    lab.turn(i32::MAX);
    lab.set("net", "none").unwrap();
    assert_eq!(passes(&mut lab).at, passes(&mut lab).stages.len() - 1);
    lab.set("runs", "").unwrap();
    assert!(lab.passes().is_none() && lab.weight_update(None, 3).is_none());
    lab.turn(1);
}

#[test]
fn every_stage_is_told_in_formulas_that_hold_its_numbers() {
    for link in LINKS {
        for by in ["layers", "units"] {
            let mut lab = at(&format!("{link}&pass={by}"), 2);
            let count = passes(&mut lab).stages.len();
            for at in 0..count {
                lab.set("at", &at.to_string()).unwrap();
                let told = model::net::live(&mut lab).net.unwrap().passes.unwrap();
                assert_eq!([told.at, told.count], [at + 1, count]);
                let pieces = || told.lines.iter().flat_map(|line| &line.pieces);
                assert!(pieces().any(|piece| piece.contains("<mn>")), "{link}");
                for piece in pieces() {
                    assert_balanced(piece);
                    assert!(!piece.contains("NaN"), "{piece}");
                }
            }
        }
    }
}

/// Every element is closed in its turn, and nothing else is there than MathML.
fn assert_balanced(markup: &str) {
    let mut open = Vec::new();
    for tag in markup.split('<').skip(1) {
        let (tag, _) = tag.split_once('>').unwrap_or_else(|| panic!("{markup}"));
        match tag.strip_prefix('/') {
            Some(name) => assert_eq!(open.pop(), Some(name), "{markup}"),
            None => open.push(tag.split(' ').next().unwrap()),
        }
    }
    let starts = ["<math>", "<math class=\"apart\">"].iter().any(|start| markup.starts_with(start));
    assert!(open.is_empty() && starts, "{markup}");
    assert_eq!(markup.matches("<math").count(), 1, "{markup}");
}

#[test]
fn the_model_and_the_weights_beside_it_are_told() {
    for link in LINKS {
        let mut lab = at(&format!("{link}&deck=weights"), 2);
        let net = lab.experiment().architecture();
        for weight in 0..net.parameters() {
            lab.set("weight", &net.name(weight).unwrap()).unwrap();
            let rows = model::net::live(&mut lab).net.unwrap().unit.unwrap().rows;
            let chosen: Vec<_> = rows.iter().filter(|row| row.chosen).collect();
            assert_eq!(chosen.len(), 1, "{link}");
            assert_eq!(chosen[0].name, net.name(weight).unwrap());
            assert!(model::net::weight(&lab, weight).is_some());
        }
        assert!(model::net::weight(&lab, net.parameters()).is_none());
        let told = model::net::model(&lab, &Theme::LIGHT).net.unwrap();
        assert_eq!(told.nodes.len(), net.inputs() + net.units());
    }
}

#[test]
fn what_rounding_leaves_of_zero_is_told_as_zero_and_what_is_small_stays() {
    let told = |bias: &str| -> String {
        let link = "net=1&features=x1,x2&data=1,1,0;2,1,1;3,2,1&runs=gd&deck=passes&example=1";
        let mut lab = at(link, 0);
        for (key, value) in [("w1.1.1", "0.3"), ("w1.1.2", "-0.3"), ("b1.1", bias)] {
            lab.set(&format!("theta.{key}"), value).unwrap();
        }
        let lines = lab.live().net.expect("a net").passes.expect("the passes").lines;
        lines.into_iter().flat_map(|line| line.pieces).collect()
    };
    // 0.3 − 0.3 + 1e−17 is what rounding makes of 0: so are the bias, z and tanh z.
    for noise in ["1e-17", "-2e-16"] {
        let text = told(noise);
        assert!(text.contains("0.3") && !text.contains("e−1"), "{text}");
    }
    // A bias that is small beside its weights, and no less than z, is not 0.
    assert!(told("1e-9").contains("1e−9"), "{}", told("1e-9"));
}
