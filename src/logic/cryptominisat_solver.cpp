// CryptoMiniSat (Mate Soos et al.): CDCL with Gauss–Jordan elimination over native XOR constraints.
//
// As packaged it cannot prove what elimination finds, so no proofs are offered at all. Numbers beyond its
// variables make it abort: variables are made before anything that names them.

#include <cryptominisat5/cryptominisat.h>

#include <atomic>
#include <limits>

#include "back_ends.hpp"
#include "guarded_solver.hpp"
#include "limit_watcher.hpp"

namespace attest::logic {
namespace {

class CryptoMiniSat final : public GuardedSolver {
  public:
    explicit CryptoMiniSat(const SolverOptions& options) : solver_(nullptr, &stop_) {
        solver_.set_verbosity(0);
        solver_.set_seed(static_cast<std::uint32_t>(options.seed));
        solver_.set_allow_otf_gauss();
    }

    std::string name() const override { return std::string("cryptominisat ") + CMSat::SATSolver::get_version(); }

    Capabilities capabilities() const override {
        return {.parity = true, .proof = false, .assumptions = true, .interrupt = true};
    }

  protected:
    void do_add_clause(std::span<const std::int32_t> clause) override {
        make_variables();
        solver_.add_clause(literals(clause));
    }

    void do_add_parity(std::span<const std::int32_t> variables, bool sum) override {
        make_variables();
        std::vector<unsigned> list;
        for (const std::int32_t variable : variables) list.push_back(static_cast<unsigned>(variable - 1));
        solver_.add_xor_clause(list, sum);
    }

    Answer do_solve(std::span<const std::int32_t> assumptions, const base::Limits& limits,
                    std::optional<std::int64_t> conflicts) override {
        make_variables();
        solver_.set_max_confl(
            static_cast<std::uint64_t>(conflicts.value_or(std::numeric_limits<std::int64_t>::max() / 2)));
        const std::vector<CMSat::Lit> assumed = literals(assumptions);
        stop_ = false;
        CMSat::lbool result;
        {
            const LimitWatcher watcher(limits, [this] { stop_ = true; });
            result = solver_.solve(&assumed);
        }
        if (result == CMSat::l_True) return Answer::satisfiable;
        return result == CMSat::l_False ? Answer::unsatisfiable : Answer::unknown;
    }

    bool do_value(std::int32_t variable) const override {
        return solver_.get_model()[static_cast<std::size_t>(variable - 1)] == CMSat::l_True;
    }

  private:
    static std::vector<CMSat::Lit> literals(std::span<const std::int32_t> clause) {
        std::vector<CMSat::Lit> list;
        for (const std::int32_t literal : clause)
            list.emplace_back(static_cast<unsigned>(literal < 0 ? -literal - 1 : literal - 1), literal < 0);
        return list;
    }

    void make_variables() {
        const auto have = static_cast<std::int32_t>(solver_.nVars());
        if (have < variables()) solver_.new_vars(static_cast<std::size_t>(variables() - have));
    }

    std::atomic<bool> stop_{false};
    CMSat::SATSolver solver_;
};

}  // namespace

std::unique_ptr<SatSolver> make_cryptominisat(const SolverOptions& options) {
    return std::make_unique<CryptoMiniSat>(options);
}

}  // namespace attest::logic
