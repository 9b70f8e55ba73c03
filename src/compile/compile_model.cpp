#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "attest/compile/compile.hpp"
#include "attest/exact/matrix.hpp"
#include "attest/network/at_length.hpp"
#include "forms.hpp"
#include "plan.hpp"
#include "ranking.hpp"
#include "stop.hpp"

// Boundary by boundary, for each needed position, the set of values that it can hold with a literal for each: the
// construction of FORMAT.md, sections 5 and 6. What a form decides is how a choice of attention becomes gates.

namespace attest::compile {

namespace {

using circuit::Literal;

/// A rational: two headers and two allocations.
constexpr std::size_t bytes_a_number = 96;

class ModelCompiler {
  public:
    ModelCompiler(circuit::Builder& builder, const Inputs& inputs, const network::Transformer& transformer,
                  const Options& options, const base::Limits& limits)
        : builder_(builder),
          inputs_(inputs),
          at_(transformer, inputs.length()),
          t_(*at_),
          options_(options),
          limits_(limits),
          n_(t_.sequence_length(inputs.length())) {}

    CompiledModel compile() {
        refuse_other_kinds();
        readout_ = t_.readout_position(n_);
        plan_memory();
        network::require_values(t_, n_);
        const Plan plan(t_, n_);
        plan_ = &plan;
        values_.resize(static_cast<std::size_t>(n_ + 1));
        embed();
        for (std::size_t b = 1; b <= t_.layers.size(); ++b) advance(b);
        result_.accept = builder_.disjunction(accepting_);
        builder_.set_origin({});
        if (builder_.exhausted()) stop(verdict::Reason::memory, "the circuit passes the memory limit");
        return std::move(result_);
    }

  private:
    void poll() const { compile::poll(builder_, limits_); }

    void refuse_other_kinds() const {
        network::require_decision(t_);
        if (t_.readout.pools())
            stop(verdict::Reason::unsupported,
                 "a readout of all positions (readout.position) is not compiled to a circuit");
        if (t_.kind() == network::AttentionKind::hard) return;
        stop(verdict::Reason::unsupported,
             fmt::format("{} attention is not compiled to a circuit", to_string(t_.kind())));
    }

    /// Value sets alone take this much, whatever the circuit: refuse before, not after, the machine swaps.
    void plan_memory() {
        const double bytes =
            static_cast<double>(n_) * (64 + 24 * static_cast<double>(t_.layers.size() + 1) +
                                       static_cast<double>(inputs_.symbols() * (64 + bytes_a_number * t_.dimension)));
        if (bytes > static_cast<double>(limits_.memory_bytes))
            stop(verdict::Reason::memory,
                 fmt::format("about {:.0f} MiB for the values of {} positions alone", bytes / 0x1p20, n_));
        result_.sizes.positions = n_;
    }

    void embed() {
        for (const std::int64_t p : plan_->positions(0)) {
            const exact::Vector at = network::position_vector(t_, p, n_);
            const auto embedded = [&](const exact::Vector& symbol) {
                exact::Vector y = at;
                exact::add_to(y, symbol);
                return y;
            };
            std::vector<Case> cases;
            const std::int64_t i = p - (t_.begin ? 1 : 0);
            if (i < 1) cases.push_back({embedded(t_.begin_embedding), {circuit::top}});
            else if (i > inputs_.length()) cases.push_back({embedded(t_.end_embedding), {circuit::top}});
            else
                for (language::Symbol a = 0; a < inputs_.symbols(); ++a)
                    cases.push_back({embedded(t_.embedding[a]), {inputs_.present(i, a)}});
            values_[static_cast<std::size_t>(p)] = close(0, p, std::move(cases), false);
        }
        record(0);
    }

    void advance(std::size_t b) {
        const network::Layer& layer = t_.layers[b - 1];
        std::vector<ValueSet> next(values_.size());
        std::optional<Ranker> ranker;
        if (layer.attention) ranker.emplace(t_, b, n_, *plan_, values_);
        for (const std::int64_t p : plan_->positions(b)) {
            poll();
            next[static_cast<std::size_t>(p)] = at_position(b, p, ranker ? &*ranker : nullptr);
        }
        values_ = std::move(next);
        record(b);
    }

    ValueSet at_position(std::size_t b, std::int64_t p, Ranker* ranker) {
        const network::Layer& layer = t_.layers[b - 1];
        const ValueSet& own = values_[static_cast<std::size_t>(p)];
        const std::vector<std::size_t> heads = plan_->live_heads(b, p);

        exact::Vector constant(t_.dimension);
        if (layer.attention)
            for (std::size_t h = 0; h < layer.attention->heads.size(); ++h)
                if (std::find(heads.begin(), heads.end(), h) == heads.end())
                    exact::add_to(constant, ranker->constant(h, p));

        std::map<std::pair<std::size_t, std::uint32_t>, Ranking> rankings;  // by head and query
        std::vector<std::vector<const Ranking*>> asked(own.size());
        double combinations = 0;
        for (std::uint32_t z = 0; z < own.size(); ++z) {
            double product = 1;
            for (const std::size_t h : heads) {
                const std::pair key{h, ranker->query(h, p, z)};
                auto at = rankings.find(key);
                if (at == rankings.end()) at = rankings.emplace(key, ranker->rank(h, p, key.second)).first;
                asked[z].push_back(&at->second);
                product *= static_cast<double>(at->second.images.size());
            }
            combinations += product;
        }
        const double bytes = combinations * static_cast<double>(64 + bytes_a_number * t_.dimension);
        if (bytes > static_cast<double>(limits_.memory_bytes) ||
            combinations > static_cast<double>(options_.most_cases))
            stop(verdict::Reason::memory,
                 fmt::format("layer {} has {:.3g} combinations of values at position {}", b, combinations, p));

        const bool carries = !layer.attention || layer.attention->residual;
        const auto combine = [&](std::size_t z, const std::vector<std::uint32_t>& images) {
            exact::Vector y = carries ? own[z].vector : exact::Vector(t_.dimension);
            exact::add_to(y, constant);
            for (std::size_t h = 0; h < images.size(); ++h) exact::add_to(y, asked[z][h]->images[images[h]]);
            return layer.feedforward ? network::feed_forward(*layer.feedforward, y) : y;
        };
        const Situation situation{p, own, values_, asked, combine, [this] { poll(); }};
        builder_.set_origin(origin(circuit::Origin::Role::attends, b, p));
        if (options_.form == Form::compact) return close(b, p, compact_cases(builder_, situation), true);
        ConstantDepthCases result = constant_depth_cases(builder_, situation);
        return close(b, p, std::move(result.cases), result.one_level);
    }

    /// What later maps see of a vector (FORMAT.md, "View").
    exact::Vector view(std::size_t b, std::int64_t p, const exact::Vector& y) const {
        if (b == t_.layers.size()) return {network::accepts(t_.readout, y) ? 1 : 0};
        exact::Vector seen;
        const auto append = [&](const exact::Vector& part) { seen.insert(seen.end(), part.begin(), part.end()); };
        const auto& attention = t_.layers[b].attention;
        if (plan_->needed(b + 1, p)) {
            for (const std::uint32_t c : plan_->carried(b + 1, p)) seen.push_back(y[c]);
            for (const std::size_t h : plan_->live_heads(b + 1, p))
                if (attention->heads[h].query) append(exact::apply(*attention->heads[h].query, y));
        }
        for (const auto& [h, outputs] : plan_->readers(b + 1, p)) {
            const network::Head& head = attention->heads[h];
            if (head.key) append(exact::apply(*head.key, y));
            const exact::Vector contribution = exact::apply(head.output, exact::apply(head.value, y));
            for (const std::uint32_t c : outputs) seen.push_back(contribution[c]);
        }
        return seen;
    }

    /// Cases to a value set: equal views are one value (FORMAT.md, 6.1).
    /// `join`: a value that holds in several cases gets an OR gate.
    ValueSet close(std::size_t b, std::int64_t p, std::vector<Case> cases, bool join) {
        struct Group {
            exact::Vector vector;
            std::vector<Literal> holds;
            bool accepts;
        };
        std::vector<Group> groups;
        std::map<exact::Vector, std::size_t> group_of;
        for (Case& c : cases) {
            const exact::Vector seen = view(b, p, c.vector);
            const auto [at, fresh] = group_of.try_emplace(seen, groups.size());
            if (fresh) groups.push_back({std::move(c.vector), {}, b == t_.layers.size() && seen[0] == 1});
            auto& holds = groups[at->second].holds;
            holds.insert(holds.end(), c.holds.begin(), c.holds.end());
        }
        const std::vector<bool> dropped = drops(b, p, groups);
        if (const auto left = std::count(dropped.begin(), dropped.end(), false);
            left > static_cast<std::ptrdiff_t>(options_.most_values))
            stop(verdict::Reason::memory, fmt::format("{} values at position {} after layer {}", left, p, b));
        builder_.set_origin(origin(circuit::Origin::Role::value, b, p));
        std::vector<Group> kept;
        for (std::size_t g = 0; g < groups.size(); ++g)
            if (!dropped[g]) kept.push_back(std::move(groups[g]));

        ValueSet set;
        for (std::size_t g = 0; g < kept.size(); ++g) {
            std::vector<Literal> holds = std::move(kept[g].holds);
            if (options_.form == Form::compact)
                holds = {g + 1 < kept.size() ? builder_.disjunction(holds) : remaining(set)};
            else if (kept.size() == 1) holds = {circuit::top};
            else if (join && b < t_.layers.size()) holds = {builder_.disjunction(holds)};
            if (b == t_.layers.size() && p == readout_ && kept[g].accepts)
                accepting_.insert(accepting_.end(), holds.begin(), holds.end());
            set.push_back({std::move(kept[g].vector), std::move(holds)});
        }
        return set;
    }

    /// "None of these values": the last value of a set, said without gates of its own.
    Literal remaining(const ValueSet& others) {
        std::vector<Literal> none;
        for (const Value& v : others) none.push_back(!v.holds.front());
        return builder_.conjunction(none);
    }

    /// Which groups of a value set are left out: those given, and those found never to hold.
    template <typename Groups>
    std::vector<bool> drops(std::size_t b, std::int64_t p, const Groups& groups) {
        std::vector<bool> dropped(groups.size(), false);
        for (std::size_t g = 0; g < groups.size(); ++g) {
            const Drop drop{static_cast<std::int64_t>(b), p, static_cast<std::int64_t>(g)};
            if (!std::binary_search(options_.drops.begin(), options_.drops.end(), drop)) continue;
            dropped[g] = true;
            result_.drops.push_back(drop);
            result_.drop_literals.push_back(builder_.disjunction(groups[g].holds));
        }
        if (options_.never_true && groups.size() > 1) {
            std::vector<std::vector<Literal>> questions;
            for (const auto& group : groups) questions.push_back(group.holds);
            const std::vector<bool> never = options_.never_true(builder_.circuit(), questions);
            for (std::size_t g = 0; g < groups.size(); ++g) {
                if (!never[g] || dropped[g]) continue;
                dropped[g] = true;
                result_.drops.push_back({static_cast<std::int64_t>(b), p, static_cast<std::int64_t>(g)});
            }
        }
        result_.sizes.dropped += static_cast<std::size_t>(std::count(dropped.begin(), dropped.end(), true));
        return dropped;
    }

    circuit::Origin origin(circuit::Origin::Role role, std::size_t b, std::int64_t p) const {
        return {role, static_cast<std::int32_t>(b), -1, p, -1};
    }

    void record(std::size_t b) {
        std::size_t greatest = 0, total = 0;
        for (const std::int64_t p : plan_->positions(b)) {
            greatest = std::max(greatest, values_[static_cast<std::size_t>(p)].size());
            total += values_[static_cast<std::size_t>(p)].size();
        }
        result_.sizes.values.push_back(greatest);
        result_.sizes.values_total.push_back(total);
        if (options_.keep_values) keep_values();
    }

    void keep_values() {
        auto& boundary = result_.values.emplace_back();
        for (std::size_t p = 1; p < values_.size(); ++p) {
            auto& position = boundary.emplace_back();
            for (const Value& v : values_[p]) position.push_back(builder_.disjunction(v.holds));
        }
    }

    circuit::Builder& builder_;
    const Inputs& inputs_;
    network::AtLength at_;
    const network::Transformer& t_;
    const Options& options_;
    const base::Limits& limits_;
    std::int64_t n_;
    std::int64_t readout_ = 0;
    const Plan* plan_ = nullptr;
    std::vector<ValueSet> values_;  // by position, from 1
    std::vector<Literal> accepting_;
    CompiledModel result_;
};

}  // namespace

std::variant<CompiledModel, verdict::Undecided> compile_model(circuit::Builder& builder, const Inputs& inputs,
                                                              const network::Transformer& transformer,
                                                              const Options& options, const base::Limits& limits) {
    try {
        return ModelCompiler(builder, inputs, transformer, options, limits).compile();
    } catch (Stop& s) {
        return std::move(s.why);
    }
}

}  // namespace attest::compile
