// The lemma of section 9.11 on random lists of terms, all restrictions being gone through, and the numbers that follow.

#include "decide/threshold/layers_bound.hpp"

#include <bit>
#include <catch2/catch.hpp>
#include <random>

#include "seed.hpp"
#include "trials.hpp"

using namespace attest;
using namespace attest::threshold;

namespace {

NetworkClass class_of(std::int64_t layers, std::int64_t heads, Reading read = Reading::end) {
    NetworkClass c;
    c.layers = layers;
    c.heads = heads;
    c.read = read;
    return c;
}

/// A conjunction of literals: the variables of `care` have the symbols of `want`.
struct Term {
    unsigned care = 0, want = 0;
};

/// Each word makes some term true: the last one is empty.
std::vector<Term> random_list(unsigned variables, unsigned width, std::mt19937_64& random) {
    std::vector<Term> list;
    for (unsigned k = 0; k < 6 + random() % 6; ++k) {
        Term term;
        for (unsigned l = 0; l < width; ++l) term.care |= 1U << (random() % variables);
        term.want = static_cast<unsigned>(random()) & term.care;
        list.push_back(term);
    }
    list.push_back({});
    return list;
}

/// How deep the canonical tree is: what is known are the variables of `known`, with the symbols of `value`.
unsigned depth(const std::vector<std::vector<Term>>& lists, std::size_t list, unsigned known, unsigned value) {
    while (list < lists.size()) {
        for (const Term& term : lists[list]) {
            if (((value ^ term.want) & term.care & known) != 0) continue;
            const unsigned asked = term.care & ~known;
            if (asked == 0) break;
            unsigned most = 0;
            for (unsigned answers = asked;; answers = (answers - 1) & asked) {
                const bool true_now = answers == (term.want & asked);
                most = std::max(most, depth(lists, true_now ? list + 1 : list, known | asked, value | answers));
                if (answers == 0) break;
            }
            return most + static_cast<unsigned>(std::popcount(asked));
        }
        ++list;
    }
    return 0;
}

mpz_class choose(unsigned n, unsigned k) {
    mpz_class c;
    mpz_bin_uiui(c.get_mpz_t(), n, k);
    return c;
}

}  // namespace

TEST_CASE("No more restrictions leave a deep tree than there are codes") {
    const std::uint64_t seed = tests::seed();
    std::mt19937_64 random(seed);
    for (std::uint64_t k = 0; k < tests::trials(150); ++k) {
        const unsigned n = 4 + static_cast<unsigned>(random() % 4), width = 1 + static_cast<unsigned>(random() % 3),
                       heads = 1 + static_cast<unsigned>(random() % 2);
        INFO("seed " << seed << ", lists " << k << ": " << n << " variables, width " << width);
        std::vector<std::vector<Term>> lists;
        for (unsigned h = 0; h <= heads; ++h) lists.push_back(random_list(n, width, random));
        std::vector<std::vector<unsigned>> deep(n + 1, std::vector<unsigned>(n + 2, 0));  // [free][depth at least]
        for (unsigned known = 0; known < 1U << n; ++known)
            for (unsigned value = known;; value = (value - 1) & known) {
                const unsigned d = depth(lists, 0, known, value);
                for (unsigned s = 1; s <= d; ++s) ++deep[n - static_cast<unsigned>(std::popcount(known))][s];
                if (value == 0) break;
            }
        for (unsigned m = 1; m <= n; ++m)
            for (unsigned s = 1; s <= m; ++s)
                CHECK(mpz_class(deep[m][s]) <=
                      path_codes(s, width, heads) * choose(n, m - s) * (mpz_class(1) << (n - m + s)));
    }
}

TEST_CASE("Layers are bounded by restriction at these lengths") {
    CHECK(bounded_by_layers(class_of(3, 1), 1528, {}));
    CHECK_FALSE(bounded_by_layers(class_of(3, 1), 1400, {}));
    CHECK(bounded_by_layers(class_of(3, 1, Reading::last), 1529, {}));
    CHECK(bounded_by_layers(class_of(3, 2), 10'882, {}));
    CHECK_FALSE(bounded_by_layers(class_of(1, 1), 1528, {}));
    CHECK_FALSE(bounded_by_layers(class_of(3, 1), 1, {}));
}

TEST_CASE("Stages that are a little better than they can be say nothing") {
    const auto found = bounded_by_layers(class_of(3, 1), 1528, {});
    REQUIRE(found);
    REQUIRE(found->stages.size() == 2);
    CHECK(restricts_layers(class_of(3, 1), 1528, *found));
    CHECK_FALSE(restricts_layers(class_of(3, 1), 1000, *found));
    CHECK_FALSE(restricts_layers(class_of(2, 1), 1528, *found));
    CHECK_FALSE(restricts_layers(class_of(3, 2), 1528, *found));
    RestrictedLayers other = *found;
    other.stages[0].width -= 1;
    CHECK_FALSE(restricts_layers(class_of(3, 1), 1528, other));
    other = *found;
    other.stages[1].width -= 1;
    CHECK_FALSE(restricts_layers(class_of(3, 1), 1528, other));
    other = *found;
    other.stages[1].free = other.stages[1].width;
    CHECK_FALSE(restricts_layers(class_of(3, 1), 1528, other));
    other = *found;
    other.probability = 1;
    CHECK_FALSE(restricts_layers(class_of(3, 1), 1528, other));
}
