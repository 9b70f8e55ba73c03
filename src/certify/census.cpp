#include "certify/census.hpp"

#include <fmt/format.h>

#include "base/version.hpp"
#include "manifest.hpp"
#include "manifest_parts.hpp"
#include "notary.hpp"
#include "stopwatch.hpp"

namespace attest::certify {

namespace {

using verdict::Verdict;

/// networks.txt: a line for each class, its function and what the positions hold. The digits are those of `table_name`.
std::string networks_text(const threshold::OneBitCensus& census) {
    std::string text;
    const auto add = [&](std::uint32_t table, char before) {
        if (before != 0) text += before;
        text += threshold::table_name(table, census.inputs).substr(std::string_view("table:").size());
    };
    for (std::size_t c = 0; c < census.classes.size(); ++c) {
        add(census.classes[c].table, 0);
        for (unsigned j = 0; j < census.inputs; ++j) add(census.networks[c]->held[j], ' ');
        text += '\n';
    }
    return text;
}

std::string write_census(const std::string& directory, const threshold::OneBitCensus& census, std::uint64_t seed,
                         const base::Limits& limits) {
    Manifest manifest(directory,
                      {{"kind", "census"},
                       {"class",
                        {{"layers", 2},
                         {"heads", 1},
                         {"activations", 2},
                         {"read", "end"},
                         {"mask", "none"},
                         {"positions", "visible"},
                         {"key_dimension", nullptr}}},
                       {"length", census.inputs}},
                      provenance_json({{{"attest", base::version()}, {"seed", std::to_string(seed)}}}), limits);
    manifest.member("evidence") = {{"kind", "networks"}, {"classes", census.classes.size()}};
    manifest.member("assumptions") = {
        "networks are those of the class in section 9 of the certificate format, with any attention and activation "
        "functions",
        "the theorem of section 9.16: heads and a reader are told by what the positions hold, and images of a function "
        "need no network of their own"};
    if (manifest.goes_on()) manifest.write("networks.txt", networks_text(census));
    return manifest.finish();
}

}  // namespace

Verdict certify_census(const threshold::OneBitCensus& census, std::uint64_t seed, const base::Limits& limits,
                       Archive& archive) {
    const Stopwatch watch;
    const verdict::Lengths lengths = verdict::Lengths::one(census.inputs);
    const std::size_t open = census.classes.size() - census.found();
    if (census.stopped)
        return Verdict::undecided(lengths,
                                  {verdict::reason_of(*census.stopped),
                                   fmt::format("{} of {} classes have no network yet", open, census.classes.size())});
    const auto write = [&](const std::string& place) { return write_census(place, census, seed, limits); };
    Verdict verdict = Notary(archive, "", limits)
                          .certify({lengths, verdict::Answer::holds, verdict::Evidence::witness, write, {"network"}});
    watch.stop(verdict);
    return verdict;
}

}  // namespace attest::certify
