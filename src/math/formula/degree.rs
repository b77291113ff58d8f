//! Of which degree a formula is, as a polynomial.

use super::tape::{Instruction, Operation, Tape};

impl Tape {
    /// The degree of f as a polynomial in the first two variables, the others being constants: as far
    /// as its operations show, without what might cancel. `None` where they show no polynomial, so that
    /// √x² has none.
    pub fn degree(&self) -> Option<u32> {
        let mut degrees = vec![Some(0); self.slots];
        degrees.iter_mut().take(self.variables.min(2)).for_each(|degree| *degree = Some(1));
        for &Instruction { operation, a, b, out } in &self.instructions {
            let [a, b] = [a, b].map(|slot| degrees[usize::from(slot)]);
            degrees[usize::from(out)] = operation.degree(a, b);
        }
        degrees[usize::from(self.result)]
    }
}

impl Operation {
    /// The degree of what it makes of operands of these degrees.
    fn degree(self, a: Option<u32>, b: Option<u32>) -> Option<u32> {
        use Operation::*;
        match self {
            Constant(_) | Scale(0.0) => Some(0),
            Add | Subtract => Some(a?.max(b?)),
            Multiply => Some(a?.saturating_add(b?)),
            Divide if b == Some(0) => a,
            Negate | Offset(_) | SubtractFrom(_) | Scale(_) | DivideBy(_) => a,
            Square => Some(a?.saturating_mul(2)),
            IntegerPower(n) if n >= 0 => Some(a?.saturating_mul(n.unsigned_abs())),
            // Whatever is done to a constant, it stays one.
            _ => (a == Some(0) && (b == Some(0) || !self.is_binary())).then_some(0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Formula;

    #[test]
    fn the_degree_is_that_of_the_polynomial_that_is_written() {
        for (text, degree) in [
            ("7", Some(0)),
            ("x", Some(1)),
            ("3 - 2x*y/4", Some(2)),
            ("(x + y)^2 - x", Some(2)),
            ("(1 - x)^2 + b*(y - x^2)^2", Some(4)),
            ("x^(-2)", None),
            ("1/x", None),
            ("y + h*sigmoid(x)", None),
            ("y + z*sigmoid(x)", Some(1)),
            ("sqrt(2)*x + exp(b)", Some(1)),
            ("max(x, y)", None),
            ("2^b * x^2", Some(2)),
            ("2^x", None),
            ("x^b", Some(3)),
            ("sqrt(x^2)", None),
        ] {
            let formula = Formula::parse(text).unwrap();
            let value = |letter: &String| if letter == "z" { 0.0 } else { 3.0 };
            let values: Vec<f64> = formula.parameters().iter().map(value).collect();
            assert_eq!(formula.bind(&values).degree(), degree, "{text}");
        }
    }

    #[test]
    fn the_data_are_constants() {
        let loss = Formula::parse_in("(y - (w*x^3 + b)*exp(x))^2", &["w", "b", "x", "y"]).unwrap();
        assert_eq!(loss.bind(&[]).degree(), Some(2));
        let loss = Formula::parse_in("tanh(w*x) - y", &["w", "b", "x", "y"]).unwrap();
        assert_eq!(loss.bind(&[]).degree(), None);
    }
}
