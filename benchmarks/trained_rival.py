"""The rival of `attest-benchmarks trained`: all words of a length through the same network in PyTorch, as its owner would.

trained_rival.py CHECKPOINT LENGTH LIMIT: reads a checkpoint (JSON, written by trained_network.cpp) and evaluates words in
batches in float64 in one thread, an encoder through torch.nn.TransformerEncoderLayer and through the same formulas written
out, a decoder, which has no module there, through its formulas, in batches of several sizes, each way for a part of LIMIT
seconds of processor time. Prints one JSON object: the words a second of the fastest way, and the first logits.
"""
import json
import statistics
import sys
import time

try:
    import torch
    from torch.nn import functional
except ImportError:
    print(json.dumps({"missing": "python3-torch"}))
    sys.exit(0)

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)


def layers(tensors, prefix):
    """Of each layer its tensors by their names in it."""
    return [{name.removeprefix(begin): value for name, value in tensors.items() if name.startswith(begin)}
            for begin in (f"{prefix}{number}." for number in range(2))]


class Modules:
    """torch.nn.TransformerEncoderLayer in evaluation mode."""

    name = "modules"

    def __init__(self, heads, tensors):
        self.layers = []
        for state in layers(tensors, "encoder.layers."):
            hidden, dimension = len(state["linear1.bias"]), len(state["norm1.bias"])
            layer = torch.nn.TransformerEncoderLayer(dimension, heads, hidden, dropout=0, batch_first=True)
            layer.load_state_dict(state)
            self.layers.append(layer.eval())

    def __call__(self, x):
        for layer in self.layers:
            x = layer(x)
        return x[:, 0]


class Formulas:
    """The same by matrix products; of the last layer only the position that is read."""

    name = "formulas"

    def __init__(self, heads, tensors):
        self.heads = heads
        self.layers = layers(tensors, "encoder.layers.")

    def attend(self, w, x, asking):
        d = x.shape[2]
        weights, biases = w["self_attn.in_proj_weight"], w["self_attn.in_proj_bias"]
        q, k, v = (functional.linear(asking if part == 0 else x, weights[part * d:(part + 1) * d],
                                     biases[part * d:(part + 1) * d])
                   .unflatten(2, (self.heads, d // self.heads)).transpose(1, 2) for part in range(3))
        mean = torch.softmax(q @ k.transpose(2, 3) * (d // self.heads) ** -0.5, 3) @ v
        return functional.linear(mean.transpose(1, 2).flatten(2), w["self_attn.out_proj.weight"],
                                 w["self_attn.out_proj.bias"])

    def __call__(self, x):
        d = x.shape[2]
        for number, w in enumerate(self.layers):
            asking = x[:, :1] if number + 1 == len(self.layers) else x
            y = functional.layer_norm(asking + self.attend(w, x, asking), (d,), w["norm1.weight"], w["norm1.bias"])
            z = functional.linear(torch.relu(functional.linear(y, w["linear1.weight"], w["linear1.bias"])),
                                  w["linear2.weight"], w["linear2.bias"])
            x = functional.layer_norm(y + z, (d,), w["norm2.weight"], w["norm2.bias"])
        return x[:, 0]


class Decoder:
    """A causal network with rotary positions, RMS norms and gates; of the last layer only the position that is read."""

    name = "formulas"

    def __init__(self, heads, tensors, n):
        self.heads = heads
        self.layers = layers(tensors, "model.layers.")
        self.final = tensors["model.norm.weight"]
        dk = len(self.final) // heads
        angles = torch.arange(n)[:, None] * 10000.0 ** (-torch.arange(0, dk, 2) / dk)
        self.cosine, self.sine = torch.cos(angles).repeat(1, 2), torch.sin(angles).repeat(1, 2)
        self.mask = torch.full((n, n), float("-inf")).triu(1)

    @staticmethod
    def norm(x, gain):
        return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + 1e-6) * gain

    def turned(self, x, first):
        half = x.shape[-1] // 2
        other = torch.cat([-x[..., half:], x[..., :half]], -1)
        return x * self.cosine[first:] + other * self.sine[first:]

    def attend(self, w, x, first):
        d = x.shape[2]
        q, k, v = (functional.linear(x[:, first:] if name == "q" else x, w[f"self_attn.{name}_proj.weight"])
                   .unflatten(2, (self.heads, d // self.heads)).transpose(1, 2) for name in "qkv")
        scores = self.turned(q, first) @ self.turned(k, 0).transpose(2, 3) * (d // self.heads) ** -0.5
        mean = torch.softmax(scores + self.mask[first:], 3) @ v
        return functional.linear(mean.transpose(1, 2).flatten(2), w["self_attn.o_proj.weight"])

    def __call__(self, x):
        for number, w in enumerate(self.layers):
            first = x.shape[1] - 1 if number + 1 == len(self.layers) else 0
            x = x[:, first:] + self.attend(w, self.norm(x, w["input_layernorm.weight"]), first)
            y = self.norm(x, w["post_attention_layernorm.weight"])
            gate, up = (functional.linear(y, w[f"mlp.{name}_proj.weight"]) for name in ("gate", "up"))
            x = x + functional.linear(functional.silu(gate) * up, w["mlp.down_proj.weight"])
        return self.norm(x[:, -1], self.final)


def main():
    with open(sys.argv[1]) as file:
        data = json.load(file)
    n, limit = int(sys.argv[2]) + 1, float(sys.argv[3])
    heads = data["heads"]
    tensors = {name: torch.tensor(t["numbers"]).reshape(t["shape"]) for name, t in data["tensors"].items()}
    if "lm_head.weight" in tensors:
        head, networks = "lm_head", [Decoder(heads, tensors, n)]
        places = tensors["model.embed_tokens.weight"].expand(n, -1, -1)
    else:
        head, networks = "head", [Modules(heads, tensors), Formulas(heads, tensors)]
        places = tensors["embed.weight"] + tensors["pos.weight"][:n, None]
    readout, bias = tensors[head + ".weight"][0], tensors[head + ".bias"][0]
    words = 2 ** (n - 1)
    bits = torch.arange(n - 2, -1, -1)

    def logits(network, first, last):
        """Of the words of these numbers, the first symbol being the highest bit."""
        numbers = torch.arange(first, last)
        symbols = torch.cat([torch.full((last - first, 1), 2), numbers[:, None] >> bits & 1], 1)
        return network(places[torch.arange(n), symbols]) @ readout + bias

    best = {"rate": 0}
    with torch.no_grad():
        for network in networks:
            for size in (64, 256, 1024, 4096):
                if size > words and size > 64:
                    continue
                logits(network, 0, min(size, words))
                times, first = [], 0
                while not times or sum(times) < limit / 8:
                    start = time.thread_time()  # that of the process goes by ticks where its time is limited
                    logits(network, first, min(words, first + size))
                    times.append(time.thread_time() - start)
                    first = (first + size) % words if size < words else 0
                rate = min(words, size) / statistics.median(times)
                if rate > best["rate"]:
                    best = {"rate": rate, "way": network.name, "batch": size}
        best["logits"] = logits(networks[0], 0, min(words, 64)).tolist()
    print(json.dumps(best))


main()
