#include "arguments.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace attest::cli {

namespace {

constexpr char mark = '\x01';

/// The options whose values are texts, of which the empty one is as good as any other.
constexpr std::array<const char*, 3> texts = {"--word", "--title", "--date"};

const CLI::Option* find_option(const CLI::App& command, const std::string& name) {
    return name.size() < 2 ? nullptr : command.get_option_no_throw(name);
}

bool takes_value(const CLI::Option& option) { return option.get_items_expected_max() > 0; }

bool is_list(const CLI::Option& option) { return option.get_items_expected_max() > 1; }

/// Goes through the arguments of one command.
class Marker {
  public:
    Marker(const CLI::App& command, std::vector<std::string> words) : command_(command), words_(std::move(words)) {}

    Arguments run() {
        for (; at_ < words_.size(); ++at_) {
            const std::string& word = words_[at_];
            if (word == "--") break;
            if (word.starts_with("--")) long_option(word);
            else if (is_short(word)) short_option(word);
            else value(word);
        }
        if (at_ < words_.size()) result_.reversed.push_back(words_[at_++]);
        for (; at_ < words_.size(); ++at_) value(words_[at_]);
        return std::move(result_);
    }

  private:
    /// A dash alone is a value, and so is a negative number.
    bool is_short(const std::string& word) const {
        if (word.size() < 2 || word[0] != '-') return false;
        const bool digit = word[1] >= '0' && word[1] <= '9';
        return !digit || find_option(command_, word.substr(0, 2)) != nullptr;
    }

    void value(const std::string& text) { result_.reversed.push_back(mark + text); }

    /// The option itself, and what follows it whatever that looks like.
    void option(const CLI::Option& option, const std::string& name, const std::optional<std::string>& own) {
        result_.reversed.push_back(name);
        if (is_list(option) && !result_.unknown) result_.list = name;
        if (own) value(*own);
        else if (at_ + 1 < words_.size()) value(words_[++at_]);
    }

    void unknown(const std::string& word) {
        if (!result_.unknown) result_.unknown = word;
        result_.reversed.push_back(word);
    }

    void long_option(const std::string& word) {
        const std::size_t equals = word.find('=');
        const std::string name = word.substr(0, equals);
        const CLI::Option* known = find_option(command_, name);
        if (known == nullptr) return unknown(word);
        if (!takes_value(*known)) return result_.reversed.push_back(word);
        option(*known, name, equals == std::string::npos ? std::nullopt : std::optional(word.substr(equals + 1)));
    }

    /// Flags may stand together behind one dash, and a value right behind its letter.
    void short_option(const std::string& word) {
        for (std::size_t k = 1; k < word.size(); ++k) {
            const std::string name = {'-', word[k]};
            const CLI::Option* known = find_option(command_, name);
            if (known == nullptr) return unknown(k == 1 ? word : name);
            if (takes_value(*known))
                return option(*known, name, k + 1 == word.size() ? std::nullopt : std::optional(word.substr(k + 1)));
            result_.reversed.push_back(name);
        }
    }

    const CLI::App& command_;
    const std::vector<std::string> words_;
    std::size_t at_ = 0;
    Arguments result_;
};

/// Takes the mark off.
std::string unmark(std::string& value, bool may_be_empty) {
    if (value.starts_with(mark)) value.erase(0, 1);
    return value.empty() && !may_be_empty ? "expected a value, found an empty one" : "";
}

}  // namespace

Arguments mark_values(const CLI::App& root, int argc, const char* const* argv) {
    std::vector<std::string> words(argv + std::min(argc, 1), argv + argc);
    const std::string name = words.empty() ? "" : words.front();
    Arguments result;
    const auto commands = root.get_subcommands({});
    const auto command =
        std::find_if(commands.begin(), commands.end(), [&](const CLI::App* sub) { return sub->get_name() == name; });
    if (command != commands.end()) {
        result = Marker(**command, {words.begin() + 1, words.end()}).run();
        result.reversed.insert(result.reversed.begin(), name);
    } else {
        result.reversed = words;
    }
    std::reverse(result.reversed.begin(), result.reversed.end());
    return result;
}

void take_literally(CLI::App& command) {
    for (CLI::Option* option : command.get_options()) {
        if (!takes_value(*option)) continue;
        const bool may_be_empty =
            std::any_of(texts.begin(), texts.end(), [&](const char* name) { return option->check_name(name); });
        option->transform(
            CLI::Validator([may_be_empty](std::string& value) { return unmark(value, may_be_empty); }, ""));
    }
}

std::string without_marks(std::string text) {
    std::erase(text, mark);
    return text;
}

}  // namespace attest::cli
