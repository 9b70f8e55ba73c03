#include "catalogue.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "constructions.hpp"

// The table of the zoo. A new construction is one function in constructions.hpp and one row here; names,
// sources and claims are nowhere else.

namespace attest::programs::constructions {

namespace {

constexpr network::AttentionKind hard_kind = network::AttentionKind::hard;
constexpr network::AttentionKind average_kind = network::AttentionKind::average;
constexpr network::AttentionKind soft_kind = network::AttentionKind::softmax;
constexpr int most_leaves = 1025;

Row single(const char* name, network::AttentionKind kind, const char* language, const char* lengths, const char* source,
           network::Transformer (*build)(), const char* summary) {
    return {.entry = {name, kind, language, lengths, source, summary, {name}},
            .build = [build](const Numbers&) { return build(); }};
}

int leaves(const Numbers& layers_and_heads) {
    int n = 1;
    for (int l = 0; l < layers_and_heads[0] && n <= most_leaves; ++l) n *= layers_and_heads[1] + 1;
    return n;
}

std::string too_many_leaves(const Numbers& layers_and_heads) {
    return leaves(layers_and_heads) <= most_leaves ? "" : fmt::format("(H+1)^L <= {}", most_leaves);
}

Row tree(const std::string& family, network::Transformer (*build)(int, int), const char* summary) {
    const auto member = [&](const char* size) { return family + size; };
    return {.entry = {family + "-L-H",
                      hard_kind,
                      "parity",
                      "N = (H+1)^L - 1",
                      "hao2022formal",
                      summary,
                      {member("-1-3"), member("-2-1"), member("-2-2"), member("-3-1")}},
            .build = [build](const Numbers& p) { return build(p[0], p[1]); },
            .parameters = {{'L', 1, 4}, {'H', 1, 8}},
            .lengths = [](const Numbers& p) { return fmt::format("N = {}", leaves(p) - 1); },
            .objection = too_many_leaves};
}

Row brackets() {
    return {.entry = {"dyck-K-depth-D",
                      hard_kind,
                      "dyck:K,D",
                      "all",
                      "yao2021self",
                      "each layer matches the innermost pairs left; at last look for one without partner",
                      {"dyck-1-depth-1", "dyck-1-depth-3", "dyck-2-depth-2", "dyck-2-depth-3", "dyck-4-depth-2"}},
            .build = [](const Numbers& p) { return dyck(p[0], p[1]); },
            .parameters = {{'K', 1, 4}, {'D', 1, 8}},
            .language = [](const Numbers& p) { return fmt::format("dyck:{},{}", p[0], p[1]); }};
}

Row big(const char* name, const char* language, const char* example, network::Transformer (*build)(int),
        const char* summary) {
    return {.entry = {name, soft_kind, language, "all", "chiang2022overcoming", summary, {example}},
            .build = [build](const Numbers& p) { return build(p[0]); },
            .parameters = {{'B', 1, 1000}}};
}

Row one_head_a_bit() {
    return {.entry = {"head-parity-K",
                      soft_kind,
                      "parity",
                      "N = K",
                      "rajaraman2026head",
                      "one layer of K heads, attention alone: the sum of K fractions changes its sign with each 1",
                      {"head-parity-1", "head-parity-2", "head-parity-4", "head-parity-6"}},
            .build = [](const Numbers& p) { return head_parity(p[0]); },
            .parameters = {{'K', 1, 12}},
            .lengths = [](const Numbers& p) { return fmt::format("N = {}", p[0]); }};
}

Row tracr() {
    return {.entry =
                {"tracr-parity-N",
                 average_kind,
                 "parity",
                 "N <= 9",
                 "lindner2023tracr",
                 "what Tracr compiles for words of at most N symbols: the number of 1s by steps, then its parity; from "
                 "ten 1s on the steps overlap",
                 {"tracr-parity-12"}},
            .build = [](const Numbers& p) { return tracr_parity(p[0]); },
            .parameters = {{'N', 1, 64}},
            .lengths = [](const Numbers& p) { return fmt::format("N <= {}", std::min(p[0], 9)); }};
}

Row alta() {
    return {
        .entry = {"alta-parity-N",
                  average_kind,
                  "parity",
                  "N <= 8",
                  "shaw2024alta",
                  "what ALTA compiles for sequences of at most N symbols, the end symbol among them: the number of 1s "
                  "by steps, then its parity; if N is 11 or more, from nine 1s on the steps overlap",
                  {"alta-parity-11", "alta-parity-10"}},
        .build = [](const Numbers& p) { return alta_parity(p[0]); },
        .parameters = {{'N', 2, 64}},
        .lengths = [](const Numbers& p) { return fmt::format("N <= {}", p[0] <= 10 ? p[0] - 1 : 8); }};
}

/// Words of at most five symbols, of which at least three fifths are an a.
constexpr const char* mostly_a =
    "regex:a|aa|[ab]aa|a[ab]a|aa[ab]|[ab]aaa|a[ab]aa|aa[ab]a|aaa[ab]|[ab][ab]aaa|[ab]a[ab]aa"
    "|[ab]aa[ab]a|[ab]aaa[ab]|a[ab][ab]aa|a[ab]a[ab]a|a[ab]aa[ab]|aa[ab][ab]a|aa[ab]a[ab]"
    "|aaa[ab][ab]";

Row random_network() {
    return {
        .entry = {"random-bounded-L-H-D-seed-S",
                  soft_kind,
                  "majority",
                  "no claim",
                  "hahn2020theoretical",
                  "L random layers of H heads, D wide, with bounded position vectors: an example of what cannot be "
                  "sensitive",
                  {"random-bounded-1-1-4-seed-1", "random-bounded-2-2-8-seed-1"}},
        .build = [](const Numbers& p) { return random_bounded(p[0], p[1], p[2], p[3]); },
        .parameters = {{'L', 1, 8}, {'H', 1, 16}, {'D', 1, 256}, {'S', 0, 999999}},
        .objection = [](const Numbers& p) { return p[2] % p[1] == 0 ? std::string() : std::string("H to divide D"); }};
}

}  // namespace

const std::vector<Row>& catalogue() {
    static const std::vector<Row> rows = {
        single("all-ones", hard_kind, "all-ones", "all", "hahn2020theoretical", all_ones,
               "look for a 0; accept if there is none"),
        alta(),
        single("alternating", hard_kind, "regex:(01)*", "all", "yang2024masked", alternating_01,
               "each symbol sees the one before; look for a pair that does not alternate"),
        single("anbn", hard_kind, "anbn", "all", "hahn2020theoretical", anbn,
               "look for an a in the right half and for a b in the left half"),
        single("average-dyck-1", average_kind, "dyck:1", "all", "hao2022formal", average_dyck_1,
               "the mean step of each prefix; the lowest of them and the last must be 0"),
        single("average-majority", average_kind, "majority", "all", "hao2022formal", average_majority,
               "the mean of +1 for 1 and -1 for 0"),
        single("average-parity", average_kind, "parity", "all", "chiang2022overcoming", average_parity,
               "the number of 1s, as a mean, names a position; copy its parity"),
        single("brasp-a-star-b-star", hard_kind, "regex:a*b*", "all", "yang2024masked", brasp_a_star_b_star,
               "a program of Booleans, compiled: nowhere an a behind a b"),
        single("brasp-contains-abc", hard_kind, "contains:abc", "all", "yang2024masked", brasp_contains_abc,
               "a program of Booleans, compiled: each symbol sees the one before; look for the third"),
        single("brasp-dyck-1-depth-2", hard_kind, "regex:(a(ab)*b)(a(ab)*b)*", "all", "yang2024masked",
               brasp_dyck_1_depth_2,
               "a program of Booleans, compiled: the last two equal neighbours tell between which levels the word is"),
        single("brasp-repeat-final", hard_kind, "regex:(a|b)*a(a|b)*a|(a|b)*b(a|b)*b", "all", "yang2024masked",
               brasp_repeat_final, "a program of Booleans, compiled: look for the last symbol"),
        single("brasp-two-a", hard_kind, "regex:b*ab*a(a|b)*", "all", "yang2024masked", brasp_two_a,
               "a program of Booleans, compiled: look for an a that sees an a"),
        single("chiang-cholak-first", soft_kind, "first", "all", "chiang2022overcoming", chiang_cholak_first,
               "the marker looks at all symbols, at the first a little more; scores with the factor 1, as in the paper "
               "(their program divides by sqrt(6) by default: chiang-cholak-first-big-1)"),
        big("chiang-cholak-first-big-B", "first", "chiang-cholak-first-big-1", chiang_cholak_first_big,
            "the same with the factor B/sqrt(6) on the scores, as their program with --big B, whose default is B = 1"),
        single("chiang-cholak-first-log", soft_kind, "first", "N >= 1", "chiang2022overcoming", chiang_cholak_first_log,
               "the same with scores times log n: the answer does not fade"),
        single("chiang-cholak-first-norm", soft_kind, "first", "N >= 1", "chiang2022overcoming",
               chiang_cholak_first_norm,
               "the same with layer norm, eps 1e-5, and the factor 1/sqrt(12) on the scores: the defaults of their "
               "program"),
        single("chiang-cholak-parity", soft_kind, "parity", "all", "chiang2022overcoming", chiang_cholak_parity,
               "the mean names the position of the count; two heads weigh it by its parity; scores with the factor 1, "
               "as in the paper (their program divides by sqrt(5) by default: chiang-cholak-parity-big-1)"),
        big("chiang-cholak-parity-big-B", "parity", "chiang-cholak-parity-big-1", chiang_cholak_parity_big,
            "the same with the factor B/sqrt(5) on the scores, as their program with --big B, whose default is B = 1"),
        single("chiang-cholak-parity-hard", hard_kind, "parity", "N = 0", "chiang2022overcoming",
               chiang_cholak_parity_hard,
               "their softmax network made hard: the mean becomes the first symbol, nothing is accepted"),
        single("chiang-cholak-parity-norm", soft_kind, "parity", "N >= 1", "chiang2022overcoming",
               chiang_cholak_parity_norm,
               "their softmax network with layer norm, eps 1e-5, and the factor 1/sqrt(10) on the scores: the defaults "
               "of their program"),
        single("contains-1", hard_kind, "contains:1", "all", "yang2024masked", contains_1, "look for a 1"),
        single("contains-11", hard_kind, "contains:11", "all", "yang2024masked", contains_11,
               "each symbol sees the one before; look for a 1 after a 1"),
        single("cookbook-distance-lookup", hard_kind, "regex:(0|1)*1(0|1)", "all", "yang2026cookbook",
               distance_lookup_previous, "scores -|q k| = -|i - 1 - j| find the position before, twice"),
        single("cookbook-hash-lookup", soft_kind, "parity", "all", "yang2026cookbook", hash_lookup_parity,
               "layer norm leaves directions: that of the mean is that of one position alone, whose parity is copied"),
        single("cookbook-quadratic-lookup", average_kind, "parity", "all", "yang2026cookbook", quadratic_lookup_parity,
               "q = (a, 1), k = (2 j, -j^2): the greatest product is at j = a, the number of 1s; its parity is copied"),
        brackets(),
        single("first", hard_kind, "first", "all", "chiang2022overcoming", first, "look at the leftmost position"),
        one_head_a_bit(),
        single("induction-head", hard_kind, "regex:(0|1)*(000|111|01+01|10+10)", "all", "olsson2022context",
               induction_head, "the latest earlier occurrence of the last symbol but one is followed by the last"),
        single("last", hard_kind, "last", "all", "yang2024masked", last, "look at the position before the end"),
        single("majority-attempt", hard_kind, "majority", "N <= 3", "hahn2020theoretical", majority_attempt,
               "the first, the middle and the last symbol vote"),
        single("palindrome", hard_kind, "palindrome", "all", "hao2022formal", palindrome,
               "each symbol sees its mirror image; look for a pair that differs"),
        tree("parity-tree", parity_tree,
             "a tree of L layers; each node adds the bits of its H earlier children to its own"),
        tree("parity-tree-shuffled", parity_tree_shuffled, "the same tree over a fixed random order of the positions"),
        single("previous-token", hard_kind, "regex:(0|1)*1(0|1)", "all", "olsson2022context", previous_token,
               "each symbol sees the one before; copy what the last one saw"),
        random_network(),
        single("tomita-1", hard_kind, "tomita:1", "all", "yang2024masked", all_ones,
               "look for a 0; accept if there is none"),
        single("tomita-2", hard_kind, "tomita:2", "all", "yang2024masked", alternating_10,
               "each symbol sees the one before; look for a pair that does not alternate"),
        single("tomita-4", hard_kind, "tomita:4", "all", "yang2024masked", no_000,
               "each symbol sees the two before; look for a 0 after 00"),
        single("tomita-7", hard_kind, "tomita:7", "all", "yang2024masked", two_blocks,
               "mark each 0 after a 1, then each mark after a mark; look for one"),
        single(
            "tracr-frac-prevs-compiled", average_kind, mostly_a, "N = 0, 1, 2, 4", "lindner2023tracr",
            tracr_three_fifths,
            "what Tracr compiles for Map(x >= 0.6, frac_prevs), words of at most 5 symbols: its only step is between "
            "1/2 and 1, since it does not know that a mean may be 3/5 or 2/3"),
        tracr(),
        single("uniform-majority", soft_kind, "majority", "all", "hahn2020theoretical", uniform_majority,
               "the mean of +1 for 1 and -1 for 0 by uniform attention"),
        single("uniform-parity-2", soft_kind, "even", "N >= 2", "kozachinskiy2026parity", uniform_parity_2,
               "two layers, no encoding of the length: find the position of the count, take its sign"),
        single(
            "uniform-parity-3", soft_kind, "even", "N >= 1", "kozachinskiy2026parity",
            [] { return uniform_parity_3(network::Mask::none); },
            "three layers, no encoding of the length: a mean near the count, then its position, then its sign"),
        single(
            "uniform-parity-3-causal", soft_kind, "even", "N >= 1", "kozachinskiy2026parity",
            [] { return uniform_parity_3(network::Mask::causal); },
            "the same where each position sees only those before it"),
        single("zeros-then-ones", hard_kind, "regex:0*1*", "all", "yang2024masked", zeros_then_ones,
               "each symbol sees the one before; look for a 0 after a 1"),
    };
    return rows;
}

}  // namespace attest::programs::constructions
