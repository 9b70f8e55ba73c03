#include "report/hahn.hpp"

#include <fmt/format.h>

#include "base/text.hpp"

namespace attest::report {

namespace {

using restriction::HahnLayer;
using restriction::HahnPromise;
using restriction::HahnRun;
using restriction::Outcome;

HahnPromise promise_of(const HahnRun& run, std::size_t heads) {
    return restriction::hahn_promise(heads, run.options.eta.get_d(), run.options.q.get_d(), run.options.delta.get_d());
}

/// What the count of positions that matter rests on: tables of exact values, or only the solver that follows them.
const char* ground(const HahnRun& run) { return run.stopped.empty() ? "by enumeration" : "unchecked, by a solver"; }

std::string layer_line(const HahnLayer& l, std::size_t number) {
    std::string text =
        fmt::format("    layer {}: c = {}, {} free; stage 1 spends {}; stage 2 spends {} in {}; ", number,
                    l.inputs_before, l.free_before, l.busy_inputs, l.forced_inputs, base::counted(l.rounds, "round"));
    text += l.attempts == 0 ? std::string("stage 3 has nothing to do; ")
                            : fmt::format("stage 3 spends {} at try {}; ", l.random_inputs, l.attempts);
    text += fmt::format("heads satisfied {} of {} ({} at first, {} after stage 2); ", l.satisfied, l.heads,
                        l.satisfied_at_first, l.satisfied_greedily);
    return text + (l.tabulated ? fmt::format("c becomes {}, {} free\n", l.inputs_after, l.free_after)
                               : fmt::format("{} free\n", l.free_after));
}

}  // namespace

std::string hahn_text(const language::Alphabet& alphabet, const Outcome& outcome, std::size_t heads) {
    const HahnRun& run = *outcome.hahn;
    const auto& o = run.options;
    std::string text =
        fmt::format("  Hahn's algorithm (k = {}, eta = {}, q = {}, seed {}): {} of {} free, {}  {}\n", o.k,
                    o.eta.get_str(), o.q.get_str(), o.seed, run.restriction.free_count(), run.restriction.length(),
                    run.depends_on ? fmt::format("{} of them matter{} ({})", run.depends_on->size(),
                                                 run.depends_on->size() == 1 ? "s" : "", ground(run))
                                   : "how many matter is not known",
                    run.restriction.spell(alphabet));
    for (std::size_t l = 0; l < run.layers.size(); ++l) text += layer_line(run.layers[l], l + 1);
    if (!run.stopped.empty()) text += fmt::format("    it stopped: {}\n", run.stopped);
    if (const auto& best = outcome.best_beside_hahn)
        text += fmt::format("    the best with so many that matter: {} free{}\n", best->restriction.free_count(),
                            best->optimal() ? "" : " as far as known");
    else if (run.depends_on)
        text +=
            fmt::format("    the best with so many that matter: --depends {} looks for it\n", run.depends_on->size());
    const HahnPromise promise = promise_of(run, heads);
    text += fmt::format(
        "    the lemma's constants for layer 1 (rounded): k = {:.0f}, {:.1f} % stay free, dependence on {:.0f} inputs, "
        "from length {:.0f} on: {}\n",
        promise.k, 100 * promise.free_share, promise.inputs, promise.length,
        promise.says_something_at(static_cast<double>(run.restriction.length())) ? "says something here"
                                                                                 : "vacuous here");
    return text;
}

}  // namespace attest::report
