//! What a reader decides in place of the evidence.

use super::cells::Delimiter;
use super::number::Decimal;

/// What is decided; `None` leaves it to what the table itself shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Choices {
    /// What stands between cells.
    pub delimiter: Option<Delimiter>,
    /// The decimal mark of all columns.
    pub decimal: Option<Decimal>,
    /// How many rows are left out before the one that names the columns.
    pub skip: Option<usize>,
    /// Whether a row names the columns.
    pub header: Option<bool>,
    /// Whether lines that begin with `#` are comments.
    pub comments: Option<bool>,
    /// The columns x.
    pub inputs: Option<Vec<usize>>,
    /// The column y.
    pub target: Option<usize>,
    /// Whether y are classes rather than values.
    pub classes: Option<bool>,
    /// How many rows the text is a sample of.
    pub sample_of: Option<usize>,
}

impl Choices {
    /// Reads `delimiter=tab&decimal=comma&skip=2&header=no&comments=no&x=0,2&y=3&as=values&of=9000`,
    /// any of them. What is not understood is left to the evidence.
    pub fn parse(text: &str) -> Self {
        let mut choices = Self::default();
        for part in text.split('&') {
            let Some((key, value)) = part.split_once('=') else { continue };
            let is_yes = match value {
                "yes" => Some(true),
                "no" => Some(false),
                _ => None,
            };
            match key {
                "delimiter" => {
                    choices.delimiter = Delimiter::ALL.into_iter().find(|one| one.key() == value);
                }
                "decimal" => {
                    choices.decimal = Decimal::ALL.into_iter().find(|one| one.name() == value);
                }
                "skip" => choices.skip = value.parse().ok(),
                "header" => choices.header = is_yes,
                "comments" => choices.comments = is_yes,
                "x" => choices.inputs = value.split(',').map(|at| at.parse().ok()).collect(),
                "y" => choices.target = value.parse().ok(),
                "as" => {
                    choices.classes = match value {
                        "classes" => Some(true),
                        "values" => Some(false),
                        _ => None,
                    }
                }
                "of" => choices.sample_of = value.parse().ok(),
                _ => {}
            }
        }
        choices
    }
}
