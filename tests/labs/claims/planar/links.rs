//! Random links of the planar labs.

use ravine::math::param::write_number;
use ravine::objective::problems::{PROBLEMS, Problem};
use ravine::objective::surfaces::{GALLERY, Surface};

use super::ground::{LOSSES, TYPED};
use crate::laws::dice::Dice;

const RULES: [&str; 11] = [
    "gd", "gd", "momentum", "momentum", "nesterov", "nesterov", "adagrad", "rmsprop", "adam",
    "newton", "newton",
];
const BETAS: [&str; 7] = ["0", "0.25", "0.5", "0.81", "0.9", "0.95", "0.99"];

/// A number of four digits, the size of which is as likely small as large.
fn sized(dice: &mut Dice, low: f64, high: f64) -> f64 {
    let value = 10.0_f64.powf(dice.within(low..high));
    format!("{value:.3e}").parse().expect("a number")
}

/// Runs of one to three rules with their dials.
fn runs(dice: &mut Dice, alpha: f64, steps: usize, batches: Option<usize>) -> String {
    let count = 1 + dice.below(3);
    let keys: Vec<&str> = (0..count).map(|_| dice.of(&RULES)).collect();
    let mut link = format!("&runs={}&steps={steps}", keys.join(","));
    for (at, key) in keys.iter().enumerate() {
        let nth = keys[..=at].iter().filter(|other| *other == key).count();
        let name = if nth == 1 { (*key).to_owned() } else { format!("{key}{nth}") };
        let alpha = match *key {
            "gd" | "momentum" | "nesterov" => alpha * sized(dice, -2.0, 0.8),
            "newton" if dice.one_in(2) => 1.0,
            "newton" => sized(dice, -1.5, 0.5),
            _ => sized(dice, -3.0, 0.3),
        };
        link += &format!("&{name}.alpha={}", write_number(alpha.min(10.0)));
        if ["momentum", "nesterov"].contains(key) {
            link += &format!("&{name}.beta={}", dice.of(&BETAS));
        }
        if *key == "newton" && dice.one_in(3) {
            link += &format!("&{name}.damping={}", write_number(sized(dice, -2.0, 1.0)));
        }
        if *key == "newton" && dice.one_in(3) {
            link += &format!("&{name}.indefinite=absolute");
        }
        if *key == "momentum" {
            link += &format!("&{name}.form={}", dice.of(&["accumulate", "velocity", "average"]));
        }
        if dice.one_in(6) {
            link += &format!("&{name}.noise={}", write_number(sized(dice, -3.0, 0.5)));
        }
        let Some(n) = batches else { continue };
        if dice.below(5) > 1 {
            link += &format!("&{name}.batch={}", 1 + dice.below(n.min(8)));
        }
        if dice.one_in(5) {
            let kind = dice.of(&["inverse", "root", "step", "cosine"]);
            link += &format!("&{name}.schedule={kind}");
            if kind != "cosine" {
                link += &format!("&{name}.tau={}", 1 + dice.below(20));
            }
            if kind == "step" {
                link += &format!("&{name}.gamma={:.2}", dice.within(0.05..0.9));
            }
        }
        if dice.one_in(4) {
            let kind = dice.of(&["all", "half", "exponential"]);
            link += &format!("&{name}.average={kind}");
            if kind == "exponential" {
                link += &format!("&{name}.keep={:.2}", dice.within(0.1..0.99));
            }
        }
    }
    link + &format!("&seed={}&step={}", dice.below(1000), dice.below(steps + 1))
}

fn steps(dice: &mut Dice) -> usize {
    sized(dice, 0.5, 2.4) as usize
}

/// A link of the Surface lab.
pub fn surface(dice: &mut Dice) -> String {
    let (mut link, alpha) = if dice.one_in(2) {
        let surface: &Surface = &GALLERY[dice.below(GALLERY.len())];
        let mut link = format!("surface={}", surface.key);
        for param in surface.parameters {
            link += &format!("&f.{}={}", param.key, dice.value(param));
        }
        if !dice.one_in(4) {
            let place = |dice: &mut Dice, [low, high]: [f64; 2]| {
                if dice.one_in(8) { 0.0 } else { (dice.within(low..high) * 1e3).round() / 1e3 }
            };
            let [x, y] = [surface.window.x, surface.window.y].map(|side| place(dice, side));
            link += &format!("&start={},{}", write_number(x), write_number(y));
        }
        (link, surface.alpha)
    } else {
        let text = dice.of(&TYPED);
        let mut link = format!("f={}", text.replace('+', "%2B"));
        for letter in ["a", "b", "c", "g", "h"] {
            if text.split(|c: char| !c.is_alphanumeric()).any(|word| word == letter) {
                let value = match dice.below(4) {
                    0 => dice.of(&[0.0, 1.0, 2.0, -1.0]),
                    _ => (dice.within(-2.0..6.0) * 100.0).round() / 100.0,
                };
                link += &format!("&f.{letter}={}", write_number(value));
            }
        }
        let place = |dice: &mut Dice| match dice.below(4) {
            0 => dice.of(&[0.0, 1.0, 1.3, -1.0]),
            _ => (dice.within(-5.0..5.0) * 1e3).round() / 1e3,
        };
        let [x, y] = [place(dice), place(dice)];
        link += &format!("&start={},{}", write_number(x), write_number(y));
        (link, 0.1)
    };
    let steps = steps(dice);
    link += &runs(dice, alpha, steps, None);
    link
}

/// A link of the Minibatches lab.
pub fn minibatches(dice: &mut Dice) -> String {
    let typed = dice.one_in(5);
    let problem: &Problem = if typed {
        PROBLEMS.iter().find(|problem| problem.key == "linear").expect("it is in the gallery")
    } else {
        &PROBLEMS[dice.below(PROBLEMS.len())]
    };
    let mut link = format!("problem={}", problem.key);
    if typed {
        let loss = dice.of(&LOSSES);
        link += &format!("&loss={}", loss.replace('+', "%2B"));
        if loss.contains("c*") {
            link += &format!("&f.c={:.2}", dice.within(-1.0..3.0));
        }
    }
    for param in problem.parameters.iter().filter(|_| !typed) {
        link += &format!("&f.{}={}", param.key, dice.value(param));
    }
    let n = 4 + dice.below(25);
    link += &format!("&data.n={n}&data.seed={}", dice.below(1000));
    for (odds, key, low, high) in [
        (2, "noise", 0.0, 2.0),
        (4, "outliers", 0.0, 20.0),
        (4, "center", -2.0, 2.0),
        (4, "spread", 0.2, 3.0),
    ] {
        if dice.one_in(odds) && (problem.key != "mean" || !["center", "spread"].contains(&key)) {
            let value = dice.within(low..high);
            let digits = if key == "outliers" { 0 } else { 2 };
            link += &format!("&data.{key}={value:.digits$}");
        }
    }
    if problem.key != "mean" && dice.one_in(5) {
        link += "&data.standardise=yes";
    }
    if !dice.one_in(4) {
        let place = |dice: &mut Dice, [low, high]: [f64; 2]| dice.within(low..high);
        let [x, y] = [problem.window.x, problem.window.y].map(|side| place(dice, side));
        link += &format!("&start={x:.3},{y:.3}");
    }
    let steps = steps(dice);
    link += &runs(dice, problem.alpha, steps, Some(n));
    if dice.one_in(10) {
        link += &format!("&ensemble={}", 1 + dice.below(8));
    }
    link
}

/// A link to a claim that chance seldom leads to.
pub fn seldom(dice: &mut Dice) -> String {
    let [x, y] = [0, 1].map(|_| (dice.within(0.5..3.0) * 100.0).round() / 100.0);
    let near = |dice: &mut Dice, value: f64| write_number(value * dice.within(0.7..1.4));
    let late = "&steps=400&step=400";
    match dice.below(23) {
        0 => {
            let beta: f64 = dice.of(&[0.0, 0.25, 0.5]);
            let alpha = 2.0 * (1.0 + beta);
            format!(
                "surface=bowl&start={x},{y}&runs=momentum&momentum.alpha={alpha}&momentum.beta={beta}"
            )
        }
        1 => format!("surface=bowl&start={x},{y}&runs=gd&gd.alpha={:.3}", dice.within(1.51..1.99)),
        2 => format!(
            "surface=bowl&start={x},{y}&runs={}&gd.alpha=1&nesterov.alpha=1",
            dice.of(&["gd,nesterov", "nesterov,gd"])
        ),
        3 => {
            let root: f64 = dice.of(&[0.5, 0.25, 0.75, 0.9]);
            let [alpha, beta] = [(1.0 - root) * (1.0 - root), root * root].map(write_number);
            format!(
                "surface=bowl&start={x},{y}&runs=momentum&momentum.alpha={alpha}&momentum.beta={beta}"
            )
        }
        4 => format!("f=1/(1 %2B x^2 %2B y^2)&start=0,0&step={}", dice.below(9)),
        5 => format!("f=3x^4 - 16x^3 %2B 18x^2 %2B y^2&start=0,0&step={}", dice.below(9)),
        6 => "f=atan(1/(x - 1.3)) %2B y^2/2&start=1.3,0".to_owned(),
        7 => format!("f=min(x^2 %2B y^2, a)&f.a={}&start={x},2", near(dice, 0.8)),
        8 => format!(
            "f=x - ln(x) %2B a*y^2/2&f.a=1&start=0.2,{y}&runs=gd,momentum&gd.alpha={}\
             &momentum.alpha=0.02&momentum.beta=0.5&steps=400&step=300",
            near(dice, 4.0)
        ),
        9 => format!("surface=saddle&start={x},0&runs=gd&gd.alpha={}{late}", near(dice, 0.5)),
        10 => format!(
            "f=x^4/4 - x^2/2 %2B a*y^2/2&f.a=1&start=0,{y}&runs=gd&gd.alpha={}{late}",
            near(dice, 0.5)
        ),
        11 => format!(
            "f=x^2 - y^4&start={},0&runs=gd&gd.alpha={}{late}",
            dice.of(&[x, 0.0]),
            near(dice, 0.3)
        ),
        12 => format!("surface=cliff&f.s={}&runs=gd&step={}", near(dice, 14.0), dice.below(60)),
        13 => format!("surface=ravine&f.kappa=1000&runs=gd&gd.alpha={}", near(dice, 0.0014)),
        14 => format!(
            "f=(x^2 %2B y^2 - 1)^2 %2B a*x&f.a=0.5&start=0.1,0.{}&runs=gd&gd.alpha={}&step={}",
            dice.below(5),
            near(dice, 0.6),
            3 + dice.below(10)
        ),
        15 => format!(
            "surface=bowl&start={x},{y}&runs=rmsprop&rmsprop.alpha={}&rmsprop.rho=0.9{late}",
            near(dice, 0.1)
        ),
        16 => format!(
            "surface=bowl&start={x},{y}&runs=gd&gd.alpha=0.2&gd.noise={}&steps=300&step=200",
            near(dice, 0.3)
        ),
        17 => format!("f=exp(-x) %2B y^2/2&start={},0&runs=gd&step=9", near(dice, 18.0)),
        18 => format!(
            "f=a*x^2/2 %2B b*x*y %2B c*y^2/2 %2B g*x %2B h*y&f.a=-1&f.b=0&f.c=0&f.g=0&f.h=0&start={x},{y}"
        ),
        19 => format!("problem=linear&data.n=12&gd2.alpha={}&steps=3000", near(dice, 1.5)),
        20 => format!(
            "f=(x^2 %2B y^2 - 1)^2 %2B a*x&f.a=0.5&start=0.3,{y}&runs=gd,momentum&gd.alpha=3\
             &momentum.alpha={}&momentum.beta=0.5&steps=300&step=250",
            near(dice, 0.003)
        ),
        21 => format!("surface=ravine&start={x},{y}&runs=newton&step=0"),
        _ => format!("f=ln(x) - y^2&start=4,{y}&runs=gd&gd.alpha={}&steps=200", near(dice, 0.08)),
    }
}
