"""Writes planes.json: the two main directions of paths by NumPy (float64), for planes.rs.

Run it beside the file with NumPy at hand: python3 generate_planes.py

Each case has paths, each a random walk with a drift of its own, or points without any order. Kept
are the mean of all points, the two main directions, each with the number that is largest in size
positive, and which part of the variance they hold. NumPy takes them from a singular value
decomposition.
"""

import json
import pathlib
import random

import numpy as np

# name: paths, points of a path, numbers of a point, drift
CASES = {
    "paths": (3, 20, 7, 0.5),
    "one path": (1, 40, 5, 0.2),
    "fewer points than numbers": (2, 4, 23, 0.4),
    "two numbers": (2, 9, 2, 0.3),
    "a cloud": (1, 30, 12, None),
}


def walk(draw, points, numbers, drift):
    vector = lambda size: np.array([draw.gauss(0, size) for _ in range(numbers)])
    if drift is None:
        return [vector(1.0) for _ in range(points)]
    way, at, path = vector(drift), vector(1.0), []
    for _ in range(points):
        path.append(at)
        at = at + way + vector(0.2)
    return path


def main():
    draw = random.Random(3)
    cases = []
    for name, (paths, points, numbers, drift) in CASES.items():
        made = [np.round(walk(draw, points, numbers, drift), 3) for _ in range(paths)]
        everything = np.concatenate(made)
        mean = everything.mean(axis=0)
        _, sigma, directions = np.linalg.svd(everything - mean, full_matrices=False)
        axes = [d * np.sign(d[np.abs(d).argmax()]) for d in directions[:2]]
        share = (sigma[:2] ** 2).sum() / (sigma**2).sum()
        gaps = [float(a / b) for a, b in zip(sigma, sigma[1:3])]
        print(f"{name}: share {share:.4f}, sigma {sigma[:4].round(3)}")
        # Nearly equal directions would have no vectors of their own.
        assert all(gap > 1.02 for gap in gaps)
        cases.append({
            "name": name,
            "paths": [path.tolist() for path in made],
            "mean": mean.tolist(),
            "axes": [axis.tolist() for axis in axes],
            "share": float(share),
        })
    lines = ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases)
    text = f'{{"numpy":"{np.__version__}","cases":[\n{lines}\n]}}\n'
    pathlib.Path(__file__).with_name("planes.json").write_text(text)


if __name__ == "__main__":
    main()
