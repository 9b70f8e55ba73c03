#include "checker/soft/means.hpp"

#include <string>

#include "checker/kernel/defect.hpp"
#include "checker/network/cut_model.hpp"
#include "checker/network/evaluator.hpp"
#include "checker/question/words.hpp"
#include "checker/soft/soft_evaluator.hpp"

// FORMAT.md, section 15: the mean is taken again, over all words, of a model that ends behind the part, by the evaluators
// that all claims are checked by. A sum in intervals holds the true sum; a constant is near if it is near to both ends.

namespace attest::checker {
namespace {

constexpr std::uint64_t most_words = std::uint64_t{1} << 22;
constexpr long mean_bits = 256;

std::uint64_t count_words(std::size_t symbols, std::size_t length) {
    std::uint64_t count = 1;
    for (std::size_t i = 0; i < length && symbols > 1; ++i) {
        count *= symbols;
        if (count > most_words) throw Defect("manifest.json: claim.instead", "there are more than 2^22 words");
    }
    return count;
}

/// The sum over all words of what is given for each.
template <typename Of>
auto sum_over_words(const Model& model, std::size_t length, const Of& of) {
    Word word(length, 0);
    auto sum = of(word);
    while (advance(word, model.alphabet.size())) {
        const auto more = of(word);
        for (std::size_t c = 0; c < sum.size(); ++c) sum[c] += more[c];
    }
    return sum;
}

struct Ends {
    Rational low, high;
};

std::vector<Ends> exact_sums(const Model& cut, std::size_t length, Budget& budget) {
    const Instance instance = instantiate(cut, length, budget);
    std::vector<Ends> ends;
    for (const Rational& sum :
         sum_over_words(cut, length, [&](const Word& word) { return final_vector(instance, word, budget); }))
        ends.push_back({sum, sum});
    return ends;
}

std::vector<Ends> enclosed_sums(const Model& cut, std::size_t length, const std::string& place, Budget& budget) {
    const SoftInstance instance = instantiate(cut, length, mean_bits, budget);
    std::vector<Ends> ends;
    for (const Interval& sum :
         sum_over_words(cut, length, [&](const Word& word) { return logits(instance, word, budget); })) {
        if (!sum.is_finite()) throw Defect(place, "its mean is not certain");
        ends.push_back({sum.low(), sum.high()});
    }
    return ends;
}

void check_part(const Model& model, const Claim& claim, std::size_t k, std::uint64_t words, Budget& budget) {
    const std::string place = "manifest.json: claim.instead.constants[" + std::to_string(k) + "]";
    const Model cut = cut_behind(model, claim.without[k]);
    const Rational& within = *claim.instead->within;
    const std::vector<Ends> sums =
        cut.is_soft() ? enclosed_sums(cut, claim.length, place, budget) : exact_sums(cut, claim.length, budget);
    for (std::size_t c = 0; c < sums.size(); ++c) {
        const Rational value = claim.instead->constants[k][c] * static_cast<unsigned long>(words);
        const Rational reach = within * static_cast<unsigned long>(words);
        if (value - sums[c].low > reach || sums[c].high - value > reach)
            throw Defect(place + "[" + std::to_string(c) + "]", "it is not so near to the mean");
    }
}

}  // namespace

/// for each part k of the list and each coordinate c: |constant_k[c] - mean over all words of what k adds to c| <= within
void check_means(const Model& model, const Claim& claim, Budget& budget) {
    const std::uint64_t words = count_words(model.alphabet.size(), claim.length);
    budget.memory(16 * claim.length + 256 * model.dimension);
    for (std::size_t k = 0; k < claim.without.size(); ++k) check_part(model, claim, k, words, budget);
}

}  // namespace attest::checker
