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

constexpr const char* by_counts =
    "Evidence `{\"kind\": \"network\", \"by\": \"counts\", \"counts\": count, \"margin\": \"m\"}`, m > 0";
constexpr const char* pure =
    "of which, for all counts, either all words of length N with these counts are members or none is";
constexpr const char* alike =
    "its `version` is 2, and `symbols` is `[[r, u] for each symbol]`: the same at all positions";
constexpr const char* each_count =
    "for each of them: all words that have them are in the language or none is, Δ < 0 iff they are, and |Δ| ≥ m";
constexpr const char* points =
    "`points.json` is a list of k + 2 counts p_0, …, p_{k+1}, each a list of |Σ| numbers that add up to N";
constexpr const char* line =
    "on a line: p_i = p_0 + t_i d, d a list of integers and 0 = t_0 < t_1 < … < t_{k+1} integers";
constexpr const char* turns = "of each p_i and p_{i+1} those of exactly one are";

std::vector<Forgery> networks_by_counts() {
    const char* const of = "softmax heads by counts";
    return {
        {by_counts, of, in("evidence", "\"by\": \"counts\"", "\"by\": \"words\""), "question",
         "by: \"counts\" was expected"},
        {by_counts, of, in("evidence", ", \"margin\": \"1/8\"", ""), "question", "the key \"margin\" is missing"},
        {by_counts, of, in("evidence", "\"counts\": 4, ", ""), "question", "the key \"counts\" is missing"},
        {by_counts, of, in("evidence", "\"by\"", "\"words\": 8, \"by\""), "question", "unknown key \"words\""},
        {by_counts, of, in("evidence", "1/8", "0"), "question", "margin: this margin is positive"},
        {by_counts, of, in("evidence", "1/8", "-1/8"), "question", "margin: this margin is positive"},
        {by_counts, of, in("evidence", "\"1/8\"", "0.125"), "question", "margin: a string was expected"},
        {by_counts, of, claim("possible", "impossible"), "question", "evidence of this kind does not fit the verdict"},
        {by_counts, "network", put("evidence", R"({"kind": "network", "by": "counts", "counts": 3, "margin": "1"})"),
         "question", "by: only softmax layers are evaluated by counts"},
        {pure, of, claim("\"contains:1\"", "\"last\""), "network",
         "of the words with the counts [1, 2] some are in it and some are not"},
        {pure, of, claim("\"contains:1\"", "\"palindrome\""), "network",
         "of the words with the counts [1, 2] some are in it and some are not"},
        {pure, of, claim("\"contains:1\"", "\"table:7d\""), "network", "some are in it and some are not"},
        {alike, of, heads("\"version\": 2", "\"version\": 1"), "network", "witness.json: version"},
        {alike, of, heads("[[1, 0], [1, -1]]", "[[[1, 0], [1, -1]], [[1, 0], [1, -1]], [[1, 0], [1, -1]]]"), "network",
         "symbols: an entry for each symbol"},
        {alike, of, heads("[[1, 0], [1, -1]]", "[[1, 0]]"), "network", "symbols: an entry for each symbol"},
        {alike, "softmax heads", heads("\"version\": 1", "\"version\": 2"), "network", "witness.json: version"},
        {positive, of, heads("[1, -1]", "[0, -1]"), "network", "a weight is the exponential of a score, and positive"},
        {form, of, heads("[\"0\", \"1\"]", "[\"1\", \"0\"]"), "network",
         "witness.json: alphabet: it is not the language's"},
        {form, of, heads("\"length\": 3", "\"length\": 4"), "network",
         "witness.json: length: the claim is about another length"},
        {form, of, claim("\"heads\": 1", "\"heads\": 2"), "network",
         "witness.json: heads: the class has another number"},
        {"the words of length N have count = C(N + |Σ| − 1, N) ≤ 2²² counts", of, in("evidence", "4", "8"), "network",
         "evidence.counts: symbols occur in 4 numbers"},
        {"the words of length N have count = C(N + |Σ| − 1, N) ≤ 2²² counts", of,
         both(claim("\"length\": 3", "\"length\": 4194304"), heads("\"length\": 3", "\"length\": 4194304")), "network",
         "claim.length: symbols can occur in more than 2^22 numbers"},
        {each_count, of, in("evidence", "1/8", "126/1000"), "network",
         "words with the counts [2, 1]: the difference of logits is nearer to 0 than the margin"},
        {each_count, of, heads("\"1/2\"", "1"), "network", "words with the counts [2, 1]: the network rejects them"},
        {each_count, of, heads("\"1/2\"", "\"-1/2\""), "network",
         "words with the counts [3, 0]: the network accepts them"},
        {each_count, of, claim("\"contains:1\"", "\"parity\""), "network",
         "words with the counts [1, 2]: the network accepts them"},
        {each_count, of, claim("\"contains:1\"", "\"majority\""), "network",
         "words with the counts [2, 1]: the network accepts them"},
        {"for others the checker goes through all |Σ|^N ≤ 2²² words", of,
         both(claim("\"length\": 3", "\"length\": 23"),
              both(claim("\"contains:1\"", "\"palindrome\""), heads("\"length\": 3", "\"length\": 23"))),
         "network", "claim.length: there are more than 2^22 words"}};
}

std::vector<Forgery> alternations() {
    const auto put_points = [](const std::string& list) { return put("points.json", list); };
    const char* const three = "alternation over three symbols";
    return {{"Evidence `{\"kind\": \"bound\", \"by\": \"alternation\"}`", "alternation",
             claim("{\"attention\": \"softmax\", \"heads\": 1}",
                   "{\"layers\": 1, \"heads\": 1, \"activations\": null, \"read\": \"end\", \"mask\": \"none\", "
                   "\"positions\": \"visible\", \"key_dimension\": null}"),
             "question", "evidence of this kind does not fit the class"},
            {"Evidence `{\"kind\": \"bound\", \"by\": \"alternation\"}`", "alternation",
             claim("impossible", "possible"), "question", "evidence of this kind does not fit the verdict"},
            {"Evidence `{\"kind\": \"bound\", \"by\": \"alternation\"}`", "alternation", without("points.json"),
             "digest", "points.json: the file is missing"},
            {points, "alternation", put_points("[[300, 0], [299, 1]]"), "bound", "two points more than heads"},
            {points, "alternation", put_points("[[300, 0], [299, 1], [298, 2], [297, 3]]"), "bound",
             "two points more than heads"},
            {points, "alternation", claim("\"heads\": 1", "\"heads\": 2"), "bound", "two points more than heads"},
            {points, "alternation", put_points("[[300, 0], [299, 1], [298, 1]]"), "bound",
             "points.json: [2]: the counts do not add up to the claim's length"},
            {points, "alternation", claim("\"length\": 300", "\"length\": 299"), "bound", "points.json: [0]"},
            {points, "alternation", put_points("[[300, 0], [299, 1], [298, 2, 0]]"), "bound",
             "points.json: [2]: a count for each symbol"},
            {points, "alternation", put_points("[[301, -1], [300, 0], [299, 1]]"), "bound", "points.json: [0]"},
            {points, "alternation", put_points("[[300, 0], [299, 1], [\"298\", 2]]"), "bound", "points.json: [2][0]"},
            {line, "alternation", put_points("[[300, 0], [299, 1], [300, 0]]"), "bound",
             "points.json: [2]: it is the first point again"},
            {line, "alternation", put_points("[[300, 0], [297, 3], [298, 2]]"), "bound",
             "points.json: [2]: it does not lie behind the point before"},
            {line, "alternation", put_points("[[299, 1], [300, 0], [297, 3]]"), "bound",
             "points.json: [1]: it does not lie behind the point before"},
            {line, three, put_points("[[4, 0, 0], [3, 1, 0], [0, 0, 4]]"), "bound",
             "points.json: [1]: it is not on the line from the first point to the last"},
            {line, three, put_points("[[4, 0, 0], [1, 1, 2], [2, 0, 2]]"), "bound",
             "points.json: [1]: it is not on the line from the first point to the last"},
            {turns, "alternation", put_points("[[300, 0], [298, 2], [297, 3]]"), "bound",
             "points.json: [1]: its words and those of the point before are both in the language, or both are not"},
            {turns, three, put_points("[[4, 0, 0], [3, 0, 1], [1, 0, 3]]"), "bound",
             "points.json: [2]: its words and those of the point before"},
            {turns, "alternation", claim("\"parity\"", "\"majority\""), "bound",
             "points.json: [1]: its words and those of the point before"},
            {"for each i all words of length N with the counts p_i are in the language or none is", "alternation",
             claim("\"parity\"", "\"last\""), "bound", "of the words with the counts [299, 1] some are in it"},
            {"There are at most 2²² counts; membership as in 11.3", three,
             both(claim("\"length\": 4", "\"length\": 3000"), put_points("[[3000, 0, 0], [2999, 0, 1], [2998, 0, 2]]")),
             "bound", "claim.length: symbols can occur in more than 2^22 numbers"}};
}

}  // namespace

Section softmax_layers() {
    Section section{
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
    for (const auto& more : {networks_by_counts(), alternations()})
        section.forgeries.insert(section.forgeries.end(), more.begin(), more.end());
    return section;
}

}  // namespace forgeries
