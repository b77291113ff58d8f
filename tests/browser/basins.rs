//! The map of basins on the page.

use serde_json::json;

use crate::harness::browse;

const LINK: &str = "surface=himmelblau&runs=gd&gd.alpha=0.01&steps=40&step=40&map=basins";

#[test]
fn it_is_finished_follows_a_dial_and_is_read_by_the_pointer() {
    browse(LINK, async |page| {
        page.rests().await;
        let first = page.picture_of("plot-field").await;
        page.change("gd.alpha", "0.03").await;
        page.rests().await;
        let second = page.picture_of("plot-field").await;
        assert_ne!(first, second, "the map does not follow α");
        assert!(page.ask::<String>("lab.link()").await.contains("map=basins"));
        let [x, y] = page.middle("#plot").await;
        page.move_to([x + 40.0, y - 60.0]).await;
        page.wait_for("!document.getElementById('plot-readout').hidden").await;
        let text: String = page.eval("document.getElementById('plot-readout').textContent").await;
        assert!(text.contains("GD from here") && text.contains("ends at ("), "{text}");
        // Undone, it is the former map to the pixel.
        page.click("#undo").await;
        page.move_to([5.0, 5.0]).await;
        page.rests().await;
        assert_eq!(page.picture_of("plot-field").await, first);
        page.call::<()>("ravine.page.set('map', 'height');", json!([])).await;
        page.painted().await;
        assert_ne!(page.picture_of("plot-field").await, first);
    });
}
