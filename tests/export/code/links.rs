//! Experiments that are exported: every surface, function, rule, problem, activation and output.

use ravine::math::formula::{FUNCTIONS, Function};
use ravine::math::param::Scale;
use ravine::network::{ACTIVATION, Activation};
use ravine::objective::problems::PROBLEMS;
use ravine::objective::surfaces::GALLERY;

/// Eight runs on every surface, and the rest of the rules.
pub fn surfaces() -> Vec<String> {
    let mut links = Vec::new();
    for surface in GALLERY {
        let key = surface.key;
        links.push(format!(
            "surface={key}&runs=gd,momentum,momentum,momentum,nesterov,rmsprop,adam,newton\
             &momentum.beta=0.9&momentum2.form=velocity&momentum3.form=average&newton.damping=0.1"
        ));
        links.push(format!(
            "surface={key}&runs=newton,newton,adagrad,nesterov&newton.indefinite=absolute\
             &newton2.damping=2&newton2.indefinite=absolute&nesterov.beta=0&steps=60"
        ));
    }
    let more = [
        "",
        "runs=",
        "surface=ravine&gd.hidden=yes",
        "surface=ravine&runs=gd&gd.alpha=0.2&steps=2000",
        "surface=rosenbrock&runs=gd,momentum&gd.alpha=0.1",
        "surface=himmelblau&runs=gd&gd.alpha=0.03&steps=2000",
        "surface=ravine&runs=gd,adam,momentum&gd.noise=0.5&adam.noise=2&momentum.form=velocity\
         &momentum.noise=1",
    ];
    links.extend(more.map(str::to_owned));
    links
}

/// Every function of the language, and what is special in formulas.
pub fn formulas() -> Vec<String> {
    let mut links = Vec::new();
    for (name, function) in FUNCTIONS {
        let inside = match (function, name) {
            (Function::Binary(_), _) => "x*y+y,x*x+1".to_owned(),
            (_, "asin" | "acos" | "atanh") => "x/4+y/5".to_owned(),
            _ => "x^2+y+2".to_owned(),
        };
        let formula = format!("{name}({inside})+x^2+y^2").replace('+', "%2B");
        links.push(format!(
            "f={formula}&start=0.3,0.2&steps=30&runs=gd,momentum,newton,adam&gd.alpha=0.001\
             &momentum.alpha=0.001"
        ));
    }
    let more = [
        ("min(x,y,2)+max(x^2,a*y^2,1)+huber(x-y,lambda)+x^2+y^2", "f.lambda=0.5&gd.alpha=0.01"),
        (
            "huber(2,x)+atan2(1,y)+max(1,2)+sign(-3)*x^2+cbrt(8)*y^4+pi^x+e^y+2^x+x^y+(x^2)^1.5",
            "gd.alpha=0.001",
        ),
        (
            "sin(0.5)*x+cos(45deg)*x^2+y^2/(1+abs(-2))+(-x)^3/3^2-(x-(y-1))+2^3^2*x",
            "gd.alpha=0.001",
        ),
        ("lambda*x^2+theta*y^2+n*g*x*t*v", "gd.alpha=0.1&steps=10"),
        ("theta1^2+3theta2^2", "gd.alpha=0.1"),
        ("sqrt(x)+y^2", "gd.alpha=0.3"),
        ("x^2+y^2+1/0", "gd.alpha=0.3"),
    ];
    for (formula, dials) in more {
        let formula = formula.replace('+', "%2B");
        links.push(format!("f={formula}&start=0.5,1.2&runs=gd,newton&{dials}"));
    }
    links
}

/// Every problem, with batches of all kinds, schedules and averages.
pub fn risks() -> Vec<String> {
    let mut links = Vec::new();
    for problem in PROBLEMS {
        let key = problem.key;
        links.push(format!(
            "problem={key}&runs=gd,gd,momentum,adam,newton&gd2.batch=1&momentum.batch=7\
             &adam.batch=20&newton.batch=13&newton.damping=0.5&gd2.average=all\
             &momentum.average=half&adam.average=exponential&steps=100"
        ));
        links.push(format!(
            "problem={key}&data.n=12&runs=gd,momentum,nesterov,adagrad,rmsprop&gd.batch=4\
             &momentum.batch=5&nesterov.batch=1&momentum.form=velocity&gd.schedule=inverse\
             &momentum.schedule=root&nesterov.schedule=step&adagrad.schedule=cosine\
             &rmsprop.schedule=root&rmsprop.noise=0.1&data.standardise=yes&steps=40"
        ));
    }
    let more = [
        "problem=mean&data=1,2;3,4&gd2.batch=1&steps=10",
        "problem=mean&data=1,2&steps=10",
        "loss=huber(y-w*x-b,1)%2Babs(w)&steps=50&gd2.batch=3",
        "loss=w^2%2Bb^2&steps=50&gd2.batch=3",
    ];
    links.extend(more.map(str::to_owned));
    links
}

/// Every activation with every output, penalties, frozen biases, weights set by hand.
pub fn nets() -> Vec<String> {
    let Scale::Choice(activations) = ACTIVATION.scale else { panic!("a choice") };
    assert_eq!(activations.len(), Activation::ALL.len());
    let mut links = Vec::new();
    for activation in activations {
        for output in ["auto", "softmax", "linear", "sigmoids"] {
            links.push(format!(
                "net=4,3&activation={}&output={output}&runs=gd,momentum,adam,nesterov\
                 &momentum.form=average&steps=3&gd.batch=10&momentum.batch=30&adam.l2=0.01\
                 &gd.l1=0.02&momentum.l1=0.01&momentum.l2=0.02&nesterov.beta=0",
                activation.key
            ));
        }
    }
    let more = [
        "net=4&data.n=20&runs=gd,momentum,rmsprop,adagrad&frozen=biases&momentum.form=velocity\
         &gd.batch=7&steps=10&gd.loss=l2&rmsprop.loss=l2&momentum.l1=0.1",
        "net=2&data=0.05,0.1,1&activation=sigmoid&output=sigmoids&target.low=0.01&frozen=biases\
         &runs=gd&gd.alpha=0.5&hand=0,w1.1.1,0.15;0,w1.1.2,0.2;0,w2.2.1,0.5&steps=20",
        "net=4&runs=gd,momentum&momentum.form=velocity&gd.batch=20&steps=8\
         &hand=3,w1.1.1,0.5,gd;5,b2.1,0.25,momentum;5,w2.1.2,1,gd",
        "net=4&runs=gd&gd.alpha=10&output=linear&steps=300",
        "net=none&runs=gd&data.shape=xor&steps=10",
        "net=3&runs=&steps=10",
        "net=5,4&data.shape=spirals3&runs=gd,adam&adam.batch=10&steps=2",
    ];
    links.extend(more.map(str::to_owned));
    links
}
