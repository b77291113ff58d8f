//! MathML is well-formed, and nothing typed can become markup.

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use ravine::math::formula::Formula;

use super::tree::trees;

/// Every tag that a formula may show, as it is written.
const TAGS: [&str; 13] = [
    "math xmlns=\"http://www.w3.org/1998/Math/MathML\"",
    "mrow",
    "mi",
    "mn",
    "mo",
    "mo form=\"prefix\"",
    "mo separator=\"true\"",
    "mo rspace=\"0.17em\"",
    "mfrac",
    "msup",
    "msub",
    "msqrt",
    "mroot",
];

/// Checks that the tags are known and closed in order, that fractions and scripts have two
/// children, and that what is between tags is plain.
pub fn assert_well_formed(markup: &str) {
    let mut open: Vec<(&str, usize)> = vec![("", 0)];
    let mut rest = markup;
    while let Some(begin) = rest.find('<') {
        let (text, tag) = rest.split_at(begin);
        assert!(!text.contains(['>', '&', '"']), "{text:?} in {markup}");
        assert!(
            text.is_empty() || matches!(open.last().unwrap().0, "mi" | "mn" | "mo"),
            "{markup}"
        );
        let end = tag.find('>').expect(markup);
        let name = &tag[1..end];
        rest = &tag[end + 1..];
        if let Some(name) = name.strip_prefix('/') {
            let (opened, children) = open.pop().expect(markup);
            assert_eq!(name, opened, "{markup}");
            if matches!(name, "mfrac" | "msup" | "msub" | "mroot") {
                assert_eq!(children, 2, "{name} in {markup}");
            }
        } else {
            assert!(TAGS.contains(&name), "<{name}> in {markup}");
            open.last_mut().expect(markup).1 += 1;
            open.push((name.split(' ').next().unwrap(), 0));
        }
    }
    assert!(rest.is_empty() && open == [("", 1)], "{markup}");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::with_cases(500) })]

    #[test]
    fn random_formulas_are_well_formed(tree in trees(), a in -3..3i32) {
        let formula = Formula::parse(&tree.to_string()).unwrap();
        assert_well_formed(&formula.mathml());
        assert_well_formed(&formula.mathml_at(&[("a", f64::from(a))]));
    }
}

#[test]
fn numbers_that_are_none_are_shown_without_markup() {
    let formula = Formula::parse("a x + b y").unwrap();
    for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e300, -1e-300, 0.1] {
        assert_well_formed(&formula.mathml_at(&[("a", value), ("b", -value)]));
    }
}

#[test]
fn the_checker_sees_what_is_wrong() {
    for bad in ["<math>", "<b></b>", "<mi>x</mn>", "<mfrac><mi>x</mi></mfrac>", "<mi>a&b</mi>", "x"]
    {
        assert!(std::panic::catch_unwind(|| assert_well_formed(bad)).is_err(), "{bad}");
    }
}
