#!/usr/bin/env bash
# LaTeX takes what is printed for papers, and nothing sticks out of the page: the table of all claims, and the citation of a
# certificate with its figure, by the packages of texlive-latex-recommended alone.
# Usage: latex.sh BUILD_DIRECTORY
set -euo pipefail
attest=$(cd "$1" && pwd)/src/cli/attest
command -v pdflatex >/dev/null || { echo "skipped: pdflatex is missing"; exit 77; }
kpsewhich booktabs.sty >/dev/null || { echo "skipped: texlive-latex-recommended is missing"; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

# typeset NAME: NAME.tex, with its bibliography; fails if a line sticks out, or if a citation is of nothing.
typeset() {
  pdflatex -halt-on-error -interaction=nonstopmode "$1" >said || { tail -30 said >&2; exit 1; }
  bibtex "$1" >said || { cat said >&2; exit 1; }
  for _ in 1 2 3; do pdflatex -halt-on-error -interaction=nonstopmode "$1" >said || { tail -30 said >&2; exit 1; }; done
  if grep -E '^Overfull|undefined|multiply' "$1.log"; then exit 1; fi
}

"$attest" ledger table --latex >table-body.tex
for key in $("$attest" cite --list); do "$attest" cite "$key"; done >sources.bib
{
  echo '\documentclass{article}\usepackage{array,booktabs,longtable}\begin{document}'
  echo '\input{table-body}\bibliographystyle{plain}\bibliography{sources}\end{document}'
} >table.tex
typeset table
[ "$(grep -c 'cite{' table-body.tex)" -gt 60 ]

status=0
"$attest" prove zoo:chiang-cholak-parity-hard --language parity --length 2 --certificate c2 >/dev/null || status=$?
[ "$status" -eq 1 ]
"$attest" cite c2 --author 'A. Author and B. Author' --url https://example.org/a_b%20c/c2?x=1 --figure >cited
{
  echo '\documentclass[twocolumn]{article}\begin{document}'
  awk '/^% /{part = $0} part ~ /a sentence|the figure/' cited
  echo '\bibliographystyle{plain}\bibliography{cited}\end{document}'
} >figure.tex
awk '/^% /{part = $0} part ~ /certificate|attest/' cited >cited.bib
typeset figure
grep -q 'example' figure.bbl
grep -q '0.1.0\|[0-9]\.[0-9]' figure.bbl

# A certificate of something else has no counterexample to draw.
"$attest" prove zoo:first --language first --length 2 --certificate c1 >/dev/null
status=0
"$attest" cite c1 --figure >/dev/null 2>said || status=$?
[ "$status" -eq 2 ] && grep -q 'counterexample' said
