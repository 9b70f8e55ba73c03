#include "network/seq2seq/run.hpp"

#include "attest/base/error.hpp"
#include "attest/network/evaluate.hpp"

// By definition, with two economies: what positions of the past were is remembered, since later ones do not change them;
// and of a head that has neither queries nor keys, whose mean is that of all, only the sum is.

namespace attest::network {

namespace {

exact::Vector at_position(const std::vector<exact::Expression>& position, std::size_t i) {
    exact::Vector x(position.size());
    for (std::size_t c = 0; c < x.size(); ++c) x[c] = position[c].evaluate({static_cast<std::int64_t>(i), 0, 0, 0});
    return x;
}

exact::Vector through(const std::vector<exact::AffineMap>& maps, exact::Vector x) {
    for (std::size_t m = 0; m < maps.size(); ++m) {
        if (m > 0) exact::rectify(x);
        x = exact::apply(maps[m], x);
    }
    return x;
}

/// The encoder as a model whose answer at each position is the final vector.
Transformer encoder_of(const Seq2seq& network) {
    std::vector<std::string> symbols;
    for (std::size_t s = 0; s < network.embedding.size(); ++s) symbols.push_back("t" + std::to_string(s));
    Transformer t;
    t.alphabet = language::Alphabet(symbols);
    t.dimension = network.dimension;
    t.embedding = network.embedding;
    t.position = network.encoder_position;
    t.layers = network.encoder_layers;
    t.readout.reading = Readout::Reading::each;
    Classes& classes = t.readout.classes.emplace();
    classes.logits.weight.columns = network.dimension;
    for (std::size_t c = 0; c < network.dimension; ++c) {
        classes.names.push_back(std::to_string(c));
        classes.logits.weight.rows.push_back({{static_cast<std::uint32_t>(c), exact::Rational(1)}});
    }
    return t;
}

void require_exact(const std::optional<ChainAttention>& part) {
    if (part && part->kind == AttentionKind::softmax)
        throw base::Unsupported("a network of attest/seq2seq with softmax attention is not evaluated exactly");
}

}  // namespace

Seq2seqRun::Seq2seqRun(const Seq2seq& network, const std::vector<std::size_t>& tokens)
    : network_(network), y_(network.start) {
    const std::vector<exact::Vector> encoded = encode(tokens);
    for (const ChainLayer& layer : network.layers) {
        require_exact(layer.self);
        require_exact(layer.cross);
        self_.emplace_back(layer.self ? layer.self->heads.size() : 0);
        cross_.emplace_back(layer.cross ? layer.cross->heads.size() : 0);
        for (std::size_t h = 0; h < cross_.back().size(); ++h)
            for (const exact::Vector& x : encoded) remember(layer.cross->heads[h], x, cross_.back()[h]);
    }
}

std::vector<exact::Vector> Seq2seqRun::encode(const std::vector<std::size_t>& tokens) const {
    if (!network_.encoder_layers.empty()) {
        const Transformer encoder = encoder_of(network_);
        return Evaluator(encoder, static_cast<std::int64_t>(tokens.size()))
            .answer({tokens.begin(), tokens.end()})
            .logits;
    }
    std::vector<exact::Vector> encoded;
    for (std::size_t i = 1; i <= tokens.size(); ++i) {
        encoded.push_back(network_.embedding[tokens[i - 1]]);
        if (!network_.encoder_position.empty())
            exact::add_to(encoded.back(), at_position(network_.encoder_position, i));
    }
    return encoded;
}

void Seq2seqRun::remember(const ChainHead& head, const exact::Vector& x, Memory& memory) const {
    exact::Vector value = exact::apply(head.value, x);
    if (head.key) memory.keys.push_back(exact::apply(*head.key, x));
    if (memory.sum.empty()) memory.sum = value;
    else exact::add_to(memory.sum, value);
    memory.values.push_back(std::move(value));
}

bool Seq2seqRun::accepts() const { return exact::dot(network_.accept_weight, y_) + network_.accept_bias > 0; }

void Seq2seqRun::step() {
    choices_.clear();
    exact::Vector x = y_;
    if (!network_.decoder_position.empty()) exact::add_to(x, at_position(network_.decoder_position, time_ + 1));
    for (std::size_t l = 0; l < network_.layers.size(); ++l) {
        const ChainLayer& layer = network_.layers[l];
        if (layer.self) {
            for (std::size_t h = 0; h < self_[l].size(); ++h) remember(layer.self->heads[h], x, self_[l][h]);
            attend(*layer.self, self_[l], l + 1, false, x);
        }
        if (layer.cross) attend(*layer.cross, cross_[l], l + 1, true, x);
        if (!layer.maps.empty()) exact::add_to(x, through(layer.maps, x));
    }
    y_ = through(network_.output, std::move(x));
    ++time_;
}

void Seq2seqRun::attend(const ChainAttention& part, std::vector<Memory>& memory, std::size_t layer, bool cross,
                        exact::Vector& x) {
    exact::Vector sum(network_.dimension);
    for (std::size_t h = 0; h < part.heads.size(); ++h) {
        const ChainHead& head = part.heads[h];
        ChainChoice choice{layer, cross, h + 1, {}};
        const exact::Vector mean = look(part, head, memory[h], x, choice);
        exact::add_to(sum, head.output ? exact::apply(*head.output, mean) : mean);
        if (!head.query) continue;
        for (std::size_t& p : choice.positions) p += cross ? 1 : 0;
        choices_.push_back(std::move(choice));
    }
    exact::add_to(x, sum);
}

exact::Vector Seq2seqRun::look(const ChainAttention& part, const ChainHead& head, const Memory& memory,
                               const exact::Vector& x, ChainChoice& choice) const {
    const bool average = part.kind == AttentionKind::average;
    if (!head.query) {
        if (!average) return part.tie == Tie::left ? memory.values.front() : memory.values.back();
        exact::Vector mean = memory.sum;
        const exact::Rational count(static_cast<unsigned long>(memory.values.size()));
        for (exact::Rational& value : mean)
            if (sgn(value) != 0) value /= count;
        return mean;
    }
    const exact::Vector query = exact::apply(*head.query, x);
    exact::Rational best;
    for (std::size_t j = 0; j < memory.keys.size(); ++j) {
        exact::Rational score = exact::dot(query, memory.keys[j]);
        if (part.negative_absolute) score = -abs(score);
        if (choice.positions.empty() || score > best) {
            best = score;
            choice.positions.clear();
        }
        if (score == best) choice.positions.push_back(j);
    }
    if (!average) return memory.values[part.tie == Tie::left ? choice.positions.front() : choice.positions.back()];
    exact::Vector mean = memory.values[choice.positions.front()];
    for (std::size_t k = 1; k < choice.positions.size(); ++k) exact::add_to(mean, memory.values[choice.positions[k]]);
    const exact::Rational count(static_cast<unsigned long>(choice.positions.size()));
    if (count != 1)
        for (exact::Rational& value : mean) value /= count;
    return mean;
}

}  // namespace attest::network
