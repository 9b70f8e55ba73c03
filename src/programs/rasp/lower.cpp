#include "lower.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>

#include "attest/base/error.hpp"
#include "base/quote.hpp"

// Operators become variables, in their order. A local operation is a table, of the values of its operands that are no
// constants. A selector becomes a pair of variables, tuples of what it compares at the query and at the key, and the pairs of
// them that it selects; an order of the positions themselves is a mask. An aggregate of texts, or of truths, takes the only
// position that is selected (several are an error, as in Python), one of numbers the mean; where both may occur, the first
// selected position is read if there is one, else the mean if none of them holds a text.

namespace attest::programs::rasp {

namespace {

using network::Mask;
using network::Program;
using SopKind = Graph::Node::Kind;
using Take = Program::Take;

constexpr std::size_t longest_name = 40;

class Lowering {
  public:
    Lowering(const Graph& graph, Graph::Sop output, const Frame& frame)
        : graph_(graph), output_(output), sets_(graph, output, frame), variable_(graph.nodes().size()) {
        program_.alphabet = language::Alphabet(frame.alphabet);
        program_.begin = frame.begin;
        program_.end = frame.end;
        program_.lengths = frame.lengths;
    }

    Lowered lower(const Reading& reading, const std::string& name) {
        program_.name = name;
        for (const Graph::Sop sop : sets_.needed())
            if (graph_.nodes()[sop].kind != SopKind::constant) variable_[sop] = make(sop);
        std::size_t answer = of(output_);
        if (sets_.of(output_).empty())
            throw base::InputError(base::named(name), "an output that has values", "none on any word");
        Program::Output& out = program_.output;
        out.every = reading.every;
        out.accept = reading.accept;
        if (graph_.nodes()[output_].is_truth) {
            answer = add(name_of(output_) + " as text",
                         Program::Map{{answer}, {{{number(1)}, "T"}, {{number(0)}, "F"}}, std::nullopt});
            if (out.accept.empty()) out.accept = {"T"};
        }
        out.value = answer;
        std::vector<std::string> beyond;
        if (sets_.compared_kinds())
            beyond.emplace_back("a selection that orders a text and a number selects nothing there");
        for (const std::string& mixed : mixed_)
            beyond.push_back(mixed + " may be a text at one position and a number at another");
        return {std::move(program_), std::move(beyond)};
    }

  private:
    static Value number(long n) { return exact::Rational(n); }
    const Value& value(Values::Id id) const { return sets_.values()[id]; }

    std::string name_of(Graph::Sop sop) const {
        const auto known = graph_.names().find(sop);
        return known == graph_.names().end() ? fmt::format("v{}", sop) : known->second;
    }

    std::size_t add(std::string name, decltype(Program::Variable::step) step) {
        if (name.size() > longest_name) name = name.substr(0, longest_name - 3) + "...";
        std::string fresh = name;
        for (int k = 2; !names_.insert(fresh).second; ++k) fresh = fmt::format("{} ({})", name, k);
        program_.variables.push_back({std::move(fresh), std::move(step)});
        return program_.variables.size() - 1;
    }

    std::size_t constant(const Value& value) {
        const auto known = constants_.find(value);
        if (known != constants_.end()) return known->second;
        const std::size_t made = add(network::text_of(value), Program::Constant{value});
        constants_.emplace(value, made);
        return made;
    }

    /// The variable of an operator that is made.
    std::size_t of(Graph::Sop sop) {
        const Graph::Node& node = graph_.nodes()[sop];
        return node.kind == SopKind::constant ? constant(node.value) : *variable_[sop];
    }

    std::size_t symbol() {
        if (!symbol_) symbol_ = add("tokens", Program::Symbol{});
        return *symbol_;
    }

    std::size_t make(Graph::Sop sop) {
        const Graph::Node& node = graph_.nodes()[sop];
        switch (node.kind) {
            case SopKind::token:
                if (node.token == Graph::Token::text) return symbol();
                return add(name_of(sop), mapped({symbol()}, sop));
            case SopKind::index: return add("indices", Program::Position{0});
            case SopKind::local: {
                std::vector<std::size_t> from;
                for (const Graph::Sop operand : sets_.operands(sop)) from.push_back(of(operand));
                return add(name_of(sop), mapped(std::move(from), sop));
            }
            case SopKind::count: return add(name_of(sop), attend(node, Take::count, 0, number(0)));
            default: return aggregate(sop, node);
        }
    }

    Program::Map mapped(std::vector<std::size_t> from, Graph::Sop sop) const {
        Program::Map map{std::move(from), {}, std::nullopt};
        for (const auto& [tuple, result] : sets_.table(sop)) {
            std::vector<Value> key;
            for (const Values::Id id : tuple) key.push_back(value(id));
            map.table.emplace(std::move(key), value(result));
        }
        return map;
    }

    std::size_t aggregate(Graph::Sop sop, const Graph::Node& node) {
        const std::size_t from = of(node.of[0]);
        bool texts = false, numbers = false;
        for (const Values::Id id : sets_.of(node.of[0]))
            (std::holds_alternative<std::string>(value(id)) ? texts : numbers) = true;
        if (texts && numbers) return mixed(sop, node, from);
        const bool none_is_text = std::holds_alternative<std::string>(node.value);
        if (none_is_text != texts && (texts || numbers)) mixed_.insert(name_of(sop));
        const bool one = texts || graph_.nodes()[node.of[0]].is_truth;
        return add(name_of(sop), attend(node, one ? Take::only : Take::mean, from, node.value));
    }

    /// Texts and numbers: the mean of numbers, or what stands at the only position.
    std::size_t mixed(Graph::Sop sop, const Graph::Node& node, std::size_t from) {
        const std::string name = name_of(sop);
        mixed_.insert(name_of(node.of[0]));
        Program::Map is_text{{from}, {}, std::nullopt}, as_number{{from}, {}, std::nullopt};
        for (const Values::Id id : sets_.of(node.of[0])) {
            const bool text = std::holds_alternative<std::string>(value(id));
            is_text.table.emplace(std::vector<Value>{value(id)}, number(text ? 1 : 0));
            as_number.table.emplace(std::vector<Value>{value(id)}, text ? number(0) : value(id));
        }
        const std::size_t marks = add(name + ": is text", std::move(is_text));
        const std::size_t numbers = add(name + ": as number", std::move(as_number));
        const std::size_t count = add(name + ": selected", attend(node, Take::count, 0, number(0)));
        const std::size_t texts = add(name + ": texts", attend(node, Take::sum, marks, number(0)));
        const std::size_t first = add(name + ": first", attend(node, Take::left, from, node.value));
        const std::size_t mean = add(name + ": mean", attend(node, Take::mean, numbers, number(0)));
        const std::size_t n = most_positions();
        Program::Map way{{count, texts}, {}, std::nullopt};
        for (std::size_t c = 0; c <= n; ++c)
            for (std::size_t t = 0; t <= std::min<std::size_t>(c, 1); ++t)
                if (c < 2 || t == 0)
                    way.table.emplace(std::vector<Value>{number(static_cast<long>(c)), number(static_cast<long>(t))},
                                      c < 2 ? "one" : "mean");
        const std::size_t how = add(name + ": way", std::move(way));
        Program::Map chosen{{how, first, mean}, {}, std::nullopt};
        // Of the first: the values there and the one of none; of the mean: the numbers that the aggregate may be, and 0.
        std::set<Value> firsts = {node.value}, means = {number(0)};
        for (const Values::Id id : sets_.of(node.of[0])) firsts.insert(value(id));
        for (const auto* values : {&sets_.of(sop), &sets_.of(node.of[0])})
            for (const Values::Id id : *values)
                if (std::holds_alternative<exact::Rational>(value(id))) means.insert(value(id));
        for (const Value& f : firsts)
            for (const Value& m : means) {
                chosen.table.emplace(std::vector<Value>{"one", f, m}, f);
                chosen.table.emplace(std::vector<Value>{"mean", f, m}, m);
            }
        return add(name, std::move(chosen));
    }

    std::size_t most_positions() const {
        return static_cast<std::size_t>(program_.lengths->second) + (program_.begin ? 1 : 0) + (program_.end ? 1 : 0);
    }

    Program::Attend attend(const Graph::Node& node, Take take, std::size_t from, const Value& none) {
        const Sides& sides = selecting(node.selector);
        Program::Attend attend;
        attend.query = sides.query;
        attend.key = sides.key;
        attend.pairs = sides.pairs;
        attend.mask = sides.mask;
        attend.take = take;
        attend.value = from;
        attend.none = none;
        return attend;
    }

    struct Sides {
        std::size_t query = 0, key = 0;
        std::set<std::pair<Value, Value>> pairs;
        Mask mask = Mask::none;
    };

    const Sides& selecting(Graph::Selector selector) {
        if (const auto known = sides_.find(selector); known != sides_.end()) return known->second;
        const Selection& s = sets_.selecting(selector);
        Sides sides;
        sides.mask = s.mask;
        const Tuples query = tupled(s.queries, s.query_tuples), key = tupled(s.keys, s.key_tuples);
        sides.query = query.variable;
        sides.key = key.variable;
        for (const auto& [q, q_value] : query.values)
            for (const auto& [k, k_value] : key.values)
                if (sets_.selects(s, q, k)) sides.pairs.emplace(q_value, k_value);
        return sides_.emplace(selector, std::move(sides)).first->second;
    }

    struct Tuples {
        std::size_t variable = 0;
        std::map<std::vector<Values::Id>, Value> values;
    };

    /// One variable for several operators; for one itself, for none the number 1.
    Tuples tupled(const std::vector<Graph::Sop>& sops, const std::set<std::vector<Values::Id>>& tuples) {
        Tuples made;
        if (sops.size() < 2) {
            made.variable = sops.empty() ? constant(number(1)) : of(sops[0]);
            for (const auto& tuple : tuples) made.values.emplace(tuple, sops.empty() ? number(1) : value(tuple[0]));
            return made;
        }
        Program::Map map;
        std::string name;
        for (const Graph::Sop sop : sops) {
            map.of.push_back(of(sop));
            name += (name.empty() ? "(" : ", ") + name_of(sop);
        }
        std::unordered_set<std::string> spelled;
        for (const auto& tuple : tuples) {
            std::vector<Value> key;
            std::string text;
            for (const Values::Id id : tuple) {
                key.push_back(value(id));
                text += (text.empty() ? "(" : ", ") + network::text_of(value(id));
            }
            text += ")";
            while (!spelled.insert(text).second) text += "'";
            map.table.emplace(std::move(key), text);
            made.values.emplace(tuple, std::move(text));
        }
        const auto known = tuples_.find({map.of, map.table});
        made.variable = known != tuples_.end() ? known->second : add(name + ")", map);
        if (known == tuples_.end()) tuples_.emplace(std::pair{std::move(map.of), std::move(map.table)}, made.variable);
        return made;
    }

    const Graph& graph_;
    Graph::Sop output_;
    ValueSets sets_;
    std::vector<std::optional<std::size_t>> variable_;  // by operator
    std::optional<std::size_t> symbol_;
    std::map<Value, std::size_t> constants_;
    std::map<Graph::Selector, Sides> sides_;
    std::map<std::pair<std::vector<std::size_t>, std::map<std::vector<Value>, Value>>, std::size_t> tuples_;
    std::unordered_set<std::string> names_;
    std::set<std::string> mixed_;
    Program program_;
};

}  // namespace

Lowered lower(const Graph& graph, Graph::Sop output, const Frame& frame, const Reading& reading,
              const std::string& name) {
    return Lowering(graph, output, frame).lower(reading, name);
}

}  // namespace attest::programs::rasp
