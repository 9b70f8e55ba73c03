// One layer, read at the end symbol: every network of a class, by every way in which one head can rank what it sees.

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "attest/decide/threshold/synthesiser.hpp"
#include "decide/threshold/npn.hpp"
#include "random_network.hpp"

using namespace attest;
using namespace attest::threshold;

namespace {

/// By word, 0…0 first: the pair (2 · position + symbol) that a head chooses.
using View = std::vector<std::size_t>;

/// Ranks of the 2N pairs, ties to the left; from least to greatest where the sign is negative.
View view(const std::vector<std::size_t>& ranks, std::size_t length) {
    View chosen;
    for (std::size_t x = 0; x < std::size_t{1} << length; ++x) {
        std::size_t best = 0;
        for (std::size_t j = 0; j < length; ++j) {
            const std::size_t pair = 2 * j + (x >> (length - 1 - j) & 1);
            if (j == 0 || ranks[pair] > ranks[best]) best = pair;
        }
        chosen.push_back(best);
    }
    return chosen;
}

/// All views of a head with any attention function, which over all orders are those of one number a key, too: at one
/// layer only the reader asks.
std::set<View> views(std::size_t length) {
    std::vector<std::size_t> ranks;
    for (std::size_t k = 0; k < 2 * length; ++k) ranks.push_back(k);
    std::set<View> all;
    do all.insert(view(ranks, length));
    while (std::next_permutation(ranks.begin(), ranks.end()));
    return all;
}

/// The functions, as bits by word, that depend only on what these views show.
void functions_of(const std::vector<const View*>& views, std::set<std::size_t>& functions) {
    std::map<std::vector<std::size_t>, std::size_t> cells;  // what is seen → words
    for (std::size_t x = 0; x < views[0]->size(); ++x) {
        std::vector<std::size_t> seen;
        for (const View* v : views) seen.push_back((*v)[x]);
        cells[seen] |= std::size_t{1} << x;
    }
    std::vector<std::size_t> all{0};
    for (const auto& [seen, words] : cells)
        for (std::size_t k = all.size(); k-- > 0;) all.push_back(all[k] | words);
    functions.insert(all.begin(), all.end());
}

std::set<std::size_t> functions(std::size_t heads, std::size_t length) {
    const std::set<View> of_one = views(length);
    std::set<std::size_t> all;
    for (const View& one : of_one) {
        if (heads == 1) functions_of({&one}, all);
        for (const View& two : of_one)
            if (heads == 2) functions_of({&one, &two}, all);
    }
    return all;
}

void compare(std::size_t heads, std::size_t length, bool key_dimension_one) {
    const std::set<std::size_t> computed = functions(heads, length);
    const std::size_t words = std::size_t{1} << length;
    for (std::size_t f = 0; f < std::size_t{1} << words; ++f) {
        std::vector<bool> accepts;
        for (std::size_t x = 0; x < words; ++x) accepts.push_back(f >> x & 1);
        NetworkClass c;
        c.heads = static_cast<std::int64_t>(heads);
        c.key_dimension_one = key_dimension_one;
        SynthesisOptions options;
        options.proof = false;
        const auto answer =
            threshold::search({c, tests::table_language(accepts), static_cast<std::int64_t>(length)}, options, {})
                .answer;
        CAPTURE(heads, length, f, key_dimension_one);
        CHECK(answer == (computed.count(f) > 0 ? verdict::Answer::holds : verdict::Answer::fails));
    }
}

}  // namespace

TEST_CASE("All functions of two and three symbols: the search agrees with all networks of one layer") {
    compare(1, 2, false);
    compare(2, 2, false);
    compare(1, 3, false);
    compare(2, 3, false);
}

TEST_CASE("One number a key is as good as any attention where only one position asks") {
    compare(1, 2, true);
    compare(2, 2, true);
    compare(1, 3, true);
}

TEST_CASE("Functions up to permutations and complements: 4 and 14 and 222 classes, which need equally many heads") {
    const std::map<unsigned, std::size_t> classes{{2, 4}, {3, 14}, {4, 222}};
    for (const auto& [inputs, count] : classes) {
        CHECK(npn_classes(inputs).size() == count);
        std::size_t sum = 0;
        for (const NpnClass& c : npn_classes(inputs)) sum += c.size;
        CHECK(sum == std::size_t{1} << (1U << inputs));
    }
    for (const std::size_t heads : {1U, 2U}) {
        const std::set<std::size_t> computed = functions(heads, 3);
        std::size_t sum = 0;
        for (const NpnClass& c : npn_classes(3))
            if (computed.count(c.table) > 0) sum += c.size;
        CHECK(sum == computed.size());
    }
}
