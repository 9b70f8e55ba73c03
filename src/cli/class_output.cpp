#include "class_output.hpp"

#include <fmt/format.h>

namespace attest::cli {

namespace {

using classify::ClassInfo;

/// Why a language is not in a class, and who has looked.
std::string why_not(const certify::Outside& outside, const language::Alphabet& alphabet) {
    const std::string words = spell(outside.witness, alphabet);
    if (outside.verdict.fails()) return fmt::format("{}  (checked)", words);
    return fmt::format("{}  ({})", words, outside.verdict.why().detail);
}

/// Of FOC[+;MOD] only that it holds all that they recognise is known.
const char* answer(const classify::Classification& found, const ClassInfo& info) {
    if (!found.in[info.id]) return "no";
    return info.id == classify::Class::foc ? "may" : "yes";
}

/// What a language in FOC[+;MOD] or in C-RASP is shown by.
std::string why_counted(const certify::CountedBy& found, const char* name, const char* lengths) {
    if (found.text.empty()) return fmt::format("by the algebra; {}", found.why);
    if (found.verdict->holds()) return fmt::format("by {}, at every length{}  (checked)", name, lengths);
    return fmt::format("by the algebra; of {}: {}", name, found.verdict->why().detail);
}

/// The formula without the line of its alphabet.
std::string formula_lines(const certify::ClassReport& report) {
    if (!report.formula || report.formula->text.empty()) return "";
    const std::string& text = report.formula->text;
    return fmt::format("  formula of FOC[+;MOD]\n    {}", text.substr(text.find('\n') + 1));
}

std::string row(const language::Alphabet& alphabet, const certify::ClassReport& report, const ClassInfo& info) {
    // What the other constructions make is told under what recognises the language.
    const bool is_built = info.id == classify::Class::c_rasp && report.found.in[info.id];
    std::string why =
        is_built ? "attest build --kind crasp makes a program, and proves it at every length" : "by the algebra";
    if (info.id == classify::Class::foc && report.formula) why = why_counted(*report.formula, "the formula below", "");
    if (info.id == classify::Class::c_rasp && report.program)
        why = why_counted(*report.program, "the program of attest build --kind crasp", " but 0");
    for (const certify::Outside& outside : report.outside)
        if (outside.id == info.id) why = why_not(outside, alphabet);
    return fmt::format("  {:34} {:3}  {}\n", info.title, report.found.in[info.id] ? "yes" : "no", why);
}

}  // namespace

std::string class_rows(const language::Alphabet& alphabet, const certify::ClassReport& report) {
    const classify::Classification& found = report.found;
    std::string text;
    for (const ClassInfo& info : classify::classes()) text += row(alphabet, report, info);
    text += formula_lines(report);
    text += "  recognised at all lengths by\n";
    for (const ClassInfo& info : classify::classes())
        if (!info.transformers.empty() && info.id != classify::Class::solvable)
            text += fmt::format("    {:3}  {}  [{}]\n", answer(found, info), info.transformers, info.source);
    if (!found.in[classify::Class::solvable])
        text += "    " + std::string(info(classify::Class::solvable).transformers) + "\n";
    return text;
}

}  // namespace attest::cli
