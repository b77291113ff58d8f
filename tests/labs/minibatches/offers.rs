//! The offers where an α is beyond its limit: made only where it is, and each makes the runs converge.

use ravine::labs::Lab as _;
use ravine::labs::planar::PlanarLab;
use ravine::labs::{Action, OfferKind};
use ravine::training::run::Status;

use super::{is_near, lab};

/// Twelve people's heights in cm and weights in kg, as a file has them.
const PEOPLE: &str = "160,55;163,61;165,58;168,66;170,64;172,71;174,70;177,78;180,76;183,84;186,81;\
                      190,90";

/// Their heights.
fn people() -> Vec<f64> {
    PEOPLE.split(';').map(|row| row.split(',').next().unwrap().parse().unwrap()).collect()
}

fn settled(link: &str) -> PlanarLab {
    let mut lab = lab(link);
    lab.settle();
    lab
}

/// Whether all runs end, nearer to the minimum's loss than they started.
fn assert_converges(lab: &mut PlanarLab) {
    lab.settle();
    assert_eq!(lab.unstable(), None, "{}", lab.link());
    for path in lab.paths() {
        assert_eq!(path.status, Status::Finished, "{}", lab.link());
        let lowest = lab.objective().lowest().unwrap();
        let [first, last] = [path.loss[0], *path.loss.last().unwrap()].map(|loss| loss - lowest);
        assert!(last < 0.1 * first, "{}: {first} → {last}", lab.link());
    }
    let again = settled(&lab.link());
    assert_eq!(again.fingerprint(), lab.fingerprint(), "{}", lab.link());
}

#[test]
fn far_off_data_are_told_by_the_largest_eigenvalue_of_the_mean_of_x_xt() {
    let lab = settled(&format!("problem=linear&data={PEOPLE}"));
    let unstable = lab.unstable().expect("0.1 is far beyond");
    let x = people();
    let n = x.len() as f64;
    let [mean, square] = [1, 2].map(|power| x.iter().map(|x| x.powi(power)).sum::<f64>() / n);
    // Of the matrix [square, mean; mean, 1].
    let half = 0.5 * (square + 1.0);
    let lambda = half + (half * half - (square - mean * mean)).sqrt();
    assert!(is_near(unstable.lambda_max / lambda, 1.0, 1e-12), "{unstable:?} {lambda}");
    assert!(is_near(unstable.runs[0].limit * lambda, 2.0, 1e-9));
    // SGD's limit in the mean square is below that of GD.
    assert!(unstable.runs.len() == 2 && unstable.runs[1].limit < unstable.runs[0].limit);
    assert!(unstable.standardise && lab.can_halve(&unstable));
}

#[test]
fn each_offer_makes_own_and_generated_runs_converge() {
    let generated = "data.center=175&data.spread=8";
    for data in [&format!("data={PEOPLE}"), generated] {
        for more in ["", "&same=yes", "&runs=momentum,nesterov&nesterov.batch=4"] {
            for offer in [OfferKind::Standardise, OfferKind::Alpha] {
                let mut lab = settled(&format!("problem=linear&{data}{more}"));
                lab.act(&Action::Offer { offer }).unwrap();
                if offer == OfferKind::Standardise {
                    assert!(lab.link().contains("data.standardise=yes"));
                } else {
                    assert!(lab.link().contains(".alpha="), "{}", lab.link());
                }
                assert_converges(&mut lab);
            }
        }
    }
}

#[test]
fn nothing_is_offered_where_it_would_not_help() {
    // Stable as they are; rules without a limit; no quadratic; standardised already; no x.
    for link in [
        "problem=linear",
        "problem=linear&runs=adam&data.center=175",
        "problem=linear&runs=gd&gd.hidden=yes&data.center=175",
        "problem=logistic&data.center=175",
        "surface=ravine&gd.alpha=1",
    ] {
        let mut lab = settled(link);
        assert_eq!(lab.unstable(), None, "{link}");
        assert!(lab.act(&Action::Offer { offer: OfferKind::Alpha }).is_err(), "{link}");
    }
    // Standardising does not mend an α beyond 2, nor the mean of points, which has no feature.
    for link in ["problem=linear&runs=gd&gd.alpha=3", "problem=mean&runs=gd&gd.alpha=3"] {
        let mut lab = settled(link);
        let unstable = lab.unstable().expect(link);
        assert!(!unstable.standardise, "{link}");
        assert!(lab.act(&Action::Offer { offer: OfferKind::Standardise }).is_err(), "{link}");
        lab.act(&Action::Offer { offer: OfferKind::Alpha }).unwrap();
        assert_converges(&mut lab);
    }
}

#[test]
fn the_window_of_far_off_data_shows_the_start_and_the_minimum() {
    let mut lab = settled("problem=linear");
    lab.set("data", PEOPLE).unwrap();
    lab.settle();
    for _ in 0..2 {
        let minimum = *lab.objective().minima().first().expect("a line fits");
        for point in [minimum, lab.experiment().start] {
            assert!(
                lab.experiment().window.contains(point),
                "{point:?} {:?}",
                lab.experiment().window
            );
        }
        lab.act(&Action::Fit).unwrap();
        lab.settle();
    }
}
