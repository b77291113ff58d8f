//! The map of basins: what it tells agrees with the runs, wherever it is asked, and it is part of the
//! link.

use std::collections::{BTreeMap, BTreeSet};

use ravine::labs::planar::PlanarLab;
use ravine::labs::planar::experiment::link;
use ravine::labs::planar::scene::{hill, style};
use ravine::labs::{Hand as _, Lab as _, Picture, Pose, Quiz as _};
use ravine::math::budget::Budget;
use ravine::math::random::Random;
use ravine::training::basins::Fate;
use ravine::training::run::walk;
use ravine::training::setup::Setup;
use ravine::view::{Theme, basins};

const LINK: &str = "surface=himmelblau&runs=momentum&momentum.alpha=0.01&steps=60&map=basins";

fn settled(link: &str) -> PlanarLab {
    let mut lab = PlanarLab::new(link);
    assert_eq!(lab.faults(), [], "{link}");
    lab.set_size(Picture::Plot, [300.0, 200.0]);
    lab.settle();
    lab
}

#[test]
fn it_tells_of_a_thousand_starts_what_their_own_runs_do_at_any_zoom() {
    let mut random = Random::new(3);
    for window in ["", "&window=2.9,3.1,1.9,2.1", "&window=-20,20,-20,20"] {
        let lab = settled(&format!("{LINK}{window}"));
        let basins = lab.basins().expect("a map");
        assert_eq!([basins.columns, basins.rows], [200, 134]);
        let setup = Setup::of(&lab.experiment().run_spec(0));
        for _ in 0..1000 {
            let cell = random.below(basins.values.len() as u32) as usize;
            let path = walk(lab.objective(), &setup.run(basins.middle(cell)));
            let last = path.theta.last().copied().unwrap_or([f64::NAN; 2]);
            match basins.values[cell] {
                Fate::Settled { minimum, step } => {
                    let [x, y] = lab.objective().minima()[usize::from(minimum)];
                    assert!((last[0] - x).hypot(last[1] - y) < 1.0, "{window}: {last:?}");
                    assert!(usize::from(step) < path.theta.len());
                }
                Fate::Ended { step } => assert_eq!(usize::from(step), path.theta.len()),
                Fate::OnItsWay | Fate::AtRest(_) => {
                    let near = |&[x, y]: &[f64; 2]| (last[0] - x).hypot(last[1] - y) < 0.1;
                    assert!(!lab.objective().minima().iter().any(near), "{window}: {last:?}");
                }
            }
        }
    }
}

#[test]
fn on_the_hill_every_cell_has_the_colour_of_its_fate() {
    let lab = settled(&format!("{LINK}&view=hill"));
    let (terrain, window) = (lab.terrain(), lab.frame().window);
    let cells = hill::basin_cells(&lab, &terrain, &style(&lab, false)).expect("colours");
    let [across, up] = terrain.size();
    let share = |[from, to]: [f64; 2], at: usize, of: usize| {
        from + (to - from) * (at as f64 + 0.5) / of as f64
    };
    let mut colors = BTreeMap::<_, BTreeSet<_>>::new();
    for row in 0..up {
        for column in 0..across {
            let point = [share(window.x, column, across), share(window.y, row, up)];
            if let Some(Fate::Settled { minimum, step }) = lab.basins().unwrap().at(point) {
                let color = cells[row * terrain.columns + column];
                colors.entry((minimum, step)).or_default().insert(color);
            }
        }
    }
    let minima: BTreeSet<_> = colors.keys().map(|(minimum, _)| minimum).collect();
    assert_eq!(minima.len(), 4);
    assert!(colors.values().all(|colors| colors.len() == 1), "{colors:?}");
    let lab = settled("surface=himmelblau&view=hill");
    assert!(hill::basin_cells(&lab, &lab.terrain(), &style(&lab, false)).is_none());
}

#[test]
fn it_is_in_the_link_and_follows_dials_windows_and_runs() {
    let mut lab = settled(LINK);
    assert!(link::write(lab.experiment()).contains("map=basins"));
    let seen = |lab: &PlanarLab| (lab.basins().unwrap().clone(), lab.basins_version().unwrap());
    let (first, version) = seen(&lab);
    for (key, text) in [("momentum.alpha", "0.02"), ("window", "-3,3,-3,3"), ("steps", "30")] {
        lab.set(key, text).unwrap();
        lab.settle();
        let (now, later) = seen(&lab);
        assert!(now != first && later > version, "{key}");
    }
    // A hill has the same colours.
    let above = seen(&lab);
    for view in ["hill", "both", "plot"] {
        lab.set("view", view).unwrap();
        assert!(lab.work(&mut Budget::unlimited()) && seen(&lab) == above, "{view}");
    }
    // The start is no part of it.
    let (before, version) = seen(&lab);
    lab.set("start", "1,1").unwrap();
    lab.settle();
    assert_eq!(seen(&lab), (before, version));
    lab.set("map", "height").unwrap();
    lab.settle();
    assert!(lab.basins().is_none());
}

#[test]
fn the_coarsest_grid_is_there_after_one_call_and_no_call_is_long() {
    let mut lab = PlanarLab::new(LINK);
    lab.set_size(Picture::Plot, [900.0, 600.0]);
    lab.set("momentum.beta", "0.8").unwrap();
    let rough = lab.basins().expect("the first grid").columns;
    assert!((20..80).contains(&rough), "{rough} columns");
    let mut calls = 0;
    while !lab.work(&mut Budget::units(lab.largest_piece().max(1_000_000))) {
        assert!(lab.spent() <= lab.largest_piece().max(1_000_000));
        assert!(lab.progress() < 1.0);
        calls += 1;
    }
    assert!(calls > 10 && lab.progress() == 1.0);
    assert_eq!(lab.basins().unwrap().columns, 600);
}

#[test]
fn over_many_examples_no_piece_of_work_is_long() {
    let lab = PlanarLab::new("problem=logistic&runs=gd&gd.batch=8&steps=400&map=basins&data.n=200");
    assert!(lab.largest_piece() < 20_000_000, "{}", lab.largest_piece());
}

#[test]
fn the_pointer_reads_where_the_run_ends_from_there() {
    let mut lab = settled(LINK);
    let hover = lab.hover(Picture::Plot, 0, [150.0, 100.0]).unwrap();
    let [label, told] = hover.rows.last().unwrap();
    assert_eq!(label, "Momentum from here");
    assert!(told.starts_with("ends at (") && told.contains(" from step "), "{told}");
    assert!(hover.text.contains(told.as_str()));
    let mut lab = settled("surface=himmelblau&runs=gd&gd.alpha=0.5&map=basins");
    let told = lab.hover(Picture::Plot, 0, [10.0, 10.0]).unwrap().rows.last().unwrap()[1].clone();
    assert!(told.ends_with("has no finite outcome"), "{told}");
    // At rest, though at no minimum.
    for ([x, y], what) in [([0.0, 0.0], "a maximum"), ([-5.0, 0.0], "a saddle")] {
        let mut lab = settled(&format!(
            "surface=himmelblau&runs=newton&steps=30&map=basins&window={},{},{},{}",
            x - 0.3,
            x + 0.3,
            y - 0.2,
            y + 0.2
        ));
        let rows = lab.hover(Picture::Plot, 0, [150.0, 100.0]).unwrap().rows;
        let told = format!("ends where the gradient is 0, at {what}");
        assert_eq!(rows.last().unwrap()[1], told);
    }
    // Of a run that is hidden nothing is shown.
    let hidden = "surface=himmelblau&runs=gd,adam&gd.hidden=yes&map=basins";
    let rows = settled(hidden).hover(Picture::Plot, 0, [150.0, 100.0]).unwrap().rows;
    assert_eq!(rows.last().unwrap()[0], "Adam from here");
    let nowhere = settled("f=ln(x)+y^2&runs=gd&map=basins&window=-2,2,-2,2");
    let rows = { nowhere }.hover(Picture::Plot, 0, [10.0, 100.0]).unwrap().rows;
    assert_eq!(rows.last().unwrap()[1], "f has no finite value and gradient here");
}

#[test]
fn a_former_map_stays_in_its_place_and_nothing_is_read_from_it() {
    let mut lab = settled("surface=camel&runs=gd&gd.alpha=0.03&steps=2000&map=basins");
    let told = |lab: &mut PlanarLab| {
        let rows = lab.hover(Picture::Plot, 0, [150.0, 100.0]).unwrap().rows;
        rows.iter().any(|[label, _]| label.ends_with("from here"))
    };
    assert!(told(&mut lab));
    let former = lab.basins().unwrap().window;
    // No slice of work, so that no grid of the new window is there.
    lab.set_limit(0);
    lab.pan([120.0, 0.0]);
    assert_eq!(lab.basins().unwrap().window, former);
    assert!(lab.frame().window != former && !told(&mut lab));
    let mut pixels = Vec::new();
    let theme = &Theme::LIGHT;
    let map = lab.basins().unwrap();
    basins::paint(map, lab.frame().window, 2000, theme, [300, 200], 1.0, &mut pixels);
    let shown = |column: usize| pixels[4 * (100 * 300 + column)..][..4].to_vec();
    let mut before = Vec::new();
    basins::paint(map, former, 2000, theme, [300, 200], 1.0, &mut before);
    assert_eq!(shown(119), [theme.paper.0, theme.paper.1, theme.paper.2, 255]);
    // The window's edges are rounded: by less than a pixel.
    for column in 121..299 {
        let near = column - 121..=column - 119;
        let is_there =
            near.map(|at| &before[4 * (100 * 300 + at)..][..4]).any(|at| at == shown(column));
        assert!(is_there, "{column}");
    }
    // That of another surface is none.
    lab.set("surface", "himmelblau").unwrap();
    assert!(lab.basins().is_none());
}

#[test]
fn it_does_not_answer_an_open_question() {
    let mut lab = settled(LINK);
    lab.pose(&Pose { is_veiled: true, ..Pose::default() });
    assert!(lab.basins().is_none() && lab.work(&mut Budget::unlimited()));
    let rows = lab.hover(Picture::Plot, 0, [150.0, 100.0]).unwrap().rows;
    assert!(rows.iter().all(|[label, _]| !label.contains("from here")));
    lab.pose(&Pose::default());
    lab.settle();
    assert!(lab.basins().is_some());
}
