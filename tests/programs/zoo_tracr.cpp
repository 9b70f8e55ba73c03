#include <catch2/catch.hpp>

#include "attest/formats/file.hpp"
#include "attest/network/evaluate.hpp"
#include "attest/programs/zoo.hpp"
#include "shared_data.hpp"

using namespace attest;

TEST_CASE("zoo: tracr-parity answers as what Tracr itself compiled", "[zoo]") {
    const auto path = tests::shared_data("tracr/tracr-parity-12.json");
    if (!path) return;
    const network::Transformer theirs = formats::read_model(path->string()).transformer;
    const network::Transformer ours = programs::zoo_model("tracr-parity-12");
    for (const std::int64_t length : {1, 2, 5, 8, 9, 10, 12}) {
        const network::Evaluator a(theirs, length), b(ours, length);
        language::Word word(static_cast<std::size_t>(length), 0);
        do {
            const network::Evaluation of_theirs = a.evaluate(word), of_ours = b.evaluate(word);
            CAPTURE(word);
            REQUIRE(of_theirs.accepts == of_ours.accepts);
            // Their thresholds are rounded to doubles.
            REQUIRE(abs(of_theirs.score - of_ours.score) < exact::Rational(1, 1000000));
        } while (language::next_word(word, ours.alphabet));
    }
    CHECK(network::evaluate(ours, language::Word(10, 1)).accepts);  // ten is read as nine
}
