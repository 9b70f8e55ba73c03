#include "more_about_programs.hpp"

#include "originals.hpp"

// Section 26: programs without some variables, tasks and equality by circuits, words by their prefixes.

namespace forgeries {
namespace {

constexpr const char* kinds =
    "A claim `recognises`, `accuracy`, `equal`, `performs` or `performance` about a program may have the key `without`";
constexpr const char* list = "a list, not empty, of names of variables of the program, in its order, no name twice";
constexpr const char* variables =
    "Each is the name of a variable that attends, or of a `map` of one or more variables that has an `otherwise`";
constexpr const char* emptied =
    "of each variable in the list the list `pairs`, or the list `table`, is empty, and nothing else is changed";

Edit without(const std::string& names) { return in("claim", "[\"m\"]", names); }

std::vector<Forgery> without_variables() {
    return {
        {kinds, "program restricted", in("claim", "\"fixed\"", "\"without\": [\"m\"], \"fixed\""), "question",
         "unknown key \"without\""},
        {list, "program without", without("[]"), "question", "some part was expected"},
        {list, "program without", without("[\"q\"]"), "question", "\"q\" is no variable of the program"},
        {list, "program without", without("[\"\"]"), "question", "a name of a variable is not empty"},
        {list, "program without", without("[\"m\", \"e\"]"), "question", "\"e\" is no variable of the program after"},
        {list, "program without", without("[\"m\", \"m\"]"), "question", "\"m\" is no variable of the program after"},
        {variables, "program without", without("[\"s\", \"m\"]"), "question", "\"s\" cannot be taken away"},
        {variables, "program without", in("model.json", ", \"otherwise\": \"no\"", ""), "question",
         "\"m\" cannot be taken away"},
        {emptied, "program without", without("[\"k\"]"), "exhaustion", "word \"01\""},
        {emptied, "performance without", in("claim", ", \"without\": [\"x\"]", ""), "exhaustion",
         "it does not perform the task on 1 words"},
        {emptied, "misstep without", in("claim", ", \"without\": [\"x\"]", ""), "witness",
         "the program answers otherwise"},
        {"For `equal` it is the program of the claim that lacks the variables, not the other",
         "programs unequal without", in("evidence", "[\"reject\", \"accept\"]", "[\"accept\", \"reject\"]"), "witness",
         ""},
        {"There is no key `instead`", "program without",
         in("claim", "[\"m\"]", "[\"m\"], \"instead\": {\"constants\": [[\"0\"]]}"), "question",
         "a variable adds nothing"},
        {"one about a program names variables in it", "program without", without("[[1, 1]]"), "question",
         "programs have no such parts"},
        {"Where it is a program the evidence is `exhaustion`, too", "program restricted",
         in("evidence", "\"kind\": \"exhaustion\", \"words\": 2",
            "\"kind\": \"enclosure\", \"words\": 2, \"margin\": 0, \"bits\": 64"),
         "question", "an enclosure needs a softmax model"},
    };
}

constexpr const char* no_drops =
    "A claim `performs` that is verified may have the evidence `{\"kind\": \"refutation\", \"proof\": \"lrat\" | "
    "\"xlrup\", \"drops\": []}`";
constexpr const char* all_mistakes =
    "the list has all words on which some answer is not the task's text, none twice, and count of them";

std::vector<Forgery> circuits_of_tasks() {
    return {
        {"A task that the table does not have has no circuit", "performs proved",
         in("claim", "\"count:1\"", "\"sum-mod:2\""), "translation", "the task has no circuit"},
        {no_drops, "performs proved", in("evidence", "[]", "[[1, 1, 0]]"), "question", "a program drops no values"},
        {no_drops, "performs proved", in("evidence", "\"drops\": []", "\"drops\": [], \"mistakes\": []"), "question",
         "unknown key \"mistakes\""},
        {no_drops, "performs proved", in("claim", "verified", "refuted"), "question", "does not fit the verdict"},
        {"or(the literals with the text t among the task's answers, in order), then and(l, ¬r)", "performs proved",
         in("claim", "count:1", "count:0"), "translation", "circuit.json"},
        {"`hist` | `h` attends from s to s by [a, a] for each symbol; count", "performs proved",
         in("claim", "count:1", "hist"), "translation", "circuit.json"},
        {"Roots of all these but `equal` are the miter, then fault", "performs proved",
         in("circuit.json", ", 0]}", "]}"), "translation", "circuit.json"},
        {all_mistakes, "performance proved", in("evidence", "[\"00\"]", "[\"00\", \"00\"]"), "witness",
         "\"00\" is listed twice"},
        {all_mistakes, "performance proved", in("evidence", "[\"00\"]", "[\"01\"]"), "witness", "\"01\" is no mistake"},
        {all_mistakes, "performance proved", in("evidence", "[\"00\"]", "[]"), "witness",
         "it does not perform the task on 0 words"},
        {all_mistakes, "performance proved", in("claim", "\"1\"", "\"2\""), "witness",
         "it does not perform the task on 1 words"},
        {"in the place of its drop literals fault; its drops are `[]`", "programs equal proved",
         in("evidence", "\"other_drops\": []", "\"other_drops\": [[1, 1, 0]]"), "question",
         "a program drops no values"},
        {"of a program come the nodes of section 19 and its acceptance", "programs equal proved",
         in("other.json", "\"accept\": [\"A\"]", "\"accept\": [\"R\"]"), "translation", "circuit.json"},
    };
}

constexpr const char* looks_back =
    "the program answers at each position of the word and has no end symbol, and each variable that attends has the "
    "mask `causal` or "
    "`strict`, "
    "does not take `only`, adds nothing that can be a text, and where it takes the value at the first position if "
    "nothing is selected there is a begin symbol";
constexpr const char* right = "a word is right iff all its prefixes are";

std::vector<Forgery> words_by_prefixes() {
    return {
        {"may have the evidence `{\"kind\": \"prefixes\"}`", "performance by prefixes",
         in("evidence", "\"prefixes\"", "\"prefixes\", \"words\": 8"), "question", "unknown key \"words\""},
        {"A claim `performs` that is verified, or a claim `performance`, may have the evidence `{\"kind\": "
         "\"prefixes\"}`",
         "performs by prefixes", in("claim", "verified", "refuted"), "question", "does not fit the verdict"},
        {"The task is `dyck-ptf:K` or `shift:K`, whose texts depend on no later symbol", "performance by prefixes",
         in("claim", "shift:1", "hist"), "exhaustion", "the task looks ahead"},
        {looks_back, "performance by prefixes", in("model.json", "\"strict\"", "\"none\""), "exhaustion",
         "sees positions after its own"},
        {looks_back, "performance by prefixes", in("model.json", "\"right\"", "\"only\""), "exhaustion",
         "takes the only position"},
        {looks_back, "performance by prefixes", in("model.json", "\"right\"", "\"sum\""), "exhaustion",
         "may add what is no number"},
        {looks_back, "performance by prefixes", in("model.json", "\"begin\": \"<s>\", ", ""), "exhaustion",
         "needs a begin symbol"},
        {looks_back, "performance by prefixes",
         in("model.json", "\"begin\": \"<s>\", ", "\"begin\": \"<s>\", \"end\": \"$\", "), "exhaustion",
         "without an end symbol"},
        {"|Σ|^N ≤ 2⁶² and N ≤ 62", "performance by prefixes", in("claim", "\"length\": 3", "\"length\": 63"),
         "exhaustion", "there are more than 2^62 words"},
        {right, "performance by prefixes", in("claim", "\"0\"", "\"1\""), "exhaustion",
         "it does not perform the task on 0 words"},
        {right, "performance by prefixes", in("model.json", "\"right\"", "\"left\""), "exhaustion",
         "it does not perform the task on"},
        {right, "performs by prefixes", in("model.json", "\"right\"", "\"left\""), "exhaustion",
         "the program does not do what the task asks"},
    };
}

}  // namespace

Section more_about_programs() {
    std::vector<Forgery> all = without_variables();
    for (const Forgery& forgery : circuits_of_tasks()) all.push_back(forgery);
    for (const Forgery& forgery : words_by_prefixes()) all.push_back(forgery);
    return {"26", std::move(all)};
}

}  // namespace forgeries
