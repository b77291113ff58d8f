"""Writes networks.json: losses, gradients and training of nets by PyTorch (float64), for
networks.rs.

Run it beside the file with PyTorch at hand: python3 generate_networks.py

For each output with its loss and each activation there is a net with weights of its own: its mean
loss over all examples at the start with the gradient, and θ after 200 updates of each rule, with
all examples in every update and with given minibatches, which take turns. θ is layer by layer W
row by row (units × inputs), then b: the order of PyTorch's `parameters()`.

A training can be compared to ten digits only where it does not magnify rounding. So each is run a
second time from a start moved by 1e-9: at its end the two must be less than 1,000 times as far
apart.
"""

import json
import math
import pathlib
import random

import torch
from torch import nn
from torch.nn import functional as F

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)

UPDATES = 200
MOVED = 1e-9
MAGNIFIED = 1000.0

N = 13
BATCHES = [[4, 1, 9, 12], [0, 7, 3, 11], [10, 2, 6, 5], [8]]
HIDDEN = [3, 2]

ACTIVATIONS = {
    "tanh": nn.Tanh(),
    "relu": nn.ReLU(),
    "leaky": nn.LeakyReLU(0.01),
    "sigmoid": nn.Sigmoid(),
    "elu": nn.ELU(),
    "linear": nn.Identity(),
}


def l2(z, y):
    return 0.5 * (y - z).square().sum(dim=1).mean()


def bce(z, y):
    return F.binary_cross_entropy_with_logits(z[:, 0], y)


def cce(z, y):
    return F.cross_entropy(z, y)


def sigmoid(z, y):
    return l2(torch.sigmoid(z), y[:, None])


# The output's name, its units, its loss.
OUTPUTS = [("l2", 1, l2), ("l2", 2, l2), ("bce", 1, bce), ("cce", 3, cce), ("sigmoid", 1, sigmoid)]

SGD, ADAM = torch.optim.SGD, torch.optim.Adam
# The rule's key, the values of its dials by key, the optimizer of PyTorch, λ₂.
RULES = [
    ("gd", {"alpha": 0.1}, lambda p: SGD(p, lr=0.1), 0.0),
    ("momentum", {"alpha": 0.02, "beta": 0.9}, lambda p: SGD(p, lr=0.02, momentum=0.9), 0.0),
    ("adam", {"alpha": 0.01}, lambda p: ADAM(p, lr=0.01), 0.0),
]
# With a penalty, for one activation.
PENALISED = [
    ("gd", {"alpha": 0.1}, lambda p: SGD(p, lr=0.1), 0.03),
    ("adam", {"alpha": 0.01}, lambda p: ADAM(p, lr=0.01), 0.03),
]


def data():
    draw = random.Random(1)
    x = [[round(draw.uniform(-2, 2), 3) for _ in range(2)] for _ in range(N)]
    y = {
        ("l2", 1): [[round(math.sin(a) * b, 3)] for a, b in x],
        ("l2", 2): [[round(math.sin(a) * b, 3), round(0.5 * (a - b), 3)] for a, b in x],
        ("bce", 1): [int(a * b > 0.2) for a, b in x],
        ("cce", 3): [0 if a < -0.5 else 1 if b < 0.3 else 2 for a, b in x],
        ("sigmoid", 1): [int(a * b > 0.2) for a, b in x],
    }
    return x, y


def start(sizes, draw):
    """θ, with weights of about 1/√inputs."""
    theta = []
    for inputs, units in zip(sizes, sizes[1:]):
        theta += [round(draw.gauss(0, inputs**-0.5), 4) for _ in range(units * inputs)]
        theta += [round(draw.gauss(0, 0.2), 4) for _ in range(units)]
    return theta


def net_of(sizes, activation, theta):
    layers = []
    for inputs, units in zip(sizes, sizes[1:]):
        layers += [nn.Linear(inputs, units), activation]
    net = nn.Sequential(*layers[:-1])
    nn.utils.vector_to_parameters(torch.tensor(theta), net.parameters())
    return net


def theta_of(net):
    return nn.utils.parameters_to_vector(net.parameters()).tolist()


def train(net, loss, x, y, batches, make, decay):
    weights = [p for name, p in net.named_parameters() if name.endswith("weight")]
    biases = [p for name, p in net.named_parameters() if name.endswith("bias")]
    groups = [{"params": weights, "weight_decay": decay}, {"params": biases, "weight_decay": 0.0}]
    optimizer = make(groups)
    for update in range(UPDATES):
        batch = batches[update % len(batches)]
        optimizer.zero_grad()
        loss(net(x[batch]), y[batch]).backward()
        optimizer.step()
    return theta_of(net), loss(net(x), y).item()


def main():
    points, targets = data()
    x = torch.tensor(points)
    everything = [list(range(N))]
    draw = random.Random(2)
    cases = []
    for output, units, loss in OUTPUTS:
        y = torch.tensor(targets[output, units])
        y = y.double() if output in ("bce", "sigmoid") else y
        sizes = [2, *HIDDEN, units]
        for key, activation in ACTIVATIONS.items():
            if units == 2 and key != "tanh":
                continue
            theta = start(sizes, draw)
            net = net_of(sizes, activation, theta)
            value = loss(net(x), y)
            value.backward()
            gradient = [g for p in net.parameters() for g in p.grad.flatten().tolist()]
            runs = []
            for rule, values, make, decay in RULES + (PENALISED if key == "tanh" else []):
                for batches in [everything, BATCHES]:
                    go = lambda theta: train(
                        net_of(sizes, activation, theta), loss, x, y, batches, make, decay
                    )
                    end, final = go(theta)
                    moved, _ = go([t + MOVED * (-1) ** i for i, t in enumerate(theta)])
                    grown = max(abs(a - b) for a, b in zip(end, moved)) / MOVED
                    print(f"{output}{units} {key:8} {rule:9} {len(batches)} batches: "
                          f"{value.item():.4f} to {final:.4f}, magnifies {grown:.2g}")
                    assert grown < MAGNIFIED and math.isfinite(final)
                    run = {"rule": rule, "values": values, "l2": decay}
                    run |= {"minibatches": batches is BATCHES, "theta": end, "loss": final}
                    runs.append(run)
            cases.append({
                "output": output,
                "units": units,
                "activation": key,
                "start": theta,
                "loss": value.item(),
                "gradient": gradient,
                "runs": runs,
            })
    head = {
        "torch": torch.__version__,
        "hidden": HIDDEN,
        "updates": UPDATES,
        "x": points,
        "y": {f"{output}{units}": y for (output, units), y in targets.items()},
        "batches": BATCHES,
    }
    write = lambda value: json.dumps(value, separators=(",", ":"))
    lines = ",\n".join(write(case) for case in cases)
    text = f'{write(head)[:-1]},"cases":[\n{lines}\n]}}\n'
    pathlib.Path(__file__).with_name("networks.json").write_text(text)


if __name__ == "__main__":
    main()
