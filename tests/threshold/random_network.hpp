#pragma once

#include <cstdint>
#include <vector>

#include "attest/decide/threshold/specification.hpp"

namespace attest::tests {

/// A member of a class whose every table is drawn when it is looked at: run by the definition of the class and nothing
/// else.
class RandomNetwork {
  public:
    RandomNetwork(const threshold::NetworkClass& network, std::uint64_t seed) : class_(network), seed_(seed) {}

    bool accepts(const language::Word& word) const;
    /// What positions hold after so many layers.
    std::vector<std::uint64_t> held_after(std::int64_t layers, const language::Word& word) const;
    /// Key dimension 1: the number of a key, and the sign of a query; positions from 0.
    std::int64_t number(std::uint64_t layer, std::uint64_t head, std::size_t j, std::uint64_t value) const;
    std::int64_t sign(std::uint64_t layer, std::uint64_t head, std::size_t i, std::uint64_t value) const;
    /// What it computes on words of `length` over two symbols, without positions on all that are not longer.
    language::Language language(std::int64_t length) const;

  private:
    using Code = std::vector<std::uint64_t>;
    std::uint64_t draw(const Code& code) const;
    std::uint64_t value_after(std::uint64_t layer, std::size_t i, const std::vector<std::uint64_t>& held) const;
    std::size_t attend(std::uint64_t layer, std::uint64_t head, std::size_t i,
                       const std::vector<std::uint64_t>& held) const;
    std::int64_t score(std::uint64_t layer, std::uint64_t head, std::size_t i, std::size_t j,
                       const std::vector<std::uint64_t>& held) const;

    threshold::NetworkClass class_;
    std::uint64_t seed_;
};

/// A language that holds these words of `length` symbols, by a table: word 0…0 first.
language::Language table_language(const std::vector<bool>& accepts);

}  // namespace attest::tests
