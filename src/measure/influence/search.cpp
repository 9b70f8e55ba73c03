// Words on which one symbol matters much, by hill climbing.
//
// Where all words are few, all are evaluated. Else a third of the effort goes to patterns and random words, the rest to
// climbing: the best replacement is kept where it is, and that other symbol is exchanged which makes the change of the
// logit greatest. All exchanges are known from two passes, of the word with the replacement and without (exchange.cpp).
// From the second climb on it begins from the best word with some symbols at random, and choices are disturbed by noise
// that falls, so that it does not end where it ended before.
//
// It proves nothing: what it finds is a word, which balls or intervals evaluate.
//
// Source  random restarts and falling noise: [hoos2004stochastic]; the neighbourhood is ours

#include "measure/influence/search.hpp"

#include <algorithm>
#include <cmath>

#include "base/random.hpp"

namespace attest::influence {

namespace {

using language::Symbol;
using language::Word;

class Hunt {
  public:
    Hunt(const FloatNetwork& net, std::size_t symbols, const SearchOptions& options, const base::Limits& limits)
        : net_(net),
          alphabet_(symbols),
          cost_(net.operations()),
          options_(options),
          limits_(limits),
          random_(options.seed),
          length_(static_cast<std::size_t>(net.length())) {}

    std::optional<Found> run() {
        if (length_ == 0 || alphabet_ < 2) return std::nullopt;
        if (cost_ > options_.most_operations) {
            few_replacements();
            return best_;
        }
        if (all_words()) return best_;
        for (const Word& word : options_.start) look(word);
        for (const Word& word : patterns()) look(word);
        // A third of the effort is for random words, the rest for climbing from the best.
        while (spent_ < options_.most_operations / 3 && goes_on()) look(random_word());
        for (unsigned round = 0; goes_on(); ++round) climb(round);
        return best_;
    }

  private:
    bool goes_on() const { return best_ && spent_ < options_.most_operations && !limits_.exceeded(); }
    bool reads_replaced() const { return options_.where == Where::readout; }
    bool may_replace(std::size_t p) const {
        return (static_cast<std::int64_t>(p) + 1 == options_.readout) == reads_replaced();
    }

    std::vector<double> replaced(const Word& word, Symbol to) {
        spent_ += cost_;
        return net_.replaced(word, to);
    }

    void note(const Word& word, std::size_t p, Symbol to, double change) {
        if (!may_replace(p) || !std::isfinite(change)) return;
        if (!best_ || change > best_->change) best_ = Found{word, p, to, change, false};
    }

    /// All replacements in one word.
    void look(const Word& word) {
        if (spent_ >= options_.most_operations || (best_ && limits_.exceeded())) return;
        if (reads_replaced()) return look_at(word, static_cast<std::size_t>(options_.readout - 1));
        const double logit = net_.logit(word);
        for (Symbol to = 0; to < alphabet_; ++to) {
            const std::vector<double> logits = replaced(word, to);
            for (std::size_t p = 0; p < length_; ++p)
                if (word[p] != to) note(word, p, to, std::abs(logits[p] - logit));
        }
    }

    /// Where all replacements in one word are too much work: some in words of few blocks.
    void few_replacements() {
        if (2 * net_.pass_operations() > options_.most_operations) return;
        for (const Word& word : options_.start) look_at_some(word);
        for (const Word& word : patterns()) look_at_some(word);
        for (std::size_t share = 1; share < 16; ++share) {
            Word word(length_, 0);
            std::fill(word.begin(), word.begin() + static_cast<std::ptrdiff_t>(length_ * share / 16), Symbol{1});
            look_at_some(word);
        }
    }
    void look_at_some(const Word& word) {
        if (reads_replaced()) return look_at(word, static_cast<std::size_t>(options_.readout - 1));
        for (const std::size_t p : {std::size_t{0}, length_ / 4, length_ / 2, length_ - length_ / 4 - 1, length_ - 1})
            look_at(word, p);
    }
    void look_at(const Word& word, std::size_t p) {
        for (Symbol to = 0; to < alphabet_; ++to) {
            if (word[p] == to || spent_ >= options_.most_operations || limits_.exceeded()) continue;
            note(word, p, to, change_of({word, p, to, 0, false}));
        }
    }

    /// Every word once, if that is no more work than a search.
    bool all_words() {
        const double words = std::pow(static_cast<double>(alphabet_), static_cast<double>(length_));
        const double one = cost_ / static_cast<double>(length_);
        if (words * one > options_.most_operations || words > 0x1p20) return false;
        std::vector<double> logits;
        Word word(length_, 0);
        do {
            if (limits_.exceeded()) return false;
            logits.push_back(net_.logit(word));
        } while (next(word));
        std::size_t index = 0;
        word.assign(length_, 0);
        do {
            std::size_t place = 1;  // of position p in the index, last symbol first
            for (std::size_t p = length_; p-- > 0; place *= alphabet_)
                for (Symbol to = word[p] + 1; to < alphabet_; ++to)
                    note(word, p, to, std::abs(logits[index + (to - word[p]) * place] - logits[index]));
            ++index;
        } while (next(word));
        if (best_) best_->exhaustive = true;
        return true;
    }
    bool next(Word& word) const {
        for (std::size_t p = length_; p-- > 0;) {
            if (++word[p] < alphabet_) return true;
            word[p] = 0;
        }
        return false;
    }

    std::vector<Word> patterns() const {
        std::vector<Word> words;
        for (Symbol s = 0; s < alphabet_; ++s) words.push_back(Word(length_, s));
        Word alternating(length_), halves(length_);
        for (std::size_t p = 0; p < length_; ++p) {
            alternating[p] = static_cast<Symbol>(p % alphabet_);
            halves[p] = static_cast<Symbol>(p * alphabet_ / length_);
        }
        words.push_back(alternating);
        words.push_back(halves);
        return words;
    }
    Word random_word() {
        Word word(length_);
        const std::uint64_t share = random_.below(65);
        for (Symbol& s : word) s = static_cast<Symbol>(random_.chance(share, 64) ? 0 : random_.below(alphabet_));
        return word;
    }

    /// Exchanges other symbols so that the best replacement, kept where it is, changes the logit more. All such
    /// exchanges are known from two passes: one without the replacement and one with it.
    void climb(unsigned round) {
        Found now = *best_;
        double heat = round == 0 ? 0 : now.change * 0.05;
        if (round > 0) {  // away from what was climbed already
            for (std::size_t k = 0; k < 1 + length_ / 8; ++k) set_random(now);
            now.change = change_of(now);
        }
        while (goes_on()) {
            const auto step = best_exchange(now, heat);
            if (!step) break;
            now.word[step->first] = step->second;
            now.change = change_of(now);
            note(now.word, now.position, now.to, now.change);
            heat *= 0.7;
        }
        // The replacement itself may be better placed elsewhere by now.
        look(now.word);
        ++climbs_;
        if (climbs_ > 40) spent_ = options_.most_operations;
    }
    void set_random(Found& f) {
        const std::size_t p = random_.below(length_);
        if (p != f.position) f.word[p] = static_cast<Symbol>(random_.below(alphabet_));
    }
    double change_of(const Found& f) {
        Word other = f.word;
        other[f.position] = f.to;
        spent_ += 2 * net_.pass_operations();
        return std::abs(net_.logit(other) - net_.logit(f.word));
    }
    std::optional<std::pair<std::size_t, Symbol>> best_exchange(const Found& f, double heat) {
        Word other = f.word;
        other[f.position] = f.to;
        std::optional<std::pair<std::size_t, Symbol>> choice;
        double most = f.change * (1 + 1e-9);
        for (Symbol to = 0; to < alphabet_; ++to) {
            const std::vector<double> a = replaced(f.word, to), b = replaced(other, to);
            for (std::size_t p = 0; p < length_; ++p) {
                if (p == f.position || f.word[p] == to) continue;
                const double jitter = heat > 0 ? heat * static_cast<double>(random_.below(1024)) / 1024 : 0;
                const double change = std::abs(a[p] - b[p]) + jitter;
                if (change > most) most = change, choice = {p, to};
            }
        }
        return choice;
    }

    const FloatNetwork& net_;
    const std::size_t alphabet_;
    const double cost_;
    const SearchOptions& options_;
    const base::Limits& limits_;
    base::Random random_;
    const std::size_t length_;
    std::optional<Found> best_;
    double spent_ = 0;
    unsigned climbs_ = 0;
};

}  // namespace

std::optional<Found> search(const FloatNetwork& network, std::size_t symbols, const SearchOptions& options,
                            const base::Limits& limits) {
    return Hunt(network, symbols, options, limits).run();
}

}  // namespace attest::influence
