#include "base/suggest.hpp"

#include <algorithm>
#include <cctype>

#include "base/text.hpp"

namespace attest::base {

namespace {

constexpr std::size_t most = 5;           ///< more than this is a list, not a hint
constexpr std::size_t shortest_part = 3;  ///< shorter ones are in everything

std::string lower(std::string_view text) {
    std::string result(text);
    for (char& c : result) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return result;
}

template <typename Test>
std::vector<std::string> few(const std::vector<std::string>& candidates, Test test) {
    std::vector<std::string> found;
    for (const std::string& candidate : candidates)
        if (test(candidate) && std::find(found.begin(), found.end(), candidate) == found.end())
            found.push_back(candidate);
    if (found.size() > most) found.clear();
    return found;
}

}  // namespace

std::vector<std::string> suggestions(std::string_view word, const std::vector<std::string>& candidates) {
    const std::string part = lower(word);
    auto found = few(candidates, [&](const std::string& c) { return lower(c) == part; });
    if (found.empty() && part.size() >= shortest_part)
        found = few(candidates, [&](const std::string& c) { return lower(c).starts_with(part); });
    if (found.empty() && part.size() >= shortest_part)
        found = few(candidates, [&](const std::string& c) { return lower(c).find(part) != std::string::npos; });
    if (const std::string near = found.empty() ? nearest(word, candidates) : ""; !near.empty()) found.push_back(near);
    return found;
}

std::string perhaps(std::string_view word, const std::vector<std::string>& candidates) {
    const std::vector<std::string> found = suggestions(word, candidates);
    std::string text;
    for (std::size_t k = 0; k < found.size(); ++k)
        text += (k == 0 ? "; perhaps '" : k + 1 == found.size() ? " or '" : ", '") + found[k] + "'";
    return text;
}

}  // namespace attest::base
