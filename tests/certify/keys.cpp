#include <algorithm>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "attest/formats/file.hpp"
#include "attest/network/guhat_keys.hpp"
#include "base/random.hpp"
#include "checker/classes/numbered_keys.hpp"
#include "checker/kernel/defect.hpp"
#include "seed.hpp"

// Heads of key dimension 1: tables are made from numbers and signs, numbers and signs are found for the tables, and the
// checker sees that the heads look where these say.

using namespace attest;

namespace {

using Json = nlohmann::ordered_json;

constexpr int length = 3;

/// Two layers of one head and one bit, read at an end symbol, from random numbers and signs. A strict mask leaves out
/// of the lists what a position does not see.
Json random_tables(base::Random& random, bool strict_mask) {
    const int n = length + 1;
    const auto values = [&](int layer, int position) -> std::vector<Json> {
        if (layer > 0) return {0, 1};
        return position == n ? std::vector<Json>{"$"} : std::vector<Json>{"0", "1"};
    };
    Json tables = {{"format", "attest/guhat"},
                   {"version", 1},
                   {"alphabet", {"0", "1"}},
                   {"end", "$"},
                   {"length", length},
                   {"layers", 2},
                   {"heads", 1},
                   {"activations", 2},
                   {"attention", Json::array()},
                   {"activation", Json::array()},
                   {"accept", Json::array()}};
    for (int layer = 1; layer <= 2; ++layer) {
        struct Key {
            int position, number;
            Json value;
        };
        std::vector<Key> keys;
        for (int j = 1; j <= n; ++j)
            for (const Json& w : values(layer - 1, j)) keys.push_back({j, static_cast<int>(random.below(4)), w});
        for (int i = layer == 2 ? n : 1; i <= n; ++i)
            for (const Json& o : values(layer - 1, i)) {
                const int sign = static_cast<int>(random.below(3)) - 1;
                std::vector<Key> list;
                for (const Key& key : keys)
                    if (!strict_mask || key.position < i) list.push_back(key);
                std::stable_sort(list.begin(), list.end(),
                                 [&](const Key& a, const Key& b) { return sign * a.number > sign * b.number; });
                Json prefer = Json::array();
                for (const Key& key : list) prefer.push_back({key.position, key.value});
                tables["attention"].push_back(
                    {{"layer", layer}, {"head", 1}, {"position", i}, {"value", o}, {"prefer", prefer}});
                for (int j = 1; j <= n && layer == 1; ++j)
                    for (const Json& w : values(0, j))
                        if (random.chance(1, 2))
                            tables["activation"].push_back(
                                {{"layer", 1}, {"position", i}, {"value", o}, {"attended", {{j, w}}}, {"becomes", 1}});
            }
    }
    return tables;
}

/// Whether the checker finds that the heads look where the keys say, on all words.
bool agrees(const std::string& text, const std::string& keys, bool strict_mask) {
    checker::Budget budget(1'000'000'000, 1'000'000'000);
    checker::Tables tables = checker::read_tables(text, "witness.json", budget);
    const checker::NumberedKeys numbered = checker::read_keys(keys, "keys.json", tables, budget);
    for (std::size_t x = 0; x < 1 << length; ++x) {
        checker::Run run;
        (void)checker::accepts(tables, {x >> 2, x >> 1 & 1, x & 1}, budget, &run);
        if (!obeys_keys(run, numbered, strict_mask, budget)) return false;
    }
    return true;
}

}  // namespace

TEST_CASE("Keys: for tables made from numbers and signs some are found, and the checker follows them", "[guhat]") {
    INFO("seed " << tests::seed());
    base::Random random(tests::seed() + 9);
    std::size_t broken = 0;
    for (int k = 0; k < 150; ++k) {
        const bool strict_mask = random.chance(1, 3);
        const std::string text = random_tables(random, strict_mask).dump();
        INFO(text);
        network::GuhatEvaluator evaluator(formats::parse_guhat(text, "t.json"));
        const auto keys = network::number_keys(evaluator, strict_mask);
        REQUIRE(keys);
        REQUIRE(agrees(text, formats::write_keys(evaluator.guhat(), *keys), strict_mask));
        network::GuhatKeys none = *keys;
        none.signs.clear();
        broken += agrees(text, formats::write_keys(evaluator.guhat(), none), strict_mask) ? 0 : 1;
    }
    CHECK(broken > 100);
}

TEST_CASE("Keys: one query can have any order, two cannot have any two", "[guhat]") {
    const auto tables = [](const std::string& prefer) {
        return R"({"format":"attest/guhat","version":1,"alphabet":["0","1"],"end":"$","length":2,"layers":1,"heads":1,"activations":null,
            "attention":[{"layer":1,"head":1,"position":3,"value":"$","prefer":)" +
               prefer + R"(}],"accept":[]})";
    };
    network::GuhatEvaluator order(formats::parse_guhat(tables(R"([[2,"0"],[1,"1"],[2,"1"],[1,"0"]])"), "t.json"));
    CHECK(network::number_keys(order, false));
    // By the first query (1,0) >= (2,0) > (1,1) or, with the sign −, the contrary; by the second (2,0) > (1,0) and (2,0) > (1,1).
    const std::string two =
        R"({"format":"attest/guhat","version":1,"alphabet":["0","1"],"length":3,"layers":1,"heads":1,"activations":null,
        "attention":[{"layer":1,"head":1,"position":3,"value":"0","prefer":[[1,"0"],[2,"0"],[2,"1"],[1,"1"]]},
                     {"layer":1,"head":1,"position":3,"value":"1","prefer":[[2,"0"],[1,"0"],[1,"1"],[2,"1"]]}],"accept":[]})";
    network::GuhatEvaluator contrary(formats::parse_guhat(two, "t.json"));
    CHECK_FALSE(network::number_keys(contrary, false));
}

TEST_CASE("Keys: a mistake is refused by its place", "[guhat]") {
    base::Random random(1);
    const std::string text = random_tables(random, false).dump();
    const auto place = [&](const std::string& keys) -> std::string {
        try {
            (void)agrees(text, keys, false);
        } catch (const checker::Defect& defect) {
            return defect.place();
        }
        return "";
    };
    CHECK(place(R"({"keys":[],"queries":[]})").empty());
    CHECK(place(R"({"keys":[]})") == "keys.json: ");
    CHECK(place(R"({"keys":[{"layer":1,"head":2,"position":1,"value":"0","number":1}],"queries":[]})") ==
          "keys.json: keys[0].head");
    CHECK(place(R"({"keys":[{"layer":1,"head":1,"position":1,"value":0,"number":1}],"queries":[]})") ==
          "keys.json: keys[0].value");
    CHECK(place(R"({"keys":[],"queries":[{"layer":2,"head":1,"position":1,"value":0,"sign":"+"}]})") ==
          "keys.json: queries[0].position");
    CHECK(place(R"({"keys":[],"queries":[{"layer":2,"head":1,"position":4,"value":0,"sign":"1"}]})") ==
          "keys.json: queries[0].sign");
}
