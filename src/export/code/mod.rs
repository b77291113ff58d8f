//! Code that continues: an experiment as a Python script, plain NumPy or PyTorch, or as a notebook.
//!
//! A script starts where the experiment does, uses the same data in the same order and the same rules, and
//! ends with an `assert` that its last numbers are Ravine's, to 1e-9. Where rounding alone decides how a
//! run goes on, it is walked and compared up to there, and the script says so.
//!
//! | file | what it holds |
//! |---|---|
//! | `tree.rs`, `calculus.rs` | formulas and their derivatives |
//! | `words.rs`, `print.rs`, `formula.rs` | these as Python |
//! | `rules.rs` | the update rules as Python, one row each |
//! | `random.rs` | batches and noise |
//! | `rounding.rs` | how far two programs can agree |
//! | `run.rs` | a run as a function |
//! | `net_model.rs`, `net_run.rs` | a net and its training |
//! | `planar.rs`, `nets.rs` | the script of an experiment |
//! | `check.rs` | that its last numbers are Ravine's |
//! | `script.rs`, `notebook.rs` | its blocks as one file |

mod calculus;
mod check;
mod formula;
mod net_model;
mod net_run;
mod nets;
mod notebook;
mod number;
mod planar;
mod print;
mod random;
mod rounding;
mod rules;
mod run;
mod script;
mod tree;
mod words;

pub use nets::script as script_of_nets;
pub use notebook::notebook;
pub use planar::script as script_of_plane;
pub use script::Script;

/// What a script is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// Plain NumPy, with derivatives written out.
    NumPy,
    /// PyTorch, with derivatives by autograd, and updates by torch.optim where that has exactly the rule.
    PyTorch,
}

impl Dialect {
    /// What its functions stand behind.
    fn module(self) -> &'static str {
        match self {
            Self::NumPy => "np",
            Self::PyTorch => "torch",
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::NumPy => "NumPy",
            Self::PyTorch => "PyTorch",
        }
    }
}
