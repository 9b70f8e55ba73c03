#include "regular_language.hpp"

#include <fmt/format.h>

#include "attest/base/error.hpp"
#include "base/text.hpp"

namespace attest::cli {

language::Language load_over(const std::string& text, const std::string& symbols) {
    std::optional<language::Alphabet> over;
    if (!symbols.empty()) over.emplace(base::code_points(symbols, "--alphabet"));
    language::Language language = language::Language::parse(text, over);
    if (over && !(language.alphabet() == *over))
        throw base::UsageError(fmt::format("--alphabet: expected none, found {}: {} has the alphabet {}",
                                           over->describe(), language.name(), language.alphabet().describe()));
    return language;
}

}  // namespace attest::cli
