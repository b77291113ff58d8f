//! `cargo bench`: how long the work behind a slider takes, natively and in the browser's wasm, and
//! what moving scenes ask of the browser. Medians in milliseconds; a goal is for wasm, and nothing
//! fails when one is missed.

#[allow(dead_code, reason = "the tests and the benchmark use different parts of it")]
#[path = "../browser/harness/mod.rs"]
mod harness;

mod compiled;
mod maps;
mod measure;
mod minibatches;
mod network;
mod playground;
mod surface;

fn main() {
    // `cargo bench --bench speed -- compiled`, `-- maps`, `-- nets`, `-- scenes` or, of these,
    // `-- dragging`: these alone.
    let asked = |word: &str| std::env::args().any(|argument| argument == word);
    if asked("compiled") {
        return harness::browse_alone("", print_compiled);
    }
    if asked("maps") {
        return harness::browse_alone("", print_maps);
    }
    if asked("scenes") {
        return harness::browse_alone("", print_scenes);
    }
    if asked("dragging") {
        return harness::browse_alone("", print_dragging);
    }
    print_net_kernels();
    if asked("nets") {
        return harness::browse_alone("", async |page| {
            print_works(network::works(page).await);
            print_training(page).await;
        });
    }
    harness::browse_alone("", async |page| {
        let mut works = surface::works(page).await;
        works.extend(minibatches::works(page).await);
        works.extend(network::works(page).await);
        print_works(works);
        print_training(page).await;
        print_compiled(page).await;
        print_maps(page).await;
        print_scenes(page).await;
    });
}

/// The table of what nets take natively.
fn print_net_kernels() {
    println!("\n{:<62}{:>10}", "nanoseconds an example", "native");
    for line in network::lines() {
        println!("{line}");
    }
}

/// The table of training against JavaScript.
async fn print_training(page: &harness::Page) {
    let title = "nanoseconds an example";
    println!("\n{title:<54}{:>9}{:>9}{:>8}{:>6}", "wasm", "JS", "÷ JS", "goal");
    for line in playground::lines(page).await {
        println!("{line}");
    }
}

/// A table of works.
fn print_works(works: Vec<measure::Work>) {
    println!("\n{:<62}{:>10}{:>10}{:>10}", "milliseconds", "native", "wasm", "goal");
    for work in works {
        println!("{}", work.line());
    }
}

/// The head of a table of scenes.
fn print_head_of_scenes() {
    let (script, frames) = ("script, ms", "frames/s");
    println!("\n{:<62}{script:>10}{frames:>10}{:>10}", "at 1440 × 900", "goal");
}

/// The scenes of eight runs that follow the hand.
async fn print_dragging(page: &harness::Page) {
    measure::note_frames(page).await;
    print_head_of_scenes();
    for scene in minibatches::dragging(page).await {
        println!("{}", scene.line());
    }
}

/// The table of what moving scenes ask of the browser.
async fn print_scenes(page: &harness::Page) {
    measure::note_frames(page).await;
    print_head_of_scenes();
    let mut scenes = surface::scenes(page).await;
    scenes.extend(maps::scenes(page).await);
    scenes.extend(minibatches::scenes(page).await);
    scenes.extend(network::scenes(page).await);
    for scene in scenes {
        println!("{}", scene.line());
    }
}

/// The table of maps.
async fn print_maps(page: &harness::Page) {
    let title = "maps, milliseconds";
    println!("\n{title:<54}{:>9}{:>9}{:>8}{:>6}", "wasm", "JS", "÷ JS", "goal");
    for line in maps::lines(page).await {
        println!("{line}");
    }
}

/// The table of compiled formulas.
async fn print_compiled(page: &harness::Page) {
    let (title, columns) =
        ("milliseconds", ["compiled", "JS", "tape", "÷ JS", "goal", "÷ tape", "goal"]);
    let [compiled, js, tape, by_js, js_goal, by_tape, tape_goal] = columns;
    println!(
        "\n{title:<54}{compiled:>9}{js:>9}{tape:>9}{by_js:>8}{js_goal:>6}{by_tape:>8}{tape_goal:>6}"
    );
    for line in compiled::lines(page).await {
        println!("{line}");
    }
}
