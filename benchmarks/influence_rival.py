"""The rival of `attest-benchmarks influence`: the same network in PyTorch, as a researcher would run it.

influence_rival.py NETWORK LIMIT: reads a network with one word (JSON, written by influence_table.cpp), and measures in
processor time of one thread a forward pass, a pass for each changed position, and batches of changed words. What takes
longer than LIMIT seconds is measured in part and extrapolated. Prints one JSON object.
"""
import json
import sys
import time

try:
    import torch
except ImportError:
    print(json.dumps({"missing": "python3-torch"}))
    sys.exit(0)

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)


def tensor(rows):
    return None if rows is None else torch.tensor(rows)


class Network:
    def __init__(self, data):
        self.layers = [
            {
                "heads": [{k: v if k == "scale" else tensor(v) for k, v in head.items()} for head in layer["heads"]],
                "maps": [(tensor(m["weight"]), tensor(m["bias"])) for m in layer["maps"]],
            }
            for layer in data["layers"]
        ]
        self.weight, self.bias, self.reader = tensor(data["readout"]), data["bias"], data["reader"]

    def __call__(self, x):
        for layer in self.layers:
            if layer["heads"]:
                x = x + sum(self.attend(head, x) for head in layer["heads"])
            if layer["maps"]:
                y = x
                for k, (weight, bias) in enumerate(layer["maps"]):
                    y = torch.nn.functional.linear(torch.relu(y) if k else y, weight, bias)
                x = x + y
        return x[:, self.reader] @ self.weight + self.bias

    @staticmethod
    def attend(head, x):
        v = torch.nn.functional.linear(x, head["value"])
        if head["query"] is None:
            mean = v.mean(1, keepdim=True).expand(v.shape)
        else:
            q = torch.nn.functional.linear(x, head["query"]) * head["scale"]
            k = torch.nn.functional.linear(x, head["key"])
            mean = torch.softmax(q @ k.transpose(1, 2), 2) @ v
        return torch.nn.functional.linear(mean, head["output"])


def main():
    with open(sys.argv[1]) as file:
        data = json.load(file)
    limit = float(sys.argv[2])
    network, x, changed, first = Network(data), tensor(data["tokens"]), tensor(data["changed"]), data["first"]
    n, count = x.shape[0], changed.shape[0]
    heads = max(len(layer["heads"]) for layer in data["layers"])

    def batch(positions):
        xs = x.repeat(len(positions), 1, 1)
        for row, p in enumerate(positions):
            xs[row, first + p] = changed[p]
        return network(xs)

    def run(size):
        """Seconds for all positions in batches of this size, and the logits that were computed."""
        logits, done, start = [], 0, time.process_time()
        while done < count and (done == 0 or time.process_time() - start < limit):
            logits += batch(range(done, min(count, done + size))).tolist()
            done = len(logits)
        return (time.process_time() - start) * count / done, logits

    with torch.no_grad():
        network(x[None])
        start = time.process_time()
        logit = network(x[None]).item()
        single = time.process_time() - start
        one_by_one, _ = run(1)
        batched, logits = run(max(1, min(count, 2**25 // (n * n))))
    print(json.dumps({"single": single, "logit": logit, "one_by_one": one_by_one, "batched": batched, "logits": logits}))


main()
