// Counting after a restriction, by two sums of the same chances, and where the checker takes it.

#include "decide/threshold/restricted_counting.hpp"

#include <catch2/catch.hpp>

#include "attest/base/file.hpp"
#include "certify/threshold_certificate.hpp"
#include "checker/checker.hpp"
#include "checker/classes/free_symbols.hpp"

using namespace attest;

namespace {

threshold::NetworkClass two_layers_of(std::int64_t heads, threshold::Reading read) {
    threshold::NetworkClass c;
    c.layers = 2;
    c.heads = heads;
    c.read = read;
    return c;
}

checker::Report checked_restriction(const threshold::NetworkClass& c, std::int64_t length,
                                    const threshold::RestrictedCounting& by) {
    threshold::Existence existence;
    existence.answer = verdict::Answer::fails;
    existence.bound = threshold::Bound::restricted_counting;
    existence.counting = by;
    const base::DirectoryInProgress place;
    certify::write_threshold(place.path(), {c, language::Language::parse("parity", std::nullopt), length}, existence,
                             {{{"attest", "test"}}});
    return checker::check(place.path());
}

}  // namespace

TEST_CASE("By tosses and by sums the same chances of free symbols", "[threshold]") {
    checker::Budget budget(1'000'000'000, 1'000'000'000);
    for (const auto& p : {mpq_class(1, 10), mpq_class(23, 100), mpq_class(1, 2)})
        for (const std::size_t heads : {std::size_t{1}, std::size_t{2}, std::size_t{7}})
            for (const std::size_t width : {std::size_t{1}, std::size_t{2}, std::size_t{9}}) {
                const checker::FreeSymbols sums = checker::free_symbols(width, heads, p, budget);
                const auto t = static_cast<std::int64_t>(width), h = static_cast<std::int64_t>(heads);
                CHECK(sums.at_least == threshold::chance_of_more(t, 2 * p / (1 + p), h));
                CHECK(sums.more == threshold::chance_of_more(t + 1, 2 * p / (1 + p), h));
            }
}

TEST_CASE("A bound by counting after a restriction is claimed exactly where the checker takes it", "[threshold]") {
    using threshold::Reading;
    std::size_t bounds = 0;
    for (const Reading read : {Reading::end, Reading::last})
        for (const auto& [heads, lengths] : std::vector<std::pair<std::int64_t, std::vector<std::int64_t>>>{
                 {2, {50, 54, 60}}, {20, {2709, 2710, 2711}}})
            for (const std::int64_t length : lengths) {
                const threshold::NetworkClass c = two_layers_of(heads, read);
                const auto found = threshold::bounded_after_restriction(c, length);
                const threshold::RestrictedCounting by =
                    found.value_or(threshold::RestrictedCounting{mpq_class(23, 100), 29});
                const checker::Report report = checked_restriction(c, length, by);
                CAPTURE(heads, length, report.place, report.reason);
                CHECK(report.accepted == found.has_value());
                if (!found) CHECK(report.obligation == "bound");
                bounds += found ? 1 : 0;
            }
    CHECK(bounds >= 4);
    CHECK(threshold::bounded_after_restriction(two_layers_of(20, Reading::end), 2710).has_value());
    CHECK_FALSE(threshold::bounded_after_restriction(two_layers_of(20, Reading::end), 2709).has_value());
}
