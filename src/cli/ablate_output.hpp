#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "attest/certify/ablation.hpp"
#include "subject.hpp"

namespace attest::cli {

/// What `ablate` was asked, as its output names it.
struct AblateAsked {
    const network::Transformer& model;
    std::string language;  ///< as the user named it; empty: as the whole model answers
    Map map;

    std::string name;  ///< the model's, as the file says
};

/// The first line: `VERIFIED m without … `, `REFUTED …` or `UNDECIDED …`; then the sets, and what each of their parts
/// is needed for.
std::string ablate_text(const AblateAsked& asked, const certify::Ablation& ablation);

/// The object of `ablate --json`.
nlohmann::ordered_json ablate_json(const AblateAsked& asked, const certify::Ablation& ablation);

/// How far the final residual vector may be moved, in Euclidean length, without a change of any answer: at least the
/// margin
/// by the norm of the readout's weights. Rounded down.
/// Gives nothing where the score is not that of one vector: with classes, a norm before the readout, or a mean or sum.
std::optional<double> robust_radius(const network::Transformer& model, const exact::Rational& margin);

}  // namespace attest::cli
