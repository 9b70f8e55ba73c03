#include "program.hpp"

// The definition of the logic, operator by operator. Nothing else rests on it but tests and the replay of counterexamples.

namespace attest::programs::foc {

namespace {

class WordOfFormula {
  public:
    WordOfFormula(const Program& program, const language::Word& word)
        : program_(program), word_(word), positions_(program.positions), counts_(program.counts) {}

    bool holds(std::uint32_t at) {
        const Node& node = program_.nodes[at];
        switch (node.kind) {
            case Node::Kind::constant: return node.left == 1;
            case Node::Kind::symbol: return word_[positions_[node.position] - 1] == node.left;
            case Node::Kind::residue: return positions_[node.position] % node.modulus == node.rest;
            case Node::Kind::least: return value(node.form) >= 0;
            case Node::Kind::zero: return value(node.form) == 0;
            case Node::Kind::multiple: return value(node.form) % node.modulus == 0;
            case Node::Kind::negation: return !holds(node.left);
            case Node::Kind::conjunction: return holds(node.left) && holds(node.right);
            case Node::Kind::disjunction: return holds(node.left) || holds(node.right);
            case Node::Kind::exists: return exists(node);
            case Node::Kind::exactly: return exactly(node);
        }
        return false;
    }

  private:
    __extension__ using Sum = __int128;

    bool exists(const Node& node) {
        for (std::int64_t c = 0; c <= static_cast<std::int64_t>(word_.size()); ++c) {
            counts_[node.count] = c;
            if (holds(node.left)) return true;
        }
        return false;
    }

    bool exactly(const Node& node) {
        std::int64_t found = 0;
        for (std::size_t p = 1; p <= word_.size(); ++p) {
            positions_[node.position] = p;
            if (holds(node.left)) ++found;
        }
        return found == counts_[node.count];
    }

    /// Factors are below 2^63 / 2^32, or the sum is one of few: what overflows is refused.
    Sum value(const Linear& form) const {
        Sum sum = form.constant;
        for (const auto& [v, factor] : form.terms) sum += static_cast<Sum>(factor) * counts_[v];
        return sum;
    }

    const Program& program_;
    const language::Word& word_;
    std::vector<std::size_t> positions_;
    std::vector<std::int64_t> counts_;
};

}  // namespace

bool holds(const Program& program, const language::Word& word) {
    return WordOfFormula(program, word).holds(program.output);
}

}  // namespace attest::programs::foc
