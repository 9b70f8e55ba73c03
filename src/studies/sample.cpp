#include "studies/sample.hpp"

#include <algorithm>

#include "base/random.hpp"

namespace attest::studies {

using exact::Ball;
using exact::Rational;

namespace {

constexpr long law_bits = 256;

/// ⌊2^64 x⌋, and the greatest of 64 bits for x = 1.
std::uint64_t scaled(const Rational& x) {
    mpz_class whole = (x.get_num() << 64) / x.get_den();
    if (whole < 0) whole = 0;
    if (mpz_sizeinbase(whole.get_mpz_t(), 2) > 64) return UINT64_MAX;
    return mpz_get_ui(whole.get_mpz_t());
}

/// Draws from Bin(trials, chance), by the table of its distribution function.
class BinomialLaw {
  public:
    BinomialLaw(std::size_t trials, const Rational& chance) {
        if (chance == 1) {
            up_to_.assign(trials, 0);
            return;
        }
        const Ball odds(Rational(chance / (1 - chance)), law_bits);
        Ball term = power(Ball(Rational(1 - chance), law_bits), mpz_class(static_cast<unsigned long>(trials)));
        Ball sum = term;
        for (std::size_t k = 0; k < trials; ++k) {
            up_to_.push_back(scaled(sum.lower()));
            if (up_to_.back() == UINT64_MAX) return;
            term *= odds * Ball(static_cast<long>(trials - k)) / Ball(static_cast<long>(k + 1));
            sum += term;
        }
    }

    std::size_t draw(base::Random& random) const {
        return static_cast<std::size_t>(std::upper_bound(up_to_.begin(), up_to_.end(), random.bits()) - up_to_.begin());
    }

  private:
    std::vector<std::uint64_t> up_to_;  ///< 2^64 P(at most k)
};

struct DrawnEdge {
    std::uint32_t to;
    bool is_true;
};

/// A truth and a model of it; what goes out of a vertex is drawn when it is first asked for.
class Graphs {
  public:
    Graphs(const ToyModel& model, const Rational& recall, std::uint64_t seed)
        : random_(seed),
          true_edges_(model.nodes - 1, model.edge()),
          false_edges_(model.nodes - 1, model.hallucination / static_cast<unsigned long>(model.nodes)),
          kept_(scaled(recall)),
          keeps_all_(recall == 1),
          rows_(model.nodes),
          drawn_(model.nodes, 0),
          taken_(model.nodes, 0),
          chosen_(model.nodes, 0) {}

    std::size_t nodes() const { return rows_.size(); }
    void begin() { ++round_; }

    /// The edges of the model that go out of a vertex.
    const std::vector<DrawnEdge>& out(std::uint32_t vertex) {
        if (drawn_[vertex] == round_) return rows_[vertex];
        drawn_[vertex] = round_;
        std::vector<DrawnEdge>& row = rows_[vertex];
        row.clear(), ++mark_;
        taken_[vertex] = mark_;
        for (std::size_t k = true_edges_.draw(random_); k > 0; --k) {
            const std::uint32_t to = another();
            if (keeps_all_ || random_.bits() < kept_) row.push_back({to, true});
        }
        // A pair is drawn as false whether or not it is true, and left out if it is: so each false pair has its chance.
        for (std::size_t count = false_edges_.draw(random_); count > 0;) {
            const auto to = static_cast<std::uint32_t>(random_.below(nodes()));
            if (to == vertex || chosen_[to] == mark_) continue;
            chosen_[to] = mark_, --count;
            if (taken_[to] != mark_) row.push_back({to, false});
        }
        // A search that met true edges first would prefer paths of these; it must not look at what is true.
        std::sort(row.begin(), row.end(), [](const DrawnEdge& a, const DrawnEdge& b) { return a.to < b.to; });
        return row;
    }

  private:
    /// A vertex that was not taken.
    std::uint32_t another() {
        std::uint32_t to = 0;
        do to = static_cast<std::uint32_t>(random_.below(nodes()));
        while (taken_[to] == mark_);
        taken_[to] = mark_;
        return to;
    }

    base::Random random_;
    BinomialLaw true_edges_, false_edges_;
    std::uint64_t kept_;
    bool keeps_all_;
    std::vector<std::vector<DrawnEdge>> rows_;
    std::vector<std::uint64_t> drawn_, taken_, chosen_;  ///< in which round, under which mark
    std::uint64_t round_ = 0, mark_ = 0;
};

/// Breadth-first searches from vertex 0 for vertex 1.
class Searches {
  public:
    explicit Searches(std::size_t nodes) : seen_(nodes, 0), intact_(nodes, false) {}

    /// Along edges of the model; only true ones, or all. Gives whether it is found, and whether along true edges alone.
    struct Found {
        bool any = false, intact = false;
    };
    Found find(Graphs& graphs, bool only_true) {
        ++round_;
        queue_.assign(1, 0);
        seen_[0] = round_, intact_[0] = true;
        for (std::size_t head = 0; head < queue_.size(); ++head) {
            const std::uint32_t from = queue_[head];
            for (const DrawnEdge& edge : graphs.out(from)) {
                if (seen_[edge.to] == round_ || (only_true && !edge.is_true)) continue;
                seen_[edge.to] = round_;
                intact_[edge.to] = intact_[from] && edge.is_true;
                if (edge.to == 1) return {true, intact_[1]};
                queue_.push_back(edge.to);
            }
        }
        return {};
    }

  private:
    std::vector<std::uint64_t> seen_;
    std::vector<bool> intact_;
    std::vector<std::uint32_t> queue_;
    std::uint64_t round_ = 0;
};

Frequency frequency(std::uint64_t successes, std::uint64_t trials) {
    return {successes, trials, measure::clopper_pearson(successes, trials, mpq_class(1, 20))};
}

}  // namespace

std::optional<ToySample> sample(const ToyModel& model, const Rational& recall, std::uint64_t trials, std::uint64_t seed,
                                const base::Limits& limits) {
    Graphs graphs(model, recall, seed);
    Searches searches(model.nodes);
    std::uint64_t reach_true = 0, emit = 0, legal = 0;
    for (std::uint64_t k = 0; k < trials; ++k) {
        if (limits.exceeded()) return std::nullopt;
        graphs.begin();
        reach_true += searches.find(graphs, true).any ? 1 : 0;
        const Searches::Found found = searches.find(graphs, false);
        emit += found.any ? 1 : 0, legal += found.intact ? 1 : 0;
    }
    return ToySample{frequency(reach_true, trials), frequency(emit, trials), frequency(legal, trials)};
}

}  // namespace attest::studies
