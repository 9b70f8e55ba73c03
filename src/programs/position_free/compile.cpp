#include <algorithm>

#include "network.hpp"
#include "programs/zoo/weights.hpp"

// Values are coordinates of which one is 1; behind them each head has coordinates for what it copies. For an own value o a head asks
// with coordinate o, and a key w scores by how much o wants w, so that the greatest score is the first class of which a value is
// there, of several positions the leftmost. What is seen is a conjunction, ReLU(own + what the heads found − their number), or at the
// first position ReLU(own − all that could be found).

namespace attest::programs::position_free {

namespace {

using constructions::Coordinate;
using constructions::Form;
using constructions::Look;
using constructions::x;

class TableCompiler {
  public:
    explicit TableCompiler(const Network& network) : n_(network), room_(network.values(0)) {
        if (n_.layers > 1) room_ = std::max(room_, n_.activations);
        width_ = room_ * (1 + n_.heads);
    }

    network::Transformer compile() const {
        network::Transformer t = constructions::blank(n_.alphabet, width_, "", n_.end);
        for (Coordinate a = 0; a < n_.alphabet.size(); ++a) constructions::embed(t, n_.alphabet[a], {{a, 1}});
        constructions::embed(t, n_.end, {{static_cast<Coordinate>(n_.alphabet.size()), 1}});
        for (std::size_t l = 0; l < n_.layers; ++l) {
            network::Layer layer;
            layer.attention = attention(l);
            layer.feedforward = l + 1 < n_.layers ? activation(n_.becomes[l]) : acceptance();
            t.layers.push_back(std::move(layer));
        }
        constructions::accept_if_positive(t, x(0));
        return t;
    }

  private:
    Coordinate found(std::size_t head, Network::Value value) const {
        return static_cast<Coordinate>(room_ * (1 + head) + value);
    }

    network::Attention attention(std::size_t layer) const {
        const auto values = static_cast<Coordinate>(n_.values(layer));
        std::vector<Look> looks(n_.heads);
        for (std::size_t h = 0; h < n_.heads; ++h) {
            looks[h].query.resize(values);
            looks[h].key.resize(values);
            for (Coordinate w = 0; w < values; ++w) {
                looks[h].query[w] = x(w);
                looks[h].value.push_back(x(w));
                looks[h].into.push_back(found(h, w));
            }
        }
        // No more classes than values: listed ones score more than 0, which the others score.
        for (const auto& [place, rank] : n_.preference)
            if (place[0] == layer)
                looks[place[1]].key[place[2]] =
                    looks[place[1]].key[place[2]] +
                    exact::Rational(static_cast<unsigned long>(lowest() - rank)) * x(place[3]);
        return constructions::attend(width_, network::AttentionKind::hard, network::Mask::strict, looks);
    }

    /// A rank that none reaches.
    std::size_t lowest() const {
        std::size_t greatest = 0;
        for (const auto& [place, rank] : n_.preference) greatest = std::max(greatest, rank);
        return greatest + 1;
    }

    Form conjunction(const Network::Seen& seen) const {
        Form form = x(seen[0]);
        if (seen.size() == 1)
            return form - constructions::sum(static_cast<Coordinate>(room_), static_cast<Coordinate>(width_));
        for (std::size_t h = 0; h + 1 < seen.size(); ++h) form = form + x(found(h, seen[h + 1]));
        return form - static_cast<int>(n_.heads);
    }

    network::FeedForward activation(const std::map<Network::Seen, Network::Value>& becomes) const {
        std::vector<Form> hidden{1}, outputs(width_);
        outputs[0] = x(0);
        for (const auto& [seen, value] : becomes) {
            if (value == 0) continue;
            const auto unit = static_cast<Coordinate>(hidden.size());
            hidden.push_back(conjunction(seen));
            outputs[value] = outputs[value] + x(unit);
            outputs[0] = outputs[0] - x(unit);
        }
        return constructions::replace_by(hidden, outputs, width_);
    }

    network::FeedForward acceptance() const {
        std::vector<Form> hidden{1}, outputs(width_);
        for (const Network::Seen& seen : n_.accept) {
            outputs[0] = outputs[0] + x(static_cast<Coordinate>(hidden.size()));
            hidden.push_back(conjunction(seen));
        }
        return constructions::replace_by(hidden, outputs, width_);
    }

    const Network& n_;
    std::size_t room_, width_ = 0;
};

}  // namespace

network::Transformer compile(const Network& network, const std::string& name) {
    network::Transformer t = TableCompiler(network).compile();
    t.name = name;
    return t;
}

}  // namespace attest::programs::position_free
