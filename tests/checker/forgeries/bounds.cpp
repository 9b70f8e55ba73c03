#include "forgery.hpp"
#include "originals.hpp"

// Sections 9.6 and 9.9: bounds by theorems.

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
constexpr const char* sizes = "Let P = N for `read: \"end\"`, N − 1 for `last`, 3 ≤ P ≤ 20";
constexpr const char* inequality = "there is a λ ∈ {0 … D} with B < D 2^(D−1)";

}  // namespace

Section bounds() {
    return {"9.6 and 9.9",
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
             {peeling, "peeling", both(claim("\"parity\"", "\"dyck:2\""), claim("\"length\": 9", "\"length\": 4")),
              "bound", "claim.language: the bound is about two symbols"},
             {sizes, "peeling", claim("\"length\": 9", "\"length\": 2"), "bound",
              "claim.length: the bound is about 3 to 20 symbols"},
             {sizes, "peeling", claim("\"length\": 9", "\"length\": 21"), "bound",
              "claim.length: the bound is about 3 to 20 symbols"},
             {sizes, "peeling",
              both(claim("\"read\": \"end\"", "\"read\": \"last\""), claim("\"length\": 9", "\"length\": 3")), "bound",
              "claim.length: the bound is about 3 to 20 symbols"},
             {inequality, "peeling", claim("\"length\": 9", "\"length\": 8"), "bound",
              "claim.length: so many pairs of words can be told apart"},
             {inequality, "peeling", claim("\"activations\": 2", "\"activations\": 3"), "bound",
              "claim.length: so many pairs of words can be told apart"},
             {inequality, "peeling", claim("\"activations\": 2", "\"activations\": null"), "bound",
              "claim.length: so many pairs of words can be told apart"},
             {inequality, "peeling", claim("\"read\": \"end\"", "\"read\": \"last\""), "bound",
              "claim.length: so many pairs of words can be told apart"}}};
}

}  // namespace forgeries
