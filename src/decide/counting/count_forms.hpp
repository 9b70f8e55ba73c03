#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>

#include "attest/network/transformer.hpp"

namespace attest::counting {

/// A sum of multiples of names and a number, which is entry 0; none is 0.
using LinearForm = std::map<std::size_t, exact::Rational>;

void add(LinearForm& to, const exact::Rational& times, const LinearForm& form);

/// The least positive number that makes it whole.
exact::Rational scale_of(const LinearForm& form);
LinearForm scaled(const LinearForm& form, const exact::Rational& times);

/// `3 + 2*t1 - 1*r1`, of a form of whole numbers.
/// Throws  Unsupported where a number has more than 15 digits
std::string form_text(const LinearForm& form, const std::function<std::string(std::size_t)>& name);

/// A symbol of the model as it stands in a C-RASP program. Throws Unsupported for one that cannot.
std::string quoted_symbol(const network::Transformer& model, language::Symbol a);

/// Whether an expression has no variable, and is rational.
bool is_number(const exact::Expression& e);

/// Why a model is none of FORMAT.md, sections 37 and 41, but for its positions and attention; nothing where that is no hindrance.
std::optional<std::string> not_plain(const network::Transformer& model);

}  // namespace attest::counting
