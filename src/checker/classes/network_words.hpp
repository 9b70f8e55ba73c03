#pragma once

#include <vector>

#include "checker/core/network_class.hpp"
#include "checker/kernel/budget.hpp"
#include "checker/language/language.hpp"

namespace attest::checker {

/// The words that a claim about a class of networks is about, in order, and which are in the language.
struct NetworkWords {
    std::size_t symbols = 0;
    std::vector<std::vector<std::size_t>> words;
    std::vector<bool> member;

    /// Membership of the word in which two symbols are exchanged, or one is replaced by the other of two.
    /// Needs   words of one length N, symbols == 2 for the complement
    bool member_exchanged(std::size_t word, std::size_t j, std::size_t k) const;
    bool member_complemented(std::size_t word, std::size_t j) const;
};

/// All words of the length; without positions those of all lengths up to it, the shorter first.
///
/// Throws  Defect: more than 2^22 words, or a language that is not defined for all of them
NetworkWords network_words(const Language& language, std::size_t length, const NetworkClass& c, Budget& budget);

}  // namespace attest::checker
