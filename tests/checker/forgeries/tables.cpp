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

constexpr const char* version = "| `version` | 1 |";
constexpr const char* keys = "A key that this text does not name at a place is an error there";
constexpr const char* activations = "null: unbounded; or A, 1 to 2²⁰";
constexpr const char* alphabet = "distinct symbols of one character, at least one";
constexpr const char* end = "a symbol outside the alphabet that follows the word; null or left out: none";
constexpr const char* length = "N, 0 to 65536; with `end` there are N + 1 positions, and there is at least one";
constexpr const char* sizes = "0 to 64, 0 to 1024";
constexpr const char* value = "A *value* before layer 1 is the symbol at its position (the end symbol at the end)";
constexpr const char* list =
    "it is a list: the value before, then for each head a pair [position, value] of what it attended to";
constexpr const char* bounded_value = "After another layer it is one of 0 … A−1";
constexpr const char* prefer = "`{\"layer\": l, \"head\": h, \"position\": i, \"value\": v, \"prefer\": [[j, w], …]}`";
constexpr const char* once = "Nothing is said twice: no two entries for one layer, head, position and value";
constexpr const char* last = "In the last layer only the last position asks";

}  // namespace

Section tables() {
    return {
        "MODEL.md, tables",
        {table(version, "\"version\": 1", "\"version\": 2", "model.json: version"),
         table(keys, "\"layers\"", "\"bias\": 0, \"layers\"", "unknown key \"bias\""),
         table(activations, "\"activations\": null, ", "", "the key \"activations\" is missing"),
         table(activations, "\"activations\": null", "\"activations\": 0", "activations: 0 is not between 1"),
         table(alphabet, "\"alphabet\": [\"0\", \"1\"]", "\"alphabet\": [\"0\", \"0\"]",
               "alphabet[1]: the symbol occurs twice"),
         table(alphabet, "\"alphabet\": [\"0\", \"1\"]", "\"alphabet\": []", "alphabet: at least one symbol"),
         table(alphabet, "\"alphabet\": [\"0\", \"1\"]", "\"alphabet\": [\"0\", \"11\"]",
               "alphabet[1]: a symbol is one character"),
         table(end, "\"end\": \"$\"", "\"end\": \"0\"", "end: the symbol is in the alphabet"),
         table(end, "\"end\": \"$\"", "\"end\": \"\"", "end: a symbol is not empty"),
         table(sizes, "\"heads\": 2", "\"heads\": -2", "heads: -2 is not between 0"),
         table(length, "\"length\": 2", "\"length\": 65537", "length: 65537 is not between 0"),
         table(value, "\"value\": \"$\"", "\"value\": \"0\"", "attention[0].value: the end symbol was expected"),
         table(value, "[1, \"0\"], [1, \"1\"]", "[1, \"0\"], [1, \"2\"]", "prefer[1][1]: \"2\" is not in the alphabet"),
         table(value, "[1, \"0\"], [1, \"1\"]", "[1, \"0\"], [4, \"1\"]", "prefer[1][0]: 4 is not between 1 and 3"),
         table(value, "[1, \"0\"], [1, \"1\"]", "[1, \"0\"], [0, \"1\"]", "prefer[1][0]: 0 is not between 1 and 3"),
         table(value, "[1, \"0\"], [1, \"1\"]", "[1, \"0\"], [1]", "prefer[1]: a pair is [position, value]"),
         table(list, "[\"$\", [1, \"0\"], [2, \"1\"]]", "[\"$\", [1, \"0\"]]", "accept[0]: a pair for each head"),
         table(list, "[\"$\", [1, \"0\"], [2, \"1\"]]", "[]", "accept[0]: a value before the layer"),
         table(list, "[\"$\", [1, \"0\"], [2, \"1\"]]", "\"$\"", "accept[0]: an array was expected"),
         table(prefer, "\"layer\": 1", "\"layer\": 2", "attention[0].layer: 2 is not between 1 and 1"),
         table(prefer, "\"head\": 1", "\"head\": 3", "attention[0].head: 3 is not between 1 and 2"),
         table(prefer, "\"position\": 3", "\"position\": 4", "attention[0].position: 4 is not between 3 and 3"),
         table(prefer, "\"prefer\"", "\"like\": [], \"prefer\"", "attention[0]: unknown key \"like\""),
         table(last, "\"position\": 3, \"value\": \"$\"", "\"position\": 1, \"value\": \"0\"",
               "attention[0].position: 1 is not between 3 and 3"),
         table(once, "[[1, \"0\"], [1, \"1\"]]", "[[1, \"0\"], [1, \"0\"]]", "prefer[1]: the pair occurs twice"),
         table(once, "\"head\": 2", "\"head\": 1", "attention[1]: a second entry for this layer"),
         table(once, "\"accept\": [", "\"accept\": [[\"$\", [1, \"0\"], [2, \"1\"]], ",
               "accept[1]: the value occurs twice"),
         table("bounded only, may be left out", "\"accept\"", "\"activation\": [], \"accept\"",
               "activation: unbounded activations have no table"),
         bounded(bounded_value, "[[1, [1, 0]]]", "[[\"1\", [1, 0]]]", "accept[0][0]: an integer was expected"),
         bounded(bounded_value, "[[1, [1, 0]]]", "[[2, [1, 0]]]", "accept[0][0]: 2 is not between 0 and 1"),
         bounded(bounded_value, "[[1, [1, 0]]]", "[[1, [1, \"0\"]]]", "accept[0][1][1]: an integer was expected"),
         bounded(list, "[[1, [1, 0]]]", "[1]", "accept[0]: an array was expected"),
         bounded("0 without an entry; the last layer has none", "\"activation\": [{\"layer\": 1",
                 "\"activation\": [{\"layer\": 2", "activation[0].layer: 2 is not between 1 and 1"),
         bounded(once, "\"attended\": [[2, \"1\"]]", "\"attended\": [[1, \"1\"]]", "activation[1]: a second entry"),
         bounded(list, "\"attended\": [[1, \"1\"]]", "\"attended\": []", "attended: a pair for each head"),
         bounded(bounded_value, "\"becomes\": 1", "\"becomes\": -1", "becomes: -1 is not between 0 and 1"),
         bounded("`{\"layer\": l, \"position\": i, \"value\": v, \"attended\": [[j, w], …], \"becomes\": a}`",
                 ", \"becomes\": 1", "", "the key \"becomes\" is missing")}};
}

}  // namespace forgeries
