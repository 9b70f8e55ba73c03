#include "checker/soft/word_scores.hpp"

namespace attest::checker {
namespace {

WordScores::Score score_at(const WordRuns::Place& place) {
    const Columns& scores = place.batch.scores();
    return {scores.at(place.column).values[0], scores.bounds.front().error};
}

}  // namespace

bool fits_some_words(const Model& model, std::size_t length) {
    constexpr std::size_t longest = 256;
    return length <= longest && fits_doubles(model);
}

WordScores::WordScores(const SoftInstance& instance, Budget& budget, std::uint64_t most_columns)
    : runs_(network_in_doubles(instance, budget), budget, most_columns) {}

WordScores::Score WordScores::operator()(const std::vector<std::size_t>& word) {
    return score_at(runs_.together(word));
}

WordScores::Score WordScores::alone(const std::vector<std::size_t>& word) { return score_at(runs_.alone(word)); }

}  // namespace attest::checker
