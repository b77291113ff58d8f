//! The examples in the data view.

use super::PlanarLab;
use crate::data::{DataParam, moments};
use crate::labs::Picture;
use crate::labs::planar::experiment::Experiment;
use crate::labs::planar::prediction::Prediction;
use crate::math::budget::Budget;
use crate::math::param::rounded;
use crate::math::symmetric::eigenvalues;
use crate::math::window::Window;
use crate::objective::Objective;
use crate::view::frame::Frame;

/// The examples as they are shown.
#[derive(Debug)]
pub(super) struct Examples {
    /// As the risk has them: [x, y], x perhaps standardised.
    pub shown: Vec<[f64; 2]>,
    /// Those that wait, x as in those.
    pub waiting: Vec<[f64; 2]>,
    /// What x was before: [mean, deviation].
    pub scaling: [f64; 2],
    window: Window,
    pub chosen: Option<usize>,
    prediction: Prediction,
    /// The condition number of the risk at its lowest minimum; `None` while it is not known.
    condition: Option<Option<f64>>,
    /// The same if x were standardised, or were not: what is computed of it.
    otherwise: Otherwise,
}

/// The condition number of the other risk.
#[derive(Debug)]
enum Otherwise {
    Unknown,
    Searching(Box<Objective>),
    Known(Option<f64>),
}

impl Examples {
    /// Those of an experiment; none on a surface.
    pub fn of(experiment: &Experiment) -> Self {
        let mut examples = Self {
            shown: Vec::new(),
            waiting: Vec::new(),
            scaling: [0.0, 1.0],
            window: Window::new(-1.0, 1.0, -1.0, 1.0),
            chosen: None,
            prediction: Prediction::Point,
            condition: None,
            otherwise: Otherwise::Unknown,
        };
        examples.refresh(experiment);
        examples
    }

    /// Looks at the experiment's data anew. The window stays while all examples are in it and fill
    /// it, so that it does not move under the hand that drags one.
    pub fn refresh(&mut self, experiment: &Experiment) {
        (self.condition, self.otherwise) = (None, Otherwise::Unknown);
        let Some(problem) = experiment.source.problem() else {
            self.shown.clear();
            self.waiting.clear();
            return;
        };
        (self.shown, self.scaling) = experiment.data.examples(problem);
        self.waiting.clear();
        if self.shown.len() < experiment.data.total() {
            let [mean, unit] = self.scaling;
            let all = experiment.data.raw(problem).into_iter().skip(self.shown.len());
            self.waiting.extend(all.map(|[x, y]| [(x - mean) / unit, y]));
        }
        let all: Vec<[f64; 2]> = self.shown.iter().chain(&self.waiting).copied().collect();
        let labels = problem.labels && !experiment.source.is_typed();
        let mut around = window_around(&all, labels);
        if problem.model.is_empty() {
            // θ is in the same plane.
            let start = experiment.start;
            around = window_around(&[&all[..], &[start]].concat(), false);
        }
        let fills = self.window.width() < 1.6 * around.width()
            && self.window.height() < 1.6 * around.height();
        if !fills || !all.iter().all(|&example| self.window.contains(example)) {
            self.window = around;
        }
        let reach = self.window.height();
        let range = [self.window.y[0] - reach, self.window.y[1] + reach];
        self.prediction = Prediction::of(experiment, range);
        self.chosen = self.chosen.filter(|&index| index < self.shown.len());
    }

    /// Measures the condition numbers, as far as the budget lets it; tells whether they are known.
    /// The objective's minima are.
    pub fn measure(
        &mut self,
        experiment: &Experiment,
        objective: &Objective,
        budget: &mut Budget,
    ) -> bool {
        let Some(problem) = experiment.source.problem() else { return true };
        if self.condition.is_none() {
            if !budget.piece(objective.cost().hessian) {
                return false;
            }
            self.condition = Some(condition(objective));
            // A search over many examples is not worth a second number.
            let is_quick = objective.constant_hessian().is_some() || self.shown.len() <= 500;
            let standardise = DataParam::Standardise as usize;
            self.otherwise = if is_quick && experiment.data.uses(standardise, problem) {
                let mut other = experiment.clone();
                let value = 1.0 - experiment.data.value(DataParam::Standardise);
                other.data.set(standardise, value);
                Otherwise::Searching(Box::new(other.begin_objective()))
            } else {
                Otherwise::Known(None)
            };
        }
        if let Otherwise::Searching(other) = &mut self.otherwise {
            if !other.advance(budget) || !budget.piece(other.cost().hessian) {
                return false;
            }
            self.otherwise = Otherwise::Known(condition(other));
        }
        true
    }
}

/// λ_max/λ_min of the Hessian at the lowest known minimum.
fn condition(objective: &Objective) -> Option<f64> {
    let lowest =
        |a: &&[f64; 2], b: &&[f64; 2]| objective.value(**a).total_cmp(&objective.value(**b));
    let minimum = objective.minima().iter().min_by(lowest)?;
    let [low, high] = eigenvalues(objective.hessian(*minimum).hessian);
    (low > 0.0).then(|| high / low)
}

/// The window that holds all examples, and a margin.
fn window_around(examples: &[[f64; 2]], labels: bool) -> Window {
    let edges = |axis: usize| {
        let values = || examples.iter().map(|example| example[axis]);
        let low = values().fold(f64::INFINITY, f64::min);
        let high = values().fold(f64::NEG_INFINITY, f64::max);
        if low > high {
            return [-1.0, 1.0];
        }
        let margin = if high > low { 0.1 * (high - low) } else { 0.5 * low.abs().max(1.0) };
        let edge = |value| rounded(value, high - low + 2.0 * margin);
        [edge(low - margin), edge(high + margin)]
    };
    Window { x: edges(0), y: if labels { [-0.25, 1.25] } else { edges(1) } }
}

impl PlanarLab {
    /// The examples [x, y] as the risk has them; none on a surface.
    pub fn examples(&self) -> &[[f64; 2]] {
        &self.examples.shown
    }

    /// The examples that wait: the risk is the mean over those before them.
    pub fn waiting_examples(&self) -> &[[f64; 2]] {
        &self.examples.waiting
    }

    /// The example that is chosen for the keyboard.
    pub fn chosen_example(&self) -> Option<usize> {
        self.examples.chosen
    }

    /// The curve that belongs to the loss.
    pub fn prediction(&self) -> &Prediction {
        &self.examples.prediction
    }

    /// Whether the condition number has been looked for.
    pub fn knows_condition(&self) -> bool {
        self.examples.condition.is_some()
    }

    /// The condition number of the risk at its lowest known minimum: how much of a ravine it is.
    pub fn condition(&self) -> Option<f64> {
        self.examples.condition.flatten()
    }

    /// What it would be if x were standardised, or, where it is, if it were not.
    pub fn condition_otherwise(&self) -> Option<f64> {
        match self.examples.otherwise {
            Otherwise::Known(condition) => condition,
            _ => None,
        }
    }

    /// The mean of x and its standard deviation, as the data came.
    pub fn feature_moments(&self) -> [f64; 2] {
        let [mean, unit] = self.examples.scaling;
        moments(self.examples.shown.iter().map(|[x, _]| mean + unit * x))
    }

    /// The data view's window laid over its pixels.
    pub fn data_frame(&self) -> Frame {
        let [width, height] = self.sizes.of(Picture::Data);
        Frame { window: self.examples.window, width, height }
    }

    /// Chooses an example, or none.
    pub fn choose(&mut self, index: Option<usize>) {
        let chosen = index.filter(|&index| index < self.examples.shown.len());
        if chosen != self.examples.chosen {
            self.examples.chosen = chosen;
            self.versions.examples += 1;
        }
    }
}
