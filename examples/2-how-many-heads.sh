#!/usr/bin/env bash
# How many heads would it need? Not for one model, but for every network of a class.
source "$(dirname "$0")/session.sh"

say "One layer of hard attention with two heads, read at an end symbol: whatever its embeddings, scores and activations" \
    "are, it computes the parity of 2 bits and never of 3. A network at 2, a checked proof at 3."
try attest threshold parity --layers 1 --heads 2 --certificate out/two-heads
try attest-check out/two-heads

say "The witness is a file that every other command reads."
try attest eval out/two-heads/length-2/witness.json --word 00 01 10 11

say "Two layers of one head each, with one bit of state after the first: five bits at least."
try attest threshold parity --layers 2 --heads 1 --activations 2 --to 5

say "Eight bits it never computes: there are more pairs of words that differ in one symbol than such a network tells apart."
try attest threshold parity --layers 2 --heads 1 --activations 2 --from 8 --to 8

say "One layer of softmax heads and nothing else needs a head for each bit."
try attest threshold parity --softmax --heads 3
