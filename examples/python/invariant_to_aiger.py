#!/usr/bin/env python3
"""A certificate with an invariant as the pair of circuits that Certifaiger checks.

    attest prove MODEL --language L --length all --method circuit --certificate c
    python3 invariant_to_aiger.py c model.aag witness.aag

model.aag is machine.json: one step of model and language, bad where the letter that is read ends a word on which they differ (the empty
word is not asked about; what is guessed, if anything is, are inputs too). witness.aag is the same circuit; its bad state is that the model's is, or that the invariant does not hold. So
the witness is safe by induction: that it is, and that it simulates the model, is what Certifaiger asks SAT solvers (Yu, Biere, Heljanko 2021;
Froleyks, Yu, Preiner, Biere, Heljanko 2025). Its symbol table says which input and latch of the witness is which of the model.
"""
import json
import sys


class Aiger:
    """Two-input gates over inputs and latches."""

    def __init__(self, inputs, latches):
        self.inputs, self.latches, self.ands = inputs, latches, []

    def conjunction(self, literals):
        result = 1
        for literal in literals:
            if result == 0 or literal == 0:
                result = 0
            elif result == 1:
                result = literal
            elif literal != 1:
                self.ands.append((result, literal))
                result = 2 * (self.inputs + self.latches + len(self.ands))
        return result

    def parity(self, a, b):
        return self.conjunction([self.conjunction([a, b]) ^ 1, self.conjunction([a ^ 1, b ^ 1]) ^ 1])

    def gates(self, nodes, gates):
        """Appends to `nodes`, the literals of a circuit's nodes, those of its gates."""
        for kind, *fan_ins in gates:
            literals = [nodes[literal >> 1] ^ (literal & 1) for literal in fan_ins]
            nodes.append(self.parity(*literals) if kind == "xor" else self.conjunction(literals))
        return nodes

    def text(self, next_, initial, bad, constraints, symbols):
        first = self.inputs + self.latches
        lines = [f"aag {first + len(self.ands)} {self.inputs} {self.latches} 0 {len(self.ands)} 1 {len(constraints)}"]
        lines += [str(2 * (k + 1)) for k in range(self.inputs)]
        lines += [f"{2 * (self.inputs + k + 1)} {next_[k]} {initial[k]}" for k in range(self.latches)]
        lines += [str(bad)] + [str(c) for c in constraints]
        lines += [f"{2 * (first + k + 1)} {max(a, b)} {min(a, b)}" for k, (a, b) in enumerate(self.ands)]
        return "\n".join(lines + symbols) + "\n"


def letters_of(folder, inputs):
    """How many inputs are letters: all, but where heads see to the right those before the guesses."""
    with open(folder + "/manifest.json") as manifest:
        if "window" not in json.load(manifest)["evidence"]:
            return inputs
    with open(folder + "/model.json") as model:
        symbols = len(json.load(model)["alphabet"])
    return symbols if symbols > 2 else symbols - 1


def exactly_one(aiger, letters):
    """Letters are one-hot where there are three and more."""
    pairs = [aiger.conjunction([2 * (a + 1), 2 * (b + 1)]) ^ 1 for a in range(letters) for b in range(a + 1, letters)]
    none = aiger.conjunction([2 * (a + 1) + 1 for a in range(letters)])
    return [] if letters < 3 else [aiger.conjunction(pairs + [none ^ 1])]


def circuits(machine, invariant, letters):
    inputs, latches = machine["inputs"], machine["latches"]
    for witness in (False, True):
        aiger = Aiger(inputs, len(latches))
        nodes = aiger.gates([2 * k for k in range(1 + inputs + len(latches))], machine["gates"])
        literal = lambda l: nodes[l >> 1] ^ (l & 1)
        bad = literal(machine["bad"])
        symbols = []
        if witness:
            own = aiger.gates([0] + [2 * (inputs + k + 1) for k in range(len(latches))], invariant["gates"])
            holds = aiger.conjunction([own[c >> 1] ^ (c & 1) for c in invariant["conjuncts"]] + [bad ^ 1])
            bad = holds ^ 1
            symbols = [f"i{k} = {2 * (k + 1)}" for k in range(inputs)]
            symbols += [f"l{k} = {2 * (inputs + k + 1)}" for k in range(len(latches))]
        constraints = exactly_one(aiger, letters)
        yield aiger.text([literal(l["next"]) for l in latches], [l["initial"] for l in latches], bad, constraints, symbols)


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    with open(sys.argv[1] + "/machine.json") as machine, open(sys.argv[1] + "/invariant.json") as invariant:
        step = json.load(machine)
        texts = circuits(step, json.load(invariant), letters_of(sys.argv[1], step["inputs"]))
    for path, text in zip(sys.argv[2:], texts):
        with open(path, "w") as out:
            out.write(text)


if __name__ == "__main__":
    main()
