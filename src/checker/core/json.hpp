#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "checker/core/rational.hpp"
#include "checker/kernel/budget.hpp"

namespace attest::checker {

/// A JSON value that keeps numbers as they were written, so that nothing is ever rounded.
///
/// A leaf takes 24 bytes: circuits are read through this type, too.
class Json {
  public:
    enum class Kind : std::uint8_t { null, boolean, integer, number, string, array, object };
    using Member = std::pair<std::string, Json>;

    Json() = default;
    explicit Json(Kind kind);
    static Json boolean(bool value);
    static Json integer(std::int64_t value);
    static Json text(Kind kind, std::string text);

    Kind kind() const { return kind_; }
    bool is(Kind kind) const { return kind_ == kind; }

    bool truth() const { return small_ != 0; }
    /// What it takes in memory, without the values within.
    std::uint64_t bytes() const;
    std::int64_t small() const { return small_; }
    /// Of a string, or of a number that is kept as it was written. These throw Defect (no place) for any other kind.
    const std::string& text() const { return of<Text>().text; }
    const std::vector<Json>& items() const { return of<List>().items; }
    std::vector<Json>& items() { return of<List>().items; }
    const std::vector<Member>& members() const { return of<List>().members; }
    std::vector<Member>& members() { return of<List>().members; }
    const Json* find(std::string_view key) const;
    /// An object has all its members: from here on they are found quickly.
    ///
    /// Gives   null, or a key that is there twice
    const std::string* seal();

    /// The exact number. Needs integer or number. Throws Defect (no place) for an absurd exponent.
    Rational rational() const;

  private:
    struct Body;
    struct Discard {
        void operator()(Body* body) const;
    };

    Kind kind_ = Kind::null;
    std::int64_t small_ = 0;
    std::unique_ptr<Body, Discard> body_;

    /// What does not fit beside the kind: a text, of which a model has very many, or a list.
    struct Body {
        bool is_text;
    };
    struct Text : Body {
        static constexpr bool expected = true;
        std::string text;
    };
    struct List : Body {
        static constexpr bool expected = false;
        std::vector<Json> items;
        std::vector<Member> members;
        std::vector<std::uint32_t> by_key;  ///< the members in order of keys, where they are many
    };
    template <typename Kept>
    Kept& of() const {
        if (!body_ || body_->is_text != Kept::expected) refuse_kind();
        return static_cast<Kept&>(*body_);
    }
    [[noreturn]] void refuse_kind() const;
};

/// What the kind is called in a message: "a string", "an integer", …
const char* name_of(Json::Kind kind);

/// Reads one strict JSON document: UTF-8 without byte order mark or NUL, no duplicate key, depth at most 64.
///
/// `integer` are the literals without fraction and exponent that fit 64 bits; all other numbers keep their
/// text. Throws  Defect (file and byte)
Json parse_json(std::string_view bytes, const std::string& file, Budget& budget);

}  // namespace attest::checker
