//! Which letters of a typed formula are its two variables.
//!
//! Of a surface, in this order: the two names of a left side, `f(u, v) =`; x and y; two indexed
//! letters of one name, such as x₁ and x₂ or w₁ and w₂.
//!
//! Of the loss of one example (x, y) they are the two letters that are learned, in this order: the
//! two names of a left side, `L(p, q) =`; the first of the [`USUAL`] pairs that is there as a
//! whole; two indexed letters of one name; the one letter that there is, with its usual partner.
//!
//! All other letters are parameters. Where none of this finds the variables, that is a fault.

use super::name::{stem_and_digits, symbol};
use super::parser::{self, Parsed};
use super::token::Names;
use super::{Formula, FormulaError};

/// The letters that are usually learned together, the first choice first.
pub const USUAL: [[&str; 2]; 20] = [
    ["theta1", "theta2"],
    ["w", "b"],
    ["a", "b"],
    ["theta0", "theta1"],
    ["beta0", "beta1"],
    ["beta1", "beta2"],
    ["w0", "w1"],
    ["w1", "w2"],
    ["b0", "b1"],
    ["b1", "b2"],
    ["a0", "a1"],
    ["a1", "a2"],
    ["m", "b"],
    ["m", "c"],
    ["k", "d"],
    ["m", "t"],
    ["alpha", "beta"],
    ["w", "w0"],
    ["theta", "theta0"],
    ["beta", "beta0"],
];

/// Reads a surface.
///
/// # Errors
/// The first place where the text is no formula, or a sentence if it has no variables.
pub fn read_surface(text: &str) -> Result<Formula, FormulaError> {
    let names = Names { variables: &["x", "y"], free_indices: true, examples: false };
    let Parsed { tree, parameters, columns, left_names } = parser::parse(text, names)?;
    let used = [0, 1].map(|place| tree.has_variable(place));
    if used != [false, false] {
        let letters = [("X", "x", used[0]), ("Y", "y", used[1])];
        for (capital, small, small_is_there) in letters {
            let at = parameters.iter().position(|name| name == capital);
            if let Some(at) = at.filter(|_| !small_is_there) {
                let message = format!("“{capital}” is not {small}: write it in small letters.");
                return Err(FormulaError { column: columns[at], message });
            }
        }
        return Formula::parse(text);
    }
    let pair = left_pair(&left_names, &parameters).or_else(|| indexed_pair(&parameters));
    if let Some([first, second]) = &pair {
        return Formula::parse_in(text, &[first, second]);
    }
    let is_capital = parameters.iter().any(|name| name == "X" || name == "Y");
    let message = if is_capital {
        let small = text.replace('X', "x").replace('Y', "y");
        format!("There is no x and no y in it; did you mean {small}?")
    } else if let [first, second, ..] = &parameters[..] {
        let [first, second] = [first, second].map(|name| symbol(name));
        format!(
            "There is no x and no y in it, only {}. Two letters become the variables where they \
             are named in front of it: f({first}, {second}) = ….",
            listed(&parameters)
        )
    } else {
        let only = match &parameters[..] {
            [] => String::new(),
            names => format!(", only {}", listed(names)),
        };
        format!("There is no x and no y in it{only}: write a formula such as x^2 + y^2.")
    };
    Err(FormulaError { column: 1, message })
}

/// Reads a per-example loss in x, y and two learned letters.
///
/// # Errors
/// The first place where the text is no formula, or a sentence that asks which letters are learned.
pub fn read_loss(text: &str) -> Result<Formula, FormulaError> {
    let names = Names { variables: &["x", "y"], free_indices: false, examples: true };
    let Parsed { tree, parameters, columns, left_names } = parser::parse(text, names)?;
    for (place, capital, small) in [(0, "X", "x"), (1, "Y", "y")] {
        let at = parameters.iter().position(|name| name == capital);
        if let Some(at) = at.filter(|_| !tree.has_variable(place)) {
            let message = format!("“{capital}” is not {small}: write it in small letters.");
            return Err(FormulaError { column: columns[at], message });
        }
    }
    let has = |name: &str| parameters.iter().any(|known| known == name);
    let usual = |wanted: &dyn Fn(&[&str; 2]) -> bool| {
        USUAL.iter().find(|pair| wanted(pair)).map(|pair| pair.map(str::to_owned))
    };
    let left: Vec<String> =
        left_names.into_iter().filter(|name| name != "x" && name != "y").collect();
    let pair = left_pair(&left, &parameters)
        .or_else(|| usual(&|pair| pair.iter().all(|name| has(name)) && is_whole(pair, &parameters)))
        .or_else(|| indexed_pair(&parameters))
        .or_else(|| match &parameters[..] {
            [only] => usual(&|pair| pair.contains(&only.as_str())),
            _ => None,
        });
    if let Some([first, second]) = &pair {
        let names =
            Names { variables: &[first, second, "x", "y"], free_indices: false, examples: true };
        return Formula::of(text, names);
    }
    let message = match &parameters[..] {
        [] => "A loss needs parameters to minimise over: w and b, a and b, or theta1 and theta2, \
               as in (y - w*x - b)^2."
            .to_owned(),
        [only] => format!(
            "Which two letters are learned? Only {0} is here: name two in front of it, as in \
             L({0}, b) = ….",
            symbol(only)
        ),
        [first, second, ..] => format!(
            "Which two of its letters {} are learned? Name them in front of it, as in \
             L({}, {}) = ….",
            listed(&parameters),
            symbol(first),
            symbol(second)
        ),
    };
    Err(FormulaError { column: 1, message })
}

/// The two names of a left side, if one of them is in the formula.
fn left_pair(left_names: &[String], parameters: &[String]) -> Option<[String; 2]> {
    let [first, second] = left_names else { return None };
    let is_there = [first, second].iter().any(|name| parameters.contains(name));
    (first != second && is_there).then(|| [first.clone(), second.clone()])
}

/// Whether an indexed pair is all that there is of its letter: of θ₀, θ₁ and θ₂ no two are. The
/// pair θ₁, θ₂ is, because it always was.
fn is_whole([first, second]: &[&str; 2], parameters: &[String]) -> bool {
    let (stem, digits) = stem_and_digits(first);
    let is_indexed = !digits.is_empty() && stem_and_digits(second).0 == stem;
    let of_stem = parameters.iter().filter(|name| {
        let (other, digits) = stem_and_digits(name);
        other == stem && !digits.is_empty()
    });
    !is_indexed || *first == "theta1" || of_stem.count() == 2
}

/// The two indexed letters of one name, the lower index first: of x, θ or w if there are several
/// such names. A name with more than two indices has no pair.
fn indexed_pair(parameters: &[String]) -> Option<[String; 2]> {
    let mut stems: Vec<(&str, Vec<&String>)> = Vec::new();
    for name in parameters {
        let (stem, digits) = stem_and_digits(name);
        if digits.is_empty() {
            continue;
        }
        match stems.iter_mut().find(|(known, _)| *known == stem) {
            Some((_, names)) => names.push(name),
            None => stems.push((stem, vec![name])),
        }
    }
    let preferred = ["x", "theta", "w"]
        .iter()
        .find_map(|wanted| stems.iter().find(|(stem, names)| stem == wanted && names.len() >= 2));
    let several: Vec<_> = stems.iter().filter(|(_, names)| names.len() >= 2).collect();
    let (_, names) = preferred.or(match several[..] {
        [only] => Some(only),
        _ => None,
    })?;
    let mut names = names.clone();
    names.sort_by_key(|name| {
        let digits = stem_and_digits(name).1.trim_start_matches('0');
        (digits.len(), digits.to_owned())
    });
    match names[..] {
        [first, second] => Some([first.clone(), second.clone()]),
        _ => None,
    }
}

/// Some names as they are written, at most six: `a, b and c`.
fn listed(names: &[String]) -> String {
    let shown: Vec<String> = names.iter().take(6).map(|name| symbol(name)).collect();
    match &shown[..] {
        [] => String::new(),
        [only] => only.clone(),
        _ if names.len() > 6 => format!("{}, …", shown.join(", ")),
        [before @ .., last] => format!("{} and {last}", before.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typed_loss_finds_what_is_learned() {
        for (text, theta) in [
            ("(y - theta1*x - theta2)^2", ["theta1", "theta2"]),
            ("(y - theta0 - theta1*x)^2", ["theta0", "theta1"]),
            ("(y - β₀ - β₁x)^2", ["beta0", "beta1"]),
            ("(y - w_0 - w_1 x)^2", ["w0", "w1"]),
            ("(y - w2 - w1 x)^2", ["w1", "w2"]),
            ("(y - (m*x + b))^2", ["m", "b"]),
            ("(y - (m*x + c))^2", ["m", "c"]),
            ("(y - (k*x + d))^2", ["k", "d"]),
            ("abs(y - w*x)", ["w", "b"]),
            ("(y - a*sin(b*x))^2", ["a", "b"]),
            ("(y - b)^2", ["w", "b"]),
            ("(y - c*w*x - b)^2", ["w", "b"]),
            ("(y - u_1*x - u_2)^2*p", ["u1", "u2"]),
            ("L(p, q) = (y - p*x - q*c)^2", ["p", "q"]),
            ("L(q, p; x, y) = (y - p*x - q)^2", ["q", "p"]),
            ("(y_i - w x_i - b)^2", ["w", "b"]),
            ("theta0*(theta1 - x)^2 + (theta2 - y)^2", ["theta1", "theta2"]),
        ] {
            let loss = read_loss(text).unwrap_or_else(|fault| panic!("{text}: {fault}"));
            assert_eq!(loss.variables()[..2], theta, "{text}");
        }
    }

    #[test]
    fn a_loss_asks_where_it_cannot_know_what_is_learned() {
        let said = |text: &str| read_loss(text).unwrap_err().to_string();
        assert_eq!(read_loss("(y - w*x").unwrap_err().column, 9);
        assert!(said("(y - x)^2").starts_with("column 1: A loss needs parameters"));
        assert_eq!(
            said("(y - p*x - q)^2"),
            "column 1: Which two of its letters p and q are learned? Name them in front of it, as \
             in L(p, q) = …."
        );
        assert!(said("(y - w0 - w1*x - w2*x^2)^2").contains("w₀, w₁ and w₂"));
        assert!(said("abs(y - w*x)^p").contains("w and p"));
        assert!(said("(Y - w*x - b)^2").starts_with("column 2: “Y” is not y"));
    }

    #[test]
    fn a_surface_finds_its_variables() {
        for (text, variables) in [
            ("x^2", ["x", "y"]),
            ("a*y", ["x", "y"]),
            ("w1^2 + 10*w2^2", ["w1", "w2"]),
            ("θ₁² + θ₂²", ["theta1", "theta2"]),
            ("x_1^2 + x_2^2", ["x1", "x2"]),
            ("x1^2 + x2^2", ["x1", "x2"]),
            ("x_{2}^2 - x_{1}x_{2}", ["x1", "x2"]),
            ("\\theta_1^2 + \\theta_{2}^2", ["theta1", "theta2"]),
            ("a_1 x_1^2 + a_2 x_2^2", ["x1", "x2"]),
            ("f(u, v) = u^2 + c v^2", ["u", "v"]),
            ("f(x, y) = x^2 + y^2;", ["x", "y"]),
        ] {
            let surface = read_surface(text).unwrap_or_else(|fault| panic!("{text}: {fault}"));
            assert_eq!(surface.variables(), variables, "{text}");
        }
    }

    #[test]
    fn a_surface_without_variables_is_a_fault() {
        for (text, said) in [
            ("X^2+Y^2", "column 1: There is no x and no y in it; did you mean x^2+y^2?"),
            ("3", "column 1: There is no x and no y in it: write a formula such as x^2 + y^2."),
            ("x^2 + Y^2", "column 7: “Y” is not y: write it in small letters."),
            (
                "y + x2",
                "column 5: “x2” is not a name here: write x^2 for the power or 2*x for the product.",
            ),
        ] {
            assert_eq!(read_surface(text).unwrap_err().to_string(), said);
        }
        for (text, letters) in [("u^2 + v^2", "u and v"), ("x1 + x2 + x3", "x₁, x₂ and x₃")] {
            assert!(read_surface(text).unwrap_err().message.contains(letters), "{text}");
        }
    }
}
