#include "base/command_line.hpp"

#include <algorithm>
#include <cctype>
#include <string_view>

namespace attest::base {

std::string shell_word(const std::string& word) {
    const auto plain = [](unsigned char c) {
        return std::isalnum(c) != 0 ||
               std::string_view("-_./:,=+@%").find(static_cast<char>(c)) != std::string_view::npos;
    };
    if (!word.empty() && std::all_of(word.begin(), word.end(), plain)) return word;
    std::string text = "'";
    for (const char c : word) text += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return text + "'";
}

std::vector<std::string> without_options(const std::vector<std::string>& words, const std::vector<std::string>& flags,
                                         const std::vector<std::string>& with_value) {
    const auto is_one_of = [](const std::vector<std::string>& names, const std::string& name) {
        return std::find(names.begin(), names.end(), name) != names.end();
    };
    std::vector<std::string> rest;
    for (std::size_t k = 0; k < words.size(); ++k) {
        if (is_one_of(flags, words[k]) || is_one_of(with_value, words[k].substr(0, words[k].find('=')))) {
            k += is_one_of(with_value, words[k]) ? 1 : 0;  // and its value
            continue;
        }
        rest.push_back(words[k]);
    }
    return rest;
}

}  // namespace attest::base
