//! Exported code gives Ravine's numbers: scripts are run by Python where it has NumPy or PyTorch. Where it
//! has not, a line says so, and their texts alone are looked at.

mod links;

use std::fs;
use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::{Command, Output};
use std::sync::Mutex;

use ravine::export::code::{Dialect, notebook};
use ravine::export::net_file::Training;
use ravine::export::printed::{self, Drawn, Printed, Table};
use serde_json::Value;

const DIALECTS: [(Dialect, &str); 2] = [(Dialect::NumPy, "numpy"), (Dialect::PyTorch, "torch")];

#[track_caller]
fn open(link: &str) -> Box<dyn Drawn> {
    let (experiment, faults) = printed::open(link);
    let lost: Vec<String> =
        faults.iter().filter(|fault| !fault.is_harmless).map(ToString::to_string).collect();
    assert!(lost.is_empty(), "{link}: {lost:?}");
    experiment
}

fn script(link: &str, dialect: Dialect) -> String {
    open(link).script(dialect, false).text()
}

/// Whether Python has a module; if not, that is said, once.
fn has(module: &str) -> bool {
    let found = Command::new("python3").args(["-c", &format!("import {module}")]).output();
    let has = found.is_ok_and(|output| output.status.success());
    static SAID: Mutex<Vec<String>> = Mutex::new(Vec::new());
    let mut said = SAID.lock().unwrap();
    if !has && !said.iter().any(|known| known == module) {
        said.push(module.to_owned());
        // Past the test runner, which shows what a test prints only where it fails.
        let line = format!(
            "There is no python3 with {module}: exported scripts are looked at, not run.\n"
        );
        io::stderr().write_all(line.as_bytes()).unwrap();
    }
    has
}

/// Writes scripts to a folder of this test, and runs them in one process of Python. Each that fails is
/// printed with its link.
fn run(name: &str, scripts: &[(&str, String)]) -> Output {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("code-{name}"));
    fs::create_dir_all(&folder).unwrap();
    for (index, (_, text)) in scripts.iter().enumerate() {
        fs::write(folder.join(format!("{index}.py")), text).unwrap();
    }
    let all = "import runpy, sys\n\
               failed = False\n\
               for i in range(int(sys.argv[1])):\n\
               \x20   try:\n\
               \x20       runpy.run_path(f'{i}.py')\n\
               \x20   except BaseException as error:\n\
               \x20       failed = True\n\
               \x20       print(i, type(error).__name__, error, file=sys.stderr)\n\
               sys.exit(failed)";
    let count = scripts.len().to_string();
    Command::new("python3")
        .args(["-W", "ignore", "-c", all, &count])
        .current_dir(folder)
        .output()
        .unwrap()
}

#[track_caller]
fn assert_all_agree(name: &str, links: &[String]) {
    for (dialect, module) in DIALECTS {
        let scripts: Vec<(&str, String)> =
            links.iter().map(|link| (link.as_str(), script(link, dialect))).collect();
        for (link, text) in &scripts {
            assert!(text.contains("assert ") && text.ends_with("to 1e-9.\")\n"), "{link}: {text}");
            assert!(!text.contains("matplotlib"), "{link}");
            assert!(!text.lines().any(|line| line.ends_with(' ')), "{link}: {text}");
        }
        if !has(module) {
            continue;
        }
        let Output { status, stderr, .. } = run(&format!("{name}-{module}"), &scripts);
        let stderr = String::from_utf8_lossy(&stderr);
        let named: Vec<(usize, &str)> = scripts.iter().map(|(link, _)| *link).enumerate().collect();
        assert!(status.success(), "{module}: {stderr}\n{named:#?}");
    }
}

#[test]
fn scripts_of_surfaces_end_where_ravine_does() {
    assert_all_agree("surfaces", &links::surfaces());
}

#[test]
fn scripts_of_typed_formulas_end_where_ravine_does() {
    assert_all_agree("formulas", &links::formulas());
}

#[test]
fn scripts_of_risks_end_where_ravine_does() {
    assert_all_agree("risks", &links::risks());
}

#[test]
fn scripts_of_nets_end_where_ravine_does() {
    assert_all_agree("nets", &links::nets());
}

#[test]
fn a_wrong_number_is_refused() {
    let link = "surface=ravine&runs=gd";
    for (dialect, module) in DIALECTS {
        let right = script(link, dialect);
        let wrong = right.replace("\"gd\": ([0.067987", "\"gd\": ([0.067988");
        assert_ne!(right, wrong);
        if has(module) {
            let Output { status, stderr, .. } = run(&format!("wrong-{module}"), &[(link, wrong)]);
            let stderr = String::from_utf8_lossy(&stderr);
            assert!(!status.success() && stderr.contains("AssertionError gd: θ is"), "{stderr}");
        }
    }
}

#[test]
fn the_script_of_the_first_page_reads_like_a_textbook() {
    let text = script("surface=himmelblau&runs=gd,momentum&steps=20", Dialect::NumPy);
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden/himmelblau.py");
    if std::env::var_os("RAVINE_WRITE").is_some() {
        fs::write(&file, &text).unwrap();
    }
    let golden = fs::read_to_string(file).unwrap();
    assert_eq!(text, golden, "RAVINE_WRITE=yes writes it anew");
}

#[test]
fn what_is_not_used_is_not_there() {
    let plain = script("surface=bowl&runs=gd", Dialect::NumPy);
    for absent in ["hessian", "pcg32", "batches", "path", "import math", "sigmoid", "seterr"] {
        assert!(!plain.contains(absent), "{absent}: {plain}");
    }
    let full = script("problem=linear&runs=gd", Dialect::NumPy);
    assert!(!full.contains("pcg32") && !full.contains("orders"), "{full}");
    let few = script("problem=linear&data.n=6&runs=gd&gd.batch=2&steps=9", Dialect::NumPy);
    assert!(few.contains("orders = [") && !few.contains("pcg32"), "{few}");
    let many = script("problem=linear&runs=gd&gd.batch=2&steps=500", Dialect::NumPy);
    assert!(many.contains("pcg32") && !many.contains("orders = ["), "{many}");
}

#[test]
fn what_diverges_is_walked_as_far_as_numbers_can_be_compared_and_that_is_said() {
    let text = script("surface=ravine&runs=gd&gd.alpha=0.2&steps=2000", Dialect::NumPy);
    assert!(text.contains("# It diverges: in Ravine the outcome of update"), "{text}");
    let walked = text.split("range(1, ").nth(1).and_then(|rest| rest.split(' ').next());
    let walked: usize = walked.unwrap().parse().unwrap();
    assert!((90..400).contains(&walked), "{walked}");
    // Chaos: on Himmelblau with a large α.
    let chaotic = "surface=himmelblau&start=0.5,0.5&runs=gd&gd.alpha=0.036&steps=2000";
    let text = script(chaotic, Dialect::NumPy);
    assert!(text.contains("Rounding errors grow here"), "{text}");
    assert!(!text.contains("range(1, 2000 + 1)"), "{text}");
}

#[test]
fn a_notebook_has_the_script_in_cells_and_a_picture() {
    for link in
        ["", "problem=linear&gd2.batch=4&steps=20", "net=3&steps=3&runs=gd,momentum", "runs="]
    {
        for (dialect, module) in DIALECTS {
            let text = notebook(&open(link).script(dialect, true));
            let notebook: Value = serde_json::from_str(&text).unwrap();
            assert_eq!(notebook["nbformat"], 4);
            let cells = notebook["cells"].as_array().unwrap();
            assert_eq!(cells[0]["cell_type"], "markdown");
            let source = |cell: &Value| -> String {
                cell["source"].as_array().unwrap().iter().filter_map(Value::as_str).collect()
            };
            let (pictures, code): (Vec<&Value>, Vec<&Value>) =
                cells[1..].iter().partition(|cell| source(cell).contains("matplotlib"));
            assert!(pictures.len() <= 1 && (link == "runs=" || pictures.len() == 1));
            let code: Vec<String> = code.into_iter().map(source).collect();
            if has(module) {
                let name = format!("notebook-{module}");
                let Output { status, stderr, .. } = run(&name, &[(link, code.join("\n\n"))]);
                assert!(status.success(), "{link}: {}", String::from_utf8_lossy(&stderr));
            }
        }
    }
}

#[test]
fn a_net_as_json_is_trained_by_trace_to_the_same_numbers() {
    for link in links::nets() {
        let experiment = open(&link);
        let Ok(text) = experiment.net() else {
            assert!(link.contains("hand=3") || link.contains("runs=&"), "{link}");
            continue;
        };
        let training = Training::read(&text).unwrap_or_else(|fault| panic!("{link}: {fault}"));
        let weights = |printed: &dyn Printed| {
            let mut table = Vec::new();
            printed.print(Table::Weights, &mut table).unwrap();
            String::from_utf8(table).unwrap()
        };
        let (of_file, own) = (weights(&training), weights(&*experiment));
        let own: Vec<&str> = own.lines().filter_map(|line| line.strip_prefix("gd,")).collect();
        assert_eq!(of_file.lines().skip(1).collect::<Vec<_>>(), own, "{link}");
    }
    assert!(open("surface=bowl").net().is_err());
}
