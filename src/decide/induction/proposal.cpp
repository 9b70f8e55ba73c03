#include "proposal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <set>

#include "attest/base/error.hpp"
#include "attest/logic/sat_solver.hpp"
#include "base/text.hpp"

// Clauses that somebody says are an invariant, and what is true of that. ABC writes blocked cubes, a row each: an invariant is that none of
// them holds.

namespace attest::induction {

namespace {

using logic::Answer;

/// Of each clause whether it may stay, asked of a solver that knows all that did not go yet.
class Sieve {
  public:
    Sieve(const StepFormula& step, const std::vector<LatchLiterals>& clauses, const base::Limits& limits)
        : step_(step), clauses_(clauses), limits_(limits), solver_(logic::make_solver(logic::BackEnd::cadical)) {
        add_formula(*solver_, step.clauses);
        std::int32_t variable = step.clauses.variables;
        for (const LatchLiterals& clause : clauses) {
            std::vector<std::int32_t> now{-++variable};
            for (const LatchLiteral l : clause) now.push_back(step.before(l));
            solver_->add_clause(now);
            says_.push_back(variable);
            const bool at_first =
                std::any_of(clause.begin(), clause.end(), [&](LatchLiteral l) { return step.holds_at_first(l); });
            stays_.push_back(at_first);
        }
    }

    /// Gives  false where a limit was reached
    bool run() {
        for (bool changed = true; changed;) {
            changed = false;
            for (std::size_t c = 0; c < clauses_.size(); ++c)
                while (stays_[c]) {
                    const Answer answer = leaves(c);
                    if (answer == Answer::unknown) return false;
                    if (answer == Answer::unsatisfiable) break;
                    drop();
                    changed = true;
                }
        }
        return true;
    }

    std::vector<LatchLiterals> kept() const {
        std::vector<LatchLiterals> kept;
        for (std::size_t c = 0; c < clauses_.size(); ++c)
            if (stays_[c]) kept.push_back(clauses_[c]);
        return kept;
    }

  private:
    /// Whether some step leads to where the clause is false.
    Answer leaves(std::size_t clause) {
        std::vector<std::int32_t> assumptions;
        for (std::size_t c = 0; c < clauses_.size(); ++c)
            if (stays_[c]) assumptions.push_back(says_[c]);
        for (const LatchLiteral l : clauses_[clause]) assumptions.push_back(-step_.after(l));
        return solver_->solve(assumptions, limits_);
    }

    /// All that are false after the step that was found.
    void drop() {
        const auto after = [&](LatchLiteral l) {
            const std::int32_t variable = step_.after(l);
            return solver_->value(std::abs(variable)) == (variable > 0);
        };
        for (std::size_t c = 0; c < clauses_.size(); ++c)
            if (stays_[c]) stays_[c] = std::any_of(clauses_[c].begin(), clauses_[c].end(), after);
    }

    const StepFormula& step_;
    const std::vector<LatchLiterals>& clauses_;
    const base::Limits& limits_;
    std::unique_ptr<logic::SatSolver> solver_;
    std::vector<std::int32_t> says_;
    std::vector<bool> stays_;
};

/// Lines of a PLA file.
class PlaReader {
  public:
    PlaReader(std::string_view text, const std::vector<std::string>& names, const std::string& file)
        : text_(text), names_(names), file_(file) {}

    std::vector<LatchLiterals> read() {
        while (next_line()) {
            if (line_.empty() || line_.front() == '#') continue;
            if (line_.front() == '.') directive();
            else row();
            if (ended_) break;
        }
        if (number_ == 0) throw base::InputError(file_, "expected an invariant in PLA form, found an empty file");
        if (!ended_) fail("expected the line .e, found the end of the file");
        if (rows_ && *rows_ != clauses_.size())
            fail(fmt::format("{} rows were expected by .p, {} were found", *rows_, clauses_.size()));
        return std::move(clauses_);
    }

  private:
    [[noreturn]] void fail(const std::string& what) const {
        throw base::InputError(fmt::format("{}:line {}", file_, number_), what);
    }

    bool next_line() {
        if (at_ >= text_.size()) return false;
        const std::size_t end = std::min(text_.find('\n', at_), text_.size());
        line_ = text_.substr(at_, end - at_);
        while (!line_.empty() && (line_.back() == '\r' || line_.back() == ' ')) line_.remove_suffix(1);
        at_ = end + 1;
        ++number_;
        return true;
    }

    void directive() {
        const std::string_view word = line_.substr(0, line_.find(' '));
        const std::string_view rest = word.size() < line_.size() ? line_.substr(word.size() + 1) : std::string_view();
        if (word == ".i") columns_count_ = whole(rest);
        else if (word == ".p") rows_ = whole(rest);
        else if (word == ".o" && rest != "1") fail(fmt::format("one output was expected, found '{}'", shown(rest)));
        else if (word == ".ilb") columns(rest);
        else if (word == ".e") ended_ = true;
        else if (word != ".o" && word != ".ob")
            fail(fmt::format(".i, .o, .p, .ilb, .ob, .e or a row was expected, found '{}'", shown(word)));
    }

    static std::string shown(std::string_view text) { return base::printable(std::string(text.substr(0, 40))); }

    std::size_t whole(std::string_view text) const {
        std::size_t value = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (error != std::errc() || end != text.data() + text.size())
            fail(fmt::format("a whole number was expected, found '{}'", shown(text)));
        return value;
    }

    /// Names of latches, or lo and their number; names have blanks, and none begins with another and a blank.
    void columns(std::string_view rest) {
        std::set<std::size_t> seen;
        while (!rest.empty()) {
            const auto begins = [&](const std::string& name) {
                return rest.starts_with(name) && (rest.size() == name.size() || rest[name.size()] == ' ');
            };
            std::size_t latch = 0;
            while (latch < names_.size() && !begins(names_[latch])) ++latch;
            std::size_t length = latch < names_.size() ? names_[latch].size() : 0;
            if (latch == names_.size()) {
                const std::string_view word = rest.substr(0, rest.find(' '));
                if (!word.starts_with("lo"))
                    fail(fmt::format("the name of a latch was expected, found '{}'", shown(rest)));
                latch = whole(word.substr(2));
                length = word.size();
            }
            if (latch >= names_.size())
                fail(fmt::format("the circuit has {} latches, found lo{}", names_.size(), latch));
            if (!seen.insert(latch).second) fail(fmt::format("latch {} stands twice", names_[latch]));
            columns_.push_back(static_cast<LatchLiteral>(latch + 1));
            rest.remove_prefix(std::min(rest.size(), length + 1));
        }
        if (columns_count_ && *columns_count_ != columns_.size())
            fail(fmt::format("{} latches were expected by .i, {} were found", *columns_count_, columns_.size()));
    }

    /// A cube that no state of the invariant is in.
    void row() {
        if (line_.size() != columns_.size() + 2 || line_.substr(columns_.size()) != " 1")
            fail(fmt::format("{} of 0, 1 and -, and 1, were expected, found '{}'", columns_.size(), shown(line_)));
        LatchLiterals clause;
        for (std::size_t k = 0; k < columns_.size(); ++k) {
            if (line_[k] == '1') clause.push_back(-columns_[k]);
            else if (line_[k] == '0') clause.push_back(columns_[k]);
            else if (line_[k] != '-') fail(fmt::format("0, 1 or - was expected in column {}", k + 1));
        }
        normalise(clause);
        clauses_.push_back(std::move(clause));
    }

    std::string_view text_, line_;
    const std::vector<std::string>& names_;
    const std::string& file_;
    std::size_t at_ = 0, number_ = 0;
    std::optional<std::size_t> columns_count_, rows_;
    std::vector<LatchLiteral> columns_;
    std::vector<LatchLiterals> clauses_;
    bool ended_ = false;
};

}  // namespace

std::vector<LatchLiterals> kept_by_steps(const StepFormula& step, std::vector<LatchLiterals> clauses,
                                         const base::Limits& limits) {
    Sieve sieve(step, clauses, limits);
    if (!sieve.run()) return {};
    return sieve.kept();
}

bool are_safe(const StepFormula& step, const std::vector<LatchLiterals>& clauses, const base::Limits& limits) {
    const auto solver = logic::make_solver(logic::BackEnd::cadical);
    add_formula(*solver, step.clauses);
    for (const LatchLiterals& clause : clauses) {
        std::vector<std::int32_t> now;
        for (const LatchLiteral l : clause) now.push_back(step.before(l));
        solver->add_clause(now);
    }
    const std::int32_t bad[] = {step.bad};
    return solver->solve(bad, limits) == Answer::unsatisfiable;
}

std::vector<LatchLiterals> read_invariant(std::string_view text, const std::vector<std::string>& names,
                                          const std::string& file) {
    return PlaReader(text, names, file).read();
}

bool eliminate(std::vector<LatchLiterals>& clauses, LatchLiteral latch, std::size_t most) {
    std::vector<LatchLiterals> with, without;
    std::set<LatchLiterals> rest;
    for (LatchLiterals& clause : clauses) {
        const auto at =
            std::find_if(clause.begin(), clause.end(), [&](LatchLiteral l) { return std::abs(l) == latch; });
        if (at == clause.end()) {
            rest.insert(std::move(clause));
            continue;
        }
        auto& side = *at > 0 ? with : without;
        clause.erase(at);
        side.push_back(std::move(clause));
    }
    for (const LatchLiterals& a : with)
        for (const LatchLiterals& b : without) {
            LatchLiterals both = a;
            both.insert(both.end(), b.begin(), b.end());
            if (normalise(both)) rest.insert(std::move(both));
            if (rest.size() > most) return false;
        }
    clauses.assign(rest.begin(), rest.end());
    return true;
}

}  // namespace attest::induction
