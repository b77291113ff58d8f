//! The hill in the hand: it is turned, the start is dragged on it, and what is read on it is marked on
//! the plot.

use ravine::labs::planar::PlanarLab;
use ravine::labs::{Hand as _, Lab as _, Picture};
use ravine::view::hill::Hill;
use serde_json::{Value, json};
use thirtyfour::Key;

use crate::harness::{PIXELS_OF, Page, Screen, browse};
use crate::network::surveyed;

/// The lab of the page as it is now, on a plot of the same size.
async fn native(page: &Page) -> PlanarLab {
    let link: String = page.ask("lab.link()").await;
    let frame = page.frame().await;
    let mut lab = PlanarLab::new(&link);
    lab.set_size(Picture::Plot, [frame.width, frame.height]);
    lab.settle();
    lab
}

/// Where on the screen a point of the plane is seen on the hill of a plot.
async fn place_on_hill(page: &Page, plot: &str, point: [f64; 2]) -> [f64; 2] {
    let lab = native(page).await;
    let (terrain, projection) = (lab.terrain(), lab.projection());
    let hill = Hill { terrain: &terrain, projection: &projection, window: lab.frame().window };
    let [left, top, ..] = page.rectangle(plot).await;
    let [x, y] = hill.spot(point).unwrap().pixel;
    [left + x, top + y]
}

fn near([ax, ay]: [f64; 2], [bx, by]: [f64; 2], within: f64) -> bool {
    (ax - bx).abs() <= within && (ay - by).abs() <= within
}

/// A number of the link, behind a key.
async fn of_link(page: &Page, key: &str) -> Option<f64> {
    let link: String = page.ask("lab.link()").await;
    link.split('&').find_map(|part| part.strip_prefix(key)?.strip_prefix('=')?.parse().ok())
}

/// Waits until the hill is drawn as finely as it will be.
async fn wait_for_rest(page: &Page) {
    page.wait_for(
        "(({ width, clientWidth }) => width === Math.round(clientWidth * devicePixelRatio))
            (document.getElementById('plot-axes'))",
    )
    .await;
    // On a screen of one pixel to the px the size does not tell.
    page.wait_for("!ravine.lab.draw()").await;
    page.painted().await;
}

#[test]
fn a_drag_and_the_arrow_keys_turn_it_and_undo_turns_it_back() {
    browse("step=20", async |page| {
        page.click("#hill").await;
        page.painted().await;
        assert_eq!(page.ask::<String>("lab.link()").await, "view=hill&step=20&scene=ravine");
        // What follows within half a second would be one change with it.
        page.wait_for("location.hash.includes('view=hill')").await;
        let paths = page.picture_of("plot-paths").await;
        let [x, y] = page.middle("#plot").await;
        let from = [x, y + 220.0];
        page.drag(&[from, [from[0] + 50.0, from[1]], [from[0] + 100.0, from[1] - 30.0]]).await;
        page.painted().await;
        assert_eq!(of_link(page, "turn").await, Some(-75.0));
        assert_eq!(of_link(page, "tilt").await, Some(30.0));
        assert_ne!(page.picture_of("plot-paths").await, paths);
        assert_eq!(of_link(page, "start").await, None, "a drag is no click");
        page.wait_for("location.hash.includes('turn=-75')").await;
        page.click("#undo").await;
        page.painted().await;
        assert_eq!(of_link(page, "turn").await, None);

        page.focus("#plot").await;
        for (held, key, turn, tilt) in [
            (&[][..], Key::Right, Some(-40.0), None),
            (&[Key::Shift][..], Key::Left, Some(-25.0), None),
            (&[][..], Key::Down, Some(-25.0), Some(47.0)),
            (&[][..], Key::Up, Some(-25.0), None),
        ] {
            page.press(held, key).await;
            page.painted().await;
            assert_eq!((of_link(page, "turn").await, of_link(page, "tilt").await), (turn, tilt));
        }
        page.press(&[], '+').await;
        page.painted().await;
        assert_eq!(of_link(page, "zoom").await, Some(1.25));
        page.press(&[], 'h').await;
        page.painted().await;
        assert_eq!(page.ask::<Value>("JSON.parse(lab.model()).plots[0].hill").await, false);
    });
}

#[test]
fn the_start_is_dragged_on_the_surface_and_the_paths_follow() {
    browse("surface=himmelblau&view=hill&step=12", async |page| {
        let home = place_on_hill(page, "#plot", page.start_point().await).await;
        let point = [1.5, -1.0];
        let away = place_on_hill(page, "#plot", point).await;
        page.move_to(home).await;
        page.wait_for("document.getElementById('plot').dataset.over === 'start'").await;
        let before: String = page.ask("lab.fingerprint()").await;
        page.drag(&[home, [home[0] + 10.0, home[1]], away]).await;
        page.painted().await;
        let start = page.start_point().await;
        assert!(near(start, point, 0.1), "{start:?}");
        let after: String = page.ask("lab.fingerprint()").await;
        assert!(before != after && after == native(page).await.fingerprint());
        // It did not turn.
        assert_eq!(of_link(page, "turn").await, None);
        // A click puts it elsewhere.
        let place = place_on_hill(page, "#plot", [-1.0, 1.0]).await;
        page.click_at(place).await;
        page.painted().await;
        let start = page.start_point().await;
        assert!(near(start, [-1.0, 1.0], 0.1), "{start:?}");
    });
}

#[test]
fn what_is_read_on_the_hill_is_marked_on_the_plot() {
    browse("surface=himmelblau&view=both&step=12", async |page| {
        assert_eq!(page.model().await["plots"].as_array().unwrap().len(), 2);
        let point = [-1.0, 1.0];
        let around = async || -> Vec<u8> {
            let [x, y] = page.frame().await.to_pixel(point);
            page.call(
                &format!(
                    "{PIXELS_OF}
                     const [x, y] = [...arguments].map(Math.round);
                     const {{ data, width }} = pixelsOf('plot-heads');
                     return [...data.slice(4 * (y * width + x - 6), 4 * (y * width + x + 6))];"
                ),
                json!([x, y]),
            )
            .await
        };
        wait_for_rest(page).await;
        let before = around().await;
        let place = place_on_hill(page, "#plot2", point).await;
        page.move_to(place.map(f64::round)).await;
        page.wait_for("!document.getElementById('plot2-readout').hidden").await;
        page.painted().await;
        assert_ne!(around().await, before, "nothing is marked on the plot");
        let rows: Vec<f64> = page
            .eval(
                "[...document.querySelectorAll('#plot2-readout dd')].slice(0, 2)
                    .map((cell) => Number(cell.textContent.replace('−', '-')))",
            )
            .await;
        assert!(near([rows[0], rows[1]], point, 0.1), "{rows:?}");
    });
}

#[test]
fn from_straight_above_it_is_the_plot_to_the_last_pixel() {
    browse("step=20&paused=yes", async |page| {
        let layers = ["plot-field", "plot-axes", "plot-paths", "plot-heads"];
        let mut flat = Vec::new();
        for layer in layers {
            flat.push(page.picture_of(layer).await);
        }
        page.click("#hill").await;
        page.painted().await;
        assert_ne!(page.picture_of("plot-field").await, flat[0]);
        page.change("tilt", "90").await;
        page.change("turn", "0").await;
        for (layer, flat) in layers.into_iter().zip(flat) {
            assert!(page.picture_of(layer).await == flat, "{layer} is another");
        }
    });
}

#[test]
fn where_starts_lead_and_the_swarm_lie_on_it() {
    browse("surface=himmelblau&runs=gd&gd.alpha=0.01&steps=30&view=hill&step=10", async |page| {
        page.rests().await;
        wait_for_rest(page).await;
        let bare = page.picture_of("plot-axes").await;
        page.change("map", "basins").await;
        page.rests().await;
        wait_for_rest(page).await;
        let colored = page.picture_of("plot-axes").await;
        assert!(bare != colored, "the surface has the colours that it had");
        let without = page.picture_of("plot-cloud").await;
        page.change("swarm", "grid").await;
        page.rests().await;
        wait_for_rest(page).await;
        let at_ten = page.picture_of("plot-cloud").await;
        assert!(without != at_ten, "no swarm");
        page.press(&[], Key::End).await;
        page.rests().await;
        wait_for_rest(page).await;
        assert!(page.picture_of("plot-cloud").await != at_ten, "the swarm stands");
        assert!(page.picture_of("plot-axes").await == colored, "the surface is another");
    });
}

#[test]
fn it_rests_sharp_and_does_not_turn_by_itself() {
    browse("", async |page| {
        for ratio in [1.0, 2.0, 3.0] {
            page.screen(Screen { ratio, ..Screen::DESKTOP }).await;
            page.prefer(&[("prefers-reduced-motion", "reduce")]).await;
            page.open("view=hill&surface=camel&steps=40").await;
            wait_for_rest(page).await;
            let picture = page.picture_of("plot-axes").await;
            page.ask::<Value>("(lab.play(), page.moved(), null)").await;
            page.wait_for("JSON.parse(ravine.lab.live()).step > 3").await;
            assert!(page.picture_of("plot-axes").await == picture, "the surface has moved");
            assert_eq!(of_link(page, "turn").await, None);
        }
    });
}

#[test]
fn a_finger_turns_it_and_two_go_nearer() {
    browse("view=hill&step=20", async |page| {
        page.screen(Screen::PHONE).await;
        page.open("view=hill&step=20").await;
        let [x, y] = page.middle("#plot").await;
        let at = |dx: f64, dy: f64| vec![[x + dx, y + 60.0 + dy]];
        page.touch(&[at(0.0, 0.0), at(20.0, 0.0), at(50.0, 0.0)]).await;
        page.painted().await;
        assert_eq!(of_link(page, "turn").await, Some(-55.0));
        let apart = |far: f64| vec![[x - far, y], [x + far, y]];
        page.touch(&[apart(30.0), apart(45.0), apart(60.0)]).await;
        page.painted().await;
        let zoom = of_link(page, "zoom").await.unwrap();
        assert!((zoom - 2.0).abs() < 0.05, "{zoom}");
        assert_eq!(page.eval::<f64>("scrollY").await, 0.0, "the page was scrolled");
    });
}

#[test]
fn the_loss_surface_of_nets_is_turned_too() {
    browse("net=4,2&deck=surface&view=hill&step=40", async |page| {
        surveyed(page).await;
        let before = page.picture_of("land-paths").await;
        page.focus("#land").await;
        page.press(&[], Key::Right).await;
        page.painted().await;
        assert_eq!(of_link(page, "turn").await, Some(-40.0));
        let [x, y] = page.middle("#land").await;
        page.drag(&[[x, y], [x - 50.0, y + 20.0]]).await;
        page.painted().await;
        assert_eq!(of_link(page, "turn").await, Some(-20.0));
        assert_eq!(of_link(page, "tilt").await, Some(50.0));
        assert_ne!(page.picture_of("land-paths").await, before);
    });
}
