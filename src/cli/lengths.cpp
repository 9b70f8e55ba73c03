#include "lengths.hpp"

#include <fmt/format.h>

#include <charconv>
#include <set>

#include "attest/base/error.hpp"
#include "base/text.hpp"

namespace attest::cli {

namespace {

constexpr std::int64_t greatest = 1'000'000'000'000;
constexpr std::size_t most_lengths = 100'000;

std::int64_t whole(std::string_view text, std::int64_t least, const std::string& option, const std::string& all) {
    std::int64_t n = -1;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
    if (error != std::errc() || end != text.data() + text.size() || n < least || n > greatest)
        throw base::UsageError(fmt::format("{}: expected a whole number from {} to {}, found '{}'", option, least,
                                           greatest, base::printable(all)));
    return n;
}

}  // namespace

std::int64_t parse_length(const std::string& text, const std::string& option) { return whole(text, 0, option, text); }

std::vector<std::int64_t> parse_lengths(const std::string& text, const std::string& option, Repeated repeated) {
    std::set<std::int64_t> lengths;
    std::string_view rest = text;
    for (bool more = true; more;) {
        const std::size_t comma = rest.find(',');
        std::string_view part = rest.substr(0, comma);
        more = comma != std::string_view::npos;
        if (more) rest.remove_prefix(comma + 1);

        const std::size_t dots = part.find("..");
        const std::int64_t from = whole(part.substr(0, dots), 0, option, text);
        std::int64_t to = from, factor = 0;
        if (dots != std::string_view::npos) {
            std::string_view bound = part.substr(dots + 2);
            if (const std::size_t star = bound.find('*'); star != std::string_view::npos) {
                factor = whole(bound.substr(star + 1), 2, option, text);
                bound = bound.substr(0, star);
            }
            to = whole(bound, 0, option, text);
        }
        if (to < from)
            throw base::UsageError(
                fmt::format("{}: expected A..B with A at most B, found '{}'", option, base::printable(text)));
        if (factor > 0 && from == 0)
            throw base::UsageError(fmt::format("{}: expected a start of at least 1 before '*', found '{}'", option,
                                               base::printable(text)));
        for (std::int64_t n = from; n <= to; n = factor > 0 ? n * factor : n + 1) {
            if (!lengths.insert(n).second && repeated == Repeated::refused)
                throw base::UsageError(fmt::format("{}: expected each length once, found {} twice in '{}'", option, n,
                                                   base::printable(text)));
            if (lengths.size() > most_lengths)
                throw base::UsageError(fmt::format("{}: expected at most {} lengths, found '{}'", option, most_lengths,
                                                   base::printable(text)));
        }
    }
    return {lengths.begin(), lengths.end()};
}

}  // namespace attest::cli
