#include <catch2/catch.hpp>
#include <filesystem>
#include <set>

#include "attest/base/error.hpp"
#include "attest/base/file.hpp"
#include "attest/certify/ablation.hpp"
#include "attest/programs/zoo.hpp"
#include "checker/checker.hpp"
#include "decide/ablate/variables.hpp"
#include "formats/program/write.hpp"
#include "programs/zoo/zoo_programs.hpp"
#include "random_program.hpp"
#include "seed.hpp"
#include "trials.hpp"

// Smallest sets of variables of programs against all sets by the definition, whose variables are taken away in the document and
// not by what is tested; the collections that are kept, through the checker.

using namespace attest;

namespace {

using Json = nlohmann::ordered_json;
using Names = std::set<std::string>;

formats::ProgramFile file_of(const Json& document) {
    const std::string text = document.dump();
    return {formats::parse_program(text, "p.json"), text};
}

formats::ProgramFile zoo_file(const std::string& zoo_name) {
    network::Program program = *programs::zoo_program(zoo_name);
    std::string bytes = formats::write_program(program);
    return {std::move(program), std::move(bytes)};
}

/// As FORMAT.md, section 26.1 has it, in the text.
network::Program emptied(Json document, const Names& names) {
    for (Json& variable : document["variables"]) {
        if (!names.contains(variable["name"])) continue;
        if (variable.contains("attend")) variable["attend"]["pairs"] = Json::array();
        else variable["map"]["table"] = Json::array();
    }
    return formats::parse_program(document.dump(), "p.json");
}

using Outcome = std::optional<bool>;  ///< nothing: no value

std::vector<Outcome> answers_of(const network::Program& program, std::int64_t length) {
    std::vector<Outcome> all;
    language::Word word(static_cast<std::size_t>(length), 0);
    do {
        try {
            all.emplace_back(network::accepts(program, network::answers(program, word)));
        } catch (const base::InputError&) {
            all.emplace_back(std::nullopt);
        }
    } while (language::next_word(word, program.alphabet));
    return all;
}

/// All sets of variables that are enough, and as small as any.
std::set<Names> smallest(const Json& document, const Names& variables, std::int64_t length) {
    const std::vector<std::string> list(variables.begin(), variables.end());
    const std::vector<Outcome> whole = answers_of(formats::parse_program(document.dump(), "p.json"), length);
    std::set<Names> found;
    std::size_t size = list.size() + 1;
    for (std::size_t mask = 0; mask < std::size_t{1} << list.size(); ++mask) {
        Names kept, removed;
        for (std::size_t k = 0; k < list.size(); ++k) ((mask >> k & 1U) != 0 ? kept : removed).insert(list[k]);
        if (kept.size() > size || answers_of(emptied(document, removed), length) != whole) continue;
        if (kept.size() < size) found.clear();
        size = kept.size();
        found.insert(kept);
    }
    return found;
}

Names names_of(const std::vector<ablate::Part>& parts) {
    Names names;
    for (const ablate::Part& part : parts) names.insert(part.variable);
    return names;
}

bool has_value_everywhere(const network::Program& program, std::int64_t length) {
    for (const Outcome& answer : answers_of(program, length))
        if (!answer) return false;
    return true;
}

/// The checker on all that is kept.
checker::Report looked_at(certify::Archive& archive, const certify::Ablation& found, const std::string& directory) {
    REQUIRE(archive.finish(found.parts));
    return checker::check(directory);
}

}  // namespace

TEST_CASE("smallest sets of variables of random programs, against all sets", "[certificate][programs]") {
    const std::uint64_t seed = tests::seed();
    std::size_t fewer = 0, looked = 0;
    for (std::uint64_t k = 0; k < tests::trials(150); ++k) {
        CAPTURE(seed, k);
        base::Random random(seed + 77000 + k);
        const Json document = tests::random_program(random);
        const auto length = static_cast<std::int64_t>(1 + random.below(3));
        const formats::ProgramFile file = file_of(document);
        if (!has_value_everywhere(file.program, length)) continue;
        ++looked;
        const Names variables = names_of(ablate::parts_of(file.program));
        const std::set<Names> expected = smallest(document, variables, length);
        certify::Archive archive;
        const certify::Ablation found =
            certify::ablate_parts(certify::ProgramAblationSubject{file}, length, {}, {}, {}, archive);
        CHECK(found.outcome.smallest);
        CHECK(found.outcome.all);
        std::set<Names> sets;
        for (const certify::KeptParts& kept : found.kept) {
            sets.insert(names_of(kept.kept));
            CHECK(kept.verdict.holds());
        }
        CHECK(sets == expected);
        for (const ablate::Sufficient& sufficient : found.outcome.sufficient)
            for (const auto& word : sufficient.needs) CHECK(word.has_value());
        fewer += expected.begin()->size() < variables.size() ? 1 : 0;
    }
    CHECK(looked > 30);
    CHECK(fewer > 5);
}

TEST_CASE("what the answers cannot depend on is no variable that is taken away", "[programs]") {
    const Json document = Json::parse(R"({"format": "attest/program", "version": 1, "name": "p", "alphabet": ["0", "1"],
        "variables": [{"name": "s", "input": "symbol"}, {"name": "c", "constant": 1},
          {"name": "unread", "map": {"of": ["s"], "table": [[["0"], "1"]], "otherwise": "0"}},
          {"name": "strict", "map": {"of": ["s"], "table": [[["0"], "1"], [["1"], "0"]]}},
          {"name": "k", "attend": {"query": "c", "key": "strict", "pairs": [[1, "1"]], "take": "count", "mask": "none"}}],
        "output": {"positions": "word", "value": "k", "accept": ["1"]}})");
    const formats::ProgramFile file = file_of(document);
    CHECK(names_of(ablate::parts_of(file.program)) == Names{"k"});
}

TEST_CASE("which variables a task, and a language, need, through the checker", "[certificate][programs]") {
    const base::DirectoryInProgress place;
    const formats::ProgramFile file = zoo_file("rasp-hist");
    const language::Task task = language::Task::parse("hist", file.program.alphabet);
    const std::string directory = place.path() + "/task";
    certify::Archive archive(directory);
    const certify::Ablation found = certify::ablate_parts({file, nullptr, &task}, 3, {}, {}, {}, archive);
    REQUIRE_FALSE(found.outcome.sufficient.empty());
    CHECK(found.outcome.smallest);
    CHECK(found.shown == found.outcome.broken.size());
    CHECK(found.kept.front().verdict.holds());
    const checker::Report report = looked_at(archive, found, directory);
    INFO(report.obligation << " at " << report.place << ": " << report.reason);
    CHECK(report.accepted);
    CHECK(report.parts.size() == found.parts.size());
}

TEST_CASE("a program that is wrong as it is has a word and no sets", "[certificate][programs]") {
    const formats::ProgramFile file = zoo_file("rasp-hist");
    const language::Task task = language::Task::parse("reverse", file.program.alphabet);
    certify::Archive archive;
    const certify::Ablation found = certify::ablate_parts({file, nullptr, &task}, 2, {}, {}, {}, archive);
    CHECK(found.outcome.wrong.has_value());
    CHECK(found.outcome.sufficient.empty());
}

TEST_CASE("without a value on a word a set is not enough, and that is told", "[certificate][programs]") {
    // Without `m` its value is no number, which the sum asks for.
    const Json document = Json::parse(R"({"format": "attest/program", "version": 1, "name": "p", "alphabet": ["0", "1"],
        "variables": [{"name": "s", "input": "symbol"}, {"name": "c", "constant": 1},
          {"name": "m", "map": {"of": ["s"], "table": [[["0"], 0], [["1"], 1]], "otherwise": "none"}},
          {"name": "x", "attend": {"query": "c", "key": "c", "pairs": [[1, 1]], "take": "sum", "value": "m", "mask": "none"}}],
        "output": {"positions": "last", "value": "x", "accept": ["1"]}})");
    const formats::ProgramFile file = file_of(document);
    const language::Language parity = language::Language::parse("mod:4096,1", file.program.alphabet);
    const base::DirectoryInProgress place;
    certify::Archive archive(place.path() + "/kept");
    const certify::Ablation found = certify::ablate_parts({file, &parity}, 3, {}, {}, {}, archive);
    REQUIRE(found.outcome.sufficient.size() == 1);
    CHECK(names_of(found.kept.front().kept) == Names{"m", "x"});
    CHECK(found.outcome.broken.size() == 3);
    CHECK(found.shown == 2);
    const checker::Report report = looked_at(archive, found, place.path() + "/kept");
    INFO(report.obligation << " at " << report.place << ": " << report.reason);
    CHECK(report.accepted);
}
