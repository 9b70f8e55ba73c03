#pragma once

#include <gmpxx.h>

#include <cstddef>
#include <optional>
#include <vector>

#include "checker/kernel/budget.hpp"
#include "checker/network/instance.hpp"

namespace attest::checker {

/// An affine map on numerators.
struct WholeMap {
    struct Term {
        std::size_t column;
        mpz_class factor;
    };
    std::vector<std::vector<Term>> rows;
    std::vector<mpz_class> shift;  ///< by row

    std::size_t outputs() const { return rows.size(); }
};

struct WholeHead {
    std::optional<WholeMap> query, key;  ///< their product is in the unit of `bias`
    WholeMap value, output;
    Tie tie = Tie::left;
    std::vector<std::vector<std::size_t>> seen;  ///< [position], from 0
    std::vector<mpz_class> bias;                 ///< [i n + j]; empty where it is the same for all
    /// [position]: those of greatest score, where these do not depend on the word; of hard attention the one that is chosen.
    std::vector<std::vector<std::size_t>> fixed;
    std::vector<mpz_class> share;  ///< by their number m: what a sum of m is multiplied by for their mean
};

struct WholeLayer {
    bool attends = false;
    bool hard = false;
    std::vector<WholeHead> heads;
    mpz_class kept;  ///< times what was there before attention

    std::vector<WholeMap> maps;
    mpz_class above, below;  ///< what an activation multiplies by, from 0 on and below
    mpz_class kept_after;    ///< times what was there before the maps
};

/// A model at one length in whole numbers: the vectors of one place in the stack are numerators over one denominator.
struct WholeModel {
    std::size_t symbols = 0, letters = 0, positions = 0, dimension = 0;
    std::size_t first = 0;                                      ///< position of the word's first symbol, from 0
    std::vector<std::vector<std::vector<mpz_class>>> embedded;  ///< [position][symbol, or one][coordinate]
    std::vector<WholeLayer> layers;                             ///< as they stand
    std::vector<std::vector<bool>> needed;                      ///< [place in the stack][position]
    std::vector<std::size_t> read;                              ///< positions, from 0
    WholeMap logits;                                            ///< of the sum of what is read
    mpz_class denominator;                                      ///< of the logits
    std::vector<bool> accepted;                                 ///< by class; empty: the one logit's sign
    mpz_class greatest;  ///< no number on the way is greater in size, on any word
};

/// Nothing for models of sparsemax attention or with constants by position, for long sequences, and where a denominator gets
/// too great.
///
/// Needs   an instance that decides, or whose answer is one class of several
/// Exact   yes
std::optional<WholeModel> whole_model(const Instance& instance, Budget& budget);

}  // namespace attest::checker
