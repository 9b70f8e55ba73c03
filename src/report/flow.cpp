#include "flow.hpp"

#include "attest/network/at_length.hpp"
#include "report/trace.hpp"

namespace attest::report {

Looks looks_of(const network::Trace& trace) {
    Looks looks;
    for (const auto& layer : trace.attended) {
        auto& heads = looks.emplace_back();
        for (const auto& head : layer) {
            auto& positions = heads.emplace_back();
            for (const network::Attended& attended : head) positions.push_back(attended.positions);
        }
    }
    return looks;
}

std::vector<bool> holds_of(const network::Transformer& t) {
    std::vector<bool> holds;
    for (const network::Layer& layer : t.layers) holds.push_back(!layer.attention || layer.attention->residual);
    return holds;
}

std::vector<std::vector<bool>> flow_by_layer(const Looks& looks, const std::vector<bool>& holds, std::size_t positions,
                                             std::size_t read) {
    std::vector<std::vector<bool>> reached(looks.size() + 1, std::vector<bool>(positions, false));
    reached.back()[read] = true;
    for (std::size_t l = looks.size(); l-- > 0;)
        for (std::size_t p = 0; p < positions; ++p) {
            if (!reached[l + 1][p]) continue;
            if (holds[l]) reached[l][p] = true;
            for (const auto& head : looks[l])
                for (const std::int64_t j : head[p]) reached[l][static_cast<std::size_t>(j - 1)] = true;
        }
    return reached;
}

std::vector<std::int64_t> flow(const network::Transformer& t, std::int64_t length, const network::Trace& trace) {
    const std::int64_t n = t.sequence_length(length);
    std::vector<bool> reached(static_cast<std::size_t>(n), false);
    for (const std::int64_t read : t.read_positions(n)) {
        const std::vector<bool> from = flow_by_layer(looks_of(trace), holds_of(*network::AtLength(t, length)),
                                                     reached.size(), static_cast<std::size_t>(read - 1))
                                           .front();
        for (std::size_t p = 0; p < reached.size(); ++p) reached[p] = reached[p] || from[p];
    }
    std::vector<std::int64_t> positions;
    for (std::size_t p = 0; p < reached.size(); ++p)
        if (reached[p]) positions.push_back(static_cast<std::int64_t>(p) + 1);
    return positions;
}

}  // namespace attest::report
