#include <catch2/catch.hpp>

#include "attest/formats/file.hpp"
#include "attest/network/evaluate.hpp"
#include "zoo_words.hpp"

// Written as a model file and read again, a construction is the same.

namespace attest::programs {

using namespace network;
using namespace zoo_test;

TEST_CASE("zoo: written and read again", "[zoo]") {
    base::Random random(23);
    for (const std::string& name : all_examples()) {
        INFO(name);
        const Transformer t = zoo_model(name);
        const std::string text = formats::write_model(t);
        const Transformer again = formats::parse_model(text, name);
        CHECK(formats::write_model(again) == text);
        CHECK(again.name == t.name);
        CHECK(again.cite == t.cite);
        CHECK(again.kind() == t.kind());
        if (t.kind() == AttentionKind::softmax) continue;
        for (std::size_t length = 0; length <= 9; ++length) {
            const Evaluator one(t, static_cast<std::int64_t>(length));
            const Evaluator other(again, static_cast<std::int64_t>(length));
            for (int round = 0; round < 8; ++round) {
                const language::Word word = random_word(t.alphabet.size(), length, random);
                CHECK(one.evaluate(word).score == other.evaluate(word).score);
            }
        }
    }
}

}  // namespace attest::programs
