#include "decide/threshold/construction.hpp"

#include "decide/threshold/witness.hpp"

namespace attest::threshold {

std::optional<network::Guhat> head_for_each_symbol(const Specification& specification) {
    const NetworkClass& c = specification.network;
    const std::int64_t unread = specification.length - (c.read == Reading::last ? 1 : 0);
    if (c.layers != 1 || !c.positions_visible || c.heads < unread) return std::nullopt;
    network::Guhat g = blank_network(specification);
    const std::uint64_t symbols = g.alphabet.size();
    for (std::uint64_t asking = g.end ? symbols : 0; asking < symbols + (g.end ? 1 : 0); ++asking)
        for (std::int64_t h = 1; h <= unread; ++h) {
            std::vector<network::Pair>& prefer = g.attention[{1, h, g.positions(), g.values.symbol(asking)}];
            for (std::uint64_t a = 0; a < symbols; ++a) prefer.push_back({h, g.values.symbol(a)});
        }
    network::GuhatEvaluator evaluator(std::move(g));
    std::set<network::ValueId> accept;
    for (const Sample& sample : samples(specification)) {
        const network::ValueId seen = evaluator.final_value(sample.word);
        if (sample.accepted) accept.insert(seen);
    }
    network::Guhat network = evaluator.guhat();
    network.accept = std::move(accept);
    return network;
}

}  // namespace attest::threshold
