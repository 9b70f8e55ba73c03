// By how much a class leads, for all words of a length in doubles. Two logits are wrong by at most √2 times the error of
// the vector of all (words_bounds.hpp), so is their difference, and so is the least of several differences.

#include "soft/word_logits.hpp"

#include <algorithm>

#include "words_batch.hpp"

namespace attest::soft {

class WordLogits::Implementation {
  public:
    Implementation(const network::Transformer& transformer, std::int64_t length)
        : network_(transformer, length, words::Network::Gives::logits, words::Network::Heads::folded),
          free_(words::choose_free(network_)),
          batch_(network_, free_),
          order_(words::lexicographic(network_.symbols, free_)) {}

    std::int64_t free_symbols() const { return static_cast<std::int64_t>(free_); }
    void run(const language::Word& prefix) { batch_.run(prefix); }

    exact::Interval lead(std::size_t word, std::size_t place, std::size_t of_class) const {
        const words::Columns& found = batch_.logits(place);
        const std::size_t k = order_[word] % found.period;
        const double* logits = found.values.data() + k;
        double others = -words::infinite;
        for (std::size_t c = 0; c < network_.readout.outputs; ++c)
            if (c != of_class) others = std::max(others, logits[c * found.stride]);
        const double error = words::bounded(1.4143 * found.error[k] + 4 * words::unit * found.size[k]);
        return words::around(logits[of_class * found.stride] - others, error);
    }

  private:
    words::Network network_;
    std::size_t free_;
    words::Batch batch_;
    std::vector<std::size_t> order_;  ///< column of each word
};

bool supports_logits(const network::Transformer& transformer) {
    return words::knows(transformer) && transformer.readout.classes.has_value();
}

WordLogits::WordLogits(const network::Transformer& transformer, std::int64_t length) {
    network::require_values(transformer, transformer.sequence_length(length));
    implementation_ = std::make_unique<Implementation>(transformer, length);
}
WordLogits::~WordLogits() = default;
WordLogits::WordLogits(WordLogits&&) noexcept = default;

std::int64_t WordLogits::free_symbols() const { return implementation_->free_symbols(); }

void WordLogits::run(const language::Word& prefix) { implementation_->run(prefix); }

exact::Interval WordLogits::lead(std::size_t word, std::size_t place, std::size_t of_class) const {
    return implementation_->lead(word, place, of_class);
}

}  // namespace attest::soft
