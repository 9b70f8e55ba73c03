#include "peelings.hpp"

#include "originals.hpp"

// Section 9.13: a network by parts.

namespace forgeries {
namespace {

Edit claim(const std::string& from, const std::string& to) { return in("claim", from, to); }
Edit evidence(const std::string& from, const std::string& to) { return in("evidence", from, to); }
Edit part(const std::string& from, const std::string& to) { return in("peeling-2.json", from, to); }

constexpr const char* of_which =
    "`possible` for L ≥ 2, `mask: \"none\"`, positions visible, `key_dimension: null` and a language over two symbols "
    "that at length N every change of one symbol leads into or out of";
constexpr const char* files_of_parts = "for each d that occurs the file `peeling-d.json` (d in digits), no others";
constexpr const char* first = "n₁ ≤ H.";
constexpr const char* block = "For each block 2 ≤ l ≤ L, 1 ≤ d ≤ 16 and d ≤ n ≤ d (H+1)^(l−2)";
constexpr const char* heads = "no more than H blocks have the same l";
constexpr const char* all = "n₁ and all n add up to N for `read: \"end\"`, to N − 1 for `last`";
constexpr const char* tables_of_part =
    "`peeling-d.json` is a file in the format `attest/guhat` over the language's alphabet with an end symbol, of "
    "length "
    "d, two layers, from one to H heads";
constexpr const char* activations =
    "with activations `null` only if the class has them so, else at most as many as the class, if that is bounded";
constexpr const char* never_end = "no head of layer 1 attends from a word position to the end position";
constexpr const char* same = "the end position has after layer 1 always the same value";
constexpr const char* word_position = "the first head of layer 2 attends from there to a word position";
constexpr const char* one_sum =
    "to no pair (position, value after layer 1) on two words of which one has an even number of second symbols and the "
    "other an odd one";

const char* const end_list = R"({"layer": 1, "head": 1, "position": 3, "value": "$", "prefer": [[3, "$"]]})";

}  // namespace

Section peelings() {
    return {
        "9.13",
        {{of_which, "peelings", both(claim("\"layers\": 3", "\"layers\": 1"), claim("\"length\": 9", "\"length\": 2")),
          "network", "claim.class: heads with blocks are of two layers or more"},
         {of_which, "peelings", claim("\"mask\": \"none\"", "\"mask\": \"strict\""), "network",
          "claim.class: heads with blocks"},
         {of_which, "peelings", claim("\"key_dimension\": null", "\"key_dimension\": 1"), "network",
          "claim.class: heads with blocks"},
         {of_which, "peelings of two values",
          both(claim("\"mask\": \"none\"", "\"mask\": \"strict\""),
               claim("\"positions\": \"visible\"", "\"positions\": \"none\"")),
          "network", "claim.class: heads with blocks"},
         {of_which, "peelings", claim("\"parity\"", "\"majority\""), "network", "claim.language: blocks tell sums"},
         {of_which, "peelings", claim("\"parity\"", "\"mod:4,1\""), "network", "claim.language: blocks tell sums"},
         {of_which, "peelings", both(claim("\"parity\"", "\"dyck:2\""), claim("\"length\": 9", "\"length\": 4")),
          "network", "claim.language: blocks tell sums"},
         {"In every class a head attends to one visible position", "peelings",
          put("claim", threshold(R"({"attention": "softmax", "heads": 9})", "parity", 9, "possible")), "question",
          "evidence of this kind does not fit the class"},
         {of_which, "peelings", claim("\"possible\"", "\"impossible\""), "question",
          "evidence of this kind does not fit the verdict"},
         {files_of_parts, "peelings", without("peeling-2.json"), "digest", "peeling-2.json: the file is missing"},
         {files_of_parts, "peelings", add_file("peeling-3.json", "{}"), "digest",
          "peeling-3.json: a certificate of this kind has no such file"},
         {files_of_parts, "peelings", add_file("witness.json", "{}"), "digest",
          "witness.json: a certificate of this kind has no such file"},
         {files_of_parts, "peelings", evidence("\"symbols\": 2, \"leaders\": 2", "\"symbols\": 2, \"leaders\": 1"),
          "digest", "peeling-1.json: the file is missing"},
         {files_of_parts, "peelings", evidence("\"first\": 2", "\"first\": 2, \"words\": 512"), "question",
          "unknown key \"words\""},
         {first, "peelings", both(evidence("\"first\": 2", "\"first\": 3"), claim("\"length\": 9", "\"length\": 10")),
          "network", "evidence.first: a head sees one symbol"},
         {block, "peelings", evidence("\"layer\": 2", "\"layer\": 1"), "question", "blocks[0].layer"},
         {block, "peelings", evidence("\"layer\": 3", "\"layer\": 4"), "network",
          "blocks[1].layer: the class has fewer layers"},
         {block, "peelings", evidence("\"leaders\": 2", "\"leaders\": 17"), "question", "blocks[0].leaders"},
         {block, "peelings", evidence("\"leaders\": 2", "\"leaders\": 0"), "question", "blocks[0].leaders"},
         {block, "peelings",
          both(evidence("\"symbols\": 2", "\"symbols\": 1"), claim("\"length\": 9", "\"length\": 8")), "network",
          "blocks[0].symbols: each leader adds one symbol or more"},
         {block, "peelings",
          both(evidence("\"symbols\": 2", "\"symbols\": 3"), claim("\"length\": 9", "\"length\": 10")), "network",
          "blocks[0].symbols: each leader adds one symbol or more"},
         {block, "peelings",
          both(evidence("\"symbols\": 5", "\"symbols\": 7"), claim("\"length\": 9", "\"length\": 11")), "network",
          "blocks[1].symbols: each leader adds one symbol or more"},
         {heads, "peelings",
          both(evidence("\"blocks\": [",
                        "\"blocks\": [{\"layer\": 3, \"symbols\": 2, \"leaders\": 2}, {\"layer\": 3, "
                        "\"symbols\": 2, \"leaders\": 2}, "),
               claim("\"length\": 9", "\"length\": 13")),
          "network", "blocks[3].layer: more blocks than the layer has heads"},
         {all, "peelings", claim("\"length\": 9", "\"length\": 10"), "network",
          "claim.length: the blocks are of 9 symbols"},
         {all, "peelings", claim("\"length\": 9", "\"length\": 8"), "network",
          "claim.length: the blocks are of 9 symbols"},
         {all, "peelings", claim("\"length\": 9", "\"length\": 1000000"), "network",
          "claim.length: the blocks are of 9 symbols"},
         {all, "peelings", claim("\"read\": \"end\"", "\"read\": \"last\""), "network",
          "claim.length: the blocks are of 10 symbols"},
         {tables_of_part, "peelings", part("[\"0\", \"1\"]", "[\"1\", \"0\"]"), "network",
          "peeling-2.json: alphabet: it is not the language's"},
         {tables_of_part, "peelings", put("peeling-2.json", all_seeing("01", 2, {})), "network",
          "peeling-2.json: layers: a peeling has two layers"},
         {tables_of_part, "peelings", both(part("\"end\": \"$\", ", ""), part(std::string(",\n") + end_list, "")),
          "network", "peeling-2.json: end: a peeling is read at an end symbol"},
         {tables_of_part, "peelings",
          both(part("\"length\": 2", "\"length\": 3"), part("\"position\": 3", "\"position\": 4")), "network",
          "peeling-2.json"},
         {tables_of_part, "peelings", part("\"layers\": 2", "\"layers\": 3"), "network",
          "peeling-2.json: layers: a peeling has two layers"},
         {tables_of_part, "peelings", part("\"heads\": 1", "\"heads\": 3"), "network",
          "peeling-2.json: heads: the class has fewer heads"},
         {tables_of_part, "peelings",
          put("peeling-2.json",
              R"({"format": "attest/guhat", "version": 1, "alphabet": ["0", "1"], "end": "$", "length": 2, "layers": 2,
    "heads": 0, "activations": null, "attention": [], "accept": []})"),
          "network", "peeling-2.json: heads: its first head is what finds the sum"},
         {activations, "peelings of two values", part("\"activations\": 2", "\"activations\": 3"), "network",
          "peeling-2.json: activations: the class has fewer activations"},
         {activations, "peelings", claim("\"activations\": null", "\"activations\": 9"), "network",
          "peeling-2.json: activations: the class has fewer activations"},
         {never_end, "peelings", part("[[2, \"0\"], [2, \"1\"]]", "[[3, \"$\"]]"), "network",
          "a head of layer 1 looks at the end symbol"},
         {same, "peelings", part("[[3, \"$\"]]", "[[1, \"0\"], [1, \"1\"]]"), "network",
          "the end symbol's value after layer 1 is not always the same"},
         {word_position, "peelings",
          part(
              end_list,
              std::string(end_list) +
                  R"(, {"layer": 2, "head": 1, "position": 3, "value": ["$", [3, "$"]], "prefer": [[3, ["$", [3, "$"]]]]})"),
          "network", "the first head of layer 2 looks at the end symbol"},
         {one_sum, "peelings", part("\"position\": 1, \"value\": \"0\"", "\"position\": 2, \"value\": \"0\""),
          "network", "finds on a word of the other sum"}}};
}

}  // namespace forgeries
