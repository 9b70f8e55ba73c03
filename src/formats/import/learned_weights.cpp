#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "attest/base/error.hpp"
#include "base/quote.hpp"
#include "learned_program.hpp"

namespace attest::formats::import {

namespace {

/// The fields of a line, some of them in quotation marks, which are doubled within.
std::vector<std::string> fields(std::string_view line, const std::string& where) {
    std::vector<std::string> all(1);
    bool quoted = false;
    for (std::size_t at = 0; at < line.size(); ++at) {
        const char c = line[at];
        if (c == '"' && quoted && line.substr(at + 1, 1) == "\"") all.back() += line[++at];
        else if (c == '"') quoted = !quoted;
        else if (c == ',' && !quoted) all.emplace_back();
        else all.back() += c;
    }
    if (quoted) throw base::InputError(where, "a closing quotation mark", "the end of the line");
    return all;
}

std::size_t digits(std::string_view text, std::size_t& at) {
    const std::size_t from = at;
    while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
    return at - from;
}

/// Whether JSON has this number, too.
bool is_decimal(std::string_view text) {
    std::size_t at = text.starts_with("-") ? 1 : 0;
    const std::size_t first = at;
    if (digits(text, at) == 0 || (text[first] == '0' && at > first + 1)) return false;
    if (at < text.size() && text[at] == '.' && digits(text, ++at) == 0) return false;
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        ++at;
        if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
        if (digits(text, at) == 0) return false;
    }
    return at == text.size() && text.size() < 64;
}

LearnedWeights::Row row(std::vector<std::string> all, std::size_t classes, const std::string& where) {
    if (all.size() != classes + 2)
        throw base::InputError(where, fmt::format("{} fields", classes + 2), std::to_string(all.size()));
    LearnedWeights::Row row{all[0], all[1], {all.begin() + 2, all.end()}};
    for (const std::string& number : row.numbers)
        if (!is_decimal(number)) throw base::InputError(where, "a decimal", base::quoted(number, 40));
    return row;
}

}  // namespace

std::vector<const LearnedWeights::Row*> LearnedWeights::of(const std::string& feature) const {
    std::vector<const Row*> found;
    for (const Row& row : rows)
        if (row.feature == feature) found.push_back(&row);
    return found;
}

LearnedWeights read_learned_weights(std::string_view text, const std::string& file) {
    LearnedWeights weights;
    std::set<std::pair<std::string, std::string>> met;
    std::size_t number = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        std::string_view line = text.substr(at, end - at);
        at = end + 1;
        if (line.ends_with('\r')) line.remove_suffix(1);
        const std::string where = fmt::format("{}:line {}", file, ++number);
        std::vector<std::string> all = fields(line, where);
        if (number == 1) {
            if (all.size() < 4 || all[0] != "feature" || all[1] != "value")
                throw base::InputError(where, "feature,value and the names of at least two classes",
                                       base::quoted(line, 40));
            weights.classes.assign(all.begin() + 2, all.end());
            if (std::set<std::string>(weights.classes.begin(), weights.classes.end()).size() < weights.classes.size())
                throw base::InputError(where, "classes that are distinct", "one twice");
        } else if (!line.empty()) {
            weights.rows.push_back(row(std::move(all), weights.classes.size(), where));
            const LearnedWeights::Row& added = weights.rows.back();
            if (!met.emplace(added.feature, added.value).second && added.value != LearnedWeights::no_value)
                throw base::InputError(
                    where, "one row for each variable and value",
                    fmt::format("{} of {} again", base::quoted(added.value, 40), base::quoted(added.feature, 40)));
        }
    }
    if (number == 0) throw base::InputError(file, "a table of weights", "an empty file");
    return weights;
}

}  // namespace attest::formats::import
