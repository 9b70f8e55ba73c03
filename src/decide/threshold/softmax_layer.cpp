#include "attest/decide/threshold/softmax_layer.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "attest/base/error.hpp"

// A symmetric language is a table over c = 0 … N, the number of 1s, and changes s times. With k >= s heads, take P of
// degree s with a root in each change and D = (c+1)…(c+k): P/D = C + Σ λ_j/(c+j), a head for each j, whose weights add up
// to c + j and whose values make λ_j + (C/k)(c + j). With fewer, take k + 2 numbers of 1s at which membership alternates:
// the divided difference over them is zero for polynomials of degree k, and its coefficients alternate in sign.

namespace attest::threshold {

namespace {

using exact::Rational;

constexpr std::uint64_t most_listed_words = 1 << 16;

/// Membership by the number of 1s; nothing if it depends on more.
std::optional<std::vector<bool>> by_ones(const language::Language& language, std::int64_t length) {
    std::vector<std::optional<bool>> table(static_cast<std::size_t>(length) + 1);
    language::Word word(static_cast<std::size_t>(length), 0);
    do {
        auto& entry = table[static_cast<std::size_t>(std::count(word.begin(), word.end(), language::Symbol{1}))];
        const bool member = language.contains(word);
        if (entry.value_or(member) != member) return std::nullopt;
        entry = member;
    } while (language::next_word(word, language.alphabet()));
    std::vector<bool> plain;
    for (const auto& entry : table) plain.push_back(*entry);
    return plain;
}

/// The numbers of 1s at which membership is new, the first one 0.
std::vector<std::int64_t> alternation(const std::vector<bool>& table) {
    std::vector<std::int64_t> levels{0};
    for (std::size_t c = 1; c < table.size(); ++c)
        if (table[c] != table[c - 1]) levels.push_back(static_cast<std::int64_t>(c));
    return levels;
}

/// P at a point: positive for the words that are not in the language.
Rational numerator(const std::vector<bool>& table, const std::vector<std::int64_t>& levels, const Rational& at) {
    Rational product = table.back() ? -1 : 1;  // beyond the last root all factors are positive
    for (std::size_t k = 1; k < levels.size(); ++k) product *= at - levels[k] + Rational(1, 2);
    return product;
}

SoftmaxLayer interpolation(const language::Language& language, std::int64_t heads, std::int64_t length,
                           const std::vector<bool>& table) {
    const std::vector<std::int64_t> levels = alternation(table);
    const auto changes = static_cast<std::int64_t>(levels.size()) - 1;
    const Rational limit = changes == heads ? Rational(table.back() ? -1 : 1) : Rational(0);  // C, of P/D at infinity
    SoftmaxLayer layer{language.alphabet(), length, {}};
    for (std::int64_t j = 1; j <= heads; ++j) {
        Rational residue = numerator(table, levels, Rational(-j));
        for (std::int64_t l = 1; l <= heads; ++l)
            if (l != j) residue /= l - j;
        const Rational each = limit / heads;
        // weights: query w, a 0 gives a share of j − w, a 1 one more; values: residue + each (c + j) in all
        const Rational query = length == 0 ? Rational(j) : Rational(1, 2);
        const Rational zero = length == 0 ? Rational(1) : Rational((j - query) / length);
        const Rational one = zero + 1;
        SoftmaxLayer::Head head{{query, Rational((residue + each * j) / query)}, {}};
        head.symbols.assign(static_cast<std::size_t>(length), {{zero, 0}, {one, Rational(each / one)}});
        layer.heads.push_back(std::move(head));
    }
    return layer;
}

/// Σ c(x) p(x) sign(x) = 0 for all p that depend on at most `heads` symbols of x.
std::vector<Rational> divided_difference(const std::vector<bool>& table, std::int64_t heads, std::int64_t length) {
    std::vector<std::int64_t> levels = alternation(table);
    levels.resize(static_cast<std::size_t>(heads) + 2);
    std::vector<Rational> by_level(table.size());
    for (const std::int64_t a : levels) {
        Rational weight = 1;
        for (const std::int64_t b : levels)
            if (a != b) weight /= std::abs(a - b);
        mpz_class words;
        mpz_bin_uiui(words.get_mpz_t(), static_cast<unsigned long>(length), static_cast<unsigned long>(a));
        by_level[static_cast<std::size_t>(a)] = weight / words;
    }
    mpz_class common = 1;
    for (const Rational& weight : by_level) common = lcm(common, weight.get_den());
    std::vector<Rational> weights;
    for (std::uint64_t x = 0; x < std::uint64_t{1} << length; ++x)
        weights.emplace_back(by_level[static_cast<std::size_t>(__builtin_popcountll(x))] * common);
    mpz_class divisor;
    for (const Rational& weight : weights) divisor = gcd(divisor, weight.get_num());
    for (Rational& weight : weights) weight /= divisor;
    return weights;
}

/// Holds the network against the language on all words; the limit that stopped it, if any.
std::optional<base::Limit> replay(const SoftmaxLayer& layer, const language::Language& language,
                                  const base::Limits& limits) {
    language::Word word(static_cast<std::size_t>(layer.length), 0);
    do {
        if (const auto limit = limits.exceeded()) return limit;
        if ((layer.difference(word) < 0) != language.contains(word))
            throw base::InternalError(
                fmt::format("the softmax layer is wrong on {}: please report this", language.alphabet().spell(word)));
    } while (language::next_word(word, language.alphabet()));
    return std::nullopt;
}

}  // namespace

exact::Rational SoftmaxLayer::difference(const language::Word& word) const {
    Rational all;
    for (const Head& head : heads) {
        Rational total = head.query.weight, sum = head.query.weight * head.query.value;
        for (std::size_t i = 0; i < word.size(); ++i) {
            const Token& token = head.symbols[i][word[i]];
            total += token.weight;
            sum += token.weight * token.value;
        }
        all += sum / total;
    }
    return all;
}

SoftmaxAnswer softmax_threshold(const language::Language& language, std::int64_t heads, std::int64_t length,
                                const base::Limits& limits) {
    SoftmaxAnswer result;
    const auto undecided = [&](verdict::Reason reason, const std::string& why) {
        result.why = {reason, why};
        return result;
    };
    if (language.alphabet().size() != 2)
        return undecided(verdict::Reason::unsupported, "softmax layers are decided over two symbols");
    if (!language::count_words(language.alphabet(), static_cast<std::uint64_t>(length), most_listed_words))
        return undecided(verdict::Reason::memory,
                         fmt::format("more than {} words of length {}", most_listed_words, length));
    const auto table = by_ones(language, length);
    if (!table)
        return undecided(verdict::Reason::unsupported,
                         fmt::format("{} at length {} is no function of the number of {}s", language.name(), length,
                                     language.alphabet().symbol(1)));
    result.sign_changes = static_cast<std::int64_t>(alternation(*table).size()) - 1;
    if (result.sign_changes > heads) {
        result.answer = verdict::Answer::fails;
        result.weights = divided_difference(*table, heads, length);
        return result;
    }
    SoftmaxLayer network = interpolation(language, heads, length, *table);
    if (const auto limit = replay(network, language, limits))
        return undecided(verdict::reason_of(*limit), "while the network was run on all words");
    result.answer = verdict::Answer::holds;
    result.network = std::move(network);
    return result;
}

}  // namespace attest::threshold
