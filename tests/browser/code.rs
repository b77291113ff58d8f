//! The pseudo code runs: line by line in both directions, with its variables, and with the clock.

use serde_json::Value;

use crate::harness::{Page, Screen, browse};

const LINK: &str = "problem=linear&data.n=10&gd2.batch=4&steps=20&step=0";

/// The lit lines, counted from 1, and what stands beside each line.
async fn code(page: &Page) -> (Vec<usize>, Vec<String>) {
    page.painted().await;
    let (lit, values): (Vec<bool>, Vec<String>) = page
        .eval(
            "(([lines]) => [
                lines.map((line) => line.classList.contains('lit')),
                lines.map((line) => line.querySelector('.code-value').textContent),
            ])([[...document.querySelectorAll('#code-lines li')]])",
        )
        .await;
    let lit = lit.iter().enumerate().filter(|(_, lit)| **lit).map(|(index, _)| index + 1);
    (lit.collect(), values)
}

#[test]
fn one_steps_line_by_line_forth_and_back_over_whole_epochs() {
    browse(LINK, async |page| {
        assert_eq!(
            page.eval::<usize>("document.querySelectorAll('#code-lines li').length").await,
            10
        );
        // Ten examples in batches of four: an epoch is three updates, and its last batch has two.
        let epoch = [2, 3, 4];
        let body = [5, 6, 7, 8, 9];
        let lines = [&epoch[..], &body, &body, &body, &epoch, &body].concat();
        let mut seen = vec![code(page).await];
        assert_eq!(seen[0].0, [1]);
        for (index, line) in lines.iter().enumerate() {
            if index % 2 == 0 {
                page.click("#line-step").await;
            } else {
                page.press(&[], ']').await;
            }
            let now = code(page).await;
            assert_eq!(now.0, [*line], "after {index} lines");
            assert_ne!(now, seen[index]);
            seen.push(now);
        }
        assert_eq!(page.step().await, 4);
        let of = |line: usize, value: usize| seen[line].1[value - 1].clone();
        assert_eq!(of(4, 5), "k = 1");
        assert!(of(5, 6).starts_with("J₁ = {"), "{}", of(5, 6));
        assert!(of(6, 7).starts_with("ĝ = ("), "{}", of(6, 7));
        assert_eq!(of(8, 9), "t = 1");
        assert_ne!(of(7, 8), of(6, 8), "θ moves on line 8");
        assert_eq!([of(2, 4), of(3, 4)], ["", "K = 3, the last of 2"]);
        assert_eq!(of(19, 2), "epoch 2");

        for (index, before) in seen.iter().enumerate().rev().skip(1) {
            if index % 2 == 0 {
                page.click("#line-back").await;
            } else {
                page.press(&[], '[').await;
            }
            assert_eq!(code(page).await, *before, "back at {index}");
        }
        page.press(&[], '[').await;
        assert_eq!(code(page).await, seen[0]);
    });
}

#[test]
fn a_reload_stands_at_the_same_line() {
    let link = "problem=linear&data.n=10&gd2.batch=4&steps=20&step=7&line=6";
    browse(link, async |page| {
        assert_eq!(page.link().await, link);
        let stood = code(page).await;
        assert_eq!(stood.0, [6]);
        let place = page.text("#clock-place").await;
        page.reload().await;
        assert_eq!(code(page).await, stood);
        assert_eq!(page.text("#clock-place").await, place);
        page.press(&[], ']').await;
        assert_eq!(code(page).await.0, [7]);
        page.wait_for("location.hash.endsWith('step=7&line=7')").await;
        page.press(&[], ']').await;
        assert_eq!((code(page).await.0, page.step().await), (vec![8], 8));
        // The clock's own keys leave the lines behind.
        page.press(&[], ',').await;
        assert_eq!((code(page).await.0, page.step().await), (vec![9], 7));
        page.wait_for("location.hash.endsWith('step=7')").await;
    });
}

#[test]
fn the_batch_that_is_taken_is_lit_and_named() {
    browse("problem=linear&data.n=10&gd2.batch=4&steps=20&step=3", async |page| {
        // The next epoch's first batch, from before it is taken to when it is.
        let mut seen = Vec::new();
        for _ in 0..6 {
            let lit = page.picture_of("data-marks").await;
            let live: Value = page.live().await;
            seen.push((lit, live["batch"].as_str().unwrap().to_owned()));
            page.press(&[], ']').await;
        }
        let [first, taken] = [&seen[0], &seen[5]];
        assert!(first.0 != taken.0 && first.1 != taken.1, "{} {}", first.1, taken.1);
        assert!(
            first.1.starts_with("J₃ = {") && taken.1.starts_with("J₁ = {"),
            "{} {}",
            first.1,
            taken.1
        );
        assert!(taken.1.contains("off ∇R"), "{}", taken.1);
        assert!(page.text("#plot2-panel .batch").await.starts_with("J₁"));
        // The last batch is short, and the note says so.
        page.open("problem=linear&data.n=10&gd2.batch=4&steps=20&step=3").await;
        let note = page.text("#code-note").await;
        assert!(note.contains("only 2 of 4"), "{note}");
    });
}

#[test]
fn while_it_plays_lines_are_lit_one_by_one_and_at_speed_as_a_block() {
    browse("problem=linear&data.n=10&gd2.batch=4&steps=5000&speed=0.5", async |page| {
        let flow = "document.getElementById('code-lines').dataset.flow === 'yes'";
        page.wait_for("document.querySelectorAll('#code-lines .lit').length === 1").await;
        assert!(!page.eval::<bool>(flow).await);
        let first = code(page).await.0;
        page.wait_for(&format!(
            "[...document.querySelectorAll('#code-lines li')]
                 .findIndex((line) => line.classList.contains('lit')) + 1 !== {}",
            first[0]
        ))
        .await;
        page.change("speed", "60").await;
        page.wait_for(flow).await;
        assert_eq!(code(page).await.0, [5, 6, 7, 8]);
        page.click("#play").await;
        page.wait_for(&format!("!({flow})")).await;
        assert_eq!(code(page).await.0.len(), 1);
    });
}

#[test]
fn data_and_pseudo_code_follow_the_run_that_is_chosen() {
    browse(
        "problem=linear&runs=gd,gd,momentum&gd2.batch=4&momentum.batch=6&step=9",
        async |page| {
            let followed =
                "document.querySelector('.follow:checked').closest('[data-run]').dataset.run";
            assert_eq!(page.eval::<String>(followed).await, "gd2");
            let before = code(page).await;
            let equation = page.text("#code-lines li:nth-child(8) .code-words").await;
            page.click("[data-run=momentum] .follow").await;
            page.painted().await;
            assert_eq!(page.eval::<String>(followed).await, "momentum");
            assert_ne!(code(page).await.1, before.1);
            assert!(page.text("#code-lines li:nth-child(8) .code-words").await.contains('v'));
            assert!(!equation.contains('v'), "{equation}");
            assert_eq!(page.text("#clock-place").await, "epoch 1, batch 9 of 10");
            page.wait_for("location.hash.includes('follow=momentum')").await;
            page.reload().await;
            assert_eq!(page.eval::<String>(followed).await, "momentum");
            // By keys as well, and GD has one batch of all.
            page.focus("[data-run=momentum] .follow").await;
            page.press(&[], thirtyfour::Key::Down).await;
            page.painted().await;
            assert_eq!(page.eval::<String>(followed).await, "gd");
            assert!(page.text("#code-note").await.contains("This is GD."));
            page.change("gd.hidden", "yes").await;
            page.call::<()>(
                "ravine.page.act({ run: { name: 'gd', change: 'remove' } });",
                serde_json::json!([]),
            )
            .await;
            page.painted().await;
            assert_eq!(page.model().await["runs"].as_array().unwrap().len(), 2);
            assert_eq!(code(page).await.0.len(), 1);
        },
    );
}

#[test]
fn before_a_class_the_code_is_readable_and_what_runs_is_in_sight() {
    let link = "problem=linear&data.n=40&gd2.batch=4&present=yes";
    browse(link, async |page| {
        page.screen(Screen { width: 1280, height: 720, ratio: 1.0, phone: false }).await;
        let size = "parseFloat(getComputedStyle(document.getElementById('code-lines')).fontSize)";
        assert!(page.eval::<f64>(size).await >= 14.0);
        let are_seen = "(() => {
            const list = document.getElementById('code-lines').getBoundingClientRect();
            const lit = [...document.querySelectorAll('#code-lines .lit')];
            return lit.length > 0 && lit.every((line) => {
                const { top, bottom } = line.getBoundingClientRect();
                return top > list.top - 1 && bottom < list.bottom + 1;
            });
        })()";
        // All of the body while it plays, each line when it is turned to.
        page.wait_for("document.querySelectorAll('#code-lines .lit').length === 4").await;
        assert!(page.eval::<bool>(are_seen).await);
        page.press(&[], ' ').await;
        for _ in 0..14 {
            page.press(&[], ']').await;
            page.painted().await;
            assert!(page.eval::<bool>(are_seen).await, "line {:?}", code(page).await.0);
        }
    });
}
