//! What the functions of the language are, in words.

use super::function::{Binary, Function, Unary};

impl Function {
    /// What it is of its value u, or of its values u and v.
    pub fn meaning(self) -> &'static str {
        match self {
            Function::Unary(function) => function.meaning(),
            Function::Binary(Binary::Min) => "the smallest of two or more",
            Function::Binary(Binary::Max) => "the largest of two or more",
            Function::Binary(Binary::Atan2) => "the angle of the point (v, u)",
            Function::Binary(Binary::Huber) => "½u² where |u| ≤ v, and v(|u| − ½v) beyond",
        }
    }
}

impl Unary {
    fn meaning(self) -> &'static str {
        match self {
            Unary::Sin => "sine",
            Unary::Cos => "cosine",
            Unary::Tan => "tangent",
            Unary::Asin => "inverse of the sine",
            Unary::Acos => "inverse of the cosine",
            Unary::Atan => "inverse of the tangent",
            Unary::Sinh => "hyperbolic sine",
            Unary::Cosh => "hyperbolic cosine",
            Unary::Tanh => "hyperbolic tangent",
            Unary::Asinh => "inverse of the hyperbolic sine",
            Unary::Acosh => "inverse of the hyperbolic cosine",
            Unary::Atanh => "inverse of the hyperbolic tangent",
            Unary::Exp => "eᵘ",
            Unary::Ln => "natural logarithm",
            Unary::Log10 => "logarithm to base 10",
            Unary::Log2 => "logarithm to base 2",
            Unary::Sqrt => "square root",
            Unary::Cbrt => "cube root",
            Unary::Abs => "|u|",
            Unary::Sign => "−1, 0 or 1",
            Unary::Floor => "the next whole number below",
            Unary::Ceil => "the next whole number above",
            Unary::Sigmoid => "1/(1 + e⁻ᵘ)",
            Unary::Relu => "max(0, u)",
            Unary::Softplus => "ln(1 + eᵘ)",
        }
    }
}
