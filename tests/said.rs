//! Links of which the page once said what was not so, with what it has to say, and what it must not.

use ravine::analysis::explain;
use ravine::lab::Lab;
use ravine::net_lab::NetLab;

/// What is said of a run of the planar labs where the link stands, or at the end.
fn said(link: &str, run: usize) -> String {
    let mut lab = Lab::new(link);
    assert!(lab.faults().is_empty(), "{link}: {:?}", lab.faults());
    lab.settle();
    if !link.contains("&step=") {
        lab.seek(usize::MAX);
        lab.settle();
    }
    explain::text(&lab.claims(run), ["x", "y", "f"])
}

#[test]
fn of_each_run_is_said_what_holds_of_it() {
    for (link, run, holds, does_not) in [
        // SGD has a limit of its own, in the mean square.
        ("problem=linear&gd2.alpha=0.7", 1, "above 0.402, the limit for batches of 1", "α·λ_max"),
        ("problem=linear&gd2.alpha=0.5", 1, "Unstable in the mean square", "leaves 52.9 %"),
        ("problem=logistic&step=400", 1, "Still on its way", "Noise keeps it moving"),
        ("problem=sigmoid&step=400", 1, "", "Noise keeps it moving"),
        ("surface=saddle&step=5", 0, "no α is stable", "Stable below"),
        ("f=x*y&step=5", 0, "no α is stable", "Stable below"),
        // What a start without slope is.
        ("surface=ackley&start=0,0", 0, "The start is a minimum", "level"),
        ("f=abs(x)%2Babs(y)&start=0,0", 0, "The start is a minimum", "level"),
        ("f=-x^2&start=0,0", 0, "The start is a maximum", "level"),
        ("f=x^2-y^4&start=0,0", 0, "The start is a saddle", "level"),
        ("f=atan(1/(x-1.3))&start=1.3,0", 0, "jumps at the start", "level"),
        (
            "f=huber(x,0.5)%2Bhuber(y,0.5)&start=3,2&runs=gd&gd.alpha=0.01&step=1",
            0,
            "Creeps",
            "times as much",
        ),
        (
            "surface=saddle&runs=gd&gd.alpha=0.004&step=20",
            0,
            "1.004 times as far",
            "off along f, 1 ",
        ),
        (
            "surface=rosenbrock&f.a=1.3&f.b=44&start=-1.559,1.142&runs=gd&gd.alpha=1.986e-5\
             &steps=50&step=1",
            0,
            "Creeps",
            "Moves along a valley",
        ),
        (
            "surface=camel&start=-1.505,1.231&steps=1000&runs=gd,momentum&gd.alpha=0.6924\
             &momentum.alpha=0.3366&momentum.form=velocity",
            1,
            "GD diverged at step",
            "GD does not in",
        ),
        // A round bowl has no direction.
        ("problem=linear&data.standardise=yes", 0, "90 % of the distance.", "along"),
        ("f=x^2&start=1.9e-183,0&step=3", 0, "Converged", "leaves"),
        ("f=x^2*(1%2By^2)&start=6.6e-77,1&step=3", 0, "Converged", "Hardly"),
        ("f=ln(x)&start=0.2,0", 0, "Stopped", "iverge"),
    ] {
        let words = said(link, run);
        assert!(words.contains(holds) && !words.contains(does_not), "{link}: {words}");
    }
}

#[test]
fn a_dial_has_a_limit_only_where_there_is_one() {
    let limit = |link: &str, run: usize| {
        let mut lab = Lab::new(link);
        lab.settle();
        lab.limit(run).map(|(alpha, _)| alpha)
    };
    for link in ["surface=saddle", "f=x*y"] {
        assert_eq!([limit(link, 0), limit(link, 1)], [None, None], "{link}");
    }
    for (link, alpha) in [
        ("problem=linear", 0.402),
        ("problem=linear&gd2.batch=4", 0.631),
        ("problem=linear&data.center=3", 0.104),
    ] {
        assert!((limit(link, 1).unwrap() - alpha).abs() < 6e-4, "{link}: {:?}", limit(link, 1));
    }
}

#[test]
fn a_weight_set_by_hand_is_not_blamed_on_alpha() {
    let link = "net=4,2&runs=gd&gd.alpha=0.001&hand=30,w3.1.1,30&steps=60&step=60";
    let mut lab = NetLab::new(link);
    lab.settle();
    let words = lab.sentence(0);
    assert!(
        words.contains("was set by hand at epoch 30") && !words.contains("too large"),
        "{words}"
    );
}
