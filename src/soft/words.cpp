// Scores of all words of a length in doubles, with intervals around them: words_network.cpp is the model in doubles,
// words_batch.cpp runs it on the words that share a prefix, words_bounds.hpp has the statement that what comes out
// encloses the true score, and why.
//
// How many symbols at the end of a word vary within a batch is chosen so that the batch stays in the processor's
// caches.

#include "attest/soft/words.hpp"

#include <algorithm>

#include "attest/soft/evaluate.hpp"
#include "network/features.hpp"
#include "words_batch.hpp"

namespace attest::soft {

namespace {

/// Batches of about so many words, if their numbers then stay in the processor's caches.
constexpr std::size_t most_columns = 256, most_numbers = std::size_t{1} << 18;

std::size_t choose_free(const words::Network& network) {
    std::size_t free = 0, columns = 1;
    while (free < network.letters && columns < most_columns) {
        const std::size_t more = columns * network.symbols;
        if (columns >= words::tile && words::Batch::numbers_of(network, more) > most_numbers) break;
        columns = more;
        ++free;
    }
    return free;
}

}  // namespace

class WordScores::Implementation {
  public:
    Implementation(const network::Transformer& transformer, std::int64_t length)
        : network_(transformer, length), free_(choose_free(network_)), batch_(network_, free_) {
        // In lexicographic order the last symbol changes fastest, in a batch the first free one.
        for (std::size_t k = 0; k < batch_.columns(); ++k) {
            std::size_t column = 0, rest = k;
            for (std::size_t t = 0; t < free_; ++t, rest /= network_.symbols)
                column = column * network_.symbols + rest % network_.symbols;
            order_.push_back(column);
        }
    }

    std::int64_t free_symbols() const { return static_cast<std::int64_t>(free_); }

    const std::vector<exact::Interval>& scores(const language::Word& prefix) {
        batch_.run(prefix);
        const words::Columns& found = batch_.scores();
        scores_.clear();
        for (const std::size_t column : order_) {
            const std::size_t k = column % found.period;
            scores_.push_back(around(found.values[k], found.error[k]));
        }
        return scores_;
    }

  private:
    static exact::Interval around(double middle, double error) {
        if (!(error < words::greatest) || !(std::abs(middle) < words::greatest)) return exact::everything;
        return {exact::below(middle - error), exact::above(middle + error)};
    }

    words::Network network_;
    std::size_t free_;
    words::Batch batch_;
    std::vector<std::size_t> order_;  ///< column of each word
    std::vector<exact::Interval> scores_;
};

bool supports_words(const network::Transformer& transformer) {
    using network::Feature;
    constexpr Feature known[] = {Feature::position_table, Feature::embedding_norm,      Feature::final_norm,
                                 Feature::rms_norm,       Feature::activation,          Feature::classes,
                                 Feature::bias_in_n,      Feature::transcendental_bias, Feature::repeat,
                                 Feature::head_tie};
    for (const network::FeatureUse& use : network::features(transformer))
        if (std::find(std::begin(known), std::end(known), use.feature) == std::end(known)) return false;
    if (!transformer.readout.decides()) return false;
    for (const network::Layer& layer : transformer.layers)
        if (layer.attention && layer.attention->kind != network::AttentionKind::softmax &&
            !layer.attention->heads.empty())
            return false;
    return true;
}

WordScores::WordScores(const network::Transformer& transformer, std::int64_t length) {
    network::require_values(transformer, transformer.sequence_length(length));
    implementation_ = std::make_unique<Implementation>(transformer, length);
}
WordScores::~WordScores() = default;
WordScores::WordScores(WordScores&&) noexcept = default;

std::int64_t WordScores::free_symbols() const { return implementation_->free_symbols(); }

const std::vector<exact::Interval>& WordScores::scores(const language::Word& prefix) {
    return implementation_->scores(prefix);
}

}  // namespace attest::soft
