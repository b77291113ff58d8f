//! The Network lab: nets side by side, their picture, their numbers, the surface they walk on.

use ravine::desk::TABS;
use ravine::net_lab::{NetLab, PRESETS};
use serde_json::{Value, json};
use thirtyfour::Key;

use crate::harness::{PIXELS_OF, Page, browse};

const LINK: &str = "net=4,2&data.n=60&step=20";

/// The core is where its clock is.
async fn settled(page: &Page) {
    page.wait_for(
        "(({ step, net }) => net.reached === step)(JSON.parse(ravine.lab.live()))
         && location.hash.slice(1) === ravine.lab.link()",
    )
    .await;
    page.painted().await;
}

/// The page, its clock standing, has trained what its link trains natively, bit for bit.
async fn assert_native(page: &Page) -> String {
    if page.ask("lab.playing()").await {
        page.click("#play").await;
        page.wait_for("!ravine.lab.playing()").await;
    }
    settled(page).await;
    let link: String = page.ask("lab.link()").await;
    let mut native = NetLab::new(&link);
    assert_eq!(native.faults(), [], "{link}");
    native.settle();
    let print: String = page.ask("lab.fingerprint()").await;
    assert_eq!(print, native.fingerprint(), "{link}");
    print
}

/// How many colours a canvas has, up to a hundred, and a number that tells its pixels from others.
async fn seen(page: &Page, canvas: &str) -> [u64; 2] {
    page.painted().await;
    page.call(
        &format!(
            "{PIXELS_OF}
             const data = new Uint32Array(pixelsOf(arguments[0]).data.buffer);
             const colors = new Set();
             let sum = 0;
             for (const pixel of data) {{
                 if (colors.size < 100) colors.add(pixel);
                 sum = (sum * 31 + pixel) >>> 0;
             }}
             return [colors.size, sum];"
        ),
        json!([canvas]),
    )
    .await
}

async fn undo(page: &Page) {
    page.call::<()>("document.activeElement?.blur();", json!([])).await;
    page.press(&[Key::Control], 'z').await;
    settled(page).await;
}

/// The aria-labels and values of what a selector finds.
async fn labels(page: &Page, selector: &str) -> Vec<String> {
    page.call(
        "return [...document.querySelectorAll(arguments[0])].map((element) => element.ariaLabel ?? '');",
        json!([selector]),
    )
    .await
}

async fn is_seen(page: &Page, id: &str) -> bool {
    page.eval(&format!("document.getElementById('{id}').checkVisibility()")).await
}

async fn open_tab(page: &Page, lab: &str) {
    let index = TABS.iter().position(|(key, _)| *key == lab).unwrap();
    page.click(&format!("#labs > :nth-child({})", index + 1)).await;
    page.wait_for(&format!("JSON.parse(ravine.lab.model()).lab === '{lab}'")).await;
    page.painted().await;
}

#[test]
fn the_tab_opens_nets_that_play_and_each_lab_is_left_as_it_was() {
    browse("surface=booth&theme=dark&step=7", async |page| {
        let surface: String = page.ask("lab.fingerprint()").await;
        assert!(!is_seen(page, "nets").await);
        open_tab(page, "network").await;
        assert!(is_seen(page, "nets").await && !is_seen(page, "plot").await);
        assert!(page.ask::<String>("lab.link()").await.contains("theme=dark"), "one's own light");
        page.wait_for("JSON.parse(ravine.lab.live()).step > 3").await;
        assert!(page.ask::<bool>("lab.playing()").await);
        assert_native(page).await;
        page.change("gd.alpha", "0.3").await;
        let print = assert_native(page).await;
        let link = page.link().await;

        open_tab(page, "surface").await;
        page.wait_for("location.hash === '#surface=booth&theme=dark&step=7'").await;
        assert_eq!(page.ask::<String>("lab.fingerprint()").await, surface);
        assert!(seen(page, "plot-field").await[0] > 5 && seen(page, "chart-curves").await[0] > 5);
        open_tab(page, "network").await;
        settled(page).await;
        assert_eq!(page.link().await, link);
        assert_eq!(page.ask::<String>("lab.fingerprint()").await, print);
        open_tab(page, "minibatches").await;
        assert!(is_seen(page, "deck").await && !is_seen(page, "net-deck").await);
        open_tab(page, "network").await;
        assert_eq!(page.link().await.split('&').next(), Some("net=4,2"));
    });
}

#[test]
fn every_run_has_its_panel_and_each_is_painted_with_what_its_net_says() {
    browse(LINK, async |page| {
        settled(page).await;
        let panels = page.model().await["net"]["panels"].clone();
        assert_eq!(panels.as_array().unwrap().len(), 3);
        let mut pictures = Vec::new();
        for (at, name) in ["net1", "net2", "net3"].into_iter().enumerate() {
            assert!(is_seen(page, &format!("{name}-plot")).await);
            assert_eq!(page.text(&format!("#{name}-title")).await, panels[at]["title"]);
            let [colors, field] = seen(page, &format!("{name}-field")).await;
            assert!(colors > 10, "{name} has {colors} colours");
            assert!(seen(page, &format!("{name}-marks")).await[0] > 5, "{name} has no points");
            pictures.push(field);
        }
        assert!(pictures[0] != pictures[1] && pictures[1] != pictures[2], "{pictures:?}");
        assert!(!is_seen(page, "net4-plot").await);
        for canvas in ["net-edges", "chart-curves"] {
            assert!(seen(page, canvas).await[0] > 5, "{canvas} is empty");
        }
        // The picture follows the weights.
        page.click("#step").await;
        settled(page).await;
        assert_ne!(seen(page, "net1-field").await[1], pictures[0]);
        // A hidden run gives its place to the next.
        page.change("gd.hidden", "yes").await;
        assert_eq!(page.text("#net1-title").await, panels[1]["title"]);
        assert!(!is_seen(page, "net3-plot").await);
        // A fourth run has the fourth panel.
        page.change("gd.hidden", "no").await;
        page.call::<()>("ravine.page.act('add', 'adam');", json!([])).await;
        settled(page).await;
        assert!(is_seen(page, "net4-plot").await && seen(page, "net4-field").await[0] > 10);
    });
}

#[test]
fn every_way_to_a_step_gives_the_same_weights_and_a_reload_keeps_everything() {
    browse(LINK, async |page| {
        let start = assert_native(page).await;
        page.click("#step").await;
        let next = assert_native(page).await;
        assert_eq!(page.step().await, 21);
        assert_ne!(next, start);
        page.click("#back").await;
        assert_eq!(assert_native(page).await, start);
        page.set("#scrub", "140").await;
        assert_native(page).await;
        page.set("#scrub", "21").await;
        assert_eq!(assert_native(page).await, next);
        page.click("#rewind").await;
        let first = assert_native(page).await;
        assert_eq!(page.step().await, 0);
        // A dial that is turned while the clock stands gives what it would have given from the start.
        page.set("#scrub", "20").await;
        page.set("[data-run=gd] .dial:nth-child(1) input[type=number]", "0.25").await;
        page.set("[data-run=gd2] .dial:nth-child(2) input[type=number]", "7").await;
        let turned = assert_native(page).await;
        assert_ne!(turned, start);
        let link = page.link().await;
        assert!(link.contains("gd.alpha=0.25") && link.contains("gd2.batch=7"), "{link}");
        page.reload().await;
        assert_eq!(assert_native(page).await, turned);
        assert_eq!(page.link().await, link);
        undo(page).await;
        page.change("gd2.batch", "10").await;
        page.change("gd.alpha", "0.1").await;
        assert_eq!(assert_native(page).await, start);
        page.set("#scrub", "0").await;
        assert_eq!(assert_native(page).await, first, "not the same weights again");
        page.click("#new-seed").await;
        assert_ne!(assert_native(page).await, first);
        assert!(page.link().await.contains("seed=2"));
    });
}

#[test]
fn pausing_in_the_middle_of_the_training_shows_a_whole_step() {
    // Epochs of so many updates that one takes longer than a frame.
    browse("net=8,8,8&data.n=2000&gd2.batch=1&speed=500", async |page| {
        for _ in 0..3 {
            page.wait_for("JSON.parse(ravine.lab.live()).step > 1").await;
            page.click("#play").await;
            page.wait_for("!ravine.lab.playing()").await;
            assert_native(page).await;
            page.click("#rewind").await;
            page.click("#play").await;
        }
    });
}

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

/// Where on the screen an example lies in the first panel.
async fn place_of(page: &Page, index: usize) -> [f64; 2] {
    let [left, top, ..] = page.rectangle("#net1-plot").await;
    let [x, y]: [f64; 2] = page
        .call("return JSON.parse(ravine.lab.data_choose(...arguments)).at;", json!([index]))
        .await;
    [left + x, top + y]
}

async fn rows(page: &Page) -> Vec<String> {
    page.ask::<String>("lab.data_text()").await.lines().skip(1).map(str::to_owned).collect()
}

#[test]
fn points_are_drawn_moved_and_removed_on_a_panel_and_undone() {
    browse("net=4&data.shape=gauss&data.n=20&runs=gd,momentum&step=10", async |page| {
        let before = assert_native(page).await;
        let made_up = rows(page).await;
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
        page.painted().await;
        let summary = page.text("#table-summary").await;
        assert_eq!(summary, "24 rows; x is size, age, mass; y is kind: cat, dog, owl");
        page.click("#table-take").await;
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

#[test]
fn the_keyboard_goes_through_the_net_and_sets_a_weight() {
    browse(LINK, async |page| {
        let before = assert_native(page).await;
        page.focus("#net-nodes button[tabindex='0']").await;
        let here = async || page.eval::<String>("document.activeElement.ariaLabel").await;
        assert_eq!(here().await, "Input x₁");
        page.press(&[], Key::Down).await;
        assert_eq!(here().await, "Input x₂");
        page.press(&[], Key::Right).await;
        assert!(here().await.ends_with("of hidden layer 1"), "{}", here().await);
        page.press(&[], Key::Right).await;
        assert!(here().await.ends_with("of hidden layer 2"), "{}", here().await);
        page.press(&[], Key::Right).await;
        assert!(here().await.starts_with("Output"), "{}", here().await);
        page.press(&[], Key::Left).await;
        page.press(&[], Key::Enter).await;
        settled(page).await;
        assert!(page.link().await.contains("weight=w2."), "{}", page.link().await);
        page.click("#net-chips button:nth-child(2)").await;
        settled(page).await;
        assert!(page.text("#unit-title").await.contains("hidden layer 2"));
        let names = labels(page, "#unit-rows input").await;
        assert_eq!(names.len(), 5, "{names:?}");
        assert!(names[4].starts_with("b2."), "{names:?}");
        page.set("#unit-rows tr:nth-child(2) input", "0.75").await;
        let print = assert_native(page).await;
        assert_ne!(print, before);
        assert!(
            page.link().await.contains(&format!("hand=20,{},0.75,gd", names[1])),
            "{}",
            page.link().await
        );
        let shown: String =
            page.eval("document.querySelector('#unit-rows tr:nth-child(2) input').value").await;
        assert_eq!(shown, "0.75");
        // Going away and back finds it again, nonsense is told, undo takes it back.
        page.set("#scrub", "30").await;
        settled(page).await;
        page.set("#scrub", "20").await;
        assert_eq!(assert_native(page).await, print);
        page.set("#unit-rows tr:nth-child(2) input", "heavy").await;
        page.painted().await;
        let invalid = "document.querySelector('#unit-rows tr:nth-child(2) input').ariaInvalid";
        assert_eq!(page.eval::<String>(invalid).await, "true");
        undo(page).await;
        assert_eq!(assert_native(page).await, before);

        // An edge under the pointer is read, and chosen by a click.
        let edge: [f64; 2] = page
            .call(
                "const { lab } = ravine;
                 const { clientWidth, clientHeight } = document.getElementById('net-picture');
                 for (let x = 4; x < clientWidth; x += 6) for (let y = 4; y < clientHeight; y += 6) {
                     const box = document.getElementById('net-picture').getBoundingClientRect();
                     const over = document.elementFromPoint(box.left + x, box.top + y);
                     if (over?.id === 'net-edges' && lab.net_pick(x, y) !== '') return [x, y];
                 }
                 return [-1, -1];",
                json!([]),
            )
            .await;
        assert!(edge[0] > 0.0, "there is no edge");
        let [left, top, ..] = page.rectangle("#net-picture").await;
        page.move_to([left + edge[0], top + edge[1]]).await;
        page.wait_for("!document.getElementById('net-readout').hidden").await;
        let terms: Vec<String> = page
            .eval("[...document.querySelectorAll('#net-readout dt')].map((dt) => dt.textContent)")
            .await;
        assert_eq!(terms[2], "last change", "{terms:?}");
        page.click_at([left + edge[0], top + edge[1]]).await;
        settled(page).await;
        assert!(is_seen(page, "net-weights").await);
        assert_eq!(
            page.eval::<u32>("document.querySelectorAll('#unit-rows .lit').length").await,
            1
        );
        page.move_to([3.0, 300.0]).await;
        page.wait_for("document.getElementById('net-readout').hidden").await;
    });
}

#[test]
fn the_passes_go_forwards_and_backwards_as_formulas_with_their_numbers() {
    browse(LINK, async |page| {
        settled(page).await;
        let place = async || page.text("#pass-place").await;
        let counted = async || -> [u32; 3] {
            page.eval(
                "['math', 'mn', 'img'].map((what) =>
                     document.querySelectorAll(`#pass-lines ${what}`).length)",
            )
            .await
        };
        // Three layers forwards, the loss, two stages a layer backwards, update and batch.
        assert_eq!(place().await, "1 of 12");
        let mut titles = Vec::new();
        for at in 1..=12 {
            page.painted().await;
            assert_eq!(place().await, format!("{at} of 12"));
            titles.push(page.text("#pass-title").await);
            let [math, numbers, others] = counted().await;
            assert!(math > 1 && numbers > 1 && others == 0, "{at}: {math}, {numbers}");
            let text = page.text("#pass-lines").await;
            assert!(!text.contains('<') && !text.contains("NaN"), "{text}");
            page.press(&[], ']').await;
        }
        assert_eq!(place().await, "12 of 12");
        assert!(
            titles[0].starts_with("Forward") && titles[4].starts_with("Backward"),
            "{titles:?}"
        );
        page.press(&[], '[').await;
        page.painted().await;
        assert_eq!(
            (place().await, page.text("#pass-title").await),
            ("11 of 12".into(), titles[10].clone())
        );
        page.click("#pass-back").await;
        page.click("#pass-forth").await;
        page.painted().await;
        assert_eq!(page.text("#pass-title").await, titles[10]);
        assert!(page.ask::<String>("lab.link()").await.contains("at=10"));
        // The lit units are those of the stage.
        page.change("at", "1").await;
        let lit = labels(page, "#net-nodes .lit").await;
        assert_eq!(lit, ["Unit 1 of hidden layer 2", "Unit 2 of hidden layer 2"]);
        // Unit by unit there are more, and another example has other numbers.
        page.change("pass", "units").await;
        page.change("at", "0").await;
        assert_eq!(place().await, "1 of 24");
        let one = page.text("#pass-lines").await;
        page.change("example", "2").await;
        assert_ne!(page.text("#pass-lines").await, one);
        // An example that is chosen on a panel is the one whose passes are shown.
        let at = place_of(page, 5).await;
        page.click_at(at).await;
        settled(page).await;
        assert!(page.ask::<String>("lab.link()").await.contains("example="));
        page.reload().await;
        assert_eq!(place().await, "1 of 24");
        assert_native(page).await;
    });
}

#[test]
fn the_loss_surface_is_surveyed_with_its_progress_and_its_note() {
    browse("net=4,2&data.n=200&step=60&deck=surface", async |page| {
        page.wait_for("document.getElementById('land-progress').hidden").await;
        settled(page).await;
        let note = page.text("#land-note").await;
        assert!(note.starts_with("The plane holds ") && note.contains("variance"), "{note}");
        assert!(seen(page, "land-field").await[0] > 10, "no surface");
        assert!(seen(page, "land-lines").await[0] > 5, "no isolines");
        assert!(seen(page, "land-paths").await[0] > 5, "no paths");
        assert!(!is_seen(page, "land-pair").await);
        let mut fields = vec![seen(page, "land-field").await[1]];
        for plane in ["random", "weights"] {
            let progress: Vec<f64> = page
                .call(
                    "const told = [];
                     ravine.page.set('plane', arguments[0]);
                     for (;;) {
                         await new Promise((done) => requestAnimationFrame(done));
                         const { progress } = JSON.parse(ravine.lab.live()).net.surface;
                         told.push(progress);
                         if (told.length > 1 && progress >= 1) return told;
                     }",
                    json!([plane]),
                )
                .await;
            assert!(progress.windows(2).skip(1).all(|pair| pair[0] <= pair[1]), "{progress:?}");
            settled(page).await;
            page.painted().await;
            fields.push(seen(page, "land-field").await[1]);
        }
        assert!(fields[0] != fields[1] && fields[1] != fields[2], "{fields:?}");
        assert!(is_seen(page, "land-pair").await);
        page.set("#net-pair", "w1.2.1,b1.2").await;
        settled(page).await;
        assert!(page.link().await.contains("pair=w1.2.1,b1.2"));
        page.wait_for("document.getElementById('land-progress').hidden").await;
        assert_ne!(seen(page, "land-field").await[1], fields[2]);
        page.set("#net-pair", "w1.2.1").await;
        page.painted().await;
        assert!(!page.text("#net-pair-fault").await.is_empty());
        // Before the first step there is no path to lay a plane through.
        page.open("net=4,2&data.n=200&step=0&deck=surface").await;
        settled(page).await;
        assert!(page.text("#land-note").await.contains("have not moved yet"));
    });
}

#[test]
fn every_preset_opens_without_a_complaint() {
    browse("net=4,2&step=0", async |page| {
        for (index, preset) in PRESETS.iter().enumerate() {
            page.call::<()>("ravine.page.act('preset', String(arguments[0]));", json!([index]))
                .await;
            page.wait_for("JSON.parse(ravine.lab.live()).step > 1 || !ravine.lab.playing()").await;
            page.call::<()>("ravine.lab.pause(); ravine.page.moved();", json!([])).await;
            assert_native(page).await;
            assert_eq!(page.text("#scene-title").await, preset.title);
            let caption = page.text("#caption").await;
            assert!(caption.starts_with(&preset.sentence[..20]), "{caption}");
            let lost: Value = page.eval("JSON.parse(ravine.lab.faults())").await;
            assert_eq!(lost, json!([]), "{}", preset.link);
            for panel in 1..=page.model().await["net"]["panels"].as_array().unwrap().len() {
                assert!(seen(page, &format!("net{panel}-marks")).await[0] > 5, "{}", preset.title);
            }
        }
    });
}

#[test]
fn a_run_that_diverges_says_so_while_the_others_go_on() {
    let link = "net=4&data.shape=plane&activation=relu&runs=gd,gd&gd.alpha=10&gd.batch=1&step=30";
    browse(link, async |page| {
        assert_native(page).await;
        let said = async |run: &str| page.text(&format!("[data-run={run}] .sentence")).await;
        assert!(said("gd").await.contains("Diverged in epoch"), "{}", said("gd").await);
        assert!(!said("gd2").await.contains("Diverged"), "{}", said("gd2").await);
        let print = page.ask::<String>("lab.fingerprint()").await;
        page.click("#step").await;
        assert_ne!(assert_native(page).await, print, "the other run stands");
        // Its last good net is still shown, and a smaller α starts again.
        assert!(seen(page, "net1-marks").await[0] > 5);
        page.change("gd.alpha", "0.001").await;
        assert_native(page).await;
        assert!(!said("gd").await.contains("Diverged"), "{}", said("gd").await);
    });
}
