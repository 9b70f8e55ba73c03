#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "checker/core/cursor.hpp"
#include "checker/core/manifest.hpp"
#include "checker/core/text.hpp"

namespace attest::checker {

/// That a regular language is outside of a class: FORMAT.md section 22.
struct OutsideClaim {
    std::vector<Symbol> alphabet;
    std::string name;  ///< of the class
};

/// That k layers are too few: FORMAT.md section 23.
struct LayersClaim {
    std::vector<Symbol> alphabet;
    std::string tie;  ///< `right`, `left`, `both`, `two-sided`
    std::size_t modulus = 1;
    std::size_t layers = 0;
    bool reads_end = false;
};

/// V(first) = V(second) since the equations of these edges, so often, add up to it.
struct EdgeSum {
    struct Edge {
        std::size_t from = 0;
        Symbol letter;
        Rational times;
    };
    std::size_t first = 0, second = 0;
    std::vector<Edge> edges;
};

/// The words and numbers of a rule.
struct RuleEvidence {
    std::string rule;
    std::map<std::string, std::string> words;
    std::map<std::string, std::uint64_t> numbers;
    std::vector<std::size_t> states;                ///< rule solvable
    std::vector<std::vector<std::size_t>> classes;  ///< rule C-RASP, and the next
    std::vector<EdgeSum> sums;
};

/// The keys of claims about regular languages, and of their evidence. Each throws Defect (place).
void read_outside(const Cursor& at, Claim& claim);
Evidence read_rule_evidence(const Cursor& at, const Claim& claim);
void read_layers(const Cursor& at, Claim& claim);
Evidence read_pair_evidence(const Cursor& at, const Claim& claim);

/// The symbols of a language, in its order: one character each, none twice, at least one. Throws Defect (place).
std::vector<Symbol> read_language_alphabet(const Cursor& at);

/// Such a claim has no files but the language's.
std::vector<std::string> files_of_regular_claim(const Manifest& manifest);

}  // namespace attest::checker
