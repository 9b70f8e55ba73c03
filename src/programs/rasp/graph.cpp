#include "graph.hpp"

#include <algorithm>

#include "attest/base/error.hpp"

namespace attest::programs::rasp {

using SopKind = Graph::Node::Kind;

bool Graph::Node::operator<(const Node& other) const {
    const auto key = [](const Node& n) {
        return std::tie(n.kind, n.token, n.op, n.of, n.value, n.is_truth, n.table, n.selector);
    };
    return key(*this) < key(other);
}

Graph::Sop Graph::keep(Node node) {
    const auto [at, is_new] = known_.try_emplace(std::move(node), static_cast<Sop>(nodes_.size()));
    if (is_new) nodes_.push_back(at->first);
    return at->second;
}

Graph::Selector Graph::keep(Selecting selecting) {
    const auto [at, is_new] = known_selectors_.try_emplace(selecting, static_cast<Selector>(selectors_.size()));
    if (is_new) selectors_.push_back(selecting);
    return at->second;
}

namespace {

Graph::Node node_of(SopKind kind) {
    Graph::Node node;
    node.kind = kind;
    return node;
}

}  // namespace

Graph::Sop Graph::token(Token token) {
    Node node = node_of(SopKind::token);
    node.token = token;
    node.is_truth = token == Token::truth;
    return keep(std::move(node));
}
Graph::Sop Graph::index() { return keep(node_of(SopKind::index)); }

Graph::Sop Graph::constant(Value value, bool is_truth) {
    Node node = node_of(SopKind::constant);
    node.value = std::move(value);
    node.is_truth = is_truth;
    return keep(std::move(node));
}

Graph::Sop Graph::local(Op op, std::vector<Sop> of) {
    Node node = node_of(SopKind::local);
    node.op = op;
    node.of = std::move(of);
    node.is_truth = gives_truth(op) || (op == Op::choose && nodes_[node.of[1]].is_truth && nodes_[node.of[2]].is_truth);
    const bool constant =
        std::all_of(node.of.begin(), node.of.end(), [&](Sop s) { return nodes_[s].kind == SopKind::constant; });
    if (!constant) return keep(std::move(node));
    std::vector<const Value*> values;
    for (const Sop s : node.of) values.push_back(&nodes_[s].value);
    const std::optional<Value> value = applied(op, values);
    if (!value) throw base::Unsupported("an operation on constants that has no value");
    return this->constant(*value, node.is_truth);
}

Graph::Sop Graph::looked_up(Op op, Sop of, Table table, bool is_truth) {
    const auto [at, is_new] = known_tables_.try_emplace(std::move(table), static_cast<std::uint32_t>(tables_.size()));
    if (is_new) tables_.push_back(at->first);
    Node node = node_of(SopKind::local);
    node.op = op;
    node.of = {of};
    node.table = at->second;
    node.is_truth = is_truth;
    return keep(std::move(node));
}

Graph::Sop Graph::aggregate(Selector selector, Sop of, Value none, bool none_is_truth) {
    Node node = node_of(SopKind::aggregate);
    node.of = {of};
    node.value = std::move(none);
    node.selector = selector;
    node.is_truth = nodes_[of].is_truth && none_is_truth;
    return keep(std::move(node));
}

Graph::Sop Graph::count(Selector selector) {
    Node node = node_of(SopKind::count);
    node.selector = selector;
    return keep(std::move(node));
}

Graph::Selector Graph::compare(Op op, Sop key, Sop query) {
    return keep(Selecting{Selecting::Kind::compare, op, key, query});
}
Graph::Selector Graph::negation(Selector of) { return keep(Selecting{Selecting::Kind::negation, Op::equal, of, 0}); }
Graph::Selector Graph::both(Selector left, Selector right) {
    return keep(Selecting{Selecting::Kind::both, Op::equal, left, right});
}
Graph::Selector Graph::either(Selector left, Selector right) {
    return keep(Selecting{Selecting::Kind::either, Op::equal, left, right});
}

}  // namespace attest::programs::rasp
