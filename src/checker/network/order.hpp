#pragma once

#include "checker/network/model.hpp"

namespace attest::checker {

/// That a model sees of a word how often each symbol stands in it, or, with `proportions`, only the shares of its positions
/// at which each does: what FORMAT.md section 32.1 asks of its text.
///
/// Throws  Defect (place) at the first thing that asks for more
void require_no_order(const Model& model, bool proportions);

/// The same of a layer by itself.
void require_no_order(const Layer& layer, bool proportions);

}  // namespace attest::checker
