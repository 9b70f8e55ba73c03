#include <fmt/format.h>

#include "attest/base/error.hpp"
#include "attest/base/file.hpp"
#include "tables.hpp"
#include "threshold_smt.hpp"
#include "threshold_stage.hpp"

namespace attest::benchmarks {

namespace {

struct Rows {
    const char* network;  ///< as parse_network_class reads it
    std::int64_t from, to;
};
constexpr Rows all_rows[] = {
    {"1,2,-,end", 2, 3}, {"1,3,-,end", 3, 4}, {"1,4,-,end", 4, 5}, {"2,1,2,end", 3, 6}, {"2,1,-,end", 3, 8}};

class Comparison {
  public:
    Comparison(Table& table, const Settings& settings) : table_(table), settings_(settings) {}

    void row(const std::string& network, std::int64_t n) {
        const StageResult ours =
            measure_stage({"threshold", network, "parity", n, settings_.seed, "-"}, 4 * settings_.limit);
        const std::string answer = ours.done() ? ours.found.at("answer").get<std::string>() : "undecided";
        std::vector<Cell> cells{text(network), count(static_cast<std::size_t>(n)), text(answer),
                                ours.done() ? seconds(ours.run.seconds) : more_than(4 * settings_.limit)};
        const threshold::Specification question{parse_network_class(network),
                                                language::Language::parse("parity", std::nullopt), n};
        rival(cells, eager_gave_up_, ours, has_program("cadical"), [&] {
            const std::string file = settings_.directory + "/eager.cnf";
            base::write_file(file, to_dimacs(eager_formula(question)));
            const Run run = run_program({"cadical", "-q", "-n", file}, settings_.limit);
            return require(run, run.status == 10 ? "possible" : "impossible", answer,
                           run.status == 10 || run.status == 20);
        });
        rival(cells, z3_gave_up_, ours, has_program("z3"), [&] {
            const std::string file = settings_.directory + "/threshold.smt2";
            base::write_file(file, threshold_smt(question));
            const Run run = run_program({"z3", file}, settings_.limit);
            return require(run, run.output.starts_with("sat") ? "possible" : "impossible", answer,
                           run.output.starts_with("sat") || run.output.starts_with("unsat"));
        });
        table_.add(std::move(cells));
    }

  private:
    /// A rival that passed the limit at a smaller length is not asked again.
    template <typename Ask>
    void rival(std::vector<Cell>& cells, bool& gave_up, const StageResult& ours, bool there, Ask ask) {
        if (!there) {
            cells.insert(cells.end(), {none(), none()});
            return;
        }
        const std::optional<double> time = gave_up ? std::nullopt : ask();
        gave_up = !time;
        cells.push_back(time ? seconds(*time) : more_than(settings_.limit));
        cells.push_back(!ours.done() ? none()
                        : time       ? ratio(*time / ours.run.seconds)
                                     : more_than_times(settings_.limit / ours.run.seconds));
    }

    static std::optional<double> require(const Run& run, const std::string& found, const std::string& expected,
                                         bool answered) {
        if (run.late || run.output.starts_with("unknown")) return std::nullopt;
        if (!answered || (expected != "undecided" && found != expected))
            throw base::InternalError(fmt::format("a rival finds {}, attest {}: {}", found, expected, run.output));
        return run.seconds;
    }

    Table& table_;
    const Settings& settings_;
    bool eager_gave_up_ = false, z3_gave_up_ = false;
};

}  // namespace

Table threshold_table(const Settings& settings) {
    Table table("threshold",
                "whether any network of a class (layers, heads, activations, reading) computes parity, certificate "
                "checked; ratio: rival, bare answer / attest",
                {"class", "N", "answer", "attest", "eager", "ratio eager", "z3", "ratio z3"});
    table.begin();
    for (const Rows& rows : all_rows) {
        Comparison comparison(table, settings);
        for (std::int64_t n = rows.from; n <= rows.to; ++n) comparison.row(rows.network, n);
    }
    table.note(
        "eager: the formula without symmetry breaks and with all transitivity, to CaDiCaL, its making not counted; z3: "
        "scores and activations as functions, words under a quantifier");
    return table;
}

}  // namespace attest::benchmarks
