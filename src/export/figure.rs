//! A plot or a loss chart as a file: SVG, and PNG made from it without a browser.
//!
//! The drawing is the page's own, [`crate::labs::planar::scene`], on a backend that writes SVG. The
//! field is embedded as a PNG. Text names the page's typefaces; where an SVG is turned into a PNG here, it
//! is set in the embedded one, so that a link gives one picture on every machine.

mod hill;
mod svg;

use std::sync::Arc;

use base64::prelude::{BASE64_STANDARD, Engine};
use resvg::{tiny_skia, usvg};

use crate::labs::model;
use crate::labs::planar::PlanarLab;
use crate::labs::planar::experiment::{By, Experiment, Ground, Setting};
use crate::labs::planar::scene::{self, chart, trials};
use crate::labs::{Hand as _, Lab as _, Picture};
use crate::view::pen::{Anchor, TextStyle};
use crate::view::{Drawn, Frame, Pen, Relief, Style};
pub use svg::{Svg, document};

/// The field has so many pixels to a CSS pixel.
pub(crate) const FIELD_SCALE: usize = 2;
/// From so many pixels on a PNG is compressed in a hurry.
const LARGE: usize = 10_000_000;
/// What lies between two panels, in px.
pub(crate) const GAP: f64 = 16.0;
/// What surrounds a chart, in px; a plot goes to the edge.
pub(crate) const CHART_MARGIN: f64 = 12.0;

/// The experiment's plot as a hill as SVG, as [`plot`] is drawn.
pub fn hill(experiment: &Experiment, width: f64, height: f64) -> String {
    let mut experiment = experiment.clone();
    experiment.set_setting(Setting::View as usize, 1.0);
    plot(&experiment, width, height)
}

/// The experiment's plot coloured by where its followed run ends, as [`plot`] is drawn.
pub fn basins(experiment: &Experiment, width: f64, height: f64) -> String {
    let mut experiment = experiment.clone();
    experiment.set_setting(Setting::View as usize, 0.0);
    experiment.set_setting(Setting::Map as usize, 1.0);
    plot(&experiment, width, height)
}

/// The experiment's plot as SVG, its sides in CSS pixels: at the step at which a link stops the
/// clock, or else at the horizon. GD beside SGD are two panels, each with its title, and so are the
/// plot and the hill where the link asks for both.
pub fn plot(experiment: &Experiment, width: f64, height: f64) -> String {
    let mut lab = still(experiment);
    let style = scene::style(&lab, false);
    let titles = model::plot_titles(&lab);
    let count = titles.len();
    let top = if count > 1 { 2.0 * style.type_size } else { 0.0 };
    let each = ((width - GAP * (count - 1) as f64) / count as f64).max(1.0);
    lab.set_size(Picture::Plot, [each, height - top]);
    lab.settle();
    let frame = lab.frame();
    let relief = scene::relief(&lab, &frame);
    let field = image(&field_png(&lab, &relief, &frame, &style), &frame);
    let mut panels = String::new();
    for (panel, heading) in titles.iter().enumerate() {
        let left = panel as f64 * (each + GAP);
        if lab.shows_hill(panel) {
            panels += &hill::panel(&lab, &style, panel, [left, top]);
        } else {
            let mut svg = Svg::new([frame.width, frame.height]);
            // The backend cannot fail.
            let Ok(()) = draw_plot(&mut svg, &lab, &relief, &frame, &style, panel) else {
                unreachable!()
            };
            let swarm = swarm_png(&lab, panel, &frame, &style).map(|png| image(&png, &frame));
            panels += &svg.panel([left, top], &(field.clone() + &swarm.unwrap_or_default()));
        }
        if count > 1 {
            let text_style = TextStyle { color: style.theme.ink, ..style.label(Anchor::Left) };
            let mut head = Svg::new([each, top]);
            let Ok(()) =
                Pen::new(&mut head).text(heading, [0.5 * style.type_size, 0.5 * top], text_style)
            else {
                unreachable!()
            };
            panels += &head.panel([left, 0.0], "");
        }
    }
    document([width, height], style.theme.paper, &title(experiment), &panels)
}

/// The experiment's loss chart as SVG, its sides in CSS pixels.
pub fn loss(experiment: &Experiment, width: f64, height: f64) -> String {
    let mut lab = still(experiment);
    let style = scene::style(&lab, false);
    let size = [width, height].map(|px| (px - 2.0 * CHART_MARGIN).max(1.0));
    lab.set_size(Picture::Chart, size);
    lab.settle();
    let mut svg = Svg::new(size);
    let Ok(()) = draw_loss(&mut svg, &lab, size, &style) else { unreachable!() };
    let chart = svg.panel([CHART_MARGIN; 2], "");
    document([width, height], style.theme.paper, &title(experiment), &chart)
}

/// The losses at the end against α, how fast momentum comes down at each α and β, or the losses at the end
/// from all starts, as [`loss`] is drawn.
pub fn trials(experiment: &Experiment, by: By, width: f64, height: f64) -> String {
    let mut experiment = experiment.clone();
    experiment.set_setting(Setting::By as usize, by as usize as f64);
    experiment.set_setting(Setting::Future as usize, 1.0);
    loss(&experiment, width, height)
}

/// A picture as large as a frame.
fn image(png: &[u8], Frame { width, height, .. }: &Frame) -> String {
    let png = BASE64_STANDARD.encode(png);
    format!(
        r#"<image width="{width}" height="{height}" preserveAspectRatio="none" href="data:image/png;base64,{png}"/>"#
    )
}

fn still(experiment: &Experiment) -> PlanarLab {
    let step = experiment.timeline.stands_at().unwrap_or(experiment.steps());
    let mut lab = PlanarLab::of(experiment.clone());
    lab.timeline_mut().seek(step);
    lab
}

fn title(experiment: &Experiment) -> String {
    match experiment.ground {
        Ground::Gallery(surface) => surface.name.to_owned(),
        Ground::Data { problem, typed: false } => problem.name.to_owned(),
        Ground::Typed | Ground::Data { .. } => experiment.formula().plain(),
    }
}

fn draw_plot(
    svg: &mut Svg,
    lab: &PlanarLab,
    relief: &Relief,
    frame: &Frame,
    style: &Style,
    panel: usize,
) -> Drawn<Svg> {
    let pen = &mut Pen::new(svg);
    scene::draw_ground(pen, lab, relief, frame, style)?;
    scene::draw_cloud(pen, lab, frame, style, panel, 0)?;
    scene::draw_paths(pen, lab, frame, style, panel, 0, lab.step())?;
    scene::draw_heads(pen, lab, frame, style, panel, "start")
}

fn draw_loss(svg: &mut Svg, lab: &PlanarLab, size: [f64; 2], style: &Style) -> Drawn<Svg> {
    let pen = &mut Pen::new(svg);
    if lab.shows_trials() {
        return trials::draw(pen, lab, size, style);
    }
    let chart = chart::chart(lab, size, style);
    chart::draw(pen, lab, &chart, style)?;
    chart::draw_curves(pen, lab, &chart, style, 0, lab.step())?;
    chart::draw_cursor(pen, lab, &chart, style)
}

fn field_png(lab: &PlanarLab, relief: &Relief, frame: &Frame, style: &Style) -> Vec<u8> {
    let [width, height] = field_size(frame);
    let mut rgba = vec![];
    let (palette, theme) = (scene::palette(lab), style.theme);
    scene::paint_field(lab, relief, palette, theme, [width, height], FIELD_SCALE as f64, &mut rgba);
    encode_png(&rgba, width, height)
}

/// The swarm of a panel, where it has one.
fn swarm_png(lab: &PlanarLab, panel: usize, frame: &Frame, style: &Style) -> Option<Vec<u8>> {
    let [width, height] = field_size(frame);
    let mut rgba = vec![];
    let scale = FIELD_SCALE as f64;
    let is_there = scene::paint_swarm(lab, panel, style, [width, height], scale, &mut rgba);
    is_there.then(|| encode_png(&rgba, width, height))
}

/// How many pixels the field of a frame has.
fn field_size(frame: &Frame) -> [usize; 2] {
    [frame.width, frame.height].map(|px| (px.ceil() as usize).max(1) * FIELD_SCALE)
}

/// An SVG of this module as a PNG of `scale` pixels to a CSS pixel.
///
/// # Errors
/// A sentence, where the text is not an SVG or the picture would be larger than 16,000 pixels.
pub fn png(svg: &str, scale: f64) -> Result<Vec<u8>, String> {
    const MOST: f64 = 16_000.0;
    let mut options = usvg::Options::default();
    let fonts = Arc::make_mut(&mut options.fontdb);
    fonts.load_font_data(include_bytes!("../view/font/ravine-sans.ttf").to_vec());
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
    Ok(encode_png(&pixels.take_demultiplied(), width as usize, height as usize))
}

pub(crate) fn encode_png(rgba: &[u8], width: usize, height: usize) -> Vec<u8> {
    let mut file = vec![];
    let mut encoder = png::Encoder::new(&mut file, width as u32, height as u32);
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Eight);
    // Of a very large picture, time is worth more than a third of the file.
    if width * height > LARGE {
        encoder.set_compression(png::Compression::Fast);
    }
    encoder
        .write_header()
        .and_then(|mut writer| writer.write_image_data(rgba))
        .expect("writing a picture of the right size to memory");
    file
}
