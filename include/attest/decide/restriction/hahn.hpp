#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "attest/base/limits.hpp"
#include "attest/decide/restriction/restriction.hpp"
#include "attest/exact/rational.hpp"
#include "attest/network/transformer.hpp"

namespace attest::restriction {

/// The free parameters of Hahn's depth-reduction lemma, as they are used here: far below what its constants ask for.
struct HahnOptions {
    std::size_t k = 2;             ///< activations that a head is followed through
    exact::Rational eta{1, 4};     ///< share of the inputs that may be spent on busy inputs
    exact::Rational q{1, 2};       ///< probability with which stage 3 fixes an input
    exact::Rational delta{1, 10};  ///< stage 3 may fix (1 + delta) q of the inputs
    std::uint64_t seed = 0;
    std::size_t attempts = 200;              ///< at stage 3 in a layer
    std::size_t most_assignments = 1 << 14;  ///< of the inputs of one activation
};

/// What happened in one layer.
struct HahnLayer {
    std::size_t inputs_before = 0;  ///< c: the greatest number of inputs of one activation
    std::size_t free_before = 0;
    std::size_t busy_inputs = 0;    ///< stage 1: inputs fixed because they feed too many activations
    std::size_t rounds = 0;         ///< stage 2: activations forced to their best value
    std::size_t forced_inputs = 0;  ///< stage 2: inputs fixed for that
    std::size_t heads = 0;          ///< pairs of a head and an asking position that is read
    std::size_t satisfied_at_first = 0;
    std::size_t satisfied_greedily = 0;  ///< after stage 2
    std::size_t satisfied = 0;           ///< after stage 3
    std::size_t attempts = 0;            ///< stage 3: random settings tried; 0 where every head was satisfied
    std::size_t random_inputs = 0;       ///< stage 3: inputs fixed
    std::size_t free_after = 0;
    std::size_t inputs_after = 0;  ///< c of the next layer; counted only if `tabulated`
    bool tabulated = false;        ///< false: an activation has more inputs than can be tabulated, and the run ends
};

/// A run of the proof as an algorithm.
struct HahnRun {
    HahnOptions options;
    std::vector<HahnLayer> layers;
    Restriction restriction;
    /// The positions on which the answer still depends: known if the run reached the readout.
    std::optional<std::vector<std::size_t>> depends_on;
    std::string stopped;  ///< why it did not
};

/// Hahn's proof that hard attention forgets, run on one model at one length: layer by layer inputs are fixed until each
/// activation depends on few of those that are left. Stage 1 fixes inputs that feed many activations, stage 2 forces
/// activations that many heads want, stage 3 fixes inputs at random. A head is satisfied once it cannot look beyond k
/// activations of its order; other than in the paper also where that is so without anything being forced.
///
/// Needs   hard attention
/// Exact   yes: the activations are tabulated by exact evaluation
/// Throws  Unsupported where has_hahn_restriction says no
/// Source  [hahn2020theoretical], Lemma 4
HahnRun hahn_restriction(const network::Transformer& transformer, std::int64_t length, const HahnOptions& options,
                         const base::Limits& limits);

/// Whether the attention is hard and the model has nothing that the algorithm does not know.
bool has_hahn_restriction(const network::Transformer& transformer);

/// What the lemma's constants promise of the first layer.
struct HahnPromise {
    double k = 0;           ///< the least k that its inequalities allow
    double free_share = 0;  ///< C′: of the inputs stay free
    double inputs = 0;      ///< 2kH + 1: on how many inputs an activation may then depend
    double length = 0;      ///< least length for which it says so
    /// Whether it says anything: fewer inputs than stay free, at a length that it speaks of.
    bool says_something_at(double n) const { return n >= length && inputs < free_share * n; }
};

/// The constants for c = C = 1 and H heads a position, in floating point: they are no part of any verdict.
HahnPromise hahn_promise(std::size_t heads, double eta, double q, double delta);

}  // namespace attest::restriction
