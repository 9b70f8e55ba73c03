#include "checker/gates/threshold_circuit.hpp"

#include <algorithm>

namespace attest::checker {

Literal ThresholdCircuit::threshold(const std::vector<std::pair<Literal, mpz_class>>& terms, mpz_class bound) {
    budget_->step(4 + terms.size(), 32);
    std::map<std::uint32_t, mpz_class> weights;
    for (const auto& [literal, weight] : terms) {
        const std::uint32_t node = literal / 2;
        const bool complemented = (literal & 1) != 0;
        if (complemented) bound -= weight;  // w ¬x = w − w x, and ¬0 is 1
        if (node == 0) continue;
        if (complemented) weights[node] -= weight;
        else weights[node] += weight;
    }
    mpz_class least = 0, most = 0, divisor = 0;
    Gate gate;
    std::uint64_t bytes = 128;
    for (const auto& [node, weight] : weights) {
        if (weight == 0) continue;
        (weight < 0 ? least : most) += weight;
        divisor = gcd(divisor, weight);
        budget_->arithmetic(mpz_size(weight.get_mpz_t()));
        bytes += 64 + 16 * mpz_size(weight.get_mpz_t());
        gate.wires.emplace_back(node, weight);
    }
    if (bound <= least) return top;
    if (bound > most) return bottom;
    for (auto& [node, weight] : gate.wires) weight /= divisor;
    mpz_cdiv_q(gate.bound.get_mpz_t(), bound.get_mpz_t(), divisor.get_mpz_t());
    if (gate.wires.size() == 1) return 2 * gate.wires.front().first + (gate.wires.front().second < 0 ? 1 : 0);
    const auto [entry, fresh] =
        numbers_.try_emplace({gate.wires, gate.bound}, static_cast<std::uint32_t>(1 + inputs_ + gates_.size()));
    if (fresh) {
        budget_->memory(2 * bytes);
        gates_.push_back(std::move(gate));
    }
    return 2 * entry->second;
}

Literal ThresholdCircuit::all_or_some(Literals literals, bool all) {
    std::sort(literals.begin(), literals.end());
    literals.erase(std::unique(literals.begin(), literals.end()), literals.end());
    std::vector<std::pair<Literal, mpz_class>> terms;
    for (std::size_t k = 0; k < literals.size(); ++k) {
        if (k > 0 && literals[k] == negated(literals[k - 1])) return all ? bottom : top;
        terms.emplace_back(literals[k], 1);
    }
    return threshold(terms, all ? static_cast<unsigned long>(literals.size()) : 1);
}

Literal ThresholdCircuit::conjunction(const Literals& literals) { return all_or_some(literals, true); }
Literal ThresholdCircuit::disjunction(const Literals& literals) { return all_or_some(literals, false); }

ThresholdCircuit ThresholdCircuit::cone(Literal& root) const {
    std::vector<bool> needed(1 + inputs_ + gates_.size());
    needed[root / 2] = true;
    for (std::size_t g = gates_.size(); g-- > 0;) {
        budget_->step();
        if (!needed[1 + inputs_ + g]) continue;
        budget_->step(gates_[g].wires.size());
        for (const auto& [node, weight] : gates_[g].wires) needed[node] = true;
    }
    std::vector<std::uint32_t> number(needed.size());
    for (std::uint32_t node = 0; node <= inputs_; ++node) number[node] = node;
    ThresholdCircuit result(inputs_, *budget_);
    for (std::size_t g = 0; g < gates_.size(); ++g) {
        const std::size_t node = 1 + inputs_ + g;
        if (!needed[node]) continue;
        number[node] = static_cast<std::uint32_t>(1 + inputs_ + result.gates_.size());
        result.gates_.push_back(gates_[g]);
        budget_->memory(64 * gates_[g].wires.size());
        for (auto& [wire, weight] : result.gates_.back().wires) wire = number[wire];
    }
    root = 2 * number[root / 2] + (root & 1);
    return result;
}

}  // namespace attest::checker
