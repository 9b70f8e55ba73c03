"""Networks: read, evaluated and looked into."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import weakref
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Union

from . import _core
from ._ask import ask
from ._records import Exact, exact

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

Word = Union[str, Sequence[str]]
"""A word, as its symbols stand side by side, or as a list of symbols."""

Operand = Union["Model", str, "os.PathLike[str]"]
"""A model, a model file, or `zoo:NAME`."""

_TEXTS = (".brasp", ".crasp", ".rasp", ".ltl")


@dataclass(frozen=True)
class Evaluation:
    """What a network says of a word. accepts: None where it is undecided, or says classes only; score: exact, or the two ends that
    enclose it; classes: at each position that is read."""

    word: str
    accepts: bool | None
    score: Exact | None = None
    classes: tuple[str | None, ...] = ()
    reason: str | None = None

    @staticmethod
    def _of(said: _core.Said) -> Evaluation:
        score: Exact | None = None
        if len(said.score) == 1:
            score = exact(said.score[0])
        elif said.score:
            score = (exact(said.score[0]), exact(said.score[1]))
        return Evaluation(said.word, said.accepts, score, tuple(said.classes), said.reason or None)


@dataclass(frozen=True)
class Doubles:
    """Numbers as doubles: `nearest` of the true ones, which lie between `lower` and `upper`. NaN where the answer does not need
    them. The arrays are views of what C++ holds: nothing is copied, and nothing can be written."""

    nearest: npt.NDArray[np.float64]
    lower: npt.NDArray[np.float64]
    upper: npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Trace:
    """What a network did on a word.

    sequence     symbols with begin and end, n of them
    attention    by layer, [heads, n, n]: the weight that a position (row) gives to each
    activations  by boundary 0 … L, [n, dimension]; none of softmax models
    variables    of a program: by name, a value for each position
    """

    evaluation: Evaluation
    sequence: tuple[str, ...]
    attention: tuple[Doubles, ...] = field(repr=False)
    activations: tuple[Doubles, ...] = field(repr=False)
    variables: dict[str, list[str]] = field(repr=False)


class Model:
    """A network of any kind: a transformer, tables, or a program. `attest.load` and `attest.from_torch` make one.

    >>> model = load("zoo:first")
    >>> model.name, model.kind, model.alphabet
    ('first', 'transformer', ('0', '1'))
    >>> model.accepts("10"), model.accepts("01")
    (True, False)
    """

    def __init__(self, network: _core.Network, stem: str, imported: dict[str, Any] | None = None) -> None:
        if not isinstance(network, _core.Network):
            raise TypeError("a Model is made by attest.load or attest.from_torch")
        self.network = network
        self.imported = imported
        """What `attest import` said of it, if it was a checkpoint: what was assumed, and why."""
        self._stem = stem
        self._path: str | None = None

    @property
    def name(self) -> str:
        return self.network.name

    @property
    def kind(self) -> str:
        """`transformer`, `tables` or `program`."""
        return self.network.kind

    @property
    def attention(self) -> str:
        """`hard`, `average`, `sparsemax` or `softmax`; empty for what has no weights."""
        return self.network.attention

    @property
    def alphabet(self) -> tuple[str, ...]:
        return tuple(self.network.alphabet)

    @property
    def heads(self) -> tuple[int, ...]:
        """By layer."""
        return tuple(self.network.heads)

    @property
    def dimension(self) -> int:
        return self.network.dimension

    def __repr__(self) -> str:
        return f"<attest.Model {self.name!r}: {self.attention or self.kind}, alphabet {' '.join(self.alphabet)}, heads {list(self.heads)}>"

    def evaluate(self, words: Word | Iterable[Word]) -> list[Evaluation]:
        """What it says of each word, exactly, or enclosed. A text alone is one word.

        Raises  InputError for what is no word over its alphabet

        >>> load("zoo:palindrome").evaluate(["0110", "0111"])[1].accepts
        False
        """
        asked: list[Word] = [words] if isinstance(words, str) else list(words)
        return [Evaluation._of(said) for said in self.network.evaluate(asked)]

    def accepts(self, word: Word) -> bool | None:
        """Whether it accepts the word; None if that is undecided."""
        return self.evaluate([word])[0].accepts

    def trace(self, word: Word) -> Trace:
        """Where each head looks, and what each position holds, as arrays. Needs numpy

        >>> trace = load("zoo:first").trace("10")
        >>> trace.attention[0].nearest.shape
        (1, 3, 3)
        """
        found = self.network.trace(word)
        return Trace(Evaluation._of(found.said), tuple(found.sequence), tuple(Doubles(*a) for a in found.attention),
                     tuple(Doubles(*a) for a in found.activations), dict(found.variables))

    def draw(self, word: Word) -> Drawing:
        """Where its heads look on the word: the drawing of the report page, as SVG.

        Raises  ValueError if there is too much to see, or no head
        """
        svg = self.network.draw(word)
        if svg is None:
            raise ValueError("draw: expected a network with heads and a sequence of at most 64 positions")
        return Drawing(svg)

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Writes the model file (`.json`), and its tensors beside it. Gives its path"""
        target = Path(path)
        if target.suffix != ".json":
            raise ValueError(f"save: expected a name that ends with .json, found {target.name}")
        return Path(self.network.write(str(target.parent), target.stem))

    @property
    def path(self) -> str:
        """A file of its own, for the program: what is asked is asked of the bytes that were loaded."""
        if self._path is None:
            folder = tempfile.mkdtemp(prefix="attest-")
            weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
            self._path = self.network.write(folder, self._stem)
        return self._path


class Drawing(str):
    """An SVG document, which notebooks show."""

    def __repr__(self) -> str:
        return f"<attest.Drawing of {len(self)} characters>"

    def _repr_svg_(self) -> str:
        return str(self)


def load(path: str | os.PathLike[str]) -> Model:
    """The model in a file (model files, tables, programs, and texts of B-RASP, C-RASP, RASP and LTL), or `zoo:NAME`.

    Raises  InputError naming the place in the file; UsageError for a name that the zoo does not have
    """
    operand = os.fspath(path)
    stem = operand.removeprefix("zoo:") if operand.startswith("zoo:") else Path(operand).stem
    if not operand.endswith(_TEXTS):
        return Model(_core.load(operand), stem)
    return import_file(operand, {})


def import_file(source: str, options: dict[str, Any], sets: Iterable[str] = ()) -> Model:
    """The model that `attest import` makes of a checkpoint or a text."""
    with tempfile.TemporaryDirectory(prefix="attest-") as folder:
        stem = Path(source).stem
        target = os.path.join(folder, stem + ".json")
        answer = ask("import", [source], {"output": target, "set": list(sets), **options})
        return Model(_core.load(target), stem, json.loads(answer.text))


def path_of(model: Operand) -> str:
    """What the program is given for a model."""
    if isinstance(model, Model):
        return model.path
    return os.fspath(model)
