//! A link is the whole experiment, and whatever is read becomes a valid one.

mod faults;
mod random;
mod round_trip;
