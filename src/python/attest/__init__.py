"""attest: what transformers can and cannot compute, with evidence that others can check.

>>> import attest
>>> verdict = attest.prove("zoo:palindrome", "palindrome", 16)
>>> verdict.answer
'verified'
>>> model = attest.load("zoo:palindrome")
>>> model.evaluate(["0110", "0111"])[0].accepts
True

Models are read and evaluated in this process. Questions are answered by the program `attest`, in a process of its own: the
interpreter goes on, Ctrl-C ends the question within a second, and what comes back is the JSON of the command line
(`to_json()`) as a dataclass. `verified` and `refuted` are said of what a certificate shows that the checker has accepted.
"""

from fractions import Fraction

from . import _core
from ._errors import Error, InputError, InternalError, Refused, Unsupported, UsageError
from ._result import Result, Verdict
from .model import Doubles, Drawing, Evaluation, Model, Trace, load
from .questions import (ablate, accuracy, build, check, classify, equal, influence, measure, prove, restrict, threshold)
from .results import (Ablation, Accuracy, Check, Classification, Construction, Equality, Influence, Measures, Recognition,
                      Restriction, Threshold)
from .torch import from_torch

__version__: str = _core.version

__all__ = [
    "Ablation", "Accuracy", "Check", "Classification", "Construction", "Doubles", "Drawing", "Equality", "Error", "Evaluation",
    "Fraction", "Influence", "InputError", "InternalError", "Measures", "Model", "Recognition", "Refused", "Restriction",
    "Result", "Threshold", "Trace", "Unsupported", "UsageError", "Verdict", "ablate", "accuracy", "build", "check", "classify",
    "equal", "from_torch", "influence", "load", "measure", "prove", "restrict", "threshold",
]
