#pragma once

#include <cstddef>
#include <initializer_list>
#include <random>
#include <string>

namespace attest::tests {

/// Random models of hard attention, as the text of a model file, whose heads weigh content against how near a position is: where the
/// latter grows without bound, what is beyond some distance is never found. Small numbers, so that ties are common.
class WeighingModel {
  public:
    explicit WeighingModel(std::uint64_t seed) : random_(seed) {}

    std::string text() {
        const std::size_t symbols = 2 + below(2);
        const bool begin = below(2) == 0, end = below(2) == 0;
        const std::size_t layers = 1 + below(2);
        carries_ = below(3) == 0;
        std::string text = R"({"format": "attest/model", "version": 1, "name": "weighing", "alphabet": [)";
        for (std::size_t a = 0; a < symbols; ++a) text += (a == 0 ? "\"" : ", \"") + symbol(a) + "\"";
        text += std::string("], ") + (begin ? R"("begin": "^", )" : "") + (end ? R"("end": "$", )" : "");
        text += R"("dimension": 4, "embedding": {)";
        for (std::size_t a = 0; a < symbols; ++a) text += (a == 0 ? "\"" : ", \"") + symbol(a) + "\": " + embedding();
        if (begin) text += R"(, "^": )" + embedding();
        if (end) text += R"(, "$": )" + embedding();
        text += "}, ";
        if (carries_) text += R"("position": [0, 0, )" + pick({"0", "\"mod(i,2)\""}) + R"(, "i"], )";
        text += R"("layers": [)";
        for (std::size_t l = 0; l < layers; ++l) text += (l == 0 ? "" : ", ") + layer(l + 1 == layers);
        return text + R"(], "readout": {"position": "last", "weight": [)" + number() + ", " + number() + ", " +
               number() + R"(, 0], "bias": )" + pick({"0", "-1", "\"1/2\""}) + "}}";
    }

  private:
    std::size_t below(std::size_t bound) { return random_() % bound; }
    std::string pick(std::initializer_list<const char*> choices) { return choices.begin()[below(choices.size())]; }
    static std::string symbol(std::size_t a) { return std::string(1, "abc"[a]); }
    std::string number() { return pick({"0", "1", "-1", "2", "-2", "\"1/2\"", "3"}); }
    std::string embedding() { return "[" + number() + ", " + pick({"0", "1"}) + ", 0, 0]"; }

    /// 1 × 4, with the carried coordinate as it is said.
    std::string row(const std::string& carried) {
        return "[[" + number() + ", " + number() + ", " + pick({"0", "1"}) + ", " + carried + "]]";
    }

    std::string layer(bool top) {
        std::string text = R"({"attention": {"kind": "hard", "tie": )" + pick({"\"left\"", "\"right\""}) +
                           R"(, "mask": )" +
                           (top ? pick({"\"strict\"", "\"causal\"", "\"none\""}) : pick({"\"strict\"", "\"causal\""})) +
                           R"(, "scale": )" + pick({"1", "1", "2", "\"1/n\""}) + R"(, "heads": [)" + head();
        if (below(3) == 0) text += ", " + head();
        text += "]}";
        // What adds up is cut, so that few vectors occur.
        if (below(2) == 0)
            text += R"(, "feedforward": {"residual": false, "maps": [[[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0],
                       [0, 0, 0, 1]], [[1, 0, 0, 0], [0, 1, 0, 0], [0, )" +
                    pick({"0", "1"}) + ", 1, 0], [0, 0, 0, 1]]]}";
        return text + "}";
    }

    std::string head() {
        const bool by_position = carries_ && below(2) == 0;
        return R"({"query": {"weight": [[)" + pick({"0", "0", "1"}) + ", " + pick({"0", "1"}) +
               R"(, 0, 0]], "bias": [)" + pick({"1", "1", "2"}) + R"(]}, "key": )" +
               row(by_position ? pick({"1", "2", "\"1/2\"", "-1"}) : "0") + R"(, "value": )" + row("0") +
               R"(, "output": [[0], [)" + number() + "], [" + number() + R"(], [0]], "bias": )" +
               (by_position
                    ? "0"
                    : pick({"\"j\"", "\"j\"", "\"2*j\"", "\"j/2\"", "\"j-i\"", "\"-abs(i-j-1)\"", "\"-2*abs(i-j-2)\"",
                            "\"j+n*[j = 1]\"", "\"j-5*[j = 1]\"", "\"-j\"", "\"3*[j = i-1]\"", "\"j*j\""})) +
               "}";
    }

    std::mt19937_64 random_;
    bool carries_ = false;
};

}  // namespace attest::tests
