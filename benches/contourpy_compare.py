#!/usr/bin/env python3
"""Isolines against contourpy: the same fields, the same levels, CPU time side by side.

    cargo bench --bench isolines --no-run           # prints the path of the bench binary
    python3 benches/contourpy_compare.py PATH       # runs it in turn with contourpy
    cargo bench --bench isolines | python3 benches/contourpy_compare.py     # or reads one run

Needs numpy and contourpy 1.3. Exits with 1 where counts differ or a ratio is above its bound.
"""

import ast
import statistics
import subprocess
import sys
import time

import contourpy
import numpy as np

NODES = 512
ROUNDS = 5
RUNS = 7
BOUNDS = {"rosenbrock": 0.20, "himmelblau": 0.20, "rastrigin": 0.25}

axis = np.linspace(-5.0, 5.0, NODES)
x, y = axis[np.newaxis, :], axis[:, np.newaxis]
FIELDS = {
    "rosenbrock": (1.0 - x) * (1.0 - x) + 100.0 * ((y - x * x) * (y - x * x)),
    "himmelblau": (x * x + y - 11.0) * (x * x + y - 11.0) + (x + y * y - 7.0) * (x + y * y - 7.0),
    "rastrigin": 20.0 + (x * x - 10.0 * np.cos(2 * np.pi * x)) + (y * y - 10.0 * np.cos(2 * np.pi * y)),
}


def ours(text):
    """name -> (lines, points, ms, levels)"""
    rows = (line.split("\t") for line in text.splitlines() if line.count("\t") == 4)
    return {
        name: (int(lines), int(points), float(ms), ast.literal_eval(levels))
        for name, lines, points, ms, levels in rows
    }


def theirs(field, levels):
    """(lines, points, ms)"""

    def run():
        generator = contourpy.contour_generator(
            axis, axis, field, name="serial", line_type=contourpy.LineType.Separate
        )
        return [generator.lines(level) for level in levels]

    sets = run()
    times = []
    for _ in range(RUNS):
        start = time.process_time()
        run()
        times.append((time.process_time() - start) * 1e3)
    points = sum(len(line) for lines in sets for line in lines)
    return sum(map(len, sets)), points, statistics.median(times)


def main():
    if len(sys.argv) > 1:
        command = [sys.argv[1]]
        outputs = (subprocess.run(command, check=True, capture_output=True, text=True).stdout for _ in range(ROUNDS))
    else:
        outputs = [sys.stdin.read()]
    rounds = {name: [] for name in BOUNDS}
    for output in outputs:
        for name, row in ours(output).items():
            rounds[name].append((row, theirs(FIELDS[name], row[3])))

    good = True
    print(f"contourpy {contourpy.__version__}, serial, separate lines; median of {len(rounds['rosenbrock'])} rounds")
    for name, bound in BOUNDS.items():
        if not rounds[name]:
            print(f"{name:12} missing")
            good = False
            continue
        our_ms = statistics.median(row[2] for row, _ in rounds[name])
        their_ms = statistics.median(their[2] for _, their in rounds[name])
        ratio = statistics.median(row[2] / their[2] for row, their in rounds[name])
        same = all(row[:2] == their[:2] for row, their in rounds[name])
        row, their = rounds[name][0]
        counts = f"{row[0]} lines, {row[1]} points"
        if not same:
            counts += f" but contourpy has {their[0]} and {their[1]}"
        good = good and same and ratio <= bound
        print(f"{name:12} {our_ms:7.3f} ms / {their_ms:7.2f} ms = {ratio:.3f} (bound {bound:.2f})  {counts}")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
