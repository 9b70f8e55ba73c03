// A part that is taken away adds a constant, mostly 0. In doubles: the columns of the layer's output map that read the head
// become 0, or those of the last map of the feed-forward part; and the bias is the sum of what is left.
//
// Bounds. A matrix some of whose columns are 0 stretches no vector more than the whole one does, nor does the matrix of its
// absolute values, so the bounds of the whole hold. Of a matrix that is B equal blocks W one below the other the norm is
// √B ‖W‖; with other columns 0 in each block its square is at most the sum of the squares of the blocks' norms, none of which
// is more than ‖W‖: so they hold there, too.

#include "scores_without.hpp"

#include <algorithm>

#include "words_ordered.hpp"

namespace attest::soft {

namespace {

using exact::Rational;

std::vector<double> doubles_of(const exact::Vector& vector) {
    std::vector<double> result;
    for (const Rational& x : vector) result.push_back(words::near(x));
    return result;
}

/// What those heads of a layer add that see something, whatever they read: the biases of those that are left, and the
/// constants. sees: of a head
template <typename Sees>
exact::Vector biases_left(const network::Attention& attention, std::size_t dimension,
                          const std::vector<const TakenAway*>& gone, const Sees& sees) {
    exact::Vector sum(dimension);
    for (std::size_t h = 0; h < attention.heads.size(); ++h) {
        if (!sees(h)) continue;
        const exact::Vector& own = attention.heads[h].output.bias;
        std::vector<const exact::Vector*> bias(dimension, own.empty() ? nullptr : &own);
        for (const TakenAway* part : gone)
            for (std::size_t r = 0; part->head == h && r < dimension; ++r)
                if (part->takes(r)) bias[r] = part->constant;
        for (std::size_t r = 0; r < dimension; ++r)
            if (bias[r] != nullptr && !bias[r]->empty()) sum[r] += (*bias[r])[r];
    }
    return sum;
}

}  // namespace

class ScoresWithout::Implementation {
  public:
    Implementation(const network::Transformer& transformer, std::int64_t length, std::size_t most_columns)
        : transformer_(transformer),
          whole_(transformer, length, words::Network::Gives::score, words::Network::Heads::folded),
          rest_(whole_),
          free_(words::choose_free(whole_, most_columns)) {
        ordered_.emplace(rest_, free_);
    }

    bool can_take_away() const {
        return std::none_of(transformer_.layers.begin(), transformer_.layers.end(),
                            [](const network::Layer& layer) { return layer.repeat.has_value(); });
    }

    void take_away(const std::vector<TakenAway>& parts) {
        for (std::size_t l = 0; l < whole_.layers.size(); ++l) {
            std::vector<const TakenAway*> heads;
            const TakenAway* feedforward = nullptr;
            for (const TakenAway& part : parts) {
                if (part.layer != l) continue;
                if (part.feedforward) feedforward = &part;
                else heads.push_back(&part);
            }
            if (whole_.layers[l].attention) take_heads(l, heads);
            if (whole_.layers[l].feedforward) take_feedforward(l, feedforward);
        }
        ordered_.emplace(rest_, free_);
    }

    std::size_t free() const { return free_; }
    const std::vector<exact::Interval>& scores(const language::Word& prefix) { return ordered_->scores(prefix); }

  private:
    void take_heads(std::size_t l, const std::vector<const TakenAway*>& gone) {
        const words::Attention& all = *whole_.layers[l].attention;
        words::Map& output = rest_.layers[l].attention->output;
        output = all.output;
        if (gone.empty()) return;
        for (const TakenAway* part : gone) {
            const words::Head& head = all.heads[part->head];
            if (part->last_row == 0) output.clear_columns(head.mean, head.dv);
            else output.clear(part->first_row, part->last_row, head.mean, head.mean + head.dv);
        }
        const auto left = [&](const auto& sees) {
            return biases_left(*transformer_.layers[l].attention, transformer_.dimension, gone, sees);
        };
        if (all.output.by_position.empty() && gone.front()->by_position == nullptr)
            return output.set_bias(doubles_of(left([](std::size_t) { return true; })));
        output.set_biases(by_position(gone, [&](std::size_t p) {
            return left([&](std::size_t h) {
                const auto [from, to] = words::Attention::seen(all.heads[h], p, whole_.positions);
                return from < to;
            });
        }));
    }

    /// What is added at each position, and what parts add besides that are gone.
    template <typename Besides>
    std::vector<std::vector<double>> by_position(const std::vector<const TakenAway*>& gone,
                                                 const Besides& besides) const {
        std::vector<std::vector<double>> shifts;
        for (std::size_t p = 0; p < whole_.positions; ++p) {
            exact::Vector sum = besides(p);
            for (const TakenAway* part : gone)
                if (part->by_position != nullptr) exact::add_to(sum, (*part->by_position)[p]);
            shifts.push_back(doubles_of(sum));
        }
        return shifts;
    }

    void take_feedforward(std::size_t l, const TakenAway* gone) {
        words::Map& last = rest_.layers[l].feedforward->maps.back();
        last = whole_.layers[l].feedforward->maps.back();
        if (gone == nullptr) return;
        last.clear_columns(0, last.inputs);
        if (gone->by_position != nullptr)
            return last.set_biases(
                by_position({gone}, [&](std::size_t) { return exact::Vector(transformer_.dimension); }));
        last.set_bias(gone->constant != nullptr && !gone->constant->empty() ? doubles_of(*gone->constant)
                                                                            : std::vector<double>(last.outputs, 0));
    }

    const network::Transformer& transformer_;
    words::Network whole_, rest_;
    std::size_t free_;
    std::optional<words::OrderedScores> ordered_;
};

ScoresWithout::ScoresWithout(const network::Transformer& transformer, std::int64_t length, std::size_t most_columns) {
    network::require_values(transformer, transformer.sequence_length(length));
    implementation_ = std::make_unique<Implementation>(transformer, length, most_columns);
}
ScoresWithout::~ScoresWithout() = default;

bool ScoresWithout::can_take_away() const { return implementation_->can_take_away(); }
void ScoresWithout::take_away(const std::vector<TakenAway>& parts) { implementation_->take_away(parts); }
std::int64_t ScoresWithout::free_symbols() const { return static_cast<std::int64_t>(implementation_->free()); }
const std::vector<exact::Interval>& ScoresWithout::scores(const language::Word& prefix) {
    return implementation_->scores(prefix);
}

}  // namespace attest::soft
