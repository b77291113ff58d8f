//! The swarm of the lab, and the losses from all starts: they are those of runs of their own, follow
//! clock and dials, never hold the page, and are part of the link.

use std::collections::BTreeSet;

use ravine::labs::planar::PlanarLab;
use ravine::labs::planar::scene::{hill, paint_swarm, style};
use ravine::labs::{Hand as _, Lab as _, Maps as _, Picture, Pose, Quiz as _};
use ravine::math::budget::{Budget, CALL};
use ravine::training::run::walk;
use ravine::training::setup::Setup;
use ravine::view::Theme;

fn opened(link: &str) -> PlanarLab {
    let mut lab = PlanarLab::new(link);
    assert_eq!(lab.faults(), [], "{link}");
    lab.set_size(Picture::Plot, [300.0, 200.0]);
    lab.set_size(Picture::Chart, [380.0, 190.0]);
    lab.settle();
    lab
}

/// The points in an order of their own, by their bits.
fn sorted(points: &[[f64; 2]]) -> Vec<[u64; 2]> {
    let mut all: Vec<_> = points.iter().map(|point| point.map(f64::to_bits)).collect();
    all.sort_unstable();
    all
}

/// Where runs of their own stand at a step, from the starts of a lab's swarm.
fn alone(lab: &PlanarLab, run: usize, count: usize) -> Vec<[u64; 2]> {
    let setup = Setup::of(&lab.experiment().run_spec(run));
    let starts = lab.starts().points(count);
    let there = |(at, start): (usize, &[f64; 2])| {
        let path = walk(lab.objective(), &setup.with_later_seed(at as u64).run(*start));
        path.theta.get(lab.step()).copied().unwrap_or([f64::NAN; 2])
    };
    sorted(&starts.iter().enumerate().map(there).collect::<Vec<_>>())
}

#[test]
fn the_walkers_are_runs_of_their_own_wherever_they_start() {
    for (link, run, starts) in [
        ("surface=himmelblau&runs=gd,momentum&gd.hidden=yes&steps=30&swarm=grid", 1, 484),
        ("surface=rosenbrock&runs=adam&steps=30&swarm=window&window=-1,2,0,1", 0, 500),
        ("runs=gd&gd.noise=2&steps=30&swarm=disc&radius=2&start=-3,1", 0, 500),
        ("problem=logistic&runs=gd,gd&follow=gd2&gd2.batch=5&steps=30&swarm=grid", 1, 484),
        ("f=ln(x)+y^2+x&runs=gd&steps=30&swarm=window", 0, 500),
    ] {
        let mut lab = opened(&format!("{}&walkers=500", link.replace('+', "%2B")));
        for step in [30, 12, 13, 0, 29] {
            lab.timeline_mut().seek(step);
            lab.settle();
            assert_eq!((lab.swarm_step(), lab.swarm().len()), (step, starts), "{link}");
            assert!(sorted(lab.swarm()) == alone(&lab, run, 500), "{link}, step {step}");
        }
    }
}

#[test]
fn it_follows_what_it_depends_on_and_nothing_else() {
    let link = "surface=himmelblau&runs=gd,momentum&steps=20&swarm=grid&walkers=400&step=20";
    let mut lab = opened(link);
    let before = (lab.swarm_version(), sorted(lab.swarm()));
    for (key, value) in
        [("start", "1,1"), ("gd.colour", "2"), ("window", "-1,1,-1,1"), ("dots", "yes")]
    {
        if lab.set(key, value).is_ok() {
            lab.settle();
            assert_eq!((lab.swarm_version(), sorted(lab.swarm())), before, "{key}");
        }
    }
    for (key, value) in [
        ("gd.alpha", "0.004"),
        ("swarm", "window"),
        ("window", "-1,1,0,1"),
        ("swarm", "disc"),
        ("radius", "1"),
        ("start", "0,0"),
        ("walkers", "900"),
        ("gd.hidden", "yes"),
        ("steps", "12"),
    ] {
        let [former, ..] = lab.swarm_version();
        lab.set(key, value).unwrap();
        lab.settle();
        assert!(lab.swarm_version()[0] > former, "{key}");
        let run = lab.mapped_run().unwrap();
        let count = if key == "walkers" || lab.swarm().len() > 400 { 900 } else { 400 };
        assert!(sorted(lab.swarm()) == alone(&lab, run, count), "{key}");
    }
    // It lies on the hill as well, and goes when it is to go.
    for (key, value) in [("view", "hill"), ("view", "plot"), ("swarm", "no")] {
        lab.set(key, value).unwrap();
        lab.settle();
        assert_eq!(lab.swarm().is_empty(), value == "no", "{key}={value}");
    }
}

#[test]
fn on_the_hill_it_is_where_the_walkers_are() {
    let lab = opened(
        "surface=himmelblau&runs=gd&steps=20&swarm=disc&radius=1&walkers=200&start=1,1&view=hill",
    );
    let (terrain, window) = (lab.terrain(), lab.frame().window);
    let cells = hill::swarm_cells(&lab, 0, &terrain, &style(&lab, false)).expect("a swarm");
    let [across, up] = terrain.size();
    let share =
        |[from, to]: [f64; 2], at: f64, of: usize| ((at - from) / (to - from) * of as f64) as usize;
    let inked: BTreeSet<usize> = (0..cells.len()).filter(|&cell| cells[cell][3] > 0).collect();
    let walked: BTreeSet<usize> = (lab.swarm().iter())
        .map(|&[x, y]| share(window.y, y, up) * terrain.columns + share(window.x, x, across))
        .collect();
    assert!(walked.len() > 10 && walked.is_subset(&inked), "{walked:?} {inked:?}");
    // Each is a square of some cells, and a crowd a disc.
    let near = |a: usize, b: usize| {
        let place = |cell: usize| [cell % terrain.columns, cell / terrain.columns];
        place(a).iter().zip(place(b)).all(|(a, b)| a.abs_diff(b) <= 4)
    };
    assert!(inked.iter().all(|&cell| walked.iter().any(|&walker| near(cell, walker))));
    assert!(hill::swarm_cells(&opened("view=hill"), 0, &terrain, &style(&lab, false)).is_none());
}

#[test]
fn a_hundred_thousand_walkers_never_hold_the_page() {
    let link = "surface=himmelblau&runs=momentum&momentum.alpha=0.01&steps=200&swarm=grid&step=0";
    let mut lab = opened(link);
    assert_eq!(lab.swarm().len(), 316 * 316);
    let mut steps = Vec::new();
    for step in 1..60 {
        lab.timeline_mut().seek(step);
        // What a frame does, of a clock that is faster than the swarm.
        lab.work(&mut Budget::units(2_000_000));
        assert!(lab.spent() <= CALL.max(lab.largest_piece()), "{}", lab.spent());
        assert_eq!(lab.swarm().len(), 316 * 316);
        steps.push(lab.swarm_step());
    }
    assert!(steps.is_sorted() && steps[58] > 20, "{steps:?}");
    // A dial is dragged: there is a picture all the time, of the former dial's until there is one of
    // this.
    lab.settle();
    let former = sorted(lab.swarm());
    lab.set("momentum.alpha", "0.011").unwrap();
    assert!(sorted(lab.swarm()) == former || lab.swarm().len() >= 4000);
    lab.settle();
    assert!(sorted(lab.swarm()) != former && lab.swarm().len() == 316 * 316);
}

#[test]
fn its_batches_bound_how_many_there_are() {
    let lab = opened("problem=linear&runs=gd&gd.batch=10&data.n=2000&steps=1&swarm=window");
    assert_eq!(lab.swarm().len(), 2000);
    let lab = opened("problem=linear&runs=gd&data.n=200&steps=1&swarm=window&walkers=3000");
    assert_eq!(lab.swarm().len(), 3000);
}

#[test]
fn the_losses_from_all_starts_are_those_of_the_runs_and_the_own_start_is_among_them() {
    let mut lab = opened("surface=himmelblau&runs=gd,momentum,adam&steps=30&by=starts&walkers=900");
    assert_eq!((lab.start_losses().len(), lab.progress()), (3, 1.0));
    for &(run, ref losses) in lab.start_losses() {
        let setup = Setup::of(&lab.experiment().run_spec(run));
        let starts = lab.starts().points(900);
        let end = |start: &[f64; 2]| {
            let path = walk(lab.objective(), &setup.run(*start));
            let is_whole = path.theta.len() == 31;
            path.loss.last().copied().filter(|_| is_whole).unwrap_or(f64::INFINITY)
        };
        let mut ends: Vec<f64> = starts.iter().map(end).collect();
        ends.sort_unstable_by(f64::total_cmp);
        for part in [0, 100, 500, 999, 1000] {
            assert_eq!(losses.quantiles[part], ends[part * 899 / 1000], "run {run}");
        }
    }
    // A run that is hidden is not there, and what a former link had is not told of this one.
    lab.set_limit(1);
    lab.set("momentum.hidden", "yes").unwrap();
    assert!(!lab.start_losses_are_present());
    lab.settle();
    let shown: Vec<usize> = lab.start_losses().iter().map(|(run, _)| *run).collect();
    assert_eq!((shown, lab.start_losses_are_present()), (vec![0, 2], true));
    // It lies ahead of the clock.
    lab.timeline_mut().seek(3);
    lab.set("future", "no").unwrap();
    lab.settle();
    assert!(lab.start_losses().is_empty() && lab.job().is_none());
    lab.set("future", "yes").unwrap();
    lab.settle();
    assert_eq!(lab.start_losses().len(), 2);
    lab.pose(&Pose { is_veiled: true, ..Pose::default() });
    lab.settle();
    assert!(lab.start_losses().is_empty() && lab.job().is_none());
}

#[test]
fn the_hand_reads_shares_and_moves_nothing() {
    let mut lab = opened("surface=himmelblau&runs=gd,adam&steps=30&by=starts&walkers=900");
    let link = lab.link();
    let told = |lab: &mut PlanarLab, x: f64| {
        lab.hover(Picture::Chart, 0, [x, 90.0]).expect("a readout").text
    };
    let texts: Vec<String> = [60.0, 200.0, 379.0].map(|x| told(&mut lab, x)).to_vec();
    assert!(
        texts.iter().all(|text| text.starts_with("loss ") && text.contains("Adam: ")),
        "{texts:?}"
    );
    assert!(texts[0] != texts[2], "{texts:?}");
    lab.take_dials([200.0, 90.0]);
    lab.put_dials([200.0, 90.0]);
    lab.nudge_dials([5.0, 0.0]);
    assert_eq!((lab.link(), lab.pick(Picture::Chart, [200.0, 90.0])), (link, None));
}

#[test]
fn it_is_painted_on_the_plot_that_shows_its_run() {
    let lab = opened("problem=mean&follow=gd2&steps=20&step=5&swarm=disc&walkers=300");
    let style = style(&lab, false);
    let mut rgba = Vec::new();
    let mut is_painted = |plot: usize| {
        let is_there = paint_swarm(&lab, plot, &style, [600, 400], 2.0, &mut rgba);
        is_there.then(|| rgba.chunks(4).filter(|pixel| pixel[3] > 0).count())
    };
    assert_eq!(lab.plots().len(), 2);
    assert_eq!(is_painted(0), None);
    assert!(is_painted(1).is_some_and(|pixels| pixels > 300));
}

#[test]
fn a_worker_is_left_the_losses_but_not_the_walkers() {
    let mut lab = opened("surface=camel&runs=gd&steps=30&swarm=grid&by=starts&walkers=2000");
    lab.leave_maps(true);
    lab.set("gd.alpha", "0.013").unwrap();
    lab.settle();
    assert!(lab.job().is_some() && !lab.start_losses_are_present());
    assert!(sorted(lab.swarm()) == alone(&lab, 0, 2000));
    let mut worker = PlanarLab::new("");
    // So that nothing of it is done yet.
    worker.set_limit(1);
    worker.open(&lab.link());
    let found = worker.map(&mut Budget::unlimited());
    lab.take(found);
    assert!(lab.job().is_none() && lab.start_losses_are_present());
}

#[test]
fn that_all_starts_diverge_is_said_in_a_sentence() {
    let note = |link: &str| opened(link).model(&Theme::LIGHT).chart_note;
    let link = "f=-x^4-y^4&steps=200&swarm=grid&by=starts&walkers=900&gd.alpha=9";
    assert_eq!(
        note(&format!("{link}&runs=gd")),
        "From all 900 starts on a grid GD diverges, or leaves the domain of f, within 200 updates."
    );
    let both = note(&format!("{link}&runs=gd,gd&gd2.alpha=8"));
    assert!(both.contains("900 starts on a grid each run diverges"), "{both}");
    // One that comes down is not passed over.
    let one = note(&format!("{link}&runs=gd,gd&gd2.alpha=0.00001"));
    assert!(one.contains("Not finite at the end: GD"), "{one}");
}
