#include "attest/programs/zoo.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "attest/base/error.hpp"
#include "base/suggest.hpp"
#include "base/text.hpp"
#include "catalogue.hpp"

// From a full name to its row and the numbers in it.

namespace attest::programs {

namespace {

using constructions::Numbers;
using constructions::Parameter;
using constructions::Row;

struct Found {
    const Row* row;
    Numbers numbers;
};

std::vector<std::string_view> words(std::string_view name) {
    std::vector<std::string_view> parts;
    for (;;) {
        const std::size_t dash = name.find('-');
        parts.push_back(name.substr(0, dash));
        if (dash == std::string_view::npos) return parts;
        name.remove_prefix(dash + 1);
    }
}

/// A number as names write it: digits, no leading zero, at most six of them.
std::optional<int> number(std::string_view text) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool plain = error == std::errc() && end == text.data() + text.size() && text.size() <= 6 && text[0] != '-';
    return plain && (text == "0" || text[0] != '0') ? std::optional(value) : std::nullopt;
}

bool is_letter_of(const Row& row, std::string_view word) {
    return std::any_of(row.parameters.begin(), row.parameters.end(),
                       [&](const Parameter& p) { return word == std::string_view(&p.letter, 1); });
}

/// The numbers of the name if it has the form of this row, whatever their size.
std::optional<Numbers> match(const Row& row, std::string_view name) {
    const auto pattern = words(row.entry.name);
    const auto parts = words(name);
    if (pattern.size() != parts.size()) return std::nullopt;
    Numbers numbers;
    for (std::size_t k = 0; k < parts.size(); ++k) {
        if (!is_letter_of(row, pattern[k])) {
            if (parts[k] != pattern[k]) return std::nullopt;
            continue;
        }
        const auto value = number(parts[k]);
        if (!value) return std::nullopt;
        numbers.push_back(*value);
    }
    return numbers;
}

void check(const Row& row, const std::string& name, const Numbers& numbers) {
    for (std::size_t k = 0; k < numbers.size(); ++k) {
        const Parameter& p = row.parameters[k];
        if (numbers[k] < p.least || numbers[k] > p.greatest)
            throw base::UsageError(fmt::format("zoo:{}: expected {} from {} to {} in {}, found {}", name, p.letter,
                                               p.least, p.greatest, row.entry.name, numbers[k]));
    }
    const std::string objection = row.objection ? row.objection(numbers) : std::string();
    if (!objection.empty()) throw base::UsageError(fmt::format("zoo:{}: expected {}", name, objection));
}

Found find(const std::string& name) {
    std::vector<std::string> known;
    for (const Row& row : constructions::catalogue()) {
        if (const auto numbers = match(row, name)) {
            check(row, name, *numbers);
            return {&row, *numbers};
        }
        known.push_back(row.entry.name);
        known.insert(known.end(), row.entry.examples.begin(), row.entry.examples.end());
    }
    const std::vector<std::string> near = base::suggestions(name, known);
    throw base::UsageError(fmt::format("zoo:{}: expected the name of a construction (attest zoo list){}{}",
                                       base::printable(name), near.empty() ? "" : ", perhaps ",
                                       fmt::join(near, " or ")));
}

}  // namespace

const std::vector<ZooEntry>& zoo() {
    static const std::vector<ZooEntry> entries = [] {
        std::vector<ZooEntry> all;
        for (const Row& row : constructions::catalogue()) all.push_back(row.entry);
        return all;
    }();
    return entries;
}

network::Transformer zoo_model(const std::string& name) {
    const auto [row, numbers] = find(name);
    network::Transformer transformer = row->build(numbers);
    transformer.name = name;
    transformer.cite = {row->entry.source};
    return transformer;
}

ZooEntry zoo_entry(const std::string& name) {
    const auto [row, numbers] = find(name);
    ZooEntry entry = row->entry;
    entry.name = name;
    if (row->language) entry.language = row->language(numbers);
    if (row->lengths) entry.lengths = row->lengths(numbers);
    entry.examples = {name};
    return entry;
}

}  // namespace attest::programs
