#include <catch2/catch.hpp>

#include "record_kinds.hpp"
#include "seed.hpp"

using namespace attest;
using Json = nlohmann::ordered_json;

namespace {

base::Json parsed(const Json& document) { return base::Json::parse(document.dump(), "test"); }

template <typename Record>
bool is_record(const Json& document) {
    return record::read<Record>(parsed(document)).has_value();
}

/// The keys that a record cannot be without.
class Required {
  public:
    void constant(const char* key, const char*) { keys.emplace_back(key); }
    void required(const char* key, const auto&) { keys.emplace_back(key); }
    void optional(const char*, const auto&) {}
    void nullable(const char* key, const auto&) { keys.emplace_back(key); }
    std::vector<std::string> keys;
};

}  // namespace

TEMPLATE_TEST_CASE("What is written is read, and written again as it was", "", ATTEST_RECORD_KINDS) {
    const std::uint64_t seed = tests::seed();
    INFO("seed " << seed);
    base::Random random(seed);
    for (int k = 0; k < 300; ++k) {
        TestType filled{};
        tests::Filler(random).fill(filled);
        const Json document = record::write(filled);
        const auto back = record::read<TestType>(parsed(document));
        INFO(document.dump(1));
        REQUIRE(back);
        REQUIRE(record::write(*back) == document);
        Json more = document;
        more["unknown"] = {1, 2};
        REQUIRE(is_record<TestType>(more));
    }
}

TEMPLATE_TEST_CASE("A document without a required member, or with one of another kind, is no record", "",
                   ATTEST_RECORD_KINDS) {
    Required required;
    TestType record{};
    TestType::list(record, required);
    const Json document = record::write(record);
    REQUIRE(is_record<TestType>(document));
    for (const std::string& key : required.keys) {
        INFO(key);
        Json damaged = document;
        damaged.erase(key);
        CHECK_FALSE(is_record<TestType>(damaged));
    }
    for (const auto& [key, value] : document.items()) {
        INFO(key);
        Json damaged = document;
        damaged[key] = value.is_object() ? Json(1) : Json{{"a", {1}}};
        const bool may_be_missing = value.is_null();
        CHECK(is_record<TestType>(damaged) == may_be_missing);
    }
    for (const Json& other : {Json(), Json(1), Json("a"), Json::array(), Json::object()})
        CHECK_FALSE(is_record<TestType>(other));
}

TEST_CASE("Elements of a list that are no records are left out, and the others stay") {
    const Json document = {{"command", "prove"},
                           {"model", "m"},
                           {"language", "parity"},
                           {"results",
                            {{{"length", 3}, {"verdict", 1}, {"seconds", 1}},
                             {{"length", 4}, {"verdict", "refuted"}, {"seconds", 1.5}, {"reason", {1}}},
                             7}}};
    const auto prove = record::read<record::Prove>(parsed(document));
    REQUIRE(prove);
    REQUIRE(prove->results.size() == 1);
    CHECK(prove->results[0].length == 4);
    CHECK(prove->results[0].seconds == 1.5);
    CHECK_FALSE(prove->results[0].reason);
}
