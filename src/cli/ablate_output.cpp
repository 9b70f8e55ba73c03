#include "ablate_output.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "answer_text.hpp"
#include "base/quote.hpp"
#include "decide/ablate/robust.hpp"

namespace attest::cli {

namespace {

using ablate::Sufficient;
using certify::Ablation;
using certify::KeptParts;

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
    if (const auto radius = kept.margin ? ablate::robust_radius(asked.model, *kept.margin) : std::nullopt)
        text += fmt::format(", the final vector may move by {:.4g}", *radius);
    text += "\n";
    for (std::size_t k = 0; k < found.kept.size() && k < found.needs.size(); ++k)
        text += fmt::format("    needs   {}  {}\n", to_string(found.kept[k]),
                            found.needs[k]
                                ? fmt::format("without it wrong on \"{}\"", asked.model.alphabet.spell(*found.needs[k]))
                                : "not shown");
    return text;
}

}  // namespace

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
}  // namespace attest::cli
