//! The canvases, and what stands on each: a layer is drawn again only when what it shows has
//! changed, and paths and curves are appended while only the clock moves.

use plotters_canvas::CanvasBackend;
use wasm_bindgen::{Clamped, JsCast, JsValue};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, ImageData};

use crate::lab::{Lab, Versions};
use crate::scene;
use crate::view::pen::FINE;
use crate::view::{Chart, Palette, Pen, Style, paint};
use crate::window::Window;

/// All layers, and what each was drawn from.
pub struct Screen {
    field: Sheet,
    axes: Sheet,
    paths: Sheet,
    heads: Sheet,
    chart: Sheet,
    cursor: Sheet,
    plot_size: [f64; 2],
    chart_size: [f64; 2],
    density: f64,
    /// The field's pixels, kept for their memory.
    pixels: Vec<u8>,
    ground: Option<Ground>,
    walked: Option<(Walked, usize)>,
    marked: Option<Marked>,
    curves: Option<(Walked, usize, Chart)>,
    pointed: Option<Pointed>,
}

/// What field, isolines and axes depend on.
#[derive(Clone, PartialEq)]
struct Ground {
    objective: u32,
    window: Window,
    size: [f64; 2],
    density: f64,
    palette: Palette,
    style: Style,
}

/// What paths and curves depend on, besides the step.
#[derive(Clone, PartialEq)]
struct Walked {
    versions: Versions,
    window: Window,
    size: [f64; 2],
    density: f64,
    style: Style,
}

/// What the heads depend on.
#[derive(PartialEq)]
struct Marked {
    walked: Walked,
    step: usize,
    hover: Option<[f64; 2]>,
    marked_step: Option<usize>,
}

/// What the chart's cursors depend on.
#[derive(PartialEq)]
struct Pointed {
    walked: Walked,
    step: usize,
    marked_step: Option<usize>,
}

impl Screen {
    /// The canvases of field, axes, paths, heads, chart and cursor.
    pub fn new(canvases: [HtmlCanvasElement; 6]) -> Result<Self, JsValue> {
        let [field, axes, paths, heads, chart, cursor] = canvases;
        Ok(Self {
            field: Sheet::new(field)?,
            axes: Sheet::new(axes)?,
            paths: Sheet::new(paths)?,
            heads: Sheet::new(heads)?,
            chart: Sheet::new(chart)?,
            cursor: Sheet::new(cursor)?,
            plot_size: [1.0; 2],
            chart_size: [1.0; 2],
            density: 1.0,
            pixels: Vec::new(),
            ground: None,
            walked: None,
            marked: None,
            curves: None,
            pointed: None,
        })
    }

    /// Sizes in CSS pixels, and the device pixels in one of them.
    pub fn resize(&mut self, plot: [f64; 2], chart: [f64; 2], density: f64) {
        if (self.plot_size, self.chart_size, self.density) == (plot, chart, density) {
            return;
        }
        (self.plot_size, self.chart_size, self.density) = (plot, chart, density);
        for sheet in [&self.field, &self.axes, &self.paths, &self.heads] {
            sheet.resize(plot, density);
        }
        for sheet in [&self.chart, &self.cursor] {
            sheet.resize(chart, density);
        }
        self.ground = None;
        self.walked = None;
        self.marked = None;
        self.curves = None;
        self.pointed = None;
    }

    /// The chart's size in CSS pixels.
    pub fn chart_size(&self) -> [f64; 2] {
        self.chart_size
    }

    /// Brings every layer up to date.
    pub fn draw(&mut self, lab: &Lab, style: &Style) -> Result<(), JsValue> {
        self.draw_ground(lab, style)?;
        let walked = Walked {
            versions: lab.versions(),
            window: lab.experiment().window,
            size: self.plot_size,
            density: self.density,
            style: *style,
        };
        self.draw_paths(lab, style, &walked)?;
        self.draw_heads(lab, style, &walked)?;
        self.draw_chart(lab, style, &walked)
    }

    fn draw_ground(&mut self, lab: &Lab, style: &Style) -> Result<(), JsValue> {
        let ground = Ground {
            objective: lab.versions().objective,
            window: lab.experiment().window,
            size: self.plot_size,
            density: self.density,
            palette: scene::palette(lab),
            style: *style,
        };
        if self.ground.as_ref() == Some(&ground) {
            return Ok(());
        }
        let frame = lab.frame();
        let relief = scene::relief(lab, &frame);
        let [width, height] = self.field.device_size();
        let size = [width as usize, height as usize];
        paint::paint(&relief, ground.palette, style.theme, size, self.density, &mut self.pixels);
        let image =
            ImageData::new_with_u8_clamped_array_and_sh(Clamped(&self.pixels), width, height)?;
        self.field.context.put_image_data(&image, 0.0, 0.0)?;

        self.axes.clear();
        let mut pen = Pen::new(&mut self.axes.backend);
        scene::draw_ground(&mut pen, lab, &relief, &frame, style).map_err(fault)?;
        self.ground = Some(ground);
        Ok(())
    }

    fn draw_paths(&mut self, lab: &Lab, style: &Style, walked: &Walked) -> Result<(), JsValue> {
        let step = lab.step();
        let from = match &self.walked {
            Some((before, drawn)) if before == walked && *drawn == step => return Ok(()),
            Some((before, drawn)) if before == walked && *drawn < step => *drawn,
            _ => {
                self.paths.clear();
                0
            }
        };
        let mut pen = Pen::new(&mut self.paths.backend);
        scene::draw_paths(&mut pen, lab, &lab.frame(), style, from, step).map_err(fault)?;
        self.walked = Some((walked.clone(), step));
        Ok(())
    }

    fn draw_heads(&mut self, lab: &Lab, style: &Style, walked: &Walked) -> Result<(), JsValue> {
        let marked = Marked {
            walked: walked.clone(),
            step: lab.step(),
            hover: lab.hover(),
            marked_step: lab.marked_step(),
        };
        if self.marked.as_ref() == Some(&marked) {
            return Ok(());
        }
        self.heads.clear();
        let mut pen = Pen::new(&mut self.heads.backend);
        scene::draw_heads(&mut pen, lab, &lab.frame(), style, lab.start_label()).map_err(fault)?;
        self.marked = Some(marked);
        Ok(())
    }

    fn draw_chart(&mut self, lab: &Lab, style: &Style, walked: &Walked) -> Result<(), JsValue> {
        // The chart does not see the plot's window.
        let walked = Walked {
            window: Window::new(0.0, 1.0, 0.0, 1.0),
            size: self.chart_size,
            ..walked.clone()
        };
        let step = lab.step();
        let (from, chart) = match self.curves.take() {
            Some((before, drawn, chart)) if before == walked && drawn <= step => (drawn, chart),
            _ => {
                let chart = scene::chart(lab, self.chart_size, style);
                self.chart.clear();
                let mut pen = Pen::new(&mut self.chart.backend);
                scene::draw_chart(&mut pen, lab, &chart, style).map_err(fault)?;
                (0, chart)
            }
        };
        if from < step {
            let mut pen = Pen::new(&mut self.chart.backend);
            scene::draw_curves(&mut pen, lab, &chart, style, from, step).map_err(fault)?;
        }
        let pointed = Pointed { walked: walked.clone(), step, marked_step: lab.marked_step() };
        if self.pointed.as_ref() != Some(&pointed) {
            self.cursor.clear();
            let mut pen = Pen::new(&mut self.cursor.backend);
            scene::draw_cursor(&mut pen, lab, &chart, style).map_err(fault)?;
            self.pointed = Some(pointed);
        }
        self.curves = Some((walked, step, chart));
        Ok(())
    }
}

/// One canvas, its context, and plotters' hold on it.
struct Sheet {
    canvas: HtmlCanvasElement,
    context: CanvasRenderingContext2d,
    backend: CanvasBackend,
}

impl Sheet {
    fn new(canvas: HtmlCanvasElement) -> Result<Self, JsValue> {
        let none = || JsValue::from_str("A canvas has no 2-D context.");
        let context = canvas.get_context("2d")?.ok_or_else(none)?;
        let context = context.dyn_into().map_err(|_| none())?;
        let backend = CanvasBackend::with_canvas_object(canvas.clone()).ok_or_else(none)?;
        Ok(Self { canvas, context, backend })
    }

    fn resize(&self, [width, height]: [f64; 2], density: f64) {
        // A canvas that is resized forgets its settings.
        self.canvas.set_width((width * density).round().max(1.0) as u32);
        self.canvas.set_height((height * density).round().max(1.0) as u32);
        let unit = density / FINE;
        self.context.set_transform(unit, 0.0, 0.0, unit, 0.0, 0.0).expect("six finite numbers");
        self.context.set_line_join("round");
        self.context.set_line_cap("round");
    }

    fn device_size(&self) -> [u32; 2] {
        [self.canvas.width(), self.canvas.height()]
    }

    fn clear(&self) {
        // More than any canvas, in whatever unit.
        self.context.clear_rect(0.0, 0.0, 1e6, 1e6);
    }
}

fn fault(error: impl std::fmt::Display) -> JsValue {
    JsValue::from_str(&error.to_string())
}
