#include "catalogue.hpp"

#include <fmt/format.h>

#include "constructions.hpp"

// The table of the zoo. A new construction is one function in constructions.hpp and one row here; names, sources and claims are
// nowhere else.

namespace attest::model::constructions {

namespace {

constexpr AttentionKind hard = AttentionKind::hard;
constexpr AttentionKind average = AttentionKind::average;
constexpr int most_leaves = 1025;

Row single(ZooEntry entry, Transformer (*build)()) {
    entry.examples = {entry.name};
    return {.entry = std::move(entry), .build = [build](const Numbers&) { return build(); }};
}

int leaves(const Numbers& layers_and_heads) {
    int n = 1;
    for (int l = 0; l < layers_and_heads[0] && n <= most_leaves; ++l) n *= layers_and_heads[1] + 1;
    return n;
}

Row tree(ZooEntry entry, Transformer (*build)(int, int)) {
    return {.entry = std::move(entry),
            .build = [build](const Numbers& p) { return build(p[0], p[1]); },
            .parameters = {{'L', 1, 4}, {'H', 1, 8}},
            .lengths = [](const Numbers& p) { return fmt::format("N = {}", leaves(p) - 1); },
            .objection = [](const Numbers& p) {
                return leaves(p) <= most_leaves ? std::string() : fmt::format("(H+1)^L <= {}", most_leaves);
            }};
}

}  // namespace

const std::vector<Row>& catalogue() {
    static const std::vector<Row> rows = {
        single({"all-ones", hard, "all-ones", "all", "hahn2020theoretical", "look for a 0; accept if there is none", {}}, all_ones),
        single({"alternating", hard, "regex:(01)*", "all", "yang2024masked",
                "each symbol sees the one before; look for a pair that does not alternate", {}},
               alternating_01),
        single({"anbn", hard, "anbn", "all", "hahn2020theoretical",
                "look for an a in the right half and for a b in the left half", {}},
               anbn),
        single({"average-dyck-1", average, "dyck:1", "all", "hao2022formal",
                "mean of each prefix, then the lowest of these means and the last one", {}},
               average_dyck_1),
        single({"average-majority", average, "majority", "all", "hao2022formal", "the mean of +1 for 1 and -1 for 0", {}},
               average_majority),
        single({"average-parity", average, "parity", "all", "chiang2022overcoming",
                "the number of 1s, as a mean, names a position; copy its parity", {}},
               average_parity),
        single({"chiang-cholak-parity-hard", hard, "parity", "N = 0", "chiang2022overcoming",
                "the exact softmax network made hard: the mean becomes the first symbol, nothing is accepted", {}},
               chiang_cholak_parity_hard),
        single({"contains-1", hard, "contains:1", "all", "yang2024masked", "look for a 1", {}}, contains_1),
        single({"contains-11", hard, "contains:11", "all", "yang2024masked",
                "each symbol sees the one before; look for a 1 after a 1", {}},
               contains_11),
        {.entry = {"dyck-K-depth-D", hard, "dyck:K,D", "all", "yao2021self",
                   "each layer matches the innermost pairs left; at last look for a bracket without partner",
                   {"dyck-1-depth-1", "dyck-1-depth-3", "dyck-2-depth-2", "dyck-2-depth-3", "dyck-4-depth-2"}},
         .build = [](const Numbers& p) { return dyck(p[0], p[1]); },
         .parameters = {{'K', 1, 4}, {'D', 1, 8}},
         .language = [](const Numbers& p) { return fmt::format("dyck:{},{}", p[0], p[1]); }},
        single({"first", hard, "first", "all", "chiang2022overcoming", "look at the leftmost position", {}}, first),
        single({"induction-head", hard, "regex:(0|1)*(000|111|01+01|10+10)", "all", "olsson2022context",
                "the symbol after the latest earlier occurrence of the last but one is the last", {}},
               induction_head),
        single({"last", hard, "last", "all", "yang2024masked", "look at the position before the end", {}}, last),
        single({"majority-attempt", hard, "majority", "N <= 3", "hahn2020theoretical",
                "the first, the middle and the last symbol vote", {}},
               majority_attempt),
        single({"palindrome", hard, "palindrome", "all", "hao2022formal",
                "each symbol sees its mirror image; look for a pair that differs", {}},
               palindrome),
        tree({"parity-tree-L-H", hard, "parity", "N = (H+1)^L - 1", "hao2022formal",
              "a tree of L layers; each node adds the bits of its H earlier children to its own",
              {"parity-tree-1-3", "parity-tree-2-1", "parity-tree-2-2", "parity-tree-3-1"}},
             parity_tree),
        tree({"parity-tree-shuffled-L-H", hard, "parity", "N = (H+1)^L - 1", "hao2022formal",
              "the same tree over a fixed random order of the positions",
              {"parity-tree-shuffled-1-3", "parity-tree-shuffled-2-1", "parity-tree-shuffled-2-2", "parity-tree-shuffled-3-1"}},
             parity_tree_shuffled),
        single({"previous-token", hard, "regex:(0|1)*1(0|1)", "all", "olsson2022context",
                "each symbol sees the one before; copy what the last one saw", {}},
               previous_token),
        single({"tomita-1", hard, "tomita:1", "all", "yang2024masked", "look for a 0; accept if there is none", {}}, all_ones),
        single({"tomita-2", hard, "tomita:2", "all", "yang2024masked",
                "each symbol sees the one before; look for a pair that does not alternate", {}},
               alternating_10),
        single({"tomita-4", hard, "tomita:4", "all", "yang2024masked",
                "each symbol sees the two before; look for a 0 after 00", {}},
               no_000),
        single({"tomita-7", hard, "tomita:7", "all", "yang2024masked",
                "mark each 0 after a 1, then each mark after a mark; look for one", {}},
               two_blocks),
        single({"zeros-then-ones", hard, "regex:0*1*", "all", "yang2024masked",
                "each symbol sees the one before; look for a 0 after a 1", {}},
               zeros_then_ones),
    };
    return rows;
}

}  // namespace attest::model::constructions
