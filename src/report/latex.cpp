#include "report/latex.hpp"

#include <map>
#include <utility>

namespace attest::report {

namespace {

void put_in_place(std::string& text, const std::string& from, const std::string& to) {
    for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
        text.replace(at, from.size(), to);
}

}  // namespace

std::string latex(const std::string& text) {
    static const std::map<char, const char*> signs = {{'\\', "\\textbackslash{}"},
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
                                                      {'|', "\\textbar{}"}};
    std::string result;
    bool quoted = false;  // a quotation mark begins or ends
    for (const char c : text) {
        if (c == '"') {
            result += quoted ? "''" : "``";
            quoted = !quoted;
            continue;
        }
        const auto at = signs.find(c);
        if (at == signs.end()) result += c;
        else result += at->second;
    }
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
        put_in_place(result, from, to);
    return result;
}

}  // namespace attest::report
