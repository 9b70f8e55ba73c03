#include "checker/kernel/proof.hpp"

#include <optional>

#include "checker/kernel/byte_scanner.hpp"
#include "checker/kernel/clauses.hpp"
#include "checker/kernel/defect.hpp"
#include "checker/kernel/line_scanner.hpp"
#include "checker/kernel/parities.hpp"

// LRAT (Cruz-Filipe, Heule, Hunt, Kaufmann, Schneider-Kamp 2017) without RAT lines: every added clause follows from
// those before it by reverse unit propagation, so the empty clause, once derived, refutes the formula. XLRUP (Tan,
// Yang, Soos, Myreen, Meel 2024) has parity constraints beside the clauses, and lines that lead from one to the other.
// Deleting only takes away premises, so it cannot make a wrong step right.

namespace attest::checker {
namespace {

class ProofChecker {
  public:
    ProofChecker(const Formula& formula, std::string_view bytes, const std::string& file, Budget& budget)
        : scanner_(bytes, file, budget),
          file_(file),
          budget_(budget),
          clauses_(formula, bytes.size(), budget),
          parities_(formula.variables, budget) {}

    std::uint64_t run(bool with_parities) {
        std::uint64_t lines = 0;
        for (; scanner_.next_line(); ++lines) {
            budget_.step(32);
            try {
                if (with_parities) extended_line();
                else clause_line();
            } catch (const Defect& defect) {
                if (!defect.place().empty()) throw;
                scanner_.fail(defect.what());
            }
            scanner_.end_line();
        }
        if (!contradiction_) throw Defect(file_, "the proof does not reach the empty clause");
        return lines;
    }

  private:
    void extended_line() {
        if (scanner_.take("i")) {
            if (scanner_.take("x")) import_parity();
            else if (scanner_.take("cx")) export_clause();
            else scanner_.fail("\"x\" or \"cx\" was expected");
        } else if (scanner_.take("x")) {
            if (scanner_.take("d")) remove_parities();
            else add_parities();
        } else {
            clause_line();
        }
    }

    /// `id literals 0 hints 0` or `id d ids 0`
    void clause_line() {
        const std::int64_t id = scanner_.integer();
        if (id < 1) scanner_.fail("an identifier is positive");
        if (scanner_.take("d")) {
            scanner_.until_zero(numbers_);
            budget_.step(8 * numbers_.size());
            for (const std::int64_t removed : numbers_) clauses_.remove(removed);
            return;
        }
        read_literals();
        scanner_.until_zero(numbers_);
        clauses_.check_follows(literals_, numbers_);
        add_clause(id);
    }

    /// `i x X literals 0 clauses 0`
    void import_parity() {
        const std::int64_t id = scanner_.integer();
        read_literals();
        scanner_.until_zero(numbers_);
        Parities::check_import(literals_, numbers_, clauses_, budget_);
        parities_.add(id, Parities::of_literals(literals_));
    }

    /// `x X literals 0 constraints 0`
    void add_parities() {
        const std::int64_t id = scanner_.integer();
        read_literals();
        scanner_.until_zero(numbers_);
        Parities::Parity parity = Parities::of_literals(literals_);
        if (parities_.sum(numbers_) != parity) scanner_.fail("the parity constraint is not the sum of those named");
        contradiction_ = contradiction_ || literals_.empty();
        parities_.add(id, std::move(parity));
    }

    /// `i cx id literals 0 constraints 0`
    void export_clause() {
        const std::int64_t id = scanner_.integer();
        read_literals();
        scanner_.until_zero(numbers_);
        parities_.check_clause(literals_, numbers_);
        add_clause(id);
    }

    /// `x d constraints 0`
    void remove_parities() {
        scanner_.until_zero(numbers_);
        for (const std::int64_t id : numbers_) parities_.remove(id);
    }

    void read_literals() {
        scanner_.until_zero(numbers_);
        clauses_.literals(numbers_, literals_);
    }

    void add_clause(std::int64_t id) {
        clauses_.add(id, literals_);
        contradiction_ = contradiction_ || literals_.empty();
    }

    LineScanner scanner_;
    const std::string& file_;
    Budget& budget_;
    Clauses clauses_;
    Parities parities_;
    std::vector<std::int64_t> numbers_;
    std::vector<std::int32_t> literals_;
    bool contradiction_ = false;
};

/// The clause lines of LRAT in bytes: `a id literals 0 hints 0` and `d ids 0`.
class BinaryProofChecker {
  public:
    BinaryProofChecker(const Formula& formula, std::string_view bytes, const std::string& file, Budget& budget)
        : scanner_(bytes, file, budget), file_(file), budget_(budget), clauses_(formula, bytes.size(), budget) {}

    std::uint64_t run() {
        std::uint64_t lines = 0;
        for (int kind = scanner_.next_line(); kind >= 0; kind = scanner_.next_line(), ++lines) {
            budget_.step(32);
            try {
                if (kind == 'a') add();
                else if (kind == 'd') remove();
                else scanner_.fail("\"a\" or \"d\" was expected");
            } catch (const Defect& defect) {
                if (!defect.place().empty()) throw;
                scanner_.fail(defect.what());
            }
        }
        if (!contradiction_) throw Defect(file_, "the proof does not reach the empty clause");
        return lines;
    }

  private:
    void add() {
        const std::int64_t id = scanner_.integer();
        if (id < 1) scanner_.fail("an identifier is positive");
        scanner_.until_zero(numbers_);
        clauses_.literals(numbers_, literals_);
        scanner_.until_zero(numbers_);
        clauses_.check_follows(literals_, numbers_);
        clauses_.add(id, literals_);
        contradiction_ = contradiction_ || literals_.empty();
    }

    void remove() {
        scanner_.until_zero(numbers_);
        budget_.step(8 * numbers_.size());
        for (const std::int64_t removed : numbers_) clauses_.remove(removed);
    }

    ByteScanner scanner_;
    const std::string& file_;
    Budget& budget_;
    Clauses clauses_;
    std::vector<std::int64_t> numbers_;
    std::vector<std::int32_t> literals_;
    bool contradiction_ = false;
};

}  // namespace

std::uint64_t check_lrat(const Formula& formula, std::string_view bytes, const std::string& file, Budget& budget) {
    if (ByteScanner::is_binary(bytes)) return BinaryProofChecker(formula, bytes, file, budget).run();
    return ProofChecker(formula, bytes, file, budget).run(false);
}

std::uint64_t check_xlrup(const Formula& formula, std::string_view bytes, const std::string& file, Budget& budget) {
    return ProofChecker(formula, bytes, file, budget).run(true);
}

}  // namespace attest::checker
