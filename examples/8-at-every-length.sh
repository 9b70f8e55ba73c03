#!/usr/bin/env bash
# Every length at once: what is proved at all lengths needs no greatest N, and the language of a network can be told from it.
source "$(dirname "$0")/session.sh"

say "A network of the zoo, at every length, with a certificate that is closed again by the checker."
try attest prove zoo:dyck-1-depth-3 --language dyck:1,3 --length all --certificate out/d3
try attest-check out/d3

say "A network that is built of a regular expression, here brackets a and b to depth 4, against another name of the language."
try attest build nested:4 -o d4.json --certificate out/d4
try attest prove d4.json --language dyck:1,4 --map "a=(,b=)" --length all

say "Where a network is wrong, a shortest word shows it."
top 1 attest prove zoo:tomita-4 --language tomita:7 --length all

say "What does the induction head recognise? Its minimal automaton, the first words in and out, and formulas."
top 20 attest language zoo:induction-head -o induction.ltl

say "A formula of temporal logic is a model too: every a has its b behind it at once."
show ab.ltl <<'END'
alphabet a b
b & H (a -> Z b) & H (b -> Y a) | empty
END
try attest build nested:1 -o ab.json --certificate out/ab
try attest equal ab.ltl ab.json --length all --certificate out/same
try attest-check out/ab out/same
