#include "certify/loops.hpp"

#include <fmt/format.h>

#include <limits>

#include "attest/base/error.hpp"
#include "base/version.hpp"
#include "manifest.hpp"
#include "manifest_parts.hpp"
#include "notary.hpp"
#include "stopwatch.hpp"

namespace attest::certify {

namespace {

using Json = Manifest::Json;
using machines::LoopOutcome;
using verdict::Verdict;

/// Any number of loops.
constexpr verdict::Lengths all_loops{0, std::numeric_limits<std::int64_t>::max()};

Json loops_claim(const machines::SubleqShape& shape, const machines::LoopSettings& settings, bool holds) {
    return {
        {"kind", "loops"},
        {"shape",
         {{"scratch", shape.scratch}, {"memory", shape.memory}, {"commands", shape.commands}, {"bits", shape.bits}}},
        {"temperature", exact::to_string(settings.temperature)},
        {"snap", exact::to_string(settings.snap)},
        {"programs", "all well-formed"},
        {"memories", "all"},
        {"verdict", holds ? "verified" : "refuted"}};
}

Json calculus_json(const machines::TemperatureBounds& b) {
    return {{"kind", "error-calculus"},
            {"x", exact::to_string(b.x)},
            {"far", exact::to_string(b.far)},
            {"rho", exact::to_string(b.rho)},
            {"write", exact::to_string(b.write)}};
}

Verdict show_loops(const SubleqFile& file, const machines::LoopSettings& settings, const Json& evidence,
                   const base::Limits& limits, Archive& archive) {
    const bool holds = evidence["kind"] == "error-calculus";
    const auto write = [&](const std::string& place) {
        Manifest manifest(place, loops_claim(file.program.shape, settings, holds),
                          provenance_json({{{"attest", base::version()}}}), limits);
        if (!holds) manifest.write("program.json", file.bytes);
        manifest.member("evidence") = evidence;
        return manifest.finish();
    };
    return Notary(archive, "", limits)
        .certify({all_loops,
                  holds ? verdict::Answer::holds : verdict::Answer::fails,
                  holds ? verdict::Evidence::enclosure : verdict::Evidence::witness,
                  write,
                  {"calculus", "witness"}});
}

/// Runs the program on the network, as long as its loops are right.
void look_for_wrong_loop(const machines::SubleqProgram& program, std::size_t loops, const base::Limits& limits,
                         LoopsDecided& decided, std::string& why) {
    machines::SubleqRun run(program);
    while (decided.loops < loops) {
        if (const auto limit = limits.exceeded()) {
            why = fmt::format("stopped after {} loops", decided.loops);
            return;
        }
        machines::SubleqRun after = run;
        after.step();
        if (after.ran_off()) {
            why = fmt::format("the program runs off its end after {} loops", decided.loops + 1);
            return;
        }
        LoopOutcome outcome = machines::loop(program, run, decided.settings);
        if (outcome.answer == LoopOutcome::Answer::wrong) {
            decided.wrong = WrongLoop{decided.loops + 1, std::move(outcome)};
            return;
        }
        if (outcome.answer == LoopOutcome::Answer::unclear) {
            why = fmt::format("what loop {} leaves is not told from what it should", decided.loops + 1);
            return;
        }
        ++decided.loops;
        const bool done = run.halts();
        run.step();
        if (done) break;
    }
    why = fmt::format("the {} loops of this program are right", decided.loops);
}

}  // namespace

LoopsDecided decide_loops(const SubleqFile& file, const machines::LoopSettings& settings, std::size_t loops,
                          const base::Limits& limits, Archive& archive) {
    const Stopwatch watch;
    LoopsDecided decided{settings, {}, {}, 0, Verdict::undecided(all_loops, {})};
    const machines::LoopBounds found = machines::loop_errors(file.program.shape, settings.temperature);
    if (found.errors.within(settings.snap)) {
        decided.errors = found.errors;
        decided.verdict = show_loops(file, settings, calculus_json(found.bounds), limits, archive);
    } else {
        std::string why;
        look_for_wrong_loop(file.program, loops, limits, decided, why);
        if (decided.wrong)
            decided.verdict =
                show_loops(file, settings, {{"kind", "witness"}, {"loop", decided.wrong->loop}}, limits, archive);
        else {
            const auto limit = limits.exceeded();
            decided.verdict = Verdict::undecided(
                all_loops, {limit ? verdict::reason_of(*limit) : verdict::Reason::imprecise,
                            "the bounds on errors are beyond the snap for some program of this shape, and " + why});
        }
    }
    watch.stop(decided.verdict);
    return decided;
}

}  // namespace attest::certify
