#pragma once

#include <optional>
#include <vector>

#include "attest/base/interner.hpp"
#include "attest/decide/restriction/restriction.hpp"
#include "attest/exact/matrix.hpp"

namespace attest::restriction {

using ValueId = std::uint32_t;

using Pool = base::Interner<exact::Vector>;

/// One activation as a function of the inputs on which it depends.
struct Activation {
    std::vector<std::size_t> inputs;  ///< positions of the word, from 0, ascending
    std::vector<ValueId> table;       ///< by their symbols, the last input fastest
    std::vector<ValueId> values;      ///< the distinct ones, ascending

    static Activation of(std::vector<std::size_t> inputs, std::vector<ValueId> table);
    ValueId at(const language::Word& word, std::size_t symbols) const;
    /// The same under a restriction, and without inputs that make no difference.
    Activation under(const Restriction& restriction, std::size_t symbols) const;
};

}  // namespace attest::restriction
