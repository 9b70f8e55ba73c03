#pragma once

#include <memory>
#include <vector>

#include "checker/kernel/budget.hpp"
#include "checker/network/instance.hpp"

namespace attest::checker {

/// What a model of hard or average attention answers on words of one length, many at a time, in whole numbers.
class WholeWords {
  public:
    /// Null where it is not for the model, or words are no more than one batch.
    /// Needs   an instance that decides, or whose answer is one class of several; instance and budget outlive the result
    static std::unique_ptr<WholeWords> make(const Instance& instance, Budget& budget);
    virtual ~WholeWords() = default;

    /// Words are to be asked for in the order of their symbols: those that begin alike are evaluated together.
    ///
    /// Exact   yes
    /// Needs   an instance that decides
    virtual bool accepts(const std::vector<std::size_t>& word) = 0;
    /// Whether words come in such an order that this is worth it.
    virtual bool is_worth_it() const = 0;
    /// By class; of a model without classes its score.
    virtual Vector logits(const std::vector<std::size_t>& word) = 0;
};

}  // namespace attest::checker
