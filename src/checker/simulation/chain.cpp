#include "checker/simulation/chain.hpp"

#include <algorithm>

#include "checker/kernel/defect.hpp"
#include "checker/network/evaluator.hpp"

// MODEL.md, section 12, by definition. The vectors of the past are not computed again, since what comes later does not
// change them.

namespace attest::checker {
namespace {

Vector at_position(const std::vector<Expression>& position, std::size_t i, const std::string& place, Budget& budget) {
    Bindings at;
    at.i = static_cast<long>(i);
    Vector x;
    for (std::size_t c = 0; c < position.size(); ++c) try {
            x.push_back(position[c].value(at, budget));
        } catch (const Defect& defect) {
            throw Defect("network.json: " + place + "[" + std::to_string(c) + "]",
                         std::string(defect.what()) + " at i = " + std::to_string(i));
        }
    return x;
}

void require_exact(const std::optional<ChainAttention>& part) {
    if (part && part->kind == Kind::softmax)
        throw Defect("network.json: decoder.layers", "softmax attention is not evaluated exactly");
}

/// The encoder as a model that is read at each position.
Model encoder_of(const Chain& chain) {
    Model model;
    for (std::size_t s = 0; s < chain.embedding.size(); ++s) {
        model.alphabet.push_back("t" + std::to_string(s));
        model.embedding[model.alphabet.back()] = kept(chain.embedding[s]);
    }
    model.dimension = chain.dimension;
    model.position = chain.encoder_position;
    model.layers = chain.encoder_layers;
    model.readout.where = Readout::Where::each;
    return model;
}

}  // namespace

Vector through(const std::vector<Affine>& maps, Vector x, Budget& budget) {
    for (std::size_t m = 0; m < maps.size(); ++m) {
        if (m > 0)
            for (Rational& value : x)
                if (value < 0) value = 0;
        x = maps[m](x, budget);
    }
    return x;
}

ChainRun::ChainRun(const Chain& chain, const std::vector<std::size_t>& tokens, Budget& budget)
    : chain_(chain), budget_(budget), y_(chain.start) {
    const std::vector<Vector> encoded = encode(tokens);
    for (const ChainLayer& layer : chain.layers) {
        require_exact(layer.self);
        require_exact(layer.cross);
        self_.emplace_back(layer.self ? layer.self->heads.size() : 0);
        cross_.emplace_back(layer.cross ? layer.cross->heads.size() : 0);
        for (std::size_t h = 0; h < cross_.back().size(); ++h)
            for (const Vector& x : encoded) remember(layer.cross->heads[h], x, cross_.back()[h]);
    }
}

std::vector<Vector> ChainRun::encode(const std::vector<std::size_t>& tokens) const {
    if (!chain_.encoder_layers.empty()) {
        const Model model = encoder_of(chain_);
        return final_vectors(instantiate(model, tokens.size(), budget_), tokens, budget_);
    }
    std::vector<Vector> encoded;
    for (std::size_t i = 1; i <= tokens.size(); ++i) {
        budget_.memory(64, chain_.dimension);
        encoded.push_back(chain_.embedding[tokens[i - 1]]);
        if (!chain_.encoder_position.empty())
            add_to(encoded.back(), at_position(chain_.encoder_position, i, "encoder.position", budget_), budget_);
    }
    return encoded;
}

void ChainRun::remember(const ChainHead& head, const Vector& x, Memory& memory) {
    Vector value = head.value(x, budget_);
    budget_.memory(48, value.size());
    if (head.key) {
        memory.keys.push_back((*head.key)(x, budget_));
        budget_.memory(64, memory.keys.back().size());
    }
    if (memory.sum.empty()) memory.sum = value;
    else add_to(memory.sum, value, budget_);
    memory.values.push_back(std::move(value));
}

bool ChainRun::step() {
    one_each_ = true;
    Vector x = y_;
    if (!chain_.decoder_position.empty())
        add_to(x, at_position(chain_.decoder_position, time_ + 1, "decoder.position", budget_), budget_);
    for (std::size_t l = 0; l < chain_.layers.size(); ++l) {
        const ChainLayer& layer = chain_.layers[l];
        if (layer.self) {
            for (std::size_t h = 0; h < self_[l].size(); ++h) remember(layer.self->heads[h], x, self_[l][h]);
            attend(*layer.self, self_[l], x);
        }
        if (layer.cross) attend(*layer.cross, cross_[l], x);
        if (!layer.maps.empty()) add_to(x, through(layer.maps, x, budget_), budget_);
    }
    y_ = through(chain_.output, std::move(x), budget_);
    ++time_;
    return one_each_;
}

void ChainRun::attend(const ChainAttention& part, const std::vector<Memory>& memory, Vector& x) {
    Vector sum(chain_.dimension);
    for (std::size_t h = 0; h < part.heads.size(); ++h) {
        const ChainHead& head = part.heads[h];
        const Vector mean = look(part, head, memory[h], x);
        add_to(sum, head.output ? (*head.output)(mean, budget_) : mean, budget_);
    }
    add_to(x, sum, budget_);
}

Vector ChainRun::look(const ChainAttention& part, const ChainHead& head, const Memory& memory, const Vector& x) {
    std::vector<std::size_t> best;
    if (head.query) {
        const Vector query = (*head.query)(x, budget_);
        Rational greatest;
        for (std::size_t j = 0; j < memory.keys.size(); ++j) {
            Rational score = dot(query, memory.keys[j], budget_);
            if (part.negative_absolute && score > 0) score = -score;
            if (best.empty() || score > greatest) {
                greatest = score;
                best.clear();
            }
            if (score == greatest) best.push_back(j);
        }
        one_each_ = one_each_ && best.size() == 1;
    } else if (part.kind != Kind::average) {
        best = {0, memory.values.size() - 1};
    }
    if (part.kind != Kind::average) return memory.values[part.tie == Tie::left ? best.front() : best.back()];
    Vector mean = head.query ? Vector(chain_.dimension > 0 ? memory.values[0].size() : 0) : memory.sum;
    for (const std::size_t j : best) add_to(mean, memory.values[j], budget_);
    const Rational count(static_cast<unsigned long>(head.query ? best.size() : memory.values.size()));
    for (Rational& value : mean) {
        budget_.step();
        if (value != 0) value /= count;
    }
    return mean;
}

}  // namespace attest::checker
