//! After one visit the page works without network, and is of one version until it is loaded anew.

use std::fs;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use base64::prelude::{BASE64_STANDARD, Engine};
use ravine::site;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tokio::runtime::Runtime;

use crate::harness::{Page, browse, folder, origin};

/// A server of a test's own, which can be stopped.
struct Host {
    folder: PathBuf,
    address: SocketAddr,
    running: Option<Runtime>,
}

impl Host {
    /// A copy of the site in a folder of that name.
    fn start(name: &str) -> Self {
        assert!(!origin().is_empty());
        let copy = Path::new(env!("CARGO_TARGET_TMPDIR")).join("offline").join(name);
        let _ = fs::remove_dir_all(&copy);
        copy_folder(folder(), &copy);
        let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let mut host = Self { folder: copy, address, running: None };
        host.serve(None);
        host
    }

    fn serve(&mut self, reload: Option<site::Reload>) {
        let listener = TcpListener::bind(self.address).unwrap();
        listener.set_nonblocking(true).unwrap();
        let app = site::app(&self.folder, reload);
        let running = Runtime::new().unwrap();
        running.spawn(async {
            let listener = tokio::net::TcpListener::from_std(listener).unwrap();
            axum::serve(listener, app).await
        });
        self.running = Some(running);
    }

    /// Nobody answers any more, on connections that are open neither.
    fn stop(&mut self) {
        if let Some(running) = self.running.take() {
            // On another thread: a test's own must not wait.
            let stopped = thread::spawn(|| running.shutdown_timeout(Duration::from_secs(5)));
            stopped.join().unwrap();
        }
    }

    fn place(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// Another build: the same with another version, and words that tell it.
    fn renew(&self, version: &str) {
        for (name, change) in [
            ("www/lesson/writing.js", (";\n", format!(";\nglobalThis.writtenBy = '{version}';\n"))),
            ("www/data/table.js", (";\n", format!(";\nglobalThis.readBy = '{version}';\n"))),
        ] {
            let text = fs::read_to_string(self.folder.join(name)).unwrap();
            fs::write(self.folder.join(name), text.replacen(change.0, &change.1, 1)).unwrap();
        }
        let index = fs::read_to_string(self.folder.join("index.html")).unwrap();
        let old = index.split("data-version=\"").nth(1).unwrap().split('"').next().unwrap();
        fs::write(self.folder.join("index.html"), index.replace(old, version)).unwrap();
        let worker = fs::read_to_string(self.folder.join("worker.js")).unwrap();
        let start = "JSON.parse('";
        let (before, list) = worker.split_once(start).unwrap();
        let (list, behind) = list.split_once("')").unwrap();
        let names: Vec<[String; 2]> = serde_json::from_str(list).unwrap();
        let list = listed(&names, &self.folder);
        let worker = format!("{}{start}{list}'){behind}", before.replace(old, version));
        fs::write(self.folder.join("worker.js"), worker).unwrap();
    }
}

/// The list of these files as the build writes it.
fn listed(names: &[[String; 2]], folder: &Path) -> String {
    let digest = |name: &String| {
        BASE64_STANDARD.encode(Sha256::digest(fs::read(folder.join(name)).unwrap()))
    };
    json!(names.iter().map(|[name, _]| [name.clone(), digest(name)]).collect::<Vec<_>>())
        .to_string()
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let there = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &there);
        } else {
            fs::copy(entry.path(), there).unwrap();
        }
    }
}

const VERSION: &str = "document.documentElement.dataset.version";
/// Whether all that is to be kept is kept, and this page is among those that are answered from it.
const KEPT: &str = "navigator.serviceWorker.controller !== null";
const OFFER: &str = "[...document.querySelectorAll('#notes p')].some((p) => p.textContent === 'A newer version is there.')";

/// Whether tools are loaded: they read a table.
async fn assert_tools(page: &Page) {
    page.click("#labs button[value=minibatches]").await;
    page.wait_for("document.documentElement.dataset.lab === 'minibatches'").await;
    page.give_text("#data-plot", "drop", "a;b\n1;2\n2;4,5\n3;6").await;
    page.wait_for("document.getElementById('table-summary')?.textContent.startsWith('3 rows')")
        .await;
    page.click("#table-cancel").await;
}

/// Whether a worker computes a map.
async fn assert_map(page: &Page) {
    page.call::<()>(
        "globalThis.found = 0;
         const Made = Worker;
         globalThis.Worker = class extends Made {
             constructor(...how) {
                 super(...how);
                 this.addEventListener('message', ({ data }) => { found += data.found ? 1 : 0; });
             }
         };
         ravine.lab.pause();
         ravine.page.set('map', 'basins');",
        json!([]),
    )
    .await;
    page.rests().await;
    assert!(page.eval::<u32>("globalThis.found").await > 0, "no worker has found anything");
    assert_eq!(page.notes().await, [""; 0]);
}

#[test]
fn after_one_visit_the_page_works_without_network() {
    let mut host = Host::start("visit");
    browse("", async |page| {
        page.open_elsewhere(&host.place(), "#step=5").await;
        page.wait_for(KEPT).await;
        host.stop();
        // What this very page has not asked for yet.
        assert_map(page).await;
        assert_tools(page).await;
        page.open_elsewhere(&host.place(), "#net=4,2").await;
        assert_eq!(page.text("#labs [aria-current=page]").await, "Network");
        page.click("#labs button[value=surface]").await;
        assert_map(page).await;
        assert_tools(page).await;
        page.open_elsewhere(&host.place(), "#lesson=basic-training&scene=3").await;
        assert_eq!(page.text("#scene-count").await, "3 / 13");
        page.reload().await;
        let reference: String =
            page.eval("(await (await fetch('reference.html')).text()).slice(0, 15)").await;
        assert_eq!(reference, "<!doctype html>");
        // And for the projector's window.
        page.open_elsewhere(&host.place(), "?projector=abc").await;
    });
}

#[test]
fn the_page_saves_itself_as_one_file_without_network_once_it_has_done_so_with_it() {
    const SAVED: &str = "
        const { singleFile } = await import(new URL('www/offline/single.js', location.href));
        return singleFile({ link: 'surface=beale', lesson: null })
            .then((file) => file.text()).catch(({ message }) => message);";
    let mut host = Host::start("saved");
    browse("", async |page| {
        page.open_elsewhere(&host.place(), "").await;
        page.wait_for(KEPT).await;
        host.stop();
        let refused: String = page.call(SAVED, json!([])).await;
        assert!(refused.contains("it was not made here before"), "{refused}");
        page.expect_complaint("single.html");
        host.serve(None);
        let online: String = page.call(SAVED, json!([])).await;
        assert!(online.contains(r#"{"link":"surface=beale","lesson":null}"#));
        host.stop();
        page.reload().await;
        let offline: String = page.call(SAVED, json!([])).await;
        assert!(offline == online, "{} and {} bytes", offline.len(), online.len());
        // A newer version has a newer one: that which was kept is no more.
        host.renew("fedcba9876543210");
        host.serve(None);
        page.reload().await;
        page.wait_for(OFFER).await;
        page.click("#notes .chip").await;
        page.wait_for(&format!("{VERSION} === 'fedcba9876543210' && {KEPT}")).await;
        host.stop();
        let refused: String = page.call(SAVED, json!([])).await;
        assert!(refused.contains("it was not made here before"), "{refused}");
    });
}

#[test]
fn a_lesson_beside_the_page_is_as_the_network_has_it_or_else_as_it_was() {
    const LINK: &str = "#lesson=week3.json";
    let lesson = |title: &str| {
        format!(
            r#"{{ "title": "Mine", "scenes": [{{ "title": "{title}", "link": "", "text": "A." }}] }}"#
        )
    };
    let mut host = Host::start("lesson");
    browse("", async |page| {
        fs::write(host.folder.join("week3.json"), lesson("First")).unwrap();
        page.open_elsewhere(&host.place(), LINK).await;
        page.wait_for(KEPT).await;
        page.reload().await;
        assert_eq!(page.text("#scene-name").await, "First");
        fs::write(host.folder.join("week3.json"), lesson("Second")).unwrap();
        page.reload().await;
        assert_eq!(page.text("#scene-name").await, "Second");
        host.stop();
        page.reload().await;
        assert_eq!(page.text("#scene-name").await, "Second");
        page.expect_complaint("week3.json");
    });
}

#[test]
fn a_page_is_of_one_version_until_the_newer_one_is_asked_for() {
    let host = Host::start("update");
    browse("", async |page| {
        page.open_elsewhere(&host.place(), "#step=5").await;
        page.wait_for(KEPT).await;
        page.reload().await;
        let old: String = page.eval(VERSION).await;
        host.renew("0123456789abcdef");
        // The next visit is of the old one still, and hears of the newer.
        page.reload().await;
        assert_eq!(page.eval::<String>(VERSION).await, old);
        page.wait_for(OFFER).await;
        assert_eq!(page.eval::<Value>("globalThis.writtenBy ?? null").await, Value::Null);

        // A second window of the old one, which stays open.
        let first = page.windows().await.remove(0);
        page.call::<()>("window.open(location.href, '_blank');", json!([])).await;
        let windows = page.windows().await;
        let second = windows.iter().find(|window| **window != first).unwrap().clone();
        page.go_to(&second).await;
        page.wait_until_ready().await;
        assert_eq!(page.eval::<String>(VERSION).await, old);

        page.go_to(&first).await;
        page.click("#notes .chip").await;
        page.wait_for(&format!("{VERSION} === '0123456789abcdef'")).await;
        page.wait_until_ready().await;
        assert_eq!(page.eval::<String>("globalThis.writtenBy").await, "0123456789abcdef");

        // The old one is whole: what it asks for now is as old as itself.
        page.go_to(&second).await;
        page.wait_for(OFFER).await;
        page.click("#notes .note button[data-part=close], #notes .note > button").await;
        assert_map(page).await;
        assert_tools(page).await;
        assert_eq!(page.eval::<Value>("globalThis.readBy ?? null").await, Value::Null);
        let kept = "(await caches.keys()).filter((name) => /[0-9a-f]{16}$/.test(name)).length";
        assert_eq!(page.eval::<u32>(kept).await, 2);
        page.reload().await;
        assert_eq!(page.eval::<String>(VERSION).await, "0123456789abcdef");
        assert_tools(page).await;
        assert_eq!(page.eval::<String>("globalThis.readBy").await, "0123456789abcdef");
        page.close().await;
        page.go_to(&first).await;
    });
}

#[test]
fn a_newer_site_that_is_half_there_is_not_taken() {
    let host = Host::start("half");
    browse("", async |page| {
        page.open_elsewhere(&host.place(), "#step=5").await;
        page.wait_for(KEPT).await;
        let old: String = page.eval(VERSION).await;
        host.renew("fedcba9876543210");
        fs::write(host.folder.join("www/lesson/writing.js"), "of a third version").unwrap();
        page.reload().await;
        let state = "(async () => {
            const registration = await navigator.serviceWorker.getRegistration();
            await registration.update().catch(() => {});
            for (let wait = 0; wait < 200 && registration.installing; wait += 1) await new Promise((done) => setTimeout(done, 20));
            return [registration.installing, registration.waiting].every((worker) => worker === null);
        })()";
        assert!(page.eval::<bool>(&format!("await {state}")).await);
        page.reload().await;
        assert_eq!(page.eval::<String>(VERSION).await, old);
        page.expect_complaint("is not of this version");
    });
}

#[test]
fn where_workers_or_storage_are_refused_the_page_works_as_ever() {
    let host = Host::start("blocked");
    browse("", async |page| {
        for refusal in [
            "delete Navigator.prototype.serviceWorker;",
            "Object.defineProperty(Navigator.prototype, 'serviceWorker', { get() { throw new DOMException('Blocked.', 'SecurityError'); } });",
            "if (globalThis.ServiceWorkerContainer) ServiceWorkerContainer.prototype.register = async () => { throw new DOMException('Blocked.', 'SecurityError'); };",
        ] {
            let source = json!({ "source": refusal });
            let script = page.devtools("Page.addScriptToEvaluateOnNewDocument", source).await;
            page.open_elsewhere(&host.place(), "#step=5").await;
            assert_map(page).await;
            assert_tools(page).await;
            let name = json!({ "identifier": script["identifier"] });
            page.devtools("Page.removeScriptToEvaluateOnNewDocument", name).await;
        }
    });
}

#[test]
fn what_a_browser_kept_gives_way_to_the_server_that_watches() {
    let mut host = Host::start("watched");
    browse("", async |page| {
        page.open_elsewhere(&host.place(), "#step=5").await;
        page.wait_for(KEPT).await;
        host.stop();
        let (_announce, reload) = tokio::sync::watch::channel(0);
        host.serve(Some(reload));
        page.reload().await;
        let none = "(await navigator.serviceWorker.getRegistrations()).length === 0
            && 'watched' in document.documentElement.dataset";
        page.wait_for(none).await;
        page.wait_until_ready().await;
        page.reload().await;
        page.painted().await;
        assert!(page.eval::<bool>(none).await, "it is registered again");
        assert_eq!(page.eval::<u32>("(await caches.keys()).length").await, 0);
    });
}

#[test]
fn the_page_can_be_installed() {
    let host = Host::start("installed");
    browse("", async |page| {
        page.open_elsewhere(&host.place(), "").await;
        page.wait_for(KEPT).await;
        let manifest: Value = page.devtools("Page.getAppManifest", json!({})).await;
        assert_eq!(manifest["errors"], json!([]), "{manifest}");
        let read: Value = serde_json::from_str(manifest["data"].as_str().unwrap()).unwrap();
        for icon in read["icons"].as_array().unwrap() {
            let [place, sizes] = ["src", "sizes"].map(|key| icon[key].as_str().unwrap());
            let size: [u32; 2] = page
                .call(
                    "const image = new Image();
                     image.src = arguments[0];
                     await image.decode();
                     return [image.naturalWidth, image.naturalHeight];",
                    json!([place]),
                )
                .await;
            assert_eq!(format!("{}x{}", size[0], size[1]), sizes);
        }
        let missing = page.devtools("Page.getInstallabilityErrors", json!({})).await;
        let missing = missing["installabilityErrors"].as_array().unwrap().clone();
        // A window that leaves no traces, as that of a test is, installs nothing.
        let of_page = missing.iter().filter(|error| error["errorId"] != "in-incognito");
        assert_eq!(of_page.count(), 0, "{missing:?}");
    });
}
