#include "checker/question/has_circuit.hpp"

#include <algorithm>

#include "checker/network/instance.hpp"

namespace attest::checker {

bool has_circuit(const Model& model, std::size_t length, Budget& budget) {
    if (model.is_hard() || model.is_soft()) return model.is_hard();
    const Budget::Temporary while_looking(budget);
    const Shape shape = shape_of(model, length, budget);
    return std::all_of(shape.stack.begin(), shape.stack.end(), [&](std::size_t l) {
        const auto& attention = model.layers[l].attention;
        return !attention || attention->kind == Kind::hard || attention->kind == Kind::average;
    });
}

}  // namespace attest::checker
