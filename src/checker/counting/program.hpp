#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "checker/core/text.hpp"
#include "checker/kernel/budget.hpp"

namespace attest::checker {

/// A step of a C-RASP program (FORMAT.md, section 30.1); its operands are steps before it.
struct CountingStep {
    enum class Kind : std::uint8_t {
        // Booleans
        truth,   ///< number: 0 or 1
        letter,  ///< number: of the symbol, in the alphabet of the program
        negation,
        conjunction,
        disjunction,
        less,
        at_most,
        equal,
        // counts
        number,
        sum,
        difference,
        multiple,  ///< of `left`, number times
        count,     ///< of the positions up to here at which `left` is true
        minimum,
        maximum,
        choice  ///< condition ? left : right
    };
    Kind kind = Kind::truth;
    std::int64_t number = 0;
    std::size_t left = 0, right = 0, condition = 0;
    std::size_t test = 0;     ///< its number from 1; 0: it is none
    std::size_t counter = 0;  ///< of a count: its number from 0

    bool is_count() const { return kind >= Kind::number; }
    bool is_comparison() const { return kind == Kind::less || kind == Kind::at_most || kind == Kind::equal; }
};

struct CountingProgram {
    std::vector<Symbol> alphabet;
    std::vector<CountingStep> steps;
    std::size_t output = 0;  ///< the step that says whether the word is accepted
    std::size_t tests = 0, counters = 0;
};

/// Reads a program's text. Throws Defect (file and line).
CountingProgram read_counting_program(std::string_view text, const std::string& file, Budget& budget);

/// Whether the program accepts the word, given by symbols of its alphabet; the empty word is rejected.
///
/// Exact   yes
/// Cost    O(steps · symbols)
bool accepts(const CountingProgram& program, const std::vector<std::size_t>& word, Budget& budget);

}  // namespace attest::checker
