#pragma once

#include <string>

#include "checker/network/model.hpp"

namespace attest::checker {

/// The C-RASP program that says, by counts of symbols, what a model answers whose one attention part weighs all positions
/// alike (FORMAT.md, section 37), or whose heads count and compare (section 41).
///
/// Throws  Defect (model.json, …) where the model is of another kind
std::string counting_text(const Model& model, Budget& budget);

}  // namespace attest::checker
