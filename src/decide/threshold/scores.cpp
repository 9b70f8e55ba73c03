#include "attest/decide/threshold/scores.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "attest/base/error.hpp"
#include "base/json_text.hpp"

namespace attest::threshold {

namespace {

using Json = nlohmann::ordered_json;

class ScoredNetwork {
  public:
    ScoredNetwork(const Specification& specification, const std::vector<Sample>& samples, const Encoding& encoding,
                  const CutSolver& solver)
        : class_(specification.network),
          samples_(samples),
          encoding_(encoding),
          solver_(solver),
          values_(encoding.values) {
        for (const std::vector<Step>& steps : solver.needed_steps())
            keys_.push_back(keys(steps, encoding.orders[keys_.size()].elements().size()));
        for (const Site& site : encoding.sites)
            for (const Asker& a : site.askers)
                queries_[{site.layer, site.head, position(site.position), a.value}] = {a.order, sign(a)};
        for (std::size_t x = 0; x < samples.size(); ++x) learn(x);
    }

    bool accepts(std::size_t x) { return accept_.count(run(x, nullptr)) > 0; }

    network::GuhatKeys numbers() const {
        network::GuhatKeys all;
        for (const auto& [asking, query] : queries_) {
            const auto& [l, h, i, own] = asking;
            all.signs[{l, h, i, own}] = query.sign;
            const base::Interner<network::Pair>& elements = encoding_.orders[query.order].elements();
            for (std::uint32_t e = 0; e < elements.size(); ++e)
                all.numbers[{l, h, elements[e]}] = keys_[query.order][e];
        }
        return all;
    }

    /// The file of section 9.8.
    ///
    /// Needs   a class without positions
    std::string document(const Specification& specification) const {
        const std::string end = end_symbol(specification.language.alphabet());
        Json attention = Json::array(), activation = Json::array(), accept = Json::array();
        for (const auto& [asking, query] : queries_)
            attention.push_back({{"layer", std::get<0>(asking)},
                                 {"head", std::get<1>(asking)},
                                 {"value", spell(std::get<3>(asking), specification)},
                                 {"prefer", classes(query.order, specification)}});
        for (const auto& [seen, becomes] : activation_) {
            Json entry = tuple_json(std::get<2>(seen), specification);
            activation.push_back({{"layer", std::get<0>(seen)},
                                  {"value", entry["value"]},
                                  {"attended", entry["attended"]},
                                  {"becomes", values_.number(becomes)}});
        }
        for (const network::ValueId tuple : accept_) accept.push_back(tuple_json(tuple, specification));
        const Json all{{"format", "attest/position-free"},
                       {"version", 1},
                       {"alphabet", specification.language.alphabet().symbols()},
                       {"end", end},
                       {"length", specification.length},
                       {"layers", class_.layers},
                       {"heads", class_.heads},
                       {"activations", *class_.activations},
                       {"attention", attention},
                       {"activation", activation},
                       {"accept", accept}};
        return base::json_text(all, 1) + "\n";
    }

  private:
    struct Query {
        std::uint32_t order = 0;
        std::int64_t sign = 0;
    };
    using Row = std::vector<network::ValueId>;  ///< by position

    Json spell(network::ValueId value, const Specification& s) const {
        const std::uint64_t number = values_.number(value);
        if (values_.kind(value) == network::Values::Kind::activation) return number;
        return number < s.language.alphabet().size() ? s.language.alphabet().symbols()[number]
                                                     : end_symbol(s.language.alphabet());
    }

    Json tuple_json(network::ValueId tuple, const Specification& s) const {
        Json attended = Json::array();
        for (const network::Pair& p : values_.attended(tuple)) attended.push_back(spell(p.value, s));
        return {{"value", spell(values_.own(tuple), s)}, {"attended", attended}};
    }

    /// Values by descending key.
    Json classes(std::uint32_t order, const Specification& s) const {
        std::map<std::int64_t, Json, std::greater<>> by_key;
        const base::Interner<network::Pair>& elements = encoding_.orders[order].elements();
        for (std::uint32_t e = 0; e < elements.size(); ++e)
            by_key[keys_[order][e]].push_back(spell(elements[e].value, s));
        Json list = Json::array();
        for (auto& [key, values] : by_key) list.push_back(std::move(values));
        return list;
    }

    std::int64_t position(std::int64_t i) const { return class_.positions_visible ? i : 0; }
    std::int64_t sign(const Asker& a) const {
        return !class_.key_dimension_one || solver_.value(a.most) ? 1 : solver_.value(a.least) ? -1 : 0;
    }

    /// The least whole numbers that do what the assignment needs.
    static std::vector<std::int64_t> keys(const std::vector<Step>& steps, std::size_t elements) {
        std::vector<std::int64_t> keys(elements, 0);
        for (std::size_t round = 0; round <= elements + 1; ++round) {
            bool done = true;
            for (const Step& s : steps) {
                const std::int64_t least = keys[s.comparison.lower] + (s.comparison.strictly ? 1 : 0);
                done = done && keys[s.comparison.upper] >= least;
                keys[s.comparison.upper] = std::max(keys[s.comparison.upper], least);
            }
            if (done) return keys;
        }
        throw base::InternalError("a cycle of scores in a satisfying assignment");
    }

    /// Activations and accepted values are what the assignment says where the scores lead.
    void learn(std::size_t x) {
        const network::ValueId end = run(x, &encoding_.held);
        if (samples_[x].accepted) accept_.insert(end);
    }

    network::ValueId run(std::size_t x, const decltype(Encoding::held)* told) {
        Row held;
        for (const std::vector<Held>& at : encoding_.held[0][x]) held.push_back(at[0].value);
        for (std::int64_t l = 1; l <= class_.layers; ++l) {
            Row next;
            for (std::int64_t i = 1; i <= static_cast<std::int64_t>(held.size()); ++i) {
                if (l == class_.layers && i != static_cast<std::int64_t>(held.size())) continue;
                const network::ValueId tuple = see(l, i, held);
                next.push_back(
                    class_.bounded(l)
                        ? activation(l, i, tuple,
                                     told ? &(*told)[static_cast<std::size_t>(l)][x][static_cast<std::size_t>(i - 1)]
                                          : nullptr)
                        : tuple);
            }
            held = std::move(next);
        }
        return held.back();
    }

    network::ValueId see(std::int64_t l, std::int64_t i, const Row& held) {
        const std::int64_t seen = class_.mask == Mask::strict ? i - 1 : static_cast<std::int64_t>(held.size());
        std::vector<network::Pair> pairs;
        for (std::int64_t h = 1; h <= class_.heads; ++h) {
            if (seen > 0) {
                const std::int64_t j = attend(l, h, i, held, seen);
                pairs.push_back({position(j), held[static_cast<std::size_t>(j - 1)]});
            } else if (class_.positions_visible) {
                pairs.push_back({i, held[static_cast<std::size_t>(i - 1)]});
            }
        }
        return values_.tuple(held[static_cast<std::size_t>(i - 1)], pairs);
    }

    /// The leftmost position of the greatest score.
    std::int64_t attend(std::int64_t l, std::int64_t h, std::int64_t i, const Row& held, std::int64_t seen) const {
        const auto query = queries_.find({l, h, position(i), held[static_cast<std::size_t>(i - 1)]});
        if (query == queries_.end()) return 1;
        const auto score = [&](std::int64_t j) {
            return query->second.sign * key(query->second.order, {position(j), held[static_cast<std::size_t>(j - 1)]});
        };
        std::int64_t best = 1;
        for (std::int64_t j = 2; j <= seen; ++j)
            if (score(j) > score(best)) best = j;
        return best;
    }

    std::int64_t key(std::uint32_t order, const network::Pair& pair) const {
        const std::optional<std::uint32_t> element = encoding_.orders[order].elements().find(pair);
        return element ? keys_[order][*element] : 0;
    }

    network::ValueId activation(std::int64_t l, std::int64_t i, network::ValueId tuple, const std::vector<Held>* told) {
        const std::tuple<std::int64_t, std::int64_t, network::ValueId> seen{l, position(i), tuple};
        if (told)
            for (const Held& h : *told)
                if (solver_.value(h.literal) && activation_.try_emplace(seen, h.value).first->second != h.value)
                    throw base::InternalError("an activation with two values in a satisfying assignment");
        return activation_.at(seen);
    }

    const NetworkClass class_;
    const std::vector<Sample>& samples_;
    const Encoding& encoding_;
    const CutSolver& solver_;
    network::Values values_;
    std::vector<std::vector<std::int64_t>> keys_;  ///< [order][element]
    std::map<std::tuple<std::int64_t, std::int64_t, std::int64_t, network::ValueId>, Query> queries_;
    std::map<std::tuple<std::int64_t, std::int64_t, network::ValueId>, network::ValueId> activation_;
    std::set<network::ValueId> accept_;
};

}  // namespace

Scores run_by_scores(const Specification& specification, const std::vector<Sample>& samples, const Encoding& encoding,
                     const CutSolver& solver) {
    ScoredNetwork network(specification, samples, encoding, solver);
    for (std::size_t x = 0; x < samples.size(); ++x)
        if (network.accepts(x) != samples[x].accepted)
            throw base::InternalError(fmt::format("the network that was found errs on '{}'",
                                                  specification.language.alphabet().spell(samples[x].word)));
    if (specification.network.positions_visible) return {network.numbers(), {}};
    return {{}, network.document(specification)};
}

}  // namespace attest::threshold
