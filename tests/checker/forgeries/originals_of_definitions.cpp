#include "definitions.hpp"

// Claims that formulas with counting quantifiers define languages.

namespace forgeries {
namespace {

/// An odd number of 1.
const char* const odd = R"({"format": "attest/foc", "version": 1, "name": "odd", "alphabet": ["0", "1"], "nodes": [
    ["symbol", 0, "1"], ["exactly", 0, 0, 0], ["multiple", 2, [[0, 1]], 1], ["and", 1, 2], ["exists", 0, 3]]})";

/// (ab)*: a at odd positions, b at even ones, and an even number of positions.
const char* const pairs = R"({"format": "attest/foc", "version": 1, "name": "pairs", "alphabet": ["a", "b"], "nodes": [
    ["symbol", 0, "a"], ["residue", 0, 2, 1], ["and", 0, 1], ["symbol", 0, "b"], ["residue", 0, 2, 0], ["and", 3, 4],
    ["or", 2, 5], ["not", 6], ["exactly", 0, 0, 7], ["zero", [[0, 1]], 0], ["and", 8, 9], ["exists", 0, 10],
    ["true"], ["exactly", 0, 0, 12], ["multiple", 2, [[0, 1]], 0], ["and", 13, 14], ["exists", 0, 15], ["and", 11, 16]]})";

/// More 1 than 0.
const char* const more = R"({"format": "attest/foc", "version": 1, "name": "more", "alphabet": ["0", "1"], "nodes": [
    ["symbol", 0, "1"], ["exactly", 0, 0, 0], ["symbol", 0, "0"], ["exactly", 1, 0, 2], ["and", 1, 3],
    ["least", [[0, 1], [1, -1]], -1], ["and", 4, 5], ["exists", 1, 6], ["exists", 0, 7]]})";

const char* const always =
    R"({"format": "attest/foc", "version": 1, "name": "always", "alphabet": ["0", "1"], "nodes": [["true"]]})";

Certificate defined(const std::string& name, const std::string& language, const std::string& lengths,
                    const std::string& verdict, const std::string& evidence, const char* formula) {
    return {R"({"kind": "defines", "formula": ")" + name + R"(", "language": ")" + language + R"(", )" + lengths +
                R"(, "verdict": ")" + verdict + R"("})",
            evidence,
            {{"formula.json", formula}}};
}

const char* const closed = R"({"kind": "closure"})";

}  // namespace

Originals originals_of_definitions() {
    return {
        {"formula at one length",
         [] {
             return defined("odd", "parity", R"("length": 3)", "verified", R"({"kind": "exhaustion", "vectors": 4})",
                            odd);
         }},
        {"formula by residues",
         [] {
             return defined("pairs", "regex:(ab)*", R"("length": 4)", "verified",
                            R"({"kind": "exhaustion", "vectors": 9})", pairs);
         }},
        {"formula of majority",
         [] {
             return defined("more", "majority", R"("length": 5)", "verified", R"({"kind": "exhaustion", "vectors": 6})",
                            more);
         }},
        {"formula of a table",
         [] {
             return defined("odd", "table:6", R"("length": 2)", "verified", R"({"kind": "exhaustion", "vectors": 3})",
                            odd);
         }},
        {"formula at every length",
         [] { return defined("odd", "parity", R"("lengths": {"from": 0})", "verified", closed, odd); }},
        {"formula by residues at every length",
         [] { return defined("pairs", "regex:(ab)*", R"("lengths": {"from": 0})", "verified", closed, pairs); }},
        {"formula with a word",
         [] {
             return defined("always", "parity", R"("length": 2)", "refuted",
                            R"({"kind": "witness", "word": "00", "expected": "reject", "actual": "accept"})", always);
         }},
        {"formula with a word of some length",
         [] {
             return defined("always", "parity", R"("lengths": {"from": 1})", "refuted",
                            R"({"kind": "witness", "word": "11", "expected": "reject", "actual": "accept"})", always);
         }},
    };
}

}  // namespace forgeries
