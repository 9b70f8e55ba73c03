#include "language/automaton_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <string_view>

#include "attest/base/error.hpp"
#include "attest/base/file.hpp"
#include "base/text.hpp"

namespace attest::language {

namespace {

constexpr std::size_t most_file_bytes = std::size_t{1} << 28;

/// The first words of a text: blanks and comments of DOT and XML before them left out.
std::string_view beginning(std::string_view text) {
    const auto skip_past = [&](std::string_view opening, std::string_view closing) {
        if (!text.starts_with(opening)) return false;
        const std::size_t end = text.find(closing, opening.size());
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + closing.size());
        return true;
    };
    do text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
    while (skip_past("\xef\xbb\xbf", "") || skip_past("/*", "*/") || skip_past("//", "\n") || skip_past("#", "\n") ||
           skip_past("<?", "?>") || skip_past("<!--", "-->"));
    return text.substr(0, 4096);
}

bool starts_with_word(std::string_view text, std::string_view word) {
    return text.starts_with(word) && (text.size() == word.size() ||
                                      std::string_view(" \t\r\n{\"").find(text[word.size()]) != std::string_view::npos);
}

/// The name of a format that others use for automata and that is not read here; empty for anything else.
std::string foreign_format(std::string_view text) {
    const std::string_view start = beginning(text);
    for (const char* word : {"digraph", "strict", "graph"})
        if (starts_with_word(start, word)) return "DOT, which is drawn and says nothing of start and acceptance";
    if (start.starts_with("<structure") ||
        (start.starts_with("<") && start.find("<structure") != std::string_view::npos))
        return "JFLAP";
    if (start.starts_with("<")) return "XML";
    if (start.starts_with("never")) return "a never claim of SPIN";
    if (start.starts_with("@NBA") || start.starts_with("@DFA") || start.starts_with("@NFA")) return "MATA";
    return "";
}

/// A sink takes what has no way on.
Dfa complete(PartialDfa partial, std::vector<std::string>& notes) {
    Dfa automaton{std::move(partial.alphabet), partial.start, std::move(partial.accepting), {}};
    const auto sink = static_cast<Dfa::State>(partial.next.size());
    std::size_t missing = 0;
    for (const auto& row : partial.next) {
        auto& full = automaton.transition.emplace_back();
        for (const auto& to : row) full.push_back(to.value_or(sink)), missing += to ? 0 : 1;
    }
    if (missing == 0) return automaton;
    automaton.accepting.push_back(false);
    automaton.transition.emplace_back(automaton.alphabet.size(), sink);
    notes.push_back(fmt::format("the automaton is partial: {} {} to a sink, state {}, which never accepts", missing,
                                missing == 1 ? "transition that is missing leads" : "transitions that are missing lead",
                                sink));
    return automaton;
}

PartialDfa read(const std::string& bytes, const std::string& file, std::string& format,
                std::vector<std::string>& notes) {
    if (beginning(bytes).starts_with("HOA:")) {
        format = "HOA";
        return read_hoa(bytes, file, notes);
    }
    if (const std::string found = foreign_format(bytes); !found.empty())
        throw base::InputError(base::printable(file), "an automaton as attest/dfa, HOA or JSON of automata-lib", found);
    const base::Json document = base::Json::parse(bytes, file);
    const base::JsonNode node(document, file);
    if (document.is_object() && !node.has("format") && (node.has("input_symbols") || node.has("initial_state"))) {
        format = "JSON of automata-lib";
        return read_automata_lib(node);
    }
    return read_partial_dfa(node);
}

}  // namespace

AutomatonFile parse_automaton(std::string bytes, const std::string& file) {
    AutomatonFile result{{Alphabet({"0"}), 0, {}, {}}, {}, {}};
    std::string format;
    PartialDfa partial = read(bytes, file, format, result.notes);
    result.automaton = complete(std::move(partial), result.notes);
    const bool as_it_is = format.empty() && result.notes.empty();
    if (!format.empty())
        result.notes.insert(result.notes.begin(), fmt::format("{} is read as {}", base::printable(file), format));
    result.source = as_it_is ? std::move(bytes) : write_dfa(result.automaton);
    return result;
}

AutomatonFile read_automaton(const std::string& path) {
    return parse_automaton(base::read_file(path, most_file_bytes), path);
}

std::vector<std::string> notes_on_reading(const std::string& language) {
    constexpr std::string_view prefix = "dfa:";
    if (!language.starts_with(prefix)) return {};
    const std::string path = language.substr(prefix.size());
    if (!std::filesystem::is_regular_file(path)) return {};  // what comes through a pipe was read already
    return read_automaton(path).notes;
}

}  // namespace attest::language
