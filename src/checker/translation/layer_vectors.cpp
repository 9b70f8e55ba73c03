#include "checker/translation/layer_vectors.hpp"

namespace attest::checker {

Values embedded(const Instance& instance, const WordInputs& word, std::size_t p, Budget& budget) {
    const Model& model = *instance.model;
    if (!instance.is_word(p)) {
        const bool is_begin = model.begin && p == 1;
        return {{instance.embed(is_begin ? *model.begin : *model.end, p, budget), top}};
    }
    Values cases;
    for (std::size_t a = 0; a < model.alphabet.size(); ++a)
        cases.push_back({instance.embed(model.alphabet[a], p, budget), word.present(instance.word_index(p), a)});
    return cases;
}

std::deque<HeadCircuit> heads_of(Circuit& circuit, const Instance& instance, std::size_t b,
                                 const std::vector<Values>& before, Budget& budget) {
    std::deque<HeadCircuit> heads;
    if (const auto& attention = instance.layer(b - 1).attention)
        for (std::size_t h = 0; h < attention->heads.size(); ++h)
            heads.emplace_back(circuit, instance, b - 1, h, before, budget);
    return heads;
}

Vector constant_part(const Instance& instance, const Layer& layer, const Reads& reads, std::size_t p, Budget& budget) {
    Vector sum(instance.model->dimension);
    for (std::size_t h = 0; h < reads.live.size(); ++h) {
        const Head& head = layer.attention->heads[h];
        if (reads.live[h] || !sees_some(head.mask, p, instance.n)) continue;
        add_to(sum, head.output(head.value(Vector(instance.model->dimension), budget), budget), budget);
    }
    return sum;
}

Vector base_of(const Layer& layer, const Vector& constant, const Vector& z, Budget& budget) {
    Vector base = constant;
    if (!layer.attention || layer.attention->residual) add_to(base, z, budget);
    return base;
}

Vector fed(const Layer& layer, Vector y, Budget& budget) {
    if (!layer.feedforward) return y;
    Vector z = (*layer.feedforward)(y, budget);
    if (layer.feedforward->residual) add_to(z, y, budget);
    return z;
}

}  // namespace attest::checker
