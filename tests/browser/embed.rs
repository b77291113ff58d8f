//! The page within another page.

mod messages;

use serde_json::json;

use crate::harness::{Page, Screen, browse, origin};

/// What is asked of the frame in a slide or a place of the example, by its number; nothing while that is still
/// on its way.
fn within(frame: usize, question: &str) -> String {
    format!(
        "((frame) => {{ const {{ ravine, document: inside }} = frame.contentWindow; try {{ return {question}; }} catch {{ return null; }} }})(document.querySelectorAll('iframe')[{frame}])"
    )
}

async fn example(page: &Page) {
    page.call::<()>("location.href = 'embed.html';", json!([])).await;
    page.wait_for("document.getElementById('slide-count')?.textContent === '1 / 4'").await;
}

/// Waits until a frame has started.
async fn started(page: &Page, frame: usize) {
    page.wait_for(&within(frame, "inside.documentElement.dataset.whole === 'yes'")).await;
}

/// Puts the example's frame at this place into the middle of the window.
async fn scrolled_to(page: &Page, frame: usize) {
    page.call::<()>(
        "document.querySelectorAll('iframe')[arguments[0]].scrollIntoView({ block: 'center', behavior: 'instant' });",
        json!([frame]),
    )
    .await;
}

const IN_TEXT: usize = 2;
const SANDBOXED: usize = 3;

#[test]
fn it_plays_while_it_is_in_view_and_the_wheel_is_its_own_after_a_click() {
    browse("", async |page| {
        example(page).await;
        scrolled_to(page, IN_TEXT).await;
        started(page, IN_TEXT).await;
        page.wait_for(&within(IN_TEXT, "ravine.lab.playing() && ravine.lab.position() > 1")).await;
        page.call::<()>("scrollTo(0, 0);", json!([])).await;
        page.wait_for(&within(IN_TEXT, "!ravine.lab.playing()")).await;
        let stood: f64 = page.eval(&within(IN_TEXT, "ravine.lab.position()")).await;
        scrolled_to(page, IN_TEXT).await;
        page.wait_for(&within(IN_TEXT, "ravine.lab.playing()")).await;
        assert!(page.eval::<f64>(&within(IN_TEXT, "ravine.lab.position()")).await >= stood);

        // The stage and the clock, and nothing else.
        for (part, shown) in [
            (".stage", true),
            ("#transport", true),
            (".head", false),
            (".side", false),
            (".scene", false),
            ("#formula", false),
        ] {
            let is: bool = page
                .eval(&within(
                    IN_TEXT,
                    &format!("inside.querySelector('{part}').checkVisibility()"),
                ))
                .await;
            assert_eq!(is, shown, "{part}");
        }

        let middle = page.middle("figure iframe").await;
        let [before, window]: [f64; 2] = page
            .eval(&format!(
                "[scrollY, {}]",
                within(IN_TEXT, "ravine.lab.link().includes('window=') ? 1 : 0")
            ))
            .await;
        assert_eq!(window, 0.0);
        page.move_to(middle).await;
        page.wheel(middle, 120.0).await;
        page.wait_for(&format!("scrollY === {}", before + 120.0)).await;
        scrolled_to(page, IN_TEXT).await;
        let middle = page.middle("figure iframe").await;
        page.click_at(middle).await;
        page.wait_for(&within(IN_TEXT, "inside.documentElement.dataset.awake === 'yes'")).await;
        let before: f64 = page.eval("scrollY").await;
        let link: String = page.eval(&within(IN_TEXT, "ravine.lab.link()")).await;
        page.wheel(middle, -120.0).await;
        page.wait_for(&within(IN_TEXT, &format!("ravine.lab.link() !== '{link}'"))).await;
        assert_eq!(page.eval::<f64>("scrollY").await, before);
        // The click that woke it put no start there.
        assert!(!link.contains("start="), "{link}");

        page.press(&[], thirtyfour::Key::Escape).await;
        page.wait_for("document.activeElement?.tagName !== 'IFRAME'").await;
        page.wait_for(&within(IN_TEXT, "inside.documentElement.dataset.awake === 'no'")).await;
        // Going back leads out of the example, and not through what was done in a frame.
        page.back().await;
        page.wait_for("!location.href.includes('embed.html')").await;
    });
}

#[test]
fn a_lesson_in_a_slide_turns_its_scenes_and_hands_on_the_keys_at_its_end() {
    browse("", async |page| {
        example(page).await;
        page.call::<()>(
            "globalThis.heard = [];
            addEventListener('message', ({ data }) => heard.push(data.ravine ?? data));",
            json!([]),
        )
        .await;
        page.focus("#deck").await;
        page.press(&[], thirtyfour::Key::Right).await;
        page.wait_for("document.getElementById('slide-count').textContent === '2 / 4'").await;
        started(page, 0).await;
        assert!(
            page.eval::<bool>(&within(0, "inside.querySelector('#caption').checkVisibility()"))
                .await
        );
        for scene in 2..=6 {
            page.press(&[], thirtyfour::Key::PageDown).await;
            page.wait_for(&within(
                0,
                &format!("ravine.lab.link().startsWith('lesson=first-steps&scene={scene}')"),
            ))
            .await;
        }
        assert!(!page.eval::<bool>("heard.includes('next')").await);
        page.press(&[], thirtyfour::Key::PageDown).await;
        page.wait_for("document.getElementById('slide-count').textContent === '3 / 4'").await;
        // reveal.js hears it in its own words.
        assert!(page.eval::<bool>(r#"heard.includes('{"method":"next"}')"#).await);
        // And back into the last scene.
        page.focus("#deck").await;
        page.press(&[], thirtyfour::Key::Left).await;
        page.wait_for("document.getElementById('slide-count').textContent === '2 / 4'").await;
        page.press(&[], thirtyfour::Key::PageUp).await;
        page.wait_for(&within(0, "ravine.lab.link().startsWith('lesson=first-steps&scene=5')"))
            .await;
    });
}

#[test]
fn it_works_without_an_origin_and_without_storage() {
    browse("", async |page| {
        example(page).await;
        page.call::<()>(
            "globalThis.heard = [];
            addEventListener('message', ({ source, data }) => { if (source === document.querySelectorAll('iframe')[arguments[0]].contentWindow) heard.push(data); });",
            json!([SANDBOXED]),
        )
        .await;
        scrolled_to(page, SANDBOXED).await;
        // It may have said that it is ready before anybody listened.
        page.wait_for(&format!(
            "(document.querySelectorAll('iframe')[{SANDBOXED}].contentWindow.postMessage({{ ravine: 'state' }}, '*'),
              heard.some(({{ ravine }}) => ravine === 'state'))"
        ))
        .await;
        page.wait_for("heard.some(({ playing, position }) => playing && position > 0)").await;
        page.call::<()>(
            "document.querySelectorAll('iframe')[arguments[0]].contentWindow.postMessage({ ravine: 'pause' }, '*');",
            json!([SANDBOXED]),
        )
        .await;
        page.wait_for("heard.at(-1).playing === false").await;
        // It cannot be looked into, and it complains of nothing.
        assert_eq!(page.complaints().await, Vec::<String>::new());
    });
}

#[test]
fn what_stands_behind_the_question_mark_may_be_the_experiment_too() {
    browse("", async |page| {
        page.call::<()>(
            "location.href = arguments[0];",
            json!([format!("{}?embed=1&surface=beale&hide=transport", origin())]),
        )
        .await;
        page.wait_until_ready().await;
        assert_eq!(page.link().await, "surface=beale");
        assert!(!page.eval::<bool>("document.getElementById('transport').checkVisibility()").await);
        // Alone in its window it is awake.
        assert_eq!(page.eval::<String>("document.documentElement.dataset.awake").await, "yes");
    });
}

#[test]
fn in_a_small_frame_nothing_overlaps_and_what_is_asked_can_be_answered() {
    for (width, height, link) in [
        (480, 320, "?embed=1#lesson=basic-training&scene=5"),
        (640, 400, "?embed=1&controls=caption#lesson=basic-training&scene=4"),
        (300, 200, "?embed=1#net=4,4"),
        (300, 200, "?embed=1&controls=scenes,caption,dials,chart,runs,edit,deck#surface=ravine"),
        (640, 300, "?embed=1#problem=linear"),
        (390, 600, "?embed=1&controls=scenes,deck#net=4,4"),
        (960, 600, "?embed=1&controls=scenes,caption,dials,chart,runs,edit,deck#problem=linear"),
    ] {
        browse("", async |page| {
            page.screen(Screen { width, height, ratio: 1.0, phone: false }).await;
            page.call::<()>(
                "location.href = arguments[0];",
                json!([format!("{}{link}", origin())]),
            )
            .await;
            page.wait_until_ready().await;
            page.painted().await;
            let faults: Vec<String> = page
                .eval(
                    "(() => {
                        const faults = [];
                        const { scrollWidth, scrollHeight } = document.documentElement;
                        if (scrollWidth > innerWidth || scrollHeight > innerHeight) faults.push(`the page is ${scrollWidth} by ${scrollHeight}`);
                        const parts = ['.head', '.surface', '.plots:not([hidden])', '.deck', '.scene', '.side', '.transport']
                            .flatMap((name) => [...document.querySelectorAll(name)].filter((one) => one.checkVisibility() && one.clientHeight > 0).map((one) => [name, one.getBoundingClientRect()]));
                        parts.forEach(([name, a], at) => parts.slice(at + 1).forEach(([other, b]) => {
                            if (a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1) faults.push(`${name} lies over ${other}`);
                        }));
                        const plots = parts.filter(([name]) => name.startsWith('.plots'));
                        if (!plots.some(([, { width, height }]) => width > 100 && height > 60)) faults.push('there is no picture');
                        return faults;
                    })()",
                )
                .await;
            assert_eq!(faults, Vec::<String>::new(), "{width} × {height}, {link}");
        });
    }
}

#[test]
fn one_finger_scrolls_the_page_around_it_until_it_is_tapped() {
    browse("", async |page| {
        example(page).await;
        page.screen(Screen { width: 800, height: 700, ratio: 1.0, phone: true }).await;
        scrolled_to(page, IN_TEXT).await;
        started(page, IN_TEXT).await;
        page.call::<()>("document.documentElement.style.scrollBehavior = 'auto';", json!([])).await;
        let [x, y] = page.middle("figure iframe").await;
        let up: Vec<Vec<[f64; 2]>> =
            (0..=8).map(|at| vec![[x, y - 15.0 * f64::from(at)]]).collect();
        let link: String = page.eval(&within(IN_TEXT, "ravine.lab.link()")).await;
        let before: f64 = page.eval("scrollY").await;
        page.touch(&up).await;
        page.wait_for(&format!("scrollY > {}", before + 60.0)).await;
        // It was no tap, and the plot has not moved.
        assert_eq!(
            page.eval::<String>(&within(IN_TEXT, "inside.documentElement.dataset.awake")).await,
            "no"
        );
        assert_eq!(page.eval::<String>(&within(IN_TEXT, "ravine.lab.link()")).await, link);

        scrolled_to(page, IN_TEXT).await;
        page.painted().await;
        let [x, y] = page.middle("figure iframe").await;
        // On a busy machine a finger may rest too long for a tap.
        let mut taps = 0;
        while !page
            .eval::<bool>(&within(IN_TEXT, "inside.documentElement.dataset.awake === 'yes'"))
            .await
        {
            assert!(taps < 10, "a tap does not wake it");
            page.touch(&[vec![[x, y]]]).await;
            page.painted().await;
            taps += 1;
        }
        // The start is taken hold of by one finger.
        let [left, top]: [f64; 2] = page.eval(&within(
            IN_TEXT,
            "(() => {
                const { start, window: [low, high, bottom, top] } = JSON.parse(ravine.lab.model()).surface;
                const [around, plot] = [frame, inside.getElementById('plot')].map((box) => box.getBoundingClientRect());
                return [
                    around.left + plot.left + (start[0] - low) / (high - low) * plot.width,
                    around.top + plot.top + (top - start[1]) / (top - bottom) * plot.height,
                ];
            })()",
        )).await;
        let before: f64 = page.eval("scrollY").await;
        let path: Vec<Vec<[f64; 2]>> = (0..=8)
            .map(|at| vec![[left - 5.0 * f64::from(at), top - 5.0 * f64::from(at)]])
            .collect();
        page.touch(&path).await;
        page.wait_for(&within(IN_TEXT, "ravine.lab.link().includes('start=')")).await;
        assert_eq!(page.eval::<f64>("scrollY").await, before);
    });
}
