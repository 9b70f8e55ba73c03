#include <algorithm>

#include "checker/classes/threshold.hpp"
#include "checker/kernel/defect.hpp"

// Obligation `bound`, by restriction (FORMAT.md section 9.6, with the proofs; the first is the one-layer case of
// [hahn2020theoretical] with its constant). One layer of H heads: go through the heads; a head's list is walked down
// past the pairs that the symbols fixed so far exclude, and the position of the first other pair is fixed to its
// symbol, which decides the head. So at most k = H positions need be fixed until the network's answer is. Key dimension
// 1, no mask: with the first position fixed, and for each head of a layer the leftmost that can have the greatest
// number and the leftmost that can have the least, all that heads can find is constant, and positions depend on their
// own symbols alone; in the last layer the readout makes one query to each head. So k = 1 + 2H(L − 1) + H. For all S ⊂
// positions, |S| = k, and all symbols on S: the language has two words with these symbols of which it contains one.
// Read at the last symbol: that one is fixed first, and it is enough that some choice of it leaves no such S.

namespace attest::checker {
namespace {

class Subcubes {
  public:
    Subcubes(const NetworkWords& words, std::size_t free, std::size_t fixed, Budget& budget)
        : words_(words), length_(words.words.front().size()), free_(free), fixed_(fixed), budget_(budget) {}

    /// Positions, from 0, and symbols that make the language constant; nothing if there are none.
    ///
    /// Shape   word: the symbols at the positions from `free` on, which are given
    bool find_constant(std::vector<std::size_t> word) {
        chosen_.clear();
        word_ = std::move(word);
        return choose(0);
    }

    std::string described() const {
        std::string text;
        for (const std::size_t p : chosen_) text += " " + std::to_string(p + 1);
        return text;
    }

  private:
    bool choose(std::size_t from) {
        if (chosen_.size() == fixed_) return try_symbols(0);
        for (std::size_t p = from; p + (fixed_ - chosen_.size()) <= free_; ++p) {
            chosen_.push_back(p);
            if (choose(p + 1)) return true;
            chosen_.pop_back();
        }
        return false;
    }

    bool try_symbols(std::size_t k) {
        if (k == chosen_.size()) return is_constant();
        for (std::size_t a = 0; a < words_.symbols; ++a) {
            word_[chosen_[k]] = a;
            if (try_symbols(k + 1)) return true;
        }
        return false;
    }

    bool is_constant() const {
        std::vector<std::size_t> rest;
        for (std::size_t p = 0; p < free_; ++p)
            if (std::find(chosen_.begin(), chosen_.end(), p) == chosen_.end()) rest.push_back(p);
        std::vector<std::size_t> word = word_;
        for (const std::size_t p : rest) word[p] = 0;
        const bool first = member(word);
        for (;;) {
            budget_.step(1 + length_);
            std::size_t k = 0;
            while (k < rest.size() && word[rest[k]] + 1 == words_.symbols) word[rest[k++]] = 0;
            if (k == rest.size()) return true;
            ++word[rest[k]];
            if (member(word) != first) return false;
        }
    }

    bool member(const std::vector<std::size_t>& word) const {
        std::size_t index = 0;
        for (const std::size_t a : word) index = index * words_.symbols + a;
        return words_.member[index];
    }

    const NetworkWords& words_;
    std::size_t length_, free_, fixed_;
    Budget& budget_;
    std::vector<std::size_t> chosen_;
    std::vector<std::size_t> word_;
};

/// How many symbols settle the answer of any network of the class. Throws Defect where that is not known.
std::size_t settling_symbols(const NetworkClass& c, const std::string& place) {
    if (!c.sees_positions) throw Defect(place + ".positions", "the bound is about one length");
    if (c.layers == 1) return c.heads;
    if (!c.one_key_dimension) throw Defect(place + ".layers", "the bound is about one layer, or key dimension 1");
    if (c.strict_mask) throw Defect(place + ".mask", "the bound is about one layer, or no mask");
    return 1 + 2 * c.heads * (c.layers - 1) + c.heads;
}

}  // namespace

std::size_t check_restriction_bound(const Manifest& manifest, const ThresholdQuestion& question, Budget& budget) {
    const Claim& claim = manifest.claim;
    const NetworkClass& c = *claim.network_class;
    const std::string place = "manifest.json: claim";
    const std::size_t fixed = settling_symbols(c, place + ".class");
    const std::size_t free = c.reads_end ? claim.length : claim.length - 1;
    if (fixed >= free) throw Defect(place + ".class.heads", "that many heads can see all symbols");
    // Words of more than 22 symbols are no more than 2^22 only over one symbol, and that language is constant.
    if (question.words.symbols == 1)
        throw Defect(place + ".language", "the language is constant, its words having one symbol");
    Subcubes cubes(question.words, free, fixed, budget);
    std::vector<std::size_t> word(claim.length, 0);
    if (c.reads_end) {
        if (cubes.find_constant(word))
            throw Defect(place + ".length",
                         "the language is constant once these positions are fixed:" + cubes.described());
        return fixed;
    }
    for (std::size_t last = 0; last < question.words.symbols; ++last) {
        word.back() = last;
        if (!cubes.find_constant(word)) return fixed;
    }
    throw Defect(place + ".length", "for each last symbol the language is constant once few positions are fixed");
}

}  // namespace attest::checker
