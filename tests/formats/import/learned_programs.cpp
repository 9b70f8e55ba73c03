#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "attest/formats/file.hpp"
#include "base/random.hpp"
#include "formats/import/learned_program.hpp"
#include "refused.hpp"
#include "seed.hpp"
#include "trials.hpp"

using namespace attest;
using namespace attest::formats::import;
using Json = nlohmann::ordered_json;

namespace {

const std::string table =
    "feature,value,F,T\n"
    "tokens,a,1.5,-2\ntokens,b,0.25,1e-05\ntokens,<s>,0,0\ntokens,</s>,0,0\ntokens,<pad>,0,0\n"
    "positions,0,0.1,0\npositions,1,0.2,0\npositions,2,0.3,0\npositions,3,0.4,-0.0\n"
    "x_outputs,\",\",1,2\nx_outputs,\"\"\"\",3,4\nm_outputs,3,5,6\nm_outputs,1,7,8\nones,_,0.5,0.25\nc_outputs,_,1,-"
    "1\n";

const std::string program = R"(import numpy as np
import pandas as pd


def run(tokens):
    # classifier weights ####
    classifier_weights = pd.read_csv(
        "programs/p_weights.csv",
        index_col=[0, 1],
        dtype={"feature": str},
    )
    token_scores = classifier_weights.loc[[("tokens", str(v)) for v in tokens]]

    positions = list(range(len(tokens)))
    ones = [1 for _ in range(len(tokens))]
    one_scores = classifier_weights.loc[[("ones", "_") for v in ones]].mul(ones, axis=0)

    def predicate_0_0(q_token, k_position):
        if q_token in {"a", "0"}:
            return k_position == 1
        elif q_token in {"b", "a"}:
            return k_position == 2

    x_pattern = select_closest(positions, tokens, predicate_0_0)
    x_outputs = aggregate(x_pattern, tokens)
    x_scores = classifier_weights.loc[
        [("x_outputs", str(v)) for v in x_outputs]
    ]

    def num_predicate_0_0(q_position, k_token):
        if q_position in {0}:
            return k_token == "a"

    c_pattern = select(tokens, positions, num_predicate_0_0)
    c_outputs = aggregate_sum(c_pattern, ones)
    c_scores = classifier_weights.loc[[("c_outputs", "_") for v in c_outputs]].mul(
        c_outputs, axis=0
    )

    def mlp_0_0(position, x_output):
        key = (position, x_output)
        if key in {(1, "a"), (2, "b")}:
            return 3
        elif key in {
            (1, "a"),
            (3, "a"),
        }:
            return 5
        return 1

    m_outputs = [mlp_0_0(k0, k1) for k0, k1 in zip(positions, x_outputs)]
    m_scores = classifier_weights.loc[[("m_outputs", str(v)) for v in m_outputs]]

    def num_mlp_0_0(c_output):
        key = c_output
        return 4

    unused = [num_mlp_0_0(k0) for k0 in c_outputs]

    feature_logits = pd.concat(
        [
            df.reset_index()
            for df in [
                token_scores,
                x_scores,
                m_scores,
                one_scores,
                c_scores,
            ]
        ]
    )
    logits = feature_logits.groupby(level=0).sum(numeric_only=True).to_numpy()
    classes = classifier_weights.columns.to_numpy()
    predictions = classes[logits.argmax(-1)]
    if tokens[0] == "<s>":
        predictions[0] = "<s>"
    if tokens[-1] == "</s>":
        predictions[-1] = "</s>"
    return predictions.tolist()


examples = [(["<s>", "a"], ["<pad>", "T"])]
for x, y in examples:
    print(f"x: {x}")
)";

std::string changed(std::string text, const std::string& from, const std::string& to) {
    INFO(from);
    REQUIRE(text.find(from) != std::string::npos);
    return text.replace(text.find(from), from.size(), to);
}
std::string refusal(const std::string& from, const std::string& to) {
    return attest::tests::refused([&] { (void)read_learned_program(changed(program, from, to), "p.py"); });
}
std::string table_refusal(const std::string& from, const std::string& to) {
    return attest::tests::refused([&] { (void)read_learned_weights(changed(table, from, to), "w.csv"); });
}

/// One head over two letters, which brings a token, and the table that it needs.
struct OneHead {
    LearnedProgram program;
    LearnedWeights weights;
    static constexpr std::int64_t positions = 6;

    OneHead(base::Random& random, bool causal) {
        program.causal = causal;
        LearnedVariable head;
        head.kind = LearnedVariable::Kind::closest;
        head.name = "x";
        head.query = random.below(3) == 0 ? "positions" : "tokens";
        head.key = random.below(3) == 0 ? "positions" : "tokens";
        head.value = random.below(2) == 0 ? "positions" : "tokens";
        for (const Literal& query : values(head.query)) {
            const std::vector<Literal> keys = values(head.key);
            if (random.below(5) != 0) head.pairs.emplace_back(query, keys[random.below(keys.size())]);
        }
        program.variables = {head};
        program.scores = {{"x", false}};
        weights.classes = {"F", "T"};
        for (const char* name : {"tokens", "positions"})
            for (const Literal& value : values(name)) weights.rows.push_back({name, value.text, {"0", "1"}});
        for (const Literal& value : values(head.value)) weights.rows.push_back({"x", value.text, {"0", "1"}});
    }

    static std::vector<Literal> values(const std::string& name) {
        if (name == "tokens") return {{true, "<s>"}, {true, "a"}, {true, "b"}};
        std::vector<Literal> all;
        for (std::int64_t p = 0; p < positions; ++p) all.push_back({false, std::to_string(p)});
        return all;
    }

    /// The position that the network takes, by its scores: the bias of models/programs.py, of equal ones the first.
    std::size_t taken(const std::vector<std::string>& sequence, std::size_t i) const {
        const LearnedVariable& head = program.variables[0];
        const auto at = [&](const std::string& name, std::size_t p) {
            return name == "tokens" ? Literal{true, sequence[p]} : Literal{false, std::to_string(p)};
        };
        std::optional<std::size_t> best;
        exact::Rational greatest;
        for (std::size_t j = 0; j < sequence.size(); ++j) {
            const std::pair<Literal, Literal> pair{at(head.query, i), at(head.key, j)};
            const bool matches = std::find(head.pairs.begin(), head.pairs.end(), pair) != head.pairs.end();
            if (!matches || (program.causal && j > i)) continue;
            exact::Rational bias = -2;
            if (j > i) bias = exact::Rational(-static_cast<long>(j - i - 1), positions - 2);
            if (j < i) bias = exact::Rational(-static_cast<long>(i - j - 1), positions - 1);
            bias.canonicalize();
            if (!best || bias > greatest) greatest = bias, best = j;
        }
        return best.value_or(0);
    }
};

}  // namespace

TEST_CASE("learned programs: what is accepted is told, and is one of the classes") {
    const std::uint64_t seed = attest::tests::seed();
    INFO("ATTEST_TEST_SEED=" << seed);
    base::Random random(seed);
    std::size_t accepted = 0, rejected = 0;
    for (int trial = 0; trial < 20; ++trial) {
        OneHead one(random, trial % 2 == 0);
        for (auto& row : one.weights.rows) row.numbers = {std::to_string(random.below(3)), "1"};
        const auto accepting = [&](const std::string& accept) {
            const std::string text = write_learned_program(one.program, one.weights, "p", "w.csv", {.accept = accept});
            return formats::parse_program(text, "p.json");
        };
        const network::Program without = accepting(""), with = accepting("T");
        CHECK(without.output.accept.empty());
        CHECK(with.output.accept == std::vector<std::string>{"T"});
        for (std::int64_t length = 1; length < OneHead::positions; ++length) {
            language::Word word(static_cast<std::size_t>(length), 0);
            do {
                const std::vector<std::string> answers = network::answers(with, word);
                REQUIRE(answers == network::answers(without, word));
                REQUIRE(network::accepts(with, answers) == (answers.back() == "T"));
                ++(answers.back() == "T" ? accepted : rejected);
            } while (language::next_word(word, language::Alphabet(with.alphabet)));
        }
        CHECK_THROWS_WITH(accepting("F,U"), "--accept: expected a class (F, T), found \"U\"");
        CHECK_THROWS_WITH(accepting("F,T"), "--accept: expected some of the classes, found all");
    }
    CHECK(accepted > 0);
    CHECK(rejected > 0);
}

TEST_CASE("learned programs: heads as the network chooses, by its own scores") {
    const std::uint64_t seed = attest::tests::seed();
    INFO("ATTEST_TEST_SEED=" << seed);
    base::Random random(seed);
    std::size_t differ = 0;
    for (std::uint64_t trial = 0; trial < attest::tests::trials(200); ++trial) {
        const OneHead one(random, trial % 2 == 0);
        const std::string text = write_learned_program(one.program, one.weights, "p", "w.csv", {Closest::network});
        CAPTURE(trial, text);
        const network::Program program = formats::parse_program(text, "p.json");
        const network::Program as_written =
            formats::parse_program(write_learned_program(one.program, one.weights, "p", "w.csv"), "q.json");
        for (std::int64_t length = 0; length < OneHead::positions; ++length) {
            language::Word word(static_cast<std::size_t>(length), 0);
            do {
                network::ProgramTrace trace, python;
                (void)network::answers(program, word, &trace);
                (void)network::answers(as_written, word, &python);
                const std::vector<std::string> sequence = program.sequence(word);
                for (std::size_t i = 0; i < sequence.size(); ++i) {
                    const std::size_t j = one.taken(sequence, i);
                    const bool tokens = one.program.variables[0].value == "tokens";
                    REQUIRE(network::text_of(trace.values.back()[i]) == (tokens ? sequence[j] : std::to_string(j)));
                }
                if (python.values.back() != trace.values.back()) ++differ;
            } while (language::next_word(word, program.alphabet));
        }
    }
    CHECK(differ > 0);
}

TEST_CASE("learned programs: what the Python says, as attest/program with the digits of its table") {
    const LearnedProgram read = read_learned_program(program, "p.py");
    CHECK(read.weights == "programs/p_weights.csv");
    const std::string text = write_learned_program(read, read_learned_weights(table, "w.csv"), "p", "w.csv");
    CHECK(Json::parse(text) == Json::parse(R"({
        "format": "attest/program", "version": 1, "name": "p", "alphabet": ["a", "b"], "begin": "<s>", "end": "</s>",
        "lengths": [0, 2],
        "variables": [
            {"name": "tokens", "input": "symbol"}, {"name": "positions", "input": "position", "first": 0},
            {"name": "ones", "constant": 1},
            {"name": "x_outputs", "attend": {"query": "tokens", "key": "positions", "pairs": [["a", 1], ["0", 1], ["b", 2]],
                "mask": "none", "take": "nearest", "value": "tokens", "none": "first"}},
            {"name": "c_outputs", "attend": {"query": "positions", "key": "tokens", "pairs": [[0, "a"]],
                "mask": "none", "take": "sum", "value": "ones", "none": 0}},
            {"name": "m_outputs", "map": {"of": ["positions", "x_outputs"],
                "table": [[[1, "a"], 3], [[2, "b"], 3], [[3, "a"], 5]], "otherwise": 1}},
            {"name": "unused", "map": {"of": ["c_outputs"], "table": [], "otherwise": 4}}],
        "output": {"positions": "word", "classes": ["F", "T"], "tie": "first", "scores": [
            {"of": "tokens", "weights": {"a": [1.5, -2], "b": [0.25, 1e-05], "<s>": [0, 0], "</s>": [0, 0], "<pad>": [0, 0]}},
            {"of": "x_outputs", "weights": {",": [1, 2], "\"": [3, 4]}},
            {"of": "m_outputs", "weights": {"3": [5, 6], "1": [7, 8]}},
            {"times": "ones", "weights": [0.5, 0.25]}, {"times": "c_outputs", "weights": [1, -1]}]}})"));
    CHECK(text.find("1e-05") != std::string::npos);
    CHECK(text.find("-0.0") == std::string::npos);  // of positions, which are not scored
}

TEST_CASE("learned programs: anything that the decompiler does not write is refused by line and column") {
    CHECK(refusal("import numpy as np", "import os; os.system('x')")
              .starts_with("p.py:line 1, column 10: expected 'as', found \";\""));
    CHECK(refusal("def run", "def select(a, b, c):\n    return a\n\n\ndef run") ==
          "p.py:line 5, column 5: expected a function that the decompiler writes (select_closest, select, aggregate, "
          "aggregate_sum), as it does, found another: \"select\"");
    CHECK(refusal("    # classifier", "    print(tokens)\n    # classifier") ==
          "p.py:line 6, column 10: expected '=', found \"(\"");
    CHECK(refusal("return k_position == 1", "return k_position != 1") ==
          "p.py:line 20, column 31: expected '==', found \"!\"");
    CHECK(refusal("            return k_position == 1", "        return k_position == 1") ==
          "p.py:line 20, column 9: expected a line that is indented by 12, found one indented by 8");
    CHECK(refusal("return k_position == 1", "return q_token == 1") ==
          "p.py:line 20, column 20: expected 'k_position', found \"q_token\"");
    CHECK(refusal("return 3", "return -3") ==
          "p.py:line 43, column 20: expected a whole number of at most nine digits, found \"-\"");
    CHECK(refusal("return 3", "return 03").find("a whole number of at most nine digits") != std::string::npos);
    CHECK(refusal("        return 1\n", "").find("expected a line that is indented by 8") != std::string::npos);
    CHECK(refusal("aggregate(x_pattern", "aggregate(y_pattern") ==
          "p.py:line 25, column 27: expected a pattern that is defined above, found \"y_pattern\"");
    CHECK(refusal("aggregate(x_pattern", "aggregate_sum(x_pattern")
              .find("expected a pattern of select, found the other kind") != std::string::npos);
    CHECK(refusal("zip(positions, x_outputs)", "zip(positions, y)").find("expected a variable that is defined above") !=
          std::string::npos);
    CHECK(refusal("(\"x_outputs\", str(v))", "(\"m_outputs\", str(v))")
              .find("expected the weights of \"x_outputs\", found") != std::string::npos);
    CHECK(refusal("    x_outputs = aggregate", "    tokens = aggregate")
              .find("expected a new name, found \"tokens\" again") != std::string::npos);
    CHECK(refusal("logits.argmax(-1)", "logits.argmin(-1)").find("expected 'argmax', found \"argmin\"") !=
          std::string::npos);
    CHECK(refusal("examples = ", "import os\nexamples = ").find("expected examples, or the end of the file") !=
          std::string::npos);
    CHECK(refusal("\"programs/p_weights.csv\"", "\"programs\\x\"").find("after a backslash") != std::string::npos);
    CHECK(refusal("\"programs/p_weights.csv\"", "\"programs").find("found the end of the line") != std::string::npos);
    for (std::size_t length = 0; length < program.find("examples"); length += 7) {
        const std::string message =
            attest::tests::refused([&] { (void)read_learned_program(program.substr(0, length), "p.py"); });
        CAPTURE(length, message);
        CHECK((message.starts_with("p.py:line ") || program.substr(length, 20).find("\n\n") < 3));
    }
}

TEST_CASE("learned programs: tables of weights are refused by line") {
    CHECK(table_refusal("feature,value", "feature,row") ==
          "w.csv:line 1: expected feature,value and the names of at least two classes, found \"feature,row,F,T\"");
    CHECK(table_refusal("F,T", "F,F") == "w.csv:line 1: expected classes that are distinct, found one twice");
    CHECK(table_refusal("1.5,-2", "1.5") == "w.csv:line 2: expected 4 fields, found 3");
    for (const char* number : {"nan", ".5", "1.", "-", "01", "1e", "inf", "0x1", "+1", ""})
        CHECK(table_refusal("1.5", number).starts_with("w.csv:line 2: expected a decimal, found "));
    CHECK(table_refusal("tokens,b", "tokens,a") ==
          "w.csv:line 3: expected one row for each variable and value, found \"a\" of \"tokens\" again");
    CHECK(table_refusal("\",\"", "\",") ==
          "w.csv:line 11: expected a closing quotation mark, found the end of the line");
    CHECK(attest::tests::refused([] { (void)read_learned_weights("", "w.csv"); }) ==
          "w.csv: expected a table of weights, found an empty file");
    const LearnedProgram read = read_learned_program(program, "p.py");
    const auto missing = [&](const std::string& from, const std::string& to) {
        return attest::tests::refused([&] {
            (void)write_learned_program(read, read_learned_weights(changed(table, from, to), "w.csv"), "p", "w.csv");
        });
    };
    CHECK(missing("c_outputs,_", "d_outputs,_") == "w.csv: expected one row \"_\" of \"c_outputs\", found none");
    CHECK(missing("ones,_", "ones,1") == "w.csv: expected one row \"_\" of \"ones\", found others");
}
