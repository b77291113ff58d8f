//! Which examples each update uses, and the noise on gradients, as Python: written out where that is
//! short, and else by Ravine's generator of random numbers in a few lines.

use super::Dialect;
use super::number::whole_list;
use crate::data::Batches;

/// The most numbers of orders that are written out.
const MOST_NUMBERS: usize = 160;

/// What of it a script uses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Chance {
    /// How the examples are dealt out, and in how many epochs; `None` where every batch is all of them.
    pub batches: Option<(Batches, usize)>,
    /// Where the noise begins, if there is any.
    pub noise: Option<u64>,
}

impl Chance {
    /// A run that makes so many updates with these batches comes along.
    pub fn add_batches(&mut self, batches: Batches, updates: usize) {
        if batches.is_full() {
            return;
        }
        let epochs = updates.div_ceil(batches.per_epoch());
        let most = self.batches.map_or(0, |(_, epochs)| epochs);
        self.batches = Some((batches, epochs.max(most)));
    }

    fn is_written_out(&self) -> bool {
        self.batches.is_some_and(|(batches, epochs)| epochs * batches.n <= MOST_NUMBERS)
    }

    /// Whether Python's own functions are needed.
    pub fn needs_math(&self) -> bool {
        self.noise.is_some()
    }

    /// The definitions, each a block.
    pub fn blocks(&self, dialect: Dialect) -> Vec<String> {
        let mut blocks = Vec::new();
        let has_generator =
            self.noise.is_some() || (self.batches.is_some() && !self.is_written_out());
        if has_generator {
            blocks.push(PCG32.trim().to_owned());
        }
        if let Some((batches, epochs)) = self.batches {
            if self.is_written_out() {
                let orders: Vec<String> = (0..epochs)
                    .map(|epoch| format!("    {},\n", whole_list(&batches.order(epoch), 4)))
                    .collect();
                blocks.push(format!(
                    "# The order of the examples in each epoch, as Ravine's seed {} shuffles them.\norders = [\n{}]",
                    batches.seed,
                    orders.concat()
                ));
                blocks.push(WRITTEN_OUT.trim().to_owned());
            } else {
                blocks.push(SHUFFLED.trim().to_owned());
                let text = DEALT.trim().replace("{n}", &batches.n.to_string());
                blocks.push(text.replace("{seed}", &batches.seed.to_string()));
            }
        }
        if self.noise.is_some() {
            let pair = match dialect {
                Dialect::NumPy => "np.array",
                Dialect::PyTorch => "torch.tensor",
            };
            blocks.push(GAUSSIANS.trim().replace("{pair}", pair));
        }
        blocks
    }
}

const PCG32: &str = r#"
def pcg32(seed):
    """Ravine's random numbers, PCG32 (O'Neill 2014): whole numbers below 2**32, without end."""

    def output(state):
        word = (state >> 18 ^ state) >> 27 & 0xFFFFFFFF
        turn = state >> 59
        return (word >> turn | word << (32 - turn)) & 0xFFFFFFFF

    words = []
    for _ in range(4):  # the seed is spread over state and increment
        seed = (seed * 6364136223846793005 + 11634580027462260723) % 2**64
        words.append(output(seed))
    increment = words[3] << 32 | words[2] | 1
    state = (words[1] << 32 | words[0]) + increment
    while True:
        state = (state * 6364136223846793005 + increment) % 2**64
        yield output(state)
"#;

const SHUFFLED: &str = r#"
def shuffled(n, seed):
    """0, 1, …, n - 1 in random order (Fisher & Yates)."""
    numbers = pcg32(seed)
    order = list(range(n))
    for last in range(n - 1, 0, -1):
        bound = last + 1
        product = next(numbers) * bound
        while product % 2**32 < 2**32 % bound:  # so that each is as likely (Lemire 2019)
            product = next(numbers) * bound
        other = product >> 32
        order[last], order[other] = order[other], order[last]
    return order
"#;

const DEALT: &str = r#"
def batches(m):
    """Which examples each update uses: every epoch shuffles all and deals them out, m at a time."""
    epoch = 0
    while True:
        epoch += 1
        order = shuffled({n}, {seed} ^ epoch * 0x9E3779B97F4A7C15 % 2**64)
        for first in range(0, {n}, m):
            yield order[first : first + m]
"#;

const WRITTEN_OUT: &str = r#"
def batches(m):
    """Which examples each update uses: every epoch deals all of them out, m at a time."""
    for order in orders:
        for first in range(0, len(order), m):
            yield order[first : first + m]
"#;

const GAUSSIANS: &str = r#"
def gaussians(seed):
    """Pairs of independent N(0, 1) numbers, as Ravine draws them (Box & Muller 1958)."""
    numbers = pcg32(seed)

    def uniform():
        low, high = next(numbers), next(numbers)
        return ((high << 32 | low) >> 11) / 2**53

    while True:
        radius = math.sqrt(-2 * math.log(1 - uniform()))
        angle = 2 * math.pi * uniform()
        yield {pair}([radius * math.cos(angle), radius * math.sin(angle)])
"#;
