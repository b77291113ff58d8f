"""Writes minibatches.json: risks and minibatch runs of PyTorch (float64), for minibatches.rs.

Run it beside the file with PyTorch at hand: python3 generate_minibatches.py

For each problem some examples are drawn, and the order in which epochs use them. Kept are, at
some θ, the loss and its gradient over all examples and over some batches; and runs of 60 updates
over batches of 5 out of 12 examples (the last batch of an epoch has 2), by four rules with each
schedule of the learning rate, which is a LambdaLR. The losses are PyTorch's own where it has them,
and the gradients come from reverse-mode differentiation.

As in generate.py, each run is walked a second time from a start moved by 1e-9: the distance
between the two must stay below 100 times that, relative to the points.
"""

import json
import math
import pathlib

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)
torch.manual_seed(14)

N, M, STEPS = 12, 5, 60
KEPT = [*range(7), 10, 15, 20, 30, 40, 50, 60]
MOVED = 1e-9
MAGNIFIED = 100.0
TAU, GAMMA, DELTA = 7, 0.6, 0.8
BETA = 0.8


def logit(theta, x):
    return theta[0] * x + theta[1]


# key: the mean loss; the examples' y from x and noise z; a start; α of GD and of Adam
PROBLEMS = {
    "mean": (
        lambda t, x, y: 1.25 * F.mse_loss(t[0].expand_as(x), x) + F.mse_loss(t[1].expand_as(y), y),
        lambda x, z: 3 + z,
        (-2.0, 0.5),
        (0.1, 0.05),
    ),
    "linear": (
        lambda t, x, y: F.mse_loss(logit(t, x), y) / 2,
        lambda x, z: 1.2 * x + 0.8 + 0.5 * z,
        (-1.4, -1.8),
        (0.1, 0.05),
    ),
    "logistic": (
        lambda t, x, y: F.binary_cross_entropy_with_logits(logit(t, x), y),
        lambda x, z: (x + z > 0).double(),
        (-2.5, 1.0),
        (0.5, 0.05),
    ),
    "tanh": (
        lambda t, x, y: F.mse_loss(torch.tanh(logit(t, x)), y) / 2,
        lambda x, z: torch.tanh(1.6 * x - 0.8) + 0.2 * z,
        (-1.5, 1.0),
        (0.3, 0.05),
    ),
    "sigmoid": (
        lambda t, x, y: F.mse_loss(torch.sigmoid(logit(t, x)), y) / 2,
        lambda x, z: (x + 0.6 * z > 0).double(),
        (-3.0, 2.0),
        (1.0, 0.05),
    ),
    "sine": (
        lambda t, x, y: F.mse_loss(t[0] * torch.sin(t[1] * x), y) / 2,
        lambda x, z: 1.5 * torch.sin(2 * x) + 0.3 * z,
        (0.6, 2.4),
        (0.05, 0.02),
    ),
    "huber": (
        lambda t, x, y: F.huber_loss(logit(t, x), y, delta=DELTA),
        lambda x, z: 1.2 * x + 0.8 + z,
        (-1.4, -1.8),
        (0.2, 0.05),
    ),
}
PARAMETERS = {"huber": {"delta": DELTA}}

# The number of updates made so far → α_t / α.
SCHEDULES = {
    "constant": lambda k: 1.0,
    "inverse": lambda k: 1 / (1 + k / TAU),
    "root": lambda k: 1 / math.sqrt(1 + k / TAU),
    "step": lambda k: GAMMA ** (k // TAU),
    "cosine": lambda k: 0.5 * (1 + math.cos(math.pi * k / STEPS)),
}


class Newton(torch.optim.SGD):
    """As in generate.py, with |λ|, by the Hessian over the batch in hand."""

    ALPHA, DAMPING = 0.5, 0.5

    def __init__(self, theta):
        super().__init__(theta, lr=self.ALPHA)

    def step(self, closure=None):
        (theta,) = self.param_groups[0]["params"]
        hessian = torch.autograd.functional.hessian(self.loss, theta.detach())
        values, vectors = torch.linalg.eigh(hessian)
        along = vectors.T @ theta.grad
        theta.grad = vectors @ (along / (values.abs() + self.DAMPING))
        super().step()


def rules(gd, adam):
    """(rule's key, the values of its dials by key, the optimizer of PyTorch)"""
    optim = torch.optim
    yield "gd", {"alpha": gd}, lambda p: optim.SGD(p, lr=gd)
    yield (
        "momentum",
        {"alpha": 0.4 * gd, "beta": BETA, "form": "accumulate"},
        lambda p: optim.SGD(p, lr=0.4 * gd, momentum=BETA),
    )
    yield (
        "adam",
        {"alpha": adam, "beta1": 0.9, "beta2": 0.999, "eps": 1e-8},
        lambda p: optim.Adam(p, lr=adam, betas=(0.9, 0.999), eps=1e-8),
    )
    values = {"alpha": Newton.ALPHA, "damping": Newton.DAMPING, "indefinite": "absolute"}
    yield "newton", values, Newton


def gradient(loss, theta, x, y):
    theta = torch.tensor(theta, requires_grad=True)
    value = loss(theta, x, y)
    value.backward()
    return [value.item(), *theta.grad.tolist()]


def walk(loss, start, make, factor, batches):
    """The points of a run over batches (x, y), the start included."""
    theta = torch.tensor(start, requires_grad=True)
    optimizer = make([theta])
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, factor)
    points = [theta.tolist()]
    for x, y in batches:
        optimizer.zero_grad()
        loss(theta, x, y).backward()
        optimizer.loss = lambda theta: loss(theta, x, y)
        optimizer.step()
        schedule.step()
        points.append(theta.tolist())
    return points


def distance(a, b):
    return math.hypot(a[0] - b[0], a[1] - b[1])


def of_problem(key, loss, answer, start, alphas):
    x, z = torch.randn(2, N)
    y = answer(x, z)
    epochs = [torch.randperm(N) for _ in range(STEPS // math.ceil(N / M))]
    indices = [batch for order in epochs for batch in order.split(M)]
    thetas = [list(start), *torch.randn(3, 2).mul(2).tolist()]
    runs = []
    for rule, values, make in rules(*alphas):
        for schedule, factor in SCHEDULES.items():
            batches = [(x[batch], y[batch]) for batch in indices]
            points = walk(loss, start, make, factor, batches)
            moved = walk(loss, (start[0] + MOVED, start[1] - MOVED), make, factor, batches)
            grown = max(
                distance(a, b) / (MOVED * max(1.0, math.hypot(*a))) for a, b in zip(points, moved)
            )
            print(f"{key:9} {rule:9} {schedule:9} magnifies {grown:8.2g}, ends at {points[-1]}")
            assert all(map(math.isfinite, points[-1])) and grown < MAGNIFIED
            kept = [points[k] for k in KEPT]
            runs.append({"rule": rule, "values": values, "schedule": schedule, "points": kept})
    return {
        "problem": key,
        "parameters": PARAMETERS.get(key, {}),
        "examples": torch.stack([x, y], 1).tolist(),
        "batches": [batch.tolist() for batch in indices],
        "risks": [
            {
                "theta": theta,
                "all": gradient(loss, theta, x, y),
                # Those of the first epoch, and one example alone.
                "batches": [
                    gradient(loss, theta, x[batch], y[batch]) for batch in [*indices[:3], [7]]
                ],
            }
            for theta in thetas
        ],
        "runs": runs,
    }


def main():
    problems = [of_problem(key, *row) for key, row in PROBLEMS.items()]
    lines = ",\n".join(json.dumps(problem, separators=(",", ":")) for problem in problems)
    head = {"torch": torch.__version__, "tau": TAU, "gamma": GAMMA, "alone": 7, "steps": KEPT}
    text = f'{json.dumps(head, separators=(",", ":"))[:-1]},"problems":[\n{lines}\n]}}\n'
    pathlib.Path(__file__).with_name("minibatches.json").write_text(text)


if __name__ == "__main__":
    main()
