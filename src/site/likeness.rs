//! An order in which texts that are alike stand near each other.
//!
//! Gzip writes what it has seen in the last 32 KB as a reference to it. So the next text is always
//! the one that shares most with the last 30 KB, for its length: a greedy order.

use std::collections::HashMap;

/// So many bytes in a row are a shingle. What two texts share are shingles.
const SHINGLE: usize = 6;
/// So many bytes of the last texts are what the next one is compared with.
const WINDOW: usize = 30_000;

/// The places of all texts, first the one that comes first. The same texts have the same order.
pub fn by_likeness(texts: &[&[u8]]) -> Vec<usize> {
    let (shingles, holders) = shingles(texts);
    // A shingle that few texts have is the better sign.
    let weights: Vec<f64> =
        holders.iter().map(|holders| (holders.len() as f64).powf(-0.5)).collect();
    // How often each shingle is in the window, and what each text shares with it.
    let mut seen = vec![0; holders.len()];
    let mut shared = vec![0.0; texts.len()];
    // As much shared is worth more in a short text.
    let costs: Vec<f64> = texts.iter().map(|text| (1.0 + text.len() as f64).powf(0.7)).collect();

    let mut left: Vec<usize> = (0..texts.len()).collect();
    let mut order: Vec<usize> = Vec::new();
    let (mut oldest, mut size) = (0, 0);
    while !left.is_empty() {
        let mut best = 0;
        for at in 1..left.len() {
            if shared[left[at]] * costs[left[best]] > shared[left[best]] * costs[left[at]] {
                best = at;
            }
        }
        let next = left.remove(best);
        order.push(next);
        size += texts[next].len();
        for &shingle in &shingles[next] {
            seen[shingle] += 1;
            if seen[shingle] == 1 {
                holders[shingle].iter().for_each(|&text| shared[text] += weights[shingle]);
            }
        }
        while size > WINDOW && oldest + 1 < order.len() {
            let gone = order[oldest];
            oldest += 1;
            size -= texts[gone].len();
            for &shingle in &shingles[gone] {
                seen[shingle] -= 1;
                if seen[shingle] == 0 {
                    holders[shingle].iter().for_each(|&text| shared[text] -= weights[shingle]);
                }
            }
        }
    }
    order
}

/// The shingles of each text that others have too, by number and each once, and the texts that
/// have each.
fn shingles(texts: &[&[u8]]) -> (Vec<Vec<usize>>, Vec<Vec<usize>>) {
    let mut numbers: HashMap<&[u8], usize> = HashMap::new();
    let mut holders: Vec<Vec<usize>> = Vec::new();
    for (text, bytes) in texts.iter().enumerate() {
        for shingle in bytes.windows(SHINGLE) {
            let number = *numbers.entry(shingle).or_insert(holders.len());
            if number == holders.len() {
                holders.push(Vec::new());
            }
            if holders[number].last() != Some(&text) {
                holders[number].push(text);
            }
        }
    }
    let mut shingles = vec![Vec::new(); texts.len()];
    holders.retain(|holders| holders.len() > 1);
    for (shingle, holders) in holders.iter().enumerate() {
        for &text in holders {
            shingles[text].push(shingle);
        }
    }
    (shingles, holders)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_alike_stands_side_by_side() {
        let texts = ["gradient descent", "momentum", "stochastic gradient", "too much momentum"];
        let texts = texts.map(str::as_bytes);
        assert_eq!(by_likeness(&texts), [0, 2, 1, 3]);
    }

    #[test]
    fn every_text_has_one_place() {
        let texts = ["", "a", "long and long", "", "a", "long"].map(str::as_bytes);
        let mut order = by_likeness(&texts);
        order.sort_unstable();
        assert_eq!(order, [0, 1, 2, 3, 4, 5]);
        assert_eq!(by_likeness(&[]), [] as [usize; 0]);
    }

    #[test]
    fn what_is_out_of_sight_does_not_count() {
        // The second text is most like the first, the third like the first, the last like the second.
        let order = |many: usize| {
            let numbers = |from: usize, to: usize| {
                (from..to).map(|number| format!("{number} ")).collect::<String>()
            };
            let texts = [
                numbers(1000, 1000 + 2 * many),
                numbers(1000 + many, 1000 + 4 * many),
                numbers(1001, 1004),
                numbers(1000 + 3 * many, 1002 + 3 * many) + "and more",
            ];
            by_likeness(&texts.each_ref().map(|text| text.as_bytes()))
        };
        assert_eq!(order(100), [0, 1, 2, 3]);
        assert_eq!(order(2000), [0, 1, 3, 2]);
    }
}
