#include "head_change.hpp"

#include <algorithm>
#include <optional>

namespace attest::influence {

namespace {

Interval dot(const Interval* a, const Interval* b, std::size_t size) {
    Interval sum;
    for (std::size_t c = 0; c < size; ++c) sum += a[c] * b[c];
    return sum;
}

Looked look(const TwoRuns& runs, const IntervalHead& head, const Vectors& in) {
    const std::size_t classes = runs.classes, m = runs.symbols, d = runs.dimension;
    Looked at;
    at.dk = head.key ? head.key->outputs() : 0;
    at.dv = head.value.outputs();
    at.key.resize(classes * m * at.dk), at.key_change.resize(at.key.size()), at.key_flip.resize(classes * at.dk);
    at.value.resize(classes * m * at.dv), at.value_change.resize(at.value.size()),
        at.value_flip.resize(classes * at.dv);
    for (std::size_t k = 0; k < classes; ++k) {
        if (head.key) head.key->apply_linear(&in.flip[k * d], &at.key_flip[k * at.dk]);
        head.value.apply_linear(&in.flip[k * d], &at.value_flip[k * at.dv]);
        for (std::size_t s = 0; s < runs.options(k); ++s) {
            const std::size_t e = k * m + s;
            if (head.key) head.key->apply_to(&in.y[e * d], &at.key[e * at.dk]);
            if (head.key) head.key->apply_linear(&in.change[e * d], &at.key_change[e * at.dk]);
            head.value.apply_to(&in.y[e * d], &at.value[e * at.dv]);
            head.value.apply_linear(&in.change[e * d], &at.value_change[e * at.dv]);
        }
    }
    return at;
}

/// One query of a head: how its scores, weights and means change.
class Query {
  public:
    /// The query q of position `asking`, which changes by dq.
    Query(const TwoRuns& runs, const IntervalHead& head, const Looked& at, const Places& where, std::int64_t asking,
          const Box& q, const Box& dq)
        : runs_(runs),
          at_(at),
          where_(where),
          m_(runs.symbols),
          k_(runs.classes),
          score_(k_ * m_),
          move_(k_ * m_),
          flip_move_(k_),
          grown_(k_ * m_),
          factor_(k_ * m_),
          flip_grown_(k_) {
        find_scores(head, asking, q, dq);
        find_growth();
        find_weights();
    }

    /// `only`: the class of the replaced position if it is known, else the number of classes; `terms`: whether to tell them.
    Asked answer(std::size_t only, bool terms) {
        Asked asked;
        asked.mean.resize(at_.dv);
        asked.change.assign(at_.dv, Interval{exact::infinity, -exact::infinity});
        asked.by_class.resize(k_);
        asked.terms.resize(k_);
        for (std::size_t k = 0; k < k_; ++k)
            if (runs_.replaceable(k) && (only == k_ || only == k)) asked.by_class[k].resize(at_.dv);
        for (std::size_t v = 0; v < at_.dv; ++v) answer_value(v, terms, asked);
        return asked;
    }

  private:
    bool seen(std::size_t k) const { return where_.by_class[k].count > 0; }

    void find_scores(const IntervalHead& head, std::int64_t asking, const Box& q, const Box& dq) {
        for (std::size_t k = 0; k < k_; ++k)
            for (std::size_t s = 0; s < runs_.options(k) && seen(k); ++s) {
                const std::size_t e = k * m_ + s;
                const Interval* key = at_.key.data() + e * at_.dk;
                const Interval* key_change = at_.key_change.data() + e * at_.dk;
                score_[e] = head.scale * dot(q.data(), key, at_.dk);
                if (head.bias != nullptr) score_[e] += bias(head, asking, runs_.cls(k).members[0]);
                Interval d = dot(q.data(), key_change, at_.dk);
                for (std::size_t c = 0; c < at_.dk; ++c) d += dq[c] * (key[c] + key_change[c]);
                move_[e] = head.scale * d;
                moves_ = hull(moves_, move_[e]);
                if (s != runs_.replaced.from || !runs_.replaceable(k)) continue;
                const Interval* key_flip = at_.key_flip.data() + k * at_.dk;
                Interval f = dot(q.data(), key_flip, at_.dk);
                for (std::size_t c = 0; c < at_.dk; ++c) f += dq[c] * (key[c] + key_flip[c]);
                flip_move_[k] = head.scale * f;
            }
    }

    Interval bias(const IntervalHead& head, std::int64_t i, std::int64_t j) const {
        const exact::Variables at{.i = i, .j = j, .n = runs_.net.n};
        if (head.bias->is_transcendental()) return exact::to_interval(head.bias->enclose(at, 128));
        return exact::to_interval(head.bias->evaluate(at));
    }

    /// e^Δs − 1 and e^Δs, but for a shift common to all scores, which changes no weight.
    void find_growth() {
        const double middle = moves_.is_finite() ? moves_.middle() : 0;
        const Interval shift = {middle, middle};
        Interval last{}, last_grown{};
        const auto growth = [&](Interval x) {
            if (!(x == last)) last = x, last_grown = expm1(x);
            return last_grown;
        };
        for (std::size_t k = 0; k < k_; ++k) {
            for (std::size_t s = 0; s < runs_.options(k) && seen(k); ++s) {
                grown_[k * m_ + s] = growth(move_[k * m_ + s] - shift);
                factor_[k * m_ + s] = Interval{1, 1} + grown_[k * m_ + s];
            }
            if (runs_.replaceable(k) && seen(k)) flip_grown_[k] = growth(flip_move_[k] - shift);
        }
    }

    void find_weights() {
        if (moves_.width() > 0.25 || !moves_.is_finite()) {
            Box score_after(k_ * m_);
            for (std::size_t e = 0; e < k_ * m_; ++e) score_after[e] = score_[e] + move_[e];
            weights_after_ = weigh(where_, std::move(score_after));
            flip_weight_ = flipped_weights(weights_after_->top);
        }
        weights_ = weigh(where_, std::move(score_));
        scaled_ = weighted_mean(where_, weights_, factor_);
    }

    Box flipped_weights(double top) const {
        Box weight(k_);
        for (std::size_t k = 0; k < k_; ++k)
            if (runs_.replaceable(k) && seen(k))
                weight[k] = exp(score_[k * m_ + runs_.replaced.from] + flip_move_[k] - Interval{top, top});
        return weight;
    }

    /// The mean after the replacement, by itself: where scores move far this says more than how the mean moves.
    class MeanAfter {
      public:
        MeanAfter(const Query& query, std::size_t v, const Box& before) : query_(query), v_(v), value_(before) {
            const Looked& at = query.at_;
            for (std::size_t e = 0; e < value_.size(); ++e) value_[e] += at.value_change[e * at.dv + v];
            stays_ = weighted_mean(query.where_, *query.weights_after_, value_);
            for (std::size_t e = 0; e < value_.size(); ++e) value_[e] = value_[e] - stays_;
        }
        /// With the replaced position in class k: its summand is exchanged in the mean in which its symbol stays.
        Interval at(std::size_t k) const {
            if (!query_.seen(k)) return stays_;
            const Looked& at = query_.at_;
            const Weights& weights = *query_.weights_after_;
            const Interval& flip_weight = query_.flip_weight_[k];
            const std::size_t e = k * query_.m_ + query_.runs_.replaced.from;
            const Interval stayed = weights.weight[e] * value_[e];
            // value_[e] is the symbol's value after, less the mean; the flipped one differs from it by two changes.
            const Interval flipped = value_[e] - at.value_change[e * at.dv + v_] + at.value_flip[k * at.dv + v_];
            Interval total = weights.total - weights.weight[e] + flip_weight;
            total.lo = std::max({0.0, total.lo, flip_weight.lo});
            return stays_ + (flip_weight * flipped - stayed) / total;
        }

      private:
        const Query& query_;
        std::size_t v_;
        Box value_;
        Interval stays_;
    };

    void answer_value(std::size_t v, bool terms, Asked& asked) const {
        Box column(k_ * m_), g(k_ * m_);
        for (std::size_t e = 0; e < k_ * m_; ++e) column[e] = at_.value[e * at_.dv + v];
        const Interval mean = asked.mean[v] = weighted_mean(where_, weights_, column);
        for (std::size_t k = 0; k < k_; ++k)
            for (std::size_t s = 0; s < runs_.options(k); ++s) {
                const std::size_t e = k * m_ + s;
                g[e] = grown_[e] * (column[e] - mean) + factor_[e] * at_.value_change[e * at_.dv + v];
            }
        if (terms) add_terms(g, asked);
        const Interval others = weighted_mean(where_, weights_, g);
        std::optional<MeanAfter> after;
        if (weights_after_) after.emplace(*this, v, column);
        for (std::size_t k = 0; k < k_; ++k) {
            if (asked.by_class[k].empty()) continue;
            Interval& moved = asked.by_class[k][v];
            moved = seen(k) ? moved_by_replacement(k, v, mean, others, column, g) : others / scaled_;
            if (after) moved = intersect(moved, after->at(k) - mean);
            asked.change[v] = hull(asked.change[v], moved);
        }
        if (asked.change[v].lo > asked.change[v].hi) asked.change[v] = {};  // there is no position to replace at
    }

    Interval moved_by_replacement(std::size_t k, std::size_t v, const Interval& mean, const Interval& others,
                                  const Box& column, const Box& g) const {
        const std::size_t e = k * m_ + runs_.replaced.from;
        Interval w = weights_.weight[e] / weights_.total;
        w = intersect(w, {0, 1});
        const Interval own =
            flip_grown_[k] * (column[e] - mean) + (Interval{1, 1} + flip_grown_[k]) * at_.value_flip[k * at_.dv + v];
        Interval ratio = scaled_ + w * (flip_grown_[k] - grown_[e]);
        ratio.lo = std::max(0.0, ratio.lo);
        return (others + w * (own - g[e])) / ratio;
    }

    void add_terms(const Box& g, Asked& asked) const {
        for (std::size_t k = 0; k < k_; ++k) {
            if (!seen(k)) continue;
            const double count = where_.by_class[k].count;
            const Interval term = where_.range(k, weights_.weight) / weights_.total * where_.range(k, g);
            asked.terms[k].push_back(term * Interval{count, count});
        }
    }

    const TwoRuns& runs_;
    const Looked& at_;
    const Places& where_;
    const std::size_t m_, k_;
    Box score_, move_, flip_move_;  // scores, and how they change
    Interval moves_{exact::infinity, -exact::infinity};
    Box grown_, factor_, flip_grown_;  // e^Δs − 1, e^Δs
    Weights weights_;
    Interval scaled_;                       // Z'/Z but for the replaced position
    std::optional<Weights> weights_after_;  // where scores move far
    Box flip_weight_;
};

}  // namespace

HeadAnswers::HeadAnswers(const TwoRuns& runs, const IntervalLayer& layer, const IntervalHead& head, const Vectors& in)
    : runs_(runs), layer_(layer), head_(head), looked_(look(runs, head, in)) {}

const Asked& HeadAnswers::ask(std::size_t asking_class, const Interval* y, const Interval* d, std::size_t only) {
    const std::size_t dk = looked_.dk;
    Box q(dk), dq(dk);
    if (head_.query) head_.query->apply_to(y, q.data()), head_.query->apply_linear(d, dq.data());
    const bool told_apart = head_.bias != nullptr || layer_.mask != network::Mask::none;
    std::vector<double> key{told_apart ? static_cast<double>(asking_class) : -1.0};
    bool moves = false;
    for (const Box* box : {&q, &dq})
        for (const Interval& x : *box) key.push_back(x.lo), key.push_back(x.hi);
    for (const Interval& x : dq) moves = moves || !x.is_zero();
    // A query that stays serves all replacements at once.
    key.push_back(moves ? static_cast<double>(only) : -1.0);
    const auto [place, is_new] = known_.try_emplace(std::move(key));
    if (is_new) {
        work_ += runs_.classes * runs_.symbols * (2 * dk + 8 * looked_.dv + 8);
        const std::int64_t asking = runs_.cls(asking_class).members[0];
        const Places where = places(asking);
        place->second = Query(runs_, head_, looked_, where, asking, q, dq)
                            .answer(moves ? only : runs_.classes, asking_class == runs_.reader);
    }
    return place->second;
}

Places HeadAnswers::places(std::int64_t asking) const {
    Places all{{}, runs_.symbols, runs_.words};
    std::int64_t hidden_words = 0;
    for (std::size_t k = 0; k < runs_.classes; ++k) {
        const PositionClass& c = runs_.cls(k);
        const bool seen = layer_.mask == network::Mask::none || allows(layer_.mask, asking, c.members[0]);
        all.by_class.push_back({seen ? static_cast<double>(c.members.size()) : 0, runs_.options(k)});
        if (!seen && c.is_word) hidden_words += static_cast<std::int64_t>(c.members.size());
    }
    for (std::size_t s = 0; s < runs_.symbols; ++s) {  // what the hidden ones may hold is not counted
        all.words.least[s] = std::max<std::int64_t>(0, all.words.least[s] - hidden_words);
        all.words.most[s] = std::min(all.words.most[s], all.words.length - hidden_words);
    }
    return all;
}

}  // namespace attest::influence
