// Sums of logits over all words. Each logit is within the bound of the vector of all (words_bounds.hpp), so a sum of m of
// them, computed, is within the sum of the bounds and what m - 1 additions are rounded by, at most 1.02 m u Σ |x̂|.

#include "word_sums.hpp"

#include <utility>

#include "attest/network/at_length.hpp"
#include "words_batch.hpp"

namespace attest::soft {

namespace {

using exact::Interval;

/// What is read at one place.
struct PlaceSum {
    std::vector<double> values;
    double errors = 0, sizes = 0;
};

class Summing {
  public:
    Summing(const network::Transformer& transformer, std::int64_t length)
        : alphabet_(transformer.alphabet),
          network_(transformer, length, words::Network::Gives::logits_of_each),
          free_(words::choose_free(network_)),
          batch_(network_, free_),
          sums_(network_.read.size(), PlaceSum{std::vector<double>(network_.readout.outputs, 0)}) {}

    std::optional<std::vector<std::vector<Interval>>> run(const base::Limits& limits) {
        language::Word prefix(network_.letters - free_, 0);
        do {
            if (limits.exceeded()) return std::nullopt;
            batch_.run(prefix);
            for (std::size_t place = 0; place < sums_.size(); ++place) add(batch_.logits(place), sums_[place]);
        } while (language::next_word(prefix, alphabet_));
        return enclosed();
    }

  private:
    void add(const words::Columns& found, PlaceSum& sum) {
        for (std::size_t k = 0; k < batch_.columns(); ++k) {
            const std::size_t column = k % found.period;
            for (std::size_t c = 0; c < sum.values.size(); ++c)
                sum.values[c] += found.values[c * found.stride + column];
            sum.errors = words::bounded(sum.errors + found.error[column]);
            sum.sizes = words::bounded(sum.sizes + found.size[column]);
        }
        count_ += batch_.columns();
    }

    std::optional<std::vector<std::vector<Interval>>> enclosed() const {
        std::vector<std::vector<Interval>> result;
        for (const PlaceSum& sum : sums_) {
            const double error = words::bounded(sum.errors + words::rounding_of(count_) * sum.sizes);
            if (!(error < words::greatest)) return std::nullopt;
            result.emplace_back();
            for (const double x : sum.values) result.back().push_back(words::around(x, error));
        }
        return result;
    }

    const language::Alphabet& alphabet_;
    words::Network network_;
    std::size_t free_;
    words::Batch batch_;
    std::vector<PlaceSum> sums_;
    std::size_t count_ = 0;  ///< of words, at all places together
};

}  // namespace

std::optional<std::vector<std::vector<Interval>>> sums_over_words(const network::Transformer& transformer,
                                                                  std::int64_t length, const base::Limits& limits) {
    if (!words::knows(transformer)) return std::nullopt;
    network::require_values(transformer, transformer.sequence_length(length));
    return Summing(transformer, length).run(limits);
}

}  // namespace attest::soft
