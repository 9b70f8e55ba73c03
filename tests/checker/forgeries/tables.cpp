#include "forgery.hpp"
#include "originals.hpp"

// Tables, format attest/guhat, as the checker reads them: as a model ("tables") and as a network of a class.

namespace forgeries {
namespace {

Forgery table(const char* sentence, const std::string& from, const std::string& to, const char* where) {
    return {sentence, "tables", in("model.json", from, to), "question", where};
}
Forgery bounded(const char* sentence, const std::string& from, const std::string& to, const char* where) {
    return {sentence, "bounded network", in("witness.json", from, to), "network", where};
}

constexpr const char* keys =
    "format attest/guhat, version 1, alphabet, optional end, length, layers, heads, activations";
constexpr const char* value =
    "A value at layer 0 is the symbol, after an unbounded layer [own, [position, value], …], after a bounded "
    "one an integer";
constexpr const char* prefer =
    "asked from position i with value v, the head attends to the first pair of the list that is present";
constexpr const char* once = "No entry, pair or accepted value twice";
constexpr const char* last = "The last layer has no activation, and only the readout position asks in it";

}  // namespace

Section tables() {
    return {
        "model format, tables",
        {table(keys, "\"version\": 1", "\"version\": 2", "model.json: version"),
         table(keys, "\"layers\"", "\"bias\": 0, \"layers\"", "unknown key \"bias\""),
         table(keys, "\"activations\": null, ", "", "the key \"activations\" is missing"),
         table(keys, "\"activations\": null", "\"activations\": 0", "activations: 0 is not between 1"),
         table(keys, "\"alphabet\": [\"0\", \"1\"]", "\"alphabet\": [\"0\", \"0\"]",
               "alphabet[1]: the symbol occurs twice"),
         table(keys, "\"alphabet\": [\"0\", \"1\"]", "\"alphabet\": []", "alphabet: at least one symbol"),
         table(keys, "\"alphabet\": [\"0\", \"1\"]", "\"alphabet\": [\"0\", \"11\"]",
               "alphabet[1]: a symbol is one character"),
         table(keys, "\"end\": \"$\"", "\"end\": \"0\"", "end: the symbol is in the alphabet"),
         table(keys, "\"end\": \"$\"", "\"end\": \"\"", "end: an empty symbol"),
         table(keys, "\"heads\": 2", "\"heads\": -2", "heads: -2 is not between 0"),
         table(keys, "\"length\": 2", "\"length\": 65537", "length: 65537 is not between 0"),
         table(value, "\"value\": \"$\"", "\"value\": \"0\"",
               "attention[0].value: the end symbol was expected"),
         table(value, "[1, \"0\"], [1, \"1\"]", "[1, \"0\"], [1, \"2\"]",
               "prefer[1][1]: \"2\" is not in the alphabet"),
         table(value, "[1, \"0\"], [1, \"1\"]", "[1, \"0\"], [4, \"1\"]",
               "prefer[1][0]: 4 is not between 1 and 3"),
         table(value, "[1, \"0\"], [1, \"1\"]", "[1, \"0\"], [0, \"1\"]",
               "prefer[1][0]: 0 is not between 1 and 3"),
         table(value, "[1, \"0\"], [1, \"1\"]", "[1, \"0\"], [1]", "prefer[1]: a pair is [position, value]"),
         table(value, "[\"$\", [1, \"0\"], [2, \"1\"]]", "[\"$\", [1, \"0\"]]",
               "accept[0]: a pair for each head"),
         table(value, "[\"$\", [1, \"0\"], [2, \"1\"]]", "[]", "accept[0]: a value before the layer"),
         table(value, "[\"$\", [1, \"0\"], [2, \"1\"]]", "\"$\"", "accept[0]: an array was expected"),
         table(prefer, "\"layer\": 1", "\"layer\": 2", "attention[0].layer: 2 is not between 1 and 1"),
         table(prefer, "\"head\": 1", "\"head\": 3", "attention[0].head: 3 is not between 1 and 2"),
         table(prefer, "\"position\": 3", "\"position\": 4",
               "attention[0].position: 4 is not between 3 and 3"),
         table(prefer, "\"prefer\"", "\"like\": [], \"prefer\"", "attention[0]: unknown key \"like\""),
         table(last, "\"position\": 3, \"value\": \"$\"", "\"position\": 1, \"value\": \"0\"",
               "attention[0].position: 1 is not between 3 and 3"),
         table(once, "[[1, \"0\"], [1, \"1\"]]", "[[1, \"0\"], [1, \"0\"]]",
               "prefer[1]: the pair occurs twice"),
         table(once, "\"head\": 2", "\"head\": 1", "attention[1]: a second entry for this layer"),
         table(once, "\"accept\": [", "\"accept\": [[\"$\", [1, \"0\"], [2, \"1\"]], ",
               "accept[1]: the value occurs twice"),
         table("unbounded activations have no table", "\"accept\"", "\"activation\": [], \"accept\"",
               "activation: unbounded activations have no table"),
         bounded(value, "[[1, [1, 0]]]", "[[\"1\", [1, 0]]]", "accept[0][0]: an integer was expected"),
         bounded(value, "[[1, [1, 0]]]", "[[2, [1, 0]]]", "accept[0][0]: 2 is not between 0 and 1"),
         bounded(value, "[[1, [1, 0]]]", "[[1, [1, \"0\"]]]", "accept[0][1][1]: an integer was expected"),
         bounded(value, "[[1, [1, 0]]]", "[1]", "accept[0]: an array was expected"),
         bounded(last, "\"activation\": [{\"layer\": 1", "\"activation\": [{\"layer\": 2",
                 "activation[0].layer: 2 is not between 1 and 1"),
         bounded(once, "\"attended\": [[2, \"1\"]]", "\"attended\": [[1, \"1\"]]",
                 "activation[1]: a second entry"),
         bounded(value, "\"attended\": [[1, \"1\"]]", "\"attended\": []", "attended: a pair for each head"),
         bounded(value, "\"becomes\": 1", "\"becomes\": -1", "becomes: -1 is not between 0 and 1"),
         bounded("becomes: an activation", ", \"becomes\": 1", "", "the key \"becomes\" is missing")}};
}

}  // namespace forgeries
