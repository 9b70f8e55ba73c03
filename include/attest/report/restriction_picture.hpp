#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "attest/model/transformer.hpp"
#include "attest/restriction/outcome.hpp"

namespace attest::report {

/// Positions by layers, for a terminal: what is fixed, and on how many free inputs each activation still depends.
std::string picture_text(const model::Transformer& transformer, const restriction::Outcome& outcome);

/// The same as a drawing.
std::string picture_svg(const model::Transformer& transformer, std::int64_t length, const restriction::Outcome& outcome);

/// By boundary: the greatest number of free inputs of one activation, and each activation's positions.
///
/// Exact   yes, on a solver's word
nlohmann::ordered_json layers_json(const restriction::LayerDependence& layers);

}  // namespace attest::report
