#include "attest/search/construction.hpp"

#include "attest/search/witness.hpp"

namespace attest::search {

std::optional<model::Guhat> head_for_each_symbol(const Specification& specification) {
    const NetworkClass& c = specification.network;
    const std::int64_t unread = specification.length - (c.read == Reading::last ? 1 : 0);
    if (c.layers != 1 || !c.positions_visible || c.heads < unread) return std::nullopt;
    model::Guhat g = blank_network(specification);
    const std::uint64_t symbols = g.alphabet.size();
    for (std::uint64_t asking = g.end ? symbols : 0; asking < symbols + (g.end ? 1 : 0); ++asking)
        for (std::int64_t h = 1; h <= unread; ++h) {
            std::vector<model::Pair>& prefer = g.attention[{1, h, g.positions(), g.values.symbol(asking)}];
            for (std::uint64_t a = 0; a < symbols; ++a) prefer.push_back({h, g.values.symbol(a)});
        }
    model::GuhatEvaluator evaluator(std::move(g));
    std::set<model::ValueId> accept;
    for (const Sample& sample : samples(specification)) {
        const model::ValueId seen = evaluator.final_value(sample.word);
        if (sample.accepted) accept.insert(seen);
    }
    model::Guhat network = evaluator.guhat();
    network.accept = std::move(accept);
    return network;
}

}  // namespace attest::search
