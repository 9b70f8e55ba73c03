#!/usr/bin/env python3
"""Holds what attest writes, and files of the examples, against src/formats/schemas and src/record/output.json, and damaged ones too.

Usage: validate.py BUILD_DIRECTORY
A damaged document must be refused by the schema: each member that a schema requires is taken out, each value is
replaced by one of another type, an unknown key is put into each object that allows none.
"""
import copy
import json
import pathlib
import subprocess
import sys
import tempfile

try:
    import jsonschema
except ImportError:
    print("skipped: python3-jsonschema is not installed")
    sys.exit(77)

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCHEMAS = {path.stem: json.loads(path.read_text()) for path in [*(ROOT / "src/formats/schemas").glob("*.json"), ROOT / "src/record/output.json"]}
VALIDATORS = {name: jsonschema.Draft202012Validator(schema) for name, schema in SCHEMAS.items()}
BUILD = pathlib.Path(sys.argv[1]).resolve()
ATTEST = str(BUILD / "src/cli/attest")
failures = []


def fail(message):
    failures.append(message)
    print("FAILED:", message)


def valid(name, document, what):
    """Says the first fault where there is one."""
    error = jsonschema.exceptions.best_match(VALIDATORS[name].iter_errors(document))
    if error:
        fail(f"{what}: {'/'.join(map(str, error.absolute_path))}: {error.message[:200]}")
    return error is None


def refused(name, document, what):
    if VALIDATORS[name].is_valid(document):
        fail(f"{what}: the schema accepts it")


def run(*arguments):
    return subprocess.run([ATTEST, *arguments], capture_output=True, text=True, timeout=300, check=False)


def output(*arguments, statuses=(0,)):
    done = run(*arguments, "--json")
    if done.returncode not in statuses:
        fail(f"{arguments}: status {done.returncode}: {done.stderr.strip()}")
        return None
    document = json.loads(done.stdout)
    valid("output", document, " ".join(arguments))
    return document


def without(document, path):
    changed = copy.deepcopy(document)
    parent = changed
    for key in path[:-1]:
        parent = parent[key]
    del parent[path[-1]]
    return changed


def replaced(document, path, value):
    changed = copy.deepcopy(document)
    parent = changed
    for key in path[:-1]:
        parent = parent[key]
    parent[path[-1]] = value
    return changed


def damage(name, document, required, typed):
    """Each path of `required` taken out, each of `typed` made an object that fits nowhere."""
    for path in required:
        refused(name, without(document, path), f"{name} without {path}")
    for path in typed:
        refused(name, replaced(document, path, {"no": "value"}), f"{name} with another {path}")


def models(folder):
    names = [model["name"] for model in json.loads(run("zoo", "list", "--json").stdout)["models"]]
    whole = None
    for name in names:
        path = folder / "model.json"
        if run("zoo", "export", name, "-o", str(path)).returncode != 0:
            continue  # a family that needs a number
        document = json.loads(path.read_text())
        valid("model", document, f"zoo:{name}")
        if document["layers"] and "attention" in document["layers"][0] and document.get("end"):
            whole = document
    head = ["layers", 0, "attention", "heads", 0]
    damage("model", whole,
           [["format"], ["version"], ["alphabet"], ["dimension"], ["embedding"], ["layers"], ["readout"], ["readout", "bias"],
            ["readout", "weight"], ["readout", "position"], ["layers", 0, "attention", "kind"], ["layers", 0, "attention", "heads"],
            head + ["value"], head + ["output"]],
           [["format"], ["version"], ["name"], ["cite"], ["alphabet"], ["end"], ["dimension"], ["layers"], ["readout"],
            ["layers", 0, "attention", "mask"], ["layers", 0, "attention", "residual"], head + ["bias"], head + ["value"]])
    for path in [[], ["readout"], ["layers", 0], ["layers", 0, "attention"], head]:
        refused("model", replaced(whole, path + ["unknown"], 1), f"model with an unknown key at {path}")
    for number in ["1e-5", "01", "1/0", "1 / 2", None, [1]]:
        refused("model", replaced(whole, ["readout", "bias"], number), f"model with the bias {number}")


def outputs(folder):
    certificates = str(folder / "proved")
    proved = output("prove", "zoo:first", "--language", "first", "--length", "1..2", "--certificate", certificates)
    refuted = output("prove", "zoo:first", "--language", "parity", "--length", "2", statuses=(1,))
    for language, status in (("first", 0), ("last", 1)):
        output("prove", "zoo:first", "--language", language, "--length", "all", statuses=(status,))
    output("prove", "zoo:chiang-cholak-parity", "--language", "parity", "--length", "2")
    output("check", certificates)
    evaluated = output("eval", "zoo:first", "--word", "10", "", "--trace")
    output("eval", "zoo:chiang-cholak-parity", "--word", "01")
    measured = output("measure", "zoo:first", "--length", "3")
    restricted = output("restrict", "zoo:palindrome", "--length", "4")
    influenced = output("influence", "zoo:chiang-cholak-parity", "--lengths", "2,3")
    searched = output("threshold", "parity", "--layers", "1", "--heads", "2", "--certificate", str(folder / "searched"))
    output("language", "zoo:tomita-4", "-o", str(folder / "t4.json"), "-o", str(folder / "t4.ltl"), "--certificate", str(folder / "t4"))
    output("equal", "zoo:first", "zoo:first", "--length", "all")
    output("equal", "zoo:first", "zoo:last", "--length", "all", statuses=(1,))
    output("classify", "regex:(ab|bba)*")
    output("classify", "parity")
    formula = folder / "parity.foc"
    output("build", "parity", "--kind", "foc", "-o", str(formula), "--certificate", str(folder / "formula"))
    for language, length, status in (("parity", "all", 0), ("parity", "0..3", 0), ("even", "all", 1)):
        output("prove", str(formula), "--language", language, "--length", length, "--certificate", str(folder / f"{language}-{status}-{len(length)}"),
               statuses=(status,))
    output("classify", "--census", "2", "--letters", "2")
    job = str(folder / "job")
    output("classify", "--census", "2", "--letters", "2", "--on", "local", "--parts", "3", "--journal", job)
    output("jobs", "list", str(folder))
    output("jobs", "show", job)
    output("layers", "nested:1")
    output("invariance", "zoo:uniform-majority", "--language", "parity", "--certificate", str(folder / "invariant"))
    output("invariance", "zoo:first", "--certificate", str(folder / "not-invariant"))
    maximum = str(ROOT / "examples" / "max4.safetensors")
    for proof in ("brute", "cubic"):
        output("maxof", maximum, "--length", "2", "--proof", proof, "--certificate", str(folder / f"maximum-{proof}"))
    output("build", "nested:1", "-o", str(folder / "built.json"))
    output("build", "nested:1", "-o", str(folder / "built-2.json"), "--length", "0..2")
    output("build", "nested:1", "--kind", "crasp", "-o", str(folder / "built.crasp"))
    output("prove", str(folder / "built.crasp"), "--language", "nested:1", "--length", "all",
           "--certificate", str(folder / "by-counts"))
    machine = "bb:1RB1LB_1LA1RH"
    output("machine", "run", machine, "--trace")
    output("machine", "export", machine)
    output("machine", "prove", machine, "--certificate", str(folder / "simulated"))
    output("machine", "prove", machine, "--length", "0", "--steps", "9", "--certificate", str(folder / "simulated-a-while"))
    output("machine", "float", machine)
    program = folder / "program.json"
    program.write_text('{"format": "attest/subleq", "version": 1, "scratch": 4, "bits": 11, "memory": [0, 0, 1, -1],'
                       ' "commands": [[2, 2, 4], [3, 0, 2], [1, 1, 3], [1, 1, 3], [1, 1, 3], [1, 1, 2], [1, 1, 3], [1, 1, 3]]}')
    output("machine", "run", str(program), "--temperature", "20", "--trace")
    output("machine", "prove", str(program), "--certificate", str(folder / "loops"))
    output("machine", "prove", str(program), "--temperature", "10", "--certificate", str(folder / "loops-wrong"), statuses=(1,))
    output("threshold", "parity", "--softmax", "--heads", "2")
    output("threshold", "--census", "2")
    output("threshold", "--census", "5", "--timeout", "0.5", statuses=(3,))
    output("threshold", "--census", "5", "--certificate", str(folder / "all-functions"))
    output("threshold", "--measure", "average-sensitivity", "--length", "2")
    output("threshold", "parity", "--least", "--length", "2", "--certificate", str(folder / "least"))
    compiled = output("compile", "zoo:first", "--length", "3")
    output("compile", "zoo:first", "--language", "first", "--length", "all", "-o", str(folder / "first.aag"))
    checkpoint = str(ROOT / "examples" / "parity4.pt")
    imported = output("import", checkpoint, "--set", "heads=2", "--set", "activation=relu", "--alphabet", "01", "--begin", "<s>=2",
                      "--read", "first", "--accept", "1", "-o", str(folder / "imported.json"))
    valid("model", json.loads((folder / "imported.json").read_text()), "an imported model")
    output("import", checkpoint, "--list")
    same = output("equal", "zoo:first", "zoo:first", "--length", "1..2", "--certificate", str(folder / "same"))
    different = output("equal", "zoo:first", "zoo:last", "--length", "2", "--certificate", str(folder / "different"), statuses=(1,))
    for name, of_b in (("p", "y"), ("q", "z")):
        (folder / f"{name}.json").write_text(json.dumps({
            "format": "attest/program", "version": 1, "alphabet": ["a", "b"],
            "variables": [{"name": "t", "input": "symbol"},
                          {"name": "m", "map": {"of": ["t"], "table": [[["a"], "x"], [["b"], of_b]]}}],
            "output": {"positions": "word", "value": "m"}}))
    output("equal", str(folder / "p.json"), str(folder / "q.json"), "--length", "1..2", statuses=(1,))
    output("equal", "zoo:chiang-cholak-parity", "zoo:parity-tree-1-1", "--length", "1", "--certificate", str(folder / "soft"))
    counted = output("accuracy", "zoo:first", "--language", "last", "--length", "0..3", "--list", "4", "--certificate", str(folder / "counted"))
    output("accuracy", "zoo:first", "--language", "contains:1", "--length", "5", "--method", "circuit", "--certificate", str(folder / "listed"))
    output("accuracy", "zoo:chiang-cholak-parity", "--language", "first", "--length", "3", "--certificate", str(folder / "enclosed"))
    output("accuracy", "zoo:first", "--language", "last", "--length", "40", "--method", "sample")
    ablated = output("ablate", "zoo:chiang-cholak-first", "--language", "first", "--length", "3", "--certificate", str(folder / "ablated"))
    output("ablate", "zoo:first", "--same", "--length", "3", "--certificate", str(folder / "ablated-same"))
    for number, options in enumerate((["--mean"], ["--mean-by-position"], ["--robust", "1/8"], ["--invariant", "1,3"])):
        output("ablate", "zoo:chiang-cholak-first", "--language", "first", "--length", "3", *options, "--certificate", str(folder / f"ablated-{number}"))
    output("ablate", "zoo:chiang-cholak-parity", "--language", "parity", "--length", "2", "--edges", "--certificate", str(folder / "ablated-edges"))
    output("ablate", "zoo:palindrome", "--language", "palindrome", "--length", "4", "--method", "solver")
    output("ablate", "zoo:rasp-hist", "--task", "hist", "--length", "3", "--certificate", str(folder / "ablated-program"))
    for arguments in (["languages"], ["zoo", "list"], ["zoo", "show", "first"], ["cite", "hahn2020theoretical"], ["manual", "model-format"]):
        output(*arguments)
    output("archive", str(folder / "different"), "-o", str(folder / "paper.tar"))
    output("cite", str(folder / "different"))
    output("doctor", statuses=(0, 3))
    result = ["results", 0]
    damage("output", proved, [["command"], ["version"], ["results"], result + ["length"], result + ["verdict"], result + ["evidence"], result + ["seconds"]],
           [["results"], result + ["verdict"], result + ["length"], result + ["evidence"]])
    damage("output", refuted, [result + ["counterexample"], result + ["expected"], result + ["actual"]], [result + ["counterexample"]])
    damage("output", evaluated, [result + ["word"], result + ["answer"], result + ["score"]], [result + ["answer"], result + ["score"]])
    damage("output", measured, [["sensitivity", "value"], ["degree", "guarantee"]], [["degree", "guarantee"]])
    damage("output", restricted, [["free"], ["fixed"], ["constant"], ["optimal"]], [["free"], ["fixed"], ["constant"]])
    damage("output", influenced, [result + ["reached"], result + ["certified"], ["exponent"]], [result + ["length"]])
    damage("output", searched, [["found"], ["impossible"], ["lengths"], ["lengths", 0, "answer"]], [["found"], ["lengths", 0, "answer"]])
    damage("output", imported, [["container"], ["model", "version"], ["source", "sha256"]], [["family"], ["assumed"], ["against"]])
    damage("output", same, [["model"], ["other"], ["results"], result + ["verdict"], result + ["evidence"]], [result + ["verdict"], result + ["evidence"]])
    damage("output", different, [result + ["word"], result + ["answers"]], [result + ["word"], result + ["answers"]])
    wrong = ["results", 2]
    damage("output", counted, [["results"], wrong + ["wrong"], wrong + ["wrong", "value"], wrong + ["words"], wrong + ["mistakes"], wrong + ["evidence"]],
           [["shortest"], wrong + ["wrong"], wrong + ["wrong", "value"], wrong + ["by_number"], wrong + ["by_position"], wrong + ["mistakes"]])
    damage("output", ablated, [["parts"], ["sufficient"], ["smallest"], ["broken"], ["sufficient", 0, "kept"], ["sufficient", 0, "needs"]],
           [["parts"], ["sufficient", 0, "kept"], ["smallest"], ["broken"]])
    damage("output", compiled, [["gates"], ["depth"]], [["form"]])


def manifests(folder):
    paths = sorted(folder.rglob("manifest.json"))
    if len(paths) < 6:
        fail(f"{len(paths)} manifests were written")
    for path in paths:
        document = json.loads(path.read_text())
        if not valid("manifest", document, str(path.relative_to(folder))):
            continue
        damage("manifest", document, [[key] for key in ("format", "version", "claim", "assumptions", "provenance", "files", "digest")] + [["claim", "kind"]],
               [["format"], ["claim"], ["assumptions"], ["files"], ["digest"]])
        refused("manifest", replaced(document, ["unknown"], 1), "manifest with an unknown key")


def tables(folder):
    paths = sorted((folder / "searched").rglob("witness.json")) + sorted((ROOT / "examples").glob("*.json"))
    whole = None
    for path in paths:
        document = json.loads(path.read_text())
        if document.get("format") == "attest/guhat" and valid("tables", document, path.name) and document["attention"]:
            whole = document
    entry = ["attention", 0]
    damage("tables", whole, [[key] for key in ("format", "version", "alphabet", "length", "layers", "heads", "activations", "attention", "accept")]
           + [entry + [key] for key in ("layer", "head", "position", "value", "prefer")],
           [["format"], ["alphabet"], ["length"], ["accept"], entry + ["value"], entry + ["prefer"]])
    refused("tables", replaced(whole, entry + ["unknown"], 1), "tables with an unknown key")


def programs(folder):
    text = folder / "counts.rasp"
    text.write_text('#@ alphabet a b\n#@ lengths 1..4\nx = aggregate(select(tokens, "a", ==), indices) > 1;\n')
    sources = [(text, []), (ROOT / "examples" / "starts_with_a.brasp", ["--set", "as=program"])]
    whole = None
    for source, options in sources:
        path = folder / "program.json"
        if not run("import", str(source), *options, "-o", str(path)).returncode == 0:
            fail(f"{source} is not imported")
        document = json.loads(path.read_text())
        valid("program", document, source.name)
        whole = whole or document
    for path in sorted((ROOT / "examples").glob("*.json")):
        document = json.loads(path.read_text())
        if document.get("format") == "attest/program":
            valid("program", document, path.name)
    first = {key: next(k for k, v in enumerate(whole["variables"]) if key in v) for key in ("map", "attend", "input")}
    attend, table = ["variables", first["attend"], "attend"], ["variables", first["map"], "map"]
    damage("program", whole,
           [[key] for key in ("format", "version", "alphabet", "variables", "output")] + [["output", key] for key in ("positions", "value")]
           + [attend + [key] for key in ("query", "key", "pairs", "take", "value", "none")] + [table + [key] for key in ("of", "table")]
           + [["variables", first["input"], key] for key in ("name", "input")],
           [["format"], ["name"], ["alphabet"], ["lengths"], ["variables"], ["output", "positions"], attend + ["mask"], attend + ["pairs"],
            table + ["of"], table + ["table", 0]])
    for path in [[], ["output"], ["variables", 0], attend, table]:
        refused("program", replaced(whole, path + ["unknown"], 1), f"program with an unknown key at {path}")
    refused("program", replaced(whole, attend + ["take"], "count"), "count with a value")


def machines(folder):
    """Documents of certificates about machines, which `outputs` has left there."""
    simulated = folder / "simulated"
    turing, network = (json.loads((simulated / name).read_text()) for name in ("machine.json", "network.json"))
    subleq = json.loads((folder / "loops-wrong" / "program.json").read_text())
    for name, document in (("turing", turing), ("seq2seq", network), ("subleq", subleq)):
        valid(name, document, name)
        refused(name, replaced(document, ["unknown"], 1), f"{name} with an unknown key")
    damage("turing", turing, [[key] for key in ("format", "version", "alphabet", "blank", "tape", "states", "start", "accept", "transitions")],
           [["format"], ["tape"], ["blank"], ["states"], ["transitions"], ["transitions", 0], ["transitions", 0, 4]])
    damage("subleq", subleq, [[key] for key in ("format", "version", "scratch", "bits", "memory", "commands")],
           [["format"], ["scratch"], ["bits"], ["memory"], ["commands"], ["commands", 0], ["commands", 0, 0]])
    last = ["decoder", "layers", 0]
    damage("seq2seq", network, [[key] for key in ("format", "version", "alphabet", "dimension", "encoder", "decoder", "accept")]
           + [["encoder", "embedding"], ["decoder", "start"], ["decoder", "output"], last + ["cross", "kind"], last + ["cross", "heads"]],
           [["format"], ["alphabet"], ["dimension"], ["decoder", "start"], last + ["cross"], last + ["feedforward"], ["accept", "bias"]])


for name, schema in SCHEMAS.items():
    jsonschema.Draft202012Validator.check_schema(schema)
if sorted(SCHEMAS) != ["manifest", "model", "output", "program", "seq2seq", "subleq", "tables", "turing"]:
    fail(f"schemas: {sorted(SCHEMAS)}")
with tempfile.TemporaryDirectory() as temporary:
    place = pathlib.Path(temporary)
    models(place)
    outputs(place)
    manifests(place)
    tables(place)
    programs(place)
    machines(place)
sys.exit(1 if failures else 0)
