#pragma once

#include <vector>

#include "attest/measure/influence/counts.hpp"
#include "attest/measure/influence/network.hpp"

namespace attest::influence {

/// Where a symbol is replaced: at the position that is read, or at any other. Attention spreads what the others hold; what
/// stands at the readout itself reaches it undivided, so that the two differ in size by a factor of about the length.
enum class Where : char { others, readout };

/// One symbol is replaced by another, somewhere in a word.
struct Replacement {
    language::Symbol from = 0;
    language::Symbol to = 1;
    Where where = Where::others;
};

/// What a replacement does to the output, over all words of a set at once.
struct Change {
    std::vector<bool> possible;  ///< by option of the readout position: whether words of the set have it there
    Box logit;                   ///< by such option: the output before
    std::vector<Box>
        by_class;  ///< [class of the partition][option]: output after − before, wherever in the class the symbol
                   ///< is replaced; empty where it is not: begin and end symbol, and what `where` leaves out
    std::vector<Box> distance;     ///< the same for the vector that is read: ‖after − before‖
    std::vector<Box> norm_change;  ///< and ‖after‖ − ‖before‖
    std::vector<double> slack;     ///< by class: how much of the width comes from its members' being in one class
    std::uint64_t work = 0;        ///< interval operations, about
};

/// Encloses the output's change in every word of `words` when a `from` that it holds is replaced by `to`, for every
/// position of a symbol but the readout, or for that one alone (`replacement.where`).
///
/// Two runs of the network, before and after, are followed together, in boxes: the vector at every position and its
/// difference. Where only counts matter the boxes are points. A head's mean m = Σ w v moves by
///     Δm = (Σ w_j g_j + w_p (g'_p − g_p)) Z/Z',  g_j = (e^Δs_j − 1)(v_j − m) + e^Δs_j Δv_j,
/// where g' belongs to the replaced position p, and Z'/Z is the same expression with e^Δs in place of g: the weighted means
/// that do not depend on p are bounded over words by their counts (`weighted_mean`).
///
/// Needs   words.least[from] >= 1; `partition`: classes of the network that hold every position once
/// Exact   encloses the true values
/// Cost    O(K m G d) for K classes, m symbols and G distinct queries
/// Source  [hahn2020theoretical, Lemma 5], whose bound on single weights and differences this makes numeric
Change enclose_change(const Network& network, const std::vector<std::int32_t>& partition, const Counts& words,
                      Replacement replacement);

}  // namespace attest::influence
