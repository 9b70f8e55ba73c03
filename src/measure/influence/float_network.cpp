// All exchanges of one symbol in a word (exchange.cpp), or, where nothing attends, each word by itself; and what that
// costs, so that a search can tell beforehand how far it will come.

#include "measure/influence/float_network.hpp"

#include "exchange.hpp"

namespace attest::influence {

class FloatNetwork::Implementation : public ForwardPass {
  public:
    using ForwardPass::ForwardPass;
};

FloatNetwork::FloatNetwork(const network::Transformer& transformer, std::int64_t length, std::size_t memory_bytes)
    : implementation_(std::make_unique<Implementation>(transformer, length, memory_bytes)) {}
FloatNetwork::~FloatNetwork() = default;
FloatNetwork::FloatNetwork(FloatNetwork&&) noexcept = default;

double FloatNetwork::logit(const language::Word& word) const { return influence::logit(*implementation_, word); }

std::vector<double> FloatNetwork::replaced(const language::Word& word, language::Symbol to) const {
    std::vector<double> logits;
    if (!implementation_->attentions.empty()) {
        Exchange exchange(*implementation_, word);
        for (std::size_t p = 0; p < word.size(); ++p)
            logits.push_back(word[p] == to ? exchange.unchanged() : exchange.logit(p, to));
        return logits;
    }
    language::Word changed = word;
    for (std::size_t p = 0; p < word.size(); ++p) {
        changed[p] = to;
        logits.push_back(logit(changed));
        changed[p] = word[p];
    }
    return logits;
}

namespace {

double operations_at_position(const ForwardPass& net) {
    double sum = static_cast<double>(net.d);
    for (const FloatLayer& layer : net.layers) sum += influence::operations_at_position(layer);
    return sum;
}

}  // namespace

double FloatNetwork::operations() const {
    const ForwardPass& net = *implementation_;
    const double n = static_cast<double>(net.n);
    return n * n * operations_at_position(net) * (net.attentions.size() > 2 ? n : 1);
}

double FloatNetwork::pass_operations() const {
    const ForwardPass& net = *implementation_;
    const double n = static_cast<double>(net.n);
    double pairs = 0;
    for (std::size_t a = 0; a + 1 < net.attentions.size(); ++a)
        for (const FloatHead& head : net.layers[net.attentions[a]].heads)
            if (head.query) pairs += static_cast<double>(2 * head.query->outputs() + head.value.outputs()) + 20;
    return n * (n * pairs + operations_at_position(net));
}

std::int64_t FloatNetwork::length() const { return static_cast<std::int64_t>(implementation_->length); }

}  // namespace attest::influence
