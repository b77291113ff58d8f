//! From the sources to the site:
//!
//! ```text
//! src/                            --cargo-->          ravine.wasm: the core, and the tools
//! ravine.wasm                     --wasm-bindgen-->   core/ravine.js, core/ravine_bg.wasm; tools/ likewise
//! index.html, www/, core/, tools/ --pack-->           the site
//! www/reference.html       --reference-->      reference.html: every key, rule, surface, command
//! the scenes               --pack-->           what index.html shows before the core is there
//! all of these             --offline-->        the service worker's list, icons, single.html
//! ```
//!
//! Each arrow does nothing when its result is up to date.

use std::ffi::OsString;
use std::fs::{self, File};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use wasm_bindgen_cli_support::Bindgen;

use super::folder::Folder;
use super::offline::equip;
use super::pack::{Files, packed};
use super::reference::{self, PAGE, SOURCE};
use super::single::{self, Inside};
use super::sources::{contents, list};
use super::{Failure, about};
use crate::export::reference::Document;
use crate::labs::model::{json, opening};

/// The pictures of README.md, in the sources: the page shows none of them.
const PICTURES: &str = "www/pictures";

/// The example of the page within others: its source, and its name in the site.
const EXAMPLE: [&str; 2] = ["www/embed.html", "embed.html"];

const TARGET: &str = "wasm32-unknown-unknown";

/// What says how the glue is made. It is made anew when this changes.
const RECIPE: &str = include_str!("build.rs");

/// Whom the page's core is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Core {
    /// Everybody.
    Published,
    /// Measurements: everybody's, with the feature `hooks`.
    Measured,
    /// Tests: it has the feature `hooks`, computes the same bits, and is made in half the time.
    Tested,
}

/// A finished site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// The folder that holds it.
    pub folder: PathBuf,
    /// The folder of the sources that it was made from.
    pub sources: PathBuf,
    /// Whether any of its files differs from what the folder held before.
    pub changed: bool,
}

/// Builds the site with this reference into `out`, or into `target/site`. The compiler's words go to standard error.
///
/// In a folder that holds a site already, the files of that site are brought up to date, and
/// everything else stays.
///
/// # Errors
/// When a tool is missing, the core does not compile, a file cannot be read or written, `out`
/// holds files that are not a site, or a link or somebody's own file stands in the way.
pub fn build(out: Option<&Path>, core: Core, reference: &Document) -> Result<Site, Failure> {
    let project = Project::find(core)?;
    let folder = out.map_or_else(|| project.target.join("site"), Path::to_path_buf);
    Folder::open(&folder)?;
    let (files, _lock) = project.files(reference)?;
    let changed = Folder::open(&folder)?.update(&files)?;
    Ok(Site { folder, sources: project.root, changed })
}

/// The page as one file, with this reference, and with this inside.
///
/// # Errors
/// When a tool is missing, the core does not compile, or a file cannot be read.
pub fn single_file(core: Core, reference: &Document, inside: &Inside) -> Result<Vec<u8>, Failure> {
    let (files, _lock) = Project::find(core)?.files(reference)?;
    let template = files.get(Path::new(single::TEMPLATE));
    single::filled(template.map_or(&[], Vec::as_slice), inside)
}

/// Where the sources are, and where what is made of them goes.
struct Project {
    root: PathBuf,
    target: PathBuf,
    core: Core,
}

impl Project {
    fn find(core: Core) -> Result<Self, Failure> {
        // Under `cargo run` and `cargo test` the first is set, and right even if the clone moved.
        let root = std::env::var_os("CARGO_MANIFEST_DIR")
            .unwrap_or_else(|| OsString::from(env!("CARGO_MANIFEST_DIR")));
        let root = PathBuf::from(root);
        if !root.join("Cargo.toml").is_file() {
            return Err(Failure(format!(
                "The page is built from Ravine's sources, and {} does not hold them any more. \
                 Run `cargo run` in a clone of the repository.",
                root.display()
            )));
        }
        let metadata = words_of(
            Command::new(cargo())
                .args(["metadata", "--no-deps", "--format-version", "1"])
                .current_dir(&root),
        )?;
        let metadata: serde_json::Value = serde_json::from_str(&metadata).map_err(|error| {
            Failure(format!("What `cargo metadata` says is not JSON: {error}."))
        })?;
        let folder = |name: &str| {
            let folder = metadata[name].as_str().map(PathBuf::from);
            folder.ok_or_else(|| Failure(format!("`cargo metadata` does not name the {name}.")))
        };
        // Some tests are a package within.
        Ok(Self { root: folder("workspace_root")?, target: folder("target_directory")?, core })
    }

    /// All files of the site, and the lock under which they were made: one build at a time, for the server that
    /// watches and a test may both want one.
    fn files(&self, reference: &Document) -> Result<(Files, File), Failure> {
        fs::create_dir_all(&self.target).map_err(|error| about(&self.target, &error))?;
        let lock = self.target.join("site.lock");
        let opened = File::options().create(true).truncate(false).write(true).open(&lock);
        let lock = opened.map_err(|error| about(&lock, &error))?;
        lock.lock().map_err(|error| Failure(format!("The site could not be locked: {error}.")))?;

        let [core, tools] = self.compile()?;
        let core = self.bind(&core, "core")?;
        let tools = self.bind(&tools, "tools")?;
        let mut files = Files::new();
        files.insert(PathBuf::from("index.html"), contents(&self.root.join("index.html"))?);
        for (name, place) in [("www", &self.root.join("www")), ("core", &core), ("tools", &tools)] {
            for (name, place) in list(place, Path::new(name))? {
                files.insert(name, contents(&place)?);
            }
        }
        files.retain(|name, _| !name.starts_with(PICTURES));
        let mut source = |name| {
            files.remove(Path::new(name)).ok_or_else(|| Failure(format!("{name} is missing.")))
        };
        let (shell, example) = (source(SOURCE)?, source(EXAMPLE[0])?);
        files.insert(PathBuf::from(EXAMPLE[1]), example);
        files.insert(PathBuf::from(PAGE), reference::page(shell, reference)?);
        Ok((equip(packed(files, &json(&opening()))?)?, lock))
    }

    /// Compiles the library as the page's core, without tools, and with them, and returns the files that hold
    /// these. What is for tests is one for both.
    fn compile(&self) -> Result<[PathBuf; 2], Failure> {
        self.add_target()?;
        let (profile, features): (_, &[&str]) = match self.core {
            Core::Published => ("page", &["--no-default-features", "--features", "page"]),
            Core::Measured => {
                ("page-with-hooks", &["--no-default-features", "--features", "hooks"])
            }
            Core::Tested => ("page-of-tests", &["--features", "hooks"]),
        };
        if self.core == Core::Tested {
            let both = self.compiled(profile, features)?;
            return Ok([both.clone(), both]);
        }
        // One thread does most of the work of each.
        std::thread::scope(|scope| {
            let tools = scope.spawn(|| {
                self.compiled("tools", &["--quiet", "--no-default-features", "--features", "tools"])
            });
            let page = self.compiled(profile, features)?;
            let tools = tools.join().map_err(|_| Failure("The tools were not compiled.".into()))?;
            Ok([page, tools?])
        })
    }

    /// Compiles the library as a profile and options of cargo have it.
    fn compiled(&self, profile: &str, options: &[&str]) -> Result<PathBuf, Failure> {
        let status = Command::new(cargo())
            .args(["build", "--lib", "--profile", profile, "--target", TARGET])
            .args(options)
            .current_dir(&self.root)
            // Flags that somebody set for native code are not meant for the page's.
            .env_remove("RUSTFLAGS")
            .env("CARGO_ENCODED_RUSTFLAGS", self.flags().join("\x1f"))
            .stdin(Stdio::null())
            .status()
            .map_err(|error| Failure(format!("`cargo` could not be run: {error}.")))?;
        if !status.success() {
            return Err(Failure(
                "The core did not compile; the compiler's messages are above.".into(),
            ));
        }
        Ok(self.target.join(TARGET).join(profile).join("ravine.wasm"))
    }

    /// What the compiler is told about the page's code.
    fn flags(&self) -> Vec<String> {
        let mut flags = vec!["-Ctarget-feature=+simd128".to_owned()];
        // Compiled formulas are put into the table of the core's functions.
        flags.push("-Clink-arg=--growable-table".to_owned());
        // The names of this machine's folders stay out of the page, in panic messages too: the
        // same sources give the same file everywhere.
        let registry = home("CARGO_HOME", ".cargo").map(|cargo| cargo.join("registry/src"));
        let places = [(registry, "crates"), (Some(self.root.clone()), "ravine")];
        for (place, name) in places {
            if let Some(place) = place.as_deref().and_then(Path::to_str) {
                flags.push(format!("--remap-path-prefix={place}={name}"));
            }
        }
        flags
    }

    /// Sees to it that the compiler can write WebAssembly.
    fn add_target(&self) -> Result<(), Failure> {
        let mut rustc = Command::new("rustc");
        let rustc = rustc.args(["--print", "target-libdir", "--target", TARGET]);
        let libraries = words_of(rustc.current_dir(&self.root))?;
        if Path::new(libraries.trim()).is_dir() {
            return Ok(());
        }
        eprintln!("Adding the {TARGET} target to the Rust toolchain, once.");
        let status = Command::new("rustup")
            .args(["target", "add", TARGET])
            .current_dir(&self.root)
            .stdin(Stdio::null())
            .status();
        match status {
            Ok(status) if status.success() => Ok(()),
            Ok(_) => Err(Failure(format!(
                "`rustup target add {TARGET}` failed; its messages are above. \
                 The page's core is compiled for this target."
            ))),
            Err(_) => Err(Failure(format!(
                "The Rust compiler here has no {TARGET} target, and there is no rustup to add it. \
                 Install Rust through https://rustup.rs, or the target through your system's packages."
            ))),
        }
    }

    /// Makes the module that a page can import, and returns its folder, which has this name. The types beside it are
    /// for the check of the page's own modules; they are not part of the site.
    fn bind(&self, wasm: &Path, name: &str) -> Result<PathBuf, Failure> {
        let glue = self.target.join(match self.core {
            Core::Published => "glue",
            Core::Measured => "glue-with-hooks",
            Core::Tested => "glue-of-tests",
        });
        let core = glue.join(name);
        let stamp = glue.join(format!("{name}.made-from"));
        let bytes = contents(wasm)?;
        let mut hasher = DefaultHasher::new();
        (&bytes, RECIPE).hash(&mut hasher);
        let made_from = format!("{:016x}", hasher.finish());
        if fs::read_to_string(&stamp).is_ok_and(|stamp| stamp == made_from) {
            return Ok(core);
        }
        if core.exists() {
            // A link in it goes; where it leads stays.
            fs::remove_dir_all(&core).map_err(|error| about(&core, &error))?;
        }
        let mut bindgen = Bindgen::new();
        bindgen.input_bytes("ravine", bytes).out_name("ravine");
        let bound = bindgen.web(true).and_then(|bindgen| {
            bindgen
                .typescript(true)
                .omit_default_module_path(false)
                .reset_state_function(true)
                // A report has the message and the place of a panic: visitors need no names.
                .remove_name_section(self.core == Core::Published)
                .remove_producers_section(true)
                .generate(&core)
        });
        bound
            .map_err(|error| Failure(format!("The core's JavaScript was not made: {error:#}.")))?;
        fs::write(&stamp, made_from).map_err(|error| about(&stamp, &error))?;
        Ok(core)
    }
}

fn cargo() -> OsString {
    std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"))
}

/// A tool's home: what its variable says, or its usual folder in the user's home.
fn home(variable: &str, usual: &str) -> Option<PathBuf> {
    let own = std::env::var_os(variable).map(PathBuf::from);
    own.or_else(|| std::env::home_dir().map(|home| home.join(usual)))
}

/// What a command prints.
fn words_of(command: &mut Command) -> Result<String, Failure> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = (command.stdin(Stdio::null()).output())
        .map_err(|error| Failure(format!("`{name}` could not be run: {error}.")))?;
    if !output.status.success() {
        let words = String::from_utf8_lossy(&output.stderr);
        return Err(Failure(format!("`{name}` failed: {}", words.trim())));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
