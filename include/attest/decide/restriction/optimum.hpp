#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "attest/decide/restriction/function.hpp"
#include "attest/decide/restriction/restriction.hpp"

namespace attest::restriction {

/// The most inputs that can stay free while the answer depends on at most `dependence` of them. For dependence 0 the
/// answer is constant, and the fixed positions are a smallest certificate (in the sense of certificate complexity).
struct Optimum {
    std::size_t dependence = 0;
    Restriction restriction;              ///< the best that was found
    std::vector<std::size_t> depends_on;  ///< positions (from 0) that may still matter: at most `dependence`, all free
    std::size_t most_free = 0;            ///< no restriction with more free positions will do
    /// What `most_free` rests on: `none` where it is only the number of positions.
    enum class Bound { none, enumeration, solver } bound = Bound::none;
    std::uint64_t rounds = 0;  ///< counterexamples that were needed, where a solver was asked

    bool optimal() const { return restriction.free_count() == most_free; }
};

const char* to_string(Optimum::Bound bound);

/// All restrictions of a truth table at once: for each the function that is left, as a node of a decision diagram.
///
/// Gives   one optimum for each dependence 0 … `most_dependence`; nothing where there are more than `most_subcubes`
/// Needs   table.size() = symbols^length, symbols >= 2
/// Exact   yes
/// Cost    O((symbols + 1)^length) time, 4 bytes each
std::optional<std::vector<Optimum>> optima_by_enumeration(const TruthTable& table, std::size_t length,
                                                          std::size_t symbols, std::size_t most_dependence,
                                                          std::uint64_t most_subcubes, const base::Limits& limits);

struct SearchOptions {
    std::uint64_t seed = 0;
    /// Told what is being done, for progress; may be empty.
    std::function<void(const std::string&)> progress;
};

/// The same for one dependence by two incremental solvers: one proposes a restriction with few fixed positions, the other
/// looks for two words that it admits, that agree where the answer may not depend on, and that are answered differently.
/// The number of fixed positions is raised until one holds: what holds then is optimal, on the solvers' word.
///
/// start   a restriction known to leave at most `dependence`, as the best found where a limit is exceeded
/// Needs   function.symbols() >= 2
Optimum optimum_by_search(const Function& function, std::size_t dependence, const Optimum& start,
                          const SearchOptions& options, const base::Limits& limits);

/// A restriction that leaves the answer constant: positions of a word are freed one by one while a solver confirms it,
/// from several words; the best of them. An upper bound on what must be fixed, and no more.
Optimum greedy_constant(const Function& function, std::uint64_t seed, const base::Limits& limits);

/// The positions (from 0) on which the answer still depends under a restriction, or nothing where a limit is exceeded.
std::optional<std::vector<std::size_t>> dependence(const Function& function, const Restriction& restriction,
                                                   const base::Limits& limits);

}  // namespace attest::restriction
