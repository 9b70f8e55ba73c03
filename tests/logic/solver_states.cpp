// The table of states in sat_solver.hpp, cell by cell.

#include <catch2/catch.hpp>
#include <functional>
#include <map>
#include <sstream>

#include "attest/base/error.hpp"
#include "attest/base/file.hpp"
#include "attest/logic/sat_solver.hpp"

using namespace attest;
using logic::Answer;

namespace {

using Cells = std::map<std::string, std::string>;  // heading → cell

std::string trimmed(const std::string& text) {
    const auto from = text.find_first_not_of(' '), to = text.find_last_not_of(' ');
    return from == std::string::npos ? "" : text.substr(from, to - from + 1);
}

std::vector<std::string> cells_of(const std::string& line) {
    std::vector<std::string> cells;
    std::istringstream rest(line.substr(line.find('|') + 1));
    for (std::string cell; std::getline(rest, cell, '|');) cells.push_back(trimmed(cell));
    return cells;
}

std::vector<Cells> table() {
    std::vector<Cells> rows;
    std::vector<std::string> headings;
    std::istringstream header(base::read_file(ATTEST_SAT_SOLVER_HEADER));
    for (std::string line; std::getline(header, line);) {
        if (!line.starts_with("/// |") || line.starts_with("/// | ---")) continue;
        const std::vector<std::string> cells = cells_of(line);
        if (headings.empty()) {
            headings = cells;
            continue;
        }
        REQUIRE(cells.size() == headings.size());
        for (std::size_t k = 0; k < cells.size(); ++k)
            (k == 0 ? rows.emplace_back() : rows.back())[headings[k]] = cells[k];
    }
    return rows;
}

class Subject {
  public:
    /// In a state of the table.
    explicit Subject(const std::string& state) {
        const bool proof = state.starts_with("proof");
        if (proof) solver->keep_proof(place_.path() + "/proof");
        if (state.ends_with("fresh")) return;
        add(1);
        if (!has_model(state)) add(-1);
        if (!state.ends_with("adding"))
            REQUIRE(solver->solve({}, {}) == (has_model(state) ? Answer::satisfiable : Answer::unsatisfiable));
        if (state == "proof closed") solver->close_proof();
    }

    void add(std::int32_t literal) { solver->add_clause(std::vector<std::int32_t>{literal}); }

    const std::unique_ptr<logic::SatSolver> solver = logic::make_solver(logic::BackEnd::cadical);
    std::string proof_path() const { return place_.path() + "/another"; }

  private:
    static bool has_model(const std::string& state) {
        return !state.ends_with("no model") && !state.ends_with("closed");
    }

    base::DirectoryInProgress place_;
};

const std::map<std::string, std::function<void(Subject&)>> calls{
    {"add", [](Subject& s) { s.add(2); }},
    {"keep_proof", [](Subject& s) { s.solver->keep_proof(s.proof_path()); }},
    {"close_proof", [](Subject& s) { s.solver->close_proof(); }},
    {"solve", [](Subject& s) { (void)s.solver->solve({}, {}); }},
    {"assume", [](Subject& s) { (void)s.solver->solve(std::vector<std::int32_t>{1}, {}); }},
    {"value", [](Subject& s) { (void)s.solver->value(1); }},
};

}  // namespace

TEST_CASE("Each call is allowed in each state iff the table says so") {
    const std::vector<Cells> rows = table();
    REQUIRE(rows.size() == 9);
    for (const Cells& row : rows)
        for (const auto& [call, make] : calls) {
            INFO(row.at("state") << ", " << call);
            REQUIRE((row.at(call) == "yes" || row.at(call) == "no"));
            Subject subject(row.at("state"));
            if (row.at(call) == "yes") CHECK_NOTHROW(make(subject));
            else CHECK_THROWS_AS(make(subject), base::UsageError);
        }
}
