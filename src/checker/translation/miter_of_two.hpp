#pragma once

#include "checker/network/instance.hpp"
#include "checker/network/program.hpp"
#include "checker/translation/miter.hpp"
#include "checker/translation/word_inputs.hpp"

namespace attest::checker {

/// A model of a claim about two, with the values that never occur in it; or a program.
struct Half {
    const Instance* instance = nullptr;
    const std::vector<Drop>& drops;
    Program* program = nullptr;  ///< in place of the instance

    Half(const Instance& of, const std::vector<Drop>& never) : instance(&of), drops(never) {}
    Half(Program& of, const std::vector<Drop>& never) : drops(never), program(&of) {}
};

/// The miter of two models (FORMAT.md section 13); the drop literals of the first come before those of the second. Of a
/// program it is the literal that is true where it has no value (section 26.2).
///
/// Needs   hard or average attention only; the second model's symbols in the order of those of the first that they belong to
/// Throws  Defect
Miter build_miter(const WordInputs& word, const Half& model, const Half& other, Budget& budget);
/// The same of two models.
/// Needs   no programs
Miter build_miter(const Half& model, const Half& other, Budget& budget);

/// Where two programs give different answers, and where either has no value (FORMAT.md section 42).
///
/// Needs   both answer at the same positions; the second one's symbols in the order of those of the first that they belong to
Miter build_miter_of_answers(const WordInputs& word, Program& model, Program& other, Budget& budget);

}  // namespace attest::checker
