#pragma once

#include <string>
#include <vector>

#include "attest/language/alphabet.hpp"

namespace attest::language {

/// A total function from words to sequences of texts, one at each position: what a program or a model is asked to compute.
class Task {
  public:
    /// The task of this name, `sort` or `dyck-ptf:2`, on words over the alphabet.
    /// Throws  UsageError for an unknown name, a parameter out of range, an alphabet for which it is not defined
    static Task parse(const std::string& text, const Alphabet& alphabet);

    const std::string& name() const { return name_; }

    /// What is expected at each position of the word.
    ///
    /// Exact   yes
    /// Cost    O(N²)
    std::vector<std::string> expected(const Word& word) const;

    /// What later positions ask of a prefix, for a task whose text at a position is that of the prefix up to it.
    using Seen = std::u32string;
    bool looks_back() const { return read_ != nullptr; }
    /// Reads the next symbol: what is expected at its position.
    ///
    /// seen    of the prefix before it, empty at first; then of that with the symbol
    /// Needs   looks_back
    std::string read(Seen& seen, Symbol symbol) const { return read_(*this, seen, symbol); }

  private:
    using Compute = std::vector<std::string> (*)(const Task&, const Word&);
    friend struct TaskRules;

    std::string name_;
    std::vector<std::string> symbols_;
    std::size_t parameter_ = 0;  ///< kinds of brackets, the number of a symbol, a distance
    Compute compute_ = nullptr;
    std::string (*read_)(const Task&, Seen&, Symbol) = nullptr;
};

/// What `attest tasks` says about a task.
struct TaskInfo {
    std::string syntax, definition, example;
};
const std::vector<TaskInfo>& tasks();

}  // namespace attest::language
