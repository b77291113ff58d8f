//! What must hold however the page looks: it opens, quickly, and only from its own server.

use std::time::Duration;

use crate::harness::{browse, browse_alone, folder, origin};

#[test]
fn the_page_asks_only_for_files_of_the_site() {
    browse("", async |page| {
        page.painted().await;
        let requests = page.requests().await;
        let of_site: Vec<_> = requests.iter().filter_map(|at| at.strip_prefix(origin())).collect();
        assert!(of_site.contains(&"core/ravine_bg.wasm"), "{requests:#?}");
        for name in of_site {
            assert!(folder().join(name).exists(), "{name} is not part of the site");
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
