#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace attest::network {

/// A set of numbers below a bound.
class NumberSet {
  public:
    explicit NumberSet(std::size_t bound = 0) : words_((bound + 63) / 64, 0) {}

    bool has(std::size_t number) const { return (words_[number / 64] >> (number % 64) & 1U) != 0; }
    void add(std::size_t number) { words_[number / 64] |= std::uint64_t{1} << (number % 64); }

    /// Needs   the same bound
    void keep(const NumberSet& others) {
        for (std::size_t k = 0; k < words_.size(); ++k) words_[k] &= others.words_[k];
    }
    bool is_within(const NumberSet& others) const {
        for (std::size_t k = 0; k < words_.size(); ++k)
            if ((words_[k] & ~others.words_[k]) != 0) return false;
        return true;
    }

    /// Whether a predicate holds of every member; members are asked in ascending order up to the first that fails.
    template <typename Predicate>
    bool all(const Predicate& predicate) const {
        for (std::size_t k = 0; k < words_.size(); ++k)
            for (std::uint64_t left = words_[k]; left != 0; left &= left - 1)
                if (!predicate(64 * k + static_cast<std::size_t>(std::countr_zero(left)))) return false;
        return true;
    }
    template <typename Action>
    void each(const Action& action) const {
        all([&](std::size_t number) {
            action(number);
            return true;
        });
    }

    std::size_t bytes() const { return sizeof *this + words_.size() * sizeof(std::uint64_t); }
    bool operator==(const NumberSet&) const = default;

  private:
    std::vector<std::uint64_t> words_;
};

}  // namespace attest::network
