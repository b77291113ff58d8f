//! The plot in the hand: the start, the window, what there is to read.

use ravine::labs::Lab as _;
use ravine::labs::planar::PlanarLab;
use ravine::math::number::digits;
use serde_json::{Value, json};
use thirtyfour::Key;

use crate::harness::{PIXELS_OF, Page, Screen, browse};

const LINK: &str = "surface=himmelblau&step=12";

fn near([ax, ay]: [f64; 2], [bx, by]: [f64; 2], within: f64) -> bool {
    (ax - bx).abs() <= within && (ay - by).abs() <= within
}

async fn fingerprint(page: &Page) -> String {
    page.ask("lab.fingerprint()").await
}

#[test]
fn the_start_is_dragged_clicked_and_moved_by_keys_with_the_paths_following() {
    browse(LINK, async |page| {
        let span = page.frame().await.window.width();
        let pixel = span / page.frame().await.width;
        let [home, away] = [page.place_of([0.0, -0.5]).await, page.place_of([2.0, 3.0]).await];

        // Dragging: the paths follow while the button is down.
        let between = [(home[0] + away[0]) / 2.0, (home[1] + away[1]) / 2.0];
        page.move_to(home).await;
        page.wait_for("document.getElementById('plot').dataset.over === 'start'").await;
        let mut prints = vec![fingerprint(page).await];
        page.drag(&[home, between]).await;
        page.painted().await;
        prints.push(fingerprint(page).await);
        page.drag(&[between, away]).await;
        page.painted().await;
        prints.push(fingerprint(page).await);
        assert!(prints[0] != prints[1] && prints[1] != prints[2], "{prints:?}");
        let start = page.start_point().await;
        assert!(near(start, [2.0, 3.0], 2.0 * pixel), "{start:?}");
        // What is shown is what the link walks natively.
        let link: String = page.ask("lab.link()").await;
        assert_eq!(PlanarLab::new(&link).fingerprint(), prints[2], "{link}");
        assert_eq!(page.step().await, 12);

        // A click puts it elsewhere.
        let place = page.place_of([-2.0, 1.0]).await;
        page.click_at(place).await;
        let start = page.start_point().await;
        assert!(near(start, [-2.0, 1.0], 2.0 * pixel), "{start:?}");

        // Arrow keys: four pixels, with Shift forty.
        page.focus("#plot").await;
        for (held, key, [right, up]) in [
            (&[][..], Key::Right, [4.0, 0.0]),
            (&[][..], Key::Up, [0.0, 4.0]),
            (&[Key::Shift][..], Key::Left, [-40.0, 0.0]),
            (&[Key::Shift][..], Key::Down, [0.0, -40.0]),
        ] {
            let [x, y] = page.place_of(page.start_point().await).await;
            page.press(held, key).await;
            let now = page.place_of(page.start_point().await).await;
            assert!(near(now, [x + right, y - up], 0.1), "{now:?} from {x}, {y}");
        }
    });
}

#[test]
fn the_wheel_and_keys_zoom_about_a_point_that_stays() {
    browse(LINK, async |page| {
        let [left, top, width, height] = page.rectangle("#plot").await;
        // A wheel knows whole pixels only.
        let place = [left + 0.7 * width, top + 0.2 * height].map(f64::round);
        for down in [-240.0, 120.0, -600.0, 900.0] {
            let (before, span) = (page.point_at(place).await, page.frame().await.window.width());
            page.wheel(place, down).await;
            page.wait_for(&format!(
                "(([l, r]) => Math.abs((r - l) / {span} - Math.exp({down} * 0.0015)) < 1e-3)
                    (JSON.parse(ravine.lab.model()).surface.window)"
            ))
            .await;
            let (after, span) = (page.point_at(place).await, page.frame().await.window.width());
            assert!(near(after, before, 1e-4 * span), "{before:?} has become {after:?}");
        }
        let middle = [left + width / 2.0, top + height / 2.0];
        page.focus("#plot").await;
        for (key, factor) in [('+', 1.25), ('-', 0.8), ('-', 0.8)] {
            let (before, span) = (page.point_at(middle).await, page.frame().await.window.width());
            page.press(&[], key).await;
            let now = page.frame().await.window.width();
            assert!((span / now - factor).abs() < 1e-3, "{key}: from {span} to {now}");
            assert!(near(page.point_at(middle).await, before, 1e-4 * now));
        }
        // As far in and out as there is: the window stays one that f64 tells apart.
        for down in [-4000.0, 8000.0] {
            for _ in 0..12 {
                page.wheel(place, down).await;
            }
            page.painted().await;
            let window = page.frame().await.window;
            assert!(window.width() > 0.0 && window.width().is_finite(), "{window:?}");
        }
    });
}

#[test]
fn a_drag_pans_and_fit_shows_everything_again() {
    browse(LINK, async |page| {
        let [left, top, width, height] = page.rectangle("#plot").await;
        let from = [left + 0.2 * width, top + 0.8 * height];
        let to = [from[0] + 150.0, from[1] - 90.0];
        let start = page.start_point().await;
        for fit in ["button", "key"] {
            let before = page.point_at(from).await;
            page.drag(&[from, [from[0] + 20.0, from[1]], to]).await;
            page.painted().await;
            let span = page.frame().await.window.width();
            let after = page.point_at(to).await;
            assert!(near(after, before, 1e-3 * span), "{before:?} has become {after:?}");
            assert_eq!(page.start_point().await, start, "a drag is no click");

            page.change("window", "100,101,100,101").await;
            match fit {
                "button" => page.click("#fit").await,
                _ => page.press(&[], 'f').await,
            }
            page.painted().await;
            let link: String = page.ask("lab.link()").await;
            let lab = PlanarLab::new(&link);
            let frame = page.frame().await;
            let points = lab.paths().iter().flat_map(|path| &path.theta);
            for point in points.chain(lab.objective().minima()) {
                assert!(frame.holds(frame.to_pixel(*point), 0.0), "{point:?} is not in {frame:?}");
            }
        }
    });
}

#[test]
fn two_fingers_zoom_and_pan_and_one_finger_drags_the_start() {
    browse(LINK, async |page| {
        page.screen(Screen::PHONE).await;
        page.open(LINK).await;
        let [left, top, width, height] = page.rectangle("#plot").await;
        let [x, y] = [left + width / 2.0, top + height * 0.7];
        let fingers = |apart: f64, dx: f64| vec![[x - apart + dx, y], [x + apart + dx, y]];
        let (before, span) = (page.point_at([x, y]).await, page.frame().await.window.width());
        page.touch(&[fingers(30.0, 0.0), fingers(40.0, 0.0), fingers(60.0, 10.0)]).await;
        page.painted().await;
        let (now, after) = (page.frame().await.window.width(), page.point_at([x + 10.0, y]).await);
        assert!((span / now - 2.0).abs() < 0.05, "from {span} to {now}");
        assert!(near(after, before, 0.02 * span), "{before:?} has become {after:?}");

        page.open(LINK).await;
        let [home, away] = [page.place_of([0.0, -0.5]).await, page.place_of([2.0, 3.0]).await];
        page.touch(&[vec![home], vec![[home[0] + 9.0, home[1]]], vec![away]]).await;
        let start = page.start_point().await;
        assert!(near(start, [2.0, 3.0], 0.1), "{start:?}");
    });
}

#[test]
fn hovering_reads_the_surface_and_its_curvature() {
    browse(LINK, async |page| {
        let lab = PlanarLab::new(LINK);
        for point in [[2.0, 3.0], [-4.0, -2.5], [0.3, 0.1]] {
            let place = page.place_of(point).await.map(f64::round);
            page.move_to(place).await;
            page.wait_for("!document.getElementById('plot-readout').hidden").await;
            page.painted().await;
            let rows: Vec<(String, String)> = page
                .eval(
                    "[...document.querySelectorAll('#plot-readout dt')].map((label) =>
                        [label.textContent, label.nextElementSibling.textContent])",
                )
                .await;
            let [x, y] = page.point_at(place).await;
            let jet = lab.objective().hessian([x, y]);
            // Himmelblau's own derivatives.
            let [u, v] = [x * x + y - 11.0, x + y * y - 7.0];
            let [gx, gy] = [4.0 * x * u + 2.0 * v, 2.0 * u + 4.0 * y * v];
            let [a, b, d] =
                [4.0 * u + 8.0 * x * x + 2.0, 4.0 * (x + y), 4.0 * v + 8.0 * y * y + 2.0];
            let root = ((a - d) * (a - d) / 4.0 + b * b).sqrt();
            let number = |value: f64| digits(value, 4);
            let expected = [
                ("x", number(x)),
                ("y", number(y)),
                ("f", number(u * u + v * v)),
                ("∇f", format!("({}, {})", number(gx), number(gy))),
                ("|∇f|", number((gx * gx + gy * gy).sqrt())),
                (
                    "curvatures (eigenvalues of the Hessian)",
                    format!("{}, {}", number((a + d) / 2.0 - root), number((a + d) / 2.0 + root)),
                ),
            ];
            let expected = expected.map(|(label, value)| (label.to_owned(), value));
            assert_eq!(rows, expected);
            assert!((jet.value - (u * u + v * v)).abs() <= 1e-9 * jet.value);
        }
        page.move_to([5.0, 5.0]).await;
        page.wait_for("document.getElementById('plot-readout').hidden").await;
    });
}

#[test]
fn hovering_the_loss_chart_marks_the_same_step_on_the_paths() {
    browse("step=50", async |page| {
        let lab = PlanarLab::new("step=50");
        let [left, top, width, height] = page.rectangle("#chart").await;
        let around = |point: [f64; 2]| async move {
            let [x, y] = page.frame().await.to_pixel(point);
            page.call::<Vec<u8>>(
                &format!(
                    "{PIXELS_OF}
                     const [x, y] = [...arguments].map((at) => Math.round(at * devicePixelRatio));
                     const {{ data, width }} = pixelsOf('plot-heads');
                     const rows = [];
                     for (let row = y - 8; row < y + 8; row += 1) {{
                         rows.push(...data.slice(4 * (row * width + x - 8), 4 * (row * width + x + 8)));
                     }}
                     return rows;"
                ),
                json!([x, y]),
            )
            .await
        };
        // On GD's own zig-zag: nothing else is there at its first steps.
        let point = lab.paths()[0].theta[2];
        let before = around(point).await;
        let mut found = false;
        for px in 0..width as usize {
            let place = [left + px as f64, top + height / 2.0];
            let told: Value = page
                .call(
                    "return JSON.parse(ravine.lab.hover('chart', 0, ...arguments) || 'null');",
                    json!([px, height / 2.0]),
                )
                .await;
            if told["step"] != 2 {
                continue;
            }
            page.move_to(place).await;
            page.painted().await;
            let words = page.text("#chart-readout").await;
            let losses = [0, 1].map(|run: usize| digits(lab.paths()[run].loss[2], 3));
            assert_eq!(words, format!("step 2; GD: {}, Momentum: {}", losses[0], losses[1]));
            assert!(around(point).await != before, "nothing marks step 2 at {point:?}");
            found = true;
            break;
        }
        assert!(found, "no place of the chart is step 2");
        page.move_to([left + 5.0, top - 60.0]).await;
        page.painted().await;
        page.wait_for("document.getElementById('chart-readout').hidden").await;
        assert!(around(point).await == before, "the mark of step 2 stays");
        // A press goes there.
        page.click_at([left + width * 0.5, top + height / 2.0]).await;
        let step = page.step().await;
        assert!((10..40).contains(&step), "step {step}");
    });
}
