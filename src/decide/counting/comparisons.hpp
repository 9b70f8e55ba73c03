#pragma once

#include <optional>
#include <string>

#include "attest/base/limits.hpp"
#include "attest/network/transformer.hpp"

namespace attest::counting {

/// What a model becomes whose heads count, by equal weights, or compare, by the begin symbol.
struct Comparisons {
    /// The C-RASP program that accepts its words but the empty one; nothing: it is no such model.
    std::optional<std::string> text = {};
    std::string why_not = {};    ///< what of the model is otherwise, if there is no text
    bool has_empty_word = true;  ///< whether the model has a value on the empty word
};

/// The program, as FORMAT.md, section 41, writes it.
///
/// Exact   yes
/// Cost    of a sum of Booleans 2^(their number) cases, 4,096 at most; within the limits, which are a reason for no text
Comparisons text_of_comparisons(const network::Transformer& model, const base::Limits& limits = {});

}  // namespace attest::counting
