#include <fmt/format.h>

#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "attest/network/evaluate.hpp"
#include "base/random.hpp"
#include "formats/import/alta.hpp"
#include "refused.hpp"
#include "seed.hpp"
#include "trials.hpp"

using namespace attest;
using formats::import::Options;
using Json = nlohmann::ordered_json;

namespace {

/// What a rule asks, as the file has it: pairs of a variable and a value.
Json conditions(const Json& named) {
    Json list = Json::array();
    for (const auto& [variable, value] : named.items()) list.push_back(Json::array({variable, value}));
    return list;
}

std::string hex(double x) {
    std::array<char, 40> text{};
    std::snprintf(text.data(), text.size(), "%a", x);
    return text.data();
}

using Rows = std::vector<std::vector<double>>;
Rows zeros(std::size_t rows, std::size_t columns) { return Rows(rows, std::vector<double>(columns)); }
Json json(const Rows& rows) {
    Json list = Json::array();
    for (const auto& row : rows) {
        list.push_back(Json::array());
        for (const double x : row) list.back().push_back(hex(x));
    }
    return list;
}
Json json(const std::vector<double>& row) {
    Json list = Json::array();
    for (const double x : row) list.push_back(hex(x));
    return list;
}

/// The parity of ones by 1/(ones + 1), as ALTA compiles it [shaw2024alta]: inputs 0 and 1, and 2 that ends the word; steps of the
/// scale s1 at the middles of 1/n, …, 1/1, then one bit a bucket, then the rules. Written after the description, not after
/// the program.
class SumModTwo {
  public:
    SumModTwo(std::size_t buckets, double s1) : n_(buckets), s1_(s1) {
        for (std::size_t k = n_; k >= 1; --k) values_.push_back(1.0 / static_cast<double>(k));
    }

    Json document() {
        Json d = {
            {"format", "attest/alta"},   {"version", 1},  {"name", "sum mod 2"}, {"layers", 1}, {"input_range", 3},
            {"position_range", nullptr}, {"halts", false}};
        d["variables"] = {
            {{"name", "parity"}, {"kind", "categorical"}, {"range", 2}, {"default", 0}},
            {{"name", "eos"}, {"kind", "numerical"}, {"values", {hex(0), hex(1)}}, {"input", {hex(0), hex(0), hex(1)}}},
            {{"name", "eos_or_one"}, {"kind", "categorical"}, {"range", 2}, {"input", {0, 1, 1}}},
            {{"name", "query"}, {"kind", "categorical"}, {"range", 2}, {"default", 1}},
            {{"name", "x"}, {"kind", "numerical"}, {"values", json(values_)}, {"default", hex(0)}}};
        d["heads"] = Json::array({{{"query", "query"},
                                   {"key", "eos_or_one"},
                                   {"value", "eos"},
                                   {"output", "x"},
                                   {"relative", Json::array()}}});
        add_rules();
        d["rules"] = rules_;
        d["output"] = "parity";
        d["weights"] = weights();
        return d;
    }

  private:
    static constexpr std::size_t parity = 0, eos = 2, eos_or_one = 3, query = 5, x = 7, d = 8;
    static constexpr std::size_t bits_of_eos = 2, bits_of_eos_or_one = 4, bits_of_query = 6, bits_of_x = 8;

    void add_rules() {
        for (std::size_t e = 0; e < 2; ++e)
            for (std::size_t o = 0; o < 2; ++o)
                for (std::size_t p = 0; p < 2; ++p)
                    for (std::size_t q = 0; q < 2; ++q)
                        for (std::size_t k = 0; k < n_; ++k) {
                            const auto ones = static_cast<std::size_t>(std::lround(1 / values_[k])) - 1;
                            if (ones % 2 == p) continue;
                            rule({{"eos", e}, {"eos_or_one", o}, {"parity", p}, {"query", q}, {"x", k}},
                                 {"parity", p, 1 - p},
                                 {bits_of_eos + e, bits_of_eos_or_one + o, p, bits_of_query + q, bits_of_x + k},
                                 {{parity + p, -1}, {parity + 1 - p, 1}});
                        }
        for (std::size_t k = 0; k < n_; ++k)
            rule({{"x", k}}, {"x", hex(values_[k]), nullptr}, {bits_of_x + k}, {{x, -values_[k]}});
    }
    void rule(Json asked, Json set, const std::vector<std::size_t>& bits,
              const std::vector<std::pair<std::size_t, double>>& does) {
        rules_.push_back({{"if", conditions(asked)}, {"set", std::move(set)}});
        bits_.push_back(bits);
        does_.push_back(does);
    }

    Json weights() const {
        Rows embedding = zeros(3, d);
        for (std::size_t input = 0; input < 3; ++input) {
            embedding[input][parity] = embedding[input][query + 1] = 1;
            embedding[input][eos] = input == 2 ? 1 : 0;
            embedding[input][eos_or_one + (input == 0 ? 0 : 1)] = 1;
        }
        Rows q = zeros(d, 2), k = zeros(d, 2), v = zeros(d, 1), o = zeros(1, d), out = zeros(d, 2);
        for (std::size_t c = 0; c < 2; ++c) {
            q[query + c][c] = k[eos_or_one + c][c] = 100;
            out[parity + c][c] = 1;
        }
        v[eos][0] = o[0][x] = 1;
        const Json head = {
            {"query", json(q)}, {"key", json(k)}, {"value", json(v)}, {"output", json(o)}, {"relative", Json::array()}};
        return {{"embedding", json(embedding)},
                {"position", nullptr},
                {"heads", Json::array({head})},
                {"feedforward", feed_forward()},
                {"unembedding", json(out)}};
    }

    Json feed_forward() const {
        const std::size_t e = 8 + n_;
        Rows one = zeros(d, e), two = zeros(e, e), three = zeros(e, rules_.size()), four = zeros(rules_.size(), d);
        std::vector<double> bias_1(e), bias_2(e), bias_3(rules_.size());
        for (const auto& [from, to] :
             std::vector<std::pair<std::size_t, std::size_t>>{{0, 0}, {1, 1}, {3, 4}, {4, 5}, {5, 6}, {6, 7}}) {
            one[from][to] = 1;
            two[to][to] = 1;
        }
        const auto steps = [&](std::size_t from, std::size_t to, const std::vector<double>& values) {
            for (std::size_t b = 0; b < values.size(); ++b) {
                const double middle = b == 0 ? 0 : (values[b - 1] + values[b]) / 2;
                one[from][to + b] = b == 0 ? 0 : s1_;
                bias_1[to + b] = b == 0 ? s1_ : -s1_ * middle;
                two[to + b][to + b] = 100;
                if (b + 1 < values.size()) two[to + b + 1][to + b] = -100;
                bias_2[to + b] = -50;
            }
        };
        steps(eos, bits_of_eos, {0, 1});
        steps(x, bits_of_x, values_);
        for (std::size_t r = 0; r < rules_.size(); ++r) {
            for (const std::size_t bit : bits_[r]) three[bit][r] = 1;
            bias_3[r] = 1 - static_cast<double>(bits_[r].size());
            for (const auto& [to, by] : does_[r]) four[r][to] += by;
        }
        const auto layer = [](const Rows& weight, const std::vector<double>& bias) {
            return Json{{"weight", json(weight)}, {"bias", json(bias)}};
        };
        return Json::array(
            {layer(one, bias_1), layer(two, bias_2), layer(three, bias_3), layer(four, std::vector<double>(d))});
    }

    std::size_t n_;
    double s1_;
    std::vector<double> values_;
    Json rules_ = Json::array();
    std::vector<std::vector<std::size_t>> bits_;
    std::vector<std::vector<std::pair<std::size_t, double>>> does_;
};

Options binary(std::vector<std::string> set = {}) {
    Options options;
    options.alphabet = "01";
    options.end = "$=2";
    options.read = "last";
    options.accept = "1";
    options.set = std::move(set);
    return options;
}

network::Transformer compiled(const Json& document) {
    std::vector<formats::import::Assumption> assumed;
    return formats::import::read_alta(document.dump(), "a.json", binary(), assumed);
}
network::Program rules(const Json& document, const std::string& lengths) {
    std::vector<formats::import::Assumption> assumed;
    return formats::import::read_alta_rules(document.dump(), "a.json", binary({"as=program", "lengths=" + lengths}),
                                            assumed);
}

bool is_right(const network::Transformer& model, std::size_t ones) {
    return network::evaluate(model, language::Word(ones, 1)).accepts == (ones % 2 == 1);
}

}  // namespace

TEST_CASE("ALTA: sums modulo 2 are wrong from nine ones on at its usual scale, and right at 2450") {
    const auto wrong = [](std::size_t buckets, double s1) {
        const network::Transformer model = compiled(SumModTwo(buckets, s1).document());
        std::vector<std::size_t> found;
        for (std::size_t ones = 0; ones < buckets; ++ones)
            if (!is_right(model, ones)) found.push_back(ones);
        return found;
    };
    using Found = std::vector<std::size_t>;
    CHECK(wrong(10, 100) == Found{});
    CHECK(wrong(11, 100) == Found{9});
    CHECK(wrong(12, 100) == Found{9, 10});
    CHECK(wrong(50, 2450) == Found{});
    CHECK(wrong(50, 2401) != Found{});
}

TEST_CASE("ALTA: rules as a program count ones at every length, and agree with what is compiled where that is right") {
    const Json document = SumModTwo(12, 100).document();
    const network::Program program = rules(document, "0..11");
    const network::Transformer model = compiled(document);
    for (std::int64_t length = 0; length <= 8; ++length) {
        language::Word word(static_cast<std::size_t>(length), 0);
        do {
            const bool odd = std::count(word.begin(), word.end(), 1) % 2 == 1;
            REQUIRE(network::accepts(program, network::answers(program, word)) == odd);
            REQUIRE(network::evaluate(model, word).accepts == odd);
        } while (language::next_word(word, program.alphabet));
    }
    for (const std::size_t ones : {9U, 10U, 11U})
        CHECK(network::accepts(program, network::answers(program, language::Word(ones, 1))) == (ones % 2 == 1));
}

TEST_CASE("ALTA: relative heads and layers, rules against what they say") {
    // Each position takes the parity of the one before it, once that is done; START is done at first.
    Json d = {{"format", "attest/alta"},   {"version", 1}, {"layers", 6}, {"input_range", 3},
              {"position_range", nullptr}, {"halts", true}};
    d["variables"] = {{{"name", "parity"}, {"kind", "categorical"}, {"range", 2}, {"input", {0, 1, 0}}},
                      {{"name", "done"}, {"kind", "categorical"}, {"range", 2}, {"input", {0, 0, 1}}},
                      {{"name", "same"}, {"kind", "categorical"}, {"range", 1}, {"default", 0}},
                      {{"name", "parity_left"}, {"kind", "categorical"}, {"range", 2}, {"default", 0}},
                      {{"name", "done_left"}, {"kind", "categorical"}, {"range", 2}, {"default", 0}}};
    const auto head = [](const char* value, const char* output) {
        return Json{{"query", "same"}, {"key", "same"}, {"value", value}, {"output", output}, {"relative", {-1}}};
    };
    d["heads"] = Json::array({head("parity", "parity_left"), head("done", "done_left")});
    d["rules"] = Json::array({{{"if", conditions({{"done", 0}, {"done_left", 1}})}, {"set", {"done", 0, 1}}},
                              {{"if", conditions({{"done", 0}, {"done_left", 1}, {"parity", 0}, {"parity_left", 1}})},
                               {"set", {"parity", 0, 1}}},
                              {{"if", conditions({{"done", 0}, {"done_left", 1}, {"parity", 1}, {"parity_left", 1}})},
                               {"set", {"parity", 1, 0}}}});
    d["output"] = "parity";
    Options options;
    options.alphabet = "01";
    options.begin = "^=2";
    options.set = {"as=program", "lengths=0..6"};
    std::vector<formats::import::Assumption> assumed;
    const network::Program program = formats::import::read_alta_rules(d.dump(), "a.json", options, assumed);
    for (std::int64_t length = 0; length <= 6; ++length) {
        language::Word word(static_cast<std::size_t>(length), 0);
        do {
            std::vector<std::string> expected;
            int sum = 0;
            for (const auto s : word) expected.push_back(std::to_string((sum += static_cast<int>(s)) % 2));
            REQUIRE(network::answers(program, word) == expected);
        } while (language::next_word(word, program.alphabet));
    }
    // Two rules that write one variable at once: that has no value.
    d["rules"].push_back({{"if", conditions({{"done", 0}})}, {"set", {"done", 0, 1}}});
    const network::Program twice = formats::import::read_alta_rules(d.dump(), "a.json", options, assumed);
    CHECK(attest::tests::refused([&] {
              (void)network::answers(twice, {0});
          }).find("expected an entry for each tuple") != std::string::npos);
}

TEST_CASE("ALTA: what does not fit is refused with its place") {
    const Json document = SumModTwo(4, 100).document();
    const auto refusal = [&](auto change, bool as_rules = false) {
        Json changed = document;
        change(changed);
        return attest::tests::refused([&] {
            if (as_rules) (void)rules(changed, "0..3");
            else (void)compiled(changed);
        });
    };
    CHECK(
        refusal([](Json& d) { d["format"] = "attest/tracr"; }).starts_with("a.json:format: expected \"attest/alta\""));
    CHECK(refusal([](Json& d) { d["extra"] = 1; }).find("extra") != std::string::npos);
    CHECK(refusal([](Json& d) { d["weights"]["embedding"].erase(0); }) ==
          "a.json:weights.embedding: expected 3 rows, found 2");
    CHECK(refusal([](Json& d) {
              d["weights"]["heads"][0]["query"][0][0] = "1.5";
          }).starts_with("a.json:weights.heads[0].query[0][0]: expected a hexadecimal number such as \"0x1.8p+1\""));
    CHECK(refusal([](Json& d) {
              d["weights"]["feedforward"].erase(3);
          }).starts_with("a.json:weights.feedforward: expected layers of which the last has 8 outputs"));
    CHECK(refusal([](Json& d) { d["rules"][0]["if"][0][0] = "none"; }, true)
              .starts_with("a.json:rules[0].if[0][0]: expected the name of a variable"));
    CHECK(refusal([](Json& d) { d["rules"][0]["set"].erase(2); }, true)
              .starts_with("a.json:rules[0].set: expected [variable, old value, new value]"));
    CHECK(refusal(
              [](Json& d) {
                  d["variables"][2]["input"] = {0, 5, 1};
              },
              true)
              .starts_with("a.json:variables[2].input[1]: expected"));
    CHECK(refusal(
              [](Json& d) {
                  d["variables"][2]["input"] = {0, 1};
              },
              true)
              .starts_with("a.json:variables[2]: expected a value for each input or position"));
    const auto usage = [&](Options options, bool as_rules) {
        std::vector<formats::import::Assumption> assumed;
        try {
            if (as_rules) (void)formats::import::read_alta_rules(document.dump(), "a.json", options, assumed);
            else (void)formats::import::read_alta(document.dump(), "a.json", options, assumed);
        } catch (const base::UsageError& e) {
            return std::string(e.what());
        }
        return std::string("accepted");
    };
    CHECK(usage(binary({"layers=0"}), false).starts_with("--set: expected layers=T, attention=average"));
    CHECK(usage(binary({"lengths=4..2", "as=program"}), true) == "--set lengths: expected A..B, found \"4..2\"");
    Options options = binary();
    options.end = "$=3";
    CHECK(usage(options, false) == "--end: expected SYMBOL=INPUT, an input from 0 to 2, found \"$=3\"");
    options = binary();
    options.alphabet = "0123";
    CHECK(usage(options, false).starts_with("--alphabet: expected at most 2 symbols"));
}
