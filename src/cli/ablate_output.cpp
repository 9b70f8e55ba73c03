#include "ablate_output.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "answer_text.hpp"
#include "attest/exact/ball.hpp"
#include "base/quote.hpp"

namespace attest::cli {

namespace {

using ablate::Sufficient;
using certify::Ablation;
using certify::KeptParts;
using nlohmann::ordered_json;

std::string task(const AblateAsked& asked) {
    return asked.language.empty() ? "answers as the whole does" : "recognises " + asked.language;
}

/// Whether each part is known to be needed.
bool is_irredundant(const Sufficient& found) {
    return found.needs.size() == found.kept.size() &&
           std::all_of(found.needs.begin(), found.needs.end(), [](const auto& word) { return word.has_value(); });
}

std::string headline(const AblateAsked& asked, const Ablation& a) {
    const ablate::Outcome& o = a.outcome;
    const std::string model = base::named(asked.name);
    const std::string at = fmt::format("at length {} in {:.2f} s", a.length, a.seconds);
    if (o.wrong)
        return fmt::format("REFUTED {} as it is {} {}: it is wrong on \"{}\"\n", model,
                           asked.language.empty() ? "differs from itself" : "does not recognise " + asked.language, at,
                           asked.model.alphabet.spell(*o.wrong));
    if (o.sufficient.empty())
        return fmt::format("UNDECIDED which parts of {} are enough {}: {}\n", model, at, why_text(o.why));
    const std::size_t size = o.sufficient.front().kept.size();
    const bool needed = std::all_of(o.sufficient.begin(), o.sufficient.end(), is_irredundant);
    const char* kind = o.smallest ? "no fewer are enough"
                       : needed   ? "none of them can be missed"
                                  : "perhaps not the fewest";
    return fmt::format("{} {} {} with {} of its {} parts {}: {}{}\n", o.smallest ? "VERIFIED" : "FOUND", model,
                       task(asked), size, o.parts.size(), at, kind,
                       o.why.reason == verdict::Reason::none ? "" : " (" + why_text(o.why) + ")");
}

std::string kept_text(const AblateAsked& asked, const Sufficient& found, const KeptParts& kept) {
    std::string text =
        fmt::format("  enough    {}  {}", to_string(found.kept), kept.verdict.holds() ? "(all words, checked)" : "");
    if (kept.margin) text += fmt::format("  margin >= {}", margin_decimal(*kept.margin));
    if (const auto radius = kept.margin ? robust_radius(asked.model, *kept.margin) : std::nullopt)
        text += fmt::format(", the final vector may move by {:.4g}", *radius);
    text += "\n";
    for (std::size_t k = 0; k < found.kept.size() && k < found.needs.size(); ++k)
        text += fmt::format("    needs   {}  {}\n", to_string(found.kept[k]),
                            found.needs[k]
                                ? fmt::format("without it wrong on \"{}\"", asked.model.alphabet.spell(*found.needs[k]))
                                : "not shown");
    return text;
}

ordered_json parts_json(const std::vector<ablate::Part>& parts) {
    ordered_json list = ordered_json::array();
    for (const ablate::Part& part : parts) list.push_back(to_string(part));
    return list;
}

ordered_json kept_json(const AblateAsked& asked, const Sufficient& found, const KeptParts& kept) {
    ordered_json entry = {{"kept", parts_json(found.kept)}, {"verdict", kept.verdict.word()}};
    if (kept.margin) {
        entry["margin"] = {{"value", margin_decimal(*kept.margin)}, {"guarantee", "lower"}};
        if (const auto radius = robust_radius(asked.model, *kept.margin))
            entry["robust"] = {{"value", *radius}, {"guarantee", "lower"}};
    }
    entry["needs"] = ordered_json::array();
    for (std::size_t k = 0; k < found.kept.size() && k < found.needs.size(); ++k) {
        ordered_json need = {{"part", to_string(found.kept[k])}};
        if (found.needs[k]) need["word"] = asked.model.alphabet.spell(*found.needs[k]);
        entry["needs"].push_back(std::move(need));
    }
    return entry;
}

}  // namespace

std::optional<double> robust_radius(const network::Transformer& model, const exact::Rational& margin) {
    using Reading = network::Readout::Reading;
    if (model.readout.classes || model.final_norm || model.readout.reading != Reading::one) return std::nullopt;
    exact::Rational square = 0;
    for (const exact::Rational& w : model.readout.weight) square += w * w;
    if (square == 0) return std::nullopt;
    const double radius = std::sqrt(exact::Rational(margin * margin / square).get_d());
    return std::max(0.0, radius * (1 - 1e-12));
}

std::string ablate_text(const AblateAsked& asked, const Ablation& a) {
    const ablate::Outcome& o = a.outcome;
    std::string text = headline(asked, a);
    for (std::size_t k = 0; k < o.sufficient.size(); ++k) text += kept_text(asked, o.sufficient[k], a.kept[k]);
    if (o.sufficient.empty()) return text;
    if (o.smallest)
        text += fmt::format(
            "  {} sets are smaller or lack a needed part, each with a word on which it is wrong, {} of them replayed "
            "by the checker\n",
            o.broken.size(), a.shown);
    if (!o.all) text += "  other sets of this size may be enough\n";
    return text + fmt::format("  all words were decided for {} of 2^{} sets; one word settled the others\n", o.asked,
                              o.parts.size());
}

ordered_json ablate_json(const AblateAsked& asked, const Ablation& a) {
    const ablate::Outcome& o = a.outcome;
    ordered_json object = {{"command", "ablate"}, {"model", asked.name}, {"length", a.length}};
    if (asked.language.empty()) object["same"] = true;
    else object["language"] = asked.language;
    for (const auto& [symbol, meaning] : asked.map) object["map"][symbol] = meaning;
    object["parts"] = parts_json(o.parts);
    if (o.wrong) object["wrong"] = asked.model.alphabet.spell(*o.wrong);
    object["sufficient"] = ordered_json::array();
    for (std::size_t k = 0; k < o.sufficient.size(); ++k)
        object["sufficient"].push_back(kept_json(asked, o.sufficient[k], a.kept[k]));
    object["smallest"] = o.smallest;
    object["all"] = o.all;
    object["broken"] = ordered_json::array();
    for (const auto& [removed, word] : o.broken)
        object["broken"].push_back({{"without", parts_json(removed)}, {"word", asked.model.alphabet.spell(word)}});
    object["decided"] = o.asked;
    if (o.why.reason != verdict::Reason::none) {
        object["reason"] = to_string(o.why.reason);
        object["detail"] = o.why.detail;
    }
    object["seconds"] = a.seconds;
    return object;
}

}  // namespace attest::cli
