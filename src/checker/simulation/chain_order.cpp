#include "checker/simulation/chain_order.hpp"

#include "checker/kernel/defect.hpp"
#include "checker/network/order.hpp"

// FORMAT.md, section 32: encoder-decoders. What they know of a word goes through their cross parts.

namespace attest::checker {
namespace {

Vector vector_at(const Chain& chain, const std::vector<std::size_t>& tokens, std::size_t time, Budget& budget) {
    const Budget::Temporary given_back(budget);
    ChainRun run(chain, tokens, budget);
    for (std::size_t t = 0; t < time; ++t) run.step();
    return run.output();
}

}  // namespace

void require_no_order(const Chain& chain, bool proportions) {
    for (std::size_t c = 0; c < chain.encoder_position.size(); ++c)
        if (chain.encoder_position[c].uses(&Bindings::i))
            throw Defect("model.json: encoder.position[" + std::to_string(c) + "]", "i occurs in it");
    for (const Layer& layer : chain.encoder_layers) require_no_order(layer, proportions);
    for (std::size_t l = 0; l < chain.layers.size(); ++l)
        if (chain.layers[l].cross && chain.layers[l].cross->kind == Kind::hard)
            throw Defect("model.json: decoder.layers[" + std::to_string(l) + "].cross",
                         "of several positions of greatest score it takes one");
}

bool tells_apart(const Chain& chain, const std::vector<std::size_t>& one, const std::vector<std::size_t>& other,
                 std::size_t time, Budget& budget) {
    return vector_at(chain, one, time, budget) != vector_at(chain, other, time, budget);
}

}  // namespace attest::checker
