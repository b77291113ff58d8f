//! The labs: each by itself, what a link says of any, and what is said of them to a reader.

mod basins;
mod claims;
mod corpus;
mod laws;
mod lessons;
mod links;
mod maps;
mod minibatches;
mod network;
mod said;
mod scenes;
mod surface;
mod swarm;
mod trials;
