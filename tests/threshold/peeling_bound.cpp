// The proof of the bound by peeling carried out on networks that were found, and the numbers that follow from it.

#include "decide/threshold/peeling_bound.hpp"

#include <algorithm>
#include <bit>
#include <catch2/catch.hpp>
#include <map>

#include "attest/decide/threshold/synthesiser.hpp"

using namespace attest;
using namespace attest::threshold;

namespace {

NetworkClass two_layers(std::optional<std::int64_t> activations, Reading read = Reading::end) {
    NetworkClass c;
    c.layers = 2;
    c.activations = activations;
    c.read = read;
    return c;
}

Specification parity(const NetworkClass& c, std::int64_t length) {
    return {c, language::Language::parse("parity", std::nullopt), length};
}

std::int64_t first_bounded(const NetworkClass& c) {
    for (std::int64_t n = 1;; ++n)
        if (bounded_by_peeling(c, n)) return n;
}

/// What a network does on the words on which the end symbol sees one pair in the first layer. Positions from 0, the end last.
class Peeling {
  public:
    explicit Peeling(const network::Guhat& network)
        : evaluator_(network), n_(static_cast<std::size_t>(network.length)) {
        language::Word word(n_, 0);
        do run(word);
        while (language::next_word(word, network.alphabet));
        settle();
        rank();
    }

    std::size_t dimension() const { return n_ - 1; }

    /// How many neighbours are taken later.
    std::size_t later(std::size_t word) const {
        std::size_t count = 0;
        for (std::size_t p = 0; p < n_; ++p) {
            const std::size_t other = word ^ (std::size_t{1} << (n_ - 1 - p));
            if (!inside(other)) continue;
            REQUIRE(runs_[word].taken != runs_[other].taken);
            if (runs_[word].taken < runs_[other].taken) ++count;
        }
        return count;
    }

    /// What the part of a list that the word is taken from allows; the words of one colour in it.
    struct Allowed {
        std::size_t later, words;
    };
    Allowed allowed(std::size_t word) const {
        const std::size_t j = runs_[word].looks;
        if (j == n_) return {0, std::size_t{1} << dimension()};
        std::map<std::pair<std::size_t, language::Symbol>, std::size_t> sizes;  // of parts, by what is seen
        std::map<std::pair<std::size_t, language::Symbol>, network::ValueId> values;
        for (std::size_t other = 0; other < runs_.size(); ++other) {
            if (!inside(other) || symbol(other, j) != symbol(word, j)) continue;
            ++sizes[seen(other, j)];
            values[seen(other, j)] = runs_[other].values[j];
        }
        const std::size_t size = sizes[seen(word, j)], free = j == settled_ ? dimension() : dimension() - 1;
        REQUIRE(std::has_single_bit(size));
        std::size_t same = 0;
        for (const auto& [pair, count] : sizes)
            if (count > size && values[pair] == values[seen(word, j)]) ++same;
        return {free - static_cast<std::size_t>(std::countr_zero(size)) + (j == settled_ ? 0 : 1) - same,
                std::max<std::size_t>(1, size / 2)};
    }

    /// Calls with each word that was considered.
    template <typename Visit>
    void each(Visit visit) const {
        for (std::size_t word = 0; word < runs_.size(); ++word)
            if (inside(word)) visit(word);
    }
    /// What the word is taken from: pair of the order, symbol of its position, what that position sees.
    auto part(std::size_t word) const {
        const std::size_t j = runs_[word].looks;
        return std::tuple(runs_[word].taken, j == n_ ? language::Symbol{0} : symbol(word, j), seen(word, j));
    }

  private:
    struct Run {
        language::Word word;
        std::vector<std::size_t> sees;         ///< in layer 1, by position
        std::vector<network::ValueId> values;  ///< after layer 1, by position
        std::size_t looks = 0;                 ///< of the end, in layer 2
        std::size_t taken = 0;                 ///< the number of (looks, value) in its order
    };

    void run(const language::Word& word) {
        network::GuhatTrace trace;
        evaluator_.accepts(word, &trace);
        Run& r = runs_.emplace_back();
        r.word = word;
        for (std::size_t p = 0; p <= n_; ++p) {
            const std::int64_t sees = trace.attended[0][0][p];
            r.sees.push_back(sees == 0 ? p : static_cast<std::size_t>(sees - 1));
            r.values.push_back(trace.held[1][p].value_or(network::ValueId{}));
        }
        r.looks = static_cast<std::size_t>(trace.attended[1][0][n_] - 1);
    }

    /// Finds the position and the symbol that settle what the end sees.
    void settle() {
        for (settled_ = 0; settled_ < n_; ++settled_)
            for (with_ = 0; with_ < 2; ++with_)
                if (std::ranges::all_of(
                        runs_, [&](const Run& r) { return r.word[settled_] != with_ || r.sees[n_] == settled_; }))
                    return;
        FAIL("no symbol settles what the end sees");
    }

    /// Finds the order of pairs from what is looked at while what else is there.
    void rank() {
        std::map<std::pair<std::size_t, network::ValueId>, std::size_t> number;
        std::vector<std::size_t> left;
        each([&](std::size_t w) { left.push_back(w); });
        while (!left.empty()) {
            const auto first = [&](std::size_t w) {
                const std::pair pair(runs_[w].looks, runs_[w].values[runs_[w].looks]);
                return std::ranges::all_of(left, [&](std::size_t o) {
                    return runs_[o].values[pair.first] != pair.second || runs_[o].looks == pair.first;
                });
            };
            const auto at = std::ranges::find_if(left, first);
            REQUIRE(at != left.end());
            const std::pair pair(runs_[*at].looks, runs_[*at].values[runs_[*at].looks]);
            const std::size_t next = number.size();
            number[pair] = next;
            std::erase_if(left, [&](std::size_t w) {
                if (runs_[w].looks != pair.first || runs_[w].values[pair.first] != pair.second) return false;
                runs_[w].taken = next;
                return true;
            });
        }
    }

    bool inside(std::size_t word) const { return runs_[word].word[settled_] == with_; }
    language::Symbol symbol(std::size_t word, std::size_t j) const { return runs_[word].word[j]; }
    std::pair<std::size_t, language::Symbol> seen(std::size_t word, std::size_t j) const {
        const std::size_t p = runs_[word].sees[j];
        return {p, p == n_ ? language::Symbol{0} : symbol(word, p)};
    }

    network::GuhatEvaluator evaluator_;
    std::size_t n_;
    std::vector<Run> runs_;  // by word
    std::size_t settled_ = 0;
    language::Symbol with_ = 0;
};

void check_proof(std::optional<std::int64_t> activations, std::int64_t length) {
    CAPTURE(activations.value_or(0), length);
    const Existence found = threshold::search(parity(two_layers(activations), length), {}, {});
    REQUIRE(found.network);
    const Peeling peeling(*found.network);
    std::size_t pairs = 0;
    std::map<decltype(peeling.part(0)), std::size_t> taken;
    peeling.each([&](std::size_t word) {
        const std::size_t later = peeling.later(word);
        const Peeling::Allowed allowed = peeling.allowed(word);
        CHECK(later <= allowed.later);
        CHECK(++taken[peeling.part(word)] <= allowed.words);
        pairs += later;
    });
    CHECK(pairs == peeling.dimension() << (peeling.dimension() - 1));
    CHECK(static_cast<std::int64_t>(pairs) <=
          separable_pairs(static_cast<std::int64_t>(peeling.dimension()), activations));
}

}  // namespace

TEST_CASE("In networks that compute parity, words are taken as the bound by peeling says") {
    for (std::int64_t length = 4; length <= 7; ++length) check_proof(std::nullopt, length);
    for (std::int64_t length = 3; length <= 5; ++length) check_proof(2, length);
    for (std::int64_t length = 3; length <= 5; ++length) check_proof(3, length);
}

TEST_CASE("Two layers of one head are bounded by peeling at these lengths") {
    CHECK(first_bounded(two_layers(std::nullopt)) == 10);
    CHECK(first_bounded(two_layers(2)) == 8);
    for (std::int64_t a = 3; a <= 14; ++a) CHECK(first_bounded(two_layers(a)) == 10);
    CHECK(first_bounded(two_layers(std::nullopt, Reading::last)) == 11);
    CHECK(first_bounded(two_layers(2, Reading::last)) == 9);
    CHECK(separable_pairs(7, 2) == 404);
    CHECK(separable_pairs(8, std::nullopt) == 1108);
    CHECK(separable_pairs(9, std::nullopt) == 2239);
    CHECK(separable_pairs(10, std::nullopt) == 4542);
    for (std::int64_t d = 9; d <= 40; ++d) CHECK(separable_pairs(d, std::nullopt) < d << (d - 1));
    for (std::int64_t d = 2; d <= 8; ++d) CHECK(separable_pairs(d, 2) <= separable_pairs(d, std::nullopt));
}

TEST_CASE("Bounds by counting pairs are about parity and its complement, and nothing else") {
    const auto bound = [](const std::string& language, std::int64_t heads, std::int64_t layers, std::int64_t length) {
        NetworkClass c = two_layers(std::nullopt);
        c.heads = heads;
        c.layers = layers;
        const auto refuted = refute_by_bound({c, language::Language::parse(language, std::nullopt), length}, {});
        return refuted ? refuted->bound : std::nullopt;
    };
    CHECK(bound("mod:2,0", 1, 2, 12) == Bound::peeling);
    CHECK(bound("parity", 1, 2, 1000) == Bound::peeling);
    CHECK(bound("regex:(0*10*1)*0*", 1, 2, 1000) == Bound::peeling);
    CHECK_FALSE(bound("majority", 1, 2, 12));
    CHECK_FALSE(bound("mod:3,0", 1, 2, 12));
    CHECK_FALSE(bound("mod:4,1", 1, 2, 1000));
    CHECK(bound("parity", 2, 2, 46) == Bound::counting);
    CHECK_FALSE(bound("parity", 2, 2, 45));
    CHECK(bound("parity", 1, 3, 1528) == Bound::layers);
    CHECK_FALSE(bound("first", 1, 3, 1528));
    NetworkClass masked = two_layers(std::nullopt);
    masked.mask = Mask::strict;
    CHECK(bounded_by_peeling(masked, 12));
}

TEST_CASE("The least length at which a bound applies is asked up to a length, however far it is") {
    const auto least = [](std::int64_t heads, std::int64_t from, std::int64_t to) {
        NetworkClass c = two_layers(std::nullopt);
        c.heads = heads;
        return least_bounded_length(parity(c, from), to, {});
    };
    CHECK(least(1, 1, 100) == 10);
    CHECK_FALSE(least(1, 9, 9));
    CHECK(least(1, 700, 900) == 700);
    CHECK(least(2, 1, 1'000'000) == 46);
    CHECK_FALSE(least(2, 1, 45));
    CHECK(least(3, 20, 500) == 96);
}
