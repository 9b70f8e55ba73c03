#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "checker/core/json.hpp"

namespace attest::checker {

/// A JSON value together with its place in its file, through which readers state what they expect.
///
/// Throws  Defect with the place and, for a wrong shape, what was expected and found
class Cursor {
  public:
    Cursor(const Json& json, std::string place) : json_(&json), place_(std::move(place)) {}

    const Json& json() const { return *json_; }
    const std::string& place() const { return place_; }
    bool is(Json::Kind kind) const { return json_->is(kind); }
    bool has(std::string_view key) const;

    /// Needs an object with no keys but these.
    void only(std::initializer_list<std::string_view> keys) const;
    /// Needs an object with no keys but these and those.
    void only(std::initializer_list<std::string_view> keys, std::initializer_list<std::string_view> more) const;

    Cursor at(std::string_view key) const;
    std::optional<Cursor> find(std::string_view key) const;
    std::size_t size() const;
    Cursor item(std::size_t index) const;

    const std::string& string() const;
    bool truth() const;
    std::int64_t integer(std::int64_t least, std::int64_t most) const;
    /// A JSON number, or a string that holds a number.
    Rational number() const;

    [[noreturn]] void fail(const std::string& reason) const;
    [[noreturn]] void expected(const std::string& what) const;

  private:
    const Json* json_;
    std::string place_;
};

}  // namespace attest::checker
