"""GD and Momentum on the surface “Himmelblau”

Exported from Ravine, from the link
#surface=himmelblau&steps=20

It needs NumPy and nothing else. At its end it compares its last numbers with Ravine's.
"""

import numpy as np


def loss(theta):
    """f(x, y) = (x^2 + y - 11)^2 + (x + y^2 - 7)^2"""
    x, y = theta
    return (x**2 + y - 11)**2 + (x + y**2 - 7)**2


def gradient(theta):
    """∇f(θ)"""
    x, y = theta
    part1 = x**2 + y - 11
    part2 = x + y**2 - 7
    return np.array([4 * part1 * x + 2 * part2, 2 * part1 + 4 * part2 * y])


start = np.array([0.0, -0.5])


def gd():
    """GD: θ ← θ − αĝ."""
    alpha = 0.01  # α, learning rate
    theta = start
    for t in range(1, 20 + 1):
        g = gradient(theta)
        theta = theta - alpha * g
    return theta


def momentum():
    """Momentum: v ← βv + ĝ, θ ← θ − αv."""
    alpha = 0.01  # α, learning rate
    beta = 0.5  # β, momentum
    theta = start
    v = np.zeros_like(theta)
    for t in range(1, 20 + 1):
        g = gradient(theta)
        v = beta * v + g
        theta = theta - alpha * v
    return theta


# Where each run ends.
ends = {
    "gd": gd(),
    "momentum": momentum(),
}

# What Ravine has of each run after the last update: θ and the loss there. Both must agree
# with what is computed here, to 1e-9 of their size, and to 1e-9 where they are near zero.
expected = {
    "gd": ([3.0514762732022445, 1.8598169980414143], 0.269064592930925),
    "momentum": ([3.002304256500048, 1.9937906052855017], 0.0005641010465852165),
}
for name, (theta, value) in expected.items():
    end = ends[name]
    assert np.allclose(end, theta, rtol=1e-9, atol=1e-9), f"{name}: θ is {end}, and in Ravine {theta}"
    f = loss(end)
    assert np.allclose(f, value, rtol=1e-9, atol=1e-9), f"{name}: the loss is {f}, and in Ravine {value}"
print("θ and the loss at the end of each run are Ravine's, to 1e-9.")
