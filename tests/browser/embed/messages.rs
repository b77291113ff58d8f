//! What a page within another and the page around it tell each other.

use serde_json::json;

use super::{example, started, within};
use crate::harness::{Page, browse};

/// Two copies at the example's head, each of which hears what the other says.
async fn copies(page: &Page) {
    page.call::<()>(
        "globalThis.told = [0, 0];
        globalThis.copies = [0, 1].map(() => {
            const frame = document.createElement('iframe');
            frame.src = './?embed=1&hide=speed#surface=bowl&runs=gd&step=0';
            frame.width = 500;
            frame.height = 320;
            document.querySelector('main').prepend(frame);
            return frame;
        });
        addEventListener('message', ({ source, data }) => {
            const from = copies.findIndex(({ contentWindow }) => contentWindow === source);
            if (from < 0 || data.ravine !== 'state') return;
            told[from] += 1;
            copies[1 - from].contentWindow.postMessage(data, '*');
        });
        scrollTo(0, 0);",
        json!([]),
    )
    .await;
    started(page, 0).await;
    started(page, 1).await;
}

/// Whether both copies show the same, and the clocks of both do the same.
const IN_STEP: &str =
    "(([one, other]) => one.link() === other.link() && one.playing() === other.playing())
    (copies.map(({ contentWindow }) => contentWindow.ravine.lab))";

#[test]
fn two_copies_are_kept_in_step_by_what_they_say() {
    browse("", async |page| {
        // The page itself frames nobody: the example does.
        example(page).await;
        copies(page).await;
        page.call::<()>(
            "document.querySelector('iframe').contentWindow.ravine.page.set('surface', 'beale');",
            json!([]),
        )
        .await;
        page.wait_for(&within(1, "ravine.lab.link().includes('surface=beale')")).await;
        page.call::<()>(
            "const { ravine } = document.querySelector('iframe').contentWindow; ravine.lab.seek(17); ravine.page.moved();",
            json!([]),
        )
        .await;
        page.wait_for(&within(1, "ravine.lab.position() === 17")).await;
        // What is asked for is said; what is none of its words is passed over.
        page.call::<()>(
            "globalThis.said = [];
            addEventListener('message', ({ data }) => { if (data.ravine === 'state') said.push(data); });
            const { contentWindow } = document.querySelector('iframe');
            for (const word of [null, 7, {}, { ravine: 'moon' }, { ravine: 'link', link: 5 }, { ravine: 'state', position: 'far' }]) contentWindow.postMessage(word, '*');
            contentWindow.postMessage({ ravine: 'link', link: '#surface=himmelblau' }, '*');
            contentWindow.postMessage({ ravine: 'state' }, '*');",
            json!([]),
        )
        .await;
        page.wait_for("said.some(({ link }) => link.includes('surface=himmelblau'))").await;
    });
}

#[test]
fn two_copies_come_to_the_same_whatever_is_done_in_both_and_then_say_no_more() {
    browse("", async |page| {
        example(page).await;
        copies(page).await;
        page.call::<()>(
            "globalThis.doIn = (at, what) => {
                const { lab, page } = copies[at].contentWindow.ravine;
                const words = ['bowl', 'beale', 'himmelblau', 'rosenbrock'];
                if (what < 4) page.set('surface', words[what]);
                else if (what < 6) page.set('runs', ['gd', 'gd,momentum'][what - 4]);
                else {
                    [() => lab.seek(5), () => lab.seek(30), () => lab.play(), () => lab.pause(), () => lab.rewind()][what - 6]();
                    page.moved();
                }
            };",
            json!([]),
        )
        .await;
        let mut random = 7_u32;
        let mut next = |below: u32| {
            random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (random >> 8) % below
        };
        for round in 0..8 {
            // Both at once, one after the other, or with the other's word on its way.
            let acts: Vec<[u32; 3]> = (0..12).map(|_| [next(2), next(11), 40 * next(8)]).collect();
            page.call::<()>(
                "const [acts, together] = arguments;
                const wait = (time) => new Promise((done) => setTimeout(done, time));
                return (async () => {
                    for (const [at, what, time] of acts) {
                        doIn(at, what);
                        await wait(time);
                    }
                    doIn(0, together[0]);
                    doIn(1, together[1]);
                })();",
                json!([acts, [next(4), next(4)]]),
            )
            .await;
            page.wait_for(IN_STEP).await;
            // And they stay so, once all is said.
            page.call::<()>("return new Promise((done) => setTimeout(done, 1500));", json!([]))
                .await;
            page.wait_for(IN_STEP).await;
            assert!(page.eval::<bool>(IN_STEP).await, "round {round}: {acts:?}");
        }
        // Both go on while they play …
        page.call::<()>("doIn(0, 10); doIn(0, 8);", json!([])).await;
        page.wait_for("copies.every(({ contentWindow: { ravine: { lab } } }) => lab.playing() && lab.position() > 1 && lab.position() < 40)").await;
        let stood: Vec<f64> = page
            .eval("copies.map(({ contentWindow }) => contentWindow.ravine.lab.position())")
            .await;
        page.wait_for(&format!(
            "copies.every(({{ contentWindow }}, at) => contentWindow.ravine.lab.position() > {stood:?}[at] + 1)"
        ))
        .await;
        // … and what stands is not said again and again.
        page.call::<()>("doIn(1, 6);", json!([])).await;
        page.wait_for("copies.every(({ contentWindow: { ravine: { lab } } }) => !lab.playing() && lab.position() === 5)").await;
        page.call::<()>(
            "return new Promise((done) => setTimeout(done, 1500)).then(() => { told.fill(0); return new Promise((done) => setTimeout(done, 1500)); });",
            json!([]),
        )
        .await;
        assert_eq!(page.eval::<[u32; 2]>("told").await, [0, 0]);
    });
}

#[test]
fn a_link_with_faults_leaves_what_is_shown_and_is_answered() {
    browse("", async |page| {
        example(page).await;
        copies(page).await;
        page.call::<()>(
            "globalThis.faults = [];
            addEventListener('message', ({ data }) => { if (data.ravine === 'fault') faults.push([data.link, data.message]); });
            const { lab, page } = copies[0].contentWindow.ravine;
            page.set('surface', 'beale');
            lab.seek(9);
            page.moved();",
            json!([]),
        )
        .await;
        let shown: String = page.eval("copies[0].contentWindow.ravine.lab.link()").await;
        for (words, wrong) in [
            ("{ ravine: 'link', link: '#surface=moon&runs=gd' }", "moon"),
            (
                "{ ravine: 'state', link: 'surface=bowl&steps=many', position: 3, playing: true }",
                "many",
            ),
            ("{ ravine: 'link', link: 'lesson=moon-walk' }", "moon-walk"),
        ] {
            page.call::<()>(
                &format!("faults.length = 0; copies[0].contentWindow.postMessage({words}, '*');"),
                json!([]),
            )
            .await;
            page.wait_for("faults.length === 1").await;
            let [link, message]: [String; 2] = page.eval("faults[0]").await;
            assert!(words.contains(&link) && message.contains(wrong), "{link}: {message}");
            assert_eq!(
                page.eval::<String>("copies[0].contentWindow.ravine.lab.link()").await,
                shown
            );
        }
        // What would have done nothing is no fault.
        page.call::<()>(
            "copies[0].contentWindow.postMessage({ ravine: 'link', link: 'surface=himmelblau&runs=gd&layout=overlay' }, '*');",
            json!([]),
        )
        .await;
        page.wait_for("copies[0].contentWindow.ravine.lab.link().includes('surface=himmelblau')")
            .await;
        assert_eq!(page.eval::<usize>("faults.length").await, 1);
    });
}
