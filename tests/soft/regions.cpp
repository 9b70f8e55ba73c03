#include <catch2/catch.hpp>
#include <cmath>
#include <tuple>

#include "attest/base/error.hpp"
#include "attest/exact/activation.hpp"
#include "attest/formats/file.hpp"
#include "attest/soft/evaluate.hpp"
#include "attest/soft/words.hpp"
#include "checker/soft/curve_line.hpp"
#include "checker/soft/region_bounds.hpp"
#include "random_soft_model.hpp"
#include "seed.hpp"
#include "soft/curve.hpp"
#include "soft/region_scores.hpp"
#include "trials.hpp"

// Bounds over many words, ours and the checker's, against each of the words in balls, and of activations against these; that
// regions fall into regions.

namespace attest::soft {

namespace {

/// Words with an even number of the last symbol, or an odd one.
Side parity_of_last(std::size_t symbols, bool even) {
    Side side{0, {{}, {}}, {even, !even}};
    for (std::uint32_t q = 0; q < 2; ++q)
        for (std::size_t s = 0; s < symbols; ++s) side.next[q].push_back(s + 1 == symbols ? 1 - q : q);
    return side;
}

bool is_in(const Region& region, const language::Word& word, std::size_t symbols) {
    for (const Region::Segment& segment : region.segments) {
        std::vector<std::uint32_t> counts(symbols, 0);
        for (std::uint32_t p = segment.first; p < segment.last; ++p) ++counts[word[p]];
        if (!segment.counts.empty() && counts != segment.counts) return false;
    }
    return true;
}

bool is_even(const language::Word& word, std::size_t symbols) {
    return std::count(word.begin(), word.end(), static_cast<language::Symbol>(symbols - 1)) % 2 == 0;
}

/// A region that comes of all words by a few splits at random; nothing if one of these has no words.
Region random_region(base::Random& random, std::uint32_t length, std::size_t symbols) {
    Region region = Region::all(length);
    for (std::uint64_t k = random.below(5); k-- > 0;) {
        std::vector<std::size_t> open;
        for (std::size_t s = 0; s < region.segments.size(); ++s)
            if (!region.segments[s].is_settled()) open.push_back(s);
        if (open.empty()) break;
        const std::vector<Region> parts = region.split(open[random.below(open.size())], symbols);
        region = parts[random.below(parts.size())];
    }
    return region;
}

checker::WordRegion of_checker(const Region& region) {
    checker::WordRegion result;
    for (const Region::Segment& s : region.segments)
        result.push_back({s.first, s.last, {s.counts.begin(), s.counts.end()}});
    return result;
}

checker::Automaton of_checker(const Side& side, std::size_t symbols) {
    return {symbols, side.start, side.wanted, side.next};
}

/// How many words were looked at; bounds hold all of them.
std::uint64_t compare(const network::Transformer& t, std::int64_t length, base::Random& random) {
    checker::Budget budget(UINT64_MAX / 4, UINT64_MAX / 4);
    const checker::Model model = checker::read_model(
        formats::write_model(t), "model.json", [](const std::string&) { return std::string_view(); }, budget);
    const checker::SoftInstance instance = instantiate(model, static_cast<std::size_t>(length), 128, budget);
    const checker::RegionModel theirs(instance, budget);
    const RegionScores ours(t, length);
    const Evaluator evaluator(t, length, 128);
    const std::size_t symbols = t.alphabet.size();
    std::uint64_t looked_at = 0;
    for (int k = 0; k < 4; ++k) {
        const Region region = random_region(random, static_cast<std::uint32_t>(length), symbols);
        const bool even = random.chance(1, 2);
        const Side side = parity_of_last(symbols, even);
        const Paths paths(region, side, symbols);
        const checker::WordGraph graph = graph_of(of_checker(region), of_checker(side, symbols), true, budget);
        CHECK(graph.is_empty == paths.empty());
        double words = 0;
        std::optional<RegionScore> bounds;
        std::optional<std::pair<double, double>> others;
        if (!paths.empty()) bounds = ours.score(paths), others = theirs.bounds(graph, budget);
        language::Word word(static_cast<std::size_t>(length), 0);
        do {
            if (!is_in(region, word, symbols) || is_even(word, symbols) != even) continue;
            ++words;
            REQUIRE(bounds);
            const exact::Interval score = to_interval(evaluator.score(word));
            CAPTURE(t.alphabet.spell(word), score.lo, score.hi, bounds->score.lo, bounds->score.hi);
            CHECK(bounds->score.lo <= score.hi);
            CHECK(bounds->score.hi >= score.lo);
            if (!others) continue;
            CAPTURE(others->first, others->second);
            CHECK(others->first <= score.hi);
            CHECK(others->second >= score.lo);
        } while (language::next_word(word, t.alphabet));
        CHECK(words == paths.words());
        looked_at += static_cast<std::uint64_t>(words);
        if (words == 1 && bounds->score.is_finite()) {
            CHECK(bounds->score.width() < 1e-5 * (1 + bounds->score.magnitude()));
            CHECK(others);
        }
    }
    return looked_at;
}

}  // namespace

TEST_CASE("bounds over a region hold the scores of all its words, ours and the checker's") {
    base::Random random(tests::seed());
    INFO("seed " << tests::seed());
    std::uint64_t words = 0;
    int curves = 0;
    for (std::uint64_t k = 0; k < tests::trials(120); ++k) {
        network::Transformer t = tests::random_soft_model(random);
        using Kind = exact::Activation::Kind;
        const Kind kinds[] = {Kind::relu, Kind::leaky_relu, Kind::gelu,   Kind::gelu_tanh,
                              Kind::silu, Kind::tanh,       Kind::sigmoid};
        for (network::Layer& layer : t.layers)
            if (layer.feedforward && random.chance(2, 3)) {
                layer.feedforward->activation = {kinds[random.below(std::size(kinds))], exact::Rational(1, 4)};
                curves += layer.feedforward->activation.kind != Kind::relu ? 1 : 0;
            }
        if (!supports_regions(t)) continue;
        CAPTURE(k, formats::write_model(t));
        try {
            words += compare(t, t.alphabet.size() > 2 ? 4 : 6, random);
        } catch (const base::InputError&) {  // a norm of a vector without variance
        }
    }
    CHECK(words > 200);
    CHECK(curves > 10);
}

TEST_CASE("a line next to an activation is as near to it as it says, ours and the checker's") {
    base::Random random(tests::seed());
    INFO("seed " << tests::seed());
    using Kind = exact::Activation::Kind;
    using Theirs = checker::ActivationFunction;
    for (const auto& [kind, theirs, fine] :
         {std::tuple{Kind::relu, Theirs::relu, 0.2}, std::tuple{Kind::leaky_relu, Theirs::leaky_relu, 0.2},
          std::tuple{Kind::gelu, Theirs::gelu, 0.06}, std::tuple{Kind::gelu_tanh, Theirs::gelu_tanh, 0.06},
          std::tuple{Kind::silu, Theirs::silu, 0.05}, std::tuple{Kind::tanh, Theirs::tanh, 0.06},
          std::tuple{Kind::sigmoid, Theirs::sigmoid, 0.01}}) {
        network::FeedForward part;
        part.activation = {kind, exact::Rational(1, 4)};
        const words::FeedForward in_doubles(part);
        for (int k = 0; k < 200; ++k) {
            const double size = std::ldexp(1.0, static_cast<int>(random.below(14)) - 8);
            const auto number = [&] { return size * (static_cast<double>(random.below(2001)) - 1000) / 1000; };
            double lo = number(), hi = number();
            if (lo > hi) std::swap(lo, hi);
            const double at = random.chance(1, 2) ? number() : lo / 2 + hi / 2;
            const Line ours = line_of_curve(in_doubles, at, lo, hi);
            const checker::NearLine other = checker::line_of_activation(theirs, {0.25, 0}, at, lo, hi);
            CAPTURE(static_cast<int>(kind), lo, hi, at);
            for (int j = 0; j <= 37; ++j) {
                const double x = std::min(hi, lo + (hi - lo) * j / 37);
                const exact::Ball y = exact::activate(part.activation, exact::Ball(exact::Rational(x), 128));
                const double lost = 0x1p-50 * (std::abs(x) + std::abs(at));  // here
                CHECK(std::abs(y.middle() - (ours.value + ours.slope * (x - at))) <= ours.error + lost);
                CHECK(std::abs(y.middle() - (other.value + other.slope * (x - at))) <= other.error + lost);
                CHECK(std::abs(activate(in_doubles, x).value - y.middle()) <= 0x1p-46 * (std::abs(x) + 1));
            }
            if (hi - lo > 1) continue;
            CHECK(ours.error <= fine + 1e-12);
            CHECK(other.error <= fine + 1e-12);
        }
    }
}

TEST_CASE("each word of a region is in one of those that it falls into, for us and for the checker") {
    base::Random random(tests::seed());
    INFO("seed " << tests::seed());
    checker::Budget budget(UINT64_MAX / 4, UINT64_MAX / 4);
    for (int k = 0; k < 40; ++k) {
        const std::size_t symbols = 2 + random.below(2);
        const language::Alphabet alphabet(symbols == 2 ? std::vector<std::string>{"a", "b"}
                                                       : std::vector<std::string>{"a", "b", "c"});
        const Region region = random_region(random, 5, symbols);
        for (std::size_t s = 0; s < region.segments.size(); ++s) {
            if (region.segments[s].is_settled()) {
                CHECK_THROWS_AS(split_region(of_checker(region), s, symbols, "here", budget), checker::Defect);
                continue;
            }
            const std::vector<Region> parts = region.split(s, symbols);
            const std::vector<checker::WordRegion> others =
                split_region(of_checker(region), s, symbols, "here", budget);
            REQUIRE(parts.size() == others.size());
            for (std::size_t p = 0; p < parts.size(); ++p) {
                REQUIRE(parts[p].segments.size() == others[p].size());
                for (std::size_t g = 0; g < others[p].size(); ++g) {
                    const Region::Segment& ours = parts[p].segments[g];
                    CHECK(ours.first == others[p][g].first);
                    CHECK(ours.last == others[p][g].last);
                    CHECK(std::equal(ours.counts.begin(), ours.counts.end(), others[p][g].counts.begin(),
                                     others[p][g].counts.end()));
                }
            }
            language::Word word(5, 0);
            do {
                const auto holds = [&](const Region& part) { return is_in(part, word, symbols); };
                CHECK(std::count_if(parts.begin(), parts.end(), holds) == (is_in(region, word, symbols) ? 1 : 0));
            } while (language::next_word(word, alphabet));
        }
    }
}

}  // namespace attest::soft
