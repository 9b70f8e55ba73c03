#include "checker/gates/model_gates.hpp"

#include <algorithm>
#include <deque>
#include <optional>

#include "checker/gates/head_terms.hpp"
#include "checker/translation/layer_vectors.hpp"

// The circuit of a model as in `../translation/translation`, with threshold gates: value sets with one literal a value, of which
// exactly one is true. What a head can add is told by sums that gates compare, and not counted from left to right, so that weights
// may be as large as they like where only the sign of a sum is asked for.

namespace attest::checker {
namespace {

class Translator {
  public:
    Translator(const Instance& instance, Budget& budget)
        : instance_(instance),
          model_(*instance.model),
          word_{instance.model->alphabet.size(), instance.length},
          needs_(needs_of(instance, budget)),
          budget_(budget),
          no_circuit_(0, budget),
          circuit_(word_.count(), budget) {}

    ModelGates run() {
        const std::size_t last = instance_.stack.size();
        std::vector<Values> values = boundary(0, [&](std::size_t p) { return embedded(instance_, word_, p, budget_); });
        for (std::size_t b = 1; b < last; ++b) values = layer(b, values);
        Literal accept = bottom;
        if (const auto answer = last > 0 ? linear_answer(values) : std::nullopt) {
            accept = *answer;
        } else {
            if (last > 0) values = layer(last, values);
            for (const Value& value : values[instance_.readout.front() - 1])
                if (instance_.accepts(value.vector, budget_)) accept = value.literal;
        }
        ThresholdCircuit cone = circuit_.cone(accept);
        return {std::move(cone), accept};
    }

  private:
    template <typename Cases>
    std::vector<Values> boundary(std::size_t b, Cases cases) {
        const Views views(instance_, needs_, b, budget_);
        std::vector<Values> values(instance_.n);
        for (std::size_t p = 1; p <= instance_.n; ++p)
            if (needs_.need[b][p - 1]) values[p - 1] = grouped(views, p, cases(p));
        return values;
    }

    /// Cases of one view are one value.
    Values grouped(const Views& views, std::size_t p, const Values& cases) {
        std::map<Vector, std::size_t, VectorLess> numbers;
        std::vector<std::pair<const Vector*, Literals>> groups;
        for (const Value& one : cases) {
            budget_.step(16 + one.vector.size());
            const auto [entry, fresh] = numbers.try_emplace(views.view(p, one.vector), groups.size());
            if (fresh) groups.push_back({&one.vector, {}});
            groups[entry->second].second.push_back(one.literal);
        }
        Values values;
        for (const auto& [vector, literals] : groups) {
            budget_.memory(64 + 48 * vector->size());
            values.push_back({*vector, groups.size() == 1 ? top : circuit_.disjunction(literals)});
        }
        return values;
    }

    std::vector<Values> layer(std::size_t b, const std::vector<Values>& before) {
        std::deque<HeadCircuit> heads = heads_of(no_circuit_, instance_, b, before, budget_);
        ways_.clear();  // they are of the heads' images
        return boundary(b, [&](std::size_t p) { return after_layer(b, p, before[p - 1], heads); });
    }

    Values after_layer(std::size_t b, std::size_t p, const Values& before, std::deque<HeadCircuit>& heads) {
        const Layer& layer = instance_.layer(b - 1);
        const std::vector<std::size_t> live = live_heads(b, p, heads);
        const Vector constant = constant_part(instance_, layer, *needs_.reads[b - 1][p - 1], p, budget_);
        Values cases;
        for (const Value& z : before) {
            std::vector<const std::vector<HeadTerm>*> terms;
            for (const std::size_t h : live) terms.push_back(&terms_of(layer, h, heads[h], z.vector));
            add_cases(layer, base_of(layer, constant, z.vector, budget_), z.literal, terms, cases);
        }
        return cases;
    }

    std::vector<std::size_t> live_heads(std::size_t b, std::size_t p, std::deque<HeadCircuit>& heads) const {
        const Reads& reads = *needs_.reads[b - 1][p - 1];
        std::vector<std::size_t> live;
        for (std::size_t h = 0; h < heads.size(); ++h) {
            if (!reads.live[h]) continue;
            heads[h].begin_position(p, reads.mid);
            live.push_back(h);
        }
        return live;
    }

    /// What ranks alike, at several positions or for several values, is formed once.
    const std::vector<HeadTerm>& terms_of(const Layer& layer, std::size_t h, HeadCircuit& head, const Vector& z) {
        const std::vector<ScoreClass> classes = head.ranked(z);
        const std::vector<const Vector*> images = head.images();
        std::vector<std::uint32_t> key{static_cast<std::uint32_t>(h)};
        for (const ScoreClass& steps : classes) {
            key.push_back(UINT32_MAX);
            for (const Step& step : steps) {
                key.push_back(step.whole ? UINT32_MAX - 1 : UINT32_MAX - 2);
                for (const auto& [image, literal] : step.values) {
                    key.push_back(image);
                    key.push_back(literal);
                }
            }
        }
        budget_.step(4 + key.size());
        const auto [entry, fresh] = ways_.try_emplace({images.front(), std::move(key)});
        if (!fresh) return entry->second;
        budget_.memory(128 + 4 * entry->first.second.size());
        if (layer.attention->kind == Kind::average) entry->second = mean_terms(circuit_, {classes, images});
        else entry->second = choice_terms(circuit_, {classes, images}, layer.attention->heads[h].tie == Tie::left);
        return entry->second;
    }

    /// One case for each combination of the heads' ways, the first head's varying slowest.
    void add_cases(const Layer& layer, const Vector& base, Literal literal,
                   const std::vector<const std::vector<HeadTerm>*>& terms, Values& cases) {
        std::vector<std::size_t> choice(terms.size(), 0);
        for (;;) {
            budget_.step(4 + terms.size() + base.size());
            Literals literals{literal};
            Vector y = base;
            for (std::size_t k = 0; k < choice.size(); ++k) {
                const HeadTerm& term = (*terms[k])[choice[k]];
                literals.insert(literals.end(), term.holds.begin(), term.holds.end());
                add_to(y, term.image, budget_);
            }
            const Literal all = circuit_.conjunction(literals);
            if (all != bottom) {
                budget_.memory(48 * base.size());
                cases.push_back({fed(layer, std::move(y), budget_), all});
            }
            std::size_t k = choice.size();
            while (k > 0 && ++choice[k - 1] == terms[k - 1]->size()) choice[--k] = 0;
            if (k == 0) return;
        }
    }

    /// Where the last layer is one mean and no feed-forward part, of one class whatever is asked for: a gate for each value
    /// of the position that is read.
    std::optional<Literal> linear_answer(const std::vector<Values>& before) {
        const std::size_t b = instance_.stack.size();
        const Layer& layer = instance_.layer(b - 1);
        if (!layer.attention || layer.attention->kind != Kind::average || layer.feedforward ||
            model_.readout.has_classes())
            return std::nullopt;
        std::deque<HeadCircuit> heads = heads_of(no_circuit_, instance_, b, before, budget_);
        const std::size_t r = instance_.readout.front();
        const std::vector<std::size_t> live = live_heads(b, r, heads);
        if (live.size() != 1) return std::nullopt;
        HeadCircuit& head = heads[live.front()];
        std::vector<ScoreClass> found;
        for (const Value& z : before[r - 1]) {
            std::vector<ScoreClass> classes = head.ranked(z.vector);
            if (classes.size() != 1) return std::nullopt;
            found.push_back(std::move(classes.front()));
        }
        const std::vector<const Vector*> images = head.images();
        const Vector constant = constant_part(instance_, layer, *needs_.reads[b - 1][r - 1], r, budget_);
        Literals accepting;
        for (std::size_t k = 0; k < found.size(); ++k) {
            const Value& z = before[r - 1][k];
            const Rational rest =
                score(base_of(layer, constant, z.vector, budget_)) + instance_.readout_bias.front().rational();
            const Literal positive = circuit_.threshold(weighed(found[k], images, rest), 1);
            accepting.push_back(circuit_.conjunction({z.literal, positive}));
        }
        return circuit_.disjunction(accepting);
    }

    Rational score(const Vector& y) const { return Affine{model_.readout.weight, KeptVector(1)}(y, budget_)[0]; }

    /// What the candidates of one class add to the sum that must be positive, in whole numbers.
    std::vector<std::pair<Literal, mpz_class>> weighed(const ScoreClass& steps,
                                                       const std::vector<const Vector*>& images, const Rational& rest) {
        std::map<std::uint32_t, Rational> weights;
        mpz_class denominator = 1;
        for (const Step& step : steps)
            for (const auto& [image, literal] : step.values) {
                const auto [entry, fresh] = weights.try_emplace(image);
                if (!fresh) continue;
                entry->second = score(*images[image]) + rest;
                budget_.arithmetic(mpz_size(denominator.get_mpz_t()) + digits_of(entry->second));
                denominator = lcm(denominator, entry->second.get_den());
            }
        std::vector<std::pair<Literal, mpz_class>> terms;
        for (const Step& step : steps)
            for (const auto& [image, literal] : step.values) {
                const Rational& weight = weights.at(image);
                budget_.arithmetic(mpz_size(denominator.get_mpz_t()));
                terms.emplace_back(literal, weight.get_num() * (denominator / weight.get_den()));
            }
        return terms;
    }

    const Instance& instance_;
    const Model& model_;
    WordInputs word_;
    Needs needs_;
    Budget& budget_;
    Circuit no_circuit_;  ///< heads rank, and make no gates of their own
    ThresholdCircuit circuit_;
    std::map<std::pair<const Vector*, std::vector<std::uint32_t>>, std::vector<HeadTerm>> ways_;  ///< of the layer
};

}  // namespace

ModelGates model_gates(const Instance& instance, Budget& budget) { return Translator(instance, budget).run(); }

}  // namespace attest::checker
