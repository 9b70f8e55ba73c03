#include "restrict_stage.hpp"

#include "attest/base/error.hpp"
#include "attest/certify/certificate.hpp"
#include "attest/decide/restriction/outcome.hpp"
#include "checker/checker.hpp"
#include "stage_clock.hpp"
#include "subject.hpp"

namespace attest::benchmarks {

namespace {

using Json = nlohmann::ordered_json;
using restriction::Restriction;
using restriction::TruthTable;

/// What restriction::restrict_model tells of its progress, as names of stages. What a solver tells belongs to the stage that it is in.
std::string stage_of(const std::string& progress, const std::string& now) {
    if (progress == "compiling" || progress == "enumerating" || progress == "searching") return "optimum";
    if (progress.starts_with("looking for words") || progress == "proving" || progress == "evaluating all words")
        return "evidence";
    if (progress == "following the layers" || progress.starts_with("running Hahn")) return "inside";
    return now;
}

/// Whether every word that the restriction admits gets the same answer. Words have two symbols, the first position is the
/// highest bit.
bool settles(const TruthTable& table, std::size_t length, std::uint64_t fixed, std::uint64_t symbols) {
    const std::uint64_t all = (std::uint64_t{1} << length) - 1, free = all & ~fixed;
    const bool answer = table[symbols];
    // The subsets of the free positions, in ascending order.
    for (std::uint64_t some = free & (~free + 1); some != 0; some = (some - free) & free)
        if (table[symbols | some] != answer) return false;
    return true;
}

/// Whether some restriction with exactly these positions fixed settles the answer.
bool some_settles(const TruthTable& table, std::size_t length, std::uint64_t fixed) {
    std::uint64_t symbols = 0;
    do {
        if (settles(table, length, fixed, symbols)) return true;
        symbols = (symbols - fixed) & fixed;
    } while (symbols != 0);
    return false;
}

std::size_t least_fixed(const TruthTable& table, std::size_t length) {
    for (std::size_t k = 0; k < length; ++k) {
        // The sets of k positions, in ascending order as numbers.
        std::uint64_t fixed = (std::uint64_t{1} << k) - 1;
        while (fixed >> length == 0) {
            if (some_settles(table, length, fixed)) return k;
            if (k == 0) break;
            const std::uint64_t lowest = fixed & (~fixed + 1), carried = fixed + lowest;
            fixed = carried | (((fixed ^ carried) >> 2) / lowest);
        }
    }
    return length;
}

}  // namespace

Json restrict_optimum(const StageArguments& a) {
    const Subject subject(a.model);
    StageClock clock({"optimum", "evidence", "inside", "write", "check"});
    std::string stage = "optimum";
    restriction::Options options;
    options.seed = a.seed;
    options.progress = [&](const std::string& what) { clock.enter(stage = stage_of(what, stage)); };
    const auto found = restriction::restrict_model(subject.model.transformer, a.length, options, limits_for(0));
    if (const auto* why = std::get_if<verdict::Undecided>(&found))
        throw base::InternalError(a.model + ": " + why->detail);
    const auto& outcome = std::get<restriction::Outcome>(found);
    if (!outcome.certifies_optimum()) throw base::InternalError(a.model + ": the optimum is not proved");
    std::optional<restriction::Settled> settled;
    if (!outcome.nothing_free) settled = outcome.settled;
    clock.enter("write");
    certify::write_restriction(a.directory, subject.model, a.length, settled, outcome.evidence, {});
    clock.enter("check");
    const checker::Report report = checker::check(a.directory);
    Json result = {{"seconds", clock.finish()}};
    if (!report.accepted) throw base::InternalError(a.model + ": the checker refuses: " + report.reason);
    result["fixed"] = outcome.settled.restriction.fixed_count();
    result["rounds"] = outcome.optima.front().rounds;
    return result;
}

Json enumerate_restrictions(const StageArguments& a) {
    const Subject subject(a.model);
    if (subject.model.transformer.alphabet.size() != 2) throw base::InternalError(a.model + ": two symbols are needed");
    const auto compiled = restriction::compile_function(subject.model.transformer, a.length, a.seed, limits_for(0));
    if (const auto* why = std::get_if<verdict::Undecided>(&compiled))
        throw base::InternalError(a.model + ": " + why->detail);
    const auto table = restriction::tabulate(std::get<restriction::Function>(compiled), UINT64_MAX);
    return {{"fixed", least_fixed(*table, static_cast<std::size_t>(a.length))}};
}

}  // namespace attest::benchmarks
