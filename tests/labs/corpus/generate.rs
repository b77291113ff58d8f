//! Links that say much of what links can say.

use ravine::labs::Kind;
use ravine::labs::network::{self, NET, NETWORK, RUN, SETTINGS_OF_NETS};
use ravine::labs::planar::experiment::{LabKind, SETTINGS};
use ravine::labs::planar::{MINIBATCHES, SURFACE, presets};
use ravine::labs::runs::{EXTRAS, NOISE, Runs};
use ravine::math::param::{Param, Scale};
use ravine::objective::problems::PROBLEMS;
use ravine::objective::surfaces::GALLERY;
use ravine::optimizers::Rule;

/// Knuth's linear congruential generator.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n
    }

    fn part(&mut self) -> f64 {
        self.below(1 << 20) as f64 / f64::from(1 << 20)
    }

    fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }

    /// A value of the parameter's range, near its default more often than not.
    fn value(&mut self, param: &Param) -> String {
        let [low, high] = param.range;
        let value = match param.scale {
            Scale::Choice(choices) => self.below(choices.len()) as f64,
            Scale::Switch => self.below(2) as f64,
            Scale::Integer | Scale::LogInteger => {
                let high = high.min(low + 300.0);
                (low + self.part() * (high - low)).round()
            }
            _ if param.default != 0.0 => {
                (param.default * 4.0_f64.powf(2.0 * self.part() - 1.2)).clamp(low, high)
            }
            _ => low.max(-2.0) + self.part() * (high.min(2.0) - low.max(-2.0)),
        };
        param.write(value)
    }

    fn rules(&mut self, kind: &Kind, most: usize) -> (String, Vec<(String, &'static Rule)>) {
        let all: Vec<_> = kind.rules().collect();
        let rules: Vec<_> = (0..=self.below(most)).map(|_| *self.of(&all)).collect();
        let mut runs = Runs::none(most);
        rules.iter().for_each(|rule| runs.add(rule, 0.1, false).expect("there is room"));
        let keys: Vec<_> = rules.iter().map(|rule| rule.key).collect();
        (keys.join(","), runs.names().into_iter().zip(rules).collect())
    }

    /// Some of a run's dials.
    fn dials(&mut self, link: &mut String, name: &str, params: &[&Param]) {
        for param in params {
            if self.one_in(2) {
                link.push_str(&format!("&{name}.{}={}", param.key, self.value(param)));
            }
        }
    }

    fn settings(&mut self, link: &mut String, all: &[Param]) {
        for param in all.iter().filter(|param| param.key != "steps") {
            if self.one_in(6) {
                link.push_str(&format!("&{}={}", param.key, self.value(param)));
            }
        }
    }
}

const FORMULAS: [&str; 6] = [
    "x^2%2B3y^2",
    "(1-x)^2%2Bb*(y-x^2)^2",
    "sin(x)cos(y)%2B0.1(x^2%2By^2)",
    "huber(x,0.5)%2Blambda*abs(y)",
    "ln(1%2Bx^2)%2By^4/8",
    "exp(-x^2)%2Bsoftplus(y)%2By^2/20",
];
const LOSSES: [&str; 4] = [
    "abs(y-w*x-b)",
    "(y-a*x-b)^4/10",
    "(theta1-x)^2%2Bc*(theta2-y)^2",
    "softplus(-(2y-1)(w*x%2Bb))",
];
const EXAMPLES: [&str; 3] =
    ["1,2;2,2.5;3,9", "0,0;1,1;2,0;3,1;-1,0;0.5,1", "-1.5,2.25;0.125,-3;4,0.1;5,1e-3"];
const NET_EXAMPLES: [&str; 4] = [
    "1,2,0;2,3,1;0,1,0;3,1,1;2,2,0;1,1,1;0,0,0;3,3,1;1,3,0;2,0,1;1,0,1;0,2,0;3,0,1;0,3,0;3,2,1;2,1,1;1.5,1,0;1,1.5,1;2.5,2,0;2,2.5,1",
    "1,2;2,2.5;3,9;4,3.5;5,1.25;6,0.5;7,-1;8,-2.5;9,-3;10,-2;11,-1.5;12,0;13,1;14,2;15,3;16,2;17,1;18,0.5;19,0;20,-1",
    "1,2,3,0;2,1,0,1;0,0,1,2;3,1,1,0;1,1,1,1;2,2,2,2;0,1,2,0;1,0,2,1;2,0,1,2;3,3,3,0;3,2,1,1;3,1,2,2;1,3,2,0;2,3,1,1;1,2,1,2;0,2,2,0;2,2,0,1;0,3,3,2;3,0,0,0;1,1,0,1",
    "0,0,0.5;1,0,1.5;0,1,2.25;1,1,-3;2,0,1;0,2,0;2,2,1;2,1,0.1;1,2,0.2;3,0,0.3;0,3,0.4;3,3,0.5;3,1,0.6;1,3,0.7;3,2,0.8;2,3,0.9;4,0,1.1;0,4,1.2;4,4,1.3;4,1,1.4",
];
const SHAPES: [&str; 12] = [
    "circle", "xor", "gauss", "spiral", "moons", "blobs3", "blobs5", "spirals3", "spirals5",
    "plane", "hills", "curve",
];
const HIDDEN: [&str; 6] = ["none", "3", "4,2", "8,8", "1,1,1", "5,3,2"];
const FEATURES: [&str; 3] = ["x1", "x1,x2,x1x2", "x1x1,x2x2,sin1"];

/// A few hundred links: the presets, and random ones of each lab.
pub fn links() -> Vec<String> {
    let mut links: Vec<String> = vec![String::new()];
    for lab in [LabKind::Surface, LabKind::Minibatches] {
        links.extend(presets::of(lab).iter().map(|preset| preset.link.to_owned()));
    }
    links.extend(network::PRESETS.iter().map(|preset| preset.link.to_owned()));
    let mut dice = Dice(1);
    for _ in 0..220 {
        links.push(surface_link(&mut dice));
    }
    for _ in 0..220 {
        links.push(data_link(&mut dice));
    }
    for _ in 0..160 {
        links.push(net_link(&mut dice));
    }
    links
}

fn surface_link(dice: &mut Dice) -> String {
    let mut link = if dice.one_in(4) {
        format!("f={}", dice.of(&FORMULAS))
    } else {
        let surface = dice.of(GALLERY);
        let mut link = format!("surface={}", surface.key);
        for param in surface.parameters.iter() {
            if dice.one_in(2) {
                link.push_str(&format!("&f.{}={}", param.key, dice.value(param)));
            }
        }
        link
    };
    let (keys, runs) = dice.rules(&SURFACE, 4);
    link.push_str(&format!("&runs={keys}&steps={}", 1 + dice.below(120)));
    for (name, rule) in runs {
        let params: Vec<&Param> = rule.parameters.iter().collect();
        dice.dials(&mut link, &name, &params);
        if dice.one_in(6) {
            link.push_str(&format!("&{name}.{}={}", NOISE.key, dice.value(&NOISE)));
        }
    }
    if dice.one_in(3) {
        let [x, y] = [dice.part() * 6.0 - 3.0, dice.part() * 4.0 - 2.0];
        link.push_str(&format!("&start={x},{y}"));
    }
    if dice.one_in(6) {
        link.push_str("&window=-4,4,-3,3.5");
    }
    if dice.one_in(3) {
        link.push_str(&format!("&step={}", dice.below(50)));
    }
    dice.settings(&mut link, &SETTINGS[1..7]);
    link
}

fn data_link(dice: &mut Dice) -> String {
    let mut link = if dice.one_in(4) {
        format!("loss={}", dice.of(&LOSSES))
    } else {
        format!("problem={}", dice.of(PROBLEMS).key)
    };
    if dice.one_in(4) {
        link.push_str(&format!("&data={}", dice.of(&EXAMPLES)));
    } else {
        link.push_str(&format!("&data.n={}", 4 + dice.below(90)));
        for text in ["data.noise=0.6", "data.outliers=10", "data.seed=12", "data.standardise=yes"] {
            if dice.one_in(4) {
                link.push_str(&format!("&{text}"));
            }
        }
    }
    let (keys, runs) = dice.rules(&MINIBATCHES, 4);
    link.push_str(&format!("&runs={keys}&steps={}", 1 + dice.below(120)));
    for (name, rule) in runs {
        let params: Vec<&Param> = rule.parameters.iter().chain(&EXTRAS).collect();
        dice.dials(&mut link, &name, &params);
        if dice.one_in(2) {
            link.push_str(&format!("&{name}.batch={}", 1 + dice.below(6)));
        }
    }
    dice.settings(&mut link, &SETTINGS);
    link
}

fn net_link(dice: &mut Dice) -> String {
    let mut link = format!("net={}", dice.of(&HIDDEN));
    if dice.one_in(3) {
        link.push_str(&format!("&data={}", dice.of(&NET_EXAMPLES)));
        // Said, since what is not said of so few rows need not be the same for ever.
        link.push_str(&format!("&data.train={}", 20 + dice.below(70)));
    } else {
        link.push_str(&format!("&data.shape={}", dice.of(&SHAPES)));
        link.push_str(&format!("&data.n={}&data.noise={}", 8 + dice.below(60), dice.below(50)));
        if dice.one_in(4) {
            link.push_str(&format!("&features={}", dice.of(&FEATURES)));
        }
    }
    for param in &NET {
        if dice.one_in(2) {
            link.push_str(&format!("&{}={}", param.key, dice.value(param)));
        }
    }
    let (keys, runs) = dice.rules(&NETWORK, 3);
    link.push_str(&format!("&runs={keys}&steps={}", 1 + dice.below(12)));
    for (name, rule) in runs {
        let params: Vec<&Param> = rule.parameters.iter().collect();
        dice.dials(&mut link, &name, &params);
        if dice.one_in(2) {
            link.push_str(&format!("&{name}.batch={}", 1 + dice.below(6)));
        }
        if dice.one_in(4) {
            link.push_str(&format!("&{name}.l2=0.01&{name}.l1=0.002"));
        }
        if dice.one_in(4) {
            link.push_str(&format!("&{name}.{}={}", RUN[0].key, dice.value(&RUN[0])));
        }
    }
    if dice.one_in(5) {
        link.push_str("&hand=0,w1.1.1,0.75;2,b1.1,-0.5");
    }
    dice.settings(&mut link, &SETTINGS_OF_NETS);
    link
}
