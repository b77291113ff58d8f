//! The loss surface: its planes, its note, and that it is surveyed a piece at a time.

use ravine::labs::Lab as _;
use ravine::labs::network::NetLab;
use ravine::labs::{Hand as _, Picture};
use ravine::math::budget::Budget;

use crate::network::at;

const LINK: &str = "net=4,2&data.n=60&deck=surface";

fn surveyed(link: &str, step: usize) -> NetLab {
    let mut lab = at(link, step);
    lab.set_size(Picture::Land, [400.0, 300.0]);
    lab.settle_surface();
    lab
}

#[test]
fn a_point_of_the_survey_is_the_risk_with_its_penalty() {
    for plane in ["paths", "random", "weights"] {
        let link = format!("{LINK}&plane={plane}&gd.l2=0.1&runs=gd,momentum");
        let mut lab = surveyed(&link, 20);
        let survey = lab.surface().survey().unwrap_or_else(|| panic!("{plane}")).clone();
        let (columns, rows) = (survey.columns(), survey.rows());
        let window = survey.window();
        let regularisation = lab.experiment().regularisation(0);
        let net = lab.experiment().architecture();
        let train = lab.sets().train.clone();
        let (_, workspace) = lab.training_run_mut(0).trainer_mut().workspace();
        let mut theta = Vec::new();
        for [column, row] in [[0, 0], [columns - 1, 0], [3, 7], [columns - 1, rows - 1]] {
            let along = |[low, high]: [f64; 2], at: usize, count: usize| {
                low + (high - low) * at as f64 / (count - 1) as f64
            };
            let point = [along(window.x, column, columns), along(window.y, row, rows)];
            survey.plane().at(point, &mut theta);
            let risk = workspace.risk(&theta, &train).loss + regularisation.penalty(&net, &theta);
            let own = survey.values()[row * columns + column];
            assert!((own - risk).abs() < 1e-9 * (1.0 + risk.abs()), "{plane}: {own} {risk}");
        }
    }
}

#[test]
fn the_note_says_the_share_and_the_error_and_one_path_in_the_plane_has_all_of_it() {
    // Two updates of one run lie in a plane: three points do.
    let mut lab = surveyed(&format!("{LINK}&runs=gd"), 2);
    let (progress, note) = lab.surface_note();
    assert_eq!(progress, 1.0);
    assert!(note.starts_with("The plane holds 100 % of the paths’ variance."), "{note}");
    // A longer one of two runs does not.
    let mut lab = surveyed(&format!("{LINK}&runs=gd,adam"), 60);
    let (_, note) = lab.surface_note();
    let share: f64 = note["The plane holds ".len()..].split(' ').next().unwrap().parse().unwrap();
    assert!(share > 50.0 && share < 100.0, "{note}");
    let survey = lab.surface().survey().unwrap();
    let paths: Vec<&[Vec<f64>]> = lab
        .training_runs()
        .iter()
        .map(|training_run| &training_run.records().0.theta[..])
        .collect();
    assert!((100.0 * survey.plane().share(&paths) - share).abs() < 0.1, "{note}");
    // Through two weights the run itself is on the plane: no error of projection.
    let mut lab = surveyed(&format!("{LINK}&runs=gd&plane=weights"), 10);
    let (_, note) = lab.surface_note();
    assert!(note.contains("On this plane the net's loss is exact."), "{note}");
}

#[test]
fn a_survey_goes_on_in_pieces_and_is_the_same_as_at_once() {
    let whole = surveyed(LINK, 30);
    let mut lab = at(LINK, 30);
    lab.set_size(Picture::Land, [400.0, 300.0]);
    let (mut pieces, mut last) = (0, 0.0);
    while lab.tick(16.0, &mut Budget::units(0)) {
        pieces += 1;
        let (progress, _) = lab.surface_note();
        assert!(progress >= last && progress <= 1.0);
        last = progress;
        assert!(pieces < 10_000);
    }
    assert!(pieces > 20, "{pieces} pieces");
    let values = |lab: &NetLab| lab.surface().survey().unwrap().values().to_vec();
    assert_eq!(values(&lab), values(&whole));
}

#[test]
fn a_survey_is_shown_until_the_next_of_the_same_is_finished() {
    let mut lab = surveyed(LINK, 30);
    let values = |lab: &NetLab| lab.surface().survey().map(|survey| survey.values().to_vec());
    let (before, points) = (values(&lab), lab.projected(0).len());
    // Another shape of its picture, and another place of the clock: of the same.
    let changes: [fn(&mut NetLab); 2] = [
        |lab| lab.set_size(Picture::Land, [400.0, 200.0]),
        |lab| {
            lab.timeline_mut().seek(20);
            lab.settle();
        },
    ];
    for change in changes {
        let before = values(&lab);
        change(&mut lab);
        assert!(lab.tick(0.0, &mut Budget::units(0)), "it is surveyed anew");
        assert!(lab.surface_note().0 < 1.0);
        assert_eq!(values(&lab), before);
        assert!(lab.projected(0).len() > 1);
        lab.settle_surface();
        assert_ne!(values(&lab), before);
        assert_eq!(lab.surface_note().0, 1.0);
    }
    assert!(before.is_some() && lab.projected(0).len() < points);
    // Of something else there is none before.
    lab.set("plane", "random").unwrap();
    assert!(lab.tick(0.0, &mut Budget::units(0)));
    assert_eq!(values(&lab), None);
    // Where there is no plane, none is shown.
    let mut lab = surveyed(LINK, 30);
    lab.timeline_mut().seek(0);
    lab.settle();
    lab.settle_surface();
    assert_eq!(values(&lab), None);
}

#[test]
fn what_the_survey_is_of_can_be_changed_and_it_begins_anew() {
    let mut lab = surveyed(&format!("{LINK}&runs=gd,momentum"), 20);
    let mut seen = vec![lab.surface().survey().unwrap().values().to_vec()];
    for (key, value) in [
        ("plane", "random"),
        ("plane", "weights"),
        ("pair", "w1.2.1,b2.2"),
        ("follow", "momentum"),
        ("momentum.l2", "0.5"),
        ("net", "3"),
        ("data.shape", "xor"),
    ] {
        lab.set(key, value).unwrap();
        lab.timeline_mut().seek(20);
        lab.settle();
        lab.settle_surface();
        let values = lab.surface().survey().unwrap().values().to_vec();
        assert!(values.iter().all(|value| value.is_finite()), "{key}={value}");
        assert_ne!(Some(&values), seen.last(), "{key}={value}");
        seen.push(values);
    }
}

#[test]
fn without_a_path_without_runs_and_with_zeros_there_is_a_sentence_or_a_surface() {
    let mut lab = surveyed(LINK, 0);
    assert!(lab.surface().survey().is_none());
    assert!(lab.surface_note().1.contains("have not moved yet"));
    let mut lab = surveyed(&format!("{LINK}&runs="), 5);
    assert_eq!(lab.surface_note(), (1.0, String::new()));
    for link in [
        "net=4&init=zeros&deck=surface&runs=gd",
        "net=4&init=zeros&deck=surface&plane=random",
        "net=4&init=zeros&deck=surface&plane=weights",
        "net=none&data.shape=curve&deck=surface&runs=gd",
        "net=none&data.shape=curve&deck=surface&plane=random",
        "net=none&features=x1&deck=surface&plane=weights&data.n=4",
        "net=4&deck=surface&runs=gd&gd.alpha=10&data.shape=plane&activation=relu&gd.batch=1",
        "net=2&deck=surface&hand=0,w1.1.1,1e9;0,b2.1,-1e9&runs=gd",
    ] {
        let mut lab = surveyed(link, 5);
        let (progress, note) = lab.surface_note();
        assert!((0.0..=1.0).contains(&progress) && !note.is_empty(), "{link}");
        assert!(!note.contains("NaN") && !note.contains("inf"), "{link}: {note}");
        for index in 0..lab.training_runs().len() {
            let points = lab.projected(index);
            assert!(points.iter().flatten().all(|x| x.is_finite()), "{link}");
        }
    }
}
