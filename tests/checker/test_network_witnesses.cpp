#include <algorithm>
#include <catch2/catch.hpp>
#include <random>

#include "checker/classes/position_free.hpp"
#include "drafts.hpp"

// Networks of key dimension 1 and networks without positions as evidence.

using namespace checker_test;

namespace {

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    const std::size_t at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

/// One head that looks at the second symbol, and numbers by which it does.
Draft numbered() {
    const std::string tables =
        R"({"format": "attest/guhat", "version": 1, "alphabet": ["0", "1"], "end": "$", "length": 2, "layers": 1, "heads": 1, "activations": null,
        "attention": [{"layer": 1, "head": 1, "position": 3, "value": "$", "prefer": [[2, "0"], [2, "1"]]}], "accept": [["$", [2, "1"]]]})";
    const std::string keys =
        R"({"keys": [{"layer": 1, "head": 1, "position": 2, "value": "0", "number": "-1/2"}, {"layer": 1, "head": 1, "position": 2, "value": "1", "number": -1}],
        "queries": [{"layer": 1, "head": 1, "position": 3, "value": "$", "sign": "-"}]})";
    return {
        R"({"kind": "threshold", "class": {"layers": 1, "heads": 1, "activations": null, "read": "end", "mask": "none", "positions": "visible",
            "key_dimension": 1}, "language": "last", "length": 2, "verdict": "possible"})",
        R"({"kind": "network", "words": 4})",
        {{"witness.json", tables}, {"keys.json", keys}},
        "[]",
        ""};
}

/// Words without 0, of all lengths up to 3: look for a 0, and accept where there is nothing or a 1.
Draft position_free() {
    const std::string network =
        R"({"format": "attest/position-free", "version": 1, "alphabet": ["0", "1"], "end": "$", "length": 3, "layers": 1, "heads": 1, "activations": 2,
        "attention": [{"layer": 1, "head": 1, "value": "$", "prefer": [["0"]]}], "activation": [],
        "accept": [{"value": "$", "attended": []}, {"value": "$", "attended": ["1"]}]})";
    return {
        R"({"kind": "threshold", "class": {"layers": 1, "heads": 1, "activations": 2, "read": "end", "mask": "strict", "positions": "none",
            "key_dimension": null}, "language": "all-ones", "length": 3, "verdict": "possible"})",
        R"({"kind": "network", "words": 15})",
        {{"witness.json", network}},
        "[]",
        ""};
}

std::string judged(Draft draft, const std::string& file, const std::string& from, const std::string& to) {
    draft.files[file] = replaced(draft.files[file], from, to);
    return check_draft(draft).obligation;
}

}  // namespace

TEST_CASE("Network witnesses: heads of key dimension 1 look where their numbers say", "[checker]") {
    const Report report = check_draft(numbered());
    INFO(report.place << ": " << report.reason);
    CHECK(report.accepted);
    CHECK(judged(numbered(), "keys.json", R"("sign": "-")", R"("sign": "+")") == "network");
    CHECK(judged(numbered(), "keys.json", R"("sign": "-")", R"("sign": "0")") == "network");
    CHECK(judged(numbered(), "keys.json", R"("number": -1)", R"("number": 0)") == "network");
    CHECK(judged(numbered(), "keys.json", R"("position": 2)", R"("position": 1)") == "network");
    CHECK(judged(numbered(), "keys.json", R"("position": 2, "value": "0")", R"("position": 2, "value": "1")") ==
          "network");
    CHECK(judged(numbered(), "witness.json", R"([[2, "0"], [2, "1"]])", R"([[2, "1"]])") == "network");
    Draft bare = numbered();
    bare.files.erase("keys.json");
    CHECK(check_draft(bare).obligation == "digest");
    Draft plain = numbered();
    plain.claim = replaced(plain.claim, R"("key_dimension": 1)", R"("key_dimension": null)");
    CHECK(check_draft(plain).obligation == "digest");
}

TEST_CASE("Network witnesses: without positions all lengths count", "[checker]") {
    const Report report = check_draft(position_free());
    INFO(report.place << ": " << report.reason);
    CHECK(report.accepted);
    CHECK(report.claim ==
          "some hard-attention network of 1 layer, 1 head, 2 activations, read at an end symbol, strict mask, no "
          "positions computes all-ones at all lengths up to 3");
    CHECK(judged(position_free(), "witness.json", R"({"value": "$", "attended": []}, )", "") == "network");
    CHECK(judged(position_free(), "witness.json", R"([["0"]])", R"([["1"]])") == "network");
    CHECK(judged(position_free(), "witness.json", R"([["0"]])", R"([["0", "1"]])") == "network");
    CHECK(judged(position_free(), "witness.json", R"([["0"]])", R"([["0"], ["0"]])") == "network");
    CHECK(judged(position_free(), "witness.json", R"("length": 3)", R"("length": 2)") == "network");
    CHECK(judged(position_free(), "witness.json", R"("attended": ["1"])", R"("attended": ["1", "1"])") == "network");
    CHECK(judged(position_free(), "witness.json", R"("activation": [])", R"("activation": [{}])") == "network");
    Draft one_length = position_free();
    one_length.evidence = R"({"kind": "network", "words": 8})";
    CHECK(check_draft(one_length).obligation == "network");
}

TEST_CASE("Network witnesses: random networks without positions are run as the text says", "[checker]") {
    std::mt19937 random(3);
    const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
    for (int k = 0; k < 200; ++k) {
        PositionFree network;
        network.alphabet = {"0", "1"};
        network.layers = 2;
        network.heads = 1;
        network.activations = 2;
        std::vector<std::size_t> rank(2 * 3 * 3), bit(3 * 4);  // [layer][own][value], [own][value or nothing]
        for (std::size_t& r : rank) r = below(3);
        for (std::size_t& b : bit) b = below(2);
        for (std::size_t l = 1; l <= 2; ++l)
            for (std::size_t own = 0; own < 3; ++own)
                for (std::size_t w = 0; w < 3; ++w)
                    if (rank[9 * (l - 1) + 3 * own + w] < 2)
                        network.classes[{l, 1, own, w}] = rank[9 * (l - 1) + 3 * own + w];
        for (std::size_t own = 0; own < 3; ++own) {
            network.becomes[{1, own}] = bit[4 * own + 3];
            for (std::size_t w = 0; w < 3; ++w) network.becomes[{1, own, w}] = bit[4 * own + w];
        }
        network.accept = {{0}, {0, 1}, {1, 0}};
        const auto sees = [&](std::size_t l, const std::vector<std::size_t>& held, std::size_t i) {
            std::vector<std::size_t> order(held.begin(), held.begin() + static_cast<std::ptrdiff_t>(i));
            std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
                return rank[9 * (l - 1) + 3 * held[i] + a] < rank[9 * (l - 1) + 3 * held[i] + b];
            });
            return i == 0 ? 3 : order.front();
        };
        for (std::size_t length = 0; length <= 4; ++length)
            for (const Word& word : all_words(2, length)) {
                std::vector<std::size_t> held = word, after;
                held.push_back(2);
                for (std::size_t i = 0; i < held.size(); ++i) after.push_back(bit[4 * held[i] + sees(1, held, i)]);
                const std::size_t last = sees(2, after, after.size() - 1);
                const bool expected =
                    (after.back() == 0 && (last == 3 || last == 1)) || (after.back() == 1 && last == 0);
                Budget budget = ample();
                REQUIRE(accepts(network, word, budget) == expected);
            }
    }
}
