#pragma once

#include <cstdint>
#include <initializer_list>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "attest/network/transformer.hpp"

// The words in which the zoo writes its constructions: coordinates of the residual stream have names (an enum
// in each construction), affine maps are formulas over them, `x(one) + x(previous) - 1`, and a head says what
// it asks for, what it copies and where to. Everything here only spells out matrices.

namespace attest::programs::constructions {

using Coordinate = std::uint32_t;

/// An affine form in the coordinates; a number is a constant form.
struct Form {
    std::map<Coordinate, exact::Rational> terms;
    exact::Rational constant;

    Form(int number = 0) : constant(number) {}  // NOLINT: implicit, so that formulas read as such
};

/// The coordinate itself.
Form x(Coordinate coordinate);
/// The sum of the coordinates `from` … `to` − 1.
Form sum(Coordinate from, Coordinate to);
Form operator+(Form a, const Form& b);
Form operator-(Form a, const Form& b);
Form operator-(const Form& a);
Form operator*(const exact::Rational& factor, const Form& a);

/// One output row for each form.
exact::AffineMap affine(std::size_t width, const std::vector<Form>& rows);

/// A head by what it does: asks with `query` for `key`, takes `value`, adds its rows to the coordinates
/// `into`.
struct Look {
    std::vector<Form> query = {};
    std::vector<Form> key = {};
    std::vector<Form> value;
    std::vector<Coordinate> into;
    std::string bias = "0";
};

network::Attention attend(std::size_t width, network::AttentionKind kind, network::Mask mask,
                          const std::vector<Look>& heads);
/// The same with products of query and key times this expression in n.
network::Attention scaled(network::Attention attention, const std::string& scale);

/// Adds ReLU(inside) to a coordinate.
struct Unit {
    Form inside;
    Coordinate target;
    int factor = 1;
};

/// The residual stream plus these units.
network::FeedForward add_units(std::size_t width, const std::vector<Unit>& units);
/// The residual stream replaced: `outputs` are forms over the rectified `hidden` ones.
network::FeedForward replace_by(const std::vector<Form>& hidden, const std::vector<Form>& outputs, std::size_t width);

/// A transformer without layers, all embeddings and its readout zero. An empty marker stands for none.
network::Transformer blank(const std::vector<std::string>& alphabet, std::size_t width, const std::string& begin,
                           const std::string& end);
/// The coordinates in which the embedding of a symbol or marker is not zero.
void embed(network::Transformer& transformer, const std::string& symbol,
           std::initializer_list<std::pair<Coordinate, int>> entries);
/// A coordinate of the position vector, an expression in i and n.
void place(network::Transformer& transformer, Coordinate coordinate, const std::string& expression);
/// Accept iff this form is positive at the readout position.
void accept_if_positive(network::Transformer& transformer, const Form& form, std::int64_t position = -1);

}  // namespace attest::programs::constructions
