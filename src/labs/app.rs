//! The lab that is open, and how each other one was left.

use super::{Action, KINDS, Kind, OpenLab, Sizes};
use crate::math::param::quoted;

/// The labs, one of them open.
pub struct App {
    /// The one that is open.
    pub lab: OpenLab,
    /// The link with which each lab was left, to come back to.
    left: Vec<(&'static str, String)>,
    /// The reader's own settings as they were last, by key: not every lab has every one of them.
    preferences: Vec<(String, String)>,
    /// The sizes of the pictures and of labels in Present, once they are known.
    sizes: Option<(Sizes, f64)>,
}

impl App {
    /// The lab that a link asks for.
    pub fn new(link: &str) -> Self {
        Self { lab: OpenLab::new(link), left: Vec::new(), preferences: Vec::new(), sizes: None }
    }

    /// How each other lab was left: a line for each, with its key and its link.
    pub fn left(&self) -> String {
        self.left.iter().map(|(tab, link)| format!("{tab} {link}\n")).collect()
    }

    /// Takes over how the labs of another app were left.
    pub fn recall(&mut self, left: &str) {
        let line = |line: &str| {
            let (name, link) = line.split_once(' ')?;
            Some((Kind::called(name)?.key, link.to_owned()))
        };
        self.left = left.lines().filter_map(line).collect();
    }

    /// Puts the experiment of a link in place of this one, in the lab that it is for.
    pub fn open(&mut self, link: &str) {
        if self.lab.takes(Kind::of_link(link)) {
            self.lab.open(link);
            return;
        }
        self.note_preferences();
        self.lab = OpenLab::new(link);
        if let Some((sizes, present_type_size)) = self.sizes {
            self.lab.resize(&sizes, present_type_size);
        }
    }

    /// Does what a button asks for.
    ///
    /// # Errors
    /// A sentence; then nothing has changed.
    pub fn act(&mut self, action: &Action) -> Result<(), String> {
        match action {
            Action::Lab { key } => self.turn_to(key),
            _ => self.lab.act(action),
        }
    }

    /// Takes the sizes of the pictures, and that of labels in Present, in CSS pixels.
    pub fn resize(&mut self, sizes: &Sizes, present_type_size: f64) {
        self.sizes = Some((*sizes, present_type_size));
        self.lab.resize(sizes, present_type_size);
    }

    /// Goes to another lab, to where it was left, or else to its first preset; the reader's own
    /// settings stay.
    fn turn_to(&mut self, name: &str) -> Result<(), String> {
        let kind = Kind::called(name).ok_or_else(|| {
            let known = KINDS.map(|kind| kind.key).join(", ");
            format!("Unknown lab {}; expected one of {known}.", quoted(name))
        })?;
        let here = self.lab.kind();
        if kind == here {
            return Ok(());
        }
        self.note_preferences();
        let link = self.lab.link();
        self.left.retain(|(left, _)| *left != here.key);
        self.left.push((here.key, link));
        let left = self.left.iter().find(|(left, _)| *left == kind.key);
        let link = left.map_or_else(|| kind.presets[0].link.to_owned(), |(_, link)| link.clone());
        self.open(&link);
        for (key, text) in &self.preferences {
            // Not every lab has every one of them.
            let _ = self.lab.set(key, text);
        }
        Ok(())
    }

    fn note_preferences(&mut self) {
        for (key, text) in self.lab.preferences() {
            self.preferences.retain(|(before, _)| *before != key);
            self.preferences.push((key, text));
        }
    }
}
