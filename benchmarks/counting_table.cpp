#include <fmt/format.h>

#include <filesystem>
#include <numeric>

#include "attest/base/error.hpp"
#include "attest/base/file.hpp"
#include "attest/certify/archive.hpp"
#include "attest/certify/certificate.hpp"
#include "build/counting_program.hpp"
#include "certify/counting.hpp"
#include "certify/outside.hpp"
#include "checker/checker.hpp"
#include "counting_smt.hpp"
#include "decide/counting/horn.hpp"
#include "logic/proof.hpp"
#include "program.hpp"
#include "subject.hpp"
#include "tables.hpp"
#include "timing.hpp"

// Counting: average attention at one length, whose proof says state by state that both sides count alike, against solvers that search
// on the same formula and z3 on whole numbers; and C-RASP programs at every length, against Spacer on the same counters.

namespace attest::benchmarks {

namespace {

struct Row {
    const char* model;
    const char* language;
    std::vector<std::int64_t> lengths;
};

const std::vector<Row>& rows() {
    static const std::vector<Row> all{{"average-parity", "parity", {32, 64, 128, 256, 512}},
                                      {"average-dyck-1", "dyck:1", {16, 32, 64}},
                                      {"average-majority", "majority", {64, 1024}}};
    return all;
}

/// z3 on a script; it must give this answer.
Run ask_z3(const std::string& script, const char* expected, const Settings& settings) {
    const std::string path = settings.directory + "/counting.smt2";
    base::write_file(path, script);
    Run run = run_program({"z3", path}, settings.limit);
    if (!run.late && run.output.find("unknown") == std::string::npos && !run.output.starts_with(expected))
        throw base::InternalError("z3 does not say what is proved here: " + run.output);
    if (!run.late && !run.output.starts_with(expected)) run.late = true;
    return run;
}

/// From model to checked certificate, in processor time.
struct Proved {
    double total = 0, check = 0;
    logic::Cnf formula;
    std::size_t proof = 0;   ///< bytes
    std::size_t planes = 0;  ///< bytes of inequalities
};

std::optional<Proved> prove(const Row& row, std::int64_t length, decide::Method method, const std::string& directory,
                            const Settings& settings) {
    const Subject subject(row.model, row.language);
    const decide::Question question = subject.at(length);
    Proved proved;
    bool late = false;
    proved.total = best_of(1, [&] {
        decide::ProveOptions options;
        options.seed = settings.seed;
        options.method = method;
        options.planes = true;
        const decide::Outcome outcome = decide::prove(question, options, limits_for(4 * settings.limit));
        const decide::CuttingPlanes* const planes = outcome.planes();
        late = planes == nullptr && (outcome.refutation() == nullptr || outcome.refutation()->proof.empty());
        if (late) return;
        certify::write_certificate(directory, {subject.model, subject.language, {}}, question, outcome, {});
        if (planes != nullptr) {
            proved.planes = planes->formula.size();
            proved.proof = planes->proof.size();
            return;
        }
        proved.formula = outcome.refutation()->formula;
        proved.proof = outcome.refutation()->proof.size();
    });
    if (late) return std::nullopt;
    proved.check = best_of(1, [&] {
        if (!checker::check(directory).accepted) throw base::InternalError("a certificate is refused");
    });
    proved.total += proved.check;
    return proved;
}

/// CryptoMiniSat on the formula, without proof.
Run ask_cryptominisat(const logic::Cnf& formula, const Settings& settings) {
    Run run;
    run.seconds = best_of(1, [&] {
        const auto solver = logic::make_solver(logic::BackEnd::cryptominisat, {.seed = settings.seed});
        add_formula(*solver, formula);
        const logic::Answer answer = solver->solve({}, limits_for(settings.limit));
        if (answer == logic::Answer::satisfiable) throw base::InternalError("cryptominisat satisfies what is refuted");
        run.late = answer != logic::Answer::unsatisfiable;
    });
    return run;
}

/// Rivals of one model, which are not asked again at greater lengths once they were late.
class Rivals {
  public:
    explicit Rivals(const Settings& settings)
        : settings_(settings), asks_{has_program("cadical"), true, has_program("z3")} {}

    void add(std::vector<Cell>& cells, const Row& row, std::int64_t length, const Proved& ours,
             const std::string& certificate) {
        const std::string formula = certificate + "/formula.cnf";
        add(cells, 0, ours.total, [&] {
            return run_program({"cadical", "-q", "-n", formula, certificate + "/proof.bench"}, settings_.limit);
        });
        add(cells, 1, ours.total, [&] { return ask_cryptominisat(ours.formula, settings_); });
        add(cells, 2, ours.total, [&] { return ask_z3(counts_smt(row.model, length), "unsat", settings_); });
    }

  private:
    template <typename Ask>
    void add(std::vector<Cell>& cells, std::size_t rival, double ours, const Ask& ask) {
        if (!asks_[rival]) {
            cells.push_back(none());
            cells.push_back(none());
            return;
        }
        const Run run = ask();
        asks_[rival] = !run.late;
        cells.push_back(run.late ? more_than(settings_.limit) : seconds(run.seconds));
        cells.push_back(run.late ? more_than_times(settings_.limit / ours) : ratio(run.seconds / ours));
    }

    const Settings& settings_;
    std::vector<bool> asks_;
};

void add_averages(Table& table, const Settings& settings) {
    for (const Row& row : rows()) {
        Rivals rivals(settings);
        for (const std::int64_t length : row.lengths) {
            const base::DirectoryInProgress scratch;
            const std::string directory = scratch.path();
            const auto ours = prove(row, length, decide::Method::circuit, directory, settings);
            std::vector<Cell> cells{text(row.model), count(static_cast<std::size_t>(length))};
            if (!ours) {
                cells.push_back(none());
                cells.push_back(more_than(4 * settings.limit));
                while (cells.size() < 12) cells.push_back(none());
                table.add(std::move(cells));
                break;
            }
            cells.push_back(count(ours->formula.size()));
            cells.push_back(seconds(ours->total));
            cells.push_back(seconds(ours->check));
            cells.push_back(bytes(ours->proof));
            rivals.add(cells, row, length, *ours, directory);
            table.add(std::move(cells));
        }
    }
}

/// The same by cutting planes: a formula of inequalities, whose bytes are told, and a proof that needs no states.
void add_planes(Table& table, const Settings& settings) {
    for (const Row& row : rows()) {
        if (std::string(row.language) == "dyck:1") continue;  // a least share is not told by bounds of sums
        for (const std::int64_t length : row.lengths) {
            if (length > 512) continue;  // as many states as symbols: a million steps
            const base::DirectoryInProgress scratch;
            const auto ours = prove(row, length, decide::Method::planes, scratch.path(), settings);
            if (!ours) throw base::InternalError(std::string(row.model) + " is not decided by cutting planes");
            std::vector<Cell> cells{text(std::string(row.model) + " planes"),
                                    count(static_cast<std::size_t>(length)),
                                    bytes(ours->planes),
                                    seconds(ours->total),
                                    seconds(ours->check),
                                    bytes(ours->proof)};
            while (cells.size() < 12) cells.push_back(none());
            table.add(std::move(cells));
        }
    }
}

/// The program that is built for a language, at every length.
void add_program(Table& table, const std::string& name, const std::string& letters, const Settings& settings) {
    std::vector<std::string> symbols;
    for (const char c : letters) symbols.emplace_back(1, c);
    const language::Language language = language::Language::parse(name, language::Alphabet(symbols));
    const std::string directory = settings.directory + "/counting";
    const build::CountingProgram built = build::counting_program(certify::minimal_automaton(language));
    const programs::crasp::Program program = programs::crasp::parse(built.text, name);
    std::uintmax_t size = 0;
    const double prove = best_of(1, [&] {
        certify::Archive archive{std::optional(directory)};
        const certify::CountingResult result =
            certify::recognise_by_counting({name, built.text, program, language, {}}, {}, archive);
        if (!result.verdict.holds() || !archive.finish({""})) throw base::InternalError(name + " is not verified");
    });
    const double check = best_of(1, [&] {
        if (!checker::check(directory).accepted) throw base::InternalError("a certificate is refused");
    });
    for (const char* file : {"invariant.json", "steps.txt"}) size += std::filesystem::file_size(directory + "/" + file);
    std::filesystem::remove_all(directory);
    std::vector<Cell> cells{text(name),  text("all"), none(), seconds(prove), seconds(check),
                            bytes(size), none(),      none(), none(),         none()};
    if (has_program("z3")) {
        std::vector<language::Symbol> meaning(symbols.size());
        std::iota(meaning.begin(), meaning.end(), 0);
        const Run run =
            ask_z3(counting::horn_clauses(counting::make_system(program, language, meaning)) + "(check-sat)\n", "sat",
                   settings);
        cells.push_back(run.late ? more_than(settings.limit) : seconds(run.seconds));
        cells.push_back(run.late ? more_than_times(settings.limit / prove) : ratio(run.seconds / prove));
    } else {
        cells.push_back(none());
        cells.push_back(none());
    }
    table.add(std::move(cells));
}

}  // namespace

Table counting_table(const Settings& settings) {
    Table table("counting",
                "average attention at one length and C-RASP programs at every length, from model or program to checked "
                "certificate",
                {"subject", "N", "clauses", "attest", "check", "proof", "cadical+DRAT", "ratio cad", "cryptominisat",
                 "ratio cms", "z3", "ratio z3"});
    table.begin();
    add_averages(table, settings);
    add_planes(table, settings);
    for (const char* name : {"regex:.*a.*", "regex:b.*", "regex:a*b*", "regex:(ab)*", "regex:(a(ab)*b)*",
                             "regex:(ab|bbaa)*", "regex:(ab|ba)*", "nested:3", "nested:4", "nested:12", "nested:20"})
        add_program(table, name, "ab", settings);
    add_program(table, "tomita:7", "01", settings);
    for (const char* name : {"regex:.*a.*b.*", "regex:(abbc)*"}) add_program(table, name, "abc", settings);
    add_program(table, "regex:aa*bb*cc*dd*ee*", "abcde", settings);
    table.note(
        "z3: at one length on whole numbers and a formula for the language, at every length (Spacer) on Horn clauses "
        "about the "
        "same counters; a bare answer, and what it leaves unknown counts as late");
    table.note("planes: the same by cutting planes; bytes of inequalities stand in the place of clauses");
    for (const char* rival : {"roundingsat", "veripb"})
        if (!has_program(rival)) table.note(fmt::format("{} is not installed: not asked", rival));
    return table;
}

}  // namespace attest::benchmarks
