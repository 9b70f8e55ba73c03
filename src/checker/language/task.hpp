#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "checker/core/text.hpp"
#include "checker/kernel/budget.hpp"
#include "checker/language/continuation.hpp"

namespace attest::checker {

/// A task (FORMAT.md section 18): for each word a text at each of its positions.
struct Task {
    enum class Kind { reverse, sort, hist, double_hist, most_freq, dyck, shift, count, sum, sum_mod, next };
    Kind kind = Kind::reverse;
    std::vector<Symbol> alphabet;
    std::size_t parameter = 0;  ///< of shift the distance, of count the number of the symbol, of sum_mod the modulus
    std::optional<std::size_t> length = {};            ///< that of the words, where the task is for no others
    std::shared_ptr<const Language> language = {};     ///< of next
    std::shared_ptr<const Continuation> goes_on = {};  ///< of next
};

/// The task that a text names. Throws Defect (place): no such task, or none over this alphabet.
Task read_task(const std::string& text, const std::vector<Symbol>& alphabet, const std::string& place, Budget& budget);

/// What the task wants at each position of the word, given as indices into the alphabet.
/// Cost    O(N² + N symbols), for next O(N² symbols) and N memberships
std::vector<std::string> expected(const Task& task, const std::vector<std::size_t>& word, Budget& budget);

}  // namespace attest::checker
