//! The Network lab: the net's picture under the hand and the keyboard, and what is told beside it.

use serde_json::{Value, json};
use thirtyfour::Key;

use super::minibatches::open_tab;
use crate::harness::{Page, browse};

const NET: &str = "net=4,2&step=20";

/// What a screen reader says of the element with the focus.
async fn focused(page: &Page) -> String {
    page.eval("document.activeElement.getAttribute('aria-label') ?? ''").await
}

#[test]
fn arrow_keys_go_from_unit_to_unit_and_enter_chooses_one() {
    browse(NET, async |page| {
        page.focus(".node").await;
        assert_eq!(focused(page).await, "Input x₁");
        for key in [Key::Right, Key::Down, Key::Down, Key::Right] {
            page.press(&[], key).await;
        }
        assert_eq!(focused(page).await, "Unit 2 of hidden layer 2");
        page.press(&[], Key::Enter).await;
        page.change("deck", "weights").await;
        assert_eq!(page.text("#unit-title").await, "Into unit 2 of hidden layer 2");
        // Only one of them is on the way of the Tab key.
        let stops: u64 =
            page.eval("document.querySelectorAll('.node[tabindex=\"0\"]').length").await;
        assert_eq!(stops, 1);
    });
}

#[test]
fn a_weight_is_set_by_hand_at_the_step_that_is_shown() {
    browse("net=4,2&step=20&deck=weights", async |page| {
        page.set("#unit-rows input", "1.5").await;
        page.painted().await;
        let rows = &page.live().await["net"]["unit"]["rows"];
        assert_eq!(rows[0]["text"], "1.5");
        page.wait_for("location.hash.includes('hand=20,w1.1.1,1.5')").await;
        page.set("#unit-rows input", "many").await;
        let invalid: String = page
            .eval("document.querySelector('#unit-rows input').getAttribute('aria-invalid')")
            .await;
        assert_eq!(invalid, "true");
    });
}

#[test]
fn layers_are_typed_and_a_fault_is_told_below_them() {
    browse(NET, async |page| {
        page.set("#net-layers", "4,99").await;
        assert!(page.text("#net-layers-fault").await.contains("16 units"));
        assert_eq!(page.model().await["net"]["hidden"], json!([4, 2]));
        page.set("#net-layers", "3").await;
        page.painted().await;
        assert_eq!(page.text("#net-layers-fault").await, "");
        assert_eq!(page.model().await["net"]["hidden"], json!([3]));
        page.click("[aria-label='One unit more in layer 1']").await;
        page.painted().await;
        assert_eq!(page.model().await["net"]["hidden"], json!([4]));
        assert_eq!(focused(page).await, "One unit more in layer 1");
    });
}

#[test]
fn a_click_on_any_panel_draws_an_example_of_the_chosen_class() {
    browse(NET, async |page| {
        let count = async || page.model().await["data"]["count"].as_u64().unwrap();
        let before = count().await;
        page.click("#data-edit").await;
        page.click("#net-brush > :nth-child(2)").await;
        page.painted().await;
        let [left, top, ..] = page.rectangle("#net2-plot").await;
        page.click_at([left + 12.0, top + 12.0]).await;
        page.painted().await;
        assert_eq!(count().await, before + 1);
        page.wait_for("document.getElementById('spoken').textContent.includes('class 1')").await;
    });
}

#[test]
fn nodes_show_what_they_compute_once_they_are_drawn() {
    browse(NET, async |page| {
        page.painted().await;
        let blank: Vec<Value> = page
            .eval(
                "[...document.querySelectorAll('.node')].filter((node) => {
                     const pen = node.firstChild.getContext('2d');
                     const { data } = pen.getImageData(0, 0, 20, 20);
                     return !data.some((byte, at) => at % 4 < 3 && byte !== data[at % 4]);
                 }).map((node) => node.ariaLabel)",
            )
            .await;
        assert!(blank.is_empty(), "{blank:?}");
    });
}

#[test]
fn brackets_go_through_the_passes() {
    browse(NET, async |page| {
        page.press(&[], ']').await;
        page.press(&[], ']').await;
        page.painted().await;
        assert!(page.text("#pass-place").await.starts_with("3 of"));
        page.press(&[], '[').await;
        page.painted().await;
        assert!(page.text("#pass-place").await.starts_with("2 of"));
        let units = "document.querySelectorAll('.node.lit').length";
        assert_eq!(page.eval::<u64>(units).await, 2);
    });
}

#[test]
fn the_buttons_of_the_data_are_where_the_data_are() {
    browse(NET, async |page| {
        let seen = "['data-open', 'data-own'].every((id) => document.getElementById(id).checkVisibility())";
        for lab in ["minibatches", "network"] {
            open_tab(page, lab).await;
            assert!(page.eval::<bool>(seen).await, "{lab}");
        }
        assert_eq!(page.text("#tick").await, "epoch");
        open_tab(page, "surface").await;
        assert_eq!(page.text("#tick").await, "step");
    });
}
