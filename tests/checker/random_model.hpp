#pragma once

#include <random>
#include <sstream>
#include <string>

namespace checker_test {

/// Random small models with hard attention, written as model files: small numbers, so that ties are common.
class RandomModel {
  public:
    RandomModel(unsigned seed, std::size_t symbols) : random_(seed), symbols_(symbols) {}

    std::string text() {
        dimension_ = 2 + below(3);
        std::ostringstream out;
        out << R"({"format": "attest/model", "version": 1, "name": "random", "alphabet": [)";
        for (std::size_t a = 0; a < symbols_; ++a) out << (a ? ", " : "") << '"' << "abc"[a] << '"';
        out << "], \"dimension\": " << dimension_ << ", ";
        const bool begin = below(3) == 0;
        const bool end = below(3) == 0;
        if (begin) out << "\"begin\": \"^\", ";
        if (end) out << "\"end\": \"$\", ";
        out << "\"embedding\": {";
        for (std::size_t a = 0; a < symbols_; ++a)
            out << (a ? ", " : "") << '"' << "abc"[a] << "\": " << numbers(dimension_);
        if (begin) out << ", \"^\": " << numbers(dimension_);
        if (end) out << ", \"$\": " << numbers(dimension_);
        out << "}, ";
        if (below(2) == 0) out << "\"position\": " << positions() << ", ";
        out << "\"layers\": [" << layer();
        if (below(2) == 0) out << ", " << layer();
        out << "], \"readout\": {\"position\": " << pick({"\"first\"", "\"last\"", "1", "-1"})
            << ", \"weight\": " << numbers(dimension_) << ", \"bias\": " << number() << "}}";
        return out.str();
    }

  private:
    std::size_t below(std::size_t bound) { return random_() % bound; }
    std::string pick(std::initializer_list<const char*> choices) { return choices.begin()[below(choices.size())]; }
    std::string number() { return pick({"0", "0", "0", "1", "-1", "2", "\"1/2\"", "-0.5"}); }

    std::string numbers(std::size_t count) {
        std::string text = "[";
        for (std::size_t k = 0; k < count; ++k) text += (k ? ", " : "") + number();
        return text + "]";
    }

    std::string matrix(std::size_t rows, std::size_t columns) {
        std::string text = "[";
        for (std::size_t r = 0; r < rows; ++r) text += (r ? ", " : "") + numbers(columns);
        return text + "]";
    }

    std::string map(std::size_t rows, std::size_t columns) {
        if (below(2) == 0) return matrix(rows, columns);
        return "{\"weight\": " + matrix(rows, columns) + ", \"bias\": " + numbers(rows) + "}";
    }

    std::string positions() {
        std::string text = "[";
        for (std::size_t c = 0; c < dimension_; ++c)
            text +=
                (c ? ", " : "") + pick({"0", "0", "\"(-1)^i\"", "\"i\"", "\"i/n\"", "\"[i = n]\"", "\"mod(i, 3)\""});
        return text + "]";
    }

    std::string layer() {
        std::string text = "{";
        const bool attention = below(8) != 0;
        if (attention) text += "\"attention\": " + attention_part();
        if (!attention || below(2) == 0)
            text += (attention ? ", " : "") + std::string("\"feedforward\": ") + feedforward();
        return text + "}";
    }

    std::string attention_part() {
        std::string text =
            "{\"kind\": \"hard\", \"tie\": " + pick({"\"left\"", "\"right\""}) +
            ", \"mask\": " + pick({"\"none\"", "\"causal\"", "\"strict\"", "\"future\"", "\"strict-future\""}) +
            ", \"scale\": " + pick({"1", "\"1/dk\"", "\"n\""}) + ", \"residual\": " + pick({"true", "true", "false"}) +
            ", \"heads\": [" + head();
        if (below(3) == 0) text += ", " + head();
        return text + "]}";
    }

    std::string head() {
        const std::size_t keys = 1 + below(2);
        const std::size_t values = 1 + below(2);
        std::string text = "{";
        if (below(4) != 0) text += "\"query\": " + map(keys, dimension_) + ", \"key\": " + map(keys, dimension_) + ", ";
        text += "\"value\": " + map(values, dimension_) + ", \"output\": " + map(dimension_, values);
        if (below(2) == 0)
            text += ", \"bias\": " + pick({"\"-[i = j]\"", "\"j\"", "\"-j/2\"", "\"[j < i] - [j > i + 1]\"", "1"});
        return text + "}";
    }

    std::string feedforward() {
        const std::size_t hidden = 1 + below(3);
        std::string maps =
            below(3) == 0 ? map(dimension_, dimension_) : map(hidden, dimension_) + ", " + map(dimension_, hidden);
        return "{\"maps\": [" + maps + "], \"residual\": " + pick({"true", "false"}) + "}";
    }

    std::mt19937 random_;
    std::size_t symbols_;
    std::size_t dimension_ = 0;
};

}  // namespace checker_test
