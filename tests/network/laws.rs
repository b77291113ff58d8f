//! Laws of a net's loss and gradient.

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use ravine::network::{
    Activation, Architecture, Examples, Initialization, Layer, Output, Regularisation, Workspace,
};

use super::nets::{Net, nets};

pub fn steady() -> ProptestConfig {
    ProptestConfig { rng_seed: RngSeed::Fixed(4), failure_persistence: None, ..<_>::default() }
}

fn net(inputs: usize, hidden: &[usize], activation: Activation, output: Output) -> Architecture {
    Architecture::new(inputs, hidden, activation, output).unwrap()
}

fn assert_near(ours: &[f64], known: &[f64], within: f64, what: &str) {
    assert_eq!(ours.len(), known.len(), "{what}");
    for (a, b) in ours.iter().zip(known) {
        assert!((a - b).abs() <= within * b.abs().max(1.0), "{what}: {a} is not {b}");
    }
}

/// Whether some unit of a hidden layer is so near its kink that a difference may reach over it.
fn is_near_a_kink(net: &Net) -> bool {
    use Activation::{Elu, LeakyRelu, Relu};
    let kinked = matches!(net.shape.activation(), Relu | LeakyRelu | Elu);
    let mut workspace = Workspace::new(&net.shape);
    let hidden = &net.shape.layers()[..net.shape.layers().len() - 1];
    let mut near = false;
    workspace.each_block(&net.theta, &net.examples, |workspace, _| {
        for (layer, Layer { units, .. }) in hidden.iter().enumerate() {
            near |= (0..*units).any(|u| workspace.z(layer, u).iter().any(|z| z.abs() < 5e-3));
        }
    });
    kinked && near
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..steady() })]

    #[test]
    fn every_gradient_is_the_slope_of_its_loss(net in nets()) {
        prop_assume!(!is_near_a_kink(&net));
        let (loss, gradient) = net.gradient(&net.all());
        prop_assert!((loss - net.loss(&net.theta)).abs() <= 1e-14 * loss.max(1.0));
        for index in 0..net.theta.len() {
            // Central differences with two steps, of which the error's first term cancels.
            let slope = |h: f64| {
                let [mut up, mut down] = [net.theta.clone(), net.theta.clone()];
                (up[index], down[index]) = (up[index] + h, down[index] - h);
                (net.loss(&up) - net.loss(&down)) / (2.0 * h)
            };
            let slope = (4.0 * slope(2e-4) - slope(4e-4)) / 3.0;
            let off = (gradient[index] - slope).abs();
            prop_assert!(off < 1e-9 * slope.abs().max(1.0), "{}: {off:e}", index);
        }
    }

    #[test]
    fn a_batch_is_the_mean_of_its_examples(net in nets(), pick in prop::collection::vec(0..9_u32, 1..12)) {
        let n = net.examples.len() as u32;
        let batch: Vec<u32> = pick.into_iter().map(|index| index % n).collect();
        let (loss, gradient) = net.gradient(&batch);
        let mut sums = vec![0.0; gradient.len()];
        let mut total = 0.0;
        for &index in &batch {
            let (loss, gradient) = net.gradient(&[index]);
            total += loss;
            sums.iter_mut().zip(gradient).for_each(|(sum, g)| *sum += g);
        }
        let means: Vec<f64> = sums.iter().map(|sum| sum / batch.len() as f64).collect();
        assert_near(&[loss], &[total / batch.len() as f64], 1e-13, "loss");
        assert_near(&gradient, &means, 1e-13, "gradient");
    }

    #[test]
    fn the_numbers_of_an_example_are_those_of_training_to_the_last_bit(net in nets()) {
        let mut whole = Workspace::new(&net.shape);
        let mut grad = vec![0.0; net.theta.len()];
        whole.gradient(&net.theta, &net.examples, &net.all(), &mut grad);
        let mut workspace = Workspace::new(&net.shape);
        for index in net.all() {
            let numbers = workspace.numbers(&net.theta, &net.examples, index);
            let at = index as usize;
            prop_assert_eq!(numbers.loss.to_bits(), whole.losses()[at].to_bits());
            for (layer, numbers) in numbers.layers.iter().enumerate() {
                for unit in 0..numbers.z.len() {
                    let of_batch = [whole.z(layer, unit), whole.a(layer, unit), whole.delta(layer, unit)];
                    let alone = [numbers.z[unit], numbers.a[unit], numbers.delta[unit]];
                    prop_assert_eq!(of_batch.map(|row| row[at].to_bits()), alone.map(f64::to_bits));
                }
            }
            // The chain rule, number by number.
            for (l, layer) in net.shape.layers().iter().enumerate() {
                let below = if l == 0 { &numbers.inputs } else { &numbers.layers[l - 1].a };
                for (unit, delta) in numbers.layers[l].delta.iter().enumerate() {
                    prop_assert_eq!(numbers.gradient[layer.biases()][unit], *delta);
                    let row = &numbers.gradient[layer.weights()][unit * layer.inputs..];
                    for (g, a) in row.iter().zip(below) {
                        prop_assert_eq!(*g, delta * a);
                    }
                }
            }
        }
    }

    #[test]
    fn exchanging_two_hidden_units_leaves_the_loss(net in nets(), picks in any::<[prop::sample::Index; 3]>()) {
        let layers = net.shape.layers();
        prop_assume!(layers.len() > 1);
        let layer = picks[0].index(layers.len() - 1);
        let [one, other] = [1, 2].map(|i| picks[i].index(layers[layer].units));
        let mut theta = net.theta.clone();
        let Layer { inputs, .. } = layers[layer];
        for input in 0..inputs {
            let start = layers[layer].start;
            theta.swap(start + one * inputs + input, start + other * inputs + input);
        }
        theta.swap(layers[layer].biases().start + one, layers[layer].biases().start + other);
        let above = layers[layer + 1];
        for unit in 0..above.units {
            let start = above.start + unit * above.inputs;
            theta.swap(start + one, start + other);
        }
        assert_near(&[net.loss(&theta)], &[net.loss(&net.theta)], 1e-13, "loss");
    }
}

#[test]
fn large_batches_are_means_too() {
    let shape = net(2, &[4, 2], Activation::Tanh, Output::Logit);
    let net = Net::random(shape, 333, 5);
    let (loss, gradient) = net.gradient(&net.all());
    let mut sums = vec![0.0; gradient.len()];
    let mut total = 0.0;
    for index in net.all() {
        let (loss, gradient) = net.gradient(&[index]);
        total += loss;
        sums.iter_mut().zip(gradient).for_each(|(sum, g)| *sum += g);
    }
    sums.iter_mut().for_each(|sum| *sum /= 333.0);
    assert_near(&[loss, net.loss(&net.theta)], &[total / 333.0; 2], 1e-14, "loss");
    assert_near(&gradient, &sums, 1e-14, "gradient");
}

#[test]
fn a_net_without_hidden_layers_is_linear_regression() {
    // ∇R = 1/n Xᵀ(Xw + b − y), which is 0 at the least squares.
    let net = Net::random(net(2, &[], Activation::Tanh, Output::Linear(1)), 40, 9);
    let rows: Vec<[f64; 3]> =
        (0..40).map(|i| net.examples.inputs_of(i)).map(|x| [x[0], x[1], 1.0]).collect();
    let y: Vec<f64> = (0..40).map(|i| net.examples.target_of(i)[0]).collect();
    let off =
        |theta: &[f64], i: usize| rows[i].iter().zip(theta).map(|(x, w)| x * w).sum::<f64>() - y[i];
    let known: Vec<f64> = (0..3)
        .map(|j| (0..40).map(|i| off(&net.theta, i) * rows[i][j]).sum::<f64>() / 40.0)
        .collect();
    let (loss, gradient) = net.gradient(&net.all());
    assert_near(&gradient, &known, 1e-14, "gradient");
    let half_mean: f64 = (0..40).map(|i| 0.5 * off(&net.theta, i).powi(2)).sum::<f64>() / 40.0;
    assert_near(&[loss], &[half_mean], 1e-14, "loss");
}

#[test]
fn softmax_over_two_logits_is_one_logit() {
    for seed in 0..50 {
        let one = Net::random(net(3, &[4], Activation::Tanh, Output::Logit), 12, seed);
        // z₁ = the logit and z₀ = 0 have the same probabilities.
        let shape = net(3, &[4], Activation::Tanh, Output::Softmax(2));
        let hidden = shape.layers()[0].parameters();
        let (w, b) = one.theta[hidden.end..].split_at(4);
        let theta = [&one.theta[hidden], &[0.0; 4], w, &[0.0], b].concat();
        let y = (0..12).map(|i| one.examples.target_of(i)[0] as usize).collect();
        let inputs: Vec<Vec<f64>> = (0..12).map(|i| one.examples.inputs_of(i)).collect();
        let columns = (0..3).map(|j| inputs.iter().map(|x| x[j]).collect()).collect();
        let examples = Examples::with_classes(columns, y, shape.output()).unwrap();
        let two = Net { shape, theta, examples };
        let [(loss1, grad1), (loss2, grad2)] = [&one, &two].map(|net| net.gradient(&net.all()));
        assert_near(&[loss2], &[loss1], 1e-14, "loss");
        assert_near(&grad2[..16], &grad1[..16], 1e-14, "gradient of the hidden layer");
        assert_near(&grad2[20..24], &grad1[16..20], 1e-14, "gradient of the logit");
        assert_eq!(
            Workspace::new(&one.shape).risk(&one.theta, &one.examples).accuracy,
            Workspace::new(&two.shape).risk(&two.theta, &two.examples).accuracy
        );
    }
}

/// A net of one layer that passes its input on as logit 1, beside logits 0.
fn passing_on(output: Output, z: f64, class: usize) -> Net {
    let shape = net(1, &[], Activation::Linear, output);
    let mut theta = vec![0.0; shape.parameters()];
    theta[output.units().min(2) - 1] = 1.0;
    let examples = Examples::with_classes(vec![vec![z]], vec![class], output).unwrap();
    Net { shape, theta, examples }
}

#[test]
fn cross_entropy_of_huge_logits_is_exact() {
    for output in [Output::Logit, Output::Softmax(2), Output::Softmax(5)] {
        for z in [1e4, 745.2, 40.0] {
            for (z, class, loss, slope) in [
                // Confident and wrong: the loss is the logit, the slope ±1.
                (z, 0, z, 1.0),
                (-z, 1, z, -1.0),
                // Confident and right.
                (z, 1, 0.0, 0.0),
                (-z, 0, 0.0, 0.0),
            ] {
                let net = passing_on(output, z, class);
                let (found, gradient) = net.gradient(&[0]);
                let bias = net.shape.layers()[0].biases().start + output.units().min(2) - 1;
                let what = format!("{output:?} at {z}");
                // Of five logits those of 0 share what is left.
                let others = if z < 0.0 { (output.classes() as f64 - 1.0).ln() } else { 0.0 };
                assert_near(&[found], &[loss + others], 1e-14, &what);
                assert_near(&[gradient[bias]], &[slope], 1e-14, &what);
                assert!(gradient.iter().all(|g| g.is_finite()));
            }
        }
    }
}

#[test]
fn a_confident_prediction_keeps_the_digits_of_its_small_loss() {
    // log(1 + e^−z) is nearly e^−z.
    for z in [20.0, 40.0, 300.0, 700.0] {
        let (loss, _) = passing_on(Output::Logit, z, 1).gradient(&[0]);
        assert!((loss / f64::exp(-z) - 1.0).abs() < 1e-8, "{z}: {loss}");
    }
}

#[test]
fn confident_and_wrong_learns_from_cross_entropy_and_not_from_l2_of_the_sigmoid() {
    let sigmoid = |z: f64| 1.0 / (1.0 + (-z).exp());
    for (z, class) in [(0.0, 1), (-2.0, 1), (3.0, 0), (8.0, 0), (-15.0, 1), (30.0, 0), (1e4, 0)] {
        let [(bce, steep), (l2, flat)] = [Output::Logit, Output::Sigmoid(1)]
            .map(|output| passing_on(output, z, class).gradient(&[0]));
        let [steep, flat] = [steep, flat].map(|gradient| gradient[1]);
        let (f, y) = (sigmoid(z), class as f64);
        assert_near(&[l2], &[0.5 * (y - f) * (y - f)], 1e-15, "L2 loss");
        assert_near(&[steep, flat], &[f - y, (f - y) * f * (1.0 - f)], 1e-15, "δ");
        // Both say which way; at f = ½ one is a quarter of the other, and further out it dies.
        assert!(flat.abs() <= 0.25 * steep.abs() && flat * steep >= 0.0);
        if z.abs() > 20.0 {
            assert!(bce >= 30.0 && steep.abs() > 0.99 && l2 > 0.49 && flat.abs() < 1e-12);
        }
    }
}

#[test]
fn what_is_not_a_number_does_not_get_lost() {
    for activation in Activation::ALL {
        for output in [Output::Linear(2), Output::Logit, Output::Softmax(3), Output::Sigmoid(2)] {
            for index in 0..3 {
                let mut net = Net::random(net(2, &[2], activation, output), 3, 1);
                let last = net.theta.len() - 1;
                net.theta[[0, last / 2, last][index]] = f64::NAN;
                let (loss, gradient) = net.gradient(&net.all());
                assert!(loss.is_nan() && gradient.iter().any(|g| g.is_nan()), "{activation:?}");
            }
        }
    }
}

#[test]
fn all_units_of_a_layer_stay_one_from_zeros() {
    for activation in Activation::ALL {
        let shape = net(2, &[4, 3], activation, Output::Softmax(3));
        let mut net = Net::random(shape, 12, 7);
        net.theta = Initialization::Zeros.theta(&net.shape, 1);
        for _ in 0..50 {
            let (_, gradient) = net.gradient(&net.all());
            net.theta.iter_mut().zip(gradient).for_each(|(t, g)| *t -= 0.5 * g);
            for layer in &net.shape.layers()[..2] {
                let rows: Vec<&[f64]> = net.theta[layer.weights()].chunks(layer.inputs).collect();
                assert!(rows.iter().all(|row| *row == rows[0]), "{activation:?}");
                let biases = &net.theta[layer.biases()];
                assert!(biases.iter().all(|b| *b == biases[0]), "{activation:?}");
            }
        }
    }
}

#[test]
fn activations_are_their_formulas_and_slopes() {
    let known: [fn(f64) -> f64; 6] = [
        f64::tanh,
        |z| z.max(0.0),
        |z| if z > 0.0 { z } else { 0.01 * z },
        |z| 1.0 / (1.0 + (-z).exp()),
        |z| if z > 0.0 { z } else { z.exp_m1() },
        |z| z,
    ];
    for (activation, known) in Activation::ALL.into_iter().zip(known) {
        for i in -400..=400 {
            let z = 0.05 * f64::from(i);
            let a = activation.value(z);
            assert!((a - known(z)).abs() <= 1e-15 * known(z).abs().max(0.1), "{activation:?} {z}");
            if i != 0 {
                let slope = (known(z + 1e-5) - known(z - 1e-5)) / 2e-5;
                assert!((activation.slope(z, a) - slope).abs() < 1e-9, "{activation:?} at {z}");
            }
        }
        assert!(activation.value(f64::NAN).is_nan());
    }
}

#[test]
fn no_penalty_is_none_however_large_the_weights() {
    let net = net(2, &[2], Activation::Tanh, Output::Logit);
    let theta = vec![1e300; net.parameters()];
    assert_eq!(Regularisation::default().penalty(&net, &theta), 0.0);
    assert_eq!(Regularisation { l1: 0.0, l2: 1.0 }.penalty(&net, &theta), f64::INFINITY);
}
