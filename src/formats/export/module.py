"""A model of attest as a module of PyTorch, in binary64: the document beside this file says what is computed, the safetensors
file with which numbers. Written by `attest export MODEL --to torch`; it needs torch and nothing else.

    python3 FILE.py 0110 011          the answer and the logits for each word
    model = Model(soft=10.0)          hard choices by softmax of 10 · score, so that scores have gradients
    model(word).backward() …          train as any module; every array is a parameter
    model.save()                      the numbers back into the safetensors file: attest reads the document again

Scores that differ by less than `Model.tie` are equal where the greatest one is asked for, since binary64 rounds.
"""
import json, math, pathlib, re, struct, sys

import torch

SIZES = {"F64": torch.float64, "F32": torch.float32}


def read_tensors(path):
    data = pathlib.Path(path).read_bytes()
    size = struct.unpack("<Q", data[:8])[0]
    tensors = {}
    for name, of in json.loads(data[8:8 + size]).items():
        if name != "__metadata__":
            first, last = (8 + size + k for k in of["data_offsets"])
            flat = torch.frombuffer(bytearray(data[first:last]) or bytearray(8), dtype=SIZES[of["dtype"]])
            tensors[name] = flat[:math.prod(of["shape"])].reshape(of["shape"]).to(torch.float64)
    return tensors


def write_tensors(path, tensors):
    header, body = {}, b""
    for name, tensor in tensors.items():
        flat = tensor.detach().flatten().tolist()
        header[name] = {"dtype": "F64", "shape": list(tensor.shape), "data_offsets": [len(body), len(body) + 8 * len(flat)]}
        body += struct.pack(f"<{len(flat)}d", *flat)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    pathlib.Path(path).write_bytes(struct.pack("<Q", len(text)) + text + body)


class Formula:
    """An expression in i, j, n and dk, on tensors."""
    tokens = re.compile(r"\s*([0-9]+\.?[0-9]*(?:[eE][-+]?[0-9]+)?|\.[0-9]+|[a-z]+|<=|>=|!=|.)")
    functions = {"floor": torch.floor, "ceil": torch.ceil, "abs": torch.abs, "min": torch.minimum, "max": torch.maximum,
                 "mod": torch.remainder, "sqrt": torch.sqrt, "log": torch.log, "exp": torch.exp, "sin": torch.sin,
                 "cos": torch.cos}
    signs = {"<": torch.lt, "<=": torch.le, "=": torch.eq, "!=": torch.ne, ">=": torch.ge, ">": torch.gt}

    def __init__(self, text):
        self.text = str(text)

    def __call__(self, **variables):
        self.left = self.tokens.findall(self.text.strip())
        self.variables = {k: torch.as_tensor(v, dtype=torch.float64) for k, v in variables.items()}
        return self.sum()

    def take(self, *signs):
        return self.left.pop(0) if self.left and self.left[0] in signs else None

    def sum(self):
        value = self.product()
        while sign := self.take("+", "-"):
            value = value + self.product() if sign == "+" else value - self.product()
        return value

    def product(self):
        value = self.signed()
        while sign := self.take("*", "/"):
            value = value * self.signed() if sign == "*" else value / self.signed()
        return value

    def signed(self):
        return -self.signed() if self.take("-") else self.power()

    def power(self):
        base = self.atom()
        return torch.pow(base, self.signed()) if self.take("^") else base

    def atom(self):
        token = self.left.pop(0)
        if token == "(":
            value = self.sum()
        elif token == "[":
            value = self.sum()
            value = self.signs[self.left.pop(0)](value, self.sum()).to(torch.float64)
        elif token in self.functions:
            self.left.pop(0)
            arguments = [self.sum()]
            while self.take(","):
                arguments.append(self.sum())
            value = self.functions[token](*arguments)
        elif token in self.variables:
            return self.variables[token]
        else:
            return torch.tensor(math.pi if token == "pi" else float(token), dtype=torch.float64)
        self.left.pop(0)  # the closing bracket
        return value


ACTIVATIONS = {"relu": torch.relu, "tanh": torch.tanh, "sigmoid": torch.sigmoid, "silu": torch.nn.functional.silu,
               "gelu": torch.nn.functional.gelu, "gelu-tanh": lambda x: torch.nn.functional.gelu(x, approximate="tanh")}


class Model(torch.nn.Module):
    tie = 1e-9

    def __init__(self, path=None, soft=None):
        """`soft`: what scores of hard and average attention are multiplied by under a softmax; None: as they are."""
        super().__init__()
        self.path, self.soft = pathlib.Path(path or __file__).with_suffix(".json"), soft
        self.document = json.loads(self.path.read_text())
        for name, tensor in read_tensors(self.path.with_name(self.document["tensors"])).items():
            self.register_parameter(name.replace(".", "_"), torch.nn.Parameter(tensor))

    def save(self):
        names = read_tensors(self.path.with_name(self.document["tensors"]))
        write_tensors(self.path.with_name(self.document["tensors"]), {k: getattr(self, k.replace(".", "_")) for k in names})

    def array(self, of):
        if isinstance(of, dict) and "tensor" in of:
            return getattr(self, of["tensor"].replace(".", "_"))
        if isinstance(of, dict):  # a matrix without rows or columns
            return torch.zeros(of["rows"], of["cols"], dtype=torch.float64)
        return Formula(of)()

    def affine(self, map, y):
        if "weight" not in map:
            return y @ self.array(map).T
        return y @ self.array(map["weight"]).T + self.array(map["bias"])

    def norm(self, of, y):
        eps = self.array(of["eps"])
        if of.get("kind") != "rms":
            y = y - y.mean(-1, keepdim=True)
        y = y / torch.sqrt((y * y).mean(-1, keepdim=True) + eps)
        return y * self.array(of["gain"]) + self.array(of.get("bias", 0))

    def part(self, of, y, compute):
        norm = of.get("norm")
        out = compute(self.norm(norm, y) if norm and norm["placement"] == "pre" else y)
        out = out + y if of.get("residual", True) else out
        return self.norm(norm, out) if norm and norm["placement"] == "post" else out

    def rotated(self, rotary, x):
        angles = torch.arange(len(x), dtype=torch.float64).unsqueeze(1) + self.array(rotary["first"])
        t = torch.arange(rotary["dims"] // 2, dtype=torch.float64)
        angles = angles / self.array(rotary["factor"]) * self.array(rotary["base"]) ** (-2 * t / rotary["dims"])
        half = rotary["pairing"] == "half"
        a = torch.arange(len(t)) if half else 2 * torch.arange(len(t))
        b = a + (len(t) if half else 1)
        x = x.clone()
        x[:, a], x[:, b] = (x[:, a] * angles.cos() - x[:, b] * angles.sin(), x[:, a] * angles.sin() + x[:, b] * angles.cos())
        return x

    def weights(self, kind, tie, scores, seen):
        """Of each key position, by query position: rows where nothing is seen are 0."""
        scores = scores.masked_fill(~seen, -math.inf)
        some = seen.any(-1, keepdim=True)
        if kind == "softmax" or (self.soft is not None and kind in ("hard", "average")):
            scores = scores * (1.0 if kind == "softmax" else self.soft)
            return torch.where(some, torch.softmax(torch.where(some, scores, 0.0), -1), 0.0)
        if kind == "sparsemax":
            sorted, _ = torch.sort(scores, -1, descending=True)
            count = torch.arange(1, scores.shape[-1] + 1, dtype=torch.float64)
            above = torch.where(sorted > -math.inf, 1 + count * sorted > sorted.cumsum(-1), False)
            k = above.sum(-1, keepdim=True).clamp(min=1)
            tau = (sorted.cumsum(-1).gather(-1, k - 1) - 1) / k
            return torch.where(some, torch.relu(scores - tau), 0.0)
        greatest = scores.amax(-1, keepdim=True)
        best = seen & (scores >= greatest - self.tie * torch.clamp(greatest.abs(), min=1.0))
        if kind == "hard":
            order = best.to(torch.int64).cumsum(-1)
            best = best & (order == (1 if tie == "left" else order[:, -1:]))
        best = best.to(torch.float64)
        return best / best.sum(-1, keepdim=True).clamp(min=1.0)

    def attention(self, of, y):
        n = len(y)
        i, j = torch.arange(1, n + 1).unsqueeze(1), torch.arange(1, n + 1).unsqueeze(0)
        masks = {"none": i == i + 0 * j, "causal": j <= i, "strict": j < i, "future": j >= i, "strict-future": j > i}
        total = torch.zeros_like(y)
        for head in of["heads"]:
            scores = Formula(head["bias"])(i=i, j=j, n=n) + torch.zeros(n, n, dtype=torch.float64)
            if "query" in head:
                q, k = self.affine(head["query"], y), self.affine(head["key"], y)
                if "rotary" in of:
                    q, k = self.rotated(of["rotary"], q), self.rotated(of["rotary"], k)
                scores = scores + Formula(of["scale"])(n=n, dk=q.shape[-1]) * (q @ k.T)
            seen = masks[head.get("mask", of["mask"])]
            weights = self.weights(of["kind"], head.get("tie", of["tie"]), scores, seen)
            out = self.affine(head["output"], weights @ self.affine(head["value"], y))
            total = total + torch.where(seen.any(-1, keepdim=True), out, 0.0)
        return total

    def feedforward(self, of, y):
        act = ACTIVATIONS.get(of.get("activation", "relu"))
        if act is None:
            act = lambda x: torch.nn.functional.leaky_relu(x, float(self.array(of["slope"])))
        if "gate" in of:
            return self.affine(of["maps"][1], act(self.affine(of["gate"], y)) * self.affine(of["maps"][0], y))
        for k, map in enumerate(of["maps"]):
            y = self.affine(map, act(y) if k else y)
        return y

    def positions(self, n):
        position = self.document.get("position", [])
        if isinstance(position, dict):
            first = position["first"]
            return self.array(position["table"])[1 - first:n + 1 - first]
        i = torch.arange(1, n + 1)
        zero = torch.zeros(n, dtype=torch.float64)
        return torch.stack([Formula(e)(i=i, n=n) + zero for e in position], -1) if position else 0.0

    def forward(self, word):
        """Logits of the classes, or the one score: [classes], with a row for each position of the word where each is read.
        A word is a text of one character a symbol, or a list of symbols."""
        of, whole = self.document, self.document.get("norm", {})
        begin, end = ([of[marker]] if marker in of else [] for marker in ("begin", "end"))
        sequence = begin + list(word) + end
        n, rows = len(sequence), of["embedding"]["rows"]
        y = self.array(of["embedding"]["matrix"])[[rows[s] for s in sequence]] + self.positions(n)
        y = self.norm(whole["embedding"], y) if "embedding" in whole else y
        for layer in of["layers"]:
            for _ in range(int(Formula(layer.get("repeat", 1))(n=n))):
                if "attention" in layer:
                    y = self.part(layer["attention"], y, lambda x: self.attention(layer["attention"], x))
                if "feedforward" in layer:
                    y = self.part(layer["feedforward"], y, lambda x: self.feedforward(layer["feedforward"], x))
        y = self.norm(whole["final"], y) if "final" in whole else y
        readout = of["readout"]
        place = readout["position"]
        if place == "each":
            y = y[len(begin):n - len(end)]
        elif place in ("mean", "sum"):
            y = y.mean(0) if place == "mean" else y.sum(0)
        else:
            place = {"first": 1, "last": -1}.get(place, place)
            y = y[place - 1 if place > 0 else place]
        weight, bias = self.array(readout["weight"]), readout.get("bias", 0)
        return y @ (weight.T if weight.dim() == 2 else weight) + (self.array(bias) if isinstance(bias, dict) else Formula(bias)(n=n))

    def answer(self, logits):
        """accept or reject, or the class at each position that is read."""
        readout = self.document["readout"]
        if "classes" not in readout:
            return "accept" if float(logits) > 0 else "reject"
        names = [readout["classes"][k] for k in logits.reshape(-1, len(readout["classes"])).argmax(-1)]
        if "accept" in readout:
            return "accept" if names[0] in readout["accept"] else "reject"
        return " ".join(names)


if __name__ == "__main__":
    model = Model()
    several = any(len(s) > 1 for s in model.document["alphabet"])
    with torch.no_grad():
        for word in sys.argv[1:]:
            logits = model(word.split() if several else word)
            print(word, model.answer(logits), *(repr(x) for x in logits.flatten().tolist()))
