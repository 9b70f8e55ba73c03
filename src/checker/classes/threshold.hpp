#pragma once

#include <string>

#include "checker/classes/network_words.hpp"
#include "checker/core/files.hpp"
#include "checker/core/manifest.hpp"
#include "checker/language/language.hpp"

namespace attest::checker {

/// `2 layers, 1 head, unbounded activations, read at an end symbol`
std::string described_class(const NetworkClass& c);

/// What a claim about a class of networks says, as one sentence.
std::string threshold_sentence(const Claim& claim);

/// The language of the claim, over its own alphabet. Throws Defect.
struct ThresholdQuestion {
    Language language;
    NetworkWords words;  ///< all of them, where the evidence needs them; else none
};
ThresholdQuestion read_threshold_question(const Manifest& manifest, const Files& files, Budget& budget);

/// Obligation `network`: witness.json is a network of the class that computes the language. Throws Defect.
void check_network(const Manifest& manifest, const ThresholdQuestion& question, const Files& files, Budget& budget);

/// Obligation `network`, of a network that is told by its parts: the blocks of the evidence make up the word, and each is
/// one that a head can tell. Throws Defect.
///
/// Gives   the symbols of the longest part that was run on all its words
/// Exact   yes
/// Cost    2^d evaluations for each part of d symbols, d ≤ 16
std::size_t check_peelings(const Manifest& manifest, const ThresholdQuestion& question, const Files& files,
                           Budget& budget);

/// Obligation `bound`: whatever heads there are, one can fix so many symbols that a network of the class no longer
/// depends on the word, while the language still does. Throws Defect.
///
/// Gives   how many symbols
/// Exact   yes: all choices of k fixed positions and symbols are tried
/// Cost    C(N, k) |Σ|^N at most; a choice ends at the first two words that differ
std::size_t check_restriction_bound(const Manifest& manifest, const ThresholdQuestion& question, Budget& budget);

/// The same because two layers of one head separate too few words from those that differ in one symbol, while the
/// language does it for all. Throws Defect.
///
/// Exact   yes
/// Cost    O(N); for 8 and 9 symbols and two activations, N 4^N
void check_peeling_bound(const Manifest& manifest, const ThresholdQuestion& question, Budget& budget);

/// The same for two layers of one head with two activations and seven symbols, by all orders of the reader.
///
/// Exact   yes
/// Cost    50,000 beginnings of orders
void check_reader_orders(const Manifest& manifest, const ThresholdQuestion& question, Budget& budget);

/// The same for two layers of any number of heads.
///
/// Exact   yes
/// Cost    O(heads) sums of rationals of O(heads) digits
void check_counting_bound(const Manifest& manifest, const ThresholdQuestion& question, Budget& budget);

/// The same for two layers of any number of heads, after a random restriction.
///
/// Exact   yes
/// Cost    O(heads + width) products of rationals
void check_restricted_counting(const Manifest& manifest, const ThresholdQuestion& question, Budget& budget);

/// The same for two layers of one head with bounded activations, by weights of faces.
///
/// Exact   yes
/// Cost    A^P sums of P rationals, A^P ≤ 2^20
void check_faces_bound(const Manifest& manifest, const ThresholdQuestion& question, Budget& budget);

/// The same because symbols can be fixed, layer by layer, until nothing that is read depends on those that are left.
///
/// Exact   yes
/// Cost    layers, heads and the square of the widths
void check_layers_bound(const Manifest& manifest, const ThresholdQuestion& question, Budget& budget);

}  // namespace attest::checker
