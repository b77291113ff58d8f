//! The update rules as Python, one row each: the equations at the top of the files in
//! [`crate::optimizers`], line by line.
//!
//! In the lines `g` is ĝ at `theta`, `alpha` is the learning rate of this update `t`, which counts from 1,
//! and `np.` is NumPy or PyTorch, whichever it is written in. The dials have the names of their keys.

use super::Dialect;
use crate::optimizers::momentum::Form;
use crate::optimizers::newton::{DAMPING, INDEFINITE, Indefinite};
use crate::optimizers::{
    Rule, adagrad, adam, gradient_descent, momentum, nesterov, newton, rmsprop,
};

/// A rule with the values of its dials as Python.
pub struct RuleCode {
    /// What it says in words of the field.
    pub equation: &'static str,
    /// The dials that the lines use besides α: names and values.
    pub dials: Vec<(&'static str, f64)>,
    /// What it remembers, each 0 at first.
    pub memory: &'static [&'static str],
    /// The update.
    pub lines: &'static [&'static str],
    /// The same by `torch.optim`, where that has exactly this rule; `{alpha}` is the learning rate.
    pub optimizer: Option<String>,
    /// Whether it needs the Hessian, `h`.
    pub needs_hessian: bool,
}

/// The Python of a rule with these values of its dials.
pub fn code_of(rule: &Rule, values: &[f64]) -> RuleCode {
    let value = |key: &str| rule.value(values, key).unwrap_or_default();
    let dial = |key: &'static str| (key, value(key));
    let plain = |equation, dials, memory, lines, optimizer| RuleCode {
        equation,
        dials,
        memory,
        lines,
        optimizer,
        needs_hessian: false,
    };
    match rule.key {
        key if key == momentum::RULE.key => {
            let form = Form::ALL[value("form") as usize];
            let (equation, lines): (_, &'static [&'static str]) = match form {
                Form::Accumulate => {
                    ("v ← βv + ĝ, θ ← θ − αv", &["v = beta * v + g", "theta = theta - alpha * v"])
                }
                Form::Velocity => {
                    ("v ← βv − αĝ, θ ← θ + v", &["v = beta * v - alpha * g", "theta = theta + v"])
                }
                Form::Average => (
                    "v ← βv + (1 − β)ĝ, θ ← θ − αv",
                    &["v = beta * v + (1 - beta) * g", "theta = theta - alpha * v"],
                ),
            };
            // Of the three forms torch.optim has the first.
            let optimizer = (form == Form::Accumulate)
                .then(|| "torch.optim.SGD({parameters}, lr=alpha, momentum=beta)".to_owned());
            plain(equation, vec![dial("beta")], &["v"], lines, optimizer)
        }
        // Which PyTorch refuses, and which is gradient descent.
        key if key == nesterov::RULE.key && value("beta") == 0.0 => plain(
            "θ ← θ − αĝ, which Nesterov's rule is at β = 0",
            vec![],
            &[],
            &["theta = theta - alpha * g"],
            Some("torch.optim.SGD({parameters}, lr=alpha)".to_owned()),
        ),
        key if key == nesterov::RULE.key => plain(
            "v ← βv + ĝ, θ ← θ − α(ĝ + βv)",
            vec![dial("beta")],
            &["v"],
            &["v = beta * v + g", "theta = theta - alpha * (g + beta * v)"],
            Some(
                "torch.optim.SGD({parameters}, lr=alpha, momentum=beta, nesterov=True)".to_owned(),
            ),
        ),
        key if key == adagrad::RULE.key => plain(
            "s ← s + ĝ², θ ← θ − αĝ / (√s + ε)",
            vec![dial("eps")],
            &["s"],
            &["s = s + g**2", "theta = theta - alpha * g / (np.sqrt(s) + eps)"],
            Some("torch.optim.Adagrad({parameters}, lr=alpha, eps=eps)".to_owned()),
        ),
        key if key == rmsprop::RULE.key => plain(
            "s ← ρs + (1 − ρ)ĝ², θ ← θ − αĝ / (√s + ε)",
            vec![dial("rho"), dial("eps")],
            &["s"],
            &["s = rho * s + (1 - rho) * g**2", "theta = theta - alpha * g / (np.sqrt(s) + eps)"],
            Some("torch.optim.RMSprop({parameters}, lr=alpha, alpha=rho, eps=eps)".to_owned()),
        ),
        key if key == adam::RULE.key => plain(
            "m ← β₁m + (1 − β₁)ĝ, s ← β₂s + (1 − β₂)ĝ², θ ← θ − α m̂ / (√ŝ + ε)",
            vec![dial("beta1"), dial("beta2"), dial("eps")],
            &["m", "s"],
            &[
                "m = beta1 * m + (1 - beta1) * g",
                "s = beta2 * s + (1 - beta2) * g**2",
                "m_hat = m / (1 - beta1**t)",
                "s_hat = s / (1 - beta2**t)",
                "theta = theta - alpha * m_hat / (np.sqrt(s_hat) + eps)",
            ],
            Some(
                "torch.optim.Adam({parameters}, lr=alpha, betas=(beta1, beta2), eps=eps)"
                    .to_owned(),
            ),
        ),
        key if key == newton::RULE.key => {
            let is_damped = values[DAMPING] > 0.0;
            let dials = if is_damped { vec![dial("damping")] } else { vec![] };
            let is_absolute = Indefinite::ALL[values[INDEFINITE] as usize] == Indefinite::Absolute;
            let (equation, lines): (_, &'static [&'static str]) = match (is_absolute, is_damped) {
                (false, false) => {
                    ("θ ← θ − α H⁻¹ĝ", &["theta = theta - alpha * np.linalg.solve(h, g)"])
                }
                (false, true) => (
                    "θ ← θ − α (H + μI)⁻¹ĝ",
                    &["theta = theta - alpha * np.linalg.solve(h + damping * np.eye(2), g)"],
                ),
                (true, false) => (
                    "θ ← θ − α |H|⁻¹ĝ, |H| with the absolute values of the eigenvalues of H",
                    &[
                        "eigenvalues, eigenvectors = np.linalg.eigh(h)",
                        "along = (eigenvectors.T @ g) / np.abs(eigenvalues)",
                        "theta = theta - alpha * (eigenvectors @ along)",
                    ],
                ),
                (true, true) => (
                    "θ ← θ − α (|H| + μI)⁻¹ĝ, |H| with the absolute values of the eigenvalues of H",
                    &[
                        "eigenvalues, eigenvectors = np.linalg.eigh(h)",
                        "along = (eigenvectors.T @ g) / (np.abs(eigenvalues) + damping)",
                        "theta = theta - alpha * (eigenvectors @ along)",
                    ],
                ),
            };
            RuleCode { needs_hessian: true, ..plain(equation, dials, &[], lines, None) }
        }
        key if key == gradient_descent::RULE.key => plain(
            "θ ← θ − αĝ",
            vec![],
            &[],
            &["theta = theta - alpha * g"],
            Some("torch.optim.SGD({parameters}, lr=alpha)".to_owned()),
        ),
        key => unreachable!("the rule {key} has no row here"),
    }
}

impl RuleCode {
    /// The lines of an update in a dialect, where `alpha` is the name of the learning rate.
    pub fn lines_in(&self, dialect: Dialect, alpha: &str) -> Vec<String> {
        let module = format!("{}.", dialect.module());
        let line = |line: &&str| {
            let line = line.replace("np.", &module);
            if alpha == "alpha" { line } else { line.replace("alpha", alpha) }
        };
        self.lines.iter().map(line).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::optimizers::RULES;

    #[test]
    fn every_rule_has_its_row() {
        for rule in RULES {
            let code = code_of(rule, &rule.defaults());
            assert!(!code.lines.is_empty(), "{}", rule.key);
            // What it remembers and what it is told is what its lines use.
            let lines = code.lines.join("\n");
            for name in code.memory.iter().chain(code.dials.iter().map(|(name, _)| name)) {
                assert!(lines.contains(name), "{}: {name}", rule.key);
            }
            assert_eq!(code.needs_hessian, rule.direction.is_some(), "{}", rule.key);
        }
    }
}
