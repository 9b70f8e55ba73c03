#include "forgery.hpp"

// Sections 4 to 6: there is one circuit for a model, a language, a length and drops. Each rule of how it is
// built is broken in the file, or the model, language or drops are others than those that it was built from.

namespace forgeries {
namespace {

Edit gates(const std::string& from, const std::string& to) { return in("circuit.json", from, to); }
Edit weights(const std::string& from, const std::string& to) { return in("model.json", from, to); }

constexpr const char* form =
    "`{\"format\": \"attest/circuit\", \"version\": 1, \"inputs\": I, \"gates\": [[kind, l₁, l₂, …], …], "
    "\"roots\": [miter, drop, …]}`";
constexpr const char* and_rule =
    "Remove ⊤. If ⊥ is in S: ⊥. Sort ascending, remove repeats. If l and ¬l are both there: ⊥. If nothing is "
    "left: ⊤; one literal: that literal.";
constexpr const char* reuse =
    "If an AND gate with this very list exists: its literal 2·node. Else a new AND gate with this list.";
constexpr const char* xor_rule = "a, b be the even literals of the two nodes, swapped so that a < b";
constexpr const char* gate_for_gate =
    "`circuit.json` is gate for gate the miter that section 6 builds from `model.json`, language, N and "
    "drops";
constexpr const char* roots = "*Roots*: the miter, then the drop literals in order.";
constexpr const char* unneeded =
    "Gates that no root depends on are removed and the others renumbered in order, inputs all kept.";

std::vector<Forgery> form_of_files() {
    return {
        {form, "suffix", gates("attest/circuit", "attest/circuits"), "translation",
         "format: \"attest/circuit\" was expected"},
        {form, "suffix", gates("\"version\": 1", "\"version\": 2"), "translation", "circuit.json: version"},
        {form, "suffix", gates("\"inputs\": 5", "\"inputs\": 6"), "translation", "circuit.json: inputs"},
        {form, "suffix", gates("\"inputs\": 5", "\"inputs\": \"5\""), "translation", "circuit.json: inputs"},
        {form, "suffix", gates("\"gates\"", "\"nodes\""), "translation", "the key \"gates\" is missing"},
        {form, "suffix", gates("\"roots\"", "\"outputs\""), "translation", "the key \"roots\" is missing"},
        {form, "suffix", gates("}", ""), "translation", "circuit.json byte"},
        {form, "suffix", gates("{\"format\"", "[{\"format\""), "translation", "circuit.json byte"},
        {form, "suffix", gates("\"roots\": [106]", "\"roots\": 106"), "translation", "roots: an array was expected"},
        {"kind is `\"and\"` or `\"xor\"`", "suffix", gates("[\"and\"", "[\"or\""), "translation", "gates[0]"},
        {"kind is `\"and\"` or `\"xor\"`", "suffix", gates("[\"and\"", "[\"AND\""), "translation", "gates[0]"},
        {"kind is `\"and\"` or `\"xor\"`", "suffix", gates("[\"and\", 3, 5]", "[3, 5]"), "translation", "gates[0]"},
        {"kind is `\"and\"` or `\"xor\"`", "suffix", gates("[\"and\", 3, 5]", "[]"), "translation", "gates[0]"},
        {"literals as in section 4", "suffix", gates("[\"and\", 3, 5]", "[\"and\", \"3\", 5]"), "translation",
         "gates[0]"},
        {"literals as in section 4", "suffix", gates("[\"and\", 3, 5]", "[\"and\", 3.0, 5]"), "translation",
         "gates[0]"},
        {"literals as in section 4", "suffix", gates("[\"and\", 3, 5]", "[\"and\", 4294967299, 5]"), "translation",
         "gates[0]"},
        {"literals as in section 4", "suffix", gates("[\"and\", 3, 5]", "[\"and\", 18446744073709551619, 5]"),
         "translation", "gates[0]"},
        {"A *literal* is 2·node, or 2·node+1 for its complement", "suffix", gates("[\"and\", 3, 5]", "[\"and\", 2, 5]"),
         "translation", "gates[0]"},
        {"A gate is AND of k ≥ 2 literals or XOR of two nodes' literals", "suffix",
         gates("[\"and\", 3, 5]", "[\"and\", 3]"), "translation", "gates[0]"},
        {"A gate is AND of k ≥ 2 literals or XOR of two nodes' literals", "ends",
         gates("[\"xor\", 2, 4]", "[\"xor\", 2, 4, 6]"), "translation", "gates[3]"},
        {"gates in order (the first has number I + 1)", "suffix",
         gates("[\"and\", 3, 5], [\"and\", 2, 5]", "[\"and\", 2, 5], [\"and\", 3, 5]"), "translation", "gates[0]"},
    };
}

std::vector<Forgery> rules() {
    return {
        {and_rule, "suffix", gates("[\"and\", 3, 5]", "[\"and\", 1, 3, 5]"), "translation", "gates[0]"},
        {and_rule, "suffix", gates("[\"and\", 3, 5]", "[\"and\", 5, 3]"), "translation", "gates[0]"},
        {and_rule, "suffix", gates("[\"and\", 3, 5]", "[\"and\", 3, 3, 5]"), "translation", "gates[0]"},
        {and_rule, "suffix", gates("[\"and\", 7, 9], ", "[\"and\", 6, 7], "), "translation", "gates[3]"},
        {reuse, "suffix", gates("[\"and\", 2, 5]", "[\"and\", 3, 5], [\"and\", 2, 5]"), "translation", "gates[1]"},
        {reuse, "suffix", gates("[\"and\", 2, 5]", "[\"and\", 3, 5]"), "translation", "gates[1]"},
        {xor_rule, "ends", gates("[\"xor\", 2, 4]", "[\"xor\", 4, 2]"), "translation", "gates[3]"},
        {xor_rule, "ends", gates("[\"xor\", 2, 4]", "[\"xor\", 3, 4]"), "translation", "gates[3]"},
        {xor_rule, "ends", gates("[\"xor\", 2, 4]", "[\"and\", 2, 4]"), "translation", "gates[3]"},
        {"m = 2: N inputs", "suffix", gates("\"inputs\": 5", "\"inputs\": 10"), "translation", "circuit.json: inputs"},
        {"m ≥ 3: N·m inputs", "three symbols", gates("\"inputs\": 6", "\"inputs\": 4"), "translation",
         "circuit.json: inputs"},
        {roots, "suffix", gates("\"roots\": [106]", "\"roots\": [107]"), "translation",
         "roots: other roots were expected"},
        {roots, "suffix", gates("\"roots\": [106]", "\"roots\": []"), "translation",
         "roots: other roots were expected"},
        {roots, "suffix", gates("\"roots\": [106]", "\"roots\": [0]"), "translation",
         "roots: other roots were expected"},
        {roots, "suffix", gates("\"roots\": [106]", "\"roots\": [106, 0]"), "translation",
         "roots: other roots were expected"},
        {roots, "with a drop", gates("\"roots\": [60, 14]", "\"roots\": [60]"), "translation",
         "roots: other roots were expected"},
        {roots, "with a drop", gates("\"roots\": [60, 14]", "\"roots\": [14, 60]"), "translation",
         "roots: other roots were expected"},
        {unneeded, "suffix", gates("]], \"roots\"", "], [\"and\", 2, 4]], \"roots\""), "translation",
         "gates: 48 gates were expected, 49 were found"},
        {unneeded, "suffix", gates(", [\"xor\", 46, 104]", ""), "translation",
         "gates: 48 gates were expected, 47 were found"},
        {"The miter is xor(accept, language literal)", "suffix", gates("[\"xor\", 46, 104]", "[\"xor\", 46, 46]"),
         "translation", "gates[47]"},
    };
}

std::vector<Forgery> drops() {
    const auto list = [](const std::string& from, const std::string& to) { return in("evidence", from, to); };
    return {
        {"(v counts groups from 0)", "suffix", list("[]", "[[0, 1, 7]]"), "translation",
         "evidence.drops: the drop [0, 1, 7] names no value"},
        {"each names a group, and no two the same", "suffix", list("[]", "[[9, 1, 0]]"), "translation",
         "names no value"},
        {"each names a group, and no two the same", "suffix", list("[]", "[[0, 0, 0]]"), "translation",
         "names no value"},
        {"each names a group, and no two the same", "suffix", list("[]", "[[0, 6, 0]]"), "translation",
         "names no value"},
        {"each names a group, and no two the same", "suffix", list("[]", "[[0, 9223372036854775807, 0]]"),
         "translation", "names no value"},
        {"each names a group, and no two the same", "with a drop", list("[[1, 1, 1]]", "[[1, 1, 1], [1, 1, 1]]"),
         "translation", "the drop [1, 1, 1] occurs twice"},
        {"At least one group must remain", "suffix", list("[]", "[[0, 5, 0], [0, 5, 1]]"), "translation",
         "boundary 0, position 5: no value is left"},
        {"the literal or(the group's case literals) is appended to the list of *drop literals* and the group "
         "is removed",
         "with a drop", list("[[1, 1, 1]]", "[]"), "translation", "circuit.json"},
        {"the literal or(the group's case literals) is appended to the list of *drop literals* and the group "
         "is removed",
         "with a drop", list("[[1, 1, 1]]", "[[1, 1, 0]]"), "translation", "circuit.json"},
        {"the literal or(the group's case literals) is appended to the list of *drop literals* and the group "
         "is removed",
         "nothing left", list("[]", "[[0, 3, 0]]"), "translation", "circuit.json"},
    };
}

std::vector<Forgery> sources() {
    return {
        {gate_for_gate, "suffix", weights("\"-3/2\"", "\"-1/2\""), "translation", "circuit.json"},
        {gate_for_gate, "suffix", weights("\"tie\": \"right\"", "\"tie\": \"left\""), "translation", "circuit.json"},
        {gate_for_gate, "suffix", weights("\"mask\": \"strict\"", "\"mask\": \"causal\""), "translation",
         "circuit.json"},
        {gate_for_gate, "suffix", weights("[[0], [1], [0], [0]]", "[[0], [2], [0], [0]]"), "translation",
         "circuit.json"},
        {gate_for_gate, "suffix", weights("\"heads\": [{", "\"residual\": false, \"heads\": [{"), "translation",
         "circuit.json"},
        {gate_for_gate, "suffix", weights("\"position\": \"last\"", "\"position\": \"first\""), "translation",
         "circuit.json"},
        {gate_for_gate, "suffix", weights("[\"0\", \"1\"]", "[\"1\", \"0\"]"), "translation", "circuit.json"},
        {gate_for_gate, "suffix", in("claim", "011", "111"), "translation", "circuit.json"},
        {gate_for_gate, "suffix", in("claim", "(0|1)*011", "(0|1)*011|00000"), "translation", "circuit.json"},
        {gate_for_gate, "suffix", in("claim", "\"length\": 5", "\"length\": 6"), "translation", "circuit.json"},
        {gate_for_gate, "suffix", in("claim", "\"length\": 5", "\"length\": 4"), "translation", "circuit.json"},
        {gate_for_gate, "ends", in("claim", "\"parity\"", "\"even\""), "translation", "circuit.json: roots"},
        {gate_for_gate, "ends", in("claim", "\"parity\"", "\"majority\""), "translation", "circuit.json"},
        {gate_for_gate, "three symbols", in("claim", "\"length\": 2", "\"length\": 3"), "translation", "circuit.json"},
        {"all models here have only `hard` attention, but for sections 12 and 25", "suffix",
         both(weights("\"kind\": \"hard\"", "\"kind\": \"average\""),
              weights("\"kind\": \"hard\"", "\"kind\": \"average\"")),
         "translation", "circuit.json"},
        {"all models here have only `hard` attention, but for sections 12 and 25", "suffix",
         weights("\"kind\": \"hard\"", "\"kind\": \"average\""), "translation", "circuit.json"},
        {"all models here have only `hard` attention, but for sections 12 and 25", "suffix",
         both(weights("\"kind\": \"hard\"", "\"kind\": \"softmax\""),
              weights("\"kind\": \"hard\"", "\"kind\": \"softmax\"")),
         "question", "a refutation needs hard or average attention throughout"},
        {"What needs more steps or memory than a checker allows is refused as well, at the place `limits`", "suffix",
         in("claim", "\"length\": 5", "\"length\": 1000000000"), "question", "limits"},
    };
}

}  // namespace

Section circuits() {
    Section section{"4 to 6", form_of_files()};
    for (const auto& more : {rules(), drops(), sources()})
        section.forgeries.insert(section.forgeries.end(), more.begin(), more.end());
    return section;
}

}  // namespace forgeries
