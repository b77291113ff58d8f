//! Several sigmoids with L2, and frozen biases: the reference's link is Mazur's worked example.

use serde_json::Value;

use crate::network::{at, bits};
use ravine::labs::Lab as _;

/// The link that the reference gives.
fn link() -> &'static str {
    let links = include_str!("../../../src/export/reference/text/links.md");
    let (_, behind) = links.split_once("Mazur's worked example is a link:\n\n```\n#").unwrap();
    behind.lines().next().unwrap()
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|number| number.as_f64().unwrap()).collect()
}

fn assert_near(ours: &[f64], theirs: &[f64], most: f64) {
    assert_eq!(ours.len(), theirs.len());
    for (ours, theirs) in ours.iter().zip(theirs) {
        assert!((ours - theirs).abs() < most, "{ours} {theirs}");
    }
}

#[test]
fn the_link_of_mazurs_worked_example_trains_as_pytorch_and_as_he_prints() {
    let golden: Value = serde_json::from_str(include_str!("../../golden/worked.json")).unwrap();
    let run = &golden["cases"][0]["runs"][0];
    let lab = at(link(), 1);
    let training_run = &lab.training_runs()[0];
    let theta = training_run.trainer().theta();
    assert_near(&training_run.records().0.train[..2], &numbers(&run["losses"]), 1e-12);
    assert_near(theta, &numbers(&run["theta"]), 1e-12);
    assert_near(&training_run.records().0.train[..1], &[0.298371109], 5e-10);
    let hidden = [0.149780716, 0.19956143, 0.24975114, 0.29950229, 0.35, 0.35];
    let output = [0.35891648, 0.408666186, 0.511301270, 0.561370121, 0.6, 0.6];
    assert_near(theta, &[hidden, output].concat(), 5e-9);
}

#[test]
fn frozen_biases_stay_at_zero_where_others_leave_it() {
    for is_frozen in [true, false] {
        let frozen = if is_frozen { "biases" } else { "none" };
        let lab = at(&format!("net=3&data.n=40&frozen={frozen}"), 3);
        for training_run in lab.training_runs() {
            for layer in lab.experiment().architecture().layers() {
                let biases = &training_run.trainer().theta()[layer.biases()];
                assert_eq!(biases.iter().all(|b| *b == 0.0), is_frozen);
            }
        }
    }
}

#[test]
fn what_a_live_lab_is_set_to_is_trained_as_from_a_fresh_link() {
    let before = "net=2&data.n=40&data.shape=blobs3";
    for keys in [
        &[("output", "sigmoids")][..],
        &[("output", "sigmoids"), ("target.low", "0.1")],
        &[("output", "sigmoids"), ("target.low", "0.1"), ("frozen", "biases")],
    ] {
        let mut lab = at(before, 5);
        let mut text = before.to_owned();
        for (key, value) in keys {
            lab.set(key, value).unwrap();
            text += &format!("&{key}={value}");
        }
        lab.settle();
        assert_eq!(bits(&lab), bits(&at(&text, 5)), "{text}");
    }
}

#[test]
fn values_have_no_sigmoids_and_stay_one_linear_output() {
    let sigmoids = at("net=2&data.n=40&data.shape=plane&output=sigmoids&target.low=0.1", 3);
    assert_eq!(bits(&sigmoids), bits(&at("net=2&data.n=40&data.shape=plane", 3)));
}
