//! What is on the page, taken along: the link, its QR code, pictures, tables and code.

mod film;

use serde_json::{Value, json};

use crate::harness::{Page, Screen, browse, origin};

/// Keeps what is handed to the reader as files, by their names.
const KEEP_FILES: &str = "
    globalThis.files = [];
    const made = new Map();
    const create = URL.createObjectURL;
    URL.createObjectURL = (blob) => {
        const address = create.call(URL, blob);
        made.set(address, blob);
        return address;
    };
    HTMLAnchorElement.prototype.click = function () {
        if (this.download) files.push([this.download, made.get(this.href)]);
    };";

async fn share(page: &Page) {
    page.open_dialog("#share", "link").await;
}

/// Chooses in these selects, and saves: the name of the file, and its text.
async fn saved(page: &Page, choices: &[(&str, &str)], button: &str) -> (String, String) {
    for (select, value) in choices {
        page.set(&format!("#{select}"), value).await;
    }
    page.call::<()>("files.length = 0;", json!([])).await;
    page.click(button).await;
    page.wait_for("files.length === 1 && document.getElementById('taken-working').hidden").await;
    page.call("return files[0][1].text().then((text) => [files[0][0], text]);", json!([])).await
}

#[test]
fn the_link_is_shown_copied_and_made_a_qr_code_that_fills_the_screen() {
    browse("surface=bowl&runs=gd", async |page| {
        page.call::<()>(
            "navigator.clipboard.writeText = async (text) => { window.copied = text; };",
            json!([]),
        )
        .await;
        share(page).await;
        page.click("#link-copy").await;
        page.wait_for("document.getElementById('link-said').textContent === 'Copied.'").await;
        let link = format!("{}#surface=bowl&runs=gd", origin());
        assert_eq!(page.eval::<String>("copied").await, link);
        page.wait_for("document.querySelector('#link-code img')?.complete && !document.getElementById('link-code').hidden").await;
        page.click("#frame-copy").await;
        let frame: String = page.eval("copied").await;
        let source = format!("src=\"{}?embed=1#surface=bowl&amp;runs=gd\"", origin());
        assert!(frame.starts_with("<iframe ") && frame.contains(&source), "{frame}");
        page.click("#link-code").await;
        let [_, _, width, height] = page.rectangle("#code-large img").await;
        assert!(width >= 500.0 && (width - height).abs() < 0.5, "{width} × {height}");
        page.click("#code-large img").await;
        assert!(!page.eval::<bool>("document.getElementById('code-large').open").await);
        assert!(page.eval::<bool>("document.getElementById('link').open").await);
        // Where copying is refused it is selected.
        page.call::<()>(
            "navigator.clipboard.writeText = async () => { throw new Error('No.'); };",
            json!([]),
        )
        .await;
        page.click("#link-copy").await;
        page.wait_for("document.getElementById('link-said').textContent.includes('not allowed')")
            .await;
        let selected: String = page
            .eval("(({ value, selectionStart, selectionEnd }) => value.slice(selectionStart, selectionEnd))(document.getElementById('link-text'))")
            .await;
        assert_eq!(selected, link);
    });
}

#[test]
fn a_picture_is_what_the_page_shows() {
    for (link, boxes) in [
        ("surface=rosenbrock&runs=gd,momentum&steps=80&step=60", &["plot", "chart"][..]),
        ("surface=himmelblau&view=hill&runs=gd&steps=40&step=40", &["plot"]),
        ("surface=himmelblau&runs=gd&map=basins&steps=40&step=40", &["plot"]),
        ("problem=linear&steps=30&step=20", &["plot", "data", "chart"]),
        ("net=4&runs=gd&steps=20&step=20", &["panel", "chart"]),
    ] {
        browse(link, async |page| {
            page.rests().await;
            page.call::<()>(KEEP_FILES, json!([])).await;
            share(page).await;
            for picture in boxes {
                let (name, _) = saved(
                    page,
                    &[("taken-picture", picture), ("taken-format", "png 1")],
                    "#taken-picture-save",
                )
                .await;
                assert!(name.ends_with(".png"), "{name}");
                // How far the file is from the first of its panels on the page, in shares of what they differ
                // by from the paper.
                let differs: [f64; 2] = page
                    .call(
                        "const [picture] = arguments;
                        const box = document.getElementById({ plot: 'plot', chart: 'chart', data: 'data-plot', panel: 'net1-plot' }[picture]);
                        const canvases = [...box.querySelectorAll('canvas')].filter((one) => one.checkVisibility());
                        const [width, height] = [box.clientWidth, box.clientHeight];
                        const paper = getComputedStyle(document.documentElement).backgroundColor;
                        const pixelsOf = (draw) => {
                            const canvas = new OffscreenCanvas(width, height);
                            const context = canvas.getContext('2d');
                            context.fillStyle = paper;
                            context.fillRect(0, 0, width, height);
                            draw(context);
                            return context.getImageData(0, 0, width, height).data;
                        };
                        const shown = pixelsOf((context) => canvases.forEach((one) => context.drawImage(one, 0, 0, width, height)));
                        return createImageBitmap(files[0][1]).then((image) => {
                            const margin = picture === 'plot' || picture === 'panel' ? 0 : 12;
                            const top = image.height - height - margin;
                            const saved = pixelsOf((context) => context.drawImage(image, -margin, -top));
                            const empty = pixelsOf(() => {});
                            const far = (one, other) => one.reduce((sum, value, at) => sum + Math.abs(value - other[at]), 0);
                            return [far(saved, shown) / far(shown, empty), far(shown, empty)];
                        });",
                        json!([picture]),
                    )
                    .await;
                let [share, shows] = differs;
                assert!(shows > 1e5, "{link}: {picture} is empty on the page");
                // Browsers place type in canvases and in SVG a fraction of a pixel apart: of pictures that are
                // lines and type alone that is more.
                let most = if ["plot", "panel"].contains(picture) { 0.12 } else { 0.3 };
                assert!(share < most, "{link}: {picture} differs by {share}");
            }
        });
    }
}

#[test]
fn files_have_the_title_of_the_scene_and_what_is_shown() {
    browse("", async |page| {
        let title: String = page.eval("document.getElementById('scene-name').textContent").await;
        page.call::<()>(KEEP_FILES, json!([])).await;
        share(page).await;
        let picture = [("taken-picture", "plot"), ("taken-format", "svg")];
        let (name, svg) = saved(page, &picture, "#taken-picture-save").await;
        assert_eq!(name, format!("{title}, plot.svg"));
        assert!(svg.starts_with("<svg ") && svg.contains(&format!("<title>{title}</title>")));
        let wait: String = page.text("#taken-said").await;
        assert_eq!(wait, format!("Saved as {name}, where this browser puts what it downloads."));
        for (kind, ending, words) in [
            ("csv", ", paths.csv", "run,step,x,y,loss,grad_norm"),
            ("numpy", ".py", "import numpy as np"),
            ("pytorch", ", pytorch.py", "import torch"),
            ("notebook", ".ipynb", "\"nbformat\": 4"),
        ] {
            let (name, text) = saved(page, &[("taken-text", kind)], "#taken-text-save").await;
            assert_eq!(name, format!("{title}{ending}"));
            assert!(text.contains(words), "{name}: {text}");
        }
        // A surface has no data, and no net.
        let offered: Vec<String> = page
            .eval("[...document.getElementById('taken-text').options].filter(({ hidden }) => !hidden).map(({ value }) => value)")
            .await;
        assert!(!offered.iter().any(|kind| kind == "data" || kind == "net"), "{offered:?}");
    });
}

#[test]
fn in_a_lesson_they_are_of_the_scene_that_is_open() {
    browse("lesson=basic-training&scene=8", async |page| {
        page.call::<()>(KEEP_FILES, json!([])).await;
        share(page).await;
        let (_, script) = saved(page, &[("taken-text", "numpy")], "#taken-text-save").await;
        assert!(script.contains("net of 2–3–2–1 units"), "{script}");
        // The focus is where it was.
        let focus: String = page.eval("document.activeElement.id").await;
        assert_eq!(focus, "taken-text-save");
    });
    // Where the clock waits for an answer, nothing moves.
    browse("lesson=basic-training&scene=5", async |page| {
        share(page).await;
        page.set("#taken-format", "film").await;
        page.click("#taken-picture-save").await;
        page.wait_for("document.getElementById('taken-said').textContent.includes('until the question is answered')").await;
    });
}

#[test]
fn what_takes_long_shows_its_progress_and_can_be_cancelled() {
    browse("net=16,16,16&runs=gd,gd,gd,gd&gd.batch=1&steps=2000", async |page| {
        page.call::<()>("ravine.lab.seek(2000);", json!([])).await;
        page.call::<()>(KEEP_FILES, json!([])).await;
        share(page).await;
        page.click("#taken-picture-save").await;
        page.wait_for("document.getElementById('taken-progress').value > 0").await;
        page.click("#taken-cancel").await;
        page.wait_for("document.getElementById('taken-working').hidden").await;
        assert_eq!(page.text("#taken-said").await, "Cancelled.");
        assert_eq!(page.eval::<usize>("files.length").await, 0);
        // And the page is as it was.
        assert_eq!(page.ask::<Value>("lab.faults()").await, json!("[]"));
    });
}

#[test]
fn without_workers_the_page_makes_them_itself_and_a_fault_is_a_sentence() {
    browse("surface=bowl&runs=gd&steps=20", async |page| {
        page.call::<()>(KEEP_FILES, json!([])).await;
        page.call::<()>(
            "globalThis.Worker = class { constructor() { throw new Error('None.'); } };",
            json!([]),
        )
        .await;
        share(page).await;
        let (_, script) = saved(page, &[("taken-text", "numpy")], "#taken-text-save").await;
        assert!(script.contains("assert"), "{script}");
        let svg = [("taken-picture", "plot"), ("taken-format", "svg")];
        let (_, svg) = saved(page, &svg, "#taken-picture-save").await;
        assert!(svg.contains("<polyline"));
        page.call::<()>(
            "const option = document.createElement('option');
            option.value = 'moon';
            document.getElementById('taken-text').append(option);
            document.getElementById('taken-text').value = 'moon';
            document.getElementById('taken-text-save').click();",
            json!([]),
        )
        .await;
        page.wait_for(
            "document.getElementById('taken-said').textContent === 'There is no text moon.'",
        )
        .await;
    });
}

#[test]
fn the_dialog_fits_a_phone() {
    browse("problem=linear", async |page| {
        page.screen(Screen::PHONE).await;
        share(page).await;
        let [left, _, width, _] = page.rectangle("#link").await;
        assert!(left >= 0.0 && left + width <= 390.0, "{left} {width}");
        let over: bool = page
            .eval("[...document.querySelectorAll('#link *')].some((one) => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflowX === 'visible' && one.clientWidth > 0)")
            .await;
        assert!(!over, "something is wider than its place");
    });
}
