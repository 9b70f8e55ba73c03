"""What all results have in common."""

from __future__ import annotations

import dataclasses
import html
import json
from typing import Any, ClassVar, Literal, NoReturn, cast

from . import _core
from ._ask import notes_of
from ._records import members
from .model import Model

AnswerWord = Literal["verified", "refuted", "undecided"]


@dataclasses.dataclass(frozen=True)
class Result:
    """What a command found.

    A result is read from what the program printed, and nothing else makes one: there is no way to write `verified` into it. The
    members stand as in the JSON of the command line, which `to_json` gives; exact numbers are fractions.
    """

    _answer: _core.Answer = dataclasses.field(repr=False, compare=False)
    _model: Model | None = dataclasses.field(default=None, repr=False, compare=False)
    notes: tuple[str, ...] = dataclasses.field(init=False, default=(), repr=False, compare=False)
    """What was told on the way, such as which assumption a language makes."""

    _command: ClassVar[str] = ""

    def __post_init__(self) -> None:
        if type(self) in (Result, Verdict) or not isinstance(self._answer, _core.Answer):
            raise TypeError(f"{type(self).__name__}: attest's own answers become results, and nothing else does")
        data = self.data
        if data.get("command") != self._command:
            raise TypeError(f"{type(self).__name__}: expected the answer of {self._command}, found {data.get('command')}")
        found = members(type(self), data, frozenset({"_answer", "_model", "notes"}))
        for name, value in {**found, "notes": notes_of(self._answer)}.items():
            object.__setattr__(self, name, value)

    @property
    def data(self) -> dict[str, Any]:
        """The JSON, as dictionaries and lists; whatever no member of this class says stands here, too."""
        return cast("dict[str, Any]", json.loads(self._answer.text))

    def to_json(self) -> str:
        """What the command line prints with --json, byte for byte."""
        return self._answer.text

    def __reduce__(self) -> NoReturn:
        raise TypeError("a result is not pickled: keep to_json(), and the certificate")

    def _words(self) -> list[str]:
        """Words whose attention is worth a drawing."""
        return []

    def report(self) -> str:
        """The result as an HTML page that needs nothing beside it: tables, curves, and the attention on counterexamples."""
        network = self._model.network if self._model else None
        return _core.excerpt(self._answer.text, network, self._words())

    def _repr_html_(self) -> str:
        # A frame, since the page's style sheet is for all of a page, and a notebook has its own.
        return (f'<iframe srcdoc="{html.escape(self.report())}" title="attest {self._command}" '
                'style="width:100%;height:28rem;border:0;resize:vertical" sandbox=""></iframe>')


@dataclasses.dataclass(frozen=True)
class Verdict(Result):
    """A result with three answers: what was asked is verified, refuted, or undecided.

    `verified` and `refuted` mean that a certificate was written and that the checker, which shares no code with what found it, accepted
    it. A verdict is neither true nor false by itself, since undecided is neither.
    """

    def _answers(self) -> list[str]:
        return [at.verdict for at in getattr(self, "results", ())]

    @property
    def answer(self) -> AnswerWord:
        """Of several lengths: refuted if one is, else undecided if one is, or if there is none."""
        answers = self._answers()
        if "refuted" in answers:
            return "refuted"
        return "verified" if answers and all(answer == "verified" for answer in answers) else "undecided"

    @property
    def verified(self) -> bool:
        return self.answer == "verified"

    @property
    def refuted(self) -> bool:
        return self.answer == "refuted"

    @property
    def undecided(self) -> bool:
        return self.answer == "undecided"

    def __bool__(self) -> NoReturn:
        raise TypeError("a verdict has three answers: ask for .verified, .refuted or .undecided")


