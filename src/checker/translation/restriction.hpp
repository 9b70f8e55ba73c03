#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "checker/core/manifest.hpp"
#include "checker/core/text.hpp"
#include "checker/kernel/budget.hpp"
#include "checker/translation/miter.hpp"

namespace attest::checker {

/// Symbols that are fixed, as numbers in the alphabet: [position - 1]; nothing where the position is free.
using Fixed = std::vector<std::optional<std::size_t>>;

/// The model's answer on a word of the claim's length.
using Answers = std::function<bool(const std::vector<std::size_t>& word)>;

/// Obligation `question` of a restriction: its positions and symbols are those of words of the length, and the
/// claim and the evidence have the keys that they must have. Throws Defect.
Fixed read_fixed(const Claim& claim, const Evidence& evidence, const std::vector<Symbol>& alphabet);

/// Obligation `witness` of a restriction. Throws Defect.
void check_pair(const Claim& claim, const Fixed& fixed, const std::vector<Symbol>& alphabet, const Answers& answers,
                Budget& budget);

/// Obligation `exhaustion` of a restriction and of a sensitive model. Throws Defect.
void check_settled(const Manifest& manifest, const Fixed& fixed, const std::vector<Symbol>& alphabet,
                   const Answers& answers, Budget& budget);
void check_sensitive(const Manifest& manifest, const std::vector<Symbol>& alphabet, const Answers& answers,
                     Budget& budget);

/// Obligation `optimality`: no restriction with fewer fixed positions settles the answer. Throws Defect.
void check_open(const Manifest& manifest, const Fixed& fixed, const std::vector<Symbol>& alphabet,
                const Answers& answers, Budget& budget);

/// The circuits of FORMAT.md section 10, with their roots in the place of a miter's.
///
/// Needs   hard or average attention only
Miter build_restricted(const Instance& instance, const Fixed& fixed, bool answer, const std::vector<Drop>& drops,
                       Budget& budget);
Miter build_silent(const Instance& instance, const std::vector<Drop>& drops, Budget& budget);

}  // namespace attest::checker
