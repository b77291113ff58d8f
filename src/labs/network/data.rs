//! The data of nets: made up by a plan, or one's own; parted for training and test.

use std::sync::Arc;

use crate::data::MOST_EXAMPLES;
use crate::data::classes::{ClassNames, POINT_DATA, PointGenerator, PointParam, Shape};
use crate::labs::link::MAX_COORDINATE;
use crate::math::param::{Param, quoted, read_number, too_many, write_number};
use crate::network::{Features, Output};

/// The most columns x₁ … of one's own data.
pub const MOST_COLUMNS: usize = 6;
/// The most classes of one's own data.
pub const MOST_CLASSES: usize = 6;
/// Of one's own data that are fewer, all are for training when nothing is said.
pub const FEW: usize = 20;

/// Whether the columns x are brought to mean 0 and deviation 1 before features are made of them.
pub const STANDARDISE: Param = Param::switch("standardise", "standardise x", false).about(
    "whether each column x is brought to mean 0 and deviation 1, before inputs are made of them",
);

/// One example as it came.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// x₁ …, from 1 to [`MOST_COLUMNS`] of them.
    pub x: Vec<f64>,
    /// The value, or the class counted from 0.
    pub y: f64,
}

/// The examples of an experiment, and how they came about.
#[derive(Clone, Debug, PartialEq)]
pub struct Data {
    /// The dials of the plan; that of the share for training is [`Data::train`] alone.
    values: [f64; POINT_DATA.len()],
    /// How many of a hundred are for training, where it is not the default.
    train: Option<f64>,
    /// One's own examples, in place of the plan's; all have as many columns.
    own: Option<Arc<[Row]>>,
    /// Whether x is standardised.
    pub standardise: bool,
    /// Whether one's own y are values, though they could be classes.
    as_values: bool,
    /// What one's own classes are called.
    names: ClassNames,
}

/// The examples as they are learnt from, x not yet standardised.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Parts {
    /// Those for training.
    pub train: Vec<Row>,
    /// Those for the test; none where there is one example.
    pub test: Vec<Row>,
    /// Where each for training stands among all.
    pub train_at: Vec<usize>,
    /// Where each for the test stands among all.
    pub test_at: Vec<usize>,
    /// How many columns x has.
    pub columns: usize,
    /// How many classes there are; 0 where y are values.
    pub classes: usize,
    /// What is taken off each column, and what it is then divided by.
    pub scale: Vec<[f64; 2]>,
}

impl Default for Data {
    fn default() -> Self {
        let values = POINT_DATA.each_ref().map(|param| param.default);
        let names = ClassNames::default();
        Self { values, train: None, own: None, standardise: false, as_values: false, names }
    }
}

impl Data {
    /// The value of a dial of the plan.
    pub fn value(&self, param: PointParam) -> f64 {
        self.values()[param as usize]
    }

    /// The values of [`POINT_DATA`], in its order.
    pub fn values(&self) -> [f64; POINT_DATA.len()] {
        let mut values = self.values;
        values[PointParam::Train as usize] = self.train.unwrap_or_else(|| self.default_train());
        values
    }

    /// What they are when nothing is said of them: of few examples of one's own all are for
    /// training.
    pub fn defaults(&self) -> [f64; POINT_DATA.len()] {
        let mut values = POINT_DATA.each_ref().map(|param| param.default);
        values[PointParam::Train as usize] = self.default_train();
        values
    }

    fn default_train(&self) -> f64 {
        let few = self.own.as_ref().is_some_and(|own| own.len() < FEW);
        if few { 100.0 } else { POINT_DATA[PointParam::Train as usize].default }
    }

    /// Sets the dial at `index` of [`POINT_DATA`] to a value of its range.
    pub fn set(&mut self, index: usize, value: f64) {
        if index == PointParam::Train as usize {
            self.train = Some(value).filter(|value| *value != self.default_train());
        } else {
            self.values[index] = value;
        }
    }

    /// Which made-up data are chosen, if they are not one's own.
    pub fn shape(&self) -> Option<Shape> {
        self.own.is_none().then(|| Shape::ALL[self.value(PointParam::Shape) as usize])
    }

    /// Whether the dial at `index` of [`POINT_DATA`] does anything: one's own examples are parted, and
    /// that is all.
    pub fn uses(&self, index: usize) -> bool {
        self.own.is_none() || index == PointParam::Train as usize
    }

    /// One's own examples, if they are.
    pub fn own(&self) -> Option<&[Row]> {
        self.own.as_deref()
    }

    /// Takes these as one's own, their classes called by their numbers; `None` goes back to the
    /// plan.
    pub fn set_own(&mut self, rows: Option<Vec<Row>>) {
        self.own = rows.map(Arc::from);
        self.names = ClassNames::default();
        // What is the default now need not be said.
        self.train = self.train.filter(|train| *train != self.default_train());
    }

    /// Takes these as one's own in place of those that there are: they are parted as before, and
    /// their classes keep their names.
    pub fn edit_own(&mut self, rows: Vec<Row>) {
        let (train, names) = (self.value(PointParam::Train), self.names.clone());
        self.set_own(Some(rows));
        self.set(PointParam::Train as usize, train);
        self.names = names;
    }

    /// What one's own classes are called.
    pub fn names(&self) -> &ClassNames {
        &self.names
    }

    /// Calls one's own classes so.
    pub fn set_names(&mut self, names: ClassNames) {
        self.names = if self.own.is_some() { names } else { ClassNames::default() };
    }

    /// Whether one's own y are values, though they could be classes.
    pub fn as_values(&self) -> bool {
        self.as_values
    }

    /// Takes y, as they are, for values, which need not be said where they could be nothing else.
    pub(super) fn take_as_values(&mut self, on: bool) {
        self.as_values = false;
        self.as_values = on && self.classes() > 0;
    }

    /// Takes y as values, or as classes where they can be. Classes whose names are numbers become
    /// those numbers, and few whole numbers become classes that are called by them.
    pub fn set_as_values(&mut self, on: bool) {
        let was = std::mem::replace(&mut self.as_values, on);
        let Some(own) = self.own.clone().filter(|_| was != on) else { return };
        let with = |y: &dyn Fn(f64) -> f64| -> Arc<[Row]> {
            own.iter().map(|row| Row { y: y(row.y), ..row.clone() }).collect()
        };
        if on {
            let numbers: Option<Vec<f64>> =
                self.names.all().iter().map(|name| read_number(name).ok()).collect();
            let Some(numbers) = numbers.filter(|numbers| !numbers.is_empty()) else { return };
            self.own = Some(with(&|y| numbers.get(y as usize).copied().unwrap_or(y)));
            self.names = ClassNames::default();
        } else if self.names.all().is_empty() {
            let mut distinct: Vec<f64> = Vec::new();
            for row in own.iter() {
                if !distinct.contains(&row.y) && distinct.len() <= MOST_CLASSES {
                    distinct.push(row.y);
                }
            }
            distinct.sort_unstable_by(f64::total_cmp);
            let is_class = |y: &f64| y.fract() == 0.0;
            if distinct.len() <= MOST_CLASSES && distinct.iter().all(is_class) {
                let class = |y: f64| distinct.iter().position(|one| *one == y).unwrap_or(0) as f64;
                self.own = Some(with(&class));
                let names: Vec<String> = distinct.iter().map(|y| write_number(*y)).collect();
                self.names = ClassNames::new(&names);
            }
        }
    }

    /// How many columns x has. (The curve has x₁ alone.)
    pub fn columns(&self) -> usize {
        match (&self.own, self.shape()) {
            (Some(own), _) => own.first().map_or(2, |row| row.x.len()),
            (None, Some(Shape::Curve)) => 1,
            _ => 2,
        }
    }

    /// How many classes there are; 0 where y are values.
    pub fn classes(&self) -> usize {
        let Some(own) = &self.own else { return self.shape().map_or(0, Shape::classes) };
        let is_class = |y: f64| y.fract() == 0.0 && (0.0..MOST_CLASSES as f64).contains(&y);
        if self.as_values || !own.iter().all(|row| is_class(row.y)) {
            return 0;
        }
        let most = own.iter().map(|row| row.y as usize + 1).max();
        most.map_or(0, |most| most.max(2).max(self.names.all().len()))
    }

    /// All examples: one's own in their order, or the plan's, so ordered that their parts for
    /// training and test stay the same when they become one's own.
    pub fn rows(&self) -> Vec<Row> {
        if let Some(own) = &self.own {
            return own.to_vec();
        }
        let columns = self.columns();
        let [train, test] = PointGenerator::of(self.values()).points();
        let n = train.x.len() + test.x.len();
        let [mut train, mut test] = [train, test].map(|points| {
            let rows = points.x.into_iter().zip(points.y);
            rows.map(move |(x, y)| Row { x: x[..columns].to_vec(), y })
        });
        let percent = self.value(PointParam::Train) as usize;
        let next =
            |index| if is_for_training(index, n, percent) { train.next() } else { test.next() };
        (0..n).filter_map(next).collect()
    }

    /// The examples, parted.
    pub fn parts(&self) -> Parts {
        let rows = self.rows();
        let (n, percent) = (rows.len(), self.value(PointParam::Train) as usize);
        let columns = self.columns();
        let mut parts = Parts { columns, classes: self.classes(), ..Parts::default() };
        for (index, row) in rows.into_iter().enumerate() {
            let (part, places) = match is_for_training(index, n, percent) {
                true => (&mut parts.train, &mut parts.train_at),
                false => (&mut parts.test, &mut parts.test_at),
            };
            part.push(row);
            places.push(index);
        }
        parts.scale = (0..columns)
            .map(|at| match self.standardise {
                true => spread(parts.train.iter().map(|row| row.x[at])),
                false => [0.0, 1.0],
            })
            .collect();
        parts
    }

    /// How many examples there are.
    pub fn len(&self) -> usize {
        self.own.as_ref().map_or(self.value(PointParam::N) as usize, |own| own.len())
    }

    /// Whether there is no example, which no link can ask for.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many examples are for training.
    pub fn training(&self) -> usize {
        let (n, percent) = (self.len(), self.value(PointParam::Train) as usize);
        (0..n).filter(|&index| is_for_training(index, n, percent)).count()
    }
}

/// Whether the example of an index among n is one for training, where so many of a hundred are:
/// they are spread evenly, and at least one is, and one is not unless all are.
fn is_for_training(index: usize, n: usize, percent: usize) -> bool {
    let upto = |count: usize| (count * percent + 50) / 100;
    if percent >= 100 {
        return true;
    }
    if n < 2 || upto(n) == 0 {
        return index == 0;
    }
    if upto(n) == n {
        return index + 1 < n;
    }
    upto(index + 1) > upto(index)
}

/// The mean and the deviation; a deviation of 0 is taken as 1.
fn spread(numbers: impl Iterator<Item = f64> + Clone) -> [f64; 2] {
    let [mean, deviation] = crate::data::moments(numbers);
    [mean, if deviation > 0.0 { deviation } else { 1.0 }]
}

impl Parts {
    /// The inputs of a net for points with these columns x: one column each.
    ///
    /// Two columns, or one, are a point whose features are the inputs; more are inputs themselves.
    pub fn inputs(&self, x: &[Vec<f64>], features: Features) -> Vec<Vec<f64>> {
        let scaled: Vec<Vec<f64>> = (x.iter().zip(&self.scale))
            .map(|(column, [mean, deviation])| {
                column.iter().map(|x| (x - mean) / deviation).collect()
            })
            .collect();
        if self.columns > 2 {
            return scaled;
        }
        let second = scaled.get(1);
        let points: Vec<[f64; 2]> = (scaled.first().into_iter().flatten().enumerate())
            .map(|(index, &x)| [x, second.map_or(0.0, |column| column[index])])
            .collect();
        features.columns(&points)
    }

    /// The output of a net that learns them: L2 where it is asked for or y are values.
    pub fn output(&self, squared: bool, softmax: bool) -> Output {
        match (self.classes, squared) {
            (0, _) => Output::Linear(1),
            (2, true) => Output::Linear(1),
            (classes, true) => Output::Linear(classes),
            (2, false) if !softmax => Output::Logit,
            (classes, false) => Output::Softmax(classes),
        }
    }

    /// Where a row lies in the picture: x₁ and x₂, or x₁ and y where there is one column.
    pub fn place(&self, row: &Row) -> [f64; 2] {
        [row.x[0], row.x.get(1).copied().unwrap_or(row.y)]
    }
}

/// The columns of some rows.
pub fn columns_of(rows: &[Row], columns: usize) -> Vec<Vec<f64>> {
    (0..columns).map(|at| rows.iter().map(|row| row.x[at]).collect()).collect()
}

/// Reads examples as a link writes them: `x1,x2,y;…`, all with as many numbers.
///
/// # Errors
/// A sentence that starts after the key.
pub fn read_rows(text: &str) -> Result<Vec<Row>, String> {
    let parts: Vec<&str> = text.split(';').collect();
    if parts.len() > MOST_EXAMPLES {
        return Err(too_many("examples", MOST_EXAMPLES, parts.len()));
    }
    let mut rows: Vec<Row> = Vec::with_capacity(parts.len());
    for (index, part) in parts.iter().enumerate() {
        let numbers: Option<Vec<f64>> = (part.split(','))
            .map(|number| {
                read_number(number).ok().filter(|x| x.abs() <= MAX_COORDINATE).map(|x| x + 0.0)
            })
            .collect();
        let alike = |numbers: &Vec<f64>| match rows.first() {
            Some(first) => numbers.len() == first.x.len() + 1,
            None => (2..=MOST_COLUMNS + 1).contains(&numbers.len()),
        };
        let Some(mut x) = numbers.filter(alike) else {
            return Err(format!(
                "must be examples x1,x2,y with semicolons between them, each of as many numbers, \
                 and example {} is {}",
                index + 1,
                quoted(part)
            ));
        };
        let y = x.pop().unwrap_or_default();
        rows.push(Row { x, y });
    }
    Ok(rows)
}

/// Writes examples as [`read_rows`] reads them, to the last bit.
pub fn write_rows(rows: &[Row]) -> String {
    let row = |Row { x, y }: &Row| {
        let numbers = x.iter().chain([y]).map(|number| write_number(*number));
        numbers.collect::<Vec<_>>().join(",")
    };
    rows.iter().map(row).collect::<Vec<_>>().join(";")
}
