#pragma once

#include <vector>

#include "checker/question/question.hpp"
#include "checker/soft/soft_instance.hpp"

namespace attest::checker {

/// Positions of the word, from 0, each in one class; ascending.
using Classes = std::vector<std::vector<std::size_t>>;

/// The classes of the evidence. Throws Defect where they are no partition of the positions.
Classes read_classes(const Manifest& manifest, Budget& budget);

/// By the form of the model its score depends on the word only through the number of each symbol in each class
/// (FORMAT.md section 12). Throws Defect where the form does not show it.
void check_model_by_counts(const SoftInstance& instance, const Classes& classes, Budget& budget);

/// So does membership of words of this length. Throws Defect where the automaton does not show it.
void check_language_by_counts(const Question& question, std::size_t length, const Classes& classes, Budget& budget);

/// The number of ways to choose how often each symbol comes in each class. Throws Defect beyond 2^22.
std::uint64_t count_choices(const Classes& classes, std::size_t symbols);

/// The next word whose symbols ascend within each class; false after the last. The first is all zeros.
bool advance(std::vector<std::size_t>& word, const Classes& classes, std::size_t symbols);

}  // namespace attest::checker
