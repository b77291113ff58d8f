//! f on a grid: each operation at once for a whole block of points.
//!
//! What depends on x alone is computed once for each column, what depends on y alone once for each
//! row. The rest goes row by row, in blocks that stay in the first-level cache:
//!
//! ```text
//! (1 - x)^2 + b*(y - x^2)^2:   columns  1 − x, (1 − x)², x²
//!                              points   y − x², (…)², b(…)², the sum
//! ```
//!
//! Each number is the same to the last bit as [`Tape::value`], because both use the operations of
//! `Number for f64`.

use super::batch;
use super::tape::{Instruction, Operation, Tape};

/// Points in a block: 2 KB for each temporary.
const BLOCK: usize = 256;

/// Where the operand of an instruction is found.
#[derive(Clone, Copy, Debug)]
enum Place {
    /// A number for each column.
    Columns(usize),
    /// A number for each row.
    Rows(usize),
    /// A number for each point of the block.
    Block(usize),
}

/// An operand of one point or of many.
#[derive(Clone, Copy)]
enum Operand<'a> {
    One(f64),
    Many(&'a [f64]),
}

/// An operation on a block of points: `out ← operation(a, b)`.
struct Step {
    operation: Operation,
    a: Place,
    b: Place,
    out: usize,
}

/// A tape sorted by what its instructions depend on; those of one variable are done already.
struct Plan {
    columns: Vec<Vec<f64>>,
    rows: Vec<Vec<f64>>,
    steps: Vec<Step>,
    blocks: usize,
    result: Place,
}

impl Tape {
    /// f on the grid of these columns and rows:
    /// `out[row * xs.len() + col]` = f(`xs[col]`, `ys[row]`), bit for bit as [`Tape::value`].
    /// Where `out` is shorter than the grid, the whole rows that fit are computed.
    pub fn grid(&self, xs: &[f64], ys: &[f64], out: &mut [f64]) {
        if xs.is_empty() || self.compiled_grid(xs, ys, out) {
            return;
        }
        let Plan { columns, rows, steps, blocks, result } = Plan::new(self, xs, ys);
        let mut temporaries = vec![vec![0.0; BLOCK.min(xs.len())]; blocks];
        for (row, line) in out.chunks_exact_mut(xs.len()).take(ys.len()).enumerate() {
            for (block, out) in line.chunks_mut(BLOCK).enumerate() {
                let points = block * BLOCK..block * BLOCK + out.len();
                for step in &steps {
                    // Its place stays empty while it is written; no operand of it is there.
                    let mut target = std::mem::take(&mut temporaries[step.out]);
                    let find = |place| match place {
                        Place::Columns(at) => Operand::Many(&columns[at][points.clone()]),
                        Place::Rows(at) => Operand::One(rows[at][row]),
                        Place::Block(at) => Operand::Many(&temporaries[at][..points.len()]),
                    };
                    apply(step.operation, find(step.a), find(step.b), &mut target[..points.len()]);
                    temporaries[step.out] = target;
                }
                match result {
                    Place::Columns(at) => out.copy_from_slice(&columns[at][points]),
                    Place::Rows(at) => out.fill(rows[at][row]),
                    Place::Block(at) => out.copy_from_slice(&temporaries[at][..points.len()]),
                }
            }
        }
    }
}

impl Plan {
    fn new(tape: &Tape, xs: &[f64], ys: &[f64]) -> Plan {
        let mut columns = vec![xs.to_vec()];
        let mut rows = vec![ys.to_vec()];
        let mut steps = Vec::new();
        let mut blocks = 0;
        let mut spare: Vec<usize> = Vec::new();

        let slots = tape.instructions.iter().map(|i| usize::from(i.out) + 1);
        let slots = slots.max().unwrap_or(0).max(tape.variables).max(2);
        // What each slot of the tape holds at the instruction in hand. A third variable is 0.
        let mut places = vec![Place::Columns(0); slots];
        places[1] = Place::Rows(0);
        if tape.variables > 2 {
            rows.push(vec![0.0; ys.len()]);
            places[2..tape.variables].fill(Place::Rows(1));
        }

        for &Instruction { operation, a, b, out } in &tape.instructions {
            let a = places[usize::from(a)];
            let b = if operation.is_binary() { places[usize::from(b)] } else { a };
            places[usize::from(out)] = match (operation, a, b) {
                (Operation::Constant(c), ..) => {
                    rows.push(vec![c; ys.len()]);
                    Place::Rows(rows.len() - 1)
                }
                (_, Place::Columns(a), Place::Columns(b)) => {
                    let mut target = vec![0.0; xs.len()];
                    let operands = (Operand::Many(&columns[a]), Operand::Many(&columns[b]));
                    apply(operation, operands.0, operands.1, &mut target);
                    columns.push(target);
                    Place::Columns(columns.len() - 1)
                }
                (_, Place::Rows(a), Place::Rows(b)) => {
                    let mut target = vec![0.0; ys.len()];
                    let operands = (Operand::Many(&rows[a]), Operand::Many(&rows[b]));
                    apply(operation, operands.0, operands.1, &mut target);
                    rows.push(target);
                    Place::Rows(rows.len() - 1)
                }
                _ => {
                    let out = spare.pop().unwrap_or_else(|| {
                        blocks += 1;
                        blocks - 1
                    });
                    steps.push(Step { operation, a, b, out });
                    // The program is a tree: a temporary is read once and then free again.
                    if let Place::Block(used) = a {
                        spare.push(used);
                    }
                    if let (true, Place::Block(used)) = (operation.is_binary(), b) {
                        spare.push(used);
                    }
                    Place::Block(out)
                }
            };
        }
        Plan { columns, rows, steps, blocks, result: places[usize::from(tape.result)] }
    }
}

/// `out ← operation(a, b)`, where an operand of one point makes an operation of the other.
fn apply(operation: Operation, a: Operand, b: Operand, out: &mut [f64]) {
    use Operand::{Many, One};
    use Operation::*;
    let (operation, many) = match (a, b) {
        (Many(a), Many(b)) => return batch::apply(operation, a, b, out),
        (Many(a), One(b)) => {
            let operation = match operation {
                Add => Offset(b),
                Subtract => Offset(-b),
                Multiply => Scale(b),
                Divide => DivideBy(b),
                Power => RealPower(b),
                _ => return batch::apply(operation, a, &vec![b; a.len()], out),
            };
            (operation, a)
        }
        (One(a), Many(b)) => {
            let operation = match operation {
                Add => Offset(a),
                Subtract => SubtractFrom(a),
                Multiply => Scale(a),
                Divide => DivideInto(a),
                _ => return batch::apply(operation, &vec![a; b.len()], b, out),
            };
            (operation, b)
        }
        (One(a), One(b)) => {
            let [a, b] = [a, b].map(|one| vec![one; out.len()]);
            return batch::apply(operation, &a, &b, out);
        }
    };
    batch::apply(operation, many, many, out);
}

#[cfg(test)]
mod tests {
    use crate::math::formula::Formula;

    #[test]
    fn a_grid_is_the_values_bit_for_bit() {
        let xs: Vec<f64> = (0..300).map(|i| -2.0 + 0.0137 * f64::from(i)).collect();
        let ys: Vec<f64> = (0..7).map(|i| -1.0 + 0.31 * f64::from(i)).collect();
        for text in [
            "(1 - x)^2 + 100(y - x^2)^2",
            "(x^2 + y - 11)^2 + (x + y^2 - 7)^2",
            "sin(x)cos(y) + (x y + 1)(y - x)/(2 + x^2) - (x - y)^3",
            "x",
            "y",
            "7",
            "exp(y) - 3",
            "max(1, x, x*y)^x + min(2, atan2(y, x))",
        ] {
            let tape = Formula::parse(text).unwrap().bind(&[]);
            let mut out = vec![f64::NAN; xs.len() * ys.len()];
            tape.grid(&xs, &ys, &mut out);
            for (at, got) in out.iter().enumerate() {
                let want = tape.value(xs[at % xs.len()], ys[at / xs.len()]);
                assert!(
                    got.to_bits() == want.to_bits() || got.is_nan() && want.is_nan(),
                    "{text} at {at}: {got} is not {want}"
                );
            }
        }
    }

    #[test]
    fn an_empty_or_short_grid_is_no_fault() {
        let tape = Formula::parse("x + y").unwrap().bind(&[]);
        tape.grid(&[], &[1.0], &mut []);
        let mut out = [0.0; 3];
        tape.grid(&[1.0, 2.0], &[3.0, 4.0], &mut out);
        assert_eq!(out, [4.0, 5.0, 0.0]);
    }
}
