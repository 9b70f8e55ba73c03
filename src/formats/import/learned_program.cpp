#include "learned_program.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>

#include "attest/base/error.hpp"
#include "base/digest.hpp"
#include "base/quote.hpp"
#include "python_tokens.hpp"

namespace attest::formats::import {

namespace {

using Piece = PythonToken::Kind;

/// The functions before `run` are always the same, or the same for causal programs: known by what they digest to.
struct Helper {
    std::string_view name;
    std::string_view digest;  ///< of its tokens after the name
    std::optional<bool> causal;
};

constexpr auto helpers = std::to_array<Helper>({
    {"aggregate", "3a39ad372407eae98dbff81c34358898034cfae6a67855e72a6a2b834495073a", std::nullopt},
    {"aggregate_sum", "c1ff34f322cb0714cebab3b6fe20252846cf7ab4915aaf546c508bf1aea0a6d2", std::nullopt},
    {"select", "c6e794735f4607a6d8fa6a48b88534a4b4a2f24a8a5a631ab23c324c515ec598", false},
    {"select", "6f34ee6b3ad22849aaeba71fe3af2ef26e580a6e0e1964cec396cc7101ab6276", true},
    {"select_closest", "12d12c2f9725863b50389583f1b43e77ebe90751a2d7e28f80ff959cf9b70340", false},
    {"select_closest", "038671d558d8ed9ba4d4bbd6725126ba48d39c33c0c9c2884d0553894cd5999d", true},
});

using Predicate = std::vector<std::pair<Literal, Literal>>;

/// A nested function: a predicate of a query and a key, or a table of one or two variables.
struct Function {
    bool is_predicate = false;
    std::size_t inputs = 0;
    Predicate pairs;
    std::vector<std::pair<std::vector<Literal>, std::string>> table;
    std::string otherwise;
};

class Reader {
  public:
    Reader(std::string_view text, const std::string& file) : in_(text, file) {}

    LearnedProgram read() {
        while (in_.token().is("import")) read_import();
        while (in_.token().is("def")) {
            in_.expect_depth(0);
            in_.take();
            const PythonToken name = in_.token();
            if (in_.expect_name() == "run") break;
            read_helper(name);
        }
        in_.expect("(tokens):");
        read_body();
        in_.expect_depth(0);
        if (!in_.token().is("examples") && in_.token().kind != Piece::end) in_.fail("examples, or the end of the file");
        return std::move(program_);
    }

  private:
    void read_import() {
        in_.take();
        in_.expect_name();
        in_.expect("as");
        in_.expect_name();
    }

    void read_helper(const PythonToken& name) {
        const std::string digest = base::sha256(in_.rest_of_function());
        for (const Helper& helper : helpers) {
            if (helper.name != name.text || helper.digest != digest) continue;
            if (!helper.causal) return;
            if (causal_ && *causal_ != *helper.causal)
                in_.fail_at(name, "functions that all see the whole word or all its beginning", "both");
            causal_ = helper.causal;
            program_.causal = *helper.causal;
            program_.says_what_it_sees = true;
            return;
        }
        in_.fail_at(name,
                    "a function that the decompiler writes (select_closest, select, aggregate, aggregate_sum), as it "
                    "does",
                    "another: " + base::quoted(name.text, 40));
    }

    void read_body() {
        for (;;) {
            in_.expect_depth(1);
            if (in_.take_if("def")) {
                read_function();
                continue;
            }
            const PythonToken name = in_.token();
            in_.expect_name("def, or a name");
            if (name.text == "feature_logits") return read_end();
            in_.expect("=");
            statement(name);
        }
    }

    void statement(const PythonToken& name) {
        if (name.text == "classifier_weights") return read_weights();
        if (name.text == "positions") return in_.expect("list(range(len(tokens)))"), add_variable(name);
        if (name.text == "ones") return in_.expect("[1 for _ in range(len(tokens))]"), add_variable(name);
        if (in_.take_if("[")) return read_map(name);
        const PythonToken function = in_.token();
        const std::string what = in_.expect_name("an expression that the decompiler writes");
        if (what == "classifier_weights") return read_score(name);
        if (what == "select_closest" || what == "select") return read_pattern(name, what == "select_closest");
        if (what == "aggregate" || what == "aggregate_sum") return read_attend(name, what == "aggregate");
        in_.fail_at(function, "select_closest, select, aggregate, aggregate_sum, classifier_weights or a list",
                    base::quoted(what, 40));
    }

    void read_weights() {
        in_.expect("pd.read_csv(");
        program_.weights = in_.expect_text();
        in_.expect(", index_col=[0, 1], dtype={\"feature\": str}");
        in_.take_if(",");
        in_.expect(")");
    }

    void add_variable(const PythonToken& name) {
        if (!known_.insert(name.text).second) in_.fail_at(name, "a new name", base::quoted(name.text, 40) + " again");
    }
    std::string variable() {
        const PythonToken name = in_.token();
        std::string text = in_.expect_name("a variable");
        if (!known_.contains(text)) in_.fail_at(name, "a variable that is defined above", base::quoted(text, 40));
        return text;
    }
    template <typename Map>
    const typename Map::mapped_type& defined(const Map& map, const std::string& what) {
        const PythonToken name = in_.token();
        const auto found = map.find(in_.expect_name(what));
        if (found == map.end()) in_.fail_at(name, what + " that is defined above", base::quoted(name.text, 40));
        return found->second;
    }

    // Functions.

    void read_function() {
        const PythonToken name = in_.token();
        in_.expect_name();
        Function function;
        std::vector<std::string> inputs;
        in_.expect("(");
        do inputs.push_back(in_.expect_name());
        while (inputs.size() < 2 && in_.take_if(","));
        in_.expect("):");
        function.inputs = inputs.size();
        in_.expect_depth(2);
        function.is_predicate = !in_.token().is("key");
        if (function.is_predicate) read_predicate(inputs, function);
        else read_table(inputs, function);
        if (!functions_.emplace(name.text, std::move(function)).second)
            in_.fail_at(name, "a new name", base::quoted(name.text, 40) + " again");
    }

    /// `if NAME in {…}:`, or elif after the first; false where the chain ends.
    bool read_condition(const std::string& name, bool first) {
        if (!in_.is_at_depth(2) || !in_.take_if(first ? "if" : "elif")) return false;
        in_.expect(name);
        in_.expect("in {");
        return true;
    }

    void read_predicate(const std::vector<std::string>& inputs, Function& function) {
        if (inputs.size() != 2) in_.fail("key");
        std::set<Literal> met;
        bool first = true;
        while (read_condition(inputs[0], first)) {
            first = false;
            std::vector<Literal> members;
            do members.push_back(literal());
            while (in_.take_if(",") && !in_.token().is("}"));
            in_.expect("}:");
            in_.expect_depth(3);
            in_.expect("return");
            in_.expect(inputs[1]);
            in_.expect("==");
            const Literal key = literal();
            for (Literal& member : members)
                if (met.insert(member).second) function.pairs.emplace_back(std::move(member), key);
        }
        if (first) in_.fail("if or key");
    }

    void read_table(const std::vector<std::string>& inputs, Function& function) {
        in_.expect("key =");
        const bool bracket = in_.take_if("(");
        if (inputs.size() == 2 && !bracket) in_.fail("'('");
        in_.expect(inputs[0]);
        if (inputs.size() == 2) {
            in_.expect(",");
            in_.expect(inputs[1]);
        }
        if (bracket) in_.expect(")");
        in_.expect_depth(2);
        std::set<std::vector<Literal>> met;
        bool first = true;
        while (read_condition("key", first)) {
            first = false;
            std::vector<std::vector<Literal>> members;
            do members.push_back(key(inputs.size()));
            while (in_.take_if(",") && !in_.token().is("}"));
            in_.expect("}:");
            in_.expect_depth(3);
            in_.expect("return");
            const std::string value = in_.expect_integer();
            for (auto& member : members)
                if (met.insert(member).second) function.table.emplace_back(std::move(member), value);
        }
        in_.expect_depth(2);
        in_.expect("return");
        function.otherwise = in_.expect_integer();
    }

    std::vector<Literal> key(std::size_t inputs) {
        if (inputs == 1) return {literal()};
        in_.expect("(");
        std::vector<Literal> both = {literal()};
        in_.expect(",");
        both.push_back(literal());
        in_.expect(")");
        return both;
    }

    Literal literal() {
        if (in_.token().kind == Piece::text) return {true, in_.take().text};
        if (in_.token().kind != Piece::integer) in_.fail("a text in quotation marks or a whole number");
        return {false, in_.expect_integer()};
    }

    // Variables.

    void read_pattern(const PythonToken& name, bool closest) {
        LearnedVariable pattern;
        pattern.kind = closest ? LearnedVariable::Kind::closest : LearnedVariable::Kind::sum;
        in_.expect("(");
        pattern.key = variable();
        in_.expect(",");
        pattern.query = variable();
        in_.expect(",");
        const PythonToken place = in_.token();
        const Function& predicate = defined(functions_, "a predicate");
        if (!predicate.is_predicate) in_.fail_at(place, "a predicate", "a table");
        pattern.pairs = predicate.pairs;
        in_.take_if(",");
        in_.expect(")");
        patterns_[name.text] = std::move(pattern);
    }

    void read_attend(const PythonToken& name, bool closest) {
        in_.expect("(");
        const PythonToken place = in_.token();
        LearnedVariable made = defined(patterns_, "a pattern");
        if ((made.kind == LearnedVariable::Kind::closest) != closest)
            in_.fail_at(place, closest ? "a pattern of select_closest" : "a pattern of select", "the other kind");
        in_.expect(",");
        made.value = variable();
        in_.take_if(",");
        in_.expect(")");
        add(name, std::move(made));
    }

    void read_map(const PythonToken& name) {
        LearnedVariable made;
        const PythonToken place = in_.token();
        const Function& function = defined(functions_, "a table");
        if (function.is_predicate) in_.fail_at(place, "a table", "a predicate");
        made.table = function.table;
        made.otherwise = function.otherwise;
        if (function.inputs == 1) {
            in_.expect("(k0) for k0 in");
            made.of = {variable()};
        } else {
            in_.expect("(k0, k1) for k0, k1 in zip(");
            made.of.push_back(variable());
            in_.expect(",");
            made.of.push_back(variable());
            in_.take_if(",");
            in_.expect(")");
        }
        in_.expect("]");
        add(name, std::move(made));
    }

    void add(const PythonToken& name, LearnedVariable made) {
        add_variable(name);
        made.name = name.text;
        program_.variables.push_back(std::move(made));
    }

    // Scores.

    void read_score(const PythonToken& name) {
        in_.expect(".loc[[(");
        const PythonToken place = in_.token();
        const std::string feature = in_.expect_text();
        in_.expect(",");
        const bool counts = in_.token().kind == Piece::text;
        in_.expect(counts ? "\"_\") for v in" : "str(v)) for v in");
        const std::string of = variable();
        if (of != feature) in_.fail_at(place, "the weights of " + base::quoted(of, 40), base::quoted(feature, 40));
        in_.expect("]]");
        if (counts) {
            in_.expect(".mul(");
            in_.expect(of);
            in_.expect(", axis=0)");
        }
        scores_[name.text] = {feature, counts};
    }

    void read_end() {
        in_.expect("= pd.concat([df.reset_index() for df in [");
        do program_.scores.push_back(defined(scores_, "scores"));
        while (in_.take_if(",") && !in_.token().is("]"));
        in_.expect("]])");
        for (const char* line :
             {"logits = feature_logits.groupby(level=0).sum(numeric_only=True).to_numpy()",
              "classes = classifier_weights.columns.to_numpy()", "predictions = classes[logits.argmax(-1)]"}) {
            in_.expect_depth(1);
            in_.expect(line);
        }
        for (const char* line : {"if tokens[0] == \"<s>\":|predictions[0] = \"<s>\"",
                                 "if tokens[-1] == \"</s>\":|predictions[-1] = \"</s>\""}) {
            const std::string_view both = line;
            in_.expect_depth(1);
            in_.expect(both.substr(0, both.find('|')));
            in_.expect_depth(2);
            in_.expect(both.substr(both.find('|') + 1));
        }
        in_.expect_depth(1);
        in_.expect("return predictions.tolist()");
        if (program_.weights.empty()) in_.fail("classifier_weights before the end");
    }

    PythonTokens in_;
    LearnedProgram program_;
    std::optional<bool> causal_;
    std::set<std::string> known_ = {"tokens"};
    std::map<std::string, Function> functions_;
    std::map<std::string, LearnedVariable> patterns_;
    std::map<std::string, std::pair<std::string, bool>> scores_;
};

}  // namespace

LearnedProgram read_learned_program(std::string_view text, const std::string& file) {
    return Reader(text, file).read();
}

}  // namespace attest::formats::import
