#!/usr/bin/env python3
"""Parts of a search by the number of slots: recorded times of parts, and of joining, and a simulation with them.

Usage: jobs.py ATTEST [--cubes 8,32,128] [--parts 16384]

Each cube of a question is a part of its own, run alone by `--on part:K/P` and timed by the clock, start of the program and all;
joining is timed for each number of cubes, and grows with the proofs that are read, followed and checked: a line through these
times says what it takes for more. Then --parts parts whose times are drawn from the recorded ones (seed 0) go to S slots, each
to the first that is free, as Slurm gives tasks of an array out, and one joining follows. What Slurm itself takes is not in it.
"""
import argparse
import heapq
import os
import random
import subprocess
import tempfile
import time

QUESTION = ["threshold", "parity", "--heads", "3", "--breaks", "heads", "--from", "4", "--to", "4"]


def timed(command, folder):
    begun = time.perf_counter()
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(command)}: {done.stdout}{done.stderr}")
    return time.perf_counter() - begun


def record(attest, cubes):
    """Seconds of each part, and of joining them; bytes of all records."""
    with tempfile.TemporaryDirectory() as folder:
        question = [attest, *QUESTION, "--cubes", str(cubes), "--journal", "j"]
        parts = [timed([*question, "--on", f"part:{k + 1}/{cubes}"], folder) for k in range(cubes)]
        size = sum(entry.stat().st_size for entry in os.scandir(os.path.join(folder, "j/units")))
        return parts, timed([*question, "--on", "join"], folder), size


def makespan(times, slots):
    free = [0.0] * min(slots, len(times))
    for seconds in times:
        heapq.heapreplace(free, free[0] + seconds)
    return max(free)


def line_through(points):
    n = len(points)
    mean_x, mean_y = sum(x for x, _ in points) / n, sum(y for _, y in points) / n
    slope = sum((x - mean_x) * (y - mean_y) for x, y in points) / sum((x - mean_x) ** 2 for x, _ in points)
    return max(mean_y - slope * mean_x, 0.0), slope


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("attest")
    parser.add_argument("--cubes", default="8,32,128")
    parser.add_argument("--parts", type=int, default=16384)
    asked = parser.parse_args()
    attest = os.path.abspath(asked.attest)
    points, recorded = [], []
    print("  cubes   seconds a part: mean  least  most   records, bytes   joining, seconds")
    for cubes in map(int, asked.cubes.split(",")):
        parts, joining, size = record(attest, cubes)
        points.append((cubes, joining))
        recorded = parts
        print(f"{cubes:7}   {sum(parts) / cubes:20.3f} {min(parts):6.3f} {max(parts):5.3f} {size:16} {joining:18.3f}")
    fixed, each = line_through(points)
    draw = random.Random(0)
    times = [draw.choice(recorded) for _ in range(asked.parts)]
    joining = fixed + each * asked.parts
    alone = sum(times) + joining
    print(f"\n{asked.parts} parts, {sum(times):.0f} seconds of work; joining {joining:.1f} s ({1000 * each:.2f} ms a part)")
    print("  slots    parts, s    joining, s   all, s   times as fast   joining's share")
    for slots in (1, 2, 10, 100, 1000, 10000):
        span = makespan(times, slots)
        print(f"{slots:7} {span:11.1f} {joining:13.1f} {span + joining:8.1f} {alone / (span + joining):15.1f} {joining / (span + joining):16.0%}")
    print(f"joining takes longer than the parts beyond {sum(times) / joining:.0f} slots")


if __name__ == "__main__":
    main()
