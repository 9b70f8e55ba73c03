#pragma once

#include <string>
#include <vector>

#include "attest/exact/matrix.hpp"
#include "bits.hpp"
#include "programs/zoo/weights.hpp"

namespace attest::programs::extract {

/// Affine over the numbers of bits, each 0 or 1.
using constructions::Form;

Form form_of(Literal literal);
/// a += factor · b; terms that become 0 go.
void add_scaled(Form& a, const exact::Rational& factor, const Form& b);

/// One value of forms together, and when they have it.
struct Case {
    exact::Vector values;  ///< by form
    Literal when;
};

/// All values that forms have together, each once; at any position exactly one case is.
///
/// Exact   yes, but for cases that are never
/// Throws  Unsupported for more than 4,096 cases: `what` is too much
std::vector<Case> cases(Bits& bits, const std::vector<Form>& forms, const std::string& what);

/// max(0, form)
/// Throws  as cases
Form rectified(Bits& bits, const Form& form, const std::string& what);

/// When the form is positive. Throws  as cases
Literal positive(Bits& bits, const Form& form, const std::string& what);

/// W y + b, where y are forms.
std::vector<Form> map_forms(const exact::AffineMap& map, const std::vector<Form>& y);

}  // namespace attest::programs::extract
