#include "regions.hpp"

#include "originals.hpp"

namespace forgeries {
namespace {

Edit model(const std::string& from, const std::string& to) { return in("model.json", from, to); }
Edit evidence(const std::string& from, const std::string& to) { return in("evidence", from, to); }
Edit claim(const std::string& from, const std::string& to) { return in("claim", from, to); }
Edit tree(const std::string& text) { return put("regions.txt", text); }

constexpr const char* key =
    "An `enclosure` of a claim `recognises` may have the key `by`, `\"regions\"`, and then no key `classes`";
constexpr const char* file = "the certificate then has the file `regions.txt`";
constexpr const char* longest = "N is at most 64";
constexpr const char* attention = "the attention `softmax` throughout";
constexpr const char* rotary = "without `rotary`";
constexpr const char* readout = "the readout is at one position, without classes or with two";
constexpr const char* gate = "no feed-forward part has a gate";
constexpr const char* language = "The language is regular, `majority` or `dyck:1`, with or without a depth";
constexpr const char* settled = "A segment is *settled* if one of its counts is its size; only others are split";
constexpr const char* told = "If its counts are not known, the region falls into one for each vector of counts";
constexpr const char* halves =
    "the region falls into one for each vector of counts of the first half that is nowhere above the old one";
constexpr const char* numbered = "A *region* is a list of segments, numbered from 1";
constexpr const char* order = "The vectors are in lexicographic order, the count of the alphabet's first symbol first";
constexpr const char* trees =
    "`regions.txt` has two trees, first that of the words w with map(w) ∈ L, then that of the others";
constexpr const char* without_words = "A region without words of the tree's side has no line";
constexpr const char* lines =
    "Each other has one line that ends with a line feed: `.` for a leaf, or the number of the segment that is split, "
    "in "
    "decimal without leading zeros";
constexpr const char* no_other = "No other line is there";
constexpr const char* leaves = "`words` is the number of leaves of both trees";
constexpr const char* positive =
    "for each leaf of the first tree, all scores of the leaf's words with map(w) ∈ L are positive";
constexpr const char* negative =
    "for each leaf of the second tree, all scores of its words with map(w) ∉ L are negative";
constexpr const char* margin = "and all are at least the margin from 0";
constexpr const char* sharper = "a certificate that asks for sharper bounds than it finds is refused";

/// Both symbols are one vector; its norm is what is read, plus 1/2. The whole tree is one leaf, of words that all are accepted.
Edit normed(const std::string& norm, const std::string& vector, const std::string& parts) {
    const Edit network =
        put("model.json", R"({"format": "attest/model", "version": 2, "alphabet": ["0", "1"],
    "dimension": 2, "embedding": {"0": )" +
                              vector + R"(, "1": )" + vector + "}, " + norm + R"("layers": [)" + parts +
                              R"(], "readout": {"position": "last", "weight": [1, 0], "bias": "1/2"}})");
    return both(both(network, claim("contains:1", "regex:(0|1)*")),
                both(tree(".\n"), both(evidence("\"words\": 4", "\"words\": 1"), evidence("0.07", "0"))));
}

std::string normed_part(const std::string& eps) {
    return R"({"feedforward": {"maps": [[[1, 0], [0, 1]]], "residual": false, "norm": {"placement": "pre", "eps": )" +
           eps + "}}}, " + R"({"attention": {"kind": "softmax", "heads": []}})";
}

}  // namespace

/// The honest tree: split by counts into 11 and the words with one 1, these by halves into 10 and 01; 00.
Section regions() {
    return {
        "17",
        {{key, "regions", evidence("\"regions\"", "\"words\""), "question", "is not a way to enclose scores"},
         {key, "regions", evidence("\"by\"", "\"classes\": [[1, 2]], \"by\""), "question",
          "by counts or by regions, not both"},
         {key, "regions", evidence("\"regions\"", "true"), "question", "evidence.by"},
         {key, "counted soft", evidence("\"bits\"", "\"by\": \"regions\", \"bits\""), "question",
          "only a claim of the kind recognises"},
         {file, "regions", without("regions.txt"), "digest", "regions.txt"},
         {file, "enclosure", add_file("regions.txt", ".\n.\n"), "digest", "regions.txt"},
         {longest, "regions", claim("\"length\": 2", "\"length\": 65"), "enclosure",
          "claim.length: regions are of words of at most 64"},
         {gate, "regions",
          both(model("\"version\": 1", "\"version\": 2"),
               model("\"residual\": true}}",
                     "\"residual\": true}, \"feedforward\": {\"maps\": [[[1, 0]], [[0], [0]]], \"gate\": [[1, 0]]}}")),
          "enclosure", "evidence.by: regions are not for a gate"},
         {attention, "regions",
          both(both(model("\"version\": 1", "\"version\": 2"), model("\"softmax\"", "\"sparsemax\"")),
               model("\"readout\"", "\"norm\": {\"final\": {\"kind\": \"rms\", \"eps\": 1}}, \"readout\"")),
          "enclosure", "evidence.by: regions are not for attention that is not softmax"},
         {rotary, "regions",
          both(model("\"version\": 1", "\"version\": 2"),
               model("\"heads\": [{",
                     "\"rotary\": {\"base\": 10000, \"dims\": 2, \"pairing\": \"half\"}, \"heads\": "
                     "[{\"query\": [[1, 0], [0, 1]], \"key\": [[1, 0], [0, 1]], ")),
          "enclosure", "evidence.by: regions are not for rotary positions"},
         {readout, "regions",
          both(model("\"version\": 1", "\"version\": 2"), model("\"position\": \"last\"", "\"position\": \"mean\"")),
          "enclosure", "evidence.by: regions are not for a readout of several positions"},
         {readout, "regions",
          both(model("\"version\": 1", "\"version\": 2"),
               model("\"weight\": [1, -1], \"bias\": \"-1/4\"",
                     "\"weight\": [[1, -1], [0, 0], [-1, 0]], \"bias\": [\"-1/4\", 0, 0], \"classes\": [\"a\", \"b\", "
                     "\"c\"], \"accept\": [\"a\"]")),
          "enclosure", "evidence.by: regions are not for more than two classes"},
         {language, "regions", claim("contains:1", "palindrome"), "enclosure",
          "evidence.by: regions are not for this language"},
         {settled, "regions", tree("1\n1\n1\n.\n.\n.\n"), "enclosure", "line 2: the segment leaves no choice"},
         {told, "regions", tree("1\n.\n.\n"), "enclosure", "line 4: it ends before the regions do"},
         {halves, "regions", tree("1\n.\n1\n.\n.\n"), "enclosure", "line 6: it ends before the regions do"},
         {numbered, "regions", tree("2\n.\n1\n.\n.\n.\n"), "enclosure", "line 1: there is no such segment"},
         {numbered, "regions", tree("1\n.\n2\n.\n.\n.\n"), "enclosure", "line 3: there is no such segment"},
         {order, "regions", tree("1\n1\n.\n.\n.\n.\n"), "enclosure", "line 2: the segment leaves no choice"},
         {trees, "regions", tree(".\n1\n.\n1\n.\n.\n"), "enclosure", "it has lines after the last region"},
         {without_words, "regions", tree("1\n.\n1\n.\n.\n.\n.\n"), "enclosure",
          "line 6: it has lines after the last region"},
         {lines, "regions", tree("1\n.\n1\n.\n.\n,\n"), "enclosure", "line 6: a line is . or the number of a segment"},
         {lines, "regions", tree("01\n.\n1\n.\n.\n.\n"), "enclosure", "line 1: a line is . or the number of a segment"},
         {lines, "regions", tree("1\n.\n1\n.\n.\n\n"), "enclosure", "line 6: a line is . or the number of a segment"},
         {lines, "regions", tree("1\n.\n1\n.\n.\n."), "enclosure", "line 6: it ends before the regions do"},
         {lines, "regions", tree("1\r\n.\n1\n.\n.\n.\n"), "enclosure",
          "line 1: a line is . or the number of a segment"},
         {no_other, "regions", tree("1\n.\n1\n.\n.\n.\n\n"), "enclosure", "it has lines after the last region"},
         {leaves, "regions", evidence("\"words\": 4", "\"words\": 3"), "enclosure",
          "evidence.words: it is not the number of leaves"},
         {leaves, "regions", tree(".\n.\n"), "enclosure", "evidence.words: it is not the number of leaves"},
         {positive, "regions", model("\"-1/4\"", "\"-1/2\""), "enclosure",
          "line 4: the score of \"10\" is not certainly positive"},
         {positive, "regions", both(model("\"-1/4\"", "\"-1/2\""), both(tree(".\n.\n"), evidence("4", "2"))),
          "enclosure", "line 1: the bounds of its scores are not all positive"},
         {negative, "regions", claim("contains:1", "last"), "enclosure",
          "line 5: the bounds of its scores are not all negative"},
         {negative, "regions", model("\"-1/4\"", "\"1/4\""), "enclosure",
          "line 6: the score of \"00\" is not certainly negative"},
         {margin, "regions", evidence("0.07", "0.08"), "enclosure",
          "line 4: the score of \"10\" is not certainly positive"},
         {sharper, "regions", normed("", "[-1e-31, 1e-31]", normed_part("0")), "enclosure",
          "line 1: the bounds of its scores are not all positive"},
         {sharper, "regions", normed("", "[-1e-60, 1e-60]", normed_part("1e-130")), "enclosure",
          "line 1: the bounds of its scores are not all positive"},
         {sharper, "regions", normed("", "[1, 1]", normed_part("0")), "enclosure",
          "line 1: the bounds of its scores are not all positive"},
         {sharper, "regions",
          normed(R"("norm": {"embedding": {"eps": 0}}, )",
                 R"(["1/3", "1000000000000000000000000000003/3000000000000000000000000000000"])", ""),
          "enclosure", "line 1: the bounds of its scores are not all positive"},
         {sharper, "regions", normed("", "[-1e400, 1]", normed_part("1")), "enclosure",
          "line 1: the bounds of its scores are not all positive"}}};
}

}  // namespace forgeries
