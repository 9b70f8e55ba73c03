#include "measure/progress/addition_network.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "attest/base/error.hpp"

// All p² inputs share their parts: what a head sees at a position depends on the symbol there alone, and the position that asks
// holds the end symbol, or the second operand. So scores and values are tables, and only the feed-forward part is
// evaluated for each input; its second map and the unembedding are one matrix.

namespace attest::progress {

namespace {

using exact::AffineMap;

[[noreturn]] void refuse(const std::string& what) {
    throw base::Unsupported(
        "progress: it measures networks of one softmax layer with ReLU that answer two operands with a class at the "
        "end "
        "symbol; this one has " +
        what);
}

Dense dense(const AffineMap& map) {
    Dense matrix(map.outputs(), map.inputs());
    for (std::size_t r = 0; r < map.outputs(); ++r)
        for (const auto& [column, value] : map.weight.rows[r]) matrix.at(r, column) = value.get_d();
    return matrix;
}

std::vector<double> shift(const AffineMap& map) {
    std::vector<double> bias(map.outputs(), 0);
    for (std::size_t r = 0; r < map.bias.size(); ++r) bias[r] = map.bias[r].get_d();
    return bias;
}

double dot(const double* x, const double* y, std::size_t count) {
    double sum = 0;
    for (std::size_t k = 0; k < count; ++k) sum += x[k] * y[k];
    return sum;
}

/// An affine map whose numbers were converted once.
struct DenseMap {
    explicit DenseMap(const AffineMap& map) : matrix(dense(map)), bias(shift(map)) {}

    std::vector<double> operator()(const double* x) const {
        std::vector<double> y = bias;
        for (std::size_t r = 0; r < matrix.rows; ++r) y[r] += dot(matrix.row(r), x, matrix.columns);
        return y;
    }

    Dense matrix;
    std::vector<double> bias;
};

void require_form(const network::Transformer& t, std::size_t modulus) {
    using network::Readout;
    if (t.alphabet.size() != modulus) refuse(fmt::format("{} symbols, not {}", t.alphabet.size(), modulus));
    if (t.begin || !t.end) refuse("another frame than an end symbol");
    if (t.embedding_norm || t.final_norm) refuse("a norm");
    if (t.layers.size() != 1 || !t.layers[0].attention || !t.layers[0].feedforward || t.layers[0].repeat)
        refuse("other layers");
    const network::Attention& attention = *t.layers[0].attention;
    if (attention.kind != network::AttentionKind::softmax || attention.rotary || attention.norm || !attention.residual)
        refuse("other attention");
    for (const network::Head& head : attention.heads) {
        if (!head.query || !head.bias.is_constant()) refuse("a head without query, or with a bias");
        const network::Mask mask = attention.mask_of(head);
        if (!network::allows(mask, 3, 1) || !network::allows(mask, 3, 3))
            refuse("a mask that hides from the end symbol");
    }
    const network::FeedForward& part = *t.layers[0].feedforward;
    if (part.gate || part.norm || !part.residual || part.maps.size() != 2 ||
        part.activation.kind != exact::Activation::Kind::relu)
        refuse("another feed-forward part");
    if (t.readout.reading != Readout::Reading::one || t.readout.position != -1 || !t.readout.classes)
        refuse("another readout");
    if (t.readout.classes->names.size() < modulus) refuse("fewer classes than operands");
}

}  // namespace

AdditionNetwork::AdditionNetwork(const network::Transformer& t, std::size_t modulus)
    : modulus_(modulus), dimension_(t.dimension), embedding_(modulus, t.dimension) {
    require_form(t, modulus);
    for (std::size_t a = 0; a < modulus; ++a)
        for (std::size_t k = 0; k < dimension_; ++k) {
            embedding_.at(a, k) = t.embedding[a][k].get_d();
            squared_norm_ += embedding_.at(a, k) * embedding_.at(a, k);
        }
    for (std::int64_t position = 1; position <= 3; ++position) {
        const exact::Vector added = network::position_vector(t, position, 3);
        Dense& here = at_position_.emplace_back(position == 3 ? 1 : modulus, dimension_);
        for (std::size_t a = 0; a < here.rows; ++a)
            for (std::size_t k = 0; k < dimension_; ++k) {
                const double symbol = position == 3 ? t.end_embedding[k].get_d() : embedding_.at(a, k);
                here.at(a, k) = symbol + (added.empty() ? 0 : added[k].get_d());
            }
        if (t.position_table)
            for (const exact::Rational& x : added) squared_norm_ += x.get_d() * x.get_d();
    }
    for (const exact::Rational& x : t.end_embedding) squared_norm_ += x.get_d() * x.get_d();
    const network::Attention& attention = *t.layers[0].attention;
    for (const network::Head& head : attention.heads) add_head(attention, head);
    read_feed_forward(*t.layers[0].feedforward);
    read_classes(t);
}

void AdditionNetwork::add_squares(const AffineMap& map) {
    for (const auto& row : map.weight.rows)
        for (const auto& [column, value] : row) squared_norm_ += value.get_d() * value.get_d();
    for (const exact::Rational& b : map.bias) squared_norm_ += b.get_d() * b.get_d();
}

void AdditionNetwork::add_head(const network::Attention& attention, const network::Head& head) {
    for (const AffineMap* map : {&*head.query, &*head.key, &head.value, &head.output}) add_squares(*map);
    constexpr long bits = 128;
    const double scale = network::enclose_scale(attention, head, 3, bits).middle();
    const DenseMap to_key(*head.key), to_value(head.value), to_output(head.output);
    const std::vector<double> query = DenseMap(*head.query)(at_position_[2].row(0));
    Head table;
    double greatest = -HUGE_VAL;
    for (const Dense& here : at_position_) {
        std::vector<double>& scores = table.weight.emplace_back();
        Dense& values = table.value.emplace_back(here.rows, dimension_);
        for (std::size_t a = 0; a < here.rows; ++a) {
            const std::vector<double> key = to_key(here.row(a)), value = to_value(here.row(a));
            scores.push_back(scale * dot(query.data(), key.data(), key.size()));
            greatest = std::max(greatest, scores.back());
            const std::vector<double> added = to_output(value.data());
            std::copy(added.begin(), added.end(), values.row(a));
        }
    }
    for (std::vector<double>& scores : table.weight)
        for (double& score : scores) score = std::exp(score - greatest);
    heads_.push_back(std::move(table));
}

void AdditionNetwork::read_feed_forward(const network::FeedForward& part) {
    add_squares(part.maps[0]), add_squares(part.maps[1]);
    to_neurons_ = dense(part.maps[0]), neuron_bias_ = shift(part.maps[0]);
}

void AdditionNetwork::read_classes(const network::Transformer& t) {
    const AffineMap& unembedding = t.readout.classes->logits;
    const AffineMap& out = t.layers[0].feedforward->maps[1];
    add_squares(unembedding);
    const Dense all = dense(unembedding), outgoing = dense(out);
    const std::vector<double> out_bias = shift(out), logit_bias = shift(unembedding);
    direct_ = Dense(modulus_, dimension_), from_neurons_ = Dense(modulus_, out.inputs());
    shift_.resize(modulus_);
    for (std::size_t c = 0; c < modulus_; ++c) {
        std::copy(all.row(c), all.row(c) + dimension_, direct_.row(c));
        shift_[c] = logit_bias[c] + dot(all.row(c), out_bias.data(), dimension_);
        for (std::size_t k = 0; k < dimension_; ++k)
            for (std::size_t j = 0; j < out.inputs(); ++j) from_neurons_.at(c, j) += all.at(c, k) * outgoing.at(k, j);
    }
}

/// What the end symbol's position holds after attention.
std::vector<double> AdditionNetwork::residual(std::size_t a, std::size_t b) const {
    std::vector<double> x(at_position_[2].row(0), at_position_[2].row(0) + dimension_);
    const std::size_t symbol[3] = {a, b, 0};
    for (const Head& head : heads_) {
        double sum = 0;
        for (std::size_t p = 0; p < 3; ++p) sum += head.weight[p][symbol[p]];
        for (std::size_t p = 0; p < 3; ++p) {
            const double share = head.weight[p][symbol[p]] / sum;
            const double* value = head.value[p].row(symbol[p]);
            for (std::size_t k = 0; k < dimension_; ++k) x[k] += share * value[k];
        }
    }
    return x;
}

Dense AdditionNetwork::logits() const {
    Dense logits(modulus_ * modulus_, modulus_);
    const std::size_t neurons = to_neurons_.rows;
    std::vector<double> active(neurons);
    for (std::size_t a = 0; a < modulus_; ++a)
        for (std::size_t b = 0; b < modulus_; ++b) {
            const std::vector<double> x = residual(a, b);
            for (std::size_t j = 0; j < neurons; ++j)
                active[j] = std::max(0.0, neuron_bias_[j] + dot(to_neurons_.row(j), x.data(), dimension_));
            double* row = logits.row(a * modulus_ + b);
            for (std::size_t c = 0; c < modulus_; ++c)
                row[c] = shift_[c] + dot(direct_.row(c), x.data(), dimension_) +
                         dot(from_neurons_.row(c), active.data(), neurons);
        }
    return logits;
}

}  // namespace attest::progress
