//! A left side: `f(x, y) =`, `z =`, `L(w, b) =` and `\mathcal{L}(\theta_0, \theta_1) =` are passed
//! over. The names in its parentheses say which letters the variables are.

use super::name::{greek_name, stem_and_digits};
use super::token::Reader;
use super::twins::index_digit;

impl Reader<'_> {
    /// Passes a left side, where there is one, and gives the names in its parentheses.
    pub(super) fn left_side(&mut self) -> Vec<String> {
        let Some(equals) = self.chars.iter().position(|&c| c == '=') else { return Vec::new() };
        if equals < self.at || self.is_at(equals + 1, "=") {
            return Vec::new();
        }
        let left = self.text(self.at, equals);
        let left = left.strip_suffix(':').unwrap_or(&left).trim();
        let (head, arguments) = match left.split_once('(') {
            Some((head, arguments)) => (head, arguments),
            None => (left, ")"),
        };
        let head = head.trim_end();
        let head = head.strip_suffix("\\left").unwrap_or(head).trim_end();
        let arguments = match arguments.trim_end().strip_suffix(')') {
            Some(inside) if !inside.contains(['(', ')']) => inside.trim_end(),
            _ => return Vec::new(),
        };
        if !is_name_of_function(head, self.names.variables) {
            return Vec::new();
        }
        self.at = equals + 1;
        let arguments = arguments.strip_suffix("\\right").unwrap_or(arguments);
        arguments.split([',', ';', '|']).filter_map(|name| canonical(name.trim())).collect()
    }
}

/// Whether this can be the name of what a formula defines: one name, and none of the variables.
fn is_name_of_function(head: &str, variables: &[&str]) -> bool {
    let letter = |c: char| c.is_ascii_alphabetic() || greek_name(c).is_some();
    let part = |c: char| letter(c) || index_digit(c).is_some() || "\\{}_".contains(c);
    head.starts_with(|c| letter(c) || c == '\\')
        && head.chars().all(part)
        && !variables.contains(&head)
}

/// A name as it is typed: `\theta_{1}` and `θ₁` are `theta1`.
fn canonical(name: &str) -> Option<String> {
    let mut typed = String::new();
    for c in name.chars() {
        match (greek_name(c), index_digit(c)) {
            (Some(greek), _) => typed += greek,
            (_, Some(digit)) => typed.push(digit),
            _ if c.is_ascii_alphabetic() => typed.push(c),
            _ if "\\_{} ".contains(c) => {}
            _ => return None,
        }
    }
    let (stem, _) = stem_and_digits(&typed);
    let is_letter = stem.len() == 1 || super::name::greek_letter(stem).is_some();
    is_letter.then_some(typed)
}
