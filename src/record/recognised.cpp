#include "record/recognised.hpp"

namespace attest::record {

namespace {

void add_figures(Recognised& entry, const decide::Enclosure& e) {
    entry.margin = {decide::margin_text(e), "lower"};
    entry.cross_entropy = {{e.cross_entropy.lower_text(), e.cross_entropy.upper_text()}, "interval", "bits"};
}

}  // namespace

Recognised recognised(const certify::Recognition& recognition) {
    Recognised entry;
    entry.verdict = recognition.verdict.word();
    if (recognition.verdict.is_undecided()) entry.reason = to_string(recognition.verdict.why().reason);
    if (recognition.verdict.holds()) add_figures(entry, *recognition.outcome.enclosure());
    return entry;
}

Recognised recognised(const decide::Outcome& unchecked) {
    Recognised entry;
    entry.verdict = "undecided";
    entry.reason = "unchecked";
    add_figures(entry, *unchecked.enclosure());
    return entry;
}

Sampled sampled(const network::Transformer& t, const influence::Sample& s) {
    const exact::Interval margin = s.margin();
    return {
        margin.hi < 0 ? "refuted" : "undecided",
        {s.words, s.patterns, s.seed, 0.95},
        {finite(margin.hi), "upper", t.alphabet.spell(s.nearest), ends(margin)},
        {finite(s.cross_entropy.value), "sampled", ends(s.cross_entropy.interval), method_of(s.cross_entropy), "bits"},
        {s.right, s.words, "sampled", ends(s.right_share), "Clopper-Pearson"}};
}

const char* method_of(const influence::SampledMean& mean) {
    return mean.distribution_free ? "empirical Bernstein" : "normal approximation";
}

}  // namespace attest::record
