#pragma once

#include <memory>
#include <vector>

#include "attest/circuit/builder.hpp"
#include "attest/decide/restriction/function.hpp"
#include "attest/logic/sat_solver.hpp"

namespace attest::restriction {

/// Thrown inside this part where a limit is exceeded; never leaves it.
struct OutOfLimits {};

/// Two words in one incremental solver: literals of a function's circuit copied over either of them.
class TwoWords {
  public:
    explicit TwoWords(const Function& function, const base::Limits& limits);

    /// Literals of the function's circuit, on one of the words, with the positions of the restriction fixed.
    std::vector<circuit::Literal> copy(std::size_t word, const Restriction& restriction,
                                       const std::vector<circuit::Literal>& literals);
    circuit::Builder& builder() { return builder_; }

    /// Hands over what was built, and the solver; nothing can be copied from then on.
    /// Throws  OutOfLimits where the circuit passed the memory limit
    void load(std::uint64_t seed);

    /// Of the solver, once loaded: a literal of the builder; the symbol of a word; that both have the same symbol.
    std::int32_t literal(circuit::Literal l) const;
    std::int32_t present(std::size_t word, std::size_t position, language::Symbol symbol) const;
    std::int32_t equal(std::size_t position) const { return equal_[position]; }

    /// Throws  OutOfLimits
    bool satisfiable(const std::vector<std::int32_t>& assumptions);
    /// After satisfiable.
    language::Word word(std::size_t which) const;

  private:
    void add_words(logic::Cnf& formula);

    const Function& function_;
    const base::Limits& limits_;
    circuit::Builder builder_;
    std::unique_ptr<logic::SatSolver> solver_;
    std::int32_t true_ = 0;            // a variable that is true
    std::vector<std::int32_t> equal_;  // by position
};

}  // namespace attest::restriction
