#!/usr/bin/env python3
"""The documentation as pages that are browsed offline, made of the texts that are in the tree.

Usage: pages.py --attest PROGRAM --output FOLDER [--no-headers]
Exit status 77 where cmark-gfm, which makes HTML of Markdown, is missing; 1 where a text links to what is not there.
"""
import argparse
import html
import json
import pathlib
import posixpath
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field

ROOT = pathlib.Path(__file__).resolve().parents[2]
HERE = pathlib.Path(__file__).resolve().parent
FENCED = "```"


@dataclass
class Page:
    section: str
    path: str  # of the page, below the site
    title: str
    body: str  # HTML
    source: str  # in the tree; links in the text are relative to it
    short: str = ""  # in the list of pages


@dataclass
class Site:
    pages: list = field(default_factory=list)
    files: dict = field(default_factory=dict)  # what pages link to and is no page: path below the site, by its place in the tree
    dead: list = field(default_factory=list)

    def by_source(self):
        return {page.source: page for page in self.pages}


def markdown(text):
    """HTML of GitHub's Markdown, as the texts are written."""
    done = subprocess.run(["cmark-gfm", "-e", "table", "-e", "autolink"], input=text, capture_output=True, text=True, check=True)
    return done.stdout.replace("<table>", '<div class="table"><table>').replace("</table>", "</table></div>")


def plain(fragment):
    return html.unescape(re.sub(r"<[^>]*>", "", fragment)).strip()


def with_ids(body):
    """A name for each heading, as GitHub gives it, and a link to it."""
    seen = {}

    def named(match):
        level, inner = match.groups()
        slug = re.sub(r"[^\w\- ]", "", plain(inner).lower()).replace(" ", "-") or "section"
        seen[slug] = seen.get(slug, -1) + 1
        if seen[slug]:
            slug += f"-{seen[slug]}"
        return f'<h{level} id="{slug}">{inner}<a class="anchor" href="#{slug}" aria-label="link to this section">#</a></h{level}>'

    return re.sub(r"<h([1-6])>(.*?)</h\1>", named, body, flags=re.S)


# Where texts are.


def title_of(text, otherwise):
    found = re.search(r"^# (.+)$", text, re.M)
    return plain(markdown(found.group(1))) if found else otherwise


def text_page(section, source, short=""):
    text = (ROOT / source).read_text()
    path = "index.html" if source == "README.md" else re.sub(r"\.md$", ".html", source)
    return Page(section, path, title_of(text, source), markdown(text), source, short or source)


def readmes():
    names = subprocess.run(["git", "ls-files", "*README.md"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split()
    if not names:  # a tree without its history
        names = [str(path.relative_to(ROOT)) for path in ROOT.glob("*/**/README.md") if path.relative_to(ROOT).parts[0] in ("benchmarks", "include", "src")]
    return sorted(name for name in set(names) if name != "README.md")


def session_page(script):
    """A session of examples/, with what it prints: prose behind `# `, commands behind `$ `."""
    head = script.read_text().splitlines()[1].removeprefix("# ")
    title = re.match(r".*?[.?](?= |$)|.*", head).group(0)
    body, block = [markdown(head)], []

    def close():
        if any(line.strip() for line in block):
            shown = "\n".join(f'<span class="typed">{html.escape(line)}</span>' if line.startswith("$ ") else html.escape(line) for line in block)
            body.append(f"<pre>{shown.strip(chr(10))}</pre>")
        block.clear()

    for line in script.with_suffix(".out").read_text().splitlines():
        if line.startswith("# "):
            close()
            body.append(markdown(line.removeprefix("# ")))
        else:
            block.append(line)
    close()
    source = str(script.relative_to(ROOT))
    number = script.name.split("-")[0]
    body.insert(0, f"<h1>{html.escape(title)}</h1>")
    return Page("Tutorials", f"examples/{script.stem}.html", title, "".join(body), source, f"{number}. {title}")


def output_of_cell(output):
    data = output.get("data", {})
    if "text/html" in data:
        return "<div>" + "".join(data["text/html"]) + "</div>"
    if "image/png" in data:
        return f'<img alt="output" src="data:image/png;base64,{"".join(data["image/png"]).strip()}">'
    return "<pre>" + html.escape("".join(data.get("text/plain", output.get("text", [])))) + "</pre>"


def notebook_page(path):
    cells = json.loads(path.read_text())["cells"]
    body = []
    for cell in cells:
        text = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            body.append(markdown(text))
        else:
            body.append(f'<pre><code class="typed">{html.escape(text)}</code></pre>')
            body.extend(output_of_cell(output) for output in cell.get("outputs", []))
    source = str(path.relative_to(ROOT))
    title = title_of("".join(cells[0]["source"]), path.stem)
    return Page("Tutorials", f"examples/notebooks/{path.stem}.html", title, "".join(body), source, f"Python: {title}")


# Man pages, of the few requests that `attest manual` writes.


def spoken(text):
    """Fonts and escapes of troff."""
    text = html.escape(text).replace("\\&amp;", "").replace("\\-", "-")
    text = re.sub(r"\\f([BI])(.*?)\\fR", lambda m: f"<b>{m[2]}</b>" if m[1] == "B" else f"<i>{m[2]}</i>", text)
    return text.replace("\\e", "\\")


def man_html(text):
    body, terms, literal, open_list = [], None, False, False
    for line in text.splitlines():
        request, _, rest = line.partition(" ") if line.startswith(".") else ("", "", line)
        if request in (".SH", ".nf") and open_list:
            body.append("</dl>")
            open_list = False
        if request == ".TH":
            body.append(f"<h1>{spoken(rest.split(chr(34))[1].lower())}</h1>")
        elif request == ".SH":
            body.append(f"<h2>{spoken(rest.capitalize())}</h2>")
        elif request == ".TP":
            if not open_list:
                body.append("<dl>")
            open_list, terms = True, []
        elif request in (".nf", ".fi"):
            literal = request == ".nf"
            body.append("<pre>" if literal else "</pre>")
        elif request in ("", ".B", ".BR"):
            shown = spoken(rest)
            if request == ".B":
                shown = f"<b>{shown}</b>"
            elif request == ".BR":
                name = shown.split(" ")[0]
                shown = f'<a href="{name}.html"><b>{name}</b></a>(1)'
            if literal:
                body.append(shown + "\n")
            elif terms is not None:
                if not terms:
                    terms.append(shown)
                    body.append(f"<dt>{shown}</dt>")
                else:
                    body.append(f"<dd>{shown}</dd>")
                    terms = None
            else:
                body.append(f"<p>{shown}</p>")
        else:
            raise SystemExit(f"pages.py: expected a request that attest manual writes, found {request}")
    return "".join(body) + ("</dl>" if open_list else "")


def man_pages(attest):
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([attest, "manual", "-o", folder, "--quiet"], check=True)
        for path in sorted(pathlib.Path(folder).glob("*.1")):
            name = path.stem
            yield Page("Commands", f"commands/{name}.html", name, man_html(path.read_text()), "", name.replace("-", " ", 1))


# Links.


def place_of(site, page, target):
    """What a place in the tree is in the site; none if it is not there."""
    path = posixpath.normpath(posixpath.join(posixpath.dirname(page.source), target)) if target else page.source
    for one in (path, posixpath.join(path, "README.md")):
        if one in site.by_source():
            return site.by_source()[one].path
    if (ROOT / path).is_file():
        return site.files.setdefault(path, "files/" + path)
    return None


def with_links(site, page):
    """Links to texts lead to their pages, those to other files to copies; a text that is named in code type is linked."""
    here = posixpath.dirname(page.path)

    def link(match):
        target, hash_, part = html.unescape(match[1]).partition("#")
        if re.match(r"[a-z]+:", target) or not page.source or (not target and hash_):
            return match[0]
        place = place_of(site, page, target)
        if place is None:
            site.dead.append(f"{page.source}: {match[1]}")
            return match[0]
        return f'href="{html.escape(posixpath.relpath(place, here or ".") + hash_ + part)}"'

    def name(match):
        path = html.unescape(match[1])
        if not page.source or not re.fullmatch(r"[\w./-]+(\.md|/)", path):
            return match[0]
        sources = site.by_source()
        for base in ("", posixpath.dirname(page.source)):
            full = posixpath.normpath(posixpath.join(base, path))
            found = sources.get(full) or sources.get(posixpath.join(full, "README.md"))
            if found and found is not page:
                return f'<a href="{posixpath.relpath(found.path, here or ".")}">{match[0]}</a>'
        return match[0]

    body = re.sub(r'href="([^"]*)"', link, page.body)
    return re.sub(r"(?<!>)<code>([^<]*)</code>(?!</a>)", name, body)


def navigation(site, page, headers):
    here = posixpath.dirname(page.path) or "."
    lists = []
    for section in dict.fromkeys(one.section for one in site.pages):
        rows = "".join(
            f'<li><a href="{posixpath.relpath(one.path, here)}"{" aria-current=page" if one is page else ""}>{html.escape(one.short)}</a></li>'
            for one in site.pages if one.section == section)
        lists.append(f'<details{" open" if section in (page.section, "attest") else ""}><summary>{section}</summary><ul>{rows}</ul></details>')
    if headers:
        lists.append(f'<a href="{posixpath.relpath("headers/index.html", here)}">Public headers</a>')
    return "".join(lists)


def whole(site, page, headers):
    here = posixpath.dirname(page.path) or "."
    source = f'<p class="source">{html.escape(page.source)}</p>' if page.source else ""
    title = page.title if page.path == "index.html" else f"{page.title} - attest"
    return (f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
            f'<title>{html.escape(title)}</title><link rel="stylesheet" href="{posixpath.relpath("look.css", here)}"></head>'
            f'<body><nav aria-label="pages">{navigation(site, page, headers)}</nav><main>{source}{with_ids(with_links(site, page))}</main></body></html>\n')


def write_headers(output):
    """The public headers, where Doxygen is there to read them."""
    if not shutil.which("doxygen"):
        print("pages.py: doxygen is not installed: the site has no pages of headers")
        return False
    settings = {"PROJECT_NAME": "attest", "INPUT": ROOT / "include/attest", "RECURSIVE": "YES", "FILE_PATTERNS": "*.hpp *.md",
                "USE_MDFILE_AS_MAINPAGE": ROOT / "include/attest/README.md", "STRIP_FROM_PATH": ROOT / "include", "OUTPUT_DIRECTORY": output,
                "HTML_OUTPUT": "headers", "GENERATE_LATEX": "NO", "QUIET": "YES", "WARNINGS": "NO", "EXTRACT_ALL": "YES", "HAVE_DOT": "NO",
                "CLASS_GRAPH": "NO", "SEARCHENGINE": "NO", "HTML_TIMESTAMP": "NO", "VERBATIM_HEADERS": "NO"}
    text = "".join(f'{key} = "{value}"\n' if isinstance(value, pathlib.Path) else f"{key} = {value}\n" for key, value in settings.items())
    subprocess.run(["doxygen", "-"], input=text, text=True, check=True)
    return True


def collect(attest):
    site = Site()
    site.pages.append(text_page("attest", "README.md", "Start"))
    site.pages.append(text_page("attest", "CHANGELOG.md", "Changes"))
    sessions = [path for path in (ROOT / "examples").glob("*.sh") if path.with_suffix(".out").exists()]
    site.pages.extend(session_page(path) for path in sorted(sessions, key=lambda path: int(path.name.split("-")[0])))
    site.pages.extend(notebook_page(path) for path in sorted((ROOT / "examples/notebooks").glob("*.ipynb")))
    site.pages.extend(man_pages(attest))
    site.pages.append(text_page("Formats", "src/formats/MODEL.md", "Model files"))
    site.pages.append(text_page("Formats", "src/certify/FORMAT.md", "Certificates"))
    site.pages.extend(text_page("Parts", name, posixpath.dirname(name)) for name in readmes())
    return site


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--attest", required=True)
    parser.add_argument("--output", required=True)
    parser.add_argument("--no-headers", action="store_true")
    asked = parser.parse_args()
    if not shutil.which("cmark-gfm"):
        print("skipped: cmark-gfm is not installed, which makes HTML of Markdown")
        return 77
    site = collect(asked.attest)
    output = pathlib.Path(asked.output).resolve()
    shutil.rmtree(output, ignore_errors=True)
    output.mkdir(parents=True)
    headers = not asked.no_headers and write_headers(output)
    for page in site.pages:
        path = output / page.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(whole(site, page, headers))
    for source, place in site.files.items():
        (output / place).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / source, output / place)
    shutil.copy(HERE / "look.css", output)
    for line in site.dead:
        print("pages.py: a link to what is not there:", line)
    print(f"{len(site.pages)} pages in {output}/index.html")
    return 1 if site.dead else 0


if __name__ == "__main__":
    sys.exit(main())
