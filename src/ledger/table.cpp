#include "ledger/table.hpp"

#include <fmt/format.h>

#include <algorithm>
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

namespace {

/// Where LaTeX may go on in the next line: inside a word that is long, after a sign, or after so many characters.
std::string with_breaks(const std::string& text, std::size_t longest) {
    constexpr char mark = '\x01';
    const std::string ends = "-_,/:=.+";
    std::string marked;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find(' ', at), text.size());
        std::size_t whole = 0;  // code points since the last place
        for (std::size_t k = at; k < end; ++k) {
            const bool is_long = end - at > longest;
            if (is_long && whole >= longest && (static_cast<unsigned char>(text[k]) & 0xC0U) != 0x80)
                marked += mark, whole = 0;
            marked += text[k];
            whole += (static_cast<unsigned char>(text[k]) & 0xC0U) != 0x80 ? 1 : 0;
            if (is_long && k + 1 < end && ends.find(text[k]) != std::string::npos) marked += mark, whole = 0;
        }
        if (end < text.size()) marked += ' ';
        at = end + 1;
    }
    std::string escaped = latex(marked);
    replace_all(escaped, std::string(1, mark), "\\allowbreak{}");
    return escaped;
}

/// The columns of a page: their parts of the line add up to one with what stands between them.
struct LatexColumn {
    const char* part;
    std::size_t longest;  ///< characters of a word that fit
    bool cites;
};
constexpr LatexColumn latex_columns[] = {
    {"0.17", 9, false}, {"0.28", 14, false}, {"0.13", 6, false},
    {"0.11", 9, false}, {"0.08", 4, true},   {"0.11", 4, false},
};

std::string latex_row(const Claim& claim) {
    std::string line;
    for (std::size_t k = 0; k < columns().size(); ++k) {
        const std::string text = columns()[k].of(claim);
        line += (k == 0 ? "" : " & ") +
                (latex_columns[k].cites ? "\\cite{" + text + "}" : with_breaks(text, latex_columns[k].longest));
    }
    return line + " \\\\\n";
}

}  // namespace

std::string latex_table(const std::vector<Claim>& claims) {
    std::string text =
        "% needs \\usepackage{array,booktabs,longtable}, and the entries of attest cite for what it cites\n"
        "\\begingroup\\footnotesize\\setlength{\\tabcolsep}{0.012\\linewidth}\n\\begin{longtable}{@{}";
    for (const LatexColumn& column : latex_columns)
        text += fmt::format(">{{\\raggedright\\arraybackslash\\hspace{{0pt}}}}p{{{}\\linewidth}}", column.part);
    const std::string head = "  " + heading(" & ") + " \\\\\n";
    text += "@{}}\n  \\toprule\n" + head + "  \\midrule\n  \\endfirsthead\n  \\toprule\n" + head +
            "  \\midrule\n  \\endhead\n  \\bottomrule\n  \\endfoot\n";
    for (const Claim& claim : claims) text += "  " + latex_row(claim);
    return text + "\\end{longtable}\n\\endgroup\n";
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
