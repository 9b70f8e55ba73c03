#include <fmt/format.h>

#include "attest/base/file.hpp"
#include "stages.hpp"
#include "tables.hpp"

namespace attest::benchmarks {

namespace {

constexpr double our_limit = 120;
constexpr double promised_ratio = 3;

void add(Table& table, const std::string& name, std::int64_t n, const StageResult& result) {
    if (!result.done()) {
        table.add({text(name), count(static_cast<std::size_t>(n)), none(), none(), more_than(our_limit), none(), none(),
                   none(), none()});
        return;
    }
    const double solve = result.at("solve"), check = result.at("check");
    const bool counts = solve >= 1;
    table.add({text(name), count(static_cast<std::size_t>(n)), count(result.found.at("clauses")),
               bytes(result.found.at("proof_bytes")), seconds(solve), seconds(result.at("elaborate")), seconds(check),
               ratio(check / solve),
               text(!counts                           ? "short"
                    : check / solve <= promised_ratio ? "yes"
                                                      : "NO")});
}

}  // namespace

Table check_table(const Settings& settings) {
    Table table("check",
                "the independent checker's time over the solver's; for models it also rebuilds circuit and formula",
                {"question", "N", "clauses", "LRAT", "solve", "drat_to_lrat", "check", "check/solve", "<= 3"});
    table.begin();
    for (const std::int64_t n : {24, 32, 48}) {
        const base::DirectoryInProgress scratch;
        add(table, "dyck-2-depth-3", n,
            measure_stage({"prove", "dyck-2-depth-3", "dyck:2,3", n, settings.seed, scratch.path()}, our_limit));
    }
    for (const std::int64_t holes : {8, 9})
        add(table, "pigeon hole", holes, measure_stage({"pigeons", "-", "-", holes, settings.seed, {}}, our_limit));
    return table;
}

}  // namespace attest::benchmarks
