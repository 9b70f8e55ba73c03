#include <fmt/format.h>

#include "program.hpp"
#include "programs/begin_symbol.hpp"
#include "programs/residual/bits.hpp"

// Past LTL as unique hard attention, exactly. f S g is true at i iff g is at the last position j < i at which f fails or g holds: a
// head scores these positions 1 and all others 0, takes of the greatest the last, and brings g from there. If no position scores 1
// then g fails at the one that it takes. f U g is the mirror. The begin symbol is a position that a formula does not know of: there
// g counts as false.

namespace attest::programs::ltl {

namespace {

using residual::all_of;
using residual::any_of;
using residual::Bit;

class LtlCompiler {
  public:
    explicit LtlCompiler(const Program& program) : program_(program), bits_(program.nodes.size()) {}

    network::Transformer compile(const residual::Options& options) {
        for (std::size_t k = 0; k <= program_.output; ++k) bits_[k] = bit(program_.nodes[k]);
        const residual::Layout layout{network::AttentionKind::hard, program_.alphabet, begin_symbol(program_.alphabet),
                                      options};
        return residual::assemble(builder_, bits_[program_.output].form(), layout);
    }

  private:
    Bit begin() { return Bit::of(builder_.begin()); }

    Bit bit(const Node& node) {
        switch (node.kind) {
            case Node::Kind::constant: return node.left == 1;
            case Node::Kind::symbol: return Bit::of(builder_.symbol(node.left));
            case Node::Kind::empty: return begin();
            case Node::Kind::remainder:  // the begin symbol is position 1 of the sequence
                return Bit::of(builder_.place(fmt::format("[mod(i-1,{})={}]", node.left, node.right)));
            case Node::Kind::negation: return !bits_[node.left];
            case Node::Kind::conjunction: return all_of(builder_, {bits_[node.left], bits_[node.right]});
            case Node::Kind::disjunction: return any_of(builder_, {bits_[node.left], bits_[node.right]});
            case Node::Kind::since: return look(node, network::Mask::strict, network::Tie::right);
            case Node::Kind::until: return look(node, network::Mask::strict_future, network::Tie::left);
        }
        return false;
    }

    Bit look(const Node& node, network::Mask mask, network::Tie tie) {
        const Bit holds = bits_[node.left], comes = bits_[node.right];
        const Bit stops = any_of(builder_, {!holds, comes});
        const Bit brought = all_of(builder_, {comes, !begin()});
        if (brought == Bit(false)) return false;
        residual::Pattern pattern{mask, tie};
        if (!stops.is_constant()) {
            pattern.query.emplace_back(1);
            pattern.key.push_back(stops.form());
        }
        return Bit::of(builder_.look(pattern, brought.form()));
    }

    const Program& program_;
    residual::Builder builder_;
    std::vector<Bit> bits_;
};

}  // namespace

network::Transformer compile(const Program& program, const residual::Options& options) {
    return LtlCompiler(program).compile(options);
}

std::vector<std::string> unused(const Program& program) {
    std::vector<bool> used(program.nodes.size(), false);
    used[program.output] = true;
    for (std::size_t k = program.nodes.size(); k-- > 0;) {
        const Node& node = program.nodes[k];
        if (!used[k] || node.kind < Node::Kind::negation) continue;
        used[node.left] = true;
        if (node.kind > Node::Kind::negation) used[node.right] = true;
    }
    std::vector<std::string> names;
    for (const Program::Definition& definition : program.definitions)
        if (!used[definition.node]) names.push_back(definition.name);
    return names;
}

}  // namespace attest::programs::ltl
