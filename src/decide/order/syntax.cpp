#include "syntax.hpp"

#include <fmt/format.h>

// Each function is one of the conditions of FORMAT.md, section 32.1, where the induction stands that they are enough.

namespace attest::order {

namespace {

using exact::Operation;
using network::AttentionKind;
using Obstacle = std::optional<std::string>;

Obstacle variable_in(const exact::Expression& expression, Operation variable, const char* name,
                     const std::string& where) {
    if (!expression.uses(variable)) return std::nullopt;
    return fmt::format("{} occurs in {}", name, where);
}

Obstacle of_head(const network::Attention& attention, const network::Head& head, Invariance invariance,
                 const std::string& where) {
    if (attention.mask_of(head) != network::Mask::none)
        return fmt::format("{} has the mask {}", where, to_string(attention.mask_of(head)));
    const std::string bias = "the bias of " + where;
    if (auto found = variable_in(head.bias, Operation::variable_i, "i", bias)) return found;
    if (auto found = variable_in(head.bias, Operation::variable_j, "j", bias)) return found;
    if (invariance == Invariance::order) return std::nullopt;
    return variable_in(head.bias, Operation::variable_n, "n", bias);
}

Obstacle of_attention(const network::Attention& attention, Invariance invariance, std::size_t layer) {
    if (attention.kind == AttentionKind::hard)
        return fmt::format("layer {} takes the first or last of several positions of greatest score", layer);
    if (attention.rotary) return fmt::format("the scores of layer {} turn with the position", layer);
    if (invariance == Invariance::proportion) {
        if (attention.kind == AttentionKind::sparsemax)
            return fmt::format("sparsemax in layer {} depends on how often a score comes", layer);
        if (auto found =
                variable_in(attention.scale, Operation::variable_n, "n", fmt::format("the scale of layer {}", layer)))
            return found;
    }
    for (std::size_t h = 0; h < attention.heads.size(); ++h)
        if (auto found =
                of_head(attention, attention.heads[h], invariance, fmt::format("head {} of layer {}", h + 1, layer)))
            return found;
    return std::nullopt;
}

Obstacle of_layers(const std::vector<network::Layer>& layers, Invariance invariance) {
    for (std::size_t l = 0; l < layers.size(); ++l) {
        if (invariance == Invariance::proportion && layers[l].repeat)
            if (auto found = variable_in(*layers[l].repeat, Operation::variable_n, "n",
                                         fmt::format("how often layer {} stands", l + 1)))
                return found;
        if (!layers[l].attention) continue;
        if (auto found = of_attention(*layers[l].attention, invariance, l + 1)) return found;
    }
    return std::nullopt;
}

Obstacle of_positions(const std::vector<exact::Expression>& position, Invariance invariance) {
    for (std::size_t c = 0; c < position.size(); ++c) {
        const std::string where = fmt::format("position[{}]", c);
        if (auto found = variable_in(position[c], Operation::variable_i, "i", where)) return found;
        if (invariance == Invariance::proportion)
            if (auto found = variable_in(position[c], Operation::variable_n, "n", where)) return found;
    }
    return std::nullopt;
}

bool reads_begin(const network::Transformer& model) {
    return model.begin && model.readout.reading == network::Readout::Reading::one && model.readout.position == 1;
}

bool reads_end(const network::Transformer& model) {
    return model.end && model.readout.reading == network::Readout::Reading::one && model.readout.position == -1;
}

Obstacle of_readout(const network::Transformer& model, Invariance invariance) {
    using Reading = network::Readout::Reading;
    const Reading reading = model.readout.reading;
    if (reading == Reading::each) return "each position is read";
    if (reading == Reading::one && !reads_begin(model) && !reads_end(model)) return "a position of the word is read";
    if (invariance == Invariance::order) return std::nullopt;
    if (reading == Reading::sum) return "the sum that is read grows with the word";
    if (model.readout.bias_in_n)
        return variable_in(*model.readout.bias_in_n, Operation::variable_n, "n", "the bias of the readout");
    return std::nullopt;
}

}  // namespace

const char* to_string(Invariance invariance) { return invariance == Invariance::order ? "order" : "proportion"; }

std::optional<std::string> obstacle(const network::Transformer& model, Invariance invariance) {
    if (model.position_table) return "there is a table of positions";
    if (auto found = of_positions(model.position, invariance)) return found;
    if (auto found = of_layers(model.layers, invariance)) return found;
    if (invariance == Invariance::proportion && (model.begin || model.end))
        return fmt::format("the share of the {} symbol depends on the length", model.end ? "end" : "begin");
    return of_readout(model, invariance);
}

std::optional<std::string> obstacle(const network::Seq2seq& network, Invariance invariance) {
    if (auto found = of_positions(network.encoder_position, invariance)) return "in the encoder " + *found;
    if (auto found = of_layers(network.encoder_layers, invariance)) return "in the encoder " + *found;
    for (std::size_t l = 0; l < network.layers.size(); ++l)
        if (network.layers[l].cross && network.layers[l].cross->kind == AttentionKind::hard)
            return fmt::format("the cross part of layer {} takes one of several positions of greatest score", l + 1);
    return std::nullopt;
}

std::vector<Reading> readings(const network::Transformer& model) {
    using Where = network::Readout::Reading;
    std::vector<Reading> all;
    const auto add = [&](const char* name, Where reading, std::int64_t position, bool is_own) {
        network::Transformer elsewhere = model;
        elsewhere.readout.reading = reading;
        elsewhere.readout.position = position;
        all.push_back(
            {name, !obstacle(elsewhere, Invariance::order), !obstacle(elsewhere, Invariance::proportion), is_own});
    };
    if (model.begin) add("begin", Where::one, 1, reads_begin(model));
    if (model.end) add("end", Where::one, -1, reads_end(model));
    const bool reads_symbol = model.readout.reading == Where::one && !reads_begin(model) && !reads_end(model);
    add("symbol", Where::one, model.begin ? 2 : 1, reads_symbol);
    add("mean", Where::mean, 0, model.readout.reading == Where::mean);
    add("sum", Where::sum, 0, model.readout.reading == Where::sum);
    return all;
}

}  // namespace attest::order
