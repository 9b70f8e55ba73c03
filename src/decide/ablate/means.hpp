#pragma once

#include <cstdint>
#include <functional>
#include <variant>
#include <vector>

#include "attest/base/limits.hpp"
#include "attest/decide/ablate/parts.hpp"
#include "attest/verdict/verdict.hpp"

namespace attest::ablate {

/// What parts add on average.
struct Means {
    /// [part][position or only one][d]
    std::vector<std::vector<exact::Vector>> values;
    exact::Rational within = 0;  ///< no number is further from the mean; 0: they are the means
};

/// The mean of what each part adds, over all words of a length and all positions of the sequence; of a part of the last layer
/// over the position that is read, where it is one.
///
/// by_position  the mean over all words only, at each position of the sequence, whatever is read
/// Gives   the means, or numbers with few digits near to them where the model is enclosed in balls; undecided where there
///         are more words than most_words, or a limit came first
/// Throws  Unsupported for a layer with `repeat`; InputError as the evaluators
/// Cost    an evaluation for each word and part
std::variant<Means, verdict::Undecided> find_means(const network::Transformer& transformer,
                                                   const std::vector<Part>& parts, bool by_position,
                                                   std::int64_t length, std::uint64_t most_words,
                                                   const base::Limits& limits,
                                                   const std::function<void(const std::string&)>& progress = {});

}  // namespace attest::ablate
