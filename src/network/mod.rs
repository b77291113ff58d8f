//! Nets: layers, activations, losses, the forward and the backward pass, training.
//!
//! A net of L layers turns inputs x into a prediction f. It is decided by its shape, an
//! [`Architecture`], and by its weights and biases, which stand in one flat slice θ:
//!
//! ```text
//! forward       a⁽⁰⁾ = x,  z⁽ˡ⁾ = W⁽ˡ⁾ a⁽ˡ⁻¹⁾ + b⁽ˡ⁾,  a⁽ˡ⁾ = φ(z⁽ˡ⁾),  f = a⁽ᴸ⁾
//! loss          L(y, f)
//! backward      δ⁽ᴸ⁾ = ∂L/∂z⁽ᴸ⁾,  ∂L/∂wᵢⱼ = δᵢ aⱼ,  δⱼ = (Σᵢ δᵢ wᵢⱼ) φ′(zⱼ)
//! update        θ ← update(θ, ĝ),  ĝ the mean of ∂L/∂θ over a batch
//! ```
//!
//! | file | what it holds |
//! |---|---|
//! | `architecture.rs` | the shape, and where each weight stands in θ |
//! | `activation.rs`, `loss.rs` | φ; the outputs with their losses |
//! | `features.rs`, `examples.rs` | what of a point is an input; examples as columns |
//! | `initialization.rs`, `regularisation.rs` | where θ starts; penalties on its weights |
//! | `forward.rs`, `backward.rs` | the two passes of a block of examples |
//! | `workspace.rs` | where their numbers stand |
//! | `rows.rs`, `pair.rs` | loops over examples, two at once |
//! | `single.rs` | both passes of one example, over units |
//! | `pass.rs`, `numbers.rs` | means over a batch; all numbers of one example |
//! | `grid.rs` | what a net makes of many points, fast, for pictures |
//! | `training_config.rs`, `train.rs` | what a training is made with; update after update, and back |

mod activation;
mod architecture;
mod backward;
pub mod chain;
mod examples;
mod features;
mod forward;
mod grid;
mod initialization;
mod loss;
mod loss_curve;
mod numbers;
mod pair;
mod pass;
mod regularisation;
mod rows;
mod single;
mod train;
mod training_config;
mod workspace;

pub use activation::{ACTIVATION, Activation, DEFINITIONS as ACTIVATION_DEFINITIONS};
pub use architecture::{
    Architecture, Layer, MOST_HIDDEN, MOST_INPUTS, MOST_OUTPUTS, MOST_UNITS, Place,
};
pub use examples::Examples;
pub use features::{FEATURES, Feature, Features};
pub use grid::Grid;
pub use initialization::{
    DEFINITIONS as INITIALIZATION_DEFINITIONS, INITIAL_SCALE, INITIALIZATION, Initialization,
};
pub use loss::{DEFINITIONS as OUTPUT_DEFINITIONS, Output, Prediction};
pub use loss_curve::{LossCurve, Over};
pub use numbers::{LayerNumbers, Numbers};
pub use pass::Risk;
pub use regularisation::{DEFINITIONS as PENALTY_DEFINITIONS, L1, L2, Regularisation};
pub use train::{Checkpoint, Diverged, FROZEN, Trainer};
pub use training_config::TrainingConfig;
pub use workspace::Workspace;
