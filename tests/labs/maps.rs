//! Maps that are left to a worker: what comes back is what the lab would have computed itself, and what
//! comes late is taken for what it is.

use ravine::labs::maps::{Found, Help};
use ravine::labs::network::NetLab;
use ravine::labs::planar::PlanarLab;
use ravine::labs::{App, Hand as _, Lab as _, Maps, Picture, Pose, Quiz as _};
use ravine::math::budget::Budget;

const LINKS: [&str; 8] = [
    "surface=himmelblau&runs=momentum&momentum.alpha=0.01&steps=60&map=basins",
    "surface=rosenbrock&runs=gd,adam&steps=50&by=alpha",
    "surface=himmelblau&runs=momentum&steps=40&by=alphabeta&map=basins",
    "problem=mean&runs=gd,gd&gd2.batch=2&steps=30&by=alpha",
    "problem=logistic&runs=newton&newton.batch=3&steps=20&data.n=20&map=basins",
    "by=alphabeta",
    "surface=camel&runs=gd,momentum&steps=40&by=starts&walkers=3000",
    "problem=mean&runs=gd,gd&gd2.batch=2&steps=15&by=starts&swarm=disc&walkers=1200&map=basins",
];

fn sized(lab: &mut PlanarLab) {
    lab.set_size(Picture::Plot, [300.0, 200.0]);
    lab.set_size(Picture::Chart, [280.0, 120.0]);
}

fn opened(link: &str) -> PlanarLab {
    let mut lab = PlanarLab::new("");
    // So that nothing of it is done yet.
    lab.set_limit(1);
    lab.open(link);
    assert_eq!(lab.faults(), [], "{link}");
    sized(&mut lab);
    lab
}

/// A lab on the page, which leaves its maps to a worker.
fn left(link: &str) -> PlanarLab {
    let mut lab = opened(link);
    lab.leave_maps(true);
    lab.settle();
    lab
}

/// A lab in the worker, at work on what the one on the page waits for.
fn worker(page: &PlanarLab) -> PlanarLab {
    let mut lab = PlanarLab::new("");
    lab.set_limit(1);
    // As the worker of the page does it: in whatever it had open.
    lab.open(&page.link());
    sized(&mut lab);
    lab
}

/// As it goes from the worker to the page.
fn sent(found: &Found) -> Found {
    postcard::from_bytes(&postcard::to_allocvec(found).unwrap()).unwrap()
}

/// As it goes from the second worker to the first.
fn handed(help: &Help) -> Help {
    postcard::from_bytes(&postcard::to_allocvec(help).unwrap()).unwrap()
}

/// How many slices of so many units the first of two workers needs for all that the page waits for, while
/// the second does slices of `help` units; what it finds arrives a slice later.
fn slices_with(first: &mut dyn Maps, second: &mut dyn Maps, slice: u64, help: u64) -> usize {
    let mut late: Option<Help> = None;
    for slices in 1.. {
        let (found, _) = second.help(&mut Budget::units(help));
        if let Some(help) = late.take() {
            first.take_help(handed(&help));
        }
        late = found.filter(|help| !help.is_empty());
        if first.map(&mut Budget::units(slice)).is_done {
            return slices;
        }
    }
    unreachable!("it never ends")
}

/// Everything that the maps show.
fn shown(lab: &PlanarLab) -> String {
    let sweeps = lab.sweeps();
    let sweeps = sweeps.iter().map(|(run, sweep)| (run, sweep.points().collect::<Vec<_>>()));
    let swept = sweeps.collect::<Vec<_>>();
    format!("{:?} {:?} {swept:?} {:?}", lab.basins(), lab.alpha_beta(), lab.start_losses())
}

#[test]
fn what_a_worker_finds_is_what_the_lab_itself_would_have() {
    for link in LINKS {
        let mut own = opened(link);
        own.settle();
        let mut page = left(link);
        assert!(page.job().is_some() && page.progress() < 1.0, "{link}");
        let mut worker = worker(&page);
        let mut slices = 0;
        let mut first = None;
        loop {
            let found = worker.map(&mut Budget::units(300_000));
            assert!((0.0..=1.0).contains(&found.progress), "{link}");
            page.take(sent(&found));
            page.settle();
            // What comes once more, or late, is not taken for more.
            let now = shown(&page);
            page.take(sent(first.get_or_insert(found.clone())));
            assert!(shown(&page) == now, "{link}");
            slices += 1;
            if found.is_done {
                break;
            }
            assert!(page.job().is_some() && page.progress() < 1.0, "{link}: slice {slices}");
        }
        assert!(slices > 1 || link == "by=alphabeta", "{link}: {slices}");
        assert_eq!(page.job(), None, "{link}");
        assert_eq!(page.progress(), 1.0);
        assert!(shown(&page) == shown(&own), "{link}");
        assert!(shown(&own).len() > 1000, "{link}");
    }
}

#[test]
fn what_comes_late_is_shown_as_a_former_map_and_nothing_is_told_of_it() {
    let mut page = left(LINKS[0]);
    let mut worker = worker(&page);
    let first = page.job();
    let found = worker.map(&mut Budget::unlimited());
    page.set("momentum.alpha", "0.02").unwrap();
    page.settle();
    assert!(page.job().is_some() && page.job() != first);
    page.take(sent(&found));
    page.settle();
    // It is seen until there is another, and says nothing.
    assert!(page.basins().is_some() && page.job().is_some());
    assert!(page.progress() < 1.0, "what was done was another job");
    assert_eq!(page.told_of_basin([1.0, 1.0]), None);
    worker.open(&page.link());
    let next = worker.map(&mut Budget::unlimited());
    assert!(next.is_done);
    page.take(sent(&next));
    assert_eq!(page.job(), None);
    assert!(page.told_of_basin([1.0, 1.0]).is_some());
    // What is later still is no map of what is shown.
    let now = shown(&page);
    page.take(sent(&found));
    assert!(shown(&page) == now);
    // Nor is that of another surface, or one that nobody asked for.
    page.set("surface", "camel").unwrap();
    page.settle();
    page.take(sent(&next));
    assert!(page.basins().is_none() && page.job().is_some());
    page.set("map", "height").unwrap();
    page.settle();
    page.take(sent(&next));
    assert!(page.basins().is_none() && page.job().is_none());
}

#[test]
fn late_sweeps_are_former_ones() {
    let mut page = left("surface=rosenbrock&runs=gd,adam&steps=50&by=alpha");
    let found = worker(&page).map(&mut Budget::unlimited());
    page.set("start", "-1,1.5").unwrap();
    page.settle();
    page.take(sent(&found));
    assert!(page.sweeps().len() == 2 && page.present_sweeps().is_empty());
    assert!(page.sweeps().iter().all(|(_, sweep)| sweep.points().count() == 257));
    assert!(page.job().is_some());
}

#[test]
fn without_a_worker_the_lab_goes_on_by_itself() {
    for link in LINKS {
        let mut own = opened(link);
        own.settle();
        let mut page = left(link);
        let found = worker(&page).map(&mut Budget::units(500_000));
        page.take(sent(&found));
        page.leave_maps(false);
        page.settle();
        assert!(page.job().is_none() && shown(&page) == shown(&own), "{link}");
    }
}

#[test]
fn an_open_question_is_no_job() {
    let mut page = left(LINKS[2]);
    let found = worker(&page).map(&mut Budget::unlimited());
    page.pose(&Pose { is_veiled: true, ..Pose::default() });
    assert_eq!(page.job(), None);
    page.take(sent(&found));
    assert!(page.basins().is_none() && page.alpha_beta().is_none());
}

/// The nets of a link, which leave what the chart shows to a worker.
fn nets(link: &str) -> NetLab {
    let mut lab = NetLab::new("");
    lab.set_limit(1);
    lab.open(link);
    assert_eq!(lab.faults(), [], "{link}");
    lab.set_size(Picture::Chart, [140.0, 90.0]);
    lab
}

fn shown_of(lab: &NetLab) -> String {
    let sweeps = lab.sweeps();
    let sweeps = sweeps.iter().map(|(run, sweep)| (run, sweep.points().collect::<Vec<_>>()));
    format!("{:?} {:?}", lab.trial_map(), sweeps.collect::<Vec<_>>())
}

#[test]
fn what_a_worker_finds_of_nets_is_what_the_lab_itself_would_have() {
    const NETS: &str = "data.shape=gauss&data.n=20&net=2&steps=6&runs=gd,adam&adam.batch=5&step=3";
    for by in ["alpha", "alphainit", "alphabatch"] {
        let link = format!("{NETS}&by={by}");
        let mut own = nets(&link);
        own.settle_trials();
        let mut page = nets(&link);
        page.leave_maps(true);
        page.settle_trials();
        assert!(page.job().is_some() && page.trials_progress() < 1.0, "{by}");
        let mut worker = nets(&page.link());
        let mut slices = 0;
        loop {
            let found = worker.map(&mut Budget::units(200_000));
            page.take(sent(&found));
            page.settle_trials();
            let now = shown_of(&page);
            page.take(sent(&found));
            assert!(shown_of(&page) == now, "{by}");
            slices += 1;
            if found.is_done {
                break;
            }
            assert!(page.job().is_some() && page.trials_progress() < 1.0, "{by}: {slices}");
        }
        assert!(slices > 3, "{by}: {slices}");
        assert_eq!((page.job(), page.trials_progress()), (None, 1.0), "{by}");
        assert!(shown_of(&page) == shown_of(&own), "{by}");
        assert!(shown_of(&own).len() > 1000, "{by}");
        // Of other nets nothing is taken.
        let late = worker.map(&mut Budget::unlimited());
        page.set("seed", "7").unwrap();
        page.settle_trials();
        let now = shown_of(&page);
        page.take(sent(&late));
        assert!(shown_of(&page) == now && page.job().is_some(), "{by}");
        // Alone it goes on by itself.
        page.leave_maps(false);
        page.settle_trials();
        let mut other = nets(&page.link());
        other.settle_trials();
        assert!(page.job().is_none() && shown_of(&page) == shown_of(&other), "{by}");
    }
}

#[test]
fn two_workers_share_the_sweeps_of_nets() {
    let link = "data.shape=gauss&data.n=20&net=2&steps=6&runs=gd,adam&adam.batch=5&step=3&by=alpha";
    let mut own = nets(link);
    own.settle_trials();
    let alone = slices_with(&mut nets(link), &mut nets("net=3"), 100_000, 100_000);
    let mut first = nets(link);
    let slices = slices_with(&mut first, &mut nets(link), 100_000, 100_000);
    assert!(shown_of(&first) == shown_of(&own) && shown_of(&own).len() > 1000);
    assert!(4 * slices < 3 * alone, "{slices} slices, alone {alone}");
}

#[test]
fn of_a_zoomed_map_what_is_known_of_the_same_nets_is_taken() {
    let link = "data.shape=gauss&data.n=20&net=2&steps=6&runs=gd&step=3&by=alphainit";
    let mut page = nets(link);
    page.leave_maps(true);
    page.settle_trials();
    let found = nets(link).map(&mut Budget::unlimited());
    page.set("window", "-1,0,-0.5,0.5").unwrap();
    page.settle_trials();
    page.take(sent(&found));
    assert!(page.trial_map().is_some() && page.job().is_some() && page.trials_progress() < 1.0);
    page.take(nets(&page.link()).map(&mut Budget::unlimited()));
    let window = page.trial_map().unwrap().window;
    assert!(page.job().is_none() && window == page.map_window());
}

#[test]
fn another_lab_of_the_page_leaves_its_maps_too() {
    let mut app = App::new("net=3");
    app.leave_maps(true);
    assert_eq!(app.lab.job(), None);
    assert!(app.lab.map(&mut Budget::unlimited()).is_done);
    app.open(LINKS[0]);
    app.lab.settle();
    assert!(app.lab.job().is_some());
}

#[test]
fn a_worker_tells_what_it_has_known_before_to_a_page_that_has_lost_it() {
    for link in LINKS {
        let mut page = left(link);
        let mut worker = worker(&page);
        while !worker.map(&mut Budget::unlimited()).is_done {}
        // It is asked for the same once more: nothing of it is new.
        worker.open(&page.link());
        let found = worker.map(&mut Budget::unlimited());
        assert!(found.is_done && found.parts.is_empty(), "{link}");
        page.take(sent(&Found { parts: worker.known_maps(), ..found }));
        page.settle();
        assert_eq!((page.job(), page.progress()), (None, 1.0), "{link}");
        assert_eq!(shown(&page), shown(&worker), "{link}");
    }
}

#[test]
fn two_workers_find_what_one_does_and_sooner() {
    let mut helped = 0;
    for link in LINKS {
        let page = left(link);
        let alone = slices_with(&mut worker(&page), &mut left(""), 100_000, 100_000);
        for help in [30_000, 100_000, 400_000] {
            let mut first = worker(&page);
            let slices = slices_with(&mut first, &mut worker(&page), 100_000, help);
            first.settle();
            let mut own = opened(link);
            own.settle();
            assert!(shown(&first) == shown(&own), "{link} {help}");
            assert!(slices <= alone, "{link}: {slices} slices, alone {alone}");
            helped += usize::from(4 * slices < 3 * alone);
        }
    }
    // All but what is there at once is shared.
    assert!(helped >= 14, "{helped}");
}

#[test]
fn help_with_another_map_is_passed_over() {
    let page = left(LINKS[0]);
    let (found, _) = worker(&page).help(&mut Budget::unlimited());
    let found = found.filter(|help| !help.is_empty()).unwrap();
    let mut other =
        left("surface=himmelblau&runs=momentum&momentum.alpha=0.02&steps=60&map=basins");
    other.leave_maps(false);
    other.take_help(handed(&found));
    other.settle();
    let mut own = opened(&other.link());
    own.settle();
    assert!(shown(&other) == shown(&own));
    // Where nothing is mapped there is nothing to help with.
    let (none, is_done) = left("").help(&mut Budget::unlimited());
    assert!(none.is_none() && is_done);
    // Nor does a page that leaves its maps to others.
    assert_eq!(left(LINKS[0]).help(&mut Budget::unlimited()), (None, true));
}

#[test]
fn two_workers_find_the_same_nets() {
    for by in ["alphainit", "alphabatch"] {
        let link = format!("data.shape=gauss&data.n=20&net=2&steps=6&runs=gd&step=3&by={by}");
        let mut own = nets(&link);
        own.settle_trials();
        let alone = slices_with(&mut nets(&link), &mut nets(""), 20_000, 20_000);
        let mut first = nets(&link);
        let slices = slices_with(&mut first, &mut nets(&link), 20_000, 20_000);
        assert!(shown_of(&first) == shown_of(&own), "{by}");
        assert!(4 * slices < 3 * alone, "{by}: {slices} slices, alone {alone}");
    }
}
