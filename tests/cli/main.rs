//! The command line from outside: what it prints and how it ends.

mod nets;
mod tables;

use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use ravine::cli;
use ravine::export::reference::document::Block;
use ravine::export::reference::{LISTINGS, markdown};
use serde_json::{Value, json};

fn ravine(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_ravine")).args(arguments).output().unwrap()
}

/// Exit code 2, nothing on standard output, and these words on standard error.
#[track_caller]
fn assert_refused(arguments: &[&str], words: &[&str]) {
    let Output { status, stdout, stderr } = ravine(arguments);
    let stderr = String::from_utf8(stderr).unwrap();
    assert_eq!(status.code(), Some(2), "{stderr}");
    assert!(stdout.is_empty());
    for words in words {
        assert!(stderr.contains(words), "{stderr}");
    }
}

#[test]
fn a_wrong_command_line_ends_with_two_and_says_why() {
    assert_refused(&["--port", "many"], &["many", "--port"]);
    assert_refused(&["--no-such"], &["--no-such"]);
    assert_refused(&["trace"], &["LINK|--net <FILE>", "required"]);
    assert_refused(&["trace", "", "--net", "xor.json"], &["LINK", "--net", "cannot be used with"]);
    assert_refused(&["trace", "", "--weights"], &["--weights wants a link with a net"]);
    assert_refused(&["trace", "--weights"], &["--net"]);
    assert_refused(
        &["figure", "", "picture.gif"],
        &["picture.gif ends neither in .svg nor in .png"],
    );
    assert_refused(
        &["figure", "", "picture.svg", "--width", "7"],
        &["--width: 7 is not in 100..=4000"],
    );
    assert_refused(&["figure", "", "picture.svg", "--view", "inside"], &["inside", "plot", "loss"]);
}

#[test]
fn a_single_file_is_refused_before_anything_is_built() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("single-refused");
    fs::create_dir_all(&folder).unwrap();
    let place = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    let [page, thesis, lesson] = ["page.html", "thesis.html", "lesson.json"].map(place);
    fs::write(&thesis, "<p>My thesis.</p>").unwrap();
    fs::write(
        &lesson,
        r#"{ "title": "Mine", "scenes": [{ "title": "One", "link": "gd.speed=1" }] }"#,
    )
    .unwrap();
    let build = |further: &[&str], words: &[&str]| {
        assert_refused(&[&["build", "--single-file"], further].concat(), words);
    };
    build(&["page.txt"], &["page.txt does not end in .html"]);
    build(&[&thesis], &["thesis.html is there, and is no single file of Ravine's"]);
    assert_eq!(fs::read_to_string(&thesis).unwrap(), "<p>My thesis.</p>");
    // What the page says of such a file.
    let faults = ravine::labs::lesson::read("lesson.json", &fs::read_to_string(&lesson).unwrap());
    let faults = faults.unwrap_err();
    let faults: Vec<&str> = faults.iter().map(String::as_str).collect();
    assert!(faults.iter().any(|fault| fault.contains("gd.speed")), "{faults:?}");
    build(&[&page, "--lesson", &lesson], &faults);
    build(&[&page, "--link", "gd.speed=3&nonsense=1"], &["gd.speed", "nonsense"]);
    build(&[&page, "--link", "", "--lesson", &lesson], &["cannot be used with"]);
    assert_refused(&["build", "--lesson", &lesson], &["--single-file"]);
    assert!(!Path::new(&page).exists());
    #[cfg(unix)]
    {
        let link = place("link.html");
        let _ = fs::remove_file(&link);
        std::os::unix::fs::symlink(&thesis, &link).unwrap();
        build(&[&link], &["link.html is a link"]);
    }
}

#[test]
fn a_bad_link_ends_with_two_and_a_sentence_for_each_fault() {
    let link = "gd.speed=3&nonsense=1";
    for arguments in [&["trace", link][..], &["figure", link, "picture.svg"]] {
        assert_refused(arguments, &["gd.speed", "nonsense"]);
    }
    let net = "net=4,x&gd3.alpha=1&nonsense=1";
    for arguments in
        [&["trace", net][..], &["trace", net, "--weights"], &["figure", net, "picture.svg"]]
    {
        assert_refused(
            arguments,
            &["net must be the units", "no run “gd3”", "nonsense is not a key"],
        );
    }
    assert!(!fs::exists("picture.svg").unwrap());
}

#[test]
fn the_trace_is_a_table_and_the_ends_of_the_runs_go_to_standard_error() {
    for link in ["", "#", "https://example.org/ravine/", "https://example.org/ravine/#steps=50"] {
        let Output { status, stdout, stderr } = ravine(&["trace", link]);
        assert!(status.success(), "{link}");
        let table = String::from_utf8(stdout).unwrap();
        let head: Vec<_> = table.lines().take(2).collect();
        assert_eq!(head[0], "run,step,x,y,loss,grad_norm", "{link}");
        assert!(head[1].starts_with("gd,0,10,1,"), "{link}: {head:?}");
        assert!(table.lines().all(|line| line.split(',').count() == 6), "{link}");
        let stderr = String::from_utf8(stderr).unwrap();
        assert!(stderr.lines().all(|line| line.starts_with("status ")), "{stderr}");
        assert_eq!(stderr.lines().count(), 2, "{stderr}");
    }
}

/// The cells of the table of a link, row by row, its head the first.
fn table(link: &str) -> Vec<Vec<String>> {
    let Output { status, stdout, .. } = ravine(&["trace", link]);
    assert!(status.success(), "{link}");
    let text = String::from_utf8(stdout).unwrap();
    text.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect()
}

#[test]
fn the_trace_of_a_risk_has_epoch_batch_and_average_behind_the_rest() {
    let link = "problem=linear&data.n=7&gd2.batch=3&gd2.average=half&steps=8";
    let rows = table(link);
    assert_eq!(rows[0].join(","), "run,step,x,y,loss,grad_norm,epoch,batch,x_avg,y_avg");
    assert!(rows.iter().all(|row| row.len() == 10));
    let of = |run: &str| -> Vec<&Vec<String>> { rows.iter().filter(|r| r[0] == run).collect() };
    let places = |run: &str| -> Vec<String> {
        of(run).iter().map(|row| format!("{}.{}", row[6], row[7])).collect()
    };
    // Seven examples are batches of 3, 3 and 1.
    assert_eq!(places("gd2"), ["0.0", "1.1", "1.2", "1.3", "2.1", "2.2", "2.3", "3.1", "3.2"]);
    assert_eq!(places("gd"), ["0.0", "1.1", "2.1", "3.1", "4.1", "5.1", "6.1", "7.1", "8.1"]);
    // The average of all iterates where none is chosen, and the chosen one where one is.
    for (run, first) in [("gd", 1), ("gd2", 5)] {
        let run = of(run);
        for [theta, mean] in [[2, 8], [3, 9]] {
            let number = |row: &[String], at: usize| row[at].parse::<f64>().unwrap();
            let sum: f64 = (first..=8).map(|step| number(run[step], theta)).sum();
            let by_hand = sum / (9 - first) as f64;
            assert!((number(run[8], mean) - by_hand).abs() < 1e-14);
            assert_eq!(run[0][mean], run[0][theta], "at the start");
        }
    }
}

#[test]
fn a_reader_that_has_seen_enough_is_no_error() {
    let child = Command::new(env!("CARGO_BIN_EXE_ravine"))
        .args(["trace", "steps=5000"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let mut child = child.unwrap();
    let mut first = [0; 10];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let Output { status, stderr, .. } = child.wait_with_output().unwrap();
    assert!(status.success());
    assert_eq!(String::from_utf8(stderr).unwrap(), "");
}

#[test]
fn a_figure_is_what_its_ending_says() {
    let folder = env!("CARGO_TARGET_TMPDIR");
    for view in ["plot", "loss", "basins", "sweep", "alphabeta", "trainability"] {
        let svg = format!("{folder}/{view}.svg");
        assert!(ravine(&["figure", "", &svg, "--view", view]).status.success());
        assert!(fs::read_to_string(&svg).unwrap().contains("<svg"));
        let png = format!("{folder}/{view}.png");
        let size = ["--width", "400", "--height", "300"];
        assert!(
            ravine(&[&["figure", "", &png, "--view", view][..], &size].concat()).status.success()
        );
        let png = fs::read(&png).unwrap();
        assert!(png.starts_with(b"\x89PNG\r\n\x1a\n"));
        let side = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
        assert_eq!([side(16), side(20)], [800, 600]);
    }
}

#[test]
fn figures_of_maps_are_those_of_links_with_them() {
    let folder = env!("CARGO_TARGET_TMPDIR");
    let drawn = |link: &str, view: &str| {
        let file = format!("{folder}/basins-of-{view}.svg");
        let size = ["--width", "200", "--height", "150"];
        assert!(
            ravine(&[&["figure", link, &file, "--view", view][..], &size].concat())
                .status
                .success()
        );
        fs::read_to_string(&file).unwrap()
    };
    let link = "surface=himmelblau&runs=gd&gd.alpha=0.01&steps=30";
    let map = drawn(&format!("{link}&map=basins"), "plot");
    assert_eq!(drawn(link, "basins"), map);
    assert_ne!(drawn(link, "plot"), map);
    for (view, by) in [("sweep", "alpha"), ("alphabeta", "alphabeta")] {
        let chart = drawn(&format!("{link}&by={by}"), "loss");
        assert_eq!(drawn(link, view), chart);
        assert_ne!(drawn(link, "loss"), chart);
    }
    let link = "net=2&data.n=16&runs=gd&steps=3";
    for (view, by) in
        [("sweep", "alpha"), ("trainability", "alphainit"), ("alphabatch", "alphabatch")]
    {
        let chart = drawn(&format!("{link}&by={by}"), "loss");
        assert_eq!(drawn(link, view), chart);
        assert_eq!(chart.contains("<image"), by != "alpha");
        assert_ne!(drawn(link, "loss"), chart);
    }
}

#[test]
fn the_figure_of_a_risk_has_gd_beside_sgd_and_a_loss_chart() {
    let folder = env!("CARGO_TARGET_TMPDIR");
    let drawn = |link: &str, view: &str| {
        let file = format!("{folder}/risk-{view}.svg");
        let figure = ravine(&["figure", link, &file, "--view", view, "--width", "800"]);
        assert!(figure.status.success(), "{link}");
        fs::read_to_string(&file).unwrap()
    };
    let titles = ["GD, all 100 examples", "SGD, m = 1 of 100"];
    let beside = drawn("problem=mean&gd2.average=all&ensemble=20", "plot");
    // Each plot with its field, and each title above its plot.
    let panels: Vec<&str> = beside.split("<svg ").skip(2).collect();
    let plots: Vec<_> = panels.iter().filter(|panel| panel.contains("<image")).collect();
    assert_eq!((panels.len(), plots.len()), (4, 2));
    assert!(plots[0].starts_with("x=\"0\" ") && plots[1].starts_with("x=\"408\" "));
    assert!(plots.iter().all(|plot| plot.contains("<polyline")));
    for title in titles {
        assert_eq!(panels.iter().filter(|panel| panel.contains(title)).count(), 1, "{title}");
    }
    let overlay = drawn("problem=mean&layout=overlay", "plot");
    assert_eq!(overlay.matches("<image").count(), 1);
    assert!(titles.iter().all(|title| !overlay.contains(title)));
    let loss = drawn("problem=mean&gd2.average=all&batchloss=yes&by=evaluations", "loss");
    assert!(loss.contains("<polyline") && !loss.contains("<image") && !loss.contains("NaN"));
}

/// Writes a file with a net and gives its path.
fn net_file(name: &str, text: &str) -> String {
    let path = format!("{}/{name}.json", env!("CARGO_TARGET_TMPDIR"));
    fs::write(&path, text).unwrap();
    path
}

/// The first file with a net that the reference shows.
fn reference_example() -> String {
    let json = |block| match block {
        Block::Code(language, lines) if language == "json" && lines.contains("\"hidden\"") => {
            Some(lines)
        }
        _ => None,
    };
    cli::reference().blocks.into_iter().find_map(json).unwrap()
}

#[test]
fn a_hill_is_drawn_of_surfaces_risks_and_nets() {
    let folder = env!("CARGO_TARGET_TMPDIR");
    let links = [
        // Two hills, one for GD and one for SGD; the plot beside the hill; one picture with a hole.
        ("problem=linear&gd2.batch=4&gd2.average=all&step=20", 2),
        ("surface=rosenbrock&height=log&view=both&step=20", 1),
        ("f=ln(x)+y^2&runs=gd&step=5", 1),
        ("net=4&data.n=40&steps=30", 1),
        ("net=4&step=0", 0),
    ];
    for (at, (link, images)) in links.into_iter().enumerate() {
        let svg = format!("{folder}/hill-{at}.svg");
        let figure = ravine(&["figure", link, &svg, "--view", "hill"]);
        assert!(figure.status.success(), "{}", String::from_utf8_lossy(&figure.stderr));
        let text = fs::read_to_string(&svg).unwrap();
        // Between coordinates: the text of an embedded picture has no commas.
        let lost = ["NaN,", ",NaN", "inf,", ",inf"].map(|number| text.contains(number));
        assert_eq!(lost, [false; 4], "{link}");
        assert_eq!(text.matches("<image").count(), images, "{link}");
        // The box, the isolines on its floor, the paths.
        assert!(images == 0 || text.matches("<polyline").count() > 30, "{link}");
        let png = format!("{folder}/hill-{at}.png");
        let figure = ravine(&["figure", link, &png, "--view", "hill", "--width", "300"]);
        assert!(figure.status.success(), "{link}");
        assert!(fs::read(&png).unwrap().starts_with(b"\x89PNG"), "{link}");
    }
}

#[test]
fn the_references_example_of_a_net_learns_xor() {
    let file = net_file("reference", &reference_example());
    let Output { status, stdout, stderr } = ravine(&["trace", "--net", &file]);
    assert!(status.success());
    assert_eq!(String::from_utf8(stderr).unwrap(), "status momentum: finished after 200 updates\n");
    let table = String::from_utf8(stdout).unwrap();
    let rows: Vec<Vec<&str>> = table.lines().map(|line| line.split(',').collect()).collect();
    let head = "run,update,epoch,examples,loss_train,loss_test,accuracy_train,accuracy_test";
    assert_eq!(rows[0].join(","), head);
    assert_eq!(rows.len(), 202);
    assert_eq!(rows[1][..4], ["momentum", "0", "0", "0"]);
    assert_eq!(rows[201][..4], ["momentum", "200", "100", "400"]);
    assert_eq!(rows[201][6..], ["1", "1"]);
    assert!(rows[201][4].parse::<f64>().unwrap() < 0.05);
    let weights = ravine(&["trace", "--weights", "--net", &file]);
    assert!(weights.status.success());
    let weights = String::from_utf8(weights.stdout).unwrap();
    let names: Vec<&str> = weights.lines().map(|row| row.split(',').next().unwrap()).collect();
    assert_eq!(names.len(), 14);
    assert_eq!([names[0], names[1], names[7], names[13]], ["name", "w1.1.1", "b1.1", "b2.1"]);
}

#[test]
fn a_net_from_a_file_is_trained_as_pytorch_trains_it() {
    let golden: Value = serde_json::from_str(include_str!("../golden/networks.json")).unwrap();
    let case = golden["cases"]
        .as_array()
        .unwrap()
        .iter()
        .find(|case| case["output"] == "cce" && case["activation"] == "tanh")
        .unwrap();
    let start = case["start"].as_array().unwrap();
    // 2 inputs, layers of 3 and 2 units, 3 classes.
    let ends = [0, 3 * 2 + 3, 3 * 2 + 3 + 2 * 3 + 2, start.len()];
    let layers: Vec<&[Value]> = ends.windows(2).map(|ends| &start[ends[0]..ends[1]]).collect();
    let runs = case["runs"].as_array().unwrap();
    let runs = runs.iter().filter(|run| run["minibatches"] == true);
    let mut compared = 0;
    for run in runs {
        let text = json!({
            "inputs": 2, "hidden": golden["hidden"], "activation": "tanh",
            "output": "softmax", "outputs": 3, "weights": layers,
            "rule": run["rule"], "dials": run["values"], "l2": run["l2"],
            "batches": golden["batches"], "updates": golden["updates"],
            "train": {"inputs": golden["x"], "targets": golden["y"]["cce3"]},
        });
        let file = net_file("golden", &text.to_string());
        let Output { status, stdout, .. } = ravine(&["trace", "--net", &file, "--weights"]);
        assert!(status.success());
        let text = String::from_utf8(stdout).unwrap();
        let ours = text.lines().skip(1).map(|row| row.split_once(',').unwrap().1);
        let ours: Vec<f64> = ours.map(|value| value.parse().unwrap()).collect();
        let theirs = run["theta"].as_array().unwrap();
        assert_eq!(ours.len(), theirs.len());
        for (ours, theirs) in ours.iter().zip(theirs) {
            let off = (ours - theirs.as_f64().unwrap()).abs();
            assert!(off < 1e-10, "{}: {off:e}", run["rule"]);
        }
        compared += 1;
    }
    assert!(compared >= 3);
}

#[test]
fn what_would_not_end_or_not_fit_is_refused() {
    let endless = json!({
        "inputs": 1, "hidden": [], "output": "linear", "weights": [[1, 0]], "rule": "gd",
        "updates": u64::MAX, "train": {"inputs": [[1]], "targets": [1]},
    });
    let file = net_file("endless", &endless.to_string());
    let sentence = "updates must be a whole number from 0 to 1,000,000, and 18446744073709551615";
    assert_refused(&["trace", "--net", &file], &[sentence]);
    for (key, value, sentence) in [
        ("inputs", json!(1e15), "The number of inputs must lie between 1 and 7"),
        (
            "hidden",
            json!([1e15]),
            "The number of units in a hidden layer must lie between 1 and 16",
        ),
        ("hidden", json!(vec![1; 1000]), "The number of hidden layers must lie between 0 and 6"),
        ("outputs", json!(1e15), "The number of values to predict must lie between 1 and 6"),
        ("batch", json!(1e300), "batch"),
        ("batches", json!([[1e15]]), "batches[0][0]"),
    ] {
        let mut net = endless.clone();
        net["updates"] = json!(1);
        net[key] = value;
        assert_refused(&["trace", "--net", &net_file("large", &net.to_string())], &[sentence]);
    }
    let large = net_file("gap", "");
    fs::File::options().write(true).open(&large).unwrap().set_len(40 << 20).unwrap();
    assert_refused(&["trace", "--net", &large], &["larger than 32 MB"]);
    fs::remove_file(large).unwrap();
}

#[test]
fn the_picture_of_a_run_that_diverges_ends() {
    let svg = format!("{}/diverged.svg", env!("CARGO_TARGET_TMPDIR"));
    for view in ["plot", "loss"] {
        let link = "runs=nesterov,adagrad,rmsprop&steps=150&step=150";
        assert!(ravine(&["figure", link, &svg, "--view", view]).status.success());
        assert!(fs::read_to_string(&svg).unwrap().len() < 2_000_000);
    }
}

#[cfg(unix)]
#[test]
fn a_picture_is_not_written_through_a_link() {
    let folder = env!("CARGO_TARGET_TMPDIR");
    let [thesis, link] = ["thesis.svg", "link.svg"].map(|name| format!("{folder}/{name}"));
    fs::write(&thesis, "thesis").unwrap();
    let _ = fs::remove_file(&link);
    std::os::unix::fs::symlink(&thesis, &link).unwrap();
    assert_refused(&["figure", "", &link], &["link.svg is a link"]);
    assert_eq!(fs::read_to_string(&thesis).unwrap(), "thesis");
}

#[test]
fn a_file_with_a_fault_ends_with_two_and_a_sentence_that_names_file_and_place() {
    let text = r#"{"inputs": 2, "hidden": [], "output": "logit", "weights": [[1]]}"#;
    let file = net_file("faulty", text);
    let sentence = format!("{file}: weights[0] has 1 number, and 3 are needed.\n");
    assert_refused(&["trace", "--net", &file], &[&sentence]);
    let broken = net_file("broken", "{");
    assert_refused(&["trace", "--net", &broken, "--weights"], &["broken.json: This is not JSON"]);
    assert_refused(&["trace", "--net", "no-such.json"], &["no-such.json: "]);
}

#[test]
fn the_reference_is_printed_as_markdown_and_its_reader_may_stop_early() {
    let Output { status, stdout, stderr } = ravine(&["reference"]);
    assert!(status.success() && stderr.is_empty());
    assert_eq!(String::from_utf8(stdout).unwrap(), markdown(&cli::reference()));
    let mut child = Command::new(env!("CARGO_BIN_EXE_ravine"))
        .arg("reference")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let Output { status, stderr, .. } = child.wait_with_output().unwrap();
    assert!(status.success(), "{}", String::from_utf8_lossy(&stderr));
}

#[test]
fn trace_prints_the_columns_that_the_reference_says() {
    let file = net_file("listing", &reference_example());
    let links = |rows: &str| match rows {
        _ if rows.starts_with("of the Surface lab") => "steps=1",
        _ if rows.starts_with("of the Minibatches") => "problem=linear&steps=1",
        _ => "net=none&steps=1",
    };
    for [arguments, columns, rows] in LISTINGS {
        let words = arguments.split(' ').map(|word| match word {
            "LINK" => links(rows),
            "FILE" => &file,
            option => option,
        });
        let printed = ravine(&["trace"].into_iter().chain(words).collect::<Vec<_>>());
        let printed = String::from_utf8(printed.stdout).unwrap();
        let columns = columns.replace("x1,…", "x1,x2").replace("input1,…", "input1,input2");
        assert_eq!(printed.lines().next(), Some(columns.as_str()), "{arguments}");
    }
}

#[test]
fn export_writes_what_the_ending_or_as_says() {
    let folder = std::path::PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("export");
    fs::create_dir_all(&folder).unwrap();
    let path = |name: &str| folder.join(name).to_string_lossy().into_owned();
    let of_net = "net=2&steps=2&runs=gd";
    for (link, name, more, starts) in [
        ("surface=bowl", "bowl.py", &[][..], "\"\"\"GD"),
        ("surface=bowl", "bowl.txt", &["--as", "pytorch"], "\"\"\"GD"),
        ("surface=bowl", "bowl.ipynb", &["--with", "pytorch"], "{"),
        ("surface=bowl", "bowl.svg", &["--width", "200", "--height", "150"], "<svg"),
        ("surface=bowl", "bowl.tex", &["--width", "8cm", "--height", "6"], "% Bowl"),
        ("surface=bowl", "bowl.csv", &[], "run,"),
        ("problem=mean", "mean.csv", &["--as", "data"], "example,x,y"),
        (of_net, "net.json", &[], "{"),
    ] {
        let file = path(name);
        let done = ravine(&[&["export", link, &file], more].concat());
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        let text = fs::read_to_string(&file).unwrap();
        assert!(text.starts_with(starts), "{name}: {text}");
    }
    let size = |scale: &str| {
        let file = path("bowl.png");
        let canvas = ["--width", "100", "--height", "100", "--scale", scale];
        assert!(
            ravine(&[&["export", "surface=bowl", &file][..], &canvas].concat()).status.success()
        );
        let bytes = fs::read(file).unwrap();
        u32::from_be_bytes([bytes[16], bytes[17], bytes[18], bytes[19]])
    };
    assert_eq!(["1", "2", "4"].map(size), [100, 200, 400]);
    // What `trace` prints is what is in the file.
    let traced = ravine(&["trace", "surface=bowl"]);
    assert_eq!(traced.stdout, fs::read(path("bowl.csv")).unwrap());
    assert!(ravine(&["trace", "--net", &path("net.json")]).status.success());

    let refuse = |link: &str, name: &str, more: &[&str], words: &str| {
        let file = path(name);
        assert_refused(&[&["export", link, &file], more].concat(), &[words]);
        assert!(!std::path::Path::new(&file).exists(), "{name}");
    };
    let of = ["--width", "120", "--height", "100", "--seconds", "0.2"];
    for (name, more, starts) in [
        ("bowl.gif", &["--scale", "2"][..], &b"GIF89a\xf0\0\xc8\0"[..]),
        ("bowl.apng", &["--fps", "10"], b"\x89PNG"),
        ("moving.png", &["--as", "apng"], b"\x89PNG"),
    ] {
        let file = path(name);
        let done = ravine(&[&["export", "surface=bowl&steps=4", &file][..], &of, more].concat());
        assert!(done.status.success() && done.stderr.is_empty(), "{name}");
        let bytes = fs::read(&file).unwrap();
        assert!(bytes.starts_with(starts), "{name}: {:?}", &bytes[..16]);
        let moves = bytes.windows(4).any(|four| four == b"acTL" || four == b"NETS");
        assert!(moves, "{name}");
    }
    refuse("", "bowl.mov", &[], "ends in none of .py, .ipynb");
    refuse("", "slow.gif", &["--fps", "0"], "A second has 1 to 50 frames, and not 0.");
    refuse("", "long.gif", &["--seconds", "500"], "2000 is the most");
    refuse("", "short.apng", &["--seconds", "0"], "A film lasts 0.1 to 600 seconds");
    refuse(
        "",
        "wide.gif",
        &["--width", "3000", "--scale", "2"],
        "4096 pixels wide and high at most",
    );
    refuse("", "still.png", &["--fps", "5"], "--fps and --seconds are for animations");
    refuse("", "narrow.tex", &["--width", "1cm"], "3 to 40 cm, as in 12cm, and not 1");
    refuse("", "some.tex", &["--width", "wide"], "it must be a number");
    refuse("", "metric.svg", &["--width", "12cm"], "centimetres are for LaTeX");
    let left_over = |entry: fs::DirEntry| entry.file_name().to_string_lossy().ends_with(".part");
    assert!(!fs::read_dir(&folder).unwrap().any(|entry| left_over(entry.unwrap())));
    refuse("", "no.json", &[], "A net wants a link of the Network lab.");
    refuse("", "no-data.csv", &["--as", "data"], "Data want a link with data");
    refuse("", "scaled.svg", &["--scale", "2"], "--scale is for PNG and animations.");
    let no_picture = "--view, --width and --height are for pictures.";
    refuse("", "code.py", &["--view", "hill"], no_picture);
    refuse("", "paths.csv", &["--width", "12cm"], no_picture);
    refuse("", "three.png", &["--scale", "3"], "1, 2 or 4");
    refuse("", "with.py", &["--with", "numpy"], "--with is for notebooks.");
    let nowhere = path("no/such/folder/bowl.py");
    assert_eq!(ravine(&["export", "", &nowhere]).status.code(), Some(1));
}
