#include "influence_result.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "attest/base/error.hpp"
#include "influence_recognition.hpp"
#include "influence_words.hpp"
#include "report/decay_plot.hpp"
#include "subject.hpp"

namespace attest::cli {

namespace {

using influence::Study;

/// A power of ten that may be beyond a double.
std::string power_of_ten(double log10) {
    if (!std::isfinite(log10)) return "-";
    if (std::abs(log10) < 6) return fmt::format("{:.3g}", std::pow(10, log10));
    const double floor = std::floor(log10);
    return fmt::format("{:.1f}e{:+.0f}", std::pow(10, log10 - floor), floor);
}

/// The last length at which a symbol of the word is read; null: the begin or end symbol is, at all of them.
const InfluenceResult* last_read(const InfluenceResults& all) {
    const InfluenceResult* last = nullptr;
    for (const InfluenceResult& r : all.lengths)
        if (r.study && r.study->read) last = &r;
    return last;
}

std::string headline(const InfluenceResults& all) {
    const std::string what = fmt::format("influence of one symbol on the output of {}, over all words of each length",
                                         title(all.transformer));
    const InfluenceResult* at = last_read(all);
    if (std::none_of(all.lengths.begin(), all.lengths.end(),
                     [](const InfluenceResult& r) { return r.study.has_value(); }))
        return what + "\n";
    if (at == nullptr && all.transformer.readout.reading != network::Readout::Reading::one) {
        std::string text = what + "; all positions are read together";
        const auto last = std::find_if(all.lengths.rbegin(), all.lengths.rend(), [](const InfluenceResult& r) {
            return r.study && std::isfinite(r.study->certified.bound);
        });
        if (last != all.lengths.rend())
            text += fmt::format(": at length {} a symbol moves it by at most {}", last->length,
                                bound(last->study->certified.bound, Towards::above));
        return text + "\n";
    }
    if (at == nullptr) {
        const bool begin = all.transformer.begin && all.transformer.readout_position(all.lengths.back().n) == 1;
        return fmt::format("{}; what is read is the {} symbol, none of the word\n", what, begin ? "begin" : "end");
    }
    const Study& s = *at->study;
    std::string reached = bound(s.read->reached(), Towards::below);
    if (!s.read->is_exact())
        reached += fmt::format(" or more (at most {})", bound(s.read->certified.bound, Towards::above));
    return fmt::format("{}: at length {} the symbol that is read moves it by {}, any other by at most {}\n", what,
                       at->length, reached, bound(s.certified.bound, Towards::above));
}

/// The symbol that is read, which all of the above leaves out.
std::string read_lines(const InfluenceResults& all) {
    if (last_read(all) == nullptr) return "";
    std::string text = "the symbol that is read, which the above leaves out\n";
    text += fmt::format("{:>9}  {:>13}  {:>13}  {:>8}  {:>11}\n", "length", "reached >=", "certified <=", "ratio",
                        "position");
    for (const InfluenceResult& r : all.lengths) {
        if (!r.study) continue;
        const auto& read = r.study->read;
        if (!read) text += fmt::format("{:>9}  none: the sequence is read beside the word\n", r.length);
        else
            text += fmt::format("{:>9}  {:>13}  {:>13}  {:>8.4g}  {:>11}\n", r.length,
                                bound(read->reached(), Towards::below), bound(read->certified.bound, Towards::above),
                                read->ratio(), read->position);
    }
    return text;
}

std::string row(const InfluenceResult& r) {
    const Study& s = *r.study;
    return fmt::format("{:>9}  {:>13}  {:>13}  {:>8.4g}  {:>11}  {:>9}  {:>9}  {:>8.2f}\n", r.length,
                       bound(s.reached(), Towards::below), bound(s.certified.bound, Towards::above), s.ratio(),
                       s.lemma.applies ? power_of_ten(s.lemma.log10_bound) : "-",
                       s.witness ? std::to_string(s.witness->position) : "-",
                       fmt::format("{:.5f}", std::floor(record::parity_floor(s.least_certified()) * 1e5) / 1e5),
                       r.seconds);
}

std::string theory_line(const Study& s, bool some_read) {
    const std::string of = some_read ? " (of symbols that are not read)" : "";
    if (s.by_words) return fmt::format("Lemma 5 has no constants here for {}: all words were evaluated\n", *s.by_words);
    if (!s.lemma.applies) return "Lemma 5" + of + " does not apply: a layer norm with eps = 0 is not Lipschitz\n";
    return fmt::format("Lemma 5{} with C = 2(1 + e^(2A) + L), A <= {}, L <= {}: vacuous until N = {}\n", of,
                       bound(s.lemma.most_logit, Towards::above), bound(s.lemma.lipschitz, Towards::above),
                       power_of_ten(s.lemma.log10_vacuous_until(s.certified.logit.width())));
}

/// The vector that is read, and the norms before it if there are any.
std::string vector_lines(const InfluenceResults& all) {
    if (std::none_of(all.lengths.begin(), all.lengths.end(),
                     [](const InfluenceResult& r) { return r.study && r.study->vector; }))
        return "";
    const bool normed = influence::has_norm(all.transformer);
    const auto columns = [&](const std::string& length, const std::string& moved, const std::string& certified,
                             const std::string& norm, const std::string& blowup, const std::string& on) {
        const std::string first = fmt::format("{:>9}  {:>13}  {:>13}  {:>13}", length, moved, certified, norm);
        return normed ? fmt::format("{}  {:>13}  {}\n", first, blowup, on) : first + "\n";
    };
    std::string text = fmt::format("the vector that is read, on the same words{}; squared parameter norm {:.9g}\n",
                                   normed ? ", and how layer norms stretch" : "", all.parameter_norm.get_d());
    text += columns("length", "moved >=", "certified <=", "norm moved >=", "Blowup >=", "on");
    for (const InfluenceResult& r : all.lengths) {
        if (!r.study) continue;
        const Study& s = *r.study;
        if (!s.vector) continue;
        text += columns(std::to_string(r.length), bound(s.vector->distance.lo, Towards::below),
                        bound(s.certified.distance, Towards::above),
                        bound(s.vector->norm_change.mignitude(), Towards::below), bound(s.blowup.lo, Towards::below),
                        record::blowup_words(s));
    }
    return text;
}

std::string rounding_lines(const InfluenceResults& all) {
    std::string text = fmt::format("the network in {}, each operation rounded:\n", to_string(*all.type));
    for (const InfluenceResult& r : all.lengths) {
        if (!r.rounding) text += fmt::format("{:>9}  no wrong answer found\n", r.length);
        else
            text += fmt::format("{:>9}  wrong on {}: {:.9g} rounded, {} exactly\n", r.length,
                                spell(all.transformer, r.rounding->word), r.rounding->rounded,
                                r.rounding->score.lower_text(9));
    }
    return text;
}

record::Influence::Length length_record(const InfluenceResults& all, const InfluenceResult& r) {
    if (!r.study) return record::influence_length(r.length, r.why);
    record::Influence::Length entry = record::influence_length(all.transformer, r.length, *r.study);
    if (r.recognition) entry.recognition = record::recognised(*r.recognition);
    if (r.unchecked) entry.recognition = record::recognised(*r.unchecked);
    else if (r.sample) entry.recognition = record::sampled(all.transformer, *r.sample);
    if (all.type) entry.rounding = record::rounded(all.transformer, *all.type, r.rounding);
    entry.seconds = r.seconds;
    return entry;
}

}  // namespace

std::string influence_table(const InfluenceResults& all) {
    std::string text = headline(all);
    const bool some_read = last_read(all) != nullptr;
    if (some_read) text += "any symbol but the one that is read\n";
    text += fmt::format("{:>9}  {:>13}  {:>13}  {:>8}  {:>11}  {:>9}  {:>9}  {:>8}\n", "length",
                        "reached >=", "certified <=", "ratio", "Lemma 5 <=", "position", "CE >=", "seconds");
    for (const InfluenceResult& r : all.lengths)
        text += r.study ? row(r)
                        : fmt::format("{:>9}  undecided: {}: {}\n", r.length, to_string(r.why.reason), r.why.detail);
    if (const auto& last = all.lengths.back(); last.study) text += theory_line(*last.study, some_read);
    text += "CE: bits a word that PARITY costs whatever has this influence\n";
    if (all.law)
        text += fmt::format("decay{}: n^{:.4f} (95 % interval {:.4f} to {:.4f}, {} lengths), nearest law {}\n",
                            some_read ? " of symbols that are not read" : "", all.law->exponent, all.law->low,
                            all.law->high, all.law->points, nearest_law(*all.law));
    text += vector_lines(all);
    text += read_lines(all);
    if (!all.language.empty()) text += recognition_lines(all);
    if (all.type) text += rounding_lines(all);
    return text;
}

std::string influence_csv(const InfluenceResults& all) {
    std::string text =
        "length,n,reached,certified,ratio,theory_log10,position,parity_cross_entropy,seconds,read_position,read_"
        "reached,read_certified\n";
    const auto field = [](double x) { return std::isfinite(x) ? fmt::format("{:.17g}", x) : std::string(); };
    for (const InfluenceResult& r : all.lengths) {
        if (!r.study) {
            text += fmt::format("{},{},,,,,,,{:.3f},,,\n", r.length, r.n, r.seconds);
            continue;
        }
        const Study& s = *r.study;
        const std::string read =
            s.read ? fmt::format("{},{},{}", s.read->position, field(s.read->reached()), field(s.read->certified.bound))
                   : ",,";
        text +=
            fmt::format("{},{},{},{},{},{},{},{},{:.3f},{}\n", r.length, r.n, field(s.reached()),
                        field(s.certified.bound), field(s.ratio()), s.lemma.applies ? field(s.lemma.log10_bound) : "",
                        s.witness ? std::to_string(s.witness->position) : "",
                        field(record::parity_floor(s.least_certified())), r.seconds, read);
    }
    return text;
}

record::Influence influence_record(const InfluenceResults& all) {
    record::Influence record;
    record.model = all.transformer.name;
    if (!all.language.empty()) record.language = all.language;
    record.squared_parameter_norm = {exact::to_string(all.parameter_norm), "exact"};
    for (const InfluenceResult& r : all.lengths) record.results.push_back(length_record(all, r));
    if (all.law) record::add_law(record, *all.law);
    return record;
}

std::string influence_plot(const InfluenceResults& all) {
    report::DecayPlot plot{fmt::format("Influence of one symbol on {}", title(all.transformer)),
                           {},
                           all.law ? std::optional(all.law->exponent) : std::nullopt};
    for (const InfluenceResult& r : all.lengths) {
        if (!r.study) continue;
        const Study& s = *r.study;
        plot.lengths.push_back({r.length, static_cast<double>(r.n), s.reached(), s.certified.bound,
                                s.lemma.applies ? std::optional(s.lemma.log10_bound) : std::nullopt,
                                s.certified.by_position, s.read ? std::optional(s.read->position) : std::nullopt});
    }
    if (plot.lengths.empty()) throw base::UsageError("--plot: expected a length with a result, found none");
    return report::decay_svg(plot);
}

}  // namespace attest::cli
