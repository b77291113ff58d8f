//! The data plot in the hand: examples are added, moved and removed, and the risk follows.

use ravine::labs::Lab as _;
use ravine::labs::planar::PlanarLab;
use serde_json::json;
use thirtyfour::Key;

use crate::harness::{Page, Screen, browse};

const LINK: &str = "problem=linear&data.n=12&step=30";

/// Whether the page shows what its link walks natively, and the data are the user's.
async fn assert_own(page: &Page, count: usize) {
    page.painted().await;
    let model = page.model().await;
    assert_eq!(model["data"]["own"], true);
    assert_eq!(model["data"]["count"], count);
    assert_eq!(page.text("#data-count").await, format!("n\u{202f}=\u{202f}{count}"));
    let link: String = page.ask("lab.link()").await;
    assert!(link.contains("data="), "{link}");
    let native = PlanarLab::new(&link);
    assert!(native.faults().is_empty(), "{:?}", native.faults());
    assert_eq!(page.ask::<String>("lab.fingerprint()").await, native.fingerprint(), "{link}");
}

/// Waits until the address holds the present state: then what follows is another step to undo.
async fn settled(page: &Page) {
    page.wait_for("location.hash.slice(1) === ravine.lab.link()").await;
}

/// A place of the data plot that is far from every example: of a grid the farthest.
async fn empty_place(page: &Page) -> [f64; 2] {
    let [left, top, width, height] = page.rectangle("#data-plot").await;
    let mut places = Vec::new();
    for index in 0..page.examples().await.len() {
        places.push(page.place_of_example(index).await);
    }
    let reach = |at: &[f64; 2]| {
        let far = places.iter().map(|place| (place[0] - at[0]).hypot(place[1] - at[1]));
        far.fold(f64::INFINITY, f64::min)
    };
    let grid = (1..10).flat_map(|column| (1..6).map(move |row| [column, row]));
    let place = grid
        .map(|[column, row]| {
            [left + width * f64::from(column) / 10.0, top + height * f64::from(row) / 6.0]
        })
        .max_by(|a, b| reach(a).total_cmp(&reach(b)))
        .unwrap();
    assert!(reach(&place) > 25.0, "the data plot is too full for this test");
    place.map(f64::round)
}

#[test]
fn the_mouse_adds_moves_and_removes_examples_and_undo_brings_them_back() {
    browse(LINK, async |page| {
        let generated = page.examples().await;
        let before: String = page.ask("lab.fingerprint()").await;

        page.click("#data-edit").await;
        let place = empty_place(page).await;
        page.click_at(place).await;
        assert_own(page, 13).await;
        let [x, y] = page.place_of_example(12).await;
        assert!(
            (x - place[0]).abs() < 1.0 && (y - place[1]).abs() < 1.0,
            "added at {x}, {y} for {place:?}"
        );
        assert_ne!(page.ask::<String>("lab.fingerprint()").await, before);
        settled(page).await;

        // It goes along with the hand, also over others.
        let [dx, dy] = [40.0, 25.0];
        page.drag(&[place, [place[0] + 9.0, place[1]], [place[0] + dx, place[1] + dy]]).await;
        assert_own(page, 13).await;
        let [x, y] = page.place_of_example(12).await;
        let off = [x - place[0] - dx, y - place[1] - dy];
        assert!(off.iter().all(|off| off.abs() < 1.5), "moved to {x}, {y}");
        settled(page).await;
        let moved = page.examples().await;

        // A right click and a double click remove.
        let place = page.place_of_example(12).await;
        page.right_click_at(place).await;
        assert_own(page, 12).await;
        settled(page).await;
        let first = page.place_of_example(0).await;
        page.click_at(first).await;
        page.click_at(first).await;
        assert_own(page, 11).await;
        settled(page).await;

        for expected in [12, 13] {
            page.press(&[Key::Control], 'z').await;
            assert_own(page, expected).await;
        }
        assert_eq!(page.examples().await, moved);
        page.press(&[Key::Control], 'z').await;
        page.press(&[Key::Control], 'z').await;
        page.painted().await;
        assert_eq!(page.examples().await, generated);
        assert_eq!(page.model().await["data"]["own"], false);
        assert_eq!(page.ask::<String>("lab.fingerprint()").await, before);
        assert_eq!(page.step().await, 30);
    });
}

#[test]
fn outside_of_editing_a_click_reads_and_nothing_is_written() {
    for (link, plot) in [(LINK, "#data-plot"), ("net=4&data.n=12&step=3", "#net1-plot")] {
        browse(link, async |page| {
            let data = async || -> String { page.ask("lab.data_text()").await };
            let before = data().await;
            let [left, top, width, height] = page.rectangle(plot).await;
            for part in [0.05, 0.3, 0.5, 0.7, 0.95] {
                let place = [left + part * width, top + 0.5 * height];
                page.click_at(place).await;
                page.click_at(place).await;
                page.right_click_at(place).await;
                page.drag(&[place, [place[0] + 9.0, place[1]], [place[0] + 30.0, place[1]]]).await;
            }
            page.painted().await;
            assert_eq!(data().await, before, "{plot}");
            assert_eq!(page.model().await["data"]["own"], false);
            // It is switched on where it is seen, and off by itself in another lab.
            page.click("#data-edit").await;
            page.click_at([left + 0.05 * width, top + 0.05 * height]).await;
            page.painted().await;
            assert_eq!(page.model().await["data"]["own"], true);
            page.press(&[Key::Control], 'z').await;
            page.painted().await;
            assert_eq!(data().await, before, "{plot}");
            page.click("#labs button").await;
            page.painted().await;
            let pressed = "document.getElementById('data-edit').ariaPressed";
            assert_eq!(page.eval::<String>(pressed).await, "false");
        });
    }
}

#[test]
fn a_finger_adds_moves_and_removes_examples() {
    browse(LINK, async |page| {
        page.screen(Screen::PHONE).await;
        page.open(LINK).await;
        page.click("#data-edit").await;
        // In the middle, where nothing lies over it.
        page.call::<()>(
            "document.getElementById('data-plot').scrollIntoView({ block: 'center', behavior: 'instant' });",
            json!([]),
        )
        .await;
        let [x, y] = empty_place(page).await;
        page.touch(&[vec![[x, y]]]).await;
        assert_own(page, 13).await;
        let dragged = [vec![[x, y]], vec![[x + 8.0, y + 4.0]], vec![[x + 30.0, y + 20.0]]];
        page.touch(&dragged).await;
        assert_own(page, 13).await;
        let [px, py] = page.place_of_example(12).await;
        assert!((px - x - 30.0).abs() < 2.0 && (py - y - 20.0).abs() < 2.0, "{px}, {py}");
        // Two taps on it remove it.
        page.touch(&[vec![[px, py]]]).await;
        page.touch(&[vec![[px, py]]]).await;
        assert_own(page, 12).await;
    });
}

#[test]
fn keys_choose_move_add_and_remove_examples_and_say_so() {
    browse(LINK, async |page| {
        let before = page.examples().await;
        let spoken = async || {
            page.painted().await;
            page.text("#spoken").await
        };
        page.focus("#data-plot").await;
        page.press(&[], Key::Right).await;
        assert!(spoken().await.starts_with("Example 1 of 12 at ("), "{}", spoken().await);
        page.press(&[], Key::Left).await;
        assert!(spoken().await.starts_with("Example 12 of 12 at ("), "{}", spoken().await);
        page.press(&[], Key::Right).await;
        page.press(&[], Key::Right).await;
        assert!(spoken().await.starts_with("Example 2 of 12"));

        page.press(&[Key::Shift], Key::Up).await;
        page.press(&[], Key::Delete).await;
        page.painted().await;
        assert_eq!(page.examples().await, before);
        assert!(page.notes().await[0].contains("switch on “Edit data”"));
        page.click("#data-edit").await;
        page.focus("#data-plot").await;
        page.press(&[Key::Shift], Key::Up).await;
        page.press(&[Key::Shift], Key::Right).await;
        assert_own(page, 12).await;
        let [[x, y], [px, py]] = [page.examples().await[1], before[1]];
        assert!(x > px && y > py, "({px}, {py}) has become ({x}, {y})");
        assert!(spoken().await.starts_with("Example 2 of 12 at ("));

        page.press(&[], Key::Enter).await;
        assert_own(page, 13).await;
        assert!(spoken().await.starts_with("Example 13 of 13"), "{}", spoken().await);
        page.press(&[], '+').await;
        assert_own(page, 14).await;
        page.press(&[], Key::Delete).await;
        page.press(&[], Key::Backspace).await;
        assert_own(page, 12).await;
        assert!(spoken().await.starts_with("Example 12 of 12"), "{}", spoken().await);
        // The last one stays: a risk needs data.
        for _ in 0..14 {
            page.press(&[], Key::Delete).await;
        }
        assert_own(page, 1).await;
    });
}

#[test]
fn generate_goes_back_to_generated_data() {
    browse(LINK, async |page| {
        let generated = page.examples().await;
        let hidden = "document.getElementById('data-generate').hidden";
        assert!(page.eval::<bool>(hidden).await);
        page.click("#data-edit").await;
        let place = empty_place(page).await;
        page.click_at(place).await;
        assert_own(page, 13).await;
        assert!(!page.eval::<bool>(hidden).await);
        assert_eq!(page.text("#data-title").await, "Your data");
        // One's own data have no generator: only what is done to them is left to set.
        let dials = "JSON.parse(ravine.lab.model()).data.dials.map(({ key }) => key)";
        assert_eq!(page.eval::<Vec<String>>(dials).await, ["data.standardise", "data.first"]);
        page.click("#data-open").await;
        page.wait_for("document.querySelector('#data-list:popover-open')?.style.visibility === ''")
            .await;
        page.click("#data-generate").await;
        page.painted().await;
        assert_eq!(page.examples().await, generated);
        assert!(page.eval::<bool>(hidden).await);
        assert!(page.eval::<Vec<String>>(dials).await.len() > 5);
    });
}

#[test]
fn standardising_x_is_said_with_its_condition_number() {
    browse("problem=linear&data.center=3&step=20", async |page| {
        let condition = |sentence: &str| -> f64 {
            let rest =
                sentence.strip_prefix("Condition number ").unwrap_or_else(|| panic!("{sentence}"));
            let number: String =
                rest.chars().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
            number.trim_end_matches('.').parse().unwrap()
        };
        let unscaled = page.text("#data-sentence").await;
        assert!(condition(&unscaled) > 20.0, "{unscaled}");
        assert!(unscaled.contains("Standardised, it would be 1."), "{unscaled}");
        page.click("#data-open").await;
        page.wait_for("document.querySelector('#data-list:popover-open')?.style.visibility === ''")
            .await;
        page.click("#data-list input[type=checkbox]").await;
        page.painted().await;
        let scaled = page.text("#data-sentence").await;
        assert!(condition(&scaled) < 1.01, "{scaled}");
        page.wait_for("location.hash.includes('data.standardise=yes')").await;
        // What it would be is what it was.
        let was = unscaled.split(':').next().unwrap().trim_start_matches("Condition number ");
        assert!(scaled.contains(&format!("it would be {was}")), "{scaled}");
    });
}

#[test]
fn each_offer_for_far_off_data_makes_the_runs_converge_and_undo_takes_it_back() {
    let rows = "160,55;165,58;170,64;174,70;180,76;183,84;190,90";
    browse(&format!("problem=linear&data={rows}&step=20"), async |page| {
        let before: String = page.ask("lab.link()").await;
        let reason = page.text("#data-unstable").await;
        assert!(reason.contains("far from standardised"), "{reason}");
        assert!(reason.contains("GD has α = 0.1 and is stable below"), "{reason}");
        for (offer, key) in [("standardise", "data.standardise=yes"), ("alpha", "gd.alpha=")] {
            page.click(&format!("#data-unstable [data-offer={offer}]")).await;
            page.painted().await;
            let hidden = "document.getElementById('data-unstable').hidden";
            assert!(page.eval::<bool>(hidden).await, "{offer}");
            settled(page).await;
            let link: String = page.ask("lab.link()").await;
            assert!(link.contains(key), "{link}");
            let mut native = PlanarLab::new(&link);
            native.settle();
            assert_eq!(native.unstable(), None, "{link}");
            assert_eq!(page.ask::<String>("lab.fingerprint()").await, native.fingerprint());
            page.press(&[Key::Control], 'z').await;
            page.painted().await;
            assert_eq!(page.ask::<String>("lab.link()").await, before);
            assert_eq!(page.text("#data-unstable").await, reason);
            settled(page).await;
        }
    });
}

#[test]
fn hovering_an_example_reads_it_with_its_loss_and_gradient() {
    browse(LINK, async |page| {
        let place = page.place_of_example(4).await;
        page.move_to(place).await;
        page.wait_for("!document.getElementById('data-readout').hidden").await;
        let rows: Vec<String> = page
            .eval("[...document.querySelectorAll('#data-readout dt')].map((dt) => dt.textContent)")
            .await;
        assert_eq!(rows, ["example", "x", "y", "L", "∇L"]);
        assert_eq!(page.text("#data-readout dd").await, "5");
        page.move_to([place[0], 5.0]).await;
        page.wait_for("document.getElementById('data-readout').hidden").await;
    });
}
