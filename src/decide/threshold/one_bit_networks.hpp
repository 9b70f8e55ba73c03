#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "attest/base/limits.hpp"
#include "base/random.hpp"

namespace attest::threshold {

/// A network of two layers with one head and two activations, read at an end symbol that knows the last symbol after layer
/// 1: what the word positions hold then (FORMAT.md, section 9.16). How heads come to it, and what the reader prefers, follows.
struct OneBitNetwork {
    /// By position from 0: bit x is the value on the x-th word, word 0…0 first; 0 beyond the inputs.
    std::array<std::uint32_t, 5> held{};
    bool operator==(const OneBitNetwork&) const = default;
};

/// Networks of two layers with one head and two activations for functions of at most five bits.
class OneBitNetworks {
  public:
    /// Needs   inputs 2 to 5
    explicit OneBitNetworks(unsigned inputs);

    unsigned inputs() const { return inputs_; }

    /// Whether there are heads by which the positions hold this, and a reader that computes the table then.
    ///
    /// Exact   yes
    bool computes(const OneBitNetwork& network, std::uint32_t table) const;

    /// Changes a network until it computes the table: the cost of a change is the number of words on which the reader is
    /// stuck.
    ///
    /// network  where to begin, and the one that was found
    /// Needs   positions that can hold what they hold
    /// Gives   how many changes were tried; nothing if a limit is exceeded, which ends it where there is no network
    std::optional<std::uint64_t> find(std::uint32_t table, OneBitNetwork& network, base::Random& random,
                                      const base::Limits& limits) const;

    /// One that positions can hold.
    OneBitNetwork any(base::Random& random) const;

  private:
    void add_lists(std::size_t position, std::size_t own, std::uint32_t cube, unsigned symbols, std::uint32_t held);
    bool is_list(std::uint32_t words, std::uint32_t held, std::size_t without) const;
    std::uint32_t stuck(std::uint32_t words, const OneBitNetwork& network, std::uint32_t table) const;
    int cost(const OneBitNetwork& network, std::uint32_t table) const;

    unsigned inputs_;
    std::array<std::array<std::uint32_t, 2>, 5> with_{};  ///< words with this symbol at this position
    /// By position and own symbol: what it can hold on the words with this symbol there, ascending.
    std::array<std::array<std::vector<std::uint32_t>, 2>, 5> lists_;
};

}  // namespace attest::threshold
