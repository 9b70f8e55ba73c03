#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "../support/random_model.hpp"
#include "base/random.hpp"
#include "random_guhat.hpp"
#include "seed.hpp"
#include "two_readers.hpp"

// Texts near those that are right: both readers take them and mean the same, or both refuse them. What the rows of the
// table forgot is found here.

namespace attest::tests {

namespace {

/// Changes some characters, takes some out, puts some in or copies a piece, all from the alphabet of the format.
std::string mutate(std::string text, const std::vector<std::string>& pieces, base::Random& random) {
    for (std::uint64_t k = random.below(3) + 1; k > 0; --k) {
        const std::size_t at = random.below(text.size() + 1);
        const std::string& piece = pieces[random.below(pieces.size())];
        switch (random.below(4)) {
            case 0: text.insert(at, piece); break;
            case 1: text.erase(at, 1 + random.below(3)); break;
            case 2: text.replace(at, std::min<std::size_t>(1, text.size() - at), piece); break;
            case 3: {
                const std::size_t from = random.below(text.size() + 1);
                text.insert(at, text.substr(from, 1 + random.below(6)));
                break;
            }
        }
    }
    return text;
}

/// Asks both about `count` texts. Some of either kind must have come, or the test looks at nothing.
template <typename Make, typename Read>
void hold_random(std::uint64_t count, std::uint64_t salt, Make make, Read read) {
    INFO("ATTEST_TEST_SEED=" << seed());
    base::Random random(seed() + salt);
    std::uint64_t accepted = 0;
    for (std::uint64_t k = 0; k < count; ++k) {
        const std::string text = make(random);
        const Both both = read(text);
        if (both.attest.accepted && both.checker.accepted) ++accepted;
        if (both.agree()) continue;
        CAPTURE(text, both.attest.accepted, both.attest.what, both.checker.accepted, both.checker.what);
        FAIL_CHECK("the two readers differ");
    }
    CHECK(accepted > count / 50);
    CHECK(accepted < count);
}

std::string random_expression(base::Random& random, int depth) {
    static const std::vector<std::string> leaves = {"i",   "j",   "n",   "0",  "1",    "2",
                                                    "0.5", "1e1", "3/7", "10", "2.50", "1E-1"};
    if (depth == 0) return leaves[random.below(leaves.size())];
    const auto part = [&] { return random_expression(random, depth - 1); };
    static const std::vector<std::string> operators = {"+", "-", "*", "/", " + ", " - ", "\t*", "/ "};
    static const std::vector<std::string> relations = {"<", "<=", "=", "!=", ">=", ">", " < ", " <= "};
    switch (random.below(8)) {
        case 0: return "(" + part() + ")";
        case 1: return "-" + part();
        case 2: return "[" + part() + relations[random.below(relations.size())] + part() + "]";
        case 3: return "floor(" + part() + ")";
        case 4: return "mod(" + part() + ", " + part() + ")";
        case 5: return "max(" + part() + "," + part() + ")";
        case 6: return "(" + part() + ")^" + std::to_string(random.below(4));
        default: return part() + operators[random.below(operators.size())] + part();
    }
}

const std::vector<std::string> expression_pieces = {
    "0", "1",  "9",  ".",      "e",    "E",    "+",    "-",     "*",  "/", "^",       "(", ")",
    "[", "]",  "<",  "=",      ">",    "!",    " ",    "\t",    "\n", ",", "i",       "j", "n",
    "k", "dk", "pi", "floor(", "min(", "mod(", "abs(", "sqrt(", "I",  "_", "\xc3\xa9"};
const std::vector<std::string> json_pieces = {"0",
                                              "1",
                                              "-",
                                              ".",
                                              "e",
                                              "\"",
                                              ",",
                                              ":",
                                              "[",
                                              "]",
                                              "{",
                                              "}",
                                              "null",
                                              "true",
                                              "false",
                                              " ",
                                              "\t",
                                              "\n",
                                              "\"1/2\"",
                                              "\"i\"",
                                              "\\",
                                              "\"bias\"",
                                              "\"norm\": null,",
                                              "[]",
                                              "{}",
                                              "2",
                                              "\"tensor\"",
                                              "01",
                                              "1e-5",
                                              "\"1e-5\"",
                                              "/",
                                              "\"first\"",
                                              "\x01",
                                              "\xff"};

/// Takes out, copies or changes one member somewhere in the document: mutations that stay JSON.
void mutate(nlohmann::ordered_json& json, base::Random& random) {
    if (json.is_structured() && !json.empty() && random.below(4) != 0) {
        auto at = json.begin();
        std::advance(at, static_cast<std::ptrdiff_t>(random.below(json.size())));
        if (random.below(8) != 0) return mutate(*at, random);
        json.erase(at);
        return;
    }
    static const std::vector<nlohmann::ordered_json> values = {
        nullptr,
        true,
        0,
        1,
        -1,
        2,
        0.5,
        "1/2",
        "01",
        "i",
        "n-j",
        "",
        "0",
        "left",
        "softmax",
        nlohmann::ordered_json::array(),
        nlohmann::ordered_json::object(),
        {1},
        {{1}},
        {{"tensor", "t"}},
        {{"rows", 1}, {"cols", 1}, {"entries", nlohmann::ordered_json::array()}}};
    if (json.is_array() && random.below(2) == 0) json.push_back(values[random.below(values.size())]);
    else if (json.is_object() && random.below(2) == 0)
        json[std::vector<std::string>{"bias", "name", "norm", "scale", "x", "rows", "begin", "end",
                                      "tie"}[random.below(9)]] = values[random.below(values.size())];
    else json = values[random.below(values.size())];
}

std::string random_document(const std::string& valid, base::Random& random) {
    if (random.below(3) == 0) return mutate(valid, json_pieces, random);
    auto json = nlohmann::ordered_json::parse(valid);
    if (json.contains("version") && json["format"] == "attest/model" && random.below(2) == 0) json["version"] = 2;
    mutate(json, random);
    return json.dump();
}

}  // namespace

TEST_CASE("two readers: random expressions", "[dialect]") {
    hold_random(
        20000, 1,
        [](base::Random& random) {
            const std::string valid = random_expression(random, static_cast<int>(random.below(4)));
            return random.below(4) == 0 ? valid : mutate(valid, expression_pieces, random);
        },
        [](const std::string& text) { return read_expression(text, text.size() % 2 == 0); });
}

TEST_CASE("two readers: random numbers", "[dialect]") {
    static const std::vector<std::string> valid = {
        "0",       "-1",      "12.50",   "1e-5",   "-0.25E+3", "18446744073709551616",
        "\"3/7\"", "\"-12\"", "\"0/1\"", "9e4096", "1e-4096"};
    hold_random(
        20000, 2,
        [](base::Random& random) {
            return mutate(valid[random.below(valid.size())],
                          {"0", "1", "9", "00", ".", "e", "E", "+", "-", "/", "\"", " ", "\t", "4", "4096", "\\u0030"},
                          random);
        },
        read_number);
}

TEST_CASE("two readers: random models", "[dialect]") {
    hold_random(
        3000, 3,
        [](base::Random& random) {
            const RandomModelOptions options{
                .symbols = 1 + random.below(3),
                .layers = 1 + random.below(2),
                .heads = 1,
                .dimension = 1 + random.below(2),
                .kind = random.below(2) == 0 ? network::AttentionKind::hard : network::AttentionKind::average};
            return random_document(formats::write_model(random_model(random, options)), random);
        },
        [](const std::string& text) { return read_model(text); });
}

TEST_CASE("two readers: random tables", "[dialect]") {
    hold_random(
        3000, 4, [](base::Random& random) { return random_document(random_guhat(random).dump(), random); },
        read_tables);
}

TEST_CASE("two readers: random safetensors files", "[dialect]") {
    const std::string header =
        R"({"__metadata__": {"format": "pt"}, "a": {"dtype": "F32", "shape": [2, 1], "data_offsets": [0, 8]}, "b": {"dtype": "U8", "shape": [], "data_offsets": [8, 9]}, "c": {"dtype": "F4", "shape": [2], "data_offsets": [9, 10]}})";
    hold_random(
        20000, 5,
        [&](base::Random& random) {
            std::string changed = header;
            if (random.below(3) == 0) {
                changed = mutate(header, {"0", "1",  "2",    "8", "9", "10", ",",      "[",       "]",    "{",
                                          "}", "\"", "null", " ", "-", ".",  "\"U8\"", "F8_E4M3", "BOOL", "I16"},
                                 random);
            } else {
                auto json = nlohmann::ordered_json::parse(header);
                mutate(json, random);
                changed = json.dump();
            }
            std::string bytes;
            const std::uint64_t size = changed.size() + (random.below(20) == 0 ? random.below(3) : 0);
            for (int k = 0; k < 8; ++k) bytes += static_cast<char>(size >> (8 * k) & 0xff);
            return bytes + changed + std::string(random.below(20) == 0 ? 9 : 10, '\0');
        },
        read_tensors);
}

}  // namespace attest::tests
