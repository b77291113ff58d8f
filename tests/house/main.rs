//! The house itself: its rooms and their order, its README, the types at its door.

mod readme;
mod rooms;
mod typescript;
