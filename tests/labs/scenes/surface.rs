//! The scenes of the Surface lab.

use ravine::labs::Lab as _;
use ravine::labs::planar::PlanarLab;
use ravine::labs::planar::experiment::LabKind;
use ravine::labs::planar::presets;
use ravine::math::number::three;
use ravine::math::symmetric::eigenvalues;
use ravine::training::basins::{Basins, Fate, Stationary};
use ravine::training::run::Status;
use ravine::training::start_losses::StartLosses;
use ravine::view::alpha_beta_chart::updates_a_digit;

use crate::scenes::{arrives, distance, lab, lengths, median, seeded};

crate::scenes::claims! {
    presets::of(LabKind::Surface);
    gd_zig_zags_and_momentum_gathers_speed, "ravine" => ravine;
    much_momentum_swings_for_longer_than_gd_takes, "too-much-momentum" => too_much_momentum;
    a_small_alpha_is_safe_and_slow, "small-alpha" => small_alpha;
    above_the_limit_each_step_lands_farther_out, "divergence" => divergence;
    gd_is_lowest_just_below_its_limit, "finder" => finder;
    the_cross_takes_five_updates_a_digit, "alphabeta" => alphabeta;
    runs_linger_at_the_saddle, "saddle" => saddle;
    the_floor_is_near_and_the_minimum_far, "valley" => valley;
    three_rules_find_three_minima, "minima" => minima;
    starts_lead_to_minima_in_stripes_far_out, "basins" => basins;
    more_starts_lead_momentum_to_the_deepest_minimum, "swarm" => swarm;
    newton_goes_to_all_stationary_points_and_their_borders_are_a_fractal, "newton" => newton;
    a_tenth_of_alpha_ends_nearer, "noise" => noise;
    one_step_leaps_across_the_minimum, "cliff" => cliff;
}

/// A coordinate of each point of a run's path.
fn along(lab: &PlanarLab, run: usize, axis: usize) -> Vec<f64> {
    lab.paths()[run].theta.iter().map(|theta| theta[axis]).collect()
}

/// How often the numbers change their sign while they are larger than `least`.
fn crossings(numbers: &[f64], least: f64) -> usize {
    let is_large = |pair: &&[f64]| pair[0].abs().max(pair[1].abs()) > least;
    numbers.windows(2).filter(is_large).filter(|pair| pair[0] * pair[1] < 0.0).count()
}

pub(crate) fn ravine(link: &str) {
    let lab = lab(link);
    let [gd, momentum] = [0, 1].map(|run| along(&lab, run, 1));
    // From wall to wall at every step, for as long as it can be seen.
    assert!(crossings(&gd, 0.05) >= 28);
    let height = |y: &[f64]| y[16..].iter().fold(0.0, |most: f64, y| most.max(y.abs()));
    assert!(height(&momentum) < 0.1 * height(&gd));
    let [gd, momentum] = [0, 1].map(|run| along(&lab, run, 0));
    let steps = |x: &[f64]| x.windows(2).map(|pair| pair[0] - pair[1]).collect::<Vec<f64>>();
    let [gd, momentum] = [steps(&gd), steps(&momentum)];
    assert!(momentum[0] < momentum[1] && momentum[1] < momentum[2], "{momentum:?}");
    assert!(gd[0] > gd[1] && momentum[2] > 1.5 * gd[2]);
}

fn too_much_momentum(link: &str) {
    let lab = lab(link);
    let x = along(&lab, 1, 0);
    assert!(crossings(&x, 0.1) >= 2, "it swings back and forth");
    assert!(x.iter().any(|x| *x < -1.0), "it shoots past");
    let [gd, momentum] = [0, 1].map(|run| arrives(&lab.paths()[run], [0.0; 2], 0.01));
    assert!(gd < momentum && momentum.is_finite(), "{gd} {momentum}");
}

fn small_alpha(link: &str) {
    let lab = lab(link);
    assert_eq!(lab.experiment().steps(), 50);
    for (run, path) in lab.paths().iter().enumerate() {
        assert_eq!(crossings(&along(&lab, run, 1), 0.01), 0, "no zig-zag");
        assert!(path.loss.windows(2).all(|pair| pair[1] < pair[0]), "no danger");
        let last = *path.theta.last().unwrap();
        assert!(distance(last, [0.0; 2]) > 0.5 * distance(path.theta[0], [0.0; 2]));
    }
}

fn divergence(link: &str) {
    let lab = lab(link);
    let alpha = lab.experiment().runs[0].values[0];
    assert!(alpha * 20.0 > 2.0, "κ is λ_max");
    for pair in along(&lab, 0, 1).windows(2) {
        assert!(pair[0] * pair[1] < 0.0 && pair[1].abs() > pair[0].abs(), "{pair:?}");
    }
    assert!(lab.paths()[0].loss.last() > lab.paths()[0].loss.first());
    assert_eq!(lab.experiment().runs[1].values[0], alpha);
    assert!(arrives(&lab.paths()[1], [0.0; 2], 0.01).is_finite());
}

fn saddle(link: &str) {
    let lab_of = lab;
    let lab = lab(link);
    let mirrored = lab_of(&format!("{link}&start=2.5,-0.01"));
    assert_eq!(lab.experiment().start, [2.5, 0.01]);
    for run in 0..2 {
        let path = &lab.paths()[run];
        let lowest = path.grad_norm.iter().copied().fold(f64::INFINITY, f64::min);
        assert!(lowest < 0.1 * path.grad_norm[0], "the gradient fades: {lowest}");
        let slowest = lengths(&path.theta).into_iter().fold(f64::INFINITY, f64::min);
        assert!(slowest < 0.1 * lengths(&path.theta)[0], "it lingers: {slowest}");
        let [end, other] = [&lab, &mirrored].map(|lab| *along(lab, run, 1).last().unwrap());
        assert!(end > 0.2 && other == -end, "it leaves: {end} {other}");
    }
}

fn valley(link: &str) {
    let lab = lab(link);
    for (run, path) in lab.paths().iter().enumerate() {
        let depth = |step: usize| {
            let [x, y] = path.theta[step];
            (y - x * x).abs()
        };
        let floor = (0..path.theta.len()).find(|&step| depth(step) < 0.05).unwrap();
        assert!(floor <= 60, "run {run} is on the floor at {floor}");
        let there = arrives(path, [1.0, 1.0], 0.05);
        assert!(there >= 200.0 && there > 5.0 * floor as f64, "run {run} is there at {there}");
    }
    let soonest = lab.paths().iter().map(|path| arrives(path, [1.0, 1.0], 0.05));
    assert!(soonest.fold(f64::INFINITY, f64::min) < 1000.0, "hundreds of steps");
}

fn minima(link: &str) {
    let lab = lab(link);
    let near = |path: &ravine::training::run::Path| {
        let last = *path.theta.last().unwrap();
        lab.objective().minima().iter().position(|&minimum| distance(last, minimum) < 0.1)
    };
    let mut found: Vec<usize> = lab.paths().iter().filter_map(near).collect();
    found.sort_unstable();
    found.dedup();
    assert_eq!(found.len(), 3, "three runs, three minima");
}

/// How often neighbours in a row of cells end elsewhere, for each of so many cells.
fn changes(basins: &Basins, columns: impl Iterator<Item = usize>) -> f64 {
    let (mut changes, mut count) = (0, 0);
    for column in columns {
        for row in 0..basins.rows {
            let at = row * basins.columns + column;
            let minimum = |fate: Fate| match fate {
                Fate::Settled { minimum, .. } => Some(minimum),
                _ => None,
            };
            let both = [at, at + 1].map(|at| minimum(basins.values[at]));
            changes += usize::from(both[0].is_some() && both[1].is_some() && both[0] != both[1]);
            count += 1;
        }
    }
    f64::from(changes as u32) / f64::from(count)
}

fn swarm(link: &str) {
    let mut lab = lab(link);
    lab.timeline_mut().seek(150);
    lab.settle();
    let [(0, momentum), (1, gd)] = lab.start_losses() else { panic!("two runs") };
    assert!(lab.start_losses_are_present());
    assert_eq!((momentum.starts, gd.starts, lab.swarm().len()), (99_856, 99_856, 99_856));
    // What ends above the deepest minimum ends at the next ones, which are 2.1 / 4 higher or more.
    let share =
        |losses: &StartLosses| 100.0 * losses.share_below(lab.objective().lowest().unwrap() + 0.1);
    assert_eq!([momentum, gd].map(|losses| share(losses).round()), [64.0, 48.0]);
    let diverged = 100.0 * momentum.ended as f64 / momentum.starts as f64;
    assert!((0.7..1.3).contains(&diverged) && gd.ended == 0, "{diverged}");
    // The swarm ends where these do.
    let gone = lab.swarm().iter().filter(|point| !point[0].is_finite()).count();
    assert_eq!((lab.swarm_step(), gone), (lab.step(), momentum.ended));
}

fn basins(link: &str) {
    let lab = lab(link);
    let basins = lab.basins().expect("a map");
    let minima = lab.objective().minima();
    let count =
        |what: &dyn Fn(&Fate) -> bool| basins.values.iter().filter(|fate| what(fate)).count();
    for place in 0..minima.len() as u16 {
        let settled =
            |fate: &Fate| matches!(fate, Fate::Settled { minimum, .. } if *minimum == place);
        assert!(count(&settled) > 1000, "minimum {place}");
    }
    assert!(count(&|fate| matches!(fate, Fate::Ended { .. })) > 100, "none diverges");
    // The start's own cell tells where the scene's run ends.
    let [path, ..] = lab.paths() else { panic!("no run") };
    let cell = basins.cell(lab.experiment().start).unwrap();
    let Fate::Settled { minimum, step } = basins.values[cell] else { panic!("it does not settle") };
    let at = minima[usize::from(minimum)];
    assert!(distance(*path.theta.last().unwrap(), at) < 0.1);
    assert!(distance(path.theta[usize::from(step) + 2], at) < 1.0);
    // A start beside a minimum settles sooner than one far out.
    let near = basins.cell([at[0] + 0.05, at[1]]).unwrap();
    assert!(matches!(basins.values[near], Fate::Settled { step: soon, .. } if soon < step));
    let outer = (0..basins.columns / 10).chain(basins.columns * 9 / 10..basins.columns - 1);
    let inner = basins.columns * 3 / 10..basins.columns * 7 / 10;
    let [outer, inner] = [changes(basins, outer), changes(basins, inner)];
    assert!(outer > 5.0 * inner, "stripes are thin far out: {outer} and {inner}");
}

fn finder(link: &str) {
    let lab = lab(link);
    assert_eq!(lab.experiment().steps(), 50);
    let limits = [0, 1].map(|run| lab.limit(run).unwrap().0);
    let [gd, momentum] = [0, 1].map(|at| {
        let (run, sweep) = lab.sweeps().into_iter().nth(at).unwrap();
        assert_eq!(run, at);
        sweep.points().map(|(alpha, outcome)| (alpha, outcome.middle)).collect::<Vec<_>>()
    });
    let lowest = |points: &[(f64, f64)]| {
        points.iter().copied().min_by(|(_, a), (_, b)| a.total_cmp(b)).unwrap()
    };
    let (best, least) = lowest(&gd);
    assert!((0.9 * limits[0]..limits[0]).contains(&best), "{best}");
    let start = lab.paths()[0].loss[0];
    let above = gd.iter().find(|(alpha, _)| *alpha > 1.05 * limits[0]).unwrap();
    assert!(above.1 > start && above.0 < 1.1 * limits[0]);
    assert!(lowest(&momentum).1 < 1e-3 * least && lowest(&momentum).0 > best);
    assert!(limits[1] > 1.4 * limits[0]);
}

fn alphabeta(link: &str) {
    let lab = lab(link);
    let pace = |at| updates_a_digit(lab.factor_at(at).unwrap());
    let best = lab.fastest_momentum().unwrap();
    assert_eq!(three(pace(best)), "5.06");
    let without = (1..2000).map(|k| pace([f64::from(k) * 1e-4, 0.0]));
    assert_eq!(three(without.fold(f64::INFINITY, f64::min)), "23");
    let [creeps, flips] = lab.swings(best[1]).unwrap();
    assert!((creeps - best[0]).abs() < 1e-12 && (flips - best[0]).abs() < 1e-12);
    let (_, gd) = lab.momentum_marks()[0];
    assert_eq!(gd, [lab.experiment().runs[0].values[0], 0.0]);
}

/// Where the method of the scene ends from each start of a grid over a window: the place of the
/// stationary point among those that have been found. Here it is a plain loop, by Cramer's rule.
fn ends(
    lab: &PlanarLab,
    [left, low]: [f64; 2],
    [width, height]: [f64; 2],
    count: usize,
    found: &mut Vec<[f64; 2]>,
) -> Vec<usize> {
    let at = |cell: usize| (cell as f64 + 0.5) / count as f64;
    let starts = (0..count * count)
        .map(|cell| [left + width * at(cell % count), low + height * at(cell / count)]);
    let end = |start: [f64; 2]| {
        (0..60).fold(start, |[x, y], _| {
            let jet = lab.objective().hessian([x, y]);
            let ([gx, gy], [xx, xy, yy]) = (jet.gradient, jet.hessian);
            let determinant = xx * yy - xy * xy;
            [x - (yy * gx - xy * gy) / determinant, y - (xx * gy - xy * gx) / determinant]
        })
    };
    let place = |end: [f64; 2]| {
        found.iter().position(|&other| distance(other, end) < 1e-6).unwrap_or_else(|| {
            found.push(end);
            found.len() - 1
        })
    };
    starts.map(end).map(place).collect()
}

/// How many cells of a square grid have another neighbour to the right or above.
fn borders(cells: &[usize], count: usize) -> usize {
    let differs = |at: usize| cells[at] != cells[at + 1] || cells[at] != cells[at + count];
    let inner = (0..count - 1).flat_map(|row| (0..count - 1).map(move |column| (row, column)));
    inner.filter(|(row, column)| differs(row * count + column)).count()
}

fn newton(link: &str) {
    let lab = lab(link);
    let minima = lab.objective().minima();
    let basins = lab.basins().expect("a map");
    // Each kind of stationary point has a part of the plane, and nothing else has.
    let part = |what: &dyn Fn(&Fate) -> bool| {
        basins.values.iter().filter(|fate| what(fate)).count() as f64 / basins.values.len() as f64
    };
    for place in 0..4 {
        let settled =
            |fate: &Fate| matches!(fate, Fate::Settled { minimum, .. } if *minimum == place);
        assert!(part(&settled) > 0.05, "minimum {place}");
    }
    assert!(part(&|fate| *fate == Fate::AtRest(Stationary::Saddle)) > 0.2);
    assert!(part(&|fate| *fate == Fate::AtRest(Stationary::Maximum)) > 0.02);
    let is_rest = |fate: &Fate| {
        use Stationary::{Maximum, Saddle};
        let ends = [Saddle, Maximum].map(Fate::AtRest);
        matches!(fate, Fate::Settled { .. }) || ends.contains(fate)
    };
    assert!(part(&is_rest) > 0.999, "{}", part(&is_rest));
    // The two runs.
    let [as_it_is, absolute] = [0, 1].map(|run| *lab.paths()[run].theta.last().unwrap());
    let jet = lab.objective().hessian(as_it_is);
    assert!(jet.gradient.iter().all(|part| part.abs() < 1e-9));
    assert!(eigenvalues(jet.hessian)[1] < 0.0, "it ends at the maximum");
    let cell = basins.cell(lab.experiment().start).unwrap();
    assert_eq!(basins.values[cell], Fate::AtRest(Stationary::Maximum));
    assert!(minima.iter().any(|&minimum| distance(minimum, absolute) < 1e-6), "{absolute:?}");
    // Twice as many cells to a side have 2^D times as many at a border, at every size: a smooth one
    // has twice as many.
    let window = lab.experiment().source.window();
    let (corner, size) = ([window.x[0], window.y[0]], [window.width(), window.height()]);
    let mut found = minima.to_vec();
    let counts = [100, 200, 400, 800]
        .map(|count| borders(&ends(&lab, corner, size, count, &mut found), count) as f64);
    assert_eq!(found.len(), 9, "four minima, four saddles and a maximum");
    for pair in counts.windows(2) {
        let dimension = (pair[1] / pair[0]).log2();
        assert!((1.3..1.6).contains(&dimension), "{dimension}");
    }
    // A tenth as wide again and again: all four minima are there each time, and others.
    let (mut corner, mut size) = (corner, size);
    for level in 0..8 {
        const CELLS: usize = 200;
        const PART: usize = CELLS / 10;
        let cells = ends(&lab, corner, size, CELLS, &mut found);
        let kinds = |first: usize| {
            let rows = (0..PART).flat_map(|row| &cells[first + row * CELLS..][..PART]);
            rows.collect::<std::collections::BTreeSet<_>>()
        };
        assert!((0..4).all(|minimum| cells.contains(&minimum)), "level {level}");
        assert!(cells.iter().any(|end| *end > 3), "level {level}");
        let parts = (0..10).flat_map(|row| (0..10).map(move |column| [column, row]));
        let first = |[column, row]: [usize; 2]| (row * CELLS + column) * PART;
        let [column, row] = parts.max_by_key(|&part| kinds(first(part)).len()).unwrap();
        size = size.map(|side| side / 10.0);
        corner = [corner[0] + column as f64 * size[0], corner[1] + row as f64 * size[1]];
    }
}

fn noise(link: &str) {
    let [mut large, mut small] = [Vec::new(), Vec::new()];
    let [mut soon, mut late] = [Vec::new(), Vec::new()];
    for lab in seeded(link).chain([lab(link)]) {
        let runs = &lab.experiment().runs;
        assert!((runs[0].values[0] - 10.0 * runs[1].values[0]).abs() < 1e-12);
        let ends = [0, 1].map(|run| {
            let theta = &lab.paths()[run].theta;
            assert!(lengths(theta)[200..].iter().any(|length| *length > 0.01), "it never settles");
            crate::scenes::spread(&theta[200..], [0.0; 2])
        });
        let comes = [0, 1].map(|run| {
            let theta = &lab.paths()[run].theta;
            theta.iter().position(|&theta| distance(theta, [0.0; 2]) < 1.0).unwrap() as f64
        });
        large.push(ends[0]);
        small.push(ends[1]);
        soon.push(comes[0]);
        late.push(comes[1]);
    }
    assert!(small.last() < large.last() && soon.last() < late.last());
    assert!(median(small) < 0.5 * median(large));
    assert!(median(soon) < 0.5 * median(late));
}

fn cliff(link: &str) {
    let lab = lab(link);
    for path in lab.paths() {
        assert_eq!(path.status, Status::Finished);
        let steps = lengths(&path.theta);
        let at = (0..steps.len()).max_by(|&a, &b| steps[a].total_cmp(&steps[b])).unwrap();
        let [before, after] = [path.theta[at], path.theta[at + 1]];
        let minimum = lab.objective().minima()[0];
        // On the face at x = 2, on the far side of the minimum one step later.
        assert!(
            (before[0] - 2.0).abs() < 1.5 && after[0] < minimum[0] - 1.0,
            "{before:?} {after:?}"
        );
        let others = median(steps.iter().copied());
        assert!(steps[at] > 10.0 * others, "{} among steps of {others}", steps[at]);
    }
}
