#include "soft/attribution.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "attest/base/error.hpp"
#include "attest/soft/evaluate.hpp"
#include "base/text.hpp"
#include "soft/ball_layers.hpp"
#include "soft/compared_classes.hpp"

namespace attest::soft {

namespace {

using exact::Ball;
using exact::BallVector;
using Part = Contribution::Part;

/// What has a share in the residual stream, in the order of evaluation.
struct Key {
    std::size_t layer = 0;
    Part part = Part::embedding;
    std::size_t head = 0;
    auto operator<=>(const Key&) const = default;
};
/// Norms come last, whatever their layer.
constexpr Key norms{SIZE_MAX, Part::norms, 0};

using Stream = std::map<Key, BallVector>;

Part part_of(PartSeen::Part part) {
    switch (part) {
        case PartSeen::Part::embedding: return Part::embedding;
        case PartSeen::Part::head: return Part::head;
        default: return Part::feedforward;
    }
}

/// The stream at the positions that are read, followed through the model once more by what was noted.
class Follower {
  public:
    Follower(const network::Transformer& t, const language::Word& word, long bits)
        : at_(t, static_cast<std::int64_t>(word.size())),
          t_(*at_),
          bits_(bits),
          n_(t_.sequence_length(static_cast<std::int64_t>(word.size()))) {
        const Evaluator evaluator(t, static_cast<std::int64_t>(word.size()), bits);
        Notes notes;
        notes.norms = &seen_;
        notes.parts = &parts_;
        logits_ = evaluator.answer(word, notes).front();
    }

    Attribution attribute() {
        Stream whole;
        for (const std::int64_t p : t_.read_positions(n_))
            for (auto& [key, vector] : follow(p)) add(whole, key, vector);
        if (t_.readout.reading == network::Readout::Reading::mean)
            for (auto& [key, vector] : whole)
                for (Ball& x : vector) x /= Ball(static_cast<long>(n_));
        read(whole);
        return std::move(result_);
    }

  private:
    Stream follow(std::int64_t position) {
        Stream stream;
        take(stream, position, 0, Part::embedding);
        pass(stream, position, t_.embedding_norm, 0);
        for (std::size_t l = 0; l < t_.layers.size(); ++l) {
            const network::Layer& layer = t_.layers[l];
            if (layer.attention) {
                if (!layer.attention->residual) stream.clear();
                take(stream, position, l, Part::head);
                after(stream, position, layer.attention->norm, 2 * l + 1);
            }
            if (layer.feedforward) {
                if (!layer.feedforward->residual) stream.clear();
                take(stream, position, l, Part::feedforward);
                after(stream, position, layer.feedforward->norm, 2 * l + 2);
            }
        }
        pass(stream, position, t_.final_norm, 2 * t_.layers.size() + 1);
        return stream;
    }

    void take(Stream& stream, std::int64_t position, std::size_t layer, Part part) const {
        for (const PartSeen& seen : parts_)
            if (seen.position == position && seen.layer == layer && part_of(seen.part) == part)
                add(stream, {layer, part, seen.head}, seen.added);
    }
    static void add(Stream& stream, const Key& key, const BallVector& vector) {
        const auto [entry, is_new] = stream.try_emplace(key, vector);
        for (std::size_t c = 0; !is_new && c < vector.size(); ++c) entry->second[c] += vector[c];
    }

    void after(Stream& stream, std::int64_t position, const std::optional<network::Norm>& norm,
               std::size_t number) const {
        if (norm && norm->placement == network::Norm::Placement::post) pass(stream, position, norm, number);
    }

    /// Each share by itself through a norm whose deviation is known. No share is left of a norm that nothing needed.
    void pass(Stream& stream, std::int64_t position, const std::optional<network::Norm>& norm,
              std::size_t number) const {
        if (!norm) return;
        const auto seen = std::find_if(seen_.begin(), seen_.end(),
                                       [&](const NormSeen& s) { return s.norm == number && s.position == position; });
        if (seen == seen_.end()) return stream.clear();
        const Ball deviation = sqrt(seen->variance + seen->eps);
        const BallVector gain = balls(norm->gain, bits_);
        for (auto& [key, vector] : stream) {
            const Ball mean = norm->kind == network::Norm::Kind::rms ? Ball(0) : mean_of(vector);
            for (std::size_t c = 0; c < vector.size(); ++c) vector[c] = (vector[c] - mean) * gain[c] / deviation;
        }
        add(stream, norms, balls(norm->bias, bits_));
    }
    static Ball mean_of(const BallVector& vector) {
        Ball sum = 0;
        for (const Ball& x : vector) sum += x;
        return sum / Ball(static_cast<long>(vector.size()));
    }

    void read(const Stream& stream) {
        BallVector weight;
        Ball bias;
        if (t_.readout.classes) {
            const network::Classes& classes = *t_.readout.classes;
            std::vector<double> middles;  // where balls overlap, these choose
            for (const Ball& logit : logits_) middles.push_back(logit.middle());
            std::tie(result_.accepted, result_.rejected) = compared_classes(classes, middles);
            weight = compared(classes, bias);
        } else {
            weight = balls(t_.readout.weight, bits_);
            bias =
                t_.readout.bias_in_n ? t_.readout.bias_in_n->enclose({.n = n_}, bits_) : Ball(t_.readout.bias, bits_);
        }
        for (const auto& [key, vector] : stream) {
            Ball adds = 0;
            for (std::size_t c = 0; c < vector.size(); ++c)
                if (!weight[c].is_zero()) adds.add_product(weight[c], vector[c]);
            conclude({key.part, key.layer, key.head, adds});
        }
        conclude({Part::readout, 0, 0, bias});
    }
    void conclude(Contribution contribution) {
        result_.sum += contribution.adds;
        result_.parts.push_back(std::move(contribution));
    }

    BallVector compared(const network::Classes& classes, Ball& bias) const {
        exact::Vector difference = dense_row(classes.logits.weight, *result_.accepted);
        const exact::Vector other = dense_row(classes.logits.weight, *result_.rejected);
        for (std::size_t c = 0; c < difference.size(); ++c) difference[c] -= other[c];
        if (!classes.logits.bias.empty())
            bias =
                Ball(exact::Rational(classes.logits.bias[*result_.accepted] - classes.logits.bias[*result_.rejected]),
                     bits_);
        return balls(difference, bits_);
    }

    network::AtLength at_;
    const network::Transformer& t_;
    long bits_;
    std::int64_t n_;
    std::vector<NormSeen> seen_;
    std::vector<PartSeen> parts_;
    BallVector logits_;
    Attribution result_;
};

}  // namespace

Attribution attribute(const network::Transformer& transformer, const language::Word& word, long bits) {
    require_one_answer(transformer);
    return Follower(transformer, word, bits).attribute();
}

void require_one_answer(const network::Transformer& transformer) {
    if (transformer.readout.reading == network::Readout::Reading::each)
        throw base::Unsupported(fmt::format("{} has a class at each position, and no one score to divide",
                                            base::printable(transformer.name)));
    if (transformer.readout.classes && transformer.readout.classes->names.size() == 1)
        throw base::Unsupported(
            fmt::format("{} has one class, and no other to compare it with", base::printable(transformer.name)));
}

std::string to_string(const Contribution& contribution) {
    switch (contribution.part) {
        case Part::embedding: return "embedding";
        case Part::head: return fmt::format("layer {}, head {}", contribution.layer + 1, contribution.head + 1);
        case Part::feedforward: return fmt::format("layer {}, feed-forward", contribution.layer + 1);
        case Part::norms: return "norms";
        case Part::readout: return "readout";
    }
    return "";
}

}  // namespace attest::soft
