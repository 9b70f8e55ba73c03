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
#include "words_ordered.hpp"

namespace attest::soft {

namespace {

/// Batches of about so many words.
constexpr std::size_t most_columns = 256;

}  // namespace

class WordScores::Implementation {
  public:
    Implementation(const network::Transformer& transformer, std::int64_t length)
        : network_(transformer, length), ordered_(network_, words::free_symbols(network_, most_columns)) {}

    std::int64_t free_symbols() const { return static_cast<std::int64_t>(ordered_.free()); }
    const std::vector<exact::Interval>& scores(const language::Word& prefix) { return ordered_.scores(prefix); }

  private:
    words::Network network_;
    words::OrderedScores ordered_;
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
