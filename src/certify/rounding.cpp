#include "certify/rounding.hpp"

#include <fmt/format.h>

#include <cmath>

#include "attest/base/error.hpp"
#include "base/version.hpp"
#include "manifest_parts.hpp"
#include "notary.hpp"
#include "stopwatch.hpp"

namespace attest::certify {

namespace {

/// A decimal of four digits after the point that is not above; what doubles lose is less than one of the last.
std::string decimal_below(double x) { return fmt::format("{:.4f}", std::floor(x * 1e4 - 1e-3) / 1e4); }

}  // namespace

RoundedPerformance perform_rounded(const ClassSubject& subject, std::int64_t length, const base::Limits& limits,
                                   Archive& archive, const std::function<void(const std::string&)>& progress) {
    const Stopwatch watch;
    const network::Transformer& model = subject.model.transformer;
    if (const auto why = task::not_rounded(model))
        throw base::Unsupported(fmt::format("{}: binary32 is for one layer of softmax and ReLU: {}", model.name, *why));
    subject.task.require_length(length);
    (void)model.sequence_length(length);
    constexpr std::uint64_t most_words = std::uint64_t{1} << 22;
    if (!language::count_words(model.alphabet, static_cast<std::uint64_t>(length), most_words))
        throw base::Unsupported(fmt::format("{}: more than 2^22 words of length {}", model.name, length));
    const verdict::Lengths lengths = verdict::Lengths::one(length);
    RoundedPerformance result{length, task::hold_rounded({model, subject.task, length}, limits, progress), "",
                              verdict::Verdict::undecided(lengths, {})};
    const task::Rounded& found = result.found;
    if (found.stopped)
        result.verdict = verdict::Verdict::undecided(
            lengths, {verdict::reason_of(*found.stopped), fmt::format("after {} words", found.words)});
    else if (found.right == 0 || found.margin < 2e-4)
        result.verdict = verdict::Verdict::undecided(
            lengths, {verdict::Reason::imprecise, "an evaluation in binary32 may come too near to another class"});
    if (found.stopped || found.right == 0 || found.margin < 2e-4) return result;
    result.margin = decimal_below(found.margin);
    const auto write = [&](const std::string& place) {
        Manifest manifest(place,
                          {{"kind", "classifies"},
                           {"model", model.name},
                           {"task", subject.task.name()},
                           {"length", length},
                           {"arithmetic", "binary32"},
                           {"right", std::to_string(found.right)}},
                          provenance_json({{{"attest", base::version()}}}), limits);
        write_model(manifest, subject.model);
        manifest.member("assumptions") = {"words are those over the model's alphabet",
                                          "operations in binary32 have the errors that FORMAT.md, section 35, lists"};
        manifest.member("evidence") = {{"kind", "rounding"}, {"words", found.words}, {"margin", result.margin}};
        return manifest.finish();
    };
    result.verdict =
        Notary(archive, "", limits).certify({lengths, verdict::Answer::holds, verdict::Evidence::enclosure, write, {}});
    watch.stop(result.verdict);
    return result;
}

}  // namespace attest::certify
