//! Symmetric 2 × 2 matrices, such as a Hessian: the numbers [xx, xy, yy].

/// The eigenvalues of the symmetric matrix [xx, xy, yy], the smaller first.
/// NaN where an entry is not finite.
pub fn eigenvalues([xx, xy, yy]: [f64; 3]) -> [f64; 2] {
    if !(xx.is_finite() && xy.is_finite() && yy.is_finite()) {
        return [f64::NAN; 2];
    }
    let mean = 0.5 * xx + 0.5 * yy;
    let radius = libm::hypot(0.5 * xx - 0.5 * yy, xy);
    let far = if mean < 0.0 { mean - radius } else { mean + radius };
    // The eigenvalue nearer to 0 comes from the determinant, so that no digits cancel.
    let determinant = xx * yy - xy * xy;
    let near = if far == 0.0 {
        0.0
    } else if determinant.is_finite() {
        determinant / far
    } else {
        2.0 * mean - far
    };
    if far < near { [far, near] } else { [near, far] }
}

/// Unit eigenvectors of [xx, xy, yy], in the order of its [`eigenvalues`]; the larger part
/// of each is positive. The coordinate axes where every direction is an eigenvector.
pub fn eigenvectors(hessian: [f64; 3]) -> [[f64; 2]; 2] {
    let [xx, xy, yy] = hessian;
    let half_gap = 0.5 * xx - 0.5 * yy;
    let radius = libm::hypot(half_gap, xy);
    if radius == 0.0 || !radius.is_finite() {
        return [[1.0, 0.0], [0.0, 1.0]];
    }
    // Of the two ways to write the eigenvector of the larger one, that in which nothing cancels.
    let [x, y] = if half_gap >= 0.0 { [half_gap + radius, xy] } else { [xy, radius - half_gap] };
    let length = libm::hypot(x, y);
    let most = upright([x / length, y / length]);
    [upright([-most[1], most[0]]), most]
}

/// The vector or its opposite: the one whose larger part is positive.
fn upright([x, y]: [f64; 2]) -> [f64; 2] {
    let larger = if x.abs() >= y.abs() { x } else { y };
    // Adding 0 turns −0 into 0.
    if larger < 0.0 { [-x + 0.0, -y + 0.0] } else { [x + 0.0, y + 0.0] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eigenvalues_and_eigenvectors_belong_together() {
        let mut hessians = vec![[3.0, 2.0, 3.0], [0.0; 3], [2.0, 0.0, -2.0], [0.0, 6.0, 0.0]];
        for i in 0..40 {
            let t = f64::from(i);
            hessians.push([libm::sin(3.0 * t) * 9.0, libm::cos(7.0 * t), libm::sin(t * t)]);
        }
        for hessian in hessians {
            let [xx, xy, yy] = hessian;
            let values = eigenvalues(hessian);
            assert!(values[0] <= values[1]);
            for (lambda, [x, y]) in values.into_iter().zip(eigenvectors(hessian)) {
                assert!((libm::hypot(x, y) - 1.0).abs() < 1e-14);
                assert!((xx * x + xy * y - lambda * x).abs() < 1e-14 * (1.0 + xx.abs()));
                assert!((xy * x + yy * y - lambda * y).abs() < 1e-14 * (1.0 + yy.abs()));
            }
        }
        assert_eq!(eigenvalues([3.0, 2.0, 3.0]), [1.0, 5.0]);
        assert!(eigenvalues([f64::NAN, 0.0, 1.0])[0].is_nan());
        assert!(eigenvalues([1e308, 1e308, 1e308])[1] > 1e308);
    }

    #[test]
    fn a_small_eigenvalue_keeps_its_digits_beside_a_large_one() {
        let [small, large] = eigenvalues([1e12, 0.0, 1e-3]);
        assert_eq!([small, large], [1e-3, 1e12]);
    }
}
