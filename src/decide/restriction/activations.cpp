#include "activations.hpp"

#include <algorithm>

namespace attest::restriction {

Activation Activation::of(std::vector<std::size_t> inputs, std::vector<ValueId> table) {
    std::vector<ValueId> values = table;
    std::sort(values.begin(), values.end());
    values.erase(std::unique(values.begin(), values.end()), values.end());
    return {std::move(inputs), std::move(table), std::move(values)};
}

ValueId Activation::at(const language::Word& word, std::size_t symbols) const {
    std::size_t index = 0;
    for (const std::size_t i : inputs) index = index * symbols + word[i];
    return table[index];
}

Activation Activation::under(const Restriction& restriction, std::size_t symbols) const {
    Activation result = *this;
    for (std::size_t k = inputs.size(); k-- > 0;) {
        // The entries of the k-th input's symbols stand `stride` apart in blocks of symbols · stride.
        std::size_t stride = 1;
        for (std::size_t later = k + 1; later < result.inputs.size(); ++later) stride *= symbols;
        const auto& fixed = restriction.fixed[inputs[k]];
        bool matters = false;
        for (std::size_t e = 0; e < result.table.size() && !fixed; ++e)
            matters = matters || result.table[e] != result.table[e - e / stride % symbols * stride];
        if (!fixed && matters) continue;
        std::vector<ValueId> kept;
        for (std::size_t e = 0; e < result.table.size(); ++e)
            if (e / stride % symbols == fixed.value_or(0)) kept.push_back(result.table[e]);
        result.table = std::move(kept);
        result.inputs.erase(result.inputs.begin() + static_cast<std::ptrdiff_t>(k));
    }
    return of(std::move(result.inputs), std::move(result.table));
}

}  // namespace attest::restriction
