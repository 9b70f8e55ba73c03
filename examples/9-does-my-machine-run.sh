#!/usr/bin/env bash
# Does the network do what my machine does? On every word, for ever, and in floating point.
source "$(dirname "$0")/session.sh"

say "A machine that adds 1 to a binary number: the head goes to the end, and carries back."
show increment.json <<END
{"format": "attest/turing", "version": 1, "name": "increment", "alphabet": ["0", "1"], "blank": "#", "tape": ["#", "0", "1"],
 "states": ["right", "carry", "done"], "start": "right", "accept": ["done"],
 "transitions": [["right", "0", "right", "0", "R"], ["right", "1", "right", "1", "R"], ["right", "#", "carry", "#", "L"],
                 ["carry", "1", "carry", "0", "L"], ["carry", "0", "done", "1", "S"], ["carry", "#", "done", "1", "S"]]}
END

say "Machine and network side by side. The machine first walks over its word, since the network reads it so."
try attest machine run increment.json --word 1011 --steps 40
top 6 attest machine run increment.json --word 1 --steps 12 --trace

say "That was one word. This is every word, at every time: the checker writes the network a second time."
try attest machine prove increment.json --all --certificate out/for-ever
try attest check out/for-ever

say "The network as a file. With 1/2 in the place of 1/3 nothing is known of it for ever; on short words it is still right."
try attest machine export increment.json -o network.json
sed 's#"1/3"#"1/2"#' network.json >half.json
try attest machine prove increment.json --network half.json
try attest machine prove increment.json --network half.json --length 2 --steps 12

say "With another number in its table it is wrong, on a word that is shown."
sed 's#"bias": \[-1,-1,-1#"bias": [-1,-1,1#' network.json >loud.json
try attest machine prove increment.json --network loud.json

say "In binary32 the network of a machine that goes back far enough reads what was overwritten."
try attest machine float increment.json --word 1111111111111111111111111111111111111111 --steps 300
try attest machine float increment.json --word 1011 --steps 300

say "A program of the one instruction: subtract, and branch if the result is not positive. Is one loop one step?"
try attest machine run subleq:2,8:-1,0,7,9:2,3,1_1,0,1 --temperature 12
try attest machine prove subleq:2,8:-1,0,7,9:2,3,1_1,0,1 --certificate out/loops
try attest machine prove subleq:4,11:0,0,1,-1:2,2,4_3,0,2_1,1,3_1,1,3_1,1,3_1,1,2_1,1,3_1,1,3 --temperature 10
