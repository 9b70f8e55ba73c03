#include "decide/threshold/peeling_bound.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "attest/base/file.hpp"
#include "certify/threshold_certificate.hpp"
#include "checker/checker.hpp"
#include "checker/classes/peeling_list.hpp"

// The search tabulates by the number of parts, the checker goes through all sets of parts.

using namespace attest;

namespace {

/// G_l of FORMAT.md 9.9.1 by its definition: any number of words of each part, and the last word or not.
class ByDefinition {
  public:
    ByDefinition(std::int64_t symbols, bool own, std::int64_t price) : d_(symbols), x_(own ? 1 : 0), price_(price) {}

    std::int64_t most(std::int64_t limit) const {
        return std::max(from(1, 0, limit), limit > 0 ? d_ - 1 + x_ - price_ + from(1, 0, limit - 1) : 0);
    }

  private:
    /// Of the parts from r on, `before` parts being taken from already.
    std::int64_t from(std::int64_t r, std::int64_t before, std::int64_t limit) const {
        if (r > d_) return 0;
        std::int64_t best = from(r + 1, before, limit);
        const std::int64_t words = r < d_ ? std::int64_t{1} << (d_ - r - 1) : 1;
        for (std::int64_t t = 1; t <= std::min(words, limit); ++t)
            best = std::max(best, t * (r + x_ - before - price_) + from(r + 1, before + 1, limit - t));
        return best;
    }

    std::int64_t d_, x_, price_;
};

std::vector<std::int64_t> by_checker(std::int64_t symbols, bool own, std::int64_t price, std::size_t limit) {
    checker::Budget budget(1'000'000'000, 1'000'000'000);
    std::vector<std::int64_t> most = checker::most_beyond(
        checker::neighbours_by_words(static_cast<std::size_t>(symbols), own, 1, true, budget), price);
    most.resize(limit + 1, most.back());
    return most;
}

}  // namespace

TEST_CASE("What one list adds is the most over all ways to take words from its parts", "[threshold]") {
    for (std::int64_t symbols = 2; symbols <= 6; ++symbols)
        for (const bool own : {false, true})
            for (std::int64_t price = 0; price <= symbols; ++price) {
                CAPTURE(symbols, own, price);
                const std::int64_t limit = (std::int64_t{1} << (symbols - 1)) + 3;
                std::vector<std::int64_t> most;
                for (std::int64_t l = 0; l <= limit; ++l) most.push_back(ByDefinition(symbols, own, price).most(l));
                CHECK(threshold::most_of_list(symbols, own, price, limit) == most);
                CHECK(by_checker(symbols, own, price, static_cast<std::size_t>(limit)) == most);
            }
    // Thirteen of the sixteen words of the first part and all of the third on; whole parts come to 55.
    CHECK(threshold::most_of_list(6, true, 0, 22).back() == 56);
    CHECK(by_checker(6, true, 0, 32)[22] == 56);
    for (const std::int64_t symbols : {7, 8, 9, 10, 11})
        for (std::int64_t price = 0; price <= symbols; ++price) {
            const std::int64_t limit = std::int64_t{1} << symbols;
            CHECK(threshold::most_of_list(symbols, true, price, limit) ==
                  by_checker(symbols, true, price, static_cast<std::size_t>(limit)));
        }
}

TEST_CASE("A bound by peeling is claimed exactly where the checker takes it", "[threshold]") {
    std::size_t bounds = 0;
    for (const std::optional<std::int64_t> activations :
         {std::optional<std::int64_t>(), std::optional<std::int64_t>(2), std::optional<std::int64_t>(3),
          std::optional<std::int64_t>(5)})
        for (std::int64_t length = 4; length <= 14; ++length)
            for (const threshold::Reading read : {threshold::Reading::end, threshold::Reading::last})
                for (const char* const language : {"parity", "majority"}) {
                    threshold::NetworkClass c;
                    c.layers = 2;
                    c.activations = activations;
                    c.read = read;
                    const threshold::Specification s{c, language::Language::parse(language, std::nullopt), length};
                    const bool bound = threshold::bounded_by_peeling(s, {});
                    threshold::Existence existence;
                    existence.answer = verdict::Answer::fails;
                    existence.bound = threshold::Bound::peeling;
                    const base::DirectoryInProgress place;
                    certify::write_threshold(place.path(), s, existence, {{{"attest", "test"}}});
                    const checker::Report report = checker::check(place.path());
                    INFO(language << " at " << length << ", " << describe(c) << ": " << report.place << ": "
                                  << report.reason);
                    CHECK(report.accepted == bound);
                    if (!bound) CHECK(report.obligation == "bound");
                    bounds += bound ? 1 : 0;
                }
    CHECK(bounds > 20);
}
