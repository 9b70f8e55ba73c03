#pragma once

#include <cstddef>

#include "attest/language/alphabet.hpp"
#include "base/random.hpp"

namespace attest::decide {

/// A word on which a trained model may be wrong: a short block over and over with one to three symbols changed or exchanged
/// with a neighbour, or any word. Trained models err where a long regular word is not quite one, which a word at random never is.
///
/// Shape   `size` symbols of an alphabet of `symbols`
language::Word guess(base::Random& random, std::size_t symbols, std::size_t size);

/// A word like this one but for one to three symbols, changed or exchanged.
///
/// Needs   a word that is not empty
language::Word guess_near(base::Random& random, std::size_t symbols, language::Word word);

}  // namespace attest::decide
