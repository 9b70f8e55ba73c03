"""Dataclasses from JSON: members are found by their names and read by their types."""

from __future__ import annotations

import dataclasses
import functools
import types
import typing
from fractions import Fraction
from typing import Any, Union

Exact = Fraction | tuple[Fraction, Fraction]
"""A number as it is, or the two ends of an interval that encloses it."""


def exact(value: Any) -> Fraction:
    """`3`, `"1/2"`, `"0.5"`, `"1.5e-3"`, without rounding.

    >>> exact("1/3"), exact("1e-3"), exact(2)
    (Fraction(1, 3), Fraction(1, 1000), Fraction(2, 1))
    """
    return Fraction(value)


def key(name: str) -> Any:
    """A member whose name in JSON is none in Python, and that may be missing."""
    return dataclasses.field(default=None, metadata={"key": name})


@functools.cache
def _hints(cls: type) -> dict[str, Any]:
    return typing.get_type_hints(cls)


def members(cls: type, data: dict[str, Any], skip: frozenset[str] = frozenset()) -> dict[str, Any]:
    """The members of a dataclass that JSON has, by the names of its fields; what it lacks has its default."""
    hints = _hints(cls)
    found = {}
    for field in dataclasses.fields(cls):
        name = field.metadata.get("key", field.name)
        if field.name not in skip and name in data:
            found[field.name] = read(hints[field.name], data[name])
    return found


def read(kind: Any, value: Any) -> Any:
    """A value of JSON as this type has it."""
    if kind is Any or value is None:
        return value
    origin, of = typing.get_origin(kind), typing.get_args(kind)
    if origin in (Union, types.UnionType):
        if set(typing.get_args(Exact)) <= set(of):
            return tuple(map(exact, value)) if isinstance(value, list) else exact(value)
        return read(next(k for k in of if k is not type(None)), value)  # Optional
    if origin is tuple:
        kinds = [of[0]] * len(value) if of[-1] is ... else of
        return tuple(read(k, v) for k, v in zip(kinds, value))
    if origin is dict:
        return {k: read(of[1], v) for k, v in value.items()}
    if dataclasses.is_dataclass(kind):
        return kind(**members(typing.cast(type, kind), value))
    if kind is Fraction:
        return exact(value)
    if kind is float:
        return float(value)
    return value
