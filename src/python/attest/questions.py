"""Questions, one function a command of the program."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Union

from . import results
from ._ask import Progress, Value, ask
from ._errors import InternalError
from .model import Model, Operand, load, path_of

Lengths = Union[int, str, range, Iterable[int]]
"""One length, several, or as the command line has it: `"1..12"`, `"4..64*2"`, `"all"`."""

Folder = Union[str, "os.PathLike[str]", None]
"""Where to keep certificates."""


def _lengths(lengths: Lengths | None) -> str | None:
    if lengths is None or isinstance(lengths, str):
        return lengths
    return str(lengths) if isinstance(lengths, int) else ",".join(map(str, lengths))


def _map(pairs: Mapping[str, str] | None) -> str | None:
    return None if pairs is None else ",".join(f"{symbol}={meaning}" for symbol, meaning in pairs.items())


def _held(model: Operand) -> Model | None:
    """The network, for drawings, where it is one that is read in this process."""
    if isinstance(model, Model):
        return model
    try:
        return load(model)
    except Exception:  # it was good enough for the program; there is just no drawing
        return None


def prove(model: Operand, language: str | None = None, length: Lengths | None = None, *, task: str | None = None,
          map: Mapping[str, str] | None = None, method: str | None = None, attribute: bool = False, eps: float | str | None = None,
          certificate: Folder = None, solver: str | None = None, seed: int | None = None, threads: int | None = None,
          timeout: float | None = None, memory: int | None = None, progress: Progress = None) -> results.Recognition:
    """Does the model recognise the language at a length? A proof, or a counterexample.

    language     its name (`attest languages` lists them), such as `parity`, `dyck:2`, `regex:(ab)*`
    length       a number, a range, or `"all"`
    map          what each symbol of the model means
    certificate  a folder, which is made, to keep the certificate in
    timeout, memory  seconds and MiB, after which it is undecided
    progress     called with seconds and what is being done; True shows a bar
    Raises       UsageError, InputError, Unsupported

    >>> verdict = prove("zoo:palindrome", "palindrome", 8)
    >>> verdict.verified, verdict.results[0].evidence
    (True, 'refutation')
    >>> prove("zoo:majority-attempt", "majority", 6).counterexample
    '100001'
    """
    answer = ask("prove", [path_of(model)], {
        "language": language, "task": task, "length": _lengths(length), "map": _map(map), "method": method, "attribute": attribute,
        "eps": _number(eps), "certificate": certificate, "solver": solver, "seed": seed, "threads": threads, "timeout": timeout,
        "memory": memory}, progress)
    return results.Recognition(answer, _held(model))


def accuracy(model: Operand, language: str | None = None, length: Lengths | None = None, *, task: str | None = None,
             map: Mapping[str, str] | None = None, method: str | None = None, list: int | None = None, trials: int | None = None,
             eps: float | str | None = None, certificate: Folder = None, solver: str | None = None, seed: int | None = None,
             timeout: float | None = None, memory: int | None = None, progress: Progress = None) -> results.Accuracy:
    """On how many words is the model wrong, and on which?

    list    so many mistakes, in the order of words
    trials  words of a sample, where not all can be counted
    Others  as prove

    >>> accuracy("zoo:first", "parity", 4).results[0].wrong.value
    Fraction(8, 1)
    """
    answer = ask("accuracy", [path_of(model)], {
        "language": language, "task": task, "length": _lengths(length), "map": _map(map), "method": method, "list": list,
        "trials": trials, "eps": _number(eps), "certificate": certificate, "solver": solver, "seed": seed, "timeout": timeout,
        "memory": memory}, progress)
    return results.Accuracy(answer, _held(model))


def equal(model: Operand, other: Operand, length: Lengths, *, answers: bool = False, map: Mapping[str, str] | None = None,
          method: str | None = None, certificate: Folder = None, solver: str | None = None, seed: int | None = None,
          timeout: float | None = None, memory: int | None = None, progress: Progress = None) -> results.Equality:
    """Do two models answer the same?

    answers  compare the texts that they answer, not what they accept (so it is done anyway where one accepts nothing)
    map      which symbol of the other each symbol stands for

    >>> equal("zoo:first", "zoo:palindrome", 3).word
    '000'
    """
    answer = ask("equal", [path_of(model), path_of(other)], {
        "length": _lengths(length), "answers": answers, "map": _map(map), "method": method, "certificate": certificate,
        "solver": solver, "seed": seed, "timeout": timeout, "memory": memory}, progress)
    return results.Equality(answer, _held(model))


def ablate(model: Operand, language: str | None = None, length: int = 0, *, same: bool = False, task: str | None = None,
           map: Mapping[str, str] | None = None, mean: bool = False, mean_by_position: bool = False, edges: bool = False,
           method: str | None = None, robust: str | float | None = None, invariant: str | Iterable[int] | None = None,
           eps: float | str | None = None, certificate: Folder = None, solver: str | None = None, seed: int | None = None,
           timeout: float | None = None, memory: int | None = None, progress: Progress = None) -> results.Ablation:
    """Which parts of a model are enough to recognise the language, or, with `same`, to answer as the whole?

    task                    of a program, whose variables are its parts: what is to be computed, in place of a language
    mean, mean_by_position  what is taken away adds its mean, in place of 0
    edges                   take away what heads read of earlier heads
    robust                  also if the vector that is read moves so far
    invariant               positions on which the answer must not depend
    """
    positions = invariant if invariant is None or isinstance(invariant, str) else ",".join(str(p) for p in invariant)
    answer = ask("ablate", [path_of(model)], {
        "language": language, "same": same, "task": task, "length": length, "map": _map(map), "mean": mean, "mean_by_position": mean_by_position,
        "edges": edges, "method": method, "robust": _number(robust), "invariant": positions, "eps": _number(eps),
        "certificate": certificate, "solver": solver, "seed": seed, "timeout": timeout, "memory": memory}, progress)
    return results.Ablation(answer, _held(model))


def measure(model: Operand | None = None, *, language: str | None = None, circuit: Folder = None, length: int | None = None,
            output: str | None = None, noise: str | None = None, concentration: str | None = None, spectrum: Folder = None,
            plot: Folder = None, proofs: Folder = None, seed: int | None = None, threads: int | None = None,
            timeout: float | None = None, memory: int | None = None, progress: Progress = None) -> results.Measures:
    """How complex is the function that a model, a language, or a circuit (AIGER) computes: sensitivity, degree, certificates …?

    >>> measure(language="parity", length=6).sensitivity.value
    Fraction(6, 1)
    """
    options: dict[str, Value] = {
        "language": language, "circuit": circuit, "length": length, "output": output, "noise": noise,
        "concentration": concentration, "spectrum": spectrum, "plot": plot, "proofs": proofs, "seed": seed, "threads": threads,
        "timeout": timeout, "memory": memory}
    answer = ask("measure", [] if model is None else [path_of(model)], options, progress)
    return results.Measures(answer)


def restrict(model: Operand, length: int, *, depends: int | None = None, method: str | None = None, plot: Folder = None,
             certificate: Folder = None, solver: str | None = None, seed: int | None = None, timeout: float | None = None,
             memory: int | None = None, progress: Progress = None) -> results.Restriction:
    """Which symbols settle the model's answer, whatever the others are? As many free as there can be.

    >>> restrict("zoo:first", 4).pattern.count("*")
    3
    """
    answer = ask("restrict", [path_of(model)], {
        "length": length, "depends": depends, "method": method, "plot": plot, "certificate": certificate, "solver": solver,
        "seed": seed, "timeout": timeout, "memory": memory}, progress)
    return results.Restriction(answer, _held(model))


def influence(model: Operand, lengths: Lengths, *, language: str | None = None, map: Mapping[str, str] | None = None,
              eps: float | str | None = None, float: str | None = None, samples: int | None = None, plot: Folder = None,
              csv: Folder = None, seed: int | None = None, threads: int | None = None, timeout: float | None = None,
              memory: int | None = None, progress: Progress = None) -> results.Influence:
    """How far does one symbol move a softmax network's output, reached and certified, as words grow?

    float   `binary32` or `binary64`: also look for a word that rounding makes it answer wrongly
    """
    answer = ask("influence", [path_of(model)], {
        "lengths": _lengths(lengths), "language": language, "map": _map(map), "eps": _number(eps), "float": float,
        "samples": samples, "plot": plot, "csv": csv, "seed": seed, "threads": threads, "timeout": timeout, "memory": memory},
        progress)
    return results.Influence(answer)


def threshold(language: str, *, layers: int | None = None, heads: int | None = None, activations: int | None = None,
              read: str | None = None, mask: str | None = None, positions: str | None = None, key_dimension: int | None = None,
              first: int | None = None, last: int | None = None, breaks: str | None = None, no_bounds: bool = False,
              cubes: int | None = None, journal: Folder = None, softmax: bool = False, certificate: Folder = None,
              solver: str | None = None, seed: int | None = None, threads: int | None = None, timeout: float | None = None,
              memory: int | None = None, progress: Progress = None) -> results.Threshold:
    """Has a class of networks (so many layers, heads, activations) one for the language, at the lengths from `first` to `last`?

    >>> [at.answer for at in threshold("parity", layers=1, heads=1, first=1, last=4).lengths][-1]
    'impossible'
    """
    answer = ask("threshold", [language], {
        "layers": layers, "heads": heads, "activations": activations, "read": read, "mask": mask, "positions": positions,
        "key_dimension": key_dimension, "from": first, "to": last, "breaks": breaks, "no_bounds": no_bounds, "cubes": cubes,
        "journal": journal, "softmax": softmax, "certificate": certificate, "solver": solver, "seed": seed, "threads": threads,
        "timeout": timeout, "memory": memory}, progress)
    return results.Threshold(answer)


def classify(language: str, *, alphabet: str | None = None, certificate: Folder = None, threads: int | None = None,
             timeout: float | None = None, memory: int | None = None, progress: Progress = None) -> results.Classification:
    """In which classes is a regular language, and which transformers recognise it therefore?

    >>> "star-free" in classify("parity")
    False
    """
    answer = ask("classify", [language], {"alphabet": alphabet, "certificate": certificate, "threads": threads,
                                          "timeout": timeout, "memory": memory}, progress)
    return results.Classification(answer)


def build(language: str, *, alphabet: str | None = None, kind: str | None = None, tie: str | None = None,
          output: Folder = None, length: Lengths | None = None, certificate: Folder = None, solver: str | None = None,
          seed: int | None = None, threads: int | None = None, timeout: float | None = None, memory: int | None = None,
          progress: Progress = None) -> results.Construction:
    """A network for a regular language, proved at all lengths (or at `length`): `.network` of what comes back.

    >>> built = build("regex:(ab)*", length="0..6")
    >>> built.verified, built.network.accepts("abab")
    (True, True)
    """
    with tempfile.TemporaryDirectory(prefix="attest-") as folder:
        path = os.fspath(output) if output is not None else os.path.join(folder, "built.json")
        answer = ask("build", [language], {
            "alphabet": alphabet, "kind": kind, "tie": tie, "output": path, "length": _lengths(length), "certificate": certificate,
            "solver": solver, "seed": seed, "threads": threads, "timeout": timeout, "memory": memory}, progress)
        if not Path(path).is_file():
            raise InternalError(f"attest build: {path} was not written")
        return results.Construction(answer, load(path))


def check(*certificates: str | os.PathLike[str], timeout: float | None = None, memory: int | None = None,
          progress: Progress = None) -> results.Check:
    """What the checker says of certificates, which are folders with a manifest.json."""
    return results.Check(ask("check", certificates, {"timeout": timeout, "memory": memory}, progress))


def _number(value: object) -> str | None:
    return None if value is None else str(value)
