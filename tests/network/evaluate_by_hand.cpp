#include <catch2/catch.hpp>

#include "attest/base/error.hpp"
#include "attest/formats/file.hpp"
#include "attest/network/evaluate.hpp"
#include "documents.hpp"

// Small models whose results are computed in the comments.

using namespace attest;
using namespace attest::formats;
using namespace attest::formats::tests;
using namespace attest::network;
using attest::tests::refused;
using exact::Rational;

namespace {

/// One layer over {a, b, c} embedded as 1, 2, 3 with d = 1, read at `readout`; scores are embeddings.
Transformer single(const std::string& attention, const std::string& readout = "\"last\"",
                   const std::string& more = "") {
    return formats::parse_model(
        R"({"format": "attest/model", "version": 1, "alphabet": ["a", "b", "c"], "dimension": 1,
                           "embedding": {"a": [1], "b": [2], "c": [3]}, )" +
            more + R"(
                           "layers": [{"attention": {)" +
            attention + R"(}}], "readout": {"position": )" + readout + R"(, "weight": [1], "bias": 0}})",
        "m");
}

/// Query 1, key and value the symbol's number.
const std::string look =
    R"("heads": [{"query": {"weight": [[0]], "bias": [1]}, "key": [[1]], "value": [[1]], "output": [[1]]}], "residual": false)";
/// No query; the score is an expression, the value the symbol's number.
std::string by_bias(const std::string& bias) {
    return R"("heads": [{"value": [[1]], "output": [[1]], "bias": ")" + bias + R"("}], "residual": false)";
}

Rational score(const Transformer& t, const std::string& word) {
    return evaluate(t, t.alphabet.parse(word, "word")).score;
}

std::string refusal(const Transformer& t, const std::string& word) {
    return refused([&] { (void)score(t, word); });
}

std::vector<std::int64_t> chosen(const Transformer& t, const std::string& word) {
    Trace trace;
    (void)evaluate(t, t.alphabet.parse(word, "word"), &trace);
    return trace.attended[0][0][word.size() - 1].positions;
}

}  // namespace

TEST_CASE("the good file, computed by hand", "[evaluate]") {
    // Word "1", sequence ^ 1 $, n = 3. Embedding + (i, 1/3): (1, 1/3), (3, 1/3), (5, 7/3).
    // q($) = (29/3, 73/3, 39), k_j = (x + 3y, y, x + y): (2, 1/3, 4/3), (4, 1/3, 10/3), (12, 7/3, 22/3).
    // q . k: 715/9, 1591/9, ... greatest by far at j = 3; bias i - j is 2, 1, 0; scale 3. So z = 7*5 + 8*7/3
    // = 161/3, y = (5 + 161/3, 7/3 - 161/3) = (176/3, -154/3). First map: (22/3, 44/3, 22); ReLU keeps them;
    // second: (22/3 + 5, 44/3 + 9) = (37/3, 71/3), no residual. Readout: 37/3 - 142/3 - 1/2 = -71/2.
    const Transformer t = read({});
    Trace trace;
    const Evaluation e = evaluate(t, {1}, &trace);
    CHECK(trace.activations[0][2] == exact::Vector{5, Rational(7, 3)});
    CHECK(trace.attended[0][0][2].positions == std::vector<std::int64_t>{3});
    CHECK(trace.activations[1][2] == exact::Vector{Rational(37, 3), Rational(71, 3)});
    CHECK(e.score == Rational(-71, 2));
    CHECK_FALSE(e.accepts);
}

TEST_CASE("a score of 0 is rejected, one just above is accepted", "[evaluate]") {
    const auto with = [](const std::string& bias) {
        return evaluate(read({{"\"weight\": [1, -2], \"bias\": -0.5", "\"weight\": [0, 0], \"bias\": " + bias}}), {});
    };
    CHECK_FALSE(with("0").accepts);
    CHECK(with("1e-400").accepts);
    CHECK_FALSE(with("-1e-400").accepts);
}

TEST_CASE("hard attention takes the leftmost or the rightmost of the greatest", "[evaluate]") {
    CHECK(chosen(single(R"("kind": "hard", )" + look), "acbca") == std::vector<std::int64_t>{2});
    CHECK(chosen(single(R"("kind": "hard", "tie": "left", )" + look), "acbca") == std::vector<std::int64_t>{2});
    CHECK(chosen(single(R"("kind": "hard", "tie": "right", )" + look), "acbca") == std::vector<std::int64_t>{4});
    CHECK(score(single(R"("kind": "hard", )" + look), "abab") == 2);
}

TEST_CASE("average attention takes the mean over all of the greatest", "[evaluate]") {
    CHECK(chosen(single(R"("kind": "average", )" + look), "acbca") == std::vector<std::int64_t>{2, 4});
    CHECK(score(single(R"("kind": "average", )" + by_bias("0")), "abc") == 2);
    CHECK(score(single(R"("kind": "average", )" + by_bias("[j != 2]")), "abcc") == Rational(7, 3));
}

TEST_CASE("masks say which positions are seen", "[evaluate]") {
    // The mean over all positions seen from 2 of 4; the values are 1, 2, 3, 3.
    const auto seen = [](const std::string& mask) {
        return score(single(R"("kind": "average", "mask": ")" + mask + "\", " + by_bias("0"), "2"), "abcc");
    };
    CHECK(seen("none") == Rational(9, 4));
    CHECK(seen("causal") == Rational(3, 2));
    CHECK(seen("strict") == 1);
    CHECK(seen("future") == Rational(8, 3));
    CHECK(seen("strict-future") == 3);
}

TEST_CASE("a head that sees nothing contributes zero, whatever its biases", "[evaluate]") {
    const std::string heads =
        R"("heads": [{"value": {"weight": [[1]], "bias": [7]}, "output": {"weight": [[1]], "bias": [9]}}])";
    CHECK(score(single(R"("kind": "hard", "mask": "strict", "residual": false, )" + heads, "\"first\""), "ab") == 0);
    CHECK(score(single(R"("kind": "average", "mask": "strict-future", )" + heads), "ab") == 2);
    CHECK(score(single(R"("kind": "hard", "mask": "strict", "residual": false, )" + heads), "ab") == 17);
}

TEST_CASE("heads are summed, and the stream is kept where residual is true", "[evaluate]") {
    const std::string one = R"({"value": [[1]], "output": [[10]], "bias": "-j"})";
    CHECK(score(single(R"("kind": "hard", "residual": true, "heads": [)" + one + ", " + one + "]"), "ab") == 22);
    CHECK(score(single(R"("kind": "hard", "residual": false, "heads": [)" + one + ", " + one + "]"), "ab") == 20);
    CHECK(score(single(R"("kind": "hard", "residual": true, "heads": [])"), "ab") == 2);
    CHECK(score(single(R"("kind": "hard", "residual": false, "heads": [])"), "ab") == 0);
}

TEST_CASE("scale weighs the product against the bias", "[evaluate]") {
    // At the last position of "ca": product 3 for j = 1 and 1 for j = 2, bias 3 for j = 2.
    const auto with = [](const std::string& scale) {
        return chosen(single(R"("kind": "hard", "scale": ")" + scale +
                             R"(", "heads": [{"query": {"weight": [[0]], "bias": [1]}, "key": [[1]], "value": [[1]],
                             "output": [[1]], "bias": "3*[j = 2]"}])"),
                      "ca");
    };
    CHECK(with("1") == std::vector<std::int64_t>{2});
    CHECK(with("3/2") == std::vector<std::int64_t>{1});  // 9/2 each: a tie, to the left
    CHECK(with("n") == std::vector<std::int64_t>{1});
    CHECK(with("1/(dk + 9)") == std::vector<std::int64_t>{2});
}

TEST_CASE("a trace tells scores and margins", "[evaluate]") {
    const auto at = [](const Transformer& t, const std::string& word) {
        Trace trace;
        (void)evaluate(t, t.alphabet.parse(word, "word"), &trace);
        return trace.attended[0][0][word.size() - 1];
    };
    const Attended clear = at(single(R"("kind": "hard", )" + look), "abcab");
    CHECK(clear.positions == std::vector<std::int64_t>{3});
    CHECK(clear.score == 3);
    CHECK(clear.margin == Rational(1));
    for (const std::string tie : {"left", "right"})
        CHECK(at(single(R"("kind": "hard", "tie": ")" + tie + "\", " + look), "acca").margin == Rational(0));
    CHECK(at(single(R"("kind": "average", )" + look), "acca").margin == Rational(2));
    CHECK(!at(single(R"("kind": "average", )" + look), "cc").margin);
    CHECK(!at(single(R"("kind": "hard", )" + look), "c").margin);
    const Attended nothing = at(single(R"("kind": "hard", "mask": "strict", )" + look), "a");
    CHECK(nothing.positions.empty());
    CHECK(!nothing.margin);
}

TEST_CASE("a trace holds what the readout depends on", "[evaluate]") {
    const Transformer t = single(R"("kind": "hard", "mask": "strict", )" + look, "2");
    Trace trace;
    (void)evaluate(t, t.alphabet.parse("abc", "word"), &trace);
    REQUIRE(trace.activations.size() == 2);
    CHECK(trace.activations[0][0] == exact::Vector{1});
    CHECK(trace.activations[1][1] == exact::Vector{1});
    CHECK(trace.activations[1][0].empty());
    CHECK(trace.activations[1][2].empty());
    CHECK(trace.attended[0][0][1].positions == std::vector<std::int64_t>{1});
    CHECK(trace.attended[0][0][2].positions.empty());
}

TEST_CASE("the readout counts from 1, or from the end", "[evaluate]") {
    const auto with = [](const std::string& position, const std::string& word) {
        return score(single(R"("kind": "hard", "heads": [])", position), word);
    };
    CHECK(with("\"first\"", "abc") == 1);
    CHECK(with("\"last\"", "abc") == 3);
    CHECK(with("2", "abc") == 2);
    CHECK(with("-3", "abc") == 1);
    for (const std::string position : {"4", "-4"})
        CHECK(refusal(single(R"("kind": "hard", "heads": [])", position), "abc") ==
              "m:readout.position: expected a position of the sequence, 1 to 3, found " + position);
}

TEST_CASE("an empty sequence is an error, the empty word between markers is not", "[evaluate]") {
    CHECK(refusal(single(R"("kind": "hard", "heads": [])"), "") ==
          "m: expected a sequence of at least one position, found the empty word and no begin or end symbol");
    CHECK_NOTHROW(evaluate(read({}), {}));
    CHECK_NOTHROW(evaluate(read({{R"("begin": "^", )", ""}, {R"("^": [0, 0], )", ""}}), {}));
}

TEST_CASE("a scale that is not positive at this length is an error there", "[evaluate]") {
    const Transformer t = single(R"("kind": "hard", "scale": "n - 2", )" + look);
    CHECK(score(t, "abc") == 3);
    CHECK(refusal(t, "ab") ==
          "m:layers[0].attention.scale: expected a positive number, found n - 2 = 0 at n = 2, dk = 1");
    CHECK(refusal(t, "a") ==
          "m:layers[0].attention.scale: expected a positive number, found n - 2 = -1 at n = 1, dk = 1");
}

TEST_CASE("an expression without a value at one position is an error that names it", "[evaluate]") {
    const Transformer position = single(R"("kind": "hard", "heads": [])", "\"last\"", "\"position\": [\"1/(i-3)\"],");
    CHECK(score(position, "ab") == 1);
    CHECK(refusal(position, "abc") == "m:position[0]: division by zero at i = 3, n = 3 in \"1/(i-3)\"");
    const std::string bias = R"("kind": "hard", )" + by_bias("1/(i+j-n)");
    // Also at a pair that the readout does not depend on: the model is wrong there all the same.
    for (const char* readout : {"\"last\"", "1"})
        CHECK(refusal(single(bias, readout), "ab") ==
              "m:layers[0].attention.heads[0].bias: division by zero at i = 1, j = 1, n = 2 in \"1/(i+j-n)\"");
    const Transformer at_length = single(R"("kind": "hard", )" + by_bias("j/(n-3)"));
    CHECK(score(at_length, "ab") == 1);
    CHECK(refusal(at_length, "abc") ==
          "m:layers[0].attention.heads[0].bias: division by zero at i = 1, j = 1, n = 3 in \"j/(n-3)\"");
}

TEST_CASE("softmax models are left to balls", "[evaluate]") {
    CHECK_THROWS_AS(evaluate(read({{"\"hard\"", "\"softmax\""}}), {}), base::Unsupported);
    CHECK_THROWS_WITH(evaluate(read({{"\"hard\"", "\"softmax\""}}), {}), "m: softmax attention has no exact scores");
}

TEST_CASE("a name from outside cannot break the line of a message", "[evaluate]") {
    Transformer t = single(R"("kind": "hard", "heads": [])");
    t.name = "a\nb\xff";
    CHECK(refusal(t, "") ==
          "a\\x0ab\\xff: expected a sequence of at least one position, found the empty word and no begin or "
          "end symbol");
    CHECK(formats::parse_model(formats::write_model(t), "m").name == "a\nb\xef\xbf\xbd");
}

TEST_CASE("long sequences are evaluated without tables of biases", "[evaluate]") {
    const Transformer t = single(R"("kind": "hard", )" + by_bias("-abs(j-2)"));
    CHECK(score(t, "ac" + std::string(400, 'b')) == 3);
}
