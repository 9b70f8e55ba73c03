// The lists of members against the schema for programs that are not ours, which says less: what stays.

#include <catch2/catch.hpp>
#include <set>

#include "attest/base/file.hpp"
#include "record_kinds.hpp"

using namespace attest;
using nlohmann::json;

namespace {

const json& schema() {
    static const json document = json::parse(base::read_file(ATTEST_OUTPUT_SCHEMA));
    return document;
}

/// `key`: which of a command's outputs, where it has several.
const json& of_command(const std::string& command, const std::string& key) {
    for (const json& branch : schema().at("allOf")) {
        const json& condition = branch.at("if");
        const bool one_of_several = condition.contains("required");
        if (condition.contains("properties") && condition["properties"].at("command").at("enum").at(0) == command &&
            one_of_several == !key.empty() && (!one_of_several || condition["required"].at(0) == key))
            return branch.at("then");
    }
    throw std::out_of_range("the schema has no command " + command);
}

const json& resolved(const json& schema_of_value) {
    if (!schema_of_value.contains("$ref")) return schema_of_value;
    const auto path = schema_of_value.at("$ref").get<std::string>();
    return resolved(schema().at(json::json_pointer(path.substr(1))));
}

/// Of a value that may be null.
const json& present(const json& schema_of_value) {
    if (!schema_of_value.contains("anyOf")) return resolved(schema_of_value);
    for (const json& one : schema_of_value["anyOf"])
        if (one.value("type", json()) != "null") return present(one);
    return schema_of_value;
}

/// Whether a schema lets a value of this type through; a reference or an alternative may.
bool allows(const json& schema, const std::string& type) {
    if (schema.contains("$ref") || schema.empty()) return true;
    const auto is_literal = [&](const json& one) {
        return type == (one.is_number_integer() ? "integer" : one.type_name());
    };
    if (schema.contains("enum")) return std::any_of(schema["enum"].begin(), schema["enum"].end(), is_literal);
    if (schema.contains("const")) return is_literal(schema["const"]);
    if (schema.contains("anyOf"))
        return std::any_of(schema["anyOf"].begin(), schema["anyOf"].end(),
                           [&](const json& one) { return allows(one, type); });
    const json& allowed = schema.at("type");
    const auto is = [&](const json& one) { return one == type || (one == "number" && type == "integer"); };
    return allowed.is_array() ? std::any_of(allowed.begin(), allowed.end(), is) : is(allowed);
}

/// The type that JSON has for a kind of member; empty where it may be of several.
template <typename T>
std::string type_of() {
    if constexpr (record::Record<T> || record::KeyedOf<T>::value) return "object";
    else if constexpr (record::List<T>) return "array";
    else if constexpr (std::same_as<T, std::string>) return "string";
    else if constexpr (std::same_as<T, bool>) return "boolean";
    else if constexpr (std::same_as<T, double>) return "number";
    else if constexpr (std::is_integral_v<T>) return "integer";
    else return "";
}

/// Walks a list of members beside the schema of the object.
class Comparison {
  public:
    explicit Comparison(const json& schema, std::set<const json*> begun = {})
        : schema_(schema), begun_(std::move(begun)) {}

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
        if (!schema_.contains("properties")) return;
        for (const auto& [key, property] : schema_.at("properties").items()) {
            INFO(key);
            CHECK(std::find(seen_.begin(), seen_.end(), key) != seen_.end());
        }
        for (const json& key : schema_.value("required", json::array())) {
            INFO(key);
            CHECK(std::find(required_.begin(), required_.end(), key) != required_.end());
        }
    }
    /// Another record that the schema is of too: what it requires is always there in each.
    void take_over(const Comparison& other) {
        seen_.insert(seen_.end(), other.seen_.begin(), other.seen_.end());
        std::erase_if(required_, [&](const std::string& key) {
            return std::find(other.required_.begin(), other.required_.end(), key) == other.required_.end();
        });
    }

  private:
    bool listed(const char* key) const {
        return schema_.contains("properties") && schema_.at("properties").contains(key);
    }

    template <typename T>
    void compare(const char* key) {
        seen_.emplace_back(key);
        if (!listed(key)) return;
        INFO(key);
        compare_with<T>(schema_.at("properties").at(key));
    }

    template <typename T>
    void compare_with(const json& property) {
        if constexpr (record::OptionalOf<T>::value) {
            CHECK(allows(property, "null"));
            return compare_with<typename T::value_type>(present(property));
        } else {
            if (const std::string type = type_of<T>(); !type.empty()) CHECK(allows(property, type));
            if constexpr (record::Record<T>) compare_record<T>(present(property));
            if constexpr (record::List<T>)
                if (property.contains("items")) compare_with<typename T::value_type>(property["items"]);
        }
    }

    /// Those that are being compared are not begun again: a record may hold others of its kind.
    template <typename T>
    void compare_record(const json& schema_of_record) {
        if (!begun_.insert(&schema_of_record).second) return;
        Comparison inner(schema_of_record, begun_);
        T record{};
        T::list(record, inner);
        inner.finish();
        begun_.erase(&schema_of_record);
    }

    const json& schema_;
    std::set<const json*> begun_;
    std::vector<std::string> seen_, required_;
};

/// All records that a command writes.
template <typename First, typename... More>
void compare(const std::string& command, const std::string& key = "") {
    INFO(command);
    const json& promised = of_command(command, key);
    Comparison all(promised);
    First first{};
    First::list(first, all);
    [[maybe_unused]] const auto add = [&]<typename Record>(Record record) {
        Comparison one(promised);
        Record::list(record, one);
        all.take_over(one);
    };
    (add(More{}), ...);
    all.finish();
}

}  // namespace

TEST_CASE("What the schema promises of a command is what its record writes") {
    compare<record::Prove>("prove");
    compare<record::Threshold>("threshold");
    compare<record::Restriction>("restrict");
    compare<record::Measure, record::MeasureOutputs>("measure");
    compare<record::Eval>("eval");
    compare<record::Check>("check");
    compare<record::Compile>("compile");
    compare<record::SequentialCircuit>("compile", "lengths");
    compare<record::Accuracy>("accuracy");
    compare<record::Equality>("equal");
    compare<record::Ablation>("ablate");
    compare<record::Influence>("influence");
    compare<record::Import, record::Listing>("import");
    compare<record::Census>("threshold", "census");
    compare<record::FunctionCensus>("threshold", "sizes");
    compare<record::LeastClass>("threshold", "least");
    compare<record::MeasuredFunctions>("threshold", "measure");
    compare<record::ModelLanguage>("language");
    compare<record::Classify>("classify");
    compare<record::ClassCensus>("classify", "census");
    compare<record::Layers>("layers");
    compare<record::Invariance>("invariance");
    compare<record::Jobs>("jobs");
    compare<record::Maximum>("maxof");
    compare<record::Build>("build");
    compare<record::Progress>("progress");
    compare<record::Emergence>("emerge");
    compare<record::EmergenceGraph>("emerge", "graph");
    compare<record::EmergenceCounts>("emerge", "thresholds");
    compare<record::Machine>("machine");
    compare<record::Zoo>("zoo");
    compare<record::Languages>("languages");
    compare<record::Tasks>("tasks");
    compare<record::Doctor>("doctor");
    compare<record::Cite>("cite");
    compare<record::Completion>("completion");
    compare<record::Manual>("manual");
    compare<record::Report>("report");
    compare<record::Ledger, record::LedgerRun>("ledger");
}

TEST_CASE("What is written where a command has no result is what the schema promises of that") {
    const json& branch = schema().at("allOf").at(0);
    REQUIRE(branch.at("if") == json{{"required", {"verdict"}}});
    Comparison comparison(branch.at("then"));
    record::Stopped stopped{};
    record::Stopped::list(stopped, comparison);
    comparison.finish();
}
