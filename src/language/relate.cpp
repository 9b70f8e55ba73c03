#include <fmt/format.h>

#include <algorithm>

#include "attest/base/error.hpp"
#include "attest/language/language.hpp"
#include "base/text.hpp"

namespace attest::language {

namespace {

std::string alphabets(const Alphabet& model, const Alphabet& language) {
    return fmt::format("model alphabet {}, language alphabet {}", model.describe(), language.describe());
}

/// `--map a=0,b=1`: symbols that are in both alphabets stay, the others go round the language's.
std::string suggestion(const Alphabet& model, const Alphabet& language) {
    constexpr std::size_t most_shown = 32;
    std::string text = "--map ";
    for (std::size_t s = 0; s < std::min(model.size(), most_shown); ++s) {
        const std::string& symbol = model.symbol(static_cast<Symbol>(s));
        const auto same = language.find(symbol);
        const Symbol image = same ? *same : static_cast<Symbol>(s % language.size());
        if (s > 0) text += ",";
        text += base::printable(symbol + "=" + language.symbol(image));
    }
    return model.size() > most_shown ? text + ",…" : text;
}

std::vector<Symbol> relate_by_name(const Alphabet& model, const Alphabet& language) {
    std::vector<Symbol> images;
    for (const auto& symbol : model.symbols()) {
        const auto image = language.find(symbol);
        if (!image)
            throw base::UsageError(fmt::format(
                "the model's symbol '{}' is none of the language's ({}); say what each stands for, as in {}",
                base::printable(symbol), alphabets(model, language), suggestion(model, language)));
        images.push_back(*image);
    }
    return images;
}

}  // namespace

std::vector<Symbol> relate(const Alphabet& model, const Alphabet& language,
                           const std::vector<std::pair<std::string, std::string>>& map) {
    if (map.empty()) return relate_by_name(model, language);

    const auto refuse = [&](const std::string& what) {
        throw base::UsageError(fmt::format("--map: {} ({})", what, alphabets(model, language)));
    };
    std::vector<std::optional<Symbol>> images(model.size());
    for (const auto& [from, to] : map) {
        const auto symbol = model.find(from);
        const auto image = language.find(to);
        if (!symbol) refuse(fmt::format("'{}' is no symbol of the model", base::printable(from)));
        if (!image) refuse(fmt::format("'{}' is no symbol of the language", base::printable(to)));
        if (images[*symbol]) refuse(fmt::format("the model's symbol '{}' has two entries", base::printable(from)));
        images[*symbol] = *image;
    }
    std::vector<Symbol> complete;
    for (std::size_t s = 0; s < model.size(); ++s) {
        if (!images[s])
            refuse(fmt::format("the model's symbol '{}' has no entry",
                               base::printable(model.symbol(static_cast<Symbol>(s)))));
        complete.push_back(*images[s]);
    }
    return complete;
}

}  // namespace attest::language
