"""The examples in the package's documentation are run as they stand."""

import doctest
import importlib
import pkgutil
import sys

import attest

failed = tried = 0
for name in ["attest", *(f"attest.{m.name}" for m in pkgutil.iter_modules(attest.__path__) if m.name not in ("_core", "__main__"))]:
    result = doctest.testmod(importlib.import_module(name), optionflags=doctest.ELLIPSIS)
    failed, tried = failed + result.failed, tried + result.attempted
print(f"{tried} examples, {failed} failed")
if tried < 20:
    sys.exit("expected at least 20 examples")
sys.exit(failed > 0)
