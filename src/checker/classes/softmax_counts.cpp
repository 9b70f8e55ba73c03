#include "checker/classes/softmax_counts.hpp"

#include <numeric>
#include <utility>

#include "checker/classes/counted_words.hpp"
#include "checker/classes/softmax_heads.hpp"
#include "checker/core/cursor.hpp"
#include "checker/kernel/defect.hpp"

// One softmax layer and a language that depends on how often symbols occur (FORMAT.md, sections 11.3 and 11.4). A layer
// that gives a symbol the same weight and value at all positions has one difference of logits for all words with the same
// counts. It is a sum of as many fractions as there are heads, and the terms may be beyond the sum by more digits than any
// precision that is fixed beforehand, so it is added up in integers: weights of a head and values of all heads are
// multiplied by their common denominators, which changes no sign, and fractions are added in pairs, then these in pairs.

namespace attest::checker {
namespace {

const std::string points_file = "points.json";

void charge_product(const mpz_class& a, const mpz_class& b, Budget& budget) {
    budget.step(20 + mpz_size(a.get_mpz_t()), 1 + mpz_size(b.get_mpz_t()));
}

/// A common multiple of what it was and of another one.
void take_in(mpz_class& common, const mpz_class& other, Budget& budget) {
    charge_product(common, other, budget);
    mpz_lcm(common.get_mpz_t(), common.get_mpz_t(), other.get_mpz_t());
}

mpz_class times(const Rational& a, const mpz_class& multiple, Budget& budget) {
    charge_product(a.get_num(), multiple, budget);
    return a.get_num() * (multiple / a.get_den());
}

/// What a head adds up for a symbol, or for the query token: to the weights, and to the weighted values.
struct Share {
    mpz_class weight, value;
};
struct WholeHead {
    Share query;
    std::vector<Share> symbols;
};
/// Differences of logits, times `multiple`, in integers.
struct WholeHeads {
    std::vector<WholeHead> heads;
    mpz_class multiple = 1;
};

template <typename Use>
void for_each_token(const SoftmaxHeads::Head& head, Use use) {
    use(head.query);
    for (const SoftmaxHeads::Token& token : head.symbols.front()) use(token);
}

WholeHeads in_integers(const SoftmaxHeads& network, Budget& budget) {
    WholeHeads whole;
    for (const SoftmaxHeads::Head& head : network.heads)
        for_each_token(head, [&](const auto& token) { take_in(whole.multiple, token.value.get_den(), budget); });
    for (const SoftmaxHeads::Head& head : network.heads) {
        mpz_class common = 1;
        for_each_token(head, [&](const auto& token) { take_in(common, token.weight.get_den(), budget); });
        std::vector<Share> shares;
        for_each_token(head, [&](const auto& token) {
            Share share{times(token.weight, common, budget), times(token.value, whole.multiple, budget)};
            charge_product(share.weight, share.value, budget);
            share.value *= share.weight;
            budget.memory(64 + 8 * mpz_size(share.value.get_mpz_t()) + 8 * mpz_size(share.weight.get_mpz_t()));
            shares.push_back(std::move(share));
        });
        WholeHead& all = whole.heads.emplace_back();
        all.query = std::move(shares.front());
        all.symbols.assign(std::make_move_iterator(shares.begin() + 1), std::make_move_iterator(shares.end()));
    }
    return whole;
}

struct Fraction {
    mpz_class above, below;  ///< the second positive
};

Fraction fraction_of(const WholeHead& head, const Occurrences& counts, Budget& budget) {
    Fraction fraction{head.query.value, head.query.weight};
    for (std::size_t a = 0; a < counts.size(); ++a) {
        const mpz_class count(static_cast<unsigned long>(counts[a]));
        charge_product(head.symbols[a].value, count, budget);
        charge_product(head.symbols[a].weight, count, budget);
        fraction.above += head.symbols[a].value * count;
        fraction.below += head.symbols[a].weight * count;
    }
    return fraction;
}

/// Of the heads from `from` on and before `to`, at least one.
Fraction sum_of(const std::vector<WholeHead>& heads, std::size_t from, std::size_t to, const Occurrences& counts,
                Budget& budget) {
    if (to - from == 1) return fraction_of(heads[from], counts, budget);
    const std::size_t middle = from + (to - from) / 2;
    const Fraction a = sum_of(heads, from, middle, counts, budget);
    const Fraction b = sum_of(heads, middle, to, counts, budget);
    charge_product(a.above, b.below, budget);
    charge_product(b.above, a.below, budget);
    charge_product(a.below, b.below, budget);
    return {a.above * b.below + b.above * a.below, a.below * b.below};
}

/// |above / (multiple below)| ≥ margin
bool keeps(const Rational& margin, const Fraction& sum, const mpz_class& multiple, Budget& budget) {
    charge_product(sum.above, margin.get_den(), budget);
    charge_product(sum.below, multiple, budget);
    const mpz_class least = sum.below * multiple;
    charge_product(least, margin.get_num(), budget);
    return abs(sum.above) * margin.get_den() >= least * margin.get_num();
}

std::string spelt(const Occurrences& counts) {
    std::string text;
    for (const std::size_t count : counts) text += (text.empty() ? "[" : ", ") + std::to_string(count);
    return text + "]";
}

/// Whether the words with these counts are in the language.
bool membership(const Occurrences& counts, const std::optional<bool>& member) {
    if (!member)
        throw Defect("manifest.json: claim.language",
                     "of the words with the counts " + spelt(counts) + " some are in it and some are not");
    return *member;
}

Occurrences read_point(const Cursor& at, std::size_t symbols, std::size_t length) {
    if (at.size() != symbols) at.fail("a count for each symbol was expected");
    Occurrences counts;
    std::size_t sum = 0;
    for (std::size_t a = 0; a < symbols; ++a) {
        counts.push_back(static_cast<std::size_t>(at.item(a).integer(0, static_cast<std::int64_t>(length))));
        sum += counts.back();
    }
    if (sum != length) at.fail("the counts do not add up to the claim's length");
    return counts;
}

using Step = std::vector<std::int64_t>;

Step difference(const Occurrences& from, const Occurrences& to) {
    Step step;
    for (std::size_t a = 0; a < from.size(); ++a)
        step.push_back(static_cast<std::int64_t>(to[a]) - static_cast<std::int64_t>(from[a]));
    return step;
}

/// How many times a step the other one is, if it is.
std::optional<std::int64_t> multiple_of(const Step& step, const Step& other) {
    std::optional<std::int64_t> times;
    for (std::size_t a = 0; a < step.size(); ++a) {
        if (step[a] == 0 && other[a] == 0) continue;
        if (step[a] == 0 || other[a] % step[a] != 0) return std::nullopt;
        if (times.value_or(other[a] / step[a]) != other[a] / step[a]) return std::nullopt;
        times = other[a] / step[a];
    }
    return times;
}

/// All are the first plus a step times whole numbers that grow.
void require_line(const Cursor& list, const std::vector<Occurrences>& line) {
    Step step = difference(line.front(), line.back());
    std::int64_t divisor = 0;
    for (const std::int64_t entry : step) divisor = std::gcd(divisor, entry);
    if (divisor == 0) list.item(line.size() - 1).fail("it is the first point again");
    for (std::int64_t& entry : step) entry /= divisor;
    std::int64_t before = 0;
    for (std::size_t i = 1; i < line.size(); ++i) {
        const auto times = multiple_of(step, difference(line.front(), line[i]));
        if (!times) list.item(i).fail("it is not on the line from the first point to the last");
        if (*times <= before) list.item(i).fail("it does not lie behind the point before");
        before = *times;
    }
}

}  // namespace

void check_softmax_by_counts(const Manifest& manifest, const ThresholdQuestion& question, const Files& files,
                             Budget& budget) {
    const SoftmaxHeads network = claimed_softmax_heads(manifest, question, files, true, budget);
    const auto members = members_by_counts(question.language, manifest.claim.length, budget);
    if (manifest.evidence.words != members.size())
        throw Defect("manifest.json: evidence.counts",
                     "symbols occur in " + std::to_string(members.size()) + " numbers in words of this length");
    const WholeHeads whole = in_integers(network, budget);
    for (const auto& [counts, member] : members) {
        const bool is_member = membership(counts, member);
        const Fraction sum = sum_of(whole.heads, 0, whole.heads.size(), counts, budget);
        if ((sum.above < 0) != is_member)
            throw Defect("words with the counts " + spelt(counts),
                         is_member ? "the network rejects them, but they are in the language"
                                   : "the network accepts them, but they are not in the language");
        if (!keeps(manifest.evidence.margin, sum, whole.multiple, budget))
            throw Defect("words with the counts " + spelt(counts),
                         "the difference of logits is nearer to 0 than the margin");
    }
}

void check_alternation(const Manifest& manifest, const ThresholdQuestion& question, const Files& files,
                       Budget& budget) {
    const Json json = parse_json(files.at(points_file), points_file, budget);
    const Cursor list(json, points_file + ": ");
    if (list.size() != manifest.claim.softmax_heads + 2) list.fail("two points more than heads were expected");
    std::vector<Occurrences> line;
    for (std::size_t i = 0; i < list.size(); ++i) {
        budget.step(100, question.language.alphabet.size());
        budget.memory(64, question.language.alphabet.size());
        line.push_back(read_point(list.item(i), question.language.alphabet.size(), manifest.claim.length));
    }
    require_line(list, line);
    const auto members = members_by_counts(question.language, manifest.claim.length, budget);
    for (std::size_t i = 0; i < line.size(); ++i) {
        const bool is_member = membership(line[i], members.at(line[i]));
        if (i > 0 && is_member == *members.at(line[i - 1]))
            list.item(i).fail("its words and those of the point before are both in the language, or both are not");
    }
}

}  // namespace attest::checker
