#!/usr/bin/env bash
# How confident can it be at length 1000? Soft attention that is right on every word, and how little one symbol moves it.
source "$(dirname "$0")/session.sh"

say "Chiang and Cholak's PARITY network answers every word of 10 symbols right; the margin holds for all of them."
try attest prove zoo:chiang-cholak-parity --language parity --length 10 --certificate out/right
try attest-check out/right

say "But how far can one symbol move its output, which is read at the end symbol? Reached by a word, and certified over all words," \
    "up to length 1000:" \
    "about 4/n^2 times a constant, so that its answers cost nearly one bit a word. It is right, and not confident."
try attest influence zoo:chiang-cholak-parity --lengths 10,100,1000

say "With layer normalisation and eps = 0 the output keeps its size at every length."
try attest prove zoo:chiang-cholak-parity-norm --eps 0 --language parity --length 10
