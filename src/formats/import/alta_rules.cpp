#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "alta.hpp"
#include "attest/base/error.hpp"
#include "base/quote.hpp"
#include "left_arrays.hpp"

// The rules of an ALTA program, layer by layer. A category is a number, a set the number of it among its values, a number the
// exact rational; what is undefined is the text "none". A rule asks for categories, sets, and the bucket that a number is in.
// Rules that ask for the same variables are one table, which says "keep" where none of them fires; tables about one variable
// are joined in turn, and say "twice" where two fire: that has no value.

namespace attest::formats::import {

namespace {

using base::JsonNode;
using network::Program;
using Value = Program::Value;
using Domain = std::set<Value>;

constexpr std::int64_t most_range = 1 << 20;
constexpr std::size_t most_means = 4096;
const Value none = std::string("none"), keep = std::string("keep"), twice = std::string("twice");

Value whole_number(std::int64_t n) { return exact::Rational(static_cast<long>(n)); }

/// A variable of ALTA: what it may hold, and where it is by now.
struct AltaVariable {
    enum class Kind { categorical, numerical, set };
    Kind kind = Kind::categorical;
    std::int64_t range = 0;
    std::vector<exact::Rational> values;          ///< numerical: of the buckets
    std::vector<std::vector<std::int64_t>> sets;  ///< of a set
    bool is_head_output = false;
    std::size_t at = 0;  ///< the variable of the program that holds it
    Domain domain;       ///< what that may be
};

class RulesReader {
  public:
    RulesReader(const JsonNode& root, const Options& options, std::vector<Assumption>& assumed)
        : root_(root), options_(options), assumed_(assumed) {}

    Program read() {
        const AltaSettings settings = read_alta_settings(root_, options_, true, assumed_);
        symbols_ = read_alta_symbols(root_, options_);
        p_.alphabet = language::Alphabet(symbols_.alphabet);
        if (symbols_.begin) p_.begin = symbols_.begin->first;
        if (symbols_.end) p_.end = symbols_.end->first;
        read_lengths(settings);
        tokens_ = add("(tokens)", Program::Symbol{});
        positions_ = add("(positions)", Program::Position{0});
        for (const JsonNode& node : root_.at("variables").elements()) read_variable(node);
        read_rules();
        for (std::int64_t layer = 1; layer <= settings.layers; ++layer) run(layer);
        read_output();
        return std::move(p_);
    }

  private:
    std::size_t add(const std::string& name, decltype(Program::Variable::step) step) {
        p_.variables.push_back({name, std::move(step)});
        return p_.variables.size() - 1;
    }

    void read_lengths(const AltaSettings& settings) {
        const std::int64_t markers = (p_.begin ? 1 : 0) + (p_.end ? 1 : 0);
        std::int64_t last = 12;
        std::string because = "a usual one: values of means are listed for each length (--set lengths=A..B)";
        if (const JsonNode range = root_.at("position_range"); !range.value().is_null()) {
            const std::int64_t positions = range.as_integer(1, most_range);
            if (!settings.lengths && positions - markers < last) {
                last = positions - markers;
                because = "the document has so many positions";
            }
            if (settings.lengths && settings.lengths->second + markers > positions)
                throw base::UsageError(fmt::format("--set lengths: expected at most {}, found {}", positions - markers,
                                                   settings.lengths->second));
            if (last < 0) range.fail("positions for the word's markers");
        }
        p_.lengths = settings.lengths.value_or(std::pair<std::int64_t, std::int64_t>{markers > 0 ? 0 : 1, last});
        if (!settings.lengths)
            assumed_.push_back({"lengths", fmt::format("{}..{}", p_.lengths->first, p_.lengths->second), because});
        n_ = p_.lengths->second + markers;
    }

    // Variables before the first layer.

    AltaVariable& variable(const JsonNode& name) {
        const auto at = variables_.find(name.as_string());
        if (at == variables_.end()) name.fail("the name of a variable");
        return at->second;
    }

    void read_variable(const JsonNode& node) {
        node.allow_keys({"name", "kind", "range", "values", "input", "position", "default"});
        AltaVariable v;
        const std::string& kind = node.at("kind").as_string();
        if (kind == "numerical") v.kind = AltaVariable::Kind::numerical;
        else if (kind == "set") v.kind = AltaVariable::Kind::set;
        else if (kind != "categorical") node.at("kind").fail("categorical, numerical or set");
        if (kind != "numerical") v.range = node.at("range").as_integer(1, most_range);
        if (kind == "numerical")
            for (const JsonNode& value : node.at("values").elements()) v.values.push_back(hexadecimal(value));
        if (!std::is_sorted(v.values.begin(), v.values.end())) node.at("values").fail("values in ascending order");
        if (kind == "numerical" && v.values.empty()) node.at("values").fail("at least one value");
        if (kind == "set")
            for (const JsonNode& value : node.at("values").elements()) v.sets.push_back(read_set(value, v.range));
        const std::string& name = node.at("name").as_string();
        begin(name, node, v);
        if (!variables_.emplace(name, std::move(v)).second) node.at("name").fail("a new name");
        order_.push_back(name);
    }

    static std::vector<std::int64_t> read_set(const JsonNode& node, std::int64_t range) {
        std::vector<std::int64_t> members;
        for (const JsonNode& member : node.elements()) members.push_back(member.as_integer(0, range - 1));
        std::sort(members.begin(), members.end());
        return members;
    }

    static Value read_value(const JsonNode& node, const AltaVariable& v) {
        if (node.value().is_null()) return none;
        if (v.kind == AltaVariable::Kind::categorical) return whole_number(node.as_integer(0, v.range - 1));
        if (v.kind == AltaVariable::Kind::numerical) return hexadecimal(node);
        const auto at = std::find(v.sets.begin(), v.sets.end(), read_set(node, v.range));
        if (at == v.sets.end()) node.fail("one of the variable's sets");
        return whole_number(at - v.sets.begin());
    }

    bool is_head_output(const std::string& name) const {
        for (const JsonNode& head : root_.at("heads").elements())
            if (head.at("output").as_string() == name) return true;
        return false;
    }

    void begin(const std::string& name, const JsonNode& node, AltaVariable& v) {
        v.is_head_output = is_head_output(name);
        if (v.is_head_output) {
            v.at = add(name + "@0", Program::Constant{none});
            v.domain = {none};
            return;
        }
        if (!node.has("input") && !node.has("position")) {
            const Value value = read_value(node.at("default"), v);
            v.domain = {value};
            v.at = add(name + "@0", Program::Constant{value});
            return;
        }
        Program::Map map{{node.has("position") ? positions_ : tokens_}, {}, {}};
        const std::vector<JsonNode> values = node.at(node.has("position") ? "position" : "input").elements();
        const auto set = [&](const Value& key, std::size_t index) {
            if (index >= values.size()) node.fail("a value for each input or position", std::to_string(values.size()));
            const Value value = read_value(values[index], v);
            map.table[{key}] = value;
            v.domain.insert(value);
        };
        if (node.has("position")) {
            for (std::int64_t p = 0; p < n_; ++p) set(whole_number(p), static_cast<std::size_t>(p));
        } else {
            for (std::size_t s = 0; s < symbols_.inputs.size(); ++s) set(symbols_.alphabet[s], symbols_.inputs[s]);
            if (symbols_.begin) set(symbols_.begin->first, symbols_.begin->second);
            if (symbols_.end) set(symbols_.end->first, symbols_.end->second);
        }
        v.at = add(name + "@0", std::move(map));
    }

    // Rules.

    /// Those that ask for the same variables.
    struct Group {
        std::vector<std::string> of;
        std::map<std::vector<Value>, Value> table;
    };

    void read_rules() {
        for (const JsonNode& node : root_.at("rules").elements()) {
            node.allow_keys({"if", "set"});
            const std::vector<JsonNode> set = node.at("set").elements();
            if (set.size() != 3) node.at("set").fail("[variable, old value, new value]");
            const AltaVariable& target = variable(set[0]);
            if (target.is_head_output) continue;  // what heads bring is undefined again after each layer
            std::vector<std::string> of;
            std::vector<Value> asked;
            for (const JsonNode& atom : node.at("if").elements()) {
                const std::vector<JsonNode> pair = atom.elements();
                if (pair.size() != 2) atom.fail("[variable, number of its value]");
                (void)variable(pair[0]);
                of.push_back(pair[0].as_string());
                asked.push_back(whole_number(pair[1].as_integer(0, most_range)));
            }
            std::vector<Group>& groups = rules_[set[0].as_string()];
            auto group = std::find_if(groups.begin(), groups.end(), [&](const Group& g) { return g.of == of; });
            if (group == groups.end()) group = groups.insert(groups.end(), {of, {}});
            const auto [at, is_new] = group->table.try_emplace(asked, read_value(set[2], target));
            if (!is_new) at->second = twice;
        }
    }

    // Layers.

    void run(std::int64_t layer) {
        layer_ = layer;
        std::map<std::string, AltaVariable> after = variables_;
        for (const JsonNode& head : root_.at("heads").elements()) attend(head, after);
        std::map<std::string, std::size_t> asked;  // what rules ask of a variable
        for (const std::string& name : order_) asked[name] = index_of(name, after.at(name));
        for (const std::string& name : order_)
            if (const auto rules = rules_.find(name); rules != rules_.end())
                update(name, variables_.at(name), rules->second, asked);
    }

    std::string named(const std::string& what, const std::string& name) const {
        return what.empty() ? fmt::format("{}@{}", name, layer_) : fmt::format("({} of {}@{})", what, name, layer_);
    }

    void attend(const JsonNode& node, std::map<std::string, AltaVariable>& after) {
        node.allow_keys({"query", "key", "value", "output", "relative"});
        const AltaVariable& query = variable(node.at("query"));
        const AltaVariable& key = variable(node.at("key"));
        const AltaVariable& value = variable(node.at("value"));
        const std::string& name = node.at("output").as_string();
        AltaVariable& output = after.at(name);
        Program::Attend attend;
        attend.query = query.at;
        attend.key = key.at;
        select(node, query, key, name, attend);
        attend.value = value.at;
        attend.none = none;
        if (value.kind == AltaVariable::Kind::numerical) {
            attend.take = Program::Take::mean;
            output.at = add(named("", name), std::move(attend));
            output.domain = means(value.domain, name);
            return;
        }
        // Of a category exactly one position must be selected.
        Program::Attend count = attend;
        count.take = Program::Take::count;
        count.none = whole_number(0);
        attend.take = Program::Take::left;
        Program::Map one{
            {add(named("count", name), std::move(count)), add(named("first", name), std::move(attend))}, {}, none};
        for (const Value& v : value.domain) one.table[{whole_number(1), v}] = v;
        output.at = add(named("", name), std::move(one));
        output.domain = value.domain;
        output.domain.insert(none);
    }

    /// Which keys a query selects; with relative positions, both are told where they are.
    void select(const JsonNode& node, const AltaVariable& query, const AltaVariable& key, const std::string& name,
                Program::Attend& attend) {
        std::vector<std::pair<std::int64_t, std::int64_t>> pairs;
        for (std::int64_t k = 0; query.kind == AltaVariable::Kind::categorical && k < query.range; ++k)
            pairs.emplace_back(k, k);
        for (std::size_t s = 0; s < query.sets.size(); ++s)
            for (const std::int64_t member : query.sets[s]) pairs.emplace_back(static_cast<std::int64_t>(s), member);
        std::vector<std::int64_t> offsets;
        for (const JsonNode& offset : node.at("relative").elements())
            offsets.push_back(offset.as_integer(-most_range, most_range));
        if (offsets.empty()) {
            for (const auto& [q, k] : pairs) attend.pairs.emplace(whole_number(q), whole_number(k));
            return;
        }
        attend.query = with_position(named("query", name), query);
        attend.key = with_position(named("key", name), key);
        for (const auto& [q, k] : pairs)
            for (std::int64_t i = 0; i < n_; ++i)
                for (const std::int64_t offset : offsets)
                    if (i + offset >= 0 && i + offset < n_)
                        attend.pairs.emplace(whole_number(q * n_ + i), whole_number(k * n_ + i + offset));
    }
    std::size_t with_position(const std::string& name, const AltaVariable& v) {
        Program::Map map{{v.at, positions_}, {}, none};
        for (const Value& value : v.domain)
            if (const auto* k = std::get_if<exact::Rational>(&value))
                for (std::int64_t i = 0; i < n_; ++i)
                    map.table[{value, whole_number(i)}] =
                        exact::Rational(*k * exact::Rational(n_) + exact::Rational(i));
        return add(name, std::move(map));
    }

    /// Of any positions of the sequence.
    Domain means(const Domain& values, const std::string& name) const {
        std::set<exact::Rational> sums = {0};
        Domain all = {none};
        for (std::int64_t count = 1; count <= n_; ++count) {
            std::set<exact::Rational> next;
            for (const exact::Rational& sum : sums)
                for (const Value& value : values)
                    if (const auto* x = std::get_if<exact::Rational>(&value)) next.insert(sum + *x);
            sums = std::move(next);
            for (const exact::Rational& sum : sums) all.insert(exact::Rational(sum / exact::Rational(count)));
            if (all.size() > most_means)
                throw base::Unsupported(fmt::format("{} may be more than {} means", base::named(name), most_means));
        }
        return all;
    }

    /// What rules ask: a category or set itself, the bucket of a number. A number in the middle of two is in the lower one.
    std::size_t index_of(const std::string& name, const AltaVariable& v) {
        if (v.kind != AltaVariable::Kind::numerical) return v.at;
        Program::Map map{{v.at}, {}, none};
        for (const Value& value : v.domain) {
            const auto* x = std::get_if<exact::Rational>(&value);
            if (x == nullptr) continue;
            std::size_t bucket = 0;
            while (bucket + 1 < v.values.size() && *x > middle(v.values[bucket], v.values[bucket + 1])) ++bucket;
            map.table[{value}] = whole_number(static_cast<std::int64_t>(bucket));
        }
        return add(named("bucket", name), std::move(map));
    }
    /// In binary64, as ALTA has it.
    static exact::Rational middle(const exact::Rational& a, const exact::Rational& b) {
        return exact::Rational((a.get_d() + b.get_d()) / 2);
    }

    void update(const std::string& name, AltaVariable& v, const std::vector<Group>& groups,
                const std::map<std::string, std::size_t>& asked) {
        Domain written;
        std::optional<std::size_t> joint;
        for (std::size_t g = 0; g < groups.size(); ++g) {
            Program::Map table{{}, groups[g].table, keep};
            Domain here = {keep};
            for (const std::string& of : groups[g].of) table.of.push_back(asked.at(of));
            for (const auto& entry : groups[g].table) here.insert(entry.second);
            const std::size_t made = add(named(fmt::format("rules {}", g + 1), name), std::move(table));
            joint = joint ? join(named(fmt::format("rules to {}", g + 1), name), *joint, written, made, here) : made;
            written.insert(here.begin(), here.end());
            if (g > 0) written.insert(twice);
        }
        Program::Map next{{*joint, v.at}, {}, {}};
        Domain domain = v.domain;
        for (const Value& old : v.domain)
            for (const Value& value : written) {
                if (value == twice) continue;
                next.table[{value, old}] = value == keep ? old : value;
                if (value != keep) domain.insert(value);
            }
        v.at = add(named("", name), std::move(next));
        v.domain = std::move(domain);
    }

    std::size_t join(const std::string& name, std::size_t a, const Domain& of_a, std::size_t b, const Domain& of_b) {
        Program::Map map{{a, b}, {}, twice};
        for (const Value& value : of_a) map.table[{value, keep}] = value;
        for (const Value& value : of_b) map.table[{keep, value}] = value;
        return add(name, std::move(map));
    }

    void read_output() {
        const AltaVariable& output = variable(root_.at("output"));
        const std::string place = options_.read.empty() ? "each" : options_.read;
        if (options_.read.empty()) assumed_.push_back({"read", place, "ALTA has an output at every position"});
        if (place != "each" && place != "last")
            throw base::UsageError(fmt::format("--read: expected last or each, found {}", base::quoted(place)));
        p_.output.every = place == "each";
        p_.output.value = output.at;
        for (std::size_t from = 0; from < options_.accept.size();) {
            const std::size_t to = std::min(options_.accept.find(',', from), options_.accept.size());
            p_.output.accept.push_back(options_.accept.substr(from, to - from));
            from = to + 1;
        }
    }

    JsonNode root_;
    const Options& options_;
    std::vector<Assumption>& assumed_;
    Program p_;
    AltaSymbols symbols_;
    std::int64_t n_ = 0;  ///< positions of the longest sequence
    std::size_t tokens_ = 0, positions_ = 0;
    std::map<std::string, AltaVariable> variables_;
    std::vector<std::string> order_;
    std::map<std::string, std::vector<Group>> rules_;  ///< by the variable that they write
    std::int64_t layer_ = 0;
};

}  // namespace

Program read_alta_rules(const std::string& text, const std::string& file, const Options& options,
                        std::vector<Assumption>& assumed) {
    const base::Json document = base::Json::parse(text, file);
    const JsonNode root(document, file);
    require_alta(root);
    return RulesReader(root, options, assumed).read();
}

}  // namespace attest::formats::import
