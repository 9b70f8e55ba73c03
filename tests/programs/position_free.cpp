#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "attest/network/evaluate.hpp"
#include "base/random.hpp"
#include "programs/position_free/network.hpp"
#include "refused.hpp"
#include "seed.hpp"
#include "trials.hpp"

using namespace attest;
using programs::position_free::Network;

namespace {

Network random_network(base::Random& random) {
    Network n;
    n.alphabet = {"a", "b"};
    n.end = "$";
    n.layers = 1 + random.below(3);
    n.heads = 1 + random.below(2);
    n.activations = 2 + random.below(2);
    n.becomes.resize(n.layers - 1);
    for (std::size_t l = 0; l < n.layers; ++l) {
        const auto value = [&] { return static_cast<Network::Value>(random.below(n.values(l))); };
        for (std::uint32_t h = 0; h < n.heads; ++h)
            for (Network::Value own = 0; own < n.values(l); ++own)
                for (Network::Value wanted = 0; wanted < n.values(l); ++wanted)
                    if (random.chance(3, 4))
                        n.preference[{static_cast<std::uint32_t>(l), h, own, wanted}] = random.below(3);
        for (int k = 0; k < 24; ++k) {
            Network::Seen seen{value()};
            for (std::size_t h = 0; h < n.heads && k % 4 != 0; ++h) seen.push_back(value());
            if (l + 1 < n.layers) n.becomes[l][seen] = static_cast<Network::Value>(random.below(n.activations));
            else n.accept.insert(seen);
        }
    }
    return n;
}

/// By the definition of FORMAT.md, section 9.8.
bool accepts(const Network& n, const language::Word& word) {
    std::vector<Network::Value> values(word.begin(), word.end());
    values.push_back(static_cast<Network::Value>(n.alphabet.size()));
    for (std::uint32_t l = 0; l < n.layers; ++l) {
        std::vector<Network::Value> next;
        for (std::size_t i = 0; i < values.size(); ++i) {
            Network::Seen seen{values[i]};
            for (std::uint32_t h = 0; h < n.heads && i > 0; ++h) {
                const auto rank = [&](std::size_t j) {
                    const auto at = n.preference.find({l, h, values[i], values[j]});
                    return at == n.preference.end() ? SIZE_MAX : at->second;
                };
                std::size_t best = 0;
                for (std::size_t j = 1; j < i; ++j)
                    if (rank(j) < rank(best)) best = j;
                seen.push_back(values[best]);
            }
            if (l + 1 == n.layers) {
                if (i + 1 == values.size()) return n.accept.contains(seen);
                continue;
            }
            const auto at = n.becomes[l].find(seen);
            next.push_back(at == n.becomes[l].end() ? 0 : at->second);
        }
        values = std::move(next);
    }
    return false;
}

const char* const ends_in_b =
    R"({"format": "attest/position-free", "version": 1, "alphabet": ["a", "b"], "end": "$", "length": 2, "layers": 1,
    "heads": 1, "activations": 2, "attention": [{"layer": 1, "head": 1, "value": "$", "prefer": [["b"], ["a"]]}],
    "activation": [], "accept": [{"value": "$", "attended": ["b"]}]})";

std::string refusal(const std::string& from, const std::string& to) {
    std::string text = ends_in_b;
    text.replace(text.find(from), from.size(), to);
    return tests::refused([&] { (void)programs::position_free::parse(text, "w.json"); });
}

}  // namespace

TEST_CASE("Networks without positions: random ones, the transformer against the definition on all short words") {
    const std::uint64_t seed = tests::seed();
    INFO("ATTEST_TEST_SEED=" << seed);
    base::Random random(seed);
    for (std::uint64_t trial = 0; trial < tests::trials(100); ++trial) {
        INFO("trial " << trial);
        const Network n = random_network(random);
        const network::Transformer t = programs::position_free::compile(n, "random");
        for (std::size_t length = 0; length <= 6; ++length) {
            language::Word word(length, 0);
            do REQUIRE(network::evaluate(t, word).accepts == accepts(n, word));
            while (language::next_word(word, t.alphabet));
        }
    }
}

TEST_CASE("Networks without positions: read, or refused at their place") {
    const network::Transformer t =
        programs::position_free::compile(programs::position_free::parse(ends_in_b, "w.json"), "some-b");
    CHECK(network::evaluate(t, {0, 1, 0}).accepts);
    CHECK_FALSE(network::evaluate(t, {0, 0}).accepts);
    CHECK_FALSE(network::evaluate(t, {}).accepts);
    CHECK(programs::position_free::is_position_free(ends_in_b));
    CHECK_FALSE(programs::position_free::is_position_free("{\"format\": \"attest/model\"}"));
    CHECK(refusal("\"heads\": 1", "\"heads\": 0").find("w.json:heads: ") == 0);
    CHECK(refusal("[\"b\"], [\"a\"]", "[\"b\"], [\"b\"]") ==
          "w.json:attention[0].prefer[1][0]: expected each value once, found it again");
    CHECK(refusal("\"attended\": [\"b\"]", "\"attended\": [\"b\", \"b\"]")
              .find("w.json:accept[0].attended: expected nothing, or 1 values") == 0);
    CHECK(refusal("\"end\": \"$\"", "\"end\": \"a\"").find("w.json:end: ") == 0);
    CHECK(refusal("\"value\": \"$\", \"prefer\"", "\"value\": \"c\", \"prefer\"").find("w.json:attention[0].value: ") ==
          0);
}
