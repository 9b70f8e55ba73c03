#include "certify/maximum.hpp"

#include <fmt/format.h>

#include "attest/base/error.hpp"
#include "base/version.hpp"
#include "manifest.hpp"
#include "manifest_parts.hpp"
#include "notary.hpp"
#include "stopwatch.hpp"

namespace attest::certify {

namespace {

constexpr long maximum_bits = 128;

}  // namespace

Maximum certify_maximum(const formats::ModelFile& model, std::int64_t length, const base::Limits& limits,
                        Archive& archive) {
    const Stopwatch watch;
    if (const auto why = maximum::unfit(model.transformer))
        throw base::Unsupported(fmt::format("{}: cells are for one softmax head that is read at the last symbol: {}",
                                            model.transformer.name, *why));
    const verdict::Lengths lengths = verdict::Lengths::one(length);
    Maximum result{length, maximum::count_cells(model.transformer, length, maximum_bits, limits),
                   verdict::Verdict::undecided(lengths, {})};
    if (result.cells.stopped) {
        result.verdict = verdict::Verdict::undecided(
            lengths, {verdict::reason_of(*result.cells.stopped), fmt::format("after {} cells", result.cells.cells)});
        return result;
    }
    const auto write = [&](const std::string& place) {
        Manifest manifest(place,
                          {{"kind", "maximum"},
                           {"model", model.transformer.name},
                           {"length", length},
                           {"right", result.cells.right.get_str()}},
                          provenance_json({{{"attest", base::version()}}}), limits);
        write_model(manifest, model);
        manifest.member("evidence") = {{"kind", "cells"}, {"cells", result.cells.cells}, {"bits", result.cells.bits}};
        return manifest.finish();
    };
    result.verdict =
        Notary(archive, "", limits).certify({lengths, verdict::Answer::holds, verdict::Evidence::enclosure, write, {}});
    watch.stop(result.verdict);
    return result;
}

}  // namespace attest::certify
