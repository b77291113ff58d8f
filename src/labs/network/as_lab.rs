//! The Network lab as a [`Lab`].

use crate::data::table::{Choices, Purpose};
use crate::labs::link::Fault;
use crate::labs::model::net as model;
use crate::labs::model::{Chosen, Hover, Live, Model};
use crate::labs::network::{NetLab, SETTINGS_OF_NETS, Setting};
use crate::labs::scene::net as scene;
use crate::labs::{Action, Lab, Picture, Pixel, Sizes, TABS};
use crate::math::budget::Budget;
use crate::view::legend::Marks;
use crate::view::{Style, Theme};

impl Lab for NetLab {
    fn tab(&self) -> &'static str {
        TABS[2].0
    }

    fn faults(&self) -> &[Fault] {
        self.faults()
    }

    fn link(&self) -> String {
        self.link()
    }

    fn open(&mut self, link: &str) {
        self.open(link);
    }

    fn set(&mut self, key: &str, text: &str) -> Result<(), Fault> {
        self.set(key, text)
    }

    fn act(&mut self, action: &Action) -> Result<(), String> {
        self.act(action)
    }

    fn preferences(&self) -> Vec<(String, String)> {
        let text = |(setting, _): (Setting, _)| {
            let param = &SETTINGS_OF_NETS[setting as usize];
            (param.key.to_string(), param.write(self.experiment().setting(setting)))
        };
        Setting::TASTE.map(text).to_vec()
    }

    fn step(&self) -> usize {
        self.step()
    }

    fn is_playing(&self) -> bool {
        self.is_playing()
    }

    fn play(&mut self) {
        self.play();
    }

    fn pause(&mut self) {
        self.pause();
    }

    fn seek(&mut self, step: usize) {
        self.seek(step);
    }

    fn rewind(&mut self) {
        self.rewind();
    }

    fn tick(&mut self, milliseconds: f64, budget: &mut Budget) -> bool {
        self.tick(milliseconds, budget)
    }

    fn settle(&mut self) {
        self.settle();
    }

    fn fingerprint(&self) -> String {
        self.fingerprint()
    }

    fn style(&self, system_is_dark: bool) -> Style {
        scene::style(self, system_is_dark)
    }

    fn marks(&self, style: &Style) -> Marks {
        scene::marks(self, style)
    }

    fn model(&self, theme: &Theme) -> Model {
        model::model(self, theme)
    }

    fn live(&mut self) -> Live {
        model::live(self)
    }

    fn resize(&mut self, sizes: &Sizes, present_type_size: f64) {
        self.set_panel(sizes.of(Picture::Panel));
        self.set_picture(sizes.of(Picture::Net));
        self.set_surface_size(sizes.of(Picture::Land));
        self.set_chart_size(sizes.of(Picture::Chart));
        self.set_present_type_size(present_type_size);
    }

    fn hover(&mut self, picture: Picture, slot: usize, at: Pixel) -> Option<Hover> {
        match picture {
            Picture::Panel => model::panel_hover(self, slot, at),
            Picture::Chart => {
                // The theme is no matter of places.
                let style = scene::style(self, false);
                let chart = scene::chart::chart(self, self.chart_size(), &style);
                self.mark_step(Some(scene::chart::step_at(self, &chart, at[0])));
                model::chart_hover(self)
            }
            Picture::Net => {
                let weight = scene::weight_at(self, at);
                self.point_at(weight);
                weight.and_then(|weight| model::weight(self, weight))
            }
            Picture::Plot | Picture::Data | Picture::Ball | Picture::Land => None,
        }
    }

    fn leave(&mut self, picture: Picture) {
        match picture {
            Picture::Chart => self.mark_step(None),
            Picture::Net => self.point_at(None),
            _ => {}
        }
    }

    fn pick(&self, picture: Picture, at: Pixel) -> Option<String> {
        if picture != Picture::Net {
            return None;
        }
        let net = self.experiment().architecture();
        scene::weight_at(self, at).and_then(|weight| net.name(weight))
    }

    fn focus(&mut self, picture: Picture, name: &str) {
        if picture == Picture::Net {
            self.point_at(self.experiment().architecture().named(name).ok());
        }
    }

    fn turn(&mut self, by: i32) {
        self.turn(by);
    }

    fn example_at(&self, at: Pixel) -> Option<usize> {
        self.example_at(at)
    }

    fn choose_example(&mut self, index: Option<usize>) -> Option<Chosen> {
        self.choose(index);
        self.chosen().and_then(|index| model::chosen(self, index))
    }

    fn add_example(&mut self, at: Pixel) -> Option<usize> {
        self.add_example(at)
    }

    fn move_example(&mut self, index: usize, at: Pixel) {
        self.move_example(index, at);
    }

    fn nudge_example(&mut self, index: usize, by: Pixel) {
        self.nudge_example(index, by);
    }

    fn remove_example(&mut self, index: usize) {
        self.remove_example(index);
    }

    fn purpose(&self) -> Purpose {
        self.purpose()
    }

    fn take_table(&mut self, text: &str, choices: &Choices) -> Result<(), String> {
        self.take_table(text, choices)
    }

    fn data_text(&self) -> String {
        self.data_text()
    }
}
