//! A plot or a loss chart as a file: SVG, and PNG made from it without a browser.
//!
//! The drawing is the page's own, [`crate::view`], on a backend that writes SVG. The field is
//! embedded as a PNG. Text names the page's typefaces; where an SVG is turned into a PNG here, it
//! is set in the embedded one, so that a link gives one picture on every machine.

mod svg;

use crate::view::marks::{self, Head};
use crate::view::{
    Chart, Curve, Drawn, Field, Frame, Levels, Palette, Pen, Relief, Style, axes, isolines,
    loss_chart, paint, paths,
};
use base64::prelude::{BASE64_STANDARD, Engine};
use resvg::{tiny_skia, usvg};
use std::sync::Arc;

pub use svg::Svg;

/// What a plot shows.
#[derive(Clone, Copy, Debug)]
pub struct Plot<'a> {
    /// Window and size.
    pub frame: Frame,
    /// Theme, type and line width.
    pub style: Style,
    /// The field's colours.
    pub palette: Palette,
    /// The surface, sampled over the frame's window.
    pub field: &'a Field,
    /// The best known minimum, for the levels.
    pub floor: Option<f64>,
    /// Known minima, each a cross.
    pub minima: &'a [[f64; 2]],
    /// The start's handle, if it is shown.
    pub start: Option<[f64; 2]>,
    /// The runs in the order of their cards, each up to the step shown.
    pub runs: &'a [Head<'a>],
}

/// What a loss chart shows; see [`Chart::fit`].
#[derive(Clone, Copy, Debug)]
pub struct Losses<'a> {
    /// Width and height in px.
    pub size: [f64; 2],
    /// Theme, type and line width.
    pub style: Style,
    /// The runs.
    pub curves: &'a [Curve<'a>],
    /// The loss that counts as 0.
    pub floor: f64,
    /// The last step of the horizon.
    pub steps: usize,
    /// The step shown.
    pub step: usize,
    /// Whether the loss axis is logarithmic.
    pub log: bool,
    /// What is counted, such as "updates".
    pub unit: &'a str,
}

// The field has so many pixels to a CSS pixel.
const FIELD_SCALE: usize = 2;
// What surrounds a chart, in px; a plot goes to the edge.
const CHART_MARGIN: f64 = 12.0;

impl Plot<'_> {
    /// The plot as SVG.
    pub fn svg(&self, title: &str) -> String {
        let Frame { width, height, .. } = self.frame;
        let levels = Levels::of(self.field, self.floor);
        let relief = Relief::new(self.field, &levels);
        let mut svg = Svg::new([width, height]);
        // The backend cannot fail.
        let Ok(()) = self.draw(&mut svg, &relief) else { unreachable!("writing to a String") };
        let image = format!(
            r#"<image width="{width}" height="{height}" preserveAspectRatio="none" href="data:image/png;base64,{}"/>"#,
            BASE64_STANDARD.encode(self.field_png(&relief))
        );
        svg.document(0.0, self.style.theme.paper, title, &image)
    }

    fn field_png(&self, relief: &Relief) -> Vec<u8> {
        let [width, height] = [self.frame.width, self.frame.height]
            .map(|px| (px.ceil() as usize).max(1) * FIELD_SCALE);
        let (palette, theme, mut rgba) = (self.palette, self.style.theme, vec![]);
        paint::paint(relief, palette, theme, [width, height], FIELD_SCALE as f64, &mut rgba);
        encode_png(&rgba, width, height)
    }

    fn draw(&self, svg: &mut Svg, relief: &Relief) -> Drawn<Svg> {
        let Self { frame, style, minima, start, runs, .. } = self;
        let pen = &mut Pen::new(svg);
        isolines::draw(pen, frame, style, &isolines::isolines(relief))?;
        axes::draw(pen, frame, style)?;
        for Head { trail, step, .. } in *runs {
            paths::draw(pen, frame, style, trail, 0, *step)?;
        }
        marks::draw_minima(pen, frame, style, minima)?;
        if let Some(start) = start {
            marks::draw_start(pen, frame, style, *start, "start")?;
        }
        for head in runs.iter().filter(|head| head.step > 0) {
            marks::draw_head(pen, frame, style, head)?;
        }
        Ok(())
    }
}

impl Losses<'_> {
    /// The chart as SVG.
    pub fn svg(&self, title: &str) -> String {
        let Self { size, style, curves, floor, steps, log, unit, .. } = *self;
        let inner = size.map(|px| (px - 2.0 * CHART_MARGIN).max(1.0));
        let chart = Chart::fit(inner, &style, curves, floor, steps, log, unit);
        let mut svg = Svg::new(inner);
        let Ok(()) = self.draw(&mut svg, &chart) else { unreachable!("writing to a String") };
        svg.document(CHART_MARGIN, style.theme.paper, title, "")
    }

    fn draw(&self, svg: &mut Svg, chart: &Chart) -> Drawn<Svg> {
        let Self { style, curves, step, .. } = *self;
        let pen = &mut Pen::new(svg);
        loss_chart::draw_base(pen, chart, &style, curves)?;
        for curve in curves {
            loss_chart::draw_curve(pen, chart, &style, curve, 0, step)?;
        }
        loss_chart::draw_cursor(pen, chart, &style, curves, step, None)
    }
}

/// An SVG of this module as a PNG of `scale` pixels to a CSS pixel.
///
/// # Errors
/// A sentence, where the text is not an SVG or the picture would be larger than 16,000 pixels.
pub fn png(svg: &str, scale: f64) -> Result<Vec<u8>, String> {
    const MOST: f64 = 16_000.0;
    let mut options = usvg::Options::default();
    let fonts = Arc::make_mut(&mut options.fontdb);
    fonts.load_font_data(include_bytes!("view/font/ravine-sans.ttf").to_vec());
    // What the list of typefaces ends with.
    fonts.set_sans_serif_family("Ravine Sans");
    let tree = usvg::Tree::from_str(svg, &options)
        .map_err(|error| format!("The picture cannot be read: {error}."))?;
    let size = [tree.size().width(), tree.size().height()].map(|px| f64::from(px) * scale);
    if !size.iter().all(|px| (1.0..=MOST).contains(px)) {
        return Err(format!("A picture is 1 to {MOST} pixels wide and high."));
    }
    let [width, height] = size.map(|px| px.ceil() as u32);
    let mut pixels =
        tiny_skia::Pixmap::new(width, height).ok_or("The picture is too large for the memory.")?;
    let scaling = tiny_skia::Transform::from_scale(scale as f32, scale as f32);
    resvg::render(&tree, scaling, &mut pixels.as_mut());
    let channels =
        |color: tiny_skia::ColorU8| [color.red(), color.green(), color.blue(), color.alpha()];
    let rgba: Vec<u8> = pixels.pixels().iter().flat_map(|p| channels(p.demultiply())).collect();
    Ok(encode_png(&rgba, width as usize, height as usize))
}

fn encode_png(rgba: &[u8], width: usize, height: usize) -> Vec<u8> {
    let mut file = vec![];
    let mut encoder = png::Encoder::new(&mut file, width as u32, height as u32);
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Eight);
    encoder
        .write_header()
        .and_then(|mut writer| writer.write_image_data(rgba))
        .expect("writing a picture of the right size to memory");
    file
}

/// TEMPORARY
pub fn plot(_: &crate::experiment::Experiment, _: f64, _: f64) -> String { String::new() }
/// TEMPORARY
pub fn loss(_: &crate::experiment::Experiment, _: f64, _: f64) -> String { String::new() }
