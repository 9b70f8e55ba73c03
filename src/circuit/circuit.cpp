#include "attest/circuit/circuit.hpp"

#include <algorithm>
#include <limits>

#include "attest/base/error.hpp"
#include "circuit/gates.hpp"

namespace attest::circuit {

namespace {

constexpr std::size_t most_nodes = std::size_t{1} << 31;  // a literal has 32 bits
constexpr std::size_t most_wires = std::numeric_limits<std::uint32_t>::max();
constexpr std::size_t most_origins = std::size_t{1} << 29;  // beside a kind, in 32 bits

/// The capacity after the next growth; written out so that memory can be foretold.
template <typename T>
std::size_t grown(const std::vector<T>& v, std::size_t more, std::size_t most) {
    if (v.size() + more <= v.capacity()) return v.capacity();
    return std::min(std::max(2 * v.capacity(), v.size() + more), most);
}

template <typename T>
void make_room(std::vector<T>& v, std::size_t more, std::size_t most) {
    v.reserve(grown(v, more, most));
}

template <typename T>
std::size_t bytes_to_grow(const std::vector<T>& v, std::size_t more, std::size_t most) {
    return v.size() + more <= v.capacity() ? 0 : grown(v, more, most) * sizeof(T);
}

template <typename T>
std::size_t bytes_held(const std::vector<T>& v) {
    return v.capacity() * sizeof(T);
}

}  // namespace

Circuit::Circuit() : kinds_and_origins_{0}, first_fan_in_{0, 0}, origins_{Origin{}} {}

Node Circuit::add_input(std::string name) {
    if (gate_count() != 0) throw base::InternalError("circuit: an input was added after a gate");
    if (!countable(0)) throw base::InternalError("circuit: too many inputs");
    const Node v = static_cast<Node>(node_count());
    kinds_and_origins_.push_back(static_cast<std::uint32_t>(GateKind::input));
    first_fan_in_.push_back(0);
    input_names_.push_back(std::move(name));
    return v;
}

Node Circuit::add_gate(GateKind kind, std::span<const Literal> fan_ins, std::uint32_t origin) {
    const Node v = static_cast<Node>(node_count());
    const KindRow& row = row_of(kind);
    if (!row.is_gate() || fan_ins.size() < row.least_fan_ins || fan_ins.size() > row.most_fan_ins)
        throw base::InternalError("circuit: no gate has this kind and fan-in");
    for (const Literal l : fan_ins) {
        if (l.node() == 0 || l.node() >= v) {
            throw base::InternalError("circuit: a fan-in is neither an input nor an earlier gate");
        }
    }
    if (origin >= origins_.size()) throw base::InternalError("circuit: no such origin");
    if (!has_room(fan_ins.size())) grow(fan_ins.size());
    kinds_and_origins_.push_back(static_cast<std::uint32_t>(kind) | origin << kind_bits);
    fan_ins_.insert(fan_ins_.end(), fan_ins.begin(), fan_ins.end());
    first_fan_in_.push_back(static_cast<std::uint32_t>(fan_ins_.size()));
    return v;
}

// Capacities stay within what countable allows, so it needs asking only here.
void Circuit::grow(std::size_t fan_ins) {
    if (!countable(fan_ins)) throw base::InternalError("circuit: too many gates");
    make_room(kinds_and_origins_, 1, most_nodes);
    make_room(first_fan_in_, 1, most_nodes + 1);
    make_room(fan_ins_, fan_ins, most_wires);
    make_room(origins_, 1, most_origins);
}

void Circuit::reserve(std::size_t gates, std::size_t wires) {
    kinds_and_origins_.reserve(kinds_and_origins_.size() + gates);
    first_fan_in_.reserve(first_fan_in_.size() + gates);
    fan_ins_.reserve(fan_ins_.size() + wires);
}

std::uint32_t Circuit::add_origin(const Origin& origin) {
    if (origins_.size() == most_origins) throw base::InternalError("circuit: too many origins");
    make_room(origins_, 1, most_origins);
    origins_.push_back(origin);
    return static_cast<std::uint32_t>(origins_.size() - 1);
}

std::size_t Circuit::memory_bytes() const {
    return bytes_held(kinds_and_origins_) + bytes_held(first_fan_in_) + bytes_held(fan_ins_) + bytes_held(origins_);
}

std::size_t Circuit::growth_bytes(std::size_t fan_ins) const {
    return bytes_to_grow(kinds_and_origins_, 1, most_nodes) + bytes_to_grow(first_fan_in_, 1, most_nodes + 1) +
           bytes_to_grow(fan_ins_, fan_ins, most_wires) + bytes_to_grow(origins_, 1, most_origins);
}

bool Circuit::countable(std::size_t fan_ins) const {
    return node_count() < most_nodes && fan_ins_.size() + fan_ins <= most_wires && origins_.size() < most_origins;
}

}  // namespace attest::circuit
