#include "class_output.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"

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

/// Whether what shows that a language is in a class was proved, and how.
std::string proof_text(const verdict::Verdict& verdict, const std::string& what, const std::string& how) {
    if (verdict.holds()) return fmt::format("by {}, at every length{}  (checked)", what, how);
    return fmt::format("by the algebra; of {}: {}", what, verdict.why().detail);
}

/// What a language in FOC[+;MOD] or in C-RASP is shown by.
std::string why_counted(const certify::CountedBy& found, const std::string& what, const char* lengths) {
    if (found.text.empty()) return fmt::format("by the algebra; {}", found.why);
    return proof_text(*found.verdict, what, lengths);
}

std::string pairs_text(const induction::Outcome& outcome) {
    if (const induction::Closure* c = outcome.closure())
        return fmt::format(": {} of states", base::counted(c->states, "pair"));
    return outcome.invariant() != nullptr ? ": an invariant" : "";
}

/// Which network shows that a language is in a class.
std::string why_built(const certify::BuiltNetwork& network) {
    if (!network.built) return fmt::format("by the algebra; {}", network.why);
    const network::Transformer& t = network.built->transformer;
    const std::size_t layers = build::attention_layers(t);
    const std::string what = layers == 0 ? "a network without attention"
                                         : fmt::format("a network of {} with {}", base::counted(layers, "layer"),
                                                       base::counted(build::most_heads(t), "head"));
    const std::string modulus =
        network.built->modulus > 1 ? fmt::format(", positions modulo {}", network.built->modulus) : "";
    return proof_text(network.proved->verdict, what + modulus, pairs_text(network.proved->outcome));
}

/// The formula without the line of its alphabet.
std::string formula_lines(const certify::ClassReport& report) {
    if (!report.formula || report.formula->text.empty()) return "";
    const std::string& text = report.formula->text;
    return fmt::format("  formula of FOC[+;MOD]\n    {}", text.substr(text.find('\n') + 1));
}

std::string row(const language::Alphabet& alphabet, const certify::ClassReport& report, const ClassInfo& info) {
    // What the construction of a model's language makes is not told: the model itself shows that there is a network.
    const bool is_built = info.id == classify::Class::c_rasp && report.found.in[info.id];
    std::string why =
        is_built ? "attest build --kind crasp makes a program, and proves it at every length" : "by the algebra";
    if (info.id == classify::Class::foc && report.formula)
        why = why_counted(
            *report.formula,
            fmt::format("the formula below, in {} of average attention with {}",
                        base::counted(report.formula->layers, "layer"), base::counted(report.formula->heads, "head")),
            "");
    if (info.id == classify::Class::c_rasp && report.program)
        why = why_counted(*report.program,
                          fmt::format("a program of {}, nested {} deep",
                                      base::counted(report.program->counters, "counter"), report.program->depth),
                          " but 0");
    for (const certify::BuiltNetwork& network : report.networks)
        if (std::count(network.shows.begin(), network.shows.end(), info.id) > 0) why = why_built(network);
    for (const certify::Outside& outside : report.outside)
        if (outside.id == info.id) why = why_not(outside, alphabet);
    return fmt::format("  {:34} {:3}  {}\n", info.title, report.found.in[info.id] ? "yes" : "no", why);
}

/// The line that makes what shows that a language is in a class; empty where nothing was made.
std::string build_line(const certify::ClassReport& report, const ClassInfo& info, const std::string& build) {
    std::string options, ending = "json";
    for (const certify::BuiltNetwork& network : report.networks)
        if (network.built && std::count(network.shows.begin(), network.shows.end(), info.id) > 0)
            for (const std::string& option : certify::build_options(network.construction)) options += " " + option;
    const auto counted = [&](const std::optional<certify::CountedBy>& found, const char* kind) {
        if (!found || found->text.empty()) return;
        options = fmt::format(" --kind {}", kind);
        ending = kind;
    };
    if (info.id == classify::Class::c_rasp) counted(report.program, "crasp");
    if (info.id == classify::Class::foc) counted(report.formula, "foc");
    return options.empty() || build.empty() ? "" : fmt::format("         {}{} -o FILE.{}\n", build, options, ending);
}

}  // namespace

std::string class_rows(const language::Alphabet& alphabet, const certify::ClassReport& report,
                       const std::string& build) {
    const classify::Classification& found = report.found;
    std::string text;
    for (const ClassInfo& info : classify::classes()) text += row(alphabet, report, info);
    text += formula_lines(report);
    text += "  recognised at all lengths by\n";
    for (const ClassInfo& info : classify::classes())
        if (!info.transformers.empty() && info.id != classify::Class::solvable)
            text += fmt::format("    {:3}  {}  [{}]\n{}", answer(found, info), info.transformers, info.source,
                                build_line(report, info, build));
    if (!found.in[classify::Class::solvable])
        text += "    " + std::string(info(classify::Class::solvable).transformers) + "\n";
    return text;
}

}  // namespace attest::cli
