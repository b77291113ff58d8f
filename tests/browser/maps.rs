//! Maps on the page: a worker computes them, and where there is none the page does.

use serde_json::json;

use crate::harness::{Page, browse};

const LINK: &str = "surface=himmelblau&runs=gd&gd.alpha=0.01&steps=40&step=40";

/// The map of basins on a page where workers are made by this.
async fn basins_by(page: &Page, worker: &str) -> String {
    page.call::<()>(
        &format!(
            "globalThis.heard = 0;
            const Made = Worker;
            globalThis.Worker = class extends Made {{
                constructor(place, options) {{
                    super({worker}, options);
                    this.addEventListener('message', ({{ data }}) => {{ heard += data.found ? 1 : 0; }});
                }}
            }};
            ravine.page.set('map', 'basins');"
        ),
        json!([]),
    )
    .await;
    page.rests().await;
    page.picture_of("plot-field").await
}

#[test]
fn a_worker_computes_them_and_where_it_fails_the_page_goes_on() {
    browse(LINK, async |page| {
        let by_worker = basins_by(page, "place").await;
        assert!(page.eval::<u32>("heard").await > 0, "the worker has found nothing");
        // One that is not there.
        page.open(LINK).await;
        let alone = basins_by(page, "'missing.js'").await;
        assert_eq!(page.eval::<u32>("heard").await, 0);
        assert!(by_worker == alone, "the page computes another map than its worker");
        // None at all.
        page.open(LINK).await;
        assert!(by_worker == basins_by(page, "(() => { throw new Error('None.'); })()").await);
    });
}

#[test]
fn a_second_worker_helps_where_there_are_processors_for_it() {
    const LONG: &str = "surface=himmelblau&runs=momentum&momentum.alpha=0.01&steps=2000&step=40";
    browse("", async |page| {
        let mut pictures = Vec::new();
        for processors in [1, 4] {
            page.open(LONG).await;
            // What the workers tell each other goes through the page.
            page.call::<()>(
                "const [processors] = arguments;
                Object.defineProperty(navigator, 'hardwareConcurrency', { value: processors });
                globalThis.helped = 0;
                const Channel = MessageChannel;
                globalThis.MessageChannel = function () {
                    const [one, two] = [new Channel(), new Channel()];
                    one.port2.onmessage = ({ data }) => {
                        helped += data.help ? 1 : 0;
                        two.port1.postMessage(data);
                    };
                    two.port1.onmessage = ({ data }) => one.port2.postMessage(data);
                    return { port1: one.port1, port2: two.port2 };
                };
                ravine.page.set('map', 'basins');",
                json!([processors]),
            )
            .await;
            page.rests().await;
            // The second is ready some time after the first has begun.
            let mut helped = 0;
            for alpha in ["0.006", "0.005"].into_iter().cycle().take(40) {
                page.change("momentum.alpha", alpha).await;
                page.rests().await;
                helped = page.eval::<u32>("helped").await;
                if alpha == "0.005" && (helped > 0 || processors == 1) {
                    break;
                }
            }
            assert_eq!(helped > 0, processors > 1, "{helped}");
            pictures.push(page.picture_of("plot-field").await);
        }
        assert!(pictures[0] == pictures[1], "two workers find another map");
    });
}

#[test]
fn in_a_sandbox_without_an_origin_the_page_computes_them() {
    browse("", async |page| {
        page.frame_without_origin(&format!("{LINK}&map=basins")).await;
        page.rests().await;
        assert!(page.ask::<String>("lab.link()").await.contains("map=basins"));
        page.leave_frame().await;
    });
}

#[test]
fn tools_that_cannot_be_loaded_are_told_of_and_tried_again_until_they_are_there() {
    browse(LINK, async |page| {
        for complaint in ["tools/ravine", "ERR_BLOCKED_BY_CLIENT"] {
            page.expect_complaint(complaint);
        }
        page.devtools("Network.enable", json!({})).await;
        page.devtools("Network.setBlockedURLs", json!({ "urls": ["*/tools/*"] })).await;
        // A worker's requests are none of the page's.
        page.call::<()>(
            "globalThis.Worker = class { constructor() { throw new Error('None.'); } };
            ravine.page.set('map', 'basins');",
            json!([]),
        )
        .await;
        page.wait_for("document.getElementById('notes').textContent.includes('maps has failed')")
            .await;
        // It waits, and says so.
        let job: String = page.ask("lab.job()").await;
        assert!(!job.is_empty() && page.notes().await.len() == 1);
        page.devtools("Network.setBlockedURLs", json!({ "urls": [] })).await;
        page.rests().await;
        assert!(page.notes().await.is_empty());
    });
}

#[test]
fn a_dial_that_is_dragged_is_followed_and_other_labs_ask_for_nothing() {
    browse(LINK, async |page| {
        basins_by(page, "place").await;
        let before: u32 = page.eval("heard").await;
        for alpha in 1..12 {
            page.call::<()>(
                "const [alpha] = arguments[0]; ravine.page.set('gd.alpha', alpha);",
                json!([[format!("0.0{alpha}")]]),
            )
            .await;
            page.painted().await;
        }
        page.rests().await;
        assert!(page.eval::<u32>("heard").await > before);
        page.call::<()>("ravine.page.act({ lab: { key: 'network' } });", json!([])).await;
        page.painted().await;
        assert_eq!(page.ask::<String>("lab.job()").await, "");
        // Back again, it is there again.
        page.call::<()>("ravine.page.act({ lab: { key: 'surface' } });", json!([])).await;
        page.rests().await;
        assert!(page.ask::<String>("lab.link()").await.contains("map=basins"));
    });
}

#[test]
fn a_hand_that_rests_on_a_chart_reads_what_is_under_it_now() {
    browse("surface=himmelblau&runs=momentum&steps=40&by=alphabeta&step=20", async |page| {
        page.rests().await;
        page.move_to(page.middle("#chart").await).await;
        page.wait_for("!document.getElementById('chart-readout').hidden").await;
        let first = page.text("#chart-readout").await;
        page.change("surface", "booth").await;
        page.rests().await;
        let is_other = format!(
            "document.getElementById('chart-readout').textContent && \
             document.getElementById('chart-readout').innerText !== {}",
            serde_json::to_string(&first).unwrap()
        );
        page.wait_for(&is_other).await;
    });
}
