"""The rival of `attest-benchmarks modular`: all pairs through a network that adds modulo P, in NumPy and in PyTorch, as its
owner would: float64, one thread, all pairs at once. What is computed once for all (the tables of attention) is.

modular_rival.py CHECKPOINT P: a .safetensors file in the layout of the code for "Progress measures for grokking". Prints one
JSON object: seconds by NumPy and by PyTorch (the best of three), right answers, the least margin.
"""
import json
import os
import struct
import sys
import time

for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[threads] = "1"

try:
    import numpy
except ImportError:
    print(json.dumps({"missing": "python3-numpy"}))
    sys.exit(0)
try:
    import torch
    torch.set_num_threads(1)
except ImportError:
    torch = None


def read(path):
    with open(path, "rb") as file:
        size = struct.unpack("<Q", file.read(8))[0]
        header, data = json.loads(file.read(size)), file.read()
    kinds = {"F16": "<f2", "F32": "<f4", "F64": "<f8"}
    return {name: numpy.frombuffer(data[entry["data_offsets"][0]:entry["data_offsets"][1]], kinds[entry["dtype"]])
            .reshape(entry["shape"]).astype(numpy.float64)
            for name, entry in header.items() if name != "__metadata__"}


def run(w, p, library, matrix):
    """Right answers and the least margin; the same formulas in either library."""
    w = {name: matrix(tensor) for name, tensor in w.items()}
    block = "blocks.0."
    positions = w["pos_embed.W_pos"]
    letters = w["embed.W_E"].T[:p]
    at_end = w["embed.W_E"][:, p] + positions[2]
    heads, width = w[block + "attn.W_Q"].shape[:2]
    found = []
    for h in range(heads):
        query = w[block + "attn.W_Q"][h] @ at_end
        key, value = w[block + "attn.W_K"][h].T, w[block + "attn.W_V"][h].T
        first, second = letters + positions[0], letters + positions[1]
        scale = width ** -0.5
        e0 = library.exp(first @ key @ query * scale)[:, None, None]
        e1 = library.exp(second @ key @ query * scale)[None, :, None]
        e2 = library.exp(at_end @ key @ query * scale)
        mean = (e0 * (first @ value)[:, None] + e1 * (second @ value)[None, :] + e2 * (at_end @ value)) / (e0 + e1 + e2)
        found.append(mean.reshape(p * p, width))
    x = at_end + (library.concatenate(found, 1) if library is numpy else library.cat(found, 1)) @ w[block + "attn.W_O"].T
    hidden = x @ w[block + "mlp.W_in"].T + w[block + "mlp.b_in"]
    y = x + (hidden * (hidden > 0)) @ w[block + "mlp.W_out"].T + w[block + "mlp.b_out"]
    logits = y @ w["unembed.W_U"]
    rows = library.arange(p * p)
    wanted = (rows // p + rows % p) % p
    right = logits[rows, wanted] + 0
    logits[rows, wanted] = -float("inf")
    margins = right - (logits.max(1) if library is numpy else logits.max(1).values)
    return int((margins > 0).sum()), float(margins.min())


def best(function):
    times = []
    for _ in range(3):
        start = time.process_time()
        result = function()
        times.append(time.process_time() - start)
    return min(times), result


def main():
    weights, p = read(sys.argv[1]), int(sys.argv[2])
    seconds, (right, margin) = best(lambda: run(weights, p, numpy, lambda x: x))
    result = {"numpy": seconds, "right": right, "margin": margin}
    if torch is not None:
        with torch.no_grad():
            result["torch"] = best(lambda: run(weights, p, torch, torch.tensor))[0]
    print(json.dumps(result))


main()
