#!/usr/bin/env bash
# First-order logic with counting quantifiers, FOC[+;MOD], lies between transformers in fixed precision and transformers: what it says of a
# word depends on how often each symbol stands at each residue.
source "$(dirname "$0")/session.sh"

say "PARITY, as in the literature: there are x positions with a 1, and x is odd. Proved of all words at once."
show parity.foc <<'END'
alphabet 0 1
exists x exists y (exactly x p 1(p) & x = y + y + 1)
END
try attest prove parity.foc --language parity --length all --certificate out/parity
try attest-check out/parity

say "MAJORITY is not regular, so one length at a time: one word stands for all with the same counts."
show majority.foc <<'END'
alphabet 0 1
exists x exists y (exactly x p 1(p) & exactly y p 0(p) & y < x)
END
try attest prove majority.foc --language majority --length 64,65,200

say "Words of the form abab…ab: a stands at odd positions and nowhere else, b at even ones, and there are as many."
show ab.foc <<'END'
alphabet a b
first  = exists x (exactly x p (a(p) & p mod 2 = 1) & exactly x p a(p))
second = exists y (exactly y p (b(p) & p mod 2 = 0) & exactly y p b(p))
equal  = exists x (exactly x p a(p) & exactly x p b(p) & x > 0)
first & second & equal
END
try attest prove ab.foc --language 'regex:(ab)+' --length all
try attest prove ab.foc --language 'regex:(ab)*' --length all

say "Which regular languages have a formula? Each yes comes with one, each no with words."
top 20 attest classify 'regex:(abab)*'
try attest build 'regex:(abab)*' --kind foc -o abab.foc --certificate out/abab
try cat abab.foc
try attest build 'regex:a*b*' --kind foc -o no.foc 2>&1

say "A formula is a model too, of average attention: heads that count, and heads that look up a residue."
try attest import parity.foc -o parity.json
try attest prove parity.json --language parity --length 0..10
