//! The data of an experiment: made up by a problem's generator, or one's own.

use std::sync::Arc;

use crate::data::classes::ClassNames;
use crate::data::{DATA, DataParam, Generator, MOST_EXAMPLES, standardised};
use crate::labs::link::MAX_COORDINATE;
use crate::math::param::{Param, quoted, read_number, too_many, write_number};
use crate::objective::problems::Problem;

/// The examples of an experiment, and how they came about.
#[derive(Clone, Debug)]
pub struct Data {
    /// The values of the dials, in the order of [`DATA`].
    values: [f64; DATA.len()],
    /// One's own examples, in place of the recipe's; shared, since experiments are copied often.
    own: Option<Arc<[[f64; 2]]>>,
    /// What the labels 0 and 1 of one's own examples are called.
    names: ClassNames,
}

impl Data {
    /// The data that a problem opens with.
    pub fn of(problem: &Problem) -> Self {
        Self {
            values: DATA.each_ref().map(|param| param.default),
            own: None,
            names: ClassNames::default(),
        }
        .with_defaults(problem)
    }

    fn with_defaults(mut self, problem: &Problem) -> Self {
        for (datum, value) in defaults(problem) {
            self.values[datum as usize] = value;
        }
        self
    }

    /// The value of a dial.
    pub fn value(&self, datum: DataParam) -> f64 {
        self.values[datum as usize]
    }

    /// The values of all dials, in the order of [`DATA`].
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// Sets the dial at `index` of [`DATA`] to a value of its range.
    pub fn set(&mut self, index: usize, value: f64) {
        self.values[index] = value;
    }

    /// Whether the dial at `index` of [`DATA`] does anything: one's own examples have no recipe,
    /// and points of the plane no feature x.
    pub fn uses(&self, index: usize, problem: &Problem) -> bool {
        let of_feature = [DataParam::Center, DataParam::Spread, DataParam::Standardise];
        let is = |datum: &DataParam| *datum as usize == index;
        if self.own.is_some() && ![DataParam::Standardise, DataParam::First].iter().any(is) {
            return false;
        }
        !(problem.model.is_empty() && of_feature.iter().any(is))
    }

    /// One's own examples, if they are.
    pub fn own(&self) -> Option<&[[f64; 2]]> {
        self.own.as_deref()
    }

    /// Takes these examples as one's own; `None` goes back to the recipe.
    pub fn set_own(&mut self, examples: Option<Vec<[f64; 2]>>) {
        self.own = examples.map(Arc::from);
        self.names = ClassNames::default();
    }

    /// Takes these examples as one's own in place of those that there are; labels keep their names.
    pub fn edit_own(&mut self, examples: Vec<[f64; 2]>) {
        self.own = Some(Arc::from(examples));
    }

    /// What the labels 0 and 1 of one's own examples are called.
    pub fn names(&self) -> &ClassNames {
        &self.names
    }

    /// Calls the labels 0 and 1 of one's own examples so.
    pub fn set_names(&mut self, names: ClassNames) {
        self.names = if self.own.is_some() { names } else { ClassNames::default() };
    }

    /// The number n of examples that the risk is the mean over.
    pub fn len(&self) -> usize {
        self.total().min(self.value(DataParam::First) as usize)
    }

    /// How many examples there are, those that wait with them.
    pub fn total(&self) -> usize {
        self.own.as_ref().map_or(self.value(DataParam::N) as usize, |own| own.len())
    }

    /// Whether only the first examples are used.
    pub fn is_partial(&self) -> bool {
        self.value(DataParam::First) < MOST_EXAMPLES as f64
    }

    /// Whether there is no example, which no link can ask for.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// All examples [x, y] as they came, x not standardised.
    pub fn raw(&self, problem: &Problem) -> Vec<[f64; 2]> {
        if let Some(own) = &self.own {
            return own.to_vec();
        }
        Generator {
            n: self.value(DataParam::N) as usize,
            noise: self.value(DataParam::Noise),
            outliers: self.value(DataParam::Outliers),
            center: self.value(DataParam::Center),
            spread: self.value(DataParam::Spread),
            seed: self.value(DataParam::Seed) as u64,
        }
        .examples(problem.source)
    }

    /// The examples that the risk is the mean over, and what x was before it was standardised:
    /// [mean, deviation], or [0, 1] where it is as it came.
    pub fn examples(&self, problem: &Problem) -> (Vec<[f64; 2]>, [f64; 2]) {
        let mut raw = self.raw(problem);
        raw.truncate(self.len());
        let is_on = self.value(DataParam::Standardise) != 0.0;
        if is_on && !problem.model.is_empty() { standardised(&raw) } else { (raw, [0.0, 1.0]) }
    }
}

/// The dials whose default is the problem's.
fn defaults(problem: &Problem) -> [(DataParam, f64); 4] {
    [
        (DataParam::N, f64::from(problem.n)),
        (DataParam::Noise, problem.noise),
        (DataParam::Center, problem.center),
        (DataParam::Spread, problem.spread),
    ]
}

/// The dial at `index` of [`DATA`] with the default that it has for a problem. Its range is the
/// declared one.
pub fn dial_of(index: usize, problem: &Problem) -> Param {
    let mut param = DATA[index].clone();
    for (datum, value) in defaults(problem) {
        if datum as usize == index {
            param.default = value;
        }
    }
    param
}

/// Reads examples as a link writes them: `x,y;x,y;…`.
///
/// # Errors
/// A sentence that starts after the key.
pub fn read_examples(text: &str, labels: bool) -> Result<Vec<[f64; 2]>, String> {
    let parts: Vec<&str> = text.split(';').collect();
    if parts.len() > MOST_EXAMPLES {
        return Err(too_many("examples", MOST_EXAMPLES, parts.len()));
    }
    let mut examples = Vec::with_capacity(parts.len());
    for (index, part) in parts.iter().enumerate() {
        // A decimal comma would be one comma too many.
        let pair = part.split_once(',').filter(|(_, y)| !y.contains(',')).and_then(|(x, y)| {
            let [x, y] = [x, y].map(|number| read_number(number).ok());
            Some([x? + 0.0, y? + 0.0])
        });
        let pair = pair.filter(|pair| pair.iter().all(|part| part.abs() <= MAX_COORDINATE));
        examples.push(pair.ok_or_else(|| {
            format!(
                "must be examples x,y with semicolons between them, and example {} is {}",
                index + 1,
                quoted(part)
            )
        })?);
    }
    if labels {
        check_labels(&examples)?;
    }
    Ok(examples)
}

/// Whether every y is a label.
///
/// # Errors
/// A sentence that starts after the key or the name of what was given.
pub fn check_labels(examples: &[[f64; 2]]) -> Result<(), String> {
    match examples.iter().position(|[_, y]| *y != 0.0 && *y != 1.0) {
        None => Ok(()),
        Some(at) => Err(format!(
            "must have labels, 0 or 1, for y here, and example {} has {}",
            at + 1,
            write_number(examples[at][1])
        )),
    }
}

/// Writes examples as [`read_examples`] reads them, to the last bit.
pub fn write_examples(examples: &[[f64; 2]]) -> String {
    let pair = |[x, y]: &[f64; 2]| format!("{},{}", write_number(*x), write_number(*y));
    examples.iter().map(pair).collect::<Vec<_>>().join(";")
}
