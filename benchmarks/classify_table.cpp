#include <fmt/format.h>

#include "attest/base/error.hpp"
#include "language/classify/census.hpp"
#include "tables.hpp"
#include "timing.hpp"

// Fourteen classes of all languages of a size: each table of a minimal automaton once, in one thread.

namespace attest::benchmarks {

Table classify_table(const Settings&) {
    Table table("classify", "classes of all minimal automata with q states over k letters, in one thread",
                {"q", "k", "tables", "languages", "sets of classes", "greatest monoid", "time", "tables/s"});
    table.begin();
    for (const auto& [states, letters] : {std::pair<std::size_t, std::size_t>{3, 2}, {4, 2}, {5, 2}, {2, 3}, {3, 3}}) {
        classify::Census census;
        const double spent = best_of(states > 4 ? 1 : 3, [&] { census = classify::take_census(states, letters); });
        if (census.stopped) throw base::InternalError("a census was stopped");
        table.add({count(states), count(letters), count(census.tables), count(census.languages),
                   count(census.by_classes.size()), count(census.greatest_monoid), seconds(spent),
                   number(static_cast<double>(census.tables) / spent)});
    }
    return table;
}

}  // namespace attest::benchmarks
