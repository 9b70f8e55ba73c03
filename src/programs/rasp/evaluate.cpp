#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>

#include "attest/base/error.hpp"
#include "base/quote.hpp"
#include "base/text.hpp"
#include "item.hpp"
#include "library.hpp"
#include "program.hpp"

// A machine with a stack of what is to be done and one of results: each node comes up once for every stage that it has, and
// puts what must be done before the next one above itself. So functions may call themselves and lists may nest as deep as
// memory goes.

namespace attest::programs::rasp {

namespace {

using Kind = Node::Kind;
using IKind = Item::Kind;

constexpr std::size_t most_steps = 2'000'000;
constexpr std::size_t most_waiting = 400'000;
constexpr std::size_t most_items = 500'000;  ///< in all lists
constexpr std::size_t most_operators = 200'000;
constexpr std::size_t most_files = 256;

constexpr auto reserved =
    std::to_array<std::string_view>({"True", "False", "indices", "tokens_str", "tokens_int", "tokens_float",
                                     "tokens_bool", "tokens_asis", "out", "range", "zip", "len", "get"});

class Machine {
  public:
    Machine(std::string file, const Load& load, const base::Limits& limits)
        : file_(std::move(file)), load_(load), limits_(limits) {
        scopes_.push_back({});
        give("True", Item::truth(true));
        give("False", Item::truth(false));
        give("indices", Item::of(IKind::sop, program_.graph.index()));
        for (const auto& [name, token] : {std::pair{"tokens_str", Graph::Token::text},
                                          {"tokens_asis", Graph::Token::text},
                                          {"tokens", Graph::Token::text},
                                          {"tokens_int", Graph::Token::integer},
                                          {"tokens_float", Graph::Token::number},
                                          {"tokens_bool", Graph::Token::truth}})
            give(name, Item::of(IKind::sop, program_.graph.token(token)));
        give("full_s", Item::of(IKind::selector, program_.graph.everywhere()));
        const Graph::Sop length = program_.graph.length();
        program_.graph.name(length, "length");
        give("length", Item::of(IKind::sop, length));
        functions_.push_back({Function::selector_width, 0});
        give("selector_width", Item::of(IKind::function, 0));
        Directives none;
        run(words(library, "library", none), "library", 0);
        library_names_ = scopes_[0].items;
        library_names_.erase("tokens");
        program_.ignored.clear();
        last_ = {};
    }

    Program evaluate(std::string_view text, const std::string& output) {
        const std::vector<Word> all = words(text, file_, program_.directives);
        const std::uint32_t top = new_scope(0, true);
        run(all, file_, top);
        const std::string& wanted = output.empty() ? program_.directives.output : output;
        Item found = last_;
        program_.output_name = last_name_;
        if (!wanted.empty()) {
            const auto known = scopes_[top].items.find(wanted);
            const auto given = scopes_[0].items.find(wanted);
            if (known == scopes_[top].items.end() && given == scopes_[0].items.end())
                throw base::InputError(file_, fmt::format("an s-operator {} to put out", base::quoted(wanted, 40)),
                                       "no such name");
            found = known != scopes_[top].items.end() ? known->second : given->second;
            program_.output_name = wanted;
        }
        if (found.kind != IKind::sop)
            throw base::InputError(file_, "an s-operator to put out",
                                   wanted.empty() ? "none" : fmt::format("{}", name_of(found.kind)));
        program_.output = found.at;
        if (program_.output_name.empty()) program_.output_name = "output";
        return std::move(program_);
    }

  private:
    struct Task {
        std::uint32_t node, stage, scope;
    };

    void give(const std::string& name, const Item& item) { scopes_[0].items.emplace(name, item); }

    std::uint32_t new_scope(std::uint32_t outer, bool is_file = false) {
        scopes_.push_back({outer, is_file, {}});
        return static_cast<std::uint32_t>(scopes_.size() - 1);
    }

    /// The tasks of the file, below them nothing.
    void run(const std::vector<Word>& words, const std::string& file, std::uint32_t scope) {
        push_all(parse(words, file, syntax_), scope);
        while (!tasks_.empty()) {
            if (++steps_ % 1024 == 0) require_limits();
            const Task task = tasks_.back();
            tasks_.pop_back();
            step(task);
        }
    }

    void require_limits() const {
        const auto limit = limits_.exceeded();
        if (limit == base::Limit::interrupted) throw base::Unsupported("interrupted while the program is evaluated");
        if (limit == base::Limit::deadline)
            throw base::Unsupported("the time is over while the program is evaluated (--timeout)");
        if (steps_ > most_steps || tasks_.size() > most_waiting || scopes_.size() > most_waiting ||
            items_ > most_items || program_.graph.nodes().size() > most_operators)
            throw base::Unsupported(
                fmt::format("the program does not come to an end in {} steps, or not with {} operators", most_steps,
                            most_operators));
    }

    // ---- the two stacks

    const Node& at(std::uint32_t node) const { return syntax_.nodes[node]; }
    void again(const Task& task, std::uint32_t stage) { tasks_.push_back({task.node, stage, task.scope}); }
    void push(std::uint32_t node, std::uint32_t scope) { tasks_.push_back({node, 0, scope}); }
    /// To be done in this order.
    template <typename Nodes>
    void push_all(const Nodes& nodes, std::uint32_t scope) {
        for (auto node = nodes.rbegin(); node != nodes.rend(); ++node) push(*node, scope);
    }
    void put(Item item) { results_.push_back(std::move(item)); }
    Item pop() {
        Item item = std::move(results_.back());
        results_.pop_back();
        return item;
    }
    std::vector<Item> pop(std::size_t count) {
        std::vector<Item> items(std::make_move_iterator(results_.end() - static_cast<std::ptrdiff_t>(count)),
                                std::make_move_iterator(results_.end()));
        results_.resize(results_.size() - count);
        return items;
    }

    [[noreturn]] void fail(std::uint32_t node, const std::string& expected, const std::string& found) const {
        const Node& n = at(node);
        fail_at(syntax_.files[n.file], n.line, n.column, expected, found);
    }
    std::string shown_item(const Item& item) const { return item.is_atom() ? shown(item.value) : name_of(item.kind); }

    // ---- lists, dictionaries

    Item list(std::vector<Item> items) {
        if ((items_ += items.size()) > most_items) require_limits();
        lists_.push_back(std::move(items));
        return Item::of(IKind::list, static_cast<std::uint32_t>(lists_.size() - 1));
    }
    using Entries = std::vector<std::pair<Item, Item>>;

    /// What a loop goes over: entries of a list, keys of a dictionary.
    std::size_t size_of(std::uint32_t node, const Item& item) const {
        if (item.kind == IKind::list) return lists_[item.at].size();
        if (item.kind != IKind::dict) fail(node, "a list or a dictionary to go over", shown_item(item));
        return dicts_[item.at].size();
    }
    Item part_of(const Item& item, std::size_t k) const {
        return item.kind == IKind::list ? lists_[item.at][k] : dicts_[item.at][k].first;
    }

    void assign(std::uint32_t node, const std::string& name, const Item& item, std::uint32_t scope) {
        const bool is_reserved = std::find(reserved.begin(), reserved.end(), name) != reserved.end();
        if (is_reserved || (scopes_[scope].is_file && library_names_.contains(name)))
            fail(node, "a name that the language does not have", base::quoted(name, 40));
        scopes_[scope].items[name] = item;
        if (item.kind != IKind::sop) return;
        const Graph::Node::Kind kind = program_.graph.nodes()[item.at].kind;
        const bool plain =
            kind == Graph::Node::Kind::token || kind == Graph::Node::Kind::index || kind == Graph::Node::Kind::constant;
        if (!plain && (scopes_[scope].is_file || !program_.graph.names().contains(item.at)))
            program_.graph.name(item.at, name);
    }

    /// Gives names the parts of an item, or the one name all of it.
    void assign_all(std::uint32_t node, const std::vector<std::string>& names, const Item& item, std::uint32_t scope) {
        if (names.size() == 1) return assign(node, names[0], item, scope);
        const std::string expected = fmt::format("{} values", names.size());
        std::vector<Item> parts;
        if (item.kind == IKind::text) parts = characters(item);
        else if (item.kind != IKind::list && item.kind != IKind::dict) fail(node, expected, shown_item(item));
        else
            for (std::size_t k = 0; k < size_of(node, item); ++k) parts.push_back(part_of(item, k));
        if (parts.size() != names.size()) fail(node, expected, fmt::format("{}", parts.size()));
        for (std::size_t k = 0; k < names.size(); ++k) assign(node, names[k], parts[k], scope);
    }

    static std::vector<Item> characters(const Item& text) {
        std::vector<Item> all;
        for (std::string& one : base::code_points(std::get<std::string>(text.value), "text"))
            all.push_back(Item::of_text(std::move(one)));
        return all;
    }

    const Item& look_up(std::uint32_t node, std::uint32_t scope) const {
        const std::string& name = at(node).text;
        for (std::uint32_t s = scope;; s = scopes_[s].outer) {
            const auto found = scopes_[s].items.find(name);
            if (found != scopes_[s].items.end()) return found->second;
            if (s == 0) break;
        }
        const bool opener =
            name == "select" || name == "aggregate" || name == "range" || name == "zip" || name == "len";
        if (opener) fail(node, fmt::format("'{}(', without a blank", name), base::quoted(name));
        fail(node, "a name that is defined above", base::quoted(name, 40));
    }

    // ---- operations

    Graph::Sop as_sop(std::uint32_t node, const Item& item, const char* expected = "an s-operator or a value") {
        if (item.kind == IKind::sop) return item.at;
        if (!item.is_atom()) fail(node, expected, shown_item(item));
        return program_.graph.constant(item.value, item.kind == IKind::truth);
    }
    Item local(std::uint32_t node, Op op, std::vector<Graph::Sop> of) {
        std::string operands;
        for (const Graph::Sop sop : of)
            if (program_.graph.nodes()[sop].kind == Graph::Node::Kind::constant)
                operands += (operands.empty() ? "" : ", ") + shown(program_.graph.nodes()[sop].value);
        try {
            return Item::of(IKind::sop, program_.graph.local(op, std::move(of)));
        } catch (const base::Unsupported&) {
            fail(node, "an operation that has a value", "one that has none, of " + operands);
        }
    }

    Item binary(std::uint32_t node, Op op, const Item& a, const Item& b) {
        const bool joins = op == Op::both || op == Op::either;
        if (a.kind == IKind::selector || b.kind == IKind::selector) {
            if (!joins) fail(node, "values to compute with", "a selector");
            if (a.kind != b.kind)
                fail(node, "two selectors", shown_item(a.kind == IKind::selector ? b : a) + " beside a selector");
            return Item::of(IKind::selector,
                            op == Op::both ? program_.graph.both(a.at, b.at) : program_.graph.either(a.at, b.at));
        }
        if (a.kind == IKind::sop || b.kind == IKind::sop) return local(node, op, {as_sop(node, a), as_sop(node, b)});
        if (op == Op::add && a.kind == IKind::list && b.kind == IKind::list) {
            std::vector<Item> all = lists_[a.at];
            all.insert(all.end(), lists_[b.at].begin(), lists_[b.at].end());
            return list(std::move(all));
        }
        for (const Item* item : {&a, &b})
            if (!item->is_atom()) fail(node, "values to compute with", shown_item(*item));
        if (joins) return is_true(a.value) == (op == Op::both) ? b : a;
        const std::optional<Value> value = applied(op, {&a.value, &b.value});
        if (!value)
            fail(node, "an operation that has a value",
                 fmt::format("one that has none, of {} and {}", shown(a.value), shown(b.value)));
        return {kind_of(op, a, b, *value), *value, 0};
    }

    static IKind kind_of(Op op, const Item& a, const Item& b, const Value& value) {
        if (std::holds_alternative<std::string>(value)) return IKind::text;
        if (gives_truth(op)) return IKind::truth;
        const bool negative = op == Op::power && std::get<exact::Rational>(b.value) < 0;
        return op == Op::divide || negative || a.kind == IKind::real || b.kind == IKind::real ? IKind::real
                                                                                              : IKind::integer;
    }

    Item unary(std::uint32_t node, Op op, const Item& a) {
        if (a.kind == IKind::sop) return local(node, op, {a.at});
        if (op == Op::negation && a.kind == IKind::selector)
            return Item::of(IKind::selector, program_.graph.negation(a.at));
        if (op == Op::indicator || !a.is_atom())
            fail(node, op == Op::indicator ? "an s-operator" : "a value to compute with", shown_item(a));
        const std::optional<Value> value = applied(op, {&a.value});
        if (!value) fail(node, "a number", shown(a.value));
        if (op == Op::negation) return {IKind::truth, *value, 0};
        return {op != Op::round && a.kind == IKind::real ? IKind::real : IKind::integer, *value, 0};
    }

    Item index(std::uint32_t node, const Item& of, const Item& where) {
        switch (of.kind) {
            case IKind::sop: return index_sop(node, of, where);
            case IKind::dict: return index_dict(node, dicts_[of.at], where);
            case IKind::text: return index_list(node, characters(of), where);
            case IKind::list: return index_list(node, lists_[of.at], where);
            default: fail(node, "a list, a dictionary, a text or an s-operator before '['", shown_item(of));
        }
    }

    /// The value at a position, for all; from the end where the number is negative.
    Item index_sop(std::uint32_t node, const Item& of, const Item& where) {
        if (!where.is_integer()) fail(node, "an integer as the index of an s-operator", shown_item(where));
        Graph& graph = program_.graph;
        Graph::Sop query = graph.constant(where.value);
        if (std::get<exact::Rational>(where.value) < 0) query = graph.local(Op::add, {graph.length(), query});
        return Item::of(IKind::sop, graph.aggregate(graph.compare(Op::equal, graph.index(), query), of.at,
                                                    exact::Rational(0), false));
    }

    Item index_list(std::uint32_t node, const std::vector<Item>& items, const Item& where) {
        const auto size = static_cast<std::int64_t>(items.size());
        if (where.kind == IKind::sop) {
            Entries entries;
            for (std::int64_t k = -size; k < size; ++k)
                entries.emplace_back(Item::number(k), items[static_cast<std::size_t>(k < 0 ? k + size : k)]);
            return index_dict(node, entries, where);
        }
        const std::optional<std::int64_t> k =
            where.is_integer() ? as_integer(where.value) : std::optional<std::int64_t>();
        if (!k) fail(node, "an integer as the index", shown_item(where));
        if (*k >= size || -*k > size) fail(node, fmt::format("an index below {}", size), fmt::format("{}", *k));
        return items[static_cast<std::size_t>(*k < 0 ? *k + size : *k)];
    }

    Item index_dict(std::uint32_t node, const Entries& entries, const Item& where) {
        if (where.kind == IKind::sop) {
            Graph::Table table;
            bool truths = !entries.empty();
            for (const auto& [key, value] : entries) {
                if (!value.is_atom()) fail(node, "values to look up by an s-operator", shown_item(value));
                table.emplace(key.value, value.value);
                truths = truths && value.kind == IKind::truth;
            }
            return Item::of(IKind::sop, program_.graph.looked_up(Op::entry, where.at, std::move(table), truths));
        }
        if (!where.is_atom()) fail(node, "a value or an s-operator as the key", shown_item(where));
        const auto found = std::find_if(entries.begin(), entries.end(),
                                        [&](const auto& entry) { return entry.first.value == where.value; });
        if (found == entries.end()) fail(node, "a key of the dictionary", shown(where.value));
        return found->second;
    }

    Item contains(std::uint32_t node, const Item& what, const Item& where) {
        if (where.kind == IKind::sop && what.is_atom()) {
            Graph& graph = program_.graph;
            const Graph::Sop count = graph.count(graph.compare(Op::equal, where.at, graph.constant(what.value)));
            return Item::of(IKind::sop, graph.local(Op::greater, {count, graph.constant(exact::Rational(0))}));
        }
        if (where.kind != IKind::list) fail(node, "a list behind 'in'", shown_item(where));
        if (what.kind != IKind::sop && !what.is_atom())
            fail(node, "a value or an s-operator before 'in'", shown_item(what));
        Graph::Table table;
        for (const Item& item : lists_[where.at]) {
            if (item.is_atom()) table.emplace(item.value, exact::Rational(1));
            else if (what.kind == IKind::sop) fail(node, "a list of values behind 'in'", shown_item(item));
        }
        if (what.kind != IKind::sop) return Item::truth(table.contains(what.value));
        return Item::of(IKind::sop, program_.graph.looked_up(Op::among, what.at, std::move(table), true));
    }

    Item range(std::uint32_t node, const std::vector<Item>& of) {
        if (of.size() > 3) fail(node, "at most three numbers", fmt::format("{}", of.size()));
        std::vector<std::int64_t> numbers;
        for (const Item& item : of) {
            const auto n = item.is_integer() ? as_integer(item.value) : std::optional<std::int64_t>();
            if (!n) fail(node, "integers", shown_item(item));
            numbers.push_back(*n);
        }
        const std::int64_t from = numbers.size() > 1 ? numbers[0] : 0, to = numbers[numbers.size() > 1 ? 1 : 0],
                           by = numbers.size() > 2 ? numbers[2] : 1;
        if (by == 0) fail(node, "a step that is not 0", "0");
        constexpr std::int64_t most = 1'000'000;
        std::vector<Item> items;
        for (std::int64_t k = from; by > 0 ? k < to : k > to; k += by) {
            if (static_cast<std::int64_t>(items.size()) == most) fail(node, "at most 1000000 numbers", "more");
            items.push_back(Item::number(k));
        }
        return list(std::move(items));
    }

    Item zip(std::uint32_t node, const std::vector<Item>& of) {
        for (const Item& item : of) {
            if (item.kind != IKind::list) fail(node, "lists", shown_item(item));
            if (lists_[item.at].size() != lists_[of[0].at].size())
                fail(node, fmt::format("lists of {} entries", lists_[of[0].at].size()),
                     fmt::format("one of {}", lists_[item.at].size()));
        }
        std::vector<Item> rows;
        for (std::size_t k = 0; k < lists_[of[0].at].size(); ++k) {
            std::vector<Item> row;
            for (const Item& item : of) row.push_back(lists_[item.at][k]);
            rows.push_back(list(std::move(row)));
        }
        return list(std::move(rows));
    }

    Item select(std::uint32_t node, const Item& key, const Item& query) {
        const Graph::Sop k = as_sop(node, key), q = as_sop(node, query);
        return Item::of(IKind::selector, program_.graph.compare(at(node).op, k, q));
    }

    Item aggregate(std::uint32_t node, const std::vector<Item>& of) {
        if (of[0].kind != IKind::selector) fail(node, "a selector", shown_item(of[0]));
        const bool has_default = of.size() == 3;
        if (has_default && !of[2].is_atom()) fail(node, "a value where nothing is selected", shown_item(of[2]));
        const Value none = has_default ? of[2].value : Value(exact::Rational(0));
        return Item::of(IKind::sop, program_.graph.aggregate(of[0].at, as_sop(node, of[1]), none,
                                                             has_default && of[2].kind == IKind::truth));
    }

    // ---- steps

    void step(const Task& task) {
        const Node& node = at(task.node);
        switch (node.kind) {
            case Kind::atom: return put(atom(node));
            case Kind::name: return put(look_up(task.node, task.scope));
            case Kind::conditional: return conditional(task);
            case Kind::list_of:
            case Kind::dict_of: return each(task);
            case Kind::call: return call(task);
            case Kind::definition: {
                functions_.push_back({task.node, task.scope});
                return assign(task.node, node.text,
                              Item::of(IKind::function, static_cast<std::uint32_t>(functions_.size() - 1)), task.scope);
            }
            case Kind::loop: return loop(task);
            case Kind::load: return load(task);
            case Kind::ignored: program_.ignored.push_back(fmt::format("{}, line {}", node.text, node.line)); return;
            default: break;
        }
        if (task.stage == 0) {
            again(task, 1);
            return push_all(node.children, task.scope);
        }
        finish(task, pop(node.children.size()));
    }

    static Item atom(const Node& node) {
        if (std::holds_alternative<std::string>(node.atom)) return {IKind::text, node.atom, 0};
        return {node.is_real ? IKind::real : IKind::integer, node.atom, 0};
    }

    /// A node whose children are computed.
    void finish(const Task& task, std::vector<Item> of) {
        const Node& node = at(task.node);
        switch (node.kind) {
            case Kind::unary: return put(unary(task.node, node.op, of[0]));
            case Kind::binary: return put(binary(task.node, node.op, of[0], of[1]));
            case Kind::index: return put(index(task.node, of[0], of[1]));
            case Kind::list: return put(list(std::move(of)));
            case Kind::dict: return put(dict(task.node, of));
            case Kind::select: return put(select(task.node, of[0], of[1]));
            case Kind::aggregate: return put(aggregate(task.node, of));
            case Kind::range: return put(range(task.node, of));
            case Kind::zip: return put(zip(task.node, of));
            case Kind::length:
                if (of[0].kind != IKind::list) fail(task.node, "a list", shown_item(of[0]));
                return put(Item::number(static_cast<std::int64_t>(lists_[of[0].at].size())));
            case Kind::contains: return put(contains(task.node, of[0], of[1]));
            case Kind::result: return put(of.size() == 1 ? of[0] : list(std::move(of)));
            case Kind::statement: return note(task, of[0], "");
            default: {  // an assignment
                const Item item = of.size() == 1 ? of[0] : list(std::move(of));
                assign_all(task.node, node.names, item, task.scope);
                if (node.names.size() == 1) return note(task, item, node.names[0]);
                for (const std::string& name : node.names) note(task, scopes_[task.scope].items.at(name), name);
            }
        }
    }

    /// The last s-operator of a file is what it puts out.
    void note(const Task& task, const Item& item, const std::string& name) {
        if (item.kind == IKind::result)
            program_.ignored.push_back(fmt::format("an application to a word, line {}", at(task.node).line));
        if (!scopes_[task.scope].is_file || item.kind != IKind::sop) return;
        last_ = item;
        const auto known = program_.graph.names().find(item.at);
        last_name_ = !name.empty() || known == program_.graph.names().end() ? name : known->second;
    }

    Item dict(std::uint32_t node, const std::vector<Item>& of) {
        Entries entries;
        for (std::size_t k = 0; k < of.size(); k += 2) enter(node, entries, of[k], of[k + 1]);
        items_ += of.size();
        dicts_.push_back(std::move(entries));
        return Item::of(IKind::dict, static_cast<std::uint32_t>(dicts_.size() - 1));
    }
    void enter(std::uint32_t node, Entries& entries, const Item& key, const Item& value) const {
        if (!key.is_atom()) fail(node, "values as keys of a dictionary", shown_item(key));
        const auto known = std::find_if(entries.begin(), entries.end(),
                                        [&](const auto& entry) { return entry.first.value == key.value; });
        if (known != entries.end()) known->second = value;
        else entries.emplace_back(key, value);
    }

    /// Only one branch is computed if the condition is a value.
    void conditional(const Task& task) {
        const std::vector<std::uint32_t>& of = at(task.node).children;
        if (task.stage == 0) {
            again(task, 1);
            return push(of[1], task.scope);
        }
        if (task.stage == 1) {
            const Item condition = pop();
            if (condition.is_atom()) return push(is_true(condition.value) ? of[0] : of[2], task.scope);
            if (condition.kind != IKind::sop)
                fail(task.node, "an s-operator or a value as the condition", shown_item(condition));
            put(condition);
            again(task, 2);
            push(of[2], task.scope);
            return push(of[0], task.scope);
        }
        const std::vector<Item> parts = pop(3);
        put(local(task.node, Op::choose, {parts[0].at, as_sop(task.node, parts[1]), as_sop(task.node, parts[2])}));
    }

    /// A list or a dictionary of something for each: on the stack what it goes over, then what is there so far.
    void each(const Task& task) {
        const Node& node = at(task.node);
        const std::size_t parts = node.children.size() - 1;
        if (task.stage == 0) {
            again(task, 1);
            return push(node.children.back(), task.scope);
        }
        const std::size_t done = task.stage - 1;
        const Item over = results_[results_.size() - 1 - done * parts];
        if (done < size_of(task.node, over)) {
            again(task, task.stage + 1);
            const std::uint32_t scope = new_scope(task.scope);
            assign_all(task.node, node.names, part_of(over, done), scope);
            for (std::size_t k = parts; k-- > 0;) push(node.children[k], scope);
            return;
        }
        std::vector<Item> all = pop(done * parts);
        (void)pop();
        put(node.kind == Kind::list_of ? list(std::move(all)) : dict(task.node, all));
    }

    void loop(const Task& task) {
        const Node& node = at(task.node);
        if (task.stage == 0) {
            again(task, 1);
            return push(node.children[0], task.scope);
        }
        const Item over = results_.back();
        if (task.stage > size_of(task.node, over)) return void(pop());
        again(task, task.stage + 1);
        assign_all(task.node, node.names, part_of(over, task.stage - 1), task.scope);
        for (std::size_t k = node.children.size(); k-- > 1;) push(node.children[k], task.scope);
    }

    void call(const Task& task) {
        const std::vector<std::uint32_t>& children = at(task.node).children;
        if (task.stage == 0) {
            again(task, 1);
            return push_all(children, task.scope);
        }
        std::vector<Item> of = pop(children.size());
        const Item callee = of[0];
        of.erase(of.begin());
        if (callee.kind == IKind::sop || callee.kind == IKind::selector) {
            if (of.size() != 1) fail(task.node, "one word", fmt::format("{}", of.size()));
            return put(Item::of(IKind::result, 0));
        }
        if (callee.kind != IKind::function) fail(task.node, "a function before '('", shown_item(callee));
        const Function function = functions_[callee.at];
        if (function.node == Function::selector_width) return put(selector_width(task.node, of));
        const Node& definition = at(function.node);
        if (of.size() != definition.names.size())
            fail(task.node, base::counted(definition.names.size(), "argument") + " of " + base::named(definition.text),
                 fmt::format("{}", of.size()));
        const std::uint32_t scope = new_scope(function.scope);
        for (std::size_t k = 0; k < of.size(); ++k) assign(task.node, definition.names[k], of[k], scope);
        push_all(definition.children, scope);
    }

    Item selector_width(std::uint32_t node, const std::vector<Item>& of) {
        if (of.size() != 1) fail(node, "1 argument of selector_width", fmt::format("{}", of.size()));
        if (of[0].kind != IKind::selector) fail(node, "a selector", shown_item(of[0]));
        return Item::of(IKind::sop, program_.graph.count(of[0].at));
    }

    /// A file in a scope of its own; its names that do not begin with _ are then ours as well.
    void load(const Task& task) {
        const Node& node = at(task.node);
        if (task.stage > 0) {
            for (const auto& [name, item] : scopes_[task.stage].items)
                if (name[0] != '_') assign(task.node, name, item, task.scope);
            return;
        }
        if (syntax_.files.size() > most_files) fail(task.node, "at most 256 files", "more");
        const std::filesystem::path beside = std::filesystem::path(syntax_.files[node.file]).parent_path();
        const std::string path = (beside / (node.text + ".rasp")).string();
        std::string text;
        try {
            text = load_(path);
        } catch (const base::InputError&) {
            fail(task.node, "a file that can be read", base::quoted(path));
        }
        program_.loaded.push_back(text);
        Directives none;
        const std::vector<std::uint32_t> statements = parse(words(program_.loaded.back(), path, none), path, syntax_);
        const std::uint32_t scope = new_scope(0, true);
        again(task, scope);
        push_all(statements, scope);
    }

    std::string file_;
    const Load& load_;
    const base::Limits& limits_;
    Program program_;
    Syntax syntax_;
    std::vector<Scope> scopes_;  // the first one holds the language's own names
    std::vector<Function> functions_;
    std::vector<std::vector<Item>> lists_;
    std::vector<Entries> dicts_;
    std::vector<Task> tasks_;
    std::vector<Item> results_;
    std::map<std::string, Item> library_names_;
    Item last_ = {};
    std::string last_name_;
    std::size_t steps_ = 0, items_ = 0;
};

}  // namespace

const char* name_of(Item::Kind kind) {
    switch (kind) {
        case IKind::integer:
        case IKind::real: return "a number";
        case IKind::truth: return "a truth";
        case IKind::text: return "a text";
        case IKind::list: return "a list";
        case IKind::dict: return "a dictionary";
        case IKind::sop: return "an s-operator";
        case IKind::selector: return "a selector";
        case IKind::function: return "a function";
        default: return "what an s-operator is on a word";
    }
}

Program evaluate(std::string_view text, const std::string& file, const std::string& output, const Load& load,
                 const base::Limits& limits) {
    return Machine(file, load, limits).evaluate(text, output);
}

}  // namespace attest::programs::rasp
