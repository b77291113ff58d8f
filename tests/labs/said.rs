//! Links of which the page once said what was not so, with what it has to say, and what it must not.

use ravine::analysis::explain;
use ravine::labs::Lab as _;
use ravine::labs::network::NetLab;
use ravine::labs::planar::PlanarLab;

/// What is said of a run of the planar labs where the link stands, or at the end.
fn said(link: &str, run: usize) -> String {
    let mut lab = PlanarLab::new(link);
    assert!(lab.faults().is_empty(), "{link}: {:?}", lab.faults());
    lab.settle();
    if !link.contains("&step=") {
        lab.timeline_mut().seek(usize::MAX);
        lab.settle();
    }
    explain::text(&lab.claims(run), ["f", "x", "y"])
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
        // Momentum swings about a minimum that is not the lowest: it does not creep to that one.
        ("surface=rastrigin&step=15", 1, "f has fallen", "Creeps"),
        ("surface=rastrigin&step=40", 1, "", "Creeps"),
        ("surface=rastrigin&step=14", 1, "Nears a local minimum", "Creeps"),
        // Thrown far along x, it has yet to come down along y.
        ("f=exp(x)%2By^2&start=20,4&runs=gd&step=10", 0, "f has fallen", "Converged"),
        ("f=exp(exp(x))%2By^2&start=4,4&runs=gd&step=3", 0, "f has fallen", "Converged"),
        ("f=x*y&step=5", 0, "no α is stable", "Stable below"),
        // Newton's method goes to any point without slope, unless an eigenvalue below 0 is made positive.
        ("surface=saddle&start=2,1&runs=newton&step=0", 0, "Goes up along y", "no α is stable"),
        ("surface=saddle&start=2,1&runs=newton", 0, "At a saddle", "no α is stable"),
        ("surface=saddle&start=2,1&runs=newton", 0, "every kind of stationary point", "minimum"),
        ("f=-x^2-2y^2&runs=newton&step=0", 0, "level, here a maximum", "Runs off"),
        ("f=-x^2-2y^2&runs=newton", 0, "At a maximum", "Runs off"),
        (
            "surface=saddle&start=2,1&runs=newton&newton.indefinite=absolute&step=3",
            0,
            "Leaves the saddle along y, 2 times as far at each step",
            "Goes up",
        ),
        (
            "surface=saddle&start=2,1&runs=newton&newton.damping=9&step=3",
            0,
            "no α is stable",
            "Goes up",
        ),
        ("surface=bowl&runs=newton&step=0", 0, "α = 1: one step removes all", "λ"),
        ("surface=bowl&runs=newton&newton.alpha=1.5&step=5", 0, "α = 1.5. Above 2", "λ"),
        ("surface=bowl&runs=newton&newton.alpha=2.5&step=5", 0, "Diverges: α = 2.5", "λ"),
        ("surface=ravine&runs=newton&newton.damping=5&step=1", 0, "α·λ_max/(λ_max + μ)", "αλ"),
        ("f=(x-y)^2&runs=newton", 0, "needs the inverse of the Hessian", "too large"),
        ("f=x^2-y^2&runs=newton&newton.damping=2", 0, "the inverse of H + μI", "too large"),
        ("problem=linear&runs=newton&newton.batch=1", 0, "over the batch of 1", "too large"),
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
            "off along y, 1 ",
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
        // What ends a run: its size, or a place where f has no value.
        (
            "f=ln(x)-y^2&start=4.237,-2.248&runs=gd&gd.alpha=0.07857&steps=210",
            0,
            "Stopped: step 117",
            "too large",
        ),
        (
            "f=exp(x^2)%2By^2&start=2.2,0.25&runs=gd&gd.alpha=0.9&steps=8",
            0,
            "Diverged: at step 1",
            "Stopped",
        ),
        (
            "surface=monkey&start=-1.464,-1.546&runs=momentum&momentum.alpha=0.07448\
             &momentum.beta=0.99&momentum.form=velocity&steps=197",
            0,
            "Diverged: at step 13",
            "falls and falls",
        ),
        (
            "f=x^2*y^2/2&start=1,3.208&runs=momentum&momentum.alpha=0.1536&momentum.beta=0.95\
             &momentum.form=velocity&momentum.noise=0.6576&seed=433&steps=191&step=14",
            0,
            "by the Hessian here",
            "at its last point",
        ),
        // A surface that is quadratic but for a narrow place is none.
        (
            "surface=cliff&f.h=5.3911&f.s=40.1594&start=-8.744,-2.524&runs=gd&gd.alpha=0.019776\
             &steps=224&step=79",
            0,
            "",
            "removes",
        ),
        ("problem=huber&f.delta=20&data.spread=0.2&step=5", 0, "", "removes"),
        // Beside a saddle, and in a bent valley that is none.
        ("surface=saddle&start=-0.202,0&runs=adam&adam.alpha=0.2226&step=2", 0, "", "straight"),
        ("surface=saddle&start=2,0&runs=gd&gd.alpha=2.5&step=5", 0, "Diverges", "straight"),
        ("f=4x^2-y^2&start=2,1&runs=gd&gd.alpha=0.5&step=9", 0, "Diverges", "Leaves the saddle"),
        ("f=x^2*(1%2By^2)&start=-4.943,-0.988&runs=gd&gd.alpha=0.03388&steps=194", 0, "", "saddle"),
        (
            "f=(x^2%2By^2-1)^2&start=0.502,-4.379&runs=gd&gd.alpha=0.02487&steps=88",
            0,
            "Converged",
            "saddle",
        ),
        // Where the gradient is 0 a velocity may still carry a run on.
        (
            "f=relu(x-1)%2Brelu(y-1)&start=3.738,1.3&runs=nesterov&nesterov.alpha=0.4858\
             &nesterov.beta=0.99&steps=10&step=4",
            0,
            "",
            "Converged",
        ),
        ("f=relu(x-1)%2Brelu(y-1)&start=-0.5,1.92&runs=adam&adam.alpha=0.5&steps=4", 0, "", "Conv"),
        // A bowl on the way to which another lies is not near, and what is round is no valley.
        ("surface=ackley&start=-4.872,0&runs=adam&adam.alpha=0.9837&steps=63", 0, "", "Nears"),
        (
            "f=exp(x^2)%2By^2&start=0,2.009&runs=gd&gd.alpha=0.5467&steps=5",
            0,
            "",
            "across the valley",
        ),
        (
            "problem=huber&f.delta=0.564&data.n=27&data.seed=152&data.outliers=6&data.spread=0.22\
             &data.standardise=yes&start=3.263,-0.684&runs=momentum&momentum.alpha=0.001942\
             &momentum.beta=0.99&momentum.form=velocity&steps=9&step=7",
            0,
            "",
            "times as much",
        ),
        ("surface=bowl&runs=gd&gd.alpha=1&step=3", 0, "to the minimum exactly", "within 0"),
        // At the limit noise adds up; and what theory knows to have arrived is not on its way.
        ("surface=bowl&runs=gd&gd.alpha=2&gd.noise=0.1&step=20", 0, "", "Neither"),
        (
            "surface=matyas&start=-6.496,-5.46&runs=nesterov&nesterov.alpha=0.03381\
             &nesterov.beta=0.95&nesterov.noise=1.187&seed=668&steps=158",
            0,
            "",
            "on its way",
        ),
        (
            "problem=logistic&data.n=26&data.seed=357&start=-1.762,-6.899&runs=momentum\
             &momentum.alpha=0.6929&momentum.beta=0.95&momentum.form=average&momentum.batch=1\
             &seed=251&steps=219",
            0,
            "",
            "Noise keeps",
        ),
        (
            "f=sin(x)%2Ba*y^2/2&f.a=1.88&start=-1.258,0&runs=adagrad&adagrad.alpha=0.07021\
             &adagrad.noise=0.5424&seed=864&steps=183",
            0,
            "",
            "Noise keeps",
        ),
    ] {
        let words = said(link, run);
        assert!(words.contains(holds) && !words.contains(does_not), "{link}: {words}");
    }
}

#[test]
fn a_dial_has_a_limit_only_where_there_is_one() {
    let limit = |link: &str, run: usize| {
        let mut lab = PlanarLab::new(link);
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
fn one_peak_of_a_loss_is_not_blamed_on_alpha() {
    let mut lab = NetLab::new("net=4,2&step=112");
    lab.settle();
    let words: Vec<String> = (0..lab.training_runs().len()).map(|run| lab.sentence(run)).collect();
    let words = words.join("\n");
    assert!(words.contains("at epoch 111 it was still") && !words.contains("too large"), "{words}");
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
