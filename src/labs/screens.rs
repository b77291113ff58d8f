//! The sheets that labs are drawn on, each lab on its own ones. The loss chart's are shared.

use std::mem::{Discriminant, discriminant};

use super::{OpenLab, Picture, Sizes};
use crate::labs::network::scene::{self as nets, NetScreen};
use crate::labs::planar::scene::{self, Screen};
use crate::view::legend::Marks;
use crate::view::sheet::{Sheet, SheetFault};
use crate::view::{Style, Theme};

/// What every lab is drawn on, and what was drawn.
pub struct Screens<S: Sheet> {
    planar: Screen<S>,
    network: NetScreen<S>,
    /// The kind of lab that was drawn last.
    drawn: Option<Discriminant<OpenLab>>,
    sizes: Sizes,
    density: f64,
}

impl<S: Sheet> Screens<S> {
    /// Takes the sheets by their names, those that labs share more than once.
    ///
    /// # Errors
    /// That of a sheet which cannot be had.
    pub fn new(mut take: impl FnMut(&str) -> Result<S, SheetFault>) -> Result<Self, SheetFault> {
        Ok(Self {
            planar: Screen::new(&mut take)?,
            network: NetScreen::new(&mut take)?,
            drawn: None,
            sizes: Sizes::default(),
            density: 1.0,
        })
    }

    /// Takes the sizes of the pictures, and how many device pixels make one CSS pixel; the open lab
    /// is drawn anew with the next call of [`Screens::draw`].
    pub fn resize(&mut self, sizes: &Sizes, density: f64) {
        (self.sizes, self.density) = (*sizes, density);
    }

    /// Another experiment is open, perhaps in another lab: everything is drawn anew.
    pub fn forget(&mut self) {
        self.drawn = None;
    }

    /// Lets time pass: while the clock runs, some sheets are drawn more seldom than others.
    pub fn wait(&mut self, milliseconds: f64) {
        self.network.wait(milliseconds);
    }

    /// Brings every sheet of a lab up to date; tells whether more is to be drawn in the next frame.
    ///
    /// # Errors
    /// That of a sheet.
    pub fn draw(&mut self, lab: &mut OpenLab, system_is_dark: bool) -> Result<bool, SheetFault> {
        let kind = discriminant(lab);
        let is_other = self.drawn.replace(kind) != Some(kind);
        let style = lab.style(system_is_dark);
        let of = |picture| self.sizes.of(picture);
        let density = self.density;
        match lab {
            OpenLab::Planar(lab) => {
                let sizes = scene::Sizes {
                    plot: of(Picture::Plot),
                    chart: of(Picture::Chart),
                    data: of(Picture::Data),
                    ball: of(Picture::Ball),
                    density,
                };
                if is_other {
                    self.planar.forget();
                }
                self.planar.resize(sizes);
                self.planar.draw(lab, &style)
            }
            OpenLab::Network(lab) => {
                let sizes = nets::Sizes {
                    panel: of(Picture::Panel),
                    chart: of(Picture::Chart),
                    picture: of(Picture::Net),
                    land: of(Picture::Land),
                    losses: of(Picture::Losses),
                    density,
                };
                if is_other {
                    self.network.forget();
                }
                self.network.resize(sizes);
                self.network.draw(lab, &style)
            }
        }
    }

    /// The marks in the pictures of a lab.
    pub fn marks(lab: &OpenLab, style: &Style) -> Marks {
        match lab {
            OpenLab::Planar(lab) => scene::marks::<S::Backend>(lab, style),
            OpenLab::Network(lab) => nets::marks::<S::Backend>(lab, style),
        }
    }

    /// A tile for each node of a net's picture, as RGBA, in the order of the model's nodes; nothing
    /// where they are as they were.
    pub fn tiles(&mut self, lab: &OpenLab, system_is_dark: bool) -> Vec<u8> {
        match lab {
            OpenLab::Network(nets) => self.network.tiles(nets, &lab.style(system_is_dark)),
            OpenLab::Planar(_) => Vec::new(),
        }
    }
}

/// Colours and sizes for this choice of the theme; in Present with type of this size.
pub(super) fn style_of(theme: f64, presented: Option<f64>, system_is_dark: bool) -> Style {
    let theme = match theme as usize {
        1 => &Theme::LIGHT,
        2 => &Theme::DARK,
        _ if system_is_dark => &Theme::DARK,
        _ => &Theme::LIGHT,
    };
    presented.map_or(Style::page(theme), |size| Style::present(theme).with_type_size(size))
}

/// Counts how often something has changed, so that layers need not compare all of it.
pub(super) struct Changes<T> {
    last: Option<T>,
    count: u32,
}

impl<T> Default for Changes<T> {
    fn default() -> Self {
        Self { last: None, count: 0 }
    }
}

impl<T: PartialEq> Changes<T> {
    /// How many changes there have been, now that it is this.
    pub fn after(&mut self, now: T) -> u32 {
        if self.last.as_ref() != Some(&now) {
            self.last = Some(now);
            self.count += 1;
        }
        self.count
    }
}
