#include "attest/decide/ablate/search.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "attest/base/error.hpp"
#include "attest/decide/answer/answerer.hpp"

namespace attest::ablate {

namespace {

using language::Word;
using verdict::Answer;

/// Which parts are kept, by index.
using Kept = std::vector<bool>;

class Search {
  public:
    Search(const Question& question, const Options& options, const base::Limits& limits)
        : q_(question), options_(options), limits_(limits) {
        outcome_.parts = question.parts;
    }

    Outcome run() {
        const Kept whole(outcome_.parts.size(), true);
        const Trial trial = ask(whole);
        whole_ = trial;
        if (trial.answer == Answer::fails) {
            outcome_.wrong = trial.word;
            return std::move(outcome_);
        }
        if (trial.answer == Answer::undecided) {
            outcome_.why = trial.why;
            return std::move(outcome_);
        }
        const bool few = outcome_.parts.size() <= options_.most_parts;
        if (options_.way == Way::solver || (options_.way == Way::automatic && !few)) {
            if (ask_solver() || options_.way == Way::solver) return std::move(outcome_);
            outcome_.why = {};
        }
        if (few) by_size();
        else take_away(whole);
        return std::move(outcome_);
    }

  private:
    std::vector<Part> select(const Kept& kept, bool wanted) const {
        std::vector<Part> parts;
        for (std::size_t k = 0; k < kept.size(); ++k)
            if (kept[k] == wanted) parts.push_back(outcome_.parts[k]);
        return parts;
    }

    /// First the words that broke other sets, the last one first; then whatever decides about all words.
    Trial ask(const Kept& kept) {
        const std::vector<Part> removed = select(kept, false);
        if (removed.empty() && whole_) return *whole_;
        if (const auto limit = limits_.exceeded())
            return {Answer::undecided, {}, {verdict::reason_of(*limit), "before all sets were tried"}};
        if (!removed.empty())
            if (const auto word = q_.look ? q_.look(removed) : word_before(removed)) return {Answer::fails, word, {}};
        if (options_.progress) options_.progress("keeping " + to_string(select(kept, true)));
        ++outcome_.asked;
        Trial trial = q_.decide(removed);
        if (trial.word) pool_.push_back(*trial.word);
        return trial;
    }

    /// A word that broke another set and breaks this one.
    std::optional<Word> word_before(const std::vector<Part>& removed) {
        const network::Transformer rest = q_.rest(removed);
        decide::Answerer answerer(&rest, q_.length);
        for (std::size_t k = pool_.size(); k-- > 0;)
            if (is_wrong(answerer, pool_[k])) {
                std::rotate(pool_.begin() + static_cast<std::ptrdiff_t>(k),
                            pool_.begin() + static_cast<std::ptrdiff_t>(k) + 1, pool_.end());
                return pool_.back();
            }
        return std::nullopt;
    }

    bool is_wrong(decide::Answerer& answerer, const Word& word) const {
        const decide::Answer answer = answerer.answer(word, limits_);
        const auto expected = q_.expected(word);
        return answer.accepts && expected && *answer.accepts != *expected;
    }

    /// False: it could not say.
    bool ask_solver() {
        if (!q_.by_solver) {
            outcome_.why = {verdict::Reason::unsupported, "no circuit with switches is made for this question"};
            return false;
        }
        auto found = q_.by_solver();
        if (auto* why = std::get_if<verdict::Undecided>(&found)) {
            outcome_.why = std::move(*why);
            return false;
        }
        auto& sets = std::get<SmallestSets>(found);
        outcome_.by_solver = std::move(sets.words);
        outcome_.smallest = true;
        outcome_.all = sets.all;
        for (const std::vector<Part>& kept : sets.kept) certify(kept);
        find_needs();
        return true;
    }

    /// What the solver says is enough is decided as any set is.
    void certify(const std::vector<Part>& parts) {
        Kept kept;
        for (const Part& part : outcome_.parts)
            kept.push_back(std::find(parts.begin(), parts.end(), part) != parts.end());
        const Trial trial = ask(kept);
        if (trial.answer == Answer::fails)
            throw base::InternalError(
                fmt::format("a solver finds {} enough, but they are not: please report this", to_string(parts)));
        if (trial.answer == Answer::holds) outcome_.sufficient.push_back({parts, {}});
        else note_open(trial);
    }

    /// All sets, by size.
    void by_size() {
        const std::size_t n = outcome_.parts.size();
        for (std::size_t size = 0; size <= n; ++size) {
            const bool settled = all_of_size(size);
            if (stopped_) return;
            if (!outcome_.sufficient.empty()) {
                outcome_.all = settled;
                outcome_.smallest = open_ == 0 || (open_ == open_here_);
                break;
            }
        }
        drop_later_words();
        find_needs();
    }

    /// Gives whether all sets of the size were decided.
    bool all_of_size(std::size_t size) {
        Kept kept(outcome_.parts.size(), false);
        std::fill(kept.begin(), kept.begin() + static_cast<std::ptrdiff_t>(size), true);
        open_here_ = 0;
        do {
            const Trial trial = ask(kept);
            if (trial.answer == Answer::holds) outcome_.sufficient.push_back({select(kept, true), {}});
            else if (trial.answer == Answer::fails) broken_.push_back({size, select(kept, false), *trial.word});
            else note_open(trial);
            look_at_limits();
        } while (!stopped_ && std::prev_permutation(kept.begin(), kept.end()));
        return open_here_ == 0;
    }

    void look_at_limits() {
        const auto limit = limits_.exceeded();
        if (!limit) return;
        stopped_ = true;
        if (outcome_.why.reason == verdict::Reason::none)
            outcome_.why = {verdict::reason_of(*limit), "before all sets were tried"};
    }

    void note_open(const Trial& trial) {
        ++open_;
        ++open_here_;
        if (outcome_.why.reason == verdict::Reason::none) outcome_.why = trial.why;
    }

    /// Only what is smaller than the smallest is told.
    void drop_later_words() {
        if (outcome_.sufficient.empty()) return;
        const std::size_t size = outcome_.sufficient.front().kept.size();
        for (auto& broken : broken_)
            if (broken.size < size) outcome_.broken.emplace_back(std::move(broken.removed), std::move(broken.word));
    }

    /// For each set that is enough and each of its parts a word that breaks the rest.
    void find_needs() {
        for (Sufficient& found : outcome_.sufficient)
            for (const Part& part : found.kept) found.needs.push_back(word_that_needs(found.kept, part));
    }

    std::optional<Word> word_that_needs(const std::vector<Part>& kept, const Part& part) {
        Kept rest(outcome_.parts.size(), false);
        for (std::size_t k = 0; k < rest.size(); ++k)
            rest[k] = outcome_.parts[k] != part && std::find(kept.begin(), kept.end(), outcome_.parts[k]) != kept.end();
        const std::vector<Part> removed = select(rest, false);
        for (const auto& [parts, word] : outcome_.broken)
            if (parts == removed) return word;
        const Trial trial = ask(rest);
        if (trial.word) outcome_.broken.emplace_back(removed, *trial.word);
        return trial.word;
    }

    /// One part after the other is taken away, from the last layer to the first, as long as the rest is enough; again
    /// until
    /// none can be.
    void take_away(Kept kept) {
        for (bool changed = true; changed && !stopped_;) {
            changed = false;
            for (std::size_t k = kept.size(); k-- > 0 && !stopped_;) {
                if (!kept[k]) continue;
                kept[k] = false;
                const Trial trial = ask(kept);
                if (trial.answer == Answer::holds) changed = true;
                else kept[k] = true;
                if (trial.answer == Answer::undecided) note_open(trial);
                look_at_limits();
            }
        }
        outcome_.sufficient.push_back({select(kept, true), {}});
        find_needs();
    }

    struct Broken {
        std::size_t size;
        std::vector<Part> removed;
        Word word;
    };

    const Question& q_;
    const Options& options_;
    const base::Limits& limits_;
    Outcome outcome_;
    std::optional<Trial> whole_;  ///< about the transformer as it is
    std::vector<Word> pool_;
    std::vector<Broken> broken_;
    std::size_t open_ = 0, open_here_ = 0;  ///< sets that were not decided: in all, of the last size
    bool stopped_ = false;
};

}  // namespace

Outcome find_smallest(const Question& question, const Options& options, const base::Limits& limits) {
    return Search(question, options, limits).run();
}

}  // namespace attest::ablate
