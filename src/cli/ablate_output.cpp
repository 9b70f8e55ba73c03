#include "ablate_output.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "answer_text.hpp"
#include "base/quote.hpp"
#include "base/text.hpp"
#include "decide/ablate/robust.hpp"

namespace attest::cli {

namespace {

using ablate::Sufficient;
using certify::Ablation;
using certify::KeptParts;
using record::AblationAsked;

std::string wanted(const AblationAsked& asked) {
    return (!asked.language.empty() ? "recognises " + asked.language
            : !asked.task.empty()   ? "computes " + asked.task
                                    : "answers as the whole does") +
           (asked.robust.empty() ? "" : fmt::format(", even if the vector that is read moves by {},", asked.robust));
}

const char* noun(const AblationAsked& asked) {
    if (asked.transformer == nullptr) return "variables";
    return asked.taken == certify::Taken::edges ? "edges" : "parts";
}

/// What stands in the place of parts that are taken away.
std::string instead_text(const AblationAsked& asked, const Ablation& a) {
    if (!a.within) return "";
    return fmt::format("  a part that is taken away adds {}its mean over all words, {}\n",
                       asked.taken == certify::Taken::means_by_position ? "at each position " : "",
                       *a.within == 0 ? "exactly" : fmt::format("up to {:.3g}", a.within->get_d()));
}

/// Whether each part is known to be needed.
bool is_irredundant(const Sufficient& found) {
    return found.needs.size() == found.kept.size() &&
           std::all_of(found.needs.begin(), found.needs.end(), [](const auto& word) { return word.has_value(); });
}

std::string headline(const AblationAsked& asked, const Ablation& a) {
    const ablate::Outcome& o = a.outcome;
    const std::string model = base::named(asked.model);
    const std::string at = fmt::format("at length {} in {:.2f} s", a.length, a.seconds);
    if (o.wrong)
        return fmt::format(
            "REFUTED {} as it is {} {}: it is wrong on \"{}\"{}\n", model,
            !asked.language.empty() ? "does not recognise " + asked.language
            : !asked.task.empty()   ? "does not compute " + asked.task
                                    : "differs from itself",
            at, asked.alphabet.spell(*o.wrong),
            asked.robust.empty() ? "" : fmt::format(", or is when the vector that is read moves by {}", asked.robust));
    if (o.sufficient.empty())
        return fmt::format("UNDECIDED which {} of {} are enough {}: {}\n", noun(asked), model, at, why_text(o.why));
    const std::size_t size = o.sufficient.front().kept.size();
    const bool needed = std::all_of(o.sufficient.begin(), o.sufficient.end(), is_irredundant);
    const char* kind = o.by_solver  ? "a solver says that no fewer are enough"
                       : o.smallest ? "no fewer are enough"
                       : needed     ? "none of them can be missed"
                                    : "perhaps not the fewest";
    return fmt::format("{} {} {} with {} of its {} {} {}: {}{}\n", o.smallest && !o.by_solver ? "VERIFIED" : "FOUND",
                       model, wanted(asked), size, o.parts.size(), noun(asked), at, kind,
                       o.why.reason == verdict::Reason::none ? "" : " (" + why_text(o.why) + ")");
}

std::string invariance_text(const AblationAsked& asked, const KeptParts& kept) {
    if (!kept.invariance) return "";
    std::string positions;
    for (const std::int64_t p : asked.invariant) positions += (positions.empty() ? "" : ", ") + std::to_string(p);
    const verdict::Verdict& v = kept.invariance->verdict;
    if (v.is_undecided())
        return fmt::format("    whether its answer depends on {}: {}\n", positions, why_text(v.why()));
    if (v.holds())
        return fmt::format("    its answer is the same whatever stands at {} (all words, checked)\n", positions);
    const ablate::Change& change = *kept.invariance->change;
    return fmt::format("    its answer depends on {}: {} on \"{}\", {} on \"{}\"\n", positions,
                       answer_word(change.accepts), asked.alphabet.spell(change.word), answer_word(!change.accepts),
                       asked.alphabet.spell(change.other));
}

/// Names of variables are a stranger's.
std::string set_text(const std::vector<ablate::Part>& parts) {
    std::string text;
    for (const ablate::Part& part : parts) text += (text.empty() ? "" : ", ") + base::printable(to_string(part));
    return "{" + text + "}";
}

std::string kept_text(const AblationAsked& asked, const Sufficient& found, const KeptParts& kept) {
    std::string text =
        fmt::format("  enough    {}  {}", set_text(found.kept), kept.verdict.holds() ? "(all words, checked)" : "");
    if (kept.margin) text += fmt::format("  margin >= {}", margin_decimal(*kept.margin));
    if (const auto radius = kept.margin && asked.transformer != nullptr
                                ? ablate::robust_radius(*asked.transformer, *kept.margin)
                                : std::nullopt)
        text += fmt::format(", the vector that is read may move by {:.4g}", *radius);
    text += "\n" + invariance_text(asked, kept);
    for (std::size_t k = 0; k < found.kept.size() && k < found.needs.size(); ++k)
        text += fmt::format("    needs   {}  {}\n", base::printable(to_string(found.kept[k])),
                            found.needs[k]
                                ? fmt::format("without it wrong on \"{}\"", asked.alphabet.spell(*found.needs[k]))
                                : "not shown");
    return text;
}

}  // namespace

std::string ablate_text(const AblationAsked& asked, const Ablation& a) {
    const ablate::Outcome& o = a.outcome;
    std::string text = headline(asked, a) + instead_text(asked, a);
    for (std::size_t k = 0; k < o.sufficient.size(); ++k) text += kept_text(asked, o.sufficient[k], a.kept[k]);
    if (o.sufficient.empty()) return text;
    if (o.by_solver)
        text += fmt::format("  by one circuit with switches: each smaller set is wrong on one of {} words\n",
                            o.by_solver->size());
    else if (o.smallest)
        text += fmt::format(
            "  {} sets are smaller or lack a needed part, each with a word on which it is wrong, {} of them replayed "
            "by the checker\n",
            o.broken.size(), a.shown);
    if (!o.all) text += "  other sets of this size may be enough\n";
    if (o.by_solver) return text;
    if (asked.transformer == nullptr)
        text += "  a variable that is taken away selects nothing, or finds nothing in its table\n";
    return text + fmt::format("  all words were decided for {} of 2^{} sets; one word settled the others\n", o.asked,
                              o.parts.size());
}
}  // namespace attest::cli
