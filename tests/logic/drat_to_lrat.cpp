#include <unistd.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "attest/logic/sat_solver.hpp"
#include "formulas.hpp"
#include "logic/proof.hpp"
#include "strict_checker.hpp"

using namespace attest;
using namespace attest::logic;
using namespace attest::logic::test;

namespace {

/// A place for one proof file, removed afterwards.
class ProofFile {
  public:
    ProofFile() {
        std::string name = (std::filesystem::temp_directory_path() / "attest-proof-XXXXXX").string();
        const int file = mkstemp(name.data());
        REQUIRE(file >= 0);
        close(file);
        path_ = name;
    }
    ~ProofFile() { std::filesystem::remove(path_); }
    ProofFile(const ProofFile&) = delete;
    ProofFile& operator=(const ProofFile&) = delete;

    const std::string& path() const { return path_; }
    std::string bytes() const {
        std::ifstream in(path_, std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }

  private:
    std::string path_;
};

/// CaDiCaL's proof; empty if the formula is satisfiable.
std::string drat_of(const Cnf& formula, std::uint64_t seed = 0) {
    const ProofFile file;
    const auto solver = make_solver(BackEnd::cadical, {.seed = seed});
    solver->keep_proof(file.path());
    add_formula(*solver, formula);
    const Answer answer = solver->solve({}, {});
    solver->close_proof();
    return answer == Answer::unsatisfiable ? file.bytes() : std::string();
}

std::string lrat_of(const Cnf& formula, const std::string& drat) {
    const auto result = drat_to_lrat(formula, drat, {});
    if (const auto* failure = std::get_if<ProofFailure>(&result)) FAIL(failure->reason);
    return std::get<std::string>(result);
}

std::string reason(const Cnf& formula, const std::string& drat, const base::Limits& limits = {}) {
    const auto result = drat_to_lrat(formula, drat, limits);
    return std::holds_alternative<ProofFailure>(result) ? std::get<ProofFailure>(result).reason : "";
}

/// The steps of a binary proof, each whole.
std::vector<std::string> steps_of(const std::string& binary) {
    std::vector<std::string> steps;
    for (std::size_t at = 0; at < binary.size();) {
        const std::size_t end = binary.find('\0', at) + 1;
        steps.push_back(binary.substr(at, end - at));
        at = end;
    }
    return steps;
}

std::string as_text(const std::string& binary) {
    std::string text;
    for (const std::string& step : steps_of(binary)) {
        if (step[0] == 'd') text += "d ";
        std::uint32_t number = 0;
        unsigned shift = 0;
        for (std::size_t i = 1; i < step.size(); ++i) {
            number |= static_cast<std::uint32_t>(step[i] & 127) << shift;
            shift += 7;
            if (step[i] & 128) continue;
            text += (number & 1 ? "-" : "") + std::to_string(number >> 1) + (number ? " " : "\n");
            number = shift = 0;
        }
    }
    return text;
}

Cnf small_unsatisfiable() {
    Cnf formula;
    formula.variables = 3;
    for (int row = 0; row < 8; ++row) formula.add({(row & 1) ? 1 : -1, (row & 2) ? 2 : -2, (row & 4) ? 3 : -3});
    return formula;
}

}  // namespace

TEST_CASE("proofs of CaDiCaL become strict LRAT", "[solve]") {
    Cnf formula;
    base::Random random(5);
    SECTION("pigeons") { formula = pigeon_hole(GENERATE(2, 3, 5, 7, 8)); }
    SECTION("parity pairs") { formula = parity_pair(GENERATE(3, 8, 16, 20), random); }
    SECTION("random 3-SAT") {
        random = base::Random(GENERATE(1U, 2U, 3U));
        formula = random_3sat(120, 620, random);
    }
    const std::string drat = drat_of(formula);
    REQUIRE_FALSE(drat.empty());
    const std::string lrat = lrat_of(formula, drat);
    StrictChecker checker(formula, false);
    CHECK(checker.check(lrat) == "");
    CHECK(lrat_of(formula, as_text(drat)) == lrat);
}

TEST_CASE("many small random proofs", "[solve]") {
    const std::uint64_t seed = 77;
    INFO("seed " << seed);
    base::Random random(seed);
    int refuted = 0;
    for (int round = 0; round < 200; ++round) {
        const auto variables = static_cast<std::int32_t>(3 + random.below(30));
        const Cnf formula = random_3sat(variables, static_cast<std::size_t>(variables) * 5, random);
        const std::string drat = drat_of(formula, static_cast<std::uint64_t>(round));
        if (drat.empty()) continue;
        ++refuted;
        REQUIRE(check_lrat(formula, lrat_of(formula, drat)) == "");
    }
    CHECK(refuted > 100);
}

TEST_CASE("what needs no lemma is one line", "[solve]") {
    Cnf formula;
    formula.variables = 3;
    SECTION("an empty clause") {
        formula.add({1, 2});
        formula.add({});
        CHECK(lrat_of(formula, "") == "3 0 2 0\n");
    }
    SECTION("unit propagation") {
        formula.add({-1, 2});
        formula.add({3});
        formula.add({1});
        formula.add({-2, -1});
        const std::string lrat = lrat_of(formula, "0\n");
        CHECK(check_lrat(formula, lrat) == "");
        CHECK(std::count(lrat.begin(), lrat.end(), '\n') == 1);
    }
    SECTION("two units") {
        formula.add({1});
        formula.add({-1});
        CHECK(lrat_of(formula, std::string("a\0", 2)) == "3 0 1 2 0\n");
        CHECK(drat_of(formula) != "");
        CHECK(check_lrat(formula, lrat_of(formula, drat_of(formula))) == "");
    }
}

TEST_CASE("lemmas by hand", "[solve]") {
    const Cnf formula = small_unsatisfiable();
    SECTION("good ones, some not needed, clauses deleted") {
        const std::string lrat = lrat_of(formula, "1 2 0\n3 2 0\nd 3 2 1 0\n1 -2 0\n1 0\n-1 2 0\n0\n");
        CHECK(check_lrat(formula, lrat) == "");
        CHECK(lrat.find("3 2 0") == std::string::npos);
    }
    SECTION("a deletion of a reason is ignored") {
        Cnf units = formula;
        units.add({1});
        CHECK(check_lrat(units, lrat_of(units, "d 1 0\n2 0\nd 2 0\n0\n")) == "");
        CHECK(check_lrat(units, lrat_of(units, "1 0\nd 1 0\nd 1 0\n2 3 0\n2 0\n0\n")) == "");
    }
    SECTION("a clause that is deleted twice, or never was, or is added again") {
        CHECK(check_lrat(formula,
                         lrat_of(formula, "1 2 0\nd 1 2 0\nd 1 2 0\nd 1 -3 0\n2 1 0\n1 -2 0\n1 0\n-1 2 0\n0\n")) == "");
    }
    SECTION("repeated literals and tautologies") {
        CHECK(check_lrat(formula, lrat_of(formula, "2 1 2 0\n3 -3 0\n1 1 -2 0\n1 0\n2 -1 0\n0\n")) == "");
    }
}

TEST_CASE("what is no proof is refused with a reason", "[solve]") {
    const Cnf formula = small_unsatisfiable();
    using Catch::Contains;
    CHECK_THAT(reason(formula, ""), Contains("ends without"));
    CHECK_THAT(reason(formula, "1 2 0\n"), Contains("ends without"));
    CHECK_THAT(reason(formula, "0\n"), Contains("does not follow"));
    CHECK_THAT(reason(formula, "1 0\n-1 0\n"), Contains("does not follow"));
    CHECK_THAT(reason(formula, "1 2 0\n1"), Contains("cut off"));
    CHECK_THAT(reason(formula, "1 2 x 0\n"), Contains("expected a literal"));
    CHECK_THAT(reason(formula, "1 4 0\n"), Contains("variable 4"));
    CHECK_THAT(reason(formula, "99999999999999999999 0\n"), Contains("expected a literal"));
    CHECK_THAT(reason(formula, "a\x02"), Contains("cut off"));
    CHECK_THAT(reason(formula, std::string("b\x02\0", 3)), Contains("`a` or `d`"));
    CHECK_THAT(reason(formula, std::string("a\x09\0", 3)), Contains("variable 4"));
    CHECK_THAT(reason(formula, std::string("a\x01\0", 3)), Contains("variable 0"));
    CHECK_THAT(reason(formula, std::string("a\x80\x80\x80\x80\x80\x80\0", 8)), Contains("35 bits"));
    SECTION("a deleted clause does not count") {
        CHECK(reason(formula, "1 2 0\n1 -2 0\n1 0\nd 2 3 -1 0\n-1 2 0\n0\n") != "");
    }
    SECTION("a RAT step is named") {
        Cnf satisfiable;  // 2 is pure, but not implied
        satisfiable.variables = 2;
        satisfiable.add({1, 2});
        CHECK_THAT(reason(satisfiable, "2 0\n-2 0\n"), Contains("does not follow"));
    }
    SECTION("limits") {
        const Cnf pigeons = pigeon_hole(7);
        const std::string drat = drat_of(pigeons);
        base::Limits limits;
        limits.deadline = std::chrono::steady_clock::now();
        CHECK_THAT(reason(pigeons, drat, limits), Contains("deadline"));
        limits = {};
        limits.memory_bytes = 10'000;
        CHECK_THAT(reason(pigeons, drat, limits), Contains("memory"));
    }
}

TEST_CASE("truncated proofs are refused", "[solve]") {
    const Cnf formula = pigeon_hole(6);
    const std::string drat = drat_of(formula), text = as_text(drat);
    for (std::size_t part = 0; part < 50; ++part) {
        CHECK(reason(formula, drat.substr(0, drat.size() * part / 100)) != "");
        CHECK(reason(formula, text.substr(0, text.size() * part / 100)) != "");
    }
    CHECK(reason(formula, drat.substr(0, drat.size() - 1)) != "");
    // Without its last line nothing is missing: propagation finds the conflict by itself.
    CHECK(check_lrat(formula, lrat_of(formula, text.substr(0, text.size() - 2))) == "");
}

TEST_CASE("mutated proofs are refused or still good", "[solve]") {
    const std::uint64_t seed = GENERATE(1U, 2U);
    INFO("seed " << seed);
    base::Random random(seed);
    const Cnf formula = pigeon_hole(5);
    const std::string drat = drat_of(formula), text = as_text(drat);
    int refused = 0;
    for (int round = 0; round < 600; ++round) {
        std::string mutant = round % 2 ? drat : text;
        const std::size_t at = random.below(mutant.size());
        switch (random.below(4)) {
            case 0: mutant[at] = static_cast<char>(random.below(256)); break;
            case 1: mutant.erase(at, 1); break;
            case 2: mutant[at] = mutant[random.below(mutant.size())]; break;
            default: {  // a whole step is lost
                auto steps = steps_of(drat);
                steps.erase(steps.begin() + static_cast<std::ptrdiff_t>(random.below(steps.size())));
                mutant.clear();
                for (const auto& step : steps) mutant += step;
            }
        }
        const auto result = drat_to_lrat(formula, mutant, {});
        if (const auto* lrat = std::get_if<std::string>(&result)) REQUIRE(check_lrat(formula, *lrat) == "");
        else ++refused;
    }
    CHECK(refused > 100);
}

TEST_CASE("satisfiable formulas have no proof, whatever the bytes", "[solve]") {
    const std::uint64_t seed = 3;
    INFO("seed " << seed);
    base::Random random(seed);
    const Cnf formula = pigeon_hole(5);
    const std::string drat = drat_of(formula);
    for (int round = 0; round < 100; ++round) {
        Cnf weaker;  // one clause less: satisfiable
        weaker.variables = formula.variables;
        const std::size_t without = random.below(formula.size());
        for (std::size_t c = 0; c < formula.size(); ++c)
            if (c != without) weaker.add(formula.clause(c));
        REQUIRE(reason(weaker, drat) != "");
    }
}

TEST_CASE("the checker's memory stays small", "[solve]") {
    const Cnf formula = pigeon_hole(8);
    const std::string lrat = lrat_of(formula, drat_of(formula));
    StrictChecker checker(formula, false);
    REQUIRE(checker.check(lrat) == "");
    const auto lines = static_cast<std::size_t>(std::count(lrat.begin(), lrat.end(), '\n'));
    CAPTURE(lines, checker.most_alive());
    CHECK(checker.most_alive() < lines / 5);
}
