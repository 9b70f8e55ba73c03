#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace attest::logic {

/// A formula in conjunctive normal form over variables 1 … variables; literals are ±variable.
/// Memory  4 bytes a literal, 8 a clause
struct Cnf {
    std::int32_t variables = 0;
    std::vector<std::int32_t> literals;
    std::vector<std::size_t> starts{0};  ///< clause c is literals[starts[c] … starts[c+1])

    std::size_t size() const { return starts.size() - 1; }
    std::span<const std::int32_t> clause(std::size_t c) const {
        return {literals.data() + starts[c], starts[c + 1] - starts[c]};
    }
    void add(std::span<const std::int32_t> clause) {
        literals.insert(literals.end(), clause.begin(), clause.end());
        starts.push_back(literals.size());
    }
    void add(std::initializer_list<std::int32_t> clause) {
        add(std::span<const std::int32_t>(clause.begin(), clause.size()));
    }
};

/// Canonical DIMACS: exact header, no comments, one clause a line.
std::string to_dimacs(const Cnf& formula);

}  // namespace attest::logic
