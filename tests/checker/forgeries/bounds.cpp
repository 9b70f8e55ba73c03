#include "forgery.hpp"
#include "originals.hpp"

// Sections 9.6, 9.9 to 9.12, 9.14 and 9.15: bounds by theorems.

namespace forgeries {
namespace {

Edit claim(const std::string& from, const std::string& to) { return in("claim", from, to); }
Edit by(const std::string& theorem) { return put("evidence", R"({"kind": "bound", "by": ")" + theorem + "\"}"); }

constexpr const char* two_kinds =
    "in two kinds of classes: k = H for L = 1 and positions visible, and k = (2L−1)H + 1 for L ≥ 2, `mask: "
    "\"none\"` and key dimension 1";
constexpr const char* fewer = "(all for `read: \"end\"`, the first N−1 for `last`), k < |P|";
constexpr const char* every_choice =
    "for every choice of k positions of P and of a symbol at each, the language contains one and lacks "
    "another of the words with these symbols";
constexpr const char* for_last = "for `last`, there is a symbol a such that this holds among the words that end in a";
constexpr const char* peeling =
    "`impossible` for L = 2, H = 1, positions visible, an alphabet of two symbols and a language that at "
    "length N every change of one symbol leads into or out of";
constexpr const char* sizes = "Let P = N for `read: \"end\"`, N − 1 for `last`, 3 ≤ P ≤ 10⁶";
constexpr const char* inequality =
    "there is a λ, 1 ≤ λ < D, λ ≤ 8, with λ 2^D + (2D + 1) (2^(D−λ−1) + D − λ − 1) < D 2^(D−1); or A = 2, D ≤ 8, "
    "and for some λ, 1 ≤ λ < D, the number B of 9.9.1 is below D 2^(D−1)";
constexpr const char* counting =
    "`impossible` for L = 2, positions visible, an alphabet of two symbols and a language that at length N every "
    "change "
    "of one symbol leads into or out of, may instead have the evidence `{\"kind\": \"bound\", \"by\": \"counting\"}` "
    "and no files";
constexpr const char* counted_lengths = "P > H, N ≤ 10⁶, and D = P − H";
constexpr const char* counted = "for some whole λ, 0 ≤ λ < 4H + 16, D/2 > H (λ + D e(λ) + H e(λ + 1))";
constexpr const char* layers =
    "`impossible` for L ≥ 2, positions visible, an alphabet of two symbols and a language that at length N every "
    "change "
    "of one symbol leads into or out of, may instead have the evidence `{\"kind\": \"bound\", \"by\": "
    "\"restriction-layers\"";
constexpr const char* stages = "a rational p, 0 < p < 1, and L − 1 stages, 1 ≤ w ≤ 4096, 1 ≤ m ≤ 10⁶";
constexpr const char* layer_lengths =
    "Let P = N for `read: \"end\"`, N − 1 for `last`, P > H, N ≤ 10⁶. Obligation `bound`:";
constexpr const char* first_stage = "Then m₁ ≤ p n and n (2p T(w₁) + (1−p) T(w₁+1)) + H T(w₁+1) < 1/2";
constexpr const char* next_stage =
    "Then m_l ≤ n and P c Π 2 max(0, m_l − t) < Π (n − m_l + 1 + t), both over 0 ≤ t < s";
constexpr const char* last_stage = "m_{L−1} > H w_{L−1}.";

constexpr const char* faces =
    "`impossible` for L = 2, H = 1, bounded activations, positions visible, an alphabet of two symbols and a language "
    "that "
    "at length N every change of one symbol leads into or out of";
constexpr const char* weights =
    "a rational ν, and rational weights β_d ≥ 0 for some dimensions 2 ≤ d ≤ D, none twice; the others are 0";
constexpr const char* face_lengths = "P ≥ 3, A^P ≤ 2²⁰, and D = P − 1";
constexpr const char* weighed = "2D M(D−1, 1) + M(D, 0) + W₀ < D 2^(D−1) − ν 2^D + Σ β_d C(D, d) 2^(D−d)";

constexpr const char* restricted =
    "`impossible` for L = 2, positions visible, an alphabet of two symbols and a language that at length N every "
    "change of "
    "one symbol leads into or out of, may instead have the evidence `{\"kind\": \"bound\", \"by\": "
    "\"counting-restriction\"";
constexpr const char* restriction = "a rational p, 0 < p < 1, and 1 ≤ w ≤ 4096";
constexpr const char* restricted_lengths = "P > H, N ≤ 10⁶, D = P − H, and T as in 9.11";
constexpr const char* left_over = "p D − D (p (1+H) T(w) + (1−p) H T(w+1)) − H² T(w+1) > H w";
constexpr const char* orders =
    "`impossible` for L = 2, H = 1, A = 2, positions visible, an alphabet of two symbols and a language that at length "
    "N "
    "every change of one symbol leads into or out of, may instead have the evidence `{\"kind\": \"bound\", \"by\": "
    "\"orders\"}` and no files";
constexpr const char* seven = "for N = 7 and `read: \"end\"`, N = 8 and `last`";

/// The original has the stages (9, 397) and (9, 10) at length 1528.
Edit stage(const std::string& from, const std::string& to) { return in("evidence", from, to); }

}  // namespace

Section bounds() {
    return {
        "9.6, 9.9 to 9.12, 9.14 and 9.15",
        {{two_kinds, "restriction bound", claim("\"layers\": 1", "\"layers\": 2"), "bound",
          "class.layers: the bound is about one layer, or key dimension 1"},
         {two_kinds, "restriction bound of keys", claim("\"key_dimension\": 1", "\"key_dimension\": null"), "bound",
          "class.layers: the bound is about one layer, or key dimension 1"},
         {two_kinds, "restriction bound of keys", claim("\"mask\": \"none\"", "\"mask\": \"strict\""), "bound",
          "class.mask: the bound is about one layer, or no mask"},
         {two_kinds, "refuted without positions",
          both(by("restriction"), both(without("formula.cnf"), without("proof.lrat"))), "bound",
          "class.positions: the bound is about one length"},
         {fewer, "restriction bound", claim("\"heads\": 2", "\"heads\": 3"), "bound",
          "class.heads: that many heads can see all symbols"},
         {fewer, "restriction bound", claim("\"length\": 3", "\"length\": 2"), "bound",
          "class.heads: that many heads can see all symbols"},
         {fewer, "restriction bound read last", claim("\"heads\": 1", "\"heads\": 2"), "bound",
          "class.heads: that many heads can see all symbols"},
         {fewer, "restriction bound of keys", claim("\"length\": 5", "\"length\": 4"), "bound",
          "class.heads: that many heads can see all symbols"},
         {fewer, "restriction bound of keys", claim("\"heads\": 1", "\"heads\": 2"), "bound",
          "class.heads: that many heads can see all symbols"},
         {fewer, "restriction bound of keys", claim("\"layers\": 2", "\"layers\": 3"), "bound",
          "class.heads: that many heads can see all symbols"},
         {fewer, "restriction bound", claim("\"length\": 3", "\"length\": 0"), "bound", "class.heads"},
         {every_choice, "restriction bound", claim("\"parity\"", "\"majority\""), "bound",
          "claim.length: the language is constant once these positions are fixed"},
         {every_choice, "restriction bound", claim("\"parity\"", "\"last\""), "bound",
          "claim.length: the language is constant once these positions are fixed"},
         {every_choice, "restriction bound", claim("\"parity\"", "\"table:68\""), "bound",
          "claim.length: the language is constant once these positions are fixed"},
         {every_choice, "restriction bound of keys", claim("\"parity\"", "\"contains:11111\""), "bound",
          "claim.length: the language is constant once these positions are fixed"},
         {for_last, "restriction bound read last", claim("\"parity\"", "\"last\""), "bound",
          "claim.length: for each last symbol the language is constant"},
         {for_last, "restriction bound read last", claim("\"parity\"", "\"all-ones\""), "bound",
          "claim.length: for each last symbol the language is constant"},
         {"and no files", "restriction bound", add_file("formula.cnf", ""), "digest",
          "formula.cnf: a certificate of this kind has no such file"},
         {peeling, "peeling", claim("\"layers\": 2", "\"layers\": 3"), "bound",
          "claim.class: the bound is about two layers of one head"},
         {peeling, "peeling", claim("\"layers\": 2", "\"layers\": 1"), "bound",
          "claim.class: the bound is about two layers of one head"},
         {peeling, "peeling", claim("\"heads\": 1", "\"heads\": 2"), "bound",
          "claim.class: the bound is about two layers of one head"},
         {peeling, "refuted without positions",
          both(claim("\"layers\": 1", "\"layers\": 2"),
               both(by("peeling"), both(without("formula.cnf"), without("proof.lrat")))),
          "bound", "claim.class: the bound is about two layers of one head that see positions"},
         {peeling, "peeling", claim("\"parity\"", "\"majority\""), "bound",
          "claim.language: the bound is about two symbols"},
         {peeling, "peeling", claim("\"parity\"", "\"mod:4,1\""), "bound",
          "claim.language: the bound is about two symbols"},
         {peeling, "peeling", claim("\"parity\"", "\"contains:1\""), "bound",
          "claim.language: the bound is about two symbols"},
         {peeling, "peeling", both(claim("\"parity\"", "\"dyck:2\""), claim("\"length\": 9", "\"length\": 4")), "bound",
          "claim.language: the bound is about two symbols"},
         {sizes, "peeling", claim("\"length\": 9", "\"length\": 2"), "bound",
          "claim.length: the bound is about 3 to 1000000 symbols"},
         {sizes, "peeling", claim("\"length\": 9", "\"length\": 0"), "bound",
          "claim.length: the bound is about 3 to 1000000 symbols"},
         {sizes, "peeling", claim("\"length\": 9", "\"length\": 1000001"), "bound",
          "claim.length: the bound is about 3 to 1000000 symbols"},
         {sizes, "peeling",
          both(claim("\"read\": \"end\"", "\"read\": \"last\""), claim("\"length\": 9", "\"length\": 3")), "bound",
          "claim.length: the bound is about 3 to 1000000 symbols"},
         {peeling, "peeling", both(claim("\"parity\"", "\"mod:4,1\""), claim("\"length\": 9", "\"length\": 999")),
          "bound", "claim.language: the bound is about two symbols"},
         {peeling, "peeling", both(claim("\"parity\"", "\"majority\""), claim("\"length\": 9", "\"length\": 23")),
          "bound", "claim.length: the language has no automaton, and there are more than 2^22 words"},
         {inequality, "peeling", claim("\"length\": 9", "\"length\": 7"), "bound",
          "claim.length: so many pairs of words can be told apart"},
         {inequality, "peeling", claim("\"activations\": 2", "\"activations\": 3"), "bound",
          "claim.length: so many pairs of words can be told apart"},
         {inequality, "peeling", claim("\"activations\": 2", "\"activations\": null"), "bound",
          "claim.length: so many pairs of words can be told apart"},
         {inequality, "peeling",
          both(claim("\"read\": \"end\"", "\"read\": \"last\""), claim("\"length\": 9", "\"length\": 8")), "bound",
          "claim.length: so many pairs of words can be told apart"},
         {inequality, "peeling",
          both(claim("\"activations\": 2", "\"activations\": null"),
               both(claim("\"read\": \"end\"", "\"read\": \"last\""), claim("\"length\": 9", "\"length\": 10"))),
          "bound", "claim.length: so many pairs of words can be told apart"},
         {counting, "counting", claim("\"layers\": 2", "\"layers\": 3"), "bound",
          "claim.class: the bound is about two layers that see positions"},
         {counting, "counting", claim("\"layers\": 2", "\"layers\": 1"), "bound",
          "claim.class: the bound is about two layers that see positions"},
         {counting, "refuted without positions",
          both(claim("\"layers\": 1", "\"layers\": 2"),
               both(by("counting"), both(without("formula.cnf"), without("proof.lrat")))),
          "bound", "claim.class: the bound is about two layers that see positions"},
         {counting, "counting", claim("\"parity\"", "\"last\""), "bound",
          "claim.language: the bound is about two symbols"},
         {counting, "counting", claim("\"parity\"", "\"dyck:2,3\""), "bound",
          "claim.language: the bound is about two symbols"},
         {counting, "counting", add_file("formula.cnf", ""), "digest",
          "formula.cnf: a certificate of this kind has no such file"},
         {counting, "counting", in("evidence", "\"by\"", "\"lambda\": 5, \"by\""), "question",
          "unknown key \"lambda\""},
         {counted_lengths, "counting", claim("\"length\": 46", "\"length\": 2"), "bound",
          "claim.length: the bound is about more symbols"},
         {counted_lengths, "counting", claim("\"length\": 46", "\"length\": 1000001"), "bound",
          "claim.length: the bound is about more symbols"},
         {counted_lengths, "counting",
          both(claim("\"read\": \"end\"", "\"read\": \"last\""), claim("\"length\": 46", "\"length\": 3")), "bound",
          "claim.length: the bound is about more symbols"},
         {counted, "counting", claim("\"length\": 46", "\"length\": 45"), "bound",
          "claim.length: so many pairs of words can be told apart"},
         {counted, "counting", claim("\"heads\": 2", "\"heads\": 3"), "bound",
          "claim.length: so many pairs of words can be told apart"},
         {counted, "counting", claim("\"read\": \"end\"", "\"read\": \"last\""), "bound",
          "claim.length: so many pairs of words can be told apart"},
         {layers, "restricted layers", claim("\"layers\": 3", "\"layers\": 1"), "bound",
          "claim.class: the bound is about two layers or more"},
         {layers, "restricted layers", claim("\"parity\"", "\"last\""), "bound",
          "claim.language: the bound is about two symbols"},
         {layers, "refuted without positions",
          both(claim("\"layers\": 1", "\"layers\": 2"),
               both(put("evidence",
                        R"({"kind": "bound", "by": "restriction-layers", "probability": "1/4", "stages": []})"),
                    both(without("formula.cnf"), without("proof.lrat")))),
          "bound", "claim.class: the bound is about two layers or more that see positions"},
         {layers, "restricted layers", add_file("formula.cnf", ""), "digest",
          "formula.cnf: a certificate of this kind has no such file"},
         {stages, "restricted layers", claim("\"layers\": 3", "\"layers\": 2"), "bound",
          "evidence.stages: a stage for each layer but the last was expected"},
         {stages, "restricted layers", claim("\"layers\": 3", "\"layers\": 4"), "bound",
          "evidence.stages: a stage for each layer but the last was expected"},
         {stages, "restricted layers", stage("\"13/50\"", "\"1\""), "bound",
          "evidence.probability: a probability between 0 and 1 was expected"},
         {stages, "restricted layers", stage("\"13/50\"", "\"0\""), "bound",
          "evidence.probability: a probability between 0 and 1 was expected"},
         {stages, "restricted layers", stage("\"13/50\"", "\"0.26\""), "question", "evidence.probability"},
         {stages, "restricted layers", stage("\"13/50\"", "0.26"), "question",
          "evidence.probability: a string was expected"},
         {stages, "restricted layers", stage("\"width\": 9, \"free\": 10", "\"width\": 0, \"free\": 10"), "question",
          "stages[1].width"},
         {stages, "restricted layers", stage("\"width\": 9, \"free\": 10", "\"width\": 4097, \"free\": 10"), "question",
          "stages[1].width"},
         {stages, "restricted layers", stage("\"width\": 9, \"free\": 10", "\"width\": 9, \"free\": 0"), "question",
          "stages[1].free"},
         {stages, "restricted layers", stage("\"free\": 397", "\"free\": 1000001"), "question", "stages[0].free"},
         {stages, "restricted layers", stage("\"free\": 397", "\"left\": 397"), "question", "unknown key \"left\""},
         {layer_lengths, "restricted layers", claim("\"length\": 1528", "\"length\": 1"), "bound",
          "claim.length: the bound is about more symbols"},
         {layer_lengths, "restricted layers", claim("\"length\": 1528", "\"length\": 1000001"), "bound",
          "claim.length: the bound is about more symbols"},
         {first_stage, "restricted layers", stage("\"free\": 397", "\"free\": 398"), "bound",
          "stages[0].free: more symbols than stay free in the mean"},
         {first_stage, "restricted layers", claim("\"length\": 1528", "\"length\": 1500"), "bound",
          "stages[0].free: more symbols than stay free in the mean"},
         {first_stage, "restricted layers", stage("\"width\": 9, \"free\": 397", "\"width\": 8, \"free\": 397"),
          "bound", "stages[0].width: positions that need more symbols are to be expected"},
         {first_stage, "restricted layers", stage("13/50", "14/50"), "bound",
          "stages[0].width: positions that need more symbols are to be expected"},
         {first_stage, "restricted layers", stage("13/50", "27/100"), "bound",
          "stages[0].width: positions that need more symbols are to be expected"},
         {next_stage, "restricted layers", stage("\"free\": 10", "\"free\": 11"), "bound",
          "stages[1].width: there are codes for all restrictions"},
         {next_stage, "restricted layers", stage("\"width\": 9, \"free\": 10", "\"width\": 8, \"free\": 10"), "bound",
          "stages[1].width: there are codes for all restrictions"},
         {next_stage, "restricted layers", stage("\"free\": 10", "\"free\": 389"), "bound",
          "stages[1].free: more symbols than are left once what is read is settled"},
         {next_stage, "restricted layers", stage("\"free\": 397", "\"free\": 390"), "bound",
          "stages[1].width: there are codes for all restrictions"},
         {last_stage, "restricted layers", stage("\"free\": 10", "\"free\": 9"), "bound",
          "stages[1].free: so many symbols can settle what is read"},
         {faces, "faces", claim("\"layers\": 2", "\"layers\": 3"), "bound",
          "claim.class: the bound is about two layers"},
         {faces, "faces", claim("\"heads\": 1", "\"heads\": 2"), "bound", "claim.class: the bound is about two layers"},
         {faces, "faces", claim("\"activations\": 4", "\"activations\": null"), "bound",
          "claim.class: the bound is about two layers of one head with bounded activations"},
         {faces, "faces", claim("\"parity\"", "\"majority\""), "bound",
          "claim.language: the bound is about two symbols"},
         {"`{\"kind\": \"bound\", \"by\": \"faces\", \"price\": text", "faces", add_file("formula.cnf", ""), "digest",
          "formula.cnf: a certificate of this kind has no such file"},
         {weights, "faces", in("evidence", "1993/100000", "-1993/100000"), "question",
          "faces[0].weight: a weight is not negative"},
         {weights, "faces", in("evidence", "\"dimension\": 3", "\"dimension\": 2"), "question",
          "faces[1].dimension: the dimension occurs twice"},
         {weights, "faces", in("evidence", "\"dimension\": 2", "\"dimension\": 1"), "question", "faces[0].dimension"},
         {weights, "faces", in("evidence", "\"dimension\": 3", "\"dimension\": 9"), "bound",
          "evidence.faces: faces of more dimensions than there are free symbols"},
         {weights, "faces", in("evidence", "\"weight\": \"1993/100000\"", "\"weight\": 0.01993"), "question",
          "faces[0].weight: a string was expected"},
         {weights, "faces", in("evidence", "\"price\": \"847/250\", ", ""), "question", "the key \"price\" is missing"},
         {face_lengths, "faces", claim("\"length\": 9", "\"length\": 11"), "bound",
          "claim.length: the bound is about 3 symbols or more"},
         {face_lengths, "faces", claim("\"length\": 9", "\"length\": 2"), "bound",
          "claim.length: the bound is about 3 symbols or more"},
         {weighed, "faces", claim("\"length\": 9", "\"length\": 8"), "bound",
          "claim.length: so many words can be told apart"},
         {weighed, "faces", in("evidence", "847/250", "1"), "bound", "claim.length: so many words can be told apart"},
         {weighed, "faces", in("evidence", "4661/100000", "0"), "bound",
          "claim.length: so many words can be told apart"},
         {weighed, "faces", claim("\"read\": \"end\"", "\"read\": \"last\""), "bound",
          "claim.length: so many words can be told apart"},
         {restricted, "counting after a restriction", claim("\"layers\": 2", "\"layers\": 3"), "bound",
          "claim.class: the bound is about two layers that see positions"},
         {restricted, "counting after a restriction", claim("\"layers\": 2", "\"layers\": 1"), "bound",
          "claim.class: the bound is about two layers that see positions"},
         {restricted, "refuted without positions",
          both(claim("\"layers\": 1", "\"layers\": 2"),
               both(put("evidence",
                        R"({"kind": "bound", "by": "counting-restriction", "probability": "1/4", "width": 9})"),
                    both(without("formula.cnf"), without("proof.lrat")))),
          "bound", "claim.class: the bound is about two layers that see positions"},
         {restricted, "counting after a restriction", claim("\"parity\"", "\"last\""), "bound",
          "claim.language: the bound is about two symbols"},
         {restricted, "counting after a restriction", add_file("formula.cnf", ""), "digest",
          "formula.cnf: a certificate of this kind has no such file"},
         {restriction, "counting after a restriction", in("evidence", "23/100", "1"), "bound",
          "evidence.probability: a probability between 0 and 1 was expected"},
         {restriction, "counting after a restriction", in("evidence", "23/100", "-23/100"), "bound",
          "evidence.probability: a probability between 0 and 1 was expected"},
         {restriction, "counting after a restriction", in("evidence", "\"23/100\"", "0.23"), "question",
          "evidence.probability: a string was expected"},
         {restriction, "counting after a restriction", in("evidence", "29", "0"), "question", "evidence.width"},
         {restriction, "counting after a restriction", in("evidence", "29", "4097"), "question", "evidence.width"},
         {restriction, "counting after a restriction", in("evidence", "\"width\": 29", "\"free\": 29"), "question",
          "unknown key \"free\""},
         {restricted_lengths, "counting after a restriction", claim("\"length\": 2710", "\"length\": 20"), "bound",
          "claim.length: the bound is about more symbols"},
         {restricted_lengths, "counting after a restriction", claim("\"length\": 2710", "\"length\": 1000001"), "bound",
          "claim.length: the bound is about more symbols"},
         {left_over, "counting after a restriction", claim("\"length\": 2710", "\"length\": 2709"), "bound",
          "claim.length: so many symbols may be fixed"},
         {left_over, "counting after a restriction", claim("\"read\": \"end\"", "\"read\": \"last\""), "bound",
          "claim.length: so many symbols may be fixed"},
         {left_over, "counting after a restriction", claim("\"heads\": 20", "\"heads\": 21"), "bound",
          "claim.length: so many symbols may be fixed"},
         {left_over, "counting after a restriction", in("evidence", "29", "28"), "bound",
          "claim.length: so many symbols may be fixed"},
         {left_over, "counting after a restriction", in("evidence", "29", "30"), "bound",
          "claim.length: so many symbols may be fixed"},
         {left_over, "counting after a restriction", in("evidence", "23/100", "22/100"), "bound",
          "claim.length: so many symbols may be fixed"},
         {left_over, "counting after a restriction", in("evidence", "23/100", "24/100"), "bound",
          "claim.length: so many symbols may be fixed"},
         {orders, "orders", claim("\"layers\": 2", "\"layers\": 3"), "bound",
          "claim.class: the bound is about two layers of one head with two activations"},
         {orders, "orders", claim("\"heads\": 1", "\"heads\": 2"), "bound",
          "claim.class: the bound is about two layers of one head with two activations"},
         {orders, "orders", claim("\"activations\": 2", "\"activations\": 3"), "bound",
          "claim.class: the bound is about two layers of one head with two activations"},
         {orders, "orders", claim("\"activations\": 2", "\"activations\": null"), "bound",
          "claim.class: the bound is about two layers of one head with two activations"},
         {orders, "refuted without positions",
          both(claim("\"layers\": 1", "\"layers\": 2"),
               both(by("orders"), both(without("formula.cnf"), without("proof.lrat")))),
          "bound", "claim.class: the bound is about two layers of one head with two activations that see positions"},
         {orders, "orders", claim("\"parity\"", "\"majority\""), "bound",
          "claim.language: the bound is about two symbols"},
         {orders, "orders", add_file("proof.lrat", ""), "digest",
          "proof.lrat: a certificate of this kind has no such file"},
         {seven, "orders", claim("\"length\": 7", "\"length\": 6"), "bound",
          "claim.length: the bound is about 7 symbols"},
         {seven, "orders", claim("\"length\": 7", "\"length\": 8"), "bound",
          "claim.length: the bound is about 7 symbols"},
         {seven, "orders", claim("\"read\": \"end\"", "\"read\": \"last\""), "bound",
          "claim.length: the bound is about 7 symbols"}}};
}

}  // namespace forgeries
