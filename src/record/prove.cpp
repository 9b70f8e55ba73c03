#include "record/prove.hpp"

#include "fields.hpp"
#include "record/words.hpp"

namespace attest::record {

namespace {

using certify::Recognition;
using verdict::Evidence;

void add_counterexample(Prove::Length& entry, const language::Alphabet& alphabet, const decide::Counterexample& c) {
    entry.counterexample = alphabet.spell(c.word);
    entry.expected = answer_word(c.expected);
    entry.actual = answer_word(c.actual);
}

/// All words in balls are all words: `bits` and `margin` say how they were evaluated.
void add_evidence(Prove::Length& entry, const Recognition& r) {
    const Evidence evidence = r.verdict.evidence();
    const bool all_words = evidence == Evidence::exhaustion || evidence == Evidence::enclosure;
    if (evidence != Evidence::none) entry.evidence = evidence_word(evidence);
    if (all_words) entry.words = r.outcome.statistics.words;
}

/// The scores of a softmax model.
void add_scores(Prove::Length& entry, const language::Alphabet& alphabet, const Recognition& r) {
    const decide::EnclosedScore* score = r.outcome.score();
    if (score == nullptr) return;
    entry.margin = {decide::margin_text(*score), "lower", alphabet.spell(score->nearest)};
    entry.bits = score->bits;
    const decide::Enclosure* e = r.outcome.enclosure();
    if (e == nullptr) return;
    if (r.verdict.holds() && e->regions.empty())
        entry.cross_entropy = {{e->cross_entropy.lower_text(), e->cross_entropy.upper_text()}, "interval", "bits"};
    if (!e->classes.empty()) entry.by = "counts";
    if (!e->regions.empty()) entry.by = "regions";
}

void add_refutation(Prove::Length& entry, const decide::Outcome& o) {
    if (const decide::CuttingPlanes* planes = o.planes()) {
        entry.gates = planes->gates;
        entry.proof = "cutting-planes";
        entry.proof_bytes = planes->proof.size();
    }
    const decide::Refutation* refutation = o.refutation();
    if (refutation == nullptr) return;
    entry.gates = o.statistics.gates;
    entry.clauses = refutation->formula.size();
    entry.solver = refutation->solver;
    entry.proof = refutation->proof_format;
    entry.proof_bytes = refutation->proof.size();
}

Prove::Length every_length(const language::Alphabet& alphabet, const certify::EveryLength& result) {
    const verdict::Verdict& v = result.verdict;
    Prove::Length entry;
    entry.lengths = {result.from};
    entry.verdict = v.word();
    if (v.is_undecided()) {
        entry.reason = to_string(v.why().reason);
        entry.detail = v.why().detail;
    }
    if (v.fails()) add_counterexample(entry, alphabet, *result.outcome.counterexample());
    if (v.fails()) entry.evidence = evidence_word(v.evidence());
    if (const induction::Closure* c = result.outcome.closure(); c != nullptr && v.holds()) {
        entry.evidence = "closure";
        entry.closure = {c->states, c->first, c->period, c->window};
    }
    if (const induction::Invariant* i = result.outcome.invariant(); i != nullptr && v.holds()) {
        entry.evidence = "invariant";
        entry.invariant = {i->first, i->period, i->window, i->latches, i->gates, i->conjuncts};
    }
    if (v.kept()) entry.certificate = v.digest();
    entry.check_seconds = v.spent.check_seconds;
    entry.seconds = v.spent.seconds;
    return entry;
}

}  // namespace

Prove::Length prove_length(const language::Alphabet& alphabet, const Recognition& r) {
    const verdict::Verdict& v = r.verdict;
    Prove::Length entry;
    entry.length = r.length;
    entry.verdict = v.word();
    if (v.is_undecided()) {
        entry.reason = to_string(v.why().reason);
        entry.detail = v.why().detail;
    }
    if (v.fails()) add_counterexample(entry, alphabet, *r.outcome.counterexample());
    add_evidence(entry, r);
    if (r.closure && v.holds()) {
        entry.evidence = "closure";
        entry.words.reset();
        entry.closure = {r.closure->states, r.closure->first, r.closure->period, r.closure->window};
    }
    add_scores(entry, alphabet, r);
    add_refutation(entry, r.outcome);
    if (v.kept()) entry.certificate = v.digest();
    if (r.vacuous != certify::Vacuous::no) entry.vacuous = to_string(r.vacuous);
    entry.check_seconds = v.spent.check_seconds;
    entry.seconds = v.spent.seconds;
    return entry;
}

Prove prove(const std::string& model, const language::Alphabet& alphabet, const std::string& language,
            const Members& map, const std::vector<Recognition>& results) {
    Prove record{model, language, map.empty() ? std::nullopt : std::optional(map), {}};
    for (const Recognition& r : results) record.results.push_back(prove_length(alphabet, r));
    return record;
}

void add_trace(Prove::Length& entry, const network::Transformer& t, const Recognition& result) {
    const decide::EnclosedScore* score = result.outcome.score();
    const decide::Counterexample* found = result.outcome.counterexample();
    if (score == nullptr || found == nullptr) return;
    const auto ends = [](const exact::Ball& x) { return std::vector<std::string>{x.lower_text(), x.upper_text()}; };
    const soft::Evaluator evaluator(t, result.length, score->bits);
    std::vector<soft::HeadSeen> heads;
    const exact::BallVector logits = evaluator.answer(found->word, {.heads = &heads}).front();
    entry.score = ends(score->score);
    if (t.readout.classes) {
        entry.logits.emplace();
        for (std::size_t c = 0; c < logits.size(); ++c)
            entry.logits->push_back({t.readout.classes->names[c], ends(logits[c])});
    }
    entry.trace = trace(t, found->word, heads);
}

Prove prove(const std::string& model, const language::Alphabet& alphabet, const std::string& language,
            const Members& map, const certify::EveryLength& result) {
    Prove record{model, language, map.empty() ? std::nullopt : std::optional(map), {}};
    record.results.push_back(every_length(alphabet, result));
    return record;
}

Prove prove(const std::string& model, const language::Alphabet& alphabet, const std::string& language,
            const Members& map, const certify::CountingResult& result) {
    Prove record{model, language, map.empty() ? std::nullopt : std::optional(map), {}};
    const verdict::Verdict& v = result.verdict;
    Prove::Length& entry = record.results.emplace_back();
    entry.lengths = {result.from};
    entry.verdict = v.word();
    if (v.is_undecided()) {
        entry.reason = to_string(v.why().reason);
        entry.detail = v.why().detail;
    }
    if (v.fails()) {
        add_counterexample(entry, alphabet, *result.outcome.counterexample());
        entry.evidence = evidence_word(v.evidence());
    }
    if (v.holds()) {
        const counting::Proof& proof = *result.outcome.proof();
        entry.evidence = "linear-invariant";
        entry.linear_invariant = {proof.lists(), proof.counters, proof.line_count(), proof.found_by};
    }
    if (v.kept()) entry.certificate = v.digest();
    entry.check_seconds = v.spent.check_seconds;
    entry.seconds = v.spent.seconds;
    return record;
}

template nlohmann::ordered_json write(const Prove&);
template std::optional<Prove> read(const base::Json&);

}  // namespace attest::record
