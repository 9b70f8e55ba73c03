#pragma once

#include <functional>
#include <optional>
#include <string>

#include "checker/network/model.hpp"

/// What sections 37 and 41 of FORMAT.md have alike: forms over counts, their text, and what no model of theirs has.
namespace attest::checker {

/// Throws  Defect (model.json, or a place in it)
[[noreturn]] void refuse_model(const std::string& place, const std::string& reason);

/// The number that an expression without variables stands for; nothing for others, and for what is transcendental.
std::optional<Rational> number_of(const Expression& e, Budget& budget);

/// Throws  Defect (model.json, …) where there is a greatest length, a table of positions, a norm or gate, another activation than
///         relu, a layer that is repeated, or another readout than one number, by numbers, at position -1
void require_plain(const Model& model, Budget& budget);

/// Throws  Defect (model.json, …) unless the attention is average or softmax, without norm and rotary, and its scale is a positive
///         number
void require_plain(const Attention& attention, Budget& budget);

/// A symbol as it stands in a program. Throws Defect (model.json: alphabet) for one that cannot.
std::string quoted_symbol(const Symbol& symbol);

/// form += times · other; a form is its coefficients, the number first, those that are not there 0.
void accumulate(Vector& form, const Rational& times, const Vector& other, Budget& budget);

/// The least positive whole number that makes the form whole.
mpz_class denominator(const Vector& form);

/// `3 + 2*t1 - 1*r1`: the form times a number that makes it whole; names by their index, from 1.
///
/// Throws  Defect (model.json) for a number of more than 15 digits
std::string form_text(const Vector& form, const mpz_class& times, const std::function<std::string(std::size_t)>& name,
                      Budget& budget);

}  // namespace attest::checker
