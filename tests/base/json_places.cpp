#include <catch2/catch.hpp>
#include <string>

#include "attest/base/json.hpp"
#include "refused.hpp"

using namespace attest::base;
using attest::tests::refused;

namespace {

/// What reading says about a document.
template <typename Read>
std::string refusal(const std::string& text, Read read) {
    const Json document = Json::parse(text, "f");
    return refused([&] { read(JsonNode(document, "f")); });
}

}  // namespace

TEST_CASE("a place is the path that leads to it", "[json]") {
    const Json document = Json::parse(R"({"layers": [{}, {"heads": [[1, 2]]}]})", "m.json");
    const JsonNode root(document, "m.json");
    CHECK(root.where() == "m.json");
    CHECK(root.at("layers").elements()[1].at("heads").elements()[0].elements()[1].where() ==
          "m.json:layers[1].heads[0][1]");
    CHECK(root.members()[0].second.where() == "m.json:layers");
}

TEST_CASE("members come in the order of the file", "[json]") {
    const Json document = Json::parse(R"({"b": 1, "a": 2, "c": 3})", "f");
    std::string order;
    for (const auto& [key, member] : JsonNode(document, "f").members()) order += key;
    CHECK(order == "bac");
}

TEST_CASE("values are described by kind and content", "[json]") {
    const auto described = [](const char* text) { return Json::parse(text, "f").describe(); };
    CHECK(described("null") == "null");
    CHECK(described("true") == "true");
    CHECK(described("-1.50") == "the number -1.50");
    CHECK(described(R"("a\tb")") == "the string \"a\\x09b\"");
    CHECK(described("[1, [2]]") == "a list of 2");
    CHECK(described("{}") == "an empty object");
    CHECK(described(R"({"a": 1})") == "an object");
}

TEST_CASE("a value of the wrong kind is refused with both kinds", "[json]") {
    CHECK(refusal("1", [](const JsonNode& n) { (void)n.as_bool(); }) ==
          "f: expected true or false, found the number 1");
    CHECK(refusal("[]", [](const JsonNode& n) { (void)n.as_string(); }) == "f: expected a string, found a list of 0");
    CHECK(refusal("{}", [](const JsonNode& n) { (void)n.elements(); }) == "f: expected a list, found an empty object");
    CHECK(refusal("[]", [](const JsonNode& n) { (void)n.members(); }) == "f: expected an object, found a list of 0");
    CHECK(refusal("null", [](const JsonNode& n) { (void)n.has("a"); }) == "f: expected an object, found null");
    CHECK(refusal("7", [](const JsonNode& n) { (void)n.at("a"); }) == "f: expected an object, found the number 7");
}

TEST_CASE("whole numbers are those in the range, written as such", "[json]") {
    const auto read = [](const std::string& text) {
        return refusal(text, [](const JsonNode& n) { (void)n.as_integer(-3, 10); });
    };
    for (const char* text : {"-3", "0", "10", "-0"}) CHECK(read(text) == "accepted");
    for (const char* text : {"-4", "11", "1.0", "1e0", "0.5", "99999999999999999999"})
        CHECK(read(text) == std::string("f: expected a whole number from -3 to 10, found the number ") + text);
    CHECK(read("\"1\"") == "f: expected a whole number from -3 to 10, found the string \"1\"");
    CHECK(read("true") == "f: expected a whole number from -3 to 10, found true");
}

TEST_CASE("an unknown key is named with the nearest known one", "[json]") {
    const auto read = [](const std::string& text) {
        return refusal(text, [](const JsonNode& n) { n.allow_keys({"query", "value"}); });
    };
    CHECK(read(R"({"value": 1, "query": 2})") == "accepted");
    CHECK(read(R"({"value": 1, "qeury": 2})") ==
          "f: expected a known key (perhaps \"query\"), found the unknown key \"qeury\"");
    CHECK(read(R"({"completely-different": 2})") ==
          "f: expected one of the keys query, value, found the unknown key \"completely-different\"");
    CHECK(read(R"({"": 2})") == "f: expected one of the keys query, value, found the unknown key \"\"");
}

TEST_CASE("a missing key is named", "[json]") {
    CHECK(refusal("{}", [](const JsonNode& n) { (void)n.at("a"); }) ==
          "f: expected the key \"a\", found an empty object");
    CHECK(refusal(R"({"b": 1})", [](const JsonNode& n) { (void)n.at("a"); }) ==
          "f: expected the key \"a\", found none");
}

TEST_CASE("a key with control characters cannot break the line of a message", "[json]") {
    const Json document = Json::parse(R"({"a\nb": 1})", "f");
    const JsonNode root(document, "f");
    CHECK(root.at("a\nb").where() == "f:a\\x0ab");
    CHECK(root.members()[0].second.where() == "f:a\\x0ab");
}
