#pragma once

#include <string>
#include <utility>
#include <vector>

#include "checker/network/array_reader.hpp"
#include "checker/network/model.hpp"

namespace attest::checker {

/// Throws  Defect (place) for a text that is no expression in these variables
Expression read_expression(const Cursor& at, const ArrayReader& arrays, const std::vector<std::string>& variables,
                           Budget& budget);

/// The choice of this name.
template <typename Choice>
Choice choose(const Cursor& at, std::initializer_list<std::pair<std::string_view, Choice>> choices) {
    for (const auto& [name, choice] : choices)
        if (at.string() == name) return choice;
    at.fail("\"" + at.string() + "\" is not known here");
}

/// Reads layers and norms (MODEL.md, sections 6, 7 and 9.3 to 9.6).
///
/// Throws  Defect (place)
class LayerReader {
  public:
    LayerReader(const ArrayReader& arrays, std::size_t dimension, Budget& budget)
        : arrays_(arrays), d_(dimension), budget_(budget) {}

    Layer layer(const Cursor& at) const;
    /// The norm of this key, if there is one, not null. With `placement`: of a part of a layer.
    std::optional<Norm> norm(const Cursor& at, const char* key, bool placement) const;

  private:
    Attention attention(const Cursor& at) const;
    Head head(const Cursor& at, const Head& defaults) const;
    Rotary rotary(const Cursor& at, const Attention& attention) const;
    FeedForward feedforward(const Cursor& at) const;
    void read_activation(const Cursor& at, FeedForward& part) const;
    void read_gate(const Cursor& at, FeedForward& part) const;
    Expression repeat(const Cursor& at) const;

    bool is_later() const { return arrays_.version() >= 2; }
    /// Needs an object with these keys, in version 2 also with those.
    void only(const Cursor& at, std::initializer_list<std::string_view> keys,
              std::initializer_list<std::string_view> later) const;

    const ArrayReader& arrays_;
    std::size_t d_;
    Budget& budget_;
};

}  // namespace attest::checker
