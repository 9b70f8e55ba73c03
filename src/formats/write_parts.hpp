#pragma once

#include <nlohmann/json.hpp>

#include "attest/network/transformer.hpp"

// Parts of a model file as they are written, which documents of several formats have.

namespace attest::formats::written {

using Json = nlohmann::ordered_json;

/// An integer where it fits one, else `"p/q"`.
Json number(const exact::Rational& x);
Json vector(const exact::Vector& x);
/// By rows, cols and entries.
Json matrix(const exact::Matrix& m);
Json affine(const exact::AffineMap& map);
Json expression(const exact::Expression& e);
/// A norm of the whole, which says not where it stands.
Json whole_norm(const network::Norm& n);
Json layer(const network::Layer& l);

}  // namespace attest::formats::written
