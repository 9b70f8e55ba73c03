#include <catch2/catch.hpp>

#include "attest/base/file.hpp"
#include "attest/certificate/threshold.hpp"
#include "attest/search/peeling_bound.hpp"
#include "checker/checker.hpp"

// The search tabulates by the number of parts, the checker goes through all sets of parts.

using namespace attest;

TEST_CASE("A bound by peeling is claimed exactly where the checker takes it", "[threshold]") {
    std::size_t bounds = 0;
    for (const std::optional<std::int64_t> activations : {std::optional<std::int64_t>(), std::optional<std::int64_t>(2), std::optional<std::int64_t>(3), std::optional<std::int64_t>(5)})
        for (std::int64_t length = 4; length <= 14; ++length)
            for (const search::Reading read : {search::Reading::end, search::Reading::last})
                for (const char* const language : {"parity", "majority"}) {
                    search::NetworkClass c;
                    c.layers = 2;
                    c.activations = activations;
                    c.read = read;
                    const search::Specification s{c, language::Language::parse(language, std::nullopt), length};
                    const bool bound = search::bounded_by_peeling(s, {});
                    search::Existence existence;
                    existence.answer = verdict::Answer::fails;
                    existence.bound = search::Bound::peeling;
                    const base::DirectoryInProgress place;
                    certificate::write_threshold(place.path(), s, existence, {{{"attest", "test"}}});
                    const checker::Report report = checker::check(place.path());
                    INFO(language << " at " << length << ", " << describe(c) << ": " << report.place << ": " << report.reason);
                    CHECK(report.accepted == bound);
                    if (!bound) CHECK(report.obligation == "bound");
                    bounds += bound ? 1 : 0;
                }
    CHECK(bounds > 20);
}
