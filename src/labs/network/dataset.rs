//! Data by hand: points that are drawn, moved and removed on a panel, and pasted tables.

use super::NetLab;
use super::data::{MOST_CLASSES, MOST_COLUMNS, Row};
use crate::data::MOST_EXAMPLES;
use crate::data::classes::ClassNames;
use crate::data::table::{Purpose, Rows, Target};
use crate::labs::link::MAX_COORDINATE;
use crate::labs::model::{self, Chosen};
use crate::labs::{Dataset, Pixel};
use crate::math::param::{rounded, write_number};
use crate::math::window::Window;
use crate::view::frame::Frame;

/// Half the side of the square that made-up data lie in.
const HALF: f64 = 6.0;
/// How high the picture of a made-up curve reaches.
const CURVE: f64 = 1.5;

impl NetLab {
    /// The part of the plane that the panels show, laid over their pixels: x₁ and x₂, as long in
    /// both directions, or x₁ and y where x has one column.
    pub fn frame(&self) -> Frame {
        let [width, height] = self.panel();
        let [x, y] = self.extent();
        let window = if self.sets().parts.columns == 1 {
            Window { x, y }
        } else {
            let unit = ((x[1] - x[0]) / width).max((y[1] - y[0]) / height);
            let about = |[low, high]: [f64; 2], side: f64| {
                let middle = 0.5 * (low + high);
                [middle - 0.5 * unit * side, middle + 0.5 * unit * side]
            };
            Window { x: about(x, width), y: about(y, height) }
        };
        Frame { window, width, height }
    }

    /// What the panels must show at least.
    fn extent(&self) -> [[f64; 2]; 2] {
        let parts = &self.sets().parts;
        let is_made_up = self.experiment().data.own().is_none();
        [0, 1].map(|axis| {
            let half = if parts.columns == 1 && axis == 1 { CURVE } else { HALF };
            let places = || parts.train.iter().chain(&parts.test).map(|row| parts.place(row)[axis]);
            let low = places().fold(f64::INFINITY, f64::min);
            let high = places().fold(f64::NEG_INFINITY, f64::max);
            let is_like_made_up = parts.columns <= 2
                && low >= -2.0 * half
                && high <= 2.0 * half
                && high - low > 0.4 * half;
            if low > high || is_made_up || is_like_made_up {
                // About 0 and without a margin, so that the picture stays while one draws.
                let reach = if low > high { half } else { half.max(high).max(-low) };
                return [-reach, reach];
            }
            let margin = if high > low { 0.12 * (high - low) } else { 0.5 * low.abs().max(1.0) };
            [low - margin, high + margin]
        })
    }

    /// All rows that lie in the picture, each with its place among all.
    fn places(&self) -> impl Iterator<Item = (usize, [f64; 2])> + '_ {
        let parts = &self.sets().parts;
        let test = self.shows_test();
        let train = parts.train.iter().zip(&parts.train_at);
        let both = train.chain(parts.test.iter().zip(&parts.test_at).filter(move |_| test));
        both.map(|(row, at)| (*at, parts.place(row)))
    }

    /// Whether the test examples are drawn.
    pub fn shows_test(&self) -> bool {
        self.experiment().is_on(super::Setting::Test)
    }

    /// The example that is chosen, by its place among all.
    pub fn chosen(&self) -> Option<usize> {
        self.chosen
    }

    /// The class that a drawn point gets.
    pub fn brush(&self) -> usize {
        self.brush.min(self.sets().parts.classes.max(1) - 1)
    }

    /// Chooses an example by its place among all, or none. One for training is then the one whose
    /// passes are shown.
    pub fn choose(&mut self, index: Option<usize>) {
        self.chosen = index.filter(|&index| index < self.experiment().data.len());
        let at = self.chosen.and_then(|chosen| {
            self.sets().parts.train_at.iter().position(|&place| place == chosen)
        });
        if let Some(at) = at {
            let setting = super::Setting::Example as usize;
            self.experiment_mut().set_setting(setting, (at + 1) as f64);
        }
        self.touch_data();
    }

    /// An example by its place among all.
    pub fn row(&self, index: usize) -> Option<&Row> {
        let parts = &self.sets().parts;
        let at = |places: &[usize]| places.iter().position(|&place| place == index);
        at(&parts.train_at)
            .map(|at| &parts.train[at])
            .or_else(|| at(&parts.test_at).map(|at| &parts.test[at]))
    }

    /// What y is at a height of the picture: a class where there are classes.
    fn y_of(&self, height: f64) -> f64 {
        match self.sets().parts.classes {
            0 => height,
            // Not −0, which a link does not tell from 0.
            _ => height.round().clamp(0.0, (MOST_CLASSES - 1) as f64) + 0.0,
        }
    }

    fn point_under(&self, pixel: [f64; 2]) -> [f64; 2] {
        let frame = self.frame();
        let spans = [frame.window.width(), frame.window.height()];
        let at = frame.to_data(pixel);
        [0, 1].map(|axis| rounded(at[axis], spans[axis]).clamp(-MAX_COORDINATE, MAX_COORDINATE))
    }

    fn take_rows(&mut self, rows: Vec<Row>) {
        self.experiment_mut().reshape(&mut |experiment| {
            // Classes stay classes, though one of them is gone for the moment.
            experiment.data.edit_own(rows.clone());
        });
        self.refresh();
    }
}

impl Dataset for NetLab {
    fn example_pixels(&self) -> Vec<(usize, Pixel)> {
        let frame = self.frame();
        self.places().map(|(index, place)| (index, frame.to_pixel(place))).collect()
    }

    fn pixel_of(&self, index: usize) -> Option<Pixel> {
        Some(self.frame().to_pixel(self.sets().parts.place(self.row(index)?)))
    }

    /// Panels are small, and their points lie close together.
    fn reach(&self) -> f64 {
        12.0
    }

    fn choose_example(&mut self, index: Option<usize>) -> Option<Chosen> {
        self.choose(index);
        self.chosen.and_then(|index| model::net::chosen(self, index))
    }

    /// A point of the brush's class; `None` also where x has columns that are not seen.
    fn add_example(&mut self, at: Pixel) -> Option<usize> {
        let mut rows = self.experiment().data.rows();
        let columns = self.sets().parts.columns;
        if rows.len() >= MOST_EXAMPLES || columns > 2 {
            return None;
        }
        let [a, b] = self.point_under(at);
        let class = self.brush();
        rows.push(match (columns, self.sets().parts.classes) {
            (1, _) => Row { x: vec![a], y: self.y_of(b) },
            (_, 0) => Row { x: vec![a, b], y: if class == 0 { -1.0 } else { 1.0 } },
            _ => Row { x: vec![a, b], y: class as f64 },
        });
        let index = rows.len() - 1;
        self.take_rows(rows);
        self.choose(Some(index));
        Some(index)
    }

    fn move_example(&mut self, index: usize, at: Pixel) {
        let mut rows = self.experiment().data.rows();
        let [a, b] = self.point_under(at);
        let Some(row) = rows.get_mut(index) else { return };
        row.x[0] = a;
        match row.x.get_mut(1) {
            Some(second) => *second = b,
            None => row.y = self.y_of(b),
        }
        self.take_rows(rows);
        self.choose(Some(index));
    }

    /// The last one for training stays, and the last one for the test.
    fn remove_example(&mut self, index: usize) {
        let mut rows = self.experiment().data.rows();
        if index < rows.len() && rows.len() > 2 {
            rows.remove(index);
            self.take_rows(rows);
        }
    }

    fn purpose(&self) -> Purpose {
        Purpose { most_inputs: MOST_COLUMNS, fewest: 2, target: Target::Either(MOST_CLASSES) }
    }

    fn take_rows(&mut self, Rows { examples, are_classes, classes }: Rows) {
        let names = ClassNames::new(&classes);
        let rows: Vec<Row> = examples.into_iter().map(|(x, y)| Row { x, y }).collect();
        self.experiment_mut().reshape(&mut |experiment| {
            let data = &mut experiment.data;
            data.set_own(Some(rows.clone()));
            data.take_as_values(!are_classes);
            data.set_names(names.clone());
        });
        self.refresh();
    }

    fn data_text(&self) -> String {
        let rows = self.experiment().data.rows();
        let columns = self.sets().parts.columns;
        let names: Vec<String> = (1..=columns).map(|at| format!("x{at}")).collect();
        let line = |row: &Row| {
            let numbers = row.x.iter().chain([&row.y]).map(|x| write_number(*x));
            numbers.collect::<Vec<_>>().join(",")
        };
        let lines: Vec<String> = rows.iter().map(line).collect();
        format!("{},y\n{}\n", names.join(","), lines.join("\n"))
    }
}
