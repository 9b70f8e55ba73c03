"""Results, one class a command. Their members are those of the JSON of the command line, by the same names."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar

from ._records import Exact, key
from ._result import AnswerWord, Result, Verdict


def _none() -> Any:
    """A member of a result, which is read and not given."""
    return dataclasses.field(init=False, default=None)


def _empty() -> Any:
    return dataclasses.field(init=False, default=())


@dataclass(frozen=True)
class Lengths:
    """All lengths from one on."""

    start: int = key("from")

    def __str__(self) -> str:
        return "every length" if self.start == 0 else f"every length from {self.start}"


@dataclass(frozen=True)
class Guaranteed:
    """A number with what it says of the true one: `exact`, `lower`, `upper` or `enclosed`."""

    value: Exact
    guarantee: str


@dataclass(frozen=True)
class AtLength:
    """What was found at one length, or at all from one on."""

    verdict: AnswerWord
    length: int | None = None
    lengths: Lengths | None = None
    reason: str | None = None
    detail: str | None = None
    evidence: str | None = None
    certificate: str | None = None
    """The digest of its manifest."""
    gates: int | None = None
    clauses: int | None = None
    proof: str | None = None
    proof_bytes: int | None = None
    check_seconds: float | None = None
    seconds: float = 0.0

    @property
    def place(self) -> str:
        return str(self.lengths) if self.lengths else f"length {self.length}"

    def _why(self) -> str:
        if self.verdict == "undecided":
            return f"{self.reason}: {self.detail}" if self.detail else str(self.reason)
        return str(self.evidence)

    def __str__(self) -> str:
        return f"{self.verdict.upper()} at {self.place} in {self.seconds:.2f} s: {self._why()}"


@dataclass(frozen=True)
class RecognitionAt(AtLength):
    counterexample: str | None = None
    expected: str | None = None
    """What the language says of it: `accept` or `reject`."""
    actual: str | None = None
    """What the model says of it."""
    score: tuple[Fraction, Fraction] | None = None
    margin: Guaranteed | None = None
    words: int | None = None
    vacuous: str | None = None

    def _why(self) -> str:
        if self.verdict == "refuted":
            return f'on "{self.counterexample}" the model says {self.actual}, the language {self.expected}'
        return super()._why()


@dataclass(frozen=True)
class EqualityAt(AtLength):
    word: str | None = None
    answers: tuple[str, str] | None = None
    position: int | None = None
    margin: Guaranteed | None = None
    words: int | None = None

    def _why(self) -> str:
        if self.verdict == "refuted" and self.answers:
            return f'on "{self.word}" one says {self.answers[0]}, the other {self.answers[1]}'
        return super()._why()


@dataclass(frozen=True)
class Recognition(Verdict):
    """Of `prove`: does the model recognise the language?"""

    _command: ClassVar[str] = "prove"
    model: str = _none()
    language: str = _none()
    map: dict[str, str] | None = _none()
    results: tuple[RecognitionAt, ...] = _empty()

    @property
    def counterexample(self) -> str | None:
        """The first that was found."""
        return next((r.counterexample for r in self.results if r.verdict == "refuted"), None)

    def _words(self) -> list[str]:
        return [self.counterexample] if self.counterexample is not None else []

    def __str__(self) -> str:
        return _lines(self.answer, lambda head: _phrase(head, self.model, "recognises", "does not recognise", self.language),
                      self.results)


@dataclass(frozen=True)
class Equality(Verdict):
    """Of `equal`: do two models answer the same?"""

    _command: ClassVar[str] = "equal"
    model: str = _none()
    other: str = _none()
    results: tuple[EqualityAt, ...] = _empty()

    @property
    def word(self) -> str | None:
        """The first on which they differ."""
        return next((r.word for r in self.results if r.verdict == "refuted"), None)

    def _words(self) -> list[str]:
        return [self.word] if self.word is not None else []

    def __str__(self) -> str:
        return _lines(self.answer, lambda head: _phrase(head, self.model, "answers as", "does not answer as", self.other),
                      self.results)


@dataclass(frozen=True)
class Mistake:
    word: str
    expected: str
    actual: str
    margin: Fraction | None = None


@dataclass(frozen=True)
class Sample:
    found: int
    trials: int
    seed: int
    rate: tuple[Fraction, Fraction]
    confidence: str


@dataclass(frozen=True)
class Count:
    """value: of the mistakes; guarantee: `exact` if a certificate says so, else what it says of the true number."""

    value: Exact
    guarantee: str
    method: str
    sampled: Sample | None = None


@dataclass(frozen=True)
class AccuracyAt:
    length: int
    words: Fraction
    wrong: Count
    evidence: str
    mistakes: tuple[Mistake, ...] = ()
    most_confident: Mistake | None = None
    by_number: dict[str, tuple[str, ...]] | None = None
    by_position: tuple[Fraction, ...] | None = None
    reason: str | None = None
    detail: str | None = None
    certificate: str | None = None
    seconds: float = 0.0

    @property
    def accuracy(self) -> Exact:
        """The part of the words that it is right about; where the count is enclosed, the ends of it."""
        if isinstance(self.wrong.value, tuple):
            least, greatest = self.wrong.value
            return 1 - greatest / self.words, 1 - least / self.words
        return 1 - self.wrong.value / self.words

    def __str__(self) -> str:
        wrong = _number(self.wrong.value)
        return f"length {self.length}: {wrong} of {self.words} words wrong ({self.wrong.guarantee}, {self.evidence})"


@dataclass(frozen=True)
class Accuracy(Result):
    """Of `accuracy`: on how many words is the model wrong?"""

    _command: ClassVar[str] = "accuracy"
    model: str = _none()
    language: str = _none()
    map: dict[str, str] | None = _none()
    results: tuple[AccuracyAt, ...] = _empty()
    shortest: Mistake | None = _none()

    def _words(self) -> list[str]:
        return [self.shortest.word] if self.shortest else []

    def __str__(self) -> str:
        return "\n".join([f"{self.model} against {self.language or self.data.get('task')}", *(f"  {r}" for r in self.results)])


@dataclass(frozen=True)
class Need:
    """A part, and a word that is answered wrongly without it."""

    part: str
    word: str | None = None


@dataclass(frozen=True)
class Sufficient:
    """Parts that are enough."""

    kept: tuple[str, ...]
    verdict: AnswerWord
    needs: tuple[Need, ...] = ()
    margin: Guaranteed | None = None


@dataclass(frozen=True)
class Broken:
    without: tuple[str, ...]
    word: str


@dataclass(frozen=True)
class Ablation(Result):
    """Of `ablate`: which parts does the model need? A part is `1.2`, head 2 of layer 1, or `1.ff`, its feed-forward part; of a
    program it is a variable."""

    _command: ClassVar[str] = "ablate"
    model: str = _none()
    length: int = _none()
    language: str | None = _none()
    task: str | None = _none()
    parts: tuple[str, ...] = _empty()
    sufficient: tuple[Sufficient, ...] = _empty()
    smallest: bool = _none()
    """No set of fewer parts is enough."""
    all: bool = _none()
    """There are no others of this size."""
    broken: tuple[Broken, ...] = _empty()
    wrong: str | None = _none()
    """A word on which the whole model is wrong: then no part of it is enough."""
    reason: str | None = _none()
    detail: str | None = _none()

    def _words(self) -> list[str]:
        return [self.wrong] if self.wrong is not None else []

    def __str__(self) -> str:
        if self.wrong is not None:
            return f'{self.model} is wrong on "{self.wrong}" as a whole'
        sets = [f"  {' '.join(s.kept) or 'nothing'} {'are' if len(s.kept) > 1 else 'is'} enough ({s.verdict})" for s in self.sufficient]
        return "\n".join([f"{self.model} at length {self.length}: parts {' '.join(self.parts)}", *sets])


@dataclass(frozen=True)
class MostFree:
    value: int
    guarantee: str
    by: str


@dataclass(frozen=True)
class Optimum:
    """The best restriction under which the answer depends on at most so many positions; positions count from 1."""

    at_most: int
    free: int
    fixed: dict[str, str]
    depends_on: tuple[int, ...]
    optimal: bool
    most_free: MostFree


@dataclass(frozen=True)
class Restriction(Result):
    """Of `restrict`: which symbols settle the model's answer, whatever the others are? `fixed`: by position, from 1."""

    _command: ClassVar[str] = "restrict"
    model: str = _none()
    length: int = _none()
    free: int = _none()
    fixed: dict[str, str] = _none()
    constant: str = _none()
    """The answer that is left: `accept` or `reject`."""
    optimal: bool = _none()
    evidence: str = _none()
    certificate: str | None = _none()
    dependence: tuple[Optimum, ...] = _empty()
    seconds: float | None = _none()
    reason: str | None = _none()
    detail: str | None = _none()

    @property
    def pattern(self) -> str:
        """The restriction as a word with * where it is free. Needs a result"""
        return "".join(self.fixed.get(str(k), "*") for k in range(1, self.length + 1))

    def __str__(self) -> str:
        if self.fixed is None:
            return f"{self.model} at length {self.length}: undecided: {self.reason}"
        return f"{self.model} at length {self.length}: {self.pattern} settles {self.constant} ({self.evidence}, {self.free} free)"


@dataclass(frozen=True)
class ThresholdAt:
    length: int
    answer: str
    """`possible`, `impossible` or `undecided`."""
    reason: str | None = None
    detail: str | None = None
    how: str | None = None
    sign_changes: int | None = None
    """Of a softmax layer: how often membership changes as counts of symbols grow."""
    clauses: int | None = None
    proof_bytes: int | None = None
    certificate: str | None = None
    seconds: float = 0.0

    def __str__(self) -> str:
        return f"length {self.length}: {self.answer}" + (f" ({self.how or self.reason})" if self.how or self.reason else "")


@dataclass(frozen=True)
class Threshold(Result):
    """Of `threshold`: has a class of networks one for the language, length by length?"""

    _command: ClassVar[str] = "threshold"
    language: str = _none()
    layers: int = _none()
    heads: int = _none()
    activations: int | None = _none()
    attention: str | None = _none()
    """`softmax` of one softmax layer and nothing else."""
    found: int | None = _none()
    """The greatest length with a network."""
    impossible: int | None = _none()
    """The last length, where there is none."""
    lengths: tuple[ThresholdAt, ...] = _empty()

    def __str__(self) -> str:
        class_ = f"layers {self.layers}, heads {self.heads}" + (f", activations {self.activations}" if self.activations else "")
        if self.attention:
            class_ = f"one {self.attention} layer alone, heads {self.heads}"
        return "\n".join([f"{self.language} by {class_}", *(f"  {r}" for r in self.lengths)])


@dataclass(frozen=True)
class Found:
    """A number that was measured. guarantee: `exact`, `sampled`, …; word: where it is reached"""

    value: Exact
    guarantee: str
    method: str | None = None
    lower: Fraction | None = None
    upper: Fraction | None = None
    reason: str | None = None
    word: str | None = None


@dataclass(frozen=True)
class Measured(Found):
    rejected: Found | None = None
    accepted: Found | None = None
    parity: Fraction | None = None
    """The same number of parity."""


@dataclass(frozen=True)
class Influences:
    value: tuple[Exact, ...]
    guarantee: str


@dataclass(frozen=True)
class Bound:
    """What a theorem says, and what it says here."""

    statement: str
    here: str
    status: str
    source: str


@dataclass(frozen=True)
class Measures(Result):
    """Of `measure`: how complex is the function that a model, a language or a circuit computes?"""

    _command: ClassVar[str] = "measure"
    model: str | None = _none()
    language: str | None = _none()
    circuit: str | None = _none()
    length: int = _none()
    sensitivity: Measured = _none()
    average_sensitivity: Measured = _none()
    block_sensitivity: Measured = _none()
    certificate_complexity: Measured = _none()
    certificate_complexity_minimum: Measured = _none()
    decision_tree_depth: Measured = _none()
    degree: Measured = _none()
    threshold_degree: Measured = _none()
    influences: Influences = _none()
    accepted_words: Measured = _none()
    bounds: tuple[Bound, ...] = _empty()

    def __str__(self) -> str:
        lines = [f"{self.model or self.language or self.circuit} at length {self.length}"]
        for field in dataclasses.fields(self):
            value = getattr(self, field.name)
            if isinstance(value, Measured):
                lines.append(f"  {field.name.replace('_', ' '):32} {_number(value.value)} ({value.guarantee})")
        return "\n".join(lines)


@dataclass(frozen=True)
class InfluenceAt:
    """How far one symbol moves the output: reached on a word, and never exceeded."""

    length: int
    reached: float | None = None
    certified: float | None = None
    word: str | None = None
    position: int | None = None
    replaced_by: str | None = None
    complete: bool | None = None
    reason: str | None = None
    detail: str | None = None
    seconds: float | None = None


@dataclass(frozen=True)
class Influence(Result):
    """Of `influence`: how far does one symbol move a softmax network's output, as words grow?"""

    _command: ClassVar[str] = "influence"
    model: str = _none()
    language: str | None = _none()
    results: tuple[InfluenceAt, ...] = _empty()
    exponent: float | None = _none()
    law: str | None = _none()

    def __str__(self) -> str:
        rows = [f"  length {r.length}: {_double(r.reached)} reached, never above {_double(r.certified)}" for r in self.results]
        return "\n".join([f"{self.model}: influence of one symbol", *rows])


@dataclass(frozen=True)
class ShownBy:
    """A network, program or formula that shows that a language is in a class. build: the words with which `attest` makes it"""

    kind: str
    verdict: str
    build: tuple[str, ...] = ()
    construction: str | None = None
    mask: str | None = None
    tie: str | None = None
    layers: int | None = None
    heads: int | None = None
    dimension: int | None = None
    modulus: int | None = None
    counters: int | None = None
    depth: int | None = None
    detail: str | None = None
    evidence: str | None = None
    certificate: str | None = None
    seconds: float | None = None


@dataclass(frozen=True)
class ClassRow:
    """One class of languages. member: whether the language is in it; network: what shows that it is"""

    name: str
    title: str
    member: bool = key("in")
    basis: str = ""
    transformers: str | None = None
    rule: str | None = None
    certificate: str | None = None
    sources: tuple[str, ...] = ()
    network: ShownBy | None = None


@dataclass(frozen=True)
class Classification(Result):
    """Of `classify`: in which classes is a regular language, and what follows for transformers?"""

    _command: ClassVar[str] = "classify"
    language: str = _none()
    alphabet: tuple[str, ...] = _empty()
    states: int = _none()
    monoid: int = _none()
    largest_group: int = _none()
    modulus: int | None = _none()
    """The least for which it is quasi-aperiodic."""
    classes: tuple[ClassRow, ...] = _empty()
    seconds: float = _none()

    def __contains__(self, name: str) -> bool:
        """Whether the language is in the class of this name.

        Raises  KeyError for a class that was not asked about
        """
        for row in self.classes:
            if row.name == name:
                return row.member
        raise KeyError(f"expected one of {', '.join(row.name for row in self.classes)}, found {name}")

    def __str__(self) -> str:
        inside = [row.name for row in self.classes if row.member]
        return f"{self.language}: {self.states} states, monoid of {self.monoid}; in {', '.join(inside) or 'none of the classes'}"


@dataclass(frozen=True)
class Construction(Verdict):
    """Of `build`: a network for a regular language. `network`: it; `results`: at which lengths it was proved."""

    _command: ClassVar[str] = "build"
    language: str = _none()
    kind: str = _none()
    construction: str = _none()
    output: str = _none()
    layers: int = _none()
    dimension: int = _none()
    modulus: int = _none()
    results: tuple[AtLength, ...] = _empty()

    @property
    def network(self) -> Any:
        """The `Model`."""
        return self._model

    def __str__(self) -> str:
        what = f"{self.language} by {self.construction}, {self.layers} layers, dimension {self.dimension}"
        return _lines(self.answer, lambda head: what, self.results)


@dataclass(frozen=True)
class Checked:
    """What the checker says of one certificate."""

    certificate: str
    verdict: str
    """`verified`, `rejected`, `undecided` or `unreadable`."""
    accepted: bool
    claim: str | None = None
    evidence: str | None = None
    assumptions: tuple[str, ...] | None = None
    digest: str | None = None
    parts: tuple[Checked, ...] | None = None
    obligation: str | None = None
    place: str | None = None
    reason: str | None = None
    seconds: float = 0.0

    def __str__(self) -> str:
        if self.accepted:
            return f"VERIFIED {self.claim} ({self.evidence})"
        return f"{self.verdict.upper()} {self.certificate}: {self.obligation or ''} {self.place or ''}: {self.reason}"


@dataclass(frozen=True)
class Check(Result):
    """Of `check`: what the checker, which shares no code with what made them, says of certificates."""

    _command: ClassVar[str] = "check"
    results: tuple[Checked, ...] = _empty()

    @property
    def accepted(self) -> bool:
        """All of them, and there is one."""
        return bool(self.results) and all(r.accepted for r in self.results)

    def __str__(self) -> str:
        return "\n".join(map(str, self.results))


def _lines(answer: str, what: Callable[[str], str], results: tuple[AtLength, ...]) -> str:
    """One line, or one more for each length."""
    if len(results) == 1:
        head, rest = str(results[0]).split(" ", 1)
        return f"{head} {what(head)} {rest}"
    return "\n".join([f"{answer.upper()} {what(answer.upper())}", *(f"  {r}" for r in results)])


def _phrase(head: str, model: str, verified: str, refuted: str, other: str) -> str:
    """After VERIFIED, REFUTED or UNDECIDED."""
    if head == "REFUTED":
        return f"{model} {refuted} {other}"
    return f"{'whether ' if head == 'UNDECIDED' else ''}{model} {verified} {other}"


def _number(value: Exact) -> str:
    return f"{value[0]} to {value[1]}" if isinstance(value, tuple) else str(value)


def _double(value: float | None) -> str:
    return "?" if value is None else f"{value:.6g}"
