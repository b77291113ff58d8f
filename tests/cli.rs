//! The command line from outside: what it prints and how it ends.

use std::fs;
use std::io::Read;
use std::process::{Command, Output, Stdio};

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
    assert_refused(&["trace"], &["LINK"]);
    assert_refused(
        &["figure", "", "picture.gif"],
        &["picture.gif ends neither in .svg nor in .png"],
    );
    assert_refused(&["figure", "", "picture.svg", "--width", "7"], &["7 is not in 100..=4000"]);
    assert_refused(&["figure", "", "picture.svg", "--view", "inside"], &["inside", "plot", "loss"]);
}

#[test]
fn a_bad_link_ends_with_two_and_a_sentence_for_each_fault() {
    let link = "gd.speed=3&nonsense=1";
    for arguments in [&["trace", link][..], &["figure", link, "picture.svg"]] {
        assert_refused(arguments, &["gd.speed", "nonsense"]);
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
    for view in ["plot", "loss"] {
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
