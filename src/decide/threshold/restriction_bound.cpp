#include "decide/threshold/restriction_bound.hpp"

#include <algorithm>

namespace attest::threshold {

namespace {

/// Choices of some positions and of a symbol at each, on which the language may or may not be constant.
class Choices {
  public:
    Choices(const Specification& specification, std::int64_t fixed, const base::Limits& limits)
        : language_(specification.language), limits_(limits), fixed_(static_cast<std::size_t>(fixed)) {
        symbols_ = language_.alphabet().size();
        word_.assign(static_cast<std::size_t>(specification.length), 0);
        free_ = word_.size() - (specification.network.read == Reading::last ? 1 : 0);
        language::Word word = word_;
        do member_.push_back(language_.contains(word));
        while (language::next_word(word, language_.alphabet()));
    }

    bool some_are_free() const { return fixed_ < free_; }

    /// Whether no choice makes the language constant on the words that end in this symbol; at an end symbol, on all.
    bool always_open(language::Symbol last) {
        if (free_ < word_.size()) word_.back() = last;
        chosen_.assign(free_, false);
        return choose(0, fixed_);
    }

  private:
    /// Every choice of so many more positions from this one on is open.
    bool choose(std::size_t from, std::size_t more) {
        if (more == 0) return fill(0);
        for (std::size_t p = from; p + more <= free_; ++p) {
            chosen_[p] = true;
            const bool open = choose(p + 1, more - 1);
            chosen_[p] = false;
            if (!open) return false;
        }
        return true;
    }

    /// The same for every choice of symbols at the chosen positions from this one on.
    bool fill(std::size_t p) {
        while (p < free_ && !chosen_[p]) ++p;
        if (p == free_) return !limits_.exceeded() && open();
        for (std::size_t a = 0; a < symbols_; ++a) {
            word_[p] = static_cast<language::Symbol>(a);
            if (!fill(p + 1)) return false;
        }
        return true;
    }

    /// Two words with these symbols differ.
    bool open() {
        for (std::size_t p = 0; p < free_; ++p)
            if (!chosen_[p]) word_[p] = 0;
        const bool first = member();
        for (;;) {
            std::size_t p = 0;
            while (p < free_ && (chosen_[p] || word_[p] + 1U == symbols_)) {
                if (!chosen_[p]) word_[p] = 0;
                ++p;
            }
            if (p == free_) return false;
            ++word_[p];
            if (member() != first) return true;
        }
    }

    bool member() const {
        std::size_t index = 0;
        for (const language::Symbol a : word_) index = index * symbols_ + a;
        return member_[index];
    }

    const language::Language& language_;
    const base::Limits& limits_;
    const std::size_t fixed_;
    std::size_t symbols_ = 0, free_ = 0;
    language::Word word_;
    std::vector<bool> chosen_;  // by position
    std::vector<bool> member_;  // by word
};

}  // namespace

std::optional<std::int64_t> symbols_that_settle(const NetworkClass& c) {
    if (!c.positions_visible) return std::nullopt;
    if (c.layers == 1) return c.heads;
    if (!c.key_dimension_one || c.mask != Mask::none) return std::nullopt;
    return (2 * c.layers - 1) * c.heads + 1;
}

bool bounded_by_restriction(const Specification& specification, const base::Limits& limits) {
    const NetworkClass& c = specification.network;
    const std::optional<std::int64_t> fixed = symbols_that_settle(c);
    if (!fixed) return false;
    Choices choices(specification, *fixed, limits);
    if (!choices.some_are_free()) return false;
    if (c.read == Reading::end) return choices.always_open(0);
    for (std::size_t a = 0; a < specification.language.alphabet().size(); ++a)
        if (choices.always_open(static_cast<language::Symbol>(a))) return true;
    return false;
}

}  // namespace attest::threshold
