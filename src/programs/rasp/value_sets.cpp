#include "value_sets.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "attest/base/error.hpp"
#include "base/quote.hpp"

namespace attest::programs::rasp {

namespace {

using SopKind = Graph::Node::Kind;
using Ids = std::vector<Values::Id>;

constexpr std::size_t most_values = 4096;                ///< of an operator at a position, and tuples of a selector
constexpr std::size_t most_states = 1 << 15;             ///< sums so far of a mean
constexpr std::size_t most_rows = std::size_t{1} << 20;  ///< of all tables

Ids sorted(const std::set<Values::Id>& ids) { return {ids.begin(), ids.end()}; }

/// What an order of the two positions' indices is as a mask.
std::optional<network::Mask> mask_of(const Graph& graph, const Graph::Selecting& s) {
    if (s.kind != Graph::Selecting::Kind::compare || graph.nodes()[s.left].kind != SopKind::index || s.left != s.right)
        return std::nullopt;
    switch (s.op) {
        case Op::less: return network::Mask::strict;
        case Op::less_equal: return network::Mask::causal;
        case Op::greater: return network::Mask::strict_future;
        case Op::greater_equal: return network::Mask::future;
        default: return std::nullopt;
    }
}

bool is_constant(const Graph& graph, Graph::Sop sop) { return graph.nodes()[sop].kind == SopKind::constant; }

/// Whether a comparison is one of constants, which always holds.
bool always_holds(const Graph& graph, const Graph::Selecting& s) {
    if (s.kind != Graph::Selecting::Kind::compare || !is_constant(graph, s.left) || !is_constant(graph, s.right))
        return false;
    const auto value = applied(s.op, {&graph.nodes()[s.left].value, &graph.nodes()[s.right].value});
    return value && is_true(*value);
}

void add_once(std::vector<Graph::Sop>& sops, Graph::Sop sop) {
    if (std::find(sops.begin(), sops.end(), sop) == sops.end()) sops.push_back(sop);
}

}  // namespace

Selection selection(const Graph& graph, Graph::Selector selector) {
    using Part = Graph::Selecting::Kind;
    Selection found;
    std::vector<Graph::Selector> waiting = {selector};
    while (!waiting.empty()) {
        const Graph::Selector at = waiting.back();
        waiting.pop_back();
        const Graph::Selecting& s = graph.selectors()[at];
        const auto mask = mask_of(graph, s);
        if (s.kind == Part::both) waiting.push_back(s.left), waiting.push_back(s.right);
        else if (mask && found.mask == network::Mask::none) found.mask = *mask;
        else if (!always_holds(graph, s)) found.conjuncts.push_back(at);
    }
    std::set<Graph::Selector> below;
    waiting = found.conjuncts;
    while (!waiting.empty()) {
        const Graph::Selector at = waiting.back();
        waiting.pop_back();
        if (!below.insert(at).second) continue;
        const Graph::Selecting& s = graph.selectors()[at];
        if (s.kind == Part::compare) {
            if (!is_constant(graph, s.left)) add_once(found.keys, s.left);
            if (!is_constant(graph, s.right)) add_once(found.queries, s.right);
            continue;
        }
        waiting.push_back(s.left);
        if (s.kind != Part::negation) waiting.push_back(s.right);
    }
    found.parts.assign(below.begin(), below.end());
    std::sort(found.keys.begin(), found.keys.end());
    std::sort(found.queries.begin(), found.queries.end());
    return found;
}

ValueSets::ValueSets(const Graph& graph, Graph::Sop output, const Frame& frame)
    : graph_(graph),
      frame_(frame),
      all_(graph.nodes().size()),
      tables_(graph.nodes().size()),
      sets_(graph.nodes().size()),
      missing_(graph.nodes().size()) {
    std::vector<bool> needed(output + 1, false);
    needed[output] = true;
    for (Graph::Sop sop = output + 1; sop-- > 0;) {
        if (!needed[sop]) continue;
        const Graph::Node& node = graph.nodes()[sop];
        for (const Graph::Sop operand : node.of) needed[operand] = true;
        if (node.kind != SopKind::aggregate && node.kind != SopKind::count) continue;
        const Selection& s = selections_.try_emplace(node.selector, selection(graph, node.selector)).first->second;
        for (const auto* sops : {&s.queries, &s.keys})
            for (const Graph::Sop operand : *sops) needed[operand] = true;
    }
    for (Graph::Sop sop = 0; sop <= output; ++sop)
        if (needed[sop]) needed_.push_back(sop);
    for (std::int64_t length = frame.lengths.first; length <= frame.lengths.second; ++length) go_through(length);
}

void ValueSets::poll() const {
    const std::optional<base::Limit> limit = frame_.limits.exceeded();
    if (limit == base::Limit::interrupted) throw base::Unsupported("interrupted while values were listed");
    if (limit == base::Limit::deadline) throw base::Unsupported("the time is over while values are listed (--timeout)");
}

void ValueSets::refuse(Graph::Sop sop) const {
    const auto name = graph_.names().find(sop);
    throw base::Unsupported(fmt::format("{} may have too many values in words of {} symbols; shorter lengths are fewer",
                                        name == graph_.names().end() ? "an operator" : base::named(name->second),
                                        n_ - (frame_.begin ? 1 : 0) - (frame_.end ? 1 : 0)));
}

void ValueSets::go_through(std::int64_t length) {
    n_ = static_cast<std::size_t>(length) + (frame_.begin ? 1 : 0) + (frame_.end ? 1 : 0);
    for (const Graph::Sop sop : needed_) {
        current_ = sop;
        sets_[sop].assign(n_, {});
        for (std::size_t i = 0; i < n_; ++i) {
            poll();
            sets_[sop][i] = at(sop, i);
            if (sets_[sop][i].size() > most_values) refuse(sop);
            all_[sop].insert(sets_[sop][i].begin(), sets_[sop][i].end());
        }
    }
}

Ids ValueSets::at(Graph::Sop sop, std::size_t i) {
    const Graph::Node& node = graph_.nodes()[sop];
    switch (node.kind) {
        case SopKind::token: return token(node, i);
        case SopKind::index: return {values_(exact::Rational(static_cast<unsigned long>(i)))};
        case SopKind::constant: return {values_(node.value)};
        case SopKind::local: return local(sop, i);
        default: return attend(node, i);
    }
}

Ids ValueSets::token(const Graph::Node& node, std::size_t i) {
    std::set<Values::Id> found;
    const auto add = [&](const std::string& symbol) {
        const Values::Id text = values_(symbol);
        std::optional<Value> value(symbol);
        if (node.token == Graph::Token::truth) value = exact::Rational(symbol.empty() ? 0 : 1);
        if (node.token == Graph::Token::integer || node.token == Graph::Token::number) {
            value.reset();
            const bool digits = symbol.find_first_not_of("0123456789+-.") == std::string::npos;
            const bool whole = node.token == Graph::Token::number || symbol.find('.') == std::string::npos;
            try {
                const std::string_view unsigned_part = std::string_view(symbol).substr(symbol[0] == '+' ? 1 : 0);
                // Leading zeros are of numbers, too.
                const bool minus = unsigned_part.starts_with('-');
                std::string_view part = unsigned_part.substr(minus ? 1 : 0);
                while (part.size() > 1 && part[0] == '0' && part[1] != '.') part.remove_prefix(1);
                if (digits && whole && !part.empty())
                    value = exact::parse_decimal((minus ? "-" : "") + std::string(part), "symbol");
            } catch (const base::InputError&) {
                value.reset();
            }
        }
        if (!value) return;
        const Values::Id id = values_(*value);
        found.insert(id);
        if (node.token != Graph::Token::text) tables_[current_].emplace(Ids{text}, id);
    };
    if (frame_.begin && i == 0) add(*frame_.begin);
    else if (frame_.end && i + 1 == n_) add(*frame_.end);
    else
        for (const std::string& symbol : frame_.alphabet) add(symbol);
    return sorted(found);
}

std::vector<Graph::Sop> ValueSets::operands(Graph::Sop sop) const {
    std::vector<Graph::Sop> found;
    for (const Graph::Sop operand : graph_.nodes()[sop].of)
        if (!is_constant(graph_, operand)) add_once(found, operand);
    return found;
}

std::optional<Value> ValueSets::result(const Graph::Node& node, const std::vector<const Value*>& of) const {
    if (node.op != Op::among && node.op != Op::entry) return applied(node.op, of);
    const Graph::Table& table = graph_.tables()[node.table];
    const auto found = table.find(*of[0]);
    if (node.op == Op::among) return Value(exact::Rational(found != table.end() ? 1 : 0));
    if (found == table.end()) return std::nullopt;
    return found->second;
}

void ValueSets::tuples(const std::vector<Graph::Sop>& sops, std::size_t i,
                       const std::function<void(const Ids&)>& use) const {
    std::size_t count = 1;
    for (const Graph::Sop sop : sops) {
        count *= sets_[sop][i].size();
        if (count > most_rows) refuse(current_);
    }
    Ids tuple(sops.size());
    for (std::size_t number = 0; number < count; ++number) {
        std::size_t rest = number;
        for (std::size_t k = 0; k < sops.size(); ++k) {
            const Ids& set = sets_[sops[k]][i];
            tuple[k] = set[rest % set.size()];
            rest /= set.size();
        }
        use(tuple);
        if ((number & 0xfff) == 0xfff) poll();
    }
}

Ids ValueSets::local(Graph::Sop sop, std::size_t i) {
    const Graph::Node& node = graph_.nodes()[sop];
    const std::vector<Graph::Sop> from = operands(sop);
    std::set<Values::Id> found;
    tuples(from, i, [&](const Ids& tuple) {
        auto& table = tables_[sop];
        if (const auto known = table.find(tuple); known != table.end()) return void(found.insert(known->second));
        if (missing_[sop].contains(tuple)) return;
        std::vector<const Value*> of;
        for (const Graph::Sop operand : node.of) {
            const auto at = std::find(from.begin(), from.end(), operand);
            of.push_back(at == from.end() ? &graph_.nodes()[operand].value
                                          : &values_[tuple[static_cast<std::size_t>(at - from.begin())]]);
        }
        if (++rows_ > most_rows) refuse(sop);
        const std::optional<Value> value = result(node, of);
        if (!value) return void(missing_[sop].insert(tuple));
        const Values::Id id = values_(*value);
        table.emplace(tuple, id);
        found.insert(id);
    });
    return sorted(found);
}

bool ValueSets::selects(const Selection& s, const Ids& query, const Ids& key) const {
    using Part = Graph::Selecting::Kind;
    const auto value = [&](Graph::Sop sop, const std::vector<Graph::Sop>& sops, const Ids& tuple) -> const Value& {
        const auto at = std::lower_bound(sops.begin(), sops.end(), sop);
        if (at == sops.end() || *at != sop) return graph_.nodes()[sop].value;
        return values_[tuple[static_cast<std::size_t>(at - sops.begin())]];
    };
    std::vector<char> holds(s.parts.size());
    const auto of = [&](Graph::Selector part) {
        return holds[static_cast<std::size_t>(std::lower_bound(s.parts.begin(), s.parts.end(), part) -
                                              s.parts.begin())];
    };
    for (std::size_t p = 0; p < s.parts.size(); ++p) {
        const Graph::Selecting& part = graph_.selectors()[s.parts[p]];
        switch (part.kind) {
            case Part::compare: {
                const auto found =
                    applied(part.op, {&value(part.left, s.keys, key), &value(part.right, s.queries, query)});
                compared_kinds_ = compared_kinds_ || !found;
                holds[p] = found && is_true(*found) ? 1 : 0;
                break;
            }
            case Part::negation: holds[p] = of(part.left) != 0 ? 0 : 1; break;
            case Part::both: holds[p] = of(part.left) != 0 && of(part.right) != 0 ? 1 : 0; break;
            case Part::either: holds[p] = of(part.left) != 0 || of(part.right) != 0 ? 1 : 0; break;
        }
    }
    return std::all_of(s.conjuncts.begin(), s.conjuncts.end(), [&](Graph::Selector c) { return of(c) != 0; });
}

std::set<ValueSets::Seen> ValueSets::seen(Selection& selection, std::size_t i) {
    std::vector<std::pair<std::size_t, std::vector<Ids>>> keys;
    for (std::size_t j = 0; j < n_; ++j) {
        if (!network::allows(selection.mask, static_cast<std::int64_t>(i), static_cast<std::int64_t>(j))) continue;
        keys.emplace_back(j, std::vector<Ids>());
        tuples(selection.keys, j, [&](const Ids& tuple) {
            keys.back().second.push_back(tuple);
            selection.key_tuples.insert(tuple);
        });
    }
    std::set<Seen> all;
    tuples(selection.queries, i, [&](const Ids& query) {
        selection.query_tuples.insert(query);
        if (selection.query_tuples.size() > most_values || selection.key_tuples.size() > most_values) refuse(current_);
        Seen one;
        for (const auto& [j, tuples_there] : keys) {
            const auto count = std::count_if(tuples_there.begin(), tuples_there.end(),
                                             [&](const Ids& key) { return selects(selection, query, key); });
            if (count > 0) one.emplace_back(j, static_cast<std::size_t>(count) == tuples_there.size());
        }
        poll();
        all.insert(std::move(one));
    });
    return all;
}

Ids ValueSets::attend(const Graph::Node& node, std::size_t i) {
    std::set<Values::Id> found;
    for (const Seen& one : seen(selections_.at(node.selector), i)) {
        const auto sure = static_cast<std::size_t>(
            std::count_if(one.begin(), one.end(), [](const auto& place) { return place.second; }));
        if (node.kind == SopKind::count) {
            for (std::size_t count = sure; count <= one.size(); ++count)
                found.insert(values_(exact::Rational(static_cast<unsigned long>(count))));
            continue;
        }
        if (sure == 0) found.insert(values_(node.value));
        const bool has_means = one.size() > 1 && !graph_.nodes()[node.of[0]].is_truth;
        for (const auto& place : one)
            for (const Values::Id id : sets_[node.of[0]][place.first])
                if (!has_means || std::holds_alternative<std::string>(values_[id])) found.insert(id);
        if (has_means) means(node, one, found);
    }
    return sorted(found);
}

void ValueSets::means(const Graph::Node& node, const Seen& seen, std::set<Values::Id>& found) {
    std::set<std::pair<std::size_t, exact::Rational>> sums = {{0, 0}};
    for (const auto& [j, must] : seen) {
        std::set<std::pair<std::size_t, exact::Rational>> next;
        if (!must) next = sums;
        for (const auto& [count, sum] : sums)
            for (const Values::Id id : sets_[node.of[0]][j])
                if (const auto* number = std::get_if<exact::Rational>(&values_[id]))
                    next.emplace(count + 1, sum + *number);
        if (next.size() > most_states) refuse(current_);
        poll();
        sums = std::move(next);
    }
    for (const auto& [count, sum] : sums)
        if (count > 0) found.insert(values_(exact::Rational(sum / static_cast<unsigned long>(count))));
}

}  // namespace attest::programs::rasp
