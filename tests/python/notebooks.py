"""Runs notebooks as they stand, without Jupyter, and compares what cells print and show with what is stored in them.

    notebooks.py DIRECTORY [--update]       --update: stores it
"""

import ast
import contextlib
import io
import json
import os
import re
import sys
import tempfile
import traceback
from pathlib import Path

KINDS = {"text/html": "_repr_html_", "image/svg+xml": "_repr_svg_"}


def shown(value):
    """What a notebook shows of a value, by kind."""
    data = {"text/plain": repr(value).splitlines(keepends=True)}
    for kind, method in KINDS.items():
        if hasattr(value, method):
            data[kind] = getattr(value, method)().splitlines(keepends=True)
    return data


def run_cell(source, names, count):
    """The outputs of a cell, as the notebook format has them."""
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    printed, outputs = io.StringIO(), []
    with contextlib.redirect_stdout(printed):
        exec(compile(tree, f"<cell {count}>", "exec"), names)
        value = eval(compile(ast.Expression(last.value), f"<cell {count}>", "eval"), names) if last else None
    if printed.getvalue():
        outputs.append({"name": "stdout", "output_type": "stream", "text": printed.getvalue().splitlines(keepends=True)})
    if value is not None:
        outputs.append({"data": shown(value), "execution_count": count, "metadata": {}, "output_type": "execute_result"})
    return outputs


def comparable(outputs):
    """Without times and digests, and of pages what they are made of: their figures are those of the text. The plain text of what has
    a page is every member of the result, also those that are new."""
    def text(kind, lines):
        whole = "".join(lines)
        if kind == "text/html":
            return re.sub(r"[\d.]+(e-?\d+)?", "0", whole)
        whole = re.sub(r"(seconds=)[\d.e-]+|\b\d+\.\d\d s", r"\1T s", whole)
        return re.sub(r"\b[0-9a-f]{8}([0-9a-f]{4}|[0-9a-f]{56})?\b", "DIGEST", whole)  # of files that may say more one day

    def of_value(data):
        kinds = [kind for kind in data if kind != "text/plain"] or ["text/plain"]
        return {kind: text(kind, data[kind]) for kind in kinds}

    return [text("stream", o["text"]) if "text" in o else of_value(o["data"]) for o in outputs]


def run(path, update):
    """The first cell that differs, or nothing."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    names, count = {"__name__": "__main__"}, 0
    for cell in notebook["cells"]:
        if cell["cell_type"] != "code":
            continue
        count += 1
        outputs = run_cell("".join(cell["source"]), names, count)
        if update:
            cell["outputs"], cell["execution_count"] = outputs, count
        elif comparable(outputs) != comparable(cell["outputs"]):
            return f"cell {count}: expected\n{comparable(cell['outputs'])}\nfound\n{comparable(outputs)}"
    if update:
        path.write_text(json.dumps(notebook, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return ""


def main():
    directory, update = Path(sys.argv[1]).resolve(), "--update" in sys.argv
    notebooks, failed, skipped = sorted(directory.glob("*.ipynb")), 0, 0
    if len(notebooks) < 3:
        sys.exit(f"expected three notebooks in {directory}, found {len(notebooks)}")
    for path in notebooks:
        # Where the files lie that they read; what they write goes elsewhere.
        os.chdir(directory)
        with tempfile.TemporaryDirectory() as folder:
            os.environ["ATTEST_NOTEBOOK_FOLDER"] = folder
            try:
                why = run(path, update)
            except ModuleNotFoundError as error:
                print(f"{path.name}: skipped: {error.name} is missing")
                skipped += 1
                continue
            except Exception:
                why = traceback.format_exc()
        print(f"{path.name}: {'fails: ' + why if why else 'ok'}")
        failed += bool(why)
    sys.exit(1 if failed else 77 if skipped == len(notebooks) else 0)


main()
