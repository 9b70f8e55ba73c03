"""The rival of `attest-benchmarks programs`: a learned Transformer Program as the Python that comes with it computes it: lists
word by word, and pandas to look up and add what each variable adds to the scores.

programs_rival.py PROGRAM.json LENGTH SECONDS: a program of the form that attest reads (attest/program) with classes. Words of
the length are drawn until SECONDS have gone. The generated files test values one after the other; here a dictionary does, which
takes less. Prints one JSON object: seconds a word, and words with their answers, which the benchmark holds against its own.
"""
import json
import random
import sys
import time

try:
    import pandas
except ImportError:
    print(json.dumps({"missing": "python3-pandas"}))
    sys.exit(0)


def closest(keys, queries, selects, causal):
    rows = []
    for i, query in enumerate(queries):
        seen = keys[:i + 1] if causal else keys
        matches = [j for j, key in enumerate(seen) if selects(query, key)]
        row = [False] * len(seen)
        row[min(matches, key=lambda j: len(matches) if j == i else abs(i - j)) if matches else 0] = True
        rows.append(row)
    return rows


def all_that_match(keys, queries, selects, causal):
    return [[selects(query, key) for key in (keys[:i + 1] if causal else keys)] for i, query in enumerate(queries)]


def taken(pattern, values):
    return [[value for value, on in zip(values, row) if on][0] for row in pattern]


def summed(pattern, values):
    return [sum(value for value, on in zip(values, row) if on) for row in pattern]


def frame(output):
    """One row for each variable and value; `_` where the number itself is multiplied."""
    rows = {}
    for score in output["scores"]:
        if "times" in score:
            rows[(score["times"], "_")] = score["weights"]
        else:
            rows.update({(score["of"], value): weights for value, weights in score["weights"].items()})
    index = pandas.MultiIndex.from_tuples(rows)
    return pandas.DataFrame(list(rows.values()), index=index, columns=output["classes"], dtype=float)


class Learned:
    def __init__(self, document):
        self.document = document
        self.weights = frame(document["output"])
        self.steps = [self.step(variable) for variable in document["variables"]]

    def step(self, variable):
        name = variable["name"]
        if "attend" in variable:
            attend = variable["attend"]
            pairs = {(query, key) for query, key in attend["pairs"]}
            select = closest if attend["take"] == "nearest" else all_that_match
            take = taken if attend["take"] == "nearest" else summed
            query, key, value, causal = attend["query"], attend["key"], attend["value"], attend["mask"] == "causal"
            return name, lambda held: take(select(held[key], held[query], lambda q, k: (q, k) in pairs, causal), held[value])
        if "map" in variable:
            of, table = variable["map"]["of"], {tuple(key): value for key, value in variable["map"]["table"]}
            otherwise = variable["map"]["otherwise"]
            return name, lambda held: [table.get(key, otherwise) for key in zip(*(held[v] for v in of))]
        if "constant" in variable:
            return name, lambda held: [variable["constant"]] * len(held[""])
        if variable["input"] == "symbol":
            return name, lambda held: held[""]
        return name, lambda held: list(range(variable["first"], variable["first"] + len(held[""])))

    def run(self, word):
        begin, end = self.document.get("begin"), self.document.get("end")
        held = {"": [begin] * (begin is not None) + word + [end] * (end is not None)}
        for name, step in self.steps:
            held[name] = step(held)
        scores = []
        for score in self.document["output"]["scores"]:
            if "times" in score:
                name = score["times"]
                rows = self.weights.loc[[(name, "_") for _ in held[name]]].mul(held[name], axis=0)
            else:
                name = score["of"]
                rows = self.weights.loc[[(name, str(value)) for value in held[name]]]
            scores.append(rows)
        n = len(held[""])
        total = pandas.concat([rows.reset_index(drop=True) for rows in scores]).groupby(level=0).sum()
        classes = total.columns.to_numpy()[total.values.argmax(-1)].tolist()
        return classes[int(begin is not None):n - int(end is not None)]


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        learned = Learned(json.load(file))
    length, limit = int(sys.argv[2]), float(sys.argv[3])
    draw = random.Random(0)
    alphabet = learned.document["alphabet"]
    words, start = [], time.process_time()
    while time.process_time() - start < limit or not words:
        word = [draw.choice(alphabet) for _ in range(length)]
        words.append([word, learned.run(word)])
    print(json.dumps({"seconds": (time.process_time() - start) / len(words), "words": words}))


main()
