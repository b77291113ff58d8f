//! The function that runs go down, as Python: a surface, or the loss of one example and its mean.

use std::collections::BTreeSet;

use super::Dialect;
use super::number::float;
use super::print::Printer;
use super::tree::{Node, Tree};
use super::words::{Need, helpers, name_of};
use crate::labs::planar::experiment::Experiment;

/// Its definitions, each a block, and what they need.
pub struct Function {
    /// Parameters, helpers, the function, its derivatives.
    pub blocks: Vec<String>,
    /// What is to be imported or allowed.
    pub needs: BTreeSet<Need>,
}

/// Which derivatives are written out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Derivatives {
    /// ∇f
    pub gradient: bool,
    /// The Hessian.
    pub hessian: bool,
}

/// The function of an experiment in a dialect.
pub fn function(experiment: &Experiment, dialect: Dialect, derivatives: Derivatives) -> Function {
    let formula = experiment.formula();
    let is_risk = experiment.source.problem().is_some();
    let values: Vec<f64> = (formula.parameters().iter())
        .map(|key| experiment.surface_value(key).unwrap_or(f64::NAN))
        .collect();
    let (mut tree, root) = Tree::of(formula.tree(), &values);
    let first = [0, 1].map(|by| tree.derivative(root, by));
    let second = [(0, 0), (0, 1), (1, 1)].map(|(of, by)| tree.derivative(first[of], by));

    let [variables, parameters] = [formula.variables(), formula.parameters()];
    let printer = || Printer::new(&tree, dialect, variables, parameters);
    let unpack = format!("    {}, {} = theta\n", name_of(&variables[0]), name_of(&variables[1]));
    let mut needs = BTreeSet::new();

    let mut of_formula = printer();
    let text = of_formula.text(root);
    needs.extend(&of_formula.needs);
    let mut functions = Vec::new();
    if is_risk {
        functions.push(format!(
            "def losses(theta, x, y):\n    \"\"\"L(θ; x, y) = {}, of each example.\"\"\"\n{unpack}    return {text}",
            formula.plain()
        ));
        functions.push(format!(
            "def risk(theta, x, y):\n    \"\"\"R(θ), the mean loss.\"\"\"\n    return {}",
            match dialect {
                Dialect::NumPy => "np.mean(losses(theta, x, y))",
                Dialect::PyTorch => "losses(theta, x, y).mean()",
            }
        ));
    } else {
        let letters = format!("{}, {}", variables[0], variables[1]);
        functions.push(format!(
            "def loss(theta):\n    \"\"\"f({letters}) = {}\"\"\"\n{unpack}    return {text}",
            formula.plain()
        ));
    }

    let arguments = if is_risk { "theta, x, y" } else { "theta" };
    let mut derive =
        |name: &str, what: &str, roots: &[Node], matrix: &dyn Fn(&[String]) -> String| {
            let mut printer = printer();
            let mut text = format!("def {name}({arguments}):\n    \"\"\"{what}\"\"\"\n{unpack}");
            for line in printer.common_parts(roots) {
                text += &format!("    {line}\n");
            }
            let entries: Vec<String> = roots
                .iter()
                .map(|&root| {
                    let text = printer.text(root);
                    if is_risk { format!("np.mean({text})") } else { text }
                })
                .collect();
            text += &format!("    return np.array({})", matrix(&entries));
            needs.extend(&printer.needs);
            functions.push(text);
        };
    if derivatives.gradient {
        let what = if is_risk { "∇R(θ)" } else { "∇f(θ)" };
        derive("gradient", what, &first, &|entries| bracketed("[", entries, "    ]"));
    }
    if derivatives.hessian {
        derive("hessian", "H, the second derivatives at θ", &second, &|entries| {
            let [xx, xy, yy] = [0, 1, 2].map(|at| &entries[at]);
            bracketed("[", &[format!("[{xx}, {xy}]"), format!("[{xy}, {yy}]")], "    ]")
        });
    }

    let mut blocks = Vec::new();
    let dials: Vec<String> = (experiment.surface_parameters().iter())
        .zip(experiment.surface_values())
        .map(|(param, value)| {
            let what = [&*param.symbol, &*param.label].into_iter().filter(|text| !text.is_empty());
            let what = what.collect::<Vec<_>>().join(", ");
            format!("{} = {}  # {what}", name_of(&param.key), float(*value))
        })
        .collect();
    if needs.contains(&Need::Overflow) {
        blocks.push(
            "np.seterr(over=\"ignore\")  # exp and cosh may become infinite, and 1/infinity is 0"
                .to_owned(),
        );
    }
    if !dials.is_empty() {
        blocks.push(format!("# The letters of the formula.\n{}", dials.join("\n")));
    }
    blocks.extend(helpers(&needs, dialect));
    blocks.extend(functions);
    Function { blocks, needs }
}

/// `[a, b]`, in one line where that is short.
fn bracketed(open: &str, entries: &[String], close: &str) -> String {
    let one = entries.join(", ");
    if one.chars().count() <= 72 {
        return format!("{open}{one}]");
    }
    let lines: String = entries.iter().map(|entry| format!("        {entry},\n")).collect();
    format!("{open}\n{lines}{close}")
}
