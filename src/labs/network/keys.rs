//! The keys of links with a net that stand for no [`Param`](crate::math::param::Param), each declared
//! once.

use super::link::{NET_KEY, PAIR_KEY, WEIGHT_KEY};
use crate::data::classes::CLASSES_KEY;
use crate::labs::link::About;
use crate::labs::presets::SCENE_KEY;

/// A key of the Network lab whose value is a text of its own kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // `NetKey::about` says what each is
pub enum NetKey {
    Net,
    Features,
    Data,
    Classes,
    Runs,
    Follow,
    Weight,
    Pair,
    Hand,
    Step,
    Scene,
}

impl NetKey {
    /// Every key.
    pub const ALL: [Self; 11] = [
        Self::Net,
        Self::Features,
        Self::Data,
        Self::Classes,
        Self::Runs,
        Self::Follow,
        Self::Weight,
        Self::Pair,
        Self::Hand,
        Self::Step,
        Self::Scene,
    ];

    /// The key that a link writes so.
    pub fn called(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.about().key == key)
    }

    /// What the reference says of it.
    pub const fn about(self) -> About {
        match self {
            Self::Net => About {
                key: NET_KEY,
                meaning: "the units of each hidden layer",
                values: "up to {{layers}} of 1 to {{units}} with commas between them, or `none`",
                default: "always there",
            },
            Self::Features => About {
                key: "features",
                meaning: "the inputs made of x₁ and x₂",
                values: "some of [the inputs](#inputs-of-a-net)",
                default: "`x1,x2`; `x1` where x has one column",
            },
            Self::Data => About {
                key: "data",
                meaning: "examples of one's own, `x1,x2,y;…`, from one column x to {{columns}}; \
                          y that are all 0 to {{last class}} are classes",
                values: "1 to {{examples}} examples, −{{far}} to {{far}}",
                default: "none",
            },
            Self::Classes => About {
                key: CLASSES_KEY,
                meaning: "what the classes 0, 1, … of one's own examples are called, `no,yes`",
                values: "up to {{classes}} names with commas between them; a comma or a percent \
                         sign in a name is `%252C` or `%2525`: percent-encoded once as part of \
                         the name, and once as part of the link",
                default: "`0,1,…`",
            },
            Self::Runs => About {
                key: "runs",
                meaning: "the update rules side by side, with commas between them",
                values: "up to {{nets}} of {{rules}}",
                default: "`gd,gd,momentum`",
            },
            Self::Follow => About {
                key: "follow",
                meaning: "the run whose net is shown",
                values: "a run",
                default: "the first that is shown",
            },
            Self::Weight => About {
                key: WEIGHT_KEY,
                meaning: "the weight that is chosen, such as `w2.1.3` or `b2.1`: into unit 1 of \
                          layer 2 from unit 3 of the layer below, or that unit's bias",
                values: "a weight of the net",
                default: "`w1.1.1`",
            },
            Self::Pair => About {
                key: PAIR_KEY,
                meaning: "the two weights that span the plane",
                values: "two weights with a comma between them",
                default: "`w1.1.1` and the next",
            },
            Self::Hand => About {
                key: "hand",
                meaning: "weights set by hand, `TICK,WEIGHT,VALUE;…`, with `,RUN` behind it where \
                          it is one run alone",
                values: "up to {{edits}}",
                default: "none",
            },
            Self::Step => About {
                key: "step",
                meaning: "the tick at which the clock stands still",
                values: "0 to `steps`",
                default: "the clock plays from the start",
            },
            Self::Scene => About {
                key: SCENE_KEY,
                meaning: "the [scene](#scenes) that it was opened as, where something was \
                          changed since: its caption stays",
                values: "the key of a scene of the lab",
                default: "none",
            },
        }
    }
}
