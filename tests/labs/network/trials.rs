//! Nets with other dials: what the charts tell is what runs of their own do with these dials, to the bit.

use ravine::analysis::net_trial::End;
use ravine::labs::network::scene::trials::{dials, dials_at, marks, place_at};
use ravine::labs::network::trials::{DECADES, NARROWEST, REACH, batch_sizes, updates_of};
use ravine::labs::network::{By, NetDial, NetLab, WHOLE, link};
use ravine::labs::{Action, Hand as _, Lab as _, Picture, Pose, Quiz as _};
use ravine::math::budget::Budget;
use ravine::math::param::write_number;
use ravine::math::random::Random;
use ravine::view::Theme;

use crate::network::{at, bits};

const SMALL: &str = "net=3&data.n=20&data.train=80&runs=gd,momentum,gd&gd2.batch=5";
const SIZE: [f64; 2] = [200.0, 150.0];

fn charted(link: &str) -> NetLab {
    let mut lab = NetLab::new(link);
    assert_eq!(lab.faults(), [], "{link}");
    lab.set_size(Picture::Chart, SIZE);
    lab
}

fn settled(link: &str) -> NetLab {
    let mut lab = charted(link);
    lab.settle_trials();
    lab
}

/// What becomes of the run at `index` at the last tick, as the page trains it: with its losses at the
/// start and the end.
fn own(link: &str, index: usize) -> End {
    let mut lab = NetLab::new(link);
    assert!(lab.faults().iter().all(|fault| fault.is_harmless), "{link}: {:?}", lab.faults());
    let steps = lab.experiment().steps();
    lab.timeline_mut().seek(steps);
    lab.settle();
    let run = &mut lab.training_run_mut(index);
    let start = run.records().0.train[0];
    let loss = run.risks()[0].unwrap();
    match run.diverged() {
        None if loss.is_finite() => End { start, loss, diverged: None },
        _ => End { start, loss: f64::INFINITY, diverged: Some(run.updates() + 1) },
    }
}

fn same(one: &End, other: &End) -> bool {
    let bits = |end: &End| [end.start, end.loss].map(f64::to_bits);
    bits(one) == bits(other) && one.diverged.is_some() == other.diverged.is_some()
}

#[test]
fn a_sweep_tells_of_each_alpha_what_its_own_run_ends_with() {
    let dials = "&init.scale=1.7&steps=12&by=alpha&hand=0,w1.1.1,2;5,b1.2,-1";
    for more in ["", "&data.shape=curve", "&clock=updates&frozen=biases", "&output=linear&steps=40"]
    {
        let link =
            format!("{SMALL}{more}{}", if more.contains("steps") { "&by=alpha" } else { dials });
        let lab = settled(&link);
        let sweeps = lab.sweeps();
        assert_eq!(sweeps.len(), 3);
        let names = lab.experiment().runs.names();
        for (index, sweep) in sweeps {
            assert_eq!(sweep.points().count(), 257);
            for (alpha, outcome) in sweep.points().step_by(17) {
                let own =
                    own(&format!("{link}&{}.alpha={}", names[index], write_number(alpha)), index);
                assert_eq!(outcome.middle.to_bits(), own.loss.to_bits(), "{link}: α = {alpha}");
                assert_eq!(outcome.band, [outcome.middle; 2]);
            }
        }
    }
}

#[test]
fn two_hundred_cells_of_each_map_are_runs_of_their_own() {
    let mut random = Random::new(8);
    let small = "net=2&data.n=16&data.train=100&runs=gd,momentum&output=linear";
    for (link, count) in [
        (format!("{small}&data.shape=moons&steps=30&by=alphainit"), 200),
        (format!("{small}&data.shape=curve&steps=30&by=alphainit&window=-0.3,0.1,0,0.5"), 200),
        (
            format!("{small}&steps=20&by=alphainit&window=-0.1001,-0.1,0.2,0.2001&follow=momentum"),
            100,
        ),
        (format!("{small}&steps=400&by=alphainit&window=0,1,-1,2"), 60),
        (
            format!(
                "{SMALL}&steps=9&by=alphainit&follow=gd2&clock=updates&hand=0,w1.1.1,2;4,b1.2,-1"
            ),
            100,
        ),
    ] {
        let lab = settled(&link);
        let (run, map) = (lab.mapped_run().unwrap(), lab.trial_map().unwrap());
        assert!(map.values.len() >= 64 * 64 && map.values.len() == map.columns * map.rows);
        assert_eq!(map.window, lab.experiment().window);
        let name = lab.experiment().runs.names().swap_remove(run);
        for _ in 0..count {
            let cell = random.below(map.values.len() as u32) as usize;
            let dials = dials(&lab, map.middle(cell));
            let [alpha, scale] = [dials.alpha, dials.other].map(write_number);
            let own = own(&format!("{link}&{name}.alpha={alpha}&init.scale={scale}"), run);
            let told = &map.values[cell];
            assert!(same(told, &own), "{link}: {alpha} {scale}: {told:?} {own:?}");
            if let (Some(told), Some(own)) = (told.diverged, own.diverged) {
                assert_eq!(told, own, "{link}: {alpha} {scale}");
            }
        }
    }
}

#[test]
fn every_batch_size_is_trained_with_the_same_number_of_examples() {
    let mut random = Random::new(9);
    for (link, count) in [
        (format!("{SMALL}&steps=6&by=alphabatch"), 200),
        (format!("{SMALL}&steps=7&by=alphabatch&clock=updates&follow=gd2&init.scale=3"), 200),
    ] {
        let lab = settled(&link);
        let (run, map) = (lab.mapped_run().unwrap(), lab.trial_map().unwrap());
        let sizes = batch_sizes(16);
        assert_eq!((map.rows, sizes.len()), (sizes.len(), 5));
        let experiment = lab.experiment();
        let name = experiment.runs.names().swap_remove(run);
        let own_m = experiment.batches(run).m;
        let own_updates = experiment.steps() * experiment.updates_a_tick(run);
        assert_eq!(updates_of(experiment, run, own_m), own_updates);
        for _ in 0..count {
            let cell = random.below(map.values.len() as u32) as usize;
            let dials = dials(&lab, map.middle(cell));
            let (alpha, m) = (write_number(dials.alpha), dials.other as usize);
            assert_eq!(m, sizes[cell / map.columns]);
            let updates = updates_of(experiment, run, m);
            // With epochs the run itself sees as many; else its clock runs so far.
            let steps = if experiment.counts_epochs() { experiment.steps() } else { updates };
            let link = format!("{name}.alpha={alpha}&{name}.batch={m}&steps={steps}&{link}");
            let link = link.replacen(
                &format!("&steps={}", experiment.steps()),
                "",
                usize::from(steps != experiment.steps()),
            );
            let mut fresh = NetLab::new(&link);
            fresh.timeline_mut().seek(steps);
            fresh.settle();
            let loss = fresh.training_run_mut(run).risks()[0].unwrap();
            assert_eq!(map.values[cell].loss.to_bits(), loss.to_bits(), "{link}");
            assert_eq!(fresh.training_runs()[run].updates(), updates, "{link}");
        }
    }
}

#[test]
fn the_initial_scale_multiplies_the_weights_and_at_one_nothing() {
    let plain = at("net=4,2&seed=7", 0);
    for init in ["xavier", "he", "normal"] {
        for scale in [0.01, 0.3, 2.5, 100.0] {
            let one = at(&format!("net=4,2&seed=7&init={init}"), 0);
            let scaled = at(&format!("net=4,2&seed=7&init={init}&init.scale={scale}"), 0);
            let thetas = [&one, &scaled].map(|lab| lab.experiment().theta());
            for (one, scaled) in thetas[0].iter().zip(&thetas[1]) {
                assert_eq!((one * scale).to_bits(), scaled.to_bits());
            }
        }
    }
    let link = "net=4,2&seed=7&init.scale=1";
    assert_eq!(bits(&at(link, 5)), bits(&at("net=4,2&seed=7", 5)));
    assert!(!NetLab::new(link).link().contains("scale"));
    assert!(plain.experiment().uses_net(NetDial::Scale as usize));
    assert!(!NetLab::new("net=2&init=zeros").experiment().uses_net(NetDial::Scale as usize));
}

#[test]
fn slices_make_the_same_map_and_no_call_is_long() {
    for link in [
        format!("{SMALL}&steps=10&by=alpha"),
        format!("{SMALL}&steps=10&by=alphainit"),
        format!("{SMALL}&steps=5&by=alphabatch"),
        "net=16,16&data.n=500&by=alphainit&steps=2&runs=gd".to_owned(),
    ] {
        let whole = settled(&link);
        let mut lab = charted(&link);
        // The largest piece is the loss over all examples, or an update with them.
        let piece = 3 * lab.training_runs()[0].trainer().cost(lab.sets().train.len());
        let units = 40_000;
        let (mut calls, mut last) = (0, 0.0);
        while !lab.work(&mut Budget::units(units)) {
            assert!(lab.spent() <= units.max(piece) + piece, "{link}: {}", lab.spent());
            let progress = lab.trials_progress();
            assert!((0.0..=1.0).contains(&progress) && progress >= last);
            last = progress;
            calls += 1;
        }
        assert!(calls > 20 && lab.trials_progress() == 1.0, "{link}: {calls}");
        assert_eq!(lab.trial_map(), whole.trial_map(), "{link}");
        let ends = |lab: &NetLab| -> Vec<_> {
            lab.sweeps().iter().flat_map(|(_, sweep)| sweep.points().collect::<Vec<_>>()).collect()
        };
        assert_eq!(ends(&lab), ends(&whole), "{link}");
    }
}

#[test]
fn a_hand_on_the_map_sets_alpha_and_the_scale_and_the_nets_follow() {
    let mut lab = settled(&format!("{SMALL}&steps=5&by=alphainit"));
    // Of the others one has momentum, and one has batches.
    let places = marks(&lab);
    assert_eq!(places.iter().map(|(index, _)| *index).collect::<Vec<_>>(), [0]);
    let (_, [x, y]) = places[0];
    assert_eq!(lab.pick(Picture::Chart, [x, y]).as_deref(), Some("gd"));
    assert_eq!(lab.pick(Picture::Chart, [x + 60.0, y]), None);
    let map = lab.trial_map().unwrap().clone();
    lab.take_dials([x + 4.0, y]);
    lab.put_dials([x + 34.0, y - 20.0]);
    let dials = dials_at(&lab, [x + 30.0, y - 20.0]);
    let experiment = lab.experiment();
    assert!((experiment.runs[0].values[0] / dials.alpha - 1.0).abs() < 0.01);
    assert!((experiment.net(NetDial::Scale) / dials.other - 1.0).abs() < 0.01);
    assert_eq!(lab.experiment().runs[1].values[0], 0.1);
    let written = link::write(experiment);
    assert!(written.contains("gd.alpha=") && written.contains("init.scale="), "{written}");
    assert_eq!(lab.training_runs()[0].trainer().theta(), lab.experiment().theta());
    // The map is of all dials: nothing of it is another.
    lab.settle_trials();
    assert_eq!(lab.trial_map(), Some(&map));
    // The arrow keys, too; and a click elsewhere.
    let before = lab.experiment().runs[0].values[0];
    lab.nudge_dials([8.0, 0.0]);
    assert!(lab.experiment().runs[0].values[0] > before);
    lab.take_dials([190.0, 140.0]);
    lab.put_dials([60.0, 60.0]);
    let dials = dials_at(&lab, [60.0, 60.0]);
    assert!((lab.experiment().runs[0].values[0] / dials.alpha - 1.0).abs() < 0.01);
    // Beyond the axes are their ends.
    lab.put_dials([1e9, -1e9]);
    assert_eq!(lab.experiment().net(NetDial::Scale), 10.0);
    assert_eq!(lab.experiment().runs[0].values[0], 10.0);
}

#[test]
fn a_hand_on_the_other_charts_sets_alpha_and_the_batch_size() {
    let mut lab = settled(&format!("{SMALL}&steps=5&by=alphabatch"));
    // With batches it is the same run with other dials, and has its place.
    assert_eq!(marks(&lab).iter().map(|(index, _)| *index).collect::<Vec<_>>(), [0, 2]);
    let (_, [x, y]) = marks(&lab)[1];
    lab.take_dials([x, y]);
    lab.put_dials([x, 10.0]);
    assert_eq!(lab.experiment().batches(2).m, 16);
    lab.nudge_dials([0.0, 4.0]);
    assert_eq!(lab.experiment().batches(0).m, 8);
    lab.nudge_dials([0.0, -4.0]);
    assert_eq!(lab.experiment().batches(0).m, 16);
    let mut lab = settled(&format!("{SMALL}&steps=5&by=alpha"));
    assert_eq!(marks(&lab).len(), 3);
    let first: Vec<_> = lab.sweeps()[1].1.points().collect();
    let (_, [x, y]) = marks(&lab)[1];
    lab.take_dials([x, y]);
    lab.put_dials([x - 40.0, y + 30.0]);
    assert!(lab.experiment().runs[1].values[0] < 0.1);
    assert_eq!(lab.experiment().net(NetDial::Scale), 1.0);
    lab.settle_trials();
    assert!(lab.sweeps()[1].1.points().eq(first), "its own α is no matter of its sweep");
}

#[test]
fn a_zoom_is_part_of_the_link_and_stays_within_what_can_be_set() {
    let mut lab = settled(&format!("{SMALL}&steps=5&by=alphainit"));
    assert!(lab.zooms_chart() && !lab.is_chart_zoomed());
    let before = lab.link();
    let place = place_at(&lab, [120.0, 60.0]);
    lab.zoom([120.0, 60.0], 4.0);
    let [x, y] = place_at(&lab, [120.0, 60.0]);
    assert!((x - place[0]).abs() < 0.03 && (y - place[1]).abs() < 0.03);
    assert!(lab.is_chart_zoomed() && lab.link().contains("&window="), "{}", lab.link());
    // What is known of the whole stays where it is, and the part of it comes.
    assert_eq!(lab.trial_map().unwrap().window, WHOLE);
    lab.settle_trials();
    assert_eq!(lab.trial_map().unwrap().window, lab.experiment().window);
    let fresh = NetLab::new(&lab.link());
    assert_eq!(fresh.experiment().window, lab.experiment().window);
    lab.pan([15.0, -9.0]);
    assert_eq!(NetLab::new(&lab.link()).experiment().window, lab.experiment().window);
    lab.act(&Action::ResetWindow).unwrap();
    assert_eq!(lab.link(), before);
    for (factor, by) in [(0.01, [0.0, 0.0]), (0.5, [900.0, 900.0]), (1.5, [-9e5, 9e5])] {
        for _ in 0..90 {
            lab.zoom([100.0, 60.0], factor);
            lab.pan(by);
            let window = lab.experiment().window;
            assert!(REACH.x[0] <= window.x[0] && window.x[1] <= REACH.x[1], "{window:?}");
            assert!(REACH.y[0] <= window.y[0] && window.y[1] <= REACH.y[1], "{window:?}");
            let (again, faults) = link::read(&lab.link());
            assert!(faults.is_empty() && again.window == window, "{}: {faults:?}", lab.link());
        }
    }
    assert!(lab.experiment().window.width() < 2.0 * NARROWEST);
    // There a mark that is put has as many digits as it takes.
    lab.put_dials([100.0, 60.0]);
    let (_, [x, _]) = marks(&lab)[0];
    assert!((x - 100.0).abs() < 2.0, "{x}");
    // Nothing else can be zoomed.
    let mut other = settled(&format!("{SMALL}&steps=5&by=alphabatch"));
    other.zoom([100.0, 60.0], 2.0);
    assert_eq!(other.experiment().window, WHOLE);
    for wrong in ["1,2", "-9,1,0,1", "0,1,0,3", "0,1e-9,0,1"] {
        let lab = NetLab::new(&format!("net=2&window={wrong}"));
        assert_eq!(lab.faults().len(), 1, "{wrong}");
        assert_eq!(lab.experiment().window, WHOLE);
    }
}

#[test]
fn the_pointer_reads_what_becomes_of_the_net_under_it() {
    let link = "net=2&data.n=16&data.train=100&runs=gd&output=linear&steps=300";
    let mut lab = settled(&format!("{link}&by=alphainit"));
    let [mut low, mut high, mut lost] = [0; 3];
    for column in 0..19 {
        let text =
            lab.hover(Picture::Chart, 0, [5.0 + 10.0 * f64::from(column), 60.0]).unwrap().text;
        assert!(text.starts_with("α = ") && text.contains(", scale "), "{text}");
        low += i32::from(text.contains(" after 300 epochs, ") && text.ends_with(" at the start"));
        high += i32::from(text.contains("not below"));
        lost += i32::from(text.contains("has no finite outcome"));
    }
    assert!(low > 5 && lost > 1 && low + high + lost == 19, "{low} {high} {lost}");
    lab.leave(Picture::Chart);
    assert_eq!(lab.marked_trial(), None);
    let mut lab = settled(&format!("{link}&by=alphabatch"));
    let text = lab.hover(Picture::Chart, 0, [60.0, 60.0]).unwrap().text;
    assert!(text.contains(", m = ") && text.contains(" updates, "), "{text}");
    let mut lab = settled(&format!("{link}&by=alpha"));
    let text = lab.hover(Picture::Chart, 0, [199.0, 60.0]).unwrap().text;
    assert_eq!(text, "α = 10; GD: diverges");
}

#[test]
fn nothing_is_told_of_other_nets_or_answered_that_is_asked() {
    for by in ["alpha", "alphainit", "alphabatch"] {
        let mut lab = settled(&format!("{SMALL}&steps=5&by={by}"));
        let is_known = |lab: &NetLab| !lab.sweeps().is_empty() || lab.trial_map().is_some();
        assert!(is_known(&lab) && lab.hover(Picture::Chart, 0, [60.0; 2]).is_some(), "{by}");
        for (key, text) in [
            ("gd.l2", "0.1"),
            ("data.noise", "31"),
            ("steps", "6"),
            ("seed", "4"),
            ("activation", "relu"),
            ("init", "he"),
            ("theta.w1.1.1", "0.25"),
            ("net", "2"),
        ] {
            lab.set(key, text).unwrap();
            let first = lab.sweeps().first().map(|(index, _)| *index);
            assert!(lab.trial_map().is_none() && first != Some(0), "{by}: {key}");
            lab.settle_trials();
            assert!(is_known(&lab), "{by}: {key}");
        }
        lab.pose(&Pose { is_veiled: true, ..Pose::default() });
        assert!(!is_known(&lab) && !lab.zooms_chart(), "{by}");
        assert!(lab.hover(Picture::Chart, 0, [60.0; 2]).is_none(), "{by}");
        assert!(marks(&lab).is_empty() || lab.pick(Picture::Chart, marks(&lab)[0].1).is_none());
        let before = lab.link();
        lab.put_dials([60.0; 2]);
        lab.nudge_dials([8.0, 0.0]);
        lab.zoom([60.0; 2], 2.0);
        assert_eq!(lab.link(), before, "{by}");
        lab.pose(&Pose::default());
        assert!(is_known(&lab), "{by}");
        let told = |link: String| settled(&link).model(&Theme::LIGHT).chart_note;
        assert!(told(format!("{SMALL}&by={by}&steps=5&future=no")).contains("ahead of the clock"));
        let hidden = "&gd.hidden=yes&momentum.hidden=yes&gd2.hidden=yes";
        assert_eq!(told(format!("{SMALL}&by={by}&steps=5{hidden}")), "No run is shown.");
        assert!(NetLab::new(&format!("net=2&runs=&by={by}")).trial_map().is_none());
    }
}

#[test]
fn the_chart_says_what_it_is_of() {
    let model = |by: &str| settled(&format!("{SMALL}&steps=5&by={by}")).model(&Theme::LIGHT);
    let of = model("alphainit");
    assert!(of.chart_sets_dials && of.chart_zooms && !of.chart_is_zoomed);
    assert_eq!(of.chart_title, "Trainability");
    assert!(
        of.chart_note.starts_with("Each cell is GD trained anew for 5 epochs."),
        "{}",
        of.chart_note
    );
    assert!(of.chart_note.ends_with("Drag a run to its dials."), "{}", of.chart_note);
    let of = model("alphabatch");
    assert!(of.chart_sets_dials && !of.chart_zooms);
    assert!(of.chart_note.contains("with 80 examples"), "{}", of.chart_note);
    let of = model("alpha");
    assert_eq!(of.chart_title, "Loss at the end, log scale");
    assert_eq!(of.chart_note, "Training loss after 5 epochs, by α. Drag a run to its α.");
    let of = model("updates");
    assert!(!of.chart_sets_dials && of.chart_title == "Loss, log scale");
    assert_eq!(By::ALL.len(), 6);
    assert_eq!(DECADES, [-4.0, 1.0]);
}

#[test]
fn a_map_that_is_coarse_says_so_until_its_last_grid_is_there() {
    let mut lab = charted(&format!("{SMALL}&steps=5&by=alphainit"));
    let note = |lab: &NetLab| lab.model(&Theme::LIGHT).chart_note;
    let (mut grids, mut version) = (0, lab.model_version());
    while !lab.work(&mut Budget::units(40_000)) {
        assert!(note(&lab).ends_with("Coarse: more is coming."), "{}", note(&lab));
        grids += u32::from(lab.model_version() != version);
        version = lab.model_version();
    }
    // The page asks for the note again with each of them.
    assert!(grids >= 2 && lab.model_version() != version, "{grids}");
    assert!(note(&lab).ends_with("Drag a run to its dials."), "{}", note(&lab));
}
