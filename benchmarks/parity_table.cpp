#include <fmt/format.h>

#include "attest/base/error.hpp"
#include "attest/base/file.hpp"
#include "program.hpp"
#include "stages.hpp"
#include "tables.hpp"

namespace attest::benchmarks {

namespace {

struct Tree {
    const char* model;
    std::int64_t length;
};
constexpr Tree trees[] = {{"parity-tree-shuffled-4-1", 15},
                          {"parity-tree-shuffled-3-2", 26},
                          {"parity-tree-shuffled-2-5", 35},
                          {"parity-tree-shuffled-3-3", 63}};

/// The formula of a certificate that was just written, to the Debian solver with its proof.
Run ask_cadical(const std::string& directory, double limit) {
    return run_program({"cadical", "-q", "-n", directory + "/formula.cnf", directory + "/proof.bench"}, limit);
}

}  // namespace

Table parity_table(const Settings& settings) {
    Table table("parity",
                "parity of bits in a random order, where clauses do badly: XLRUP against plain solvers on "
                "the same formula",
                {"model", "N", "clauses", "attest", "compile", "solve", "check", "proof", "kind", "cadical+DRAT",
                 "ratio cad", "cryptominisat", "ratio cms"});
    table.begin();
    for (const Tree& tree : trees) {
        const base::DirectoryInProgress scratch;
        const StageResult ours = measure_stage(
            {"prove", tree.model, "parity", tree.length, settings.seed, scratch.path()}, 4 * settings.limit);
        if (!ours.done()) {
            table.add({text(tree.model), count(static_cast<std::size_t>(tree.length)), none(),
                       more_than(4 * settings.limit), none(), none(), none(), none(), none(), none(), none(), none(),
                       none()});
            continue;
        }
        const double total = ours.run.seconds;
        std::vector<Cell> cells{text(tree.model),
                                count(static_cast<std::size_t>(tree.length)),
                                count(ours.found.at("clauses")),
                                seconds(total),
                                seconds(ours.at("compile")),
                                seconds(ours.at("solve")),
                                seconds(ours.at("check")),
                                bytes(ours.found.at("proof_bytes")),
                                text(ours.found.at("proof"))};
        const auto rival = [&](bool there, const Run& run) {
            cells.push_back(!there ? none() : run.late ? more_than(settings.limit) : seconds(run.seconds));
            cells.push_back(!there     ? none()
                            : run.late ? more_than_times(settings.limit / total)
                                       : ratio(run.seconds / total));
        };
        const bool cadical = has_program("cadical");
        const Run plain = cadical ? ask_cadical(scratch.path(), settings.limit) : Run{};
        if (cadical && !plain.late && plain.status != 20)
            throw base::InternalError("cadical does not refute: " + plain.output);
        rival(cadical, plain);
        rival(true,
              measure_stage({"solve", scratch.path() + "/formula.cnf", "cryptominisat", tree.length, settings.seed, {}},
                            settings.limit)
                  .run);
        table.add(std::move(cells));
    }
    return table;
}

}  // namespace attest::benchmarks
