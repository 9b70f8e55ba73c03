#pragma once

#include <optional>
#include <string>
#include <vector>

#include "attest/certify/recognition.hpp"
#include "attest/measure/influence/study.hpp"
#include "attest/network/transformer.hpp"
#include "attest/verdict/verdict.hpp"
#include "measure/influence/fit.hpp"
#include "measure/influence/sample.hpp"
#include "record/influence.hpp"
#include "soft/rounding.hpp"

namespace attest::cli {

/// What became of one length of `attest influence`.
struct InfluenceResult {
    std::int64_t length = 0, n = 0;
    std::optional<influence::Study> study;
    verdict::Undecided why;                           ///< where there is no study
    std::optional<soft::RoundingFailure> rounding;    ///< a word on which floating point answers wrongly
    std::optional<certify::Recognition> recognition;  ///< of the language, where the words are few
    std::optional<decide::Outcome> unchecked;         ///< the same, where they are many for the checker
    std::optional<influence::Sample> sample;          ///< of it, where they are too many
    double seconds = 0;
};

struct InfluenceResults {
    const network::Transformer& transformer;
    std::vector<InfluenceResult> lengths;
    std::optional<influence::PowerLaw> law;
    std::optional<soft::Float> type;  ///< of floating point, if it was asked for
    exact::Rational parameter_norm;   ///< the sum of the squares of all parameters
    std::string language;             ///< that the model is meant to recognise; empty: none
};

/// Numbers in these are rounded away from what they bound: `reached` down, `certified` and theory up.
std::string influence_table(const InfluenceResults& results);
std::string influence_csv(const InfluenceResults& results);
record::Influence influence_record(const InfluenceResults& results);
/// Throws  UsageError if no length has a study
std::string influence_plot(const InfluenceResults& results);

}  // namespace attest::cli
