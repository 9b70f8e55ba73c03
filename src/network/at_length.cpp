#include "attest/network/at_length.hpp"

#include <fmt/format.h>

#include "attest/base/error.hpp"
#include "base/text.hpp"

namespace attest::network {

namespace {

constexpr long most_layers = 1 << 16;

/// How often the layer stands.
long times(const exact::Expression& repeat, std::int64_t n, long left) {
    const exact::Rational value = repeat.evaluate({.n = n});
    const std::string where = repeat.where().empty() ? "repeat" : repeat.where();
    const std::string found =
        fmt::format("{} = {} at n = {}", base::printable(repeat.text()), exact::to_string(value), n);
    if (value.get_den() != 1 || value < 0) throw base::InputError(where, "a whole number from 0", found);
    if (value > left) throw base::InputError(where, fmt::format("at most {} layers in all", most_layers), found);
    return value.get_num().get_si();
}

std::vector<Layer> unrolled(const std::vector<Layer>& layers, std::int64_t n) {
    std::vector<Layer> all;
    for (const Layer& layer : layers) {
        const long left = most_layers - static_cast<long>(all.size());
        Layer once = layer;
        once.repeat.reset();
        all.insert(all.end(), static_cast<std::size_t>(layer.repeat ? times(*layer.repeat, n, left) : 1), once);
    }
    return all;
}

}  // namespace

AtLength::AtLength(const Transformer& transformer, std::int64_t length) : model_(&transformer) {
    const std::int64_t n = transformer.sequence_length(length);
    const auto repeats = [](const Layer& layer) { return layer.repeat.has_value(); };
    if (std::any_of(transformer.layers.begin(), transformer.layers.end(), repeats))
        own().layers = unrolled(transformer.layers, n);
    const auto& bias = transformer.readout.bias_in_n;
    if (bias && !bias->is_transcendental()) {
        own().readout.bias = bias->evaluate({.n = n});
        own().readout.bias_in_n.reset();
    }
}

Transformer& AtLength::own() {
    if (!own_) {
        own_ = std::make_shared<Transformer>(*model_);
        model_ = own_.get();
    }
    return *own_;
}

void require_decidable(const Transformer& transformer, std::int64_t length) {
    require_decision(transformer);
    (void)transformer.read_positions(transformer.sequence_length(length));
}

namespace {

/// The score of two classes.
void set_score(Readout& readout, const std::string& name) {
    const Classes classes = *readout.classes;
    if (classes.names.size() != 2 || classes.accept.empty())
        throw base::Unsupported(
            fmt::format("{}: a score is asked for, which models of one logit or of two classes have "
                        "(readout.classes)",
                        base::printable(name)));
    const std::size_t yes = classes.accept[1] ? 1 : 0;
    readout.weight.assign(classes.logits.inputs(), exact::Rational());
    for (const std::size_t c : {yes, 1 - yes})
        for (const auto& [column, value] : classes.logits.weight.rows[c])
            readout.weight[column] += c == yes ? value : exact::Rational(-value);
    const exact::Vector& bias = classes.logits.bias;
    if (!bias.empty()) readout.bias = bias[yes] - bias[1 - yes];
    readout.classes.reset();
}

/// Norms the vectors and does nothing else: post-norm of y + 0.
Layer norm_layer(Norm norm, std::size_t dimension) {
    norm.placement = Norm::Placement::post;
    FeedForward part;
    part.maps = {{{dimension, std::vector<std::vector<exact::Matrix::Entry>>(dimension)}, {}}};
    part.norm = std::move(norm);
    return {std::nullopt, std::move(part), std::nullopt};
}

}  // namespace

AtLength in_version_1(const Transformer& transformer, std::int64_t length) {
    AtLength at(transformer, length);
    if (at->readout.classes) set_score(at.own().readout, transformer.name);
    for (const bool first : {true, false}) {
        const std::optional<Norm> norm = first ? at->embedding_norm : at->final_norm;
        if (!norm) continue;
        Transformer& own = at.own();
        (first ? own.embedding_norm : own.final_norm).reset();
        own.layers.insert(first ? own.layers.begin() : own.layers.end(), norm_layer(*norm, own.dimension));
    }
    return at;
}

}  // namespace attest::network
