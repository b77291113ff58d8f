//! Nets under the hand: layers and features, points that are drawn, tables that are pasted.

use serde_json::json;
use thirtyfour::Key;

use super::{LINK, assert_native, labels, place_of, rows, seen, settled, undo};
use crate::harness::browse;

#[test]
fn layers_units_and_features_are_typed_and_clicked_and_undone() {
    browse(LINK, async |page| {
        settled(page).await;
        let hidden = async || page.model().await["net"]["hidden"].clone();
        page.set("#net-layers", "5,3").await;
        assert_native(page).await;
        assert_eq!(hidden().await, json!([5, 3]));
        for nonsense in ["5,x", "17", "1,1,1,1,1,1,1", "", "-2"] {
            page.set("#net-layers", nonsense).await;
            page.painted().await;
            assert!(!page.text("#net-layers-fault").await.is_empty(), "{nonsense} is taken");
            assert_eq!(
                page.eval::<String>("document.getElementById('net-layers').ariaInvalid").await,
                "true"
            );
            assert_eq!(hidden().await, json!([5, 3]));
        }
        page.click("#layer-more").await;
        settled(page).await;
        assert_eq!(hidden().await, json!([5, 3, 3]));
        assert_eq!(page.text("#net-layers-fault").await, "");
        page.click("#net-heads > :nth-child(1) button:last-child").await;
        settled(page).await;
        page.click("#net-heads > :nth-child(3) button:first-child").await;
        settled(page).await;
        assert_eq!(hidden().await, json!([6, 3, 2]));
        let value: String = page.eval("document.getElementById('net-layers').value").await;
        assert_eq!(value, "6,3,2");
        page.click("#layer-less").await;
        settled(page).await;
        assert_eq!(hidden().await, json!([6, 3]));

        // Every node has a name, and the net another input.
        let nodes = labels(page, "#net-nodes button").await;
        assert_eq!(nodes.len(), 2 + 6 + 3 + 1);
        assert!(nodes.iter().all(|name| !name.is_empty()), "{nodes:?}");
        page.click("#net-features button:nth-child(3)").await;
        settled(page).await;
        assert_native(page).await;
        assert!(page.link().await.contains("features=x1,x2,x1x1"), "{}", page.link().await);
        assert_eq!(labels(page, "#net-nodes button").await.len(), 3 + 6 + 3 + 1);
        for _ in 0..2 {
            undo(page).await;
        }
        assert_eq!(hidden().await, json!([6, 3, 2]));
        // Without hidden layers, and without the last feature.
        page.set("#net-layers", "none").await;
        settled(page).await;
        assert!(page.eval::<bool>("document.getElementById('layer-less').disabled").await);
        for _ in 0..2 {
            page.click("#net-features [aria-pressed=true]").await;
            settled(page).await;
        }
        assert_native(page).await;
        assert_eq!(labels(page, "#net-nodes .input").await.len(), 1);
    });
}

#[test]
fn points_are_drawn_moved_and_removed_on_a_panel_and_undone() {
    browse("net=4&data.shape=gauss&data.n=20&runs=gd,momentum&step=10", async |page| {
        let before = assert_native(page).await;
        let made_up = rows(page).await;
        page.click("#data-edit").await;
        page.click("#net-brush button:nth-child(2)").await;
        page.painted().await;
        let [left, top, width, height] = page.rectangle("#net1-plot").await;
        // A corner that the two clouds leave free.
        let [dx, dy] = page
            .call::<[f64; 2]>(
                "const [width, height] = arguments;
             const { lab } = ravine;
             for (const x of [0.1, 0.2, 0.3, 0.7, 0.8, 0.9]) for (const y of [0.1, 0.2, 0.8, 0.9]) {
                 const near = [-30, 0, 30].some((dx) => [-30, 0, 30].some((dy) =>
                     lab.data_hit(x * width + dx, y * height + dy) >= 0));
                 if (!near) return [Math.round(x * width), Math.round(y * height)];
             }
             return [-1, -1];",
                json!([width, height]),
            )
            .await;
        assert!(dx > 0.0, "there is no free place");
        let place = [left + dx, top + dy];
        page.click_at(place).await;
        assert_native(page).await;
        let drawn = rows(page).await;
        assert_eq!(drawn.len(), 21);
        assert!(drawn[20].ends_with(",1"), "{}", drawn[20]);
        assert_eq!(page.text("#data-count").await, "n\u{202f}=\u{202f}21");
        let [x, y] = place_of(page, 20).await;
        assert!((x - place[0]).abs() < 1.0 && (y - place[1]).abs() < 1.0, "{x}, {y}: {place:?}");

        page.drag(&[place, [place[0] + 9.0, place[1]], [place[0] + 20.0, place[1] + 14.0]]).await;
        assert_native(page).await;
        let [x, y] = place_of(page, 20).await;
        assert!((x - place[0] - 20.0).abs() < 1.5 && (y - place[1] - 14.0).abs() < 1.5, "{x}, {y}");
        let moved = rows(page).await;
        assert_eq!(moved.len(), 21);
        page.right_click_at([x, y]).await;
        assert_native(page).await;
        assert_eq!(rows(page).await.len(), 20);
        undo(page).await;
        assert_eq!(rows(page).await, moved);
        undo(page).await;
        assert_eq!(rows(page).await, drawn);
        undo(page).await;
        assert_eq!(rows(page).await, made_up);
        assert_eq!(assert_native(page).await, before);

        // By keys.
        page.focus("#net2-plot").await;
        page.press(&[], Key::Right).await;
        page.painted().await;
        assert!(page.text("#spoken").await.contains(" at ("), "{}", page.text("#spoken").await);
        page.press(&[Key::Shift], Key::Up).await;
        page.press(&[], Key::Enter).await;
        assert_native(page).await;
        assert_eq!(rows(page).await.len(), 21);
        page.press(&[], Key::Delete).await;
        assert_native(page).await;
        assert_eq!(rows(page).await.len(), 20);
        page.click("#data-open").await;
        page.wait_for("document.querySelector('#data-list:popover-open')?.style.visibility === ''")
            .await;
        page.click("#data-generate").await;
        settled(page).await;
        assert_eq!(rows(page).await, made_up);
    });
}

#[test]
fn a_pasted_table_of_three_columns_and_words_is_learnt_in_classes() {
    let row = |at: usize| {
        let kind = ["cat", "dog", "owl"][at % 3];
        format!("{},{},{},{kind}", at, (at * 7) % 5, (at % 3) as f64 - 0.5)
    };
    let table: Vec<String> = (0..24).map(row).collect();
    let table = format!("size,age,mass,kind\n{}", table.join("\n"));
    browse(LINK, async |page| {
        settled(page).await;
        page.give_text("#net1-plot", "paste", &table).await;
        page.wait_for("document.getElementById('table').open").await;
        let summary = page.table_summary().await;
        assert_eq!(summary, "24 rows; x is age, mass; y is kind, as classes");
        // The first column counts the rows: it is left out until it is wanted.
        page.click("#table-inputs label:nth-child(1) input").await;
        let summary = page.table_summary().await;
        assert_eq!(summary, "24 rows; x is size, age, mass; y is kind, as classes");
        page.take_table().await;
        assert_native(page).await;
        let model = page.model().await;
        assert_eq!((&model["data"]["own"], &model["data"]["count"]), (&json!(true), &json!(24)));
        assert_eq!(model["net"]["features"], json!([]));
        // Three inputs, 4 and 2 units, three outputs.
        assert_eq!(labels(page, "#net-nodes button").await.len(), 3 + 4 + 2 + 3);
        assert!(seen(page, "net1-field").await[0] > 10);
        // What cannot be drawn on is said, not done.
        let [x, y] = page.middle("#net1-plot").await;
        if page.ask::<i32>("lab.data_hit(5, 5)").await < 0 {
            page.click("#data-edit").await;
            let [left, top, ..] = page.rectangle("#net1-plot").await;
            page.click_at([left + 5.0, top + 5.0]).await;
            page.painted().await;
            assert_eq!(rows(page).await.len(), 24);
        }
        page.move_to([x, y]).await;
        page.reload().await;
        assert_native(page).await;
        assert_eq!(rows(page).await.len(), 24);
        page.change("data.values", "yes").await;
        assert_native(page).await;
        assert_eq!(labels(page, "#net-nodes button").await.len(), 3 + 4 + 2 + 1);
    });
}
