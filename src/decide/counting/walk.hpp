#pragma once

#include <map>

#include "decide/counting/invariant.hpp"

namespace attest::counting {

enum class Truth : std::uint8_t { no, yes, open };

constexpr int unsettled = -1;

/// The program's step from a list of constraints in the cases that are assumed, as far as it is known, and the lines that
/// say why. Mirrors what a checker does (FORMAT.md, section 30.4).
class Walk {
  public:
    /// assumed  by test its outcome, or `unsettled`
    Walk(const System& system, std::vector<Constraint> premises, language::Symbol symbol,
         const std::vector<int>& assumed);

    /// The line that closes the case with this list, appended to `lines()`; else the constraints that are missing.
    std::vector<std::size_t> reach(const Invariant::List& target, std::size_t number);
    /// The same by a contradiction of the premises.
    bool close_as_impossible();

    const std::string& lines() const { return lines_; }
    const std::vector<Constraint>& premises() const { return premises_; }
    Truth program() const { return truth_[system_.output]; }
    Truth language() const { return system_.meant ? truth_[*system_.meant] : Truth::open; }

    /// Tests whose outcomes would tell more of a step that is open, or of a constraint after the step; the most telling
    /// first.
    std::vector<std::uint32_t> candidates_of_step(std::uint32_t step) const;
    std::vector<std::uint32_t> candidates_of_constraint(const Constraint& constraint) const;
    /// Tests below Booleans that are only assumed to be so.
    std::vector<std::uint32_t> candidates_below() const;
    /// Tests whose outcomes would say what the variables are that premises speak of.
    std::vector<std::uint32_t> candidates_of_premises() const;

  private:
    void step(std::uint32_t k);
    std::optional<int> outcome(const Step& s);
    std::optional<int> refute_others(const Step& s);
    Constraint premise(const Step& s, int outcome) const;
    Truth decided(const Step& s, std::uint32_t of);
    void count(std::uint32_t k, const Step& s);
    void conjunction(std::uint32_t k, const Step& s);
    void add_part(std::vector<Constraint>& parts, std::uint32_t k, bool is_true) const;
    std::uint32_t fresh(const Step& s);
    void assume(Constraint constraint);
    Form after(const Constraint& constraint) const;
    void open_tests(std::uint32_t step, std::vector<std::uint32_t>& tests, bool through_counts) const;
    void of_variable(std::uint32_t variable, std::vector<std::uint32_t>& tests) const;

    const System& system_;
    std::vector<Constraint> premises_;
    Bounds bounds_{premises_};
    language::Symbol symbol_;
    const std::vector<int>& assumed_;
    std::vector<Truth> truth_;
    std::vector<Form> form_, after_;
    std::map<std::uint32_t, std::uint32_t> counted_;  ///< by step the variable that is 1 iff it is true
    std::vector<std::uint32_t> fresh_;                ///< by variable from `counters` on, the test that made it
    std::vector<std::uint32_t> only_assumed_;         ///< steps
    std::string lines_;
};

}  // namespace attest::counting
