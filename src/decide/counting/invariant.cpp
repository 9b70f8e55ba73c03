#include "decide/counting/invariant.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "decide/counting/walk.hpp"

// The tree of cases for one step: a walk in which tests that matter are open is split at one of them. All counts are at least 0;
// these are the first premises.

namespace attest::counting {

namespace {

class Tree {
  public:
    Tree(const System& system, const Invariant& invariant, std::uint32_t state, std::size_t list,
         language::Symbol symbol, std::size_t most_cases)
        : system_(system),
          invariant_(invariant),
          symbol_(symbol),
          left_(most_cases),
          assumed_(system.tests.size(), unsettled) {
        next_ = system.next[state][symbol];
        for (std::uint32_t c = 0; c < system.counters; ++c) premises_.push_back({Form::variable(c), false});
        const Invariant::List& from = invariant.states[state][list];
        premises_.insert(premises_.end(), from.begin(), from.end());
    }

    Shown show() {
        Shown shown;
        if (!grow(0)) shown.gap = gap_;
        else shown.lines = std::move(lines_);
        return shown;
    }

  private:
    /// False, with the gap, where a case stays open.
    bool grow(int depth) {
        Walk walk(system_, premises_, symbol_, assumed_);
        std::vector<std::uint32_t> candidates;
        if (close(walk, depth > 0, candidates)) {
            lines_ += walk.lines();
            return true;
        }
        constexpr int deepest = 60;
        for (const std::uint32_t test : walk.candidates_below()) candidates.push_back(test);
        std::erase_if(candidates, [&](std::uint32_t t) { return assumed_[t - 1] != unsettled; });
        if (candidates.empty() || depth >= deepest || left_ == 0) return false;
        --left_;
        const std::uint32_t test = candidates.front();
        const int outcomes = system_.steps[system_.tests[test - 1]].outcomes();
        lines_ += fmt::format("split {}\n", test);
        for (int o = 0; o < outcomes; ++o) {
            assumed_[test - 1] = o;
            if (!grow(depth + 1)) return false;
        }
        assumed_[test - 1] = unsettled;
        return true;
    }

    bool close(Walk& walk, bool is_case, std::vector<std::uint32_t>& candidates) {
        gap_ = {next_, false, 0, {}};
        const Truth meant = system_.meant ? walk.language() : system_.accepting[next_] ? Truth::yes : Truth::no;
        const bool agrees = walk.program() != Truth::open && walk.program() == meant;
        if (agrees && reach(walk, candidates)) return true;
        if (is_case && walk.close_as_impossible()) return true;
        if (agrees) return false;
        gap_.answers = true;
        if (walk.program() == Truth::open) candidates = walk.candidates_of_step(system_.output);
        else if (meant == Truth::open) candidates = walk.candidates_of_step(*system_.meant);
        return false;
    }

    /// Some list of the next state; else what is missing of the one that is nearest.
    bool reach(Walk& walk, std::vector<std::uint32_t>& candidates) {
        const auto& lists = invariant_.states[next_];
        std::size_t least = SIZE_MAX;
        for (std::size_t k = 0; k < lists.size(); ++k) {
            std::vector<std::size_t> missing = walk.reach(lists[k], k);
            if (missing.empty()) return true;
            if (missing.size() >= least) continue;
            least = missing.size();
            gap_ = {next_, false, k, std::move(missing)};
        }
        if (least == SIZE_MAX) return false;
        for (const std::size_t c : gap_.constraints)
            for (const std::uint32_t test : walk.candidates_of_constraint(lists[gap_.list][c]))
                candidates.push_back(test);
        return false;
    }

    const System& system_;
    const Invariant& invariant_;
    language::Symbol symbol_;
    std::size_t left_;
    std::uint32_t next_ = 0;
    std::vector<Constraint> premises_;
    std::vector<int> assumed_;
    std::string lines_;
    Gap gap_;
};

std::string constraint_text(const Constraint& c) {
    std::string text = fmt::format("[\"{}\", {}", c.is_equation ? "=" : ">=", c.form.constant.get_str());
    for (const auto& [counter, times] : c.form.terms) text += fmt::format(", [{}, {}]", counter, times.get_str());
    return text + "]";
}

}  // namespace

Shown show_step(const System& system, const Invariant& invariant, std::uint32_t state, std::size_t list,
                language::Symbol symbol, std::size_t most_cases) {
    return Tree(system, invariant, state, list, symbol, most_cases).show();
}

std::optional<Shown> show_inductive(const System& system, const Invariant& invariant, const base::Limits& limits) {
    Shown all;
    for (std::uint32_t q = 0; q < invariant.states.size(); ++q)
        for (std::size_t k = 0; k < invariant.states[q].size(); ++k)
            for (language::Symbol a = 0; a < system.symbols; ++a) {
                if (limits.exceeded()) return std::nullopt;
                Shown shown = show_step(system, invariant, q, k, a);
                if (shown.gap) return shown;
                all.lines += shown.lines;
            }
    return all;
}

bool holds_at_start(const Invariant& invariant) {
    const auto holds = [](const Constraint& c) { return c.is_equation ? c.form.constant == 0 : c.form.constant >= 0; };
    const auto& lists = invariant.states.front();
    return std::any_of(lists.begin(), lists.end(),
                       [&](const Invariant::List& list) { return std::all_of(list.begin(), list.end(), holds); });
}

std::string write_invariant(const Invariant& invariant) {
    std::string text = "[";
    for (std::size_t q = 0; q < invariant.states.size(); ++q) {
        text += q == 0 ? "[" : ",\n [";
        for (std::size_t k = 0; k < invariant.states[q].size(); ++k) {
            text += k == 0 ? "[" : ",\n  [";
            for (std::size_t c = 0; c < invariant.states[q][k].size(); ++c)
                text += (c == 0 ? "" : ", ") + constraint_text(invariant.states[q][k][c]);
            text += "]";
        }
        text += "]";
    }
    return text + "]\n";
}

}  // namespace attest::counting
