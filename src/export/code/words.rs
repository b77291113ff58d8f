//! What functions and letters are called in Python, and what a script must define.

use std::collections::BTreeSet;

use super::Dialect;
use crate::math::formula::Unary;

/// What a script must bring along for the functions that are in its formulas.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    /// Python's own functions, of constants in a PyTorch script.
    Math,
    /// That powers of e may be too large, which is meant.
    Overflow,
    /// 1/(1 + e⁻ᵘ)
    Sigmoid,
    /// ln(1 + eᵘ), of tensors.
    Softplus,
    /// ∛u, of tensors.
    Cbrt,
    /// Huber's loss.
    Huber,
}

/// A letter of a formula as Python and the scripts leave it free.
pub fn name_of(letter: &str) -> String {
    let is_taken = matches!(letter, "lambda" | "theta");
    if is_taken { format!("{letter}_") } else { letter.to_owned() }
}

/// What NumPy, PyTorch and Python call a function, where they agree or PyTorch and Python do.
pub fn common_name(function: Unary) -> &'static str {
    match function {
        Unary::Sin => "sin",
        Unary::Cos => "cos",
        Unary::Tan => "tan",
        Unary::Asin => "asin",
        Unary::Acos => "acos",
        Unary::Atan => "atan",
        Unary::Sinh => "sinh",
        Unary::Cosh => "cosh",
        Unary::Tanh => "tanh",
        Unary::Asinh => "asinh",
        Unary::Acosh => "acosh",
        Unary::Atanh => "atanh",
        Unary::Exp => "exp",
        Unary::Ln => "log",
        Unary::Log10 => "log10",
        Unary::Log2 => "log2",
        Unary::Sqrt => "sqrt",
        Unary::Cbrt => "cbrt",
        Unary::Abs => "abs",
        Unary::Sign => "sign",
        Unary::Floor => "floor",
        Unary::Ceil => "ceil",
        Unary::Sigmoid => "sigmoid",
        Unary::Relu => "relu",
        Unary::Softplus => "softplus",
    }
}

/// The definitions that a script needs, each a block of its own.
pub fn helpers(needs: &BTreeSet<Need>, dialect: Dialect) -> Vec<String> {
    let np = dialect.module();
    let block = |need: &Need| {
        Some(match need {
            Need::Math | Need::Overflow => return None,
            Need::Sigmoid => "def sigmoid(u):\n    return 1 / (1 + np.exp(-u))".to_owned(),
            Need::Softplus => "def softplus(u):\n    \"\"\"ln(1 + exp(u)), to the last digit; torch's own is cut off at 20.\"\"\"\n    return torch.logaddexp(u, torch.zeros_like(u))".to_owned(),
            Need::Cbrt => "def cbrt(u):\n    return torch.sign(u) * torch.abs(u) ** (1 / 3)".to_owned(),
            Need::Huber => format!(
                "def huber(u, delta):\n    \"\"\"Huber's loss: quadratic up to delta, linear beyond.\"\"\"\n    return {np}.where({np}.abs(u) <= delta, u**2 / 2, delta * ({np}.abs(u) - delta / 2))"
            ),
        })
    };
    needs.iter().filter_map(block).collect()
}
