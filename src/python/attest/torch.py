"""Networks from PyTorch, which is used if the caller has it and never imported here."""

from __future__ import annotations

import json
import os
import struct
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from ._errors import UsageError
from .model import Model, import_file

_TYPES = {"float64": "F64", "float32": "F32", "float16": "F16", "int64": "I64", "int32": "I32", "uint8": "U8", "bool": "BOOL"}


def from_torch(module: Any, *, alphabet: str | Iterable[str], family: str | None = None, heads: int | None = None,
               activation: str | None = None, settings: Mapping[str, object] | None = None, tokens: str | None = None,
               begin: str | None = None, end: str | None = None, read: str | int | None = None,
               accept: str | int | None = None, name: str = "model",
               against: Mapping[str, Iterable[float]] | None = None, tolerance: float | None = None) -> Model:
    """The network of a module of PyTorch, or of its state dict, with its very numbers.

    A state dict does not say everything; what changes the function and is not in it must be told, or is read from the module, and
    `Model.imported` says what was assumed and why.

    module      an `nn.Module`, or a mapping of names to tensors or numpy arrays
    alphabet    the symbols, in the order of the rows of the embedding; `tokens` if theirs are others: `"(=3,)=4"`
    family      whose names the tensors have, e.g. `torch-encoder`, `gpt2` (default: found by the names)
    settings    further settings of `attest import --set`, such as eps, norm_first, causal
    begin, end  a symbol before and after each word with its row: `"<s>=2"`
    read        where the answer is read: first, last, a position, each, mean, sum
    accept      the classes that mean acceptance: `1`, or `"1,2"`
    against     logits that the module itself gave, by word: they are compared
    Raises      Refused, naming what must be told
    """
    state = module.state_dict() if hasattr(module, "state_dict") else module
    if not isinstance(state, Mapping):
        raise UsageError(f"from_torch: expected a module or a state dict, found {type(module).__name__}")
    told: dict[str, object] = {**_settings_of(module), **(settings or {})}
    for key, value in (("heads", heads), ("activation", activation)):
        if value is not None:
            told[key] = value
    symbols = alphabet if isinstance(alphabet, str) else " ".join(alphabet)
    with tempfile.TemporaryDirectory(prefix="attest-") as folder:
        source = os.path.join(folder, name + ".safetensors")
        write_safetensors(state, source)
        options: dict[str, Any] = {"from": family, "alphabet": symbols, "tokens": tokens, "begin": begin, "end": end,
                                   "read": read, "accept": accept, "tolerance": tolerance}
        if against is not None:
            options["against"] = os.path.join(folder, "against.json")
            logits = {word: [float(x) for x in numbers] for word, numbers in against.items()}
            Path(options["against"]).write_text(json.dumps({"logits": logits}), encoding="utf-8")
        return import_file(source, options, (f"{key}={_word(value)}" for key, value in told.items()))


def _word(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _settings_of(module: Any) -> dict[str, object]:
    """What the modules of an `nn.TransformerEncoder` say beside their tensors."""
    found: dict[str, set[object]] = {}
    for part in module.modules() if hasattr(module, "modules") else ():
        if type(part).__name__ == "MultiheadAttention":
            found.setdefault("heads", set()).add(int(part.num_heads))
        if type(part).__name__ != "TransformerEncoderLayer":
            continue
        found.setdefault("norm_first", set()).add(bool(part.norm_first))
        found.setdefault("eps", set()).add(repr(float(part.norm1.eps)))
        activation = getattr(part.activation, "__name__", type(part.activation).__name__).lower()
        if activation in ("relu", "gelu"):
            found.setdefault("activation", set()).add(activation)
    # What differs from layer to layer is for the caller to tell.
    return {key: values.pop() for key, values in found.items() if len(values) == 1}


def _array_of(name: str, tensor: Any) -> Any:
    """A tensor's numbers as they lie in its memory."""
    import numpy as np

    if hasattr(tensor, "detach"):
        tensor = tensor.detach().cpu()
        if str(tensor.dtype) == "torch.bfloat16":
            tensor = tensor.float()  # exactly
        tensor = tensor.numpy()
    array = np.ascontiguousarray(tensor)
    if array.dtype.name not in _TYPES or array.dtype.byteorder == ">":
        raise UsageError(f"from_torch: {name}: expected one of {', '.join(_TYPES)}, found {array.dtype.name}")
    return array.reshape(np.shape(tensor))  # a scalar stays one


def write_safetensors(state: Mapping[str, Any], path: str | os.PathLike[str]) -> None:
    """Writes tensors in the format safetensors: the length of the header, the header as JSON, the numbers.

    Raises  UsageError for a type that it does not have
    """
    arrays = {name: _array_of(name, tensor) for name, tensor in state.items()}
    header: dict[str, Any] = {}
    at = 0
    for name, array in arrays.items():
        header[name] = {"dtype": _TYPES[array.dtype.name], "shape": list(array.shape), "data_offsets": [at, at + array.nbytes]}
        at += array.nbytes
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)))
        file.write(text)
        for array in arrays.values():
            file.write(memoryview(array.reshape(-1)).cast("B") if array.nbytes else b"")
