#pragma once

#include "checker/language/language.hpp"
#include "checker/network/instance.hpp"
#include "checker/translation/circuit.hpp"
#include "checker/translation/value_set.hpp"

namespace attest::checker {

/// A circuit of which the first root is true on the words where model and language differ, the others on
/// those where a dropped value occurs.
struct Miter {
    Circuit circuit;
    Literals roots;
    std::size_t symbols;  ///< of the model's alphabet
    std::size_t length;
};

/// Builds the miter of FORMAT.md section 6.
///
/// Shape   letters: for each symbol of the model its number in the language's alphabet
/// Needs   hard or average attention only
/// Throws  Defect
Miter build_miter(const Instance& instance, const Language& language, const std::vector<std::size_t>& letters,
                  const std::vector<Drop>& drops, Budget& budget);

}  // namespace attest::checker
