//! What must hold however the page looks: it opens, quickly, and only from its own server.

use std::time::Duration;

use serde_json::json;

use crate::harness::{Screen, browse, browse_alone, folder, origin};

#[test]
fn the_page_asks_only_for_files_of_the_site() {
    browse("", async |page| {
        page.painted().await;
        let requests = page.requests().await;
        let of_site: Vec<_> = requests.iter().filter_map(|at| at.strip_prefix(origin())).collect();
        assert!(of_site.contains(&"core/ravine_bg.wasm"), "{requests:#?}");
        for name in &of_site {
            assert!(folder().join(name).exists(), "{name} is not part of the site");
            assert_eq!(
                of_site.iter().filter(|other| *other == name).count(),
                1,
                "{name} comes twice"
            );
        }
    });
}

#[test]
fn the_page_is_ready_within_a_second() {
    browse_alone("", async |page| {
        let mut best = page.ready_time().await;
        for _ in 0..4 {
            page.open("").await;
            best = best.min(page.ready_time().await);
        }
        assert!(best < Duration::from_secs(1), "it takes {best:?}");
    });
}

/// Notes what the head and the scene say when they can be seen first, and how much moves from then
/// on: the sum of the scores of layout shifts, as the Layout Instability API has them.
const NOTE_OPENING: &str = "
    window.said = () => ['#labs [aria-current=page]', '#scene-title', '#scene-count', '#caption']
        .map((part) => document.querySelector(part).textContent);
    window.shifted = 0;
    new PerformanceObserver((list) => {
        for (const { value } of list.getEntries()) shifted += value;
    }).observe({ type: 'layout-shift', buffered: true });
    new MutationObserver((_, observer) => {
        if (!document.documentElement.dataset.lab) return;
        observer.disconnect();
        window.saidFirst = said();
    }).observe(document, { attributes: true, subtree: true, attributeFilter: ['data-lab'] });";

/// What may move, of 1.
const MOST_SHIFT: f64 = 0.02;

#[test]
fn head_and_scene_stand_where_they_stay_before_the_core_is_there() {
    const SCENES: [&str; 7] = [
        "",
        "surface=saddle&chart=linear&step=12&theme=dark",
        "gd.alpha=0.02&scene=ravine",
        "problem=mean&gd2.average=all",
        "net=none&data.shape=xor&data.noise=5&runs=gd,momentum&gd.batch=10&momentum.batch=10",
        "f=x^2%2By^4&present=yes",
        "lesson=own&scene=2&surface=beale&steps=40",
    ];
    const LESSON: &str = r#"{ "title": "Mine", "scenes": [
        { "title": "One", "link": "net=4", "text": "A net." },
        { "title": "Two", "link": "surface=beale&steps=40", "text": "A valley, told in a sentence." }
    ] }"#;
    browse("", async |page| {
        page.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": NOTE_OPENING }))
            .await;
        // Slow enough for the page to be painted before it is ready.
        let line = json!({
            "offline": false, "latency": 20, "downloadThroughput": 1e6, "uploadThroughput": 1e6,
        });
        page.devtools("Network.emulateNetworkConditions", line).await;
        page.call::<()>(
            "localStorage.setItem('ravine.lesson.own', JSON.stringify({ text: arguments[0] }));",
            json!([LESSON]),
        )
        .await;
        for screen in [Screen::DESKTOP, Screen::PHONE] {
            page.screen(screen).await;
            for link in SCENES {
                page.open(link).await;
                page.painted().await;
                let [first, now]: [Vec<String>; 2] = page.eval("[saidFirst, said()]").await;
                // Of what is no scene only the core knows what to say.
                let known = if link.starts_with("f=") { 3 } else { 4 };
                assert_eq!(first[..known], now[..known], "{link}");
                assert!(!now[3].is_empty(), "{link}");
                let shifted: f64 = page.eval("shifted").await;
                assert!(shifted < MOST_SHIFT, "{shifted} at {link:?}, {screen:?}");
            }
        }
    });
}

#[test]
fn an_address_that_is_typed_over_while_the_page_opens_is_opened() {
    // As soon as it listens, and before its parts are there.
    const TYPED: &str = "const listen = addEventListener;
        window.addEventListener = (kind, ...rest) => {
            listen.call(window, kind, ...rest);
            if (kind === 'popstate' && location.hash === '#problem=mean') location.hash = 'surface=camel';
        };";
    browse("", async |page| {
        page.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": TYPED })).await;
        page.open("problem=mean").await;
        page.painted().await;
        assert_eq!(page.eval::<String>("ravine.lab.link()").await, "surface=camel");
        assert_eq!(page.eval::<String>("document.documentElement.dataset.lab").await, "surface");
    });
}

#[test]
fn the_security_policy_refuses_what_is_not_the_pages_own() {
    browse("", async |page| {
        let refused: bool =
            page.eval("fetch('http://127.0.0.1:9/').then(() => false, () => true)").await;
        assert!(refused);
        let complaints = page.complaints().await;
        assert!(
            complaints.iter().any(|line| line.contains("Content Security Policy")),
            "{complaints:?}"
        );
        page.expect_complaint("Content Security Policy");
        page.expect_complaint("127.0.0.1:9");
    });
}
