#include "checker/soft/word_logits.hpp"

#include <algorithm>

// A logit differs from the true one by no more than the vector of all does; so a difference of two by at most twice
// that, and what its own subtraction is rounded by. The same holds of the least of several differences, with the worst
// of their errors.

namespace attest::checker {

WordLogits::WordLogits(const SoftInstance& instance, Budget& budget, std::uint64_t most_columns)
    : network_(network_in_doubles(instance, budget, true)),
      free_(free_symbols(network_, most_columns)),
      budget_(budget),
      batch_(network_, free_, budget) {}

WordScores::Score WordLogits::operator()(const std::vector<std::size_t>& word, const std::vector<std::size_t>& wanted) {
    const auto end = word.begin() + static_cast<std::ptrdiff_t>(word.size() - free_);
    if (!has_run_ || !std::equal(word.begin(), end, prefix_.begin(), prefix_.end())) {
        prefix_.assign(word.begin(), end);
        batch_.run(prefix_);
        has_run_ = true;
    }
    return least_lead(batch_, column_of(word, free_, network_.symbols), wanted);
}

WordScores::Score WordLogits::alone(const std::vector<std::size_t>& word, const std::vector<std::size_t>& wanted) {
    if (!alone_) alone_.emplace(network_, 0, budget_);
    alone_->run(word);
    return least_lead(*alone_, 0, wanted);
}

WordScores::Score WordLogits::least_lead(const WordBatch& batch, std::size_t column,
                                         const std::vector<std::size_t>& wanted) const {
    const std::size_t classes = network_.logits.map.outputs();
    WordScores::Score least{infinite, 0};
    budget_.step(wanted.size(), classes);
    for (std::size_t k = 0; k < wanted.size(); ++k) {
        const Columns& logits = batch.logits(k);
        const ConstRows rows = logits.at(column);
        double others = -infinite;
        for (std::size_t c = 0; c < classes; ++c)
            if (c != wanted[k]) others = std::max(others, rows.row(c)[0]);
        const Bound bound = bound_of_sum(logits.bounds.front(), logits.bounds.front());
        least = {std::min(least.value, rows.row(wanted[k])[0] - others), std::max(least.error, bound.error)};
    }
    return least;
}

}  // namespace attest::checker
