#include "originals.hpp"

namespace forgeries {
namespace {

Certificate outside(const std::string& language, const std::string& alphabet, const std::string& name,
                    const std::string& rule) {
    return {R"({"kind": "class", "language": ")" + language + R"(", "alphabet": )" + alphabet + R"(, "class": ")" +
                name + R"(", "verdict": "outside"})",
            R"({"kind": "words", "rule": )" + rule + "}",
            {}};
}

Certificate layers(const std::string& language, const std::string& alphabet, const std::string& network,
                   const std::string& words) {
    return {R"({"kind": "layers", "language": ")" + language + R"(", "alphabet": )" + alphabet +
                R"(, "mask": "strict", )" + network + R"(, "verdict": "impossible"})",
            R"({"kind": "pair", "words": [)" + words + "]}",
            {}};
}

const char* const bits = R"(["0", "1"])";
const char* const ab = R"(["a", "b"])";

/// Letters that permute five states: in one cycle, and three of them.
const char* const permuted =
    R"({"format": "attest/dfa", "version": 1, "alphabet": ["a", "b"], "states": 5, "start": 0, "accept": [0],
    "transitions": [[1, 1], [2, 2], [3, 0], [4, 3], [0, 4]]})";

Certificate outside_solvable() {
    Certificate certificate =
        outside("dfa:language.json", ab, "solvable", R"("solvable", "u": "a", "v": "b", "states": [0, 1, 2, 3, 4])");
    certificate.files["language.json"] = permuted;
    return certificate;
}

}  // namespace

Originals originals_about_regular_languages() {
    return {
        {"outside J1", [] { return outside("last", bits, "J1", R"("J1", "x": "", "a": "0", "b": "1", "y": "")"); }},
        {"outside J1, by one symbol",
         [] { return outside("parity", bits, "J1", R"("J1", "x": "", "a": "1", "b": "1", "y": "")"); }},
        {"outside stutter",
         [] { return outside("parity", bits, "stutter", R"("stutter", "x": "", "a": "1", "y": "")"); }},
        {"outside R", [] { return outside("last", bits, "R", R"("R", "x": "", "u": "1", "v": "0", "y": "")"); }},
        {"outside L",
         [] { return outside("first", bits, "L", R"("L", "x": "", "s": "0", "t": "1", "K": 1, "y": "")"); }},
        {"outside J, by L",
         [] { return outside("first", bits, "J", R"("L", "x": "", "s": "0", "t": "1", "K": 1, "y": "")"); }},
        {"outside DA",
         [] {
             return outside("nested:1", ab, "DA", R"("DA", "x": "", "a": "a", "b": "b", "c": "", "K": 1, "y": "")");
         }},
        {"outside R-groups",
         [] { return outside("last", bits, "R-groups", R"("R-groups", "x": "", "e": "0", "f": "1", "y": "")"); }},
        {"outside star-free",
         [] { return outside("parity", bits, "star-free", R"("star-free", "x": "", "v": "1", "q": 2, "y": "")"); }},
        {"outside quasi-aperiodic",
         [] {
             return outside("parity", bits, "quasi-aperiodic",
                            R"("quasi-aperiodic", "x": "", "u": "0", "v": "1", "q": 2, "y": "")");
         }},
        {"outside FOC",
         [] {
             return outside("last", bits, "FOC",
                            R"("FOC", "x": "", "a": "0", "u": "", "v": "0", "w": "", "b": "1", "y": "")");
         }},
        {"outside solvable", outside_solvable},
        {"outside C-RASP",
         [] {
             return outside(
                 "last", bits, "C-RASP",
                 R"("C-RASP", "classes": [[0, 1]], "sums": [{"states": [0, 1], "edges": [[1, "0", 1], [0, "0", -1]]}])");
         }},
        {"too few layers",
         [] {
             return layers("nested:1", ab, R"("tie": "right", "modulus": 1, "layers": 1, "read": "last")",
                           R"("ab", "aab")");
         }},
        {"too few layers, to the left",
         [] {
             return layers("regex:0*1*", bits, R"("tie": "left", "modulus": 1, "layers": 1, "read": "end")",
                           R"("01", "010")");
         }},
        {"too few layers, to both sides",
         [] {
             return layers("nested:2", ab, R"("tie": "two-sided", "modulus": 1, "layers": 2, "read": "last")",
                           R"("aababbab", "aababbabbab")");
         }},
        {"too few layers, with positions",
         [] {
             return layers("nested:1", ab, R"("tie": "both", "modulus": 2, "layers": 0, "read": "last")",
                           R"("ab", "bb")");
         }},
    };
}

}  // namespace forgeries
