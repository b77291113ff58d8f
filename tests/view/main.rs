//! What is drawn, pixel by pixel.

mod pictures;
