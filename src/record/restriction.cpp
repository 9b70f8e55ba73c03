#include "record/restriction.hpp"

#include <gmpxx.h>

#include "fields.hpp"

namespace attest::record {

namespace {

using restriction::Outcome;

Members fixed_of(const language::Alphabet& alphabet, const restriction::Restriction& r) {
    Members fixed;
    for (std::size_t i = 0; i < r.length(); ++i)
        if (r.fixed[i]) fixed.emplace_back(std::to_string(i + 1), alphabet.symbol(*r.fixed[i]));
    return fixed;
}

std::vector<std::size_t> from_one(const std::vector<std::size_t>& positions) {
    std::vector<std::size_t> result;
    for (const std::size_t i : positions) result.push_back(i + 1);
    return result;
}

Restriction::Optimum optimum_of(const language::Alphabet& alphabet, const restriction::Optimum& o, bool certified) {
    return {o.dependence,
            o.restriction.free_count(),
            fixed_of(alphabet, o.restriction),
            from_one(o.depends_on),
            o.optimal(),
            {o.most_free, o.optimal() ? "exact" : "upper", ground(o, certified)}};
}

/// Of the pair, which was replayed, one is answered wrongly in any case.
Restriction::Parity parity_of(const Outcome& outcome, const verdict::Verdict& verdict) {
    if (!constancy_is_known(outcome, verdict)) return {"1", "lower"};
    return {half_of_completions(outcome.settled.restriction.free_count()), "exact"};
}

bool is_binary(const language::Alphabet& alphabet) { return alphabet.symbols() == std::vector<std::string>{"0", "1"}; }

std::vector<Restriction::Layer> layers_of(const restriction::LayerDependence& layers) {
    std::vector<Restriction::Layer> result;
    for (const auto& boundary : layers.on) {
        Restriction::Layer layer{result.size(), 0, "unchecked", {}};
        for (const auto& on : boundary) {
            layer.depends_on.push_back(on ? std::optional(from_one(*on)) : std::nullopt);
            if (on) layer.most = std::max(layer.most, on->size());
        }
        result.push_back(std::move(layer));
    }
    return result;
}

Hahn::Layer layer_of(const restriction::HahnLayer& l) {
    return {l.inputs_before,
            l.free_before,
            l.busy_inputs,
            l.rounds,
            l.forced_inputs,
            l.heads,
            l.satisfied_at_first,
            l.satisfied_greedily,
            l.satisfied,
            l.attempts,
            l.random_inputs,
            l.free_after,
            l.tabulated ? std::optional(l.inputs_after) : std::nullopt};
}

Hahn::Promise promise_of(const restriction::HahnRun& run, std::size_t heads) {
    const restriction::HahnOptions& o = run.options;
    const restriction::HahnPromise p = restriction::hahn_promise(heads, o.eta.get_d(), o.q.get_d(), o.delta.get_d());
    const bool says_something = p.says_something_at(static_cast<double>(run.restriction.length()));
    return {p.k, p.free_share, p.inputs, p.length, !says_something, "rounded"};
}

Hahn hahn_of(const language::Alphabet& alphabet, const Outcome& outcome, std::size_t heads) {
    const restriction::HahnRun& run = *outcome.hahn;
    Hahn record;
    record.k = run.options.k;
    record.eta = run.options.eta.get_str();
    record.q = run.options.q.get_str();
    record.delta = run.options.delta.get_str();
    record.free = run.restriction.free_count();
    record.restriction = run.restriction.spell(alphabet);
    if (run.depends_on) {
        record.depends_on = from_one(*run.depends_on);
        record.by = run.stopped.empty() ? "enumeration" : "unchecked";
    }
    if (!run.stopped.empty()) record.stopped = run.stopped;
    for (const restriction::HahnLayer& l : run.layers) record.layers.push_back(layer_of(l));
    if (const auto& best = outcome.best_beside_hahn)
        record.best_free = {best->restriction.free_count(), best->optimal() ? "exact" : "lower"};
    record.promise = promise_of(run, heads);
    return record;
}

/// What the answer that is left rests on.
void add_evidence(Restriction& record, const Outcome& outcome, const verdict::Verdict& verdict) {
    const bool unchecked = outcome.kind != verdict::Evidence::none && !verdict.holds();
    // All words in balls are all words: bits and margin say how they were evaluated.
    const bool enclosed = verdict.evidence() == verdict::Evidence::enclosure;
    record.evidence =
        unchecked ? "unchecked" : to_string(enclosed ? verdict::Evidence::exhaustion : verdict.evidence());
    if (const auto& score = outcome.evidence.score) {
        record.bits = score->bits;
        record.margin = decide::margin_text(*score);
    }
    if (unchecked) record.refusal = verdict.why().detail;
    if (outcome.evidence.refutation) record.proof_bytes = outcome.evidence.refutation->proof.size();
    if (verdict.kept()) record.certificate = verdict.digest();
    record.check_seconds = verdict.spent.check_seconds;
}

}  // namespace

Restriction restriction(const std::string& model, std::int64_t length, const language::Alphabet& alphabet,
                        const Outcome& outcome, const verdict::Verdict& verdict, std::size_t heads) {
    const restriction::Settled& s = outcome.settled;
    Restriction record;
    record.model = model;
    record.length = length;
    record.free = s.restriction.free_count();
    record.fixed = fixed_of(alphabet, s.restriction);
    record.constant = s.answer ? "accept" : "reject";
    record.optimal = optimum_is_proved(outcome, verdict);
    record.nothing_free = outcome.nothing_free;
    add_evidence(record, outcome, verdict);
    if (s.pair) record.pair = std::vector{alphabet.spell(s.pair->first), alphabet.spell(s.pair->second)};
    if (s.pair && is_binary(alphabet)) record.parity = parity_of(outcome, verdict);
    record.open_words = s.open.size();
    const bool certified = optimum_is_certified(outcome, verdict);
    for (const restriction::Optimum& o : outcome.optima)
        record.dependence.push_back(optimum_of(alphabet, o, o.dependence == 0 && certified));
    if (outcome.layers) record.layers = layers_of(*outcome.layers);
    if (outcome.hahn) record.hahn = hahn_of(alphabet, outcome, heads);
    return record;
}

bool optimum_is_certified(const Outcome& outcome, const verdict::Verdict& verdict) {
    return verdict.holds() && outcome.certifies_optimum();
}

bool optimum_is_proved(const Outcome& outcome, const verdict::Verdict& verdict) {
    const restriction::Optimum& o = outcome.optima.front();
    const bool enumerated = o.bound == restriction::Optimum::Bound::enumeration;
    return o.optimal() && (enumerated || optimum_is_certified(outcome, verdict));
}

bool constancy_is_known(const Outcome& outcome, const verdict::Verdict& verdict) {
    return verdict.holds() || outcome.optima.front().bound == restriction::Optimum::Bound::enumeration;
}

std::string ground(const restriction::Optimum& o, bool certified) {
    using Bound = restriction::Optimum::Bound;
    if (certified) return "checked";
    switch (o.bound) {
        case Bound::enumeration: return "enumeration";
        case Bound::solver: return "unchecked";
        case Bound::none: return o.optimal() ? "trivial" : "none";
    }
    return {};
}

std::string half_of_completions(std::size_t free) {
    mpz_class count;
    mpz_ui_pow_ui(count.get_mpz_t(), 2, free - 1);
    return count.get_str();
}

template nlohmann::ordered_json write(const Restriction&);
template std::optional<Restriction> read(const base::Json&);

}  // namespace attest::record
