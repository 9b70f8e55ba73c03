#include <algorithm>
#include <bit>
#include <catch2/catch.hpp>

#include "attest/base/file.hpp"
#include "attest/decide/threshold/synthesiser.hpp"
#include "certify/threshold_certificate.hpp"
#include "checker/checker.hpp"
#include "checker/classes/peeling_list.hpp"
#include "decide/threshold/counting_bound.hpp"
#include "decide/threshold/layers_bound.hpp"
#include "decide/threshold/peeling_bound.hpp"

// The search counts words by formulas, the checker by going through them; what the one claims the other must take, and
// nothing else.

using namespace attest;

namespace {

std::vector<std::int64_t> by_checker(std::int64_t symbols, bool own, std::int64_t price, std::int64_t limit) {
    checker::Budget budget(1'000'000'000, 1'000'000'000);
    return checker::ListValues(static_cast<std::size_t>(symbols), own ? 1 : 0, budget)
        .most_beyond(price, static_cast<std::size_t>(limit), budget);
}

checker::Report check_bound(const threshold::NetworkClass& c, const char* language, std::int64_t length,
                            threshold::Bound by, const threshold::RestrictedLayers& layers = {}) {
    const threshold::Specification s{c, language::Language::parse(language, std::nullopt), length};
    threshold::Existence existence;
    existence.answer = verdict::Answer::fails;
    existence.bound = by;
    existence.layers = layers;
    const base::DirectoryInProgress place;
    certify::write_threshold(place.path(), s, existence, {{{"attest", "test"}}});
    return checker::check(place.path());
}

threshold::NetworkClass class_of(std::int64_t layers, std::int64_t heads, std::optional<std::int64_t> activations,
                                 threshold::Reading read) {
    threshold::NetworkClass c;
    c.layers = layers;
    c.heads = heads;
    c.activations = activations;
    c.read = read;
    return c;
}

}  // namespace

TEST_CASE("What one list adds is the most over all ways to take words from its parts", "[threshold]") {
    for (std::int64_t symbols = 1; symbols <= 7; ++symbols)
        for (const bool own : {false, true})
            for (std::int64_t price = 0; price <= symbols; ++price) {
                CAPTURE(symbols, own, price);
                const std::int64_t limit = std::int64_t{1} << symbols;
                CHECK(threshold::most_of_list(symbols, own, price, limit) == by_checker(symbols, own, price, limit));
            }
}

TEST_CASE("A bound by peeling or counting is claimed exactly where the checker takes it", "[threshold]") {
    using threshold::Bound;
    std::size_t bounds = 0;
    for (const std::optional<std::int64_t> activations :
         {std::optional<std::int64_t>(), std::optional<std::int64_t>(2), std::optional<std::int64_t>(3)})
        for (const std::int64_t length : {4, 7, 8, 9, 10, 11, 12, 13, 14, 15, 46, 47, 1000})
            for (const threshold::Reading read : {threshold::Reading::end, threshold::Reading::last})
                for (const std::int64_t heads : {1, 2}) {
                    const threshold::NetworkClass c = class_of(2, heads, activations, read);
                    for (const Bound by : {Bound::peeling, Bound::counting}) {
                        const bool bound = by == Bound::peeling ? threshold::bounded_by_peeling(c, length)
                                                                : threshold::bounded_by_counting(c, length);
                        const checker::Report report = check_bound(c, "parity", length, by);
                        INFO("length " << length << ", " << describe(c) << ": " << report.place << ": "
                                       << report.reason);
                        CHECK(report.accepted == bound);
                        if (!bound) CHECK(report.obligation == "bound");
                        CHECK_FALSE(check_bound(c, "mod:3,1", length, by).accepted);
                        bounds += bound ? 1 : 0;
                    }
                }
    CHECK(bounds > 20);
}

TEST_CASE("The checker takes stages of restrictions exactly where the search does", "[threshold]") {
    const threshold::NetworkClass c = class_of(3, 1, std::nullopt, threshold::Reading::end);
    const auto found = threshold::bounded_by_layers(c, 1528, {});
    REQUIRE(found);
    std::size_t taken = 0;
    for (const std::int64_t length : {1300, 1500, 1528, 1600})
        for (const int width : {-1, 0, 1})
            for (const int free : {-3, 0, 3})
                for (const std::size_t stage : {std::size_t{0}, std::size_t{1}}) {
                    threshold::RestrictedLayers stages = *found;
                    stages.stages[stage].width += width;
                    stages.stages[stage].free += free;
                    const bool bound = threshold::restricts_layers(c, length, stages);
                    const checker::Report report = check_bound(c, "mod:2,0", length, threshold::Bound::layers, stages);
                    INFO("length " << length << ": " << report.place << ": " << report.reason);
                    CHECK(report.accepted == bound);
                    if (!bound) CHECK(report.obligation == "bound");
                    taken += bound ? 1 : 0;
                }
    CHECK(taken >= 3);
}

TEST_CASE("The searches find stages for more layers and heads, which the checker takes", "[threshold]") {
    for (const auto& [layers, heads, length] :
         {std::tuple(2, 3, 400), std::tuple(3, 3, 30'000), std::tuple(4, 1, 700'000)}) {
        const threshold::NetworkClass c = class_of(layers, heads, std::nullopt, threshold::Reading::last);
        const auto found = threshold::bounded_by_layers(c, length, {});
        CAPTURE(layers, heads, length);
        REQUIRE(found);
        const checker::Report report = check_bound(c, "parity", length, threshold::Bound::layers, *found);
        INFO(report.place << ": " << report.reason);
        CHECK(report.accepted);
    }
}
