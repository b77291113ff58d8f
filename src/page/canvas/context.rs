//! What plotters draws with on a canvas: the backend of plotters-canvas, but for lines. Dashed curves are
//! thousands of strokes of one colour, and a colour is a text that the browser has to read: it is told one
//! when it is another.

use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
};
use plotters_canvas::CanvasBackend;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

/// The context of a canvas, and what it was told last of lines.
pub struct Context {
    canvas: CanvasBackend,
    context: CanvasRenderingContext2d,
    /// Colour and width in device units; `None` where the context may have others.
    line: Option<(BackendColor, u32)>,
}

type Refusal = <CanvasBackend as DrawingBackend>::ErrorType;
type Done = Result<(), DrawingErrorKind<Refusal>>;

impl Context {
    /// That of a canvas; `None` where the backend cannot be had.
    pub fn new(canvas: HtmlCanvasElement, context: CanvasRenderingContext2d) -> Option<Self> {
        let canvas = CanvasBackend::with_canvas_object(canvas)?;
        Some(Self { canvas, context, line: None })
    }

    /// The context has forgotten what it was told, as one does whose canvas is resized.
    pub fn forget(&mut self) {
        self.line = None;
    }

    fn tell(&mut self, style: &impl BackendStyle) {
        let line @ (color, width) = (style.color(), style.stroke_width());
        let is_same = |(before, wide): (BackendColor, u32)| {
            (before.rgb, before.alpha, wide) == (color.rgb, color.alpha, width)
        };
        if !self.line.is_some_and(is_same) {
            let BackendColor { rgb: (red, green, blue), alpha } = color;
            self.context.set_stroke_style_str(&format!("rgba({red},{green},{blue},{alpha})"));
            self.context.set_line_width(f64::from(width));
            self.line = Some(line);
        }
    }
}

impl DrawingBackend for Context {
    type ErrorType = Refusal;

    fn get_size(&self) -> (u32, u32) {
        self.canvas.get_size()
    }

    fn ensure_prepared(&mut self) -> Done {
        self.canvas.ensure_prepared()
    }

    fn present(&mut self) -> Done {
        self.canvas.present()
    }

    fn draw_pixel(&mut self, at: BackendCoord, color: BackendColor) -> Done {
        self.canvas.draw_pixel(at, color)
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Done {
        self.forget();
        self.canvas.draw_line(from, to, style)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        upper_left: BackendCoord,
        lower_right: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Done {
        self.forget();
        self.canvas.draw_rect(upper_left, lower_right, style, fill)
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Done {
        if style.color().alpha == 0.0 {
            return Ok(());
        }
        self.tell(style);
        self.context.begin_path();
        for (at, (x, y)) in path.into_iter().enumerate() {
            let [x, y] = [x, y].map(f64::from);
            if at == 0 { self.context.move_to(x, y) } else { self.context.line_to(x, y) }
        }
        self.context.stroke();
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        corners: I,
        style: &S,
    ) -> Done {
        self.canvas.fill_polygon(corners, style)
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        middle: BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Done {
        if !fill {
            self.forget();
        }
        self.canvas.draw_circle(middle, radius, style, fill)
    }

    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, at: BackendCoord) -> Done {
        self.canvas.draw_text(text, style, at)
    }
}
