#pragma once

#include <vector>

#include "builder.hpp"

namespace attest::programs::residual {

/// A Boolean at each position: a constant, a value that is 0 or 1, or the negation of one.
class Bit {
  public:
    constexpr Bit(bool constant = false) : code_(constant ? 1 : 0) {}  // NOLINT: implicit, as constants are bits
    static constexpr Bit of(Value value) { return Bit(2 * (value + 1), 0); }

    constexpr Bit operator!() const { return Bit(code_ ^ 1U, 0); }
    bool is_constant() const { return code_ < 2; }
    bool is_negated() const { return !is_constant() && code_ % 2 == 1; }
    /// Needs   no constant
    Value value() const { return code_ / 2 - 1; }
    /// 0 or 1, as what it is made of says.
    Form form() const {
        if (is_constant()) return static_cast<int>(code_);
        return is_negated() ? 1 - constructions::x(value()) : constructions::x(value());
    }
    auto operator<=>(const Bit&) const = default;

  private:
    constexpr Bit(std::uint32_t code, int) : code_(code) {}
    std::uint32_t code_;
};

/// All of them, by one rectification: ReLU(their sum - (their number - 1)).
Bit all_of(Builder& builder, std::vector<Bit> bits);
Bit any_of(Builder& builder, std::vector<Bit> bits);

}  // namespace attest::programs::residual
