#include <fmt/format.h>

#include <functional>

#include "attest/base/error.hpp"
#include "attest/base/file.hpp"
#include "attest/logic/sat_solver.hpp"
#include "base/process.hpp"
#include "command.hpp"
#include "logic/proof.hpp"
#include "record/lists.hpp"

// Each back end and outside tool is asked a question whose answer is yes and one whose answer is no before anyone
// trusts it. Outside checkers are judged by the exact line that they print, not by their exit status, which says
// little: one prints its verdict and exits 0 for a rejected proof.

namespace attest::cli {

namespace {

using Finding = record::Doctor::Tool;

/// (a ∨ b)(a ∨ ¬b)(¬a ∨ b)(¬a ∨ ¬b), or without its last clause.
logic::Cnf square(bool refutable) {
    logic::Cnf f;
    f.variables = 2;
    f.add({1, 2});
    f.add({1, -2});
    f.add({-1, 2});
    if (refutable) f.add({-1, -2});
    return f;
}

Finding examine_solver(const std::string& name) {
    Finding finding{name, true, false, {}};
    const auto ask = [&](bool refutable) {
        const auto solver = logic::make_solver(logic::parse_back_end(name));
        finding.tool = solver->name();
        add_formula(*solver, square(refutable));
        return solver->solve({}, base::Limits{});
    };
    const bool yes = ask(false) == logic::Answer::satisfiable;
    const bool no = ask(true) == logic::Answer::unsatisfiable;
    finding.trusted = yes && no;
    finding.detail = fmt::format("satisfiable {}, unsatisfiable {}", yes ? "right" : "WRONG", no ? "right" : "WRONG");
    if (!logic::make_solver(logic::parse_back_end(name))->capabilities().proof) return finding;

    const base::DirectoryInProgress scratch;
    const auto solver = logic::make_solver(logic::parse_back_end(name));
    solver->keep_proof(scratch.path() + "/proof");
    add_formula(*solver, square(true));
    (void)solver->solve({}, base::Limits{});
    solver->close_proof();
    const std::string proof = base::read_file(scratch.path() + "/proof");
    const bool accepted = std::holds_alternative<std::string>(logic::drat_to_lrat(square(true), proof, {}));
    const bool refused = std::holds_alternative<logic::ProofFailure>(logic::drat_to_lrat(square(false), proof, {}));
    finding.trusted = finding.trusted && accepted && refused;
    finding.detail += fmt::format(", its proof {}, the proof for another formula {}", accepted ? "accepted" : "REFUSED",
                                  refused ? "refused" : "ACCEPTED");
    return finding;
}

/// What a program prints within ten seconds.
std::string ask(const std::vector<std::string>& command, const std::string& directory) {
    const base::ProcessResult ran = base::run_process(command, {.directory = directory, .wall_seconds = 10});
    return ran.out + ran.err;
}

/// A proof checker that takes a formula and a proof and prints a line when it accepts.
Finding examine_checker(const std::string& program, const std::string& line, const std::string& proof) {
    Finding finding{program, base::has_program(program), false, "not installed"};
    if (!finding.present) return finding;
    const base::DirectoryInProgress scratch;
    base::write_file(scratch.path() + "/unsat.cnf", to_dimacs(square(true)));
    base::write_file(scratch.path() + "/sat.cnf", to_dimacs(square(false)));
    base::write_file(scratch.path() + "/proof", proof);
    const auto accepts = [&](const std::string& formula) {
        std::string output = ask({program, formula, "proof"}, scratch.path());
        for (char& c : output)
            if (c == '\r') c = '\n';
        return ("\n" + output).find("\n" + line + "\n") != std::string::npos;
    };
    const bool yes = accepts("unsat.cnf"), no = !accepts("sat.cnf");
    finding.trusted = yes && no;
    finding.detail = fmt::format("good proof {}, proof for another formula {}", yes ? "accepted" : "REFUSED",
                                 no ? "refused" : "ACCEPTED");
    return finding;
}

Finding examine_abc() {
    Finding finding{"berkeley-abc", base::has_program("berkeley-abc"), false, "not installed"};
    if (!finding.present) return finding;
    const base::DirectoryInProgress scratch;
    // Binary AIGER, all that ABC reads: gate 6 = 4 and 2, as differences 6 - 4 and 4 - 2.
    base::write_file(scratch.path() + "/and.aig", "aig 3 2 0 1 1\n6\n\x02\x02");
    base::write_file(scratch.path() + "/nand.aig", "aig 3 2 0 1 1\n7\n\x02\x02");
    const auto equivalent = [&](const char* other) {
        const std::string output = ask({"berkeley-abc", "-q", fmt::format("cec -n and.aig {}", other)}, scratch.path());
        return output.find("are equivalent") != std::string::npos && output.find("NOT") == std::string::npos;
    };
    const bool yes = equivalent("and.aig"), no = !equivalent("nand.aig");
    finding.trusted = yes && no;
    finding.detail = fmt::format("f = f {}, f = not f {}", yes ? "right" : "WRONG", no ? "right" : "WRONG");
    return finding;
}

class Doctor : public Command {
  public:
    std::string name() const override { return "doctor"; }
    std::string summary() const override { return "Test each back end and outside tool on a known yes and a known no"; }
    std::vector<std::string> examples() const override { return {"attest doctor", "attest doctor --json"}; }
    void declare(CLI::App&) override {}

    int run(Session& session) override {
        // The square is refuted by one unit, learnt from two clauses; clause 5 and the empty clause in LRAT.
        const std::string drat = "1 0\n0\n", lrat = "5 1 0 1 2 0\n6 0 5 3 4 0\n";
        // Or by parity: clauses 1 and 4 say that a + b is odd, 2 and 3 that it is even; their sum is
        // a contradiction, from which the empty clause follows.
        const std::string xlrup = "i x 1 1 2 0 1 4 0\ni x 2 1 -2 0 2 3 0\nx 3 0 1 2 0\ni cx 5 0 3 0\n";
        std::vector<Finding> findings;
        bool back_ends_fine = true;
        for (const std::string& back_end : logic::back_end_names()) {
            findings.push_back(guarded(back_end, [&] { return examine_solver(back_end); }));
            back_ends_fine &= findings.back().trusted;
        }
        findings.push_back(guarded("berkeley-abc", examine_abc));
        findings.push_back(guarded("drat-trim", [&] { return examine_checker("drat-trim", "s VERIFIED", drat); }));
        findings.push_back(guarded("lrat-check", [&] { return examine_checker("lrat-check", "c VERIFIED", lrat); }));
        findings.push_back(guarded("cake_lpr", [&] { return examine_checker("cake_lpr", "s VERIFIED UNSAT", lrat); }));
        findings.push_back(
            guarded("cake_xlrup", [&] { return examine_checker("cake_xlrup", "s VERIFIED UNSAT", xlrup); }));

        record::Doctor record;
        for (const Finding& f : findings) {
            session.print(fmt::format("{:24} {:8} {}\n", f.tool,
                                      !f.present  ? "absent"
                                      : f.trusted ? "trusted"
                                                  : "REFUSED",
                                      f.detail));
            record.tools.push_back(f);
        }
        session.print_json(record::write(record));
        return back_ends_fine ? success : internal_error;
    }

  private:
    static Finding guarded(const std::string& tool, const std::function<Finding()>& examine) {
        try {
            return examine();
        } catch (const std::exception& e) {
            return {tool, true, false, e.what()};
        }
    }
};

}  // namespace

std::unique_ptr<Command> make_doctor() { return std::make_unique<Doctor>(); }

}  // namespace attest::cli
