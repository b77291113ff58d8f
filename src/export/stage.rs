//! Any picture of the page as it stands, for print: the page's own layers, drawn on paper instead of on
//! canvases, and put into any kind of document.
//!
//! Unlike [`crate::export::figure`], which chooses a picture and its size for print, this takes the sizes
//! that the page has, and draws all that it shows there: two plots side by side, the data, the noise ball,
//! the net with what its units compute.

mod ink;
mod net;
mod paper;

use std::rc::Rc;

use crate::export::figure::{CHART_MARGIN, Document, GAP, add_heading};
use crate::labs::lesson::Shelf;
use crate::labs::model::{Model, Shot};
use crate::labs::{App, Picture, Screens, Sizes};
use crate::math::budget::Budget;
use crate::view::{Drawn, Style};
use paper::{Paper, Pile};

/// What the page draws a plot on, from the bottom up.
const PLOT: [&str; 5] = ["field", "axes", "cloud", "paths", "heads"];
/// Longer than anything waits to be drawn, in milliseconds.
const LONG: f64 = 1000.0;

/// An embedded picture has so many pixels for each CSS pixel, in one direction.
const DENSITY: f64 = 2.0;

/// What the page shows, while one of its pictures is drawn.
pub struct Stage {
    app: App,
    screens: Screens<Paper>,
    pile: Pile,
    picture: Picture,
    /// The size of one panel, in CSS pixels.
    size: [f64; 2],
    shot: Shot,
    is_done: bool,
}

/// Where the parts of a picture are, in CSS pixels.
struct Layout {
    /// What stands side by side: over each its title, which may be empty, and its layers.
    panels: Vec<(String, Vec<String>)>,
    /// What surrounds all.
    margin: f64,
    /// How high a title is.
    top: f64,
}

impl Stage {
    /// The page, with the picture that is asked for yet to be drawn: as large as it is there, or with all that
    /// stands side by side so many CSS pixels wide.
    ///
    /// # Errors
    /// A sentence: there is no such picture, or the lesson cannot be read.
    pub fn new(shot: Shot, width: Option<f64>) -> Result<Self, String> {
        let picture = shot.picture()?;
        let mut shelf = Shelf::default();
        if let Some([key, text]) = &shot.lesson
            && shelf.find(key).is_none()
        {
            shelf.put(key, text).map_err(|faults| faults.join(" "))?;
        }
        let mut app = App::with_lessons(&shot.link, shelf);
        app.lab.timeline_mut().seek(shot.step);
        app.lab.take_hand_off(true);
        let pile = Pile::default();
        let screens = Screens::new(|name| Ok(Paper::new(name, Rc::clone(&pile))))?;
        let size = shot.sizes().of(picture);
        let mut stage = Self { app, screens, pile, picture, size, shot, is_done: false };
        if let Some(width) = width {
            let factor = stage.layout().one_of(width) / size[0];
            stage.size = size.map(|side| (side * factor).max(1.0));
        }
        // The others are drawn, too: small.
        let (mut known, mut drawn) = (stage.shot.sizes(), Sizes::default());
        known.set(picture, stage.size);
        drawn.set(picture, stage.size);
        stage.app.resize(&known, stage.shot.present_type_size);
        stage.screens.resize(&drawn, DENSITY);
        Ok(stage)
    }

    fn style(&self) -> Style {
        self.app.lab.style(self.shot.is_dark)
    }

    fn layout(&self) -> Layout {
        let style = self.style();
        let panels = panels(self.picture, &self.app.model(style.theme));
        let has_heads = panels.iter().any(|(head, _)| !head.is_empty());
        let top = if has_heads { 2.0 * style.type_size } else { 0.0 };
        let margin = match self.picture {
            Picture::Plot | Picture::Hill | Picture::Panel | Picture::Land => 0.0,
            _ => CHART_MARGIN,
        };
        Layout { panels, margin, top }
    }

    /// Goes on with what the picture shows as far as the budget lets it; how much of it is known, from 0
    /// to 1, or nothing when the picture is there.
    ///
    /// # Errors
    /// A sentence: a layer cannot be drawn.
    pub fn go_on(&mut self, budget: &mut Budget) -> Result<Option<f64>, String> {
        if self.is_done {
            return Ok(None);
        }
        let still = self.app.lab.tick(0.0, budget);
        if still {
            return Ok(Some(self.app.live().progress.min(1.0)));
        }
        self.screens.wait(LONG);
        self.is_done = !self.screens.draw(&mut self.app.lab, self.shot.is_dark)?;
        Ok(if self.is_done { None } else { Some(1.0) })
    }

    /// The width and height of the picture in CSS pixels.
    pub fn size(&self) -> [f64; 2] {
        self.layout().whole(self.size)
    }

    /// Puts the picture into a document of its size; the text of the file.
    pub fn finish<D: Document>(mut self, mut document: D) -> String {
        let (style, layout) = (self.style(), self.layout());
        let tiles = match self.picture {
            Picture::Net => self.screens.tiles(&self.app.lab, self.shot.is_dark),
            _ => Vec::new(),
        };
        // What was drawn is on the pile when no sheet is held any more.
        drop(self.screens);
        let pile = self.pile.borrow();
        let mut put = || -> Drawn<D::Sheet> {
            let [width, _] = self.size;
            for (at, (head, names)) in layout.panels.iter().enumerate() {
                let left = layout.margin + at as f64 * (width + GAP);
                if !head.is_empty() {
                    let place = [left, layout.margin];
                    add_heading(&mut document, head, place, [width, layout.top], &style)?;
                }
                let place = [left, layout.margin + layout.top];
                for layer in names.iter().filter_map(|name| pile.get(name)) {
                    layer.put(&mut document, place)?;
                }
                if self.picture == Picture::Net {
                    let model = self.app.model(style.theme);
                    net::put_nodes(&mut document, &model, &tiles, place, self.size, &style)?;
                }
            }
            Ok(())
        };
        // The backends cannot fail.
        let Ok(()) = put() else { unreachable!() };
        document.finish(style.theme.paper, &self.shot.title)
    }
}

impl Layout {
    fn count(&self) -> f64 {
        self.panels.len().max(1) as f64
    }

    /// How large the picture is with panels of a size.
    fn whole(&self, [width, height]: [f64; 2]) -> [f64; 2] {
        let side_by_side = self.count() * (width + GAP) - GAP;
        [side_by_side + 2.0 * self.margin, height + self.top + 2.0 * self.margin]
    }

    /// How wide one panel is in a picture of a width.
    fn one_of(&self, width: f64) -> f64 {
        ((width - 2.0 * self.margin + GAP) / self.count() - GAP).max(1.0)
    }
}

/// What stands side by side: over each its title, which may be empty, and its layers.
fn panels(picture: Picture, model: &Model) -> Vec<(String, Vec<String>)> {
    let named = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
    match picture {
        Picture::Plot | Picture::Hill => {
            let of = |plot: &str| PLOT.map(|layer| format!("{plot}-{layer}")).to_vec();
            let titles = model.plots.iter().map(|plot| plot.title.clone());
            titles.zip(["plot", "plot2"].map(of)).collect()
        }
        Picture::Panel => {
            let panels = model.net.iter().flat_map(|net| &net.panels).enumerate();
            let of =
                |panel: usize| ["field", "marks"].map(|layer| format!("net{}-{layer}", panel + 1));
            panels.map(|(at, panel)| (panel.title.clone(), of(at).to_vec())).collect()
        }
        Picture::Chart => {
            vec![(model.chart_title.clone(), named(&["chart-curves", "chart-cursor"]))]
        }
        Picture::Data => vec![(String::new(), named(&["data-ground", "data-marks"]))],
        Picture::Ball => vec![(String::new(), named(&["ball-canvas"]))],
        Picture::Net => vec![(String::new(), named(&["net-edges"]))],
        Picture::Land => vec![(String::new(), named(&["land-field", "land-lines", "land-paths"]))],
        Picture::Losses => vec![(String::new(), named(&["losses-canvas"]))],
    }
}
