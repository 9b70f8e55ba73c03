#pragma once

#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

#include "checker/core/cursor.hpp"
#include "checker/core/files.hpp"
#include "checker/induction/step.hpp"
#include "checker/kernel/formula.hpp"

namespace attest::checker {

/// A circuit over latches and no inputs, some of whose literals are called conjuncts: what `invariant.json` says.
struct InvariantFile {
    std::vector<std::pair<Circuit::Gate, Literals>> gates;
    Literals conjuncts;
};

/// Throws  Defect (place)
InvariantFile read_invariant_file(std::string_view bytes, std::size_t latches, Budget& budget);

/// Throws  Defect (place) unless the file describes this step, number for number
void check_machine_file(const MachineStep& step, std::string_view bytes, Budget& budget);

/// What FORMAT.md section 31 calls the formula.
///
/// symbols  of the model's alphabet
Formula formula_of_induction(MachineStep step, const InvariantFile& invariant, std::size_t symbols, Budget& budget);

/// The evidence `invariant`: the files that belong to a step, as far as they are about circuits.
class Induction {
  public:
    /// Obligation `translation`. Throws Defect.
    ///
    /// symbols  of the model's alphabet
    Induction(MachineStep step, std::size_t symbols, const Files& files, Budget& budget);

    /// Obligation `base`, but for the empty word. Throws Defect.
    void check_base(Budget& budget) const;

    /// Of obligation `refutation`.
    const Formula& formula() const { return formula_; }

    std::size_t gates() const { return gates_; }  ///< of the machine
    std::size_t conjuncts() const { return invariant_.conjuncts.size(); }

  private:
    std::vector<bool> initial_;
    std::size_t gates_ = 0;
    InvariantFile invariant_;
    Formula formula_;
};

}  // namespace attest::checker
