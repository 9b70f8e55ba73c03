#include <catch2/catch.hpp>

#include "attest/base/error.hpp"
#include "attest/base/file.hpp"
#include "attest/certify/accuracy.hpp"
#include "attest/certify/equality.hpp"
#include "attest/certify/recognition.hpp"
#include "attest/certify/task.hpp"
#include "decide/task/task_program.hpp"
#include "random_program.hpp"
#include "seed.hpp"
#include "shared_data.hpp"
#include "trials.hpp"

// What is said about programs, by words and by circuit, with the checker's word on it.

using namespace attest;

namespace {

formats::ProgramFile file_of(const std::string& text) { return {formats::parse_program(text, "p.json"), text}; }

certify::Recognition recognise(const formats::ProgramFile& file, const std::string& text, std::int64_t length,
                               decide::Method method) {
    const language::Language language = language::Language::parse(text, file.program.alphabet);
    decide::ProveOptions options;
    options.method = method;
    certify::Archive archive;
    return certify::recognise(certify::ProgramSubject{file, language, {}}, length, options, {}, archive);
}

/// The words that the program accepts, as a truth table; nothing where it lacks a value on some.
std::optional<std::string> table_of(const network::Program& p, std::int64_t length) {
    std::vector<bool> bits;
    language::Word word(static_cast<std::size_t>(length), 0);
    do {
        try {
            bits.push_back(network::accepts(p, network::answers(p, word)));
        } catch (const base::InputError&) {
            return std::nullopt;
        }
    } while (language::next_word(word, p.alphabet));
    std::string text = "table:";
    for (std::size_t k = 0; k < bits.size(); k += 4) {
        unsigned digit = 0;
        for (std::size_t b = k; b < k + 4; ++b) digit = 2 * digit + (bits[b] ? 1 : 0);
        text += "0123456789abcdef"[digit];
    }
    return text;
}

/// A table with another last bit.
std::string spoiled(std::string table) {
    const std::string digits = "0123456789abcdef";
    table.back() = digits[digits.find(table.back()) ^ 1];
    return table;
}

task::Outcome performed(const formats::ProgramFile& file, const std::string& name, std::int64_t length, bool count,
                        task::Method method = task::Method::automatic) {
    const language::Task task = language::Task::parse(name, file.program.alphabet);
    task::Options options;
    options.count = count;
    options.method = method;
    certify::Archive archive;
    certify::Performance found = certify::perform({file, task}, length, options, {}, archive);
    CHECK_FALSE(found.verdict.is_undecided());
    CHECK(found.verdict.holds() == (count || found.outcome.wrong == 0));
    return std::move(found.outcome);
}

}  // namespace

TEST_CASE("Programs: the checker accepts what the circuit and what all words show", "[program]") {
    base::Random random(tests::seed() + 3);
    INFO("seed " << tests::seed());
    constexpr std::int64_t length = 3;
    std::size_t proved = 0, without = 0, thrown = 0;
    for (std::uint64_t trial = 0; trial < tests::trials(150); ++trial) {
        const nlohmann::ordered_json document = tests::random_program(random);
        if (document["alphabet"].size() != 2) continue;
        INFO(document.dump());
        std::optional<formats::ProgramFile> file;
        try {
            file = file_of(document.dump());
        } catch (const base::InputError&) {
            continue;
        }
        const auto table = table_of(file->program, length);
        if (!table) {
            ++without;
            try {  // a word without a value, or one that differs: the solver may find either
                const bool holds = recognise(*file, "table:00", length, decide::Method::circuit).verdict.holds();
                CHECK_FALSE(holds);
            } catch (const base::InputError&) {
                ++thrown;
            }
            continue;
        }
        const certify::Recognition by_circuit = recognise(*file, *table, length, decide::Method::circuit);
        REQUIRE(by_circuit.verdict.holds());
        CHECK(by_circuit.verdict.evidence() == verdict::Evidence::refutation);
        CHECK(recognise(*file, *table, length, decide::Method::exhaustion).verdict.evidence() ==
              verdict::Evidence::exhaustion);
        for (const auto method : {decide::Method::circuit, decide::Method::exhaustion}) {
            const certify::Recognition refuted = recognise(*file, spoiled(*table), length, method);
            REQUIRE(refuted.verdict.fails());
            CHECK(file->program.alphabet.spell(refuted.outcome.counterexample()->word) == "111");
        }
        ++proved;
    }
    CHECK(proved > 20);
    CHECK(without > 5);
    CHECK(thrown > 0);
}

TEST_CASE("Programs: a task is performed, or its mistakes are counted", "[task]") {
    const formats::ProgramFile counter = file_of(
        R"({"format": "attest/program", "version": 1, "name": "counter", "alphabet": ["0", "1"],
            "variables": [{"name": "s", "input": "symbol"},
                          {"name": "x", "attend": {"query": "s", "key": "s", "pairs": [["0", "1"], ["1", "1"]], "take": "count"}}],
            "output": {"positions": "word", "value": "x"}})");
    CHECK(performed(counter, "count:1", 5, false).words == 32);
    const task::Outcome wrong = performed(counter, "hist", 2, false);
    REQUIRE(wrong.first.size() == 1);
    CHECK(wrong.first[0].word == language::Word{0, 0});
    CHECK(wrong.first[0].position() == 1);
    CHECK(performed(counter, "hist", 2, true).wrong == 1);
    CHECK(performed(counter, "hist", 4, true).wrong == 9);  // right: 1111, and the six words with two of each
}

TEST_CASE("Programs: what a task wants is what its program answers", "[task]") {
    const std::pair<const char*, std::vector<std::string>> asked[] = {{"reverse", {"0", "1"}},
                                                                      {"sort", {"b", "a", "c"}},
                                                                      {"hist", {"0", "1", "2"}},
                                                                      {"double-hist", {"0", "1", "2"}},
                                                                      {"most-freq", {"x", "y", "z"}},
                                                                      {"dyck-ptf:1", {"(", ")"}},
                                                                      {"dyck-ptf:2", {"[", "]", "(", ")"}},
                                                                      {"shift:2", {"0", "1"}},
                                                                      {"shift:9", {"0", "1"}},
                                                                      {"count:1", {"0", "1", "2"}},
                                                                      {"sum", {"3", "7"}},
                                                                      {"sort", {"a"}}};
    for (const auto& [name, symbols] : asked) {
        const language::Alphabet alphabet(symbols);
        const language::Task task = language::Task::parse(name, alphabet);
        for (std::int64_t length = 1; length <= 5; ++length) {
            const auto program = task::task_program(task, alphabet, length);
            REQUIRE(program);
            language::Word word(static_cast<std::size_t>(length), 0);
            do {
                INFO(name << " of " << alphabet.spell(word));
                REQUIRE(network::answers(*program, word) == task.expected(word));
                if (!task.looks_back()) continue;
                language::Task::Seen seen;
                std::vector<std::string> read;
                for (const language::Symbol a : word) read.push_back(task.read(seen, a));
                REQUIRE(read == task.expected(word));
            } while (language::next_word(word, alphabet));
        }
    }
}

TEST_CASE("Programs: mistakes are as many by words, by prefixes and by a circuit", "[task]") {
    base::Random random(tests::seed() + 7);
    INFO("seed " << tests::seed());
    std::size_t by_prefixes = 0, by_circuit = 0;
    for (std::uint64_t trial = 0; trial < tests::trials(200); ++trial) {
        const bool looks_back = trial % 2 == 0;
        nlohmann::ordered_json document =
            looks_back ? tests::random_backward_program(random) : tests::random_program(random);
        for (auto& variable : document["variables"])
            if (!looks_back && variable.contains("attend") && random.below(4) > 0)
                variable["attend"]["mask"] = random.below(2) == 0 ? "causal" : "strict";
        document["output"]["positions"] = "word";
        INFO(document.dump());
        std::optional<formats::ProgramFile> file;
        try {
            file = file_of(document.dump());
        } catch (const base::InputError&) {
            continue;
        }
        const language::Task task = language::Task::parse("shift:1", file->program.alphabet);
        std::optional<std::uint64_t> wrong;
        for (const auto method : {task::Method::words, task::Method::prefixes, task::Method::circuit}) {
            task::Options options;
            options.method = method;
            options.count = true;
            options.most_states = 2;
            certify::Archive archive;
            try {
                const certify::Performance found = certify::perform({*file, task}, 3, options, {}, archive);
                if (method == task::Method::words) wrong = found.outcome.wrong;
                if (found.verdict.is_undecided()) {
                    CHECK(found.verdict.why().reason == verdict::Reason::unsupported);
                    continue;
                }
                REQUIRE(wrong);
                CHECK(found.outcome.wrong == *wrong);
                by_prefixes += method == task::Method::prefixes ? 1 : 0;
                by_circuit += method == task::Method::circuit ? 1 : 0;
            } catch (const base::Unsupported&) {
                CHECK(method == task::Method::prefixes);
            } catch (const base::InputError&) {
                break;  // no value on some word
            }
        }
    }
    CHECK(by_prefixes > 10);
    CHECK(by_circuit > 10);
}

TEST_CASE("Programs: two of them, and one and a language, by their circuits", "[program]") {
    const formats::NetworkFile some = file_of(
        R"({"format": "attest/program", "version": 1, "name": "some", "alphabet": ["0", "1"], "variables": [
            {"name": "s", "input": "symbol"}, {"name": "c", "constant": 1},
            {"name": "x", "attend": {"query": "c", "key": "s", "pairs": [[1, "1"]], "take": "left", "value": "s", "none": "0"}}],
            "output": {"positions": "last", "value": "x", "accept": ["1"]}})");
    const formats::NetworkFile number = file_of(
        R"({"format": "attest/program", "version": 1, "name": "number", "alphabet": ["b", "a"], "variables": [
            {"name": "s", "input": "symbol"}, {"name": "c", "constant": 1},
            {"name": "k", "attend": {"query": "c", "key": "s", "pairs": [[1, "a"]], "take": "count"}},
            {"name": "x", "map": {"of": ["k"], "table": [[[0], "no"]], "otherwise": "yes"}}],
            "output": {"positions": "last", "value": "x", "accept": ["yes"]}})");
    decide::ProveOptions options;
    options.method = decide::Method::circuit;
    certify::Archive archive;
    const certify::Equality same = certify::compare({some, number, {{"0", "b"}, {"1", "a"}}}, 6, options, {}, archive);
    CHECK(same.verdict.holds());
    CHECK(same.verdict.evidence() == verdict::Evidence::refutation);
    const certify::Equality other = certify::compare({some, number, {{"0", "a"}, {"1", "b"}}}, 6, options, {}, archive);
    CHECK(other.verdict.fails());
    const language::Language last = language::Language::parse("last", language::Alphabet({"0", "1"}));
    accuracy::Options count;
    count.method = accuracy::Method::circuit;
    const certify::Accuracy found = certify::count_mistakes({some, last, {}}, 5, count, {}, archive);
    CHECK(found.verdict.holds());
    CHECK(found.verdict.evidence() == verdict::Evidence::refutation);
    CHECK(found.outcome.least == 15);
}

TEST_CASE("Programs: learned programs are wrong as often as was counted by hand-written readers", "[task]") {
    struct Row {
        const char* file;
        const char* task;
        std::int64_t length;
        std::uint64_t wrong;
    };
    constexpr Row rows[] = {
        {"mixed-reverse", "reverse", 1, 3},
        {"mixed-reverse", "reverse", 4, 17},
        {"mixed-sort", "sort", 4, 0},
        {"mixed-sort", "sort", 5, 4},
        {"mixed-hist", "hist", 5, 0},
        {"mixed-double_hist", "double-hist", 1, 6},
        {"mixed-double_hist", "double-hist", 4, 0},
        {"mixed-most_freq", "most-freq", 3, 110},
        {"mixed-dyck1", "dyck-ptf:1", 10, 9},
        {"mixed-dyck2", "dyck-ptf:2", 4, 2},
        {"mixed-dyck2", "dyck-ptf:2", 6, 174},
    };
    const auto folder = tests::shared_data("transformer-programs");
    if (!folder) return;
    for (const Row& row : rows) {
        INFO(row.file << " at length " << row.length);
        const formats::ProgramFile file =
            file_of(base::read_file((*folder / (std::string(row.file) + ".json")).string()));
        CHECK(performed(file, row.task, row.length, true).wrong == row.wrong);
        if (std::string(row.task).starts_with("dyck"))
            CHECK(performed(file, row.task, row.length, true, task::Method::prefixes).wrong == row.wrong);
    }
}

TEST_CASE("Programs: regions of states count what states do, and find the same first mistakes", "[task]") {
    const auto folder = tests::shared_data("transformer-programs");
    if (!folder) return;
    const formats::ProgramFile file = file_of(base::read_file((*folder / "mixed-dyck2.json").string()));
    const language::Task task = language::Task::parse("dyck-ptf:2", file.program.alphabet);
    task::Options options;
    options.method = task::Method::prefixes;
    options.count = true;
    const task::Outcome states = task::hold({file.program, task, 9}, options, {});
    options.most_states = 100;
    const task::Outcome regions = task::hold({file.program, task, 9}, options, {});
    CHECK(states.wrong == 19627);
    CHECK(regions.wrong == 19627);
    CHECK(5 * regions.states < states.states);
    REQUIRE(states.first.size() == regions.first.size());
    for (std::size_t k = 0; k < states.first.size(); ++k) CHECK(states.first[k].word == regions.first[k].word);
    options.count = false;
    CHECK(task::hold({file.program, task, 9}, options, {}).first.front().word == states.first.front().word);
}
