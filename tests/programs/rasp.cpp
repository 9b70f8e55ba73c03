#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "attest/base/file.hpp"
#include "base/random.hpp"
#include "network/program/at_length.hpp"
#include "programs/rasp/program.hpp"
#include "rasp_reference.hpp"
#include "refused.hpp"
#include "seed.hpp"
#include "trials.hpp"

using namespace attest;
using namespace attest::programs;
using attest::tests::RaspReference;

namespace {

rasp::Program read(const std::string& text, const std::string& output = "") {
    return rasp::evaluate(text, "p.rasp", output,
                          [](const std::string& path) -> std::string {
                              if (path == "other.rasp") return "_hidden = indices + 1; twice = 2 * _hidden;";
                              throw base::InputError(path, "a file", "none");
                          },
                          {});
}

network::Program made(const std::string& text, const std::vector<std::string>& alphabet,
                      std::pair<std::int64_t, std::int64_t> lengths, const std::string& output = "") {
    const rasp::Program program = read(text, output);
    return rasp::lower(program.graph, program.output, {alphabet, {}, {}, lengths, {}}, {}, "p").program;
}

/// The answers on a word of characters.
std::string on(const network::Program& program, const std::string& word) {
    language::Word symbols;
    for (const char c : word) symbols.push_back(*program.alphabet.find(std::string(1, c)));
    return fmt::format("{}", fmt::join(network::answers(program, symbols), " "));
}

/// What a constant expression is.
std::string value_of(const std::string& expression) {
    const network::Program program =
        made(fmt::format("e = {}; y = e if indices == 0 else e;", expression), {"a"}, {1, 1});
    return network::answers(program, {0})[0];
}

std::string refusal(const std::string& text) {
    return attest::tests::refused([&] { (void)read(text); });
}

// The paper's algorithms, in our words.
const std::string examples = R"---(
def width_after_first(sel) {                  # the first position is no part of the word
    all = sel or select(indices, 0, ==);
    return round(1 / aggregate(all, indicator(indices == 0))) - 1;
}
hist = selector_width(select(tokens, tokens, ==));
hist_after = width_after_first(select(tokens, tokens, ==));
def seen_before() {
    return width_after_first(select(tokens, tokens, ==) and select(indices, indices, <)) > 0;
}
double_hist = width_after_first(select(hist_after, hist_after, ==) and select(seen_before(), False, ==));
mirrored = aggregate(select(indices, length - 1 - indices, ==), tokens);
def sorted_after(what, by) {
    before = select(by, by, <) or (select(by, by, ==) and select(indices, indices, <));
    place = -1 if indices == 0 else width_after_first(before);
    from = select(place, indices - 1, ==) or (select(indices, 0, ==) and select(indices, indices, ==));
    return aggregate(from, what);
}
ordered = sorted_after(tokens, tokens);
most_frequent = sorted_after("§" if seen_before() else tokens, (indicator(seen_before()) * 300) - hist_after);
def prefix_mean(seq) { return aggregate(select(indices, indices, <=), seq); }
def brackets(pairs) {
    opens, closes = [p[0] for p in pairs], [p[1] for p in pairs];
    is_open, is_close = indicator(tokens in opens), indicator(tokens in closes);
    depth = round((indices + 1) * prefix_mean(is_open)) - round((indices + 1) * prefix_mean(is_close));
    inner = depth + is_close;
    turn = selector_width(select(inner, inner, ==) and select(indices, indices, <=));
    partner = select(is_open, True, ==) and select(inner, inner, ==) and select(turn, turn - 1, ==);
    fits = aggregate(partner, tokens, "-") + tokens in pairs;
    wrong = prefix_mean(indicator(is_close and not fits or (depth < 0))) > 0;
    return "F" if wrong else ("T" if depth == 0 else "P");
}
one_kind = brackets(["()"]);
two_kinds = brackets(["()", "{}"]);
)---";

}  // namespace

TEST_CASE("RASP: the paper's programs give what its interpreter gave") {
    const auto run = [](const std::string& output, std::vector<std::string> alphabet, const std::string& word) {
        const auto length = static_cast<std::int64_t>(word.size());
        return on(made(examples, alphabet, {length, length}, output), word);
    };
    CHECK(run("hist", {"a", "b", "c", "d"}, "aabcd") == "2 2 1 1 1");
    CHECK(run("mirrored", {"a", "b", "c"}, "abc") == "c b a");
    CHECK(run("one_kind", {"(", ")"}, "(())()") == "P P P T P T");
    CHECK(run("one_kind", {"(", ")"}, "())(") == "P T F F");
    CHECK(run("two_kinds", {"(", ")", "{", "}"}, "{(})(") == "P P F F F");
    CHECK(run("two_kinds", {"(", ")", "{", "}"}, "({})(") == "P P P T P");

    // With a symbol before the word.
    const auto after = [](const std::string& output, std::vector<std::string> alphabet, const std::string& word) {
        const rasp::Program program = read(examples, output);
        const auto length = static_cast<std::int64_t>(word.size());
        const rasp::Frame frame{std::move(alphabet), "§", {}, {length, length}, {}};
        return on(rasp::lower(program.graph, program.output, frame, {}, "p").program, word);
    };
    CHECK(after("double_hist", {"a", "b", "c", "d"}, "aabbcd") == "2 2 2 2 2 2");
    CHECK(after("ordered", {"a", "b", "c"}, "cab") == "a b c");
    CHECK(after("most_frequent", {"a", "b", "c"}, "abbccc") == "c b a § § §");
}

TEST_CASE("RASP: operators bind as the reference has them, which surprises") {
    CHECK(value_of("not 1==2") == "F");
    CHECK(value_of("-2^2") == "4");
    CHECK(value_of("2^3^2") == "64");
    CHECK(value_of("1<2<3") == "T");
    CHECK(value_of("3>2>1") == "F");
    CHECK(value_of("round(0.5)") == "0");
    CHECK(value_of("round(1.5)") == "2");
    CHECK(value_of("round(2.5)") == "2");
    CHECK(value_of("round(-0.5)") == "0");
    CHECK(value_of("round(-1.5)") == "-2");
    CHECK(value_of("7/2") == "7/2");
    CHECK(value_of("-7%3") == "2");
    CHECK(value_of("7%(-3)") == "-2");
    CHECK(value_of("2*3%4") == "2");
    CHECK(value_of("2^-1") == "1/2");
    CHECK(value_of("2^-1^2") == "1/4");
    CHECK(value_of("2+3*4-5") == "9");
    CHECK(value_of("1 or 0 and 0") == "0");
    CHECK(value_of("1 if 0 else 2 if 1 else 3") == "2");
    CHECK(value_of("1 if 1 else 2 if 0 else 3") == "3");
    CHECK(value_of("1 in [1,2] ") == "T");
    CHECK(value_of("3 if 1 else 0 in [3]") == "T");
    CHECK(value_of("not 2 in [0]") == "T");
    CHECK(value_of("\"a\"+\"b\"") == "ab");
    CHECK(value_of("\"abc\"[1]") == "b");
    CHECK(value_of("\"abc\"[-1]") == "c");
    CHECK(value_of("0.1+0.2") == "3/10");
    CHECK(value_of("007") == "7");
}

TEST_CASE("RASP: functions, lists, dictionaries and loops are computed before there is a word") {
    const std::string program =
        "def fact(n) { return 1 if n == 0 else n * fact(n - 1); }\n"
        "def two(x) { return x, x + 1; }\n"
        "a, b = two(10);\n"
        "sum = 0;\n"
        "for i, j in zip(range(3), [1, 2, 3]) { sum = sum + i * j; }  # 0 + 2 + 6\n"
        "squares = {i: i ^ 2 for i in range(4)};\n"
        "for k in squares { sum = sum + k; }\n"
        "names = [\"x\", \"y\"] + [\"z\"];\n"
        "def adder(n) { def add(x) { return x + n; } return add; }\n"
        "plus = adder(100);\n"
        "value = fact(5) + a + b + sum + squares[3] + len(names) + plus(1);\n"
        "out1 = indices + value;\n";
    const network::Program p = made(program, {"a", "b"}, {1, 3});
    CHECK(on(p, "ab") == fmt::format("{} {}", 120 + 10 + 11 + 14 + 9 + 3 + 101, 120 + 10 + 11 + 14 + 9 + 3 + 101 + 1));
    CHECK(on(made("d = {\"a\": 1, \"b\": 5}; x = d[tokens] + [10, 20, 30][indices];", {"a", "b"}, {1, 3}), "bab") ==
          "15 21 35");
    CHECK(on(made("x = tokens[1] + tokens[-1];", {"a", "b"}, {2, 3}), "abb") == "bb bb bb");
    CHECK(on(made("x = \"a\" in tokens;", {"a", "b"}, {1, 3}), "bb") == "F F");
    CHECK(on(made("x = \"a\" in tokens;", {"a", "b"}, {1, 3}), "bba") == "T T T");
    CHECK(on(made("load \"other\"; x = twice + 1;", {"a"}, {1, 2}), "aa") == "3 5");
    CHECK(on(made("x = tokens_int * 2;", {"1", "7"}, {1, 2}), "71") == "14 2");
    CHECK(on(made("tokens = tokens_int; x = tokens + indices;", {"1", "7"}, {1, 2}), "71") == "7 2");
}

TEST_CASE("RASP: the library that every program has") {
    const std::vector<std::string> ab = {"a", "b", "c"};
    CHECK(on(made("x = count(tokens, \"a\");", ab, {1, 4}), "abac") == "2 2 2 2");
    CHECK(on(made("x = contains(tokens, \"c\");", ab, {1, 4}), "aba") == "F F F");
    CHECK(on(made("x = shift(tokens, 1, \"-\");", ab, {1, 4}), "abc") == "- a b");
    CHECK(on(made("x = sort(tokens, -indices);", ab, {3, 3}), "abc") == "c b a");
    CHECK(on(made("x = sort(tokens, tokens);", ab, {4, 4}), "cbab") == "a b b c");
    CHECK(on(made("x = mark_last_instance(tokens, \"a\");", ab, {4, 4}), "abac") == "F F T F");
    CHECK(on(made("x = mark_first_instance(tokens, \"a\");", ab, {4, 4}), "baac") == "F T F F");
    CHECK(on(made("x = aggregate(select_from_last(tokens, \"a\"), indices, -1);", ab, {3, 3}), "aab") == "1 1 1");
    CHECK(on(made("x = aggregate(select_next_identical(tokens), indices, -1);", ab, {4, 4}), "abaa") == "2 -1 3 -1");
    CHECK(on(made("x = load_from_location(tokens, length - 1);", ab, {3, 3}), "abc") == "c c c");
    CHECK(on(made("x = average(indices); ", ab, {3, 3}), "abc") == "1 1 1");
    CHECK(on(made("x = max(indices, 1) + min(indices, 1); ", ab, {3, 3}), "abc") == "1 2 3");
    CHECK(on(made("x = has_focus(select(tokens, \"b\", ==));", ab, {2, 2}), "ac") == "F F");
}

namespace {

/// Statements in which anything may follow from anything, with parentheses where they are needed and where they are not.
class RandomRasp {
  public:
    explicit RandomRasp(base::Random& random) : random_(random) {}

    std::string text() {
        std::string text;
        const std::uint64_t count = 1 + random_.below(4);
        for (std::uint64_t k = 0; k < count; ++k) {
            const bool selector = k + 1 < count && random_.below(4) == 0;
            const std::string body = selector ? this->selector(2) : sop(3);
            text += fmt::format("x{} = {};\n", k, body);
            (selector ? selectors_ : sops_).push_back(fmt::format("x{}", k));
        }
        return text;
    }

  private:
    std::string pick(std::initializer_list<const char*> of) { return *(of.begin() + random_.below(of.size())); }

    std::string atom() { return pick({"0", "1", "2", "3", "\"a\"", "\"b\"", "True", "False"}); }

    std::string sop(int depth) {
        if (depth == 0 || random_.below(8) == 0) {
            if (!sops_.empty() && random_.below(2) == 0) return sops_[random_.below(sops_.size())];
            return pick({"tokens", "indices", "length", "indices", "tokens"});
        }
        switch (random_.below(9)) {
            case 0: return fmt::format("({})", sop(depth - 1));
            case 1: return pick({"-", "not ", "+"}) + sop(depth - 1);
            case 2: return fmt::format("{}({})", pick({"round", "indicator"}), sop(depth - 1));
            case 3: return fmt::format("{} if {} else {}", operand(depth - 1), sop(depth - 1), operand(depth - 1));
            case 4: return fmt::format("selector_width({})", selector(depth - 1));
            case 5:
                return fmt::format("aggregate({}, {}{})", selector(depth - 1), operand(depth - 1),
                                   random_.below(2) == 0 ? "" : ", " + atom());
            default:
                return fmt::format("{} {} {}", sop(depth - 1),
                                   pick({"+", "-", "*", "/", "%", "==", "<", ">", "<=", ">=", "and", "or"}),
                                   operand(depth - 1));
        }
    }
    std::string operand(int depth) { return random_.below(3) == 0 ? atom() : sop(depth); }

    std::string selector(int depth) {
        if (!selectors_.empty() && random_.below(4) == 0) return selectors_[random_.below(selectors_.size())];
        if (depth > 0) {
            switch (random_.below(5)) {
                case 0: return fmt::format("not {}", primitive(depth - 1));
                case 1: return fmt::format("({} and {})", selector(depth - 1), selector(depth - 1));
                case 2: return fmt::format("({} or {})", selector(depth - 1), selector(depth - 1));
                default: break;
            }
        }
        return primitive(depth);
    }
    std::string primitive(int depth) {
        // Where kinds mix, only equality has a meaning for all.
        if (random_.below(2) == 0)
            return fmt::format("select(indices, {}, {})", pick({"indices", "length", "1", "indices + 1"}),
                               pick({"<", "<=", ">", ">=", "==", "!="}));
        return fmt::format("select({}, {}, {})", operand(std::min(depth, 1)), operand(std::min(depth, 1)),
                           pick({"==", "!="}));
    }

    base::Random& random_;
    std::vector<std::string> sops_, selectors_;
};

std::string spelled(const std::vector<std::string>& texts) { return fmt::format("{}", fmt::join(texts, " ")); }

}  // namespace

TEST_CASE("RASP: random programs, evaluated by definition, as programs and with numbered values") {
    const std::uint64_t seed = attest::tests::seed();
    INFO("ATTEST_TEST_SEED=" << seed);
    base::Random random(seed);
    std::size_t compared = 0, without = 0;
    for (std::uint64_t trial = 0; trial < attest::tests::trials(400); ++trial) {
        const std::string text = RandomRasp(random).text();
        CAPTURE(trial, text);
        network::Program program;
        try {
            program = made(text, {"a", "b"}, {1, 4});
        } catch (const base::InputError&) {
            continue;  // an operation on constants that has no value
        } catch (const base::Unsupported&) {
            continue;
        }
        for (std::int64_t length = 1; length <= 4; ++length) {
            network::ProgramAtLength fast(program, length);
            language::Word word(static_cast<std::size_t>(length), 0);
            do {
                std::vector<std::string> symbols;
                for (const auto s : word) symbols.push_back(program.alphabet.symbol(s));
                const auto expected = RaspReference().run(text, symbols);
                if (!expected) {  // the interpreter stops: so may the program
                    ++without;
                    continue;
                }
                ++compared;
                CAPTURE(symbols);
                REQUIRE(spelled(network::answers(program, word)) == spelled(*expected));
                REQUIRE(fast.run(word));
                std::vector<std::string> found;
                for (const std::uint32_t answer : fast.found()) found.push_back(fast.texts()[answer]);
                REQUIRE(spelled(found) == spelled(*expected));
            } while (language::next_word(word, program.alphabet));
        }
    }
    CHECK(compared > 10 * without / 9);  // most words have values
}

TEST_CASE("RASP: mistakes are told by line and column") {
    CHECK(refusal("x = y;") == "p.rasp:line 1, column 5: expected a name that is defined above, found \"y\"");
    CHECK(refusal("x = indices +;") == "p.rasp:line 1, column 14: expected an expression, found \";\"");
    CHECK(refusal("x = (indices;") == "p.rasp:line 1, column 13: expected ')', found \";\"");
    CHECK(refusal("x = indices") == "p.rasp:line 1, column 12: expected ';', found the end of the file");
    CHECK(refusal("\n\n x = \"a;\n") ==
          "p.rasp:line 3, column 6: expected a '\"' that ends the text on its line, found none");
    CHECK(refusal("x = select(indices, 1);") == "p.rasp:line 1, column 22: expected ',', found \")\"");
    CHECK(refusal("x = select(indices, 1, =);") ==
          "p.rasp:line 1, column 24: expected one of == != < > <= >=, found \"=\"");
    CHECK(refusal("x = select (indices, 1, ==);") == "p.rasp:line 1, column 25: expected an expression, found \"==\"");
    CHECK(refusal("x = range (3);") == "p.rasp:line 1, column 5: expected 'range(', without a blank, found \"range\"");
    CHECK(refusal("indices = 3;") ==
          "p.rasp:line 1, column 1: expected a name that the language does not have, found \"indices\"");
    CHECK(refusal("sort = 3;") ==
          "p.rasp:line 1, column 1: expected a name that the language does not have, found \"sort\"");
    CHECK(refusal("def f(a) { return a; } x = f(1, 2);") ==
          "p.rasp:line 1, column 29: expected 1 argument of f, found 2");
    CHECK(refusal("def f(a) { b = a; }") == "p.rasp:line 1, column 19: expected return, found \"}\"");
    CHECK(refusal("x = 1 / 0;") ==
          "p.rasp:line 1, column 7: expected an operation that has a value, found one that has none, of 1 and 0");
    CHECK(refusal("x = aggregate(indices, indices);") ==
          "p.rasp:line 1, column 5: expected a selector, found an s-operator");
    CHECK(refusal("x = select(indices, 1, ==) and indices;") ==
          "p.rasp:line 1, column 28: expected two selectors, found an s-operator beside a selector");
    CHECK(refusal("x = select(indices, 1, ==) + 1;") ==
          "p.rasp:line 1, column 28: expected values to compute with, found a selector");
    CHECK(refusal("a, b = [1, 2, 3];") == "p.rasp:line 1, column 1: expected 2 values, found 3");
    CHECK(refusal("x = {\"a\": 1}[\"b\"];") ==
          "p.rasp:line 1, column 13: expected a key of the dictionary, found \"b\"");
    CHECK(refusal("x = [1, 2][2];") == "p.rasp:line 1, column 11: expected an index below 2, found 2");
    CHECK(refusal("load \"nowhere\";") ==
          "p.rasp:line 1, column 1: expected a file that can be read, found \"nowhere.rasp\"");
    CHECK(refusal("x = 3;") == "p.rasp: expected an s-operator to put out, found none");
    CHECK(refusal("#@ alphabet a a\n") ==
          "p.rasp:line 1, column 15: expected symbols that are distinct, found \"a\" twice");
    CHECK(
        refusal("#@ size 3\n") ==
        "p.rasp:line 1, column 4: expected alphabet, begin, end, lengths, output, accept or positions, found \"size\"");
}

TEST_CASE("RASP: what is said to the interpreter has no part in the function, and is told") {
    const rasp::Program program = read(
        "set example \"abc\"\nshow s-op example\nexamples off\nfull seq display on\nx = indices + 1;\n"
        "draw(x, \"ab\");\nx(\"ab\");\ny = x;\nexit\nz = nothing at all");
    CHECK(program.ignored == std::vector<std::string>{"set, line 1", "show, line 2", "examples, line 3",
                                                      "full seq display, line 4", "draw, line 6",
                                                      "an application to a word, line 7", "exit, line 9"});
    CHECK(program.output_name == "y");
}

TEST_CASE("RASP: what a file says of itself in comments") {
    const rasp::Program program = read(
        "#@ alphabet a \"bc\"\n#@ begin §\n#@ lengths 0..5\n#@ output x\n#@ accept T 1\n#@ positions last\n"
        "x = indices; y = x + 1;");
    CHECK(program.directives.alphabet == std::vector<std::string>{"a", "bc"});
    CHECK(program.directives.begin == "§");
    CHECK(program.directives.lengths == std::pair<std::int64_t, std::int64_t>{0, 5});
    CHECK(program.directives.accept == std::vector<std::string>{"T", "1"});
    CHECK(program.directives.last == true);
    CHECK(program.output_name == "x");
}

TEST_CASE("RASP: ten thousand brackets of each kind, and a function that calls itself as often") {
    constexpr int deep = 10000;
    const auto repeated = [](const std::string& text, int times) {
        std::string all;
        for (int k = 0; k < times; ++k) all += text;
        return all;
    };
    CHECK(on(made("x = indices + " + repeated("(", deep) + "1" + repeated(")", deep) + ";", {"a"}, {1, 1}), "a") ==
          "1");
    CHECK(on(made("x = indices + len(" + repeated("[", deep) + repeated("]", deep) + ");", {"a"}, {1, 1}), "a") == "1");
    CHECK(on(made("x = indices + " + repeated("-", deep) + "1;", {"a"}, {1, 1}), "a") == "1");
    const std::string nested =
        repeated("select(1, ", 200) + "1" + repeated(", ==)", 0);  // selectors are no values to compare
    CHECK(refusal("x = " + nested + ";").find("expected ','") != std::string::npos);
    CHECK(on(made("def f(n) { return 0 if n == 0 else 1 + f(n - 1); } x = indices + f(10000);", {"a"}, {1, 1}), "a") ==
          "10000");
    CHECK_THROWS_AS(read("def f(n) { return f(n); } x = f(1);"), base::Unsupported);
    CHECK_THROWS_AS(read("x = [1]; for i in range(60) { x = x + x; }"), base::Unsupported);
}

TEST_CASE("RASP: values that may be of either kind") {
    // Nothing selected is 0, also among texts; several texts have no mean.
    CHECK(on(made("x = aggregate(select(indices, indices, <), tokens);", {"a", "b"}, {1, 2}), "ab") == "0 a");
    const network::Program program = made("x = aggregate(select(tokens, \"a\", ==), tokens);", {"a", "b"}, {1, 3});
    CHECK(on(program, "bb") == "0 0");
    CHECK(on(program, "bab") == "a a a");
    CHECK_THROWS_AS(on(program, "aab"), base::InputError);
    const network::Program mixed =
        made("m = tokens if indices == 0 else indices; x = aggregate(select(tokens, \"b\", ==), m, -1);", {"a", "b"},
             {1, 3});
    CHECK(on(mixed, "aaa") == "-1 -1 -1");
    CHECK(on(mixed, "baa") == "b b b");
    CHECK(on(mixed, "aba") == "1 1 1");
    CHECK(on(mixed, "abb") == "3/2 3/2 3/2");
    CHECK_THROWS_AS(on(mixed, "bba"), base::InputError);
}
