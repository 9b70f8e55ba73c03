#include "checker/classes/softmax_heads.hpp"

#include <algorithm>

#include "checker/core/cursor.hpp"
#include "checker/kernel/defect.hpp"

// One softmax layer alone (FORMAT.md section 11). There is a network: its logit difference is a sum of k fractions,
// which are evaluated in rationals on all words. There is none: multiplied by all denominators, the difference is a
// polynomial F in the indicators of symbols whose terms read at most k positions; so weights c(x) σ(x) that add up to 0
// over every subcube of k fixed symbols are orthogonal to F, while a network for the language would make all terms of
// the sum c(x) σ(x) F(x) non-negative and one positive. (For parity and c = 1 this is the argument that its degree is
// N.)

namespace attest::checker {
namespace {

const std::string witness = "witness.json";
const std::string weights = "weights.json";

SoftmaxHeads::Token read_token(const Cursor& at) {
    if (at.size() != 2) at.fail("a token's [weight, value] was expected");
    SoftmaxHeads::Token token{at.item(0).number(), at.item(1).number()};
    if (token.weight <= 0) at.item(0).fail("a weight is the exponential of a score, and positive");
    return token;
}

std::vector<SoftmaxHeads::Token> read_tokens(const Cursor& at, const SoftmaxHeads& network, Budget& budget) {
    if (at.size() != network.alphabet.size()) at.fail("an entry for each symbol was expected");
    budget.memory(128 * at.size());
    std::vector<SoftmaxHeads::Token> tokens;
    for (std::size_t a = 0; a < at.size(); ++a) {
        tokens.push_back(read_token(at.item(a)));
        budget.memory(8 * (digits_of(tokens.back().weight) + digits_of(tokens.back().value)));
    }
    return tokens;
}

SoftmaxHeads::Head read_head(const Cursor& at, const SoftmaxHeads& network, bool without_positions, Budget& budget) {
    at.only({"query", "symbols"});
    SoftmaxHeads::Head head{read_token(at.at("query")), {}};
    const Cursor symbols = at.at("symbols");
    if (without_positions) {
        head.symbols.push_back(read_tokens(symbols, network, budget));
        return head;
    }
    if (symbols.size() != network.length) symbols.fail("an entry for each position was expected");
    for (std::size_t i = 0; i < network.length; ++i)
        head.symbols.push_back(read_tokens(symbols.item(i), network, budget));
    return head;
}

/// The symbols of a word as the digits of its number, the last position first.
std::vector<std::size_t> digits(std::size_t number, std::size_t symbols, std::size_t length) {
    std::vector<std::size_t> all;
    for (std::size_t i = 0; i < length; ++i, number /= symbols) all.push_back(number % symbols);
    return all;
}

/// For each word the sum over all words that agree with it where it has a symbol other than the first: at one
/// position after the other the entry of symbol 0 becomes the sum of the entries of all symbols.
void sum_up(std::vector<Rational>& terms, std::size_t symbols, Budget& budget) {
    for (std::size_t step = 1; step < terms.size(); step *= symbols) {
        budget.step(64 * terms.size());
        for (std::size_t x = 0; x < terms.size(); ++x) {
            if (x / step % symbols != 0) continue;
            for (std::size_t a = 1; a < symbols; ++a) {
                terms[x] += terms[x + a * step];
                budget.arithmetic(digits_of(terms[x]));
            }
        }
    }
}

/// All sums over the words with given symbols at `fixed` positions are 0. It is enough that those are with at most
/// that many positions and symbols other than the first: what has symbol 0 somewhere is what is free there, less
/// what has another symbol.
void check_sums(std::vector<Rational> terms, const NetworkWords& words, std::size_t fixed, Budget& budget) {
    const std::size_t length = words.words.front().size();
    sum_up(terms, words.symbols, budget);
    for (std::size_t x = 0; x < terms.size(); ++x) {
        const std::vector<std::size_t> symbols = digits(x, words.symbols, length);
        const auto others = length - static_cast<std::size_t>(std::count(symbols.begin(), symbols.end(), 0));
        if (others > fixed || terms[x] == 0) continue;
        std::string where = "the sum over all words";
        for (std::size_t i = length; i-- > 0;)
            if (symbols[i] != 0)
                where += ", with symbol " + std::to_string(symbols[i]) + " at " + std::to_string(length - i);
        throw Defect(weights, where + ", is " + terms[x].get_str() + ", not 0");
    }
}

SoftmaxHeads read_softmax_heads(std::string_view bytes, bool without_positions, Budget& budget) {
    const Json json = parse_json(bytes, witness, budget);
    const Cursor all(json, witness + ": ");
    all.only({"format", "version", "alphabet", "length", "heads"});
    if (all.at("format").string() != "attest/softmax-heads")
        all.at("format").fail("\"attest/softmax-heads\" was expected");
    const std::int64_t version = without_positions ? 2 : 1;
    all.at("version").integer(version, version);
    SoftmaxHeads network;
    const Cursor alphabet = all.at("alphabet");
    for (std::size_t a = 0; a < alphabet.size(); ++a) network.alphabet.push_back(alphabet.item(a).string());
    network.length = static_cast<std::size_t>(all.at("length").integer(0, without_positions ? 1 << 22 : 64));
    const Cursor heads = all.at("heads");
    for (std::size_t h = 0; h < heads.size(); ++h)
        network.heads.push_back(read_head(heads.item(h), network, without_positions, budget));
    return network;
}

}  // namespace

SoftmaxHeads claimed_softmax_heads(const Manifest& manifest, const ThresholdQuestion& question, const Files& files,
                                   bool without_positions, Budget& budget) {
    SoftmaxHeads network = read_softmax_heads(files.at(witness), without_positions, budget);
    if (network.alphabet != question.language.alphabet)
        throw Defect(witness + ": alphabet", "it is not the language's");
    if (network.length != manifest.claim.length)
        throw Defect(witness + ": length", "the claim is about another length");
    if (network.heads.size() != manifest.claim.softmax_heads)
        throw Defect(witness + ": heads", "the class has another number of heads");
    return network;
}

Rational difference_of_logits(const SoftmaxHeads& network, const std::vector<std::size_t>& word, Budget& budget) {
    Rational difference;
    for (const SoftmaxHeads::Head& head : network.heads) {
        Rational sum = head.query.weight * head.query.value;
        Rational total = head.query.weight;
        for (std::size_t i = 0; i < word.size(); ++i) {
            const SoftmaxHeads::Token& token = head.symbols[i][word[i]];
            sum += token.weight * token.value;
            total += token.weight;
            budget.arithmetic(digits_of(sum) + digits_of(token.weight) + digits_of(token.value));
            budget.arithmetic(digits_of(total));
        }
        difference += sum / total;
        budget.arithmetic(digits_of(difference));
    }
    return difference;
}

void check_softmax_network(const Manifest& manifest, const ThresholdQuestion& question, const Files& files,
                           Budget& budget) {
    const SoftmaxHeads network = claimed_softmax_heads(manifest, question, files, false, budget);
    if (manifest.evidence.words != question.words.words.size())
        throw Defect("manifest.json: evidence.words",
                     "there are " + std::to_string(question.words.words.size()) + " words of this length");
    for (std::size_t x = 0; x < question.words.words.size(); ++x) {
        budget.step(1000 * (1 + network.length) * network.heads.size());
        const bool accepted = difference_of_logits(network, question.words.words[x], budget) < 0;
        if (accepted != question.words.member[x])
            throw Defect("word number " + std::to_string(x),
                         accepted ? "the network accepts it, but it is not in the language"
                                  : "the network rejects it, but it is in the language");
    }
}

/// For the network's difference of logits Δ and d, the positive denominators of its heads: F = Δ · Π d is a sum of
/// terms of at most `heads` symbols each. With c ≥ 0 and signs σ = −1 on words of the language, +1 on the others, c σ F
/// ≥ 0 on all words and > 0 on a word of the language with c > 0; but Σ c σ F = 0.
void check_alternating_sum(const Manifest& manifest, const ThresholdQuestion& question, const Files& files,
                           Budget& budget) {
    const Json json = parse_json(files.at(weights), weights, budget);
    const Cursor list(json, weights + ": ");
    const NetworkWords& words = question.words;
    if (list.size() != words.words.size()) list.fail("a weight for each word was expected");
    if (manifest.claim.softmax_heads >= manifest.claim.length)
        throw Defect("manifest.json: claim.class.heads", "that many heads can tell all words apart");
    budget.memory(64, words.words.size());
    std::vector<Rational> terms;
    bool is_strict = false;
    for (std::size_t x = 0; x < words.words.size(); ++x) {
        const Rational weight = list.item(x).number();
        budget.memory(8 * digits_of(weight));
        if (weight < 0) list.item(x).fail("a weight is not negative");
        is_strict = is_strict || (words.member[x] && weight > 0);
        terms.push_back(words.member[x] ? Rational(-weight) : weight);
    }
    if (!is_strict) throw Defect(weights, "no word of the language has a weight");
    check_sums(std::move(terms), words, manifest.claim.softmax_heads, budget);
}

}  // namespace attest::checker
