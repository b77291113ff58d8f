//! A fault of the core ends its instance, and never the experiment.

use serde_json::{Value, json};
use thirtyfour::Key;

use crate::harness::{Page, browse, browse_alone};

/// Lets the core fail and returns how long it took until the page stood there again, in ms.
async fn fail(page: &Page) -> f64 {
    page.expect_complaint("The core stopped and is restarted");
    page.call(
        "const frame = () => new Promise((done) => requestAnimationFrame(done));
         const begin = performance.now();
         ravine.lab.fail();
         await frame();
         await frame();
         return performance.now() - begin;",
        json!([]),
    )
    .await
}

/// What stands on the canvases, as text.
async fn picture(page: &Page) -> Vec<String> {
    page.painted().await;
    page.eval("[...document.querySelectorAll('canvas')].map((canvas) => canvas.toDataURL())").await
}

#[test]
fn after_a_panic_the_page_is_back_sooner_than_by_a_reload() {
    let link = "surface=rosenbrock&runs=gd,momentum,adam&steps=5000&step=4000";
    browse_alone(link, async |page| {
        let [mut restart, mut reload] = [f64::INFINITY; 2];
        for _ in 0..5 {
            restart = restart.min(fail(page).await);
            // From the request to the first picture.
            page.reload().await;
            reload = reload.min(page.eval::<f64>("performance.now()").await);
        }
        assert!(restart < reload, "it takes {restart} ms, a reload {reload} ms");
    });
}

#[test]
fn after_a_panic_everything_is_as_it_was_and_the_page_says_so_once() {
    let link = "surface=himmelblau&runs=gd,momentum&gd.alpha=0.011&gd.look=3&step=20";
    browse(link, async |page| {
        page.call::<()>(
            "window.said = 0;
             new MutationObserver((changes) => {
                 for (const { addedNodes } of changes) window.said += addedNodes.length;
             }).observe(document.getElementById('notes'), { childList: true });",
            json!([]),
        )
        .await;
        // Steps and a change that no link holds yet.
        for _ in 0..3 {
            page.press(&[], '.').await;
        }
        page.change("momentum.beta", "0.7").await;
        // A step back draws the paths in one go, as a restart does.
        for key in ['.', '.', ','] {
            page.press(&[], key).await;
            page.painted().await;
        }
        let [model, live] = [page.model().await, page.live().await];
        assert_eq!(live["step"], 24);
        let before = picture(page).await;

        fail(page).await;
        assert_eq!(page.model().await, model);
        assert_eq!(page.live().await, live);
        assert!(picture(page).await == before, "the picture is another one");
        assert_eq!(page.eval::<u32>("said").await, 1);
        let notes = page.notes().await;
        assert!(matches!(&notes[..], [one, _] if one.contains("restarted")), "{notes:?}");

        // And it works: the clock, the dials, the address, the steps that can be undone.
        page.press(&[], '.').await;
        assert_eq!(page.step().await, 25);
        // What happens within half a second is one step to undo.
        page.wait_for("location.hash.includes('momentum.beta=0.7')").await;
        page.change("gd.alpha", "0.012").await;
        page.wait_for("location.hash.includes('gd.alpha=0.012')").await;
        page.press(&[Key::Control], 'z').await;
        page.wait_for("location.hash.includes('gd.alpha=0.011')").await;
        assert!(page.link().await.contains("momentum.beta=0.7"));
    });
}

#[test]
fn a_panic_is_told_with_its_message_and_place_and_a_report_of_it_can_be_copied() {
    browse("surface=himmelblau&gd.alpha=0.011&step=20", async |page| {
        page.call::<()>(
            "window.warned = '';
             console.warn = (...words) => { window.warned += words.join(' '); };",
            json!([]),
        )
        .await;
        fail(page).await;
        let warned: String = page.eval("window.warned").await;
        assert!(warned.contains("asked the core to fail. (src/page/hooks.rs:"), "{warned}");
        let notes = page.notes().await.join(" ");
        assert!(notes.contains("The page asked the core to fail. (src/page/hooks.rs:"), "{notes}");
        page.call::<()>(
            "const clipboard = { writeText: async (text) => { window.copied = text; } };
             Object.defineProperty(navigator, 'clipboard', { value: clipboard });",
            json!([]),
        )
        .await;
        page.click("#notes .chip").await;
        page.wait_for("window.copied").await;
        let report: String = page.eval("window.copied").await;
        let lines: Vec<&str> = report.lines().collect();
        assert_eq!(lines[0], concat!("Ravine ", env!("CARGO_PKG_VERSION")));
        assert!(lines[1].ends_with("/#surface=himmelblau&gd.alpha=0.011&step=20"), "{report}");
        assert_eq!(lines[2], "Message: The page asked the core to fail.");
        assert!(lines[3].starts_with("Place: src/page/hooks.rs:"), "{report}");
        assert_eq!(lines[4], "Call: fail");
        let notes = page.notes().await.join(" ");
        assert!(notes.contains("Report copied."), "{notes}");

        // Where nothing can be copied, the report is there to be read.
        page.call::<()>(
            "navigator.clipboard.writeText = async () => { throw new Error('no'); };",
            json!([]),
        )
        .await;
        page.click("#notes .chip").await;
        page.wait_for("document.getElementById('notes').textContent.includes('Call: fail')").await;
    });
}

#[test]
fn own_data_and_the_line_of_the_pseudo_code_outlive_a_panic() {
    browse("problem=linear&data.n=10&gd2.batch=4&steps=40&step=7", async |page| {
        page.give_text("#data-plot", "paste", "1,2\n2,3\n3,5\n4,4\n5,7\n6,6").await;
        page.take_table().await;
        page.painted().await;
        page.press(&[], ']').await;
        page.press(&[], ']').await;
        page.painted().await;
        let [model, live] = [page.model().await, page.live().await];
        assert_eq!(model["data"]["own"], true);
        let examples = page.examples().await;
        let before = picture(page).await;
        fail(page).await;
        assert_eq!(page.model().await, model);
        assert_eq!(page.live().await, live);
        assert_eq!(page.examples().await, examples);
        assert!(picture(page).await == before, "the picture is another one");
        // The hand on the data goes on as well.
        page.click("#data-edit").await;
        page.focus("#data-plot").await;
        page.press(&[], Key::Right).await;
        page.press(&[], Key::Delete).await;
        page.painted().await;
        assert_eq!(page.examples().await, examples[1..]);
    });
}

#[test]
fn a_panic_does_not_stop_what_plays() {
    browse("steps=5000&speed=20", async |page| {
        page.wait_for("JSON.parse(ravine.lab.live()).step >= 20").await;
        let before = page.step().await;
        fail(page).await;
        let live: Value = page.live().await;
        assert!(live["step"].as_u64().unwrap() >= before, "{live}");
        assert_eq!(live["playing"], true);
        page.wait_for(&format!("JSON.parse(ravine.lab.live()).step > {}", live["step"])).await;
    });
}

/// 2,000 rows of seven numbers to the last bit, as a link has them.
fn large_data() -> String {
    let mut state = 7_u64;
    let mut number = || {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        1.0 + (state >> 11) as f64 / (1_u64 << 53) as f64
    };
    let row = |_| {
        let x: Vec<String> = (0..6).map(|_| number().to_string()).collect();
        format!("{},{}", x.join(","), number())
    };
    (0..2000).map(row).collect::<Vec<_>>().join(";")
}

#[test]
fn data_too_large_for_an_address_outlive_undo_reload_back_and_a_panic() {
    let data = large_data();
    assert!(data.len() > 220_000, "{}", data.len());
    browse("net=2&data.n=12&runs=gd&steps=3&step=0", async |page| {
        let own = async || -> bool {
            page.painted().await;
            let link: String = page.ask("lab.link()").await;
            link.contains(&data) && page.model().await["data"]["count"] == 2000
        };
        let written = async || {
            page.wait_for(
                "location.hash.includes('data.kept=') && location.hash.length < 60000
                 && location.hash.includes(ravine.lab.link().split('&').at(-1))",
            )
            .await;
        };
        page.call::<()>("ravine.page.set('data', arguments[0]);", json!([data])).await;
        assert!(own().await);
        written().await;
        let notes = page.notes().await.join(" ");
        assert!(notes.contains("characters") && notes.contains("only this browser tab"), "{notes}");
        // Undo of a dial, and of the data themselves.
        page.change("gd.alpha", "0.2").await;
        page.wait_for("location.hash.includes('gd.alpha=0.2')").await;
        page.press(&[Key::Control], 'z').await;
        assert!(own().await && !page.ask::<String>("lab.link()").await.contains("gd.alpha"));
        page.press(&[Key::Control], 'z').await;
        assert!(!own().await);
        page.press(&[Key::Control, Key::Shift], 'z').await;
        assert!(own().await);
        written().await;
        // A panic, which its note says.
        fail(page).await;
        assert!(own().await);
        // A reload, with either place to keep them alone.
        page.reload().await;
        assert!(own().await, "{:?}", page.notes().await);
        page.call::<()>("sessionStorage.clear();", json!([])).await;
        page.call::<()>(
            "Storage.prototype.setItem = () => { throw new Error('full'); };",
            json!([]),
        )
        .await;
        page.reload().await;
        assert!(own().await, "{:?}", page.notes().await);
        page.call::<()>("history.replaceState(null, '');", json!([])).await;
        page.change("gd.alpha", "0.3").await;
        page.wait_for("location.hash.includes('gd.alpha=0.3')").await;
        page.call::<()>("history.replaceState(null, '');", json!([])).await;
        page.reload().await;
        assert!(own().await, "{:?}", page.notes().await);
        // Back and Forward, also from another page.
        page.change("gd.alpha", "0.4").await;
        page.wait_for("location.hash.includes('gd.alpha=0.4')").await;
        page.back().await;
        page.wait_for("ravine.lab.link().includes('gd.alpha=0.3')").await;
        assert!(own().await);
        page.forward().await;
        page.wait_for("ravine.lab.link().includes('gd.alpha=0.4')").await;
        assert!(own().await && page.notes().await.is_empty(), "{:?}", page.notes().await);

        // Somebody else gets no other data in silence, nor does a reload of theirs.
        let link: String = page.eval("location.hash.slice(1)").await;
        page.call::<()>("sessionStorage.clear();", json!([])).await;
        page.open(&link).await;
        for turn in 0..2 {
            let notes = page.notes().await.join(" ");
            assert!(notes.contains("The data of this link are not in it."), "{turn}: {notes}");
            assert!(!own().await);
            assert!(page.eval::<String>("location.hash").await.contains("data.kept="));
            page.call::<()>("sessionStorage.clear();", json!([])).await;
            page.reload().await;
        }
        page.change("gd.alpha", "0.5").await;
        page.wait_for("location.hash.includes('gd.alpha=0.5') && !location.hash.includes('kept')")
            .await;
    });
}
