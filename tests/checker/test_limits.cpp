#include <atomic>
#include <catch2/catch.hpp>
#include <chrono>
#include <random>
#include <thread>
#include <unordered_map>

#include "checker/core/json.hpp"
#include "checker/core/seeded_hash.hpp"
#include "checker/kernel/formula.hpp"
#include "checker/kernel/proof.hpp"
#include "checker/language/automaton.hpp"
#include "checker/language/language.hpp"
#include "drafts.hpp"

// A certificate that asks for more than a certificate may is refused within seconds, and the caller's own limits end a check
// within one, without an answer.

using namespace checker_test;

namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

std::string model(const std::string& more, const std::string& layers = "[]",
                  const std::string& alphabet = "[\"0\", \"1\"]",
                  const std::string& embedding = R"({"0": [0], "1": [1]})") {
    return R"({"format": "attest/model", "version": 1, "name": "t", "alphabet": )" + alphabet +
           R"(, "dimension": 1, "embedding": )" + embedding + ", \"layers\": " + layers +
           R"(, "readout": {"position": "first", "weight": [1], "bias": 0})" + more + "}";
}

Draft about(const std::string& model_text, const std::string& language, std::size_t length, std::uint64_t words) {
    return {R"({"kind": "recognises", "model": "t", "language": ")" + language +
                "\", \"length\": " + std::to_string(length) + R"(, "verdict": "verified"})",
            R"({"kind": "exhaustion", "words": )" + std::to_string(words) + "}",
            {{"model.json", model_text}},
            "[]",
            ""};
}

/// A head whose values have so many rows, none of which holds anything.
std::string wide_heads(std::size_t count) {
    std::string heads;
    for (std::size_t k = 0; k < count; ++k)
        heads +=
            (k ? ", " : "") +
            std::string(
                R"({"value": {"rows": 1048576, "cols": 1, "entries": []}, "output": {"rows": 1, "cols": 1048576, "entries": []}})");
    return R"([{"attention": {"kind": "hard", "heads": [)" + heads + "]}}]";
}

/// Hours of honest work for a claim that is true: many layers, which add nothing, on four million words.
Draft long_work() {
    std::string layer =
        R"({"attention": {"kind": "hard", "heads": [{"query": [[1]], "key": [[1]], "value": [[1]], "output": [[0]], "bias": "i*j"}]}})";
    std::string layers = layer;
    for (int k = 0; k < 200; ++k) layers += ", " + layer;
    return about(model("", "[" + layers + "]"), "first", 22, 1 << 22);
}

void refused_for_limits(const Draft& draft, double most_seconds, const Options& options = {}) {
    const TemporaryDirectory directory;
    write(directory, draft);
    const auto start = Clock::now();
    const Report report = check(directory.path().string(), options);
    INFO(report.obligation << " at " << report.place << ": " << report.reason << ", " << seconds_since(start) << " s");
    CHECK(report.stopped == Stop::none);
    CHECK_FALSE(report.accepted);
    CHECK(report.reason.find("that a certificate may ask for") != std::string::npos);
    CHECK(seconds_since(start) < most_seconds);
}

/// Moore's definition: which pairs of states some word tells apart.
std::size_t classes_by_definition(const Automaton& automaton) {
    std::vector<std::size_t> reached{automaton.start};
    std::vector<bool> seen(automaton.states(), false);
    seen[automaton.start] = true;
    for (std::size_t k = 0; k < reached.size(); ++k)
        for (const std::uint32_t next : automaton.next[reached[k]])
            if (!seen[next]) seen[next] = true, reached.push_back(next);
    const std::size_t n = automaton.states();
    std::vector<std::vector<bool>> apart(n, std::vector<bool>(n, false));
    for (std::size_t s = 0; s < n; ++s)
        for (std::size_t t = 0; t < n; ++t) apart[s][t] = automaton.accepting[s] != automaton.accepting[t];
    for (bool changed = true; changed;) {
        changed = false;
        for (std::size_t s = 0; s < n; ++s)
            for (std::size_t t = 0; t < n; ++t)
                for (std::size_t a = 0; a < automaton.symbols && !apart[s][t]; ++a)
                    if (apart[automaton.next[s][a]][automaton.next[t][a]]) apart[s][t] = changed = true;
    }
    std::size_t classes = 0;
    for (std::size_t k = 0; k < reached.size(); ++k) {
        bool fresh = true;
        for (std::size_t before = 0; before < k; ++before) fresh = fresh && apart[reached[before]][reached[k]];
        classes += fresh ? 1 : 0;
    }
    return classes;
}

/// The automaton of `dfa:` over 0 and 1, in which state s has the rows given.
template <typename Next>
std::string automaton_file(std::size_t states, std::size_t accept, Next next) {
    std::string rows;
    for (std::size_t s = 0; s < states; ++s)
        rows += (s ? ", [" : "[") + std::to_string(next(s, 0)) + ", " + std::to_string(next(s, 1)) + "]";
    return R"({"format": "attest/dfa", "version": 1, "alphabet": ["0", "1"], "states": )" + std::to_string(states) +
           R"(, "start": 0, "accept": [)" + std::to_string(accept) + R"(], "transitions": [)" + rows + "]}";
}

}  // namespace

TEST_CASE("Expressions of millions of digits, at each of a hundred thousand positions, are refused", "[checker]") {
    refused_for_limits(
        about(model(R"(, "position": ["3^1000000+i"])", "[]", "[\"1\"]", R"({"1": [1]})"), "all-ones", 100000, 1), 30);
    refused_for_limits(about(model(R"x(, "position": ["i/(3^600000+7^300000)"])x", "[]", "[\"1\"]", R"({"1": [1]})"),
                             "all-ones", 100000, 1),
                       30);
}

TEST_CASE("Matrices of a million rows without entries are refused before they are made", "[checker]") {
    const auto start = Clock::now();
    const Report report = check_draft(about(model("", wide_heads(200)), "last", 1, 2));
    CHECK(report.obligation == "question");
    CHECK(report.reason == "more than 2^22 rows in all matrices together");
    CHECK(seconds_since(start) < 20);
    // Four million rows are within that limit, but not within every budget.
    refused_for_limits(about(model("", wide_heads(2)), "last", 1, 2), 20, {.max_memory = 100'000'000});
}

TEST_CASE("Numbers that grow from layer to layer are refused", "[checker]") {
    std::string layer = R"({"feedforward": {"maps": [[["1/3"]], [[1e4000]], [[1e4000]]], "residual": true}})";
    std::string layers = layer;
    for (int k = 0; k < 400; ++k) layers += ", " + layer;
    refused_for_limits(about(model("", "[" + layers + "]"), "first", 1, 2), 60, {.max_steps = 2'000'000'000});
}

TEST_CASE("JSON is drawn from the budget as it is read", "[checker]") {
    Budget budget(1'000'000, 1'000'000);
    std::string text = "[0";
    for (int k = 0; k < 30000; ++k) text += ",0";
    CHECK(refusal([&] { parse_json(text + "]", "f", budget); }).find("bytes of memory") != std::string::npos);
    Budget few_steps(1'000, 1'000'000'000);
    CHECK(refusal([&] { parse_json("\"" + std::string(100000, 'x') + "\"", "f", few_steps); }).find("steps") !=
          std::string::npos);
}

TEST_CASE("Tables of many bits, and sequences of many positions, are drawn from the budget", "[checker]") {
    Draft table = about(model(""), "table:" + std::string(std::size_t{1} << 16, '1'), 18, 0);
    table.evidence = R"({"kind": "refutation", "proof": "lrat", "drops": []})";
    for (const char* file : {"circuit.json", "formula.cnf", "proof.lrat"}) table.files[file] = "{}";
    refused_for_limits(table, 20, {.max_memory = 2'000'000});
    refused_for_limits(table, 20, {.max_steps = 10'000'000});
    refused_for_limits(about(model(""), "first", 1'000'000, 0), 20, {.max_steps = 10'000'000});
}

TEST_CASE("Identifiers of a proof that are multiples of one prime number are looked up like others", "[checker]") {
    constexpr std::int64_t prime = 351061, first = 300 * prime;  // a hash table's size for so many
    constexpr std::int64_t lines = 250'000;
    Budget budget{Options()};
    Formula formula(budget);
    formula.variables = 1;
    formula.add({1});
    formula.add({-1});
    std::string proof;
    for (std::int64_t k = 0; k < lines; ++k) proof += std::to_string(first + k * prime) + " 1 0 1 0\n";
    proof += std::to_string(first + lines * prime) + " 0 1 2 0\n";
    const auto start = Clock::now();
    CHECK(check_lrat(formula, proof, "proof.lrat", budget) == lines + 1);
    CHECK(seconds_since(start) < 20);
}

TEST_CASE("An object of a hundred thousand keys is gone through once, not once a key", "[checker]") {
    Draft draft = about(model(""), "first", 2, 4);
    std::string many = "\"x\": 1";
    for (int k = 0; k < 200000; ++k) many += ", \"k" + std::to_string(k * 7919 % 200003) + "\": 1";
    const TemporaryDirectory directory;
    directory.write("model.json", draft.files.at("model.json"));
    std::string manifest = manifest_of(draft);
    manifest.replace(manifest.find("\"seed\": 7"), 9, "\"seed\": 7, " + many);
    const std::size_t digest = manifest.rfind("\"digest\": \"") + 11;
    manifest.replace(digest, 64, std::string(64, '0'));
    directory.write("manifest.json", with_digest(manifest));
    const auto start = Clock::now();
    const Report report = check(directory.path().string());
    INFO(report.place << ": " << report.reason);
    CHECK(report.accepted);
    CHECK(seconds_since(start) < 20);
}

namespace {

/// Quoted characters of four bytes, with commas, each behind `before` and before `behind`.
std::string many_symbols(std::size_t count, const std::string& before = "", const std::string& behind = "") {
    std::string text;
    for (std::size_t k = 0; k < count; ++k) {
        const std::size_t code = 0x10000 + k;
        const auto byte = [&](unsigned shift) { return static_cast<char>(0x80 | (code >> shift & 0x3f)); };
        text += (k ? ", " : "") + before + "\"" +
                std::string{static_cast<char>(0xf0 | code >> 18), byte(12), byte(6), byte(0)} + "\"" + behind;
    }
    return text;
}

/// One softmax layer over so many symbols, and a tree of regions of words of one symbol.
Draft many_symbols_by_regions(std::size_t count, const std::string& tree) {
    Draft draft =
        about(model("", R"([{"attention": {"kind": "softmax", "heads": [{"value": [[1]], "output": [[1]]}]}}])",
                    "[" + many_symbols(count) + "]", "{" + many_symbols(count, "", ": [1]") + "}"),
              "regex:.*", 1, count);
    draft.evidence = R"({"kind": "enclosure", "words": 1, "margin": 0, "bits": 64, "by": "regions"})";
    draft.files["regions.txt"] = tree;
    return draft;
}

}  // namespace

TEST_CASE("Regions of words over very many symbols are refused, however many there are", "[checker]") {
    refused_for_limits(many_symbols_by_regions(150'000, "1\n.\n"), 60);
    refused_for_limits(many_symbols_by_regions(20'000, ".\n"), 60);
}

TEST_CASE("Alphabets of very many symbols are gone through once, not once a symbol", "[checker]") {
    constexpr std::size_t many = 300'000;
    const auto start = Clock::now();
    const std::string alphabet = "[" + many_symbols(many) + "]";
    const Report order = check_draft(
        {R"({"kind": "order-invariant", "language": "majority", "verdict": "verified", "alphabet": )" + alphabet + "}",
         R"({"kind": "definition"})",
         {},
         "[]",
         ""});
    CHECK(order.reason == "the language has another alphabet");
    const Report formula = check_draft(
        {R"({"kind": "defines", "formula": "f", "language": "parity", "length": 1, "verdict": "verified"})",
         R"({"kind": "exhaustion", "vectors": 1})",
         {{"formula.json", R"({"format": "attest/foc", "version": 1, "name": "f", "nodes": [["true"]], "alphabet": )" +
                               alphabet + "}"}},
         "[]",
         ""});
    CHECK(formula.reason == "from 1 to 4096 symbols were expected");
    Draft witness = about(model("", "[]", alphabet, "{" + many_symbols(many, "", ": [0]") + "}"), "regex:.*", many, 1);
    witness.claim.replace(witness.claim.find("verified"), 8, "refuted");
    std::string word;
    for (const char c : many_symbols(many))
        if (c != '"' && c != ',' && c != ' ') word += c;
    witness.evidence = R"({"kind": "witness", "expected": "accept", "actual": "reject", "word": ")" + word + "\"}";
    const Report refuted = check_draft(witness);
    INFO(refuted.place << ": " << refuted.reason);
    CHECK(refuted.accepted);
    const std::string last = word.substr(word.size() - 4);
    std::string fixed;
    for (std::size_t i = 1; i <= many; ++i)
        fixed += (i > 1 ? ", \"" : "\"") + std::to_string(i) + "\": \"" + last + "\"";
    Draft settled = witness;
    settled.claim = R"({"kind": "restriction", "model": "t", "length": )" + std::to_string(many) +
                    R"(, "answer": "reject", "optimal": false, "fixed": {)" + fixed + "}}";
    settled.evidence = R"({"kind": "exhaustion", "words": 1})";
    const Report restriction = check_draft(settled);
    INFO(restriction.place << ": " << restriction.reason);
    CHECK(restriction.accepted);
    CHECK(seconds_since(start) < 120);
}

TEST_CASE("A file of another size is refused without being read", "[checker]") {
    for (const std::uintmax_t size : {std::uintmax_t{1} << 30, std::uintmax_t{1} << 32, std::uintmax_t{1} << 40}) {
        const TemporaryDirectory directory;
        write(directory, about(model(""), "first", 2, 4));
        std::filesystem::resize_file(directory.path() / "model.json", size);
        const auto start = Clock::now();
        const Report report = check(directory.path().string());
        INFO(report.reason << ", " << seconds_since(start) << " s");
        CHECK(report.obligation == "digest");
        CHECK(report.place == "model.json");
        CHECK(report.reason.find("the file has " + std::to_string(size) + " bytes, the manifest says ") == 0);
        CHECK(seconds_since(start) < 2);
    }
}

TEST_CASE("A manifest that is larger than all that a certificate may hold is refused without being read", "[checker]") {
    const TemporaryDirectory directory;
    write(directory, about(model(""), "first", 2, 4));
    std::filesystem::resize_file(directory.path() / "manifest.json", std::uintmax_t{1} << 30);
    const auto start = Clock::now();
    const Report report = check(directory.path().string());
    CHECK(report.obligation == "digest");
    CHECK(report.reason == "a manifest of more than 2^28 bytes");
    CHECK(seconds_since(start) < 2);
}

TEST_CASE("Automata of a hundred thousand states are made minimal", "[checker]") {
    // A counter of which no two states are equivalent, and which partitions need a hundred thousand rounds to tell apart.
    constexpr std::size_t states = 100000;
    const std::string chain = automaton_file(
        states, states - 1, [](std::size_t s, int a) { return a == 0 ? s : std::min(s + 1, states - 1); });
    Budget budget(Options().max_steps, Options().max_memory);
    const auto start = Clock::now();
    const Language language = read_language("dfa:language.json", {}, 2, chain, budget);
    CHECK(language.automaton->states() == states);
    CHECK(seconds_since(start) < 20);
    const std::string folded =
        automaton_file(states, 0, [](std::size_t s, int a) { return (s + (a == 0 ? 0 : 2)) % states; });
    CHECK(read_language("dfa:language.json", {}, 2, folded, budget).automaton->states() == states / 2);
}

TEST_CASE("The minimal automaton has a state for each class of Moore's definition, and accepts the same words",
          "[checker]") {
    const unsigned seed = std::random_device()();
    CAPTURE(seed);
    std::mt19937 random(seed);
    const auto below = [&](std::size_t bound) { return static_cast<std::size_t>(random() % bound); };
    for (int k = 0; k < 400; ++k) {
        Automaton automaton;
        automaton.symbols = 1 + below(3);
        const std::size_t states = 1 + below(12);
        automaton.start = below(states);
        for (std::size_t s = 0; s < states; ++s) {
            automaton.accepting.push_back(below(3) == 0);
            auto& row = automaton.next.emplace_back();
            for (std::size_t a = 0; a < automaton.symbols; ++a)
                row.push_back(static_cast<std::uint32_t>(below(states)));
        }
        Budget budget = ample();
        const Automaton least = minimal(automaton, budget);
        REQUIRE(least.states() == classes_by_definition(automaton));
        REQUIRE(least.start == 0);
        for (std::size_t length = 0; length <= 6; ++length)
            for (const Word& word : all_words(automaton.symbols, length))
                REQUIRE(least.accepts(word) == automaton.accepts(word));
    }
}

TEST_CASE("Nested repetitions end, within the limits or by them", "[checker]") {
    const auto read = [](const std::string& pattern, std::size_t& states) {
        return refusal([&] {
            Budget budget(Options().max_steps, Options().max_memory);
            states = read_language("regex:" + pattern, {"a", "b"}, 2, "", budget).automaton->states();
        });
    };
    std::string stars = "a*", optional = "a", deep = "b";
    for (int k = 0; k < 150; ++k) stars = "(" + stars + ")*";
    for (int k = 0; k < 150; ++k) optional = "(" + optional + "?b?)?";
    for (int k = 0; k < 150; ++k) deep = "(" + deep + "{0,2})";
    std::size_t states = 0;
    const auto start = Clock::now();
    CHECK(read(stars, states).empty());
    CHECK(states == 2);
    CHECK(read("((a|b)*)*", states).empty());
    CHECK(states == 1);
    CHECK(read("(a*){0}", states).empty());
    CHECK(states == 2);
    read(optional, states);
    CHECK(read(deep, states).find("states") != std::string::npos);
    CHECK(read("(a{1000}){1000}", states).find("states") != std::string::npos);
    CHECK(read("((a{1000}){1000}){1000}", states).find("states") != std::string::npos);
    CHECK(read("(a|b)*a(a|b){30}", states).find("states") != std::string::npos);
    CHECK(seconds_since(start) < 120);
}

TEST_CASE("The caller's deadline ends a check within a second, without an answer", "[checker]") {
    const TemporaryDirectory directory;
    write(directory, long_work());
    const auto start = Clock::now();
    const Report report = check(directory.path().string(), {.deadline = start + std::chrono::milliseconds(300)});
    CHECK(report.stopped == Stop::deadline);
    CHECK_FALSE(report.accepted);
    CHECK(report.obligation.empty());
    CHECK(seconds_since(start) < 1.3);
    CHECK(exit_status(std::vector{report}) == 3);
    CHECK(lines(report)[0].rfind("UNDECIDED \"" + report.directory + "\": the time is up after ", 0) == 0);
}

TEST_CASE("The caller's flag ends a check within a second, without an answer", "[checker]") {
    const TemporaryDirectory directory;
    write(directory, long_work());
    std::atomic<bool> stop{false};
    Clock::time_point set;
    std::thread setter([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(300));
        set = Clock::now();
        stop = true;
    });
    const Report report = check(directory.path().string(), {.stop = &stop});
    const Clock::time_point ended = Clock::now();
    setter.join();
    CHECK(report.stopped == Stop::interrupted);
    CHECK_FALSE(report.accepted);
    CHECK(std::chrono::duration<double>(ended - set).count() < 1);
}

TEST_CASE("The caller's memory ends a check, but a certificate that may not ask for so much is refused all the same",
          "[checker]") {
    const TemporaryDirectory directory;
    write(directory, long_work());
    CHECK(check(directory.path().string(), {.memory = 100'000}).stopped == Stop::memory);
    const Report refused = check(directory.path().string(), {.max_memory = 50'000, .memory = 100'000});
    CHECK(refused.stopped == Stop::none);
    CHECK(refused.reason.find("that a certificate may ask for") != std::string::npos);
    CHECK(exit_status(std::vector{refused}) == 2);
}

TEST_CASE("A collection of which a part is stopped is stopped", "[checker]") {
    const TemporaryDirectory directory;
    write(directory, long_work(), "long/");
    const Report part = check((directory.path() / "long").string(), {.deadline = Clock::now()});
    CHECK(part.stopped == Stop::deadline);
    const std::string manifest = manifest_of(long_work());
    const std::string digest = manifest.substr(manifest.rfind("\"digest\": \"") + 11, 64);
    write(
        directory,
        {R"({"kind": "collection", "parts": [{"directory": "long", "digest": ")" + digest + "\"}]}", "", {}, "[]", ""});
    const Report report = check(directory.path().string(), {.deadline = Clock::now() + std::chrono::milliseconds(200)});
    CHECK(report.stopped == Stop::deadline);
    CHECK_FALSE(report.accepted);
}

TEST_CASE("no choice of keys makes a list of a table with a seeded hash", "[limits]") {
    // With a hash that is the number itself, multiples of the number of buckets all lie in one of them.
    std::unordered_map<std::uint64_t, int, attest::checker::SeededHash> table;
    std::unordered_map<std::uint64_t, int> plain;
    constexpr std::uint64_t count = 20'000;
    table.reserve(count);
    plain.reserve(count);
    for (std::uint64_t k = 0; k < count; ++k) {
        table.emplace(k * plain.bucket_count(), 0);
        if (k < 1000) plain.emplace(k * plain.bucket_count(), 0);
    }
    std::size_t fullest = 0;
    for (std::size_t b = 0; b < table.bucket_count(); ++b) fullest = std::max(fullest, table.bucket_size(b));
    CHECK(plain.bucket_size(0) == 1000);
    CHECK(fullest < 30);
    const attest::checker::SeededHash hash;
    CHECK(hash(std::string_view("ab")) != hash(std::string_view("ba")));
    CHECK(hash(std::string_view("ab")) == hash(std::string_view("ab")));
}
