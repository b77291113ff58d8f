//! What could not be taken, as the page is told.

use serde::Serialize;
use ts_rs::TS;

use crate::labs::link;

/// Why a value was not taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Fault {
    /// What is wrong.
    pub message: String,
    /// Where in a formula, counted in characters from 1.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[ts(optional)]
    pub column: Option<usize>,
}

impl From<link::Fault> for Fault {
    fn from(fault: link::Fault) -> Self {
        match fault.column {
            Some(column) => Self { message: fault.message, column: Some(column) },
            None => Self { message: fault.to_string(), column: None },
        }
    }
}

impl From<String> for Fault {
    fn from(message: String) -> Self {
        Self { message, column: None }
    }
}

/// A part of a link that was not taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct LinkFault {
    /// What is wrong with it.
    pub text: String,
    /// Whether nothing is lost with it: it would have done nothing.
    pub harmless: bool,
}

impl From<&link::Fault> for LinkFault {
    fn from(fault: &link::Fault) -> Self {
        Self { text: fault.to_string(), harmless: fault.is_harmless }
    }
}
