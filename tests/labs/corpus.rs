//! Links of before still open, to the same numbers. `links.tsv` holds links as they were once
//! written, each with what it was read as and with a hash of the numbers behind it. They were all
//! made at one time, by `generate.rs`; a line is changed only where what it meant was a fault.
//! (`arrows` does nothing in the Minibatches lab and is not written any more.)

mod generate;

use std::fmt::Write;
use std::hash::Hasher;

use ravine::export::net_trace;
use ravine::export::trace;
use ravine::labs::link;
use ravine::labs::network;

const CORPUS: &str = include_str!("corpus/links.tsv");

/// Fowler, Noll and Vo's hash 1a, of 64 bits.
struct Fnv(u64);

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

/// What a link is read as, and a hash of its `trace`.
fn meaning(text: &str) -> (String, u64) {
    let mut table = Vec::new();
    let canonical = if network::link::is_of_nets(text) {
        let (experiment, _) = network::link::read(text);
        net_trace::trace(&experiment, &mut table).unwrap();
        network::link::write(&experiment)
    } else {
        let (experiment, _) = link::read(text);
        trace::trace(&experiment, &mut table).unwrap();
        link::write(&experiment)
    };
    let mut hash = Fnv(0xcbf2_9ce4_8422_2325);
    hash.write(&table);
    (canonical, hash.finish())
}

/// Reads and runs the links of which `wanted` is true.
fn compare(wanted: impl Fn(&str) -> bool, least: usize) {
    let mut count = 0;
    let mut wrong = String::new();
    for line in CORPUS.lines().filter(|line| !line.starts_with("# ")) {
        let [text, canonical, hash] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("not three columns: {line}");
        };
        if !wanted(text) {
            continue;
        }
        let (read, found) = meaning(text);
        if read != canonical || format!("{found:016x}") != hash {
            writeln!(wrong, "{text}\n  was {canonical} {hash}\n  is  {read} {found:016x}").unwrap();
        }
        count += 1;
    }
    assert!(count >= least, "{count} links");
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn old_links_of_walks_are_read_as_before_and_give_the_same_numbers() {
    compare(|link| !network::link::is_of_nets(link), 400);
}

#[test]
fn old_links_of_nets_are_read_as_before_and_give_the_same_numbers() {
    compare(network::link::is_of_nets, 150);
}

/// `cargo test --test labs corpus -- --ignored` makes a corpus of today's code in the folder of tests'
/// scratch files, for adding what is new; the old lines stay as they are.
#[test]
#[ignore = "writes a file, and proves nothing"]
fn write_a_corpus() {
    let mut lines = String::from("# link\twhat it was read as\thash of its trace\n");
    for text in generate::links() {
        let (canonical, hash) = meaning(&text);
        writeln!(lines, "{text}\t{canonical}\t{hash:016x}").unwrap();
    }
    let place = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("links.tsv");
    std::fs::write(&place, lines).unwrap();
    println!("{}", place.display());
}
