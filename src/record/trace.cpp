#include "record/trace.hpp"

#include "attest/network/at_length.hpp"
#include "network/sequence.hpp"

namespace attest::record {

namespace {

using Head = std::vector<Trace::Look>;

/// Positions that the readout does not need were not evaluated.
bool evaluated(const network::Trace& trace, std::size_t layer, std::size_t p) {
    return !trace.activations[layer + 1][p].empty();
}

Trace::Look look_of(std::int64_t position, const network::Attended& attended) {
    Trace::Look look;
    look.position = position;
    look.attends = attended.positions;
    look.score.emplace(exact::to_string(attended.score));
    look.margin.emplace();
    if (attended.margin) *look.margin = exact::to_string(*attended.margin);
    return look;
}

Trace::Look look_of(std::int64_t position, std::int64_t attends) {
    Trace::Look look;
    look.position = position;
    look.attends = {attends};
    look.score.emplace();
    look.margin.emplace();
    return look;
}

Trace::Look look_of(const soft::HeadSeen& seen) {
    Trace::Look look;
    look.position = seen.position;
    look.weights.emplace();
    for (std::size_t k = 0; k < seen.weights.size(); ++k) {
        look.attends.push_back(seen.first + static_cast<std::int64_t>(k));
        look.weights->push_back({seen.weights[k].lower_text(), seen.weights[k].upper_text()});
    }
    return look;
}

}  // namespace

Trace trace(const network::Transformer& t, const language::Word& word, const network::Trace& trace) {
    Trace record{network::sequence(t, word), {}};
    for (std::size_t l = 0; l < trace.attended.size(); ++l) {
        record.layers.emplace_back();
        for (const auto& attended : trace.attended[l]) {
            Head& head = record.layers.back().emplace_back();
            for (std::size_t p = 0; p < record.sequence.size(); ++p)
                if (evaluated(trace, l, p)) head.push_back(look_of(static_cast<std::int64_t>(p) + 1, attended[p]));
        }
    }
    return record;
}

Trace trace(const network::Guhat& tables, const language::Word& word, const network::GuhatTrace& trace) {
    Trace record{network::sequence(tables, word), {}};
    for (const auto& layer : trace.attended) {
        record.layers.emplace_back();
        for (const auto& attended : layer) {
            Head& head = record.layers.back().emplace_back();
            for (std::size_t p = 0; p < attended.size(); ++p)
                if (attended[p] != 0) head.push_back(look_of(static_cast<std::int64_t>(p) + 1, attended[p]));
        }
    }
    return record;
}

Trace trace(const network::Transformer& t, const language::Word& word, const std::vector<soft::HeadSeen>& heads) {
    Trace record{network::sequence(t, word), {}};
    const network::AtLength at(t, static_cast<std::int64_t>(word.size()));
    for (const network::Layer& layer : at->layers)
        record.layers.emplace_back(layer.attention ? layer.attention->heads.size() : 0);
    for (const soft::HeadSeen& seen : heads) record.layers[seen.layer][seen.head].push_back(look_of(seen));
    return record;
}

ProgramTrace trace(const network::Program& program, const language::Word& word, const network::ProgramTrace& trace) {
    ProgramTrace record{program.sequence(word), {}, {}};
    for (std::size_t v = 0; v < program.variables.size(); ++v) {
        record.variables.push_back({program.variables[v].name, {}});
        for (const auto& value : trace.values[v]) record.variables.back().values.push_back(network::text_of(value));
    }
    for (const exact::Vector& of_position : trace.scores) {
        record.scores.emplace_back();
        for (const exact::Rational& x : of_position) record.scores.back().push_back(exact::to_string(x));
    }
    return record;
}

}  // namespace attest::record
