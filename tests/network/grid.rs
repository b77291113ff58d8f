//! The fast evaluation for pictures is the pass of training, but for f32.

use proptest::prelude::*;
use ravine::network::{Activation, Architecture, Examples, Grid, Output, Workspace};

use super::nets::{Net, nets};

/// The inputs of a net's examples, a column for each.
fn columns(examples: &Examples, inputs: usize) -> Vec<Vec<f64>> {
    let rows: Vec<Vec<f64>> = (0..examples.len()).map(|i| examples.inputs_of(i)).collect();
    (0..inputs).map(|input| rows.iter().map(|row| row[input]).collect()).collect()
}

/// a of every unit by the pass of training: units × examples.
fn units(net: &Net) -> Vec<f64> {
    let n = net.examples.len();
    let mut all = vec![0.0; net.shape.units() * n];
    Workspace::new(&net.shape).each_block(&net.theta, &net.examples, |workspace, block| {
        for (l, layer) in net.shape.layers().iter().enumerate() {
            for unit in 0..layer.units {
                let row = &mut all[(layer.first + unit) * n..][..n];
                row[block.clone()].copy_from_slice(workspace.a(l, unit));
            }
        }
    });
    all
}

/// How far the fast evaluation is off, as a part of 1 or of a number's size if that is larger.
fn off(net: &Net) -> f64 {
    let known = units(net);
    let mut grid = Grid::new(&net.shape, &columns(&net.examples, net.shape.inputs()));
    let found = grid.units(&net.theta).to_vec();
    let outputs = net.shape.output().units() * net.examples.len();
    assert_eq!(grid.outputs(&net.theta), &found[found.len() - outputs..]);
    assert_eq!(found.len(), known.len());
    let apart = found.iter().zip(known).map(|(a, b)| (f64::from(*a) - b).abs() / b.abs().max(1.0));
    apart.fold(0.0, |worst, off| if off <= worst { worst } else { off })
}

proptest! {
    #![proptest_config(super::laws::steady())]

    #[test]
    fn every_unit_of_every_net_is_that_of_training_to_five_digits(net in nets()) {
        let off = off(&net);
        prop_assert!(off < 1e-5, "{off:e}");
    }
}

#[test]
fn deep_nets_and_many_points_keep_five_digits() {
    for activation in Activation::ALL {
        for output in [Output::Linear(2), Output::Logit, Output::Softmax(6), Output::Sigmoid(2)] {
            for (hidden, n) in [(&[16; 6][..], 200), (&[8; 6], 576), (&[4, 2], 1), (&[], 65)] {
                let shape = Architecture::new(2, hidden, activation, output).unwrap();
                let off = off(&Net::random(shape, n, 3));
                assert!(off < 1e-5, "{activation:?} {output:?} {hidden:?}: {off:e}");
            }
        }
    }
}

/// A net of one input that a hidden layer of one unit passes to the output as it is.
fn alone(activation: Activation, output: Output, inputs: &[f64]) -> [Vec<f32>; 2] {
    let shape = Architecture::new(1, &[1], activation, output).unwrap();
    let mut theta = vec![0.0; shape.parameters()];
    [theta[0], theta[2]] = [1.0; 2];
    let values = Grid::new(&shape, &[inputs.to_vec()]).units(&theta).to_vec();
    let n = inputs.len();
    [values[..n].to_vec(), values[n..2 * n].to_vec()]
}

#[test]
fn curves_are_smooth_from_end_to_end() {
    let mut z: Vec<f64> = (-4000..=4000).map(|i| 0.01 * f64::from(i)).collect();
    z.extend([1e-30, -1e-30, 1e4, -1e4, 3e38, -3e38]);
    for activation in Activation::ALL {
        let [a, _] = alone(activation, Output::Linear(1), &z);
        for (&z, a) in z.iter().zip(a) {
            let known = activation.value(z);
            assert!(
                (f64::from(a) - known).abs() <= 4e-6 * known.abs().max(1.0),
                "{activation:?} of {z} is {a}"
            );
        }
    }
    // Probabilities stay within 0 and 1.
    for output in [Output::Logit, Output::Sigmoid(1), Output::Softmax(3)] {
        let [_, f] = alone(Activation::Linear, output, &z);
        assert!(f.iter().all(|f| (-1e-6..=1.000001).contains(f)), "{output:?}");
    }
}

#[test]
fn what_is_not_finite_stays_so_and_nothing_panics() {
    for activation in Activation::ALL {
        for output in [Output::Linear(2), Output::Logit, Output::Softmax(3), Output::Sigmoid(2)] {
            let shape = Architecture::new(2, &[3, 2], activation, output).unwrap();
            let net = Net::random(shape, 70, 1);
            let mut grid = Grid::new(&net.shape, &columns(&net.examples, 2));
            for index in [0, net.theta.len() - 1] {
                let mut theta = net.theta.clone();
                theta[index] = f64::NAN;
                let n = net.examples.len();
                let found = grid.outputs(&theta);
                assert!(found[found.len() - n..].iter().all(|f| f.is_nan()), "{activation:?}");
                for value in [f64::INFINITY, f64::MIN, 1e39] {
                    theta[index] = value;
                    assert_eq!(grid.units(&theta).len(), net.shape.units() * n);
                }
            }
        }
    }
    let shape = Architecture::new(2, &[], Activation::Tanh, Output::Logit).unwrap();
    assert!(Grid::new(&shape, &[]).outputs(&[1.0; 3]).is_empty());
    // A column that is missing counts as zeros: f = σ(b).
    assert_eq!(Grid::new(&shape, &[vec![0.0; 3]]).outputs(&[1.0, 1.0, 0.0]), [0.5; 3]);
}
