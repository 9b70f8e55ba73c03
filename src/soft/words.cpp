// Scores of all words of a length in doubles, with intervals around them: words_network.cpp is the model in doubles,
// words_batch.cpp runs it on the words that share a prefix, words_bounds.hpp has the statement that what comes out
// encloses the true score, and why.

#include "attest/soft/words.hpp"

#include <algorithm>

#include "attest/soft/evaluate.hpp"
#include "words_ordered.hpp"

namespace attest::soft {

class WordScores::Implementation {
  public:
    Implementation(const network::Transformer& transformer, std::int64_t length)
        : network_(transformer, length, words::Network::Gives::score, words::Network::Heads::folded),
          ordered_(network_, words::choose_free(network_)) {}

    std::int64_t free_symbols() const { return static_cast<std::int64_t>(ordered_.free()); }
    const std::vector<exact::Interval>& scores(const language::Word& prefix) { return ordered_.scores(prefix); }

    std::vector<exact::Interval> scores_of(const std::vector<language::Word>& words) {
        if (!single_) single_.emplace(words::Batch::of_single_words(network_));
        std::vector<exact::Interval> result;
        std::vector<language::Word> tile;
        for (std::size_t first = 0; first < words.size(); first += words::tile) {
            tile.assign(words::tile, words[first]);
            const std::size_t count = std::min(words::tile, words.size() - first);
            std::copy_n(words.begin() + static_cast<std::ptrdiff_t>(first), count, tile.begin());
            single_->run_each(tile);
            const words::Columns& found = single_->scores();
            for (std::size_t k = 0; k < count; ++k)
                result.push_back(words::around(found.values[k % found.period], found.error[k % found.period]));
        }
        return result;
    }

  private:
    words::Network network_;
    words::OrderedScores ordered_;
    std::optional<words::Batch> single_;
};

bool supports_words(const network::Transformer& transformer) {
    return words::knows(transformer) && transformer.readout.decides();
}

WordScores::WordScores(const network::Transformer& transformer, std::int64_t length) {
    network::require_values(transformer, transformer.sequence_length(length));
    implementation_ = std::make_unique<Implementation>(transformer, length);
}
WordScores::~WordScores() = default;
WordScores::WordScores(WordScores&&) noexcept = default;

std::int64_t WordScores::free_symbols() const { return implementation_->free_symbols(); }

std::vector<exact::Interval> WordScores::scores_of(const std::vector<language::Word>& words) {
    return implementation_->scores_of(words);
}

const std::vector<exact::Interval>& WordScores::scores(const language::Word& prefix) {
    return implementation_->scores(prefix);
}

}  // namespace attest::soft
