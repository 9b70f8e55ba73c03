#include <catch2/catch.hpp>

#include "attest/base/error.hpp"
#include "attest/formats/file.hpp"
#include "network/program/at_length.hpp"
#include "random_program.hpp"
#include "refused.hpp"
#include "seed.hpp"
#include "trials.hpp"

using namespace attest;
using network::Program;
using Texts = std::vector<std::string>;

namespace {

/// A program over a b with one attention step, whose value is the answer at each position.
Program attending(const std::string& take, const std::string& mask, const std::string& more) {
    return formats::parse_program(R"({"format": "attest/program", "version": 1, "name": "p", "alphabet": ["a", "b"],
        "variables": [{"name": "s", "input": "symbol"}, {"name": "i", "input": "position"},
                      {"name": "x", "attend": {"query": "s", "key": "s", "pairs": [["a", "b"], ["b", "b"]], "mask": ")" +
                                      mask + R"(", "take": ")" + take + "\"" + more + R"(}}],
        "output": {"positions": "word", "value": "x"}})",
                                  "p.json");
}

Texts on(const Program& program, const std::string& word) {
    return network::answers(program, program.alphabet.parse(word, "word"));
}

}  // namespace

TEST_CASE("Programs: what attention takes, by hand", "[program]") {
    const std::string of = R"(, "value": "i", "none": "first")";
    CHECK(on(attending("left", "none", of), "abab") == Texts{"2", "2", "2", "2"});
    CHECK(on(attending("right", "none", of), "abab") == Texts{"4", "4", "4", "4"});
    CHECK(on(attending("right", "strict", of), "abab") == Texts{"1", "1", "2", "2"});
    CHECK(on(attending("left", "strict-future", of), "abab") == Texts{"2", "4", "4", "1"});
    CHECK(on(attending("count", "causal", ""), "abab") == Texts{"0", "1", "1", "2"});
    CHECK(on(attending("count", "future", ""), "abab") == Texts{"2", "2", "1", "1"});
    CHECK(on(attending("sum", "causal", R"(, "value": "i")"), "abab") == Texts{"0", "2", "2", "6"});
    CHECK(on(attending("mean", "none", of), "abbb") == Texts{"3", "3", "3", "3"});
    CHECK(on(attending("mean", "none", of), "abba") == Texts{"5/2", "5/2", "5/2", "5/2"});
    CHECK(on(attending("only", "strict", R"(, "value": "s", "none": "nothing")"), "aba") ==
          Texts{"nothing", "nothing", "b"});
}

TEST_CASE("Programs: nearest counts the own position as far as there are selected ones", "[program]") {
    const Program p = attending("nearest", "none", R"(, "value": "i", "none": 7)");
    CHECK(on(p, "aaa") == Texts{"7", "7", "7"});
    CHECK(on(p, "baab") == Texts{"1", "1", "4", "4"});  // two selected: the own one is at distance 2, the other at 3
    CHECK(on(p, "bb") == Texts{"2", "1"});              // the other one is nearer than the own
    CHECK(on(p, "bab") == Texts{"1", "1", "1"});        // equally far: the leftmost
    CHECK(on(p, "aba") == Texts{"2", "2", "2"});        // one selected, the own: distance 1
}

TEST_CASE("Programs: without a value there is an error that names variable and position", "[program]") {
    CHECK(tests::refused([] { (void)on(attending("only", "none", R"(, "value": "s", "none": 0)"), "bb"); }) ==
          "p:variables \"x\": expected one position at most, found 2 positions at position 1");
    CHECK(tests::refused([] { (void)on(attending("sum", "none", R"(, "value": "s")"), "ab"); }) ==
          "p:variables \"x\": expected a number, found \"b\" at position 2");
    CHECK(tests::refused([] { (void)on(attending("count", "none", ""), ""); }).find("the empty word") !=
          std::string::npos);
}

TEST_CASE("Programs: tables at a length say what the definition says", "[program]") {
    base::Random random(tests::seed());
    INFO("seed " << tests::seed());
    std::size_t answered = 0, without = 0;
    for (std::uint64_t trial = 0; trial < tests::trials(400); ++trial) {
        const std::string text = tests::random_program(random).dump();
        INFO(text);
        Program p;
        try {
            p = formats::parse_program(text, "random.json");
        } catch (const base::InputError& e) {
            // The maker may write 1/4 in two ways.
            REQUIRE(std::string(e.what()).find("once") != std::string::npos);
            continue;
        }
        for (std::int64_t length = p.begin || p.end ? 0 : 1; length <= 4; ++length) {
            network::ProgramAtLength at_length(p, length);
            language::Word word(static_cast<std::size_t>(length), 0);
            do {
                std::optional<Texts> expected;
                try {
                    expected = network::answers(p, word);
                } catch (const base::InputError&) {
                    expected.reset();
                }
                const bool found = at_length.run(word);
                REQUIRE(found == expected.has_value());
                (found ? answered : without) += 1;
                if (!found) continue;
                Texts texts;
                for (const std::uint32_t k : at_length.found()) texts.push_back(at_length.texts()[k]);
                REQUIRE(texts == *expected);
                if (texts.empty()) continue;
                REQUIRE(at_length.accepting()[at_length.found().back()] == network::accepts(p, *expected));
            } while (language::next_word(word, p.alphabet));
        }
    }
    CHECK(answered > 1000);
    CHECK(without > 100);
}
