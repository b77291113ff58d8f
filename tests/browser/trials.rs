//! The charts of runs with other dials, under the hand.

use thirtyfour::prelude::*;

use crate::harness::browse;

#[test]
fn a_run_is_dragged_over_the_map_of_alpha_and_beta_and_its_path_follows() {
    browse("by=alphabeta&step=15", async |page| {
        page.rests().await;
        let map = page.picture_of("chart-curves").await;
        let path = page.picture_of("plot-paths").await;
        let mark: [f64; 2] = page
            .eval(
                "(() => {
                    const box = document.getElementById('chart').getBoundingClientRect();
                    for (let y = 2; y < box.height; y += 2) for (let x = 2; x < box.width; x += 2) {
                        const middle = [0, 1].map((axis) => [x, y][axis] + 9);
                        if (ravine.lab.pick('chart', ...middle) === 'momentum') {
                            return [box.left + middle[0], box.top + middle[1]];
                        }
                    }
                })()",
            )
            .await;
        let [x, y] = mark;
        page.drag(&[mark, [x + 15.0, y - 8.0], [x + 30.0, y - 20.0]]).await;
        page.rests().await;
        assert_ne!(page.picture_of("plot-paths").await, path, "the path follows the hand");
        assert_ne!(page.picture_of("chart-curves").await, map, "the mark follows the hand");
        let link: String = page.ask("lab.link()").await;
        assert!(link.contains("momentum.alpha=") && link.contains("momentum.beta="), "{link}");
        assert!(!link.contains("gd.alpha"), "{link}");
        // Elsewhere a press that moves does nothing, and a click takes the run to there.
        page.drag(&[[x + 60.0, y + 60.0], [x + 80.0, y + 90.0]]).await;
        assert_eq!(page.ask::<String>("lab.link()").await, link);
        page.click_at([x - 30.0, y + 30.0]).await;
        assert_ne!(page.ask::<String>("lab.link()").await, link);
        page.click("#undo").await;
        assert_eq!(page.ask::<String>("lab.link()").await, link);
        page.click("#undo").await;
        page.move_to([5.0, 5.0]).await;
        page.rests().await;
        assert_eq!(page.picture_of("plot-paths").await, path);
        assert_eq!(page.picture_of("chart-curves").await, map);
    });
}

#[test]
fn the_chart_tells_of_alpha_and_goes_back_to_the_losses() {
    browse("by=alpha&step=15", async |page| {
        page.rests().await;
        let sweep = page.picture_of("chart-curves").await;
        assert_eq!(page.text("#chart-title").await, "Loss at the end, log scale");
        let [x, y] = page.middle("#chart").await;
        page.move_to([x, y]).await;
        page.wait_for("!document.getElementById('chart-readout').hidden").await;
        let told: String = page.eval("document.getElementById('chart-readout').textContent").await;
        assert!(told.starts_with("α = ") && told.contains("Momentum: "), "{told}");
        // The arrow keys move the first run's α.
        page.focus("#chart").await;
        page.press(&[], Key::Left).await;
        page.wait_for("ravine.lab.link().includes('gd.alpha=')").await;
        page.call::<()>("ravine.page.set('by', 'updates');", serde_json::json!([])).await;
        page.painted().await;
        assert_ne!(page.picture_of("chart-curves").await, sweep);
        assert!(page.text("#chart-title").await.starts_with("Loss above the minimum"));
    });
}

#[test]
fn a_map_of_nets_is_zoomed_dragged_and_shown_whole_and_a_run_is_dragged_over_it() {
    let link = "net=2&data.n=16&runs=gd&steps=5&step=5&by=alphainit";
    browse(link, async |page| {
        page.rests().await;
        let link = async || page.ask::<String>("lab.link()").await;
        let whole = link().await;
        let pixels = page.picture_of("chart-curves").await;
        let [x, y] = page.middle("#chart").await;
        assert_eq!(page.text("#chart-title").await, "Trainability");
        page.move_to([x, y]).await;
        page.wait_for("document.getElementById('chart-readout').textContent.includes(', scale ')")
            .await;
        // The wheel and keys zoom, and the link has the window.
        page.wheel([x, y], -240.0).await;
        page.wait_for("ravine.lab.link().includes('window=')").await;
        page.painted().await;
        assert_ne!(page.picture_of("chart-curves").await, pixels);
        let width = "(() => {
            const [left, right] = ravine.lab.link().match(/window=([^&]*)/)[1].split(',');
            return right - left;
        })()";
        let wide: f64 = page.eval(width).await;
        assert!(wide < 3.9, "{wide}");
        page.focus("#chart").await;
        page.press(&[], '+').await;
        page.wait_for(&format!("{width} < {}", 0.9 * wide)).await;
        page.press(&[], '-').await;
        page.wait_for(&format!("{width} > {}", 0.95 * wide)).await;
        // A drag beside the mark moves the map, and no dial.
        let before = link().await;
        page.drag(&[[x + 60.0, y + 40.0], [x + 80.0, y + 50.0], [x + 90.0, y + 60.0]]).await;
        assert_ne!(link().await, before);
        assert!(!link().await.contains("gd.alpha") && !link().await.contains("init.scale"));
        page.click("#undo").await;
        assert_eq!(link().await, before);
        page.click("#chart-whole").await;
        assert_eq!(link().await, whole);
        page.wait_for("document.getElementById('chart-whole').hidden").await;
        // The mark is dragged; what is clicked, it goes to.
        let mark: [f64; 2] = page
            .eval(
                "(() => {
                    const box = document.getElementById('chart').getBoundingClientRect();
                    for (let y = 2; y < box.height; y += 2) for (let x = 2; x < box.width; x += 2) {
                        if (ravine.lab.pick('chart', x + 9, y + 9) === 'gd') {
                            return [box.left + x + 9, box.top + y + 9];
                        }
                    }
                })()",
            )
            .await;
        let net = page.picture_of("net-edges").await;
        page.drag(&[mark, [mark[0] + 15.0, mark[1] - 8.0], [mark[0] + 30.0, mark[1] - 30.0]]).await;
        page.painted().await;
        assert!(link().await.contains("gd.alpha=") && link().await.contains("init.scale="));
        assert_ne!(page.picture_of("net-edges").await, net, "the net follows the hand");
        let dragged = link().await;
        page.click_at([mark[0] - 40.0, mark[1] + 30.0]).await;
        assert_ne!(link().await, dragged);
        page.click("#undo").await;
        assert_eq!(link().await, dragged);
    });
}
