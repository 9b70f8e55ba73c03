#!/usr/bin/env bash
# Does my model do PARITY? A model is a file; here is one that claims to, and one that does.
source "$(dirname "$0")/session.sh"

say "A model file. This one is Chiang and Cholak's PARITY network with its softmax made hard."
try attest zoo export chiang-cholak-parity-hard -o mine.json
try attest eval mine.json --word 0 1 10 0110

say "One word proves nothing about the others. All words of the lengths 1 to 3:"
try attest prove mine.json --language parity --length 1..3 --certificate out/mine

say "So it fails from the start, and the trace above shows what each head looked at." \
    "Hard attention can do it at a fixed length with enough layers and heads: a tree of 2 layers of 2 heads, 8 bits."
try attest prove zoo:parity-tree-2-2 --language parity --length 8 --certificate out/tree

say "Nobody has to believe attest: the checker shares no code with it."
try attest-check out/mine out/tree
