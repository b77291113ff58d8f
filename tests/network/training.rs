//! Training: deterministic, and to be taken back.

use ravine::data::Batches;
use ravine::data::classes::{POINT_DATA, PointGenerator, Shape};
use ravine::network::{
    Activation, Architecture, Diverged, Examples, Features, Initialization, Output, Regularisation,
    Trainer, Workspace,
};
use ravine::optimizers::{Rule, gradient_descent, of_first_order, rule};

/// The default of TensorFlow Playground: 250 points of a circle, a 2-[4, 2]-1 net with tanh.
fn playground(output: Output) -> (Architecture, [Examples; 2]) {
    let net = Architecture::new(2, &[4, 2], Activation::Tanh, output).unwrap();
    let plan = PointGenerator::of(POINT_DATA.each_ref().map(|param| param.default));
    let points = plan.points();
    let examples = points.map(|p| Examples::of_points(&p, Features::PLAIN, output).unwrap());
    (net, examples)
}

fn trainer(net: &Architecture, rule: &Rule, values: &[f64], batches: Batches) -> Trainer {
    let theta = Initialization::Xavier.theta(net, 1);
    Trainer::new(net, theta, (rule, values), batches, Regularisation::default()).unwrap()
}

#[test]
fn the_default_net_learns_the_circle() {
    for output in [Output::Linear(1), Output::Logit, Output::Softmax(2), Output::Sigmoid(1)] {
        let (net, [train, test]) = playground(output);
        let batches = Batches::new(train.len(), 10, 1);
        let mut trainer = trainer(&net, &gradient_descent::RULE, &[0.1], batches);
        let at_first = trainer.risk(&train).loss;
        for _ in 0..200 * batches.per_epoch() {
            trainer.step(&train).unwrap();
        }
        let [train, test] = [train, test].map(|examples| trainer.risk(&examples));
        assert!(train.loss < 0.2 * at_first, "{output:?}: {train:?} from {at_first}");
        assert!(test.accuracy.unwrap() > 0.95, "{output:?}: {test:?}");
    }
}

#[test]
fn steps_are_the_gradient_of_each_batch_and_the_rule() {
    let (net, [train, _]) = playground(Output::Logit);
    let batches = Batches::new(train.len(), 7, 3);
    let penalty = Regularisation { l1: 0.001, l2: 0.01 };
    let momentum = rule("momentum").unwrap();
    let values = momentum.defaults();
    let theta = Initialization::He.theta(&net, 2);
    let mut trainer =
        Trainer::new(&net, theta.clone(), (momentum, &values), batches, penalty).unwrap();
    let (mut by_hand, mut grad) = (theta, vec![0.0; net.parameters()]);
    let mut optimizer = (momentum.make)(&values, net.parameters());
    let mut workspace = Workspace::new(&net);
    for update in 0..100 {
        let loss = workspace.gradient(&by_hand, &train, &batches.batch(update), &mut grad);
        penalty.add_gradient(&net, &by_hand, &mut grad);
        let before = by_hand.clone();
        optimizer.step(&mut by_hand, &grad);
        assert_eq!(trainer.step(&train), Ok(loss));
        assert_eq!((trainer.theta(), trainer.grad()), (&by_hand[..], &grad[..]));
        assert_eq!((trainer.before(), trainer.update()), (&before[..], update + 1));
    }
}

#[test]
fn every_rule_goes_on_from_a_checkpoint_as_it_went_before() {
    let (net, [train, _]) = playground(Output::Logit);
    for rule in of_first_order() {
        let batches = Batches::new(train.len(), 10, 1);
        let mut trainer = trainer(&net, rule, &rule.defaults(), batches);
        let step = |trainer: &mut Trainer, updates: usize| {
            for _ in 0..updates {
                trainer.step(&train).unwrap();
            }
            trainer.theta().to_vec()
        };
        step(&mut trainer, 37);
        let checkpoint = trainer.checkpoint();
        let once = step(&mut trainer, 60);
        trainer.restore(&checkpoint);
        assert_eq!(trainer.update(), 37);
        assert_eq!(step(&mut trainer, 60), once, "{}", rule.key);
    }
}

#[test]
fn a_copy_of_an_optimizer_has_its_memory_and_goes_its_own_way() {
    for rule in of_first_order() {
        let mut values = rule.defaults();
        values[0] = 0.1;
        let mut original = (rule.make)(&values, 1);
        let mut theta = [3.0];
        for _ in 0..5 {
            let slope = 2.0 * theta[0];
            original.step(&mut theta, &[slope]);
        }
        let mut copy = original.clone();
        let mut copied = theta;
        // The original is led elsewhere meanwhile.
        let mut lead = theta;
        let mut twin = original.clone();
        twin.step(&mut lead, &[-50.0]);
        copy.step(&mut copied, &[1.0]);
        original.step(&mut theta, &[1.0]);
        assert_eq!(theta, copied, "{}", rule.key);
        if rule.key != "gd" {
            let mut fresh = (rule.make)(&values, 1);
            let mut without_memory = [copied[0]];
            fresh.step(&mut without_memory, &[1.0]);
            copy.step(&mut copied, &[1.0]);
            assert_ne!(without_memory, copied, "{}", rule.key);
        }
    }
}

#[test]
fn divergence_keeps_the_last_finite_weights() {
    let net = Architecture::new(2, &[3], Activation::Relu, Output::Linear(1)).unwrap();
    let points =
        PointGenerator { shape: Shape::Plane, n: 40, noise: 0.0, train: 0.5, seed: 1 }.points();
    let train = Examples::of_points(&points[0], Features::PLAIN, Output::Linear(1)).unwrap();
    let batches = Batches::new(train.len(), 5, 1);
    let mut trainer = trainer(&net, &gradient_descent::RULE, &[10.0], batches);
    let stopped = (0..10_000).find_map(|_| trainer.step(&train).err()).expect("α = 10 diverges");
    let kept = trainer.theta().to_vec();
    assert!(kept.iter().all(|t| t.is_finite()) && trainer.has_diverged());
    assert_eq!(stopped, Diverged { update: trainer.update() });
    assert_eq!(trainer.step(&train), Err(stopped));
    assert_eq!(trainer.theta(), kept);
    // They are the weights that so many updates lead to.
    let theta = Initialization::Xavier.theta(&net, 1);
    let rule = (&gradient_descent::RULE, &[10.0][..]);
    let mut again = Trainer::new(&net, theta, rule, batches, Regularisation::default()).unwrap();
    for _ in 0..stopped.update {
        again.step(&train).unwrap();
    }
    assert_eq!(again.theta(), kept);
}

#[test]
fn penalties_are_on_weights_alone_and_have_their_gradient() {
    let net = Architecture::new(2, &[2], Activation::Tanh, Output::Logit).unwrap();
    let mut theta: Vec<f64> = (0..net.parameters()).map(|i| 0.5 * i as f64 - 2.0).collect();
    // A weight of 0, which L1 leaves alone.
    assert_eq!(theta[net.named("b1.1").unwrap()], 0.0);
    theta.swap(net.named("b1.1").unwrap(), net.named("w1.1.1").unwrap());
    let penalty = Regularisation { l1: 0.3, l2: 0.2 };
    let mut gradient = vec![0.0; theta.len()];
    penalty.add_gradient(&net, &theta, &mut gradient);
    let weights: Vec<usize> = net.layers().iter().flat_map(|layer| layer.weights()).collect();
    let squares: f64 = weights.iter().map(|&i| theta[i] * theta[i]).sum();
    let sizes: f64 = weights.iter().map(|&i| theta[i].abs()).sum();
    assert!((penalty.penalty(&net, &theta) - (0.1 * squares + 0.3 * sizes)).abs() < 1e-14);
    for (index, found) in gradient.into_iter().enumerate() {
        let w = theta[index];
        let sign = if w == 0.0 { 0.0 } else { w.signum() };
        let known = if weights.contains(&index) { 0.2 * w + 0.3 * sign } else { 0.0 };
        assert!((found - known).abs() < 1e-15, "{:?}", net.name(index));
    }
}

#[test]
fn a_penalty_keeps_weights_small() {
    let (net, [train, _]) = playground(Output::Logit);
    let size = |l1: f64, l2: f64| {
        let theta = Initialization::Xavier.theta(&net, 1);
        let rule = (&gradient_descent::RULE, &[0.1][..]);
        let batches = Batches::new(train.len(), 10, 1);
        let mut trainer =
            Trainer::new(&net, theta, rule, batches, Regularisation { l1, l2 }).unwrap();
        for _ in 0..1_000 {
            trainer.step(&train).unwrap();
        }
        let layer = net.layers()[0];
        trainer.theta()[layer.weights()].iter().map(|w| w * w).sum::<f64>()
    };
    let free = size(0.0, 0.0);
    assert!(size(0.1, 0.0) < 0.5 * free && size(0.0, 0.1) < 0.5 * free);
}

#[test]
fn what_does_not_fit_is_refused_in_a_sentence() {
    let [three, _] =
        PointGenerator { shape: Shape::Blobs(3), n: 9, noise: 0.0, train: 0.5, seed: 1 }.points();
    let [plane, _] =
        PointGenerator { shape: Shape::Plane, n: 9, noise: 0.0, train: 0.5, seed: 1 }.points();
    for (points, output, sentence) in [
        (&three, Output::Logit, "The data have 3 classes, and the output tells 2 apart."),
        (&three, Output::Linear(1), "The data have 3 classes, and the output tells 2 apart."),
        (&three, Output::Sigmoid(1), "The data have 3 classes, and the output tells 2 apart."),
        (&plane, Output::Logit, "The examples have values and no classes"),
    ] {
        let error = Examples::of_points(points, Features::PLAIN, output).unwrap_err();
        assert!(error.starts_with(sentence), "{error}");
    }
    assert!(Examples::of_points(&three, Features::PLAIN, Output::Softmax(4)).is_ok());
    let net = Architecture::new(2, &[], Activation::Tanh, Output::Logit).unwrap();
    let rule = (&gradient_descent::RULE, &[0.1][..]);
    let made =
        Trainer::new(&net, vec![0.0; 4], rule, Batches::new(9, 3, 1), Regularisation::default());
    assert_eq!(made.err().unwrap(), "This net has 3 weights and biases, and not 4.");
}
