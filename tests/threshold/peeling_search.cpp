// Peelings that were found, held to what a head of any other reader needs of them.

#include "decide/threshold/peeling_search.hpp"

#include <catch2/catch.hpp>
#include <map>

using namespace attest;
using namespace attest::threshold;

namespace {

Specification peeled(std::int64_t heads, std::optional<std::int64_t> activations, std::int64_t length,
                     const std::string& language = "parity") {
    Specification s{{}, language::Language::parse(language, std::nullopt), length};
    s.network.layers = 2;
    s.network.heads = heads;
    s.network.activations = activations;
    return s;
}

/// Whether one head of the second layer tells the words of the language from the others, and nothing else is looked at.
void require_peeling(const Specification& s, const network::Guhat& network) {
    network::GuhatEvaluator evaluator(network);
    std::map<network::Pair, bool> answers;
    std::optional<network::ValueId> reader;
    const auto end = static_cast<std::size_t>(s.length);
    for (const Sample& sample : samples(s)) {
        network::GuhatTrace trace;
        REQUIRE(evaluator.accepts(sample.word, &trace) == sample.accepted);
        for (const auto& head : trace.attended[0])
            for (std::size_t p = 0; p < end; ++p) REQUIRE(head[p] <= s.length);
        const network::ValueId own = *trace.held[1][end];
        REQUIRE(reader.value_or(own) == own);
        reader = own;
        const std::int64_t seen = trace.attended[1][0][end];
        REQUIRE(seen <= s.length);
        const network::Pair pair{seen, *trace.held[1][static_cast<std::size_t>(seen - 1)]};
        REQUIRE(answers.try_emplace(pair, sample.accepted).first->second == sample.accepted);
    }
}

std::optional<network::Guhat> found(const Specification& s, PeelingShape shape, std::uint64_t steps) {
    std::optional<network::Guhat> network;
    for (std::uint64_t seed = 0; seed < 6 && !network; ++seed) network = peel(s, shape, seed, steps, {});
    return network;
}

}  // namespace

TEST_CASE("Peelings of either shape are found, and their first head tells the answer alone") {
    for (const auto& [heads, activations, length, shape] :
         std::vector<std::tuple<int, std::optional<int>, int, PeelingShape>>{
             {1, std::nullopt, 2, PeelingShape::any},
             {1, std::nullopt, 5, PeelingShape::any},
             {1, 2, 3, PeelingShape::any},
             {2, 2, 4, PeelingShape::any},
             {2, std::nullopt, 6, PeelingShape::any},
             {2, std::nullopt, 4, PeelingShape::circular},
             {2, std::nullopt, 9, PeelingShape::circular},
             {3, std::nullopt, 10, PeelingShape::circular}}) {
        CAPTURE(heads, length);
        const Specification s = peeled(heads, activations, length);
        REQUIRE(may_peel(s));
        const auto network = found(s, shape, shape == PeelingShape::any ? 200'000 : 20'000);
        REQUIRE(network.has_value());
        require_peeling(s, *network);
    }
}

TEST_CASE("A peeling of the complement of parity") {
    const Specification s = peeled(2, std::nullopt, 6, "mod:2,0");
    const auto network = found(s, PeelingShape::circular, 20'000);
    REQUIRE(network.has_value());
    require_peeling(s, *network);
}

TEST_CASE("No peeling is searched for what sums do not decide, and none found leaves the limits alone") {
    CHECK_FALSE(may_peel(peeled(2, std::nullopt, 6, "majority")));
    CHECK_FALSE(may_peel(peeled(5, std::nullopt, 6)));
    CHECK_FALSE(may_peel(peeled(1, std::nullopt, 15)));
    CHECK_FALSE(peel(peeled(1, std::nullopt, 9), PeelingShape::circular, 0, 100, {}).has_value());
}
