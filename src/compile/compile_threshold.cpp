// Average attention in constant depth: the sums that `average` counts from left to right are here one gate each.
//
// Statement. Let the candidates of one class have images that are whole numbers in each coordinate, with the sum S over those
// that are present. For possible values s < s′ of S next to each other, S = s iff the threshold gate S ≥ s is true and S ≥ s′
// is not; likewise for their number. So "the head adds the image u" is an OR of ANDs of such gates, over the classes and
// the pairs (number, sum) with the quotient u, with "no earlier class is present". A layer is then: threshold gates,
// an AND for each way in which a position comes to a vector, an OR for each value: three levels at any length (and one
// before, for symbols that are alike).
// Of hard attention a candidate is chosen iff it is present and none that is preferred is: one AND.
//
// After the last layer, where one head looks at one class and no feed-forward part follows, the answer is linear in the mean: it is
// positive iff Σ (f(image) + θ) over the present candidates is, f being what the readout makes of an image and θ the rest.
// That is one gate, and no division.
//
// Size. With v values of a position before the layer, H heads, n positions, r coordinates in which images differ, whole numbers
// of size A in them and C classes: for each position that is needed at most v H (C + n + r (2 A n + 1)) threshold gates,
// W = v (C + n (2 A n + 1)^r)^H ANDs, and an OR for each value, of which there are not more than W.
//
// Source  [hao2022formal]

#include <fmt/format.h>

#include <cmath>
#include <map>
#include <optional>
#include <set>

#include "attest/base/interner.hpp"
#include "attest/exact/matrix.hpp"
#include "attest/network/at_length.hpp"
#include "average.hpp"
#include "close.hpp"
#include "forms.hpp"
#include "kinds.hpp"
#include "stop.hpp"
#include "threshold_circuit.hpp"

namespace attest::compile {

namespace {

using circuit::Literal;

/// One way in which a head comes to an image: all the literals hold.
struct HeadTerm {
    exact::Vector image;
    std::vector<Literal> holds;
};

class ThresholdCompiler {
  public:
    ThresholdCompiler(const Inputs& inputs, const network::Transformer& transformer, std::size_t most_gates,
                      const base::Limits& limits)
        : inputs_(inputs),
          at_(transformer, inputs.length()),
          t_(*at_),
          most_gates_(most_gates),
          limits_(limits),
          n_(t_.sequence_length(inputs.length())),
          need_(t_, n_),
          values_(static_cast<std::size_t>(n_ + 1)),
          made_{ThresholdCircuit(input_count(inputs)), circuit::bottom, 0, {}, 0} {}

    ThresholdModel compile() {
        network::require_values(t_, n_);
        made_.positions = n_;
        embed();
        for (std::size_t b = 1; b <= t_.layers.size(); ++b) advance(b);
        std::vector<Literal> accepting;
        for (const Value& v : values_[static_cast<std::size_t>(t_.readout_position(n_))])
            if (network::accepts(t_.readout, v.vector)) accepting.push_back(v.holds.front());
        if (!linear_) made_.accept = made_.circuit.disjunction(accepting);
        made_.circuit = made_.circuit.cone(made_.accept);
        made_.formula_log2 = std::log2(formula_ + 1);
        return std::move(made_);
    }

  private:
    static std::size_t input_count(const Inputs& inputs) {
        const auto length = static_cast<std::size_t>(inputs.length());
        return inputs.symbols() == 1 ? 0 : inputs.symbols() == 2 ? length : length * inputs.symbols();
    }

    void poll() const {
        if (const auto limit = limits_.exceeded()) stop(verdict::reason_of(*limit), "while compiling");
        if (made_.circuit.gates().size() > most_gates_)
            stop(verdict::Reason::memory, fmt::format("more than {} threshold gates", most_gates_));
    }

    void embed() {
        for (const std::int64_t p : need_.positions(0)) {
            const exact::Vector at = network::position_vector(t_, p, n_);
            std::vector<Case> cases;
            const auto add = [&](const exact::Vector& symbol, Literal holds) {
                exact::Vector y = at;
                exact::add_to(y, symbol);
                cases.push_back({std::move(y), {holds}});
            };
            const std::int64_t i = p - (t_.begin ? 1 : 0);
            if (i < 1) add(t_.begin_embedding, circuit::top);
            else if (i > inputs_.length()) add(t_.end_embedding, circuit::top);
            else
                for (language::Symbol a = 0; a < inputs_.symbols(); ++a) add(t_.embedding[a], inputs_.present(i, a));
            values_[static_cast<std::size_t>(p)] = close(0, p, cases);
        }
        record(0);
    }

    /// Cases of equal views are one value.
    ValueSet close(std::size_t b, std::int64_t p, const std::vector<Case>& cases) {
        base::Interner<exact::Vector> views;
        std::vector<std::pair<exact::Vector, std::vector<Literal>>> groups;
        for (const Case& c : cases) {
            const std::uint32_t g = views.number(view_of(t_, need_, b, p, c.vector));
            if (g == groups.size()) groups.push_back({c.vector, {}});
            groups[g].second.push_back(c.holds.front());
        }
        ValueSet set;
        for (auto& [vector, holds] : groups)
            set.push_back({std::move(vector), {groups.size() == 1 ? circuit::top : made_.circuit.disjunction(holds)}});
        return set;
    }

    void advance(std::size_t b) {
        const network::Layer& layer = t_.layers[b - 1];
        std::vector<ValueSet> next(values_.size());
        std::optional<Ranker> ranker;
        ways_.clear();
        if (layer.attention) ranker.emplace(t_, b, n_, need_, values_);
        for (const std::int64_t p : need_.positions(b)) {
            poll();
            if (b == t_.layers.size() && answer_linearly(b, p, ranker)) return record(b);
            next[static_cast<std::size_t>(p)] = close(b, p, cases(b, p, ranker));
        }
        values_ = std::move(next);
        record(b);
    }

    std::vector<Case> cases(std::size_t b, std::int64_t p, std::optional<Ranker>& ranker) {
        const network::Layer& layer = t_.layers[b - 1];
        const std::vector<std::size_t> live = need_.live_heads(b, p);
        std::map<std::pair<std::size_t, std::uint32_t>, const std::vector<HeadTerm>*> known;
        std::vector<Case> made;
        const ValueSet& own = values_[static_cast<std::size_t>(p)];
        for (std::uint32_t z = 0; z < own.size(); ++z) {
            std::vector<const std::vector<HeadTerm>*> heads;
            std::vector<std::uint32_t> bounds;
            double product = 1;
            for (const std::size_t h : live) {
                const std::pair key{h, ranker->query(h, p, z)};
                auto at = known.find(key);
                if (at == known.end()) at = known.emplace(key, &terms(layer, h, ranker->rank(h, p, key.second))).first;
                heads.push_back(at->second);
                bounds.push_back(static_cast<std::uint32_t>(at->second->size()));
                product *= bounds.back();
            }
            if (product > static_cast<double>(most_gates_))
                stop(verdict::Reason::memory, fmt::format("{:.3g} ways to a value at position {}", product, p));
            const exact::Vector base = base_of(b, p, own[z].vector, live, ranker);
            for_each_choice(bounds, [&](const std::vector<std::uint32_t>& choice) {
                std::vector<Literal> all = own[z].holds;
                exact::Vector y = base;
                for (std::size_t h = 0; h < choice.size(); ++h) {
                    const HeadTerm& term = (*heads[h])[choice[h]];
                    all.insert(all.end(), term.holds.begin(), term.holds.end());
                    exact::add_to(y, term.image);
                }
                const Literal holds = made_.circuit.conjunction(all);
                if (holds == circuit::bottom) return;
                if (layer.feedforward) y = network::feed_forward(*layer.feedforward, y);
                made.push_back({std::move(y), {holds}});
            });
            poll();
        }
        return made;
    }

    /// What does not depend on what live heads find: the residual, and the other heads.
    exact::Vector base_of(std::size_t b, std::int64_t p, const exact::Vector& own, const std::vector<std::size_t>& live,
                          const std::optional<Ranker>& ranker) const {
        const network::Layer& layer = t_.layers[b - 1];
        exact::Vector base = !layer.attention || layer.attention->residual ? own : exact::Vector(t_.dimension);
        for (std::size_t h = 0; layer.attention && h < layer.attention->heads.size(); ++h)
            if (std::find(live.begin(), live.end(), h) == live.end()) exact::add_to(base, ranker->constant(h, p));
        return base;
    }

    Literal literal(const Candidate& c) const {
        return values_[static_cast<std::size_t>(c.position)][c.value].holds.front();
    }

    /// What ranks alike at several positions has the same gates: they are made once.
    const std::vector<HeadTerm>& terms(const network::Layer& layer, std::size_t head, const Ranking& ranking) {
        std::vector<std::uintptr_t> key{head};
        for (const std::vector<Step>& steps : ranking.classes) {
            key.push_back(0);
            for (const Step& step : steps)
                for (const Candidate& c : step.candidates) {
                    key.push_back(static_cast<std::uintptr_t>(c.position));
                    key.push_back(c.value);
                    key.push_back(reinterpret_cast<std::uintptr_t>(&ranking.images[c.image]));
                }
        }
        const auto [entry, fresh] = ways_.try_emplace(std::move(key));
        if (fresh)
            entry->second =
                layer.attention->kind == network::AttentionKind::average ? means(ranking) : choices(ranking);
        return entry->second;
    }

    /// Of hard attention: a candidate with none before it that the head prefers.
    std::vector<HeadTerm> choices(const Ranking& ranking) {
        std::vector<HeadTerm> terms;
        std::vector<Literal> before;
        for (const std::vector<Step>& steps : ranking.classes)
            for (std::size_t s = 0; s < steps.size(); ++s) {
                const Step& step = steps[ranking.tie == network::Tie::left ? s : steps.size() - 1 - s];
                for (const Candidate& c : step.candidates) {
                    std::vector<Literal> holds = before;
                    holds.push_back(literal(c));
                    terms.push_back({ranking.images[c.image], std::move(holds)});
                }
                for (const Candidate& c : step.candidates) before.push_back(!literal(c));
            }
        classes_ = std::max(classes_, static_cast<double>(terms.size()));
        return terms;
    }

    std::vector<HeadTerm> means(const Ranking& ranking) {
        std::vector<HeadTerm> terms;
        std::vector<Literal> before;  // no earlier class is present
        for (const std::vector<Step>& steps : ranking.classes) {
            poll();
            const Literal exists = present(steps);
            if (is_one_image(steps)) {
                terms.push_back({ranking.images[steps.front().candidates.front().image], before});
                terms.back().holds.push_back(exists);
            } else {
                add_means(ranking, steps, before, terms);
            }
            before.push_back(!exists);
        }
        classes_ = std::max(classes_, static_cast<double>(ranking.classes.size()));
        return terms;
    }

    Literal present(const std::vector<Step>& steps) {
        std::vector<Literal> literals;
        for (const Step& step : steps) {
            if (step.whole) return circuit::top;
            for (const Candidate& c : step.candidates) literals.push_back(literal(c));
        }
        return made_.circuit.disjunction(literals);
    }

    /// The number of candidates before the sums, coordinate by coordinate.
    using Totals = std::vector<mpz_class>;

    void add_means(const Ranking& ranking, const std::vector<Step>& steps, const std::vector<Literal>& before,
                   std::vector<HeadTerm>& terms) {
        const ScaledImages scaled = scaled_images(steps, ranking.images);
        for (const auto& numbers : scaled.numbers)
            for (const mpz_class& number : numbers) size_ = std::max(size_, std::abs(number.get_d()));
        coordinates_ = std::max(coordinates_, static_cast<double>(scaled.coordinates.size()));
        const std::set<Totals> totals = possible_totals(steps, scaled);
        const std::size_t size = scaled.coordinates.size() + 1;
        std::vector<std::map<mpz_class, std::vector<Literal>>> equal(size);  // "the total is this"
        for (std::size_t c = 0; c < size; ++c) equal[c] = equalities(steps, scaled, totals, c);
        for (const Totals& total : totals) {
            if (total[0] == 0) continue;
            HeadTerm term{ranking.images[steps.front().candidates.front().image], before};
            for (std::size_t c = 0; c < size; ++c) {
                const auto& literals = equal[c].at(total[c]);
                term.holds.insert(term.holds.end(), literals.begin(), literals.end());
                if (c == 0) continue;
                exact::Rational mean(total[c], scaled.denominators[c - 1] * total[0]);
                mean.canonicalize();
                term.image[scaled.coordinates[c - 1]] = mean;
            }
            terms.push_back(std::move(term));
        }
    }

    std::set<Totals> possible_totals(const std::vector<Step>& steps, const ScaledImages& scaled) const {
        std::set<Totals> totals{Totals(scaled.coordinates.size() + 1)};
        for (const Step& step : steps) {
            poll();
            std::set<Totals> next;
            if (!step.whole) next = totals;
            for (const Candidate& c : step.candidates)
                for (Totals total : totals) {
                    total[0] += 1;
                    for (std::size_t k = 1; k < total.size(); ++k) total[k] += scaled.numbers[c.image][k - 1];
                    next.insert(std::move(total));
                }
            if (next.size() > most_gates_)
                stop(verdict::Reason::memory, "too many sums of a head of average attention");
            totals = std::move(next);
        }
        return totals;
    }

    std::map<mpz_class, std::vector<Literal>> equalities(const std::vector<Step>& steps, const ScaledImages& scaled,
                                                         const std::set<Totals>& totals, std::size_t coordinate) {
        std::vector<std::pair<Literal, mpz_class>> weighted;
        for (const Step& step : steps)
            for (const Candidate& c : step.candidates)
                weighted.emplace_back(literal(c),
                                      coordinate == 0 ? mpz_class(1) : scaled.numbers[c.image][coordinate - 1]);
        std::map<mpz_class, std::vector<Literal>> equal;
        for (const Totals& total : totals) equal[total[coordinate]];
        for (auto at = equal.begin(); at != equal.end(); ++at) {
            if (at == equal.begin()) continue;
            const Literal reaches = made_.circuit.threshold(weighted, at->first);
            at->second.push_back(reaches);
            std::prev(at)->second.push_back(!reaches);
        }
        return equal;
    }

    /// One gate a value of the position that is read, where the answer is linear in the one mean that is left.
    bool answer_linearly(std::size_t b, std::int64_t p, std::optional<Ranker>& ranker) {
        const network::Layer& layer = t_.layers[b - 1];
        const std::vector<std::size_t> live = need_.live_heads(b, p);
        if (!layer.attention || layer.attention->kind != network::AttentionKind::average || layer.feedforward ||
            live.size() != 1 || t_.readout.classes)
            return false;
        const ValueSet& own = values_[static_cast<std::size_t>(p)];
        std::vector<Ranking> rankings;
        for (std::uint32_t z = 0; z < own.size(); ++z) {
            rankings.push_back(ranker->rank(live[0], p, ranker->query(live[0], p, z)));
            if (rankings.back().classes.size() != 1) return false;
        }
        std::vector<Literal> accepting;
        for (std::size_t z = 0; z < own.size(); ++z) {
            const exact::Vector base = base_of(b, p, own[z].vector, live, ranker);
            const exact::Rational rest = exact::dot(t_.readout.weight, base) + t_.readout.bias;
            std::vector<exact::Rational> weights;
            mpz_class denominator = 1;
            for (std::size_t u = 0; u < rankings[z].images.size(); ++u) {
                weights.emplace_back(exact::dot(t_.readout.weight, rankings[z].images[u]) + rest);
                mpz_lcm(denominator.get_mpz_t(), denominator.get_mpz_t(), weights.back().get_den_mpz_t());
            }
            std::vector<std::pair<Literal, mpz_class>> terms;
            for (const Step& step : rankings[z].classes.front())
                for (const Candidate& c : step.candidates)
                    terms.emplace_back(literal(c), mpz_class(weights[c.image] * denominator));
            accepting.push_back(made_.circuit.conjunction({own[z].holds.front(), made_.circuit.threshold(terms, 1)}));
        }
        made_.accept = made_.circuit.disjunction(accepting);
        linear_ = true;
        values_.assign(values_.size(), {});
        return true;
    }

    /// Counts values, and adds to the formula what the layer can take.
    void record(std::size_t b) {
        std::size_t greatest = 0;
        for (const std::int64_t p : need_.positions(b))
            greatest = std::max(greatest, values_[static_cast<std::size_t>(p)].size());
        if (b > 0) {
            const auto v = static_cast<double>(made_.values.back()), n = static_cast<double>(n_);
            const auto& attention = t_.layers[b - 1].attention;
            const double heads = attention ? static_cast<double>(attention->heads.size()) : 0;
            const double sums = 2 * size_ * n + 1;
            const double ways = v * std::pow(classes_ + n * std::pow(sums, coordinates_), heads);
            formula_ += static_cast<double>(need_.positions(b).size()) *
                        (v * heads * (classes_ + n + coordinates_ * sums) + ways + std::max(1.0, ways));
        }
        made_.values.push_back(greatest);
        size_ = coordinates_ = classes_ = 0;
    }

    const Inputs& inputs_;
    network::AtLength at_;
    const network::Transformer& t_;
    std::size_t most_gates_;
    const base::Limits& limits_;
    std::int64_t n_;
    network::Need need_;
    std::vector<ValueSet> values_;  // by position, from 1
    ThresholdModel made_;
    std::map<std::vector<std::uintptr_t>, std::vector<HeadTerm>> ways_;  // of the layer, by head and ranking
    bool linear_ = false;                                                // the answer is already a gate
    double formula_ = 0;                                                 // the size formula
    // Of the layer: the greatest whole number in an image, coordinates in which images differ, classes (or candidates of hard
    // attention) of one query.
    double size_ = 0, coordinates_ = 0, classes_ = 0;
};

}  // namespace

std::variant<ThresholdModel, verdict::Undecided> compile_threshold(const Inputs& inputs,
                                                                   const network::Transformer& transformer,
                                                                   std::size_t most_gates, const base::Limits& limits) {
    network::require_decision(transformer);
    const network::AtLength at(transformer, inputs.length());
    if (!has_circuit(*at) || at->readout.pools())
        return verdict::Undecided{verdict::Reason::unsupported,
                                  "threshold gates are made of hard and average attention, read at one position"};
    try {
        return ThresholdCompiler(inputs, transformer, most_gates, limits).compile();
    } catch (Stop& s) {
        return std::move(s.why);
    }
}

}  // namespace attest::compile
