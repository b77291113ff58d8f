//! The scenes of the Minibatches lab.

use ravine::labs::Lab as _;
use ravine::labs::planar::PlanarLab;
use ravine::labs::planar::experiment::LabKind;
use ravine::labs::planar::presets;
use ravine::math::symmetric::eigenvalues;
use ravine::training::run::walk;
use ravine::training::setup::Setup;

use crate::scenes::{distance, down, lab, lengths, median, seeded, spread};

crate::scenes::claims! {
    presets::of(LabKind::Minibatches);
    the_average_settles_and_sgd_does_not, "gd-sgd" => gd_sgd;
    small_batches_are_down_before_gds_second_step, "batches" => batches;
    averages_end_nearer_than_last_iterates, "average" => average;
    one_over_t_comes_to_rest, "inverse" => inverse;
    sgd_wants_a_smaller_alpha_than_gd, "finder" => finder;
    features_far_from_0_make_a_ravine, "features" => features;
    momentum_is_faster_and_noisier, "momentum" => momentum;
    huber_holds_back_what_l2_lets_pull, "outliers" => outliers;
}

pub(crate) fn minimum(lab: &PlanarLab) -> [f64; 2] {
    lab.objective().minima()[0]
}

/// The loss of a run above the minimum, as a part of what it was at the start.
pub(crate) fn excess(lab: &PlanarLab, run: usize) -> Vec<f64> {
    let loss = &lab.paths()[run].loss;
    let lowest = lab.objective().lowest().unwrap();
    loss.iter().map(|now| (now - lowest) / (loss[0] - lowest)).collect()
}

pub(crate) fn gd_sgd(link: &str) {
    let [mut iterates, mut averages] = [Vec::new(), Vec::new()];
    for lab in seeded(link).chain([lab(link)]) {
        let paths = lab.paths();
        assert_eq!([0, 1].map(|at| lab.experiment().runs[at].batch_size(100)), [100, 1]);
        let falls = |pair: &[f64]| pair[1] <= pair[0] * (1.0 + 1e-12);
        assert!(paths[0].loss.windows(2).all(falls), "GD goes down");
        // How far an iterate, and how far the average, moves in the last fifth of the steps.
        let last = |points: &[[f64; 2]]| lengths(&points[points.len() - 20..]).iter().sum::<f64>();
        iterates.push(last(&paths[1].theta));
        averages.push(last(&lab.average(1).unwrap().theta));
    }
    assert!(averages.last().unwrap() < &(0.1 * iterates.last().unwrap()));
    assert!(median(averages.clone()) < 0.1 * median(iterates), "{averages:?}");
    // Straight: hardly longer than the way from end to end.
    let lab = lab(link);
    let theta = &lab.paths()[0].theta;
    let straight = distance(theta[0], *theta.last().unwrap());
    assert!(lengths(theta).iter().sum::<f64>() < 1.05 * straight);
}

fn finder(link: &str) {
    for lab in [lab(link)].into_iter().chain(seeded(link).take(4)) {
        let lowest = lab.objective().lowest().unwrap();
        let [gd, sgd] = [0, 1].map(|at| {
            let (_, sweep) = lab.sweeps().into_iter().nth(at).unwrap();
            sweep.points().map(|(alpha, end)| (alpha, end.middle - lowest)).collect::<Vec<_>>()
        });
        let best = |points: &[(f64, f64)]| {
            points.iter().copied().min_by(|(_, a), (_, b)| a.total_cmp(b)).unwrap()
        };
        let (alpha, least) = best(&sgd);
        assert!(best(&gd).0 > 4.0 * alpha, "{:?} {alpha}", best(&gd));
        let larger = 4.0 * alpha;
        let &(_, above) = sgd.iter().find(|(alpha, _)| *alpha > larger).unwrap();
        assert!(above > 3.0 * least, "{above} {least}");
        // Down to twice what the larger α ends with.
        let comes = |alpha: f64| {
            let mut setup = Setup::of(&lab.experiment().run_spec(1));
            setup.values[0] = alpha;
            let path = walk(lab.objective(), &setup.run(lab.experiment().start));
            path.loss.iter().position(|loss| loss - lowest < 2.0 * above)
        };
        let [sooner, later] = [larger, alpha].map(comes);
        assert!(sooner.unwrap() < later.unwrap(), "{sooner:?} {later:?}");
    }
}

fn batches(link: &str) {
    let sizes = [100.0, 10.0, 1.0];
    let mut detours = [const { Vec::new() }; 3];
    let mut gradients = [const { Vec::new() }; 3];
    for lab in seeded(link) {
        for run in 0..3 {
            assert_eq!(lab.experiment().runs[run].batch_size(100) as f64, sizes[run]);
            let theta = &lab.paths()[run].theta;
            detours[run].push(lengths(theta).iter().sum());
            gradients[run].push(sizes[run] * down(&excess(&lab, run), 0.05));
        }
    }
    let detours = detours.map(median);
    assert!(detours[0] < detours[1] && detours[1] < detours[2], "{detours:?}");
    // The second step of GD takes its gradients 101 to 200.
    let gradients = gradients.map(median);
    assert!(gradients[0] > 200.0 && gradients[1] < 200.0 && gradients[2] < 200.0, "{gradients:?}");
}

fn average(link: &str) {
    let mut lab = lab(link);
    let n = lab.experiment().data.len();
    assert_eq!((lab.experiment().steps(), lab.experiment().runs[1].batch_size(n)), (n, 1));
    lab.timeline_mut().seek(n);
    lab.settle();
    assert_eq!(lab.ensemble().len(), 200);
    let minimum = minimum(&lab);
    let [last, average] =
        [lab.ensemble(), lab.ensemble_averages()].map(|points| spread(points, minimum));
    assert!(average < 0.5 * last, "{average} of {last}");
}

fn inverse(link: &str) {
    let mut spreads = [const { Vec::new() }; 2];
    for lab in seeded(link).chain([lab(link)]) {
        for (run, spreads) in spreads.iter_mut().enumerate() {
            let theta = &lab.paths()[run].theta;
            spreads.push(spread(&theta[400..], minimum(&lab)));
            // At rest: its steps get ever shorter. In the ball they stay as they were.
            let steps = lengths(theta);
            let of = |from: usize| median(steps[from..from + 100].iter().copied());
            assert_eq!(of(400) < 0.5 * of(50), run == 1, "{} {}", of(50), of(400));
        }
    }
    assert!(spreads[1].last() < spreads[0].last());
    let [constant, inverse] = spreads.map(median);
    assert!(inverse < 0.3 * constant, "{inverse} {constant}");
}

fn features(link: &str) {
    let condition = |link: &str| {
        let lab = lab(link);
        let [low, high] = eigenvalues(lab.objective().constant_hessian().unwrap());
        high / low
    };
    assert!(condition(link) > 20.0);
    let round = condition(&format!("{link}&data.standardise=yes"));
    assert!((round - 1.0).abs() < 1e-9, "{round}");
}

fn momentum(link: &str) {
    let mut arrivals = [const { Vec::new() }; 2];
    let mut spreads = [const { Vec::new() }; 2];
    for lab in seeded(link).chain([lab(link)]) {
        let runs = &lab.experiment().runs;
        assert_eq!(runs[0].values[0], runs[1].values[0]);
        for run in 0..2 {
            arrivals[run].push(down(&excess(&lab, run), 0.01));
            // About where it is on the whole: its noise, not what is left of its way.
            let last = &lab.paths()[run].theta[140..];
            let mean = [0, 1]
                .map(|axis| last.iter().map(|theta| theta[axis]).sum::<f64>() / last.len() as f64);
            spreads[run].push(spread(last, mean));
        }
    }
    let [sgd, momentum] = arrivals.map(median);
    assert!(momentum < 0.5 * sgd, "{momentum} {sgd}");
    let [sgd, momentum] = spreads.map(median);
    assert!(momentum > 1.2 * sgd, "{momentum} {sgd}");
}

fn outliers(link: &str) {
    let [huber, squared] = ["", "&f.delta=20"].map(|more| lab(&format!("{link}{more}")));
    let points: Vec<[f64; 2]> =
        (0..60).map(|i| huber.objective().risk().unwrap().example(i)).collect();
    let residual = |[w, b]: [f64; 2], [x, y]: [f64; 2]| y - (w * x + b);
    let [robust, dragged] = [&huber, &squared].map(minimum);
    // δ = 20 is L2: no residual is beyond it, and the line is that of least squares.
    assert!(points.iter().all(|&point| residual(dragged, point).abs() < 20.0));
    let sums = points
        .iter()
        .fold([0.0; 4], |[x, y, xx, xy], [a, b]| [x + a, y + b, xx + a * a, xy + a * b]);
    let [x, y, xx, xy] = sums.map(|sum| sum / 60.0);
    let slope = (xy - x * y) / (xx - x * x);
    let least_squares = [slope, y - slope * x];
    assert!(distance(dragged, least_squares) < 1e-9);
    // A tenth of the points lie far off the robust line, and the line of least squares lies lower.
    let far = points.iter().filter(|&&point| residual(robust, point).abs() > 4.0).count();
    assert_eq!(far, 6);
    assert!(dragged[0] * x + dragged[1] < robust[0] * x + robust[1] - 0.3);
    // How hard a point pulls: the slope of its loss by the intercept.
    let pull = |lab: &PlanarLab, theta, point| {
        lab.objective().risk().unwrap().loss(theta, point).gradient[1]
    };
    assert!(points.iter().all(|&point| pull(&huber, robust, point).abs() <= 1.0 + 1e-12));
    assert!(points.iter().any(|&point| pull(&squared, dragged, point).abs() > 4.0));
}
