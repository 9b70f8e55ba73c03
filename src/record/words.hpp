#pragma once

#include <cmath>
#include <string>

#include "attest/decide/recognise/prove.hpp"
#include "attest/exact/interval.hpp"
#include "attest/record/record.hpp"
#include "attest/verdict/verdict.hpp"

namespace attest::record {

// What several records say in the same words.

inline const char* answer_word(bool accepts) { return accepts ? "accept" : "reject"; }

/// A margin as a decimal that is a little below it.
inline std::string margin_decimal(const exact::Rational& margin) {
    decide::EnclosedScore score;
    score.margin = margin;
    return decide::margin_text(score);
}

inline Real finite(double x) { return std::isfinite(x) ? Real(x) : Real(); }
inline Ends ends(exact::Interval x) { return {finite(x.lo), finite(x.hi)}; }

/// A number as a text, with what it says of the true one: `exact`, `lower` or `upper`.
struct Guaranteed {
    std::string value, guarantee;

    template <typename Self, typename Fields>
    static void list(Self& self, Fields& field) {
        field.required("value", self.value);
        field.required("guarantee", self.guarantee);
    }
};

inline Guaranteed margin_record(const exact::Rational& margin) { return {margin_decimal(margin), "lower"}; }

/// `exhaustion` for all words in balls too: `bits` and `margin` say how they were evaluated.
inline std::string evidence_word(verdict::Evidence evidence) {
    return to_string(evidence == verdict::Evidence::enclosure ? verdict::Evidence::exhaustion : evidence);
}

}  // namespace attest::record
