#pragma once

#include <string>
#include <vector>

#include "checker/core/cursor.hpp"
#include "checker/core/manifest.hpp"

namespace attest::checker {

/// The evidence for a claim about one model, and for one about a class of networks. Throws Defect (place): unknown
/// kinds and keys, and evidence of a kind that does not fit the claim or its verdict.
Evidence read_model_evidence(const Cursor& at, const Claim& claim);
Evidence read_class_evidence(const Cursor& at, const Claim& claim);

/// Parts that further kinds of claims have as well. Throws Defect (place).
std::vector<Drop> read_drops(const Cursor& at);
std::vector<std::string> read_texts(const Cursor& at);
/// A number as in model files, or a decimal in quotation marks.
Rational read_margin(const Cursor& at);
/// The keys `proof` and `drops` of a refutation about programs alone, which drop no values.
void read_refuted_programs(const Cursor& at, Evidence& evidence);
void read_enclosure(const Cursor& at, const Claim& claim, Evidence& evidence);
/// What a machine tells apart: `first` and `period`, and `window`.
void read_phases(const Cursor& at, std::size_t& first, std::size_t& period);
void read_scale(const Cursor& at, std::size_t& first, std::size_t& period, std::size_t& window);

/// The files besides the language's and the companion of the model that a claim about one model has with this evidence,
/// and one about a class of networks.
std::vector<std::string> files_of_model_claim(const Manifest& manifest);
std::vector<std::string> files_of_class_claim(const Manifest& manifest);

}  // namespace attest::checker
