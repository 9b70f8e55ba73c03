"""Questions to the program `attest`, which runs in a process of its own: see `_core.ask`."""

from __future__ import annotations

import importlib
import os
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Union

from . import _core
from ._errors import InternalError, Refused, Unsupported

Progress = Union[Callable[[float, str], None], bool, None]
"""Called with the seconds so far and what is being done; True: shown by tqdm where it is there, else as lines on stderr."""

One = Union[str, int, float, "os.PathLike[str]"]
Value = Union[One, bool, None, Sequence[One]]
"""Of an option: None and False leave it out, True is a flag, several stand one after the other."""


def program() -> str:
    """The path of the program that belongs to this package: within it, or in `bin` of the prefix it is installed in."""
    here = Path(__file__).resolve().parent
    for place in (here / "bin" / "attest", *(parent / "bin" / "attest" for parent in here.parents)):
        if place.is_file() and os.access(place, os.X_OK):
            return str(place)
    raise InternalError(f"attest: the program is neither in {here / 'bin'} nor in bin of the prefix of {here}")


def ask(command: str, operands: Iterable[str | os.PathLike[str]], options: Mapping[str, Value],
        progress: Progress = None) -> _core.Answer:
    """What the command says with --json.

    Raises  Refused, Unsupported, InternalError where it says nothing; KeyboardInterrupt within a second of Ctrl-C
    """
    arguments = [command, *(_operand(operand) for operand in operands), *_options(options), "--json"]
    watcher = _Watcher(progress) if progress else None
    try:
        answer = _core.ask(program(), arguments, watcher)
    finally:
        if watcher:
            watcher.close()
    message = _last_line(answer.said)
    unsupported = "undecided: unsupported: "
    if answer.status == 3 and message.startswith(unsupported):
        raise Unsupported(message.removeprefix(unsupported))
    if answer.text.lstrip().startswith("{"):
        return answer
    if answer.status == 2:
        raise Refused(message)
    raise InternalError(message.removeprefix("internal error: ") or f"attest {command}: exit status {answer.status}")


def notes_of(answer: _core.Answer) -> tuple[str, ...]:
    """What the program told on the way, line by line."""
    prefix = "attest: note: "
    return tuple(line.removeprefix(prefix) for line in _lines(answer.said) if line.startswith(prefix))


def _operand(operand: str | os.PathLike[str]) -> str:
    text = os.fspath(operand)
    return "./" + text if text.startswith("-") else text


def _options(options: Mapping[str, Value]) -> list[str]:
    arguments: list[str] = []
    for name, value in options.items():
        option = "--" + name.replace("_", "-")
        if value is None or value is False:
            continue
        if value is True:
            arguments.append(option)
            continue
        for one in value if isinstance(value, (list, tuple)) else [value]:
            arguments += [option, os.fspath(one) if isinstance(one, os.PathLike) else str(one)]
    return arguments


def _lines(said: str) -> list[str]:
    return [line.strip() for line in re.split(r"[\r\n]+", said.replace("\x1b[K", "")) if line.strip()]


def _last_line(said: str) -> str:
    lines = [line for line in _lines(said) if line.startswith("attest: ")]
    return lines[-1].removeprefix("attest: ") if lines else ""


class _Watcher:
    """Finds the progress among what the program writes on stderr."""

    _PHASE = re.compile(r"(\d+) s  (.*)")
    _COUNT = re.compile(r"\[(\d+)/(\d+)\]")

    def __init__(self, progress: Progress) -> None:
        self._rest = b""
        self._bar: Any = None
        self._tell = self._shower() if progress is True else progress

    def __call__(self, said: bytes) -> None:
        *whole, self._rest = re.split(rb"[\r\n]|\x1b\[K", self._rest + said)
        # A line of progress is overwritten, not ended: what has come so far is all of it.
        for line in (*whole, self._rest):
            phase = self._PHASE.fullmatch(line.decode("utf-8", "replace").strip())
            if phase and callable(self._tell):
                self._tell(float(phase[1]), phase[2])
        if self._PHASE.fullmatch(self._rest.decode("utf-8", "replace").strip()):
            self._rest = b""

    def _shower(self) -> Callable[[float, str], None]:
        try:
            self._bar = importlib.import_module("tqdm.auto").tqdm(bar_format="{desc}")
        except ImportError:
            return lambda seconds, what: print(f"{seconds:.0f} s  {what}", file=sys.stderr)

        def show(seconds: float, what: str) -> None:
            count = self._COUNT.match(what)
            if count:
                self._bar.total, self._bar.n = int(count[2]), int(count[1])
                self._bar.bar_format = "{percentage:3.0f}%|{bar}| {n}/{total} {desc}"
            self._bar.set_description_str(f"{seconds:.0f} s  {what}")

        return show

    def close(self) -> None:
        if self._bar is not None:
            self._bar.close()
