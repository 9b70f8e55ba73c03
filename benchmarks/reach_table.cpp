#include <fmt/format.h>

#include <chrono>

#include "subject.hpp"
#include "tables.hpp"
#include "threshold_stage.hpp"

namespace attest::benchmarks {

namespace {

constexpr std::int64_t longest = 9;

/// `exact 3`, or `[5, ?]`: a network at the first number, none at the second.
std::string reach(const std::string& network, const std::string& language, const Settings& settings) {
    std::int64_t found = 0;
    for (std::int64_t n = 1; n <= longest; ++n) {
        base::Limits limits = limits_for(0);
        limits.deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(static_cast<std::int64_t>(100 * settings.limit));
        const auto answer = certified_answer({parse_network_class(network), language::Language::parse(language, std::nullopt), n}, settings.seed, limits);
        if (answer == verdict::Answer::fails) return fmt::format("exact {}", found);
        if (answer == verdict::Answer::undecided) break;
        found = n;
    }
    return fmt::format("[{}, ?]", found);
}

}  // namespace

Table reach_table(const Settings& settings) {
    Table table("reach", "the greatest length at which any network of a class was found, or exactly; all certificates checked",
                {"language", "L", "H", "read", "A = 2", "A = 3", "A = 4", "unbounded", "seconds"});
    table.begin();
    for (const char* const language : {"parity", "majority", "mod:3,0", "palindrome"})
        for (const int layers : {1, 2, 3})
            for (const int heads : {1, 2})
                for (const char* const read : {"end", "last"}) {
                    const auto begin = std::chrono::steady_clock::now();
                    std::vector<Cell> cells{text(language), count(static_cast<std::size_t>(layers)), count(static_cast<std::size_t>(heads)), text(read)};
                    for (const char* const activations : {"2", "3", "4", "-"})
                        // One layer has no activations.
                        cells.push_back(layers == 1 && activations[0] != '-' ? none() : text(reach(fmt::format("{},{},{},{}", layers, heads, activations, read), language, settings)));
                    cells.push_back(seconds(std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count()));
                    table.add(std::move(cells));
                }
    table.note(fmt::format("{:.2g} s by the clock for a length, lengths to {}", settings.limit / 10, longest));
    return table;
}

}  // namespace attest::benchmarks
