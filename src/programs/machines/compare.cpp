#include "programs/machines/compare.hpp"

#include <fmt/format.h>

#include "attest/base/error.hpp"

namespace attest::machines {

namespace {

std::string tied(const network::ChainChoice& choice) {
    return fmt::format("head {} of the {} attention of layer {} has {} best positions", choice.head,
                       choice.cross ? "cross" : "self", choice.layer, choice.positions.size());
}

/// Why the output is not this configuration; empty if it is.
std::string fault(const network::Seq2seqRun& run, const exact::Vector& expected) {
    for (const network::ChainChoice& choice : run.choices())
        if (choice.positions.size() != 1) return tied(choice);
    for (std::size_t c = 0; c < expected.size(); ++c)
        if (run.output()[c] != expected[c])
            return fmt::format("coordinate {} is {}, not {}", c + 1, exact::to_string(run.output()[c]),
                               exact::to_string(expected[c]));
    return "";
}

}  // namespace

Comparison compare(const network::Seq2seq& network, const NormalForm& machine, const std::vector<std::string>& word,
                   std::size_t steps, const base::Limits& limits) {
    if (configuration(network, machine, 0, 0, 0).size() != network.dimension)
        throw base::UsageError(
            fmt::format("the network has {} coordinates, too few for the machine {}", network.dimension, machine.name));
    Comparison result;
    TuringRun exact(machine, machine.symbols_of(word));
    network::Seq2seqRun run(network, network.tokens(word));
    int before = 0;
    for (std::size_t t = 0;; ++t) {
        const Moment moment = exact.moment();
        if (!result.accepted && exact.accepts()) result.accepted = t;
        if (!result.network_accepted && run.accepts()) result.network_accepted = t;
        result.why = fault(run, configuration(network, machine, moment.state, moment.symbol, before));
        if (!result.why.empty()) result.wrong = t;
        result.steps = t;
        if (t == steps || result.wrong || (result.stopped = limits.exceeded())) return result;
        before = moment.step;
        exact.step();
        run.step();
    }
}

std::optional<exact::Rational> weight_of(const network::Seq2seq& network, const NormalForm& machine) {
    const network::Seq2seq ours = perez_network(machine);
    const auto& layers = network.layers;
    if (layers.size() != 3 || !layers[2].self || layers[2].self->heads.size() != 1 || !layers[2].self->heads[0].query)
        return std::nullopt;
    const auto& rows = layers[2].self->heads[0].query->weight.rows;
    if (rows.size() != 3 || rows[2].size() != 1) return std::nullopt;
    const exact::Rational weight = rows[2][0].second;
    const network::Seq2seq same = perez_network(machine, weight);
    const auto texts = [](const std::vector<exact::Expression>& position) {
        std::vector<std::string> list;
        for (const exact::Expression& e : position)
            list.push_back(e.is_constant() ? exact::to_string(e.steps()[0].constant) : e.text());
        return list;
    };
    const bool equal =
        network.alphabet == same.alphabet && network.blank == same.blank && network.dimension == same.dimension &&
        network.embedding == same.embedding && network.encoder_layers.empty() && network.start == same.start &&
        network.layers == same.layers && network.output == same.output && network.accept_weight == same.accept_weight &&
        network.accept_bias == same.accept_bias && texts(network.encoder_position) == texts(same.encoder_position) &&
        texts(network.decoder_position) == texts(same.decoder_position);
    return equal ? std::optional(weight) : std::nullopt;
}

}  // namespace attest::machines
