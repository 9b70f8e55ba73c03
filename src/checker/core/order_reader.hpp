#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "checker/core/cursor.hpp"
#include "checker/core/manifest.hpp"
#include "checker/core/text.hpp"

namespace attest::checker {

/// That answers depend on counts, or on proportions, of symbols alone: FORMAT.md section 32.
struct OrderClaim {
    bool proportions = false;      ///< on proportions, else on counts
    bool of_language = false;      ///< else of a model
    std::vector<Symbol> alphabet;  ///< of the language
};

enum class OrderEvidence { syntax, automaton, definition, answers, vectors };

/// The keys of the claims and of their evidence. Each throws Defect (place).
void read_order_invariant(const Cursor& at, Claim& claim);
void read_proportion_invariant(const Cursor& at, Claim& claim);
Evidence read_order_evidence(const Cursor& at, const Claim& claim);

/// What was read.
OrderClaim order_of(const Claim& claim);
OrderEvidence order_evidence_of(const Evidence& evidence);

/// A model has its file; a language at most its own.
std::vector<std::string> files_of_order(const Manifest& manifest);

}  // namespace attest::checker
