#pragma once

#include "checker/examination.hpp"
#include "checker/network/model.hpp"

namespace attest::checker {

/// The model file of a claim about one model at one length, which may be neither a program nor tables: obligations `digest`,
/// for names, and `question`, which stands afterwards.
///
/// Throws Defect: no such file, files that the claim does not need, another name, a length that the model is not made for.
Model read_claimed_model(Examination& at);

}  // namespace attest::checker
