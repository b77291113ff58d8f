//! Random formulas, and their values and derivatives by means of their own: `num_dual`'s
//! hyper-dual numbers (Fike and Alonso, 2011) run on this tree, not on the library's.

use std::cell::Cell;
use std::fmt;

use num_dual::{DualNum, HyperDual64};
use proptest::prelude::*;

/// A formula as a random tree.
#[derive(Clone, Debug)]
pub enum Tree {
    Number(f64),
    X,
    Y,
    /// The parameter a.
    A,
    Negate(Box<Tree>),
    Infix(char, Box<Tree>, Box<Tree>),
    /// uⁿ
    Integer(Box<Tree>, i32),
    /// (1 + u²)ᶜ
    Real(Box<Tree>, f64),
    Unary(&'static str, Box<Tree>),
    Binary(&'static str, Box<Tree>, Box<Tree>),
}

/// The value of the parameter a.
pub const A: f64 = 1.7;

const UNARY: [&str; 25] = [
    "sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh", "asinh", "acosh", "atanh",
    "exp", "ln", "log10", "log2", "sqrt", "cbrt", "abs", "sign", "floor", "ceil", "sigmoid",
    "relu", "softplus",
];

/// Formulas that are as long and as deep as may be.
pub fn extremes() -> Vec<String> {
    let long = |part: &str, sign: &str| vec![part; 990 / (part.len() + sign.len())].join(sign);
    vec![
        long("x", "+"),
        long("x*y", "-"),
        long("sin(x*y)", "*"),
        long("x^y", "+"),
        long("x^-3", "/"),
        long("x^64", "*"),
        long("huber(x,y)", "+"),
        format!("{}x{}", "sqrt(1+".repeat(60), ")".repeat(60)),
        format!("{}x{}", "atan2(y,".repeat(60), ")".repeat(60)),
        format!("max({})", long("x*y", ",")),
    ]
}

/// Trees up to six levels high.
pub fn trees() -> impl Strategy<Value = Tree> {
    let number = (1..400u32).prop_map(|n| Tree::Number(f64::from(n) / 100.0));
    let leaf = prop_oneof![number, Just(Tree::X), Just(Tree::Y), Just(Tree::A)];
    leaf.prop_recursive(6, 24, 2, |part| {
        let two = || (part.clone(), part.clone());
        prop_oneof![
            part.clone().prop_map(|u| Tree::Negate(u.into())),
            (prop::sample::select(vec!['+', '-', '*', '*', '/', '^']), two())
                .prop_map(|(sign, (u, v))| Tree::Infix(sign, u.into(), v.into())),
            (part.clone(), -3..7i32).prop_map(|(u, n)| Tree::Integer(u.into(), n)),
            (part.clone(), prop::sample::select(vec![0.5, 1.5, -0.75, 2.25]))
                .prop_map(|(u, c)| Tree::Real(u.into(), c)),
            (prop::sample::select(UNARY.to_vec()), part.clone())
                .prop_map(|(name, u)| Tree::Unary(name, u.into())),
            (prop::sample::select(vec!["min", "max", "atan2", "huber"]), two())
                .prop_map(|(name, (u, v))| Tree::Binary(name, u.into(), v.into())),
        ]
    })
}

/// With all its parentheses, so that it does not rest on any precedence.
impl fmt::Display for Tree {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Tree::Number(value) => write!(f, "{value}"),
            Tree::X => write!(f, "x"),
            Tree::Y => write!(f, "y"),
            Tree::A => write!(f, "a"),
            Tree::Negate(u) => write!(f, "(-({u}))"),
            Tree::Infix(sign, u, v) => write!(f, "(({u}) {sign} ({v}))"),
            Tree::Integer(u, n) => write!(f, "(({u})^({n}))"),
            Tree::Real(u, c) => write!(f, "((1 + ({u})^2)^({c}))"),
            Tree::Unary(name, u) => write!(f, "{name}({u})"),
            Tree::Binary(name, u, v) => write!(f, "{name}({u}, {v})"),
        }
    }
}

/// A value with all its derivatives up to the second.
#[derive(Debug)]
pub struct Derivatives {
    pub value: f64,
    pub gradient: [f64; 2],
    pub hessian: [f64; 3],
    /// The largest number that was met on the way: rounding errors are as large as its last bit.
    pub scale: f64,
    /// How far the point is from the nearest kink, jump or pole, in the values that meet there.
    pub smooth: f64,
}

impl Tree {
    /// f, ∇f and ∇²f at (x, y).
    pub fn derivatives(&self, x: f64, y: f64) -> Derivatives {
        let watch = Watch { scale: Cell::new(1.0), smooth: Cell::new(f64::INFINITY) };
        let run = |x1, x2, y1, y2| {
            let x = HyperDual64::new(x, x1, x2, 0.0);
            let y = HyperDual64::new(y, y1, y2, 0.0);
            watch.value(self, x, y)
        };
        let (xx, xy, yy) =
            (run(1.0, 1.0, 0.0, 0.0), run(1.0, 0.0, 0.0, 1.0), run(0.0, 0.0, 1.0, 1.0));
        Derivatives {
            value: xy.re,
            gradient: [xy.eps1, xy.eps2],
            hessian: [xx.eps1eps2, xy.eps1eps2, yy.eps1eps2],
            scale: watch.scale.get(),
            smooth: watch.smooth.get(),
        }
    }
}

struct Watch {
    scale: Cell<f64>,
    smooth: Cell<f64>,
}

impl Watch {
    /// Notes that f is not smooth where this is 0.
    fn kink(&self, distance: f64) {
        self.smooth.set(self.smooth.get().min(distance.abs()));
    }

    fn value(&self, tree: &Tree, x: HyperDual64, y: HyperDual64) -> HyperDual64 {
        let value = self.unwatched(tree, x, y);
        for part in [value.re, value.eps1, value.eps2, value.eps1eps2] {
            // NaN, too, must end as a scale that is too large.
            let size = if part.is_nan() { f64::INFINITY } else { part.abs() };
            self.scale.set(self.scale.get().max(size));
        }
        value
    }

    fn unwatched(&self, tree: &Tree, x: HyperDual64, y: HyperDual64) -> HyperDual64 {
        let part = |tree| self.value(tree, x, y);
        let constant = HyperDual64::from_re;
        match tree {
            Tree::Number(value) => constant(*value),
            Tree::X => x,
            Tree::Y => y,
            Tree::A => constant(A),
            Tree::Negate(u) => -part(u),
            Tree::Infix('+', u, v) => part(u) + part(v),
            Tree::Infix('-', u, v) => part(u) - part(v),
            Tree::Infix('*', u, v) => part(u) * part(v),
            Tree::Infix('/', u, v) => {
                let v = part(v);
                self.kink(v.re);
                part(u) / v
            }
            Tree::Infix(_, u, v) => {
                let u = part(u);
                self.kink(u.re.max(0.0)); // e^(v ln u) is for u > 0 only
                u.powd(part(v))
            }
            Tree::Integer(u, n) => {
                let u = part(u);
                if *n < 0 {
                    self.kink(u.re);
                }
                u.powi(*n)
            }
            Tree::Real(u, c) => {
                let u = part(u);
                (u * u + 1.0).powf(*c)
            }
            Tree::Unary(name, u) => self.unary(name, part(u)),
            Tree::Binary("atan2", u, v) => {
                let (u, v) = (part(u), part(v));
                self.kink(u.re.abs().max(v.re.abs()));
                self.kink(if v.re < 0.0 { u.re } else { 1.0 });
                u.atan2(v)
            }
            Tree::Binary("huber", u, v) => {
                let (u, v) = (part(u), part(v));
                self.kink(u.re.abs() - v.re);
                self.kink(if v.re < 0.0 { u.re } else { 1.0 });
                let size = if u.re < 0.0 { -u } else { u };
                if size.re <= v.re { u * u * 0.5 } else { v * (size - v * 0.5) }
            }
            Tree::Binary(name, u, v) => {
                let (u, v) = (part(u), part(v));
                self.kink(u.re - v.re);
                if (*name == "min") == (u.re < v.re) { u } else { v }
            }
        }
    }

    fn unary(&self, name: &str, u: HyperDual64) -> HyperDual64 {
        let zero = HyperDual64::from_re(0.0);
        let one = HyperDual64::from_re(1.0);
        match name {
            "sin" => u.sin(),
            "cos" => u.cos(),
            "tan" => {
                self.kink(u.re.cos());
                u.tan()
            }
            "asin" | "acos" | "atanh" => {
                self.kink((1.0 - u.re.abs()).max(0.0));
                match name {
                    "asin" => u.asin(),
                    "acos" => u.acos(),
                    _ => u.atanh(),
                }
            }
            "atan" => u.atan(),
            "sinh" => u.sinh(),
            "cosh" => u.cosh(),
            "tanh" => u.tanh(),
            "asinh" => u.asinh(),
            "acosh" => {
                self.kink((u.re - 1.0).max(0.0));
                u.acosh()
            }
            "exp" => u.exp(),
            "ln" | "log10" | "log2" | "sqrt" => {
                self.kink(u.re.max(0.0));
                match name {
                    "ln" => u.ln(),
                    "log10" => u.log10(),
                    "log2" => u.log2(),
                    _ => u.sqrt(),
                }
            }
            "cbrt" => {
                self.kink(u.re);
                u.cbrt()
            }
            "abs" | "relu" | "sign" => {
                self.kink(u.re);
                match (name, u.re > 0.0) {
                    ("sign", positive) => {
                        if positive {
                            one
                        } else {
                            -one
                        }
                    }
                    (_, true) => u,
                    ("abs", _) => -u,
                    _ => zero,
                }
            }
            "floor" | "ceil" => {
                self.kink(u.re - u.re.round());
                let whole = if name == "floor" { u.re.floor() } else { u.re.ceil() };
                HyperDual64::from_re(whole)
            }
            "sigmoid" => one / (one + (-u).exp()),
            "softplus" => (one + u.exp()).ln(),
            _ => unreachable!("{name} is not in the oracle"),
        }
    }
}
