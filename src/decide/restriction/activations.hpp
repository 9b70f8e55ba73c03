#pragma once

#include <map>
#include <optional>
#include <vector>

#include "attest/decide/restriction/restriction.hpp"
#include "attest/exact/matrix.hpp"

namespace attest::restriction {

using ValueId = std::uint32_t;

/// Distinct vectors, numbered in order of first appearance.
class Pool {
  public:
    ValueId id(const exact::Vector& vector) {
        const auto [at, fresh] = ids_.try_emplace(vector, static_cast<ValueId>(vectors_.size()));
        if (fresh) vectors_.push_back(vector);
        return at->second;
    }
    const exact::Vector& operator[](ValueId id) const { return vectors_[id]; }

  private:
    std::map<exact::Vector, ValueId> ids_;
    std::vector<exact::Vector> vectors_;
};

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
