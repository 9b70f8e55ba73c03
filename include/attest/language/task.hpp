#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "attest/language/alphabet.hpp"

namespace attest::language {

class NextSymbols;

/// A total function from words to sequences of texts, one at each position: what a program or a model is asked to compute.
class Task {
  public:
    /// The task of this name, `sort` or `dyck-ptf:2`, on words over the alphabet.
    /// Throws  UsageError for an unknown name, a parameter out of range, an alphabet for which it is not defined;
    ///         InputError for a bad pattern of a language
    static Task parse(const std::string& text, const Alphabet& alphabet);

    const std::string& name() const { return name_; }

    /// Throws  UsageError if the task is for words of another length, or for none of this one
    void require_length(std::int64_t length) const;
    /// The length that is meant where nobody says one: 2 for tasks of two operands.
    static std::optional<std::int64_t> usual_length(const std::string& text);
    /// The symbols that a checkpoint has for the task if nobody says which: the numbers below P; empty if the task has none
    /// of its own.
    /// Throws  UsageError for a parameter out of range
    static std::vector<std::string> usual_symbols(const std::string& text);

    /// What is expected at each position of the word.
    ///
    /// Exact   yes
    /// Cost    O(N²), and for `next` N memberships
    std::vector<std::string> expected(const Word& word) const;

    /// What later positions ask of a prefix, for a task whose text at a position is that of the prefix up to it.
    using Seen = std::u32string;
    bool looks_back() const { return read_ != nullptr; }
    /// Reads the next symbol: what is expected at its position.
    ///
    /// seen    of the prefix before it, empty at first; then of that with the symbol
    /// Needs   looks_back
    std::string read(Seen& seen, Symbol symbol) const { return read_(*this, seen, symbol); }
    /// Makes equal what no more than `left` symbols that follow tell apart.
    void forget(Seen& seen, std::size_t left) const;

  private:
    using Compute = std::vector<std::string> (*)(const Task&, const Word&);
    friend struct TaskRules;

    std::string name_;
    std::vector<std::string> symbols_;
    std::vector<std::size_t> values_;          ///< by symbol, where symbols are numbers
    std::size_t parameter_ = 0;                ///< kinds of brackets, the number of a symbol, a distance, a modulus
    std::int64_t only_length_ = -1;            ///< of words that the task is for; negative: any
    std::shared_ptr<const NextSymbols> next_;  ///< of `next`
    Compute compute_ = nullptr;
    std::string (*read_)(const Task&, Seen&, Symbol) = nullptr;
};

/// What `attest tasks` says about a task.
struct TaskInfo {
    std::string syntax, definition, example;
};
const std::vector<TaskInfo>& tasks();

}  // namespace attest::language
