//! The clock that all runs share, and the hand on it.

use serde_json::{Value, json};
use thirtyfour::Key;

use crate::harness::{Page, browse};

async fn clock(page: &Page) -> (u64, bool) {
    page.painted().await;
    let live = page.live().await;
    (live["step"].as_u64().unwrap(), live["playing"].as_bool().unwrap())
}

/// What the transport itself shows.
async fn shown(page: &Page) -> Value {
    page.painted().await;
    page.eval(
        "({
            step: document.getElementById('step-now').value,
            scrub: document.getElementById('scrub').value,
            play: document.getElementById('play').getAttribute('aria-label'),
        })",
    )
    .await
}

fn standing(step: u32) -> Value {
    json!({ "step": step.to_string(), "scrub": step.to_string(), "play": "Play" })
}

#[test]
fn the_bare_address_plays_to_the_horizon_and_stops_there() {
    browse("", async |page| {
        assert_eq!(page.live().await["playing"], true);
        page.wait_for("document.getElementById('step-now').value > 2").await;
        page.change("speed", "1000").await;
        page.wait_for("!ravine.lab.playing()").await;
        assert_eq!(shown(page).await, standing(50));
        // Play at the horizon begins anew.
        page.change("speed", "0.5").await;
        page.click("#play").await;
        assert_eq!(clock(page).await, (0, true));
    });
}

#[test]
fn buttons_play_pause_step_and_go_back() {
    browse("step=10&speed=0.5", async |page| {
        assert_eq!(shown(page).await, standing(10));
        for (button, step) in
            [("#step", 11), ("#step", 12), ("#back", 11), ("#rewind", 0), ("#back", 0)]
        {
            page.click(button).await;
            assert_eq!(shown(page).await, standing(step), "{button}");
        }
        page.click("#play").await;
        page.wait_for("document.getElementById('play').ariaLabel === 'Pause'").await;
        assert!(clock(page).await.1);
        page.click("#step").await;
        let (step, playing) = clock(page).await;
        assert!(!playing && step > 0, "a step while it plays stops the clock");
        page.click("#play").await;
        page.click("#play").await;
        assert!(!clock(page).await.1);
        // Rewinding what plays plays on.
        page.change("speed", "2000").await;
        page.change("steps", "5000").await;
        page.click("#play").await;
        page.wait_for("JSON.parse(ravine.lab.live()).step > 300").await;
        page.change("speed", "0.5").await;
        page.click("#rewind").await;
        assert_eq!(clock(page).await, (0, true));
    });
}

#[test]
fn paths_have_no_gap_while_the_clock_plays() {
    browse("surface=ravine&runs=gd,momentum&steps=200&speed=30&step=0", async |page| {
        let (seen, held, most): (usize, usize, usize) = page
            .call(
                "const { lab, page } = ravine;
                 const frame = () => new Promise((done) => requestAnimationFrame(done));
                 const alphas = (layer) => {
                     const canvas = document.getElementById(`plot-${layer}`);
                     const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d', { willReadFrequently: true });
                     copy.drawImage(canvas, 0, 0);
                     const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
                     return data.filter((_, at) => at % 4 === 3);
                 };
                 const inked = () => {
                     const [paths, heads] = ['paths', 'heads'].map(alphas);
                     return paths.map((alpha, at) => Number(Math.max(alpha, heads[at]) > 128));
                 };
                 const count = (a, b) => a.reduce((sum, ink, at) => sum + Number(ink !== b[at]), 0);
                 let [seen, held, most] = [0, 0, 0];
                 for (let round = 0; round < 10; round++) {
                     lab.play();
                     page.moved();
                     for (let frames = 0; frames < 7; frames++) await frame();
                     const [playing, before] = [inked(), alphas('paths')];
                     lab.pause();
                     lab.draw();
                     seen += 1;
                     held += Number(count(before, alphas('paths')) > 0);
                     most = Math.max(most, count(playing, inked()));
                 }
                 return [seen, held, most];",
                json!([]),
            )
            .await;
        assert!(held > 0, "the newest pieces were with the heads in none of {seen} frames");
        // Edges may fall a little otherwise on another canvas.
        assert!(most < 40, "{most} pixels appeared or went when the clock stopped");
    });
}

#[test]
fn keys_play_pause_step_and_go_to_the_ends() {
    browse("step=10&speed=0.5", async |page| {
        for (key, step) in [
            ('.', 11),
            (',', 10),
            (',', 9),
            (char::from(Key::End), 50),
            ('.', 50),
            (char::from(Key::Home), 0),
            (',', 0),
        ] {
            page.press(&[], key).await;
            assert_eq!(clock(page).await, (step, false), "{key:?}");
        }
        page.press(&[], ' ').await;
        assert!(clock(page).await.1);
        page.press(&[], ' ').await;
        assert!(!clock(page).await.1);
    });
}

#[test]
fn scrubbing_and_typing_show_any_step_of_the_horizon() {
    browse("steps=5000&step=0", async |page| {
        let [left, top, width, height] = page.rectangle("#scrub").await;
        let at = |part: f64| [left + part * width, top + height / 2.0];
        page.drag(&[at(0.1), at(0.4), at(0.75)]).await;
        let (step, playing) = clock(page).await;
        assert!((3600..3900).contains(&step) && !playing, "step {step}");
        assert_eq!(shown(page).await, standing(step as u32));
        page.drag(&[at(0.75), at(1.0)]).await;
        assert_eq!(clock(page).await.0, 5000);
        page.drag(&[at(0.999), at(0.0)]).await;
        assert_eq!(clock(page).await.0, 0);
        page.focus("#scrub").await;
        page.press(&[], Key::Right).await;
        assert_eq!(clock(page).await.0, 1);

        page.focus("#step-now").await;
        page.press(&[Key::Control], 'a').await;
        page.type_text("1234").await;
        page.press(&[], Key::Enter).await;
        assert_eq!(shown(page).await, standing(1234));
        page.wait_for("location.hash.includes('step=1234')").await;
        // Nonsense is not a step, and the box says which one is shown.
        for (typed, step) in [
            ("99999", 5000),
            ("-4", 0),
            ("7.9", 7),
            ("4294967300", 5000),
            ("-4294967290", 0),
            ("", 0),
        ] {
            page.focus("#step-now").await;
            page.press(&[Key::Control], 'a').await;
            page.press(&[], Key::Backspace).await;
            page.type_text(typed).await;
            page.press(&[], Key::Enter).await;
            let shown: String = page.eval("document.getElementById('step-now').value").await;
            assert_eq!((clock(page).await.0, &*shown), (step, &*step.to_string()), "{typed}");
        }
    });
}

#[test]
fn the_speed_goes_from_a_step_in_two_seconds_to_what_a_frame_allows() {
    browse("steps=5000&speed=10000", async |page| {
        page.wait_for("!ravine.lab.playing()").await;
        assert_eq!(clock(page).await.0, 5000);
        // The clock goes by the time between frames, not by their number.
        let (step, milliseconds): (u64, f64) = page
            .call(
                "const { lab, page } = ravine;
                 page.set('speed', '100');
                 lab.seek(0);
                 lab.play();
                 page.moved();
                 const begin = performance.now();
                 const step = () => JSON.parse(lab.live()).step;
                 while (step() < 100) await new Promise((done) => requestAnimationFrame(done));
                 return [step(), performance.now() - begin];",
                json!([]),
            )
            .await;
        // Slower than asked for where frames are, and never faster.
        let fastest = step as f64 * 10.0 - 50.0;
        assert!(milliseconds > fastest, "{step} steps in {milliseconds} ms");
        page.set("#speed input[type=number]", "0.5").await;
        page.painted().await;
        assert!(page.ask::<String>("lab.link()").await.contains("speed=0.5"));
    });
}

#[test]
fn a_dial_changed_while_the_clock_stands_walks_the_path_anew_and_keeps_the_step() {
    browse("step=20", async |page| {
        let print: String = page.ask("lab.fingerprint()").await;
        let said = page.text("[data-run=momentum] .numbers").await;
        page.set("[data-run=momentum] input[type=number]", "0.03").await;
        assert_eq!(clock(page).await, (20, false));
        assert_ne!(page.ask::<String>("lab.fingerprint()").await, print);
        assert_ne!(page.text("[data-run=momentum] .numbers").await, said);
        // A horizon before the step is where it then stands.
        page.set("#horizon input[type=number]", "12").await;
        assert_eq!(shown(page).await, standing(12));
        // While it plays it plays on.
        page.set("#horizon input[type=number]", "5000").await;
        page.click("#play").await;
        page.set("[data-run=gd] input[type=number]", "0.01").await;
        let (step, playing) = clock(page).await;
        assert!(playing && step >= 12, "step {step}");
    });
}

#[test]
fn long_work_has_a_bar_until_all_of_it_is_there() {
    let eight = ["adam"; 8].join(",");
    let link = format!(
        "problem=mean&data.n=2000&runs={eight}&steps=2000&step=2000&adam.batch=1&adam.average=all"
    );
    browse(&link, async |page| {
        let done = "JSON.parse(ravine.lab.live()).progress === 1";
        page.wait_for(&format!("document.getElementById('work').hidden && {done}")).await;
        let said = page.text(".card .sentence, .card footer").await;
        assert!(!said.contains("omput"), "{said}");
        // Another objective is another work, and one that is small is done before the next frame.
        page.change("data.n", "1999").await;
        page.wait_for("!document.getElementById('work').hidden").await;
        page.wait_for("document.getElementById('work').getAttribute('aria-valuenow') > 0").await;
        page.change("data.n", "20").await;
        page.change("steps", "50").await;
        page.painted().await;
        assert!(page.eval::<bool>("document.getElementById('work').hidden").await);
    });
}
