#!/usr/bin/env bash
# A network from PyTorch: from torch.save to a verdict. parity4.pt was trained to tell whether up to four bits have an
# odd number of ones, and saved by torch.save(model.state_dict(), "parity4.pt").
source "$(dirname "$0")/session.sh"
cp "$root/examples/parity4.pt" .

say "What is in the file? It is read without running anything that it names."
top 8 attest import parity4.pt --list

say "A state dict does not say everything. Nothing that changes the function is guessed."
refuse attest import parity4.pt --alphabet 01 --begin "<s>=2" --read first --accept 1 -o parity4.json

say "nn.TransformerEncoderLayer(8, 2, 16) made it: two heads and ReLU, of which the file keeps the widths alone." \
    "Row 2 of the embedding is the begin symbol; the head reads there, and class 1 means odd."
try attest import parity4.pt --set heads=2 --set activation=relu --alphabet 01 --begin "<s>=2" --read first --accept 1 -o parity4.json

say "Whether the conversion is right, logits tell that PyTorch itself gave: examples/python/record_logits.py writes them," \
    "and --against compares. Now the question: is it PARITY?"
try attest prove parity4.json --language parity --length 1..5 --certificate out/parity4

say "It is, at the lengths that it was trained for, and no longer. Five certificates say so, checked without attest."
try attest-check out/parity4
