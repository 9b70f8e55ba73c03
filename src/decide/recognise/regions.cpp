#include "regions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "soft/region_scores.hpp"

// Where all words are too many, many at a time: a region of words (soft/region.hpp) on one side of the language is done with where
// bounds tell the sign of all its scores. What does not matter stays free, what averages is known by its counts; where that is
// not enough, the segment whose symbols move the score most is cut. In the end a region is one word. A region on which the sign
// is certain, and wrong, is a mistake, whichever of its words is taken.

namespace attest::decide {

namespace {

soft::Side side_of_automaton(const language::Dfa& dfa, const std::vector<language::Symbol>& meaning, bool member) {
    soft::Side side{dfa.start, {}, {}};
    for (std::size_t q = 0; q < dfa.size(); ++q) {
        std::vector<std::uint32_t>& next = side.next.emplace_back();
        for (const language::Symbol s : meaning) next.push_back(dfa.transition[q][s]);
        side.wanted.push_back(dfa.accepting[q] == member);
    }
    return side;
}

/// States are heights from −low to high, and one more from which no word belongs.
soft::Side side_of_heights(std::int64_t low, std::int64_t high, const std::vector<int>& steps,
                           const std::function<bool(std::int64_t)>& belongs, bool member) {
    const auto dead = static_cast<std::uint32_t>(low + high + 1);
    soft::Side side{static_cast<std::uint32_t>(low), {}, {}};
    for (std::int64_t h = -low; h <= high; ++h) {
        std::vector<std::uint32_t>& next = side.next.emplace_back();
        for (const int step : steps) {
            const std::int64_t to = h + step;
            next.push_back(to < -low || to > high ? dead : static_cast<std::uint32_t>(to + low));
        }
        side.wanted.push_back(belongs(h) == member);
    }
    side.next.emplace_back(steps.size(), dead);
    side.wanted.push_back(!member);
    return side;
}

class Brancher {
  public:
    Brancher(const Question& question, const ProveOptions& options, const base::Limits& limits,
             const std::function<std::optional<exact::Ball>(const language::Word&)>& judge)
        : q_(question),
          options_(options),
          limits_(limits),
          judge_(judge),
          symbols_(question.model.alphabet.size()),
          scores_(question.model, question.length),
          most_(scores_.most_regions()) {}

    RegionOutcome decide(const soft::Side& members, const soft::Side& others) {
        const soft::Region all = soft::Region::all(static_cast<std::uint32_t>(q_.length));
        for (const bool member : {true, false}) {
            member_ = member;
            side_ = member ? &members : &others;
            if (!visit(all)) return mistake_ ? RegionOutcome(RegionMistake{*mistake_}) : RegionOutcome(why_);
        }
        return tree_;
    }

  private:
    /// After so many regions down to single words more will not help either.
    static constexpr std::uint64_t hopeless = 256;

    /// False: there is an answer.
    bool visit(const soft::Region& region) {
        const soft::Paths paths(region, *side_, symbols_);
        if (paths.empty()) return true;
        if (is_over()) return false;
        const soft::RegionScore bounds = scores_.score(paths);
        const double least = member_ ? bounds.score.lo : -bounds.score.hi;
        if (least > 0x1p-30) {
            bounds_help_ = bounds_help_ || paths.words() > 1;
            return close(paths, exact::Rational(least) * exact::Rational(1023, 1024));
        }
        if ((member_ ? bounds.score.hi < 0 : bounds.score.lo > 0) && is_mistake(paths)) return false;
        if (paths.words() == 1) return look(paths);
        const std::size_t segment = choose(region, paths, bounds);
        tree_.text += fmt::format("{}\n", segment + 1);
        for (const soft::Region& part : region.split(segment, symbols_))
            if (!visit(part)) return false;
        return true;
    }

    bool is_over() {
        ++regions_;
        if (options_.progress && regions_ % 64 == 0) options_.progress(fmt::format("{} regions of words", regions_));
        if (const auto limit = limits_.exceeded()) {
            why_ = {verdict::reason_of(*limit), fmt::format("after {} regions of words, {}", regions_ - 1, share())};
            return true;
        }
        if (!bounds_help_ && regions_ > hopeless) {
            why_ = {
                verdict::Reason::memory,
                fmt::format("more than {} words of length {}, and bounds told the sign of no more than one word at a "
                            "time in {} regions of words",
                            options_.most_words, q_.length, hopeless)};
            return true;
        }
        if (regions_ <= most_) return false;
        why_ = {verdict::Reason::memory,
                fmt::format("more than {} words of length {}, and {} regions of words are not enough: {}",
                            options_.most_words, q_.length, most_, share())};
        return true;
    }
    std::string share() const {
        return fmt::format("{:.3g} of {:.3g} words", covered_,
                           std::pow(static_cast<double>(symbols_), static_cast<double>(q_.length)));
    }

    bool close(const soft::Paths& paths, const exact::Rational& margin) {
        tree_.text += ".\n";
        covered_ += paths.words();
        if (tree_.leaves++ == 0 || margin < tree_.margin) {
            tree_.margin = margin;
            tree_.nearest = paths.some_word();
        }
        return true;
    }

    bool is_mistake(const soft::Paths& paths) {
        mistake_ = paths.some_word();
        return true;
    }

    /// One word whose sign the bounds leave open.
    bool look(const soft::Paths& paths) {
        const language::Word word = paths.some_word();
        const std::optional<exact::Ball> score = judge_(word);
        if (!score) {
            why_ = {verdict::Reason::imprecise,
                    fmt::format("the score on \"{}\" is not told from 0", q_.model.alphabet.spell(word))};
            return false;
        }
        const bool accepts = score->sign() == exact::Sign::positive;
        if (accepts != member_) return mistake_ = word, false;
        return close(paths, accepts ? score->lower() : -score->upper());
    }

    /// The segment whose symbols move the score most; where bounds say nothing, the longest.
    std::size_t choose(const soft::Region& region, const soft::Paths& paths, const soft::RegionScore& bounds) const {
        std::size_t best = 0;
        double most = -1;
        for (std::size_t k = 0; k < region.segments.size(); ++k) {
            const soft::Region::Segment& segment = region.segments[k];
            if (segment.is_settled()) continue;
            double open = 0, moved = 0;
            for (std::uint32_t p = segment.first; p < segment.last; ++p) {
                if (paths.symbols(p).size() < 2) continue;
                open += 1;
                moved += bounds.influence[p];
            }
            const double weight =
                bounds.score.is_finite() ? moved + open * bounds.slack / static_cast<double>(q_.length) : open;
            if (weight > most) most = weight, best = k;
        }
        return best;
    }

    const Question& q_;
    const ProveOptions& options_;
    const base::Limits& limits_;
    const std::function<std::optional<exact::Ball>(const language::Word&)>& judge_;
    std::size_t symbols_;
    soft::RegionScores scores_;
    std::uint64_t most_, regions_ = 0;
    double covered_ = 0;
    bool bounds_help_ = false;  ///< some region of more than one word was settled by them
    bool member_ = true;
    const soft::Side* side_ = nullptr;
    RegionTree tree_;
    std::optional<language::Word> mistake_;
    verdict::Undecided why_;
};

}  // namespace

std::optional<soft::Side> side_of(const Question& question, bool member) {
    const language::Language::Form& form = question.language.form();
    const std::int64_t n = question.length;
    if (const auto* regular = std::get_if<language::Regular>(&form))
        return side_of_automaton(regular->automaton, question.meaning, member);
    std::vector<int> steps;
    if (const auto* dyck = std::get_if<language::Dyck>(&form); dyck != nullptr && dyck->kinds == 1) {
        for (const language::Symbol s : question.meaning) steps.push_back(s == 0 ? 1 : -1);
        const std::int64_t depth =
            dyck->depth
                ? static_cast<std::int64_t>(std::min<std::uint64_t>(*dyck->depth, static_cast<std::uint64_t>(n)))
                : n;
        return side_of_heights(
            0, depth, steps, [](std::int64_t h) { return h == 0; }, member);
    }
    if (std::holds_alternative<language::Majority>(form)) {
        for (const language::Symbol s : question.meaning) steps.push_back(s == 1 ? 1 : -1);
        return side_of_heights(
            n, n, steps, [](std::int64_t h) { return h > 0; }, member);
    }
    return std::nullopt;
}

RegionOutcome decide_by_regions(const Question& question, const ProveOptions& options, const base::Limits& limits,
                                const std::function<std::optional<exact::Ball>(const language::Word&)>& judge) {
    constexpr std::int64_t longest = 64;
    const verdict::Undecided too_many{
        verdict::Reason::memory, fmt::format("more than {} words of length {}", options.most_words, question.length)};
    if (!options.regions || question.length < 1 || question.length > longest || !soft::supports_regions(question.model))
        return too_many;
    const std::optional<soft::Side> members = side_of(question, true), others = side_of(question, false);
    if (!members || !others) return too_many;
    return Brancher(question, options, limits, judge).decide(*members, *others);
}

}  // namespace attest::decide
