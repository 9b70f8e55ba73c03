#!/usr/bin/env python3
"""Random models and programs: what attest says of them, and what its checker says of that, beside definitions written a second time here.

Usage: run.py BUILD_DIRECTORY [--seed S] [--count K]

Of each subject at some lengths: the answers of `eval` on all words; `prove` against the table of the true answers, which must
hold, and against one with an answer changed, which must not; `accuracy` against a named language; `equal` and `ablate` of
models; `prove --length all`, which must be right on the words up to seven symbols. Each certificate goes to attest-check.
"""
import argparse
import itertools
import json
import pathlib
import random
import subprocess
import sys
import tempfile

from models import Model, NoValue, RandomModel
from programs import RandomBrasp, RandomCrasp

LONGEST = 4  # of words that are all compared
PARSER = argparse.ArgumentParser()
PARSER.add_argument("build", type=pathlib.Path)
PARSER.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
PARSER.add_argument("--count", type=int, default=18)
LANGUAGES = {
    "parity": lambda w: w.count("1") % 2 == 1,
    "majority": lambda w: 2 * w.count("1") > len(w),
    "first": lambda w: w[:1] == "1",
    "last": lambda w: w[-1:] == "1",
    "contains:01": lambda w: "01" in w,
    "mod:3,1": lambda w: w.count("1") % 3 == 1,
    "palindrome": lambda w: w == w[::-1],
}
AT_ALL_LENGTHS = ["parity", "majority", "first", "last", "contains:01"]
failures = []


def words(length):
    return ["".join(word) for word in itertools.product("01", repeat=length)]


def table(answers):
    """The language of one length that has just these words."""
    bits = "".join("1" if answers[word] else "0" for word in sorted(answers)).ljust(4, "0")
    return f"table:{int(bits, 2):0{len(bits) // 4}x}"


class Subject:
    """A file for attest, and what it means."""

    def __init__(self, seed, kind, folder, build):
        self.random = random.Random(f"{seed} {kind}")
        self.title, self.folder, self.build, self.number = f"seed {seed} {kind}", folder, build, 0
        self.model = None
        if kind == "model":
            text = RandomModel(self.random).text()
            self.model = Model(text)
            self.accepts, self.least = self.model.accepts, 0 if self.model.has_empty_word() else 1
            self.path = self.write("model.json", text)
        else:
            program = (RandomBrasp if kind == "brasp" else RandomCrasp)(self.random)
            self.accepts, self.least = program.accepts, 0 if kind == "brasp" else 1
            self.path = self.write(f"program.{kind}", program.text())

    def write(self, name, text):
        (self.folder / name).write_text(text)
        return self.folder / name

    def fail(self, what):
        failures.append(what)
        print(f"FAILED: {self.title}: {what}\n{self.path.read_text()}")

    def run(self, command, *options, files=None, words_in="", expected=(0, 1)):
        """The exit status and what is written; a certificate must be accepted."""
        self.number += 1
        kept = self.folder / f"certificate-{self.number}"
        arguments = [str(self.build / "src/cli/attest"), command, *map(str, files or [self.path]), *options]
        if command not in ("eval", "ablate"):
            arguments += ["--certificate", str(kept)]
        run = subprocess.run(arguments, input=words_in, capture_output=True, text=True, timeout=300, check=False)
        if run.returncode not in expected:
            self.fail(f"{' '.join(arguments[1:])}: exit status {run.returncode}: {run.stdout[:300]}{run.stderr[:300]}")
        if (kept / "manifest.json").exists():
            check = subprocess.run([self.build / "src/checker/attest-check", kept], capture_output=True, text=True, check=False)
            if check.returncode != 0:
                self.fail(f"{' '.join(arguments[1:])}: {check.stdout}{check.stderr}")
        return run.returncode, run.stdout

    def compare_length(self, length):
        try:
            answers = {word: self.accepts(word) for word in words(length)}
        except NoValue:
            return self.run("prove", "--language", "parity", "--length", str(length), expected=(2, 3))
        _, out = self.run("eval", "--words", "-", "--json", words_in="".join(f"{word}\n" for word in answers))
        for result in json.loads(out)["results"]:
            if result["answer"] != ("accept" if answers[result["word"]] else "reject"):
                self.fail(f"eval: {result}")
        one = self.random.choice(list(answers))
        for language, holds in ((table(answers), True), (table(answers | {one: not answers[one]}), False)):
            for options in ([], ["--method", "circuit"]):
                wanted = (0 if holds else 1,) + ((3,) if options else ())
                self.run("prove", "--language", language, "--length", str(length), *options, expected=wanted)
        name = self.random.choice(list(LANGUAGES))
        wrong = sum(LANGUAGES[name](word) != answers[word] for word in answers)
        _, out = self.run("accuracy", "--language", name, "--length", str(length), "--json")
        if json.loads(out)["results"][0]["wrong"]["value"] != str(wrong):
            self.fail(f"accuracy against {name} at length {length}: {wrong} are wrong, it says {out}")
        if self.model:
            self.compare_parts(length, answers)
        return None

    def compare_parts(self, length, answers):
        """Sufficient sets are enough, and each part that is needed is."""
        status, out = self.run("ablate", "--language", table(answers), "--length", str(length), "--json", expected=(0, 3))
        if status != 0:
            return
        found = json.loads(out)
        parts = {name: (int(name.split(".")[0]), int(name.split(".")[1]) if name.split(".")[1].isdigit() else "feedforward")
                 for name in found["parts"]}

        def without(names):
            return Model(self.path.read_text(), [parts[name] for name in names])

        for kept in found["sufficient"]:
            rest = [name for name in parts if name not in kept["kept"]]
            if any(without(rest).accepts(word) != answers[word] for word in answers):
                self.fail(f"ablate at length {length}: {kept['kept']} are not enough")
            for needed in kept["needs"]:
                if without([*rest, needed["part"]]).accepts(needed["word"]) == answers[needed["word"]]:
                    self.fail(f"ablate at length {length}: {needed} says nothing")

    def compare_equal(self):
        """With a model whose bias is another, and perhaps a layer less."""
        document = json.loads(self.path.read_text())
        document["readout"]["bias"] = [1, 0, 0][:len(document["readout"]["classes"])] if "classes" in document["readout"] else "1/3"
        document["layers"] = document["layers"][self.random.randrange(2):]
        other = Model(json.dumps(document))
        path = self.write("other.json", json.dumps(document))
        length = self.random.randint(self.least, LONGEST)
        try:
            same = all(self.accepts(word) == other.accepts(word) for word in words(length))
        except NoValue:
            return
        self.run("equal", "--length", str(length), files=[self.path, path], expected=(0 if same else 1,))

    def compare_all_lengths(self):
        name = self.random.choice(AT_ALL_LENGTHS)
        status, out = self.run("prove", "--language", name, "--length", "all", "--timeout", "5", expected=(0, 1, 2, 3))
        try:
            wrong = [word for n in range(self.least, 8) for word in words(n) if self.accepts(word) != LANGUAGES[name](word)]
        except NoValue:
            wrong = ["a word without an answer"]
        if status == 0 and wrong:
            self.fail(f"{out}: wrong on {wrong[0]!r}")


def main():
    options = PARSER.parse_args()
    print(f"seed {options.seed}")
    for k in range(options.count):
        with tempfile.TemporaryDirectory() as folder:
            subject = Subject(options.seed + k, ["model", "brasp", "crasp"][k % 3], pathlib.Path(folder), options.build.resolve())
            for length in sorted({subject.least, subject.random.randint(1, LONGEST), LONGEST}):
                subject.compare_length(length)
            subject.compare_all_lengths()
            if subject.model:
                subject.compare_equal()
    print(f"{options.count} subjects, {len(failures)} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
