#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "attest/base/limits.hpp"
#include "attest/decide/task/classes.hpp"

namespace attest::task {

/// On how many words a model gives the class that is asked for in every evaluation in binary32 (FORMAT.md, section 35).
struct Rounded {
    std::uint64_t words = 0, right = 0;
    double margin = 0;                   ///< on these words no computed logit comes nearer to that of the right class
    std::optional<language::Word> word;  ///< of the least margin
    std::optional<language::Word> open;  ///< the first word that is not among them
    std::optional<base::Limit> stopped;
};

/// Why a model is not of the form for this; nothing where it is.
std::optional<std::string> not_rounded(const network::Transformer& model);

/// Goes through all words of the length.
///
/// Needs   a model of the form
/// Exact   the bounds hold of every order of operations
/// Cost    |Σ|^N evaluations in doubles, and as much for their radii, eight words at a time
Rounded hold_rounded(const ClassQuestion& question, const base::Limits& limits,
                     const std::function<void(const std::string&)>& progress);

}  // namespace attest::task
