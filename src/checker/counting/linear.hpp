#pragma once

#include <gmpxx.h>

#include <cstddef>
#include <utility>
#include <vector>

#include "checker/kernel/budget.hpp"
#include "checker/kernel/line_scanner.hpp"

namespace attest::checker {

/// A whole constant plus whole multiples of variables, which stand for whole numbers.
struct IntegerForm {
    std::vector<std::pair<std::size_t, mpz_class>> terms;  ///< by variable, ascending; none is 0
    mpz_class constant;

    bool is_constant() const { return terms.empty(); }
    static IntegerForm number(const mpz_class& value) { return {{}, value}; }
    static IntegerForm variable(std::size_t v) { return {{{v, 1}}, 0}; }
};

/// left + times · right
IntegerForm plus(const IntegerForm& left, const mpz_class& times, const IntegerForm& right, Budget& budget);

/// What is assumed of the variables: a form is 0, or at least 0.
struct Premise {
    IntegerForm form;
    bool is_equation = false;
};

/// Reads `i λ i λ … 0` and adds up λ times premise i, i counted from 1.
///
/// Throws  Defect unless each λ of an inequality is positive and the sum is a constant below 0, so that the premises
///         contradict each other
void check_sum(LineScanner& line, const std::vector<Premise>& premises, Budget& budget);

}  // namespace attest::checker
