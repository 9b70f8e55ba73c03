// Z3 (Leonardo de Moura, Nikolaj Bjørner et al.): its SAT core, by way of the logic of finite domains, as a
// third opinion. Its DRAT output does not check, so no proofs are offered. It has no parity constraint for
// solvers of this kind; a Boolean xor is one term there and is handed on as that.

#include <z3++.h>

#include <algorithm>
#include <limits>

#include "attest/base/error.hpp"
#include "back_ends.hpp"
#include "guarded_solver.hpp"
#include "limit_watcher.hpp"

namespace attest::logic {
namespace {

class Z3 final : public GuardedSolver {
  public:
    explicit Z3(const SolverOptions& options) : solver_(context_, "QF_FD"), terms_(context_), seed_(options.seed) {}

    std::string name() const override {
        unsigned major = 0, minor = 0, build = 0, revision = 0;
        Z3_get_version(&major, &minor, &build, &revision);
        return "z3 " + std::to_string(major) + "." + std::to_string(minor) + "." + std::to_string(build);
    }

    Capabilities capabilities() const override {
        return {.parity = true, .proof = false, .assumptions = true, .interrupt = true};
    }

  protected:
    void do_add_clause(std::span<const std::int32_t> clause) override {
        if (clause.empty()) return solver_.add(context_.bool_val(false));
        if (clause.size() == 1) return solver_.add(term(clause[0]));
        z3::expr_vector parts(context_);
        for (const std::int32_t literal : clause) parts.push_back(term(literal));
        solver_.add(z3::mk_or(parts));
    }

    void do_add_parity(std::span<const std::int32_t> variables, bool sum) override {
        z3::expr total = term(variables[0]);
        for (const std::int32_t variable : variables.subspan(1)) total = total ^ term(variable);
        solver_.add(sum ? total : !total);
    }

    Answer do_solve(std::span<const std::int32_t> assumptions, const base::Limits& limits,
                    std::optional<std::int64_t> conflicts) override {
        constexpr std::int64_t most = std::numeric_limits<unsigned>::max();
        z3::params params(context_);
        params.set("random_seed", static_cast<unsigned>(seed_ % 2'000'000'000));
        params.set("max_conflicts", static_cast<unsigned>(std::min(conflicts.value_or(most), most)));
        solver_.set(params);
        z3::expr_vector assumed(context_);
        for (const std::int32_t literal : assumptions) assumed.push_back(term(literal));
        z3::check_result result = z3::unknown;
        try {
            const LimitWatcher watcher(limits, [this] { context_.interrupt(); });
            result = assumptions.empty() ? solver_.check() : solver_.check(assumed);
        } catch (const z3::exception& error) {
            if (!limits.exceeded()) throw base::InternalError(name() + ": " + error.msg());
            return Answer::unknown;
        }
        if (result == z3::sat) read_model();
        return result == z3::sat ? Answer::satisfiable : result == z3::unsat ? Answer::unsatisfiable : Answer::unknown;
    }

    bool do_value(std::int32_t variable) const override { return model_[static_cast<std::size_t>(variable)]; }

  private:
    z3::expr term(std::int32_t literal) {
        const int variable = literal < 0 ? -literal : literal;
        while (static_cast<int>(terms_.size()) < variable)
            terms_.push_back(
                context_.constant(context_.int_symbol(static_cast<int>(terms_.size()) + 1), context_.bool_sort()));
        const z3::expr positive = terms_[variable - 1];
        return literal < 0 ? !positive : positive;
    }

    void read_model() {
        model_.assign(static_cast<std::size_t>(variables()) + 1, false);
        const z3::model model = solver_.get_model();
        for (unsigned i = 0; i < model.num_consts(); ++i) {
            const z3::func_decl symbol = model.get_const_decl(i);
            if (symbol.name().kind() != Z3_INT_SYMBOL) continue;
            const auto variable = static_cast<std::size_t>(symbol.name().to_int());
            if (variable < model_.size()) model_[variable] = model.get_const_interp(symbol).is_true();
        }
    }

    z3::context context_;
    z3::solver solver_;
    z3::expr_vector terms_;  ///< variable v is terms_[v − 1]
    std::vector<bool> model_;
    std::uint64_t seed_;
};

}  // namespace

std::unique_ptr<SatSolver> make_z3(const SolverOptions& options) { return std::make_unique<Z3>(options); }

}  // namespace attest::logic
