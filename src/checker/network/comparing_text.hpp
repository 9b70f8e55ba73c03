#pragma once

#include <string>

#include "checker/network/model.hpp"

namespace attest::checker {

/// Whether a model has a begin symbol and no end symbol, as those of section 41 have.
inline bool may_compare(const Model& model) { return model.begin && !model.end; }

/// The C-RASP program that says what a model answers whose heads count, by equal weights, or compare, by the begin symbol
/// (FORMAT.md, section 41).
///
/// Needs   may_compare(model)
/// Throws  Defect (model.json, …) where the model is of another kind
std::string comparing_text(const Model& model, Budget& budget);

}  // namespace attest::checker
