// From a network of hard attention, at one length, to a circuit that accepts the words that it accepts (FORMAT.md,
// sections 5 and 6: the order of gates is a promise, and the checker makes the same).
//
// Statement. On the words of one length the vector of a position after a layer takes finitely many values. So for each
// boundary b and each position p that matters there is a set V(b, p) of values, each with a literal that is true on
// exactly the words on which p holds it; the answer is a disjunction of literals of V(L, readout).
//
// Why. By induction over b. V(0, p) has a value a symbol. After a layer the vector is a function of the value that p
// held and of one image a head, and which image a head takes is decided by which values the other positions hold: the
// head goes down its ranking of pairs (position, value) and takes the first that is there. Two vectors that no later
// map can tell apart are one value, which keeps the sets small (`close`).
//
// What is left to a form is how a choice of attention becomes gates: `compact`, by a chain down the ranking, or
// `constant_depth`, by one AND for each way to choose. A head of average attention has the means of what it may take in
// place of one image (`average`, FORMAT.md, section 25); a model that has one is made in the compact form, and its answer
// is the disjunction of the cases that are accepted, so that a counter at the end is that of a language, gate for gate.
//
// Source  the circuits of [hao2022formal], value by value in place of bit by bit

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <optional>

#include "attest/compile/compile.hpp"
#include "attest/exact/matrix.hpp"
#include "attest/network/at_length.hpp"
#include "average.hpp"
#include "close.hpp"
#include "forms.hpp"
#include "kinds.hpp"
#include "ranking.hpp"
#include "stop.hpp"

namespace attest::compile {

namespace {

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
        const network::Need need(t_, n_);
        need_ = &need;
        close_.emplace(builder_, t_, need, options_, readout_, result_);
        values_.resize(static_cast<std::size_t>(n_ + 1));
        embed();
        for (std::size_t b = 1; b <= t_.layers.size(); ++b) advance(b);
        result_.accept = builder_.disjunction(close_->accepting());
        builder_.set_origin({});
        if (builder_.exhausted()) stop(verdict::Reason::memory, "the circuit passes the memory limit");
        return std::move(result_);
    }

  private:
    void poll() const { compile::poll(builder_, limits_); }

    void refuse_other_kinds() {
        network::require_decision(t_);
        if (t_.readout.pools())
            stop(verdict::Reason::unsupported,
                 "a readout of all positions (readout.position) is not compiled to a circuit");
        averages_ = counts(t_);
        if (!has_circuit(t_))
            stop(verdict::Reason::unsupported,
                 fmt::format("{} attention is not compiled to a circuit", to_string(t_.kind())));
        if (averages_) options_.form = Form::compact;  // counting is not done by AND and OR in constant depth
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
        for (const std::int64_t p : need_->positions(0)) {
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
            values_[static_cast<std::size_t>(p)] = close_->value_set(0, p, std::move(cases), false);
        }
        record(0);
    }

    void advance(std::size_t b) {
        const network::Layer& layer = t_.layers[b - 1];
        std::vector<ValueSet> next(values_.size());
        std::optional<Ranker> ranker;
        if (layer.attention) ranker.emplace(t_, b, n_, *need_, values_);
        for (const std::int64_t p : need_->positions(b)) {
            poll();
            next[static_cast<std::size_t>(p)] = at_position(b, p, ranker ? &*ranker : nullptr);
        }
        values_ = std::move(next);
        record(b);
    }

    /// What the live heads of a position prefer, asked by each value that it can hold.
    struct Asked {
        std::map<std::pair<std::size_t, std::uint32_t>, Ranking> rankings;  // by head and query
        std::vector<std::vector<const Ranking*>> by_value;                  // [own value][live head]
        double combinations = 0;                                            // of an own value and an image a head
    };

    ValueSet at_position(std::size_t b, std::int64_t p, Ranker* ranker) {
        const network::Layer& layer = t_.layers[b - 1];
        const ValueSet& own = values_[static_cast<std::size_t>(p)];
        const std::vector<std::size_t> live = need_->live_heads(b, p);
        const Asked asked = ask(p, own, live, ranker);
        if (options_.switches != nullptr) return switched(b, p, live, asked, ranker);
        const exact::Vector constant = constant_part(layer, p, live, ranker);
        if (layer.attention && layer.attention->kind == network::AttentionKind::average) {
            builder_.set_origin(origin_of(circuit::Origin::Role::attends, b, p));
            const exact::Vector none(t_.dimension);
            std::vector<Case> cases;
            average_cases(
                b, p, means_of(own, asked),
                [&](std::size_t z, const std::vector<const exact::Vector*>& added) {
                    exact::Vector y = layer.attention->residual ? own[z].vector : none;
                    exact::add_to(y, constant);
                    for (const exact::Vector* image : added) exact::add_to(y, *image);
                    return layer.feedforward ? network::feed_forward(*layer.feedforward, y) : y;
                },
                [&](Case one) { cases.push_back(std::move(one)); });
            return closed(b, p, std::move(cases));
        }
        refuse_combinations(b, p, asked.combinations);

        const bool carries = !layer.attention || layer.attention->residual;
        const auto combine = [&](std::size_t z, const std::vector<std::uint32_t>& images) {
            exact::Vector y = carries ? own[z].vector : exact::Vector(t_.dimension);
            exact::add_to(y, constant);
            for (std::size_t h = 0; h < images.size(); ++h) exact::add_to(y, asked.by_value[z][h]->images[images[h]]);
            return layer.feedforward ? network::feed_forward(*layer.feedforward, y) : y;
        };
        const Situation situation{
            .position = p, .own = own, .values = values_, .asked = asked.by_value, .combine = combine, .poll = [this] {
                poll();
            }};
        builder_.set_origin(origin_of(circuit::Origin::Role::attends, b, p));
        if (options_.form == Form::compact) return compact(b, p, situation);
        ConstantDepthCases result = constant_depth_cases(builder_, situation);
        return close_->value_set(b, p, std::move(result.cases), result.one_level);
    }

    ValueSet compact(std::size_t b, std::int64_t p, const Situation& situation) {
        if (averages_ && b == t_.layers.size()) {
            std::vector<Case> cases;
            compact_cases(builder_, situation, [&](Case one) { cases.push_back(std::move(one)); });
            return closed(b, p, std::move(cases));
        }
        Close::Groups groups(*close_, b, p);
        compact_cases(builder_, situation, [&](Case one) {
            groups.add(std::move(one));
            refuse_vectors(b, p, groups.size());
        });
        return close_->value_set(std::move(groups), true);
    }

    /// Of the compact form. Where there is average attention the cases of the end are not gathered: FORMAT.md, 25.
    ValueSet closed(std::size_t b, std::int64_t p, std::vector<Case> cases) {
        if (averages_ && b == t_.layers.size()) return close_->answers(std::move(cases));
        return close_->value_set(b, p, std::move(cases), true);
    }

    /// What the live heads of a position can add, by value and head.
    struct Means {
        std::map<const Ranking*, Averages> of_ranking;
        std::vector<std::vector<const Averages*>> by_value;
    };

    Means means_of(const ValueSet& own, const Asked& asked) {
        const AverageLimits limits{.most_states = options_.most_values, .poll = [this] { poll(); }};
        Means means;
        means.by_value.resize(own.size());
        for (std::size_t z = 0; z < own.size(); ++z)
            for (const Ranking* ranking : asked.by_value[z]) {
                auto at = means.of_ranking.find(ranking);
                if (at == means.of_ranking.end())
                    at = means.of_ranking.emplace(ranking, averages(builder_, *ranking, values_, limits)).first;
                means.by_value[z].push_back(&at->second);
            }
        return means;
    }

    using Added = std::vector<const exact::Vector*>;  // by live head

    /// One for each value that the position holds and each mean a head (FORMAT.md, 25).
    void average_cases(std::size_t b, std::int64_t p, const Means& means,
                       const std::function<exact::Vector(std::size_t, const Added&)>& combine,
                       const std::function<void(Case)>& add) {
        const ValueSet& own = values_[static_cast<std::size_t>(p)];
        double made = 0;
        for (std::size_t z = 0; z < own.size(); ++z) {
            const std::vector<const Averages*>& heads = means.by_value[z];
            std::vector<std::uint32_t> bounds;
            double product = 1;
            for (const Averages* head : heads) {
                bounds.push_back(static_cast<std::uint32_t>(head->images.size()));
                product *= bounds.back();
            }
            refuse_combinations(b, p, made + product);
            Added added(heads.size());
            for_each_choice(bounds, [&](const std::vector<std::uint32_t>& images) {
                std::vector<circuit::Literal> all = own[z].holds;
                for (std::size_t h = 0; h < images.size(); ++h) all.push_back(heads[h]->holds[images[h]]);
                const circuit::Literal holds = builder_.conjunction(all);
                if (holds == circuit::bottom) return;
                for (std::size_t h = 0; h < images.size(); ++h) added[h] = &heads[h]->images[images[h]];
                add({combine(z, added), {holds}});
                ++made;
            });
        }
    }

    /// The parts of a layer that add something at a position: heads from 0, the feed-forward part after them.
    std::vector<std::size_t> switchable(const network::Layer& layer, std::int64_t p,
                                        const std::vector<std::size_t>& live, const Ranker* ranker) const {
        std::vector<std::size_t> parts = live;
        const std::size_t heads = layer.attention ? layer.attention->heads.size() : 0;
        for (std::size_t h = 0; h < heads; ++h)
            if (std::find(live.begin(), live.end(), h) == live.end() &&
                ranker->constant(h, p) != exact::Vector(t_.dimension))
                parts.push_back(h);
        if (layer.feedforward) parts.push_back(heads);
        return parts;
    }

    circuit::Literal switch_of(std::size_t b, std::size_t part) const {
        const auto& heads = options_.switches->heads[b - 1];
        return part < heads.size() ? heads[part] : options_.switches->feedforward[b - 1];
    }

    /// The cases of each choice of parts that stand, which holds besides what each case says.
    ValueSet switched(std::size_t b, std::int64_t p, const std::vector<std::size_t>& live, const Asked& asked,
                      const Ranker* ranker) {
        const network::Layer& layer = t_.layers[b - 1];
        const std::vector<std::size_t> parts = switchable(layer, p, live, ranker);
        refuse_combinations(b, p, std::ldexp(asked.combinations, static_cast<int>(parts.size())));
        std::optional<Means> means;
        if (layer.attention && layer.attention->kind == network::AttentionKind::average)
            means = means_of(values_[static_cast<std::size_t>(p)], asked);
        Close::Groups groups(*close_, b, p);
        std::vector<bool> stands(t_.layers[b - 1].attention ? layer.attention->heads.size() + 1 : 1, true);
        for (std::uint64_t choice = 0; choice < std::uint64_t{1} << parts.size(); ++choice) {
            std::vector<circuit::Literal> chosen;
            for (std::size_t k = 0; k < parts.size(); ++k) {
                stands[parts[k]] = (choice >> k & 1U) == 0;
                chosen.push_back(stands[parts[k]] ? switch_of(b, parts[k]) : !switch_of(b, parts[k]));
            }
            const auto add = [&](Case made) {
                chosen.push_back(made.holds.front());
                made.holds = {builder_.conjunction(chosen)};
                chosen.pop_back();
                if (made.holds.front() != circuit::bottom) groups.add(std::move(made));
                refuse_vectors(b, p, groups.size());
            };
            const auto after = [&](std::size_t z, const Added& added) {
                return combined(layer, p, z, added, live, ranker, stands);
            };
            if (means) {
                average_cases(b, p, *means, after, add);
                continue;
            }
            Added added(live.size());
            const auto combine = [&](std::size_t z, const std::vector<std::uint32_t>& images) {
                for (std::size_t h = 0; h < images.size(); ++h) added[h] = &asked.by_value[z][h]->images[images[h]];
                return after(z, added);
            };
            const Situation situation{.position = p,
                                      .own = values_[static_cast<std::size_t>(p)],
                                      .values = values_,
                                      .asked = asked.by_value,
                                      .combine = combine,
                                      .poll = [this] { poll(); }};
            compact_cases(builder_, situation, add);
        }
        return close_->value_set(std::move(groups), true);
    }

    /// The vector after a layer of which some parts stand.
    exact::Vector combined(const network::Layer& layer, std::int64_t p, std::size_t z, const Added& added,
                           const std::vector<std::size_t>& live, const Ranker* ranker,
                           const std::vector<bool>& stands) const {
        const bool carries = !layer.attention || layer.attention->residual;
        exact::Vector y = carries ? values_[static_cast<std::size_t>(p)][z].vector : exact::Vector(t_.dimension);
        const std::size_t heads = layer.attention ? layer.attention->heads.size() : 0;
        for (std::size_t h = 0; h < heads; ++h)
            if (stands[h] && std::find(live.begin(), live.end(), h) == live.end())
                exact::add_to(y, ranker->constant(h, p));
        for (std::size_t k = 0; k < live.size(); ++k)
            if (stands[live[k]]) exact::add_to(y, *added[k]);
        if (!layer.feedforward) return y;
        if (stands[heads]) return network::feed_forward(*layer.feedforward, y);
        return layer.feedforward->residual ? y : exact::Vector(t_.dimension);
    }

    /// What heads that are not live add at the position, whatever the word.
    exact::Vector constant_part(const network::Layer& layer, std::int64_t p, const std::vector<std::size_t>& live,
                                const Ranker* ranker) const {
        exact::Vector constant(t_.dimension);
        if (!layer.attention) return constant;
        for (std::size_t h = 0; h < layer.attention->heads.size(); ++h)
            if (std::find(live.begin(), live.end(), h) == live.end()) exact::add_to(constant, ranker->constant(h, p));
        return constant;
    }

    Asked ask(std::int64_t p, const ValueSet& own, const std::vector<std::size_t>& live, Ranker* ranker) const {
        Asked asked;
        asked.by_value.resize(own.size());
        for (std::uint32_t z = 0; z < own.size(); ++z) {
            double product = 1;
            for (const std::size_t h : live) {
                const std::pair key{h, ranker->query(h, p, z)};
                auto at = asked.rankings.find(key);
                if (at == asked.rankings.end()) at = asked.rankings.emplace(key, ranker->rank(h, p, key.second)).first;
                asked.by_value[z].push_back(&at->second);
                product *= static_cast<double>(at->second.images.size());
            }
            asked.combinations += product;
        }
        return asked;
    }

    void refuse_combinations(std::size_t b, std::int64_t p, double combinations) const {
        if (options_.form != Form::compact) refuse_vectors(b, p, combinations);
        if (combinations * 64 > static_cast<double>(limits_.memory_bytes) ||
            combinations > static_cast<double>(options_.most_cases))
            stop(verdict::Reason::memory,
                 fmt::format("layer {} has {:.3g} combinations of values at position {}", b, combinations, p));
    }

    /// In the compact form vectors of equal views are held once, else all of them.
    template <typename Count>
    void refuse_vectors(std::size_t b, std::int64_t p, Count vectors) const {
        const double bytes = static_cast<double>(vectors) * static_cast<double>(64 + bytes_a_number * t_.dimension);
        if (bytes > static_cast<double>(limits_.memory_bytes))
            stop(verdict::Reason::memory, fmt::format("layer {} has {:.3g} combinations of values at position {}", b,
                                                      static_cast<double>(vectors), p));
    }

    void record(std::size_t b) {
        std::size_t greatest = 0, total = 0;
        for (const std::int64_t p : need_->positions(b)) {
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
    Options options_;
    const base::Limits& limits_;
    std::int64_t n_;
    bool averages_ = false;  // whether some attention is average
    std::int64_t readout_ = 0;
    const network::Need* need_ = nullptr;
    std::optional<Close> close_;
    std::vector<ValueSet> values_;  // by position, from 1
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
