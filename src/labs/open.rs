//! A lab of any kind.

use std::ops::{Deref, DerefMut};

use super::Lab;
use crate::labs::network::{self, NetLab};
use crate::labs::planar::PlanarLab;

/// The labs, one row a kind. Whoever does not mind the kind takes it as a [`Lab`], which it
/// dereferences to.
pub enum OpenLab {
    /// Runs on a surface, or on the risk over data.
    Planar(Box<PlanarLab>),
    /// Nets in training.
    Network(Box<NetLab>),
}

impl OpenLab {
    /// The lab that a link asks for.
    pub fn new(link: &str) -> Self {
        if network::link::is_of_nets(link) {
            Self::Network(Box::new(NetLab::new(link)))
        } else {
            Self::Planar(Box::new(PlanarLab::new(link)))
        }
    }

    /// Whether a link is one for this kind of lab.
    pub fn takes(&self, link: &str) -> bool {
        network::link::is_of_nets(link) == matches!(self, Self::Network(_))
    }
}

impl Deref for OpenLab {
    type Target = dyn Lab;

    fn deref(&self) -> &(dyn Lab + 'static) {
        match self {
            Self::Planar(lab) => &**lab,
            Self::Network(lab) => &**lab,
        }
    }
}

impl DerefMut for OpenLab {
    fn deref_mut(&mut self) -> &mut (dyn Lab + 'static) {
        match self {
            Self::Planar(lab) => &mut **lab,
            Self::Network(lab) => &mut **lab,
        }
    }
}
