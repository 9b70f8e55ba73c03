#include <fmt/format.h>

#include <optional>

#include "attest/base/error.hpp"
#include "attest/base/file.hpp"
#include "restriction_smt.hpp"
#include "stages.hpp"
#include "subject.hpp"
#include "tables.hpp"

namespace attest::benchmarks {

namespace {

struct Rows {
    const char* name;
    std::vector<std::pair<const char*, std::int64_t>> models;  ///< with lengths, ascending
};
const Rows all_rows[] = {
    {"parity tree", {{"parity-tree-2-2", 8}, {"parity-tree-2-3", 15}, {"parity-tree-2-4", 24}}},
    {"palindrome", {{"palindrome", 8}, {"palindrome", 12}, {"palindrome", 16}, {"palindrome", 20}, {"palindrome", 24}}},
    {"dyck:1,3",
     {{"dyck-1-depth-3", 8},
      {"dyck-1-depth-3", 12},
      {"dyck-1-depth-3", 16},
      {"dyck-1-depth-3", 20},
      {"dyck-1-depth-3", 24}}},
    {"tomita:7", {{"tomita-7", 8}, {"tomita-7", 12}, {"tomita-7", 16}, {"tomita-7", 20}, {"tomita-7", 24}}}};
constexpr double our_limit = 120;

using Time = std::optional<double>;  ///< nothing: more than the limit

Time enumeration_time(const Settings& settings, const std::string& model, std::int64_t n, std::size_t optimum) {
    const StageResult result = measure_stage({"restrictions", model, "-", n, settings.seed, "-"}, settings.limit);
    if (!result.done()) return std::nullopt;
    if (result.found.at("fixed") != optimum)
        throw base::InternalError(fmt::format("{} at length {}: enumeration finds another optimum", model, n));
    return result.run.seconds;
}

/// Two questions, with the optimum given away: that so many fixed positions suffice, and that one fewer does not.
Time z3_time(const Settings& settings, const std::string& model, std::int64_t n, std::size_t optimum) {
    const Subject subject(model);
    const auto compiled = restriction::compile_function(subject.model.transformer, n, settings.seed, limits_for(0));
    const auto& function = std::get<restriction::Function>(compiled);
    double total = 0;
    const auto ask = [&](std::size_t fixed, const char* expected) {
        const std::string file = settings.directory + "/restriction.smt2";
        base::write_file(file, restriction_smt(function, fixed));
        const Run run = run_program({"z3", file}, settings.limit - total);
        if (run.late || run.output.starts_with("unknown")) return false;
        if (!run.output.starts_with(expected))
            throw base::InternalError(fmt::format("z3 on {} at length {} with {} fixed: expected {}, found: {}", model,
                                                  n, fixed, expected, run.output));
        total += run.seconds;
        return total < settings.limit;
    };
    if (!ask(optimum, "sat") || (optimum > 0 && !ask(optimum - 1, "unsat"))) return std::nullopt;
    return total;
}

class Comparison {
  public:
    Comparison(Table& table, const Settings& settings) : table_(table), settings_(settings) {}

    void row(const char* name, const std::string& model, std::int64_t n) {
        const base::DirectoryInProgress scratch;
        const StageResult ours = measure_stage({"restrict", model, "-", n, settings_.seed, scratch.path()}, our_limit);
        std::vector<Cell> cells{text(name), count(static_cast<std::size_t>(n))};
        if (!ours.done()) {
            cells.insert(cells.end(), {none(), more_than(our_limit), none(), none(), none(), none(), none(), none(),
                                       none(), none(), none()});
            table_.add(std::move(cells));
            return;
        }
        const std::size_t optimum = ours.found.at("fixed");
        const double evidence = ours.at("evidence") + ours.at("write"), proved = ours.run.seconds - ours.at("inside");
        cells.insert(cells.end(), {count(optimum), seconds(proved), seconds(ours.at("optimum")),
                                   count(ours.found.at("rounds").get<std::size_t>()), seconds(evidence),
                                   seconds(ours.at("check")), seconds(ours.at("inside"))});
        rival(cells, enumeration_gave_up_, proved, [&] { return enumeration_time(settings_, model, n, optimum); });
        if (has_program("z3")) rival(cells, z3_gave_up_, proved, [&] { return z3_time(settings_, model, n, optimum); });
        else cells.insert(cells.end(), {none(), none()});
        table_.add(std::move(cells));
    }

  private:
    /// A rival that passed the limit at a smaller length is not asked again.
    template <typename Ask>
    void rival(std::vector<Cell>& cells, bool& gave_up, double ours, Ask ask) {
        const Time time = gave_up ? std::nullopt : ask();
        gave_up = !time;
        cells.push_back(time ? seconds(*time) : more_than(settings_.limit));
        cells.push_back(time                     ? ratio(*time / ours)
                        : settings_.limit > ours ? more_than_times(settings_.limit / ours)
                                                 : none());
    }

    Table& table_;
    const Settings& settings_;
    bool enumeration_gave_up_ = false, z3_gave_up_ = false;
};

}  // namespace

Table restrict_table(const Settings& settings) {
    Table table("restrict",
                "from model to the proved least number of fixed symbols, certificate checked; ratio: rival, bare "
                "answer / attest",
                {"model", "N", "fixed", "attest", "optimum", "rounds", "evidence", "check", "(layers, Hahn)",
                 "enumeration", "ratio enum", "z3", "ratio z3"});
    table.begin();
    for (const Rows& rows : all_rows) {
        Comparison comparison(table, settings);
        for (const auto& [model, n] : rows.models) comparison.row(rows.name, model, n);
    }
    table.note("z3 is told the optimum: it is asked whether so many fixed symbols suffice, and whether one fewer does");
    return table;
}

}  // namespace attest::benchmarks
