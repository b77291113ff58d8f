//! Without a command: the page, built, served and opened.

use std::env;

use crate::site;

use super::Failure;

#[derive(clap::Args)]
pub struct Serve {
    /// The port to serve at, or the next one that is free
    #[arg(long, value_name = "N", default_value_t = 8080)]
    port: u16,
    /// Leave the browser alone
    #[arg(long)]
    no_open: bool,
    /// Build and load the page anew whenever a source is saved
    #[arg(long)]
    watch: bool,
}

/// Builds the page and serves it until the process is ended.
pub fn run(arguments: &Serve) -> Result<(), Failure> {
    let reference = super::reference();
    let site = site::build(None, site::Core::Published, &reference)?;
    let reload = match arguments.watch {
        true => Some(site::watch(&site.sources, reference)?),
        false => None,
    };
    let refused = |error| Failure::Work(format!("The page cannot be served: {error}."));
    let listener = site::bind(arguments.port).map_err(refused)?;
    let address = format!("http://{}/", listener.local_addr().map_err(refused)?);
    println!("Ravine is at {address}");
    if !arguments.no_open && has_desktop() {
        // Without a browser the address above is as good.
        let _ = open::that_detached(&address);
    }
    site::serve(listener, site::app(&site.folder, reload)).map_err(refused)
}

/// Whether there is a screen with a browser on this machine: not in a container, not at the far
/// end of a remote shell.
fn has_desktop() -> bool {
    let is_set = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
    if cfg!(any(target_os = "macos", target_os = "windows")) {
        return !is_set("SSH_CONNECTION");
    }
    is_set("DISPLAY") || is_set("WAYLAND_DISPLAY")
}
