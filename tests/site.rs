//! The site and its server: what is in the folder, what comes over the wire, and what never does.

use std::fs;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::thread;

use base64::prelude::{BASE64_STANDARD, Engine};
use ravine::cli;
use ravine::export::reference;
use ravine::site::{self, Core};
use sha2::{Digest, Sha256};

/// What the page may weigh, everything that it downloads taken together and compressed by brotli as
/// hosts do that compress once: as well as it can.
const BUDGET: usize = 700 * 1000;
const QUALITY: u32 = 11;
/// What only the reference and the example of frames download.
const OTHERS: [&str; 5] =
    ["reference.html", "www/reference.css", "embed.html", "www/embed.css", "www/embed/example.js"];
/// What is downloaded once the first lab is ready, or by none of the labs.
const LATER: [(&str, &str); 6] = [
    ("worker.js", "after the first lab is ready"),
    ("manifest.webmanifest", "when the page is installed"),
    ("icons/192.png", "when the page is installed"),
    ("icons/512.png", "when the page is installed"),
    ("icons/maskable.png", "when the page is installed"),
    ("single.html", "when the page is saved as one file"),
];

static FOLDER: LazyLock<PathBuf> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("whole-site");
    site::build(Some(&folder), Core::Published, &cli::reference())
        .unwrap_or_else(|failure| panic!("{failure}"))
        .folder
});

static SERVER: LazyLock<SocketAddr> = LazyLock::new(|| {
    let listener = site::bind(0).unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || site::serve(listener, site::app(&FOLDER, None)).unwrap());
    address
});

/// What the server answers to the very bytes of a request line; no client tidies the path.
fn ask(request: &str) -> String {
    ask_with(request, "")
}

/// The same with further lines of a request, each with its end.
fn ask_with(request: &str, lines: &str) -> String {
    let mut stream = TcpStream::connect(*SERVER).unwrap();
    let head = "HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";
    write!(stream, "{request} {head}{lines}\r\n").unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

fn header<'a>(answer: &'a str, name: &str) -> Option<&'a str> {
    let head = answer.split("\r\n\r\n").next()?;
    head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
}

/// The files that a page can ask for; the list of them, which the build keeps, is hidden.
fn files_below(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let is_hidden = |path: &PathBuf| path.file_name().unwrap().to_str().unwrap().starts_with('.');
    let entries = entries.filter(|path| !is_hidden(path));
    entries.flat_map(|path| if path.is_dir() { files_below(&path) } else { vec![path] }).collect()
}

#[test]
fn everything_the_page_downloads_fits_the_budget() {
    let index = fs::read_to_string(FOLDER.join("index.html")).unwrap();
    let (_, later) = index.split_once("<template id=\"later\">").unwrap();
    let (later, _) = later.split_once("</template>").unwrap();
    let comes_later = |name: &str| later.contains(&format!("href=\"{name}\""));
    let mut total = 0;
    for file in files_below(&FOLDER) {
        let mut compressed = Vec::new();
        let mut brotli = brotli::CompressorWriter::new(&mut compressed, 4096, QUALITY, 22);
        brotli.write_all(&fs::read(&file).unwrap()).unwrap();
        drop(brotli);
        let (size, name) = (compressed.len(), file.strip_prefix(&*FOLDER).unwrap().display());
        // These are pages of their own.
        if OTHERS.contains(&name.to_string().as_str()) {
            println!("{size:>8}  {name} (not the labs')");
            continue;
        }
        if comes_later(&name.to_string().replace('\\', "/")) {
            println!("{size:>8}  {name} (after the first lab is ready)");
            continue;
        }
        if let Some((_, when)) = LATER.iter().find(|(later, _)| *later == name.to_string()) {
            println!("{size:>8}  {name} ({when})");
            continue;
        }
        if name.to_string().starts_with("tools") {
            println!("{size:>8}  {name} (when a tool is asked for)");
            continue;
        }
        println!("{size:>8}  {name}");
        total += size;
    }
    println!("{total:>8}  of {BUDGET}");
    assert!(total <= BUDGET, "the page has {total} bytes, its budget is {BUDGET}");
    assert!(!index.contains(&format!("\"{}\"", OTHERS[1])), "the labs load the reference's");
}

#[test]
fn the_page_links_every_module_and_style_sheet() {
    let pages = ["index.html", "reference.html", "embed.html"];
    let pages = pages.map(|name| fs::read_to_string(FOLDER.join(name)).unwrap());
    let mut count = 0;
    for file in files_below(&FOLDER.join("www")) {
        let name = file.strip_prefix(&*FOLDER).unwrap().to_str().unwrap().replace('\\', "/");
        let links = ["href", "src"].map(|link| format!("{link}=\"{name}\""));
        let count_in = |page: &String| links.iter().map(|link| page.matches(link).count()).sum();
        let counts: [usize; 3] = pages.each_ref().map(count_in);
        assert!(counts.iter().all(|count| *count <= 1) && counts != [0; 3], "{name}: {counts:?}");
        count += 1;
    }
    assert!(count > 20, "{count} files");
    assert!(!files_below(&FOLDER).iter().any(|file| file.to_string_lossy().ends_with(".d.ts")));
}

#[test]
fn the_reference_is_a_page_without_scripts_and_help_leads_to_it() {
    let [index, page] =
        ["index.html", "reference.html"].map(|name| fs::read_to_string(FOLDER.join(name)).unwrap());
    assert!(index.contains("href=\"reference.html\""));
    assert!(page.contains(&reference::body(&cli::reference())));
    assert!(page.contains("id=\"surface.ravine\"") && !page.contains("<!-- "));
    assert!(!page.contains("<script") && !page.contains(" style="));
    for part in page.split(" href=\"").skip(1) {
        let target = part.split('"').next().unwrap();
        let file = target.split('#').next().unwrap();
        let is_there = file.is_empty() || file == "./" || FOLDER.join(file).is_file();
        assert!(is_there || file.starts_with("https://"), "{target}");
    }
}

#[test]
fn the_list_of_the_service_worker_is_the_site() {
    let worker = fs::read_to_string(FOLDER.join("worker.js")).unwrap();
    let (_, list) = worker.split_once("JSON.parse('").unwrap();
    let list: Vec<[String; 2]> = serde_json::from_str(list.split_once("')").unwrap().0).unwrap();
    let names: Vec<String> = list.iter().map(|[name, _]| name.clone()).collect();
    // It is asked for by its name, and kept by nobody.
    let own = ["worker.js", "single.html"];
    let mut site: Vec<String> = files_below(&FOLDER)
        .iter()
        .map(|file| file.strip_prefix(&*FOLDER).unwrap().to_str().unwrap().replace('\\', "/"))
        .filter(|name| !own.contains(&name.as_str()))
        .collect();
    site.sort();
    let mut sorted = names.clone();
    sorted.sort();
    assert_eq!(sorted, site);
    for [name, digest] in &list {
        let bytes = fs::read(FOLDER.join(name)).unwrap();
        assert_eq!(*digest, BASE64_STANDARD.encode(Sha256::digest(bytes)), "{name}");
    }
    let index = fs::read_to_string(FOLDER.join("index.html")).unwrap();
    let version = index.split("data-version=\"").nth(1).unwrap().split('"').next().unwrap();
    assert!(worker.contains(&format!("VERSION = '{version}'")), "{version}");
    assert!(!worker.contains("{{files}}") && !FOLDER.join("www/offline/worker.js").exists());
}

#[test]
fn the_single_file_comes_under_its_own_policy() {
    let answer = ask("GET /single.html");
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    assert_eq!(header(&answer, "content-security-policy"), None);
    assert_eq!(header(&answer, "cache-control"), Some("no-store"));
    let policy = answer.split("http-equiv=\"Content-Security-Policy\"").nth(1).unwrap();
    let policy = policy.split('>').next().unwrap();
    for part in ["default-src 'none'", "connect-src 'none'", "script-src 'sha256-"] {
        assert!(policy.contains(part), "{policy}");
    }
    assert!(!policy.contains("unsafe-inline") && !policy.contains("'self'"), "{policy}");
}

#[test]
fn the_core_can_be_started_anew() {
    let glue = fs::read_to_string(FOLDER.join("core/ravine.js")).unwrap();
    assert!(
        glue.contains("__wbg_reset_state"),
        "after a panic the page cannot start the core anew"
    );
}

#[test]
fn the_core_names_no_folder_of_the_machine_that_built_it() {
    let core = fs::read(FOLDER.join("core/ravine_bg.wasm")).unwrap();
    let home = std::env::home_dir().unwrap();
    for place in [Path::new(env!("CARGO_MANIFEST_DIR")), &home.join(".cargo")] {
        let place = place.to_str().unwrap().as_bytes();
        assert!(!core.windows(place.len()).any(|window| window == place));
    }
}

#[test]
fn a_panic_of_the_core_says_where_it_was() {
    let core = fs::read(FOLDER.join("core/ravine_bg.wasm")).unwrap();
    let has = |words: &[u8]| core.windows(words.len()).any(|window| window == words);
    assert!(has(b"src/labs/"));
}

#[test]
fn the_published_core_has_nothing_that_is_for_tests() {
    let glue = fs::read_to_string(FOLDER.join("core/ravine.js")).unwrap();
    for hook in ["fail(", "settle(", "fingerprint(", "sample("] {
        assert!(!glue.contains(&format!("    {hook}")), "{hook}");
    }
}

#[test]
fn building_again_changes_nothing_and_keeps_what_its_owner_put_there() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("another-site");
    let _ = fs::remove_dir_all(&folder);
    assert!(site::build(Some(&folder), Core::Published, &cli::reference()).unwrap().changed);
    assert!(!site::build(Some(&folder), Core::Published, &cli::reference()).unwrap().changed);
    fs::write(folder.join("www/mine.js"), "mine").unwrap();
    fs::write(folder.join("CNAME"), "example.org").unwrap();
    fs::write(folder.join("index.html"), "").unwrap();
    assert!(site::build(Some(&folder), Core::Published, &cli::reference()).unwrap().changed);
    assert!(!fs::read(folder.join("index.html")).unwrap().is_empty());
    assert_eq!(fs::read_to_string(folder.join("www/mine.js")).unwrap(), "mine");
    assert!(folder.join("CNAME").exists());
}

#[cfg(unix)]
#[test]
fn no_other_folders_files_are_touched_through_a_link() {
    let outside = Path::new(env!("CARGO_TARGET_TMPDIR")).join("outside");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("linked-site");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&outside).unwrap();
    fs::write(outside.join("main.js"), "thesis").unwrap();
    site::build(Some(&folder), Core::Published, &cli::reference()).unwrap();
    fs::remove_dir_all(folder.join("www")).unwrap();
    std::os::unix::fs::symlink(&outside, folder.join("www")).unwrap();
    let refused =
        site::build(Some(&folder), Core::Published, &cli::reference()).unwrap_err().to_string();
    assert!(refused.contains("www is a link"), "{refused}");
    assert_eq!(fs::read_to_string(outside.join("main.js")).unwrap(), "thesis");
    assert_eq!(fs::read_dir(&outside).unwrap().count(), 1);
}

#[test]
fn a_site_is_never_mixed_with_other_files() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("thesis");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("index.html"), "my thesis").unwrap();
    let refused =
        site::build(Some(&folder), Core::Published, &cli::reference()).unwrap_err().to_string();
    assert!(refused.contains("thesis holds files that are not a site"), "{refused}");
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
}

#[test]
fn every_file_comes_with_its_type_and_under_the_policy() {
    for (path, media_type) in [
        ("/", "text/html"),
        ("/index.html", "text/html"),
        ("/reference.html", "text/html"),
        ("/www/main.js", "text/javascript"),
        ("/core/ravine.js", "text/javascript"),
        ("/core/ravine_bg.wasm", "application/wasm"),
    ] {
        let answer = ask(&format!("GET {path}"));
        assert!(answer.starts_with("HTTP/1.1 200 "), "{path}: {answer}");
        let sent = header(&answer, "content-type").unwrap();
        assert_eq!(sent.split(';').next(), Some(media_type), "{path}");
        assert_eq!(header(&answer, "content-security-policy"), Some(site::POLICY), "{path}");
        assert_eq!(header(&answer, "x-content-type-options"), Some("nosniff"), "{path}");
        assert_eq!(header(&answer, "cache-control"), Some("no-store"), "{path}");
        // For frames without an origin of their own.
        assert_eq!(header(&answer, "access-control-allow-origin"), Some("*"), "{path}");
    }
}

#[test]
fn what_is_sent_is_compressed_for_those_who_can_read_it_so() {
    for path in ["/core/ravine_bg.wasm", "/www/main.js", "/index.html"] {
        let [plain, packed] = ["", "Accept-Encoding: gzip, br\r\n"]
            .map(|lines| ask_with(&format!("GET {path}"), lines));
        assert_eq!(header(&plain, "content-encoding"), None, "{path}");
        assert_eq!(header(&packed, "content-encoding"), Some("gzip"), "{path}");
        assert!(packed.starts_with("HTTP/1.1 200 "), "{path}");
    }
    // Lossy text is longer than the bytes, of compressed ones most.
    let asked = |lines: &str| ask_with("GET /www/data/table.js", lines).len();
    assert!(asked("Accept-Encoding: gzip\r\n") < asked(""));
}

#[test]
fn no_request_leaves_the_folder() {
    // It lies beside the site's folder; were one of these paths followed, it would be found.
    let secret = Path::new(env!("CARGO_TARGET_TMPDIR")).join("secret.txt");
    fs::write(&secret, "not for the page").unwrap();
    let absolute = secret.to_str().unwrap().trim_start_matches('/');
    let up =
        ["..", "%2e%2e", ".%2e", "%2E.", "..%00", "....", "%252e%252e", "..\\", "%c0%ae%c0%ae"];
    let between = ["/", "//", "%2f", "\\", "%5c", "/./"];
    let mut paths =
        vec![format!("/{absolute}"), format!("//{absolute}"), format!("/%2f{absolute}")];
    for up in up {
        for between in between {
            for folder in ["", "www/", "www/none/../", "core/"] {
                paths.push(format!("/{folder}{up}{between}secret.txt"));
                paths.push(format!("/{folder}{up}{between}{up}{between}secret.txt"));
            }
        }
    }
    for path in paths {
        for method in ["GET", "HEAD", "POST"] {
            let answer = ask(&format!("{method} {path}"));
            let status = answer.split(' ').nth(1).unwrap_or_default();
            assert!(status.starts_with(['4', '5']), "{method} {path}: {answer}");
            assert!(!answer.contains("not for the page"), "{method} {path}: {answer}");
        }
    }
}

#[test]
fn a_taken_port_gives_way_to_the_next() {
    let first = site::bind(0).unwrap();
    let port = first.local_addr().unwrap().port();
    let second = site::bind(port).unwrap();
    assert!(second.local_addr().unwrap().port() > port);
    assert!(second.local_addr().unwrap().ip().is_loopback());
}
