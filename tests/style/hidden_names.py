"""No constant in an unnamed namespace has the name of a header's constant in a namespace around or within its own.

Where three dozen files are compiled as one, the constant of the one file would stand for the header's in all that come after it,
without an error: the next file means the header's and gets the other.

    hidden_names.py ROOT
"""

import collections
import pathlib
import re
import sys

CONSTANT = re.compile(r"^(?:inline |static )*constexpr ([^;(]*)", re.MULTILINE)
NAME = re.compile(r"(?<![:\w])(\w+)\s*(?:=|\{)")


def constants(path):
    """The namespace of a file, and the constants that stand at the beginning of a line."""
    text = path.read_text()
    space = re.search(r"^namespace ([\w:]+) \{", text, re.MULTILINE)
    names = {name for found in CONSTANT.finditer(text) for name in NAME.findall(found[1])}
    return (space[1] if space else ""), names


def is_within(inner, outer):
    return inner == outer or inner.startswith(outer + "::")


def main(root):
    in_headers = collections.defaultdict(list)
    headers = sources = 0
    for folder in ("src", "include"):
        for path in sorted((root / folder).rglob("*.hpp")):
            space, names = constants(path)
            headers += 1
            for name in names:
                in_headers[name].append((space, path))
    hidden = []
    for path in sorted((root / "src").rglob("*.cpp")):
        space, names = constants(path)
        sources += 1
        for name in sorted(names):
            for other, header in in_headers[name]:
                if is_within(space, other) or is_within(other, space):
                    hidden.append(f"{path.relative_to(root)}: {name} has the name of a constant in {header.relative_to(root)}")
    print("\n".join(hidden) if hidden else f"{sources} sources, {headers} headers, {len(in_headers)} constants in these")
    return 1 if hidden or not in_headers else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
