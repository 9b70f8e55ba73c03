#include "attest/decide/restriction/evidence.hpp"
#include "twin.hpp"

namespace attest::restriction {

namespace {

/// Collects words until every choice of symbols at every choice of positions has both answers.
class Collector {
  public:
    Collector(std::size_t length, std::size_t symbols, const FindDifference& find,
              const std::function<bool(const language::Word&)>& accepts)
        : length_(length), symbols_(symbols), find_(find), accepts_(accepts) {}

    /// False where some symbols at these positions settle the answer.
    bool cover(const std::vector<std::size_t>& positions, std::uint64_t choices) {
        seen_.assign(choices, 0);
        for (std::size_t w = 0; w < words_.size(); ++w) mark(w, positions);
        for (std::uint64_t choice = 0; choice < choices; ++choice) {
            if (seen_[choice] == 3) continue;
            const auto words = find_(restriction(positions, choice));
            if (!words) return false;
            for (const language::Word& word : {words->first, words->second}) {
                words_.push_back(word);
                answers_.push_back(accepts_(word));
                mark(words_.size() - 1, positions);
            }
        }
        return true;
    }

    std::vector<language::Word> take() && { return std::move(words_); }

  private:
    void mark(std::size_t w, const std::vector<std::size_t>& positions) {
        std::uint64_t index = 0;
        for (const std::size_t i : positions) index = index * symbols_ + words_[w][i];
        seen_[index] = static_cast<unsigned char>(seen_[index] | (answers_[w] ? 1 : 2));
    }

    Restriction restriction(const std::vector<std::size_t>& positions, std::uint64_t choice) const {
        Restriction r = Restriction::all_free(length_);
        for (std::size_t k = positions.size(); k-- > 0; choice /= symbols_)
            r.fixed[positions[k]] = static_cast<language::Symbol>(choice % symbols_);
        return r;
    }

    std::size_t length_, symbols_;
    const FindDifference& find_;
    const std::function<bool(const language::Word&)>& accepts_;
    std::vector<language::Word> words_;
    std::vector<bool> answers_;
    std::vector<unsigned char> seen_;
};

/// How many ways to choose k of n positions, with a symbol for each; nothing beyond the bound.
std::optional<std::uint64_t> count_restrictions(std::size_t n, std::size_t k, std::size_t symbols, std::uint64_t most) {
    std::uint64_t count = 1;
    for (std::size_t t = 1; t <= k; ++t) {
        count = count * (n - k + t) / t;
        if (count > most) return std::nullopt;
    }
    for (std::size_t t = 0; t < k; ++t)
        if ((count *= symbols) > most) return std::nullopt;
    return count;
}

bool next_choice(std::vector<std::size_t>& positions, std::size_t n) {
    for (std::size_t k = positions.size(); k-- > 0;) {
        if (positions[k] == n - positions.size() + k) continue;
        for (std::size_t at = positions[k] + 1; k < positions.size(); ++k, ++at) positions[k] = at;
        return true;
    }
    return false;
}

}  // namespace

std::optional<std::vector<language::Word>> open_words(std::size_t length, std::size_t symbols, std::size_t fixed,
                                                      const FindDifference& find,
                                                      const std::function<bool(const language::Word&)>& accepts,
                                                      std::uint64_t most, const base::Limits& limits) {
    const std::size_t size = fixed - 1;
    if (!count_restrictions(length, size, symbols, most)) return std::nullopt;
    std::uint64_t choices = 1;
    std::vector<std::size_t> positions;
    for (std::size_t k = 0; k < size; ++k, choices *= symbols) positions.push_back(k);
    Collector collector(length, symbols, find, accepts);
    try {
        do {
            if (limits.exceeded() || !collector.cover(positions, choices)) return std::nullopt;
        } while (next_choice(positions, length));
    } catch (const OutOfLimits&) {
        return std::nullopt;
    }
    return std::move(collector).take();
}

}  // namespace attest::restriction
