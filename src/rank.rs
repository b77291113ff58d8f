//! The number of a given rank among many, without sorting them: C. A. R. Hoare, Algorithm 65: Find,
//! Communications of the ACM 4 (1961).

/// The number that `rank` others precede in the order of `f64::total_cmp`; of a rank too large
/// the last. The numbers change places. `None` where there are none.
///
/// It takes a time proportional to the count of numbers.
pub fn ranked(mut numbers: &mut [f64], rank: usize) -> Option<f64> {
    let mut rank = rank.min(numbers.len().checked_sub(1)?);
    // Knuth's linear congruential generator: no order of the numbers is a bad one.
    let mut random = 1_u64;
    loop {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        let pivot = numbers[(random >> 33) as usize % numbers.len()];
        let below = move_to_front(numbers, |number| number.total_cmp(&pivot).is_lt());
        if rank < below {
            numbers = &mut numbers[..below];
            continue;
        }
        numbers = &mut numbers[below..];
        rank -= below;
        let equal = move_to_front(numbers, |number| number.total_cmp(&pivot).is_eq());
        if rank < equal {
            return Some(pivot);
        }
        numbers = &mut numbers[equal..];
        rank -= equal;
    }
}

/// Moves the wanted numbers before the others, and counts them.
fn move_to_front(numbers: &mut [f64], wanted: impl Fn(f64) -> bool) -> usize {
    let mut count = 0;
    for at in 0..numbers.len() {
        // No branch: which way it goes cannot be foretold.
        let is_wanted = wanted(numbers[at]);
        numbers.swap(at, count);
        count += usize::from(is_wanted);
    }
    count
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_rank_is_a_place_among_the_sorted(
            mut numbers in prop::collection::vec(
                prop_oneof![any::<f64>(), Just(0.0), Just(-0.0), Just(f64::NAN), Just(2.0)],
                1..80,
            ),
            rank in 0_usize..100,
        ) {
            let mut sorted = numbers.clone();
            sorted.sort_by(f64::total_cmp);
            let expected = sorted[rank.min(sorted.len() - 1)];
            prop_assert_eq!(ranked(&mut numbers, rank).unwrap().to_bits(), expected.to_bits());
            numbers.sort_by(f64::total_cmp);
            let bits = |numbers: &[f64]| numbers.iter().map(|x| x.to_bits()).collect::<Vec<_>>();
            prop_assert_eq!(bits(&numbers), bits(&sorted));
        }
    }

    #[test]
    fn of_none_there_is_none() {
        assert_eq!(ranked(&mut [], 0), None);
    }
}
