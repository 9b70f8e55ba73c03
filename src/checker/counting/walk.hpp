#pragma once

#include <vector>

#include "checker/counting/invariant.hpp"

namespace attest::checker {

/// The lines of steps.txt, one ahead.
class StepLines {
  public:
    enum class Kind { split, cut, leaf };

    StepLines(std::string_view bytes, Budget& budget) : scanner_(bytes, "steps.txt", budget) {}

    /// Begins the next line, and takes its first word, and of a line `test` its number. Throws Defect where there is none.
    void next();
    /// `leaf`: `test`, `goal` or `none`.
    Kind kind() const { return kind_; }
    bool is_goal() const { return is_goal_; }
    bool is_none() const { return is_none_; }
    /// The number of a line `test`; 0: another line.
    std::size_t test() const { return test_; }
    LineScanner& scanner() { return scanner_; }
    std::uint64_t count() const { return count_; }
    /// Throws Defect where a line is left.
    void end();
    [[noreturn]] void fail(const std::string& reason) const { scanner_.fail(reason); }

  private:
    LineScanner scanner_;
    Kind kind_ = Kind::leaf;
    bool is_goal_ = false, is_none_ = false;
    std::size_t test_ = 0;
    std::uint64_t count_ = 0;
};

constexpr int unsettled = -1;  ///< no outcome of a test is assumed

/// One leaf of a tree: the program's step in the cases that are assumed, and what follows for the counters after it.
///
/// Shape   premises: of the counters before it; assumed: by test its outcome; the lines stand at the leaf's first
/// Throws  Defect (line) unless the leaf's last line closes it
void check_leaf(const CountingSystem& system, const LinearInvariant& invariant, std::size_t state, std::size_t symbol,
                const std::vector<Premise>& premises, const std::vector<int>& assumed, StepLines& lines,
                Budget& budget);

}  // namespace attest::checker
