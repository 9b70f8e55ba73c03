// Networks of parts: what the search finds the checker takes, with words that nobody lists.

#include <catch2/catch.hpp>

#include "attest/base/file.hpp"
#include "attest/decide/threshold/synthesiser.hpp"
#include "certify/threshold_certificate.hpp"
#include "checker/checker.hpp"
#include "decide/threshold/composition.hpp"

using namespace attest;

namespace {

threshold::Specification composed(std::int64_t layers, std::int64_t heads, std::optional<std::int64_t> activations,
                                  std::int64_t length, threshold::Reading read = threshold::Reading::end,
                                  const char* language = "parity") {
    threshold::Specification s{{}, language::Language::parse(language, std::nullopt), length};
    s.network.layers = layers;
    s.network.heads = heads;
    s.network.activations = activations;
    s.network.read = read;
    return s;
}

checker::Report checked(const threshold::Specification& s, threshold::Composition parts) {
    threshold::Existence existence;
    existence.answer = verdict::Answer::holds;
    existence.parts = std::move(parts);
    const base::DirectoryInProgress place;
    certify::write_threshold(place.path(), s, existence, {{{"attest", "test"}}});
    return checker::check(place.path());
}

}  // namespace

TEST_CASE("Parts of networks are found for words too many to list, and taken by the checker", "[threshold]") {
    using threshold::Reading;
    threshold::Library library;
    for (const auto& s :
         {composed(2, 2, std::nullopt, 9), composed(2, 2, std::nullopt, 20), composed(3, 2, std::nullopt, 40),
          composed(3, 2, std::nullopt, 74), composed(3, 2, std::nullopt, 75, Reading::last),
          composed(4, 2, std::nullopt, 236, Reading::end, "mod:2,0"), composed(3, 1, 2, 10), composed(3, 2, 2, 30),
          composed(3, 2, 3, 31, Reading::last)}) {
        CAPTURE(describe(s.network), s.length);
        REQUIRE(threshold::may_compose(s, {}));
        const auto parts = threshold::compose(s, library, 0, {});
        REQUIRE(parts.has_value());
        const checker::Report report = checked(s, *parts);
        INFO(report.place << ": " << report.reason);
        CHECK(report.accepted);
    }
}

TEST_CASE("Nothing is composed beyond what peelings reach, or of languages that sums do not decide", "[threshold]") {
    for (const auto& s :
         {composed(2, 2, std::nullopt, 21), composed(1, 2, std::nullopt, 4),
          composed(2, 2, std::nullopt, 9, threshold::Reading::end, "majority"), composed(2, 3, std::nullopt, 3)})
        CHECK_FALSE(threshold::may_compose(s, {}));
}
