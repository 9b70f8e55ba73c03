#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace attest::circuit {

/// A node of a circuit: node 0 is the constant false, then the inputs, then the gates.
using Node = std::uint32_t;

/// A node or its complement.
class Literal {
  public:
    constexpr Literal() = default;
    constexpr Literal(Node node, bool complemented) : code_(2 * node + (complemented ? 1U : 0U)) {}
    static constexpr Literal from_code(std::uint32_t code) {
        Literal l;
        l.code_ = code;
        return l;
    }
    constexpr Node node() const { return code_ >> 1; }
    constexpr bool complemented() const { return (code_ & 1U) != 0; }
    constexpr std::uint32_t code() const { return code_; }
    constexpr Literal operator!() const { return from_code(code_ ^ 1U); }
    constexpr Literal operator^(bool flip) const { return from_code(code_ ^ (flip ? 1U : 0U)); }
    constexpr auto operator<=>(const Literal&) const = default;

  private:
    std::uint32_t code_ = 0;
};

constexpr Literal bottom = Literal::from_code(0);  ///< the constant false
constexpr Literal top = Literal::from_code(1);     ///< the constant true

/// What a node is. What goes by kind (names, arity, meaning, clauses) stands in gates.hpp.
enum class GateKind : std::uint8_t { constant, input, conjunction, exclusive_or };

/// Where a gate comes from, in the words of the model. −1: does not apply.
struct Origin {
    enum class Role : std::uint8_t { none, symbol, value, attends, image, language, miter };
    Role role = Role::none;
    std::int32_t layer = -1;     ///< from 1; boundary 0 is the embedding
    std::int32_t head = -1;      ///< from 1
    std::int64_t position = -1;  ///< in the sequence, from 1
    std::int64_t index = -1;     ///< of the value or image, from 0
    bool operator==(const Origin&) const = default;
};

/// A named literal that leaves the circuit.
struct Port {
    std::string name;
    Literal literal;
    bool operator==(const Port&) const = default;
};

/// A Boolean circuit of unbounded fan-in AND and of XOR of two, with complemented wires. Append-only; fan-ins
/// come before their gate, so node numbers are a topological order.
///
/// Memory  8 bytes a gate and 4 a wire, at most twice that while growing (Origin records are shared)
class Circuit {
  public:
    Circuit();

    // Building (see Builder for hashing and simplification).

    /// Throws  InternalError after the first gate
    Node add_input(std::string name);
    /// Needs   two fan-ins or more (two for XOR), each an input or an earlier gate, never the constant;
    ///         the span does not look into this circuit
    /// Throws  InternalError if that does not hold
    Node add_gate(GateKind kind, std::span<const Literal> fan_ins, std::uint32_t origin = 0);
    /// Makes room at once for so many more gates and wires.
    void reserve(std::size_t gates, std::size_t wires);
    void add_output(std::string name, Literal literal) { outputs_.push_back({std::move(name), literal}); }
    void add_constraint(std::string name, Literal literal) { constraints_.push_back({std::move(name), literal}); }
    std::uint32_t add_origin(const Origin& origin);  ///< index for add_gate

    std::size_t node_count() const { return kinds_and_origins_.size(); }
    std::size_t input_count() const { return input_names_.size(); }
    std::size_t gate_count() const { return node_count() - 1 - input_count(); }
    std::size_t wire_count() const { return fan_ins_.size(); }
    Node input(std::size_t k) const { return static_cast<Node>(k + 1); }
    Node first_gate() const { return static_cast<Node>(input_count() + 1); }

    GateKind kind(Node v) const { return static_cast<GateKind>(kinds_and_origins_[v] & ((1U << kind_bits) - 1)); }
    std::span<const Literal> fan_ins(Node v) const {
        return {fan_ins_.data() + first_fan_in_[v], first_fan_in_[v + 1] - first_fan_in_[v]};
    }
    /// The wires of all gates are numbered in order of the gates: those of v are first_wire(v) …
    /// first_wire(v+1)−1.
    std::uint32_t first_wire(Node v) const { return first_fan_in_[v]; }
    Literal wire(std::uint32_t place) const { return fan_ins_[place]; }
    const Origin& origin(Node v) const { return origins_[origin_index(v)]; }
    std::uint32_t origin_index(Node v) const { return kinds_and_origins_[v] >> kind_bits; }
    std::size_t origin_count() const { return origins_.size(); }
    const std::string& input_name(std::size_t k) const { return input_names_[k]; }
    const std::vector<Port>& outputs() const { return outputs_; }
    /// Literals that are true on every assignment that stands for a word.
    const std::vector<Port>& constraints() const { return constraints_; }
    /// Bytes held for gates, wires and origins.
    std::size_t memory_bytes() const;
    /// Whether one more gate with so many fan-ins, and one more origin, can be added without asking for
    /// memory.
    bool has_room(std::size_t fan_ins) const {
        return kinds_and_origins_.size() < kinds_and_origins_.capacity() &&
               first_fan_in_.size() < first_fan_in_.capacity() && origins_.size() < origins_.capacity() &&
               fan_ins_.size() + fan_ins <= fan_ins_.capacity();
    }
    /// Bytes that would be asked for to add it.
    std::size_t growth_bytes(std::size_t fan_ins) const;
    /// Whether numbers of 32 bits still suffice with so many more wires and one more gate and origin.
    bool countable(std::size_t fan_ins) const;

  private:
    static constexpr unsigned kind_bits = 3;  // room for a threshold gate and a latch

    void grow(std::size_t fan_ins);

    std::vector<std::uint32_t> kinds_and_origins_;  // kind in the low bits, origin above
    std::vector<std::uint32_t> first_fan_in_;       // by node, one more at the end
    std::vector<Literal> fan_ins_;
    std::vector<std::string> input_names_;
    std::vector<Origin> origins_;
    std::vector<Port> outputs_;
    std::vector<Port> constraints_;
};

}  // namespace attest::circuit
