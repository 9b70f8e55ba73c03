#include "checker/translation/circuit.hpp"

#include <algorithm>

#include "checker/kernel/defect.hpp"

// FORMAT.md, section 4: the constructors of gates with their simplifications, in the order of the text. Gates are
// numbered by when they are made, so that two programs that follow the text make the same circuit, gate for gate, and
// can be compared without any search.

namespace attest::checker {
namespace {

constexpr std::size_t most_nodes = std::size_t{1} << 30;

std::uint32_t hash(Circuit::Gate kind, std::span<const Literal> fanin) {
    std::uint64_t h = kind == Circuit::Gate::parity ? 0x9e3779b97f4a7c15u : 0x2545f4914f6cdd1du;
    for (const Literal l : fanin) {
        h = (h ^ l) * 0xff51afd7ed558ccdu;
        h ^= h >> 32;
    }
    return static_cast<std::uint32_t>(h);
}

}  // namespace

Circuit::Circuit(std::size_t inputs, Budget& budget) : inputs_(inputs), budget_(&budget), slots_(1024) {
    if (inputs >= most_nodes) throw Defect("limits", "a circuit of 2^30 inputs");
}

std::span<const Literal> Circuit::fanin(std::size_t gate) const {
    return std::span(arena_).subspan(begins_[gate], begins_[gate + 1] - begins_[gate]);
}

Literal Circuit::conjunction(Literals literals) {
    budget_->step(1 + literals.size());
    std::erase(literals, top);
    std::sort(literals.begin(), literals.end());
    literals.erase(std::unique(literals.begin(), literals.end()), literals.end());
    if (literals.empty()) return top;
    if (literals.front() == bottom) return bottom;
    for (std::size_t i = 1; i < literals.size(); ++i)
        if (literals[i - 1] / 2 == literals[i] / 2) return bottom;
    return literals.size() == 1 ? literals.front() : find_or_add(Gate::conjunction, literals);
}

Literal Circuit::disjunction(Literals literals) {
    for (Literal& l : literals) l = negated(l);
    return negated(conjunction(std::move(literals)));
}

Literal Circuit::conjunction(Literal a, Literal b) {
    budget_->step(2);
    if (a > b) std::swap(a, b);
    if (a == bottom) return bottom;
    if (a == top || a == b) return b;
    if (a / 2 == b / 2) return bottom;
    const Literal fanin[] = {a, b};
    return find_or_add(Gate::conjunction, fanin);
}

Literal Circuit::parity(Literal a, Literal b) {
    const Literal sign = (a + b) % 2;
    a -= a % 2;
    b -= b % 2;
    if (a == bottom) return b + sign;
    if (b == bottom) return a + sign;
    if (a == b) return bottom + sign;
    if (a > b) std::swap(a, b);
    const Literal fanin[] = {a, b};
    return find_or_add(Gate::parity, fanin) + sign;
}

Literal Circuit::find_or_add(Gate kind, std::span<const Literal> wanted) {
    const std::uint32_t code = hash(kind, wanted);
    std::size_t slot = code % slots_.size();
    for (; slots_[slot] != 0; slot = (slot + 1) % slots_.size()) {
        const std::size_t gate = slots_[slot] - 1;
        if (codes_[gate] != code || kinds_[gate] != kind) continue;
        const auto found = fanin(gate);
        if (std::equal(found.begin(), found.end(), wanted.begin(), wanted.end())) return literal_of(gate);
    }
    append(kind, wanted);
    slots_[slot] = static_cast<std::uint32_t>(gates());
    if (2 * gates() > slots_.size()) grow();
    return literal_of(gates() - 1);
}

void Circuit::append(Gate kind, std::span<const Literal> fanin) {
    if (nodes() >= most_nodes) throw Defect("limits", "a circuit of 2^30 nodes");
    budget_->memory(48 + 8 * fanin.size());
    kinds_.push_back(kind);
    codes_.push_back(hash(kind, fanin));
    arena_.insert(arena_.end(), fanin.begin(), fanin.end());
    begins_.push_back(arena_.size());
}

void Circuit::grow() {
    slots_.assign(2 * slots_.size(), 0);
    for (std::size_t gate = 0; gate < gates(); ++gate) {
        std::size_t slot = codes_[gate] % slots_.size();
        while (slots_[slot] != 0) slot = (slot + 1) % slots_.size();
        slots_[slot] = static_cast<std::uint32_t>(gate + 1);
    }
}

Circuit Circuit::cone(Literals& roots, Budget& budget) const {
    std::vector<bool> needed(nodes());
    for (const Literal root : roots) needed[root / 2] = true;
    for (std::size_t gate = gates(); gate-- > 0;)
        if (needed[literal_of(gate) / 2])
            for (const Literal l : fanin(gate)) needed[l / 2] = true;

    Circuit result(inputs_, budget);
    std::vector<Literal> renamed(nodes());
    for (std::size_t node = 0; node <= inputs_; ++node) renamed[node] = static_cast<Literal>(2 * node);
    const auto rename = [&](Literal l) { return renamed[l / 2] + l % 2; };
    for (std::size_t gate = 0; gate < gates(); ++gate) {
        if (!needed[literal_of(gate) / 2]) continue;
        Literals renamed_fanin;
        for (const Literal l : fanin(gate)) renamed_fanin.push_back(rename(l));
        result.append(kinds_[gate], renamed_fanin);
        renamed[literal_of(gate) / 2] = result.literal_of(result.gates() - 1);
    }
    for (Literal& root : roots) root = rename(root);
    return result;
}

std::vector<bool> simulate(const Circuit& circuit, const std::vector<bool>& inputs) {
    std::vector<bool> values(circuit.nodes());
    std::copy(inputs.begin(), inputs.end(), values.begin() + 1);
    for (std::size_t gate = 0; gate < circuit.gates(); ++gate) {
        const auto fanin = circuit.fanin(gate);
        const auto true_literals =
            std::count_if(fanin.begin(), fanin.end(), [&](Literal l) { return holds(values, l); });
        values[circuit.literal_of(gate) / 2] = circuit.kind(gate) == Circuit::Gate::parity
                                                   ? true_literals % 2 == 1
                                                   : true_literals == static_cast<std::ptrdiff_t>(fanin.size());
    }
    return values;
}

}  // namespace attest::checker
