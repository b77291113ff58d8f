//! Sessions in which a law did not hold once, each as short as it could be made: they are tried in
//! every run, whatever cases the dice bring.

use ravine::desk::Desk;
use ravine::model;
use ravine::view::Theme;

/// A link, and what is set after it.
const SESSIONS: [(&str, &[(&str, &str)]); 3] = [
    // Nets of different layers that have as many weights, all of them 0.
    ("net=2&data=0,1,1;1,0,0&init=zeros&hand=0,w1.1.2,0.5&step=4", &[("net", "1,1,1")]),
    ("net=1,1,1&data=0,1,1;1,0,0&init=zeros&step=4", &[("net", "2"), ("step", "3")]),
    // A noise ball is swept with small batches, though the run has only one of all examples.
    ("problem=mean&runs=adagrad&deck=ball&step=5", &[("seed", "210434")]),
];

/// Everything that a lab has computed and says.
fn computed(desk: &mut Desk) -> String {
    let Desk { plane, nets, .. } = desk;
    let Some(nets) = nets else {
        plane.settle();
        let said = model::model(plane, &Theme::LIGHT);
        return format!("{} {:?} {said}", plane.fingerprint(), plane.ball_sweeps());
    };
    nets.settle();
    nets.settle_surface();
    format!("{} {}", nets.fingerprint(), model::net::live(nets))
}

#[test]
fn a_fresh_core_shows_what_these_sessions_show() {
    for (link, settings) in SESSIONS {
        let mut desk = Desk::new(link);
        computed(&mut desk);
        for (key, text) in settings {
            desk.set(key, text).unwrap();
            computed(&mut desk);
        }
        let mut fresh = Desk::new(&desk.link());
        assert_eq!(computed(&mut desk), computed(&mut fresh), "{link} and {settings:?}");
    }
}
