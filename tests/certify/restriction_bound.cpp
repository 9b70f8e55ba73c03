#include "decide/threshold/restriction_bound.hpp"

#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "attest/base/file.hpp"
#include "base/random.hpp"
#include "certify/threshold_certificate.hpp"
#include "checker/checker.hpp"
#include "decide/threshold/construction.hpp"
#include "seed.hpp"

// Networks are bounded by fixing what their heads see: the search's word for it against the checker's, and against the
// solver's for functions of a few symbols.

using namespace attest;
using threshold::Reading;

namespace {

threshold::Specification asked(const std::string& language, std::int64_t heads, std::int64_t length, Reading read) {
    threshold::NetworkClass c;
    c.heads = heads;
    c.read = read;
    return {c, language::Language::parse(language, std::nullopt), length};
}

checker::Report claimed(const threshold::Specification& specification) {
    threshold::Existence existence;
    existence.answer = verdict::Answer::fails;
    existence.bound = threshold::Bound::restriction;
    const base::DirectoryInProgress place;
    certify::write_threshold(place.path(), specification, existence, {{{"attest", "test"}}});
    return checker::check(place.path());
}

std::string random_function(base::Random& random, std::int64_t length) {
    std::string text = "table:";
    for (std::int64_t digits = (std::int64_t{1} << length) / 4; digits > 0; --digits)
        text += fmt::format("{:x}", random.below(16));
    return text;
}

}  // namespace

TEST_CASE("A bound by restriction is claimed exactly where the checker takes it", "[threshold]") {
    INFO("seed " << tests::seed());
    base::Random random(tests::seed() + 11);
    std::size_t bounds = 0;
    for (int k = 0; k < 150; ++k) {
        const auto length = static_cast<std::int64_t>(2 + random.below(4));
        const threshold::Specification s =
            asked(random_function(random, length), static_cast<std::int64_t>(1 + random.below(3)), length,
                  random.chance(1, 2) ? Reading::end : Reading::last);
        const bool bound = threshold::bounded_by_restriction(s, {});
        const checker::Report report = claimed(s);
        INFO(s.language.name() << ", " << s.network.heads << " heads: " << report.place << ": " << report.reason);
        REQUIRE(report.accepted == bound);
        bounds += bound ? 1 : 0;
    }
    CHECK(bounds > 10);
}

TEST_CASE("Of two layers of key dimension 1 a bound is claimed exactly where the checker takes it", "[threshold]") {
    std::size_t bounds = 0;
    for (const char* const language : {"parity", "majority", "mod:3,0", "palindrome", "first"})
        for (std::int64_t length = 3; length <= 9; ++length)
            for (const Reading read : {Reading::end, Reading::last}) {
                threshold::Specification s = asked(language, 1, length, read);
                s.network.layers = 2;
                s.network.key_dimension_one = true;
                const bool bound = threshold::bounded_by_restriction(s, {});
                INFO(language << " at " << length << ", " << describe(s.network));
                CHECK(claimed(s).accepted == bound);
                bounds += bound ? 1 : 0;
                s.network.mask = threshold::Mask::strict;
                CHECK_FALSE(claimed(s).accepted);
            }
    CHECK(bounds > 10);
}

TEST_CASE("What is bounded by restriction is refuted by the solver, too", "[threshold]") {
    INFO("seed " << tests::seed());
    base::Random random(tests::seed() + 12);
    std::size_t bounds = 0;
    for (int k = 0; k < 120; ++k) {
        const auto length = static_cast<std::int64_t>(2 + random.below(2));
        threshold::Specification s =
            asked(random_function(random, length), 1, length, random.chance(1, 2) ? Reading::end : Reading::last);
        s.network.key_dimension_one = random.chance(1, 3);
        if (random.chance(1, 3)) s.network.mask = threshold::Mask::strict;
        if (!threshold::bounded_by_restriction(s, {})) continue;
        ++bounds;
        INFO(s.language.name() << ": " << describe(s.network));
        const threshold::Existence existence = threshold::search(s, {}, {});
        CHECK(existence.answer == verdict::Answer::fails);
        CHECK(existence.refutation.has_value());
    }
    CHECK(bounds > 10);
}

TEST_CASE("Parity is bounded where heads are fewer than the symbols that are not read", "[threshold]") {
    for (std::int64_t length = 1; length <= 9; ++length)
        for (std::int64_t heads = 1; heads <= 10; ++heads) {
            CHECK(threshold::bounded_by_restriction(asked("parity", heads, length, Reading::end), {}) ==
                  (heads < length));
            CHECK(threshold::bounded_by_restriction(asked("parity", heads, length, Reading::last), {}) ==
                  (heads < length - 1));
        }
    const threshold::Specification seven = asked("parity", 6, 7, Reading::end);
    const threshold::Existence existence = threshold::search(seven, {}, {});
    CHECK(existence.answer == verdict::Answer::fails);
    CHECK(existence.bound);
    threshold::Specification deep = asked("parity", 1, 4, Reading::end);
    deep.network.layers = 2;
    CHECK_FALSE(threshold::bounded_by_restriction(deep, {}));
}

TEST_CASE("With a head for each symbol everything is computed", "[threshold]") {
    INFO("seed " << tests::seed());
    base::Random random(tests::seed() + 13);
    for (int k = 0; k < 60; ++k) {
        const auto length = static_cast<std::int64_t>(2 + random.below(3));
        threshold::Specification s =
            asked(random_function(random, length), 1, length, random.chance(1, 2) ? Reading::end : Reading::last);
        const std::int64_t needed = length - (s.network.read == Reading::last ? 1 : 0);
        s.network.heads = needed + static_cast<std::int64_t>(random.below(2));
        s.network.key_dimension_one = random.chance(1, 2);
        if (random.chance(1, 2)) s.network.mask = threshold::Mask::strict;
        INFO(s.language.name() << ": " << describe(s.network));
        const threshold::Existence existence = threshold::search(s, {}, {});
        CHECK(existence.how == "a head for each symbol");
        const base::DirectoryInProgress place;
        certify::write_threshold(place.path(), s, existence, {{{"attest", "test"}}});
        const checker::Report report = checker::check(place.path());
        INFO(report.place << ": " << report.reason);
        CHECK(report.accepted);
        s.network.heads = needed - 1;
        CHECK_FALSE(threshold::head_for_each_symbol(s));
    }
}
