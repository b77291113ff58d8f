//! The empirical risk: the mean of a per-example loss.
//!
//! ```text
//! R(θ) = 1/n Σ L(θ; x⁽ⁱ⁾, y⁽ⁱ⁾)        ĝ = 1/|J| Σ_{i ∈ J} ∇L(θ; x⁽ⁱ⁾, y⁽ⁱ⁾)
//! ```
//!
//! Sums run in the order of the examples, so that a batch of all of them gives R and ∇R to the
//! last bit.

use crate::math::formula::{Formula, Jet, Jet2, Tape};

/// A per-example loss with its parameters bound, and the examples.
#[derive(Clone, Debug)]
pub struct Risk {
    tape: Tape,
    x: Vec<f64>,
    y: Vec<f64>,
}

impl Risk {
    /// The mean of `loss` (a formula in θ₁, θ₂, x, y), its other letters bound to `values`, over
    /// the examples [x, y].
    pub fn new(loss: &Formula, values: &[f64], examples: &[[f64; 2]]) -> Self {
        Self {
            tape: loss.bind(values),
            x: examples.iter().map(|example| example[0]).collect(),
            y: examples.iter().map(|example| example[1]).collect(),
        }
    }

    /// About how many additions the loss of one example takes as long as.
    pub fn operations(&self) -> u64 {
        self.tape.cost()
    }

    /// The degree of the loss as a polynomial in θ, see [`Tape::degree`].
    pub fn degree(&self) -> Option<u32> {
        self.tape.degree()
    }

    /// The number n of examples.
    pub fn len(&self) -> usize {
        self.x.len()
    }

    /// Whether there is no example: then the risk is not a number.
    pub fn is_empty(&self) -> bool {
        self.x.is_empty()
    }

    /// The example [x, y] of an index below n.
    pub fn example(&self, index: usize) -> [f64; 2] {
        [self.x[index], self.y[index]]
    }

    /// R(θ).
    pub fn value(&self, theta: [f64; 2]) -> f64 {
        self.tape.sum_values(theta, &[&self.x, &self.y]) / self.len() as f64
    }

    /// R at each of these θ.
    pub fn values(&self, thetas: impl Iterator<Item = [f64; 2]>, mut take: impl FnMut(f64)) {
        let n = self.len() as f64;
        self.tape.sum_values_at(thetas, &[&self.x, &self.y], |sum| take(sum / n));
    }

    /// R and ∇R at each of these θ.
    pub fn gradients(&self, thetas: impl Iterator<Item = [f64; 2]>, mut take: impl FnMut(Jet)) {
        let n = self.len() as f64;
        self.tape.sum_gradients_at(thetas, &[&self.x, &self.y], |Jet { value, gradient }| {
            take(Jet { value: value / n, gradient: gradient.map(|g| g / n) });
        });
    }

    /// R and ∇R at θ.
    pub fn gradient(&self, theta: [f64; 2]) -> Jet {
        self.mean_gradient(theta, &self.x, &self.y)
    }

    /// R, ∇R and the Hessian at θ.
    pub fn hessian(&self, theta: [f64; 2]) -> Jet2 {
        self.mean_hessian(theta, &self.x, &self.y)
    }

    /// The loss, its gradient and its Hessian, all the mean over these examples alone, as in
    /// [`Risk::mean_gradient`].
    pub fn mean_hessian(&self, theta: [f64; 2], x: &[f64], y: &[f64]) -> Jet2 {
        let n = x.len() as f64;
        let Jet2 { value, gradient, hessian } = self.tape.sum_hessians(theta, &[x, y]);
        Jet2 {
            value: value / n,
            gradient: gradient.map(|g| g / n),
            hessian: hessian.map(|h| h / n),
        }
    }

    /// The Hessian [xx, xy, yy] of each example's loss at θ.
    pub fn hessians(&self, theta: [f64; 2]) -> impl Iterator<Item = [f64; 3]> {
        self.x
            .iter()
            .zip(&self.y)
            .map(move |(&x, &y)| self.tape.hessian_at(&[theta[0], theta[1], x, y]).hessian)
    }

    /// R over a grid: `out[row * xs.len() + column] = R(xs[column], ys[row])`.
    pub fn grid(&self, xs: &[f64], ys: &[f64], out: &mut [f64]) {
        for (line, &second) in out.chunks_mut(xs.len().max(1)).zip(ys) {
            let mut places = line.iter_mut();
            self.values(xs.iter().map(|&first| [first, second]), |value| {
                places.next().into_iter().for_each(|place| *place = value);
            });
        }
    }

    /// The loss and its gradient, both the mean over these examples alone: x and y, one number for
    /// each.
    pub fn mean_gradient(&self, theta: [f64; 2], x: &[f64], y: &[f64]) -> Jet {
        let n = x.len() as f64;
        let Jet { value, gradient } = self.tape.sum_gradients(theta, &[x, y]);
        Jet { value: value / n, gradient: gradient.map(|g| g / n) }
    }

    /// The loss and its gradient, both the mean over the examples of these indices, in their order.
    pub fn gradient_over(&self, theta: [f64; 2], indices: &[u32]) -> Jet {
        self.with_examples(indices, |x, y| self.mean_gradient(theta, x, y))
    }

    /// The same with the Hessian.
    pub fn hessian_over(&self, theta: [f64; 2], indices: &[u32]) -> Jet2 {
        self.with_examples(indices, |x, y| self.mean_hessian(theta, x, y))
    }

    /// What is made of the examples of these indices, in their order.
    fn with_examples<T>(&self, indices: &[u32], what: impl FnOnce(&[f64], &[f64]) -> T) -> T {
        // Few examples lie on the stack: a swarm asks for them again and again.
        const FEW: usize = 64;
        let [mut x, mut y] = [[0.0; FEW]; 2];
        if indices.len() <= FEW {
            for (place, &index) in indices.iter().enumerate() {
                (x[place], y[place]) = (self.x[index as usize], self.y[index as usize]);
            }
            return what(&x[..indices.len()], &y[..indices.len()]);
        }
        let [mut x, mut y] = [Vec::new(), Vec::new()];
        self.gather(indices, &mut x, &mut y);
        what(&x, &y)
    }

    /// The loss of one example, of any [x, y], and its gradient.
    pub fn loss(&self, theta: [f64; 2], [x, y]: [f64; 2]) -> Jet {
        self.tape.gradient_at(&[theta[0], theta[1], x, y])
    }

    /// The risk over some of the examples, in the order of the indices.
    pub fn over(&self, indices: &[u32]) -> Risk {
        let [mut x, mut y] = [Vec::new(), Vec::new()];
        self.gather(indices, &mut x, &mut y);
        Self { tape: self.tape.clone(), x, y }
    }

    /// Puts the examples of these indices into `x` and `y`, in their order.
    pub fn gather(&self, indices: &[u32], x: &mut Vec<f64>, y: &mut Vec<f64>) {
        x.clear();
        y.clear();
        x.extend(indices.iter().map(|&index| self.x[index as usize]));
        y.extend(indices.iter().map(|&index| self.y[index as usize]));
    }
}
