#include <fcntl.h>
#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <mutex>
#include <optional>

#include "base/parallel.hpp"
#include "certificate.hpp"

// Whatever a command is doing, it ends within a second of a signal, of --timeout and of --memory, with what
// it has, status 3 and nothing half-written left behind. Each phase here would take far longer than the test
// waits.

using namespace attest::tests;

namespace {

using Clock = std::chrono::steady_clock;

/// A second, and what a machine with other work may add.
constexpr double promised = 1, slack = 2;
/// When the signal is sent: all phases are in the middle of their work then.
constexpr double signal_after = 0.4;

struct Phase {
    std::string name;
    std::vector<std::string> arguments;
    /// Of its time, what it takes at least: half, where each question gets half of what is left.
    double least_part = 1;
};

/// How the program is stopped.
struct Stop {
    std::string name;
    std::optional<int> signal;
    std::vector<std::string> options;
    double after;  ///< seconds from the start
    std::string reason;
};

const std::vector<Stop> stops = {
    {"SIGINT", SIGINT, {}, signal_after, "interrupted"},
    {"SIGTERM", SIGTERM, {}, signal_after, "interrupted"},
    {"SIGHUP", SIGHUP, {}, signal_after, "interrupted"},
    {"--timeout", std::nullopt, {"--timeout", "0.5"}, 0.5, "deadline"},
};

/// A word as a binary fraction, against a bound: sums of a head are as many as words, so that no circuit fits.
constexpr const char* fraction = R"json({"format": "attest/model", "version": 1, "alphabet": ["0", "1"], "dimension": 3,
    "embedding": {"0": [0, 0, 0], "1": [1, 0, 0]}, "position": ["0", "2^(-i)", "0"],
    "layers": [{"feedforward": {"maps": [{"weight": [[1, 1, 0]], "bias": [-1]}, {"weight": [[0], [0], [1]]}]}},
        {"attention": {"kind": "average", "residual": false, "heads": [{"value": [[0, 0, 1]], "output": [[1], [0], [0]]}]}}],
    "readout": {"position": "last", "weight": [1, 0, 0], "bias": "-1/300"}})json";

std::string repeated(const std::string& text, std::size_t times) {
    std::string all;
    for (std::size_t k = 0; k < times; ++k) all += text;
    return all;
}

/// A square grid, whose edges connect its corners in more ways than anyone counts.
std::string grid(int side) {
    std::string vertices, edges;
    const auto name = [](int x, int y) { return "\"" + std::to_string(x) + "," + std::to_string(y) + "\""; };
    const auto edge = [&](const std::string& a, const std::string& b) {
        edges += (edges.empty() ? "[" : ", [") + a + ", " + b + "]";
    };
    for (int x = 0; x < side; ++x)
        for (int y = 0; y < side; ++y) {
            vertices += (vertices.empty() ? "" : ", ") + name(x, y);
            if (x + 1 < side) edge(name(x, y), name(x + 1, y));
            if (y + 1 < side) edge(name(x, y), name(x, y + 1));
        }
    return R"({"format": "attest/graph", "version": 1, "name": "grid", "directed": false, "vertices": [)" + vertices +
           "], \"edges\": [" + edges + "], \"from\": " + name(0, 0) + ", \"to\": " + name(side - 1, side - 1) + "}";
}

/// `attest progress` of so many checkpoints, all of one file.
std::vector<std::string> progress_of_many() {
    std::vector<std::string> words(100, ATTEST_SOURCE "/examples/grok-59.safetensors");
    words.insert(words.begin(), "progress");
    words.insert(words.end(), {"--task", "add:59", "--train", "pairs.txt", "--plot", "plot.svg"});
    return words;
}

/// A Turing machine of so many states that none leads to a halt.
std::string many_states(int states) {
    const auto symbol = [](int k) { return "\"" + std::string{'\xC4', static_cast<char>(0x80 + k % 64)} + "\""; };
    std::string tape, names, transitions;
    for (int k = 0; k < 64; ++k) tape += (k == 0 ? "" : ", ") + symbol(k);
    for (int q = 0; q < states; ++q) {
        const std::string name = "\"s" + std::to_string(q) + "\"";
        names += (q == 0 ? "" : ", ") + name;
        for (int k = 0; k < 64; k += 7)
            transitions += (transitions.empty() ? "[" : ", [") + name + ", " + symbol(q + k) + ", \"s" +
                           std::to_string((7 * q + k + 1) % states) + "\", " + symbol(3 * k + q) + ", \"" +
                           (k % 2 == 0 ? "L" : "R") + "\"]";
    }
    return R"({"format": "attest/turing", "version": 1, "name": "many-states", "tape": [)" + tape +
           "], \"blank\": " + symbol(0) + ", \"alphabet\": [" + symbol(1) + "], \"states\": [" + names +
           R"(], "start": "s0", "accept": [], "transitions": [)" + transitions + "]}";
}

/// Counts of counts, which nothing linear keeps together.
constexpr const char* counts_of_counts =
    "alphabet a b\nx = #[Q(a)]\ny = #[Q(b)]\np = #[x < y]\nq = #[p < x]\nr = #[q < y]\ns = #[r < p]\n"
    "out = s <= q + p + 3\noutput out\n";

/// Numbers of so many bits, each one more than the last, and after the greatest one more: there is no such word, and why is beyond searches.
std::string counter(std::size_t bits) {
    std::string text =
        "alphabet 0 1 c\nbegin = bos\none = symbol 1\nhash = symbol c\nb0 = one\nh0 = hash\n"
        "start = rightmost(true, begin@j)\nfirst = rightmost(hash@j, start@j)\n";
    const auto with = [](const std::string& line, std::size_t number) {
        std::string result = line;
        for (std::size_t at = 0; (at = result.find('K', at)) != std::string::npos;)
            result.replace(at, 1, std::to_string(number));
        return result;
    };
    const std::string all = std::to_string(bits + 1);
    for (std::size_t k = 1; k <= bits + 1; ++k) {
        const std::string before = std::to_string(k - 1);
        text += with("bK = rightmost(true, b" + before + "@j)\nhK = rightmost(true, h" + before + "@j)\n", k);
    }
    std::string low = "true", near = "false", wrong = "false", ones = "true";
    for (std::size_t k = 1; k <= bits; ++k) {
        text += with("pK = rightmost(hash@j, bK@j)\neK = !first & (pK & !(" + low + ") | !pK & " + low + ")\n", k);
        low += with(" & pK", k);
        ones += with(" & bK", k);
        near += with(" | hK", k);
        wrong += with(" | hK", k) + with(" & (b0 & !eK | !b0 & eK)", bits + 1 - k);
    }
    text += "over = !first & " + low + "\nwrong = " + wrong + "\nnear = " + near + "\n";
    text += "good = start & hash | !hash & near & !wrong & !over | hash & h" + all + " & !near\n";
    text += "bad = !good & !begin\nlost = rightmost(bad@j, true)\n";
    text += "done = hash & h" + all + " & " + ones + " & good & !lost\nbefore = rightmost(done@j, true)\n";
    return text + "more = hash & good & !lost & before\noutput more\n";
}

/// Questions about what is further right and left, guessed beside each other: it holds of no word, which takes some seconds to show.
constexpr const char* guesses = "alphabet a b c\n(X !(F c U F a) S X(Y !b & (X b S Y b))) & X Y(Y c & !(a & c))\n";

/// Rotary positions, read as a mean: nothing but evaluation follows them.
constexpr const char* turned =
    R"({"format": "attest/model", "version": 2, "name": "turned", "alphabet": ["0", "1"], "dimension": 2,
  "embedding": {"0": [0, 1], "1": [1, 0]},
  "layers": [{"attention": {"kind": "softmax", "rotary": {"base": 10, "dims": 2, "pairing": "half"},
    "heads": [{"query": [[1, 0], [0, 1]], "key": [[1, 0], [0, 1]], "value": [[1, 0]], "output": [[1], [0]]}]}}],
  "readout": {"position": "mean", "weight": [1, 0], "bias": 0}})";

/// What the phases read.
void fill(const Folder& folder) {
    folder.write("states.json", many_states(1000));
    folder.write("counts.crasp", counts_of_counts);
    folder.write("counter.brasp", counter(16));
    folder.write("guesses.ltl", guesses);
    folder.write("turned.json", turned);
    folder.write("fraction.json", fraction);
    folder.write("long.txt", repeated(repeated("01", 20'000) + "\n", 200));
    folder.write("many.txt", repeated(repeated("0110", 500) + "\n", 4000));
    folder.write("grid.json", grid(9));
    folder.write("pairs.txt", "0 0\n1 2\n");
    REQUIRE(::mkfifo((folder / "pipe").c_str(), 0600) == 0);
    // A claim about more words than anyone evaluates in a minute.
    const Certificate all_words(folder, "certificate",
                                {"zoo:dyck-2-depth-3", "dyck:2,3", "4", "--method", "exhaustion"});
    auto manifest = all_words.manifest();
    manifest["claim"]["length"] = 11;
    manifest["evidence"]["words"] = 1 << 22;
    all_words.seal(manifest);
    REQUIRE(std::filesystem::create_directory(folder / "claims"));
    folder.write(
        "claims/open.json",
        R"({"format": "attest/claim", "version": 1, "statement": "nobody knows", "source": "attest", "standing": "new",
      "command": ["threshold", "parity", "--layers", "2", "--heads", "1", "--from", "9", "--to", "9"], "certificate": true,
      "value": {"key": "/found", "is": "9", "guarantee": "lower"}})");
}

constexpr const char* champion = "bb:1RB1LC_1RC1RB_1RD0LE_1LA1LD_1RH0LA";

const std::vector<Phase> phases = {
    {"a pipe that gives no model", {"eval", "pipe", "--word", "0"}},
    {"a pipe that gives no words", {"eval", "zoo:first", "--words", "pipe"}},
    {"words in balls", {"eval", "zoo:chiang-cholak-parity", "--words", "long.txt"}},
    {"words exactly", {"eval", "zoo:palindrome", "--words", "many.txt"}},
    {"a circuit", {"compile", "zoo:palindrome", "--length", "6000", "-o", "circuit.aig"}},
    {"a proof", {"prove", "zoo:palindrome", "--language", "palindrome", "--length", "2500", "--certificate", "proved"}},
    {"proofs by two threads",
     {"prove", "zoo:palindrome", "--language", "palindrome", "--length", "2500..2503", "--threads", "2",
      "--certificate", "proved"}},
    {"one word in balls",
     {"prove", "zoo:chiang-cholak-parity", "--language", "parity", "--length", "2000000", "--certificate", "proved"}},
    {"a decision diagram",
     {"measure", "--language", "majority", "--length", "3000", "--plot", "plot.svg", "--proofs", "proofs"}},
    {"measures of a very long word", {"measure", "--language", "parity", "--length", "1000000"}},
    {"a restriction",
     {"restrict", "zoo:palindrome", "--length", "400", "--certificate", "restricted", "--plot", "plot.svg"}},
    {"influence",
     {"influence", "zoo:chiang-cholak-parity", "--lengths", "40000..80000*2", "--plot", "plot.svg", "--csv",
      "rows.csv"}},
    {"influence by all words", {"influence", "turned.json", "--lengths", "16"}},
    {"a proof that two models are the same",
     {"equal", "zoo:palindrome", "zoo:palindrome", "--length", "2500", "--certificate", "same"}},
    {"all words of two models",
     {"equal", "zoo:random-bounded-1-1-4-seed-1", "zoo:random-bounded-1-1-4-seed-1", "--length", "22", "--certificate",
      "same"}},
    {"a difference of two models, among too many words",
     {"equal", "zoo:random-bounded-1-1-4-seed-1", "zoo:random-bounded-1-1-4-seed-1", "--length", "250"}},
    {"a difference of two models, whose circuits are too large",
     {"equal", "fraction.json", "fraction.json", "--length", "200"}},
    {"all words, counted",
     {"accuracy", "zoo:dyck-2-depth-3", "--language", "dyck:2,3", "--length", "11", "--method", "exhaustion",
      "--certificate", "counted"}},
    {"mistakes by a circuit",
     {"accuracy", "zoo:palindrome", "--language", "palindrome", "--length", "2500", "--certificate", "counted"}},
    {"parts taken away", {"ablate", "zoo:palindrome", "--same", "--length", "2500", "--certificate", "ablated"}},
    {"a search for networks",
     {"threshold", "parity", "--layers", "2", "--heads", "1", "--from", "9", "--to", "9", "--certificate", "found"}},
    {"a search by two threads",
     {"threshold", "parity", "--layers", "2", "--heads", "1", "--from", "9", "--to", "9", "--threads", "2"}},
    {"a census", {"threshold", "--census", "4", "--layers", "1"}},
    {"networks for all functions", {"threshold", "--census", "5", "--certificate", "all"}},
    {"peelings for a network of parts",
     {"threshold", "parity", "--layers", "2", "--heads", "4", "--from", "50", "--to", "60"}},
    {"an invariant of counts",
     {"prove", "counts.crasp", "--language", "regex:(a|b)*", "--length", "all", "--certificate", "proved"}},
    {"words and states of a program, then an invariant of it",
     {"prove", "counter.brasp", "--language", "regex:[^01c]", "--length", "all", "--certificate", "proved"}},
    {"an invariant of a circuit with guesses",
     {"prove", "guesses.ltl", "--language", "regex:[^abc]", "--length", "all", "--method", "circuit", "--certificate",
      "proved"}},
    {"a proof by cutting planes",
     {"prove", "zoo:average-parity", "--language", "parity", "--length", "4000", "--method", "cutting-planes",
      "--certificate", "proved"}},
    {"inequalities of a model",
     {"compile", "zoo:average-parity", "--language", "parity", "--length", "200000", "--form", "opb", "-o", "f.opb"}},
    {"the least classes that have a network", {"threshold", "parity", "--least", "--length", "9"}, 0.5},
    {"a network that simulates a machine for ever",
     {"machine", "prove", "states.json", "--all", "--certificate", "proved"}},
    {"steps of a machine", {"machine", "run", champion, "--steps", "1000000000"}},
    {"vectors of a machine's network", {"machine", "prove", champion, "--length", "0", "--steps", "100000"}},
    {"a machine in floating point",
     {"machine", "float", "bb:1RB1LB_1LA1RH", "--format", "binary64", "--steps", "10000000"}},
    {"curves of many vertices", {"emerge", "--nodes", "4096", "--samples", "0", "--plot", "plot.svg"}},
    {"samples of graphs", {"emerge", "--nodes", "50", "--recall", "1/2", "--samples", "1000000000"}},
    {"sets of edges", {"emerge", "--graph", "grid.json"}},
    {"measures of checkpoints", progress_of_many()},
    {"classes of all languages of a size", {"classify", "--census", "6"}},
    {"a check", {"check", "certificate"}},
    {"a page whose certificates are checked", {"report", "certificate", "-o", "page.html"}},
    {"claims in processes of their own", {"ledger", "run", "--ledger", "claims", "-o", "results"}},
};

/// What became of it, with all that is wrong about it in words.
std::string faults(const Phase& phase, const Stop& stop, const Folder& inputs) {
    const Folder folder;
    for (const char* name : {"long.txt", "many.txt", "grid.json", "pairs.txt", "claims", "certificate", "states.json",
                             "counts.crasp", "counter.brasp", "guesses.ltl", "turned.json", "fraction.json"})
        std::filesystem::create_symlink(inputs / name, folder / name);
    std::filesystem::create_hard_link(inputs / "pipe", folder / "pipe");
    std::filesystem::create_directory(folder / "tmp");
    if (phase.arguments.front() == "ledger") std::filesystem::create_directory(folder / "results");
    std::vector<std::string> before = folder.listing();

    Setting setting;
    setting.folder = folder.path();
    setting.environment["TMPDIR"] = folder / "tmp";
    setting.timeout = 20;
    const auto start = Clock::now();
    const auto since = [&] { return std::chrono::duration<double>(Clock::now() - start).count(); };
    if (stop.signal) {
        setting.signal = *stop.signal;
        setting.interrupt_when = [&] { return since() >= stop.after; };
    }
    std::vector<std::string> arguments = phase.arguments;
    arguments.insert(arguments.end(), stop.options.begin(), stop.options.end());
    arguments.emplace_back("--json");
    const Run run = run_attest(arguments, setting);
    const double seconds = since();

    std::string wrong;
    if (run.status != 3) wrong += "; status " + std::to_string(run.status);
    if (seconds < (stop.signal ? stop.after : phase.least_part * stop.after)) wrong += "; ended by itself";
    if (seconds > stop.after + promised + slack) wrong += "; took " + std::to_string(seconds) + " s";
    if (!json::accept(run.out) || !json::parse(run.out).is_object()) wrong += "; its output is no object";
    else if (json::parse(run.out).at("command") != phase.arguments.front())
        wrong += "; the object is of another command";
    const std::string all = run.out + run.err;
    if (all.find(stop.reason) == std::string::npos && all.find("the time is up") == std::string::npos)
        wrong += "; does not say why";
    std::vector<std::string> after = folder.listing();
    std::erase_if(after, [](const std::string& name) {
        return name == "results/unfinished.jsonl" || name == "page.html";
    });  // a ledger goes on from it; a page that says what was not checked is whole
    if (after != before) wrong += "; left something behind";
    return wrong.empty() ? "" : phase.name + " and " + stop.name + wrong + "\n" + run.out.substr(0, 2000) + run.err;
}

}  // namespace

TEST_CASE("every phase of every command ends within a second of a signal and of its time", "[cli]") {
    const Folder inputs;
    fill(inputs);
    std::mutex mutex;
    std::string wrong;
    attest::base::in_parallel(3, phases.size() * stops.size(), [&](std::size_t k) {
        const bool per_claim =
            phases[k / stops.size()].arguments.front() == "ledger" && !stops[k % stops.size()].signal;
        if (per_claim) return;  // there --timeout is a claim's: see below
        const std::string found = faults(phases[k / stops.size()], stops[k % stops.size()], inputs);
        const std::lock_guard lock(mutex);
        wrong += found;
    });
    CHECK(wrong == "");
}

TEST_CASE("a ledger's time is a claim's", "[cli]") {
    const Folder folder;
    folder.write("a.json",
                 R"({"format": "attest/claim", "version": 1, "statement": "a", "source": "attest", "standing": "new",
      "command": ["threshold", "parity", "--layers", "2", "--heads", "1", "--from", "9", "--to", "9"],
      "value": {"key": "/found", "is": "9", "guarantee": "lower"}})");
    folder.write("b.json",
                 R"({"format": "attest/claim", "version": 1, "statement": "b", "source": "attest", "standing": "new",
      "command": ["measure", "--language", "parity", "--length", "4"], "value": {"key": "/sensitivity/value", "is": "4", "guarantee": "exact"}})");
    const Run run = run_attest(folder, {"ledger", "run", "--ledger", ".", "-o", "results", "--timeout", "1", "--json"});
    CHECK(run.status == 3);
    REQUIRE(run.object().at("results").size() == 2);
    CHECK(run.object().at("results")[0].at("outcome") == "undecided");
    CHECK(run.object().at("results")[1].at("outcome") == "same");
}

TEST_CASE("memory that a command takes beyond its limit ends it", "[cli]") {
    const Folder folder;
    folder.write("counter.brasp", counter(16));
    folder.write("guesses.ltl", guesses);
    std::string rows = "[" + repeated("[" + repeated("1,", 999) + "1],", 999) + "[" + repeated("1,", 999) + "1]]";
    folder.write(
        "wide.json",
        R"({"format": "attest/model", "version": 1, "name": "wide", "alphabet": ["0", "1"], "dimension": 1000, "embedding": {"0": [], "1": []}, "layers": [{"attention": {"kind": "hard", "heads": [{"value": )" +
            rows + R"(, "output": )" + rows + "}, {\"value\": " + rows + R"(}]}}], "readout": {}})");
    for (const std::vector<std::string>& arguments : std::vector<std::vector<std::string>>{
             {"eval", "wide.json", "--word", "0"},
             {"compile", "zoo:palindrome", "--length", "2000", "-o", "circuit.aig"},
             {"measure", "--language", "parity", "--length", "1000000"},
             {"prove", "counter.brasp", "--language", "regex:[^01c]", "--length", "all"},
             {"prove", "guesses.ltl", "--language", "regex:[^abc]", "--length", "all", "--method", "circuit"},
             {"prove", "zoo:average-parity", "--language", "parity", "--length", "2000", "--method", "cutting-planes"},
             {"compile", "zoo:average-parity", "--language", "parity", "--length", "200000", "--form", "opb", "-o",
              "f.opb"},
             {"threshold", "parity", "--least", "--length", "12"},
         }) {
        std::vector<std::string> words = arguments;
        words.insert(words.end(), {"--memory", "8", "--timeout", "60", "--json"});
        const Run run = run_attest(folder, words);
        INFO(arguments[0] << run.err << run.out.substr(0, 1000));
        CHECK(run.status == 3);
        CHECK(run.object().at("command") == arguments[0]);
        CHECK((run.out + run.err).find("memory") != std::string::npos);
        CHECK(folder.listing() == std::vector<std::string>{"counter.brasp", "guesses.ltl", "wide.json"});
    }
}

TEST_CASE("one allocation far beyond the limit is refused, not tried", "[cli]") {
    // Positions by the hundred million.
    const Run run = run_attest(
        {"influence", "zoo:chiang-cholak-parity", "--lengths", "400000000", "--memory", "64", "--timeout", "30"});
    CHECK(run.status == 3);
    CHECK((run.out + run.err).find("memory") != std::string::npos);
}

TEST_CASE("what was decided before a limit is told, whatever the next length does", "[cli]") {
    const Run threshold =
        run_attest({"threshold", "parity", "--layers", "2", "--heads", "1", "--from", "7", "--timeout", "3", "--json"});
    CHECK(threshold.status == 3);
    const json lengths = threshold.object().at("lengths");
    CHECK(lengths.front().at("length") == 7);
    CHECK(lengths.back().at("length") == 10);
    CHECK(lengths.back().at("answer") == "impossible");
    bool open = false;
    for (const json& entry : lengths) open = open || entry.at("answer") == "undecided";
    CHECK(open);

    const Run influence =
        run_attest({"influence", "zoo:chiang-cholak-parity", "--lengths", "8,80000", "--timeout", "1"});
    CHECK(influence.status == 3);
    CHECK(influence.has("\n        8 "));

    const std::vector<std::string> lengths_of_words = {"prove",    "zoo:palindrome", "--language", "palindrome",
                                                       "--length", "4,1000000",      "--timeout",  "1"};
    const Run prove = run_attest(lengths_of_words);
    CHECK(prove.status == 3);
    CHECK(prove.has(
        "UNDECIDED palindrome against palindrome at 2 lengths 4 to 1000000: 1 verified, 0 refuted, 1 undecided"));
    std::vector<std::string> for_scripts = lengths_of_words;
    for_scripts.emplace_back("--json");
    const json results = run_attest(for_scripts).object().at("results");
    REQUIRE(results.size() == 2);
    CHECK(results[0].at("verdict") == "verified");
    CHECK(results[1].at("length") == 1000000);
    CHECK(results[1].at("reason") == "deadline");
}

TEST_CASE("what is beyond the tool is an answer in the form of all others", "[cli]") {
    const std::vector<std::string> words = {"prove", "zoo:chiang-cholak-parity", "--language", "parity", "--length",
                                            "all"};
    const Run text = run_attest(words);
    CHECK(text.status == 3);
    CHECK(text.out.starts_with("UNDECIDED whether chiang-cholak-parity recognises parity at every length"));
    CHECK(text.err.starts_with("attest: undecided: unsupported: "));
    std::vector<std::string> for_scripts = words;
    for_scripts.emplace_back("--json");
    CHECK(run_attest(for_scripts).object().at("results").at(0).at("reason") == "unsupported");
    const json other = run_attest({"language", "zoo:chiang-cholak-parity", "--json"}).object();
    CHECK(other.at("command") == "language");
    CHECK(other.at("reason") == "unsupported");
}

TEST_CASE("a second signal ends the program at once, and leaves nothing behind", "[cli]") {
    const Folder folder;
    Setting setting;
    setting.folder = folder.path();
    const auto start = Clock::now();
    setting.interrupt_when = [&] { return Clock::now() - start > std::chrono::milliseconds(300); };
    setting.again_after = 0.2;
    const Run run = run_attest(
        {"prove", "zoo:chiang-cholak-parity", "--language", "parity", "--length", "2000000", "--certificate", "c"},
        setting);
    CHECK(run.ended_by == SIGINT);
    CHECK(run.out.empty());
    CHECK(folder.listing().empty());
}

TEST_CASE("timeout's two signals are one", "[cli]") {
    Setting setting;
    const auto start = Clock::now();
    setting.interrupt_when = [&] { return Clock::now() - start > std::chrono::milliseconds(300); };
    setting.again_after = 0.01;
    setting.signal = SIGTERM;
    const Run run = run_attest(
        {"prove", "zoo:chiang-cholak-parity", "--language", "parity", "--length", "2000000", "--json"}, setting);
    CHECK(run.status == 3);
    CHECK(run.object().at("reason") == "interrupted");
}
