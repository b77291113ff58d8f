//! What the page shows at the moment, as the core tells it, and where on the screen.

use ravine::math::window::Window;
use ravine::view::frame::Frame;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::Page;

/// JavaScript that reads a canvas of the page: `pixelsOf(id)` is its ImageData.
pub const PIXELS_OF: &str = "const pixelsOf = (id) => {
    const { width, height } = document.getElementById(id);
    const pen = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
    pen.drawImage(document.getElementById(id), 0, 0);
    return pen.getImageData(0, 0, width, height);
};";

impl Page {
    /// The value of a JavaScript expression in which `lab` is the core and `page` the page.
    pub async fn ask<T: DeserializeOwned>(&self, expression: &str) -> T {
        self.call(&format!("const {{ lab, page }} = ravine; return ({expression});"), json!([]))
            .await
    }

    /// Everything but the clock; its types are in `www/model.d.ts`.
    pub async fn model(&self) -> Value {
        self.ask("JSON.parse(lab.model())").await
    }

    /// How many scenes the open lab has.
    pub async fn scenes(&self) -> usize {
        let entry = "page.catalog.labs.find(({ key }) => key === JSON.parse(lab.model()).lab)";
        self.ask(&format!("{entry}.presets.length")).await
    }

    /// What changes with the clock.
    pub async fn live(&self) -> Value {
        self.ask("JSON.parse(lab.live())").await
    }

    /// The step that is shown.
    pub async fn step(&self) -> u64 {
        self.live().await["step"].as_u64().unwrap()
    }

    /// Sets what a link calls `key`, as a control does.
    pub async fn change(&self, key: &str, text: &str) {
        let fault: Value =
            self.call("return ravine.page.set(...arguments);", json!([key, text])).await;
        assert_eq!(fault, Value::Null, "{key} does not take {text}");
        self.painted().await;
    }

    /// The plot's window over its pixels.
    pub async fn frame(&self) -> Frame {
        // The core draws in whole CSS pixels.
        let (width, height) =
            self.eval("((plot) => [plot.clientWidth, plot.clientHeight])(document.getElementById('plot'))").await;
        let model = self.model().await;
        let edge = |index: usize| model["surface"]["window"][index].as_f64().unwrap();
        Frame { window: Window::new(edge(0), edge(1), edge(2), edge(3)), width, height }
    }

    /// Where on the screen a point of the plane lies.
    pub async fn place_of(&self, point: [f64; 2]) -> [f64; 2] {
        self.place_in("#plot", point).await
    }

    /// Where on the screen a point of the plane lies in one of two plots.
    pub async fn place_in(&self, plot: &str, point: [f64; 2]) -> [f64; 2] {
        let [left, top, ..] = self.rectangle(plot).await;
        let [x, y] = self.frame().await.to_pixel(point);
        [left + x, top + y]
    }

    /// Where on the screen the example at an index lies in the data plot.
    pub async fn place_of_example(&self, index: usize) -> [f64; 2] {
        let [left, top, ..] = self.rectangle("#data-plot").await;
        let [x, y]: [f64; 2] = self
            .call(
                "const { lab } = ravine;
                 const { at } = JSON.parse(lab.data_choose(...arguments));
                 lab.data_choose(-1);
                 return at;",
                json!([index]),
            )
            .await;
        [left + x, top + y]
    }

    /// The examples, [x, y] each, as they came.
    pub async fn examples(&self) -> Vec<[f64; 2]> {
        let text: String = self.ask("lab.data_text()").await;
        let row = |line: &str| {
            let (x, y) = line.split_once(',').unwrap();
            [x, y].map(|number| number.parse().unwrap())
        };
        text.lines().skip(1).map(row).collect()
    }

    /// The pixels of a canvas as text, once it is painted.
    pub async fn picture_of(&self, canvas: &str) -> String {
        self.painted().await;
        self.call("return document.getElementById(arguments[0]).toDataURL();", json!([canvas]))
            .await
    }

    /// The point of the plane that lies at a place of the screen.
    pub async fn point_at(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        let [left, top, ..] = self.rectangle("#plot").await;
        self.frame().await.to_data([x - left, y - top])
    }

    /// Where the runs start.
    pub async fn start_point(&self) -> [f64; 2] {
        self.ask("JSON.parse(lab.model()).surface.start").await
    }

    /// The lines of the note that the page shows.
    pub async fn notes(&self) -> Vec<String> {
        self.eval("[...document.querySelectorAll('#notes p')].map((p) => p.textContent)").await
    }
}
