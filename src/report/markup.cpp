#include "report/markup.hpp"

#include "base/text.hpp"

namespace attest::report {

std::string visible(std::string_view text) { return base::printable(text, SIZE_MAX); }

std::string escaped(std::string_view text) {
    std::string markup;
    for (const char c : visible(text)) {
        if (c == '&') markup += "&amp;";
        else if (c == '<') markup += "&lt;";
        else if (c == '>') markup += "&gt;";
        else if (c == '"') markup += "&quot;";
        else if (c == '\'') markup += "&#39;";
        else markup += c;
    }
    return markup;
}

}  // namespace attest::report
