#include "checker/translation/translation.hpp"

#include <algorithm>
#include <deque>
#include <optional>

#include "checker/translation/layer_vectors.hpp"

// Hard attention at one length is a constant-depth circuit: layer by layer each position has finitely many activations,
// and a literal says of each that it is the position's [hao2022formal, hahn2020theoretical]. Vectors with equal views
// are one value, since nothing later distinguishes them. Invariant: on a word on which no dropped value occurs exactly
// one literal of each value set is true, and it is the one of the true activation (FORMAT.md section 2, "Why"). Where
// the paper has the set of all activations that any word could give, this has those that attention and drops leave.
// Average attention has means in place of choices, and is of no constant depth (section 25).

namespace attest::checker {
namespace {

class Translator {
  public:
    Translator(Circuit& circuit, const WordInputs& word, const Instance& instance, const std::vector<Drop>& drops,
               Budget& budget)
        : circuit_(circuit),
          word_(word),
          instance_(instance),
          model_(*instance.model),
          needs_(needs_of(instance, budget)),
          drops_(drops),
          budget_(budget) {}

    ModelLiterals run() {
        std::vector<Values> values = boundary(0, [&](std::size_t p) { return embedded(instance_, word_, p, budget_); });
        const std::size_t last = instance_.stack.size();
        for (std::size_t b = 1; b < last; ++b) values = layer(b, values);
        if (last > 0 && averages()) result_.accept = answer(values);
        else if (last > 0) values = layer(last, values);
        drops_.check_all_taken();
        if (last > 0 && averages()) return std::move(result_);
        for (const Value& value : values[instance_.readout.front() - 1])
            if (instance_.accepts(value.vector, budget_)) result_.accept = value.literal;
        return std::move(result_);
    }

  private:
    template <typename Cases>
    std::vector<Values> boundary(std::size_t b, Cases cases) {
        const Views views(instance_, needs_, b, budget_);
        std::vector<Values> values(instance_.n);
        for (std::size_t p = 1; p <= instance_.n; ++p)
            if (needs_.need[b][p - 1])
                values[p - 1] = group_cases(circuit_, cases(p), views, b, p, drops_, result_.dropped);
        return values;
    }

    /// Whether some attention is average.
    bool averages() const {
        return std::any_of(instance_.stack.begin(), instance_.stack.end(), [&](std::size_t l) {
            return model_.layers[l].attention && model_.layers[l].attention->kind == Kind::average;
        });
    }

    /// After the last layer, where some attention is average: those cases of the position that is read which are accepted
    /// (section 25).
    Literal answer(const std::vector<Values>& before) {
        const std::size_t b = instance_.stack.size();
        const std::size_t p = instance_.readout.front();
        std::deque<HeadCircuit> heads = heads_of(circuit_, instance_, b, before, budget_);
        Literals accepting;
        for (const Value& made : after_layer(b, p, before[p - 1], heads))
            if (instance_.accepts(made.vector, budget_)) accepting.push_back(made.literal);
        return circuit_.disjunction(std::move(accepting));
    }

    std::vector<Values> layer(std::size_t b, const std::vector<Values>& before) {
        std::deque<HeadCircuit> heads = heads_of(circuit_, instance_, b, before, budget_);
        return boundary(b, [&](std::size_t p) { return after_layer(b, p, before[p - 1], heads); });
    }

    /// Needs a value set at (b - 1, p): what is needed after a layer is needed before it, be it for no
    /// coordinate.
    Values after_layer(std::size_t b, std::size_t p, const Values& before, std::deque<HeadCircuit>& heads) {
        const Layer& layer = instance_.layer(b - 1);
        const Reads& reads = *needs_.reads[b - 1][p - 1];
        for (std::size_t h = 0; h < heads.size(); ++h)
            if (reads.live[h]) heads[h].begin_position(p, reads.mid);
        const Vector constant = constant_part(instance_, layer, reads, p, budget_);
        Values cases;
        for (const Value& z : before) {
            std::vector<const std::vector<Attended>*> attended;
            for (std::size_t h = 0; h < heads.size(); ++h)
                if (reads.live[h]) attended.push_back(&heads[h].attended(z.vector));
            add_cases(layer, base_of(layer, constant, z.vector, budget_), z.literal, attended, cases);
        }
        return cases;
    }

    /// One case for each combination of the heads' images, the first head's varying slowest.
    void add_cases(const Layer& layer, const Vector& base, Literal literal,
                   const std::vector<const std::vector<Attended>*>& attended, Values& cases) {
        std::vector<std::size_t> choice(attended.size(), 0);
        for (;;) {
            budget_.step(1 + attended.size());
            Literals literals{literal};
            for (std::size_t k = 0; k < choice.size(); ++k) literals.push_back((*attended[k])[choice[k]].literal);
            const Literal both = circuit_.conjunction(std::move(literals));
            if (both != bottom) {
                budget_.memory(48 * base.size());
                Vector y = base;
                for (std::size_t k = 0; k < choice.size(); ++k) add_to(y, *(*attended[k])[choice[k]].image, budget_);
                cases.push_back({fed(layer, std::move(y), budget_), both});
            }
            std::size_t k = choice.size();
            while (k > 0 && ++choice[k - 1] == attended[k - 1]->size()) choice[--k] = 0;
            if (k == 0) return;
        }
    }

    Circuit& circuit_;
    const WordInputs& word_;
    const Instance& instance_;
    const Model& model_;
    Needs needs_;
    Drops drops_;
    Budget& budget_;
    ModelLiterals result_;
};

}  // namespace

ModelLiterals translate_model(Circuit& circuit, const WordInputs& word, const Instance& instance,
                              const std::vector<Drop>& drops, Budget& budget) {
    return Translator(circuit, word, instance, drops, budget).run();
}

}  // namespace attest::checker
