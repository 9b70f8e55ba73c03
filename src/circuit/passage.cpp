#include "circuit/passage.hpp"

#include <algorithm>
#include <bit>
#include <unordered_map>

#include "circuit/gates.hpp"
#include "circuit/structure.hpp"

namespace attest::circuit {

namespace {

/// The finaliser of SplitMix64: a number for each node, as if drawn by chance.
std::uint64_t token(std::uint64_t x) {
    x += 0x9E3779B97F4A7C15U;
    x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9U;
    x = (x ^ x >> 27) * 0x94D049BB133111EBU;
    return x ^ x >> 31;
}

}  // namespace

Passage::Passage(const Circuit& circuit, const std::vector<Literal>& outputs, std::int64_t length, std::size_t symbols,
                 const std::function<int(Node)>& known)
    : circuit_(circuit), outputs_(outputs), length_(length), symbols_(symbols) {
    known_.resize(circuit.node_count(), 0);
    if (known)
        for (Node v = 1; v < circuit.node_count(); ++v) known_[v] = static_cast<signed char>(known(v));
    find_levels();
    columns_.resize(circuit.node_count());
}

/// Of what the outputs depend on.
void Passage::find_levels() {
    levels_.resize(circuit_.node_count(), 0);
    last_use_.resize(circuit_.node_count(), 0);
    at_level_.resize(static_cast<std::size_t>(length_) + 1);
    const std::vector<bool> needed = cone_of(circuit_, outputs_);
    const std::size_t inputs_a_symbol = symbols_ == 2 ? 1 : symbols_;
    for (std::size_t k = 0; k < circuit_.input_count(); ++k)
        levels_[circuit_.input(k)] = static_cast<std::int32_t>(k / inputs_a_symbol + 1);
    for (Node v = circuit_.first_gate(); v < circuit_.node_count(); ++v) {
        for (const Literal l : circuit_.fan_ins(v)) levels_[v] = std::max(levels_[v], levels_[l.node()]);
        if (!needed[v]) continue;
        at_level_[static_cast<std::size_t>(levels_[v])].push_back(v);
        for (const Literal l : circuit_.fan_ins(v)) last_use_[l.node()] = std::max(last_use_[l.node()], levels_[v]);
    }
    for (const Literal l : outputs_) last_use_[l.node()] = static_cast<std::int32_t>(length_ + 1);
}

Literal Passage::letter(std::size_t letter) const {
    const auto t = static_cast<Node>(position_);
    if (symbols_ == 2) return {t, letter == 0};
    return {(t - 1) * static_cast<Node>(symbols_) + static_cast<Node>(letter) + 1, false};
}

std::size_t Passage::count(std::size_t k) const {
    std::size_t count = 0;
    for (const std::uint64_t word : values_[k]) count += static_cast<std::size_t>(std::popcount(word));
    return count;
}

std::uint64_t Passage::signature(std::size_t state) const {
    std::uint64_t result = 0;
    for (std::size_t k = 0; k < frontier_.size(); ++k)
        if (value(k, state)) result ^= token(frontier_[k]);
    return result;
}

bool Passage::read(std::size_t most_states, const Allowed* allowed) {
    for (const Node gate : at_level_[static_cast<std::size_t>(position_)]) Bits().swap(columns_[gate]);
    for (const Node v : frontier_before_) Bits().swap(columns_[v]);
    frontier_before_ = frontier_;
    ++position_;
    spread();
    for (const Node gate : at_level_[static_cast<std::size_t>(position_)]) evaluate(gate);
    return gather(most_states, allowed);
}

void Passage::fix(Node v, bool value) {
    known_[v] = value ? 1 : -1;
    const auto at = std::find(frontier_.begin(), frontier_.end(), v);
    if (at == frontier_.end()) return;
    values_.erase(values_.begin() + (at - frontier_.begin()));
    frontier_.erase(at);
}

/// The frontier's values once a letter, and the letters themselves.
void Passage::spread() {
    states_before_ = states_;
    words_ = (states_ + 63) / 64;
    for (std::size_t k = 0; k < frontier_.size(); ++k) {
        Bits& column = columns_[frontier_[k]];
        column.clear();
        for (std::size_t a = 0; a < symbols_; ++a) column.insert(column.end(), values_[k].begin(), values_[k].end());
    }
    for (std::size_t a = 0; a < symbols_; ++a) {
        const Literal input = letter(a);
        if (input.complemented()) continue;
        Bits& column = columns_[input.node()];
        column.assign(symbols_ * words_, 0);
        std::fill_n(column.begin() + static_cast<std::ptrdiff_t>(a * words_), words_, ~std::uint64_t{0});
    }
}

void Passage::evaluate(Node gate) {
    Bits& column = columns_[gate];
    const std::span<const Literal> in = circuit_.fan_ins(gate);
    const bool is_and = circuit_.kind(gate) == GateKind::conjunction;
    column.assign(symbols_ * words_, is_and ? ~std::uint64_t{0} : 0);
    for (const Literal l : in) {
        Bits& read = columns_[l.node()];
        if (known_[l.node()] != 0 && levels_[l.node()] < position_)
            read.assign(symbols_ * words_, known_[l.node()] > 0 ? ~std::uint64_t{0} : 0);
        const std::uint64_t flip = l.complemented() ? ~std::uint64_t{0} : 0;
        if (is_and)
            for (std::size_t w = 0; w < column.size(); ++w) column[w] &= read[w] ^ flip;
        else
            for (std::size_t w = 0; w < column.size(); ++w) column[w] ^= read[w] ^ flip;
    }
}

/// Of each column: which of the nodes are true.
std::vector<std::uint64_t> Passage::signatures(const std::vector<Node>& nodes) const {
    std::vector<std::uint64_t> signatures(symbols_ * words_ * 64, 0);
    for (const Node v : nodes) {
        const std::uint64_t mark = token(v);
        const Bits& column = columns_[v];
        for (std::size_t w = 0; w < column.size(); ++w)
            for (std::uint64_t left = column[w]; left != 0; left &= left - 1)
                signatures[w * 64 + static_cast<std::size_t>(std::countr_zero(left))] ^= mark;
    }
    return signatures;
}

/// Columns that agree on the new frontier are one state.
bool Passage::gather(std::size_t most_states, const Allowed* allowed) {
    std::vector<Node> next;
    const auto remains = [&](Node v) { return last_use_[v] > position_ && known_[v] == 0; };
    std::copy_if(frontier_.begin(), frontier_.end(), std::back_inserter(next), remains);
    Bits dead(symbols_ * words_, 0);
    const auto look_at = [&](Node v) {
        if (remains(v)) next.push_back(v);
        const std::uint64_t flip = known_[v] > 0 ? ~std::uint64_t{0} : 0;
        for (std::size_t w = 0; known_[v] != 0 && w < dead.size(); ++w) dead[w] |= columns_[v][w] ^ flip;
    };
    for (std::size_t a = 0; a < symbols_; ++a)
        if (const Literal input = letter(a); !input.complemented()) look_at(input.node());
    for (const Node v : at_level_[static_cast<std::size_t>(position_)]) look_at(v);
    std::sort(next.begin(), next.end());

    const std::vector<std::uint64_t> found = signatures(next);
    std::vector<std::uint64_t> of_allowed;
    if (allowed != nullptr) of_allowed = signatures(allowed->frontier);
    std::unordered_map<std::uint64_t, std::uint32_t> numbers;
    std::vector<std::size_t> chosen;  // a column of each state
    targets_.assign(symbols_ * states_before_, nowhere);
    for (std::size_t a = 0; a < symbols_; ++a)
        for (std::size_t s = 0; s < states_before_; ++s) {
            const std::size_t column = a * words_ * 64 + s;
            if (bit(dead, column)) continue;
            if (allowed != nullptr && !allowed->signatures.contains(of_allowed[column])) continue;
            const auto [entry, fresh] = numbers.try_emplace(found[column], static_cast<std::uint32_t>(chosen.size()));
            if (fresh) chosen.push_back(column);
            targets_[a * states_before_ + s] = entry->second;
        }
    if (chosen.empty() || chosen.size() > most_states) return false;
    values_.assign(next.size(), Bits((chosen.size() + 63) / 64, 0));
    for (std::size_t k = 0; k < next.size(); ++k) {
        const Bits& column = columns_[next[k]];
        for (std::size_t s = 0; s < chosen.size(); ++s)
            if (bit(column, chosen[s])) values_[k][s / 64] |= std::uint64_t{1} << s % 64;
    }
    frontier_ = std::move(next);
    states_ = chosen.size();
    return true;
}

}  // namespace attest::circuit
