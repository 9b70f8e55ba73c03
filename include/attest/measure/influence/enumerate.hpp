#pragma once

#include <optional>

#include "attest/base/limits.hpp"
#include "attest/measure/influence/certify.hpp"
#include "attest/network/transformer.hpp"

namespace attest::influence {

/// The influence of every position as all words have it.
struct Enumerated {
    std::optional<Witness>
        witness;  ///< the greatest change, in the least of its words; nothing if no symbol can be replaced
    std::optional<Witness> read;  ///< the same where the symbol that is read is replaced; `witness` is for the others
    double bound = 0;             ///< no change is greater where the symbol that is read stays
    std::vector<double> by_position;  ///< no change is greater, for each position of the word, the readout too
    Interval logit;                   ///< over all words
    std::uint64_t words = 0;          ///< that were evaluated
    Interval blowup{1, 1};            ///< of layer norms, on that of these words where it is greatest
    std::size_t classes = 0;  ///< within which symbols can be exchanged without a change of the output; N: none can
};

/// Evaluates every word in balls, or one word for each choice of counts where the form of the model shows that symbols can
/// be exchanged within classes of positions (soft::find_classes), and compares all pairs that differ in one symbol.
///
/// Gives   nothing for more than `most_work` operations on balls, about; where balls are not finite; where the limits end it
/// Exact   encloses the true values: `bound` and `witness` differ by the radius of balls
std::optional<Enumerated> enumerate(const network::Transformer& transformer, std::int64_t length, double most_work,
                                    const base::Limits& limits);

}  // namespace attest::influence
