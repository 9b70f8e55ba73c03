#include "symmetry_dependence.hpp"

namespace attest::soft {

/// Texts and lists of forms have numbers of different signs.
int Forms::named(const std::string& text) { return -number(texts_, text); }

Dependence Forms::combined(const Dependences& parts) {
    Dependence result;
    std::vector<int> forms;
    for (const Dependence& part : parts) {
        result.symbol = result.symbol || part.symbol;
        forms.push_back(part.form);
    }
    result.form = number(parts_, forms);
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
