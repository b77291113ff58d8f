//! A line as elements of plotters.
//!
//! plotters moves what lies outside of its plotting area to the edge. So a line is cut and broken
//! first, in fractions of a pixel and whatever its coordinates, and plotters is given the pieces.

use std::convert::Infallible;

use plotters::element::PathElement;

use super::{ChartLayout, Place};
use crate::view::Frame;
use crate::view::pen::Ink;
use crate::view::stroke::{Lines, Stroke};

impl ChartLayout {
    /// A line from place to place for [`ChartContext::draw_series`](plotters::chart::ChartContext::draw_series).
    pub fn series(&self, dash: &[f64], ink: Ink, draw: impl FnOnce(&mut Line<'_>)) -> Pieces {
        let frame = self.frame();
        let mut line = Line {
            stroke: Stroke::within(&frame, dash, ink),
            taken: Taken { frame: &frame, pieces: vec![] },
        };
        draw(&mut line);
        let Line { mut stroke, mut taken } = line;
        let Ok(()) = stroke.lift(&mut taken);
        taken.pieces
    }
}

/// A series of plotters: a line, cut where it leaves the plotting area, dashed by its length.
pub type Pieces = Vec<PathElement<Place>>;

/// A line that is being drawn.
pub struct Line<'a> {
    stroke: Stroke<'a>,
    taken: Taken<'a>,
}

impl Line<'_> {
    /// Goes from one place to another without drawing.
    pub fn pass(&mut self, from: Place, to: Place) {
        self.stroke.pass(from.into(), to.into());
    }

    /// Draws from one place to another, unless one is not finite.
    pub fn draw(&mut self, from: Place, to: Place) {
        let Ok(()) = self.stroke.draw(&mut self.taken, from.into(), to.into());
    }
}

struct Taken<'a> {
    frame: &'a Frame,
    pieces: Pieces,
}

impl Lines for Taken<'_> {
    type Fault = Infallible;

    fn add(&mut self, pixels: &[[f64; 2]], ink: Ink) -> Result<(), Infallible> {
        if pixels.len() > 1 {
            let places: Vec<Place> =
                pixels.iter().map(|&pixel| self.frame.to_data(pixel).into()).collect();
            self.pieces.push(PathElement::new(places, ink.style()));
        }
        Ok(())
    }
}
