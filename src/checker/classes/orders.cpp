#include "checker/classes/orders.hpp"

#include <utility>

#include "checker/kernel/defect.hpp"

// FORMAT.md, section 9.2. A head of hard attention prefers what it sees by scores, and of scores only the order
// matters. So a class is about orders, and an order is a variable for each pair. Transitivity has cubically many
// clauses; a proof names those that it uses, as cycles, and a cycle is checked where it is named.

namespace attest::checker {

std::size_t Orders::order(const Name& name) {
    const auto known = numbers_.find(name);
    if (known != numbers_.end()) return known->second;
    budget_.memory(128);
    const std::size_t number = numbers_.size();
    numbers_.emplace(name, number);
    return number;
}

std::int32_t Orders::variable(std::size_t order, const Element& a, const Element& b) {
    budget_.memory(320);
    const auto v = static_cast<std::int32_t>(++formula_.variables);
    literals_[{order, a.first, a.second, b.first, b.second}] = v;
    steps_[v] = {order, a, b, true};
    return v;
}

std::int32_t Orders::above(std::size_t order, const Element& a, const Element& b) {
    const auto known = literals_.find({order, a.first, a.second, b.first, b.second});
    if (known != literals_.end()) return known->second;
    const std::int32_t v = variable(order, a, b);
    if (strict_) {
        literals_[{order, b.first, b.second, a.first, a.second}] = -v;
    } else {
        const std::int32_t back = variable(order, b, a);
        formula_.add({-v, -back});
    }
    return v;
}

Orders::Step Orders::step(std::int64_t literal) const {
    const auto found = steps_.find(literal < 0 ? -literal : literal);
    if (found == steps_.end()) throw Defect("", "the variable belongs to no order");
    Step step = found->second;
    if (literal < 0) return step;  // the complement is the variable
    std::swap(step.upper, step.lower);
    step.strictly = strict_;  // ¬above(a, b): b above a in a strict order, b at least a in a weak one
    return step;
}

}  // namespace attest::checker
