#include "ledger/table.hpp"

#include <fmt/format.h>

#include <functional>
#include <map>

namespace attest::ledger {

namespace {

/// The columns of all three: a row a column, so that none of them lags behind.
struct Column {
    const char* name;
    std::function<std::string(const Claim&)> of;
};

std::string bound(const Claim& claim) {
    switch (claim.guarantee) {
        case Guarantee::exact:
        case Guarantee::interval: return claim.value;
        case Guarantee::lower: return "≥ " + claim.value;
        case Guarantee::upper: return "≤ " + claim.value;
    }
    return claim.value;
}

std::string short_digest(const Claim& claim) {
    return claim.last && !claim.last->digest.empty() ? claim.last->digest.substr(0, 12) : "";
}

const std::vector<Column>& columns() {
    static const std::vector<Column> all = {
        {"Claim", [](const Claim& c) { return c.id; }},
        {"Statement", [](const Claim& c) { return c.statement; }},
        {"Value", bound},
        {"Standing", [](const Claim& c) { return std::string(to_string(c.standing)); }},
        {"Source", [](const Claim& c) { return c.source; }},
        {"Certificate", short_digest},
    };
    return all;
}

std::string replace(const std::string& text, const std::map<char, std::string>& by) {
    std::string result;
    for (const char c : text) {
        const auto at = by.find(c);
        result += at == by.end() ? std::string(1, c) : at->second;
    }
    return result;
}

void replace_all(std::string& text, const std::string& from, const std::string& to) {
    for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
        text.replace(at, from.size(), to);
}

std::string row(const Claim& claim, const std::string& between,
                const std::function<std::string(const std::string&)>& escaped) {
    std::string line;
    for (const Column& column : columns())
        line += (line.empty() && &column == &columns().front() ? "" : between) + escaped(column.of(claim));
    return line;
}

std::string heading(const std::string& between) {
    std::string line;
    for (const Column& column : columns()) line += (&column == &columns().front() ? "" : between) + column.name;
    return line;
}

}  // namespace

std::string latex(const std::string& text) {
    std::string result = replace(text, {{'\\', "\\textbackslash{}"},
                                        {'{', "\\{"},
                                        {'}', "\\}"},
                                        {'$', "\\$"},
                                        {'&', "\\&"},
                                        {'#', "\\#"},
                                        {'%', "\\%"},
                                        {'_', "\\_"},
                                        {'^', "\\textasciicircum{}"},
                                        {'~', "\\textasciitilde{}"},
                                        {'<', "\\textless{}"},
                                        {'>', "\\textgreater{}"},
                                        {'|', "\\textbar{}"}});
    for (const auto& [from, to] : {std::pair{"≥", "$\\geq$"},
                                   {"≤", "$\\leq$"},
                                   {"−", "$-$"},
                                   {"·", "$\\cdot$"},
                                   {"²", "$^2$"},
                                   {"³", "$^3$"},
                                   {"⁰", "$^0$"},
                                   {"ⁿ", "$^n$"},
                                   {"₂", "$_2$"},
                                   {"₃", "$_3$"},
                                   {"₄", "$_4$"},
                                   {"₆", "$_6$"},
                                   {"∞", "$\\infty$"},
                                   {"→", "$\\to$"},
                                   {"ε", "$\\varepsilon$"},
                                   {"…", "\\dots{}"}})
        replace_all(result, from, to);
    return result;
}

std::string latex_table(const std::vector<Claim>& claims) {
    std::string text = "% needs \\usepackage{booktabs}\n\\begin{tabular}{lp{0.36\\linewidth}llll}\n  \\toprule\n  " +
                       heading(" & ") + " \\\\\n  \\midrule\n";
    const auto cell = [](const std::string& words) { return latex(words); };
    for (const Claim& claim : claims) text += "  " + row(claim, " & ", cell) + " \\\\\n";
    return text + "  \\bottomrule\n\\end{tabular}\n";
}

std::string markdown_table(const std::vector<Claim>& claims) {
    const auto cell = [](const std::string& words) {
        return replace(words, {{'|', "\\|"}, {'*', "\\*"}, {'_', "\\_"}, {'<', "&lt;"}, {'\n', " "}});
    };
    std::string text = "| " + heading(" | ") + " |\n|";
    for (std::size_t k = 0; k < columns().size(); ++k) text += " --- |";
    text += "\n";
    for (const Claim& claim : claims) text += "| " + row(claim, " | ", cell) + " |\n";
    return text;
}

std::string csv_table(const std::vector<Claim>& claims) {
    const auto cell = [](const std::string& words) {
        return words.find_first_of(",\"\r\n") == std::string::npos ? words
                                                                   : "\"" + replace(words, {{'"', "\"\""}}) + "\"";
    };
    std::string text = heading(",") + "\r\n";
    for (const Claim& claim : claims) text += row(claim, ",", cell) + "\r\n";
    return text;
}

}  // namespace attest::ledger
