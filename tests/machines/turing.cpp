#include "attest/base/error.hpp"
#include "base/digest.hpp"
#include "base/random.hpp"
#include "programs/machines/compare.hpp"
#include "support.hpp"

// Machines and their normal forms, against the traces that others made and against each other.

namespace attest::machines::tests {

namespace {

/// A machine as its file says, without a normal form.
std::optional<std::size_t> accepts_directly(const TuringMachine& m, const std::vector<std::size_t>& word,
                                            std::size_t steps) {
    std::map<std::int64_t, std::size_t> tape;
    for (std::size_t i = 0; i < word.size(); ++i) tape[static_cast<std::int64_t>(i) + 1] = word[i];
    std::size_t q = m.start;
    std::int64_t cell = 1;
    for (std::size_t t = 0; t <= steps; ++t) {
        if (m.accepting[q]) return t;
        std::size_t& a = tape.try_emplace(cell, m.blank).first->second;
        const auto& move = m.move(q, a);
        if (!move) return std::nullopt;
        a = move->symbol;
        q = move->state;
        cell += move->step;
    }
    return std::nullopt;
}

std::string whole_trace(const NormalForm& machine, const Symbols& word, std::size_t steps) {
    std::string lines;
    TuringRun run(machine, machine.symbols_of(word));
    for (;; run.step()) {
        lines += trace_line(machine, run.time(), run.moment());
        if (run.time() == steps) return lines;
    }
}

std::optional<std::size_t> accept_time(const NormalForm& machine, const Symbols& word, std::size_t steps) {
    TuringRun run(machine, machine.symbols_of(word));
    for (;; run.step()) {
        if (run.accepts()) return run.time();
        if (run.time() == steps) return std::nullopt;
    }
}

void expect_refused(const std::string& text, const std::string& says) {
    CAPTURE(text);
    CHECK_THROWS_WITH(parse_turing(text), Catch::Contains(says));
}

}  // namespace

TEST_CASE("Runs are those that others recorded") {
    const auto oracles = shared_file("turing/oracles.json");
    if (!oracles) return;
    std::size_t runs = 0;
    for (const auto& oracle : nlohmann::json::parse(*oracles)) {
        if (!oracle.contains("sha256")) continue;
        const std::string name = oracle.at("machine");
        const NormalForm machine = normal_form(parse_turing(*shared_file("turing/" + name + ".json")));
        const Symbols word = symbols(oracle.at("word"));
        const std::size_t steps = oracle.at("steps");
        CAPTURE(name, word, steps);
        CHECK(base::sha256(whole_trace(machine, word, steps)) == oracle.at("sha256").get<std::string>());
        const auto time = accept_time(machine, word, steps);
        CHECK((time ? nlohmann::json(*time) : nlohmann::json()) == oracle.at("accept_time"));
        ++runs;
    }
    CHECK(runs >= 8);
}

TEST_CASE("A normal form accepts what the machine accepts, 2 N + 3 steps later and one for each that stays") {
    const std::uint64_t seed = 7;
    CAPTURE(seed);
    base::Random random(seed);
    std::size_t accepted = 0;
    for (int k = 0; k < 300; ++k) {
        const TuringMachine machine = random_machine(random, 2 + random.below(4));
        const NormalForm normal = normal_form(machine);
        std::vector<std::size_t> word(random.below(5));
        for (std::size_t& a : word) a = 1 + random.below(2);
        Symbols spelled;
        for (const std::size_t a : word) spelled.push_back(machine.tape[a]);
        constexpr std::size_t steps = 60;
        const auto direct = accepts_directly(machine, word, steps);
        const auto found = accept_time(normal, spelled, 2 * steps + 3 + 2 * word.size());
        if (direct) {
            ++accepted;
            REQUIRE(found);
            CHECK(*found >= *direct + 2 * word.size() + 3);
            CHECK(*found <= 2 * *direct + 2 * word.size() + 3);
        } else {
            CHECK_FALSE((found && *found <= steps));
        }
    }
    CHECK(accepted > 30);
}

TEST_CASE("A step that stays becomes one to the right and one back") {
    const NormalForm n = normal_form(increment());
    CHECK(n.states == Symbols{">init", ">read", ">back", "s", "c", "acc", "|acc", "!"});
    CHECK(n.symbols == Symbols{"#", "0", "1"});
    CHECK(n.move(4, 1) == Move{6, 2, 1});
    CHECK(n.move(6, 2) == Move{5, 2, -1});
    CHECK(n.move(5, 0) == Move{5, 0, 1});
    CHECK(n.move(0, 1) == Move{7, 1, 1});
}

TEST_CASE("Champions halt after as many steps as the literature says") {
    const auto halts = [](const std::string& text) {
        const NormalForm machine = normal_form(parse_busy_beaver(text));
        const auto time = accept_time(machine, {}, 1000);
        return time ? *time - 3 : 0;
    };
    CHECK(halts("1RB1LB_1LA1RH") == 6);
    CHECK(halts("1RB1RH_1LB0RC_1LC1LA") == 21);
    CHECK(halts("1RB1RH_0RC1RB_1LC1LA") == 14);
    CHECK(halts("1RB1LB_1LA0LC_1RH1LD_1RD0RA") == 107);
    // Where nothing is said it halts where it is.
    CHECK(halts("1RB---_1LA---") > 0);
}

TEST_CASE("A champion's text is its file") {
    const auto file = shared_file("turing/bb5.json");
    if (!file) return;
    NormalForm text = normal_form(parse_busy_beaver(champion_text)), read = normal_form(parse_turing(*file));
    text.name = read.name;
    CHECK(text == read);
}

TEST_CASE("What is written is read as the same machine") {
    base::Random random(11);
    for (int k = 0; k < 20; ++k) {
        const TuringMachine machine = random_machine(random, 4);
        CHECK(normal_form(parse_turing(write_turing(machine))) == normal_form(machine));
    }
}

TEST_CASE("A machine of turingmachine.io is the machine that it says") {
    const std::string text = R"(# adds 1
blank: ' '
start state: right
input: '1011'
table:
  right:
    [1, 0]: R
    ' ': {L: carry}
  carry:
    1: {write: 0, L}
    [0, ' ']: {write: 1, L: done}
  done:
)";
    std::optional<Symbols> input;
    const TuringMachine machine = parse_yaml_machine(text, "add.yaml", {}, &input);
    CHECK(input == Symbols{"1", "0", "1", "1"});
    CHECK(machine.states == Symbols{"right", "carry", "done"});
    CHECK(machine.accepting == std::vector<bool>{false, false, true});
    CHECK(*machine.move(1, 1) == Move{1, 2, -1});
    CHECK(accept_time(normal_form(machine), *input, 100) == 2 * 4 + 3 + 4 + 1 + 3);
    CHECK_THROWS_WITH(parse_yaml_machine("blank: ' '\nstart state: a\ntable:\n  a:\n    1: X\n", "m.yaml", {}),
                      Catch::Contains("m.yaml:line 5") && Catch::Contains("L or R"));
    CHECK_THROWS_WITH(parse_yaml_machine("blank: [", "m.yaml", {}), Catch::Contains("m.yaml"));
    CHECK_THROWS_WITH(parse_yaml_machine("blank: ' '\nstart state: b\ntable:\n  a:\n", "m.yaml", {}),
                      Catch::Contains("a state of the table"));
}

TEST_CASE("A machine file that is none is refused with what was expected") {
    const std::string good =
        R"({"format":"attest/turing","version":1,"alphabet":["a"],"blank":"#","tape":["#","a"],"states":["q"],"start":"q","accept":[],"transitions":[["q","a","q","a","R"]]})";
    const auto with = [&](const std::string& from, const std::string& to) {
        std::string text = good;
        return text.replace(text.find(from), from.size(), to);
    };
    CHECK_NOTHROW(parse_turing(good));
    expect_refused(with("\"start\":\"q\"", "\"start\":\"p\""), "a state of the machine");
    expect_refused(with("[\"a\"],\"blank\"", "[\"#\"],\"blank\""), "other than the blank");
    expect_refused(with("\"states\":[\"q\"]", "\"states\":[\"q\",\"q\"]"), "none of them twice");
    expect_refused(with("\"states\":[\"q\"]", "\"states\":[\"q\",\">x\"]"), "does not begin with");
    expect_refused(with("\"R\"]]", "\"U\"]]"), "\"L\", \"R\" or \"S\"");
    expect_refused(with("\"R\"]]", "\"R\"],[\"q\",\"a\",\"q\",\"#\",\"L\"]]"), "each state and symbol once");
    expect_refused(with("\"tape\":[\"#\",\"a\"]", "\"tape\":[\"#\",\"ab\",\"a\"]"), "one character");
    expect_refused(with("\"version\":1", "\"version\":2"), "version");
    CHECK_THROWS_WITH(parse_busy_beaver("1RB1LC_1R"), Catch::Contains("row 2"));
    CHECK_THROWS_WITH(parse_busy_beaver("1XB1LC"), Catch::Contains("row 1"));
}

}  // namespace attest::machines::tests
