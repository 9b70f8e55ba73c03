#include "checker/network/instance.hpp"

#include "checker/kernel/defect.hpp"

// MODEL.md, sections 5 to 9: a model at one word length. Whatever is an expression in i, j, n becomes a number; then a
// model is vectors and affine maps, and evaluation needs no more of the file. A length at which some expression has no
// value has no model.

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

std::string position_place(std::size_t c) { return "model.json: position[" + std::to_string(c) + "]"; }

std::vector<Vector> position_vectors(const Model& model, std::size_t n, Budget& budget) {
    std::vector<Vector> vectors;
    vectors.reserve(n);
    for (std::size_t p = 1; p <= n; ++p) {
        budget.step(16 + 8 * model.dimension);
        if (model.table) {
            vectors.push_back(rationals(model.table->row(p)));
            for (const Rational& entry : vectors.back()) budget.memory(8 * digits_of(entry));
            continue;
        }
        vectors.emplace_back(model.dimension);
        Bindings at;
        at.i = static_cast<long>(p);
        at.n = static_cast<long>(n);
        for (std::size_t c = 0; c < model.position.size(); ++c)
            vectors.back()[c] = evaluate(model.position[c], at, position_place(c), budget);
    }
    return vectors;
}

/// How often the layer stands in a sequence of n.
std::size_t times(const Layer& layer, std::size_t n, Budget& budget) {
    constexpr long most = 65'536;
    Bindings at;
    at.n = static_cast<long>(n);
    const std::string place = layer.place + ".repeat";
    const Rational value = evaluate(layer.repeat, at, place, budget);
    if (value.get_den() != 1 || value < 0 || value > most)
        throw Defect(place, "a layer cannot stand " + value.get_str() + " times");
    return value.get_num().get_ui();
}

std::vector<std::size_t> stack_of(const Model& model, std::size_t n, Budget& budget) {
    std::vector<std::size_t> stack;
    for (std::size_t l = 0; l < model.layers.size(); ++l) {
        const std::size_t count = times(model.layers[l], n, budget);
        budget.memory(16, count);
        // What is read of it is kept for each time that it stands.
        if (count > 1) budget.memory(count - 1, n * (512 + model.dimension));
        stack.insert(stack.end(), count, l);
    }
    return stack;
}

std::vector<std::size_t> readout_positions(const Readout& readout, const Shape& shape) {
    std::vector<std::size_t> positions;
    if (readout.where != Readout::Where::position) {
        for (std::size_t p = 1; p <= shape.n; ++p)
            if (readout.where != Readout::Where::each || shape.is_word(p)) positions.push_back(p);
        return positions;
    }
    const long p = readout.position;
    const long count = static_cast<long>(shape.n);
    const long resolved = p > 0 ? p : count + 1 + p;
    if (resolved < 1 || resolved > count)
        throw Defect("model.json: readout.position",
                     "position " + std::to_string(p) + " of a sequence of " + std::to_string(shape.n));
    return {static_cast<std::size_t>(resolved)};
}

void check_table(const Model& model, std::size_t n) {
    if (!model.table || (model.table->has(1) && model.table->has(n))) return;
    const long first = model.table->first, last = first + static_cast<long>(model.table->rows.size()) - 1;
    throw Defect("model.json: position.table", "the model has positions " + std::to_string(first) + " to " +
                                                   std::to_string(last) + ", the sequence 1 to " + std::to_string(n));
}

}  // namespace

Shape shape_of(const Model& model, std::size_t length, Budget& budget) {
    if (model.max_length && length > *model.max_length)
        throw Defect("manifest.json: claim.length",
                     "the model is for words of at most " + std::to_string(*model.max_length) + " symbols");
    Shape shape;
    shape.model = &model;
    shape.length = length;
    shape.n = length + (model.begin ? 1 : 0) + (model.end ? 1 : 0);
    if (shape.n == 0) throw Defect("manifest.json: claim.length", "the sequence is empty");
    if (model.readout.where != Readout::Where::position) budget.memory(8, shape.n);
    shape.readout = readout_positions(model.readout, shape);
    check_table(model, shape.n);
    shape.stack = stack_of(model, shape.n, budget);
    // Whatever follows keeps a few vectors for each position and something for each boundary.
    budget.memory(shape.n, 256 * model.dimension + 256 * (shape.stack.size() + 1));
    return shape;
}

bool Shape::is_word(std::size_t p) const { return word_index(p) >= 1 && word_index(p) <= length; }

std::size_t Shape::word_index(std::size_t p) const { return p - (model->begin ? 1 : 0); }

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

bool sees_some(Mask mask, std::size_t p, std::size_t n) {
    return !(mask == Mask::strict && p == 1) && !(mask == Mask::strict_future && p == n);
}

BiasTable::BiasTable(const Head& head, std::size_t n, Budget& budget) : n_(n), values_(1) {
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
            if (!may_see(head.mask, p, j)) continue;
            at.i = static_cast<long>(p);
            at.j = static_cast<long>(j);
            values_[(p - 1) * n + (j - 1)] = evaluate(head.bias, at, head.place + ".bias", budget);
        }
    }
}

Vector Instance::embed(const std::string& symbol, std::size_t p, Budget& budget) const {
    Vector vector = rationals(model->embedding.at(symbol));
    add_to(vector, position[p - 1], budget);
    return vector;
}

bool Instance::accepts(const Vector& y, Budget& budget) const {
    const Readout& read = model->readout;
    if (!read.decides()) throw Defect("model.json: readout", "the model accepts and rejects nothing");
    const Vector logits = Affine{read.weight, readout_bias}(y, budget);
    if (!read.has_classes()) return logits[0] > 0;
    std::size_t best = 0;
    for (std::size_t c = 1; c < logits.size(); ++c) {
        budget.arithmetic(digits_of(logits[c]));
        if (logits[c] > logits[best]) best = c;
    }
    return read.accepted[best];
}

Instance instantiate(const Model& model, std::size_t length, Budget& budget) {
    Instance instance{shape_of(model, length, budget), {}, {}, {}};
    const std::size_t n = instance.n;
    instance.position = position_vectors(model, n, budget);
    for (const Layer& layer : model.layers) {
        auto& heads = instance.heads.emplace_back();
        if (!layer.attention) continue;
        for (const Head& head : layer.attention->heads)
            heads.push_back({scale_of(*layer.attention, head, n, budget), BiasTable(head, n, budget)});
    }
    Bindings at;
    at.n = static_cast<long>(n);
    for (const Expression& bias : model.readout.bias)
        instance.readout_bias.push_back(evaluate(bias, at, "model.json: readout.bias", budget));
    return instance;
}

}  // namespace attest::checker
