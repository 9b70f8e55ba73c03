#include "forgery.hpp"
#include "originals.hpp"

namespace forgeries {
namespace {

Edit heads(const std::string& from, const std::string& to) { return in("witness.json", from, to); }
Edit claim(const std::string& from, const std::string& to) { return in("claim", from, to); }
Edit sums(const std::string& list) { return put("weights.json", list); }

constexpr const char* c =
    "The class of a claim `threshold` may instead be `{\"attention\": \"softmax\", \"heads\": k}`, k ≥ 1";
constexpr const char* form =
    "over the language's alphabet, with the claim's length and number of heads, numbers as in model files";
constexpr const char* positive = "gives a weight r[h, i, a] > 0 (the exponential of its score)";
constexpr const char* all = "The checker computes Δ on all count = |Σ|^N ≤ 2²² words, in rationals";
constexpr const char* weights =
    "`weights.json` is a list of numbers c(x) ≥ 0, one for each word of length N in order, not 0 on all "
    "words of the language";
constexpr const char* zero =
    "for every choice of k positions and of a symbol at each, Σ c(x) σ(x) over the words with these symbols "
    "is 0";

}  // namespace

Section softmax_layers() {
    return {
        "11",
        {{c, "softmax heads", claim("\"softmax\"", "\"hard\""), "question", "attention: \"softmax\" was expected"},
         {c, "softmax heads", claim("\"heads\": 1", "\"heads\": 0"), "question", "heads: 0 is not between 1"},
         {c, "softmax heads", claim("\"heads\": 1", "\"heads\": 1, \"layers\": 1"), "question",
          "unknown key \"layers\""},
         {c, "softmax heads", claim(", \"heads\": 1", ""), "question", "the key \"heads\" is missing"},
         {form, "softmax heads", heads("attest/softmax-heads", "attest/guhat"), "network", "witness.json: format"},
         {form, "softmax heads", heads("\"version\": 1", "\"version\": 0"), "network", "witness.json: version"},
         {form, "softmax heads", heads("[\"0\", \"1\"]", "[\"1\", \"0\"]"), "network",
          "witness.json: alphabet: it is not the language's"},
         {form, "softmax heads", heads("\"length\": 2", "\"length\": 3"), "network", "witness.json"},
         {form, "softmax heads", both(claim("\"length\": 2", "\"length\": 3"), in("evidence", "4", "8")), "network",
          "witness.json: length: the claim is about another length"},
         {form, "softmax heads", claim("\"heads\": 1", "\"heads\": 2"), "network",
          "witness.json: heads: the class has another number"},
         {form, "softmax heads", heads("\"query\"", "\"bias\": 0, \"query\""), "network", "unknown key \"bias\""},
         {form, "softmax heads", heads("[1, \"1/2\"]", "[1]"), "network", "query: a token's [weight, value]"},
         {form, "softmax heads", heads("[1, \"1/2\"]", "[1, \"1/0\"]"), "network",
          "query[1]: a fraction with denominator 0"},
         {"\"symbols\": [[[r, u] for each symbol] for each position]}, …]}`", "softmax heads",
          heads("[[[1, 0], [1, -1]], ", "["), "network", "symbols: an entry for each position"},
         {"\"symbols\": [[[r, u] for each symbol] for each position]}, …]}`", "softmax heads",
          heads("[[[1, 0], [1, -1]]", "[[[1, 0]]"), "network", "symbols[0]: an entry for each symbol"},
         {positive, "softmax heads", heads("[1, -1]", "[0, -1]"), "network",
          "a weight is the exponential of a score, and positive"},
         {positive, "softmax heads", heads("[1, -1]", "[-1, -1]"), "network",
          "a weight is the exponential of a score, and positive"},
         {positive, "softmax heads", heads("[1, \"1/2\"]", "[0, \"1/2\"]"), "network",
          "query[0]: a weight is the exponential"},
         {all, "softmax heads", in("evidence", "4", "3"), "network", "evidence.words: there are 4 words"},
         {all, "softmax heads", claim("\"contains:1\"", "\"last\""), "network",
          "word number 2: the network accepts it"},
         {"x is accepted iff Δ(x) < 0", "softmax heads", heads("\"1/2\"", "1"), "network",
          "word number 1: the network rejects it"},
         {"x is accepted iff Δ(x) < 0", "softmax heads", heads("\"1/2\"", "\"-1/2\""), "network",
          "word number 0: the network accepts it"},
         {"Evidence `{\"kind\": \"bound\", \"by\": \"alternating-sum\"}`", "alternating sum",
          in("evidence", "alternating-sum", "restriction"), "question", "evidence of this kind does not fit the class"},
         {"Evidence `{\"kind\": \"bound\", \"by\": \"alternating-sum\"}`", "restriction bound",
          in("evidence", "restriction", "alternating-sum"), "question", "evidence of this kind does not fit the class"},
         {"Evidence `{\"kind\": \"bound\", \"by\": \"alternating-sum\"}`", "refuted class",
          claim("{\"layers\": 1, \"heads\": 1, \"activations\": null, \"read\": \"end\", \"mask\": \"none\", "
                "\"positions\": \"visible\", \"key_dimension\": null}",
                "{\"attention\": \"softmax\", \"heads\": 1}"),
          "question", "evidence of this kind does not fit the class"},
         {weights, "alternating sum", sums("[1, 1, 1]"), "bound", "a weight for each word"},
         {weights, "alternating sum", sums("[1, 1, 1, 1, 0]"), "bound", "a weight for each word"},
         {weights, "alternating sum", sums("[1, 1, 1, -1]"), "bound", "weights.json: [3]: a weight is not negative"},
         {weights, "alternating sum", sums("[-1, -1, -1, -1]"), "bound", "weights.json: [0]: a weight is not negative"},
         {weights, "alternating sum", sums("[0, 0, 0, 0]"), "bound",
          "weights.json: no word of the language has a weight"},
         {weights, "alternating sum", sums("[1, 1, 1, \"one\"]"), "bound", "weights.json: [3]"},
         {weights, "alternating sum", sums("{\"00\": 1}"), "bound", "weights.json: "},
         {"Obligation `bound`: k < N", "alternating sum", claim("\"heads\": 1", "\"heads\": 2"), "bound",
          "class.heads: that many heads can tell all words apart"},
         {"Obligation `bound`: k < N", "alternating sum", both(claim("\"length\": 2", "\"length\": 1"), sums("[1, 1]")),
          "bound", "class.heads: that many heads can tell all words apart"},
         {zero, "alternating sum", sums("[1, 1, 1, 2]"), "bound", "weights.json: the sum over all words"},
         {zero, "alternating sum", sums("[1, 2, 1, 2]"), "bound", "weights.json: the sum over all words"},
         {zero, "alternating sum", claim("\"parity\"", "\"majority\""), "bound",
          "weights.json: the sum over all words"},
         {zero, "alternating sum", claim("\"parity\"", "\"last\""), "bound",
          "weights.json: the sum over all words, with symbol 1 at 2"}}};
}

}  // namespace forgeries
