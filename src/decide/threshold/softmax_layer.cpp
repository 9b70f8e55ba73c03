#include "attest/decide/threshold/softmax_layer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "attest/base/error.hpp"
#include "decide/threshold/by_counts.hpp"

// A symmetric language is a table over the values t of a linear form of how often symbols occur (of two symbols, over the
// number of 1s), and changes s times. With k >= s heads, take P of degree s with a root in each change and D = (t+1)…(t+s):
// P/D = C + Σ λ_j/(t+j), a head for each j, whose weights add up to t + j and whose values make λ_j + (C/s)(t+j). More heads
// than changes give 0: a polynomial D of greater degree would only bring P/D nearer to 0. With fewer, take k + 2 counts on a
// line, such as numbers of 1s, at which membership alternates: a divided difference over them is zero for polynomials of
// degree k, and its coefficients alternate in sign.

namespace attest::threshold {

namespace {

using exact::Rational;

/// The values of the form at which membership is not what it was at the one before.
std::vector<std::int64_t> changes_of(const LinearForm& form) {
    std::vector<std::int64_t> changes;
    for (auto at = form.member.begin(), next = std::next(at); next != form.member.end(); ++at, ++next)
        if (at->second != next->second) changes.push_back(next->first);
    return changes;
}

/// P(x) 2^s / sign: roots are halves below the changes, and beyond the last one all factors are positive.
mpz_class numerator(const std::vector<std::int64_t>& changes, std::int64_t x) {
    mpz_class product = 1;
    for (const std::int64_t change : changes) product *= 2 * (x - change) + 1;
    return product;
}

mpz_class factorial(std::int64_t n) {
    mpz_class product;
    mpz_fac_ui(product.get_mpz_t(), static_cast<unsigned long>(n));
    return product;
}

/// Positive for words that are not in the language.
int sign_at_the_end(const LinearForm& form) { return form.member.rbegin()->second ? -1 : 1; }

Rational fraction(mpz_class above, mpz_class below) {
    Rational number(std::move(above), std::move(below));
    number.canonicalize();
    return number;
}

SoftmaxLayer::Head head(const LinearForm& form, const std::vector<std::int64_t>& changes, std::int64_t length,
                        std::int64_t j) {
    const auto used = std::max<std::int64_t>(static_cast<std::int64_t>(changes.size()), 1);
    const bool has_limit = changes.size() == static_cast<std::size_t>(used);
    const Rational each = has_limit ? fraction(sign_at_the_end(form), used) : Rational(0);
    const mpz_class others = factorial(j - 1) * factorial(used - j) * (j % 2 == 1 ? 1 : -1);
    const mpz_class halves = mpz_class(1) << changes.size();
    const Rational residue = fraction(numerator(changes, -j) * sign_at_the_end(form), others * halves);
    // All weights together are 2n (t + j), n = length: the query's n, and of each position 2j − 1 and 2n for what it adds to t.
    const std::int64_t n = std::max<std::int64_t>(length, 1), query = length == 0 ? 2 * j : n;
    SoftmaxLayer::Head made{{Rational(query), Rational(2 * n * (residue + each * j) / query)}, {}};
    for (const std::int64_t factor : form.factors) {
        const Rational weight = 2 * n * factor + 2 * j - 1;
        made.symbols.push_back({weight, Rational(2 * n * each * factor / weight)});
    }
    return made;
}

SoftmaxLayer interpolation(const language::Alphabet& alphabet, const LinearForm& form, std::int64_t heads,
                           std::int64_t length, const base::Limits& limits) {
    const std::vector<std::int64_t> changes = changes_of(form);
    SoftmaxLayer layer{alphabet, length, {}};
    const auto used = std::max<std::int64_t>(static_cast<std::int64_t>(changes.size()), 1);
    for (std::int64_t j = 1; j <= used && !limits.exceeded(); ++j)
        layer.heads.push_back(head(form, changes, length, j));
    const std::vector<SoftmaxLayer::Token> silent(alphabet.size(), {1, 0});
    for (std::int64_t j = used; j < heads; ++j) layer.heads.push_back({{1, 0}, silent});
    return layer;
}

/// A power of two that no |P/D| is below.
Rational margin_of(const LinearForm& form, const base::Limits& limits) {
    const std::vector<std::int64_t> changes = changes_of(form);
    const auto used = std::max<std::int64_t>(static_cast<std::int64_t>(changes.size()), 1);
    std::optional<std::int64_t> least;
    for (const auto& [t, member] : form.member) {
        if (limits.exceeded()) break;
        mpz_class below = mpz_class(1) << changes.size();
        for (std::int64_t j = 1; j <= used; ++j) below *= t + j;
        const mpz_class above = abs(numerator(changes, t));
        auto power = static_cast<std::int64_t>(mpz_sizeinbase(above.get_mpz_t(), 2)) -
                     static_cast<std::int64_t>(mpz_sizeinbase(below.get_mpz_t(), 2));
        // above ≥ 2^(bits − 1), below < 2^bits
        least = std::min(least.value_or(power - 1), power - 1);
    }
    const auto power = least.value_or(0);
    const mpz_class two_to = mpz_class(1) << static_cast<unsigned long>(std::abs(power));
    return power < 0 ? Rational(mpz_class(1), two_to) : Rational(two_to);
}

/// `by the number of 1s`, `by #a + 2 #b`
std::string described(const language::Alphabet& alphabet, const Counts& factors) {
    if (alphabet.size() == 2) return fmt::format("by the number of {}s", alphabet.symbol(1));
    std::string sum;
    for (language::Symbol a = 0; a < alphabet.size(); ++a)
        if (factors[a] != 0)
            sum += fmt::format("{}{}#{}", sum.empty() ? "" : " + ",
                               factors[a] == 1 ? "" : fmt::format("{} ", factors[a]), alphabet.symbol(a));
    return "by " + (sum.empty() ? "nothing" : sum);
}

void decide(SoftmaxAnswer& result, const language::Language& language, std::int64_t heads, std::int64_t length,
            const MembersByCounts& members, const base::Limits& limits) {
    const auto stopped = [&] {
        const auto limit = limits.exceeded();
        if (limit) result.why = {verdict::reason_of(*limit), "while a network was made"};
        return limit.has_value();
    };
    const auto form = steadiest_form(members, length, limits);
    if (stopped()) return;
    if (form && form->changes <= heads) {
        SoftmaxLayer network = interpolation(language.alphabet(), *form, heads, length, limits);
        result.margin = margin_of(*form, limits);
        if (stopped()) return;
        result.sign_changes = form->changes;
        result.along = described(language.alphabet(), form->factors);
        result.answer = verdict::Answer::holds;
        result.network = std::move(network);
        return;
    }
    std::vector<Counts> points = most_alternating(members, limits);
    if (stopped()) return;
    result.sign_changes = static_cast<std::int64_t>(points.size()) - 1;
    if (result.sign_changes > heads) {
        result.along = language.alphabet().size() == 2 ? described(language.alphabet(), {0, 1}) : "on a line of counts";
        points.resize(static_cast<std::size_t>(heads) + 2);
        result.points = std::move(points);
        result.answer = verdict::Answer::fails;
        return;
    }
    result.why = {verdict::Reason::unsupported,
                  fmt::format("{} changes on a line of counts, {}: theory has nothing between", result.sign_changes,
                              form ? fmt::format("{} {}", form->changes, described(language.alphabet(), form->factors))
                                   : "and more by what tells all counts apart")};
}

}  // namespace

SoftmaxAnswer softmax_threshold(const language::Language& language, std::int64_t heads, std::int64_t length,
                                const base::Limits& limits) {
    SoftmaxAnswer result;
    if (const auto limit = limits.exceeded()) {
        result.why = {verdict::reason_of(*limit), "not begun"};
        return result;
    }
    const auto members = members_by_counts(language, length, limits);
    if (const auto* why = std::get_if<verdict::Undecided>(&members)) result.why = *why;
    else decide(result, language, heads, length, std::get<MembersByCounts>(members), limits);
    return result;
}

}  // namespace attest::threshold
