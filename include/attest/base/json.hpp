#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace attest::base {

/// A JSON document read strictly (RFC 8259, UTF-8; a key twice, a number out of range, nesting over 64 levels
/// are errors) whose numbers keep their digits, so that nothing is rounded.
class Json {
  public:
    struct Number {
        std::string text;  ///< as written
    };
    using Array = std::vector<Json>;
    struct Member;
    using Object = std::vector<Member>;  ///< in the order of the file

    /// Throws  InputError with `name:line:column` for bad syntax.
    static Json parse(std::string_view text, const std::string& name);

    bool is_null() const { return std::holds_alternative<std::monostate>(value_); }
    bool is_bool() const { return std::holds_alternative<bool>(value_); }
    bool is_number() const { return std::holds_alternative<Number>(value_); }
    bool is_string() const { return std::holds_alternative<std::string>(value_); }
    bool is_array() const { return std::holds_alternative<Array>(value_); }
    bool is_object() const { return std::holds_alternative<Object>(value_); }

    /// What it is, for messages: `the string "abc"`, `a list of 3`, `the number 1e5` …
    std::string describe() const;

    std::variant<std::monostate, bool, Number, std::string, Array, Object> value_;
};

struct Json::Member {
    std::string key;
    Json value;
};

/// A place in a document: a value with the path that leads to it, and typed reading with errors that name
/// file, path, what was expected and what was found. Refers into the Json, which must outlive it.
class JsonNode {
  public:
    JsonNode(const Json& value, std::string file) : value_(&value), file_(std::move(file)) {}

    const Json& value() const { return *value_; }
    /// `FILE:layers[0].attention` as messages print it.
    std::string where() const { return path_.empty() ? file_ : file_ + ":" + path_; }
    const std::string& file() const { return file_; }
    [[noreturn]] void fail(const std::string& expected) const;                            ///< found: this value
    [[noreturn]] void fail(const std::string& expected, const std::string& found) const;  ///< InputError

    bool as_bool() const;
    const std::string& as_string() const;
    /// A whole number in [least, greatest].
    std::int64_t as_integer(std::int64_t least, std::int64_t greatest) const;
    /// The elements of a list, each with its path.
    std::vector<JsonNode> elements() const;
    /// The members of an object, in order of the file, each with its path.
    std::vector<std::pair<std::string, JsonNode>> members() const;

    /// InputError for the first key of this object that is not in the list (with the nearest known key).
    void allow_keys(const std::vector<std::string>& keys) const;
    bool has(std::string_view key) const;
    /// The member; InputError if it is missing.
    JsonNode at(const std::string& key) const;
    std::size_t size() const;  ///< of a list; InputError if it is none

  private:
    JsonNode(const Json& value, std::string file, std::string path)
        : value_(&value), file_(std::move(file)), path_(std::move(path)) {}
    const Json::Object& object() const;

    const Json* value_;
    std::string file_;
    std::string path_;
};

}  // namespace attest::base
