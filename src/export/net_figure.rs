//! Nets as files: decision regions with their data, the loss chart, the loss surface; as
//! [`crate::export::figure`] does for the other labs.

use base64::prelude::{BASE64_STANDARD, Engine};

use crate::export::figure::{CHART_MARGIN, FIELD_SCALE, GAP, Svg, document, encode_png};
use crate::labs::model::net::title;
use crate::labs::network::scene::{self, Regions, chart, land, trials};
use crate::labs::network::{By, NetExperiment, NetLab, Setting};
use crate::labs::{Hand as _, Lab as _, Picture};
use crate::view::hill::{Hill, Paint, Raster, lines};
use crate::view::pen::{Anchor, TextStyle};
use crate::view::{Drawn, Palette, Pen, Style, paint};

/// What each run that is shown says of the plane, as SVG, its sides in CSS pixels: at the tick at
/// which a link stops the clock, or else at the horizon. Each is a panel with its title.
pub fn regions(experiment: &NetExperiment, width: f64, height: f64) -> String {
    let mut lab = still(experiment);
    let style = scene::style(&lab, false);
    let shown = lab.shown();
    let count = shown.len().max(1) as f64;
    let top = 2.0 * style.type_size;
    let each = ((width - GAP * (count - 1.0)) / count).max(1.0);
    let size = [each, (height - top).max(1.0)];
    lab.set_size(Picture::Panel, size);
    let mut panels = String::new();
    for (at, index) in shown.into_iter().enumerate() {
        let left = at as f64 * (each + GAP);
        let mut regions = Regions::of(&lab, index);
        let pixels = size.map(|side| side.ceil() as usize * FIELD_SCALE);
        let mut rgba = Vec::new();
        let field = match regions.paint(&lab, index, &style, pixels, FIELD_SCALE as f64, &mut rgba)
        {
            true => image(&rgba, pixels, size),
            false => String::new(),
        };
        let mut svg = Svg::new(size);
        // The backend cannot fail.
        let Ok(()) = scene::draw_marks(&mut Pen::new(&mut svg), &lab, &mut regions, &style, index)
        else {
            unreachable!()
        };
        panels += &svg.panel([left, top], &field);
        let text_style = TextStyle { color: style.theme.ink, ..style.label(Anchor::Left) };
        let mut head = Svg::new([each, top]);
        let at = [0.5 * style.type_size, 0.5 * top];
        let Ok(()) = Pen::new(&mut head).text(&title(experiment, index), at, text_style) else {
            unreachable!()
        };
        panels += &head.panel([left, 0.0], "");
    }
    document([width, height], style.theme.paper, "Nets", &panels)
}

/// The loss chart as SVG, its sides in CSS pixels.
pub fn loss(experiment: &NetExperiment, width: f64, height: f64) -> String {
    let mut lab = still(experiment);
    let style = scene::style(&lab, false);
    let size = [width, height].map(|px| (px - 2.0 * CHART_MARGIN).max(1.0));
    lab.set_size(Picture::Chart, size);
    lab.settle_trials();
    let pixels = size.map(|side| side.ceil() as usize * FIELD_SCALE);
    let mut rgba = Vec::new();
    let map = match trials::paint(&lab, size, &style, pixels, FIELD_SCALE as f64, &mut rgba) {
        true => image(&rgba, pixels, pixels.map(|side| side as f64 / FIELD_SCALE as f64)),
        false => String::new(),
    };
    let mut svg = Svg::new(size);
    let Ok(()) = draw_loss(&mut svg, &lab, size, &style) else { unreachable!() };
    let chart = svg.panel([CHART_MARGIN; 2], &map);
    document([width, height], style.theme.paper, "Loss of nets", &chart)
}

/// The losses at the end against α, or where training works, as [`loss`] is drawn.
pub fn trials(experiment: &NetExperiment, by: By, width: f64, height: f64) -> String {
    let mut experiment = experiment.clone();
    experiment.set_setting(Setting::By as usize, by as usize as f64);
    experiment.set_setting(Setting::Future as usize, 1.0);
    loss(&experiment, width, height)
}

/// The loss surface of the followed run on the plane that the link asks for, as SVG, its sides in CSS
/// pixels.
pub fn surface(experiment: &NetExperiment, width: f64, height: f64) -> String {
    let mut experiment = experiment.clone();
    experiment.set_setting(Setting::Deck as usize, 2.0);
    let mut lab = still(&experiment);
    let style = scene::style(&lab, false);
    let size = [width, height];
    lab.set_size(Picture::Land, size);
    lab.settle_surface();
    if let Some(hill) = lab.shows_hill().then(|| draw_hill(&lab, &style)).flatten() {
        return document(size, style.theme.paper, "Loss surface of nets", &hill);
    }
    let mut svg = Svg::new(size);
    let mut field = String::new();
    if let Some(relief) = land::relief(&lab) {
        let pixels = size.map(|side| side.ceil() as usize * FIELD_SCALE);
        let mut rgba = Vec::new();
        let scale = FIELD_SCALE as f64;
        paint::paint(&relief, Palette::Quiet, style.theme, pixels, scale, &mut rgba);
        field = image(&rgba, pixels, size);
        let pen = &mut Pen::new(&mut svg);
        let Ok(()) = land::draw_ground(pen, &lab, &relief, &style)
            .and_then(|()| land::draw_paths(pen, &lab, &style))
        else {
            unreachable!()
        };
    }
    let panel = svg.panel([0.0; 2], &field);
    document(size, style.theme.paper, "Loss surface of nets", &panel)
}

/// The same surface as a hill.
pub fn hill(experiment: &NetExperiment, width: f64, height: f64) -> String {
    let mut experiment = experiment.clone();
    experiment.set_setting(Setting::View as usize, 1.0);
    surface(&experiment, width, height)
}

/// The loss surface as a hill: the box, the surface as an embedded picture, and the paths on it.
fn draw_hill(lab: &NetLab, style: &Style) -> Option<String> {
    let (terrain, frame, size) = (land::terrain(lab)?, land::frame(lab)?, lab.surface().size());
    let projection = lab.projection(&terrain);
    let hill = Hill { terrain: &terrain, projection: &projection, window: frame.window };
    let [mut behind, mut before] = [Svg::new(size), Svg::new(size)];
    let pen = &mut Pen::new(&mut behind);
    // The backend cannot fail.
    let Ok(()) = land::draw_cage(pen, lab, &hill, style, &terrain.isolines()) else {
        unreachable!()
    };
    let pen = &mut Pen::new(&mut before);
    let Ok(()) = lines::draw_edge(pen, &hill, style)
        .and_then(|()| land::draw_paths_on_hill(pen, lab, &hill, style))
    else {
        unreachable!()
    };
    let pixels = size.map(|side| side.ceil() as usize * FIELD_SCALE);
    let paint = Paint { palette: Palette::Quiet, style: *style, pixels, samples: 2, draft: false };
    let mut raster = Raster::default();
    let field = image(raster.paint(&terrain, &projection, &paint), pixels, size);
    Some(behind.panel([0.0; 2], "") + before.panel([0.0; 2], &field).as_str())
}

/// The nets where the link stops the clock, or else at the horizon.
fn still(experiment: &NetExperiment) -> NetLab {
    let step = experiment.timeline.stands_at().unwrap_or(experiment.steps());
    let mut lab = NetLab::of(experiment.clone());
    lab.timeline_mut().seek(step);
    lab.settle();
    lab
}

/// Pixels as an embedded picture of this size.
fn image(rgba: &[u8], [columns, rows]: [usize; 2], [width, height]: [f64; 2]) -> String {
    let png = BASE64_STANDARD.encode(encode_png(rgba, columns, rows));
    format!(
        r#"<image width="{width}" height="{height}" preserveAspectRatio="none" href="data:image/png;base64,{png}"/>"#
    )
}

fn draw_loss(svg: &mut Svg, lab: &NetLab, size: [f64; 2], style: &Style) -> Drawn<Svg> {
    let pen = &mut Pen::new(svg);
    if lab.shows_trials() {
        return trials::draw(pen, lab, size, style);
    }
    let chart = chart::chart(lab, size, style);
    chart::draw(pen, lab, &chart, style)?;
    chart::draw_cursor(pen, lab, &chart, style)
}
