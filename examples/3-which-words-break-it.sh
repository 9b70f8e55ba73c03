#!/usr/bin/env bash
# Which words break it? From one counterexample to the reason why there are so many.
source "$(dirname "$0")/session.sh"

say "A hard-attention network that tries to compute MAJORITY. At which length does it first go wrong, and where?"
try attest prove zoo:majority-attempt --language majority --length 1..5

say "How far is it from MAJORITY at length 9? Compare what the two functions depend on."
top 18 attest measure zoo:majority-attempt --length 9
top 18 attest measure --language majority --length 9

say "Hahn's argument: fix a few inputs, and the others no longer matter. Every completion gets the same answer," \
    "so a language that needs the others is lost."
try attest restrict zoo:majority-attempt --length 9 --certificate out/r
try attest-check out/r
