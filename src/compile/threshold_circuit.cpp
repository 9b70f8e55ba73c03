#include "threshold_circuit.hpp"

#include <algorithm>

namespace attest::compile {

using circuit::Literal;
using circuit::Node;

Literal ThresholdCircuit::threshold(const std::vector<std::pair<Literal, mpz_class>>& terms, mpz_class bound) {
    // w · ¬x = w − w · x.
    std::map<Node, mpz_class> weights;
    for (const auto& [l, weight] : terms) {
        if (l.node() == 0) {
            if (l.complemented()) bound -= weight;
            continue;
        }
        weights[l.node()] += l.complemented() ? mpz_class(-weight) : weight;
        if (l.complemented()) bound -= weight;
    }
    mpz_class least = 0, most = 0;
    Gate gate;
    for (const auto& [node, weight] : weights) {
        if (weight == 0) continue;
        (weight > 0 ? most : least) += weight;
        gate.wires.emplace_back(node, weight);
    }
    if (least >= bound) return circuit::top;
    if (most < bound) return circuit::bottom;
    // Weights without a common divisor: sums are multiples of it, so the bound may be rounded up to one.
    mpz_class divisor = 0;
    for (const auto& [node, weight] : gate.wires) divisor = gcd(divisor, weight);
    for (auto& [node, weight] : gate.wires) weight /= divisor;
    mpz_cdiv_q(bound.get_mpz_t(), bound.get_mpz_t(), divisor.get_mpz_t());
    if (gate.wires.size() == 1) return {gate.wires[0].first, gate.wires[0].second < 0};
    const auto [entry, fresh] =
        numbers_.try_emplace({gate.wires, bound}, static_cast<Node>(inputs_ + gates_.size() + 1));
    if (fresh) {
        for (const auto& [node, weight] : gate.wires) gate.depth = std::max(gate.depth, depth({node, false}));
        ++gate.depth;
        gate.bound = std::move(bound);
        gates_.push_back(std::move(gate));
    }
    return {entry->second, false};
}

Literal ThresholdCircuit::conjunction(const std::vector<Literal>& literals) {
    std::vector<Literal> distinct = literals;
    std::sort(distinct.begin(), distinct.end());
    distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
    std::vector<std::pair<Literal, mpz_class>> terms;
    for (std::size_t k = 0; k < distinct.size(); ++k) {
        if (k > 0 && distinct[k] == !distinct[k - 1]) return circuit::bottom;
        terms.emplace_back(distinct[k], 1);
    }
    return threshold(terms, static_cast<unsigned long>(distinct.size()));
}

Literal ThresholdCircuit::disjunction(const std::vector<Literal>& literals) {
    std::vector<Literal> distinct = literals;
    std::sort(distinct.begin(), distinct.end());
    distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
    std::vector<std::pair<Literal, mpz_class>> terms;
    for (std::size_t k = 0; k < distinct.size(); ++k) {
        if (k > 0 && distinct[k] == !distinct[k - 1]) return circuit::top;
        terms.emplace_back(distinct[k], 1);
    }
    return threshold(terms, 1);
}

std::size_t ThresholdCircuit::depth(Literal l) const {
    return l.node() <= inputs_ ? 0 : gates_[l.node() - inputs_ - 1].depth;
}

bool ThresholdCircuit::evaluate(Literal l, const std::vector<bool>& inputs) const {
    std::vector<bool> values{false};
    values.insert(values.end(), inputs.begin(), inputs.end());
    for (const Gate& gate : gates_) {
        mpz_class sum = 0;
        for (const auto& [node, weight] : gate.wires)
            if (values[node]) sum += weight;
        values.push_back(sum >= gate.bound);
    }
    return values[l.node()] != l.complemented();
}

ThresholdCircuit ThresholdCircuit::cone(Literal& root) const {
    std::vector<bool> needed(gates_.size(), false);
    const auto mark = [&](Node v) {
        if (v > inputs_) needed[v - inputs_ - 1] = true;
    };
    mark(root.node());
    for (std::size_t g = gates_.size(); g-- > 0;)
        if (needed[g])
            for (const auto& [node, weight] : gates_[g].wires) mark(node);
    ThresholdCircuit result(inputs_);
    std::vector<Node> number(inputs_ + gates_.size() + 1, 0);
    for (Node v = 0; v <= inputs_; ++v) number[v] = v;
    for (std::size_t g = 0; g < gates_.size(); ++g) {
        if (!needed[g]) continue;
        Gate gate = gates_[g];
        for (auto& [node, weight] : gate.wires) node = number[node];
        number[inputs_ + g + 1] = static_cast<Node>(inputs_ + result.gates_.size() + 1);
        result.gates_.push_back(std::move(gate));
    }
    root = Literal(number[root.node()], root.complemented());
    return result;
}

}  // namespace attest::compile
