#!/usr/bin/env python3
"""Follows every link of a site: links.py FOLDER. Each leads to a file of the folder, and to a place that is in it; nothing is
fetched from elsewhere. Prints what does not."""
import html.parser
import pathlib
import re
import sys
import urllib.parse

ROOT = pathlib.Path(sys.argv[1]).resolve()


class Reader(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.names, self.links, self.twice, self.open = set(), [], [], []

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        for key in ("id", "name") if tag == "a" else ("id",):
            if key in values:
                if key == "id" and values[key] in self.names:
                    self.twice.append(values[key])
                self.names.add(values[key])
        for key in ("href", "src"):
            if key in values:
                self.links.append((tag, values[key] or ""))


def read(path):
    reader = Reader()
    reader.feed(path.read_text(errors="strict"))
    return reader


pages = {path: read(path) for path in sorted(ROOT.rglob("*.html"))}
faults, followed = [], 0
reached = {ROOT / "index.html"}
queue = [ROOT / "index.html"]
for path, page in pages.items():
    ours = ROOT / "headers" not in path.parents  # Doxygen's own pages name some places twice, and others not at all
    faults += [f"{path.relative_to(ROOT)}: two places are named {name}" for name in page.twice if ours]
    for tag, link in page.links:
        if re.match(r"(https?|mailto):", link):
            if tag != "a":
                faults.append(f"{path.relative_to(ROOT)}: fetches {link}")
            continue
        if link.startswith(("data:", "javascript:")):
            continue
        target, _, part = link.partition("#")
        to = (path.parent / urllib.parse.unquote(target)).resolve() if target else path
        followed += 1
        if ROOT != to and ROOT not in to.parents:
            faults.append(f"{path.relative_to(ROOT)}: {link} leads out of the site")
        elif not to.is_file():
            faults.append(f"{path.relative_to(ROOT)}: {link} leads nowhere")
        elif part and to.suffix == ".html" and urllib.parse.unquote(part) not in pages[to].names and (ours or ROOT / "headers" not in to.parents):
            faults.append(f"{path.relative_to(ROOT)}: {link} names no place there")
while queue:
    path = queue.pop()
    for tag, link in pages[path].links:
        to = (path.parent / urllib.parse.unquote(link.partition("#")[0])).resolve()
        if tag == "a" and to in pages and to not in reached:
            reached.add(to)
            queue.append(to)
faults += [f"{path.relative_to(ROOT)}: no link leads here from index.html" for path in pages if path not in reached and ROOT / "headers" not in path.parents]
for fault in faults:
    print(fault)
print(f"{len(pages)} pages, {followed} links within the site, {len(faults)} faults")
sys.exit(1 if faults or followed < 1000 or len(pages) < 80 else 0)
