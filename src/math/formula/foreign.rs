//! Names that come from other languages: what they mean here, or what to write instead.

use super::expr::{Expr, Operator};
use super::function::{Binary, Function, Unary};
use super::name::Constant;

/// A name that is written out: `pow(u, v)` is u^v.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shorthand {
    /// u^v
    Power,
    /// u²
    Square,
    /// √(u² + v²)
    Hypot,
    /// ln(1 + u)
    Log1p,
    /// eᵘ − 1
    Expm1,
    /// 2ᵘ
    Exp2,
    /// 1/f(u): secant, cosecant and cotangent.
    Reciprocal(Unary),
}

impl Shorthand {
    /// How many values it takes.
    pub fn values(self) -> usize {
        match self {
            Shorthand::Power | Shorthand::Hypot => 2,
            _ => 1,
        }
    }

    /// What it stands for.
    pub fn written_out(self, values: Vec<Expr>) -> Expr {
        let mut values = values.into_iter();
        let mut next = || values.next().unwrap_or(Expr::Number(f64::NAN));
        let one = || Expr::Number(1.0);
        let call = |function, value| Expr::Call(Function::Unary(function), vec![value]);
        let square = |value| Expr::infix(Operator::Power, value, Expr::Number(2.0));
        match self {
            Shorthand::Power => Expr::infix(Operator::Power, next(), next()),
            Shorthand::Square => square(next()),
            Shorthand::Hypot => {
                call(Unary::Sqrt, Expr::infix(Operator::Add, square(next()), square(next())))
            }
            Shorthand::Log1p => call(Unary::Ln, Expr::infix(Operator::Add, one(), next())),
            Shorthand::Expm1 => Expr::infix(Operator::Subtract, call(Unary::Exp, next()), one()),
            Shorthand::Exp2 => Expr::infix(Operator::Power, Expr::Number(2.0), next()),
            Shorthand::Reciprocal(function) => {
                Expr::infix(Operator::Divide, one(), call(function, next()))
            }
        }
    }
}

/// What a foreign name is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Meaning {
    Function(Function),
    Constant(Constant),
    Shorthand(Shorthand),
}

const fn unary(function: Unary) -> Meaning {
    Meaning::Function(Function::Unary(function))
}

const fn binary(function: Binary) -> Meaning {
    Meaning::Function(Function::Binary(function))
}

/// Names of other languages that mean one thing only.
const SPELLINGS: [(&str, Meaning); 34] = [
    ("arcsin", unary(Unary::Asin)),
    ("arccos", unary(Unary::Acos)),
    ("arctan", unary(Unary::Atan)),
    ("arcsinh", unary(Unary::Asinh)),
    ("arccosh", unary(Unary::Acosh)),
    ("arctanh", unary(Unary::Atanh)),
    ("arsinh", unary(Unary::Asinh)),
    ("arcosh", unary(Unary::Acosh)),
    ("artanh", unary(Unary::Atanh)),
    ("arctan2", binary(Binary::Atan2)),
    ("sgn", unary(Unary::Sign)),
    ("signum", unary(Unary::Sign)),
    ("fabs", unary(Unary::Abs)),
    ("absolute", unary(Unary::Abs)),
    ("ceiling", unary(Unary::Ceil)),
    ("logistic", unary(Unary::Sigmoid)),
    ("expit", unary(Unary::Sigmoid)),
    ("ReLU", unary(Unary::Relu)),
    ("minimum", binary(Binary::Min)),
    ("maximum", binary(Binary::Max)),
    ("fmin", binary(Binary::Min)),
    ("fmax", binary(Binary::Max)),
    ("pow", Meaning::Shorthand(Shorthand::Power)),
    ("power", Meaning::Shorthand(Shorthand::Power)),
    ("square", Meaning::Shorthand(Shorthand::Square)),
    ("hypot", Meaning::Shorthand(Shorthand::Hypot)),
    ("log1p", Meaning::Shorthand(Shorthand::Log1p)),
    ("expm1", Meaning::Shorthand(Shorthand::Expm1)),
    ("exp2", Meaning::Shorthand(Shorthand::Exp2)),
    ("sec", Meaning::Shorthand(Shorthand::Reciprocal(Unary::Cos))),
    ("csc", Meaning::Shorthand(Shorthand::Reciprocal(Unary::Sin))),
    ("cosec", Meaning::Shorthand(Shorthand::Reciprocal(Unary::Sin))),
    ("cot", Meaning::Shorthand(Shorthand::Reciprocal(Unary::Tan))),
    ("arctg", unary(Unary::Atan)),
];

/// What a foreign name means.
pub(super) fn spelled(name: &str) -> Option<Meaning> {
    SPELLINGS.iter().find(|(known, _)| *known == name).map(|&(_, meaning)| meaning)
}

/// All names of functions of other languages, each with how many values it takes.
pub fn foreign_names() -> impl Iterator<Item = (&'static str, usize)> {
    SPELLINGS.iter().map(|&(name, meaning)| {
        let values = match meaning {
            Meaning::Function(function) => function.arity().0,
            Meaning::Constant(_) => 0,
            Meaning::Shorthand(shorthand) => shorthand.values(),
        };
        (name, values)
    })
}

/// All names of functions of other languages.
pub(super) fn function_names() -> impl Iterator<Item = &'static str> {
    SPELLINGS.iter().map(|(name, _)| *name)
}

/// The modules of Python, JavaScript and the like in which functions are found.
pub const MODULES: [&str; 16] = [
    "np",
    "numpy",
    "jnp",
    "jax",
    "math",
    "cmath",
    "Math",
    "torch",
    "tf",
    "tensorflow",
    "scipy",
    "sp",
    "sympy",
    "F",
    "nn",
    "std",
];

/// Whether a name is that of a module: `np`.
pub(super) fn is_module(name: &str) -> bool {
    MODULES.contains(&name)
}

/// What a name means behind a module's: `np.log` is the natural logarithm.
pub(super) fn of_module(name: &str) -> Option<Meaning> {
    match name {
        "log" => Some(unary(Unary::Ln)),
        "PI" => Some(Meaning::Constant(Constant::Pi)),
        "E" => Some(Meaning::Constant(Constant::E)),
        "max" => Some(binary(Binary::Max)),
        _ => (Function::named(name).map(Meaning::Function))
            .or_else(|| spelled(name))
            .or_else(|| Constant::named(name).map(Meaning::Constant)),
    }
}

/// What to write in place of a name that has no meaning here, or more than one.
pub(super) fn advice(name: &str) -> Option<&'static str> {
    Some(match name {
        "log" => "log is not clear here: write ln(x), log10(x) or log2(x).",
        "lg" => "lg is not clear here: write log10(x) or log2(x).",
        "ld" | "lb" => "Write log2(x) for the logarithm to base 2.",
        "tg" => "Write tan(x) for the tangent.",
        "ctg" => "Write cot(x) for the cotangent.",
        "sh" => "Write sinh(x) for the hyperbolic sine.",
        "ch" => "Write cosh(x) for the hyperbolic cosine.",
        "th" => "Write tanh(x) for the hyperbolic tangent.",
        "mod" | "fmod" | "remainder" => {
            "There is no modulo here: write x - 2*floor(x/2) for x modulo 2."
        }
        "sinc" => "sinc is not clear here: write sin(x)/x or sin(pi*x)/(pi*x).",
        "round" | "rint" => "There is no rounding here: write floor(x + 1/2).",
        "trunc" => "There is no truncation here: write sign(x)*floor(abs(x)).",
        "heaviside" | "step" => "There are no steps here: write (1 + sign(x))/2.",
        "clip" | "clamp" => "Write min(max(x, -1), 1) for x kept between −1 and 1.",
        "norm" => "Write sqrt(x^2 + y^2) for the length of (x, y).",
        "where" | "if" => {
            "There are no cases here: max, min, abs, sign and relu make kinks and jumps."
        }
        "sum" | "mean" | "avg" => {
            "There are no sums over examples here: a loss is that of one example."
        }
        "erf" | "gelu" | "silu" | "swish" | "elu" | "softmax" | "atg" => {
            "This function is not known here: write it out, such as x*sigmoid(x)."
        }
        _ => return None,
    })
}
