#include "programs/guhat_constructions.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <optional>
#include <tuple>
#include <vector>

#include "attest/base/error.hpp"
#include "attest/formats/file.hpp"

using namespace attest;

namespace {

/// Parity of two bits: the second position looks at the first, and the reader at the second; what the reader's own head
/// finds in the first layer is not used.
const char* const two_bits =
    R"({"format":"attest/guhat","version":1,"alphabet":["0","1"],"end":"$","length":2,"layers":2,"heads":1,"activations":null,
    "attention":[{"layer":2,"head":1,"position":3,"value":["$",[1,"0"]],"prefer":[[2,["0",[1,"0"]]],[2,["1",[1,"0"]]]]},
                 {"layer":2,"head":1,"position":3,"value":["$",[1,"1"]],"prefer":[[2,["0",[1,"1"]]],[2,["1",[1,"1"]]]]}],
    "accept":[[["$",[1,"0"]],[2,["1",[1,"0"]]]],[["$",[1,"1"]],[2,["0",[1,"1"]]]]]})";

bool computes_parity(const network::Guhat& tables) {
    network::GuhatEvaluator evaluator(formats::parse_guhat(formats::write_guhat(tables), "t.json"));
    language::Word word(static_cast<std::size_t>(tables.length), 0);
    do {
        const bool odd = std::count(word.begin(), word.end(), language::Symbol{1}) % 2 == 1;
        if (evaluator.accepts(word) != odd) return false;
    } while (language::next_word(word, tables.alphabet));
    return true;
}

}  // namespace

TEST_CASE("Trees as tables compute parity of (H+1)^L bits, one less with an end symbol", "[guhat]") {
    for (const auto& [layers, heads, activations] : std::vector<std::tuple<int, int, std::optional<int>>>{{1, 1, {}},
                                                                                                          {1, 2, {}},
                                                                                                          {1, 3, 2},
                                                                                                          {1, 7, {}},
                                                                                                          {2, 1, {}},
                                                                                                          {2, 1, 2},
                                                                                                          {2, 2, {}},
                                                                                                          {2, 2, 2},
                                                                                                          {3, 1, {}},
                                                                                                          {3, 1, 3},
                                                                                                          {2, 3, 2}}) {
        for (const bool end : {true, false}) {
            const network::Guhat tree = programs::parity_tree({layers, heads, activations, end});
            std::int64_t leaves = 1;
            for (int l = 0; l < layers; ++l) leaves *= heads + 1;
            INFO(layers << " layers, " << heads << " heads");
            CHECK(tree.length == leaves - (end ? 1 : 0));
            CHECK(computes_parity(tree));
        }
    }
}

TEST_CASE("A tree with one value changed does not compute parity", "[guhat]") {
    network::Guhat tree = programs::parity_tree({2, 1, 2, true});
    REQUIRE(computes_parity(tree));
    tree.accept.erase(tree.accept.begin());
    CHECK_FALSE(computes_parity(tree));
}

TEST_CASE("A tree needs activations that hold a bit and values that are few", "[guhat]") {
    CHECK_THROWS_AS(programs::parity_tree({2, 1, 1, true}), base::UsageError);
    CHECK_THROWS_AS(programs::parity_tree({1, 4096, {}, true}), base::Unsupported);
    CHECK_THROWS_AS(programs::parity_tree({4, 1, {}, true}), base::Unsupported);
}

TEST_CASE("A reader that learns nothing in the first layer can learn one more bit a head", "[guhat]") {
    std::string same = two_bits;  // asked in the same way whatever it saw
    for (const char* seen : {"0", "1"}) {
        const std::string from = std::string(R"(["$",[1,")") + seen + R"("]],"prefer":[[2,["0",[1,")" + seen +
                                 R"("]]],[2,["1",[1,")" + seen + R"("]]]])";
        const std::string to =
            std::string(R"(["$",[1,")") + seen +
            R"("]],"prefer":[[2,["0",[1,"0"]]],[2,["1",[1,"0"]]],[2,["0",[1,"1"]]],[2,["1",[1,"1"]]]])";
        same.replace(same.find(from), from.size(), to);
    }
    const network::Guhat two = formats::parse_guhat(same, "two.json");
    REQUIRE(computes_parity(two));
    const network::Guhat three = programs::extend_by_reader(two);
    CHECK(three.length == 3);
    CHECK(computes_parity(three));
    CHECK_THROWS_WITH(programs::extend_by_reader(three), Catch::Contains("its last layer asks in more than one way") ||
                                                             Catch::Contains("does not decide"));
    CHECK_THROWS_WITH(programs::extend_by_reader(formats::parse_guhat(two_bits, "two.json")),
                      Catch::Contains("asks in more than one way"));
    CHECK_THROWS_WITH(programs::extend_by_reader(programs::parity_tree({1, 2, {}, true})),
                      Catch::Contains("expected two layers"));
    CHECK_THROWS_WITH(programs::extend_by_reader(programs::parity_tree({2, 1, 2, false})),
                      Catch::Contains("an end symbol"));
}

TEST_CASE("Two layers of one head compute parity of six bits, and of seven with the reader's own head", "[guhat]") {
    const auto file = formats::read_model_or_guhat(ATTEST_EXAMPLES "/parity-6.json");
    const network::Guhat& six = std::get<formats::GuhatFile>(file).guhat;
    CHECK(formats::write_guhat(six) == std::get<formats::GuhatFile>(file).bytes);
    CHECK(computes_parity(six));
    const network::Guhat seven = programs::extend_by_reader(six);
    CHECK(seven.length == 7);
    CHECK(seven.heads == 1);
    CHECK(computes_parity(seven));
}
