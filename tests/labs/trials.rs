//! Runs with other values of their dials: what the charts tell agrees with the runs, wherever it is
//! asked, follows the hand, and is part of the link.

use ravine::analysis::alpha_beta::factor;
use ravine::data::Batches;
use ravine::labs::planar::PlanarLab;
use ravine::labs::planar::experiment::link;
use ravine::labs::planar::scene::trials::{dials_at, marks};
use ravine::labs::{Hand as _, Lab as _, Picture, Pose, Quiz as _};
use ravine::math::budget::Budget;
use ravine::math::random::Random;
use ravine::training::run::{Path, Status, walk};
use ravine::training::setup::Setup;
use ravine::view::Theme;

fn settled(link: &str) -> PlanarLab {
    let mut lab = PlanarLab::new(link);
    assert_eq!(lab.faults(), [], "{link}");
    lab.set_size(Picture::Chart, [380.0, 260.0]);
    lab.refresh_by_hand();
    lab.settle();
    lab
}

trait Refresh {
    fn refresh_by_hand(&mut self);
}

impl Refresh for PlanarLab {
    /// A change that changes nothing, so that the new size counts.
    fn refresh_by_hand(&mut self) {
        let seed = self.experiment().run_spec(0).seed.to_string();
        self.set("seed", &seed).unwrap();
    }
}

fn end(path: &Path) -> f64 {
    match path.status {
        Status::Finished => *path.loss.last().unwrap(),
        _ => f64::INFINITY,
    }
}

/// The run at `index` with other values of its dials.
fn with(lab: &PlanarLab, index: usize, values: &[(usize, f64)]) -> Path {
    let mut setup = Setup::of(&lab.experiment().run_spec(index));
    for &(dial, value) in values {
        setup.values[dial] = value;
    }
    walk(lab.objective(), &setup.run(lab.experiment().start))
}

/// The losses that the run at `index` ends with at an α, ascending: with each seed, if it has any.
fn ends(lab: &PlanarLab, index: usize, alpha: f64) -> Vec<f64> {
    let mut setup = Setup::of(&lab.experiment().run_spec(index));
    setup.values[0] = alpha;
    let seeds = if setup.is_random() { 15 } else { 1 };
    let with_seed = |later: u64| {
        let seed = setup.seed + later;
        let batches = setup.batches.map(|batches| Batches { seed, ..batches });
        let setup = Setup { seed, batches, ..setup.clone() };
        end(&walk(lab.objective(), &setup.run(lab.experiment().start)))
    };
    let mut losses: Vec<f64> = (0..seeds).map(with_seed).collect();
    losses.sort_unstable_by(f64::total_cmp);
    losses
}

#[test]
fn a_sweep_tells_of_each_alpha_what_its_own_run_ends_with() {
    for link in [
        "runs=gd,momentum,adam&by=alpha",
        "surface=rosenbrock&runs=nesterov,rmsprop&steps=300&by=alpha",
        "problem=logistic&runs=gd,gd,momentum&gd2.hidden=yes&by=alpha",
        "f=ln(x)+y^2&start=1,1&by=alpha",
        "runs=momentum,momentum,adagrad,newton&momentum.form=velocity&momentum2.form=average&by=alpha",
        "f=sqrt(x)+y^4-y^2&start=1,0.3&runs=gd,nesterov,adagrad,rmsprop,adam,newton&by=alpha",
        "surface=himmelblau&runs=gd,adam,newton&gd.noise=2&adam.noise=0.5&newton.noise=0.1&steps=40\
            &by=alpha",
        "problem=logistic&runs=gd,momentum,adam,newton&gd.batch=4&gd.schedule=inverse&gd.tau=5\
            &momentum.batch=7&momentum.form=average&adam.batch=1&adam.noise=0.1&newton.batch=5&steps=30\
            &data.n=21&by=alpha",
    ] {
        let lab = settled(link);
        let sweeps = lab.sweeps();
        let shown = lab.experiment().runs.iter().filter(|run| !run.hidden).count();
        assert_eq!(sweeps.len(), shown, "{link}");
        for (index, sweep) in sweeps {
            assert_eq!(sweep.points().count(), 257);
            for (alpha, outcome) in sweep.points().step_by(9) {
                let own = ends(&lab, index, alpha);
                let last = own.len() - 1;
                let beside = usize::from(last > 0);
                let told = [outcome.middle, outcome.band[0], outcome.band[1]].map(f64::to_bits);
                let want = [own[last / 2], own[beside], own[last - beside]].map(f64::to_bits);
                assert_eq!(told, want, "{link}: α = {alpha}");
            }
        }
    }
}

#[test]
fn the_map_tells_of_a_thousand_places_what_their_own_runs_do() {
    let mut random = Random::new(5);
    for link in [
        "surface=rosenbrock&runs=momentum&steps=80&by=alphabeta",
        "surface=himmelblau&runs=gd,nesterov&steps=40&by=alphabeta",
        "surface=himmelblau&runs=momentum&momentum.form=velocity&steps=40&by=alphabeta",
        "surface=camel&runs=momentum&momentum.form=average&momentum.noise=0.3&steps=30&by=alphabeta",
        "f=x^2+y^2+ln(x+3)^2&runs=nesterov&start=2,1&steps=60&by=alphabeta",
        "runs=momentum&momentum.noise=0.1&steps=25&by=alphabeta",
        "problem=linear&runs=momentum&momentum.batch=4&steps=40&by=alphabeta",
        "problem=huber&runs=momentum&momentum.schedule=cosine&data.n=20&steps=30&by=alphabeta",
    ] {
        let lab = settled(link);
        let (index, map) = (lab.mapped_momentum().unwrap(), lab.alpha_beta().expect(link));
        assert_eq!([map.columns, map.rows], [190, 130], "{link}");
        let lowest = lab.objective().lowest().unwrap();
        for _ in 0..1000 {
            let cell = random.below(map.values.len() as u32) as usize;
            let [alpha, beta] = map.middle(cell);
            let own = factor(&with(&lab, index, &[(0, alpha), (1, beta)]), lowest);
            assert_eq!(map.values[cell].to_bits(), own.to_bits(), "{link}: {alpha}, {beta}");
        }
    }
}

#[test]
fn on_a_quadratic_the_map_is_exact_and_needs_no_start() {
    let mut lab = settled("by=alphabeta");
    let before = lab.alpha_beta().unwrap().clone();
    assert!(lab.exact_spectrum().is_some_and(|spectrum| spectrum == [1.0, 20.0]));
    lab.set("start", "3,-2").unwrap();
    lab.settle();
    assert_eq!(lab.alpha_beta(), Some(&before));
    lab.set("f.kappa", "5").unwrap();
    lab.settle();
    assert_ne!(lab.alpha_beta(), Some(&before));
    // Noise is none of a quadratic.
    lab.set("momentum.noise", "1").unwrap();
    lab.settle();
    assert!(lab.exact_spectrum().is_none() && lab.alpha_beta().is_some());
}

#[test]
fn a_hand_on_the_chart_sets_the_dials_of_the_run_it_takes() {
    let mut lab = settled("by=alphabeta");
    let places = marks(&lab);
    assert_eq!(places.iter().map(|(index, _)| *index).collect::<Vec<_>>(), [0, 1]);
    assert_eq!(lab.pick(Picture::Chart, places[0].1).as_deref(), Some("gd"));
    assert_eq!(lab.pick(Picture::Chart, places[1].1).as_deref(), Some("momentum"));
    assert_eq!(lab.pick(Picture::Chart, [300.0, 30.0]), None);
    let (_, [x, y]) = places[1];
    // Held beside its middle, the mark stays beside the hand.
    lab.take_dials([x + 5.0, y - 3.0]);
    let before = lab.experiment().runs[1].values.clone();
    lab.put_dials([x + 5.0, y - 3.0]);
    assert!((lab.experiment().runs[1].values[0] / before[0] - 1.0).abs() < 0.01);
    lab.put_dials([x + 45.0, y - 53.0]);
    let (alpha, beta) = dials_at(&lab, [x + 40.0, y - 50.0]);
    let values = &lab.experiment().runs[1].values;
    assert!((values[0] / alpha - 1.0).abs() < 0.01, "{values:?}");
    assert!((values[1] - beta.unwrap()).abs() < 0.01 && values[1] > 0.6, "{values:?}");
    assert!(link::write(lab.experiment()).contains("momentum.beta="));
    // GD has no β to be set.
    lab.take_dials(places[0].1);
    lab.put_dials([x - 30.0, y]);
    assert!(lab.experiment().runs[0].values[0] < 0.095);
    // What is put where no mark is held moves the run that the map is about.
    lab.take_dials([300.0, 30.0]);
    lab.put_dials([200.0, 100.0]);
    let (alpha, _) = dials_at(&lab, [200.0, 100.0]);
    assert!((lab.experiment().runs[1].values[0] / alpha - 1.0).abs() < 0.01);
    // The arrow keys, too.
    let before = lab.experiment().runs[1].values.clone();
    lab.nudge_dials([0.0, 12.0]);
    assert!(lab.experiment().runs[1].values[1] < before[1]);
    // Beyond the axes are their ends, and these stay where they are.
    let window = lab.alpha_beta_window();
    for _ in 0..5 {
        lab.put_dials([1e9, -1e9]);
    }
    assert_eq!(lab.experiment().runs[1].values[1], 0.999);
    assert_eq!(lab.alpha_beta_window(), window);
    assert!((lab.experiment().runs[1].values[0] / window.x[1] - 1.0).abs() < 0.01);
}

#[test]
fn no_axis_moves_under_the_hand_or_beyond_what_can_be_set() {
    for alpha in ["1e-6", "1e-5", "0.095", "10"] {
        let lab = settled(&format!("by=alpha&runs=gd&gd.alpha={alpha}"));
        assert_eq!(lab.swept_decades(), [-4.0, 1.0], "{alpha}");
        // A mark beyond the axis is at its edge.
        let (_, [x, y]) = marks(&lab)[0];
        assert!((0.0..=380.0).contains(&x) && (0.0..=260.0).contains(&y));
    }
    let flat = settled("problem=logistic&runs=momentum&by=alphabeta");
    assert!(flat.alpha_beta_window().x[1] <= 10.0);
    // Where there is no map there is nothing to be set.
    let mut none = settled("f=x^4-y^4&runs=momentum&by=alphabeta");
    let before = none.experiment().runs[0].values.clone();
    none.take_dials([200.0, 100.0]);
    none.put_dials([200.0, 100.0]);
    assert_eq!(none.experiment().runs[0].values, before);
    let mut nobody = settled("runs=gd&by=updates");
    nobody.put_dials([200.0, 100.0]);
    nobody.nudge_dials([10.0, 0.0]);
    assert_eq!(nobody.experiment().runs[0].values, [0.095]);
}

#[test]
fn dragging_its_own_alpha_leaves_a_sweep_alone() {
    let mut lab = settled("by=alpha");
    let first: Vec<_> = lab.sweeps()[1].1.points().collect();
    let version = lab.trials_version();
    let (_, [x, y]) = marks(&lab)[1];
    lab.take_dials([x, y]);
    lab.put_dials([x - 50.0, y]);
    assert!(lab.experiment().runs[1].values[0] < 0.05);
    lab.settle();
    assert_eq!(lab.trials_version(), version);
    assert!(lab.sweeps()[1].1.points().eq(first.iter().copied()));
    // Its β is another matter.
    lab.set("momentum.beta", "0.9").unwrap();
    lab.settle();
    assert!(!lab.sweeps()[1].1.points().eq(first));
}

#[test]
fn the_pointer_reads_both_charts() {
    let mut lab = settled("by=alpha");
    let text = lab.hover(Picture::Chart, 0, [372.0, 100.0]).unwrap().text;
    assert!(text.starts_with("α = "), "{text}");
    assert!(text.contains("; GD: ") && text.contains(", Momentum: "), "{text}");
    // What is told is of the α that is told, above the minimum as the axis is.
    let text = settled("problem=mean&runs=gd&by=alpha").hover(Picture::Chart, 0, [150.0, 9.0]);
    let text = text.unwrap().text;
    let (alpha, loss) = text.strip_prefix("α = ").unwrap().split_once("; GD: ").unwrap();
    let lab = settled("problem=mean&runs=gd&by=alpha");
    let end =
        end(&with(&lab, 0, &[(0, alpha.parse().unwrap())])) - lab.objective().lowest().unwrap();
    let loss: f64 = loss.parse().unwrap();
    assert!((loss / end - 1.0).abs() < 0.05, "{loss} {end}");
    let steep = "surface=rosenbrock&runs=gd&by=alpha";
    let text = settled(steep).hover(Picture::Chart, 0, [372.0, 100.0]).unwrap().text;
    assert!(text.ends_with("; GD: diverges"), "{text}");
    let mut lab = settled("by=alphabeta");
    let mut told = |at| lab.hover(Picture::Chart, 0, at).unwrap().text;
    assert!(told([372.0, 230.0]).ends_with(": diverges"));
    assert!(told([150.0, 60.0]).contains(" updates a digit; swings"));
    let mut lab = settled("surface=rosenbrock&runs=momentum&by=alphabeta");
    assert!(lab.hover(Picture::Chart, 0, [60.0, 200.0]).unwrap().text.contains("updates a digit"));
    lab.leave(Picture::Chart);
    assert_eq!(lab.marked_trial(), None);
}

#[test]
fn nothing_is_told_of_a_former_chart() {
    let told = |lab: &mut PlanarLab| lab.hover(Picture::Chart, 0, [60.0, 200.0]).is_some();
    for link in
        ["surface=rosenbrock&runs=momentum&by=alphabeta", "surface=rosenbrock&runs=gd&by=alpha"]
    {
        let mut lab = settled(link);
        assert!(told(&mut lab), "{link}");
        // No slice of work, so that nothing of the new start is known.
        lab.set_limit(0);
        lab.set("start", "-1,1.5").unwrap();
        assert!(lab.alpha_beta().is_some() || !lab.sweeps().is_empty(), "{link}");
        assert!(!told(&mut lab), "{link}");
        assert!(!lab.model(&Theme::LIGHT).chart_note.contains("Fastest"), "{link}");
        lab.settle();
        assert!(told(&mut lab), "{link}");
    }
}

#[test]
fn what_a_chart_cannot_tell_is_said() {
    let note = |link: &str| settled(link).model(&Theme::LIGHT).chart_note;
    assert!(note("runs=gd,adam&by=alphabeta").contains("No run that is shown has a β"));
    assert!(note("surface=saddle&runs=momentum&by=alphabeta").contains("No minimum is known"));
    assert!(note("momentum.hidden=yes&by=alphabeta").contains("No run that is shown has a β"));
    assert!(note("surface=saddle&by=alpha").starts_with("f itself, after "));
    assert_eq!(note("gd.hidden=yes&momentum.hidden=yes&by=alpha"), "No run is shown.");
    assert!(!note("f=x^2%2B1e-9*y^2&runs=momentum&by=alphabeta").contains("Fastest"));
    let long = "problem=linear&data.n=500&runs=momentum&momentum.batch=1&steps=5000&by=alphabeta";
    let told = note(long);
    assert!(told.contains("Coarse") && !told.contains("Fastest"), "{told}");
    assert!(note("by=alpha&future=no").contains("ahead of the clock"));
    assert!(note("by=alphabeta").contains("Fastest at α = 0.134, β = 0.403."));
    assert!(note("problem=mean&by=alpha").contains("the middle of 15 seeds; 13 end in the band"));
    let none = PlanarLab::new("runs=&by=alphabeta");
    assert!(none.alpha_beta().is_none() && marks(&none).is_empty());
}

#[test]
fn it_does_not_answer_an_open_question() {
    for link in ["by=alpha", "by=alphabeta"] {
        let mut lab = settled(link);
        lab.pose(&Pose { is_veiled: true, ..Pose::default() });
        assert!(lab.sweeps().is_empty() && lab.alpha_beta().is_none());
        assert!(lab.hover(Picture::Chart, 0, [100.0, 100.0]).is_none());
        assert_eq!(lab.pick(Picture::Chart, [100.0, 100.0]), None);
        lab.put_dials([100.0, 100.0]);
        assert_eq!(lab.experiment().runs[0].values, [0.095]);
        lab.pose(&Pose::default());
        lab.settle();
        assert!(!lab.sweeps().is_empty() || lab.alpha_beta().is_some());
    }
}

#[test]
fn it_is_rough_after_one_call_and_no_call_is_long() {
    for link in [
        "surface=rosenbrock&runs=gd,momentum,nesterov&steps=4000&by=alpha",
        "surface=rosenbrock&runs=gd,momentum&steps=400&by=alphabeta",
        "problem=logistic&data.n=200&runs=gd,gd&gd2.batch=8&steps=200&by=alpha",
    ] {
        let mut lab = PlanarLab::new(link);
        lab.set_size(Picture::Chart, [380.0, 260.0]);
        lab.refresh_by_hand();
        let most = lab.largest_piece().max(1_000_000);
        let mut calls = 0;
        while !lab.work(&mut Budget::units(most)) {
            // Why the last run of a call has ended may be asked beyond.
            assert!(lab.spent() <= most + lab.largest_piece(), "{link}: {}", lab.spent());
            calls += 1;
        }
        assert!(calls > 3 && lab.progress() == 1.0, "{link}: {calls}");
    }
    let lab = PlanarLab::new("runs=gd,momentum&by=alpha");
    assert_eq!(lab.sweeps().len(), 2);
    assert!(lab.sweeps().iter().all(|(_, sweep)| sweep.is_rough()));
}
