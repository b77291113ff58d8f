//! Laws of the Network lab: links, training side by side, the way back, passes.

mod links;
mod time;
