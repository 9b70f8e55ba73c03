#include <catch2/catch.hpp>

#include "model_text.hpp"
#include "run.hpp"

// The rules of the model format, one after the other, as the exact score of a word shows them.

using namespace attest::tests;

namespace {

class Scores {
  public:
    std::string operator()(const std::string& model, const std::string& word) const {
        folder_.write("m.json", model);
        const Run result = run_attest(folder_, {"eval", "m.json", "--word", word, "--json"});
        INFO(model << "\n" << result.err);
        REQUIRE(result.status == 0);
        return result.object().at("results")[0].at("score");
    }

  private:
    Folder folder_;
};

std::string layered(const std::string& layers) { return with(digits(), {{"layers", "[" + layers + "]"}}); }

}  // namespace

TEST_CASE("numbers are exact", "[cli]") {
    const Scores score;
    const std::vector<std::pair<std::string, std::string>> numbers = {
        {"3", "3"},
        {"-2", "-2"},
        {"0.1", "1/10"},
        {"1e-5", "1/100000"},
        {"2.50E1", "25"},
        {"-0", "0"},
        {"\"3/7\"", "3/7"},
        {"\"-1/2\"", "-1/2"},
        {"\"2/4\"", "1/2"},
        {"123456789012345678901234567890", "123456789012345678901234567890"},
        {"0.30000000000000000000000000001", "30000000000000000000000000001/100000000000000000000000000000"}};
    for (const auto& [written, value] : numbers) {
        CAPTURE(written);
        CHECK(score(with(bits(), {{"readout", R"({"position":"last","weight":[1],"bias":)" + written + "}"}}), "0") ==
              value);
    }
    CHECK(score(with(bits(), {{"embedding", R"({"0":[0.1],"1":["1/3"]})"}}), "1") == "1/3");
}

TEST_CASE("expressions are exact", "[cli]") {
    const Scores score;
    const std::vector<std::pair<std::string, std::string>> expressions = {{"i", "3"},
                                                                          {"n", "4"},
                                                                          {"2^3^2", "512"},
                                                                          {"-2^2", "-4"},
                                                                          {"2^-1", "1/2"},
                                                                          {"(-1)^i", "-1"},
                                                                          {"8/4/2", "1"},
                                                                          {"10-3-2", "5"},
                                                                          {"1+2*3", "7"},
                                                                          {"(1+2)*3", "9"},
                                                                          {"floor(-7/2)", "-4"},
                                                                          {"ceil(-7/2)", "-3"},
                                                                          {"abs(-1/3)", "1/3"},
                                                                          {"min(i,n)", "3"},
                                                                          {"max(i,n)", "4"},
                                                                          {"mod(-1,3)", "2"},
                                                                          {"mod(7/2,1)", "1/2"},
                                                                          {"mod(-1/2,2/3)", "1/6"},
                                                                          {"[i<n]", "1"},
                                                                          {"[i<=3]", "1"},
                                                                          {"[i=n]", "0"},
                                                                          {"[i!=n]", "1"},
                                                                          {"[i>=n]", "0"},
                                                                          {"[i>n]", "0"},
                                                                          {"0.1+0.2", "3/10"},
                                                                          {" 1 + i ", "4"},
                                                                          {"1.5e1", "15"},
                                                                          {"i^2/n", "9/4"}};
    for (const auto& [expression, value] : expressions) {
        CAPTURE(expression);
        const Members changes{{"position", "[\"" + expression + "\"]"},
                              {"readout", R"({"position":3,"weight":[1],"bias":0})"}};
        CHECK(score(with(bits(), changes), "0000") == value);
    }
}

TEST_CASE("the readout counts from either end", "[cli]") {
    const Scores score;
    const std::vector<std::pair<std::string, std::string>> positions = {
        {"\"first\"", "3"}, {"\"last\"", "0"}, {"1", "3"}, {"3", "2"}, {"-1", "0"}, {"-2", "2"}, {"-4", "3"}};
    for (const auto& [position, value] : positions) {
        CAPTURE(position);
        CHECK(score(with(digits(), {{"readout", R"({"position":)" + position + R"(,"weight":[1],"bias":0})"}}),
                    "3120") == value);
    }
    const Folder folder;
    folder.write("m.json", with(digits(), {{"readout", R"({"position":3,"weight":[1],"bias":0})"}}));
    const Run result = run_attest(folder, {"eval", "m.json", "--word", "31"});
    CHECK(result.status == 2);
    CHECK(result.complains("1 to 2, found 3"));
}

TEST_CASE("begin and end stand around the word and count as positions", "[cli]") {
    const Scores score;
    const Members around{
        {"begin", R"("^")"}, {"end", R"("$")"}, {"embedding", R"({"0":[0],"1":[1],"2":[2],"3":[3],"^":[7],"$":[9]})"}};
    const auto read = [&](const std::string& position, const std::string& word) {
        Members all = around;
        all["readout"] = R"({"position":)" + position + R"(,"weight":[1],"bias":0})";
        return score(with(digits(), all), word);
    };
    CHECK(read("\"first\"", "31") == "7");
    CHECK(read("2", "31") == "3");
    CHECK(read("\"last\"", "31") == "9");
    CHECK(read("-2", "31") == "1");
    CHECK(read("\"last\"", "") == "9");
    Members counted = around;
    counted["position"] = R"(["100*n + 10*i"])";
    CHECK(score(with(digits(), counted), "31") == "449");
}

TEST_CASE("masks, ties and heads with no position left", "[cli]") {
    const Scores score;
    // Word 3120 read at position 2: the digit that is attended to.
    const std::vector<std::array<std::string, 3>> rows = {
        {"none", "left", "3"},          {"none", "right", "0"},   {"causal", "left", "3"},
        {"causal", "right", "1"},       {"strict", "left", "3"},  {"strict", "right", "3"},
        {"future", "left", "1"},        {"future", "right", "0"}, {"strict-future", "left", "2"},
        {"strict-future", "right", "0"}};
    for (const auto& [mask, tie, digit] : rows) {
        CAPTURE(mask, tie);
        const Members changes{
            {"layers",
             "[" + copying_layer(R"("kind": "hard", "mask": ")" + mask + R"(", "tie": ")" + tie + "\"") + "]"},
            {"readout", R"({"position":2,"weight":[1],"bias":0})"}};
        CHECK(score(with(digits(), changes), "3120") == digit);
    }
    CHECK(score(layered(copying_layer(R"("kind": "hard")")), "3120") ==
          "3");  // left and none are what is meant without a word
    const std::string none_left =
        R"({"attention": {"kind": "hard", "residual": false, "mask": "strict-future",
                                     "heads": [{"value": {"weight": [[1]], "bias": [5]}, "output": {"weight": [[1]], "bias": [7]}}]}})";
    CHECK(score(layered(none_left), "3120") == "0");
}

TEST_CASE("scores are scale times the product, plus the bias", "[cli]") {
    const Scores score;
    // Keys are the digits, position 1 is handicapped by 2.
    const auto copied = [&](const std::string& scale) {
        return score(
            layered(copying_layer(R"("kind": "hard")" + scale,
                                  R"("query": {"weight": [[0]], "bias": [1]}, "key": [[1]], "bias": "-2*[j=1]")")),
            "3120");
    };
    CHECK(copied("") == "2");
    CHECK(copied(R"(, "scale": "n")") == "3");
    CHECK(copied(R"(, "scale": "1/n")") == "2");
    CHECK(copied(R"(, "scale": "3*dk")") == "3");
    CHECK(score(layered(copying_layer(R"("kind": "hard")", R"("bias": "-(j-i+1)^2")")), "3120") == "2");
    CHECK(score(layered(copying_layer(R"("kind": "hard")", R"("bias": "[j=n-2]")")), "3120") == "1");
}

TEST_CASE("average attention takes the mean of all that are best", "[cli]") {
    const Scores score;
    CHECK(score(layered(copying_layer(R"("kind": "average")")), "3120") == "3/2");
    CHECK(score(layered(copying_layer(R"("kind": "average")", R"("bias": "[j>1]")")), "3120") == "1");
    CHECK(score(layered(copying_layer(R"("kind": "average", "mask": "strict")")), "3120") == "2");
    CHECK(score(layered(copying_layer(R"("kind": "average", "tie": "right")")), "3120") == "3/2");
    CHECK(score(layered(copying_layer(R"("kind": "average")") + "," + copying_layer(R"("kind": "hard")")), "3120") ==
          "3/2");
}

TEST_CASE("residual sums, several heads, and feed-forward maps with ReLU between", "[cli]") {
    const Scores score;
    const auto attention = [](const std::string& more) {
        return R"({"attention": {"kind": "hard", )" + more +
               R"("heads": [{"value": [[1]], "output": [[10]]}, {"value": [[1]], "output": {"weight": [[100]], "bias": [1000]}}]}})";
    };
    CHECK(score(layered(attention("")), "3121") == "1331");
    CHECK(score(layered(attention(R"("residual": false, )")), "3121") == "1330");
    const auto forward = [](const std::string& maps, const std::string& more) {
        return R"({"feedforward": {"maps": )" + maps + more + "}}";
    };
    const std::string relu = R"([{"weight": [[1], [-1]], "bias": [-2, 0]}, [[10, 1]]])";
    CHECK(score(layered(forward(relu, R"(, "residual": false)")), "3") == "10");
    CHECK(score(layered(forward(relu, R"(, "residual": false)")), "1") == "0");
    CHECK(score(layered(forward(relu, "")), "3") == "13");
    CHECK(score(layered(forward("[[[-1]]]", R"(, "residual": false)")), "3") == "-3");
    CHECK(score(layered("{}"), "3") == "3");
    const std::string sparse = R"({"rows": 1, "cols": 1, "entries": [[0, 0, "1/3"]]})";
    CHECK(score(layered(forward("[" + sparse + "]", R"(, "residual": false)")), "2") == "2/3");
}

TEST_CASE("arrays of tensor files are the dyadic rationals that they are", "[cli]") {
    const std::vector<std::array<std::string, 3>> rows = {
        {"F64", std::string("\x9a\x99\x99\x99\x99\x99\xb9\x3f", 8), "3602879701896397/36028797018963968"},
        {"F32", std::string("\xcd\xcc\xcc\x3d", 4), "13421773/134217728"},
        {"F16", std::string("\x66\x2e", 2), "819/8192"},
        {"BF16", std::string("\xcd\x3d", 2), "205/2048"},
        {"F16", std::string("\x01\x80", 2), "-1/16777216"},
        {"I8", std::string("\xfe", 1), "-2"},
        {"U8", std::string("\xfe", 1), "254"},
        {"I64", std::string("\xff\xff\xff\xff\xff\xff\xff\xff", 8), "-1"}};
    const Folder folder;
    folder.write("m.json", with(bits(), {{"tensors", R"("t.safetensors")"},
                                         {"readout", R"({"position":"last","weight":{"tensor":"w"},"bias":0})"}}));
    for (const auto& [type, data, value] : rows) {
        CAPTURE(type);
        const std::string header =
            R"({"w":{"dtype":")" + type + R"(","shape":[1],"data_offsets":[0,)" + std::to_string(data.size()) + "]}}";
        folder.write("t.safetensors",
                     std::string(1, static_cast<char>(header.size())) + std::string(7, '\0') + header + data);
        const Run result = run_attest(folder, {"eval", "m.json", "--word", "1", "--json"});
        INFO(result.err);
        REQUIRE(result.status == 0);
        CHECK(result.object().at("results")[0].at("score") == value);
    }
    REQUIRE(run_attest(folder,
                       {"prove", "m.json", "--language", "regex:0{2}1", "--length", "3", "-q", "--certificate", "c"})
                .status == 1);
    CHECK(folder.read("c/t.safetensors") == folder.read("t.safetensors"));
    CHECK(run_check(folder, {"c"}).status == 0);
}

TEST_CASE("alphabets of one and of three symbols are proved and checked as well", "[cli]") {
    const Folder folder;
    folder.write("one.json", with(digits(), {{"alphabet", R"(["1"])"}, {"embedding", R"({"1":[1]})"}}));
    folder.write("three.json", with(digits(), {{"alphabet", R"(["0","1","2"])"},
                                               {"embedding", R"({"0":[0],"1":[1],"2":[2]})"},
                                               {"layers", "[" + copying_layer(R"("kind": "hard")") + "]"}}));
    CHECK(run_attest(folder, {"prove", "one.json", "--language", "all-ones", "--length", "3", "--certificate", "one"})
              .status == 0);
    CHECK(run_attest(folder,
                     {"prove", "three.json", "--language", "regex:[12].*", "--length", "3", "--certificate", "three"})
              .status == 0);
    CHECK(run_attest(folder, {"prove", "three.json", "--language", "first", "--map", "0=0,1=1,2=1", "--length", "3",
                              "--certificate", "map"})
              .status == 0);
    for (const char* name : {"one", "three", "map"}) CHECK(run_check(folder, {name}).status == 0);
    CHECK(run_attest(folder, {"compile", "one.json", "--length", "3", "-o", "f.aag"}).status == 0);
}
