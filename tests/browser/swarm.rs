//! A hundred thousand walkers on the page, and the chart of all starts.

use serde_json::json;

use crate::harness::{Page, browse};

const LINK: &str = "surface=himmelblau&runs=gd,momentum&steps=200&speed=30&step=10";

/// What lies below the paths.
async fn cloud(page: &Page) -> String {
    page.rests().await;
    page.picture_of("plot-cloud").await
}

#[test]
fn a_swarm_follows_the_clock_and_goes_when_it_is_told_to() {
    browse(LINK, async |page| {
        let none = cloud(page).await;
        page.change("swarm", "grid").await;
        let at_ten = cloud(page).await;
        assert!(none != at_ten, "no swarm");
        page.set("#scrub", "40").await;
        assert!(cloud(page).await != at_ten);
        page.set("#scrub", "10").await;
        page.wait_for("JSON.parse(ravine.lab.live()).step === 10").await;
        assert!(cloud(page).await == at_ten, "going back it is another");
        page.change("dots", "yes").await;
        assert!(cloud(page).await != at_ten);
        page.change("dots", "no").await;
        assert!(cloud(page).await == at_ten);
        // What is shown comes back from the link.
        let link: String = page.ask("lab.link()").await;
        assert!(link.contains("swarm=grid"), "{link}");
        page.open(&link).await;
        assert!(cloud(page).await == at_ten, "a reload shows another");
        page.change("view", "hill").await;
        page.painted().await;
        page.change("view", "plot").await;
        assert!(cloud(page).await == at_ten);
        page.change("swarm", "no").await;
        assert!(cloud(page).await == none, "something is left of it");
    });
}

#[test]
fn the_chart_of_all_starts_is_whole_is_read_and_moves_no_dial() {
    browse("surface=himmelblau&runs=gd,momentum&steps=20&by=starts&walkers=20000", async |page| {
        page.rests().await;
        let note = page.text("#chart-note").await;
        assert!(note.contains("19,881 starts on a grid"), "{note}");
        let link = async || page.ask::<String>("lab.link()").await;
        let before = link().await;
        let [x, y] = page.middle("#chart").await;
        page.move_to([x, y]).await;
        page.wait_for("!document.getElementById('chart-readout').hidden").await;
        let text = page.text("#chart-readout").await;
        assert!(text.starts_with("loss ") && text.contains("Momentum: "), "{text}");
        page.drag(&[[x, y], [x + 30.0, y]]).await;
        page.painted().await;
        assert_eq!(link().await, before);
        let before = page.picture_of("chart-curves").await;
        page.change("momentum.alpha", "0.004").await;
        page.rests().await;
        assert!(page.picture_of("chart-curves").await != before);
        // Its starts are those of the swarm.
        page.call::<()>("ravine.page.set('swarm', 'disc');", json!([])).await;
        page.rests().await;
        assert!(page.text("#chart-note").await.contains("20,000 starts in the disc"));
    });
}
