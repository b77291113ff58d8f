//! How scenes are opened and left: paused, with the future hidden, changed and come back to.

use ravine::export::figure::{Figure, Part, SvgDocument};
use ravine::labs::Lab as _;
use ravine::labs::link;
use ravine::labs::model::{self, Model};
use ravine::labs::network::{NetLab, PRESETS};
use ravine::labs::planar::PlanarLab;
use ravine::labs::planar::experiment::LabKind;
use ravine::labs::planar::presets;
use ravine::labs::{Action, App, OpenLab};
use ravine::view::Theme;

use crate::scenes::lab;

/// What the page is told.
fn told(lab: &PlanarLab) -> Model {
    model::model(lab, &Theme::LIGHT)
}

/// The scene that a lab was opened as, and the one that is open as it came.
fn scene(lab: &PlanarLab) -> [i32; 2] {
    let Model { scene, preset, .. } = told(lab);
    [scene, preset]
}

#[test]
fn a_changed_scene_is_still_that_scene_and_its_link_says_so() {
    for kind in LabKind::ALL {
        for (index, preset) in presets::of(kind).iter().enumerate() {
            let mut lab = lab(preset.link);
            let at = index as i32;
            assert_eq!(scene(&lab), [at, at]);
            lab.set("theme", "dark").unwrap();
            assert_eq!(told(&lab).preset, at, "{}: the light is the reader's", preset.key);
            lab.set("seed", "77").unwrap();
            assert_eq!(scene(&lab), [at, -1]);
            assert!(lab.link().ends_with(&format!("&scene={}", preset.key)), "{}", lab.link());
            lab.settle();
            let again = crate::scenes::lab(&lab.link());
            assert_eq!((again.faults(), again.link()), (&[][..], lab.link()));
            assert_eq!(told(&again), told(&lab));
            // Back: the very scene.
            lab.act(&Action::Scene { index }).unwrap();
            assert_eq!(told(&lab).preset, at);
            assert_eq!(lab.link(), link_with(preset.link, "theme=dark"));
        }
    }
    for (index, preset) in PRESETS.iter().enumerate() {
        let mut lab = NetLab::new(preset.link);
        lab.set("seed", "77").unwrap();
        assert_eq!(lab.experiment().scene, Some(index));
        let again = NetLab::new(&lab.link());
        assert_eq!((again.faults(), again.link()), (&[][..], lab.link()));
        assert_eq!(again.experiment().scene, Some(index));
    }
}

/// A link with another setting, as it is written.
fn link_with(link: &str, more: &str) -> String {
    let (experiment, _) = link::read(&format!("{link}&{more}"));
    link::write(&experiment)
}

#[test]
fn another_surface_is_no_longer_the_scene() {
    let mut lab = lab(presets::of(LabKind::Surface)[4].link);
    lab.set("surface", "booth").unwrap();
    assert_eq!(told(&lab).scene, -1);
    lab.act(&Action::Scene { index: 4 }).unwrap();
    lab.set("f", "x^2+y^2").unwrap();
    assert_eq!(told(&lab).scene, -1);
    assert!(!lab.link().contains("scene="));
    // A caption stands under what it is about, and under nothing else.
    let (experiment, faults) = link::read("scene=cliff");
    assert_eq!(experiment.scene, Some(0));
    assert_eq!(
        faults[0].to_string(),
        "scene must be a scene of what the link shows, and that one is about something else."
    );
    let (_, faults) = link::read("scene=nowhere");
    assert!(faults[0].to_string().starts_with("scene must be one of ravine, "), "{}", faults[0]);
}

#[test]
fn scenes_open_paused_where_the_reader_asks_for_it() {
    let mut app = App::new("paused=yes");
    for (tab, count) in [("surface", 9), ("minibatches", 7), ("network", 9)] {
        app.act(&Action::Lab { key: tab.into() }).unwrap();
        for index in 0..count {
            app.act(&Action::Scene { index }).unwrap();
            assert!(
                !app.lab.timeline().is_playing() && app.lab.timeline().step() == 0,
                "{tab} {index}"
            );
            let scene = match &app.lab {
                OpenLab::Network(nets) => nets.experiment().scene,
                OpenLab::Planar(lab) => lab.experiment().scene,
            };
            assert_eq!(scene, Some(index));
        }
    }
    let mut lab = lab("surface=saddle");
    lab.act(&Action::Scene { index: 3 }).unwrap();
    assert!(lab.timeline().is_playing());
}

#[test]
fn a_hidden_future_is_neither_drawn_nor_told() {
    let open = |future: &str, step: usize| lab(&format!("future={future}&step={step}"));
    let picture = |lab: &PlanarLab| {
        let document = SvgDocument::new([600.0, 300.0]);
        Figure::new(lab.experiment(), Part::Loss).draw(document)
    };
    assert_ne!(picture(&open("no", 20)), picture(&open("yes", 20)));
    assert_eq!(picture(&open("no", 50)), picture(&open("yes", 50)));
    for step in [0, 20, 49] {
        assert_eq!(model::live(&open("no", step)).sentences["gd"], "");
        assert_ne!(model::live(&open("yes", step)).sentences["gd"], "");
    }
    assert_ne!(model::live(&open("no", 50)).sentences["gd"], "");
    let mut data = lab("problem=mean&future=no&step=3");
    assert_eq!(told(&data).chart_note, "");
    data.mark_step(Some(40));
    assert!(!model::chart_hover(&data).unwrap().text.contains("GD"));
    data.set("future", "yes").unwrap();
    data.settle();
    assert_ne!(told(&data).chart_note, "");
    assert!(model::chart_hover(&data).unwrap().text.contains("GD"));
}
