#pragma once

#include <cstdint>
#include <vector>

#include "attest/base/interner.hpp"
#include "attest/circuit/builder.hpp"
#include "attest/compile/compile.hpp"
#include "network/need.hpp"
#include "value_set.hpp"

namespace attest::compile {

inline circuit::Origin origin_of(circuit::Origin::Role role, std::size_t boundary, std::int64_t position) {
    return {role, static_cast<std::int32_t>(boundary), -1, position, -1};
}

/// Makes value sets of the ways in which positions come to vectors.
class Close {
  public:
    /// `result`: where what is left out, and how much, is noted. All must outlive this.
    Close(circuit::Builder& builder, const network::Transformer& transformer, const network::Need& need,
          const Options& options, std::int64_t readout, CompiledModel& result)
        : builder_(builder), t_(transformer), need_(need), options_(options), readout_(readout), result_(result) {}

    /// Cases whose views are equal.
    struct Group {
        exact::Vector vector;  // of the first
        std::vector<circuit::Literal> holds;
        bool accepts;
    };
    /// Equal views are one value (FORMAT.md, 6.1), in the order of their first cases.
    class Groups {
      public:
        /// `close` outlives this.
        Groups(const Close& close, std::size_t b, std::int64_t p) : close_(close), b_(b), p_(p) {}
        void add(Case one);
        std::size_t size() const { return groups_.size(); }

      private:
        friend class Close;
        const Close& close_;
        std::size_t b_;
        std::int64_t p_;
        std::vector<Group> groups_;
        base::Interner<exact::Vector> views_;
    };

    /// join    a value that holds in several cases gets an OR gate
    /// Throws  Stop where too many are left
    ValueSet value_set(Groups groups, bool join);
    ValueSet value_set(std::size_t b, std::int64_t p, std::vector<Case> cases, bool join);

    /// Literals of the values at the readout, after the last layer, that accept.
    const std::vector<circuit::Literal>& accepting() const { return accepting_; }

  private:
    exact::Vector view(std::size_t b, std::int64_t p, const exact::Vector& y) const;
    std::vector<Group> without_dropped(std::size_t b, std::int64_t p, std::vector<Group> groups);
    std::vector<bool> drops(std::size_t b, std::int64_t p, const std::vector<Group>& groups);
    std::vector<bool> never_true(const std::vector<Group>& groups) const;
    circuit::Literal remaining(const ValueSet& others);

    circuit::Builder& builder_;
    const network::Transformer& t_;
    const network::Need& need_;
    const Options& options_;
    std::int64_t readout_;
    CompiledModel& result_;
    std::vector<circuit::Literal> accepting_;
};

}  // namespace attest::compile
