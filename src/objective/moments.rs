//! How much the curvature differs from example to example.

/// The mean and the second moments of the examples' Hessians.
#[derive(Clone, Debug, PartialEq)]
pub struct HessianMoments {
    /// The number n of examples.
    pub n: usize,
    /// The mean of [xx, xy, yy].
    pub mean: [f64; 3],
    /// The covariance of [xx, xy, yy].
    pub covariance: [[f64; 3]; 3],
}

impl HessianMoments {
    /// Those of these Hessians, [xx, xy, yy] each; `None` where there is none or one is not finite.
    pub fn of(hessians: &[[f64; 3]]) -> Option<Self> {
        let n = hessians.len();
        let mut mean = [0.0; 3];
        for hessian in hessians {
            (0..3).for_each(|p| mean[p] += hessian[p] / n as f64);
        }
        let mut covariance = [[0.0; 3]; 3];
        for hessian in hessians {
            let off: [f64; 3] = std::array::from_fn(|p| hessian[p] - mean[p]);
            for p in 0..3 {
                (0..3).for_each(|q| covariance[p][q] += off[p] * off[q] / n as f64);
            }
        }
        let all = mean.iter().chain(covariance.as_flattened());
        (n > 0 && all.clone().all(|number| number.is_finite())).then_some(Self {
            n,
            mean,
            covariance,
        })
    }

    /// The covariance of the mean over m of the examples, drawn without replacement, as a part of
    /// that of one.
    pub fn share(&self, m: usize) -> f64 {
        let (n, m) = (self.n as f64, m as f64);
        if m >= n { 0.0 } else { (n - m) / ((n - 1.0) * m) }
    }
}
