#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "checker/core/text.hpp"
#include "checker/kernel/budget.hpp"

namespace attest::checker {

/// What a Turing machine does at a state and a symbol.
struct Move {
    std::size_t state = 0;
    std::size_t symbol = 0;
    int step = 0;  ///< -1, 0, 1

    bool operator==(const Move&) const = default;
};

/// A Turing machine of a file (MODEL.md, section 13).
struct TuringMachine {
    std::string name;
    std::vector<Symbol> alphabet;
    std::vector<Symbol> tape;
    std::size_t blank = 0;
    std::vector<std::string> states;
    std::size_t start = 0;
    std::vector<bool> accepting;
    std::vector<std::optional<Move>> moves;  ///< [state * tape + symbol]; none out of a state that accepts

    std::optional<Move>& move(std::size_t q, std::size_t a) { return moves[q * tape.size() + a]; }
    const std::optional<Move>& move(std::size_t q, std::size_t a) const { return moves[q * tape.size() + a]; }
};

/// The same as a normal form (FORMAT.md, section 28.2): the start is its first state, the blank its first symbol, and it
/// moves at every state and symbol, by -1 or 1.
///
/// Throws  Defect (file and place)
TuringMachine read_turing(std::string_view bytes, const std::string& file, bool is_normal, Budget& budget);

TuringMachine normal_form(const TuringMachine& machine, Budget& budget);

/// Throws  Defect (file) where the two differ in anything but their names
void require_same(const TuringMachine& found, const TuringMachine& expected, const std::string& file);

/// A configuration as far as the network knows it, and what is done.
struct Moment {
    std::size_t state = 0, symbol = 0;
    int step_before = 0;
};

/// A machine in normal form on one word: its moments at the times 0 to `steps`.
///
/// word  symbols of the tape by number, on the cells 1, 2, …
std::vector<Moment> run_turing(const TuringMachine& machine, const std::vector<std::size_t>& word, std::size_t steps,
                               Budget& budget);

}  // namespace attest::checker
