#include "symmetry_dependence.hpp"

namespace attest::soft {

bool Forms::ByParts::operator()(const exact::Rational& a, const exact::Rational& b) const {
    const int order = mpz_cmp(a.get_num_mpz_t(), b.get_num_mpz_t());
    return order != 0 ? order < 0 : mpz_cmp(a.get_den_mpz_t(), b.get_den_mpz_t()) < 0;
}

// Lists of forms have numbers that are positive.
int Forms::named(const std::string& text) { return -2 * number(texts_, text); }

int Forms::constant(exact::Rational value) { return 1 - 2 * number(values_, std::move(value)); }

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
