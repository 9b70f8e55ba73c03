#include "decide/threshold/cubes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <bit>
#include <mutex>

#include "attest/base/error.hpp"
#include "attest/decide/threshold/solver.hpp"
#include "base/digest.hpp"
#include "base/parallel.hpp"
#include "decide/threshold/witness.hpp"
#include "logic/proof.hpp"
#include "refuted_cubes.hpp"

namespace attest::threshold {

namespace {

constexpr std::int64_t conflicts_between_looks = 20'000;  ///< at what other threads found

/// The variables of orders that occur most in the formula.
std::vector<std::int32_t> split_variables(const Encoding& encoding, std::size_t count) {
    std::vector<std::pair<std::int64_t, std::int32_t>> occurrences;
    std::vector<std::int64_t> occurs(static_cast<std::size_t>(encoding.formula.variables) + 1);
    for (const Literal l : encoding.formula.literals) --occurs[static_cast<std::size_t>(std::abs(l))];
    for (const Order& order : encoding.orders)
        for (const std::int32_t v : order.variables()) occurrences.emplace_back(occurs[static_cast<std::size_t>(v)], v);
    std::sort(occurrences.begin(), occurrences.end());
    std::vector<std::int32_t> chosen;
    for (std::size_t k = 0; k < std::min(count, occurrences.size()); ++k) chosen.push_back(occurrences[k].second);
    return chosen;
}

class Cubes {
  public:
    Cubes(const Specification& specification, const std::vector<Break>& breaks, const SynthesisOptions& options,
          const base::Limits& limits, Encoding encoding)
        : spec_(specification),
          options_(options),
          limits_(limits),
          samples_(samples(specification)),
          encoding_(std::move(encoding)),
          asked_(asked(encoding_, options)),
          refuted_(options.journal, asked_, options.share) {
        result_.why = {verdict::Reason::deadline, ""};
        breaks_ = breaks;
    }

    Existence run() {
        take_up_assignment();
        base::in_parallel(options_.threads, count(), [this](std::size_t number) { work(number); });
        if (result_.network) return std::move(result_);
        const std::size_t refuted = refuted_.all().size();
        if (refuted < count()) {
            const auto limit = limits_.exceeded();
            result_.why = {
                limit                       ? verdict::reason_of(*limit)
                : options_.share.is_whole() ? verdict::Reason::unchecked
                                            : verdict::Reason::interrupted,
                fmt::format("{} of {} cubes refuted{}", refuted, count(), missing_.empty() ? "" : "; " + missing_)};
            return std::move(result_);
        }
        if (options_.progress) options_.progress("joining the proofs");
        std::vector<CubeProof> proofs;
        for (const auto& [number, proof] : refuted_.all()) proofs.push_back(proof);
        result_.answer = verdict::Answer::fails;
        result_.refutation = joined(proofs);
        result_.refutation->breaks = breaks_;
        result_.refutation->solver = logic::make_solver(logic::BackEnd::cadical)->name();
        result_.how = fmt::format("{} cubes", count());
        return std::move(result_);
    }

  private:
    std::size_t count() const { return asked_.count(); }

    static CubesAsked asked(const Encoding& encoding, const SynthesisOptions& options) {
        CubesAsked asked;
        asked.variables = encoding.formula.variables;
        asked.split = split_variables(encoding, static_cast<std::size_t>(std::countr_zero(options.cubes)));
        asked.digest =
            base::sha256(to_dimacs(encoding.formula) + fmt::format("{} {}", fmt::join(asked.split, " "), options.seed));
        return asked;
    }

    /// What a journal holds, anybody may have written: a proof that does not follow is then no fault of ours.
    Refutation joined(const std::vector<CubeProof>& proofs) const {
        if (options_.journal.empty()) return join(encoding_.formula, proofs);
        try {
            return join(encoding_.formula, proofs);
        } catch (const base::InternalError& error) {
            throw base::InputError(options_.journal, "proofs of cubes that can be followed", error.what());
        }
    }

    /// What an earlier search, or another part of this one, found: it is tried like a cube of one assignment.
    void take_up_assignment() {
        if (!refuted_.assignment()) return;
        CutSolver solver(spec_.network, encoding_, options_.back_end, {options_.seed, logic::Aim::balanced},
                         *refuted_.assignment());
        const logic::Answer answer = solver.solve(limits_, std::nullopt);
        if (answer == logic::Answer::satisfiable) found(solver);
        if (answer == logic::Answer::unsatisfiable)
            throw base::InputError(options_.journal, "an assignment that satisfies the formula", "another");
    }

    void work(std::size_t number) {
        if (stop_ || limits_.exceeded() || !options_.share.has(number)) return;
        try {
            decide(number);
        } catch (...) {
            stop_ = true;  // others are in the middle of cubes that take long
            throw;
        }
    }

    void decide(std::size_t number) {
        {
            const std::lock_guard lock(mutex_);
            if (refuted_.all().count(number) > 0) return;
            if (options_.progress) options_.progress(fmt::format("cube {} of {}", number + 1, count()));
        }
        CubeProof proof;
        proof.cube = asked_.cube(number);
        CutSolver solver(spec_.network, encoding_, options_.back_end, {options_.seed, logic::Aim::balanced},
                         proof.cube);
        logic::Answer answer = logic::Answer::unknown;
        while (answer == logic::Answer::unknown && !stop_ && !limits_.exceeded())
            answer = solver.solve(limits_, conflicts_between_looks);
        if (answer == logic::Answer::satisfiable && found(solver)) keep_assignment(solver);
        if (answer == logic::Answer::unsatisfiable) refuted(number, std::move(proof), solver);
    }

    void keep_assignment(const CutSolver& solver) {
        std::vector<Literal> literals;
        for (Literal v = 1; v <= encoding_.formula.variables; ++v) literals.push_back(solver.value(v) ? v : -v);
        const std::lock_guard lock(mutex_);
        refuted_.add_assignment(literals);
    }

    /// Gives false if there is a network already.
    bool found(const CutSolver& solver) {
        const std::lock_guard lock(mutex_);
        stop_ = true;
        if (result_.network) return false;
        result_.answer = verdict::Answer::holds;
        result_.network = decode(spec_, samples_, encoding_, solver);
        if (!spec_.network.strict_orders()) result_.scores = run_by_scores(spec_, samples_, encoding_, solver);
        result_.how = "a cube";
        return true;
    }

    void refuted(std::size_t number, CubeProof proof, const CutSolver& solver) {
        proof.cuts = solver.cuts();
        logic::Cnf formula = encoding_.formula;
        for (const std::vector<Literal>& cut : proof.cuts) formula.add(cut);
        for (const Literal l : proof.cube) formula.add({l});
        logic::LratRefutation made = logic::refute_with_lrat(formula, {options_.seed, logic::Aim::balanced}, limits_);
        const std::lock_guard lock(mutex_);
        if (made.proof.empty()) {
            missing_ = made.missing;
            return;
        }
        proof.lrat = std::move(made.proof);
        refuted_.add(number, std::move(proof));
    }

    const Specification& spec_;
    const SynthesisOptions& options_;
    const base::Limits& limits_;
    const std::vector<Sample> samples_;
    const Encoding encoding_;
    const CubesAsked asked_;
    std::vector<Break> breaks_;
    std::atomic<bool> stop_ = false;
    std::mutex mutex_;  ///< of what follows
    RefutedCubes refuted_;
    Existence result_;
    std::string missing_;
};

}  // namespace

Existence search_by_cubes(const Specification& specification, const std::vector<Break>& breaks,
                          const SynthesisOptions& options, const base::Limits& limits) {
    std::optional<Encoding> encoding = encode(specification, samples(specification), {breaks, false}, limits);
    if (encoding) return Cubes(specification, breaks, options, limits, std::move(*encoding)).run();
    Existence result;
    const auto limit = limits.exceeded();
    result.why = {limit ? verdict::reason_of(*limit) : verdict::Reason::memory, "the formula does not fit"};
    return result;
}

}  // namespace attest::threshold
