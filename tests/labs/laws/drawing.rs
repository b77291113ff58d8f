//! The law of all drawing: it ends, with at most so many commands as there are pixels and points,
//! each at a place near the canvas, whatever the coordinates.

use std::convert::Infallible;

use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
};
use ravine::math::random::Random;
use ravine::math::window::Window;
use ravine::network::{Activation, Architecture, Output};
use ravine::view::loss_chart::{self, Curve, Kind};
use ravine::view::pen::FINE;
use ravine::view::{
    Chart, Color, Drawn, Field, Frame, LOOKS, Levels, Look, Pace, Pen, Relief, Scatter, Style,
    Theme, Trail, arrows, average, axes, cloud, fan, frame, isolines, labelled, marks, net,
    noise_chart, paths, scatter,
};

use crate::laws::dice::cases;

const STYLES: [Style; 2] = [Style::page(&Theme::LIGHT), Style::present(&Theme::DARK)];
// Commands for each pixel and each point; and what axes, labels and their halos take in any case.
const EACH: f64 = 8.0;
const IN_ANY_CASE: f64 = 1500.0;
// How far outside of the canvas a place may be, in px: labels of tiny canvases are.
const OUTSIDE: f64 = 250.0;

/// Pictures of one seed.
struct Pictures {
    random: Random,
    drawn: usize,
    visible: usize,
}

impl Pictures {
    /// Any f64: of a moderate size, of any size, of any bits, or one of the ends.
    fn number(&mut self) -> f64 {
        const ENDS: [f64; 12] = [
            0.0,
            -0.0,
            f64::MAX,
            f64::MIN,
            f64::MIN_POSITIVE,
            5e-324,
            -5e-324,
            f64::INFINITY,
            f64::NEG_INFINITY,
            f64::NAN,
            1e300,
            -1e154,
        ];
        let uniform = 2.0 * self.random.uniform() - 1.0;
        match self.random.below(8) {
            0..4 => 10.0 * uniform,
            4 => uniform * libm::exp10(f64::from(self.random.below(617)) - 308.0),
            5 => uniform * libm::exp10(f64::from(self.random.below(21)) - 5.0),
            6 => f64::from_bits(
                u64::from(self.random.below(u32::MAX)) << 32
                    | u64::from(self.random.below(u32::MAX)),
            ),
            _ => ENDS[self.random.below(ENDS.len() as u32) as usize],
        }
    }

    fn point(&mut self) -> [f64; 2] {
        [self.number(), self.number()]
    }

    fn points(&mut self) -> Vec<[f64; 2]> {
        let count = [0, 1, 2, 5, 20, 60, 1500][self.random.below(7) as usize];
        if self.random.below(4) == 0 {
            // A run that diverges: it swings between two sides, ever farther.
            let factor = -1.0 - 3.0 * self.random.uniform();
            let [mut x, mut y] = [self.random.uniform(), self.random.uniform()];
            return (0..count)
                .map(|_| {
                    (x, y) = (x * factor, y * 0.9);
                    [x, y]
                })
                .collect();
        }
        (0..count).map(|_| self.point()).collect()
    }

    fn numbers(&mut self) -> Vec<f64> {
        self.points().into_iter().map(|[x, _]| x).collect()
    }

    /// A frame of any size, with any window that the page lets be drawn; about every second one
    /// shows what is about the origin.
    fn frame(&mut self) -> Frame {
        let [width, height] = self.size();
        if self.random.below(2) == 0 {
            return Frame { window: Window::new(-10.0, 10.0, -8.0, 8.0), width, height };
        }
        loop {
            let mut range = || {
                let (middle, half) = (self.number(), self.number().abs());
                [middle - half, middle + half]
            };
            let window = Window { x: range(), y: range() };
            if frame::is_drawable(window) {
                return Frame { window, width, height };
            }
        }
    }

    fn size(&mut self) -> [f64; 2] {
        const SIDES: [f64; 6] = [1.0, 7.0, 60.0, 180.0, 400.5, 4000.0];
        [0; 2].map(|_| SIDES[self.random.below(6) as usize])
    }

    fn style(&mut self) -> Style {
        STYLES[self.random.below(2) as usize]
    }

    fn look(&mut self) -> &'static Look {
        &LOOKS[self.random.below(8) as usize]
    }

    /// Draws, and judges what was drawn of so many points on a canvas of this size.
    fn judge(
        &mut self,
        what: &str,
        [width, height]: [f64; 2],
        points: usize,
        draw: impl FnOnce(&mut Pen<'_, Counter>) -> Drawn<Counter>,
    ) {
        let mut counter = Counter { size: [width, height], count: 0, outside: None };
        draw(&mut Pen::new(&mut counter)).unwrap();
        let Counter { count, outside, .. } = counter;
        let most = EACH * (width * height + points as f64) + IN_ANY_CASE;
        assert!(count as f64 <= most, "{what}: {count} of {points} points, {width} x {height}");
        assert_eq!(outside, None, "{what} on {width} x {height}");
        self.drawn += 1;
        self.visible += usize::from(count > 0);
    }

    fn paths(&mut self) {
        let (frame, style, look) = (self.frame(), self.style(), self.look());
        let (points, gd_steps) = (self.points(), self.points());
        let trail = Trail { points: &points, gd_steps: &gd_steps, look };
        let size = [frame.width, frame.height];
        let [from, to] = [0; 2].map(|_| self.random.below(80) as usize);
        let each = points.len() + gd_steps.len();
        self.judge("path", size, each, |pen| paths::draw(pen, &frame, &style, &trail, 0, 5000));
        self.judge("piece", size, each, |pen| paths::draw(pen, &frame, &style, &trail, from, to));
        self.judge("average", size, each, |pen| {
            average::draw(pen, &frame, &style, look, &points, 0, 5000)
        });
        self.judge("walks", size, each, |pen| {
            cloud::draw_walks(pen, &frame, &style, look, [&points[..], &gd_steps], 0, 5000)
        });
        let velocity = Some(self.point());
        let head = marks::Head { trail, step: to, velocity };
        self.judge("head", size, 1, |pen| marks::draw_head(pen, &frame, &style, &head));
        self.judge("step", size, 1, |pen| marks::draw_step(pen, &frame, &style, &trail, to));
    }

    fn cloud(&mut self) {
        let (frame, style, look) = (self.frame(), self.style(), self.look());
        let points = self.points();
        let size = [frame.width, frame.height];
        self.judge("points", size, points.len(), |pen| {
            cloud::draw_points(pen, &frame, &style, look, &points)
        });
        let of_points = cloud::spread(&points);
        let [mean, [xx, xy]] = [self.point(), self.point()];
        let any = cloud::Spread { mean, covariance: [xx, xy, self.number()] };
        for spread in of_points.into_iter().chain([any]) {
            self.judge("ellipse", size, 64, |pen| {
                cloud::draw_spread(pen, &frame, &style, look, &spread)
            });
        }
    }

    fn marks(&mut self) {
        let (frame, style, look) = (self.frame(), self.style(), self.look());
        let size = [frame.width, frame.height];
        let [at, along, far] = [self.point(), self.point(), self.point()];
        let ink = style.line(Color(0, 0, 0), 2.0);
        self.judge("arrow", size, 1, |pen| arrows::draw(pen, &frame, at, along, ink));
        self.judge("hover", size, 1, |pen| marks::draw_hover(pen, &frame, &style, at, along));
        self.judge("start", size, 1, |pen| marks::draw_start(pen, &frame, &style, at, "start"));
        self.judge("average's head", size, 1, |pen| {
            average::draw_head(pen, &frame, &style, look, at)
        });
        let points = self.points();
        let few = points.len();
        self.judge("minima", size, few, |pen| marks::draw_minima(pen, &frame, &style, &points));
        let fan = fan::Fan { at, examples: &points, batch: along, risk: far };
        self.judge("fan", size, few, |pen| fan::draw(pen, &frame, &style, look, &fan));
        self.judge("axes", size, 0, |pen| axes::draw_named(pen, &frame, &style, ["x", "loss"]));
    }

    fn data(&mut self) {
        let (frame, style, look) = (self.frame(), self.style(), self.look());
        let size = [frame.width, frame.height];
        let (examples, y) = (self.points(), self.numbers());
        let count = examples.len();
        let lit: Vec<u32> = (0..count as u32).step_by(3).collect();
        let chosen = Some(self.random.below(8) as usize);
        let scatter = Scatter { examples: &examples, lit: &lit, chosen };
        self.judge("examples", size, count, |pen| scatter::draw(pen, &frame, &style, &scatter));
        let [[w, b], [limit, _]] = [self.point(), self.point()];
        let model = |x: f64| w * x + b;
        let ink = style.line(Color(0, 0, 0), 2.0);
        self.judge("model", size, 0, |pen| scatter::draw_curve(pen, &frame, ink, look.dash, model));
        self.judge("residuals", size, count, |pen| {
            scatter::draw_residuals(pen, &frame, ink, &examples, model)
        });
        let (classes, hollow) = (self.random.below(7) as usize, self.random.below(2) == 0);
        let labelled = labelled::Labelled {
            points: &examples,
            y: &y,
            classes,
            limit,
            hollow,
            lit: &lit,
            chosen,
        };
        self.judge("classes", size, count, |pen| labelled::draw(pen, &frame, &style, &labelled));
    }

    fn charts(&mut self) {
        let (size, style) = (self.size(), self.style());
        let losses: Vec<Vec<f64>> = (0..self.random.below(4)).map(|_| self.numbers()).collect();
        let [n, m] = [0; 2].map(|_| self.random.below(2000) as usize + 1);
        let kinds = [Kind::Plain, Kind::Average, Kind::Batch, Kind::Train, Kind::Test];
        let mut curve = |loss| {
            let pace = match self.random.below(4) {
                0 => Pace::Updates,
                1 => Pace::Epochs { examples: n, batch: m },
                2 => Pace::Evaluations { examples: n, batch: m },
                _ => Pace::Every(self.number().abs()),
            };
            let kind = kinds[self.random.below(5) as usize];
            Curve { loss, pace, look: self.look(), kind }
        };
        let curves: Vec<_> = losses.iter().map(|loss| curve(loss)).collect();
        let (floor, steps) = (self.number(), self.random.below(5001) as usize);
        let log = self.random.below(2) == 0;
        let chart = Chart::fit(size, &style, &curves, floor, steps, log, "updates");
        let points = losses.iter().map(Vec::len).sum();
        self.judge("loss", size, points, |pen| {
            loss_chart::draw_base(pen, &chart, &style)?;
            loss_chart::draw_ahead(pen, &chart, &style, &curves, 0)?;
            for curve in &curves {
                loss_chart::draw_curve(pen, &chart, &style, curve, 0, steps)?;
            }
            loss_chart::draw_cursor(pen, &chart, &style, &curves, steps / 2, Some(1))
        });

        let alphas = self.numbers();
        let label = |index: usize| format!("m = {index}");
        let series: Vec<_> = losses
            .iter()
            .enumerate()
            .map(|(index, values)| noise_chart::Series {
                alphas: &alphas,
                values,
                label: label(index),
            })
            .collect();
        let [alpha, value] = self.point();
        let marks = [noise_chart::Mark { alpha, value, look: self.look() }];
        let chart = noise_chart::Chart::fit(size, &style, &series, &marks);
        self.judge("noise", size, points + 1, |pen| {
            noise_chart::draw(pen, &chart, &style, &series, &marks)
        });
    }

    fn isolines(&mut self) {
        let (frame, style) = (self.frame(), self.style());
        let [columns, rows] = [0; 2].map(|_| 2 + self.random.below(14) as usize);
        let scale = self.number();
        let is_smooth = self.random.below(2) == 0;
        let values: Vec<f64> = (0..columns * rows)
            .map(|node| match is_smooth {
                true => scale * (node % columns) as f64 + (node / columns) as f64,
                false => self.number(),
            })
            .collect();
        let field = Field { window: frame.window, columns, rows, values };
        let floor = (self.random.below(2) == 0).then(|| self.number());
        let levels = Levels::of(&field, floor);
        assert!(levels.values.len() <= 24, "{} levels", levels.values.len());
        let lines = isolines::isolines(&Relief::new(&field, &levels));
        // Each level crosses a cell twice at most.
        let points: usize = lines.iter().map(|line| line.points.len()).sum();
        assert!(points <= 4 * columns * rows * levels.values.len());
        self.judge("isolines", [frame.width, frame.height], points, |pen| {
            isolines::draw(pen, &frame, &style, &lines)
        });
    }

    fn nets(&mut self) {
        let (size, style) = (self.size(), self.style());
        let hidden = [1 + self.random.below(4) as usize, 1 + self.random.below(4) as usize];
        let net = Architecture::new(2, &hidden, Activation::Tanh, Output::Logit).unwrap();
        let layout = net::Layout::of(&net, size, &style);
        let theta: Vec<f64> = (0..net.parameters()).map(|_| self.number()).collect();
        let focus = [self.random.below(theta.len() as u32) as usize];
        self.judge("net", size, 20 * theta.len(), |pen| {
            net::draw_edges(pen, &layout, &net, &theta, &style, &focus)?;
            net::draw_rims(pen, &layout, &style, &[(0, 0)])
        });
    }
}

/// A backend that counts places, and keeps one that lies too far outside of the canvas.
struct Counter {
    size: [f64; 2],
    count: usize,
    outside: Option<[f64; 2]>,
}

type Counted = Result<(), DrawingErrorKind<Infallible>>;

impl Counter {
    fn count(&mut self, places: impl IntoIterator<Item = BackendCoord>) -> Counted {
        for (x, y) in places {
            self.count += 1;
            let place = [f64::from(x) / FINE, f64::from(y) / FINE];
            let is_near = |(place, size): (f64, f64)| (-OUTSIDE..=size + OUTSIDE).contains(&place);
            if !place.into_iter().zip(self.size).all(is_near) {
                self.outside = Some(place);
            }
        }
        Ok(())
    }
}

impl DrawingBackend for Counter {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        (0, 0)
    }

    fn ensure_prepared(&mut self) -> Counted {
        Ok(())
    }

    fn present(&mut self) -> Counted {
        Ok(())
    }

    fn draw_pixel(&mut self, at: BackendCoord, _: BackendColor) -> Counted {
        self.count([at])
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        _: &S,
    ) -> Counted {
        self.count(path)
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        corners: I,
        _: &S,
    ) -> Counted {
        self.count(corners)
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        center: BackendCoord,
        _: u32,
        _: &S,
        _: bool,
    ) -> Counted {
        self.count([center])
    }

    fn draw_text<S: BackendTextStyle>(&mut self, _: &str, _: &S, at: BackendCoord) -> Counted {
        self.count([at])
    }
}

/// How many pictures a round draws, about.
const A_ROUND: usize = 20;

#[test]
fn what_is_drawn_is_bounded_by_pixels_and_points_and_lies_near_the_canvas() {
    let mut pictures = Pictures { random: Random::new(2), drawn: 0, visible: 0 };
    let wanted = cases(10_000);
    for _ in 0..wanted.div_ceil(A_ROUND) + 1 {
        pictures.paths();
        pictures.cloud();
        pictures.marks();
        pictures.data();
        pictures.charts();
        pictures.isolines();
        pictures.nets();
    }
    let Pictures { drawn, visible, .. } = pictures;
    assert!(drawn >= wanted && visible > drawn / 3, "{visible} of {drawn}, wanted {wanted}");
}
