#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

// Turing machines with one tape, infinite both ways. Symbols and states are numbers; names are for people.

namespace attest::machines {

/// What a machine does at a state and a symbol.
struct Move {
    std::size_t state = 0;   ///< next
    std::size_t symbol = 0;  ///< written
    int step = 0;            ///< −1 left, 0 none, 1 right

    bool operator==(const Move&) const = default;
};

/// A machine as its file describes it.
struct TuringMachine {
    std::string name;
    std::vector<std::string> alphabet;  ///< of input words, part of the tape's; may be empty
    std::vector<std::string> tape;      ///< all symbols, in the order of the file
    std::size_t blank = 0;              ///< in `tape`, not of the alphabet
    std::vector<std::string> states;
    std::size_t start = 0;
    std::vector<bool> accepting;             ///< by state
    std::vector<std::optional<Move>> moves;  ///< [state × tape]; where there is none the machine halts
    std::vector<std::string> notes;          ///< what was read and means nothing, for people

    const std::optional<Move>& move(std::size_t state, std::size_t symbol) const {
        return moves[state * tape.size() + symbol];
    }
    std::optional<Move>& move(std::size_t state, std::size_t symbol) { return moves[state * tape.size() + symbol]; }
};

/// A machine that moves at every step, for ever, and reads its word before anything else (FORMAT.md, section 28.2): what the
/// network is built for. Its first state is the one that it starts in, on the blank left of the word, and its first
/// symbol is the blank.
struct NormalForm {
    std::string name;
    std::vector<std::string> alphabet;
    std::vector<std::string> states;
    std::vector<std::string> symbols;
    std::vector<bool> accepting;
    std::vector<Move> moves;  ///< [state × symbols], steps −1 and 1

    const Move& move(std::size_t state, std::size_t symbol) const { return moves[state * symbols.size() + symbol]; }
    /// The number of each symbol of a word.
    /// Throws  UsageError for a symbol that is not of the alphabet
    std::vector<std::size_t> symbols_of(const std::vector<std::string>& word) const;

    bool operator==(const NormalForm&) const = default;
};

/// Exact   yes: it accepts the same words, each 2 N + 3 steps later and one later for every step that did not move
/// Cost    O(states × symbols)
NormalForm normal_form(const TuringMachine& machine);

/// One time of a run: what is read, and what is done.
struct Moment {
    std::size_t state = 0;
    std::size_t symbol = 0;  ///< read
    std::size_t written = 0;
    int step = 0;  ///< −1, 1
    std::int64_t cell = 0;
};

/// A machine in normal form on one word.
class TuringRun {
  public:
    /// word: symbols by number, on the cells 1, 2, …
    TuringRun(const NormalForm& machine, const std::vector<std::size_t>& word);

    /// At the time reached.
    Moment moment() const;
    std::size_t time() const { return time_; }
    bool accepts() const { return machine_.accepting[state_]; }
    /// Cost    O(1)
    void step();

  private:
    std::size_t& at(std::int64_t cell);
    std::size_t read(std::int64_t cell) const;

    const NormalForm& machine_;
    std::vector<std::size_t> right_, left_;  ///< cells 0, 1, …; cells −1, −2, …
    std::size_t state_ = 0, time_ = 0;
    std::int64_t cell_ = 0;
};

/// `0 >init # # +1 0`: time, state, symbol read, symbol written, step, cell.
std::string trace_line(const NormalForm& machine, std::size_t time, const Moment& moment);

}  // namespace attest::machines
