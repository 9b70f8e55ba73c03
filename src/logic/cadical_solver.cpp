// CaDiCaL (Armin Biere et al.): plain CDCL with inprocessing, and the only back end whose proofs can be used.
//
// The proof goes to a stream of ours: CaDiCaL never looks at the result of a write, the stream's error flag
// and the size on disk tell. Blocked, covered and globally blocked clause elimination (`block`, `cover`,
// `condition`) rest on clauses that are redundant without being implied; they are off by default in 1.5.3 and
// are switched off by name while a proof is kept. What is left adds implied clauses only: learned clauses,
// resolvents of variable elimination and hyper-resolution, strengthened clauses, equivalences of literals.
// All are RUP.

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cadical.hpp>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <limits>
#include <utility>

#include "attest/base/error.hpp"
#include "back_ends.hpp"
#include "guarded_solver.hpp"

#ifndef ATTEST_CADICAL_VERSION  // the library calls itself `sc2021`
#define ATTEST_CADICAL_VERSION "of unknown version"
#endif

namespace attest::logic {
namespace {

class LimitTerminator : public CaDiCaL::Terminator {
  public:
    explicit LimitTerminator(const base::Limits& limits) : limits_(limits) {}
    bool terminate() override { return limits_.exceeded().has_value(); }

  private:
    const base::Limits& limits_;
};

class Cadical final : public GuardedSolver {
  public:
    explicit Cadical(const SolverOptions& options) {
        if (options.aim == Aim::satisfiable) solver_.configure("sat");
        if (options.aim == Aim::unsatisfiable) solver_.configure("unsat");
        solver_.set("quiet", 1);
        solver_.set("seed", static_cast<int>(options.seed % 2'000'000'000));
    }

    ~Cadical() override {
        if (proof_) {
            solver_.close_proof_trace();
            std::fclose(proof_);
        }
    }

    std::string name() const override { return "cadical " ATTEST_CADICAL_VERSION; }

    Capabilities capabilities() const override {
        return {.parity = false, .proof = true, .assumptions = true, .interrupt = true};
    }

  protected:
    void do_add_clause(std::span<const std::int32_t> clause) override {
        for (const std::int32_t literal : clause) solver_.add(literal);
        solver_.add(0);
    }

    void do_keep_proof(const std::string& path) override {
        proof_path_ = path;
        proof_ = std::fopen(path.c_str(), "wb");
        if (!proof_) throw base::InputError(path, std::string("cannot write the proof: ") + std::strerror(errno));
        for (const char* option : {"block", "cover", "condition"}) solver_.set(option, 0);
        solver_.set("binary", 1);
        if (!solver_.trace_proof(proof_, path.c_str()))
            throw base::InputError(path, "the solver cannot write its proof");
    }

    void do_close_proof() override {
        solver_.close_proof_trace();
        std::FILE* file = std::exchange(proof_, nullptr);
        errno = 0;
        bool good = std::fflush(file) == 0 && !std::ferror(file);
        struct stat status {};
        if (good && fstat(fileno(file), &status) == 0 && S_ISREG(status.st_mode))
            good = fsync(fileno(file)) == 0 && std::ftell(file) == status.st_size;
        const int reason = errno;
        good = std::fclose(file) == 0 && good;
        if (!good)
            throw base::InputError(proof_path_, std::string("the proof could not be written whole: ") +
                                                    (reason ? std::strerror(reason) : "a write failed"));
    }

    Answer do_solve(std::span<const std::int32_t> assumptions, const base::Limits& limits,
                    std::optional<std::int64_t> conflicts) override {
        if (variables() > 0) solver_.reserve(variables());
        for (const std::int32_t literal : assumptions) solver_.assume(literal);
        constexpr std::int64_t most = std::numeric_limits<int>::max();
        solver_.limit("conflicts", conflicts ? static_cast<int>(std::min(*conflicts, most)) : -1);
        LimitTerminator terminator(limits);
        solver_.connect_terminator(&terminator);
        const int status = solver_.solve();
        solver_.disconnect_terminator();
        return status == 10 ? Answer::satisfiable : status == 20 ? Answer::unsatisfiable : Answer::unknown;
    }

    bool do_value(std::int32_t variable) const override { return solver_.val(variable) > 0; }

  private:
    mutable CaDiCaL::Solver solver_;  // `val` is not const there
    std::FILE* proof_ = nullptr;
    std::string proof_path_;
};

}  // namespace

std::unique_ptr<SatSolver> make_cadical(const SolverOptions& options) { return std::make_unique<Cadical>(options); }

}  // namespace attest::logic
