#include "attest/base/error.hpp"
#include "base/random.hpp"
#include "formats/seq2seq/seq2seq.hpp"
#include "programs/machines/compare.hpp"
#include "support.hpp"

// The network of a machine: its weights against files that others made, and what it does against the machine.

namespace attest::machines::tests {

TEST_CASE("The network has the weights that others computed") {
    for (const std::string name : {"parity", "increment"}) {
        const auto machine = shared_file("turing/" + name + ".json"),
                   network = shared_file("turing/perez-" + name + ".net.json");
        if (!machine || !network) return;
        CHECK(weight_of(formats::parse_seq2seq(*network, name), normal_form(parse_turing(*machine))) ==
              exact::Rational(1, 3));
    }
}

TEST_CASE("Sizes are those of the construction") {
    const auto sizes = [](const TuringMachine& m) {
        const network::Seq2seq s = perez_network(normal_form(m));
        return std::pair(s.dimension, s.weights());
    };
    CHECK(sizes(anbn()) == std::pair<std::size_t, std::size_t>{49, 414});
    CHECK(sizes(increment()) == std::pair<std::size_t, std::size_t>{39, 255});
    CHECK(sizes(parse_busy_beaver(champion_text)) == std::pair<std::size_t, std::size_t>{39, 222});
    CHECK(sizes(parse_busy_beaver("1RB1LB_1LA1RH")) == std::pair<std::size_t, std::size_t>{33, 177});
}

TEST_CASE("What is written is read as the same network") {
    const NormalForm n = normal_form(anbn());
    const network::Seq2seq read = formats::parse_seq2seq(formats::write_seq2seq(perez_network(n)), "n.json");
    CHECK(weight_of(read, n) == exact::Rational(1, 3));
    CHECK(read.blocks == perez_network(n).blocks);
    CHECK(read.state_names == n.states);
}

TEST_CASE("Network and machine are in the same configuration at every time") {
    const NormalForm n = normal_form(anbn());
    const network::Seq2seq s = perez_network(n);
    for (const std::string word : {"", "ab", "ba", "aab", "aabb"}) {
        const Comparison c = compare(s, n, symbols(word), 45, {});
        CAPTURE(word, c.why);
        CHECK_FALSE(c.wrong);
        CHECK(c.accepted == c.network_accepted);
        CHECK(c.accepted.has_value() == (word.empty() || word == "ab" || word == "aabb"));
    }
    const std::uint64_t seed = 3;
    CAPTURE(seed);
    base::Random random(seed);
    for (int k = 0; k < 25; ++k) {
        const NormalForm machine = normal_form(random_machine(random, 2 + random.below(3)));
        Symbols word(random.below(4));
        for (std::string& a : word) a = random.below(2) == 0 ? "x" : "y";
        // Any weight between 0 and 1/2 will do.
        const exact::Rational weight(1 + static_cast<long>(random.below(9)), 20);
        const Comparison c = compare(perez_network(machine, weight), machine, word, 30, {});
        CAPTURE(k, c.why);
        CHECK_FALSE(c.wrong);
    }
}

TEST_CASE("A network with another number is another network") {
    const NormalForm n = normal_form(anbn());
    const network::Seq2seq s = perez_network(n);
    const auto changed = [&](const auto& change) {
        network::Seq2seq copy = s;
        change(copy);
        return copy;
    };
    CHECK_FALSE(weight_of(changed([](auto& c) { c.layers[0].maps[0].bias[3] = 0; }), n));
    CHECK_FALSE(weight_of(changed([](auto& c) { c.accept_bias = 0; }), n));
    CHECK_FALSE(weight_of(changed([](auto& c) { c.layers[1].self->negative_absolute = false; }), n));
    CHECK(weight_of(changed([](auto& c) {
                        c.layers[2].self->heads[0].query->weight.rows[2][0].second = exact::Rational(1, 2);
                    }),
                    n) == exact::Rational(1, 2));
    // A unit that is 1 at every pair is seen at the first step.
    const network::Seq2seq loud = changed([](auto& c) { c.layers[0].maps[0].bias[3] = 1; });
    CHECK(compare(loud, n, {}, 5, {}).wrong == 1);
}

TEST_CASE("Without positions only proportions count") {
    const auto file = shared_file("turing/majority-nope.net.json");
    if (!file) return;
    const network::Seq2seq s = formats::parse_seq2seq(*file, "majority.json");
    const auto first = [&](const std::string& word) {
        network::Seq2seqRun run(s, s.tokens(symbols(word)));
        run.step();
        return std::pair(run.output()[0], run.accepts());
    };
    using Answer = std::pair<exact::Rational, bool>;
    for (const std::string word : {"aabb", "aaabbb", "ba"}) CHECK(first(word) == Answer{0, false});
    for (const std::string word : {"aab", "aaaabb"}) CHECK(first(word) == Answer{exact::Rational(1, 3), true});
    CHECK(first("abb") == Answer{exact::Rational(-1, 3), false});
}

TEST_CASE("An encoder with layers, and heads that choose one position") {
    // The encoder marks the last a; the decoder takes the first and the last value of equal score.
    const std::string text = R"({"format":"attest/seq2seq","version":1,"alphabet":["a","b"],"dimension":2,
        "encoder":{"embedding":{"a":[1,0],"b":[0,0]},"position":["0","i"],"layers":[{"attention":{"kind":"hard","tie":"right",
            "heads":[{"query":[[0,0]],"key":[[1,0]],"value":[[0,1]],"output":[[0],["1/10"]]}]}}]},
        "decoder":{"start":[0,0],"layers":[{"cross":{"kind":"hard","tie":"TIE","heads":[{"value":{"rows":2,"cols":2,"entries":[[0,1,1]]}}]}}],
            "output":{"maps":[[[1,0],[0,1]]]}},"accept":{"weight":[1,0],"bias":-2}})";
    const auto first = [&](const std::string& tie, const std::string& word) {
        std::string document = text;
        const network::Seq2seq s = formats::parse_seq2seq(document.replace(document.find("TIE"), 3, tie), "s.json");
        network::Seq2seqRun run(s, s.tokens(symbols(word)));
        run.step();
        return run.output()[0];
    };
    CHECK(first("left", "abb") == 1 + exact::Rational(3, 10));
    CHECK(first("right", "abb") == 3 + exact::Rational(3, 10));
}

TEST_CASE("A network file that is none is refused with what was expected") {
    const std::string good = formats::write_seq2seq(perez_network(normal_form(parse_busy_beaver("1RB1LB_1LA1RH"))));
    const auto refused = [&](const std::string& from, const std::string& to, const std::string& says) {
        std::string text = good;
        const std::size_t at = text.find(from);
        REQUIRE(at != std::string::npos);
        CAPTURE(from, to);
        CHECK_THROWS_WITH(formats::parse_seq2seq(text.replace(at, from.size(), to), "n.json"), Catch::Contains(says));
    };
    refused("\"dimension\": 33", "\"dimension\": 34", "34");
    refused("\"average\"", "\"greatest\"", "one of");
    refused("negative-absolute", "absolute", "one of");
    refused("\"blank\": \"0\"", "\"blank\": \"\"", "not empty");
    refused("\"1/i\"", "\"1/n\"", "n");
    refused("\"version\": 1", "\"version\": 1, \"colour\": 3", "colour");
    const network::Seq2seq s = formats::parse_seq2seq(good, "n.json");
    CHECK_THROWS_AS(s.tokens({"z"}), base::UsageError);
}

}  // namespace attest::machines::tests
