#include "influence_recognition.hpp"

#include <fmt/format.h>

#include "influence_words.hpp"
#include "record/influence.hpp"

namespace attest::cli {

namespace {

std::string sample_lines(const network::Transformer& t, std::int64_t length, const influence::Sample& s) {
    const influence::Interval margin = s.margin(), share = s.right_share, mean = s.cross_entropy.interval;
    const std::string where = fmt::format("{} in balls", spell(t, s.nearest));
    std::string text = fmt::format("{:>9}  {:>13}  {:>22}  sampled: {} random words, seed {}; 95 % intervals\n", length,
                                   margin.hi < 0 ? "wrong" : "<= " + bound(margin.hi, Towards::above),
                                   fmt::format("~{:.6f}", s.cross_entropy.value), s.words, s.seed);
    const auto line = [&](const std::string& what) { text += fmt::format("{:>11}{}\n", "", what); };
    line(
        fmt::format("cross-entropy {:.6f} to {:.6f} ({}); right on {} of {}: {:.4f} to {:.4f} of all (Clopper-Pearson)",
                    mean.lo, mean.hi, record::method_of(s.cross_entropy), s.right, s.words, share.lo, share.hi));
    if (margin.hi < 0)
        line(fmt::format("wrong on {}: score {} to {}, expected {}", where, s.score.lower_text(6),
                         s.score.upper_text(6), s.member ? "more than 0" : "at most 0"));
    else
        line(fmt::format("least margin of these and of {} words in patterns: {} to {}, of {}", s.patterns,
                         bound(margin.lo, Towards::below), bound(margin.hi, Towards::above), where));
    return text;
}

std::string enclosure_line(const network::Transformer& t, std::int64_t length, const decide::Enclosure& e,
                           const char* checked) {
    return fmt::format("{:>9}  {:>13}  {:>22}  all words{}, margin of {}\n", length, ">= " + decide::margin_text(e),
                       e.cross_entropy.lower_text(7), checked, spell(t, e.nearest));
}

std::string outcome_line(const network::Transformer& t, const certify::Recognition& r) {
    if (r.verdict.fails())
        return fmt::format("{:>9}  wrong on {}\n", r.length, spell(t, r.outcome.counterexample()->word));
    if (r.verdict.is_undecided())
        return fmt::format("{:>9}  undecided: {}\n", r.length, to_string(r.verdict.why().reason));
    return enclosure_line(t, r.length, *r.outcome.enclosure(), "");
}

}  // namespace

std::string recognition_lines(const InfluenceResults& all) {
    std::string text = fmt::format("as a recogniser of {}:\n{:>9}  {:>13}  {:>22}\n", all.language, "length", "margin",
                                   "cross-entropy in bits");
    for (const InfluenceResult& r : all.lengths) {
        if (r.recognition) text += outcome_line(all.transformer, *r.recognition);
        else if (r.unchecked)
            text += enclosure_line(all.transformer, r.length, *r.unchecked->enclosure(), ", unchecked");
        else if (r.sample) text += sample_lines(all.transformer, r.length, *r.sample);
        else text += fmt::format("{:>9}  not looked at\n", r.length);
    }
    return text;
}
}  // namespace attest::cli
