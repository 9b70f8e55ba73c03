// How many of some literals hold.
//
// Two encodings, since they are asked two things. A bound that is lowered again and again needs one direction only, and
// a counter that passes partial sums along the list is enough: its clauses propagate, and a literal a sum is assumed
// false. Where a solver is to find an exact number among gates that are measured as well, sums of halves are merged as
// gates; the builder shares what is equal. An encoding of sums with weights would be a third function here.

#include "logic/cardinality.hpp"

#include <algorithm>

namespace attest::logic {

std::vector<std::int32_t> count_from_below(SatSolver& solver, std::span<const std::int32_t> literals, std::size_t most,
                                           std::int32_t& last) {
    const auto add = [&](std::initializer_list<std::int32_t> clause) {
        solver.add_clause({clause.begin(), clause.size()});
    };
    std::vector<std::int32_t> before;  // [k−1]: at least k of the literals so far
    for (const std::int32_t l : literals) {
        std::vector<std::int32_t> now;
        for (std::size_t k = 0; k < std::min(before.size() + 1, most); ++k) {
            now.push_back(++last);
            if (k < before.size()) add({-before[k], now[k]});
            if (k == 0) add({-l, now[k]});
            else add({-l, -before[k - 1], now[k]});
        }
        before = std::move(now);
    }
    return before;
}

std::vector<circuit::Literal> at_least(circuit::Builder& builder, std::span<const circuit::Literal> literals) {
    if (literals.size() <= 1) return {literals.begin(), literals.end()};
    const std::vector<circuit::Literal> a = at_least(builder, literals.first(literals.size() / 2));
    const std::vector<circuit::Literal> b = at_least(builder, literals.subspan(literals.size() / 2));
    std::vector<circuit::Literal> result;
    for (std::size_t k = 1; k <= literals.size(); ++k) {
        std::vector<circuit::Literal> ways;  // i of the first half and k − i of the second
        for (std::size_t i = k > b.size() ? k - b.size() : 0; i <= std::min(k, a.size()); ++i)
            ways.push_back(
                builder.conjunction({i == 0 ? circuit::top : a[i - 1], i == k ? circuit::top : b[k - i - 1]}));
        result.push_back(builder.disjunction(ways));
    }
    return result;
}

}  // namespace attest::logic
