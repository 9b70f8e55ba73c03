#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "compile/tables.hpp"
#include "forms.hpp"
#include "stop.hpp"

// Tables as a circuit: at each boundary a literal for each value that a position can hold. A head that asks with a known value
// goes down a fixed list of pairs, so that "it attends to the k-th pair" is: that pair is present and none before it is.
//
// The list ends early. Pairs that no list names follow by position, and position 1 always holds some value: where no listed
// pair is present, the head attends to position 1, whatever it holds.

namespace attest::compile {

namespace {

using circuit::Literal;
using network::Guhat;
using network::Pair;
using network::ValueId;

/// A value that a position can hold, and whether it does.
struct Held {
    ValueId value;
    Literal holds;
};

/// A pair that a head may attend to, and all of what must hold for that.
struct Choice {
    Pair pair;
    std::vector<Literal> holds;
};

class GuhatCompiler {
  public:
    GuhatCompiler(circuit::Builder& builder, const Inputs& inputs, Guhat guhat, const Options& options,
                  const base::Limits& limits)
        : builder_(builder), inputs_(inputs), g_(std::move(guhat)), options_(options), limits_(limits) {}

    CompiledModel compile() {
        result_.sizes.positions = g_.positions();
        embed();
        for (std::int64_t layer = 1; layer < g_.layers; ++layer) advance(layer);
        read();
        builder_.set_origin({});
        if (builder_.exhausted()) stop(verdict::Reason::memory, "the circuit passes the memory limit");
        return std::move(result_);
    }

  private:
    void poll() const { compile::poll(builder_, limits_); }
    void set_origin(circuit::Origin::Role role, std::int64_t layer, std::int64_t p) {
        builder_.set_origin({role, static_cast<std::int32_t>(layer), -1, p, -1});
    }

    const std::vector<Held>& at(std::int64_t p) const { return held_[static_cast<std::size_t>(p - 1)]; }

    void embed() {
        for (std::int64_t p = 1; p <= g_.length; ++p) {
            auto& values = held_.emplace_back();
            for (language::Symbol a = 0; a < inputs_.symbols(); ++a)
                values.push_back({g_.values.symbol(a), inputs_.present(p, a)});
        }
        if (g_.end) held_.push_back({{g_.values.symbol(inputs_.symbols()), circuit::top}});
        record();
    }

    void advance(std::int64_t layer) {
        std::vector<std::vector<Held>> next;
        for (std::int64_t p = 1; p <= g_.positions(); ++p) next.push_back(merge(layer, p, cases(layer, p)));
        held_ = std::move(next);
        record();
    }

    /// The last layer at the position that is read: whether its value is one that is accepted.
    void read() {
        std::vector<Literal> accepting;
        const std::int64_t p = g_.positions();
        if (g_.layers == 0) {
            for (const Held& value : at(p))
                if (g_.accept.contains(value.value)) accepting.push_back(value.holds);
        } else {
            for (const auto& [tuple, holds] : cases(g_.layers, p))
                if (g_.accept.contains(tuple)) accepting.insert(accepting.end(), holds.begin(), holds.end());
        }
        result_.accept = builder_.disjunction(accepting);
        if (g_.layers == 0) return;
        result_.sizes.values.push_back(2);
        result_.sizes.values_total.push_back(2);
        if (!options_.keep_values) return;
        auto& boundary = result_.values.emplace_back(static_cast<std::size_t>(p));
        boundary.back() = {result_.accept};
    }

    /// The tuples that a position comes to, each with the ways to it.
    using Cases = std::map<ValueId, std::vector<Literal>>;
    Cases cases(std::int64_t layer, std::int64_t p) {
        set_origin(circuit::Origin::Role::attends, layer, p);
        Cases found;
        std::size_t combinations = 0;
        for (const Held& own : at(p)) {
            std::vector<std::vector<Choice>> heads;
            std::vector<std::uint32_t> bounds;
            for (std::int64_t h = 1; h <= g_.heads; ++h) {
                heads.push_back(choices(layer, h, p, own));
                bounds.push_back(static_cast<std::uint32_t>(heads.back().size()));
            }
            for_each_choice(bounds, [&](const std::vector<std::uint32_t>& choice) {
                if (++combinations > options_.most_cases)
                    stop(verdict::Reason::memory,
                         fmt::format("layer {} has more than {} combinations of values at position {}", layer,
                                     options_.most_cases, p));
                if (combinations % 1024 == 0) poll();
                add_case(p, own, heads, choice, found);
            });
        }
        return found;
    }

    void add_case(std::int64_t p, const Held& own, const std::vector<std::vector<Choice>>& heads,
                  const std::vector<std::uint32_t>& choice, Cases& found) {
        std::map<std::int64_t, ValueId> present{{p, own.value}};
        std::vector<Pair> attended;
        std::vector<Literal> all{own.holds};
        for (std::size_t h = 0; h < heads.size(); ++h) {
            const Choice& c = heads[h][choice[h]];
            if (present.emplace(c.pair.position, c.pair.value).first->second != c.pair.value)
                return;  // one value a position
            attended.push_back(c.pair);
            all.insert(all.end(), c.holds.begin(), c.holds.end());
        }
        const Literal holds = builder_.conjunction(all);
        if (holds != circuit::bottom) found[g_.values.tuple(own.value, attended)].push_back(holds);
    }

    std::optional<Literal> present(const Pair& pair) const {
        for (const Held& value : at(pair.position))
            if (value.value == pair.value) return value.holds;
        return std::nullopt;
    }

    /// What a head may attend to from position p holding `own`, most wanted first.
    std::vector<Choice> choices(std::int64_t layer, std::int64_t head, std::int64_t p, const Held& own) {
        std::vector<Pair> order;
        if (const auto entry = g_.attention.find({layer, head, p, own.value}); entry != g_.attention.end())
            order = entry->second;
        const std::size_t listed = order.size();
        for (const Held& first : at(1))
            if (std::find(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(listed), Pair{1, first.value}) ==
                order.begin() + static_cast<std::ptrdiff_t>(listed))
                order.push_back({1, first.value});
        std::vector<Choice> result;
        std::vector<Literal> before;  // of those more wanted: one literal in the compact form, else all
        for (const Pair& pair : order) {
            if (pair.position == p && pair.value != own.value) continue;
            const auto here = present(pair);
            if (!here || *here == circuit::bottom) continue;
            Choice& c = result.emplace_back(Choice{pair, {*here}});
            for (const Literal l : before) c.holds.push_back(!l);
            if (*here == circuit::top || pair == Pair{p, own.value}) break;
            before.push_back(*here);
            if (options_.form == Form::compact) before = {builder_.disjunction(before)};
        }
        return result;
    }

    /// Tuples of a bounded layer become activations; each value gets one literal.
    std::vector<Held> merge(std::int64_t layer, std::int64_t p, Cases cases) {
        set_origin(circuit::Origin::Role::value, layer, p);
        std::map<ValueId, std::vector<Literal>> values;
        for (auto& [tuple, holds] : cases) {
            auto& ways = values[after(layer, p, tuple)];
            ways.insert(ways.end(), holds.begin(), holds.end());
        }
        const std::vector<bool> never = never_true(values);
        std::vector<Held> set;
        std::size_t index = 0;
        for (const auto& [value, ways] : values)
            if (!never[index++]) set.push_back({value, builder_.disjunction(ways)});
        if (set.size() > options_.most_values)
            stop(verdict::Reason::memory, fmt::format("{} values at position {} after layer {}", set.size(), p, layer));
        if (set.size() == 1) set.front().holds = circuit::top;
        poll();
        return set;
    }

    ValueId after(std::int64_t layer, std::int64_t p, ValueId tuple) {
        if (!g_.bounded(layer)) return tuple;
        const auto becomes = g_.activation.find({layer, p, tuple});
        return g_.values.activation(static_cast<std::uint64_t>(becomes == g_.activation.end() ? 0 : becomes->second));
    }

    std::vector<bool> never_true(const std::map<ValueId, std::vector<Literal>>& values) {
        if (!options_.never_true || values.size() < 2) return std::vector<bool>(values.size(), false);
        std::vector<std::vector<Literal>> questions;
        for (const auto& [value, ways] : values) questions.push_back(ways);
        std::vector<bool> never = options_.never_true(builder_.circuit(), questions);
        result_.sizes.dropped += static_cast<std::size_t>(std::count(never.begin(), never.end(), true));
        return never;
    }

    void record() {
        std::size_t greatest = 0, total = 0;
        for (const auto& values : held_) greatest = std::max(greatest, values.size()), total += values.size();
        result_.sizes.values.push_back(greatest);
        result_.sizes.values_total.push_back(total);
        if (!options_.keep_values) return;
        auto& boundary = result_.values.emplace_back();
        for (const auto& values : held_) {
            auto& literals = boundary.emplace_back();
            for (const Held& value : values) literals.push_back(value.holds);
        }
    }

    circuit::Builder& builder_;
    const Inputs& inputs_;
    Guhat g_;
    const Options& options_;
    const base::Limits& limits_;
    std::vector<std::vector<Held>> held_;  // by position
    CompiledModel result_;
};

}  // namespace

std::variant<CompiledModel, verdict::Undecided> compile_guhat(circuit::Builder& builder, const Inputs& inputs,
                                                              const network::Guhat& guhat, const Options& options,
                                                              const base::Limits& limits) {
    try {
        return GuhatCompiler(builder, inputs, guhat, options, limits).compile();
    } catch (Stop& s) {
        return std::move(s.why);
    }
}

}  // namespace attest::compile
