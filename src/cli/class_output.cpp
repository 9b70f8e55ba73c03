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

/// What a language in FOC[+;MOD] is shown by.
std::string why_counted(const certify::CountedBy& formula) {
    if (formula.text.empty()) return fmt::format("by the algebra; {}", formula.why);
    if (formula.verdict->holds()) return "by the formula below, at every length  (checked)";
    return fmt::format("by the algebra; of the formula below: {}", formula.verdict->why().detail);
}

/// The formula without the line of its alphabet.
std::string formula_lines(const certify::ClassReport& report) {
    if (!report.formula || report.formula->text.empty()) return "";
    const std::string& text = report.formula->text;
    return fmt::format("  formula of FOC[+;MOD]\n    {}", text.substr(text.find('\n') + 1));
}

std::string row(const language::Alphabet& alphabet, const certify::ClassReport& report, const ClassInfo& info) {
    std::string why = "by the algebra";
    if (info.id == classify::Class::foc && report.formula) why = why_counted(*report.formula);
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
