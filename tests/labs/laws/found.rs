//! Sessions in which a law did not hold once, each as short as it could be made: they are tried in
//! every run, whatever cases the dice bring.

use ravine::labs::{App, OpenLab};
use ravine::view::Theme;

/// A link, and what is set after it.
const SESSIONS: [(&str, &[(&str, &str)]); 7] = [
    // Nets of different layers that have as many weights, all of them 0.
    ("net=2&data=0,1,1;1,0,0&init=zeros&hand=0,w1.1.2,0.5&step=4", &[("net", "1,1,1")]),
    ("net=1,1,1&data=0,1,1;1,0,0&init=zeros&step=4", &[("net", "2"), ("step", "3")]),
    // A noise ball is swept with small batches, though the run has only one of all examples.
    ("problem=mean&runs=adagrad&deck=ball&step=5", &[("seed", "210434")]),
    // A plane through the paths up to the clock, which goes back.
    ("net=2&data.n=8&deck=surface&steps=4&step=4", &[("step", "2")]),
    // Away from a scene and back to it.
    ("step=3", &[("surface", "booth"), ("surface", "ravine")]),
    ("step=3", &[("surface", "booth"), ("steps", "60"), ("surface", "ravine"), ("steps", "50")]),
    (
        "net=4,2&gd.alpha=0.02&gd2.alpha=0.02&momentum.alpha=0.02&momentum.beta=0.9&step=2",
        &[("data.shape", "xor"), ("data.shape", "circle")],
    ),
];

/// Everything that a lab has computed and says.
fn computed(app: &mut App) -> String {
    app.lab.settle();
    let ball = match &mut app.lab {
        OpenLab::Planar(lab) => lab.ball_sweeps().to_vec(),
        OpenLab::Network(nets) => {
            nets.settle_surface();
            Vec::new()
        }
    };
    let said = (app.lab.model(&Theme::LIGHT), app.lab.live());
    format!("{} {ball:?} {said:?}", app.lab.fingerprint())
}

/// Before a change has been computed to its end, everything can be asked for already.
#[test]
fn between_a_change_and_its_first_frame_the_lab_answers() {
    for (link, key, text) in [
        // A plane through the weights of a net that is another one now.
        ("net=4&deck=surface&plane=weights&step=10", "net", "4,2"),
        ("net=4&deck=surface&plane=random&step=10", "features", "x1,x2,x1x1"),
        ("net=4&deck=surface&step=10", "data.shape", "blobs5"),
    ] {
        let mut app = App::new(link);
        computed(&mut app);
        app.lab.set(key, text).unwrap();
        app.lab.live();
        app.lab.model(&Theme::LIGHT);
    }
}

#[test]
fn a_fresh_core_shows_what_these_sessions_show() {
    for (link, settings) in SESSIONS {
        let mut app = App::new(link);
        computed(&mut app);
        for (key, text) in settings {
            app.lab.set(key, text).unwrap();
            computed(&mut app);
        }
        let mut fresh = App::new(&app.lab.link());
        assert_eq!(computed(&mut app), computed(&mut fresh), "{link} and {settings:?}");
    }
}
