//! The data by hand: examples that are added, moved and removed in the data view, and pasted tables.

use super::PlanarLab;
use super::work::Fit;
use crate::data::classes::ClassNames;
use crate::data::table::{Purpose, Rows, Target};
use crate::data::{DataParam, MOST_EXAMPLES};
use crate::labs::model::{self, Chosen};
use crate::labs::planar::experiment::LabKind;
use crate::labs::{Dataset, Pixel};
use crate::math::param::rounded;

impl PlanarLab {
    /// Whether y is a label here.
    fn has_labels(&self) -> bool {
        let objective_id = &self.experiment.source;
        objective_id.problem().is_some_and(|problem| problem.labels && !objective_id.is_typed())
    }

    fn take_examples(&mut self, own: Vec<[f64; 2]>) {
        self.experiment.data.edit_own(own);
        self.refresh();
    }

    /// A copy of the data as they came.
    fn own_examples(&self) -> Option<Vec<[f64; 2]>> {
        let problem = self.experiment.source.problem()?;
        (self.experiment.lab() == LabKind::Minibatches).then(|| self.experiment.data.raw(problem))
    }

    /// The example that a pixel means, x as it would have come and y a label where there are labels.
    fn example_under(&self, [px, py]: [f64; 2]) -> Option<[f64; 2]> {
        if !(px.is_finite() && py.is_finite()) {
            return None;
        }
        let frame = self.data_frame();
        let inside = [px.clamp(0.0, frame.width), py.clamp(0.0, frame.height)];
        let [x, y] = frame.to_data(inside);
        let [mean, unit] = self.examples.scaling;
        let y = if self.has_labels() {
            f64::from(u8::from(y >= 0.5))
        } else {
            rounded(y, frame.window.height() * 10.0)
        };
        Some([rounded(mean + unit * x, unit * frame.window.width() * 10.0), y])
    }
}

impl Dataset for PlanarLab {
    fn example_pixels(&self) -> Vec<(usize, Pixel)> {
        let frame = self.data_frame();
        self.examples.shown.iter().map(|example| frame.to_pixel(*example)).enumerate().collect()
    }

    fn pixel_of(&self, index: usize) -> Option<Pixel> {
        Some(self.data_frame().to_pixel(*self.examples.shown.get(index)?))
    }

    fn choose_example(&mut self, index: Option<usize>) -> Option<Chosen> {
        self.choose(index);
        self.examples.chosen.and_then(|index| model::chosen(self, index))
    }

    fn add_example(&mut self, at: Pixel) -> Option<usize> {
        let mut own = self.own_examples()?;
        if own.len() >= MOST_EXAMPLES {
            return None;
        }
        // Before those that wait: what is added is used.
        let index = self.experiment.data.len();
        own.insert(index, self.example_under(at)?);
        if self.experiment.data.is_partial() {
            self.experiment.data.set(DataParam::First as usize, (index + 1) as f64);
        }
        self.take_examples(own);
        self.choose(Some(index));
        Some(index)
    }

    /// Within the view.
    fn move_example(&mut self, index: usize, at: Pixel) {
        let (Some(mut own), Some(at)) = (self.own_examples(), self.example_under(at)) else {
            return;
        };
        if let Some(example) = own.get_mut(index) {
            *example = at;
            self.take_examples(own);
            self.choose(Some(index));
        }
    }

    fn remove_example(&mut self, index: usize) {
        let Some(mut own) = self.own_examples() else { return };
        if own.len() < 2 || index >= own.len() {
            return;
        }
        own.remove(index);
        self.choose(None);
        self.take_examples(own);
    }

    fn purpose(&self) -> Purpose {
        let target = if self.has_labels() { Target::Labels } else { Target::Values };
        Purpose { most_inputs: 1, fewest: 1, target }
    }

    fn take_rows(&mut self, Rows { examples, classes, .. }: Rows) {
        let names = ClassNames::new(&classes);
        let own = examples.iter().filter_map(|(x, y)| Some([*x.first()?, *y])).collect();
        // Data from elsewhere may have their risk where no window of the gallery knows.
        self.work.fit = Some(Fit::Minima);
        self.experiment.data.set_own(Some(own));
        self.experiment.data.set_names(names);
        self.refresh();
    }

    fn data_text(&self) -> String {
        let rows = self.own_examples().unwrap_or_default();
        let row = |[x, y]: &[f64; 2]| format!("{x},{y}\n");
        format!("x,y\n{}", rows.iter().map(row).collect::<String>())
    }
}
