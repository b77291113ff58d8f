//! The Surface lab and the Minibatches lab as a [`Lab`].

use crate::data::table::{Choices, Purpose};
use crate::labs::experiment::{LabKind, SETTINGS, Setting};
use crate::labs::link::Fault;
use crate::labs::model;
use crate::labs::model::{Chosen, Hover, Live, Model};
use crate::labs::planar::Lab as PlanarLab;
use crate::labs::scene;
use crate::labs::scene::chart;
use crate::labs::{Action, Lab, Picture, Pixel, Sizes, TABS};
use crate::math::budget::Budget;
use crate::math::window::Window;
use crate::objective::Objective;
use crate::view::legend::Marks;
use crate::view::{Style, Theme};

impl Lab for PlanarLab {
    fn tab(&self) -> &'static str {
        match self.experiment().lab() {
            LabKind::Surface => TABS[0].0,
            LabKind::Minibatches => TABS[1].0,
        }
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
        let text = |setting: Setting| {
            let param = &SETTINGS[setting as usize];
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

    fn model_version(&self) -> u32 {
        self.versions().model
    }

    fn live(&mut self) -> Live {
        model::live(self)
    }

    fn resize(&mut self, sizes: &Sizes, present_type_size: f64) {
        let [width, height] = sizes.of(Picture::Plot);
        self.set_plot_size(width, height);
        let [width, height] = sizes.of(Picture::Data);
        self.set_data_size(width, height);
        self.set_chart_size(sizes.of(Picture::Chart));
        self.set_present_type_size(present_type_size);
    }

    fn hover(&mut self, picture: Picture, _slot: usize, at: Pixel) -> Option<Hover> {
        match picture {
            Picture::Plot => {
                self.set_hover(Some(at));
                model::hover(self)
            }
            Picture::Chart => {
                // The theme is no matter of places.
                let chart = chart::chart(self, self.chart_size(), &scene::style(self, false));
                self.mark_step(Some(chart::step_at(self, &chart, at[0])));
                model::chart_hover(self)
            }
            Picture::Data => {
                self.example_at(at).and_then(|index| model::example_hover(self, index))
            }
            Picture::Ball | Picture::Panel | Picture::Net | Picture::Land => None,
        }
    }

    fn leave(&mut self, picture: Picture) {
        match picture {
            Picture::Plot => self.set_hover(None),
            Picture::Chart => self.mark_step(None),
            _ => {}
        }
    }

    fn pick(&self, picture: Picture, at: Pixel) -> Option<String> {
        (picture == Picture::Plot && self.is_on_start(at)).then(|| "start".to_owned())
    }

    fn put_start(&mut self, at: Pixel) {
        self.put_start(at);
    }

    fn nudge_start(&mut self, by: Pixel) {
        self.nudge_start(by);
    }

    fn pan(&mut self, by: Pixel) {
        self.pan(by);
    }

    fn zoom(&mut self, at: Pixel, factor: f64) {
        self.zoom(at, factor);
    }

    fn step_line(&mut self, forward: bool) {
        self.step_line(forward);
    }

    fn example_at(&self, at: Pixel) -> Option<usize> {
        self.example_at(at)
    }

    fn choose_example(&mut self, index: Option<usize>) -> Option<Chosen> {
        self.choose_example(index);
        let chosen = self.chosen_example();
        chosen.and_then(|index| model::chosen(self, index))
    }

    fn add_example(&mut self, at: Pixel) -> Option<usize> {
        self.add_example(at)
    }

    fn move_example(&mut self, index: usize, at: Pixel) {
        self.move_example(index, at);
    }

    fn nudge_example(&mut self, index: usize, [dx, dy]: Pixel) {
        self.nudge_example(index, [dx, dy]);
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

    fn ground(&self) -> Option<(&Objective, Window)> {
        Some((self.objective(), self.experiment().window))
    }
}
