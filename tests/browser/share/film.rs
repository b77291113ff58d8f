//! A scene as the browser's recorder takes it.

use serde_json::json;

use super::{KEEP_FILES, share};
use crate::harness::browse;

#[test]
fn a_scene_is_filmed_at_the_pace_that_is_asked_for_and_the_clock_goes_back_to_where_it_was() {
    browse("surface=bowl&runs=gd&steps=60&speed=2&step=12", async |page| {
        page.call::<()>(KEEP_FILES, json!([])).await;
        share(page).await;
        assert!(!page.eval::<bool>("document.getElementById('film').checkVisibility()").await);
        page.set("#taken-format", "film").await;
        // As long as the command line makes it where nobody says.
        assert_eq!(
            page.eval::<String>("document.getElementById('film-seconds').value").await,
            "20"
        );
        let says = page.text("#film-says").await;
        assert!(says.contains("21 seconds long, and it takes so long"), "{says}");
        page.set("#film-seconds", "0").await;
        page.click("#taken-picture-save").await;
        assert_eq!(page.text("#taken-said").await, "A film lasts 1 to 600 seconds.");
        assert_eq!(page.text("#film-says").await, "A film lasts 1 to 600 seconds.");
        page.set("#film-seconds", "2").await;
        page.set("#film-rate", "20").await;
        page.set("#film-scale", "2").await;
        let [width, height]: [f64; 2] = page
            .eval("(({ clientWidth, clientHeight }) => [clientWidth, clientHeight])(document.getElementById('plot'))")
            .await;
        let grain = "document.getElementById('plot-heads').width";
        let before: f64 = page.eval(grain).await;
        page.call::<()>(
            "globalThis.seen = []; setInterval(() => seen.push(ravine.lab.position()), 5);",
            json!([]),
        )
        .await;
        page.click("#taken-picture-save").await;
        page.wait_for("files.length === 1 && document.getElementById('taken-working').hidden")
            .await;
        let [between, end]: [bool; 2] = page
            .eval("[seen.some((at) => at > 0 && at < 60 && at !== 12), seen.includes(60)]")
            .await;
        assert!(between && end, "it was led through the scene");
        assert_eq!(page.step().await, 12);
        assert!(!page.ask::<bool>("lab.playing()").await);
        page.painted().await;
        assert_eq!(page.eval::<f64>(grain).await, before);
        let (name, size, head): (String, usize, Vec<u8>) = page
            .call(
                "const [name, blob] = files[0];
                return blob.arrayBuffer().then((bytes) => [name, blob.size, [...new Uint8Array(bytes, 0, 512)]]);",
                json!([]),
            )
            .await;
        assert!(name.ends_with(", plot.webm"), "{name}");
        // Matroska begins with EBML's number.
        assert_eq!(head[..4], [0x1a, 0x45, 0xdf, 0xa3]);
        assert!(size > 5_000, "{size} bytes");
        // Twice as many pixels as the plot has, below its title where that is shown.
        let side = |element: u8| {
            let at = head.windows(2).position(|bytes| bytes == [element, 0x82]);
            let at = at.unwrap_or_else(|| panic!("no element {element:x}")) + 2;
            f64::from(u16::from_be_bytes([head[at], head[at + 1]]))
        };
        // PixelWidth and PixelHeight, of two bytes each.
        let [columns, rows] = [0xb0, 0xba].map(side);
        assert!((columns - 2.0 * width).abs() <= 2.0, "{columns} of {width}");
        assert!((0.0..=62.0).contains(&(rows - 2.0 * height)), "{rows} of {height}");

        // Long enough that a hand comes before its end, whatever else the processors do.
        page.set("#film-seconds", "30").await;
        page.click("#taken-picture-save").await;
        page.wait_for("document.getElementById('taken-progress').value > 0.05").await;
        page.click("#taken-cancel").await;
        page.wait_for("document.getElementById('taken-said').textContent === 'Cancelled.'").await;
        assert_eq!(page.step().await, 12);
        // And the clock is the page's own again.
        page.call::<()>("document.getElementById('link').close();", json!([])).await;
        page.call::<()>("ravine.lab.play(); ravine.page.moved();", json!([])).await;
        page.wait_for("ravine.lab.position() > 13").await;
    });
}

#[test]
fn a_film_does_not_invite_the_hand() {
    browse("surface=bowl&runs=gd&steps=20&step=20", async |page| {
        page.call::<()>(KEEP_FILES, json!([])).await;
        page.call::<()>(
            "globalThis.words = [];
            globalThis.filmed = [];
            const write = CanvasRenderingContext2D.prototype.fillText;
            const progress = document.getElementById('taken-progress');
            CanvasRenderingContext2D.prototype.fillText = function (text, ...rest) {
                words.push(text);
                if (progress.value > 0 && progress.value < 0.9) filmed.push(text);
                return write.call(this, text, ...rest);
            };
            ravine.lab.seek(0);
            ravine.page.moved();",
            json!([]),
        )
        .await;
        page.wait_for("words.includes('start, drag me')").await;
        share(page).await;
        page.set("#taken-format", "film").await;
        page.set("#film-seconds", "1").await;
        page.call::<()>("words.length = filmed.length = 0;", json!([])).await;
        page.click("#taken-picture-save").await;
        page.wait_for("files.length === 1 && words.includes('start, drag me')").await;
        let [start, drag]: [bool; 2] =
            page.eval("['start', 'start, drag me'].map((label) => filmed.includes(label))").await;
        assert!(start && !drag);
    });
}
