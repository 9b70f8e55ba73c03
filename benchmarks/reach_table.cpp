#include <fmt/format.h>

#include <chrono>

#include "tables.hpp"
#include "threshold_stage.hpp"

namespace attest::benchmarks {

namespace {

constexpr std::int64_t longest = 14, longest_bound = 16;

/// `exact 3`, `[8, 12]`: a network at the first number, none at the second, or `[5, ?]`. An asterisk: built from networks
/// of other cells, and not searched for.
std::string reach(const std::string& network, const std::string& language, const threshold::SynthesisOptions& options,
                  double limit) {
    std::int64_t found = 0;
    bool extended = false;
    for (std::int64_t n = 1; n <= longest; ++n) {
        const threshold::Specification asked{parse_network_class(network),
                                             language::Language::parse(language, std::nullopt), n};
        const Certified certified = certified_answer(asked, options, seconds_from_now(limit));
        if (certified.answer == verdict::Answer::fails) return fmt::format("exact {}", found);
        if (certified.answer == verdict::Answer::undecided) break;
        found = n;
        extended = certified.extended;
    }
    threshold::Specification beyond{parse_network_class(network), language::Language::parse(language, std::nullopt),
                                    found + 1};
    const auto bounded = threshold::least_bounded_length(beyond, longest_bound, seconds_from_now(limit));
    beyond.length = bounded.value_or(0);
    const bool none =
        bounded && certified_answer(beyond, options, seconds_from_now(limit)).answer == verdict::Answer::fails;
    return fmt::format("[{}{}, {}]", found, extended ? "*" : "", none ? std::to_string(*bounded) : "?");
}

}  // namespace

Table reach_table(const Settings& settings) {
    Table table("reach",
                "the greatest length at which any network of a class was found, or exactly; all certificates checked",
                {"language", "L", "H", "read", "A = 2", "A = 3", "A = 4", "unbounded", "seconds"});
    table.begin();
    threshold::SynthesisOptions
        options;  // one library for all, so that what one cell found is there for the larger ones
    options.seed = settings.seed;
    for (const char* const language : {"parity", "majority", "mod:3,0", "palindrome"})
        for (const int layers : {1, 2, 3})
            for (const int heads : {1, 2})
                for (const char* const read : {"end", "last"}) {
                    const auto begin = std::chrono::steady_clock::now();
                    std::vector<Cell> cells{text(language), count(static_cast<std::size_t>(layers)),
                                            count(static_cast<std::size_t>(heads)), text(read)};
                    for (const char* const activations : {"2", "3", "4", "-"})
                        // One layer has no activations.
                        cells.push_back(layers == 1 && activations[0] != '-'
                                            ? none()
                                            : text(reach(fmt::format("{},{},{},{}", layers, heads, activations, read),
                                                         language, options, settings.limit / 10)));
                    cells.push_back(
                        seconds(std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count()));
                    table.add(std::move(cells));
                }
    table.note(fmt::format("{:.2g} s by the clock for a length, lengths to {}; *: built from networks of smaller cells",
                           settings.limit / 10, longest));
    return table;
}

}  // namespace attest::benchmarks
