//! The server of a site, for this machine only: it listens on 127.0.0.1.

use std::convert::Infallible;
use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;

use axum::Router;
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName,
    HeaderValue, X_CONTENT_TYPE_OPTIONS,
};
use axum::response::Html;
use axum::response::sse::{Event, Sse};
use axum::routing::get;
use tokio::sync::watch;
use tokio_stream::StreamExt;
use tokio_stream::wrappers::WatchStream;
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::services::{ServeDir, ServeFile};
use tower_http::set_header::SetResponseHeaderLayer;

/// What the pages may do: run their own modules and core, draw, show each other in frames, and talk to nobody
/// else.
pub const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; \
    style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; worker-src 'self'; \
    manifest-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'";

/// Announces that the site was built anew: the number of times it was.
pub type Reload = watch::Receiver<u64>;

/// Listens on 127.0.0.1 at `port`, or at the next one that is free.
///
/// # Errors
/// When none of the next 100 ports is free.
pub fn bind(port: u16) -> io::Result<TcpListener> {
    let mut ports = port..=port.saturating_add(99);
    loop {
        let attempt = ports.next().map(|port| TcpListener::bind((Ipv4Addr::LOCALHOST, port)));
        match attempt {
            Some(Err(_)) if !ports.is_empty() => {}
            Some(attempt) => return attempt,
            None => return Err(io::ErrorKind::AddrInUse.into()),
        }
    }
}

/// The site in `folder` under the policy, compressed, never kept by the browser. With `reload`, a page that
/// is open is loaded anew whenever the site was built, and no service worker keeps an older one.
pub fn app(folder: &Path, reload: Option<Reload>) -> Router {
    let mut app = Router::new().fallback_service(ServeDir::new(folder));
    if let Some(reload) = reload {
        let index = folder.join("index.html");
        let page = get(async move || {
            let page = std::fs::read_to_string(&index).unwrap_or_default();
            let page = page.replacen("<html ", "<html data-watched ", 1);
            Html(page.replacen("</head>", RELOADER, 1))
        });
        app = app.route("/", page.clone()).route("/index.html", page);
        app =
            app.route("/reload.js", get(async || ([(CONTENT_TYPE, "text/javascript")], RELOAD_JS)));
        app =
            app.route("/worker.js", get(async || ([(CONTENT_TYPE, "text/javascript")], WORKER_JS)));
        app = app.route("/reload", get(async move || announcements(reload)));
    }
    let set = |name: HeaderName, value| {
        SetResponseHeaderLayer::overriding(name, HeaderValue::from_static(value))
    };
    app.layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
        .layer(set(CONTENT_SECURITY_POLICY, POLICY))
        // It has a policy of its own.
        .route_service(SINGLE, ServeFile::new(folder.join(&SINGLE[1..])))
        // A frame without an origin of its own asks for modules and the core as a stranger does.
        .layer(set(ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
        .layer(set(X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(set(CACHE_CONTROL, "no-store"))
}

/// Where the single file is.
const SINGLE: &str = "/single.html";

const RELOADER: &str = "<script type=\"module\" src=\"reload.js\"></script>\n</head>";
const RELOAD_JS: &str = "new EventSource(\"reload\").onmessage = () => location.reload();\n";

/// In the place of a service worker that kept the page at this address: it lets go of it for good. (Browsers
/// ask for a newer one whenever a page is opened.)
const WORKER_JS: &str = "\
addEventListener('install', () => skipWaiting());
addEventListener('activate', (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) {
    if (name.startsWith(`ravine ${new URL('./', location.href).href} `)) await caches.delete(name);
  }
  const pages = await clients.matchAll({ type: 'window' });
  await registration.unregister();
  for (const page of pages) page.navigate(page.url);
})()));
";

fn announcements(
    reload: Reload,
) -> Sse<impl tokio_stream::Stream<Item = Result<Event, Infallible>>> {
    Sse::new(
        WatchStream::from_changes(reload).map(|build| Ok(Event::default().data(build.to_string()))),
    )
}

/// Serves until the process ends.
///
/// # Errors
/// When the system refuses the listener.
pub fn serve(listener: TcpListener, app: Router) -> io::Result<()> {
    listener.set_nonblocking(true)?;
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?
        .block_on(async { axum::serve(tokio::net::TcpListener::from_std(listener)?, app).await })
}
