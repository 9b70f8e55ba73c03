#!/usr/bin/env bash
# My first model: a transformer written by hand, from the first slip to a proof. The format: attest manual model-format.
source "$(dirname "$0")/session.sh"

say "The network is to accept the words that contain a 1. One number a position will do: 0 or 1. One head looks for a" \
    "position with a 1, and the last position tells what its head saw."
show mine.json <<'END'
{"format": "attest/model", "version": 1, "name": "mine", "alphabet": ["0", "1"], "dimension": 1,
 "embedding": {"0": [0], "1": [1]},
 "layers": [{"attention": {"kind": "hard", "residual": false,
             "heads": [{"query": [[1]], "keys": [[1]], "value": [[1]], "output": [[1]]}]}}],
 "readout": {"position": "last", "weight": [1], "bias": 0}}
END
refuse attest eval mine.json --word 0110

say "A slip is told with its place: the first layer, its first head. The key is called \"key\"."
sed -i 's/"keys"/"key"/' mine.json
try attest eval mine.json --word 0 1 00 01 10 11

say "All six are right. That says nothing about longer words: a proof asks about each word of a length."
try attest prove mine.json --language contains:1 --length 1..4

say "010 ends in 0, so the last position asks with 0, every score is 0, and of a tie the first position wins." \
    "It must ask with 1, whatever it holds: a query that is a constant."
sed -i 's/"query": \[\[1\]\]/"query": {"weight": [[0]], "bias": [1]}/' mine.json
try attest eval mine.json --word 010 --trace
try attest prove mine.json --language contains:1 --length 1..8 --certificate out/mine

say "Eight lengths, eight proofs. Whoever doubts them checks them, without attest."
try attest-check out/mine
