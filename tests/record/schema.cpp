// The lists of members against the schema for programs that are not ours, which says less: what stays.

#include <catch2/catch.hpp>

#include "attest/base/file.hpp"
#include "record_kinds.hpp"

using namespace attest;
using nlohmann::json;

namespace {

const json& schema() {
    static const json document = json::parse(base::read_file(ATTEST_OUTPUT_SCHEMA));
    return document;
}

const json& of_command(const std::string& command) {
    for (const json& branch : schema().at("allOf"))
        if (branch.at("if").at("properties").at("command").at("enum").at(0) == command) return branch.at("then");
    throw std::out_of_range("the schema has no command " + command);
}

/// Whether a schema lets a value of this type through; a reference or an alternative may.
bool allows(const json& schema, const std::string& type) {
    if (schema.contains("$ref") || schema.empty()) return true;
    if (schema.contains("enum")) return type == "string";
    if (schema.contains("anyOf"))
        return std::any_of(schema["anyOf"].begin(), schema["anyOf"].end(),
                           [&](const json& one) { return allows(one, type); });
    const json& allowed = schema.at("type");
    const auto is = [&](const json& one) { return one == type || (one == "number" && type == "integer"); };
    return allowed.is_array() ? std::any_of(allowed.begin(), allowed.end(), is) : is(allowed);
}

template <typename T>
std::string type_of() {
    if constexpr (record::Record<T> || std::same_as<T, record::Members>) return "object";
    else if constexpr (record::List<T>) return "array";
    else if constexpr (std::same_as<T, std::string>) return "string";
    else if constexpr (std::same_as<T, bool>) return "boolean";
    else if constexpr (std::same_as<T, double>) return "number";
    else return "integer";
}

/// Walks a list of members beside the schema of the object.
class Comparison {
  public:
    explicit Comparison(const json& schema) : schema_(schema) {}

    void constant(const char* key, const char*) { required_.push_back(key); }
    template <typename T>
    void required(const char* key, const T&) {
        required_.push_back(key);
        compare<T>(key);
    }
    template <typename T>
    void optional(const char* key, const std::optional<T>&) {
        compare<T>(key);
    }
    template <typename T>
    void nullable(const char* key, const std::optional<T>&) {
        required_.push_back(key);
        compare<T>(key);
        if (listed(key)) CHECK(allows(schema_.at("properties").at(key), "null"));
    }

    /// What the schema speaks of is there, and what it requires is always there.
    void finish() const {
        for (const auto& [key, property] : schema_.at("properties").items()) {
            INFO(key);
            CHECK(std::find(seen_.begin(), seen_.end(), key) != seen_.end());
        }
        for (const json& key : schema_.value("required", json::array())) {
            INFO(key);
            CHECK(std::find(required_.begin(), required_.end(), key) != required_.end());
        }
    }

  private:
    bool listed(const char* key) const { return schema_.at("properties").contains(key); }

    template <typename T>
    void compare(const char* key) {
        seen_.emplace_back(key);
        if (!listed(key)) return;
        INFO(key);
        const json& property = schema_.at("properties").at(key);
        if constexpr (record::OptionalOf<T>::value) return;
        else CHECK(allows(property, type_of<T>()));
        if constexpr (record::List<T>)
            if constexpr (record::Record<typename T::value_type>) {
                Comparison inner(property.at("items"));
                typename T::value_type element{};
                T::value_type::list(element, inner);
                inner.finish();
            }
    }

    const json& schema_;
    std::vector<std::string> seen_, required_;
};

template <typename Record>
void compare(const std::string& command) {
    INFO(command);
    Comparison comparison(of_command(command));
    Record record{};
    Record::list(record, comparison);
    comparison.finish();
}

}  // namespace

TEST_CASE("What the schema promises of a command is what its record writes") {
    compare<record::Prove>("prove");
    compare<record::Threshold>("threshold");
    compare<record::Restriction>("restrict");
    compare<record::Measure>("measure");
}
