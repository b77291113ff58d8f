//! The main directions of paths are NumPy's to ten digits.
//!
//! `generate_planes.py` is the NumPy program that made `planes.json`.

use ravine::analysis::plane::Plane;
use serde::Deserialize;

#[derive(Deserialize)]
struct Golden {
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    paths: Vec<Vec<Vec<f64>>>,
    mean: Vec<f64>,
    axes: [Vec<f64>; 2],
    share: f64,
}

#[test]
fn main_directions_means_and_shares_are_numpys_to_ten_digits() {
    let text = include_str!("planes.json");
    let golden: Golden = serde_json::from_str(text).expect("the golden file is whole");
    assert_eq!(golden.cases.len(), 5);
    for Case { name, paths, mean, axes, share } in &golden.cases {
        let paths: Vec<&[Vec<f64>]> = paths.iter().map(Vec::as_slice).collect();
        let plane = Plane::of_paths(&paths).unwrap();
        let pairs = [(&plane.origin, mean), (&plane.axes[0], &axes[0]), (&plane.axes[1], &axes[1])];
        for (ours, numpys) in pairs {
            assert_eq!(ours.len(), numpys.len(), "{name}");
            for (a, b) in ours.iter().zip(numpys) {
                assert!((a - b).abs() < 1e-10, "{name}: {a} is not {b}");
            }
        }
        assert!((plane.share(&paths) - share).abs() < 1e-10, "{name}");
    }
}
