"""Writes worked.json: nets with several sigmoid or linear outputs, vectors as targets and the L2
loss, trained by PyTorch (float64), with biases frozen and not, for worked.rs.

Run it beside the file with PyTorch at hand: python3 generate_worked.py

The first net is the worked example of Mazur, "A Step by Step Backpropagation Example" (2015), who
leaves the biases as they are. A net stands there as a file for `trace --net`; each run adds its
own keys to it, and holds the mean loss at the start and after every update, and the end θ: layer by
layer W row by row (units × inputs), then b, the order of PyTorch's `parameters()`.
"""

import json
import pathlib

import torch
from torch import nn

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)

MAZUR = {
    "inputs": 2, "hidden": [2], "activation": "sigmoid", "output": "sigmoid", "outputs": 2,
    "weights": [[0.15, 0.2, 0.25, 0.3, 0.35, 0.35], [0.4, 0.45, 0.5, 0.55, 0.6, 0.6]],
    "train": {"inputs": [[0.05, 0.1]], "targets": [[0.01, 0.99]]},
}
DEEPER = {
    "inputs": 3, "hidden": [4, 2], "activation": "tanh", "output": "sigmoid", "outputs": 3,
    "weights": [
        [0.3, -0.5, 0.8, -0.7, 0.2, 0.4, 0.6, 0.9, -0.1, -0.3, 0.5, -0.6, 0.1, -0.2, 0.3, 0.05],
        [0.7, -0.4, 0.2, 0.5, -0.6, 0.3, 0.8, -0.9, 0.15, -0.25],
        [0.9, -0.3, -0.5, 0.7, 0.4, 0.6, -0.1, 0.2, 0.35],
    ],
    "train": {
        "inputs": [[0.5, -1, 0.3], [-0.7, 0.2, 1.1], [1.4, 0.9, -0.6], [0, 0.4, -1.2], [-1, -1, 0]],
        "targets": [[0.1, 0.9, 0.5], [1, 0, 0.25], [0.3, 0.3, 0.8], [0, 1, 1], [0.6, 0.2, 0]],
    },
    "batches": [[0, 3], [4, 1], [2]],
}
LINEAR = DEEPER | {"output": "linear", "activation": "relu"}

SGD, ADAM = torch.optim.SGD, torch.optim.Adam
# The rule's key, the values of its dials by key, the optimizer of PyTorch.
RULES = [
    ("gd", {"alpha": 0.5}, lambda p: SGD(p, lr=0.5)),
    ("momentum", {"alpha": 0.1, "beta": 0.9}, lambda p: SGD(p, lr=0.1, momentum=0.9)),
    ("adam", {"alpha": 0.02}, lambda p: ADAM(p, lr=0.02)),
]
# The linear outputs want smaller steps.
SMALL = [
    ("gd", {"alpha": 0.05}, lambda p: SGD(p, lr=0.05)),
    ("momentum", {"alpha": 0.01, "beta": 0.9}, lambda p: SGD(p, lr=0.01, momentum=0.9)),
    ("adam", {"alpha": 0.02}, lambda p: ADAM(p, lr=0.02)),
]

ACTIVATIONS = {"sigmoid": nn.Sigmoid, "tanh": nn.Tanh, "relu": nn.ReLU, "linear": nn.Identity}


def module(net):
    sizes = [net["inputs"], *net["hidden"], net["outputs"]]
    kinds = [ACTIVATIONS[net["activation"]]] * len(net["hidden"]) + [ACTIVATIONS[net["output"]]]
    layers = []
    for inputs, units, kind in zip(sizes, sizes[1:], kinds):
        layers += [nn.Linear(inputs, units), kind()]
    made = nn.Sequential(*layers)
    theta = torch.tensor([number for layer in net["weights"] for number in layer])
    nn.utils.vector_to_parameters(theta, made.parameters())
    return made


def loss_of(f, y):
    return 0.5 * (y - f).square().sum(dim=1).mean()


def run(net, key, dials, make, frozen, updates):
    made = module(net)
    x, y = (torch.tensor(net["train"][side], dtype=torch.float64) for side in ("inputs", "targets"))
    for name, parameter in made.named_parameters():
        parameter.requires_grad_(not (frozen and name.endswith("bias")))
    optimizer = make([p for p in made.parameters() if p.requires_grad])
    batches = net.get("batches", [list(range(len(x)))])
    losses = [loss_of(made(x), y).item()]
    for update in range(updates):
        batch = batches[update % len(batches)]
        optimizer.zero_grad()
        loss_of(made(x[batch]), y[batch]).backward()
        optimizer.step()
        losses.append(loss_of(made(x), y).item())
    print(f"{net['output']} {key:9} {losses[0]:.9f} {losses[1]:.9f} … {losses[-1]:.9g}")
    keys = {"rule": key, "dials": dials, "updates": updates}
    keys["frozen"] = "biases" if frozen else "none"
    theta = nn.utils.parameters_to_vector(made.parameters()).tolist()
    return {"keys": keys, "losses": losses, "theta": theta}


def main():
    cases = []
    for net, rules in [(MAZUR, RULES), (DEEPER, RULES), (LINEAR, SMALL)]:
        runs = [run(net, *rule, frozen, 50) for rule in rules for frozen in (True, False)]
        if net is MAZUR:
            runs.insert(0, run(net, *RULES[0], True, 1))
        cases.append({"net": net, "runs": runs})
    write = lambda value: json.dumps(value, separators=(",", ":"))
    lines = ",\n".join(write(case) for case in cases)
    text = f'{{"torch":"{torch.__version__}","cases":[\n{lines}\n]}}\n'
    pathlib.Path(__file__).with_name("worked.json").write_text(text)


if __name__ == "__main__":
    main()
