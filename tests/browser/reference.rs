//! The reference as a page of the site.

use serde_json::json;

use crate::harness::{Screen, browse};

#[test]
fn help_leads_to_the_reference_and_a_surface_of_it_back_to_the_page() {
    browse("step=5", async |page| {
        page.call::<()>(
            "document.getElementById('help-open').click();
             document.getElementById('reference').click();",
            json!([]),
        )
        .await;
        page.wait_for(
            "location.pathname.endsWith('/reference.html') && document.readyState === 'complete'",
        )
        .await;
        let title: String = page.text("h1").await;
        assert_eq!(title, "Reference");
        // Its style sheets are taken: else the contents would stand above the text.
        let [nav, _, width, _] = page.rectangle("nav").await;
        let [main, ..] = page.rectangle("main").await;
        assert!(main >= nav + width);
        page.call::<()>("document.querySelector('[id=\"surface.booth\"] a').click();", json!([]))
            .await;
        page.wait_for("document.documentElement.dataset.ready === 'yes'").await;
        assert_eq!(page.link().await, "surface=booth");
    });
}

#[test]
fn the_reference_fits_every_screen_by_day_and_by_night() {
    browse("", async |page| {
        page.call::<()>("location.href = 'reference.html#link.steps';", json!([])).await;
        page.wait_for("document.querySelector('h1')?.textContent === 'Reference' && document.readyState === 'complete'").await;
        page.wait_for("document.querySelector('tr:target') !== null").await;
        let mut papers = Vec::new();
        for (scheme, width) in [
            ("light", 320),
            ("light", 390),
            ("light", 700),
            ("light", 1000),
            ("dark", 1300),
            ("dark", 1440),
        ] {
            page.prefer(&[("prefers-color-scheme", scheme)]).await;
            page.screen(Screen { width, height: 800, ratio: 1.0, phone: false }).await;
            page.painted().await;
            let over: i32 = page.eval("document.documentElement.scrollWidth - innerWidth").await;
            assert!(over <= 0, "{over} px too wide at {width}");
            papers.push(
                page.eval::<String>("getComputedStyle(document.documentElement).backgroundColor")
                    .await,
            );
        }
        assert_ne!(papers[0], papers[5]);
    });
}
