//! The labs on one desk: which is open, and where each other was left.

use crate::experiment::{LabKind, SETTINGS, Setting};
use crate::lab::Lab;
use crate::link::Fault;
use crate::net_lab::{self, NetLab};
use crate::param::quoted;
use crate::presets;

/// The labs by their keys and what their tabs say, in the order of the tabs.
pub const TABS: [(&str, &str); 3] =
    [("surface", "Surface"), ("minibatches", "Minibatches"), (NETWORK, "Network")];

const NETWORK: &str = "network";

/// The labs.
pub struct Desk {
    /// The Surface lab or the Minibatches lab; unseen while nets are there.
    pub plane: Lab,
    /// The Network lab, while it is open.
    pub nets: Option<Box<NetLab>>,
    /// The link with which each lab was left, to come back to.
    left: Vec<(&'static str, String)>,
}

impl Desk {
    /// The lab that a link asks for.
    pub fn new(link: &str) -> Self {
        let is_net = net_lab::link::is_of_nets(link);
        Self {
            plane: Lab::new(if is_net { "" } else { link }),
            nets: is_net.then(|| Box::new(NetLab::new(link))),
            left: Vec::new(),
        }
    }

    /// How each other lab was left: a line for each, with its key and its link.
    pub fn left(&self) -> String {
        self.left.iter().map(|(tab, link)| format!("{tab} {link}\n")).collect()
    }

    /// Takes over how the labs of another desk were left.
    pub fn recall(&mut self, left: &str) {
        let line = |line: &str| {
            let (name, link) = line.split_once(' ')?;
            let (tab, _) = TABS.iter().find(|(key, _)| *key == name)?;
            Some((*tab, link.to_owned()))
        };
        self.left = left.lines().filter_map(line).collect();
    }

    /// The key of the lab that is open.
    pub fn open_tab(&self) -> &'static str {
        match (&self.nets, self.plane.experiment().lab()) {
            (Some(_), _) => NETWORK,
            (None, LabKind::Surface) => TABS[0].0,
            (None, LabKind::Minibatches) => TABS[1].0,
        }
    }

    /// What the last link held that could not be taken.
    pub fn faults(&self) -> &[Fault] {
        self.nets.as_ref().map_or(self.plane.faults(), |nets| nets.faults())
    }

    /// The experiment as a link.
    pub fn link(&self) -> String {
        self.nets.as_ref().map_or_else(|| self.plane.link(), |nets| nets.link())
    }

    /// Puts the experiment of a link in place of this one.
    pub fn open(&mut self, link: &str) {
        match (&mut self.nets, net_lab::link::is_of_nets(link)) {
            (Some(nets), true) => nets.open(link),
            (nets @ None, true) => *nets = Some(Box::new(NetLab::new(link))),
            (nets, false) => {
                *nets = None;
                self.plane.open(link);
            }
        }
    }

    /// Sets what a link calls `key`.
    ///
    /// # Errors
    /// What cannot be taken; then nothing has changed.
    pub fn set(&mut self, key: &str, text: &str) -> Result<(), Fault> {
        match &mut self.nets {
            Some(nets) => nets.set(key, text),
            None => self.plane.set(key, text),
        }
    }

    /// Does what a button asks for: `lab` (name: its key), or what the lab itself can do.
    ///
    /// # Errors
    /// A sentence; then nothing has changed.
    pub fn act(&mut self, verb: &str, name: &str) -> Result<(), String> {
        match (verb, &mut self.nets) {
            ("lab", _) => self.turn_to(name),
            (_, Some(nets)) => nets.act(verb, name),
            (_, None) => self.plane.act(verb, name),
        }
    }

    /// Goes to another lab, to where it was left, or else to its first preset; the reader's own
    /// settings stay.
    fn turn_to(&mut self, name: &str) -> Result<(), String> {
        let tab = TABS.iter().find(|(key, _)| *key == name);
        let (tab, _) = *tab.ok_or_else(|| {
            let known = TABS.map(|(key, _)| key).join(", ");
            format!("Unknown lab {}; expected one of {known}.", quoted(name))
        })?;
        let here = self.open_tab();
        if tab == here {
            return Ok(());
        }
        let link = self.link();
        self.left.retain(|(left, _)| *left != here);
        self.left.push((here, link));
        let left = self.left.iter().find(|(left, _)| *left == tab);
        let first = || match tab {
            NETWORK => net_lab::PRESETS[0].link,
            "minibatches" => presets::of(LabKind::Minibatches)[0].link,
            _ => presets::of(LabKind::Surface)[0].link,
        };
        let link = left.map_or_else(|| first().to_owned(), |(_, link)| link.clone());
        let taste = self.taste();
        self.open(&link);
        for (setting, value) in Setting::TASTE.into_iter().zip(taste) {
            let param = &SETTINGS[setting as usize];
            // Not every lab has every one of them.
            let _ = self.set(&param.key, &param.write(value));
        }
        Ok(())
    }

    /// The reader's own settings, in the order of [`Setting::TASTE`].
    fn taste(&self) -> [f64; Setting::TASTE.len()] {
        Setting::TASTE.map(|setting| match &self.nets {
            Some(nets) => {
                let of_nets = net_lab::Setting::TASTE.iter().find(|(_, plain)| *plain == setting);
                of_nets.map_or_else(
                    || self.plane.experiment().setting(setting),
                    |(own, _)| nets.experiment().setting(*own),
                )
            }
            None => self.plane.experiment().setting(setting),
        })
    }
}
