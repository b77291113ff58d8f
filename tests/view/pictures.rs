//! Pictures, checked pixel by pixel: what is drawn is what the data has, and all of it fits.

use plotters::coord::Shift;
use plotters::prelude::{ChartBuilder, Color, DrawingArea, LineSeries, RGBColor};
use ravine::export::figure::{self, Figure, Part, Svg, SvgDocument};
use ravine::labs::link;
use ravine::math::window::Window;
use ravine::view::fan::Fan;
use ravine::view::marks::Head;
use ravine::view::noise_chart::{Mark, Series};
use ravine::view::{
    Chart, Curve, Drawn, Frame, LOOKS, Pace, Pen, Scatter, Style, Theme, Trail, average, axes,
    cloud, fan, loss_chart, marks, noise_chart, paths, scatter,
};
use std::cell::RefCell;
use std::rc::Rc;

const STYLE: Style = Style::page(&Theme::LIGHT);
const FRAME: Frame =
    Frame { window: Window::new(0.0, 10.0, 0.0, 10.0), width: 200.0, height: 200.0 };
const MARGIN: f64 = 40.0;

/// What was drawn, as pixels, one to a CSS pixel.
struct Picture {
    width: usize,
    pixels: Vec<[u8; 4]>,
}

impl Picture {
    fn of(svg: &str) -> Self {
        let file = figure::png(svg, 1.0).unwrap();
        let mut reader = png::Decoder::new(std::io::Cursor::new(file)).read_info().unwrap();
        let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
        let width = reader.next_frame(&mut bytes).unwrap().width as usize;
        Self { width, pixels: bytes.as_chunks().0.to_vec() }
    }

    /// The middles of all pixels that differ from the paper, in px of the drawing.
    fn inked(&self) -> impl Iterator<Item = [f64; 2]> + '_ {
        let paper = Theme::LIGHT.paper;
        let far = move |[r, g, b, _]: [u8; 4]| {
            r.abs_diff(paper.0) > 24 || g.abs_diff(paper.1) > 24 || b.abs_diff(paper.2) > 24
        };
        let middle = |index: usize| index as f64 + 0.5 - MARGIN;
        let place = move |at: usize| [middle(at % self.width), middle(at / self.width)];
        (0..self.pixels.len()).filter(move |&at| far(self.pixels[at])).map(place)
    }
}

/// An SVG with a margin on which nothing may be.
fn drawn(size: [f64; 2], draw: impl FnOnce(&mut Pen<'_, Svg>) -> Drawn<Svg>) -> String {
    let mut svg = Svg::new(size);
    draw(&mut Pen::new(&mut svg)).unwrap();
    with_margin(svg, size)
}

/// The picture amid its margin; what reaches beyond it is not cut off, so that it is seen.
fn with_margin(svg: Svg, size: [f64; 2]) -> String {
    let panel = svg.panel([MARGIN; 2]);
    let uncut = panel.replacen("overflow=\"hidden\"", "overflow=\"visible\"", 1);
    assert_ne!(uncut, panel);
    let outer = size.map(|side| side + 2.0 * MARGIN);
    figure::document(outer, Theme::LIGHT.paper, "a test's picture", &uncut)
}

fn trail(points: &[[f64; 2]], look: usize) -> Trail<'_> {
    Trail { points, gd_steps: &[], look: &LOOKS[look] }
}

/// Paths that diverge, stop being numbers, and come and go.
fn hard_paths() -> Vec<Vec<[f64; 2]>> {
    let nan = f64::NAN;
    let growing = |factor: f64| {
        // No farther than where the check itself still has digits to tell distances by.
        let displacements = (0..).map(|k| (-factor).powi(k)).take_while(|d| d.abs() < 1e9);
        displacements.map(|d| [5.0 + d, 5.0 + 0.3 * d]).collect::<Vec<_>>()
    };
    vec![
        growing(1.7),
        growing(40.0),
        vec![[2.0, 2.0], [4.0, 8.0], [nan, 5.0], [7.0, 3.0], [8.0, 4.0]],
        vec![[2.0, 2.0], [f64::INFINITY, 5.0], [7.0, 3.0], [7.5, f64::NEG_INFINITY], [1.0, 9.0]],
        vec![[2.0, 2.0], [30.0, 4.0], [25.0, -20.0], [-9.0, -3.0], [3.0, 3.0]],
        vec![[5.0, 5.0], [1e12, 6.0], [-1e12, 7.0], [5.0, 1e12], [5.0, -1e12]],
        vec![[12.0, 5.0], [5.0, 12.0], [-2.0, 5.0], [5.0, -2.0]],
        vec![[nan, nan], [5.0, 5.0], [nan, nan], [6.0, 6.0]],
    ]
}

/// How far a pixel is from the nearest segment between two successive finite points.
fn distance_to_data([x, y]: [f64; 2], points: &[[f64; 2]]) -> f64 {
    let finite = |point: &[f64; 2]| point.iter().all(|v| v.is_finite());
    let to_point = points
        .iter()
        .filter(|point| finite(point))
        .map(|&point| FRAME.to_pixel(point))
        .map(|[px, py]| (x - px).hypot(y - py));
    let to_segment = points.windows(2).filter(|pair| pair.iter().all(finite)).map(|pair| {
        let [[ax, ay], [bx, by]] = [pair[0], pair[1]].map(|point| FRAME.to_pixel(point));
        let length = (bx - ax).hypot(by - ay);
        let (ux, uy) = ((bx - ax) / length, (by - ay) / length);
        // From the nearer end, where one is far away.
        let from_a = (x - ax).hypot(y - ay) <= (x - bx).hypot(y - by);
        let (cx, cy) = if from_a { (ax, ay) } else { (bx, by) };
        let along = (x - cx) * ux + (y - cy) * uy;
        let within = if from_a { along.max(0.0) } else { along.min(0.0) };
        (x - cx - within * ux).hypot(y - cy - within * uy)
    });
    to_point.chain(to_segment).filter(|d| !d.is_nan()).fold(f64::INFINITY, f64::min)
}

/// Else no test below could find anything on the margin.
#[test]
fn what_reaches_beyond_a_picture_is_seen() {
    let svg = drawn([50.0, 50.0], |pen| {
        marks::draw_start(pen, &FRAME, &STYLE, [3.0, 5.0], "start, drag me")
    });
    assert!(Picture::of(&svg).inked().any(|[px, py]| px > 55.0 || py > 55.0));
}

// Half a line, or the reach of a marker's corner, and a pixel's softness.
const REACH: f64 = 4.8;

fn false_ink(svg: &str, points: &[[f64; 2]]) -> usize {
    Picture::of(svg)
        .inked()
        .filter(|&pixel| FRAME.holds(pixel, 0.0) && distance_to_data(pixel, points) > REACH)
        .count()
}

#[test]
fn a_path_has_no_segment_that_its_data_does_not_have() {
    for (at, points) in hard_paths().iter().enumerate() {
        for look in [0, 2] {
            let svg = drawn([200.0, 200.0], |pen| {
                paths::draw(pen, &FRAME, &STYLE, &trail(points, look), 0, usize::MAX)
            });
            assert_eq!(false_ink(&svg, points), 0, "path {at}");
        }
    }
}

/// The same paths by plotters' own series: the test above would find it out.
#[test]
fn plain_plotters_draws_segments_that_the_data_does_not_have() {
    let mut found = vec![];
    for (at, points) in hard_paths().iter().enumerate() {
        let shared = Rc::new(RefCell::new(Svg::new([200.0, 200.0])));
        let root = DrawingArea::<Svg, Shift>::from(&shared);
        let range = 0.0..10.0;
        let mut chart = ChartBuilder::on(&root).build_cartesian_2d(range.clone(), range).unwrap();
        // Farther away its integers overflow.
        let far = |point: &&[f64; 2]| point.iter().any(|v| v.abs() > 1e5);
        let line = points.iter().take_while(|point| !far(point)).map(|&[x, y]| (x, y));
        let ink = RGBColor(27, 27, 26).stroke_width(14);
        chart.draw_series(LineSeries::new(line, ink)).unwrap();
        let svg = with_margin(shared.replace(Svg::new([0.0; 2])), [200.0, 200.0]);
        if false_ink(&svg, points) > 20 {
            found.push(at);
        }
    }
    // Diverging, not a number, outside.
    assert!([0, 1, 2, 4].iter().all(|at| found.contains(at)), "{found:?}");
}

#[test]
fn what_the_data_has_is_there() {
    let points = [[1.0, 1.0], [5.0, 9.0], [9.0, 2.0], [30.0, 5.0]];
    let svg = drawn([200.0, 200.0], |pen| {
        paths::draw(pen, &FRAME, &STYLE, &trail(&points, 0), 0, usize::MAX)
    });
    let inked: Vec<_> = Picture::of(&svg).inked().collect();
    for pair in points.windows(2) {
        for k in 0..=50 {
            let share = k as f64 / 50.0;
            let along = |axis: usize| pair[0][axis] + share * (pair[1][axis] - pair[0][axis]);
            let [x, y] = FRAME.to_pixel([along(0), along(1)]);
            let near = |p: &[f64; 2]| (p[0] - x).hypot(p[1] - y) < 1.5;
            assert!(!FRAME.holds([x, y], 0.0) || inked.iter().any(near), "{x} {y}");
        }
    }
}

/// All segments of all lines, and all other elements, sorted.
fn elements(svg: &str) -> Vec<String> {
    let mut elements = vec![];
    for line in svg.lines() {
        match line.strip_prefix("<polyline points=\"").and_then(|rest| rest.split_once('"')) {
            Some((points, rest)) => {
                let points: Vec<_> = points.split(' ').collect();
                elements.extend(points.windows(2).map(|pair| format!("{pair:?}{rest}")));
            }
            None => elements.push(line.to_owned()),
        }
    }
    elements.sort();
    elements
}

#[test]
fn a_path_drawn_in_pieces_is_the_path_drawn_at_once() {
    let spiral: Vec<[f64; 2]> = (0..200)
        .map(|k| f64::from(k) * 0.15)
        .map(|t| [5.0 + 0.25 * t * t.cos(), 5.0 + 0.25 * t * t.sin()])
        .collect();
    let gd_steps: Vec<[f64; 2]> = spiral.iter().map(|&[x, y]| [0.4 - 0.1 * x, 0.1 * y]).collect();
    let hard = hard_paths();
    for points in hard.iter().chain([&spiral]) {
        for look in &LOOKS {
            for gd_steps in [&[][..], &gd_steps] {
                let trail = Trail { points, gd_steps, look };
                let in_pieces = |cuts: &[usize]| {
                    elements(&drawn([200.0, 200.0], |pen| {
                        for pair in cuts.windows(2) {
                            paths::draw(pen, &FRAME, &STYLE, &trail, pair[0], pair[1])?;
                        }
                        Ok(())
                    }))
                };
                let whole = in_pieces(&[0, usize::MAX]);
                assert_eq!(in_pieces(&[0, 1, 2, 3, 10, 57, 120, 299, 900]), whole);
            }
        }
    }
}

fn decay(rate: f64) -> Vec<f64> {
    (0..=50).map(|k| 60.0 * f64::powi(rate, k)).collect()
}

fn chart(losses: &[&[f64]], log: bool) -> String {
    let curve = |(at, loss): (usize, &&'static [f64])| Curve {
        loss,
        pace: Pace::Updates,
        look: &LOOKS[at],
        kind: loss_chart::Kind::Plain,
    };
    let losses: Vec<&'static [f64]> = losses.iter().map(|loss| &*loss.to_vec().leak()).collect();
    let curves: Vec<_> = losses.iter().enumerate().map(curve).collect();
    let size = [380.0, 190.0];
    let axes = Chart::fit(size, &STYLE, &curves, 0.0, 50, log, "updates");
    drawn(size, |pen| {
        loss_chart::draw_base(pen, &axes, &STYLE)?;
        loss_chart::draw_ahead(pen, &axes, &STYLE, &curves, 0)?;
        for curve in &curves {
            loss_chart::draw_curve(pen, &axes, &STYLE, curve, 0, 21)?;
        }
        loss_chart::draw_cursor(pen, &axes, &STYLE, &curves, 21, Some(33))
    })
}

#[test]
fn a_run_that_diverges_leaves_the_other_curves_as_they_are() {
    let (slow, fast) = (decay(0.8), decay(0.5));
    for log in [true, false] {
        let alone = elements(&chart(&[&slow, &fast], log));
        for bad in [decay(2.5), decay(1e6), vec![60.0, 1e300, f64::NAN], vec![f64::NAN; 9]] {
            let mut together = elements(&chart(&[&slow, &fast, &bad], log));
            for element in &alone {
                let at = together.binary_search(element).expect(element);
                together.remove(at);
            }
        }
        // Nor does it leave the chart: what is cut, is cut a little beyond its frame.
        let svg = chart(&[&slow, &fast, &decay(1e6)], log);
        for [px, py] in Picture::of(&svg).inked() {
            assert!((0.0..380.0).contains(&px) && (0.0..190.0).contains(&py), "{px} {py}");
        }
    }
}

#[test]
fn no_label_is_cut_by_the_edge() {
    let corners = [[0.6, 0.7], [9.4, 9.3], [0.6, 9.3], [9.4, 0.7]];
    let windows = [
        Window::new(-3.0, 11.0, -2.2, 2.2),
        Window::new(1e6, 1.000002e6, -1e-9, 1e-9),
        Window::new(-12345.6, -12345.5, 1e120, 3e120),
        Window::new(0.123456789, 0.12345679, -5.0, 5e9),
    ];
    for style in [STYLE, Style::present(&Theme::LIGHT)] {
        for (at, window) in windows.into_iter().enumerate() {
            let frame = Frame { window, width: 390.0, height: 300.0 };
            let svg = drawn([390.0, 300.0], |pen| {
                axes::draw(pen, &frame, &style)?;
                let [x, y] = corners[at];
                let start = frame.to_data([39.0 * x, 30.0 * y]);
                marks::draw_start(pen, &frame, &style, start, "start, drag me")
            });
            for [px, py] in Picture::of(&svg).inked() {
                assert!((0.0..390.0).contains(&px) && (0.0..300.0).contains(&py), "{px} {py}");
            }
        }
    }
    for losses in [decay(0.9), decay(1e-9), vec![1e-200, 2e-200], vec![3e7; 9], vec![]] {
        for log in [true, false] {
            for [px, py] in Picture::of(&chart(&[&losses], log)).inked() {
                assert!((0.0..380.0).contains(&px) && (0.0..190.0).contains(&py), "{px} {py}");
            }
        }
    }
}

#[test]
fn charts_on_logarithmic_axes_keep_within_their_size() {
    let alphas = [1e-4, 1e-3, 1e-2, 0.5];
    let values =
        [[1e-3, 1e-2, 1.0, f64::NAN], [1e-4, 1e-3, 0.1, 3e9], [1e-30; 4], [0.0, -1.0, 1e300, 2.0]];
    let names = ["m = 1", "m = 10", "m = n = 2000", "m = 3"];
    let series: Vec<_> = (values.iter().zip(names))
        .map(|(values, name)| Series { alphas: &alphas, values, label: name.to_owned() })
        .collect();
    let marks = [[1e-4, 1e-3], [0.5, 1e300], [0.0, 0.0]];
    let marks = marks.map(|[alpha, value]| Mark { alpha, value, look: &LOOKS[1] });
    let losses = [decay(0.9), decay(0.5)];
    for style in [STYLE, Style::present(&Theme::LIGHT)] {
        for [width, height] in [[440.0, 190.0], [300.0, 150.0]] {
            let noise = |series: &[Series<'_>]| {
                let axes = noise_chart::Chart::fit([width, height], &style, series, &marks);
                drawn([width, height], |pen| noise_chart::draw(pen, &axes, &style, series, &marks))
            };
            let pace = |batch| Pace::Evaluations { examples: 2000, batch };
            let curve = |at: usize, batch, kind| Curve {
                loss: &losses[at],
                pace: pace(batch),
                look: &LOOKS[at],
                kind,
            };
            let curves = [
                curve(0, 2000, loss_chart::Kind::Plain),
                curve(1, 1, loss_chart::Kind::Average),
                curve(0, 1, loss_chart::Kind::Batch),
            ];
            let axes = Chart::fit([width, height], &style, &curves, 0.0, 50, true, "evaluations");
            let loss = drawn([width, height], |pen| {
                loss_chart::draw_base(pen, &axes, &style)?;
                loss_chart::draw_ahead(pen, &axes, &style, &curves, 0)?;
                loss_chart::draw_cursor(pen, &axes, &style, &curves, 21, Some(33))
            });
            for svg in [noise(&series), noise(&series[2..3]), noise(&[]), loss] {
                for [px, py] in Picture::of(&svg).inked() {
                    let inside = (0.0..width).contains(&px) && (0.0..height).contains(&py);
                    assert!(inside, "{px} {py} of {width} by {height}");
                }
            }
        }
    }
}

#[test]
fn an_average_drawn_step_by_step_has_no_gap() {
    let points: Vec<[f64; 2]> = (0..=150)
        .map(|k| f64::from(k) * 0.02)
        .map(|t| [1.0 + 2.7 * t, 5.0 + 3.0 * (1.5 * t).sin()])
        .collect();
    let ink = Theme::LIGHT.ink;
    for steps in [1, 7] {
        let svg = drawn([200.0, 200.0], |pen| {
            (0..150).step_by(steps).try_for_each(|from| {
                average::draw(pen, &FRAME, &STYLE, &LOOKS[0], &points, from, from + steps)
            })
        });
        let picture = Picture::of(&svg);
        for &point in &points {
            let at = FRAME.to_pixel(point).map(|px| (px + MARGIN) as usize);
            let [r, g, b, _] = picture.pixels[at[1] * picture.width + at[0]];
            let off = r.abs_diff(ink.0).max(g.abs_diff(ink.1)).max(b.abs_diff(ink.2));
            assert!(off < 40, "{point:?} {steps} {off}");
        }
    }
}

#[test]
fn nothing_that_a_link_can_say_stops_the_pen() {
    let sizes = [1e-139, 1e-9, 1.0, 1e9, 1e139];
    let points = [[0.0, 0.0], [1e308, -1e308], [f64::NAN, 1.0], [-1e-308, f64::INFINITY]];
    for size in sizes {
        let window = Window::new(-size, size, -2.0 * size, size);
        let frame = Frame { window, width: 300.0, height: 200.0 };
        let runs = [0, 1, 2, 3, 9].map(|step| Head {
            trail: Trail { points: &points, gd_steps: &points, look: &LOOKS[2] },
            step,
            velocity: Some([1e308, -1e308]),
        });
        drawn([300.0, 200.0], |pen| {
            axes::draw(pen, &frame, &STYLE)?;
            marks::draw_minima(pen, &frame, &STYLE, &points)?;
            marks::draw_start(pen, &frame, &STYLE, points[1], "start")?;
            for head in &runs {
                paths::draw(pen, &frame, &STYLE, &head.trail, 0, head.step)?;
                marks::draw_head(pen, &frame, &STYLE, head)?;
            }
            for point in points {
                marks::draw_hover(pen, &frame, &STYLE, point, points[1])?;
                marks::draw_step(pen, &frame, &STYLE, &runs[0].trail, 2)?;
                average::draw_head(pen, &frame, &STYLE, &LOOKS[1], point)?;
                let fan = Fan { at: point, examples: &points, batch: points[1], risk: points[3] };
                fan::draw(pen, &frame, &STYLE, &LOOKS[1], &fan)?;
            }
            average::draw(pen, &frame, &STYLE, &LOOKS[2], &points, 0, 1)?;
            average::draw(pen, &frame, &STYLE, &LOOKS[2], &points, 1, 9)?;
            let examples = Scatter { examples: &points, lit: &[1, 9], chosen: Some(9) };
            scatter::draw(pen, &frame, &STYLE, &examples)?;
            for f in [|x: f64| 1e300 * x, |_| f64::NAN, |x| 1.0 / x] {
                let ink = STYLE.line(Theme::LIGHT.ink, 1.8);
                scatter::draw_curve(pen, &frame, ink, LOOKS[2].dash, f)?;
                scatter::draw_residuals(pen, &frame, ink, &points, f)?;
            }
            cloud::draw_points(pen, &frame, &STYLE, &LOOKS[1], &points)?;
            cloud::draw_walks(pen, &frame, &STYLE, &LOOKS[1], [&points[..]], 0, 9)?;
            for spread in [cloud::spread(&points), cloud::spread(&points[..1])] {
                let spread = spread.expect("two of the points are finite");
                cloud::draw_spread(pen, &frame, &STYLE, &LOOKS[1], &spread)?;
            }
            Ok(())
        });
    }
}

#[test]
fn whatever_a_link_asks_for_becomes_a_picture() {
    let links = [
        "",
        "f=1/x+sqrt(y)&step=3&palette=cividis",
        "f=ln(x)-1e300*y^2&gd.alpha=10",
        "f=0*x&start=1e9,-1e9",
        "f=sqrt(0-1-x^2)",
        "window=-1e9,1e9,-1e9,1e9&theme=dark&present=yes",
        "surface=plateau&window=0,1e-8,0,1e-8&arrows=yes&velocity=yes",
        "runs=&chart=linear",
        "gd.alpha=10&momentum.alpha=10&steps=5000&chart=linear&by=evaluations",
        "problem=mean&gd2.average=all&batchloss=yes&ensemble=50&theme=dark",
        "problem=mean&ensemble=40&cloud=paths&isolines=yes&fan=yes&layout=overlay&by=epochs",
        "problem=linear&data=1,1;1,1;1,1&gd2.batch=2&chart=linear",
        "problem=logistic&data.noise=0&gd2.average=exponential&by=evaluations&present=yes",
        "problem=linear&data=1e9,-1e9&gd.alpha=10&fan=yes&gd2.average=half",
        "loss=1e300*(y - w*x)^2&gd2.batch=7&step=3&isolines=yes",
        "loss=0*w&step=1&fan=yes",
        "loss=ln(w)&start=-1,0&ensemble=5",
        "problem=tanh&runs=",
    ];
    for link in links {
        let (experiment, faults) = link::read(link);
        assert!(faults.is_empty(), "{faults:?}");
        let pictures = [
            (Part::Plot, [300.0, 200.0]),
            (Part::Plot, [9.0, 3.0]),
            (Part::Loss, [300.0, 200.0]),
            (Part::Loss, [9.0, 3.0]),
        ]
        .map(|(part, size)| Figure::new(&experiment, part).draw(SvgDocument::new(size)));
        for svg in pictures {
            // The field's bytes may spell anything.
            let drawn = svg.lines().filter(|line| !line.starts_with("<image"));
            assert!(
                !drawn.clone().any(|line| line.contains("NaN") || line.contains("inf")),
                "{link}"
            );
            assert!(figure::png(&svg, 0.5).is_ok(), "{link}");
        }
    }
}

#[test]
fn text_of_the_user_stays_text() {
    let title = "</title><script>alert(1)</script>&\"'\u{0}";
    let svg = figure::document([10.0, 10.0], Theme::LIGHT.paper, title, "");
    assert!(!svg.contains("<script") && svg.contains("&lt;script"));
    assert!(figure::png(&svg, 1.0).is_ok());
    assert!(figure::png("<svg", 1.0).is_err() && figure::png(&svg, 1e9).is_err());
}
