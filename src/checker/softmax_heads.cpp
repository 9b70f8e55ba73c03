#include "checker/softmax_heads.hpp"

#include <algorithm>

#include "checker/cursor.hpp"
#include "checker/defect.hpp"

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

SoftmaxHeads::Head read_head(const Cursor& at, const SoftmaxHeads& network, Budget& budget) {
    at.only({"query", "symbols"});
    SoftmaxHeads::Head head{read_token(at.at("query")), {}};
    const Cursor symbols = at.at("symbols");
    if (symbols.size() != network.length) symbols.fail("an entry for each position was expected");
    for (std::size_t i = 0; i < network.length; ++i) {
        const Cursor position = symbols.item(i);
        if (position.size() != network.alphabet.size()) position.fail("an entry for each symbol was expected");
        budget.memory(128 * position.size());
        head.symbols.emplace_back();
        for (std::size_t a = 0; a < position.size(); ++a) head.symbols.back().push_back(read_token(position.item(a)));
    }
    return head;
}

/// Σ over the words that agree with `word` on the chosen positions is 0; the others run through all symbols.
class Sums {
  public:
    Sums(const NetworkWords& words, std::vector<Rational> terms, std::size_t fixed, Budget& budget)
        : words_(words), length_(words.words.front().size()), terms_(std::move(terms)), fixed_(fixed), budget_(budget) {}

    void check() { choose(0); }

  private:
    void choose(std::size_t from) {
        if (chosen_.size() == fixed_) return check_chosen();
        for (std::size_t p = from; p + (fixed_ - chosen_.size()) <= length_; ++p) {
            chosen_.push_back(p);
            choose(p + 1);
            chosen_.pop_back();
        }
    }

    /// One sum for each way to fill the chosen positions.
    void check_chosen() {
        std::map<std::vector<std::size_t>, Rational> sums;
        for (std::size_t x = 0; x < terms_.size(); ++x) {
            budget_.step(16 + fixed_);
            std::vector<std::size_t> symbols;
            for (const std::size_t p : chosen_) symbols.push_back(words_.words[x][p]);
            sums[symbols] += terms_[x];
        }
        for (const auto& [symbols, sum] : sums)
            if (sum != 0) throw Defect(weights, "the sum" + described(symbols) + " is " + sum.get_str() + ", not 0");
    }

    std::string described(const std::vector<std::size_t>& symbols) const {
        std::string text;
        for (std::size_t k = 0; k < chosen_.size(); ++k)
            text += (k == 0 ? " with symbol " : ", ") + std::to_string(symbols[k]) + " at " + std::to_string(chosen_[k] + 1);
        return text;
    }

    const NetworkWords& words_;
    std::size_t length_;
    std::vector<Rational> terms_;
    std::size_t fixed_;
    Budget& budget_;
    std::vector<std::size_t> chosen_;
};

}  // namespace

SoftmaxHeads read_softmax_heads(std::string_view bytes, const std::string& file, Budget& budget) {
    const Json json = parse_json(bytes, file);
    const Cursor all(json, file + ": ");
    all.only({"format", "version", "alphabet", "length", "heads"});
    if (all.at("format").string() != "attest/softmax-heads")
        all.at("format").fail("\"attest/softmax-heads\" was expected");
    all.at("version").integer(1, 1);
    SoftmaxHeads network;
    const Cursor alphabet = all.at("alphabet");
    for (std::size_t a = 0; a < alphabet.size(); ++a) network.alphabet.push_back(alphabet.item(a).string());
    network.length = static_cast<std::size_t>(all.at("length").integer(0, 64));
    const Cursor heads = all.at("heads");
    for (std::size_t h = 0; h < heads.size(); ++h) network.heads.push_back(read_head(heads.item(h), network, budget));
    return network;
}

Rational difference_of_logits(const SoftmaxHeads& network, const std::vector<std::size_t>& word) {
    Rational difference;
    for (const SoftmaxHeads::Head& head : network.heads) {
        Rational sum = head.query.weight * head.query.value;
        Rational total = head.query.weight;
        for (std::size_t i = 0; i < word.size(); ++i) {
            const SoftmaxHeads::Token& token = head.symbols[i][word[i]];
            sum += token.weight * token.value;
            total += token.weight;
        }
        difference += sum / total;
    }
    return difference;
}

void check_softmax_network(const Manifest& manifest, const ThresholdQuestion& question, const Files& files,
                           Budget& budget) {
    const SoftmaxHeads network = read_softmax_heads(files.at(witness), witness, budget);
    if (network.alphabet != question.language.alphabet) throw Defect(witness + ": alphabet", "it is not the language's");
    if (network.length != manifest.claim.length)
        throw Defect(witness + ": length", "the claim is about another length");
    if (network.heads.size() != manifest.claim.softmax_heads)
        throw Defect(witness + ": heads", "the class has another number of heads");
    if (manifest.evidence.words != question.words.words.size())
        throw Defect("manifest.json: evidence.words", "there are " + std::to_string(question.words.words.size()) + " words of this length");
    for (std::size_t x = 0; x < question.words.words.size(); ++x) {
        budget.step(1000 * (1 + network.length) * network.heads.size());
        const bool accepted = difference_of_logits(network, question.words.words[x]) < 0;
        if (accepted != question.words.member[x])
            throw Defect("word number " + std::to_string(x), accepted ? "the network accepts it, but it is not in the language"
                                                                      : "the network rejects it, but it is in the language");
    }
}

/// For the network's difference of logits Δ and d, the positive denominators of its heads: F = Δ · Π d is a sum of terms
/// of at most `heads` symbols each. With c ≥ 0 and signs σ = −1 on words of the language, +1 on the others, c σ F ≥ 0 on
/// all words and > 0 on a word of the language with c > 0; but Σ c σ F = 0.
void check_alternating_sum(const Manifest& manifest, const ThresholdQuestion& question, const Files& files,
                           Budget& budget) {
    const Json json = parse_json(files.at(weights), weights);
    const Cursor list(json, weights + ": ");
    const NetworkWords& words = question.words;
    if (list.size() != words.words.size()) list.fail("a weight for each word was expected");
    if (manifest.claim.softmax_heads >= manifest.claim.length)
        throw Defect("manifest.json: claim.class.heads", "that many heads can tell all words apart");
    std::vector<Rational> terms;
    bool is_strict = false;
    for (std::size_t x = 0; x < words.words.size(); ++x) {
        const Rational weight = list.item(x).number();
        if (weight < 0) list.item(x).fail("a weight is not negative");
        is_strict = is_strict || (words.member[x] && weight > 0);
        terms.push_back(words.member[x] ? Rational(-weight) : weight);
    }
    if (!is_strict) throw Defect(weights, "no word of the language has a weight");
    Sums(words, std::move(terms), manifest.claim.softmax_heads, budget).check();
}

}  // namespace attest::checker
