#include <tuple>

#include "attest/network/evaluate.hpp"
#include "soft/attribution.hpp"
#include "soft/compared_classes.hpp"

namespace attest::soft {

namespace {

using exact::Ball;
using exact::Rational;
using exact::Vector;
using Part = Contribution::Part;

struct Share {
    Part part;
    std::size_t layer, head;
    Vector added;
};

/// The residual stream at one position, followed along a trace.
class PartialSums {
  public:
    PartialSums(const network::Transformer& t, const network::Trace& trace, std::int64_t position)
        : t_(t), trace_(trace), p_(static_cast<std::size_t>(position - 1)) {
        shares_.push_back({Part::embedding, 0, 0, trace.activations.front()[p_]});
        for (std::size_t l = 0; l < t_.layers.size(); ++l) {
            if (t_.layers[l].attention) attend(*t_.layers[l].attention, l);
            if (t_.layers[l].feedforward) feed(*t_.layers[l].feedforward, l);
        }
    }

    const std::vector<Share>& shares() const { return shares_; }

  private:
    void attend(const network::Attention& attention, std::size_t l) {
        if (!attention.residual) shares_.clear();
        for (std::size_t h = 0; h < attention.heads.size(); ++h) {
            const network::Attended& attended = trace_.attended[l][h][p_];
            if (attended.positions.empty()) continue;
            const network::Head& head = attention.heads[h];
            Vector mean(head.value.outputs());
            for (std::size_t k = 0; k < attended.positions.size(); ++k) {
                const Rational weight = attended.weights.empty()
                                            ? Rational(1, static_cast<unsigned long>(attended.positions.size()))
                                            : attended.weights[k];
                Vector value = exact::apply(head.value,
                                            trace_.activations[l][static_cast<std::size_t>(attended.positions[k] - 1)]);
                for (Rational& x : value) x *= weight;
                exact::add_to(mean, value);
            }
            shares_.push_back({Part::head, l, h, exact::apply(head.output, mean)});
        }
    }

    void feed(const network::FeedForward& part, std::size_t l) {
        Vector before(t_.dimension);
        for (const Share& share : shares_) exact::add_to(before, share.added);
        Vector added = network::feed_forward(part, before);
        if (part.residual)
            for (std::size_t c = 0; c < added.size(); ++c) added[c] -= before[c];
        else shares_.clear();
        shares_.push_back({Part::feedforward, l, 0, std::move(added)});
    }

    const network::Transformer& t_;
    const network::Trace& trace_;
    std::size_t p_;
    std::vector<Share> shares_;
};

/// How the score is made of the vector that is read.
void choose_weight(const network::Readout& readout, const Vector& logits, Attribution& result, Vector& weight,
                   Rational& bias) {
    weight = readout.weight;
    bias = readout.bias;
    if (!readout.classes) return;
    const exact::AffineMap& map = readout.classes->logits;
    std::tie(result.accepted, result.rejected) = compared_classes(*readout.classes, logits);
    weight = dense_row(map.weight, *result.accepted);
    const Vector other = dense_row(map.weight, *result.rejected);
    for (std::size_t c = 0; c < weight.size(); ++c) weight[c] -= other[c];
    bias = map.bias.empty() ? Rational(0) : Rational(map.bias[*result.accepted] - map.bias[*result.rejected]);
}

/// A part at several positions is one part.
void add(std::vector<Contribution>& parts, const Share& share, const Ball& adds) {
    for (Contribution& known : parts)
        if (known.part == share.part && known.layer == share.layer && known.head == share.head) {
            known.adds += adds;
            return;
        }
    parts.push_back({share.part, share.layer, share.head, adds});
}

}  // namespace

Attribution attribute_exactly(const network::Transformer& transformer, const language::Word& word, long bits) {
    require_one_answer(transformer);
    const network::Evaluator evaluator(transformer, static_cast<std::int64_t>(word.size()));
    const network::Transformer& t = evaluator.transformer();
    network::Trace trace;
    const network::Answers answers = evaluator.answer(word, &trace);
    const std::int64_t n = t.sequence_length(evaluator.length());
    Attribution result;
    Vector weight;
    Rational bias;
    choose_weight(t.readout, answers.logits.front(), result, weight, bias);
    for (const std::int64_t p : t.read_positions(n)) {
        const PartialSums stream(t, trace, p);
        for (const Share& share : stream.shares()) {
            Rational adds = exact::dot(weight, share.added);
            if (t.readout.reading == network::Readout::Reading::mean) adds /= static_cast<long>(n);
            add(result.parts, share, Ball(adds, bits));
        }
    }
    result.parts.push_back({Part::readout, 0, 0, Ball(bias, bits)});
    for (const Contribution& part : result.parts) result.sum += part.adds;
    return result;
}

}  // namespace attest::soft
