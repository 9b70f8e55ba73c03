#include "forgery.hpp"
#include "originals.hpp"

// What a network must be that is shown: section 9, 9.7 and 9.8.

namespace forgeries {
namespace {

Edit tables(const std::string& from, const std::string& to) { return in("witness.json", from, to); }
Edit keys(const std::string& from, const std::string& to) { return in("keys.json", from, to); }
Edit claim(const std::string& from, const std::string& to) { return in("claim", from, to); }

constexpr const char* fits =
    "a file in the format `attest/guhat` over the language's alphabet, with `end` iff `read` is `end`, with "
    "the claim's `length`, `layers`, `heads` and `activations`";
constexpr const char* accepts = "for all words w: it accepts w ⇔ w ∈ L";
constexpr const char* mask = "network must on no word attend from a position i > 1 to a position j ≥ i";

std::vector<Forgery> shapes() {
    return {
        {fits, "network", tables("attest/guhat", "attest/model"), "network",
         "witness.json: format: \"attest/guhat\" was expected"},
        {fits, "network", tables("[\"0\", \"1\"]", "[\"1\", \"0\"]"), "network",
         "witness.json: alphabet: it is not the language's"},
        {fits, "network", tables("[\"0\", \"1\"]", "[\"0\", \"1\", \"2\"]"), "network",
         "witness.json: alphabet: it is not the language's"},
        {fits, "network", claim("\"last\"", "\"anbn\""), "network", "witness.json: alphabet: it is not the language's"},
        {fits, "network", tables("\"length\": 2", "\"length\": 3"), "network", "witness.json"},
        {fits, "network", both(claim("\"length\": 2", "\"length\": 3"), in("evidence", "4", "8")), "network",
         "witness.json: length: the claim is about another length"},
        {fits, "network", both(claim("\"length\": 2", "\"length\": 1"), in("evidence", "4", "2")), "network",
         "witness.json: length: the claim is about another length"},
        {fits, "network", claim("\"layers\": 1", "\"layers\": 2"), "network",
         "witness.json: layers: the class has another number"},
        {fits, "network", claim("\"heads\": 2", "\"heads\": 1"), "network",
         "witness.json: heads: the class has another number"},
        {fits, "network", claim("\"heads\": 2", "\"heads\": 3"), "network",
         "witness.json: heads: the class has another number"},
        {fits, "network", claim("\"activations\": null", "\"activations\": 2"), "network",
         "witness.json: activations: the class has other"},
        {fits, "bounded network", claim("\"activations\": 2", "\"activations\": 3"), "network",
         "witness.json: activations: the class has other"},
        {fits, "bounded network", claim("\"activations\": 2", "\"activations\": null"), "network",
         "witness.json: activations: the class has other"},
        {fits, "network read last", claim("\"read\": \"last\"", "\"read\": \"end\""), "network",
         "witness.json: end: the class reads elsewhere"},
        {fits, "bounded network", claim("\"read\": \"end\"", "\"read\": \"last\""), "network",
         "witness.json: end: the class reads elsewhere"},
        {"an end symbol, which is no symbol of the language", "bounded network",
         tables("\"end\": \"$\"", "\"end\": \"1\""), "network", "witness.json: end: the symbol is in the alphabet"},
        {accepts, "network", claim("\"last\"", "\"first\""), "network",
         "word \"01\": the network accepts it, but it is not in the language"},
        {accepts, "network", tables(R"(, ["$", [1, "1"], [2, "1"]])", ""), "network",
         "word \"11\": the network rejects it, but it is in the language"},
        {accepts, "network read last", claim("\"first\"", "\"last\""), "network", "word \"01\""},
        {accepts, "bounded network",
         tables("\"attended\": [[2, \"1\"]], \"becomes\": 1", "\"attended\": [[2, \"1\"]], \"becomes\": 0"), "network",
         "word \"01\": the network rejects it"},
        {"after each layer but the last a value is one of 0 … A−1", "bounded network",
         tables("\"becomes\": 1", "\"becomes\": 2"), "network", "becomes: 2 is not between 0 and 1"},
        {"and from position 1 only to itself", "strict network",
         both(tables("\"attention\": [",
                     R"("attention": [{"layer": 1, "head": 1, "position": 1, "value": "0", "prefer": [[2, "1"]]}, )"),
              tables("\"accept\": [", R"("accept": [[["$", [2, "1"]], [1, ["0", [2, "1"]]]], )")),
         "network", "word \"01\": a head looks where the mask forbids"},
        {mask, "strict network",
         tables("\"attention\": [",
                R"("attention": [{"layer": 1, "head": 1, "position": 2, "value": "1", "prefer": [[2, "1"]]}, )"),
         "network", "word \"01\": a head looks where the mask forbids"},
        {mask, "strict network",
         tables("\"attention\": [",
                R"("attention": [{"layer": 1, "head": 1, "position": 2, "value": "0", "prefer": [[3, "$"]]}, )"),
         "network", "word \"00\": a head looks where the mask forbids"},
        {mask, "strict network", tables("[[2, \"0\"], [2, \"1\"]]", "[[3, \"$\"]]"), "network", "word \"00\""},
    };
}

std::vector<Forgery> by_keys() {
    constexpr const char* leftmost =
        "each head that asks from position i with value o must attend to the leftmost of the visible "
        "positions for which sign times number of (position, value) is greatest";
    constexpr const char* unsaid = "where nothing is said the number is 0 and the sign `0`";
    constexpr const char* form = "values as in the tables, numbers as in model files, no key and no query twice";
    return {
        {leftmost, "network with keys", keys("\"1/2\"", "\"-1/2\""), "network",
         "word \"10\": a head looks elsewhere than its keys say"},
        {leftmost, "network with keys", keys("\"1/2\"", "\"1/3\""), "network",
         "word \"11\": a head looks elsewhere than its keys say"},
        {leftmost, "network with keys", keys("\"+\"", "\"-\""), "network", "a head looks elsewhere than its keys say"},
        {leftmost, "network with keys", tables(R"([[1, "1"], [2, "1"]]})", R"([[2, "1"], [1, "1"]]})"), "network",
         "word \"11\": a head looks elsewhere than its keys say"},
        {unsaid, "network with keys", keys(R"({"layer": 1, "head": 1, "position": 3, "value": "$", "sign": "+"})", ""),
         "network", "a head looks elsewhere than its keys say"},
        {unsaid, "network with keys",
         keys(R"({"layer": 1, "head": 1, "position": 1, "value": "1", "number": "1/2"},)", ""), "network",
         "word \"11\": a head looks elsewhere than its keys say"},
        {form, "network with keys", keys(R"("position": 2, "value": "1")", R"("position": 1, "value": "1")"), "network",
         "keys.json: keys[1]: a second number for this key"},
        {form, "network with keys",
         keys("\"sign\": \"+\"}", R"("sign": "+"}, {"layer": 1, "head": 1, "position": 3, "value": "$", "sign": "+"})"),
         "network", "keys.json: queries[1]: a second sign for this query"},
        {form, "network with keys", keys("0.5", "\"half\""), "network", "keys.json: keys[1].number"},
        {form, "network with keys", keys("\"position\": 2, \"value\": \"1\"", "\"position\": 2, \"value\": \"2\""),
         "network", "keys.json: keys[1].value: \"2\" is not in the alphabet"},
        {form, "network with keys", keys("\"position\": 2, \"value\": \"1\"", "\"position\": 4, \"value\": \"1\""),
         "network", "keys.json: keys[1].position: 4 is not between 1 and 3"},
        {form, "network with keys", keys("\"position\": 2, \"value\": \"1\"", "\"position\": 3, \"value\": \"1\""),
         "network", "keys.json: keys[1].value: the end symbol was expected"},
        {form, "network with keys", keys("\"layer\": 1", "\"layer\": 2"), "network",
         "keys.json: keys[0].layer: 2 is not between 1 and 1"},
        {form, "network with keys", keys("\"head\": 1", "\"head\": 2"), "network",
         "keys.json: keys[0].head: 2 is not between 1 and 1"},
        {"\"sign\": \"+\" | \"-\" | \"0\"}, …]}`", "network with keys", keys("\"+\"", "\"*\""), "network",
         "keys.json: queries[0].sign"},
        {"\"sign\": \"+\" | \"-\" | \"0\"}, …]}`", "network with keys", keys("\"+\"", "1"), "network",
         "keys.json: queries[0].sign: a string was expected"},
        {"`keys.json`: `{\"keys\": [", "network with keys", keys("\"queries\"", "\"signs\": [], \"queries\""),
         "network", "unknown key \"signs\""},
        {"`keys.json`: `{\"keys\": [", "network with keys", keys("\"keys\"", "\"numbers\""), "network",
         "unknown key \"numbers\""},
        {"`keys.json`: `{\"keys\": [", "network with keys", put("keys.json", "[]"), "network", "keys.json"},
    };
}

std::vector<Forgery> free_of_positions() {
    constexpr const char* once = "No value is preferred twice by the same head, layer and o, and nothing is said twice";
    constexpr const char* fits_claim =
        "over the language's alphabet, with the claim's length, layers, heads and activations";
    constexpr const char* values =
        "A value is a symbol or the end symbol before layer 1, one of 0 … A−1 after each layer but the last";
    constexpr const char* attended = "What is `attended` is one value for each head, or nothing at position 1";
    constexpr const char* which =
        "attends to the leftmost of the positions to its left whose value is in the first class of `prefer` "
        "of which one is there";
    const char* const o = "network without positions";
    return {
        {"and `positions: \"none\"` has the format of 9.8", o, tables("attest/position-free", "attest/guhat"),
         "network", "witness.json: format"},
        {"and `positions: \"none\"` has the format of 9.8", o, tables("\"version\": 1", "\"version\": 2"), "network",
         "witness.json: version"},
        {"and `positions: \"none\"` has the format of 9.8", o, tables("\"accept\"", "\"mask\": \"none\", \"accept\""),
         "network", "unknown key \"mask\""},
        {fits_claim, o, tables("[\"0\", \"1\"]", "[\"1\", \"0\"]"), "network",
         "witness.json: alphabet: it is not the language's"},
        {fits_claim, o, tables("\"length\": 2", "\"length\": 3"), "network",
         "witness.json: length: the claim is about another length"},
        {fits_claim, o, claim("\"layers\": 2", "\"layers\": 3"), "network",
         "witness.json: layers: the class has another number"},
        {fits_claim, o, claim("\"heads\": 1", "\"heads\": 2"), "network",
         "witness.json: heads: the class has another number"},
        {fits_claim, o, claim("\"activations\": 2", "\"activations\": 3"), "network",
         "witness.json: activations: the class has other"},
        {"an end symbol, which is no symbol of the language", o, tables("\"end\": \"$\"", "\"end\": \"0\""), "network",
         "witness.json: end: the symbol is in the alphabet"},
        {values, o, tables("\"becomes\": 1", "\"becomes\": 2"), "network", "becomes: 2 is not between 0 and 1"},
        {values, o, tables("[{\"value\": 1", "[{\"value\": 2"), "network", "accept[0].value: 2 is not between 0 and 1"},
        {values, o, tables("[{\"value\": 1", "[{\"value\": \"1\""), "network",
         "accept[0].value: an integer was expected"},
        {values, o, tables("[[\"1\"], [\"0\"]]", "[[\"1\"], [0]]"), "network", "prefer[1][0]: a string was expected"},
        {values, o, tables("[[\"1\"], [\"0\"]]", "[[\"1\"], [\"2\"]]"), "network",
         "prefer[1][0]: \"2\" is not in the alphabet"},
        {"says what the value after a layer l < L becomes", o,
         tables("\"activation\": [{\"layer\": 1", "\"activation\": [{\"layer\": 2"), "network",
         "activation[0].layer: 2 is not between 1 and 1"},
        {attended, o, tables("\"attended\": [\"1\"]", "\"attended\": [\"1\", \"1\"]"), "network",
         "attended: nothing, or a value for each head"},
        {once, o, tables("[[\"1\"], [\"0\"]]", "[[\"1\"], [\"0\", \"1\"]]"), "network",
         "prefer[1][1]: the head's preference of this value is given twice"},
        {once, o, tables("[[\"1\"], [\"0\"]]", "[[\"1\", \"1\"], [\"0\"]]"), "network",
         "prefer[0][1]: the head's preference of this value is given twice"},
        {once, o,
         tables("\"attention\": [", R"("attention": [{"layer": 1, "head": 1, "value": "$", "prefer": [["$"]]}, )"),
         "network", "attention[1]: a second entry for this layer, head and value"},
        {once, o, tables("\"attention\": [", R"("attention": [{"layer": 1, "head": 1, "value": "$", "prefer": []}, )"),
         "network", "attention[1]: a second entry for this layer, head and value"},
        {once, o,
         tables("\"activation\": [", R"("activation": [{"layer": 1, "value": "$", "attended": ["1"], "becomes": 0}, )"),
         "network", "activation[1]: a second entry"},
        {once, o, tables("\"accept\": [", R"("accept": [{"value": 1, "attended": [0]}, )"), "network",
         "accept[1]: it occurs twice"},
        {which, o, tables("[[\"1\"], [\"0\"]]", "[[\"0\"], [\"1\"]]"), "network",
         "word \"01\": the network rejects it"},
        {which, o, tables("[[\"1\"], [\"0\"]]", "[[\"0\", \"1\"]]"), "network", "word \"01\": the network rejects it"},
        {"values that are not listed are in one class after all others", o, tables("[[\"1\"], [\"0\"]]", "[]"),
         "network", "word \"01\": the network rejects it"},
        {"0 where nothing is said", o, tables(R"({"layer": 1, "value": "$", "attended": ["1"], "becomes": 1})", ""),
         "network", "word \"1\": the network rejects it"},
        {"a word is accepted iff what the end position has and attends to in the last layer is listed in "
         "`accept`",
         o, tables(R"([{"value": 1, "attended": [0]}])", "[]"), "network", "word \"1\": the network rejects it"},
        {"on all words of the lengths 0 … N at once", o,
         tables("\"accept\": [", R"("accept": [{"value": 0, "attended": []}, )"), "network",
         "word \"\": the network accepts it"},
        {"on all words of the lengths 0 … N at once", o, claim("contains:1", "contains:11"), "network",
         "word \"1\": the network accepts it"},
    };
}

}  // namespace

Section networks() {
    Section section{"9, 9.7 and 9.8, networks", shapes()};
    for (const auto& more : {by_keys(), free_of_positions()})
        section.forgeries.insert(section.forgeries.end(), more.begin(), more.end());
    return section;
}

}  // namespace forgeries
