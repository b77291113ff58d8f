"""Writes paths.json: the paths of PyTorch's optimizers (float64), for rules.rs.

Run it beside the file with PyTorch at hand: python3 generate.py

For each function (its text is in Ravine's formula language) and each update rule, 300 steps
from one start; kept are the first ten points and every tenth after them. The gradient is
PyTorch's own, by reverse-mode differentiation of the same text.

A path can be compared to 12 digits only where it does not magnify rounding. So each is walked
a second time from a start moved by 1e-9: the distance between the two must stay below 100
times that, relative to the points. Every path here keeps that for all its steps, but those of
RMSProp: at a fixed α RMSProp hops about a minimum chaotically, so its path is kept only
while it descends: up to the step before the loss first rises.

Momentum has three forms, of which PyTorch has the first. The other two are the same path at
a rescaled α, and that is how their paths are made: velocity at α, average at (1 − β)α.

PyTorch has no Newton's method. Here a step is that of its SGD along what torch.linalg makes of the
Hessian, which is autograd's: solve(H + μI, ∇f), or by the eigenvalues' absolute values. It magnifies
rounding where it meets a Hessian that is all but singular: these of its paths are left out, and those
that step onto 0 at once, of which no digits are left to compare.
"""

import json
import math
import pathlib

import torch

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)

STEPS = 300
KEPT = [*range(11), *range(20, STEPS + 1, 10)]
MOVED = 1e-9
MAGNIFIED = 100.0

# formula, start, α of GD (momentum and Nesterov take less of it), α of AdaGrad, RMSProp, Adam
FUNCTIONS = [
    ("(x^2 + y^2)/2", (3.0, -2.0), 0.1, 0.5, 0.01, 0.05),
    ("(x^2 + 20*y^2)/2", (10.0, 1.0), 0.095, 0.5, 0.01, 0.05),
    ("(3*x^2 + 4*x*y + 3*y^2)/2", (3.0, -1.0), 0.2, 0.5, 0.01, 0.05),
    ("(1 - x)^2 + 100*(y - x^2)^2", (-1.2, 1.0), 5e-4, 0.3, 0.002, 0.02),
    ("(x^2 + y - 11)^2 + (x + y^2 - 7)^2", (0.5, -0.5), 0.005, 0.5, 0.01, 0.05),
    (
        "(1.5 - x + x*y)^2 + (2.25 - x + x*y^2)^2 + (2.625 - x + x*y^3)^2",
        (1.0, 0.6),
        0.01,
        0.3,
        0.005,
        0.02,
    ),
    ("(x + 2*y - 7)^2 + (2*x + y - 5)^2", (-6.0, 4.0), 0.05, 0.5, 0.01, 0.05),
    ("0.26*(x^2 + y^2) - 0.48*x*y", (-7.0, 4.0), 0.5, 0.5, 0.01, 0.05),
    ("2*x^2 - 1.05*x^4 + x^6/6 + x*y + y^2", (-1.9, 1.6), 0.05, 0.3, 0.01, 0.05),
    ("(x^4 - 16*x^2 + 5*x + y^4 - 16*y^2 + 5*y)/2", (-0.5, 1.0), 0.01, 0.3, 0.01, 0.05),
    ("x^2 - y^2", (1.0, 0.05), 0.05, 0.1, 0.01, 0.02),
    ("x^3 - 3*x*y^2", (1.0, 0.2), 0.001, 0.05, 0.002, 0.005),
    (
        "-20*exp(-0.2*sqrt((x^2 + y^2)/2)) - exp((cos(2*pi*x) + cos(2*pi*y))/2) + e + 20",
        (2.2, -1.1),
        0.005,
        0.1,
        0.005,
        0.01,
    ),
    (
        "20 + x^2 + y^2 - 10*(cos(2*pi*x) + cos(2*pi*y))",
        (2.3, -1.2),
        0.001,
        0.1,
        0.002,
        0.01,
    ),
    ("1 - exp(-(x^2 + y^2)/2)", (1.6, 0.9), 0.3, 0.2, 0.01, 0.05),
]

NAMES = {
    "exp": torch.exp,
    "sqrt": torch.sqrt,
    "cos": torch.cos,
    "pi": math.pi,
    "e": torch.tensor(math.e),
}


def loss_of(text):
    code = compile(text.replace("^", "**"), text, "eval")
    return lambda theta: eval(code, {**NAMES, "x": theta[0], "y": theta[1]})


class Newton(torch.optim.SGD):
    """θ ← θ − α (H + μI)⁻¹ ∇f, as SGD along that direction."""

    def __init__(self, theta, loss, alpha, damping, indefinite):
        super().__init__(theta, lr=alpha)
        self.loss, self.damping, self.indefinite = loss, damping, indefinite

    def step(self):
        (theta,) = self.param_groups[0]["params"]
        hessian = torch.autograd.functional.hessian(self.loss, theta.detach())
        if self.indefinite == "absolute":
            values, vectors = torch.linalg.eigh(hessian)
            hessian = vectors @ torch.diag(values.abs()) @ vectors.T
        theta.grad = torch.linalg.solve(hessian + self.damping * torch.eye(2), theta.grad)
        super().step()


def walk(loss, start, make, steps):
    """The points of a path and the loss at each, the start included."""
    theta = torch.tensor(start, requires_grad=True)
    optimizer = make([theta])
    points, losses = [theta.tolist()], []
    for _ in range(steps):
        optimizer.zero_grad()
        value = loss(theta)
        value.backward()
        losses.append(value.item())
        optimizer.step()
        points.append(theta.tolist())
    losses.append(loss(theta).item())
    return points, losses


def distance(a, b):
    return math.hypot(a[0] - b[0], a[1] - b[1])


def rules(gd, adagrad, rmsprop, adam):
    """(rule's key, the values of its dials by key, the optimizer of PyTorch)"""
    optim = torch.optim
    yield "gd", {"alpha": gd}, lambda p: optim.SGD(p, lr=gd)
    beta, alpha = 0.8, 0.4 * gd
    sgd = lambda lr, **more: lambda p: optim.SGD(p, lr=lr, momentum=beta, **more)
    for form, lr in [
        ("accumulate", alpha),
        ("velocity", alpha),
        ("average", (1 - beta) * alpha),
    ]:
        yield "momentum", {"alpha": alpha, "beta": beta, "form": form}, sgd(lr)
    yield "nesterov", {"alpha": alpha, "beta": beta}, sgd(alpha, nesterov=True)
    yield (
        "adagrad",
        {"alpha": adagrad, "eps": 1e-10},
        lambda p: optim.Adagrad(p, lr=adagrad, eps=1e-10),
    )
    yield (
        "rmsprop",
        {"alpha": rmsprop, "rho": 0.99, "eps": 1e-8},
        lambda p: optim.RMSprop(p, lr=rmsprop, alpha=0.99, eps=1e-8),
    )
    yield (
        "adam",
        {"alpha": adam, "beta1": 0.9, "beta2": 0.999, "eps": 1e-8},
        lambda p: optim.Adam(p, lr=adam, betas=(0.9, 0.999), eps=1e-8),
    )


def newton(loss):
    """The same for Newton's method: whole and damped steps, as they are and with |λ|."""
    for dials in [
        (1.0, 0.0, "as-it-is"),
        (0.3, 3.0, "as-it-is"),
        (0.5, 0.0, "absolute"),
        (0.05, 1.0, "absolute"),
    ]:
        make = lambda p, dials=dials: Newton(p, loss, *dials)
        yield "newton", dict(zip(("alpha", "damping", "indefinite"), dials)), make


def main():
    paths = []
    for text, start, *alphas in FUNCTIONS:
        loss = loss_of(text)
        for key, values, make in [*rules(*alphas), *newton(loss)]:
            points, losses = walk(loss, start, make, STEPS)
            moved, _ = walk(loss, (start[0] + MOVED, start[1] - MOVED), make, STEPS)
            last = STEPS
            if key == "rmsprop":
                rises = [k for k in range(STEPS) if losses[k + 1] > losses[k]]
                last = min(rises, default=STEPS)
            grown = max(
                distance(points[k], moved[k]) / (MOVED * max(1.0, math.hypot(*points[k])))
                for k in range(last + 1)
            )
            if key == "newton" and (grown >= MAGNIFIED or math.hypot(*points[1]) < 1e-9):
                continue
            print(f"{key:9} {last:4} steps, magnifies {grown:8.2g}, f = {losses[last]:<9.3g} {text}")
            assert all(map(math.isfinite, points[last]))
            assert grown < MAGNIFIED and last >= 20
            steps = [k for k in KEPT if k <= last]
            paths.append(
                {
                    "formula": text,
                    "start": start,
                    "rule": key,
                    "values": values,
                    "steps": steps,
                    "points": [points[k] for k in steps],
                }
            )
    lines = ",\n".join(json.dumps(path, separators=(",", ":")) for path in paths)
    text = f'{{"torch":"{torch.__version__}","paths":[\n{lines}\n]}}\n'
    pathlib.Path(__file__).with_name("paths.json").write_text(text)


if __name__ == "__main__":
    main()
