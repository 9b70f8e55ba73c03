#include <fmt/format.h>

#include <algorithm>

#include "attest/decide/restriction/optimum.hpp"
#include "base/random.hpp"
#include "proposer.hpp"
#include "twin.hpp"

// Counterexample-guided search for ∃ restriction ∀ words. A counterexample is a word and a position whose symbol changes the
// answer; it is widened to a cube of words on all of which it does, position by position, so that each one rules out as many
// restrictions as it can. The search goes from few fixed positions to many: when the proposer has nothing left at k, no
// restriction with k fixed positions will do, and the first that passes is optimal.

namespace attest::restriction {

namespace {

/// Frees the positions of a word one by one, in random order, as long as the predicate holds.
template <typename Holds>
Restriction widen(const language::Word& word, std::optional<std::size_t> except, base::Random& random, Holds holds) {
    Restriction cube = Restriction::only(word);
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < word.size(); ++i)
        if (i != except) order.push_back(i);
    for (std::size_t k = order.size(); k > 1; --k) std::swap(order[k - 1], order[random.below(k)]);
    if (except) cube.fixed[*except].reset();
    Restriction none = Restriction::all_free(word.size());
    if (holds(none)) return none;
    for (const std::size_t i : order) {
        cube.fixed[i].reset();
        if (!holds(cube)) cube.fixed[i] = word[i];
    }
    return cube;
}

std::vector<std::size_t> positions(const std::vector<bool>& set) {
    std::vector<std::size_t> list;
    for (std::size_t i = 0; i < set.size(); ++i)
        if (set[i]) list.push_back(i);
    return list;
}

class Search {
  public:
    Search(const Function& function, std::size_t dependence, const SearchOptions& options, const base::Limits& limits)
        : function_(function),
          options_(options),
          limits_(limits),
          twin_(function, options.seed, limits),
          proposer_(function.length(), function.symbols(), dependence, options.seed),
          random_(options.seed) {}

    void run(Optimum& best) {
        for (std::size_t fixed = 0; fixed < best.restriction.fixed_count(); ++fixed) {
            if (options_.progress)
                options_.progress(fmt::format("{} of {} positions fixed, at most {} that matter", fixed,
                                              function_.length(), best.dependence));
            if (auto found = with_fixed(fixed, best)) {
                best.restriction = std::move(found->restriction);
                best.depends_on = positions(found->may_matter);
                return;
            }
            best.most_free = function_.length() - fixed - 1;
            best.bound = Optimum::Bound::solver;
        }
    }

  private:
    std::optional<Proposer::Proposal> with_fixed(std::size_t fixed, Optimum& best) {
        while (auto proposal = proposer_.propose(fixed, limits_)) {
            const auto words = twin_.find_difference(proposal->restriction, proposal->may_matter);
            if (!words) return proposal;
            ++best.rounds;
            learn(*words);
        }
        return std::nullopt;
    }

    void learn(const Words& words) {
        const Flip flip = single_flip(twin_, words);
        const language::Symbol other = flip.word[flip.position];
        const auto always = [&](const Restriction& cube) {
            return twin_.always_differ(cube, flip.position, other, flip.symbol);
        };
        const Restriction cube = widen(flip.word, flip.position, random_, always);
        proposer_.rule_out(cube, flip.position);
        // On two symbols the answer is then this position's symbol plus something else modulo 2: fixed either way, what is
        // left is the same up to complement.
        if (cube.fixed_count() == 0 && function_.symbols() == 2) proposer_.settle(flip.position, 0);
    }

    const Function& function_;
    const SearchOptions& options_;
    const base::Limits& limits_;
    Twin twin_;
    Proposer proposer_;
    base::Random random_;
};

}  // namespace

Optimum optimum_by_search(const Function& function, std::size_t dependence, const Optimum& start,
                          const SearchOptions& options, const base::Limits& limits) {
    Optimum best = start;
    best.dependence = dependence;
    best.most_free = function.length();
    best.bound = Optimum::Bound::none;
    try {
        Search(function, dependence, options, limits).run(best);
    } catch (const OutOfLimits&) {
    }
    return best;
}

Optimum greedy_constant(const Function& function, std::uint64_t seed, const base::Limits& limits) {
    constexpr std::size_t words = 8;
    const std::size_t n = function.length();
    Optimum best{0, Restriction::only(language::Word(n, 0)), {}, n, Optimum::Bound::none, 0};
    base::Random random(seed);
    try {
        Twin twin(function, seed, limits);
        const std::vector<bool> untied(n, false);
        for (std::size_t k = 0; k < words; ++k) {
            language::Word word(n, 0);
            for (language::Symbol& s : word) s = static_cast<language::Symbol>(random.below(function.symbols()));
            const Restriction found =
                widen(word, {}, random, [&](const Restriction& r) { return !twin.find_difference(r, untied); });
            if (found.free_count() > best.restriction.free_count()) best.restriction = found;
        }
    } catch (const OutOfLimits&) {
    }
    return best;
}

std::optional<std::vector<std::size_t>> dependence(const Function& function, const Restriction& restriction,
                                                   const base::Limits& limits) {
    try {
        Twin twin(function, 0, limits);
        std::vector<std::size_t> found;
        for (const std::size_t i : restriction.free_positions()) {
            std::vector<bool> tied(function.length(), true);
            tied[i] = false;
            if (twin.find_difference(restriction, tied)) found.push_back(i);
        }
        return found;
    } catch (const OutOfLimits&) {
        return std::nullopt;
    }
}

}  // namespace attest::restriction
