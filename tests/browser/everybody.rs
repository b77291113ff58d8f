//! The page for everybody: keyboards, fingers, screen readers, narrow screens, system colours.

use serde_json::{Value, json};
use thirtyfour::Key;

use crate::harness::{Page, Screen, browse};

const LABS: [&str; 3] = ["step=21", "problem=mean&gd2.average=all&step=57", "net=4,2&step=20"];

const fn screen(width: u32, height: u32) -> Screen {
    Screen { width, height, ratio: 1.0, phone: false }
}

async fn focused(page: &Page) -> String {
    page.eval("document.activeElement.id").await
}

#[test]
fn play_is_within_five_tab_stops_and_the_skip_link_leads_to_the_picture() {
    browse(LABS[0], async |page| {
        let mut stops = Vec::new();
        for _ in 0..5 {
            page.press(&[], Key::Tab).await;
            stops.push(focused(page).await);
        }
        assert_eq!(stops[0], "skip");
        assert!(stops.contains(&"play".to_owned()), "{stops:?}");
        for (link, picture) in LABS.into_iter().zip(["plot", "plot", "net1-plot"]) {
            page.open(link).await;
            let before = page.link().await;
            page.press(&[], Key::Tab).await;
            page.press(&[], Key::Enter).await;
            assert_eq!(focused(page).await, picture);
            assert_eq!(page.link().await, before, "the address is the experiment's");
        }
    });
}

#[test]
fn there_is_one_first_heading_and_every_landmark() {
    browse(LABS[1], async |page| {
        let counts: Value = page
            .eval(
                "['h1', 'main', 'body > header', 'aside', '#transport[aria-label]', '#chart[role=slider]']
                    .map((selector) => document.querySelectorAll(selector).length)",
            )
            .await;
        assert_eq!(counts, json!([1, 1, 1, 1, 1, 1]));
        let names: Vec<String> = page
            .eval(
                "[...document.querySelectorAll('button')].filter((button) => button.checkVisibility())
                    .map((button) => button.ariaLabel ?? button.textContent.trim())",
            )
            .await;
        let mut once = names.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!(once.len(), names.len(), "two buttons are called the same: {names:?}");
    });
}

#[test]
fn the_loss_chart_is_a_slider_that_tells_the_losses() {
    browse("step=21", async |page| {
        page.focus("#chart").await;
        page.press(&[], Key::Right).await;
        page.press(&[Key::Shift], Key::Left).await;
        page.painted().await;
        assert_eq!(page.step().await, 12);
        page.wait_for("document.getElementById('chart').ariaValueNow === '12'").await;
        let told: String = page.eval("document.getElementById('chart').ariaValueText").await;
        assert!(told.starts_with("step 12 of 50; GD: f = "), "{told}");
        page.press(&[], Key::Home).await;
        page.painted().await;
        assert_eq!(page.step().await, 0);
    });
}

#[test]
fn the_labels_of_the_pictures_follow_the_run_at_most_every_two_seconds() {
    browse("net=4,2&step=20", async |page| {
        page.wait_for("document.getElementById('net2-plot').ariaLabel.includes('epoch 20 of 300')")
            .await;
        page.call::<()>(
            "window.told = [];
             new MutationObserver(() => told.push(performance.now()))
                 .observe(document.getElementById('net2-plot'), { attributeFilter: ['aria-label'] });
             for (let step = 21; step < 60; step += 1) {
                 ravine.lab.seek(step);
                 ravine.page.moved();
                 await new Promise(requestAnimationFrame);
             }",
            json!([]),
        )
        .await;
        page.wait_for("document.getElementById('net2-plot').ariaLabel.includes('epoch 59')").await;
        let told: Vec<f64> = page.eval("told").await;
        assert!(told.windows(2).all(|pair| pair[1] - pair[0] > 1900.0), "{told:?}");
        let label: String = page.eval("document.getElementById('net2-plot').ariaLabel").await;
        assert!(label.starts_with("SGD, m = 10. At epoch 59") && label.contains("R = "), "{label}");
    });
}

/// What is pressed and is smaller than `least` px, though no larger label stands for it.
async fn small(page: &Page, least: f64) -> Vec<String> {
    page.call(
        "const [least] = arguments;
         const reach = (element) => {
             const { width, height } = element.getBoundingClientRect();
             const beyond = getComputedStyle(element, '::before').content === '\"\"'
                 ? getComputedStyle(element, '::before') : null;
             return [Math.max(width, parseFloat(beyond?.width) || 0), Math.max(height, parseFloat(beyond?.height) || 0)];
         };
         return [...document.querySelectorAll('button, a, input, select, summary')]
             .filter((element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: false }))
             .filter((element) => element.getBoundingClientRect().width > 1 && !element.matches('.skip, .node, .unseen'))
             .filter((element) => {
                 const label = element.closest('label');
                 const sides = [element, ...(label ? [label] : [])].map(reach);
                 return !sides.some((side) => side.every((px) => px >= least - 0.1));
             })
             .map((element) => `${element.id || element.className || element.type} ${reach(element)}`);",
        json!([least]),
    )
    .await
}

#[test]
fn what_is_pressed_has_24_px_and_44_under_a_finger() {
    browse(LABS[0], async |page| {
        for link in LABS {
            for (screen, least) in [(Screen::DESKTOP, 24.0), (Screen::PHONE, 44.0)] {
                page.screen(screen).await;
                page.turn_to(link).await;
                page.painted().await;
                let coarse: bool = page.eval("matchMedia('(pointer: coarse)').matches").await;
                assert!(coarse || least < 44.0, "a phone has a coarse pointer");
                let small = small(page, least).await;
                assert!(small.is_empty(), "{link}: {small:#?}");
            }
        }
    });
}

#[test]
fn nothing_reaches_beyond_a_screen_from_320_px_up() {
    let links = [
        LABS[0],
        LABS[1],
        LABS[2],
        "runs=gd,momentum,nesterov,adagrad,rmsprop,adam,gd,gd&step=10",
        "net=16,16,16,16,16,16&step=1",
        "problem=mean&deck=ball&step=7",
    ];
    browse(LABS[0], async |page| {
        for size in [(320, 640), (390, 844), (768, 1024), (1024, 768), (2560, 1440)] {
            page.screen(screen(size.0, size.1)).await;
            for link in links {
                page.turn_to(link).await;
                let beyond: Vec<String> = page
                    .eval(
                        "[...document.querySelectorAll('button, input, select, canvas, h2, p')].filter((element) => {
                             if (!element.checkVisibility({ visibilityProperty: true })) return false;
                             const { left, right, width, height } = element.getBoundingClientRect();
                             if (width <= 1 || height <= 1 || element.closest('.skip, .unseen, .starting, math')) return false;
                             const { right: edge } = (element.closest('.stage') ?? document.body).getBoundingClientRect();
                             return left < -1 || right > Math.max(edge, 0) + 1 && edge > 0 || right > innerWidth + 1;
                         }).map((element) => `${element.id || element.className} ${JSON.stringify(element.getBoundingClientRect())}`)",
                    )
                    .await;
                assert!(beyond.is_empty(), "{link} at {size:?}: {beyond:#?}");
                let wide: f64 =
                    page.eval("document.documentElement.scrollWidth - innerWidth").await;
                assert!(wide <= 0.0, "{link} at {size:?} is {wide} px too wide");
            }
        }
    });
}

#[test]
fn nothing_jumps_while_a_lab_is_loaded() {
    let watch = "window.shifted = 0;
        new PerformanceObserver((list) => {
            for (const { value } of list.getEntries()) shifted += value;
        }).observe({ type: 'layout-shift', buffered: true });";
    browse(LABS[0], async |page| {
        page.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": watch })).await;
        for screen in [Screen::DESKTOP, Screen::PHONE] {
            page.screen(screen).await;
            for link in LABS {
                page.open(link).await;
                for _ in 0..4 {
                    page.painted().await;
                }
                let shifted: f64 = page.eval("shifted").await;
                assert!(shifted <= 0.05, "{link}: {shifted}");
            }
        }
    });
}

#[test]
fn the_focus_ring_and_the_limit_stand_out_by_three_to_one() {
    browse("gd.alpha=0.05&step=5", async |page| {
        for theme in ["light", "dark"] {
            page.change("theme", theme).await;
            page.painted().await;
            let ratios: Vec<f64> = page
                .eval(
                    "(() => {
                        const pen = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
                        const light = (color) => {
                            pen.fillStyle = color;
                            pen.fillRect(0, 0, 1, 1);
                            const [r, g, b] = [...pen.getImageData(0, 0, 1, 1).data].map((c) => c / 255)
                                .map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
                            return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
                        };
                        const ratio = (a, b) => Math.max(light(a) / light(b), light(b) / light(a));
                        const of = (selector, name) => getComputedStyle(document.querySelector(selector))[name];
                        const tick = of('.tick:not([hidden])', 'backgroundColor');
                        const probe = document.body.appendChild(document.createElement('i'));
                        probe.style.color = 'var(--focus)';
                        const ring = getComputedStyle(probe).color;
                        probe.style.color = 'var(--track)';
                        const track = getComputedStyle(probe).color;
                        probe.remove();
                        const [paper, card] = [of('html', 'backgroundColor'), of('.card', 'backgroundColor')];
                        return [ratio(ring, paper), ratio(ring, card), ratio(tick, card), ratio(tick, track)];
                    })()",
                )
                .await;
            assert!(ratios.iter().all(|&ratio| ratio >= 3.0), "{theme}: {ratios:?}");
        }
    });
}

#[test]
fn system_colours_keep_tracks_states_and_runs_apart() {
    browse(LABS[2], async |page| {
        page.prefer(&[("forced-colors", "active")]).await;
        page.painted().await;
        let told: Vec<Value> = page
            .eval(
                "(() => {
                    const of = (selector, name) => getComputedStyle(document.querySelector(selector))[name];
                    const root = getComputedStyle(document.documentElement);
                    return [
                        root.getPropertyValue('--track') !== root.getPropertyValue('--ink'),
                        of('#net-chips [aria-pressed=true]', 'backgroundColor') !== of('#net-chips [aria-pressed=false]', 'backgroundColor'),
                        of('.tab[aria-current=page]', 'backgroundColor') !== of('.tab:not([aria-current=page])', 'backgroundColor'),
                        of('input[type=range]', 'forcedColorAdjust') === 'none',
                        of('#net1-panel i', 'backgroundColor') !== of('#net2-panel i', 'backgroundColor'),
                    ];
                })()",
            )
            .await;
        assert_eq!(told, [json!(true), json!(true), json!(true), json!(true), json!(true)]);
    });
}

#[test]
fn undo_and_redo_are_buttons_that_say_when_there_is_nothing_to_do() {
    browse("step=5", async |page| {
        let off = async || -> Value {
            page.painted().await;
            page.eval("['undo', 'redo'].map((id) => document.getElementById(id).disabled)").await
        };
        assert_eq!(off().await, json!([true, true]));
        page.change("gd.alpha", "0.05").await;
        assert_eq!(off().await, json!([false, true]));
        page.click("#undo").await;
        assert_eq!(off().await, json!([true, false]));
        assert!(!page.ask::<String>("lab.link()").await.contains("0.05"));
        page.click("#redo").await;
        assert_eq!(off().await, json!([false, true]));
        assert!(page.ask::<String>("lab.link()").await.contains("gd.alpha=0.05"));
    });
}

#[test]
fn the_legend_tells_of_the_marks_in_use_and_draws_them() {
    browse(LABS[0], async |page| {
        for (link, marks) in LABS.into_iter().zip([
            &["where all runs start", "a known minimum"][..],
            &["averaged iterate", "amber: example of the batch"],
            &[
                "class 0 is an orange disc",
                "weight, orange below 0",
                "bias of a unit",
                "ring: the example",
            ],
        ]) {
            page.open(link).await;
            page.click("#legend-open").await;
            page.painted().await;
            let words = page.text("#legend").await;
            for mark in marks {
                assert!(words.contains(mark), "{link}: {words}");
            }
            let blank: u64 = page
                .eval(
                    "[...document.querySelectorAll('#legend canvas')].filter((canvas) =>
                        !canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.some(Boolean)).length",
                )
                .await;
            assert_eq!(blank, 0, "{link}");
        }
    });
}

#[test]
fn a_page_of_a_small_phone_scrolls_under_one_finger_on_the_plot() {
    browse("surface=himmelblau&step=12", async |page| {
        page.screen(Screen::PHONE).await;
        page.open("surface=himmelblau&step=12").await;
        let [left, top, width, height] = page.rectangle("#plot").await;
        let window = page.frame().await.window;
        let start = page.start_point().await;
        let from = [left + 0.15 * width, top + 0.8 * height];
        let moves: Vec<Vec<[f64; 2]>> =
            (0..12).map(|k| vec![[from[0], from[1] - 12.0 * f64::from(k)]]).collect();
        page.touch(&moves).await;
        page.painted().await;
        page.wait_for("scrollY > 20").await;
        assert_eq!(page.frame().await.window, window, "one finger must not pan");
        assert_eq!(page.start_point().await, start);
    });
}

#[test]
fn on_a_phone_nothing_is_drawn_over_the_pinned_pictures_and_nothing_is_wider_than_the_screen() {
    browse("", async |page| {
        page.screen(Screen::PHONE).await;
        for link in LABS {
            page.turn_to(link).await;
            page.painted().await;
            for far in [0.25, 0.5, 0.75, 1.0] {
                let over: Vec<String> = page
                    .call(
                        "scrollTo(0, arguments[0] * document.documentElement.scrollHeight);
                         const plots = [...document.querySelectorAll('.plots')].find((plots) => plots.checkVisibility());
                         const { left, top, width, height } = plots.getBoundingClientRect();
                         const over = [];
                         for (let x = left + 4; x < left + width; x += 12) {
                             for (let y = Math.max(top, 0) + 4; y < top + height; y += 12) {
                                 const there = document.elementFromPoint(x, y);
                                 if (there && !there.closest('.plots')) over.push(there.outerHTML.slice(0, 80));
                             }
                         }
                         return over;",
                        json!([far]),
                    )
                    .await;
                assert!(over.is_empty(), "{link} at {far}: {over:?}");
            }
            let width: f64 = page.eval("document.documentElement.scrollWidth").await;
            assert!(width <= 390.0, "{link}: {width} px wide");
        }
    });
}

#[test]
fn a_panel_tells_what_its_net_says_where_the_pointer_is() {
    browse("net=4,2&step=20", async |page| {
        page.wait_for("JSON.parse(ravine.lab.live()).net.reached === 20").await;
        let rows = async |panel: &str| -> Vec<String> {
            let [left, top, width, height] = page.rectangle(panel).await;
            page.move_to([left + 0.5 * width, top + 0.06 * height]).await;
            page.painted().await;
            page.call(
                "return [...document.querySelectorAll(`${arguments[0].replace('plot', 'readout')}:not([hidden]) :is(dt, dd)`)]
                     .map((cell) => cell.textContent);",
                json!([panel]),
            )
            .await
        };
        let [first, second] = [rows("#net1-plot").await, rows("#net2-plot").await];
        for rows in [&first, &second] {
            let labels: Vec<&str> = rows.iter().step_by(2).map(String::as_str).collect();
            assert_eq!(labels, ["x₁", "x₂", "f", "P(class 0)", "P(class 1)"]);
        }
        assert_ne!(first[5], second[5], "each panel tells of its own net");
    });
}

#[test]
fn stepping_through_the_passes_stops_the_clock() {
    browse("net=4,2", async |page| {
        page.wait_for("JSON.parse(ravine.lab.live()).step > 1").await;
        page.click("#pass-forth").await;
        assert!(!page.ask::<bool>("lab.playing()").await);
    });
}

#[test]
fn no_line_of_a_formula_grows_a_scroll_bar_and_lines_of_code_do_not_meet() {
    browse(LABS[1], async |page| {
        for height in [500, 640, 768, 900, 1200] {
            page.screen(screen(1280, height)).await;
            page.painted().await;
            let overlap: Vec<f64> = page
                .eval(
                    "(() => {
                        const boxes = [...document.querySelectorAll('#code-lines li')].map((line) => {
                            const parts = [line, ...line.querySelectorAll('math, math *')].map((part) => part.getBoundingClientRect());
                            return [Math.min(...parts.map(({ top }) => top)), Math.max(...parts.map(({ bottom }) => bottom))];
                        });
                        return boxes.slice(1).map(([top], index) => boxes[index][1] - top);
                    })()",
                )
                .await;
            assert!(overlap.iter().all(|&px| px <= 0.5), "{height}: {overlap:?}");
        }
        page.screen(Screen::DESKTOP).await;
        for link in ["net=4,2&step=20&at=1", "net=8,8&step=3&at=4", "net=4,2&step=20&at=99"] {
            page.turn_to(link).await;
            page.painted().await;
            let scrolls: Vec<String> = page
                .eval(
                    "[...document.querySelectorAll('#pass-lines *, .formula, .equation')].filter((element) => {
                         const { overflowX, overflowY, scrollbarWidth } = getComputedStyle(element);
                         const shows = [overflowX, overflowY].some((flow) => flow === 'auto' || flow === 'scroll');
                         return shows && scrollbarWidth !== 'none';
                     }).map((element) => element.outerHTML.slice(0, 80))",
                )
                .await;
            assert!(scrolls.is_empty(), "{link}: {scrolls:?}");
        }
        let apart: f64 = page
            .call(
                "location.hash = 'net=4,2&step=20';
                 await new Promise((done) => setTimeout(done, 300));
                 const [one, other] = document.querySelector('#pass-lines > div > div').children;
                 const last = [...other.parentElement.children].find((math) => math.classList.contains('apart'));
                 return last.getBoundingClientRect().left - last.previousElementSibling.getBoundingClientRect().right;",
                json!([]),
            )
            .await;
        assert!(apart > 15.0, "two formulas are {apart} px apart");
    });
}

#[test]
fn a_card_that_grows_leaves_the_chart_as_wide_where_scroll_bars_take_room() {
    browse(LABS[2], async |page| {
        page.devtools("Emulation.setScrollbarsHidden", json!({ "hidden": false })).await;
        let widths: Vec<f64> = page
            .eval(
                "['0px', '2000px'].map((height) => {
                     document.querySelector('.cards').style.minHeight = height;
                     return document.getElementById('chart').clientWidth;
                 })",
            )
            .await;
        let room: f64 = page
            .eval(
                "((side) => side.offsetWidth - side.clientWidth)(document.querySelector('.side'))",
            )
            .await;
        assert!(room > 5.0, "the scroll bar takes {room} px");
        assert_eq!(widths[0], widths[1]);
        page.devtools("Emulation.setScrollbarsHidden", json!({ "hidden": true })).await;
    });
}

#[test]
fn selects_are_as_wide_as_what_they_say_where_the_browser_cannot_see_to_it() {
    let old = "CSS.supports = () => false;";
    browse(LABS[2], async |page| {
        page.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": old })).await;
        page.open(LABS[2]).await;
        let widths: Vec<f64> = page
            .eval(
                "[...document.querySelectorAll('#net-dials select')].map((select) => parseFloat(select.style.width))",
            )
            .await;
        assert!(
            widths.len() >= 2 && widths.iter().all(|&px| (30.0..220.0).contains(&px)),
            "{widths:?}"
        );
    });
}

#[test]
fn a_frame_without_an_origin_starts_or_says_why_not() {
    browse(LABS[0], async |page| {
        // Our own server sends what such a frame needs.
        page.expect_complaint("sandbox");
        page.frame_without_origin(LABS[0]).await;
        page.wait_for("document.documentElement.dataset.ready === 'yes' && self.origin === 'null'")
            .await;
        assert_eq!(page.step().await, 21);
        page.leave_frame().await;
        page.open(LABS[0]).await;
        // Where nothing starts, a sentence stands in place of the empty page.
        let said: String = page
            .call(
                "const shell = document.getElementById('starting');
                 delete document.documentElement.dataset.ready;
                 const script = document.createElement('script');
                 script.type = 'module';
                 script.src = 'www/there-is-none.js';
                 document.head.append(script);
                 await new Promise((done) => script.addEventListener('error', done));
                 return shell.checkVisibility() ? shell.textContent : '';",
                json!([]),
            )
            .await;
        page.expect_complaint("there-is-none");
        assert!(said.starts_with("Ravine could not start:"), "{said}");
    });
}
