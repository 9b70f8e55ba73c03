#include "uncovered.hpp"

namespace attest::measure {

Uncovered::Uncovered(const Diagram& d, bool value, std::size_t most_nodes)
    : session_(d.variables() == 0 ? 1 : d.variables(), most_nodes) {
    std::vector<bdd> copies(d.nodes.size());
    copies[0] = value ? bddfalse : bddtrue;
    copies[1] = value ? bddtrue : bddfalse;
    for (std::size_t v = 2; v < d.nodes.size() && !failed(); ++v) {
        const Diagram::Node& node = d.nodes[v];
        copies[v] = bdd_ite(bdd_ithvar(static_cast<int>(node.level)), copies[node.high], copies[node.low]);
    }
    if (!failed()) left_ = copies[d.root];
}

std::vector<bool> Uncovered::any() const {
    std::vector<bool> input(static_cast<std::size_t>(bdd_varnum()), false);
    for (bdd at = left_; at != bddtrue;) {
        const bool value = bdd_low(at) == bddfalse;
        input[static_cast<std::size_t>(bdd_var(at))] = value;
        at = value ? bdd_high(at) : bdd_low(at);
    }
    return input;
}

void Uncovered::remove(const std::vector<bool>& input, const std::vector<bool>& levels) {
    bdd cube = bddtrue;
    for (std::size_t level = levels.size(); level-- > 0;)
        if (levels[level])
            cube &= input[level] ? bdd_ithvar(static_cast<int>(level)) : bdd_nithvar(static_cast<int>(level));
    left_ -= cube;
}

}  // namespace attest::measure
