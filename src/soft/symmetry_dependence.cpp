#include "symmetry_dependence.hpp"

#include <algorithm>
#include <numeric>

namespace attest::soft {

namespace {

/// An order of rationals that needs no products: below 0, 0 or above 0.
int compare_parts(const exact::Rational& a, const exact::Rational& b) {
    const int order = mpz_cmp(a.get_num_mpz_t(), b.get_num_mpz_t());
    return order != 0 ? order : mpz_cmp(a.get_den_mpz_t(), b.get_den_mpz_t());
}

}  // namespace

// Lists of forms have numbers that are positive.
int Forms::named(const std::string& text) { return -2 * number(texts_, text); }

std::vector<int> Forms::of_values(const exact::Vector& values) {
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), 0);
    std::sort(order.begin(), order.end(),
              [&](std::size_t a, std::size_t b) { return compare_parts(values[a], values[b]) < 0; });
    std::vector<int> forms(values.size());
    for (std::size_t k = 0; k < order.size(); ++k) {
        if (k == 0 || compare_parts(values[order[k - 1]], values[order[k]]) != 0) ++values_;
        forms[order[k]] = 1 - 2 * values_;
    }
    return forms;
}

Dependence Forms::combined(const Dependences& parts) {
    Dependence result;
    std::vector<int> forms;
    for (const Dependence& part : parts) {
        result.symbol = result.symbol || part.symbol;
        forms.push_back(part.form);
    }
    result.form = number(parts_, std::move(forms));
    return result;
}

Dependences Forms::through(const exact::AffineMap& map, const Dependences& inputs) {
    Dependences outputs;
    for (std::size_t r = 0; r < map.outputs(); ++r) {
        Dependences parts;
        gather(map, r, inputs, parts);
        outputs.push_back(combined(parts));
    }
    return outputs;
}

void gather(const exact::AffineMap& map, std::size_t row, const Dependences& inputs, Dependences& parts) {
    for (const auto& entry : map.weight.rows[row]) parts.push_back(inputs[entry.first]);
}

}  // namespace attest::soft
