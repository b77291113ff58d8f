//! What the page says is true: the condition of each claim is computed by other means over random
//! links. A claim whose condition does not hold fails, and so does one that no link leads to.

mod nets;
mod planar;
