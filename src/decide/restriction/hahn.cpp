#include "attest/decide/restriction/hahn.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "attention_order.hpp"
#include "attest/base/error.hpp"
#include "attest/network/at_length.hpp"
#include "base/random.hpp"
#include "network/features.hpp"

// The proof of [hahn2020theoretical], Lemma 4, as an algorithm at one length. Activations are tables over the inputs on which
// they depend. For each head, asking position and value held there, the order in which the head would look is walked until k
// activations with an input of their own are chosen; the head is satisfied if the walk ends before at one that cannot be
// beaten, which forcing an activation to its best value brings about. Where the proof takes the lexicographically first k
// activations of an order that each have a private input, the walk takes the next one whenever all keep theirs: the proof's
// bounds on what a head depends on do not follow then, so that dependences are counted, never derived from k.

namespace attest::restriction {

namespace {

/// A walk through an order: what was passed, and which of these were chosen.
struct Walk {
    AttentionOrder order;
    std::size_t passed = 0;           ///< places that the head may look at, if it is followed through k activations
    std::vector<std::size_t> chosen;  ///< indices of places
    bool satisfied = false;
};

class Run {
  public:
    Run(const network::Transformer& t, std::int64_t length, const HahnOptions& options, const base::Limits& limits)
        : at_(t, length),
          t_(*at_),
          options_(options),
          limits_(limits),
          random_(options.seed),
          symbols_(t.alphabet.size()),
          n_(t_.sequence_length(length)),
          rho_(Restriction::all_free(static_cast<std::size_t>(length))) {}

    HahnRun go() {
        network::require_values(t_, n_);
        find_read();
        embed();
        HahnRun run{options_, {}, rho_, {}, {}};
        for (std::size_t l = 0; l < t_.layers.size(); ++l) {
            HahnLayer record = layer(l);
            const bool reached = record.tabulated;
            run.layers.push_back(record);
            if (reached) continue;
            run.stopped =
                limits_.exceeded()
                    ? fmt::format("a limit was reached in layer {}", l + 1)
                    : fmt::format("an activation of layer {} depends on more inputs than are tabulated", l + 1);
            break;
        }
        run.restriction = rho_;
        if (run.stopped.empty()) run.depends_on = answer().inputs;
        return run;
    }

  private:
    // What is read, boundary by boundary, from the readout down.
    void find_read() {
        read_.assign(t_.layers.size() + 1, std::vector<bool>(static_cast<std::size_t>(n_), false));
        read_.back()[static_cast<std::size_t>(t_.readout_position(n_)) - 1] = true;
        for (std::size_t l = t_.layers.size(); l-- > 0;) {
            read_[l] = read_[l + 1];
            const auto& attention = t_.layers[l].attention;
            for (std::int64_t i = 0; attention && !attention->heads.empty() && i < n_; ++i)
                for (std::int64_t j = 0; read_[l + 1][static_cast<std::size_t>(i)] && j < n_; ++j)
                    if (allows(attention->mask, i, j)) read_[l][static_cast<std::size_t>(j)] = true;
        }
    }

    void embed() {
        const std::size_t begin = t_.begin ? 1 : 0;
        for (std::size_t p = 0; p < static_cast<std::size_t>(n_); ++p) {
            const exact::Vector at = position_vector(t_, static_cast<std::int64_t>(p) + 1, n_);
            const auto embedded = [&](const exact::Vector& symbol) {
                exact::Vector y = at;
                exact::add_to(y, symbol);
                return pool_.number(y);
            };
            Activation a;
            if (p < begin) a.table = {embedded(t_.begin_embedding)};
            else if (p - begin >= rho_.length()) a.table = {embedded(t_.end_embedding)};
            else {
                a.inputs = {p - begin};
                for (language::Symbol s = 0; s < symbols_; ++s) a.table.push_back(embedded(t_.embedding[s]));
            }
            activations_.push_back(a.under(rho_, symbols_));
        }
    }

    HahnLayer layer(std::size_t l) {
        HahnLayer record;
        record.inputs_before = most_inputs();
        record.free_before = rho_.free_count();
        if (t_.layers[l].attention && !t_.layers[l].attention->heads.empty()) {
            Scores scores(t_, l, n_, pool_);
            fix_busy_inputs(record);
            force_wanted(l, scores, record);
            fix_at_random(l, scores, record);
            record.tabulated = advance(l, &scores);
        } else {
            record.tabulated = advance(l, nullptr);
        }
        record.free_after = rho_.free_count();
        record.inputs_after = record.tabulated ? most_inputs() : 0;
        return record;
    }

    std::size_t most_inputs() const {
        std::size_t most = 0;
        for (const Activation& a : activations_) most = std::max(most, a.inputs.size());
        return most;
    }

    void fix(std::size_t input, language::Symbol symbol) { rho_.fixed[input] = symbol; }
    void restrict_all() {
        for (Activation& a : activations_) a = a.under(rho_, symbols_);
    }

    /// Stage 1: inputs that feed more than (1/eta)(c/C) activations, C being the share that is free.
    void fix_busy_inputs(HahnLayer& record) {
        const exact::Rational n(static_cast<unsigned long>(rho_.length())),
            free(static_cast<unsigned long>(rho_.free_count()));
        std::vector<std::size_t> feeds(rho_.length(), 0);
        for (const Activation& a : activations_)
            for (const std::size_t i : a.inputs) ++feeds[i];
        for (std::size_t i = 0; i < feeds.size(); ++i) {
            const exact::Rational fed(static_cast<unsigned long>(feeds[i])),
                c(static_cast<unsigned long>(record.inputs_before));
            if (rho_.fixed[i] || fed * options_.eta * free <= c * n) continue;
            fix(i, static_cast<language::Symbol>(random_.below(symbols_)));
            ++record.busy_inputs;
        }
        restrict_all();
    }

    /// The walks of all heads, at the positions that are read and for each value held there.
    std::vector<Walk> walks(std::size_t l, Scores& scores) const {
        std::vector<Walk> all;
        for (std::size_t i = 0; i < activations_.size(); ++i)
            for (std::size_t h = 0; read_[l + 1][i] && h < scores.attention().heads.size(); ++h)
                for (const ValueId z : activations_[i].values) all.push_back(walk(scores.order(h, i, z, activations_)));
        return all;
    }

    Walk walk(AttentionOrder order) const {
        Walk w{std::move(order), 0, {}, false};
        std::vector<std::size_t> counts(rho_.length(), 0);  // how many chosen activations an input feeds
        for (; w.passed < w.order.places.size() && w.chosen.size() < options_.k; ++w.passed) {
            const Activation& a = activations_[w.order.places[w.passed].position];
            for (const std::size_t i : a.inputs) ++counts[i];
            w.chosen.push_back(w.passed);
            if (all_have_inputs_of_their_own(w, counts)) continue;
            w.chosen.pop_back();
            for (const std::size_t i : a.inputs) --counts[i];
        }
        w.satisfied = w.passed == w.order.places.size();
        return w;
    }

    bool all_have_inputs_of_their_own(const Walk& w, const std::vector<std::size_t>& counts) const {
        return std::all_of(w.chosen.begin(), w.chosen.end(), [&](std::size_t place) {
            const auto& inputs = activations_[w.order.places[place].position].inputs;
            return std::any_of(inputs.begin(), inputs.end(), [&](std::size_t i) { return counts[i] == 1; });
        });
    }

    using HeadAt = std::pair<std::size_t, std::size_t>;  // head, asking position

    static std::set<HeadAt> unsatisfied(const std::vector<Walk>& all) {
        std::set<HeadAt> heads;
        for (const Walk& w : all)
            if (!w.satisfied) heads.insert({w.order.head, w.order.asking});
        return heads;
    }

    static std::size_t count_heads(const std::vector<Walk>& all) {
        std::set<HeadAt> heads;
        for (const Walk& w : all) heads.insert({w.order.head, w.order.asking});
        return heads.size();
    }

    /// Stage 2: while an activation has more than 2^c k H unsatisfied heads that may look at it, force the value that most of
    /// them want.
    void force_wanted(std::size_t l, Scores& scores, HahnLayer& record) {
        std::vector<Walk> all = walks(l, scores);
        record.heads = count_heads(all);
        record.satisfied_at_first = record.heads - unsatisfied(all).size();
        const exact::Rational bound =
            power(record.inputs_before) * static_cast<unsigned long>(options_.k * scores.attention().heads.size());
        while (!limits_.exceeded()) {
            const auto wanted = most_wanted(all, bound);
            if (!wanted) break;
            record.forced_inputs += force(wanted->first, wanted->second);
            ++record.rounds;
            all = walks(l, scores);
        }
        record.satisfied_greedily = record.heads - unsatisfied(all).size();
    }

    exact::Rational power(std::size_t exponent) const {
        mpz_class value;
        mpz_ui_pow_ui(value.get_mpz_t(), symbols_, exponent);
        return value;
    }

    /// The first activation with too many unsatisfied heads, and the value that most of their walks want there. One that
    /// has no inputs left cannot be forced, and ends every walk that comes to it.
    std::optional<std::pair<std::size_t, ValueId>> most_wanted(const std::vector<Walk>& all,
                                                               const exact::Rational& bound) const {
        std::map<std::size_t, std::set<HeadAt>> heads;
        std::map<std::size_t, std::map<ValueId, std::size_t>> wishes;
        for (const Walk& w : all) {
            for (std::size_t k = 0; k < w.passed && !w.satisfied; ++k) {
                if (activations_[w.order.places[k].position].inputs.empty()) continue;
                heads[w.order.places[k].position].insert({w.order.head, w.order.asking});
                ++wishes[w.order.places[k].position][w.order.places[k].best];
            }
        }
        for (const auto& [position, who] : heads) {
            if (static_cast<unsigned long>(who.size()) <= bound) continue;
            const auto& wish = wishes[position];
            return std::pair{position, std::max_element(wish.begin(), wish.end(), [](const auto& a, const auto& b) {
                                           return a.second < b.second;
                                       })->first};
        }
        return std::nullopt;
    }

    /// Fixes the inputs of an activation to the first symbols that give the value. How many were fixed.
    std::size_t force(std::size_t position, ValueId value) {
        const Activation a = activations_[position];
        auto entry = static_cast<std::size_t>(std::find(a.table.begin(), a.table.end(), value) - a.table.begin());
        for (std::size_t k = a.inputs.size(); k-- > 0; entry /= symbols_)
            fix(a.inputs[k], static_cast<language::Symbol>(entry % symbols_));
        restrict_all();
        return a.inputs.size();
    }

    /// Stage 3: where heads are left, inputs fixed at random until every head is satisfied and not too many were fixed; if
    /// that does not come about, the attempt that left the fewest heads, or none if it left as many as before.
    void fix_at_random(std::size_t l, Scores& scores, HahnLayer& record) {
        record.satisfied = record.satisfied_greedily;
        if (record.satisfied == record.heads) return;
        const Restriction before = rho_;
        const std::vector<Activation> tables = activations_;
        std::optional<std::pair<std::size_t, Restriction>> best;
        const exact::Rational share =
            (1 + options_.delta) * options_.q * static_cast<unsigned long>(before.free_count());
        while (record.attempts < options_.attempts && !limits_.exceeded() && (!best || best->first > 0)) {
            ++record.attempts;
            rho_ = before;
            activations_ = tables;
            const std::size_t fixed = toss();
            if (fixed > share) continue;  // too many were set
            restrict_all();
            const std::size_t open = unsatisfied(walks(l, scores)).size();
            if (!best || open < best->first) best = {open, rho_};
        }
        const bool helps = best && record.heads - best->first > record.satisfied;
        rho_ = helps ? best->second : before;
        activations_ = tables;
        restrict_all();
        record.random_inputs = before.free_count() - rho_.free_count();
        if (helps) record.satisfied = record.heads - best->first;
    }

    std::size_t toss() {
        std::size_t fixed = 0;
        for (std::size_t i = 0; i < rho_.length(); ++i) {
            if (rho_.fixed[i] || !random_.chance(options_.q.get_num().get_ui(), options_.q.get_den().get_ui()))
                continue;
            fix(i, static_cast<language::Symbol>(random_.below(symbols_)));
            ++fixed;
        }
        return fixed;
    }

    /// The activations after the layer; false where one has too many inputs.
    bool advance(std::size_t l, Scores* scores) {
        std::vector<Activation> next;
        for (std::size_t i = 0; i < activations_.size(); ++i) {
            if (limits_.exceeded()) return false;
            if (!read_[l + 1][i]) {
                next.push_back(Activation::of({}, {pool_.number(exact::Vector(t_.dimension))}));
                continue;
            }
            auto a = after(l, scores, i);
            if (!a) return false;
            next.push_back(a->under(rho_, symbols_));
        }
        activations_ = std::move(next);
        return true;
    }

    std::optional<Activation> after(std::size_t l, Scores* scores, std::size_t i) {
        std::map<std::pair<std::size_t, ValueId>, AttentionOrder> orders;
        std::set<std::size_t> inputs(activations_[i].inputs.begin(), activations_[i].inputs.end());
        for (std::size_t h = 0; scores != nullptr && h < scores->attention().heads.size(); ++h)
            for (const ValueId z : activations_[i].values) {
                const AttentionOrder& order =
                    orders.emplace(std::pair{h, z}, scores->order(h, i, z, activations_)).first->second;
                for (const auto& place : order.places)
                    inputs.insert(activations_[place.position].inputs.begin(),
                                  activations_[place.position].inputs.end());
            }
        if (power(inputs.size()) > static_cast<unsigned long>(options_.most_assignments)) return std::nullopt;
        Activation result{{inputs.begin(), inputs.end()}, {}, {}};
        Restriction others = Restriction::only(language::Word(rho_.length(), 0));
        for (const std::size_t input : inputs) others.fixed[input].reset();
        language::Word word(rho_.length(), 0);
        do result.table.push_back(value_after(l, scores, i, word, orders));
        while (others.next_word(word, symbols_));
        return result;
    }

    ValueId value_after(std::size_t l, Scores* scores, std::size_t i, const language::Word& word,
                        const std::map<std::pair<std::size_t, ValueId>, AttentionOrder>& orders) {
        const network::Layer& layer = t_.layers[l];
        const ValueId own = activations_[i].at(word, symbols_);
        exact::Vector y = !layer.attention || layer.attention->residual ? pool_[own] : exact::Vector(t_.dimension);
        for (std::size_t h = 0; scores != nullptr && h < scores->attention().heads.size(); ++h) {
            const AttentionOrder& order = orders.at({h, own});
            if (order.places.empty()) continue;  // the mask leaves none
            const network::Head& head = scores->attention().heads[h];
            exact::add_to(y, exact::apply(head.output, exact::apply(head.value, pool_[chosen(*scores, order, word)])));
        }
        return pool_.number(layer.feedforward ? network::feed_forward(*layer.feedforward, y) : y);
    }

    ValueId chosen(Scores& scores, const AttentionOrder& order, const language::Word& word) const {
        const exact::Rational* greatest = nullptr;
        std::size_t taken = 0;
        ValueId value = 0;
        for (const auto& place : order.places) {
            const ValueId there = activations_[place.position].at(word, symbols_);
            const exact::Rational& score = scores.score(order.head, order.asking, order.value, place.position, there);
            if (greatest != nullptr &&
                (score < *greatest || (score == *greatest && scores.prefers(taken, place.position))))
                continue;
            greatest = &score;
            taken = place.position;
            value = there;
        }
        return value;
    }

    /// The answer as a table: 1 where the model accepts.
    Activation answer() const {
        Activation a = activations_[static_cast<std::size_t>(t_.readout_position(n_)) - 1];
        for (ValueId& id : a.table) id = exact::dot(t_.readout.weight, pool_[id]) + t_.readout.bias > 0 ? 1 : 0;
        return a.under(rho_, symbols_);
    }

    network::AtLength at_;
    const network::Transformer& t_;
    const HahnOptions& options_;
    const base::Limits& limits_;
    base::Random random_;
    std::size_t symbols_;
    std::int64_t n_;
    Restriction rho_;
    Pool pool_;
    std::vector<std::vector<bool>> read_;  // [boundary][position of the sequence]
    std::vector<Activation> activations_;  // by position of the sequence
};

}  // namespace

namespace {

/// What the algorithm was made for, besides what every model of hard attention may have.
constexpr std::initializer_list<network::Feature> known = {network::Feature::position_table, network::Feature::repeat,
                                                           network::Feature::activation, network::Feature::bias_in_n};

}  // namespace

bool has_hahn_restriction(const network::Transformer& transformer) {
    const std::vector<network::FeatureUse> all = network::features(transformer);
    return transformer.kind() == network::AttentionKind::hard &&
           std::all_of(all.begin(), all.end(), [](const network::FeatureUse& use) {
               return std::find(known.begin(), known.end(), use.feature) != known.end();
           });
}

HahnRun hahn_restriction(const network::Transformer& transformer, std::int64_t length, const HahnOptions& options,
                         const base::Limits& limits) {
    if (transformer.kind() != network::AttentionKind::hard)
        throw base::Unsupported(fmt::format("{} attention is outside of Hahn's lemma", to_string(transformer.kind())));
    network::require_known(transformer, known, "Hahn's algorithm");
    return Run(transformer, length, options, limits).go();
}

}  // namespace attest::restriction
