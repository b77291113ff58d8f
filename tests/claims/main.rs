//! What the page says is true: the condition of each claim is computed by other means over random
//! links. A claim whose condition does not hold fails, and so does one that no link leads to.

#[path = "../laws/dice.rs"]
#[allow(dead_code, reason = "not all of it is of use here")]
mod dice;

mod nets;
mod planar;
