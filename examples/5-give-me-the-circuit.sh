#!/usr/bin/env bash
# Give me the circuit for my own tool: AIGER, DOT, DIMACS, each with names that lead back to the word.
source "$(dirname "$0")/session.sh"

say "The constant-depth circuit of the palindrome network at 6 symbols, as ASCII AIGER; inputs are x1 ... x6."
try attest compile zoo:palindrome --length 6 -o p.aag
try head -1 p.aag
try grep -E '^[io][0-9]' p.aag

say "The compact form grows linearly in the length."
try attest compile zoo:palindrome --length 64 --form compact -o p.aig

say "A circuit from elsewhere can be measured, too; this is the one from above."
top 10 attest measure --circuit p.aag

say "The formula that says 'there is a word on which network and language differ', for any SAT solver: a refutation's" \
    "certificate holds it as DIMACS, with a proof in the format that outside checkers read."
try attest prove zoo:palindrome --language palindrome --length 6 --certificate out/p
try ls out/p
try head -1 out/p/formula.cnf
