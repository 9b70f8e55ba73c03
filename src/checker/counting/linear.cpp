#include "checker/counting/linear.hpp"

#include <algorithm>

// FORMAT.md, section 30.4: forms in whole numbers, and sums of premises (Farkas). Only additions and products of GMP.

namespace attest::checker {
namespace {

void draw(const mpz_class& number, Budget& budget) {
    const std::size_t size = mpz_size(number.get_mpz_t());
    budget.arithmetic(size);
    budget.step(8);
    budget.memory(size > 2 ? 8 * size : 0);
}

}  // namespace

IntegerForm plus(const IntegerForm& left, const mpz_class& times, const IntegerForm& right, Budget& budget) {
    IntegerForm sum{{}, left.constant + times * right.constant};
    draw(sum.constant, budget);
    sum.terms.reserve(left.terms.size() + right.terms.size());
    auto l = left.terms.begin();
    auto r = right.terms.begin();
    while (l != left.terms.end() || r != right.terms.end()) {
        if (r == right.terms.end() || (l != left.terms.end() && l->first < r->first)) {
            budget.step(8);
            sum.terms.push_back(*l++);
            continue;
        }
        mpz_class value = times * r->second;
        const std::size_t variable = r->first;
        if (l != left.terms.end() && l->first == variable) value += (l++)->second;
        ++r;
        draw(value, budget);
        if (value != 0) sum.terms.emplace_back(variable, std::move(value));
    }
    return sum;
}

void check_sum(LineScanner& line, const std::vector<Premise>& premises, Budget& budget) {
    const Budget::Temporary while_adding(budget);
    IntegerForm sum;
    for (;;) {
        const std::int64_t number = line.integer();
        if (number == 0) break;
        if (number < 0 || static_cast<std::uint64_t>(number) > premises.size())
            line.fail("there is no premise " + std::to_string(number));
        const Premise& premise = premises[static_cast<std::size_t>(number - 1)];
        const std::int64_t times = line.integer();
        if (times == 0) line.fail("a premise is taken 0 times");
        if (times < 0 && !premise.is_equation)
            line.fail("the premise " + std::to_string(number) + " is an inequality, and is not taken " +
                      std::to_string(times) + " times");
        sum = plus(sum, mpz_class(static_cast<long>(times)), premise.form, budget);
    }
    if (!sum.is_constant()) line.fail("the sum is no constant");
    if (sum.constant >= 0) line.fail("the sum is no contradiction: it is not below 0");
}

}  // namespace attest::checker
