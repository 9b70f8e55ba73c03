#include <gmpxx.h>

#include <vector>

#include "checker/classes/every_change.hpp"
#include "checker/classes/free_symbols.hpp"
#include "checker/classes/threshold.hpp"
#include "checker/core/rational.hpp"
#include "checker/kernel/defect.hpp"

// Obligation `bound`, by restricting layer after layer. Theorem (FORMAT.md section 9.11): after a layer and a random
// restriction of what was free, what a position holds is decided by few free symbols, and few more settle what the reader
// holds. Why: codes of the restrictions for which it is not so are fewer than restrictions, after Razborov
// [razborov1995bounded], for the decision lists of H heads one after the other. The numbers of the stages are the
// certificate's; here each is gone through. The theorem is ours.

namespace attest::checker {
namespace {

/// C(n, k) for k = 0 … most.
std::vector<mpz_class> choices(std::size_t n, std::size_t most) {
    std::vector<mpz_class> row{1};
    for (std::size_t k = 1; k <= most; ++k) row.push_back(k > n ? mpz_class(0) : row.back() * (n - k + 1) / k);
    return row;
}

/// How many codes there are for the first `asked` symbols that a tree asks for: block by block, in each list those
/// that do not end it, then perhaps one that does; the last block has no answers.
mpz_class count_codes(std::size_t asked, std::size_t width, std::size_t heads, Budget& budget) {
    budget.step((heads + 1) * (asked + 1), 8 * (asked + 1) * (1 + width / 64));
    budget.memory((heads + 2) * (asked + 1), 64 + width);
    const std::vector<mpz_class> places = choices(width, asked);
    std::vector<std::vector<mpz_class>> at(heads + 2, std::vector<mpz_class>(asked + 1));  // [lists ended][symbols]
    at[0][0] = 1;
    mpz_class codes = 0;
    for (std::size_t s = 0; s < asked; ++s)
        for (std::size_t h = 0; h <= heads; ++h) {
            at[h + 1][s] += at[h][s];  // the list ends without asking
            for (std::size_t y = 1; s + y <= asked; ++y) {
                const mpz_class blocks = at[h][s] * places[y];
                if (s + y == asked) codes += blocks;
                at[h][s + y] += blocks * ((mpz_class(1) << static_cast<mp_bitcnt_t>(y)) - 1);
                at[h + 1][s + y] += blocks;
            }
        }
    return codes;
}

struct Stages {
    const std::string place = "manifest.json: evidence";
    const NetworkClass& c;
    const std::size_t positions;  ///< of the word, but the reader's
    const Restricted& by;
    Budget& budget;

    std::string stage(std::size_t l) const { return place + ".stages[" + std::to_string(l) + "]"; }

    /// Before layer 1: each symbol but H stays free with probability p.
    void check_first() const {
        const std::size_t free = positions - c.heads, width = by.stages.front().width;
        if (by.probability <= 0 || by.probability >= 1)
            throw Defect(place + ".probability", "a probability between 0 and 1 was expected");
        if (by.probability * free < by.stages.front().free)
            throw Defect(stage(0) + ".free", "more symbols than stay free in the mean");
        const FreeSymbols asked = free_symbols(width, c.heads, by.probability, budget);
        const Rational wide =
            free * (2 * by.probability * asked.at_least + (1 - by.probability) * asked.more) + c.heads * asked.more;
        if (2 * wide >= 1) throw Defect(stage(0) + ".width", "positions that need more symbols are to be expected");
    }

    /// Before layer l + 1 of all but the last.
    void check_next(std::size_t l) const {
        const auto &from = by.stages[l - 1], &to = by.stages[l];
        if (from.free < c.heads * from.width + to.free)
            throw Defect(stage(l) + ".free", "more symbols than are left once what is read is settled");
        const std::size_t n = from.free - c.heads * from.width, asked = to.width + 1;
        mpz_class codes = count_codes(asked, from.width, c.heads, budget) * positions, restrictions = 1;
        for (std::size_t t = 0; t < asked; ++t) {
            budget.arithmetic(1 + asked);
            codes *= to.free > t ? 2 * (to.free - t) : 0;
            restrictions *= n - to.free + 1 + t;
        }
        if (codes >= restrictions) throw Defect(stage(l) + ".width", "there are codes for all restrictions");
    }

    void check_last() const {
        const auto& last = by.stages.back();
        if (last.free <= c.heads * last.width)
            throw Defect(stage(by.stages.size() - 1) + ".free", "so many symbols can settle what is read");
    }
};

}  // namespace

void check_layers_bound(const Manifest& manifest, const ThresholdQuestion& question, Budget& budget) {
    const Claim& claim = manifest.claim;
    const NetworkClass& c = *claim.network_class;
    const std::string place = "manifest.json: claim";
    if (c.layers < 2 || !c.sees_positions)
        throw Defect(place + ".class", "the bound is about two layers or more that see positions");
    const Restricted& by = manifest.evidence.restricted;
    if (by.stages.size() != c.layers - 1)
        throw Defect("manifest.json: evidence.stages", "a stage for each layer but the last was expected");
    const std::size_t read = c.reads_end ? 0 : 1;
    if (claim.length <= c.heads + read || claim.length > 1'000'000)
        throw Defect(place + ".length", "the bound is about more symbols than settle what is read, up to 1000000");
    if (!changes_with_every_symbol(question.language, claim.length, budget))
        throw Defect(place + ".language", "the bound is about two symbols, of which each change changes membership");
    const Stages stages{.c = c, .positions = claim.length - read, .by = by, .budget = budget};
    stages.check_first();
    for (std::size_t l = 1; l < by.stages.size(); ++l) stages.check_next(l);
    stages.check_last();
}

}  // namespace attest::checker
