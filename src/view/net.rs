use crate::network::Architecture;
use crate::view::{Drawn, Pen, Style, Theme};
use plotters_backend::DrawingBackend;
#[derive(Clone, Copy)]
pub struct Node {
    pub x: f64,
    pub y: f64,
    pub side: f64,
}
pub struct Layout(Vec<usize>, [f64; 2]);
impl Layout {
    pub fn of(net: &Architecture, size: [f64; 2]) -> Self {
        Self([net.inputs()].into_iter().chain(net.layers().iter().map(|l| l.units)).collect(), size)
    }
    fn at(&self, c: usize, i: usize) -> Node {
        let n = self.0.len();
        let k = self.0[c];
        Node {
            x: 60.0 + c as f64 * (self.1[0] - 140.0) / (n - 1) as f64,
            y: 30.0 + (i as f64 + 0.5) * (self.1[1] - 30.0) / k as f64 - 15.0,
            side: 30.0,
        }
    }
    pub fn input(&self, i: usize) -> Node {
        self.at(0, i)
    }
    pub fn node(&self, layer: usize, unit: usize) -> Node {
        self.at(layer + 1, unit)
    }
}
pub fn draw_edges<DB: DrawingBackend>(
    _: &mut Pen<'_, DB>,
    _: &Layout,
    _: &Architecture,
    _: &[f64],
    _: &Style,
    _: Option<usize>,
) -> Drawn<DB> {
    Ok(())
}
pub fn hit(_: &Layout, _: &Architecture, _: [f64; 2]) -> Option<usize> {
    None
}
pub fn paint_tiles(values: &[f32], g: usize, _: &Theme, out: &mut Vec<u8>) {
    out.clear();
    out.resize(values.len() / (g * g) * g * g * 4, 128);
}
