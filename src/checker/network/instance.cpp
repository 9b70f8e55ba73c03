#include "checker/network/instance.hpp"

#include "checker/kernel/defect.hpp"

namespace attest::checker {
namespace {

/// A value that is kept, drawn from the budget.
Rational evaluate(const Expression& expression, const Bindings& at, const std::string& place, Budget& budget) {
    try {
        Rational value = expression.value(at, budget);
        budget.memory(8 * digits_of(value));
        return value;
    } catch (const Defect& defect) {
        throw Defect(place, std::string(defect.what()) + " at i = " + std::to_string(at.i) +
                                ", j = " + std::to_string(at.j) + ", n = " + std::to_string(at.n));
    }
}

Rational scale_of(const Attention& attention, const Head& head, std::size_t n, Budget& budget) {
    if (!head.query) return 1;
    Bindings at;
    at.n = static_cast<long>(n);
    at.dk = static_cast<long>(head.query->outputs());
    Rational scale = evaluate(attention.scale, at, attention.place + ".scale", budget);
    if (scale <= 0) throw Defect(attention.place + ".scale", "the scale is not positive");
    return scale;
}

std::vector<Vector> position_vectors(const Model& model, std::size_t n, Budget& budget) {
    std::vector<Vector> vectors(n, Vector(model.dimension));
    for (std::size_t p = 1; p <= n && !model.position.empty(); ++p) {
        Bindings at;
        at.i = static_cast<long>(p);
        at.n = static_cast<long>(n);
        for (std::size_t c = 0; c < model.dimension; ++c)
            vectors[p - 1][c] =
                evaluate(model.position[c], at, "model.json: position[" + std::to_string(c) + "]", budget);
    }
    return vectors;
}

}  // namespace

std::size_t readout_position(const Model& model, std::size_t n) {
    const long p = model.readout_position;
    const long count = static_cast<long>(n);
    const long resolved = p > 0 ? p : count + 1 + p;
    if (resolved < 1 || resolved > count)
        throw Defect("model.json: readout.position",
                     "position " + std::to_string(p) + " of a sequence of " + std::to_string(n));
    return static_cast<std::size_t>(resolved);
}

bool may_see(Mask mask, std::size_t p, std::size_t j) {
    switch (mask) {
        case Mask::none: return true;
        case Mask::causal: return j <= p;
        case Mask::strict: return j < p;
        case Mask::future: return j >= p;
        case Mask::strict_future: return j > p;
    }
    return false;
}

BiasTable::BiasTable(const Head& head, Mask mask, std::size_t n, Budget& budget) : n_(n), values_(1) {
    Bindings at;
    at.n = static_cast<long>(n);
    if (head.bias.is_constant()) {
        values_[0] = evaluate(head.bias, at, head.place + ".bias", budget);
        return;
    }
    budget.memory(n, 96 * n);
    values_.resize(n * n);
    for (std::size_t p = 1; p <= n; ++p) {
        for (std::size_t j = 1; j <= n; ++j) {
            budget.step(16);
            if (!may_see(mask, p, j)) continue;
            at.i = static_cast<long>(p);
            at.j = static_cast<long>(j);
            values_[(p - 1) * n + (j - 1)] = evaluate(head.bias, at, head.place + ".bias", budget);
        }
    }
}

bool Instance::is_word(std::size_t p) const { return word_index(p) >= 1 && word_index(p) <= length; }

std::size_t Instance::word_index(std::size_t p) const { return p - (model->begin ? 1 : 0); }

Vector Instance::embed(const std::string& symbol, std::size_t p, Budget& budget) const {
    Vector vector = model->embedding.at(symbol);
    add_to(vector, position[p - 1], budget);
    return vector;
}

Instance instantiate(const Model& model, std::size_t length, Budget& budget) {
    Instance instance;
    instance.model = &model;
    instance.length = length;
    instance.n = length + (model.begin ? 1 : 0) + (model.end ? 1 : 0);
    if (instance.n == 0) throw Defect("manifest.json: claim.length", "the sequence is empty");
    instance.readout = readout_position(model, instance.n);
    // Whatever follows keeps a few vectors for each position and something for each boundary.
    budget.memory(instance.n, 256 * model.dimension + 256 * (model.layers.size() + 1));
    instance.position = position_vectors(model, instance.n, budget);
    for (const Layer& layer : model.layers) {
        auto& heads = instance.layers.emplace_back();
        if (!layer.attention) continue;
        for (const Head& head : layer.attention->heads)
            heads.push_back({scale_of(*layer.attention, head, instance.n, budget),
                             BiasTable(head, layer.attention->mask, instance.n, budget)});
    }
    return instance;
}

}  // namespace attest::checker
