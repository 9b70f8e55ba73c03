#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <optional>

#include "attest/base/error.hpp"
#include "attest/formats/file.hpp"
#include "attest/soft/evaluate.hpp"
#include "attest/soft/symmetry.hpp"
#include "checker/soft/counts.hpp"
#include "checker/soft/soft_evaluator.hpp"
#include "random_sparse_model.hpp"
#include "seed.hpp"
#include "trials.hpp"

// What is taken by counts, by the checker or by the prover, against all words: those with the same counts
// have one score.

namespace attest::soft {

namespace {

constexpr long bits = 128;

/// Ends of what encloses a score; none where it has no value or the bits do not show one.
struct Ends {
    exact::Rational low, high;
};
using Score = std::optional<Ends>;

bool differ(const Score& a, const Score& b) { return a && b && (a->high < b->low || b->high < a->low); }

/// How often each symbol comes in each class.
std::vector<std::size_t> counts(const language::Word& word, const Classes& classes, std::size_t symbols) {
    std::vector<std::size_t> all(classes.size() * symbols, 0);
    for (std::size_t k = 0; k < classes.size(); ++k)
        for (const std::int64_t p : classes[k]) ++all[k * symbols + word[static_cast<std::size_t>(p)]];
    return all;
}

bool is_wide(const Classes& classes) {
    return std::any_of(classes.begin(), classes.end(), [](const auto& positions) { return positions.size() > 1; });
}

/// One model at one length, as both sides see it, and its scores on all words.
class Subject {
  public:
    Subject(const network::Transformer& t, std::int64_t length)
        : t_(t),
          length_(length),
          model_(checker::read_model(formats::write_model(t), "model.json", no_companion, budget_)),
          instance_(instantiate(model_, static_cast<std::size_t>(length), bits, budget_)) {
        language::Word word(static_cast<std::size_t>(length), 0);
        do words_.push_back(word);
        while (language::next_word(word, t.alphabet));
    }

    bool checker_takes(const Classes& classes) {
        checker::Classes own;
        for (const auto& positions : classes) own.emplace_back(positions.begin(), positions.end());
        try {
            check_model_by_counts(instance_, own, budget_);
            return true;
        } catch (const checker::Defect& defect) {
            CHECK(defect.place() == "manifest.json: evidence.classes");
            return false;
        }
    }

    /// Two words with the same counts and certainly different scores, if there are any.
    std::optional<std::pair<language::Word, language::Word>> contradiction(const Classes& classes,
                                                                           const std::vector<Score>& scores) const {
        std::map<std::vector<std::size_t>, std::size_t> first;  // word with these counts
        for (std::size_t w = 0; w < words_.size(); ++w) {
            const std::size_t like = first.try_emplace(counts(words_[w], classes, t_.alphabet.size()), w).first->second;
            if (differ(scores[like], scores[w])) return std::pair(words_[like], words_[w]);
        }
        return std::nullopt;
    }

    const std::vector<Score>& checkers_scores() {
        if (checkers_.empty())
            for (const language::Word& word : words_) checkers_.push_back(checkers_score(word));
        return checkers_;
    }
    const std::vector<Score>& provers_scores() {
        const Evaluator evaluator(t_, length_, bits);
        if (provers_.empty())
            for (const language::Word& word : words_) provers_.push_back(provers_score(evaluator, word));
        return provers_;
    }

  private:
    static std::string_view no_companion(const std::string&) { return {}; }

    Score checkers_score(const language::Word& word) {
        try {
            const checker::Interval s = score(instance_, {word.begin(), word.end()}, budget_);
            return s.is_finite() ? Score(Ends{s.low(), s.high()}) : std::nullopt;
        } catch (const checker::Defect&) {
            return std::nullopt;
        }
    }
    static Score provers_score(const Evaluator& evaluator, const language::Word& word) {
        try {
            const exact::Ball s = evaluator.score(word);
            return s.is_finite() ? Score(Ends{s.lower(), s.upper()}) : std::nullopt;
        } catch (const base::InputError&) {
            return std::nullopt;
        }
    }

    const network::Transformer& t_;
    std::int64_t length_;
    checker::Budget budget_{UINT64_MAX / 4, UINT64_MAX / 4};
    checker::Model model_;
    checker::SoftInstance instance_;
    std::vector<language::Word> words_;
    std::vector<Score> checkers_, provers_;
};

/// Partitions that somebody might claim: all in one, what the prover finds and with two of its classes in
/// one, any.
std::vector<Classes> claims(const Classes& found, std::int64_t length, base::Random& random) {
    std::vector<Classes> all{found};
    Classes one(1), any(2);
    for (std::int64_t p = 0; p < length; ++p) {
        one[0].push_back(p);
        any[random.below(2)].push_back(p);
    }
    std::erase_if(any, [](const auto& positions) { return positions.empty(); });
    all.push_back(one);
    all.push_back(any);
    for (std::size_t a = 0; a < found.size(); ++a)
        for (std::size_t b = a + 1; b < found.size(); ++b) {
            Classes merged = found;
            merged[a].insert(merged[a].end(), found[b].begin(), found[b].end());
            std::sort(merged[a].begin(), merged[a].end());
            merged.erase(merged.begin() + static_cast<std::ptrdiff_t>(b));
            all.push_back(std::move(merged));
        }
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
}

bool is_constant(const std::vector<Score>& scores) {
    return std::none_of(scores.begin(), scores.end(), [&](const Score& s) { return differ(s, scores[0]); });
}

bool has_mask(const network::Transformer& t) {
    return std::any_of(t.layers.begin(), t.layers.end(),
                       [](const network::Layer& l) { return l.attention && l.attention->mask != network::Mask::none; });
}
bool has_norm(const network::Transformer& t) {
    return std::any_of(t.layers.begin(), t.layers.end(), [](const network::Layer& l) {
        return (l.attention && l.attention->norm) || (l.feedforward && l.feedforward->norm);
    });
}

struct Tally {
    std::size_t checked = 0;  ///< partitions with a class of two positions or more that the checker took
    std::size_t found = 0;    ///< of the prover
    std::size_t telling = 0;  ///< of either, where the score does depend on the word; with a mask, with a norm
    std::size_t telling_with_mask = 0, telling_with_norm = 0;
    std::size_t wrong = 0;
};

void examine(std::uint64_t seed, Tally& tally) {
    base::Random random(seed);
    const network::Transformer t = tests::SparseModels(random).make();
    const auto length = static_cast<std::int64_t>(2 + random.below(t.alphabet.size() == 2 ? 4 : 3));
    const Classes found = find_classes(t, length);
    Subject subject(t, length);
    const auto hold = [&](const Classes& classes, const std::vector<Score>& scores, const char* by) {
        const auto words = subject.contradiction(classes, scores);
        if (!is_constant(scores)) {
            ++tally.telling;
            tally.telling_with_mask += has_mask(t) ? 1 : 0;
            tally.telling_with_norm += has_norm(t) ? 1 : 0;
        }
        if (!words) return;
        ++tally.wrong;
        CAPTURE(seed, by, t.alphabet.spell(words->first), t.alphabet.spell(words->second), classes,
                formats::write_model(t));
        CHECK_FALSE(words);
    };
    if (is_wide(found)) {
        ++tally.found;
        hold(found, subject.provers_scores(), "prover");
    }
    for (const Classes& classes : claims(found, length, random)) {
        if (!is_wide(classes) || !subject.checker_takes(classes)) continue;
        ++tally.checked;
        hold(classes, subject.checkers_scores(), "checker");
    }
    CAPTURE(seed);
    CHECK(subject.checker_takes(found));
}

}  // namespace

TEST_CASE("words with the same counts have one score where counts were said to suffice", "[soft]") {
    const std::uint64_t seed = tests::seed(), count = tests::trials(1000);
    Tally tally;
    for (std::uint64_t k = 0; k < count; ++k) examine(seed + 20'000 + k, tally);
    WARN(count << " models from seed " << seed << ": " << tally.checked << " partitions taken by the checker, "
               << tally.found << " by the prover, " << tally.telling << " of them where the score depends on the word ("
               << tally.telling_with_mask << " with a mask, " << tally.telling_with_norm << " with a norm), "
               << tally.wrong << " wrong");
    CHECK(tally.wrong == 0);
    CHECK(tally.checked > count / 4);
    CHECK(tally.found > count / 4);
    CHECK(tally.telling > count / 8);
    CHECK(tally.telling_with_mask > count / 16);
    CHECK(tally.telling_with_norm > count / 40);
}

}  // namespace attest::soft
