"""Model files as src/formats/MODEL.md defines them, sections 1 to 9, evaluated in fractions; and random ones.

What is not exact (softmax, norms, other activations than relu) and tensors are left out. Nothing here is taken from attest.
"""
import json
import math
import re
from fractions import Fraction


class NoValue(Exception):
    """What a model does on a word is not defined."""


class Expression:
    """Section 3, by recursive descent. A node is a function of what the variables are."""

    LITERAL = re.compile(r"\d+(\.\d+)?([eE][+-]?\d+)?")
    FUNCTIONS = {
        "floor": lambda x: Fraction(math.floor(x)), "ceil": lambda x: Fraction(math.ceil(x)), "abs": abs,
        "min": min, "max": max, "mod": lambda x, y: x - y * math.floor(x / y),
    }
    RELATIONS = {
        "<=": lambda a, b: a <= b, ">=": lambda a, b: a >= b, "!=": lambda a, b: a != b,
        "<": lambda a, b: a < b, ">": lambda a, b: a > b, "=": lambda a, b: a == b,
    }

    def __init__(self, text):
        self.text, self.at = text, 0
        self.value = self.sum()
        self.blanks()
        assert self.at == len(text), text

    def blanks(self):
        while self.text[self.at:self.at + 1] in (" ", "\t"):
            self.at += 1

    def take(self, token):
        self.blanks()
        found = self.text.startswith(token, self.at)
        self.at += len(token) if found else 0
        return found

    def chain(self, operand, operations):
        left = operand()
        while True:
            for sign, operation in operations.items():
                if self.take(sign):
                    right = operand()
                    left = (lambda a, b, f: lambda v: f(a(v), b(v)))(left, right, operation)
                    break
            else:
                return left

    def sum(self):
        return self.chain(self.product, {"+": lambda a, b: a + b, "-": lambda a, b: a - b})

    def product(self):
        return self.chain(self.signed, {"*": lambda a, b: a * b, "/": lambda a, b: a / b})

    def signed(self):
        if self.take("-"):
            inner = self.signed()
            return lambda v: -inner(v)
        base = self.atom()
        if not self.take("^"):
            return base
        exponent = self.signed()
        return lambda v: base(v) ** int(exponent(v))

    def atom(self):
        self.blanks()
        literal = self.LITERAL.match(self.text, self.at)
        if literal:
            self.at = literal.end()
            number = Fraction(literal.group())
            return lambda v: number
        if self.take("("):
            inner = self.sum()
            assert self.take(")")
            return inner
        if self.take("["):
            left = self.sum()
            relation = next(f for sign, f in self.RELATIONS.items() if self.take(sign))
            right = self.sum()
            assert self.take("]")
            return lambda v: Fraction(relation(left(v), right(v)))
        name = re.compile("[a-z]+").match(self.text, self.at).group()
        self.at += len(name)
        if name not in self.FUNCTIONS:
            return lambda v: Fraction(v[name])
        assert self.take("(")
        operands = [self.sum()]
        while self.take(","):
            operands.append(self.sum())
        assert self.take(")")
        return lambda v: self.FUNCTIONS[name](*(f(v) for f in operands))


def matrix(document):
    if isinstance(document, list):
        return [[Fraction(x) for x in row] for row in document]
    rows = [[Fraction(0)] * document["cols"] for _ in range(document["rows"])]
    for row, column, number in document["entries"]:
        rows[row][column] = Fraction(number)
    return rows


def affine(document, x):
    with_bias = isinstance(document, dict) and "weight" in document
    rows = matrix(document["weight"] if with_bias else document)
    bias = document.get("bias", [0] * len(rows)) if with_bias else [0] * len(rows)
    return [sum((w * v for w, v in zip(row, x)), Fraction(b)) for row, b in zip(rows, bias)]


def plus(x, y):
    return [a + b for a, b in zip(x, y)]


def sees(mask, i, j):
    return {"none": True, "causal": j <= i, "strict": j < i, "future": j >= i, "strict-future": j > i}[mask]


def weights(kind, tie, scores):
    """How much each of the positions that are seen counts."""
    if kind == "sparsemax":
        falling = sorted(scores, reverse=True)
        threshold = max((sum(falling[:k]) - 1) / k for k in range(1, len(falling) + 1))
        return [max(Fraction(0), s - threshold) for s in scores]
    best = [k for k, s in enumerate(scores) if s == max(scores)]
    if kind == "hard":
        best = [best[0] if tie == "left" else best[-1]]
    return [Fraction(k in best, len(best)) for k in range(len(scores))]


class Model:
    def __init__(self, text, without=()):
        """without: parts whose last map is 0, as (layer, head) or (layer, "feedforward"), counted from 1."""
        self.document = json.loads(text, parse_float=Fraction)
        self.without = set(without)
        self.expressions = {}

    def number(self, document, **variables):
        if not isinstance(document, str):
            return Fraction(document)
        if document not in self.expressions:
            self.expressions[document] = Expression(document).value
        try:
            return self.expressions[document](variables)
        except ZeroDivisionError as error:
            raise NoValue(document) from error

    def has_empty_word(self):
        return bool(self.document.get("begin") or self.document.get("end"))

    def vectors(self, word):
        m = self.document
        frame = [m["begin"]] if m.get("begin") else [], [m["end"]] if m.get("end") else []
        sequence = frame[0] + list(word) + frame[1]
        n = len(sequence)
        y = [[Fraction(x) for x in m["embedding"][symbol]] for symbol in sequence]
        if "position" in m:
            y = [plus(v, [self.number(e, i=i, n=n) for e in m["position"]]) for i, v in enumerate(y, 1)]
        for number, layer in enumerate(m["layers"], 1):
            for _ in range(int(self.number(layer.get("repeat", 1), n=n))):
                if "attention" in layer:
                    y = self.attend(layer["attention"], number, y)
                if "feedforward" in layer:
                    y = [self.feed(layer["feedforward"], number, v) for v in y]
        return y

    def attend(self, part, layer, y):
        n = len(y)
        z = [[Fraction(0)] * len(y[0]) for _ in y]
        for h, head in enumerate(part["heads"], 1):
            if (layer, h) in self.without:
                continue
            mask = head.get("mask", part.get("mask", "none"))
            tie = head.get("tie", part.get("tie", "left"))
            values = [affine(head["value"], v) for v in y]
            queries = [affine(head["query"], v) if "query" in head else [] for v in y]
            keys = [affine(head["key"], v) if "key" in head else [] for v in y]
            scale = self.number(part.get("scale", 1), n=n, dk=len(queries[0])) if "query" in head else Fraction(1)
            for i in range(n):
                seen = [j for j in range(n) if sees(mask, i, j)]
                if not seen:
                    continue
                scores = [scale * sum(a * b for a, b in zip(queries[i], keys[j])) +
                          self.number(head.get("bias", 0), i=i + 1, j=j + 1, n=n) for j in seen]
                shares = weights(part["kind"], tie, scores)
                mean = [sum(w * values[j][r] for w, j in zip(shares, seen)) for r in range(len(values[0]))]
                z[i] = plus(z[i], affine(head["output"], mean))
        return [plus(a, b) for a, b in zip(y, z)] if part.get("residual", True) else z

    def feed(self, part, layer, v):
        x = v
        slope = Fraction(part.get("slope", 0)) if part.get("activation") == "leaky-relu" else Fraction(0)
        for k, each in enumerate(part["maps"]):
            x = affine(each, x if k == 0 else [a if a >= 0 else slope * a for a in x])
        if (layer, "feedforward") in self.without:
            x = [Fraction(0)] * len(v)
        return plus(x, v) if part.get("residual", True) else x

    def logits(self, word):
        """One score, or a logit for each class."""
        y = self.vectors(word)
        readout = self.document["readout"]
        where = {"first": 1, "last": -1}.get(readout["position"], readout["position"])
        if where in ("mean", "sum"):
            v = [sum(column) / (len(y) if where == "mean" else 1) for column in zip(*y)]
        else:
            v = y[where - 1] if where > 0 else y[where]
        if "classes" in readout:
            return affine({"weight": readout["weight"], "bias": readout.get("bias", [0] * len(readout["classes"]))}, v)
        return [affine([readout["weight"]], v)[0] + self.number(readout["bias"], n=len(y))]

    def accepts(self, word):
        logits = self.logits(word)
        readout = self.document["readout"]
        if "classes" not in readout:
            return logits[0] > 0
        return readout["classes"][logits.index(max(logits))] in readout["accept"]


class RandomModel:
    """Small models in which anything may stand that is exact."""

    BIASES = ["0", 0, "j", "-j", "mod(j,2)", "[j=i-1]", "min(i,j)/2", "[j<i]", "(-1)^j", "-abs(i-j)", "i*j/n", "-2^2", "floor(j/2)",
              "mod(i+j,3)", "1/j", "[j != i] - [i >= j]", "2^(-j)", "ceil(j/2)-1", "max(j,2)", "0*j"]
    POSITIONS = ["0", "i", "mod(i,2)", "(-1)^i", "1/i", "n-i", "[i=1]", "[i=n]", "i/n", "mod(i,3)-1"]
    MASKS = ["none", "causal", "strict", "future", "strict-future"]

    def __init__(self, random):
        self.random = random
        self.version = random.choice([1, 2])

    def chance(self, p):
        return self.random.random() < p

    def numbers(self, count, p=0.6):
        choices = [1, -1, 2, -2, "1/2", "-1/2", 3, 0.5, "1/3"]
        return [self.random.choice(choices) if self.chance(p) else 0 for _ in range(count)]

    def map(self, rows, columns):
        weight = [self.numbers(columns) for _ in range(rows)]
        if self.chance(0.15):
            weight = {"rows": rows, "cols": columns, "entries": [[rows - 1, 0, "2/3"]]}
        return {"weight": weight, "bias": self.numbers(rows)} if self.chance(0.4) else weight

    def head(self, d):
        keys, values = self.random.randint(1, 2), self.random.randint(1, 2)
        head = {"value": self.map(values, d), "output": self.map(d, values)}
        if self.chance(0.75):
            head |= {"query": self.map(keys, d), "key": self.map(keys, d)}
        if self.chance(0.5):
            head["bias"] = self.random.choice(self.BIASES)
        if self.version == 2 and self.chance(0.2):
            head |= {"mask": self.random.choice(self.MASKS), "tie": self.random.choice(["left", "right"])}
        return head

    def layer(self, d):
        layer = {}
        if self.chance(0.85):
            kinds = ["hard", "hard", "average"] + ["sparsemax"] * (self.version - 1)
            layer["attention"] = {"kind": self.random.choice(kinds), "mask": self.random.choice(self.MASKS),
                                  "tie": self.random.choice(["left", "right"]), "residual": self.chance(0.7),
                                  "heads": [self.head(d) for _ in range(self.random.choice([0, 1, 1, 1, 2]))]}
            if self.chance(0.3):
                layer["attention"]["scale"] = self.random.choice(["2", "1/n", "n", "dk", 3])
        if self.chance(0.5):
            hidden = self.random.randint(1, 3)
            layer["feedforward"] = {"maps": [self.map(hidden, d), self.map(d, hidden)], "residual": self.chance(0.7)}
            if self.version == 2 and self.chance(0.2):
                layer["feedforward"] |= {"activation": "leaky-relu", "slope": self.random.choice([0, "1/2", 1, 0.25])}
        if self.version == 2 and self.chance(0.12):
            layer["repeat"] = self.random.choice([0, 1, 2, "mod(n,3)"])
        return layer

    def readout(self, d):
        readout = {"position": self.random.choice(["first", "last", "last", -1, 1]), "weight": self.numbers(d, 0.9),
                   "bias": self.random.choice([0, 1, -1, "1/2", "-1/2", 0.25])}
        if self.version == 2 and self.chance(0.2):
            readout["position"] = self.random.choice(["mean", "sum"])
        if self.version == 2 and self.chance(0.2):
            readout["bias"] = self.random.choice(["n", "1-n/2", "mod(n,2)-1/2"])
        elif self.version == 2 and self.chance(0.3):
            classes = ["x", "y", "z"][:self.random.randint(2, 3)]
            readout |= {"weight": [self.numbers(d, 0.9) for _ in classes], "bias": self.numbers(len(classes)), "classes": classes,
                        "accept": self.random.sample(classes, self.random.randint(1, len(classes) - 1))}
        return readout

    def text(self):
        d = self.random.randint(1, 3)
        document = {"format": "attest/model", "version": self.version, "alphabet": ["0", "1"], "dimension": d}
        for key, symbol in (("begin", "<b>"), ("end", "$")):
            if self.chance(0.35):
                document[key] = symbol
        symbols = ["0", "1"] + [document[key] for key in ("begin", "end") if key in document]
        document["embedding"] = {symbol: self.numbers(d, 0.8) for symbol in symbols}
        if self.chance(0.5):
            document["position"] = [self.random.choice(self.POSITIONS) if self.chance(0.6) else "0" for _ in range(d)]
        document["layers"] = [self.layer(d) for _ in range(self.random.choice([0, 1, 1, 2, 2]))]
        document["readout"] = self.readout(d)
        return json.dumps(document)
