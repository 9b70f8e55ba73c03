#pragma once

#include <cstddef>
#include <vector>

#include "checker/translation/circuit.hpp"

namespace attest::checker {

/// The inputs of a circuit over all words of one length: FORMAT.md section 4.
struct WordInputs {
    std::size_t symbols;
    std::size_t length;

    std::size_t count() const { return symbols == 1 ? 0 : symbols == 2 ? length : length * symbols; }

    /// "The i-th symbol (from 1) is a (from 0)."
    Literal present(std::size_t i, std::size_t a) const {
        if (symbols == 1) return top;
        if (symbols == 2) return static_cast<Literal>(2 * i + (a == 0 ? 1 : 0));
        return static_cast<Literal>(2 * ((i - 1) * symbols + a + 1));
    }
};

}  // namespace attest::checker
