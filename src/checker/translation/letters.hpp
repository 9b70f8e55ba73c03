#pragma once

#include <vector>

#include "checker/translation/circuit.hpp"
#include "checker/translation/word_inputs.hpp"

namespace attest::checker {

/// The word as the language sees it: each symbol of the model stands for a letter of the language.
class Letters {
  public:
    Letters(Circuit& circuit, const WordInputs& word, const std::vector<std::size_t>& letters)
        : circuit_(circuit), word_(word), letters_(letters) {}

    std::size_t length() const { return word_.length; }
    std::size_t symbols() const { return letters_.size(); }
    std::size_t letter(std::size_t a) const { return letters_[a]; }

    /// or(present(i, a) for the model symbols a, in order, that are chosen).
    template <typename Chosen>
    Literal any(std::size_t i, Chosen chosen) const {
        Literals literals;
        circuit_.budget().step(symbols());
        for (std::size_t a = 0; a < symbols(); ++a)
            if (chosen(a)) literals.push_back(word_.present(i, a));
        return circuit_.disjunction(std::move(literals));
    }

    /// sym(i, c)
    Literal is(std::size_t i, std::size_t c) const {
        return any(i, [&](std::size_t a) { return letters_[a] == c; });
    }

  private:
    Circuit& circuit_;
    const WordInputs& word_;
    const std::vector<std::size_t>& letters_;
};

}  // namespace attest::checker
