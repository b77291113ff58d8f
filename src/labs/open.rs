//! A lab of any kind.

use std::ops::{Deref, DerefMut};

use super::{Kind, Lab};
use crate::labs::network::NetLab;
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
        (Kind::of_link(link).open)(link)
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
