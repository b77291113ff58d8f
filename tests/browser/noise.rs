//! What noise does: the ball about the minimum, many seeds at once, schedules and averages.

use serde_json::json;

use crate::harness::{Page, browse};

/// Whether an element is there to be seen.
async fn is_seen(page: &Page, id: &str) -> bool {
    page.painted().await;
    page.eval(&format!("document.getElementById('{id}').checkVisibility()")).await
}

/// Sets the select of a run's card that has this label.
async fn choose(page: &Page, run: &str, label: &str, value: &str) {
    page.call::<()>(
        "const [run, label, value] = arguments;
         const dials = [...document.querySelectorAll(`[data-run=${run}] .dial.choice`)];
         const select = dials.find(({ textContent }) => textContent.startsWith(label)).querySelector('select');
         select.value = value;
         select.dispatchEvent(new Event('change', { bubbles: true }));",
        json!([run, label, value]),
    )
    .await;
    page.painted().await;
}

/// The labels of a card's dials, those in its fold included.
async fn labels(page: &Page, run: &str) -> Vec<String> {
    page.eval(&format!(
        "[...document.querySelectorAll('[data-run={run}] .dial')].map((dial) =>
             dial.querySelector('label, span').textContent)"
    ))
    .await
}

#[test]
fn a_chip_shows_the_noise_ball_in_place_of_the_pseudo_code() {
    browse("problem=mean&gd2.batch=4&steps=300&step=300", async |page| {
        assert!(is_seen(page, "deck-code").await && !is_seen(page, "deck-ball").await);
        page.click("#deck-chips > :nth-child(2)").await;
        assert!(!is_seen(page, "deck-code").await && is_seen(page, "deck-ball").await);
        assert!(!is_seen(page, "line-keys").await);
        let pressed =
            "[...document.querySelectorAll('#deck-chips > *')].map((chip) => chip.ariaPressed)";
        assert_eq!(page.eval::<Vec<String>>(pressed).await, ["false", "true"]);
        page.wait_for("location.hash.includes('deck=ball')").await;
        let before = page.picture_of("ball-canvas").await;
        // Its runs are points of it: another α, another place.
        page.change("gd2.alpha", "0.03").await;
        let after = page.picture_of("ball-canvas").await;
        assert!(after != before);
        page.wait_for("location.hash.includes('gd2.alpha=0.03')").await;
        page.reload().await;
        assert!(page.picture_of("ball-canvas").await == after);
        page.click("#deck-chips > :first-child").await;
        assert!(is_seen(page, "deck-code").await && !is_seen(page, "deck-ball").await);
    });
}

#[test]
fn the_ensemble_goes_along_with_the_clock_and_keeps_its_walkers() {
    let link = "problem=mean&gd2.average=all&ensemble=200&speed=200";
    browse(link, async |page| {
        page.wait_for("!ravine.lab.playing() && JSON.parse(ravine.lab.live()).step === 100").await;
        let card = "document.querySelector('[data-run=gd2] .sentence').textContent";
        page.wait_for(&format!("/Median of 200 seeds/.test({card})")).await;
        // As soon as it has caught up, nothing moves any more.
        let end = page.picture_of("plot2-cloud").await;
        let told: String = page.eval(card).await;
        page.set("#scrub", "20").await;
        let early = page.picture_of("plot2-cloud").await;
        assert!(early != end);
        assert_ne!(page.eval::<String>(card).await, told);
        page.set("#scrub", "100").await;
        assert!(page.picture_of("plot2-cloud").await == end, "there and back is another cloud");
        assert_eq!(page.eval::<String>(card).await, told);
        // The last iterate is scattered, its average is not (Shalev-Shwartz & Ben-David).
        let medians: Vec<f64> = told
            .split("Median of 200 seeds")
            .nth(1)
            .unwrap()
            .split(' ')
            .filter_map(|word| word.trim_end_matches(['.', ',']).parse().ok())
            .collect();
        assert!(medians.len() == 2 && medians[1] < 0.5 * medians[0], "{told}");
        page.change("cloud", "paths").await;
        assert!(page.picture_of("plot2-cloud").await != end);
        page.change("ensemble", "0").await;
        page.wait_for(&format!("!/Median/.test({card})")).await;
    });
}

#[test]
fn a_card_has_a_schedule_and_an_average_and_the_dials_that_belong_to_them() {
    // On no way through these averages lies a scene, whose caption would move the plot.
    browse("problem=mean&gd.alpha=0.11&step=60", async |page| {
        page.click("[data-run=gd2] .fold").await;
        let print: String = page.ask("lab.fingerprint()").await;
        let plain = labels(page, "gd2").await;
        assert!(!plain.iter().any(|label| label.contains('τ')), "{plain:?}");
        choose(page, "gd2", "schedule", "inverse").await;
        let with_tau = labels(page, "gd2").await;
        assert!(with_tau.iter().any(|label| label.contains('τ')), "{with_tau:?}");
        assert_ne!(page.ask::<String>("lab.fingerprint()").await, print);
        page.wait_for("location.hash.includes('gd2.schedule=inverse')").await;
        choose(page, "gd2", "schedule", "constant").await;
        assert_eq!(labels(page, "gd2").await, plain);
        assert_eq!(page.ask::<String>("lab.fingerprint()").await, print);

        let bare = page.picture_of("plot2-heads").await;
        let mut said = Vec::new();
        for average in ["all", "half", "exponential"] {
            choose(page, "gd2", "averaged", average).await;
            let words = page.text("[data-run=gd2] .sentence").await;
            assert!(words.contains("The average is ") && !said.contains(&words), "{words}");
            said.push(words);
            assert!(page.picture_of("plot2-heads").await != bare, "{average} is not drawn");
        }
        choose(page, "gd2", "averaged", "none").await;
        assert!(page.picture_of("plot2-heads").await == bare);
    });
}

#[test]
fn the_view_sheet_groups_its_settings_and_each_changes_what_is_drawn() {
    browse("problem=linear&gd2.batch=4&step=40", async |page| {
        page.click("[popovertarget=view-list]").await;
        page.wait_for("document.querySelector('#view-list:popover-open')?.style.visibility === ''")
            .await;
        let legends = "[...document.querySelectorAll('#view-settings legend')]
            .map((legend) => legend.textContent)";
        assert_eq!(
            page.eval::<Vec<String>>(legends).await,
            ["runs", "plot", "scenes", "3-D", "swarm", "batch", "data", "ensemble"]
        );
        for (key, canvas) in [
            ("isolines", "plot2-cloud"),
            ("fan", "plot2-heads"),
            ("residuals", "data-marks"),
            ("past", "data-marks"),
            ("batchloss", "chart-curves"),
        ] {
            let off = page.picture_of(canvas).await;
            page.change(key, "yes").await;
            assert!(page.picture_of(canvas).await != off, "{key} changes nothing");
            page.change(key, "no").await;
            assert!(page.picture_of(canvas).await == off, "{key} leaves something");
        }
        // Whatever is chosen, the sheet is no wider.
        for from in ["grid", "window", "disc", "no"] {
            page.change("swarm", from).await;
            page.painted().await;
            let fits = "(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth)(
                document.getElementById('view-list'))";
            assert!(page.eval::<bool>(fits).await, "swarm={from}");
        }
        // One α for all: a dial turns both.
        page.change("same", "yes").await;
        page.change("gd.alpha", "0.02").await;
        let runs = page.model().await["runs"].clone();
        let alpha = |run: usize| runs[run]["dials"][0]["value"].clone();
        assert_eq!([alpha(0), alpha(1)], [json!(0.02), json!(0.02)]);
    });
}
