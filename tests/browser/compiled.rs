//! Compiled formulas have the bits of their tapes, in the browser that compiles them: points, grids,
//! sums over examples and walks by every rule, of random formulas.

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use serde_json::json;

use crate::harness::browse;
use crate::tree::{self, trees};

/// How many formulas are compared, and how many by one call.
const CASES: usize = 10_000;
const AT_ONCE: usize = 250;

/// As many as `RAVINE_CASES` says.
fn cases() -> usize {
    std::env::var("RAVINE_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(CASES)
}

/// Formulas that are as long and as deep as may be, and ordinary ones.
fn extremes() -> impl Iterator<Item = String> {
    let ordinary = [
        "(1 - x)^2 + 100(y - x^2)^2",
        "(x^2 + y - 11)^2 + (x + y^2 - 7)^2 + 3sin(2x)*cos(y)",
        "-20exp(-0.2sqrt((x^2 + y^2)/2)) - exp((cos(2pi x) + cos(2pi y))/2) + e + 20",
    ];
    tree::extremes().into_iter().chain(ordinary.map(String::from))
}

#[test]
fn compiled_formulas_have_the_bits_of_their_tapes() {
    let mut runner = TestRunner::deterministic();
    let strategy = trees();
    let mut texts: Vec<String> = extremes().collect();
    texts.resize_with(texts.len() + cases(), || {
        strategy.new_tree(&mut runner).expect("a tree").current().to_string()
    });
    browse("step=0", async |page| {
        let mut modules = [0; 4];
        for (seed, texts) in texts.chunks(AT_ONCE).enumerate() {
            let (differ, of): (Vec<String>, [usize; 4]) = page
                .call(
                    "const { compare_compiled } = await import('./core/ravine.js');
                     return JSON.parse(compare_compiled(...arguments));",
                    json!([texts, seed]),
                )
                .await;
            assert!(differ.is_empty(), "{differ:#?}");
            modules.iter_mut().zip(of).for_each(|(all, of)| *all += of);
        }
        // None has been left to the tape: but for sums and walks, where there is too little to do.
        let [points, grids, sums, walks] = modules;
        let all = texts.len();
        println!(
            "{all} formulas: modules of points {points}, grids {grids}, sums {sums}, walks {walks}"
        );
        assert_eq!(grids, all);
        assert!([points, sums, walks].iter().all(|count| count * 10 > all * 9), "{modules:?}");
    });
}

#[test]
fn where_the_page_may_not_compile_the_tape_answers() {
    let texts: Vec<String> = extremes().collect();
    browse("step=0", async |page| {
        let (differ, modules): (Vec<String>, [usize; 4]) = page
            .call(
                "WebAssembly.Module = function () { throw new WebAssembly.CompileError('no'); };
                 const { compare_compiled } = await import('./core/ravine.js');
                 return JSON.parse(compare_compiled(...arguments));",
                json!([texts, 1]),
            )
            .await;
        assert!(differ.is_empty(), "{differ:#?}");
        assert_eq!(modules, [0; 4]);
    });
}
