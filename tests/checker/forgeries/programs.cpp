#include "forgery.hpp"
#include "originals.hpp"

// Programs, format attest/program, as the checker reads and evaluates them, and claims about tasks.

namespace forgeries {
namespace {

/// What the format does not allow.
Forgery shape(const char* sentence, const std::string& from, const std::string& to, const char* where) {
    return {sentence, "program", in("model.json", from, to), "question", where};
}
/// What makes another program of it, which is wrong.
Forgery meaning(const char* sentence, const std::string& from, const std::string& to, const char* where = "word \"") {
    return {sentence, "program", in("model.json", from, to), "exhaustion", where};
}

constexpr const char* number = "A JSON number is the rational that it writes";
constexpr const char* rational = "is a rational number: in lowest terms, no integer, at most 4096 characters";
constexpr const char* unequal = "a text never equals a number";
constexpr const char* symbol = "No symbol has the form p/q";
constexpr const char* lengths = "[least, greatest], the lengths of the words that the program is for";
constexpr const char* names = "with `input`, `constant`, `attend` or `map` beside the name; no name twice";
constexpr const char* before = "It refers by name to variables that stand before it";
constexpr const char* input = "`\"input\": \"symbol\"`: the symbol at the position";
constexpr const char* place =
    "`\"input\": \"position\"`: the number of the position, the first one being that of the key `first`";
constexpr const char* tuples =
    "No tuple stands in a table twice; for one that does not stand there the value is `otherwise`; without that there "
    "is none";
constexpr const char* selected =
    "From position i the position j is *selected* iff the mask allows it and [q at i, k at j] is one of the pairs";
constexpr const char* pairs = "No pair stands there twice";
constexpr const char* masks =
    "The mask is `none` (if left out), `causal` (j ≤ i), `strict` (j < i), `future` (j ≥ i) or `strict-future` (j > i)";
constexpr const char* none =
    "If S is empty the value is `none`: a value, or `\"first\"`, the value of u at the first position of the sequence";
constexpr const char* lacks = "For `sum` and `count` it may be left out and is 0 then";
constexpr const char* nearest =
    "the distance of j ≠ i is the difference, that of j = i is the number of positions in S";
constexpr const char* ends = "u at the first, at the last position of S";
constexpr const char* only = "u at the one position of S; if there are several, none";
constexpr const char* sums = "the sum, the mean of u over S; if u is a text at one of these, none";
constexpr const char* counts = "the number of positions in S; u is left out, and `none` is a value";
constexpr const char* positions =
    "with `positions` `\"word\"` (an answer at each position of the word) or `\"last\"` (one answer, at the last "
    "position of the sequence)";
constexpr const char* classes = "the classes are distinct, C ≥ 1";
constexpr const char* weights =
    "adds the numbers that stand at the spelling of u; if none stand there, the program has no answer";
constexpr const char* times = "adds u times the numbers; if u is a text, there is none";
constexpr const char* greatest = "The answer is the class of the greatest sum, of several the one listed first";
constexpr const char* accept = "it has at least one entry, of classes each once";
constexpr const char* accepts =
    "With it the program accepts a word iff its last answer is (the spelling of) one of these";

std::vector<Forgery> shapes() {
    return {
        shape("A key that this text does not name at a place is an error there", "\"lengths\"", "\"length\"",
              "unknown key \"length\""),
        shape("| `version` | 1 |", "\"version\": 1", "\"version\": 2", "model.json: version"),
        shape("distinct symbols as in version 2, at least one", "[\"0\", \"1\"],\n", "[\"0\", \"0\"],\n",
              "alphabet[1]: the symbol occurs twice"),
        shape("symbols outside the alphabet before and after the word; null or left out: none", "\"begin\": \"<s>\"",
              "\"begin\": \"1\"", "begin: the symbol is in the alphabet"),
        shape(rational, "\"-1/2\"", "\"-2/4\"", "a rational in lowest terms, no integer, was expected"),
        shape(rational, "\"-1/2\"", "\"-2/1\"", "a rational in lowest terms, no integer, was expected"),
        shape(symbol, "\"begin\": \"<s>\"", "\"begin\": \"1/2\"", "begin: a symbol of a program is no rational number"),
        shape(lengths, "[1, 4]", "[4, 1]", "lengths[1]: 1 is not between 4"),
        shape(lengths, "[1, 4]", "[3, 4]", "the program is for words of 3 to 4 symbols"),
        shape(names, "\"name\": \"i\"", "\"name\": \"s\"", "variables[1].name: the name occurs twice"),
        shape(names, "\"constant\"", "\"constants\"", "variables[2]: "),
        shape(before, "\"of\": [\"e\", \"s\"]", "\"of\": [\"m\", \"s\"]",
              "of[0]: a variable before this one was expected"),
        shape(before, "\"value\": \"i\"", "\"value\": \"q\"", "value: a variable before this one was expected"),
        shape(input, "\"input\": \"symbol\"", "\"input\": \"symbols\"",
              "input: \"symbol\" or \"position\" was expected"),
        shape(place, "\"first\": 0", "\"first\": 0.5", "first: "),
        shape(tuples, "[[\"0\", \"</s>\"], \"no\"]", "[[\"1\", \"</s>\"], \"no\"]",
              "table[1][0]: the tuple occurs twice"),
        shape(tuples, "[[\"0\", \"</s>\"], \"no\"]", "[[\"0\"], \"no\"]", "table[1][0]: a value for each variable"),
        shape(pairs, "[\"</s>\", \"0\"]", "[\"</s>\", \"1\"]", "pairs[1]: the pair occurs twice"),
        shape(selected, "[[\"</s>\", \"1\"]]", "[[\"</s>\"]]", "pairs[0]: two values were expected"),
        shape(masks, "\"mask\": \"strict\"", "\"mask\": \"past\"", "mask: \"past\" is none of the choices"),
        shape(ends, "\"take\": \"right\"", "\"take\": \"last\"", "take: \"last\" is none of the choices"),
        shape(none, ", \"none\": \"first\"", "", "the key \"none\" is missing"),
        shape(counts, "\"take\": \"sum\"", "\"take\": \"count\"", "value: count has no value"),
        shape(counts, "\"take\": \"sum\", \"value\": \"i\"", "\"take\": \"count\", \"none\": \"first\"",
              "none: count has no value at the first position"),
        shape(positions, "\"positions\": \"last\"", "\"positions\": \"first\"",
              "positions: \"first\" is none of the choices"),
        shape(classes, "[\"R\", \"A\"]", "[\"A\", \"A\"]", "classes[1]: the class occurs twice"),
        shape(classes, "\"no\": [0, 0]", "\"no\": [0]", "weights.no: a weight for each class was expected"),
        shape("`{\"positions\": p, \"value\": u, \"accept\": [values]}`: the answer is the spelling of u", "\"tie\"",
              "\"value\": \"s\", \"tie\"", "the answer is a value"),
        shape(greatest, "\"tie\": \"first\"", "\"tie\": \"last\"", "tie: \"first\" was expected"),
        shape(accept, "[\"A\"]", "[\"B\"]", "accept[0]: it is none of the classes"),
        shape(accept, "[\"A\"]", "[]", "accept: an answer that accepts was expected"),
        shape(accept, "[\"A\"]", "[\"A\", \"A\"]", "accept[1]: it occurs twice"),
        {"the program accepts some answer, and a `refutation` is that of section 19", "program",
         in("model.json", ", \"accept\": [\"A\"]", ""), "question", "no answer of the program accepts"},
        {"name is the model file's own where that has one", "program", in("claim", "last-program", "first-program"),
         "question", "the program calls itself \"last-program\""},
        {"A claim about tables has no such key", "program",
         in("claim", "\"length\"", "\"without\": [[1, 1]], \"length\""), "question", "programs have no such parts"},
    };
}

std::vector<Forgery> meanings() {
    return {
        meaning(number, "\"1\": [0, 1]", "\"1\": [0, 0.5]"),
        meaning(unequal, "[[\"1\", \"</s>\"], 1]", "[[1, \"</s>\"], 1]"),
        meaning(input, "[[\"1\", \"</s>\"], 1], [[\"0\"", "[[\"0\", \"</s>\"], 1], [[\"1\""),
        meaning(place, "\"times\": \"c\"", "\"times\": \"i\""),
        meaning(tuples, "\"otherwise\": \"no\"",
                "\"otherwise\": \"other\"}}, {\"name\": \"w\", \"map\": {\"of\": [\"e\"], \"table\": []",
                "variable \"w\": a tuple that has no entry at position 1"),
        meaning(selected, "[\"</s>\", \"0\"]", "[\"</s>\", \"x\"]"),
        meaning(masks, "\"mask\": \"strict\"", "\"mask\": \"strict-future\""),
        meaning(none, "\"none\": \"first\"",
                "\"none\": \"first\"}}, {\"name\": \"f\", \"map\": {\"of\": [\"e\"], \"table\": [[[\"1\"], 1], "
                "[[\"0\"], 1]]",
                "variable \"f\": a tuple that has no entry at position 1"),
        meaning(lacks, "\"of\": \"m\", \"weights\": {\"1\": [0, 1], \"no\": [0, 0]}",
                "\"of\": \"k\", \"weights\": {\"1\": [0, 1], \"2\": [0, 1], \"3\": [0, 1]}",
                "output: a value without weights at position 4"),
        meaning(nearest,
                "[[\"</s>\", \"0\"], [\"</s>\", \"1\"]], \"mask\": \"strict\",\n                              "
                "\"take\": \"right\"",
                "[[\"</s>\", \"1\"], [\"</s>\", \"</s>\"]], \"take\": \"nearest\"", "word \"10\""),
        meaning(ends, "\"take\": \"right\"", "\"take\": \"left\"", "word \"01\""),
        meaning(only, "\"take\": \"right\"", "\"take\": \"only\"",
                "variable \"e\": more than one position is selected at position 4"),
        meaning(sums, "\"value\": \"i\"", "\"value\": \"s\"",
                "variable \"k\": a sum of what is no number at position 4"),
        meaning(sums, "\"of\": \"m\", \"weights\": {\"1\": [0, 1], \"no\": [0, 0]}",
                "\"of\": \"k\", \"weights\": {\"0\": [0, 0], \"1\": [0, 0], \"2\": [0, 1], \"3\": [0, 0]}",
                "word \"11\""),
        meaning(weights, "\"no\": [0, 0]", "\"yes\": [0, 0]", "output: a value without weights at position 4"),
        meaning(times, "\"times\": \"c\", \"weights\": [0, 1]", "\"times\": \"c\", \"weights\": [0, -1]"),
        meaning(times, "\"times\": \"c\"", "\"times\": \"s\"", "output: weights times what is no number"),
        meaning(greatest, "\"1\": [0, 1]", "\"1\": [0, \"1/2\"]"),
        meaning(accepts, "[\"A\"]", "[\"A\", \"R\"]"),
    };
}

constexpr const char* about = "is about a program that answers at each position of the word, for which N is a length";
constexpr const char* all = "for each word of N symbols, the answer at each position is the task's text";
constexpr const char* wrong =
    "says that there are exactly count words of N symbols on which some answer is not the task's text";
constexpr const char* evidences =
    "The evidence is `{\"kind\": \"exhaustion\", \"words\": count}`, count = |Σ|^N ≤ 2²², for `verified` and for "
    "`performance`";
constexpr const char* witness =
    "the word has N symbols, i of them at least; program(word)_i = actual; task(word)_i = expected; actual ≠ expected";
constexpr const char* defined = "`model.json` is a program; the task is defined over its alphabet";

Forgery task_of(const char* sentence, const std::string& task, const char* obligation, const char* where) {
    return {sentence, "performs", in("claim", "count:1", task), obligation, where};
}

constexpr const char* named = "L is a language of section 3, but no `table` and no `dfa:language.json`";

Forgery next_of(const char* sentence, const std::string& language, const char* obligation, const char* where) {
    return {sentence, "foresees", in("claim", "all-ones", language), obligation, where};
}

std::vector<Forgery> tasks() {
    return {
        {"`performs`: `{\"kind\", \"model\": name, \"task\": text, \"length\": N, \"verdict\": \"verified\" | "
         "\"refuted\"}`",
         "performs", in("claim", ", \"task\": \"count:1\"", ""), "question", "the key \"task\" is missing"},
        {"`performs`: `{\"kind\", \"model\": name, \"task\": text, \"length\": N, \"verdict\": \"verified\" | "
         "\"refuted\"}`",
         "performs", in("claim", "\"verdict\"", "\"wrong\": \"0\", \"verdict\""), "question", "unknown key \"wrong\""},
        {"`performance`: `{\"kind\", \"model\": name, \"task\": text, \"length\": N, \"wrong\": count}`", "performance",
         in("claim", ", \"wrong\": \"1\"", ""), "question", "the key \"wrong\" is missing"},
        {"count is written as in section 14", "performance", in("claim", "\"1\"", "\"01\""), "question",
         "a natural number without leading zeros"},
        {about, "performs", in("model.json", "\"positions\": \"word\"", "\"positions\": \"last\""), "question",
         "a task needs an answer at each position"},
        {about, "performs", in("model.json", "\"variables\"", "\"lengths\": [3, 4], \"variables\""), "question",
         "the program is for words of 3 to 4 symbols"},
        {about, "performs", in("claim", "\"counter\"", "\"other\""), "question",
         "the program calls itself \"counter\""},
        {defined, "performs", both(put("model.json", last_model()), in("claim", "\"counter\"", "\"last-one\"")),
         "question", "a task is asked of a program"},
        task_of(defined, "count:2", "question", "is not a task over this alphabet"),
        task_of(defined, "dyck-ptf:1", "question", "is not a task over this alphabet"),
        task_of(defined, "shift:0", "question", "is not a task over this alphabet"),
        task_of(defined, "sorted", "question", "is not a task over this alphabet"),
        {"each symbol of the alphabet is a digit", "performs",
         both(in("claim", "count:1", "sum"),
              in("model.json", "\"alphabet\": [\"0\", \"1\"]", "\"alphabet\": [\"0\", \"x\"]")),
         "question", "is not a task over this alphabet"},
        task_of(all, "hist", "exhaustion", "word \"00\""),
        task_of("the number of symbols a with #a = #w_i, in decimal", "double-hist", "exhaustion", "word \"00\""),
        task_of("the i-th of the symbols of w in the order of the alphabet", "sort", "exhaustion", "word \"01\""),
        task_of("w_(N+1−i)", "reverse", "exhaustion", "word \"01\""),
        task_of(
            "of the symbols in w, those with greater # first, of equal ones the one that occurs first in w, the i-th",
            "most-freq", "exhaustion", "word \"00\""),
        task_of("w_(i−K), `<s>` for i ≤ K", "shift:1", "exhaustion", "word \"00\""),
        task_of("#a, in decimal; a is a symbol of the alphabet", "count:0", "exhaustion", "word \"00\""),
        next_of("for each symbol a of the alphabet, in order, 1 if some word of L begins with w_1 … w_i a, else 0",
                "regex:1?1?", "exhaustion", "word \"11\""),
        next_of("then 1 if w_1 … w_i is a word of L, else 0", "regex:1*11", "exhaustion", "word \"10\""),
        next_of(named, "table:8", "question", "next is not for languages in tables and files"),
        next_of(named, "dfa:language.json", "question", "next is not for languages in tables and files"),
        next_of("over this alphabet in this order", "dyck:1", "question", "is not a task over this alphabet"),
        {wrong, "performance", in("claim", "\"1\"", "\"2\""), "exhaustion", "it does not perform the task on 1 words"},
        {wrong, "performance", in("claim", "\"1\"", "\"0\""), "exhaustion", "it does not perform the task on 1 words"},
        {evidences, "performs", in("evidence", "4", "8"), "exhaustion", "evidence.words: there are 4 words"},
        {evidences, "performs", in("claim", "verified", "refuted"), "question", "does not fit the verdict"},
        {evidences, "performance",
         put("evidence", R"({"kind": "witness", "word": "00", "position": 2, "expected": "2", "actual": "0"})"),
         "question", "does not fit the verdict"},
        {evidences, "performs", put("evidence", R"({"kind": "enclosure", "words": 4, "margin": 0, "bits": 64})"),
         "question", "an enclosure needs a softmax model"},
        {witness, "misstep", in("evidence", "\"00\"", "\"000\""), "witness", "the word has 3 symbols"},
        {witness, "misstep", in("evidence", "\"position\": 2", "\"position\": 3"), "witness",
         "the word has no such position"},
        {witness, "misstep", in("evidence", "\"position\": 2", "\"position\": 0"), "witness",
         "the word has no such position"},
        {witness, "misstep", in("evidence", "\"actual\": \"0\"", "\"actual\": \"1\""), "witness",
         "evidence.actual: the program answers otherwise"},
        {witness, "misstep", in("evidence", "\"expected\": \"2\"", "\"expected\": \"1\""), "witness",
         "evidence.expected: the task asks for something else"},
        {witness, "misstep",
         put("evidence", R"({"kind": "witness", "word": "01", "position": 2, "expected": "1", "actual": "1"})"),
         "witness", "the program answers what is expected"},
        {"i from 1", "misstep", in("evidence", "\"position\": 2", "\"place\": 2"), "question", "unknown key \"place\""},
    };
}

constexpr const char* chains =
    "along J ascending, `right`: descending, with e = ⊥ before the first: t_j = and(s_j, ¬e), then e becomes or(e, "
    "s_j)";

/// The circuit belongs to one program: what changes the program's circuit is refused, even where it changes nothing else.
Forgery gates(const char* sentence, const std::string& from, const std::string& to) {
    return {sentence, "program proved", in("model.json", from, to), "translation", "circuit.json"};
}

std::vector<Forgery> circuits_of_programs() {
    return {
        gates(chains, "\"take\": \"right\"", "\"take\": \"left\""),
        gates("`only`: t_j = s_j; along J ascending with e = ⊥ before the first: and(s_j, e) is a fault, then e "
              "becomes or(s_j, e)",
              "\"take\": \"right\"", "\"take\": \"only\""),
        gates("if there is none the literal is a fault", ", \"otherwise\": \"no\"", ""),
        gates("for each (w, l) of V(u, p) in order that has no numbers l is a fault", "\"no\": [0, 0]",
              "\"yes\": [0, 0]"),
        gates("at the end or(m for (x, m) in order whose class accepts)", "[\"A\"]", "[\"R\"]"),
        {"the roots are the miter, then fault", "program proved", in("circuit.json", ", 0]}", "]}"), "translation",
         "circuit.json"},
        {"`{\"kind\": \"refutation\", \"proof\": \"lrat\" | \"xlrup\", \"drops\": []}`", "program proved",
         in("evidence", "[]", "[[1, 1, 0]]"), "question", "no such refutation is about a program"},
        {"if the formula is unsatisfiable the program has a value everywhere on each word", "program proved",
         without_line("proof.lrat", -1), "refutation", "proof.lrat"},
    };
}

}  // namespace

Section programs() {
    std::vector<Forgery> all = shapes();
    std::vector<Forgery> more = meanings();
    for (Forgery& forgery : more) all.push_back(std::move(forgery));
    return {"MODEL.md, programs", std::move(all)};
}

Section tasks_of_programs() { return {"18", tasks()}; }

Section program_circuits() { return {"19", circuits_of_programs()}; }

}  // namespace forgeries
