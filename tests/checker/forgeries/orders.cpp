#include "orders.hpp"

// Section 32: answers that depend on counts or on proportions alone.

namespace forgeries {
namespace {

Edit stated(const std::string& from, const std::string& to) { return in("claim", from, to); }
Edit evident(const std::string& from, const std::string& to) { return in("evidence", from, to); }
Edit model(const std::string& from, const std::string& to) { return in("model.json", from, to); }

constexpr const char* claim_keys =
    "`{\"kind\", \"model\": name, \"verdict\": \"verified\" | \"refuted\"}` or `{\"kind\", \"language\": text, "
    "\"alphabet\": [symbols], \"verdict\": \"verified\" | \"refuted\"}`";
constexpr const char* which_model =
    "`model.json` is a model file that accepts and rejects words, or an encoder–decoder (`attest/seq2seq`); name is "
    "its "
    "own where it has one";
constexpr const char* which_words = "Words are those that it is for and whose sequence is not empty";
constexpr const char* which_language = "`alphabet` is as in section 22, and the language is no table";
constexpr const char* by_syntax_row = "| `{\"kind\": \"syntax\"}` | a model | verified |";
constexpr const char* by_automaton_row =
    "| `{\"kind\": \"automaton\"}` | a regular language over at most 20 symbols | verified |";
constexpr const char* by_definition_row = "| `{\"kind\": \"definition\"}` | the language `majority` | verified |";
constexpr const char* by_answers_row =
    "| `{\"kind\": \"witness\", \"words\": [w, w′], \"answers\": [x, x′]}` | a model file or a language | refuted |";
constexpr const char* by_time_row =
    "| `{\"kind\": \"witness\", \"words\": [w, w′], \"time\": t}` | an encoder–decoder | refuted; 0 ≤ t ≤ 10⁶ |";
constexpr const char* two_answers = "x and x′ are `\"accept\"` or `\"reject\"`";
constexpr const char* rearranged =
    "Two words are *rearrangements* of each other if each symbol stands in both equally often";
constexpr const char* proportional =
    "They are *proportional* if neither is empty and for each symbol the share of the positions at which it stands is "
    "the "
    "same in both";
constexpr const char* answers_differ = "the answers on them are x and x′, and x ≠ x′";
constexpr const char* vectors_differ = "of an encoder–decoder the vectors y_t on them are different";
constexpr const char* kinds_of_attention =
    "Each attention part is of kind `average`, `softmax` or `sparsemax`, without `rotary`";
constexpr const char* masks = "each of its heads has the mask `none`, and a bias in which neither `i` nor `j` occurs";
constexpr const char* no_positions = "There is no table of positions, and `i` occurs in no position expression";
constexpr const char* readouts =
    "The readout is `mean` or `sum`, or at the one position 1 where there is a begin symbol, or at the position −1 "
    "where "
    "there is an end symbol";
constexpr const char* of_proportions =
    "no attention part is of kind `sparsemax`, there is neither a begin nor an end symbol, the readout is `mean`, and "
    "`n` "
    "occurs in no expression";
constexpr const char* of_chains =
    "its encoder's layers are as in 1, in the encoder's position expressions `i` does not occur, and no cross part is "
    "of "
    "kind `hard`";
constexpr const char* of_chains_by_proportions =
    "For `proportion-invariant` besides `n` occurs in no expression of the encoder's layers, and none of them is of "
    "kind "
    "`sparsemax`";
constexpr const char* commutes = "for `order-invariant`: q·ab = q·ba for all states q and symbols a, b";
constexpr const char* same_symbols =
    "of any two words, not empty, in which the same symbols stand, both are in the language or neither is";

std::vector<Forgery> order_questions() {
    return {
        {claim_keys, "counts by syntax", stated("\"verified\"", "\"shown\""), "question",
         "\"verified\" or \"refuted\""},
        {claim_keys, "counts by syntax", stated("\"model\"", "\"length\": 3, \"model\""), "question",
         "unknown key \"length\""},
        {claim_keys, "language of order", stated("\"alphabet\": [\"(\", \")\"], ", ""), "question",
         "the key \"alphabet\" is missing"},
        {claim_keys, "counts by automaton", stated("\"language\"", "\"model\": \"m\", \"language\""), "question",
         "unknown key \"model\""},
        {which_model, "counts by syntax", stated("mean-at-end", "mean-at-begin"), "question",
         "the model calls itself \"mean-at-end\""},
        {which_model, "chain of proportions", stated("chain", "train"), "question", "the model calls itself \"chain\""},
        {which_model, "counts by syntax", without("model.json"), "question", "model.json: the file is missing"},
        {which_model, "counts by syntax",
         model("\"weight\": [0, 1], \"bias\": \"-4/5\"}",
               "\"weight\": [[0, 1], [0, 0]], \"classes\": [\"yes\", \"no\"]}"),
         "question", "the model accepts and rejects nothing"},
        {which_model, "order seen",
         put("model.json", R"({"format": "attest/program", "version": 1, "name": "last", "alphabet": ["0", "1"],
            "variables": [{"name": "s", "input": "symbol"}], "output": {"positions": "last", "value": "s", "accept": ["1"]}})"),
         "question", "a model file or an encoder-decoder was expected"},
        {which_words, "order seen",
         both(model("\"version\": 1", "\"version\": 2"),
              model("\"dimension\": 1", "\"max_length\": 1, \"dimension\": 1")),
         "witness", "the model is for words of at most 1 symbols"},
        {which_words, "order seen", evident("[\"01\", \"10\"]", "[\"\", \"\"]"), "witness",
         "an empty word has no sequence"},
        {which_language, "counts by automaton", stated("[\"0\", \"1\"]", "[\"1\", \"0\"]"), "question",
         "the language has another alphabet"},
        {which_language, "counts by automaton", stated("[\"0\", \"1\"]", "[\"0\", \"0\"]"), "question",
         "the symbol occurs twice"},
        {which_language, "counts by automaton", stated("\"parity\"", "\"table:8\""), "question",
         "a table is of one length"},
        {which_language, "counts by automaton", add_file("model.json", "{}"), "digest", "has no such file"},
        {by_syntax_row, "counts by syntax", stated("\"verified\"", "\"refuted\""), "question",
         "evidence of this kind does not fit"},
        {by_syntax_row, "counts by automaton", put("evidence", R"({"kind": "syntax"})"), "question",
         "evidence of this kind does not fit"},
        {by_automaton_row, "counts by syntax", put("evidence", R"({"kind": "automaton"})"), "question",
         "evidence of this kind does not fit"},
        {by_automaton_row, "counts by automaton", stated("\"parity\"", "\"majority\""), "question",
         "the language is not regular"},
        {by_automaton_row, "proportions by automaton",
         both(stated("\"contains:1\"", "\"regex:.*a.*\""),
              stated("[\"0\", \"1\"]",
                     R"(["a","b","c","d","e","f","g","h","i","j","k","l","m","n","o","p","q","r","s","t","u"])")),
         "automaton", "more than 20 symbols"},
        {by_definition_row, "proportions by definition", stated("\"majority\"", "\"parity\""), "question",
         "only majority is so by definition"},
        {by_definition_row, "proportions by definition", stated("\"verified\"", "\"refuted\""), "question",
         "evidence of this kind does not fit"},
        {by_answers_row, "order seen", stated("\"refuted\"", "\"verified\""), "question",
         "evidence of this kind does not fit"},
        {by_answers_row, "order seen", evident("\"01\", \"10\"", "\"01\""), "question", "two words were expected"},
        {by_answers_row, "order seen", evident("\"accept\", \"reject\"", "\"accept\""), "question",
         "two answers were expected"},
        {by_answers_row, "chain of order", evident("\"time\": 1", "\"answers\": [\"accept\", \"reject\"]"), "question",
         "an encoder-decoder has a time"},
        {by_time_row, "order seen", evident("\"answers\": [\"accept\", \"reject\"]", "\"time\": 1"), "question",
         "an encoder-decoder has a time"},
        {by_time_row, "chain of order", evident("\"time\": 1", "\"time\": 1000001"), "question", "evidence.time"},
        {by_time_row, "language of order", evident("\"answers\"", "\"time\": 1, \"answers\""), "question",
         "unknown key \"time\""},
        {two_answers, "order seen", evident("\"accept\"", "\"yes\""), "question",
         "\"accept\" or \"reject\" was expected"},
    };
}

std::vector<Forgery> order_witnesses() {
    return {
        {rearranged, "order seen", evident("\"10\"", "\"00\""), "witness", "the words are no rearrangements"},
        {rearranged, "order seen", evident("\"10\"", "\"0110\""), "witness", "the words are no rearrangements"},
        {rearranged, "language of proportions", stated("proportion-invariant", "order-invariant"), "witness",
         "the words are no rearrangements"},
        {proportional, "length seen", evident("\"11\"", "\"10\""), "witness", "the words are not proportional"},
        {proportional, "length seen", evident("\"1\", \"11\"", "\"\", \"11\""), "witness", "a word is empty"},
        {proportional, "language of proportions", evident("\"11\"", "\"011\""), "witness",
         "the words are not proportional"},
        {answers_differ, "order seen", evident("\"accept\", \"reject\"", "\"accept\", \"accept\""), "witness",
         "the answers are the same"},
        {answers_differ, "order seen", evident("\"accept\", \"reject\"", "\"reject\", \"accept\""), "witness",
         "it is otherwise on the first word"},
        {answers_differ, "length seen", evident("\"11\"", "\"1\""), "witness", "it is otherwise on the second word"},
        {answers_differ, "length seen", model("\"-4/5\"", "\"-1\""), "witness", "it is otherwise on the second word"},
        {answers_differ, "language of order", evident("\"()\", \")(\"", "\"()\", \"()\""), "witness",
         "it is otherwise on the second word"},
        {vectors_differ, "chain of order", evident("\"time\": 1", "\"time\": 0"), "witness",
         "the vectors are the same"},
        {vectors_differ, "chain of order", model("[\"i\"]", "[\"0\"]"), "witness", "the vectors are the same"},
    };
}

std::vector<Forgery> order_texts() {
    return {
        {kinds_of_attention, "proportions by syntax", model("\"average\"", "\"hard\""), "syntax",
         "of several positions of greatest score it takes one"},
        {kinds_of_attention, "counts by syntax",
         both(model("\"query\": [[0, 0]], \"key\": [[1, 0]]", "\"query\": [[0, 0], [0, 0]], \"key\": [[1, 0], [0, 0]]"),
              model("\"scale\": \"1\"", R"("rotary": {"base": 10, "dims": 2, "pairing": "half"}, "scale": "1")")),
         "syntax", "rotary"},
        {masks, "counts by syntax", model("\"mask\": \"none\"", "\"mask\": \"causal\""), "syntax", "it has a mask"},
        {masks, "counts by syntax", model("\"bias\": \"0\"", "\"mask\": \"strict\", \"bias\": \"0\""), "syntax",
         "it has a mask"},
        {masks, "counts by syntax", model("\"bias\": \"0\"", "\"bias\": \"j/n\""), "syntax", "j occurs in it"},
        {masks, "counts by syntax", model("\"bias\": \"0\"", "\"bias\": \"[i = 1]\""), "syntax", "i occurs in it"},
        {no_positions, "counts by syntax", model("\"1/n/2\"", "\"i/n\""), "syntax", "position[1]: i occurs in it"},
        {no_positions, "counts by syntax", model("[\"0\", \"1/n/2\"]", R"({"table": [[0, 0], [1, 0]]})"), "syntax",
         "there is a table of positions"},
        {readouts, "counts by syntax", model("\"position\": \"last\"", "\"position\": \"first\""), "syntax",
         "the position that is read is one of the word"},
        {readouts, "counts by syntax", model("\"position\": \"last\"", "\"position\": -2"), "syntax",
         "the position that is read is one of the word"},
        {readouts, "counts by syntax",
         both(both(model("\"end\": \"$\"", "\"begin\": \"$\""), model("\"position\": \"last\"", "\"position\": 2")),
              stated("mean-at-end", "mean-at-end")),
         "syntax", "the position that is read is one of the word"},
        {of_proportions, "proportions by syntax", model("\"average\"", "\"sparsemax\""), "syntax",
         "sparsemax depends on how often a score comes"},
        {of_proportions, "counts by syntax",
         both(stated("order-invariant", "proportion-invariant"), model("\"1/n/2\"", "\"0\"")), "syntax",
         "a begin or end symbol has a share"},
        {of_proportions, "proportions by syntax", model("\"position\": \"mean\"", "\"position\": \"sum\""), "syntax",
         "a sum grows with the word"},
        {of_proportions, "proportions by syntax", model("\"position\": [\"0\"]", "\"position\": [\"1/n\"]"), "syntax",
         "position[0]: n occurs in it"},
        {of_proportions, "proportions by syntax", model("\"scale\": \"1\"", "\"scale\": \"n\""), "syntax",
         ".scale: n occurs in it"},
        {of_proportions, "proportions by syntax",
         model("\"output\": [[1]], \"bias\": \"0\"", "\"output\": [[1]], \"bias\": \"n\""), "syntax",
         ".bias: n occurs in it"},
        {of_proportions, "proportions by syntax", model("\"repeat\": \"1\"", "\"repeat\": \"n\""), "syntax",
         ".repeat: n occurs in it"},
        {of_proportions, "proportions by syntax",
         model("\"weight\": [1], \"bias\": \"0\"", "\"weight\": [1], \"bias\": \"n\""), "syntax",
         "readout.bias: n occurs in it"},
        {of_chains, "chain of proportions", model("\"position\": [\"0\"]", "\"position\": [\"1/i\"]"), "syntax",
         "encoder.position[0]: i occurs in it"},
        {of_chains, "chain of proportions",
         model("{\"cross\": {\"kind\": \"average\"", "{\"cross\": {\"kind\": \"hard\""), "syntax",
         "decoder.layers[0].cross"},
        {of_chains, "chain of proportions",
         model("{\"kind\": \"average\", \"scale\": 1", "{\"kind\": \"hard\", \"scale\": 1"), "syntax",
         "of several positions of greatest score it takes one"},
        {of_chains, "chain of proportions", model("\"scale\": 1", "\"mask\": \"causal\", \"scale\": 1"), "syntax",
         "it has a mask"},
        {of_chains_by_proportions, "chain of proportions", model("\"bias\": \"0\"", "\"bias\": \"n\""), "syntax",
         "n occurs in it"},
        {commutes, "counts by automaton", stated("\"parity\"", "\"first\""), "automaton", "lead to different states"},
        {commutes, "counts by automaton", stated("\"parity\"", "\"tomita:2\""), "automaton",
         "lead to different states"},
        {same_symbols, "proportions by automaton", stated("\"contains:1\"", "\"parity\""), "automaton",
         "of two words in which the same symbols stand one is in the language"},
        {same_symbols, "proportions by automaton", stated("\"contains:1\"", "\"first\""), "automaton",
         "of two words in which the same symbols stand one is in the language"},
    };
}

}  // namespace

Section orders() {
    Section section{"32", {}};
    for (const auto& some : {order_questions(), order_witnesses(), order_texts()})
        section.forgeries.insert(section.forgeries.end(), some.begin(), some.end());
    return section;
}

}  // namespace forgeries
