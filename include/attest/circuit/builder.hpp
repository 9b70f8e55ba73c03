#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "attest/circuit/circuit.hpp"

namespace attest::circuit {

/// Builds a circuit with structural hashing and the simplifications of FORMAT.md, section 4; nothing else, so
/// that a second implementation makes the same gates in the same order.
class Builder {
  public:
    /// `most_bytes`: the circuit and the hash table may not grow beyond.
    ///
    /// Memory  8 to 16 bytes a gate and 4 to 8 a wire for the circuit, 8 to 16 a gate for the table
    explicit Builder(std::size_t most_bytes);

    Literal add_input(std::string name);
    /// ⊤ for the empty list.
    Literal conjunction(std::span<const Literal> literals);
    Literal conjunction(std::initializer_list<Literal> literals) {
        return conjunction(std::span<const Literal>(literals.begin(), literals.size()));
    }
    /// ⊥ for the empty list.
    Literal disjunction(std::span<const Literal> literals);
    Literal disjunction(std::initializer_list<Literal> literals) {
        return disjunction(std::span<const Literal>(literals.begin(), literals.size()));
    }
    Literal exclusive_or(Literal a, Literal b);

    /// The origin that gates made from now on carry.
    void set_origin(const Origin& origin);

    const Circuit& circuit() const { return circuit_; }
    Circuit& circuit() { return circuit_; }
    /// True once a gate was refused for want of memory; literals made since then are worthless.
    bool exhausted() const { return exhausted_; }
    Circuit take() && { return std::move(circuit_); }

  private:
    /// Sixteen slots of the hash table; a slot is a node number below a tag, or 0. See builder.cpp.
    struct alignas(64) Bucket {
        static constexpr std::size_t size = 16;
        std::array<std::uint32_t, size> slots{};
    };
    struct Look {
        bool match;          ///< some slot has the tag
        std::uint32_t used;  ///< slots
    };

    Literal conjunction_of_two(Literal a, Literal b);
    /// Of the literals or, if so asked, of their complements.
    Literal conjunction_of_any(std::span<const Literal> literals, bool complements);
    Literal find_or_add(GateKind kind, std::span<const Literal> fan_ins);
    Look look(const Bucket& bucket, std::uint32_t wanted) const;
    Node find(const Bucket& bucket, std::uint32_t wanted, GateKind kind, std::span<const Literal> fan_ins) const;
    Literal add(GateKind kind, std::span<const Literal> fan_ins, std::uint32_t hash, std::uint32_t& slot);
    bool same(Node gate, GateKind kind, std::span<const Literal> fan_ins) const;
    bool may_add(std::size_t fan_ins) const;
    bool grow();
    void insert(Node node, std::uint32_t hash);
    std::size_t bytes(std::size_t buckets) const;
    std::uint32_t most_number() const { return (std::uint32_t{1} << (bits_ - 1)) - 1; }
    std::size_t first_bucket(std::uint32_t hash) const { return hash / Bucket::size >> (32 - bits_); }
    /// The low bits of a hash, above those of a node number.
    std::uint32_t tag(std::uint32_t hash) const { return hash << (bits_ - 1); }

    Circuit circuit_;
    std::vector<Bucket> buckets_;
    unsigned bits_;  // 2^bits_ slots
    std::size_t most_bytes_;
    bool exhausted_ = false;
    Origin origin_;                   // becomes a record of the circuit with the first gate that carries it
    std::uint32_t origin_index_ = 0;  // of origin_, if origin_recorded_
    bool origin_recorded_ = true;
    std::vector<Literal> scratch_;
};

/// The gates that some root depends on, renumbered in order; all inputs are kept.
/// `roots` are rewritten to the new numbers; outputs and constraints count as roots.
Circuit cone(const Circuit& circuit, std::vector<Literal>& roots);

}  // namespace attest::circuit
