#pragma once

#include "checker/network/instance.hpp"
#include "checker/translation/miter.hpp"

namespace attest::checker {

/// A model of a claim about two, with the values that never occur in it.
struct Half {
    const Instance& instance;
    const std::vector<Drop>& drops;
};

/// The miter of two models (FORMAT.md section 13); the drop literals of the first come before those of the second.
///
/// Needs   hard attention only; the second model's symbols in the order of those of the first that they belong to
/// Throws  Defect
Miter build_miter(const Half& model, const Half& other, Budget& budget);

}  // namespace attest::checker
