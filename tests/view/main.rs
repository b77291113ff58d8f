//! What is drawn: pictures pixel by pixel, and the hill.

mod hill;
mod pictures;
