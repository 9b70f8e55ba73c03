#include "base/json_text.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

namespace {

using attest::base::NotUtf8;

TEST_CASE("documents become text in the order of their kind, and are read back") {
    const nlohmann::ordered_json ordered = {{"b", 1}, {"a", {true, nullptr}}};
    CHECK(attest::base::json_text(ordered) == R"({"b":1,"a":[true,null]})");
    CHECK(attest::base::json_text(ordered, 1) == "{\n \"b\": 1,\n \"a\": [\n  true,\n  null\n ]\n}");
    CHECK(attest::base::ordered_document_of(attest::base::json_text(ordered)) == ordered);
    const nlohmann::json sorted = {{"b", 1}, {"a", 0.5}};
    CHECK(attest::base::json_text(sorted) == R"({"a":0.5,"b":1})");
    CHECK(attest::base::document_of(attest::base::json_text(sorted, 2)) == sorted);
}

TEST_CASE("bytes that are not UTF-8 are refused or replaced, as is asked") {
    const nlohmann::json text = "a\xff";
    CHECK_THROWS_AS(attest::base::json_text(text), nlohmann::json::type_error);
    CHECK(attest::base::json_text(text, -1, NotUtf8::replaced) == "\"a\xef\xbf\xbd\"");
    CHECK(attest::base::json_string("a\xff\"\n") == "\"a\xef\xbf\xbd\\\"\\n\"");
}

TEST_CASE("what is no JSON is an error or discarded, as is asked") {
    CHECK_THROWS_AS(attest::base::document_of("{"), nlohmann::json::parse_error);
    CHECK_THROWS_AS(attest::base::ordered_document_of("[1,]"), nlohmann::json::parse_error);
    CHECK(attest::base::document_or_none("{").is_discarded());
    CHECK(attest::base::ordered_document_or_none("[1] 2").is_discarded());
    CHECK(attest::base::document_or_none("[1]") == nlohmann::json({1}));
}

}  // namespace
