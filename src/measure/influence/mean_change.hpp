#pragma once

#include "pattern_change.hpp"

namespace attest::influence {

/// What one head gives to one query: its mean of values over all words, and how that moves, by the class of the
/// replaced position.
struct HeadOutput {
    Box mean;                   ///< [dv]
    Box change;                 ///< [dv], wherever the replaced position is
    std::vector<Box> by_class;  ///< [class][dv]; empty where no symbol can be replaced
    std::vector<Box>
        terms;  ///< [class][dv]: what all positions of a class other than the replaced one add to the change
};

/// The mean of one query and its change.
///
/// replaced  the class of the replaced position if it is known, else the number of classes
/// terms     whether to fill in those
/// Exact     encloses the true values
HeadOutput change_of_mean(const TwoRuns& runs, const KeyValues& at, const PatternChange& pattern, std::size_t replaced,
                          bool terms);

}  // namespace attest::influence
