//! A sample of each mark, drawn by what draws it in the pictures.

use plotters_backend::DrawingBackend;

use super::Mark;
use crate::analysis::net_trial::End;
use crate::math::window::Window;
use crate::network::{Activation, Architecture, Output};
use crate::view::fan::{self, Fan};
use crate::view::guess;
use crate::view::hill::lines;
use crate::view::isolines::{self, Isoline};
use crate::view::labelled::{self, Labelled};
use crate::view::loss_chart::{self, Chart, Curve, Kind, Pace};
use crate::view::loss_functions;
use crate::view::marks::{self, Head};
use crate::view::memory::{self, Memory};
use crate::view::net::{self, Layout};
use crate::view::noise_chart::{self, Series};
use crate::view::scatter::{self, Scatter};
use crate::view::slopes;
use crate::view::stroke::Stroke;
use crate::view::{
    Drawn, Frame, Ink, LOOKS, Palette, Pen, Style, Trail, alpha_beta_chart, alpha_chart, average,
    axes, basins, classes, cloud, paths, starts_chart, swarm, trial_map,
};

/// Width and height of a sample in px.
pub const SIZE: [f64; 2] = [52.0, 26.0];

const FRAME: Frame =
    Frame { window: Window::new(0.0, SIZE[0], 0.0, SIZE[1]), width: SIZE[0], height: SIZE[1] };
const MIDDLE: [f64; 2] = [0.5 * SIZE[0], 0.5 * SIZE[1]];
/// From the left to the right.
const WALK: [[f64; 2]; 3] = [[5.0, 5.0], [26.0, 20.0], [47.0, 8.0]];
/// A curve with a lowest place.
const DIP: [[f64; 2]; 4] = [[4.0, 5.0], [30.0, 17.0], [38.0, 17.0], [47.0, 3.0]];
const LINE: [[f64; 2]; 2] = [[4.0, 13.0], [48.0, 13.0]];
/// A gradient that is seen as an arrow.
const PULL: [f64; 2] = [34.0, 0.0];
const FROM: [f64; 2] = [9.0, 13.0];

impl Mark {
    /// Draws the sample, [`SIZE`] px large.
    ///
    /// # Errors
    /// The backend's.
    pub fn draw<DB: DrawingBackend>(self, pen: &mut Pen<'_, DB>, style: &Style) -> Drawn<DB> {
        let frame = &FRAME;
        let look = &LOOKS[1];
        let trail = |points: &'static [[f64; 2]], gd_steps: &'static [[f64; 2]]| Trail {
            points,
            gd_steps,
            look,
        };
        let head = |points: &'static [[f64; 2]], step, velocity| Head {
            trail: trail(points, &[]),
            step,
            velocity,
        };
        let labelled = |classes: usize, hollow: bool| Labelled {
            points: if classes == 1 { &[MIDDLE] } else { &[[16.0, 13.0], [36.0, 13.0]] },
            y: if classes == 0 { &[-1.0, 1.0] } else { &[0.0, 1.0] },
            classes,
            limit: 1.0,
            hollow,
            lit: &[],
            chosen: None,
        };
        match self {
            Self::Axes => axes::draw(pen, frame, style),
            Self::Isoline => isolines::draw(pen, frame, style, &[isoline()]),
            Self::BatchIsoline => {
                isolines::draw_in(pen, frame, style, &[isoline()], look.color(style.theme))
            }
            Self::Minimum => marks::draw_minima(pen, frame, style, &[MIDDLE]),
            Self::Basin => {
                basins::draw_minima(pen, frame, style, &[[14.0, 13.0], [26.0, 13.0], [38.0, 13.0]])
            }
            Self::BatchMinimum => {
                marks::draw_minima_in(pen, frame, style, &[MIDDLE], look.color(style.theme))
            }
            Self::Guess => {
                guess::draw_ghost(pen, style, look.color(style.theme), FROM, Some([48.0, 13.0]))
            }
            Self::Choice => {
                guess::draw_directions(pen, style, [2.0, 13.0], &[([1.0, 0.0], "A")], 24.0, None)
            }
            Self::Start => marks::draw_start(pen, frame, style, MIDDLE, ""),
            Self::Path => paths::draw(pen, frame, style, &trail(&WALK, &[]), 0, 2),
            Self::Hidden => {
                lines::draw_hidden(&mut pen.of(self), frame, &WALK, paths::ink(look, style))
            }
            Self::Shadow => pen.of(self).polyline(&WALK, lines::shadow(look, style)),
            Self::GdStep => paths::draw_gd_step(pen, frame, style, FROM, PULL),
            Self::Head => marks::draw_head(pen, frame, style, &head(&[MIDDLE], 0, None)),
            Self::Outside => {
                let gone = head(&[MIDDLE, [300.0, 13.0]], 1, None);
                marks::draw_head(pen, frame, style, &gone)
            }
            Self::Ended => marks::draw_head(pen, frame, style, &head(&[MIDDLE], 1, None)),
            Self::Velocity => marks::draw_velocity(pen, frame, style, look, FROM, PULL),
            Self::Slope => slopes::draw_spokes(pen, frame, style, look, MIDDLE, [1.0, 0.4], 11.0),
            Self::Memory => {
                let parts = vec![[14.0, 5.0], [12.0, -9.0], [10.0, 6.0]];
                let memory = Memory { parts, rest: [0.0; 2], beta: 0.8 };
                memory::draw_chain(pen, frame, style, look, &memory, [[5.0, 3.0], [47.0, 23.0]])
            }
            Self::Step => marks::draw_step(pen, frame, style, &trail(&[MIDDLE], &[]), 0),
            Self::Average => average::draw(pen, frame, style, look, &WALK, 0, 2),
            Self::AverageHead => average::draw_head(pen, frame, style, look, MIDDLE),
            Self::Seed => {
                let points = [[16.0, 10.0], [22.0, 17.0], [30.0, 9.0], [37.0, 15.0]];
                cloud::draw_points(pen, frame, style, look, &points)
            }
            Self::Walk => cloud::draw_walks(pen, frame, style, look, [&WALK[..]; 6], 0, 2),
            Self::Spread => {
                let spread = cloud::Spread { mean: MIDDLE, covariance: [90.0, 0.0, 22.0] };
                cloud::draw_spread(pen, frame, style, look, &spread)
            }
            Self::Swarm => {
                let edge = [[4.0, 3.0], [48.0, 3.0], [48.0, 23.0], [4.0, 23.0], [4.0, 3.0]];
                swarm::draw_edge(pen, frame, style, look, &edge)?;
                let pen = &mut pen.of(self);
                for (x, y, alpha) in [(15.0, 14.0, 0.35), (22.0, 11.0, 0.6), (27.0, 13.0, 1.0)] {
                    let fill = Ink { alpha, ..Ink::from(look.color(style.theme)) };
                    pen.disc([x, y], 2.0 * style.weight, fill)?;
                }
                Ok(())
            }
            Self::ExamplePull | Self::RiskPull | Self::BatchPull => {
                let none = [0.0; 2];
                let examples: &[[f64; 2]] = if self == Self::ExamplePull { &[PULL] } else { &[] };
                let risk = if self == Self::RiskPull { PULL } else { none };
                let batch = if self == Self::BatchPull { PULL } else { none };
                fan::draw(pen, frame, style, look, &Fan { at: FROM, examples, batch, risk })
            }
            Self::Hover => marks::draw_hover(pen, frame, style, FROM, [1.0, 0.0]),
            Self::Example => scatter::draw_examples(pen, frame, style, &[MIDDLE]),
            Self::Waiting => scatter::draw_waiting(pen, frame, style, &[MIDDLE]),
            Self::Batch | Self::Chosen => {
                let (lit, chosen): (&[u32], _) = match self {
                    Self::Batch => (&[0], None),
                    _ => (&[], Some(0)),
                };
                scatter::draw_lit(pen, frame, style, &Scatter { examples: &[MIDDLE], lit, chosen })
            }
            Self::Model => {
                scatter::draw_curve(pen, frame, paths::ink(look, style), look.dash, |_| 13.0)
            }
            Self::PastModel => scatter::draw_past(pen, frame, style, look, |_| 13.0),
            Self::Residual => {
                let ink = style.line(look.color(style.theme), 1.0);
                scatter::draw_residuals(pen, frame, ink, &[[26.0, 4.0]], |_| 22.0)
            }
            Self::Class => labelled::draw_examples(pen, frame, style, &labelled(2, false)),
            Self::Value => labelled::draw_examples(pen, frame, style, &labelled(0, false)),
            Self::Test => labelled::draw_examples(pen, frame, style, &labelled(2, true)),
            Self::Region => {
                let theme = style.theme;
                let pen = &mut pen.of(self);
                for class in 0..2 {
                    let left = 26.0 * class as f64;
                    let corners =
                        [[left, 0.0], [left + 26.0, 0.0], [left + 26.0, 26.0], [left, 26.0]];
                    pen.polygon(&corners, classes::tint(theme, class, 1.0))?;
                }
                Ok(())
            }
            Self::Unit => {
                let pen = &mut pen.of(self);
                for piece in 0..20 {
                    let left = 16.0 + f64::from(piece);
                    let value = f64::from(piece) / 9.5 - 1.0;
                    let corners =
                        [[left, 3.0], [left + 1.0, 3.0], [left + 1.0, 23.0], [left, 23.0]];
                    pen.polygon(&corners, classes::diverging(style.theme, value))?;
                }
                Ok(())
            }
            Self::Weight => {
                net::draw_weight(pen, &[[4.0, 8.0], [48.0, 8.0]], -2.0, style, 20.0)?;
                net::draw_weight(pen, &[[4.0, 18.0], [48.0, 18.0]], 5.0, style, 20.0)
            }
            Self::ZeroWeight => net::draw_weight(pen, &LINE, 0.0, style, 20.0),
            Self::LostWeight => net::draw_weight(pen, &LINE, f64::NAN, style, 20.0),
            Self::Focus => net::draw_focused(pen, &LINE, 3.0, style, 20.0),
            Self::Bias => {
                net::draw_bias(pen, [16.0, 13.0], 3.5, -1.0, style, false)?;
                net::draw_bias(pen, [36.0, 13.0], 3.5, 1.0, style, false)
            }
            Self::Node | Self::LitNode => {
                let Ok(unit) = Architecture::new(1, &[], Activation::Tanh, Output::Linear(1))
                else {
                    return Ok(());
                };
                let mut layout = Layout::of(&unit, SIZE, style);
                layout.half = 8.0;
                layout.columns = vec![vec![], vec![MIDDLE]];
                let lit: &[(usize, usize)] = if self == Self::LitNode { &[(0, 0)] } else { &[] };
                if lit.is_empty() {
                    return net::draw_rims(pen, &layout, style, lit);
                }
                net::draw_lit(pen, &layout, style, lit)
            }
            Self::Loss | Self::AverageLoss | Self::BatchLoss | Self::TestLoss => {
                let kind = match self {
                    Self::AverageLoss => Kind::Average,
                    Self::BatchLoss => Kind::Batch,
                    Self::TestLoss => Kind::Test,
                    _ => Kind::Plain,
                };
                let curve = Curve { loss: &[2.0, 1.0, 0.6, 0.9], pace: Pace::Updates, look, kind };
                loss_chart::draw_curve(pen, &chart(style, &curve), style, &curve, 0, 3)
            }
            Self::LossFunction | Self::LossPoint | Self::LossSlope => {
                let chart = loss_functions::Chart::fit(SIZE, style, [-2.0, 2.0], 1.0);
                let chart = chart.placed([3.0, 3.0], [46.0, 20.0]);
                let value = |x: f64| 0.25 * (x - 2.0) * (x - 2.0);
                match self {
                    Self::LossFunction => {
                        let color = look.color(style.theme);
                        let name = String::new();
                        let curve =
                            loss_functions::Curve { value: &value, name, color, is_own: true };
                        loss_functions::draw_curve(pen, &chart, style, &curve)
                    }
                    Self::LossPoint => {
                        look.marker.draw(&mut pen.of(self), MIDDLE, 4.8, look.color(style.theme))
                    }
                    _ => pen.of(self).polyline(
                        &[[8.0, 6.0], [44.0, 20.0]],
                        style.line(look.color(style.theme), 2.0),
                    ),
                }
            }
            Self::Now | Self::Pointed => {
                let curve =
                    Curve { loss: &[2.0, 1.0, 1.5], pace: Pace::Updates, look, kind: Kind::Plain };
                let chart = chart(style, &curve);
                if self == Self::Now {
                    return loss_chart::draw_now(pen, &chart, style, &[curve], 1);
                }
                loss_chart::draw_pointed(pen, &chart, style, &[curve], 1)
            }
            Self::StartShare => pen.of(self).polyline(
                &[[4.0, 23.0], [20.0, 20.0], [30.0, 6.0], [48.0, 4.0]],
                paths::ink(look, style),
            ),
            Self::OwnStart => starts_chart::draw_own(pen, MIDDLE, style, look),
            Self::EndLoss => pen.of(self).polyline(&DIP, paths::ink(look, style)),
            Self::EndBand => {
                let lower = DIP.iter().rev().map(|[x, y]| [*x, y + 6.0]);
                let corners: Vec<_> = DIP.iter().copied().chain(lower).collect();
                let fill = Ink { alpha: 0.16, ..Ink::from(look.color(style.theme)) };
                pen.of(self).polygon(&corners, fill)
            }
            Self::Factor => {
                let pen = &mut pen.of(self);
                for band in 0..4 {
                    let [left, right] = [0.0, 1.0].map(|by| 13.0 * (f64::from(band) + by));
                    let corners = [[left, 3.0], [right, 3.0], [right, 23.0], [left, 23.0]];
                    let share = 0.1 + 0.2 * f64::from(band);
                    pen.polygon(&corners, Palette::Quiet.color(style.theme, share))?;
                }
                Ok(())
            }
            Self::Trainability => {
                let pen = &mut pen.of(self);
                let pieces: [(f64, Option<usize>); 6] = [
                    (1e-4, None),
                    (0.3, None),
                    (0.999, None),
                    (1.0, None),
                    (1e4, None),
                    (f64::INFINITY, Some(4)),
                ];
                for (piece, (loss, diverged)) in pieces.into_iter().enumerate() {
                    let [left, right] = [0, 1].map(|by| 52.0 / 6.0 * (piece + by) as f64);
                    let corners = [[left, 3.0], [right, 3.0], [right, 23.0], [left, 23.0]];
                    let end = End { start: 1.0, loss, diverged };
                    pen.polygon(&corners, trial_map::color_of(style.theme, &end, 10))?;
                }
                Ok(())
            }
            Self::EqualRoots => {
                let ink = style.line(style.theme.ink, 1.2);
                let mut stroke = Stroke::new(frame, alpha_beta_chart::DASH, ink);
                let pen = &mut pen.of(self);
                stroke.draw(pen, LINE[0], LINE[1])?;
                stroke.lift(pen)
            }
            Self::Fastest => alpha_beta_chart::draw_fastest(pen, MIDDLE, style),
            Self::OwnDials => alpha_chart::draw_mark(pen, MIDDLE, style, look),
            Self::Ball => {
                let series =
                    Series { alphas: &[0.1, 1.0], values: &[0.1, 1.0], label: String::new() };
                noise_chart::draw_series(pen, &ball_chart(style, &series), style, &[series])
            }
            Self::BallOfRun => {
                let pixel = MIDDLE;
                noise_chart::draw_mark(pen, pixel, style, look)
            }
        }
    }
}

fn isoline() -> Isoline {
    let around = (0..=40).map(|k| {
        let (sin, cos) = libm::sincos(std::f64::consts::TAU * f64::from(k) / 40.0);
        [0.5 + 0.44 * cos, 0.5 + 0.4 * sin]
    });
    Isoline { level: 0, points: around.collect() }
}

/// A chart without labels round its frame.
fn chart(style: &Style, curve: &Curve<'_>) -> Chart {
    let steps = curve.loss.len() - 1;
    let chart = Chart::fit(SIZE, style, std::slice::from_ref(curve), 0.0, steps, false, "");
    chart.placed([3.0, 6.0], [46.0, 14.0])
}

fn ball_chart(style: &Style, series: &Series<'_>) -> noise_chart::Chart {
    let chart = noise_chart::Chart::fit(SIZE, style, std::slice::from_ref(series), &[]);
    chart.placed([3.0, 4.0], [46.0, 18.0])
}
