// The proof of the bound for key dimension 1 carried out: on networks that are drawn, and on all of one layer and head.

#include "decide/threshold/restriction_bound.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "attest/language/alphabet.hpp"
#include "random_network.hpp"
#include "seed.hpp"

using namespace attest;
using namespace attest::threshold;

namespace {

const language::Alphabet bits({"0", "1"});

NetworkClass key_dimension_one(std::int64_t layers, std::int64_t heads) {
    NetworkClass c;
    c.layers = layers;
    c.heads = heads;
    c.key_dimension_one = true;
    return c;
}

/// Symbols fixed at some positions, from 0.
struct Fixed {
    explicit Fixed(std::size_t length) : symbols(length) {}

    std::vector<std::optional<language::Symbol>> symbols;

    std::int64_t count() const {
        return std::count_if(symbols.begin(), symbols.end(), [](const auto& s) { return s.has_value(); });
    }
    bool allows(std::size_t j, language::Symbol a) const { return !symbols[j] || *symbols[j] == a; }
    language::Word word() const {
        language::Word word;
        for (const auto& s : symbols) word.push_back(s.value_or(0));
        return word;
    }
    std::vector<language::Word> words() const {
        std::vector<language::Word> all;
        language::Word word(symbols.size(), 0);
        do {
            bool allowed = true;
            for (std::size_t j = 0; j < word.size(); ++j) allowed = allowed && allows(j, word[j]);
            if (allowed) all.push_back(word);
        } while (language::next_word(word, bits));
        return all;
    }
};

class Adversary {
  public:
    Adversary(const NetworkClass& c, const tests::RandomNetwork& network, std::size_t length)
        : class_(c), network_(network), fixed_(length) {}

    Fixed run() {
        if (class_.read == Reading::last) fixed_.symbols.back() = 1;
        if (class_.layers > 1) fix(0, 0);
        for (std::int64_t l = 1; l <= class_.layers; ++l)
            for (std::uint64_t h = 0; h < static_cast<std::uint64_t>(class_.heads); ++h) settle(l, h);
        return fixed_;
    }

  private:
    void fix(std::size_t j, language::Symbol a) {
        if (j < fixed_.symbols.size()) fixed_.symbols[j] = fixed_.symbols[j].value_or(a);
    }

    void settle(std::int64_t l, std::uint64_t h) {
        if (l < class_.layers) {
            fix_extreme(l, h, 1);
            fix_extreme(l, h, -1);
            return;
        }
        const std::vector<std::uint64_t> held = network_.held_after(l - 1, fixed_.word());
        const std::int64_t sign = network_.sign(static_cast<std::uint64_t>(l), h, held.size() - 1, held.back());
        if (sign == 0) fix(0, 0);
        else fix_extreme(l, h, sign);
    }

    /// Makes sure that a query of this sign finds the same on all words that remain.
    void fix_extreme(std::int64_t l, std::uint64_t h, std::int64_t sign) {
        struct Best {
            std::int64_t score;
            std::size_t position;
            language::Symbol symbol;
        };
        std::optional<Best> best;
        const std::size_t positions = fixed_.symbols.size() + (class_.read == Reading::end ? 1 : 0);
        for (std::size_t j = 0; j < positions; ++j)
            for (const language::Symbol a : {0U, 1U}) {
                language::Word word = fixed_.word();
                if (j < word.size() && !fixed_.allows(j, a)) continue;
                if (j < word.size()) word[j] = a;
                const std::int64_t score =
                    sign * network_.number(static_cast<std::uint64_t>(l), h, j, network_.held_after(l - 1, word)[j]);
                if (!best || score > best->score) best = Best{score, j, a};
            }
        fix(best->position, best->symbol);
    }

    const NetworkClass class_;
    const tests::RandomNetwork& network_;
    Fixed fixed_;
};

/// Ranks 0 … items − 1 in all ways, ties included; some orders come more than once.
bool next_ranks(std::vector<std::size_t>& ranks) {
    for (std::size_t& r : ranks) {
        if (++r < ranks.size()) return true;
        r = 0;
    }
    return false;
}

/// The leftmost of N positions and the end marker, whose rank stands last, that is first by the sign.
std::size_t found(const std::vector<std::size_t>& ranks, const language::Word& word, std::int64_t sign) {
    std::size_t best = 0;
    const auto rank = [&](std::size_t j) { return j < word.size() ? ranks[2 * j + word[j]] : ranks.back(); };
    for (std::size_t j = 1; j <= word.size(); ++j)
        if (sign > 0 ? rank(j) > rank(best) : sign < 0 && rank(j) < rank(best)) best = j;
    return best < word.size() ? 2 * best + word[best] : 2 * word.size();
}

}  // namespace

TEST_CASE("Key dimension 1: the symbols of the proof settle networks that are drawn") {
    const std::uint64_t seed = tests::seed();
    INFO("ATTEST_TEST_SEED=" << seed);
    std::size_t settled = 0;
    for (std::uint64_t k = 0; k < 400; ++k) {
        NetworkClass c =
            key_dimension_one(1 + static_cast<std::int64_t>(k % 3), 1 + static_cast<std::int64_t>(k / 3 % 2));
        if (k / 6 % 2) c.activations = 2 + static_cast<std::int64_t>(k / 12 % 2);
        if (k / 24 % 2) c.read = Reading::last;
        const tests::RandomNetwork network(c, seed + k);
        const Fixed fixed = Adversary(c, network, 8).run();
        CAPTURE(k, describe(c));
        REQUIRE(fixed.count() <= *symbols_that_settle(c) + (c.read == Reading::last ? 1 : 0));
        const std::vector<language::Word> words = fixed.words();
        settled += words.size() > 1 ? 1 : 0;
        for (const language::Word& word : words)
            REQUIRE(network.held_after(c.layers, word).back() == network.held_after(c.layers, words[0]).back());
    }
    CHECK(settled > 200);
}

TEST_CASE("Key dimension 1: what a drawn network computes is never bounded away") {
    const std::uint64_t seed = tests::seed();
    INFO("ATTEST_TEST_SEED=" << seed);
    for (std::uint64_t k = 0; k < 400; ++k) {
        NetworkClass c =
            key_dimension_one(1 + static_cast<std::int64_t>(k % 2), 1 + static_cast<std::int64_t>(k / 2 % 2));
        if (k / 4 % 2) c.activations = 2;
        if (k / 8 % 2) c.read = Reading::last;
        const std::int64_t length = 6 + static_cast<std::int64_t>(k % 4);
        const Specification s{c, tests::RandomNetwork(c, seed + k).language(length), length};
        CAPTURE(k, describe(c), s.language.name());
        CHECK_FALSE(bounded_by_restriction(s, {}));
    }
}

TEST_CASE("Key dimension 1: one symbol settles any single head, by all ways to rank what it can see") {
    for (std::size_t length = 1; length <= 2; ++length) {
        std::vector<std::size_t> ranks(2 * length + 1, 0);
        do {
            for (const std::int64_t sign : {1, -1, 0}) {
                bool settled = false;
                for (std::size_t j = 0; j < length && !settled; ++j)
                    for (const language::Symbol a : {0U, 1U}) {
                        Fixed one(length);
                        one.symbols[j] = a;
                        const auto words = one.words();
                        settled = settled || std::all_of(words.begin(), words.end(), [&](const language::Word& w) {
                                      return found(ranks, w, sign) == found(ranks, words[0], sign);
                                  });
                    }
                REQUIRE(settled);
            }
        } while (next_ranks(ranks));
    }
}

TEST_CASE("Key dimension 1: parity ends where symbols can be fixed, whatever the activations") {
    const language::Language parity = language::Language::parse("parity", std::nullopt);
    for (std::int64_t layers = 2; layers <= 3; ++layers)
        for (std::int64_t heads = 1; heads <= 2; ++heads)
            for (const Reading read : {Reading::end, Reading::last}) {
                NetworkClass c = key_dimension_one(layers, heads);
                c.read = read;
                const std::int64_t settled = *symbols_that_settle(c), most = settled + (read == Reading::last ? 1 : 0);
                CHECK(settled == (2 * layers - 1) * heads + 1);
                CHECK_FALSE(bounded_by_restriction({c, parity, most}, {}));
                CHECK(bounded_by_restriction({c, parity, most + 1}, {}));
                c.mask = Mask::strict;
                CHECK_FALSE(bounded_by_restriction({c, parity, most + 1}, {}));
                c.mask = Mask::none;
                c.key_dimension_one = false;
                CHECK_FALSE(bounded_by_restriction({c, parity, most + 1}, {}));
            }
}
