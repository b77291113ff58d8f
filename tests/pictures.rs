use ravine::figure::{self, Losses, Plot};
use ravine::view::marks::Head;
use ravine::view::*;
use ravine::window::Window;

#[test]
#[ignore]
fn look() {
    let gd: Vec<[f64; 2]> =
        (0..=50i32).map(|k| [10.0 * 0.905f64.powi(k), (-0.9f64).powi(k)]).collect();
    let mut mom = vec![[10.0, 1.0]];
    let (mut v, mut p) = ([0.0, 0.0], [10.0f64, 1.0]);
    for _ in 0..50 {
        v = [0.5 * v[0] + p[0], 0.5 * v[1] + 20.0 * p[1]];
        p = [p[0] - 0.095 * v[0], p[1] - 0.095 * v[1]];
        mom.push(p);
    }
    let f = |[x, y]: [f64; 2]| 0.5 * (x * x + 20.0 * y * y);
    let losses = [&gd, &mom].map(|path| path.iter().map(|&p| f(p)).collect::<Vec<_>>());
    let frame = Frame { window: Window::new(-3.0, 11.0, -2.2, 2.2), width: 920.0, height: 690.0 };
    let field = Field::sample(frame.window, 400, 300, |xs, ys, out| {
        for (r, y) in ys.iter().enumerate() {
            for (c, x) in xs.iter().enumerate() {
                out[r * xs.len() + c] = f([*x, *y]);
            }
        }
    });
    for (name, theme) in [("light", &Theme::LIGHT), ("dark", &Theme::DARK)] {
        let style = Style::page(theme);
        let runs: Vec<_> = [&gd, &mom]
            .iter()
            .enumerate()
            .map(|(i, path)| Head {
                trail: Trail { points: path, gd_steps: &[], look: &LOOKS[i] },
                step: 21,
                velocity: None,
            })
            .collect();
        let plot = Plot {
            frame,
            style,
            palette: Palette::Quiet,
            field: &field,
            floor: Some(0.0),
            minima: &[[0.0, 0.0]],
            start: Some([10.0, 1.0]),
            runs: &runs,
        };
        let svg = plot.svg("A <title>");
        std::fs::write(format!("/tmp/view-{name}.svg"), &svg).unwrap();
        std::fs::write(format!("/tmp/view-{name}.png"), figure::png(&svg, 1.0).unwrap()).unwrap();
        let curves: Vec<_> = losses
            .iter()
            .enumerate()
            .map(|(i, loss)| Curve { loss, per_step: 1.0, look: &LOOKS[i] })
            .collect();
        let chart = Losses {
            size: [440.0, 220.0],
            style,
            curves: &curves,
            floor: 0.0,
            steps: 50,
            step: 21,
            log: true,
            unit: "updates",
        };
        std::fs::write(
            format!("/tmp/view-loss-{name}.png"),
            figure::png(&chart.svg("Loss"), 2.0).unwrap(),
        )
        .unwrap();
    }
}
